/* index.c: what the shingle index says of shingles that pages share. */
#include "copies/index.h"
#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/sort.h"

enum {
    NEAR_MAX = 48,             /* pages of a shingle that a page is compared with: the first and the last half */
    MATTERS = 4,               /* so many different matters make a shingle furniture                       */
    MATTERS_SEEN = 24,         /* pages of a shingle that are looked at for that                           */
    FEW = 28,                  /* shingles, of some 110 words: a page with fewer is compared for one that it shares */
    FAR_DAYS = 10,             /* a reprint comes sooner                                                   */
    KNOWN_MAX = (1 << 20) - 1, /* sets of pages whose verdict is remembered, less one               */
};

/* Do both have so many numbers? Ends as soon as that is certain; without branches, which nothing could foretell, in between. */
static bool overlap(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb, uint32_t enough)
{
    enum { STEPS = 32 };
    uint32_t i = 0, j = 0, n = 0;
    while (n < enough) {
        uint32_t left_a = na - i, left_b = nb - j, left = left_a < left_b ? left_a : left_b;
        if (n + left < enough) return false;
        for (uint32_t k = left < STEPS ? left : STEPS; k; k--) { /* a step goes on by one in each at most */
            uint32_t x = a[i], y = b[j];
            n += x == y;
            i += x <= y;
            j += y <= x;
        }
    }
    return true;
}

uint32_t dl_in_common(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < na; i++) {
        for (uint32_t j = 0; j < nb; j++) n += a[i] == b[j];
    }
    return n;
}

/* Do they have any in common? Most do not, which is seen at once. */
static bool share_any(const uint32_t *a, uint32_t na, const uint32_t *b, uint32_t nb)
{
    uint64_t low = 0; /* bits: the low ends of b */
    for (uint32_t j = 0; j < nb; j++) low |= UINT64_C(1) << (b[j] & 63);
    for (uint32_t i = 0; i < na; i++) {
        if ((low >> (a[i] & 63) & 1) && dl_in_common(&a[i], 1, b, nb)) return true;
    }
    return false;
}

bool dl_same_matter(const dl_card *a, const dl_card *b)
{
    if (a->published != DL_NEVER && b->published != DL_NEVER && dl_days_apart(a->published, b->published) > FAR_DAYS)
        return false;
    uint32_t least = a->n_sketch < b->n_sketch ? a->n_sketch : b->n_sketch;
    if (a->n_title && b->n_title ? share_any(a->title, a->n_title, b->title, b->n_title) : least < 12) return true;
    return least >= 12 && overlap(a->sketch, a->n_sketch, b->sketch, b->n_sketch, (3 * least + 9) / 10);
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

/* Rows under way. */
typedef struct maker {
    dl_shared *out;
    const dl_card *card;
    const uint32_t *page_of; /* [n_pages]                                                        */
    uint32_t n_pages, at;    /* rows of page so far                                               */
    dl_spool part[4];        /* hash, beg, page, furniture                                       */
    struct verdict {
        uint64_t set;
        uint8_t kind;
    } * known; /* [known_mask + 1] the verdicts last given, by sets of pages              */
    uint64_t known_mask, n_odd;
    dl_arena arena, scratch;
} maker;

/* The verdict on one set of pages is that on every shingle with the same set. */
static uint8_t judge(maker *m, const uint32_t *page, uint32_t n)
{
    if (n + 1 < MATTERS) return DL_SHARED_MATTER;
    uint64_t set = dl_hash(page, n * sizeof *page, 0) | 1;
    struct verdict *v = &m->known[set >> 32 & m->known_mask];
    if (v->set != set) *v = (struct verdict){ set, (uint8_t)kind_of(m->card, page, n) };
    if (v->kind == DL_SHARED_MATTER) return DL_SHARED_MATTER;
    m->n_odd++;
    for (uint32_t k = 0; k < n; k++) m->out->marked[page[k]] = 1;
    return v->kind;
}

static dl_status add_row(void *ctx, uint32_t shingle, uint32_t *page, uint32_t n, dl_error *err)
{
    maker *m = ctx;
    uint32_t live = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t row = page[i] < m->n_pages ? m->page_of[page[i]] : DL_NONE;
        if (row != DL_NONE) page[live++] = row;
    }
    if (live < 2) return DL_OK;
    if (!dl_sort_u32(page, live, &m->scratch)) return dl_fail_mem(err, "copies");
    uint8_t kind = judge(m, page, live);
    uint32_t kept = kind == DL_SHARED_FURNITURE ? 0 : live > DL_SHARED_MAX ? DL_SHARED_KEPT : live;
    dl_status st = DL_OK;
    if (m->at > UINT32_MAX - kept)
        st = dl_fail(err, DL_ELIMIT, "copies", DL_NO_OFFSET, "limit: more than %u postings of shared shingles", UINT32_MAX);
    if (!st) st = dl_spool_add(&m->part[0], &shingle, sizeof shingle, err);
    if (!st) st = dl_spool_add(&m->part[1], &m->at, sizeof m->at, err);
    if (!st) st = dl_spool_add(&m->part[2], page, kept * sizeof *page, err);
    if (!st) st = dl_spool_add(&m->part[3], &kind, 1, err);
    m->at += kept;
    m->out->n++;
    m->out->bucket[(shingle >> 16) + 1] = m->out->n;
    return st;
}

static dl_status finish(maker *m, dl_error *err)
{
    dl_shared *s = m->out;
    dl_status st = dl_spool_add(&m->part[1], &m->at, sizeof m->at, err);
    for (int i = 0; !st && i < 4; i++) st = dl_spool_map(&m->part[i], &s->map[i], err);
    if (st) return st;
    s->hash = (const uint32_t *)(const void *)s->map[0].p;
    s->beg = (const uint32_t *)(const void *)s->map[1].p;
    s->page = (const uint32_t *)(const void *)s->map[2].p;
    s->furniture = s->map[3].p;
    for (uint32_t i = 1; i <= DL_SHARED_BUCKETS; i++) {
        if (s->bucket[i] < s->bucket[i - 1]) s->bucket[i] = s->bucket[i - 1];
    }
    return DL_OK;
}

/* Few bits, so that they stay at hand: 16 for each shingle that is meant. */
static bool mark_odd(dl_shared *s, uint64_t n_odd, dl_arena *keep)
{
    enum { LEAST = 12, MOST = 26 };
    uint32_t bits = LEAST;
    while (bits < MOST && (UINT64_C(1) << bits) < 16 * n_odd) bits++;
    s->odd_shift = 32 - bits;
    s->odd = DL_NEW(keep, (1u << bits) / 64, uint64_t);
    for (uint32_t i = 0; s->odd && i < s->n; i++) {
        uint32_t bit = s->hash[i] >> s->odd_shift;
        if (s->furniture[i] != DL_SHARED_MATTER) s->odd[bit / 64] |= UINT64_C(1) << (bit % 64);
    }
    return s->odd != NULL;
}

dl_status dl_shared_make(dl_shared *out, dl_shingles *x, const uint32_t *page_of, uint32_t n_pages, const dl_card *card,
                         uint32_t n_cards, dl_arena *keep, dl_error *err)
{
    maker m = { .out = out, .card = card, .page_of = page_of, .n_pages = n_pages };
    *out = (dl_shared){ .marked = dl_arena_get(keep, (size_t)n_cards + 1, 1),
                        .bucket = dl_arena_get(keep, DL_SHARED_BUCKETS + 1, sizeof *out->bucket) };
    if (!out->marked || !out->bucket) return dl_fail_mem(err, "copies");
    dl_arena_init(&m.arena, DL_ARENA_MAX);
    dl_arena_init(&m.scratch, DL_ARENA_MAX);
    m.known_mask = 1023;
    while (m.known_mask < n_cards && m.known_mask < KNOWN_MAX) m.known_mask = 2 * m.known_mask + 1;
    m.known = DL_NEW(&m.arena, (size_t)m.known_mask + 1, struct verdict);
    for (int i = 0; i < 4; i++) dl_spool_open(&m.part[i], DL_SPOOL_HELD);
    dl_status st = m.known ? dl_shingles_sweep(x, add_row, &m, err) : dl_fail_mem(err, "copies");
    if (!st) st = finish(&m, err);
    if (!st && !mark_odd(out, m.n_odd, keep)) st = dl_fail_mem(err, "copies");
    for (int i = 0; i < 4; i++) dl_spool_close(&m.part[i]);
    dl_arena_free(&m.arena);
    dl_arena_free(&m.scratch);
    return st;
}

void dl_shared_close(dl_shared *s)
{
    for (int i = 0; i < 4; i++) dl_mapped_close(&s->map[i]);
}

/* Where in its bucket a hash should be. */
static uint32_t place_of(const dl_shared *s, uint32_t hash)
{
    uint32_t beg = s->bucket[hash >> 16], n = s->bucket[(hash >> 16) + 1] - beg;
    return beg + (uint32_t)((uint64_t)(hash & 0xffff) * n >> 16);
}

uint32_t dl_shared_find(const dl_shared *s, uint32_t hash)
{
    uint32_t beg = s->bucket[hash >> 16], end = s->bucket[(hash >> 16) + 1];
    uint32_t at = beg + dl_find_near_u32(s->hash + beg, end - beg, hash, place_of(s, hash) - beg, 8);
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

/* The rows of the page's shingles that may be evidence. What is read of each is fetched ahead: all of it lies anywhere. */
static uint32_t *rows_of(uint32_t *n, const dl_shared *s, const dl_card *c, dl_arena *a)
{
    uint32_t *row = dl_arena_raw(a, (size_t)c->n_sketch + 1, sizeof *row), found = 0, kept = 0;
    for (uint32_t k = 0; k < c->n_sketch; k++) DL_FETCH(&s->bucket[c->sketch[k] >> 16]);
    for (uint32_t k = 0; k < c->n_sketch; k++) DL_FETCH(&s->hash[place_of(s, c->sketch[k])]);
    for (uint32_t k = 0; row && k < c->n_sketch; k++) {
        uint32_t at = dl_shared_find(s, c->sketch[k]);
        if (at == DL_NONE) continue;
        row[found++] = at;
        DL_FETCH(&s->beg[at]);
        DL_FETCH(&s->furniture[at]);
    }
    for (uint32_t k = 0; k < found; k++) {
        if (s->furniture[row[k]] == DL_SHARED_FURNITURE) continue;
        row[kept++] = row[k];
        DL_FETCH(&s->page[s->beg[row[k]]]);
    }
    *n = kept;
    return row;
}

bool dl_candidates(dl_candidate **out, uint32_t *n, const dl_shared *s, const dl_card *card, uint32_t b, uint32_t *count,
                   dl_arena *a)
{
    const dl_card *c = &card[b];
    dl_candidate *v = NULL;
    size_t cap = 0;
    uint32_t found = 0, rows;
    const uint32_t *row = rows_of(&rows, s, c, a);
    if (!row) return false;
    for (uint32_t k = 0; k < rows; k++) {
        uint32_t beg = s->beg[row[k]], end = before(s, row[k], b);
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
        if (v[i].count >= 2 || c->n_sketch < FEW || card[v[i].page].n_sketch < FEW) v[kept++] = v[i];
    }
    if (!dl_sort(v, kept, sizeof *v, most_first, NULL, a)) return false;
    *out = v;
    *n = kept < DL_CANDIDATES_MAX ? kept : DL_CANDIDATES_MAX;
    return true;
}
