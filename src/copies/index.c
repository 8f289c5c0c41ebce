/* index.c: the inverted index of sampled shingles. */
#include "copies/index.h"
#include "base/date.h"
#include "base/hash.h"
#include "base/sort.h"

enum {
    NEAR_MAX = 48,     /* pages of a shingle that a page is compared with: the first and the last half */
    MATTERS = 4,       /* so many different matters make a shingle furniture                       */
    MATTERS_SEEN = 24, /* pages of a shingle that are looked at for that                           */
    FAR_DAYS = 10,     /* a reprint comes sooner                                                   */
};

typedef struct entry {
    uint32_t hash, page;
} entry;

/* Stable counting sort by hash, 3 digits of 11 bits. */
static bool sort_entries(entry *e, size_t n, dl_arena *a)
{
    entry *tmp = dl_arena_raw(a, n ? n : 1, sizeof *tmp);
    size_t *count = dl_arena_raw(a, 2048, sizeof *count);
    if (!tmp || !count) return false;
    entry *from = e, *to = tmp;
    for (unsigned shift = 0; shift < 32; shift += 11) {
        memset(count, 0, 2048 * sizeof *count);
        for (size_t i = 0; i < n; i++) count[(from[i].hash >> shift) & 2047]++;
        for (size_t i = 0, sum = 0; i < 2048; i++) {
            size_t c = count[i];
            count[i] = sum;
            sum += c;
        }
        for (size_t i = 0; i < n; i++) to[count[(from[i].hash >> shift) & 2047]++] = from[i];
        entry *t = from;
        from = to;
        to = t;
    }
    if (from != e) memcpy(e, from, n * sizeof *e);
    return true;
}

static uint32_t overlap(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb)
{
    uint32_t i = 0, j = 0, n = 0;
    while (i < na && j < nb) {
        if (a[i] < b[j])
            i++;
        else if (a[i] > b[j])
            j++;
        else {
            n++;
            i++;
            j++;
        }
    }
    return n;
}

static uint32_t in_common(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < na; i++) {
        for (uint32_t j = 0; j < nb; j++) n += a[i] == b[j];
    }
    return n;
}

bool dl_same_matter(const dl_card *a, const dl_card *b)
{
    if (a->published != DL_NEVER && b->published != DL_NEVER) {
        int32_t apart = dl_day_of(a->published) - dl_day_of(b->published);
        if (apart > FAR_DAYS || apart < -FAR_DAYS) return false;
    }
    uint32_t least = a->n_sketch < b->n_sketch ? a->n_sketch : b->n_sketch;
    if (least >= 12 && 10 * overlap(a->sketch, a->n_sketch, b->sketch, b->n_sketch) >= 3 * least) return true;
    if (!a->n_title || !b->n_title) return least < 12;
    return in_common(a->title, a->n_title, b->title, b->n_title) > 0;
}

/* Counts pages that differ from all counted before. */
static dl_shared_kind kind_of(const dl_card *card, const uint32_t *page, uint32_t n)
{
    uint32_t seen[MATTERS], n_seen = 0, step = n > MATTERS_SEEN ? n / MATTERS_SEEN : 1;
    for (uint32_t i = 0; i < n && n_seen < MATTERS; i += step) {
        bool known = false;
        for (uint32_t k = 0; k < n_seen && !known; k++) known = dl_same_matter(&card[seen[k]], &card[page[i]]);
        if (!known) seen[n_seen++] = page[i];
    }
    return n_seen >= MATTERS ? DL_SHARED_FURNITURE : n_seen + 1 == MATTERS ? DL_SHARED_DOUBTFUL : DL_SHARED_MATTER;
}

static void fill(dl_shared *s, const entry *e, size_t n)
{
    uint32_t at = 0;
    s->n = 0;
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && e[j].hash == e[i].hash;) j++;
        if (j - i < 2) continue;
        s->hash[s->n] = e[i].hash;
        s->beg[s->n++] = at;
        for (size_t k = i; k < j; k++) s->page[at++] = e[k].page;
    }
    s->beg[s->n] = at;
    for (uint32_t i = 0; i < s->n; i++) s->bucket[(s->hash[i] >> 16) + 1] = i + 1;
    for (uint32_t i = 1; i <= DL_SHARED_BUCKETS; i++) {
        if (s->bucket[i] < s->bucket[i - 1]) s->bucket[i] = s->bucket[i - 1];
    }
}

/* The verdict on one set of pages is that on every shingle with the same set. */
static bool judge(dl_shared *s, const dl_card *card, dl_arena *scratch)
{
    enum { UNKNOWN = 99 };
    dl_map known;
    dl_map_init(&known, scratch);
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t n = s->beg[i + 1] - s->beg[i];
        if (n + 1 < MATTERS) continue;
        const uint32_t *page = s->page + s->beg[i];
        uint32_t *v = dl_map_put(&known, dl_hash(page, n * sizeof *page, 0), UNKNOWN);
        if (!v) return false;
        if (*v == UNKNOWN) *v = kind_of(card, page, n);
        s->furniture[i] = (uint8_t)*v;
        for (uint32_t k = 0; k < n && *v != DL_SHARED_MATTER; k++) s->marked[page[k]] = 1;
    }
    return true;
}

bool dl_shared_make(dl_shared *out, const dl_card *card, uint32_t n_cards, dl_arena *keep, dl_arena *scratch)
{
    size_t n = 0;
    dl_arena_mark mark = dl_arena_here(scratch);
    for (uint32_t p = 0; p < n_cards; p++) n += card[p].n_sketch;
    entry *e = dl_arena_raw(scratch, n ? n : 1, sizeof *e);
    if (!e || n >= UINT32_MAX) return false;
    size_t at = 0;
    for (uint32_t p = 0; p < n_cards; p++) {
        for (uint32_t k = 0; k < card[p].n_sketch; k++) e[at++] = (entry){ card[p].sketch[k], p };
    }
    if (!sort_entries(e, n, scratch)) return false;
    size_t groups = 0, rows = 0;
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && e[j].hash == e[i].hash;) j++;
        groups += j - i > 1;
        rows += j - i > 1 ? j - i : 0;
    }
    out->hash = dl_arena_raw(keep, groups + 1, sizeof *out->hash);
    out->beg = dl_arena_raw(keep, groups + 1, sizeof *out->beg);
    out->page = dl_arena_raw(keep, rows + 1, sizeof *out->page);
    out->furniture = dl_arena_get(keep, groups + 1, 1);
    out->marked = dl_arena_get(keep, (size_t)n_cards + 1, 1);
    out->bucket = dl_arena_get(keep, DL_SHARED_BUCKETS + 1, sizeof *out->bucket);
    if (!out->hash || !out->beg || !out->page || !out->furniture || !out->marked || !out->bucket) return false;
    fill(out, e, n);
    bool ok = judge(out, card, scratch);
    dl_arena_back(scratch, mark);
    return ok;
}

uint32_t dl_shared_find(const dl_shared *s, uint32_t hash)
{
    uint32_t beg = s->bucket[hash >> 16], end = s->bucket[(hash >> 16) + 1];
    uint32_t at = beg + dl_find_u32(s->hash + beg, end - beg, hash);
    return at < end && s->hash[at] == hash ? at : DL_NONE;
}

static int most_first(const void *x, const void *y, const void *ctx)
{
    const dl_candidate *a = x, *b = y;
    (void)ctx;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    return a->page < b->page ? -1 : a->page > b->page;
}

/* Where page b stands in the row's pages. */
static uint32_t before(const dl_shared *s, uint32_t row, uint32_t b)
{
    uint32_t beg = s->beg[row];
    return beg + dl_find_u32(s->page + beg, s->beg[row + 1] - beg, b);
}

bool dl_candidates(dl_candidate **out, uint32_t *n, const dl_shared *s, const dl_card *card, uint32_t b, uint32_t *count,
                   dl_arena *a)
{
    const dl_card *c = &card[b];
    dl_candidate *v = NULL;
    size_t cap = 0;
    uint32_t found = 0;
    for (uint32_t k = 0; k < c->n_sketch; k++) {
        uint32_t row = dl_shared_find(s, c->sketch[k]);
        if (row == DL_NONE || s->furniture[row] == DL_SHARED_FURNITURE) continue;
        uint32_t beg = s->beg[row], end = before(s, row, b);
        for (uint32_t i = beg; i < end; i++) {
            if (i == beg + NEAR_MAX / 2 && end - i > NEAR_MAX / 2) i = end - NEAR_MAX / 2;
            uint32_t page = s->page[i];
            if (count[page]++) continue;
            if (!DL_ROOM(a, v, found, cap)) return false;
            v[found++] = (dl_candidate){ page, 0 };
        }
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < found; i++) {
        v[i].count = count[v[i].page];
        count[v[i].page] = 0;
        if (v[i].count >= 2 || c->n_sketch < 4) v[kept++] = v[i];
    }
    if (!dl_sort(v, kept, sizeof *v, most_first, NULL, a)) return false;
    *out = v;
    *n = kept < DL_CANDIDATES_MAX ? kept : DL_CANDIDATES_MAX;
    return true;
}
