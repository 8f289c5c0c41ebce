/* postings.c: terms in a hash table, their pages in chains of blocks. */
#include "stories/postings.h"

#include <stdlib.h>

void dl_postings_init(dl_postings *p) { *p = (dl_postings){ .free = DL_NONE }; }

void dl_postings_free(dl_postings *p)
{
    free(p->term);
    free(p->block);
    dl_postings_init(p);
}

/* The term's slot, or the free one where it belongs. */
static struct dl_postings_term *slot_of(const dl_postings *p, uint32_t term)
{
    uint32_t i = dl_postings_place(p, term);
    while (p->term[i].block != DL_NONE && p->term[i].term != term) i = (i + 1) & (p->cap - 1);
    return &p->term[i];
}

uint32_t dl_postings_of(const dl_postings *p, uint32_t term) { return p->cap ? slot_of(p, term)->block : DL_NONE; }

/* A table of `cap` slots with the terms that have blocks. */
static bool rebuild(dl_postings *p, uint32_t cap)
{
    dl_postings wide = *p;
    wide.term = malloc(cap * sizeof *wide.term);
    if (!wide.term) return false;
    memset(wide.term, 0xff, cap * sizeof *wide.term);
    wide.cap = cap;
    wide.n = 0;
    for (uint32_t i = 0; i < p->cap; i++) {
        if (p->term[i].block == DL_NONE) continue;
        *slot_of(&wide, p->term[i].term) = p->term[i];
        wide.n++;
    }
    free(p->term);
    *p = wide;
    return true;
}

static uint32_t take_block(dl_postings *p)
{
    uint32_t b = p->free;
    if (b != DL_NONE) {
        p->free = p->block[b].before;
        return b;
    }
    if (p->blocks == p->blocks_cap) {
        uint32_t cap = p->blocks_cap ? p->blocks_cap + p->blocks_cap / 2 : 256;
        dl_postings_block *wide = cap > p->blocks_cap ? realloc(p->block, cap * sizeof *wide) : NULL;
        if (!wide) return DL_NONE;
        p->block = wide;
        p->blocks_cap = cap;
    }
    return p->blocks++;
}

bool dl_postings_add(dl_postings *p, uint32_t term, uint32_t page, double weight)
{
    if ((uint64_t)(p->n + 1) * 3 >= (uint64_t)p->cap * 2 && !rebuild(p, p->cap ? p->cap * 2 : 1u << 12)) return false;
    struct dl_postings_term *t = slot_of(p, term);
    uint32_t b = t->block;
    if (b == DL_NONE || p->block[b].n == DL_POSTINGS_BLOCK) {
        b = take_block(p);
        if (b == DL_NONE) return false;
        p->block[b] = (dl_postings_block){ .before = t->block }; /* written to disk whole */
        p->n += t->block == DL_NONE;
        *t = (struct dl_postings_term){ term, b };
    }
    dl_postings_block *at = &p->block[b];
    at->page[at->n] = page;
    at->weight[at->n++] = (uint16_t)((weight < 1 ? weight : 1) * 65535 + .5);
    return true;
}

static void give_back(dl_postings *p, uint32_t b)
{
    while (b != DL_NONE) {
        uint32_t before = p->block[b].before;
        p->block[b] = (dl_postings_block){ .before = p->free };
        p->free = b;
        b = before;
    }
}

bool dl_postings_sweep(dl_postings *p, uint32_t lo)
{
    uint32_t left = 0;
    for (uint32_t i = 0; i < p->cap; i++) {
        for (uint32_t *b = &p->term[i].block; *b != DL_NONE; b = &p->block[*b].before) {
            const dl_postings_block *at = &p->block[*b];
            if (at->page[at->n - 1] >= lo) continue;
            give_back(p, *b);
            *b = DL_NONE;
            break;
        }
        left += p->term[i].block != DL_NONE;
    }
    uint32_t cap = 1u << 12;
    while ((uint64_t)left * 3 >= cap) cap *= 2;
    return rebuild(p, cap);
}

uint32_t dl_postings_end(const dl_postings *p)
{
    uint32_t last = 0, any = 0;
    for (uint32_t b = 0; b < p->blocks; b++) {
        for (uint32_t i = 0; i < p->block[b].n; i++) {
            any = 1;
            if (p->block[b].page[i] > last) last = p->block[b].page[i];
        }
    }
    return last + any;
}

bool dl_postings_put(const dl_postings *p, dl_buf *out)
{
    const uint32_t head[4] = { p->cap, p->n, p->blocks, p->free };
    dl_buf_add(out, (dl_str){ (const char *)head, sizeof head });
    dl_buf_add(out, (dl_str){ (const char *)p->term, p->cap * sizeof *p->term });
    dl_buf_add(out, (dl_str){ (const char *)p->block, p->blocks * sizeof *p->block });
    return !out->failed;
}

/* Blocks name each other, older ones never twice: what a chain may be. */
static bool sound(const dl_postings *p, uint8_t *seen)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i <= p->cap; i++) {
        for (uint32_t b = i < p->cap ? p->term[i].block : p->free; b != DL_NONE; b = p->block[b].before) {
            if (b >= p->blocks || seen[b] || p->block[b].n > DL_POSTINGS_BLOCK || (i < p->cap && !p->block[b].n)) return false;
            seen[b] = 1;
        }
        n += i < p->cap && p->term[i].block != DL_NONE;
    }
    return n == p->n && (uint64_t)n * 3 <= (uint64_t)p->cap * 2;
}

bool dl_postings_take(dl_postings *p, const uint8_t **at, const uint8_t *end)
{
    uint32_t head[4];
    if ((size_t)(end - *at) < sizeof head) return false;
    memcpy(head, *at, sizeof head);
    *at += sizeof head;
    size_t terms = head[0] * sizeof *p->term, blocks = head[2] * sizeof *p->block;
    if ((head[0] & (head[0] - 1)) || (size_t)(end - *at) < terms + blocks) return false;
    dl_postings_free(p);
    p->term = malloc(terms + 1);
    p->block = malloc(blocks + 1);
    uint8_t *seen = calloc((size_t)head[2] + 1, 1);
    bool ok = p->term && p->block && seen;
    if (ok) {
        memcpy(p->term, *at, terms);
        memcpy(p->block, *at + terms, blocks);
        *at += terms + blocks;
        p->cap = head[0];
        p->n = head[1];
        p->blocks = p->blocks_cap = head[2];
        p->free = head[3];
        ok = sound(p, seen);
    }
    free(seen);
    return ok;
}
