/* compare.c: candidates against their pages, in parallel; the pairs come in the order of the pages. */
#include "base/error.h"
#include "base/limits.h"
#include "base/pool.h"
#include "copies/cites.h"
#include "copies/work.h"

enum {
    BATCH = 32,      /* pages of a job                                                           */
    SIDES = 256,     /* pages that a worker remembers: a family's lie close together             */
    SHORT = 1 << 13, /* words; longer pages are not remembered                                     */
};

/* What a worker has for itself. */
typedef struct worker {
    dl_arena page;   /* while one page is compared                                                */
    uint32_t *count; /* [pages] for dl_candidates                                                 */
    dl_levels *asked;
    struct known {
        bool ready;
        dl_side side; /* page DL_NONE: none                                                       */
        dl_arena arena;
    } * known; /* [SIDES] by the lowest bits of their numbers                                       */
} worker;

typedef struct comparing {
    dl_work *work;
    uint32_t next;
    worker *worker;           /* [workers]                                                                 */
    dl_spool pairs, passages; /* as they are found; a pair's passages are not set                  */
    size_t n_pairs;
} comparing;

typedef struct job {
    uint32_t beg, end; /* pages                                                                    */
    bool ready, ok;
    dl_arena arena;
    dl_pair *pair; /* [n] in the arena, their passages too                                          */
    size_t n, cap;
} job;

static uint32_t per_myriad(double x) { return (uint32_t)(x * 10000 + .5); }

/* A dateline is part of a text and is copied with it; the other credits are of the page that prints
 * them. */
static bool from_wire(const dl_source *s)
{
    return s->name.len && s->kind == DL_WIRE && !s->own && s->where && strcmp(s->where, "dateline") != 0;
}

static const double WEAK = .1; /* share from which a pair without a kind is kept until families are made */

/* What is known of a page but for its words. */
static const dl_doc *doc_of(const dl_work *w, uint32_t page, dl_doc *doc, dl_meta *meta)
{
    if (!w->record) return dl_page(w->pages, page);
    dl_record_doc(doc, meta, w->record[page]);
    return doc;
}

/* Does a page with that source say that it has its text from the outlet of `page`? */
static bool names_page(const dl_work *w, const dl_source *s, uint32_t page)
{
    dl_doc doc;
    dl_meta meta;
    return (s->name.len || s->elsewhere.len) && dl_source_names(s, doc_of(w, page, &doc, &meta));
}

/* Two texts, of which one says where it has something from: the other's outlet. Sets the kind. */
static void judge_cites(dl_pair *p, const dl_work *w, const dl_side *a, const dl_side *b, dl_credit credit, dl_arena *scratch)
{
    dl_doc da, db;
    dl_meta ma, mb;
    const dl_doc *x = doc_of(w, a->page, &da, &ma), *y = doc_of(w, b->page, &db, &mb);
    if (!x || !y) return;
    const dl_str of_a = dl_doc_str(x, x->meta->outlet), of_b = dl_doc_str(y, y->meta->outlet);
    if (dl_str_eq_nocase(of_a, of_b) || !dl_same_matter(a->card, b->card)) return;
    const bool from_b = credit.a || dl_cites_outlet(&a->all, of_b, scratch);
    const bool from_a = credit.b || dl_cites_outlet(&b->all, of_a, scratch);
    if (from_a == from_b) return;
    p->kind = DL_CITES;
    p->direction = from_b ? DL_B_TO_A : DL_A_TO_B;
    p->signs = 1u << DL_SIGN_CREDIT;
}

static bool compare(const dl_work *w, job *j, const dl_side *a, const dl_side *b, const dl_align_index *index, dl_arena *page)
{
    dl_compared c;
    if (!dl_pair_compare(&c, a, b, index, &w->background, page)) return false;
    dl_pair found = { .a = a->page, .b = b->page, .kind = (uint8_t)dl_pair_judge(&c, a, b) };
    const dl_source *sa = &w->source[a->page], *sb = &w->source[b->page];
    dl_credit credit = { from_wire(sa) || from_wire(sb), names_page(w, sa, b->page), names_page(w, sb, a->page) };
    if (found.kind == DL_COPY_KINDS) judge_cites(&found, w, a, b, credit, page);
    if (found.kind == DL_COPY_KINDS && c.part_a < WEAK && c.part_b < WEAK) return true;
    if (found.kind != DL_CITES && !dl_pair_direction(&found, &c, a, b, &w->background, credit, page)) return false;
    if (!DL_ROOM(&j->arena, j->pair, j->n, j->cap)) return false;
    dl_pair *p = &j->pair[j->n++];
    *p = found;
    p->share_a = per_myriad(c.part_a);
    p->share_b = per_myriad(c.part_b);
    if (c.retold) p->retold = (uint16_t)per_myriad(dl_align_cover(&c.al, a->n, b->n));
    return dl_pair_passages(p, &c, a, b, &j->arena);
}

bool dl_side_read(dl_side *out, const dl_work *w, uint32_t page, dl_arena *a)
{
    dl_words words = { 0 };
    if (w->record) {
        if (!dl_record_words(&words, w->record[page], a)) return false;
    } else {
        const dl_doc *d = dl_page(w->pages, page);
        if (d) dl_words_of(&words, dl_doc_body(d), a);
    }
    return !dl_arena_failed(a) && dl_side_make(out, page, &words, &w->card[page], &w->shared, a);
}

static const dl_side *read_side(dl_side *out, const dl_work *w, uint32_t page, worker *own, dl_arena *a)
{
    if (!dl_side_read(out, w, page, a)) return NULL;
    out->asked = own->asked;
    return out;
}

/* The same, out of those that the worker remembers; what was in its place is forgotten, but for page b. */
static const dl_side *side_of(const dl_work *w, uint32_t page, uint32_t b, worker *own)
{
    struct known *k = &own->known[page % SIDES];
    if (w->card[page].words > SHORT || (page != b && page % SIDES == b % SIDES)) {
        dl_side *s = DL_NEW(&own->page, 1, dl_side);
        return s ? read_side(s, w, page, own, &own->page) : NULL;
    }
    if (k->ready && k->side.page == page) return &k->side;
    if (!k->ready) dl_arena_init(&k->arena, DL_ARENA_MAX);
    k->ready = true;
    dl_arena_reset(&k->arena);
    k->side.page = DL_NONE;
    return read_side(&k->side, w, page, own, &k->arena);
}

/* Page b against the earlier pages that share rare shingles with it. */
static bool compare_page(const dl_work *w, job *j, uint32_t b, worker *own)
{
    dl_candidate *cand = NULL;
    dl_arena *page = &own->page;
    uint32_t n = 0;
    if (!dl_candidates(&cand, &n, &w->shared, w->card, b, own->count, page)) return false;
    if (!n) return true;
    const dl_side *sb = side_of(w, b, b, own);
    dl_align_index index;
    if (!sb || !dl_align_index_make(&index, sb->word, sb->n, page)) return false;
    for (uint32_t i = 0; i < n; i++) {
        dl_arena_mark mark = dl_arena_here(page);
        const dl_side *sa = side_of(w, cand[i].page, b, own);
        if (!sa || !compare(w, j, sa, sb, &index, page)) return false;
        dl_arena_back(page, mark);
    }
    return true;
}

static dl_status make(void *ctx, void *slot, dl_error *err)
{
    comparing *c = ctx;
    job *j = slot;
    const dl_settings *set = c->work->set;
    uint32_t n = c->work->pages->n;
    if (c->next == n) return DL_ENONE;
    if (set && set->stop && set->stop(set->ctx)) return dl_fail(err, DL_ESTOPPED, "", DL_NO_OFFSET, "stopped");
    if (!j->ready) dl_arena_init(&j->arena, DL_ARENA_MAX);
    j->ready = true;
    dl_arena_reset(&j->arena);
    j->pair = NULL;
    j->n = j->cap = 0;
    j->beg = c->next;
    c->next = j->end = n - c->next < BATCH ? n : c->next + BATCH;
    return DL_OK;
}

static void do_job(void *ctx, unsigned n, void *slot)
{
    const comparing *c = ctx;
    job *j = slot;
    j->ok = true;
    for (uint32_t b = j->beg; b < j->end && j->ok; b++) {
        dl_arena_reset(&c->worker[n].page);
        j->ok = compare_page(c->work, j, b, &c->worker[n]);
    }
}

static dl_status deliver(void *ctx, void *slot, dl_error *err)
{
    comparing *c = ctx;
    const job *j = slot;
    const dl_settings *set = c->work->set;
    if (set && set->progress) set->progress(set->ctx, "comparing", j->end, c->work->pages->n, 0);
    dl_status st = j->ok ? DL_OK : dl_fail_mem(err, "copies");
    for (size_t i = 0; !st && i < j->n; i++) {
        const dl_pair *p = &j->pair[i];
        st = dl_spool_add(&c->pairs, p, sizeof *p, err);
        if (!st) st = dl_spool_add(&c->passages, p->passages, p->n_passages * sizeof *p->passages, err);
        c->n_pairs++;
    }
    return st;
}

static void discard(void *ctx, void *slot)
{
    job *j = slot;
    (void)ctx;
    if (j->ready) dl_arena_free(&j->arena);
}

/* The pairs came in the order of b: counted out by a they are in the order of a, b. */
static bool order_pairs(dl_work *w, const dl_pair *found, size_t n, const dl_passage *passage)
{
    size_t *at = DL_NEW(&w->page, (size_t)w->pages->n + 2, size_t);
    w->pair = dl_arena_raw(&w->life, n + 1, sizeof *w->pair);
    if (!at || !w->pair) return false;
    for (size_t i = 0; i < n; i++) at[found[i].a + 1]++;
    for (uint32_t p = 0; p < w->pages->n; p++) at[p + 1] += at[p];
    for (size_t i = 0; i < n; i++) {
        dl_pair *p = &w->pair[at[found[i].a]++];
        *p = found[i];
        p->passages = passage;
        if (!w->lasting && p->n_passages) {
            dl_passage *own = dl_arena_raw(w->keep, p->n_passages, sizeof *own);
            if (!own) return false;
            memcpy(own, passage, p->n_passages * sizeof *own);
            p->passages = own;
        }
        passage += p->n_passages;
    }
    w->n_pairs = n;
    dl_arena_reset(&w->page);
    return true;
}

static dl_status take_pairs(dl_work *w, comparing *c, dl_error *err)
{
    dl_mapped pairs = { 0 };
    dl_status st = dl_spool_map(&c->pairs, &pairs, err);
    if (!st) st = dl_spool_map(&c->passages, &w->passages, err);
    if (!st &&
        !order_pairs(w, (const dl_pair *)(const void *)pairs.p, c->n_pairs, (const dl_passage *)(const void *)w->passages.p))
        st = dl_fail_mem(err, "copies");
    dl_mapped_close(&pairs);
    return st;
}

static bool open_workers(comparing *c, unsigned n, dl_arena *own)
{
    c->worker = DL_NEW(own, n, worker);
    for (unsigned i = 0; c->worker && i < n; i++) {
        dl_arena_init(&c->worker[i].page, DL_ARENA_MAX);
        c->worker[i].count = DL_NEW(own, (size_t)c->work->pages->n + 1, uint32_t);
        c->worker[i].known = DL_NEW(own, SIDES, struct known);
        c->worker[i].asked = DL_NEW(own, 1, dl_levels);
    }
    return !dl_arena_failed(own);
}

static void close_workers(comparing *c, unsigned n)
{
    for (unsigned i = 0; c->worker && i < n; i++) {
        for (unsigned k = 0; c->worker[i].known && k < SIDES; k++) {
            if (c->worker[i].known[k].ready) dl_arena_free(&c->worker[i].known[k].arena);
        }
        dl_arena_free(&c->worker[i].page);
    }
}

dl_status dl_pairs_find(dl_work *w, dl_error *err)
{
    unsigned n = w->workers ? w->workers : 1;
    dl_arena own; /* given back when the pairs are found */
    dl_arena_init(&own, DL_ARENA_MAX);
    comparing c = { .work = w };
    dl_spool_open(&c.pairs, DL_SPOOL_HELD);
    dl_spool_open(&c.passages, DL_SPOOL_HELD);
    bool ok = open_workers(&c, n, &own);
    dl_pool_plan plan = { n, sizeof(job), &c, make, do_job, deliver, discard };
    dl_status st = ok ? dl_pool_run(&plan, err) : dl_fail_mem(err, "copies");
    close_workers(&c, n);
    dl_arena_free(&own);
    if (!st) st = take_pairs(w, &c, err);
    dl_spool_close(&c.pairs);
    dl_spool_close(&c.passages);
    return st;
}
