/* heading.c: the first heading of a page that is its headline. Sites put their own name, a section or the
 * head of a dialog into <h1> too, so that one is taken whose words another voice has as well; else the
 * first that stands where an article may. */
#include "extract/voices.h"

#define HEADINGS 40 /* that are looked at                                                       */

static const uint32_t elsewhere = DL_ZONE_NAV | DL_ZONE_FOOT | DL_ZONE_RELATED | DL_ZONE_SIDE | DL_ZONE_COMMENT | DL_ZONE_POPUP;

static bool shared(dl_str a, dl_str b)
{
    if (a.len < 12 || b.len < 12) return dl_str_eq(a, b);
    return dl_str_find(a, b, 0) != SIZE_MAX || dl_str_find(b, a, 0) != SIZE_MAX;
}

/* How many other voices have these words. */
static int backed(const dl_voices *o, dl_str norm)
{
    dl_xpage *p = o->h->p;
    int n = 0;
    if (o->h->ld.headline.len) n += shared(norm, dl_extract_norm(p->a, dl_meta_decode(p, o->h->ld.headline)));
    for (uint32_t i = 0; i < o->n; i++)
        if (o->v[i].field == DL_STATED_TITLE) n += shared(norm, dl_extract_norm(p->a, o->v[i].value));
    return n;
}

static uint32_t words_of(dl_str norm)
{
    uint32_t n = norm.len > 0;
    for (size_t i = 0; i < norm.len; i++) n += norm.p[i] == ' ';
    return n;
}

void dl_heading_find(dl_voices *o)
{
    dl_xhtml *h = o->h;
    const dl_dom *d = &h->d;
    int top = 0;
    uint32_t tried = 0;
    o->h1_block = DL_NONE;
    for (uint32_t i = 0; i < h->seen && tried < HEADINGS; i++) {
        const uint32_t n = h->order[i];
        if (d->tag[n] != DL_TAG_H1) continue;
        tried++;
        dl_str text = dl_voices_text(h, n, 500, false), norm = dl_extract_norm(h->p->a, text);
        const bool out = (h->flags[n] & elsewhere) != 0, is_long = words_of(norm) >= 3 || norm.len > 12;
        const int v = !norm.len ? 0 : backed(o, norm) * 4 + (is_long ? 2 : 1) - (out ? 2 : 0);
        if (v <= top) continue;
        top = v;
        o->h1 = text;
        o->h1_src = d->raw[n];
        o->h1_end = d->raw_end[n];
        o->h1_block = dl_voices_block(h->p, d->raw[n].end);
    }
    if (o->h1_block == h->p->n) o->h1_block = DL_NONE;
}
