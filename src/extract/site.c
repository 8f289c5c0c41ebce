/* site.c: where a page of HTML stands: the outlet's name, the language, the section, the canonical
 * address. */
#include "extract/voices.h"

#define PROSE 5000 /* bytes that are looked at for the language                                */

static void say_all(dl_voices *o, dl_stated_field field)
{
    for (uint32_t i = 0; i < o->n; i++)
        if (o->v[i].field == field) dl_state(o->h->p, field, o->v[i].basis, o->v[i].value, o->v[i].src);
}

static void choose_outlet(dl_voices *o)
{
    dl_xpage *p = o->h->p;
    const dl_voice *og = dl_voices_first(o, DL_STATED_OUTLET, DL_STATED_BY_OG);
    const dl_voice *meta = dl_voices_first(o, DL_STATED_OUTLET, DL_STATED_BY_META);
    dl_str ld = dl_meta_decode(p, o->h->ld.publisher);
    if (!p->outlet.len) p->outlet = og ? og->value : meta ? meta->value : ld;
    if (!p->outlet.len || p->outlet.len >= 80) p->outlet = o->host;
    say_all(o, DL_STATED_OUTLET);
    dl_state(p, DL_STATED_OUTLET, DL_STATED_BY_LD, ld, (dl_span){ 0, 0 });
    dl_state(p, DL_STATED_OUTLET, DL_STATED_BY_URL, o->host, (dl_span){ 0, 0 });
    dl_state_chosen(p, DL_STATED_OUTLET, p->outlet);
}

/* "de-AT", "en_GB": two letters; empty: no code. */
static dl_str two_letters(dl_xpage *p, dl_str l)
{
    if (l.len < 2 || !dl_is_alpha(l.p[0]) || !dl_is_alpha(l.p[1]) || (l.len > 2 && dl_is_alpha(l.p[2])))
        return (dl_str){ NULL, 0 };
    char *two = dl_arena_raw(p->a, 2, 1);
    if (!two) return (dl_str){ NULL, 0 };
    two[0] = dl_lower(l.p[0]);
    two[1] = dl_lower(l.p[1]);
    return (dl_str){ two, 2 };
}

/* The prose of the element that holds the article, or its beginning; for telling the language. */
static dl_str some_prose(dl_voices *o)
{
    const dl_xpage *p = o->h->p;
    char *buf = dl_arena_raw(p->a, PROSE, 1);
    size_t n = 0;
    for (uint32_t i = 0; buf && i < p->n; i++) {
        const dl_xblock *k = &p->blk[i];
        if (k->chars < 80 || k->link * 2 > k->chars || n + k->text.len + 1 > PROSE) continue;
        memcpy(buf + n, k->text.p, k->text.len);
        n += k->text.len;
        buf[n++] = ' ';
    }
    return (dl_str){ buf, n };
}

/* What is stated, but the words of the page where they clearly are of another language. */
static void choose_language(dl_voices *o)
{
    static const uint8_t order[] = { DL_STATED_BY_HTML, DL_STATED_BY_META, DL_STATED_BY_OG };
    dl_xpage *p = o->h->p;
    for (size_t k = 0; k < DL_COUNT(order); k++)
        for (uint32_t i = 0; i < o->n; i++) {
            if (o->v[i].field != DL_STATED_LANGUAGE || o->v[i].basis != order[k]) continue;
            dl_str l = two_letters(p, o->v[i].value);
            if (!p->language.len) p->language = l;
            dl_state(p, DL_STATED_LANGUAGE, order[k], l, o->v[i].src);
        }
    dl_str ld = two_letters(p, o->h->ld.language);
    if (!p->language.len) p->language = ld;
    dl_state(p, DL_STATED_LANGUAGE, DL_STATED_BY_LD, ld, (dl_span){ 0, 0 });
    dl_str prose = some_prose(o);
    dl_str text = p->language.len ? dl_extract_language_not(p, prose, p->language) : dl_extract_language(p, prose);
    if (text.len) p->language = text;
    dl_state(p, DL_STATED_LANGUAGE, DL_STATED_BY_TEXT, text, (dl_span){ 0, 0 });
    dl_state_chosen(p, DL_STATED_LANGUAGE, p->language);
}

static void choose_section(dl_voices *o)
{
    dl_xpage *p = o->h->p;
    const dl_voice *meta = dl_voices_first(o, DL_STATED_SECTION, DL_STATED_BY_META);
    dl_str ld = dl_meta_decode(p, o->h->ld.section), taken = meta ? meta->value : ld;
    if (taken.len > 100) return;
    p->b->meta.section = dl_put(p->b, taken);
    say_all(o, DL_STATED_SECTION);
    dl_state(p, DL_STATED_SECTION, DL_STATED_BY_LD, ld, (dl_span){ 0, 0 });
    dl_state_chosen(p, DL_STATED_SECTION, taken);
}

static void choose_canonical(dl_voices *o)
{
    dl_xpage *p = o->h->p;
    const dl_voice *link = dl_voices_first(o, DL_STATED_CANONICAL, DL_STATED_BY_LINK);
    const dl_voice *og = dl_voices_first(o, DL_STATED_CANONICAL, DL_STATED_BY_OG);
    const dl_voice *from = dl_voices_first(o, DL_STATED_CANONICAL, DL_STATED_BY_META); /* whom it was taken over from */
    dl_str taken = from ? from->value : link ? link->value : og ? og->value : (dl_str){ NULL, 0 };
    if (taken.len > DL_VOICE_MAX) return;
    p->b->meta.canonical = dl_put(p->b, taken);
    say_all(o, DL_STATED_CANONICAL);
    dl_state_chosen(p, DL_STATED_CANONICAL, taken);
}

void dl_site_choose(dl_voices *o)
{
    choose_outlet(o);
    choose_language(o);
    choose_section(o);
    choose_canonical(o);
}
