/* furniture.c: counting lines over different texts. */
#include "stories/furniture.h"

#include <stdlib.h>

#include "base/hash.h"
#include "stories/slots.h"

enum {
    TEXTS = 3,      /* texts from which a line is furniture                                        */
    TITLE_LEFT = 3, /* words that must be left where two texts of a host are enough                   */
    BODY_LEFT = 12
};

void dl_furniture_free(dl_furniture *f)
{
    free(f->slot);
    *f = (dl_furniture){ 0 };
}

static uint32_t piece_end(const dl_words *w, uint32_t beg)
{
    uint32_t end = beg + 1;
    while (end < w->n && !(w->flags[end] & DL_WORD_LINE)) end++;
    return end;
}

static uint64_t piece_hash(const dl_words *w, uint32_t beg, uint32_t end, bool title)
{
    return dl_hash(w->hash + beg, (end - beg) * sizeof *w->hash, title) | 1;
}

/* The line's slot, or the free one where it belongs. */
static struct dl_furniture_slot *slot_of(const dl_furniture *f, uint64_t line)
{
    uint32_t i = (uint32_t)(line >> 32) & (f->cap - 1);
    while (f->slot[i].line && f->slot[i].line != line) i = (i + 1) & (f->cap - 1);
    return &f->slot[i];
}

/* Into a table of `cap` slots, without what was seen before page `since`. */
static bool rebuild(dl_furniture *f, uint32_t cap, uint32_t since)
{
    dl_furniture wide = { .cap = cap, .since = since };
    wide.slot = calloc(cap, sizeof *wide.slot);
    if (!wide.slot) return false;
    for (uint32_t i = 0; i < f->cap; i++) {
        const struct dl_furniture_slot *s = &f->slot[i];
        if (!s->line || s->page < since) continue;
        *slot_of(&wide, s->line) = *s;
        wide.n++;
    }
    free(f->slot);
    *f = wide;
    return true;
}

static bool make_room(dl_furniture *f, uint32_t n, uint32_t page)
{
    if (f->n > DL_FURNITURE_LINES && !rebuild(f, f->cap, f->since + (page - f->since) / 2)) return false;
    while ((uint64_t)(f->n + n) * 3 >= (uint64_t)f->cap * 2) {
        if (!rebuild(f, f->cap ? f->cap * 2 : 1u << 12, f->since)) return false;
    }
    return true;
}

static uint32_t title_bits(const dl_words *w)
{
    uint32_t bits = 0;
    for (uint32_t i = 0; i < w->n; i++) bits |= UINT32_C(1) << (w->hash[i] & 31);
    return bits;
}

/* Do two headlines share fewer than half of the shorter one's words? */
static bool other_title(uint32_t a, uint32_t b)
{
    unsigned x = dl_bits_in(a), y = dl_bits_in(b);
    return 2 * dl_bits_in(a & b) < (x < y ? x : y) + (x && y ? 0 : 1);
}

static bool count(dl_furniture *f, const dl_words *w, bool title, struct dl_furniture_slot now, dl_furniture_same_fn *same,
                  const void *ctx)
{
    if (!make_room(f, w->n, now.page)) return false;
    for (uint32_t beg = 0, end; beg < w->n; beg = end) {
        end = piece_end(w, beg);
        now.line = piece_hash(w, beg, end, title);
        struct dl_furniture_slot *s = slot_of(f, now.line);
        if (s->line && s->page == now.page) continue; /* twice on one page */
        bool known = s->line != 0;
        bool other = known && (!same(ctx, s->page, now.page) || (s->host == now.host && other_title(s->title, now.title)));
        now.texts = !known ? 1 : s->texts + (other && s->texts < TEXTS);
        f->n += !known;
        *s = now;
    }
    return true;
}

bool dl_furniture_count(dl_furniture *f, const dl_sheet *s, uint32_t page, dl_furniture_same_fn *same, const void *ctx)
{
    dl_words title = dl_sheet_title_words(s), body = dl_sheet_words(s);
    struct dl_furniture_slot now = { .page = page, .host = s->host, .title = title_bits(&title) };
    return count(f, &title, true, now, same, ctx) && count(f, &body, false, now, same, ctx);
}

/* What is left without the lines of many texts; with `own` without those of the page's own host, too. */
static void drop(const dl_furniture *f, dl_words *out, const dl_words *w, struct dl_furniture_slot page, bool own, bool title)
{
    out->n = 0;
    for (uint32_t beg = 0, end; beg < w->n; beg = end) {
        end = piece_end(w, beg);
        const struct dl_furniture_slot *s = f->cap ? slot_of(f, piece_hash(w, beg, end, title)) : &page;
        if (s->texts >= TEXTS || (own && s->line && s->host && s->host == page.host && other_title(s->title, page.title)))
            continue;
        memcpy(out->hash + out->n, w->hash + beg, (end - beg) * sizeof *w->hash);
        memcpy(out->flags + out->n, w->flags + beg, end - beg);
        out->n += end - beg;
    }
}

void dl_furniture_drop(const dl_furniture *f, dl_words *out, const dl_words *w, const dl_sheet *page, bool title)
{
    const dl_words headline = dl_sheet_title_words(page);
    const struct dl_furniture_slot now = { .host = page->host, .title = title_bits(&headline) };
    drop(f, out, w, now, true, title);
    if (out->n < (title ? TITLE_LEFT : BODY_LEFT)) drop(f, out, w, now, false, title);
}

bool dl_furniture_put(const dl_furniture *f, dl_buf *out)
{
    return dl_slots_put(&(dl_slots){ f->slot, f->cap, f->n, f->since }, sizeof *f->slot, out);
}

bool dl_furniture_take(dl_furniture *f, const uint8_t **at, const uint8_t *end)
{
    dl_slots s;
    uint32_t n = 0;
    if (!dl_slots_take(&s, sizeof *f->slot, at, end)) return false;
    dl_furniture_free(f);
    *f = (dl_furniture){ .slot = s.slot, .cap = s.cap, .since = s.counted };
    for (uint32_t i = 0; i < f->cap; i++) n += f->slot[i].line != 0;
    f->n = n;
    return dl_slots_sound(&s, n);
}
