/* table.c: looking things up in a packed table. The section's sizes are checked at each opening (it is
 * a few comparisons); cells are clamped, so a damaged section gives wrong words but never a bad read. */
#include "model/table.h"

#include <stdio.h>

#include "base/hash.h"
#include "base/table_format.h"

dl_tsv dl_tsv_open(const dl_models *m, const char *name)
{
    char section[48];
    snprintf(section, sizeof section, "data/%s", name);
    dl_str s = dl_models_section(m, section);
    const dl_table_head *h = (const void *)s.p;
    if (!s.p || s.len < sizeof *h || !h->n || !h->cols || !h->n_slots || (h->n_slots & (h->n_slots - 1))) return (dl_tsv){ 0 };
    uint64_t fixed = sizeof *h + 4 * ((uint64_t)h->n_slots + (uint64_t)h->n * h->cols + 1);
    if (fixed + h->n_bytes != s.len) return (dl_tsv){ 0 };
    const uint32_t *slot = (const void *)(s.p + sizeof *h);
    const uint32_t *cell = slot + h->n_slots;
    if (cell[(size_t)h->n * h->cols] != h->n_bytes) return (dl_tsv){ 0 };
    return (dl_tsv){ h->n, h->cols, h->n_slots, slot, cell, s.p + fixed };
}

dl_str dl_tsv_cell(const dl_tsv *t, uint32_t row, uint32_t col)
{
    if (row >= t->n || col >= t->cols) return (dl_str){ NULL, 0 };
    size_t i = (size_t)row * t->cols + col;
    uint32_t limit = t->cell[(size_t)t->n * t->cols], beg = t->cell[i], end = t->cell[i + 1];
    if (beg > end || end > limit) return (dl_str){ NULL, 0 };
    return (dl_str){ t->bytes + beg, end - beg };
}

uint32_t dl_tsv_find(const dl_tsv *t, dl_str key)
{
    if (!t->n) return DL_NONE;
    uint32_t mask = t->n_slots - 1;
    const uint64_t hash = dl_hash_str(key);
    const uint32_t check = DL_TABLE_CHECK(hash);
    uint32_t i = (uint32_t)hash & mask;
    for (uint32_t tries = 0; tries < t->n_slots && t->slot[i] != DL_NONE; tries++, i = (i + 1) & mask) {
        const uint32_t row = t->slot[i] ^ check; /* the row where the check is the same, else beyond all rows */
        if (row < t->n && dl_str_eq(dl_tsv_cell(t, row, 0), key)) return row;
    }
    return DL_NONE;
}

#define KEY_MAX 255

static dl_str lowered(dl_str key, char low[KEY_MAX])
{
    for (size_t i = 0; i < key.len; i++) low[i] = dl_lower(key.p[i]);
    return (dl_str){ low, key.len };
}

uint32_t dl_tsv_find_lower(const dl_tsv *t, dl_str key)
{
    char low[KEY_MAX];
    return key.len > KEY_MAX ? DL_NONE : dl_tsv_find(t, lowered(key, low));
}

bool dl_tsv_begins(const dl_tsv *t, dl_str bytes)
{
    char low[KEY_MAX];
    if (bytes.len > KEY_MAX) return false;
    const dl_str head = lowered(bytes, low);
    uint32_t from = 0, to = t->n; /* keys before `from` are less, those from `to` on are not        */
    while (from < to) {
        const uint32_t mid = from + (to - from) / 2;
        if (dl_str_cmp(dl_tsv_cell(t, mid, 0), head) < 0)
            from = mid + 1;
        else
            to = mid;
    }
    return from < t->n && dl_str_starts(dl_tsv_cell(t, from, 0), head);
}

uint32_t dl_tsv_more(const dl_tsv *t, uint32_t row)
{
    return row + 1 < t->n && dl_str_eq(dl_tsv_cell(t, row, 0), dl_tsv_cell(t, row + 1, 0)) ? row + 1 : DL_NONE;
}
