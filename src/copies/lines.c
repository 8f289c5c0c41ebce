/* lines.c: which families are one line of reporting. */
#include "base/date.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "copies/work.h"

enum { SAME_DAYS = 2 };

/* Two texts by one wire or newsroom on one matter: an update, a longer version, a second report. */
static bool same_matter(const dl_card *a, const dl_card *b)
{
    if (a->published != DL_NEVER && b->published != DL_NEVER && dl_days_apart(a->published, b->published) > SAME_DAYS)
        return false;
    uint32_t names = dl_in_common(a->names, a->n_names, b->names, b->n_names),
             least = a->n_names < b->n_names ? a->n_names : b->n_names;
    if (names >= 4 && 5 * names >= 2 * least) return true;
    return dl_in_common(a->title, a->n_title, b->title, b->n_title) + (names > 0) >= 3;
}

/* The family of the same origin and matter that came before; families of one origin are chained. */
static uint32_t joins(const dl_copies *c, const dl_work *w, const uint32_t *previous, uint32_t f)
{
    enum { LOOK_BACK = 64 };
    unsigned looked = 0;
    for (uint32_t g = previous[f]; g != DL_NONE && looked++ < LOOK_BACK; g = previous[g]) {
        if (same_matter(&w->card[c->family[f].page[0]], &w->card[c->family[g].page[0]])) return g;
    }
    return DL_NONE;
}

static bool is_secondary(const dl_family *f, const dl_work *w)
{
    for (uint32_t i = 0; i < f->n; i++) {
        if (!w->source[f->page[i]].secondary) return false;
    }
    return true;
}

static dl_str line_name(const dl_family *f, const dl_work *w)
{
    if (f->origin.len) return f->origin;
    const dl_doc *d = dl_page(w->pages, f->page[0]);
    if (!d) return (dl_str){ 0 };
    if (d->meta->verdict == DL_LIVE) return DL_STR("live page");
    return dl_doc_str(d, d->meta->id);
}

/* "Daily News" and "DAILY NEWS" are one. */
static uint64_t name_hash(dl_str s)
{
    char folded[128];
    size_t n = dl_fold(folded, sizeof folded, s);
    return dl_hash(folded, n < sizeof folded ? n : sizeof folded, 0);
}

/* previous[f]: the family before f with the same origin, a wire or a newsroom. */
static bool chain_origins(uint32_t *previous, const dl_copies *c, dl_work *w)
{
    dl_map last;
    dl_map_init(&last, &w->life);
    for (uint32_t f = 0; f < c->n_families; f++) {
        previous[f] = DL_NONE;
        if (!c->family[f].origin.len) continue;
        uint32_t *at = dl_map_put(&last, name_hash(c->family[f].origin), f);
        if (!at) return false;
        if (*at != f) previous[f] = *at;
        *at = f;
    }
    return true;
}

bool dl_lines_make(dl_copies *out, dl_work *w)
{
    size_t pages = w->pages->n, n = out->n_families;
    dl_lines *l = &out->lines;
    l->text = DL_NEW(w->keep, pages + 1, uint32_t);
    l->line = DL_NEW(w->keep, pages + 1, uint32_t);
    l->first_hand = DL_NEW(w->keep, n + 1, uint8_t);
    l->name = DL_NEW(w->keep, n + 1, dl_str);
    uint32_t *previous = DL_NEW(&w->life, n + 1, uint32_t), *line = DL_NEW(&w->life, n + 1, uint32_t);
    if (!l->text || !l->line || !l->first_hand || !l->name || !previous || !line || !chain_origins(previous, out, w))
        return false;
    for (uint32_t f = 0; f < n; f++) {
        const dl_family *fam = &out->family[f];
        uint32_t with = previous[f] == DL_NONE ? DL_NONE : joins(out, w, previous, f);
        line[f] = with == DL_NONE ? l->lines++ : line[with];
        if (with == DL_NONE) l->name[line[f]] = line_name(fam, w);
        if (!is_secondary(fam, w)) l->first_hand[line[f]] = 1;
        for (uint32_t i = 0; i < fam->n; i++) {
            l->text[fam->page[i]] = f;
            l->line[fam->page[i]] = line[f];
        }
    }
    l->texts = (uint32_t)n;
    return true;
}
