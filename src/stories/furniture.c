/* furniture.c: counting lines over different texts. */
#include "stories/furniture.h"

enum { TEXTS = 3 }; /* texts from which a line is furniture                                         */

void dl_furniture_init(dl_furniture *f, dl_arena *a)
{
    dl_map_init(&f->texts, a);
    dl_map_init(&f->seen, a);
}

/* Does a new piece begin at word i? Headlines: behind white space and a bar or a dash. */
static bool begins(const dl_words *w, dl_str s, bool title, uint32_t i)
{
    if (!i || (w->flags[i] & DL_WORD_LINE)) return true;
    if (!title) return false;
    dl_str gap = dl_str_cut(s, w->span[i - 1].end, w->span[i].beg);
    static const char *const bar[] = { " - ", " | ", " : ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " \xc2\xbb ", " :: " };
    for (size_t k = 0; k < DL_COUNT(bar); k++) {
        if (dl_str_find(gap, dl_str_of(bar[k]), 0) != SIZE_MAX) return true;
    }
    return false;
}

static uint32_t piece_end(const dl_words *w, dl_str s, bool title, uint32_t beg)
{
    uint32_t end = beg + 1;
    while (end < w->n && !begins(w, s, title, end)) end++;
    return end;
}

static uint64_t piece_hash(const dl_words *w, uint32_t beg, uint32_t end, bool title)
{
    return dl_hash(w->hash + beg, (end - beg) * sizeof *w->hash, title);
}

static bool count(dl_furniture *f, const dl_words *w, dl_str s, bool title, uint32_t text)
{
    for (uint32_t beg = 0, end; beg < w->n; beg = end) {
        end = piece_end(w, s, title, beg);
        uint64_t h = piece_hash(w, beg, end, title);
        uint32_t *known = dl_map_put(&f->seen, dl_hash_mix(h, text), 0);
        if (!known) return false;
        if (*known) continue;
        *known = 1;
        uint32_t *n = dl_map_put(&f->texts, h, 0);
        if (!n) return false;
        ++*n;
    }
    return true;
}

bool dl_furniture_count(dl_furniture *f, const dl_doc *d, uint32_t text, dl_arena *scratch)
{
    if (!d) return true;
    dl_words w;
    dl_str title = dl_doc_str(d, d->meta->title), body = dl_doc_body(d);
    dl_words_of(&w, title, scratch);
    if (dl_arena_failed(scratch) || !count(f, &w, title, true, text)) return false;
    dl_words_of(&w, body, scratch);
    return !dl_arena_failed(scratch) && count(f, &w, body, false, text);
}

void dl_furniture_drop(const dl_furniture *f, dl_words *w, dl_str s, bool title)
{
    uint32_t kept = 0;
    for (uint32_t beg = 0, end; beg < w->n; beg = end) {
        end = piece_end(w, s, title, beg);
        uint32_t texts = dl_map_get(&f->texts, piece_hash(w, beg, end, title));
        if (texts != DL_NONE && texts >= TEXTS) continue;
        for (uint32_t i = beg; i < end; i++, kept++) {
            w->hash[kept] = w->hash[i];
            w->span[kept] = w->span[i];
            w->flags[kept] = w->flags[i];
        }
    }
    w->n = kept;
}
