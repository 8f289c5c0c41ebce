/* corpus.c: chunks of records beside the shingle index, committed together; finding over all. */
#include "copies/corpus.h"

#include <unistd.h>

#include "base/date.h"
#include "base/error.h"
#include "base/limits.h"
#include "copies/work.h"

/* The note of the index's manifest: this, then an entry a chunk. */
typedef struct noted {
    uint32_t pages;
    int32_t from;
    uint64_t chunks;
} noted;
typedef struct entry {
    uint64_t number, bytes, sum;
    uint32_t first, pages;
} entry;

static int32_t day_of(const dl_record *r) { return r->published == DL_NEVER ? DL_NO_DAY_KNOWN : dl_day_of(r->published); }

static bool lives(const dl_corpus *c, const dl_record *r) { return r->published == DL_NEVER || day_of(r) >= c->from; }

/* ---- Opening ---------------------------------------------------------------------------------- */

/* Every record of a chunk lies in it, one behind the other. */
static dl_status check_records(const dl_chunk *k, const char *path, dl_error *err)
{
    size_t at = 0;
    for (uint32_t i = 0; i < k->pages; i++) {
        const dl_record *r = dl_record_at(k->map.p + at, k->map.len - at);
        if (!r) return dl_fail(err, DL_ESTORE, path, at, "damaged: page %u is no record", i);
        at += r->bytes;
    }
    return at == k->map.len ? DL_OK : dl_fail(err, DL_ESTORE, path, at, "damaged: bytes behind the last page");
}

static dl_status open_chunk(dl_corpus *c, const entry *e, dl_error *err)
{
    const char *path = dl_shingles_path(&c->index, e->number, "pages");
    if (!path || !DL_ROOM(&c->arena, c->chunk, c->n_chunks, c->cap_chunks)) return dl_fail_mem(err, "copies");
    dl_chunk *k = &c->chunk[c->n_chunks];
    *k = (dl_chunk){ .number = e->number, .sum = e->sum, .first = e->first, .pages = e->pages };
    dl_status st = dl_mapped_open(&k->map, path, err);
    if (st) return st;
    c->n_chunks++;
    if (k->map.len != e->bytes)
        return dl_fail(err, DL_ESTORE, path, k->map.len, "cut: the index says %llu bytes, there are %zu",
                       (unsigned long long)e->bytes, k->map.len);
    if (e->first > c->n || e->pages > c->n - e->first)
        return dl_fail(err, DL_ESTORE, path, 0, "damaged: its pages are not those of the index");
    if (dl_hash(k->map.p, k->map.len, 0) != e->sum)
        return dl_fail(err, DL_ESTORE, path, 0, "damaged: its checksum does not agree");
    return check_records(k, path, err);
}

static bool know(dl_corpus *c, uint64_t key) { return dl_map_put(&c->known, key, 0) != NULL; }

static dl_status read_note(dl_corpus *c, dl_error *err)
{
    noted n;
    if (!c->index.note.len) return DL_OK;
    if (c->index.note.len < sizeof n) return dl_fail(err, DL_ESTORE, c->index.dir, DL_NO_OFFSET, "not the index of a corpus");
    memcpy(&n, c->index.note.p, sizeof n);
    if (n.chunks != (c->index.note.len - sizeof n) / sizeof(entry))
        return dl_fail(err, DL_ESTORE, c->index.dir, DL_NO_OFFSET, "not the index of a corpus of this version");
    c->n = n.pages;
    c->from = n.from;
    dl_status st = DL_OK;
    for (uint64_t i = 0; !st && i < n.chunks; i++) {
        entry e;
        memcpy(&e, c->index.note.p + sizeof n + i * sizeof e, sizeof e);
        st = open_chunk(c, &e, err);
        const dl_chunk *k = st ? NULL : &c->chunk[c->n_chunks - 1];
        for (size_t at = 0; k && at < k->map.len;) {
            const dl_record *r = (const void *)(k->map.p + at);
            if (!know(c, r->key)) return dl_fail_mem(err, "copies");
            at += r->bytes;
        }
    }
    return st;
}

dl_status dl_corpus_open(dl_corpus *out, const char *dir, const dl_models *m, dl_error *err)
{
    *out = (dl_corpus){ .models = m, .from = INT32_MIN };
    dl_arena_init(&out->arena, DL_ARENA_MAX);
    dl_arena_init(&out->scratch, DL_ARENA_MAX);
    dl_buf_init(&out->fresh, SIZE_MAX / 2);
    dl_map_init(&out->known, &out->arena);
    dl_status st = dl_shingles_open(&out->index, dir, err);
    return st ? st : read_note(out, err);
}

void dl_corpus_close(dl_corpus *c)
{
    for (size_t i = 0; i < c->n_chunks; i++) dl_mapped_close(&c->chunk[i].map);
    dl_buf_free(&c->fresh);
    dl_shingles_close(&c->index);
    dl_arena_free(&c->arena);
    dl_arena_free(&c->scratch);
    *c = (dl_corpus){ 0 };
}

/* ---- Adding ----------------------------------------------------------------------------------- */

bool dl_corpus_knows(const dl_corpus *c, uint64_t key) { return c->index.dir && dl_map_get(&c->known, key) != DL_NONE; }

dl_status dl_corpus_add(dl_corpus *c, dl_str record, dl_error *err)
{
    const dl_record *r = dl_record_at((const uint8_t *)record.p, record.len);
    dl_card card;
    if (!r || c->n == DL_NONE - 1) return dl_fail(err, DL_ELIMIT, "copies", DL_NO_OFFSET, "limit: %u pages", c->n);
    dl_record_card(&card, r);
    dl_status st = dl_shingles_add(&c->index, c->n, day_of(r), card.sketch, card.n_sketch, err);
    if (st) return st;
    dl_buf_add(&c->fresh, record);
    if (c->fresh.failed || (c->index.dir && !know(c, r->key))) return dl_fail_mem(err, "copies");
    c->n++;
    c->n_fresh++;
    return c->fresh.len < DL_CORPUS_HELD && c->index.post.len < DL_CORPUS_HELD ? DL_OK : dl_corpus_commit(c, err);
}

static dl_str make_note(dl_corpus *c)
{
    size_t len = sizeof(noted) + c->n_chunks * sizeof(entry);
    char *p = dl_arena_raw(&c->scratch, len, 1);
    noted n = { .pages = c->n, .from = c->from, .chunks = c->n_chunks };
    if (!p) return (dl_str){ 0 };
    memcpy(p, &n, sizeof n);
    for (size_t i = 0; i < c->n_chunks; i++) {
        const dl_chunk *k = &c->chunk[i];
        entry e = { k->number, k->map.len, k->sum, k->first, k->pages };
        memcpy(p + sizeof n + i * sizeof e, &e, sizeof e);
    }
    return (dl_str){ p, len };
}

static dl_status put_chunk(dl_corpus *c, dl_chunk *k, dl_error *err)
{
    dl_str bytes = dl_buf_str(&c->fresh);
    if (c->index.dir) {
        k->number = c->index.next++;
        k->sum = dl_hash_str(bytes);
        const char *path = dl_shingles_path(&c->index, k->number, "pages");
        dl_status st = path ? dl_mapped_put(path, bytes, err) : dl_fail_mem(err, "copies");
        return st ? st : dl_mapped_open(&k->map, path, err);
    }
    if (c->kept + bytes.len <= DL_CORPUS_KEPT) {
        c->kept += bytes.len;
        dl_mapped_hold(&k->map, &c->fresh);
        return DL_OK;
    }
    dl_spool s;
    dl_spool_open(&s, 0);
    dl_status st = dl_spool_add(&s, bytes.p, bytes.len, err);
    if (!st) st = dl_spool_map(&s, &k->map, err);
    dl_spool_close(&s);
    return st;
}

dl_status dl_corpus_commit(dl_corpus *c, dl_error *err)
{
    if (!c->n_fresh) return DL_OK;
    if (!DL_ROOM(&c->arena, c->chunk, c->n_chunks, c->cap_chunks)) return dl_fail_mem(err, "copies");
    dl_chunk k = { .first = c->n - c->n_fresh, .pages = c->n_fresh };
    dl_status st = put_chunk(c, &k, err);
    if (st) return st;
    c->chunk[c->n_chunks++] = k;
    dl_buf_reset(&c->fresh);
    c->n_fresh = 0;
    dl_arena_reset(&c->scratch);
    dl_str note = make_note(c);
    return note.p ? dl_shingles_commit(&c->index, note, err) : dl_fail_mem(err, "copies");
}

/* ---- Expiring --------------------------------------------------------------------------------- */

static bool next_record(const dl_chunk *k, size_t *at, const dl_record **out)
{
    if (*at >= k->map.len) return false;
    *out = (const void *)(k->map.p + *at);
    *at += (*out)->bytes;
    return true;
}

/* Chunks of which no page is left; the others move together. */
static size_t drop_chunks(dl_corpus *c, dl_chunk *gone)
{
    size_t n = 0, n_gone = 0;
    for (size_t i = 0; i < c->n_chunks; i++) {
        bool any = false;
        const dl_record *r;
        for (size_t at = 0; !any && next_record(&c->chunk[i], &at, &r);) any = lives(c, r);
        if (any)
            c->chunk[n++] = c->chunk[i];
        else
            gone[n_gone++] = c->chunk[i];
    }
    c->n_chunks = n;
    return n_gone;
}

dl_status dl_corpus_expire(dl_corpus *c, uint32_t days, dl_error *err)
{
    int64_t newest = INT64_MIN;
    dl_status st = dl_corpus_commit(c, err);
    if (st) return st;
    for (size_t i = 0; i < c->n_chunks; i++) {
        const dl_record *r;
        for (size_t at = 0; next_record(&c->chunk[i], &at, &r);) {
            if (r->published != DL_NEVER && day_of(r) > newest) newest = day_of(r);
        }
    }
    if (newest == INT64_MIN || newest - days <= c->from) return DL_OK;
    c->from = (int32_t)(newest - days);
    dl_arena_reset(&c->scratch);
    dl_chunk *gone = dl_arena_raw(&c->scratch, c->n_chunks + 1, sizeof *gone);
    if (!gone) return dl_fail_mem(err, "copies");
    size_t n = drop_chunks(c, gone);
    dl_str note = make_note(c);
    st = note.p ? dl_shingles_expire(&c->index, c->from, note, err) : dl_fail_mem(err, "copies");
    for (size_t i = 0; i < n; i++) { /* only now that no manifest names them */
        const char *path = c->index.dir && !st ? dl_shingles_path(&c->index, gone[i].number, "pages") : NULL;
        if (path) unlink(path);
        dl_mapped_close(&gone[i].map);
    }
    return st;
}

/* ---- Finding ---------------------------------------------------------------------------------- */

typedef struct placed {
    const dl_record *record;
    uint32_t page;
} placed;

static dl_arrival arrival_of(const dl_record *r) { return (dl_arrival){ r->published, r->fetched, dl_record_id(r) }; }

/* By arrival, then by what the page is. */
static int by_arrival(const void *x, const void *y, const void *ctx)
{
    const dl_record *a = ((const placed *)x)->record, *b = ((const placed *)y)->record;
    const dl_arrival p = arrival_of(a), q = arrival_of(b);
    const int order = dl_arrival_cmp(&p, &q);
    (void)ctx;
    if (order) return order;
    if (a->text_hash != b->text_hash) return a->text_hash < b->text_hash ? -1 : 1;
    return a->key < b->key ? -1 : a->key > b->key;
}

static placed *place_all(const dl_corpus *c, uint32_t *n, dl_arena *a, dl_arena *scratch)
{
    placed *v = dl_arena_raw(a, (size_t)c->n + 1, sizeof *v);
    *n = 0;
    for (size_t i = 0; v && i < c->n_chunks; i++) {
        const dl_record *r;
        uint32_t page = c->chunk[i].first;
        for (size_t at = 0; next_record(&c->chunk[i], &at, &r); page++) {
            if (lives(c, r)) v[(*n)++] = (placed){ r, page };
        }
    }
    return v && dl_sort(v, *n, sizeof *v, by_arrival, NULL, scratch) ? v : NULL;
}

static const dl_doc *get_page(void *ctx, uint32_t page)
{
    dl_corpus_found *f = ctx;
    struct dl_corpus_slot *s = &f->slot[f->next++ % DL_COUNT(f->slot)];
    dl_record_doc(&s->doc, &s->meta, f->record[page]);
    return &s->doc;
}

/* The arrays by rank. page_of[page]: its rank, or DL_NONE. */
static bool lay_out(dl_corpus_found *out, dl_work *w, const dl_corpus *c, uint32_t **page_of, dl_arena *keep)
{
    uint32_t n;
    placed *v = place_all(c, &n, &w->page, &w->page);
    out->given = dl_arena_raw(keep, (size_t)n + 1, sizeof *out->given);
    out->record = dl_arena_raw(keep, (size_t)n + 1, sizeof(void *));
    w->card = dl_arena_raw(&w->life, (size_t)n + 1, sizeof *w->card);
    w->source = dl_arena_raw(&w->life, (size_t)n + 1, sizeof *w->source);
    *page_of = dl_arena_raw(&w->life, (size_t)c->n + 1, sizeof **page_of);
    if (!v || !out->given || !out->record || !w->card || !w->source || !*page_of) return false;
    memset(*page_of, 0xff, ((size_t)c->n + 1) * sizeof **page_of);
    for (uint32_t i = 0; i < n; i++) {
        out->given[i] = v[i].page;
        out->record[i] = v[i].record;
        (*page_of)[v[i].page] = i;
        dl_record_card(&w->card[i], v[i].record);
        dl_record_source(&w->source[i], v[i].record);
    }
    out->pages = (dl_pages){ n, get_page, out };
    dl_arena_free(&w->page);
    dl_arena_init(&w->page, DL_ARENA_MAX);
    return true;
}

/* What was needed for adding alone. */
static void free_buffers(dl_corpus *c)
{
    dl_buf_free(&c->fresh);
    dl_buf_free(&c->index.buf);
    dl_buf_free(&c->index.post);
    dl_buf_free(&c->index.added);
    dl_arena_free(&c->index.scratch);
    dl_arena_init(&c->index.scratch, DL_ARENA_MAX);
}

dl_status dl_corpus_find(dl_corpus_found *out, dl_corpus *c, const dl_settings *set, dl_arena *keep, dl_error *err)
{
    uint32_t *page_of;
    *out = (dl_corpus_found){ .work = DL_NEW(keep, 1, dl_work) };
    dl_work *w = out->work;
    if (!w) return dl_fail_mem(err, "copies");
    *w = (dl_work){ .pages = &out->pages,
                    .models = c->models,
                    .keep = keep,
                    .workers = set->threads,
                    .set = set,
                    .lasting = true,
                    .background = dl_background_open(c->models) };
    dl_arena_init(&w->life, DL_ARENA_MAX);
    dl_arena_init(&w->page, DL_ARENA_MAX);
    dl_status st = dl_corpus_commit(c, err);
    free_buffers(c);
    if (!st && !lay_out(out, w, c, &page_of, keep)) st = dl_fail_mem(err, "copies");
    if (st) return st;
    w->record = out->record;
    out->copies.pages = out->pages.n;
    st = dl_shared_make(&w->shared, &c->index, page_of, c->n, w->card, out->pages.n, &w->life, err);
    return st ? st : dl_work_finish(&out->copies, w, err);
}

void dl_corpus_done(dl_corpus_found *f)
{
    if (f->work) dl_work_close(f->work);
    f->work = NULL;
}

bool dl_corpus_explain(const dl_corpus_found *f, dl_pair *p, dl_arena *a)
{
    f->work->keep = a;
    return dl_pair_explain(p, f->work);
}
