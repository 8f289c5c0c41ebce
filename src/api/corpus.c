/* corpus.c: pages by the window, as records into the corpus; then what was found over all of them. */
#include "api/corpus.h"

#include <stdlib.h>
#include <string.h>

#include "api/jobs.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/mapped.h"
#include "copies/corpus.h"

typedef struct streaming {
    dl_pile *pile;
    dl_out *out;
    dl_corpus corpus;
    uint32_t first; /* number of the first page of this run                                        */
    dl_spool lines; /* records as they came in, one a line: for --keep                              */
    dl_buf ends;    /* u64 each: where in `lines` the records of this run end                        */
} streaming;

bool dl_corpus_is_asked(const dl_pile *p, const dl_request *r)
{
    if (r->what != DL_COPIES || p->store) return false;
    const bool rows = r->format == DL_JSONL || r->format == DL_JSON;
    return r->keep || r->index || (rows && !r->diff[0]);
}

/* ---- Adding a window -------------------------------------------------------------------------- */

static void make_record(void *ctx, unsigned worker, dl_page_job *j)
{
    const streaming *s = ctx;
    (void)worker;
    j->ok = dl_record_make(&j->record, &j->page->doc, j->page->key, s->pile->models, &j->arena);
}

/* A page that did not come as JSONL, as a record. */
static void put_record(dl_buf *b, const dl_page_in_hand *p)
{
    dl_json j = dl_json_to(b);
    const dl_doc *d = &p->doc;
    dl_json_open(&j, '{');
    dl_json_key(&j, "id");
    dl_json_str(&j, dl_doc_str(d, d->meta->id));
    dl_json_key(&j, "url");
    dl_json_opt(&j, dl_doc_str(d, d->meta->url));
    dl_json_key(&j, "title");
    dl_json_opt(&j, dl_doc_str(d, d->meta->title));
    dl_json_key(&j, "text");
    dl_json_str(&j, dl_doc_body(d));
    dl_json_close(&j, '}');
}

static dl_status keep_line(streaming *s, dl_page_job *j, dl_error *err)
{
    dl_str line = { (const char *)j->page->raw.p, j->page->raw.len };
    if (!line.p) {
        dl_buf_reset(&j->record);
        put_record(&j->record, j->page);
        line = dl_buf_str(&j->record);
        if (j->record.failed) return dl_fail_mem(err, j->page->id);
    }
    dl_status st = dl_spool_add(&s->lines, line.p, line.len, err);
    if (!st) st = dl_spool_add(&s->lines, "\n", 1, err);
    dl_buf_add(&s->ends, (dl_str){ (const char *)&s->lines.len, sizeof s->lines.len });
    return st || !s->ends.failed ? st : dl_fail_mem(err, "copies");
}

static dl_status take_record(void *ctx, dl_page_job *j, dl_error *err)
{
    streaming *s = ctx;
    if (!j->ok) return dl_fail_mem(err, j->page->id);
    if (dl_corpus_knows(&s->corpus, j->page->key)) { /* twice in one window */
        s->pile->counts.known++;
        return DL_OK;
    }
    dl_status st = dl_corpus_add(&s->corpus, dl_buf_str(&j->record), err);
    s->pile->counts.pages++;
    return st || !s->out->req->keep ? st : keep_line(s, j, err);
}

static dl_status add_window(streaming *s, const dl_hand *hand, dl_error *err)
{
    const dl_jobs jobs = { make_record, take_record, s };
    return dl_jobs_run(&jobs, hand, s->pile->workers, err);
}

static bool is_known(void *ctx, uint64_t key, dl_str id)
{
    (void)id;
    return dl_corpus_knows(&((streaming *)ctx)->corpus, key);
}

static dl_status read_all(streaming *s, dl_error *err)
{
    dl_pile *p = s->pile;
    dl_source src;
    bool end = false;
    dl_work work = { .body_only = true,
                     .apart = p->set.alone,
                     .lean = s->out->req->lean,
                     .knows = is_known,
                     .knows_ctx = s,
                     .keep_line = s->out->req->keep != DL_KEEP_ALL };
    dl_status st = dl_source_paths(&src, (const char *const *)p->path, p->n_paths, err);
    if (st) return st;
    while (!st && !end) {
        dl_hand hand = { 0 };
        st = dl_work_read(p, &src, work, DL_WINDOW_PAGES, &hand, &end, err);
        p->counts.bytes = src.bytes(src.self);
        if (!st) st = add_window(s, &hand, err);
        dl_hand_free(&hand);
    }
    src.close(src.self);
    if (st == DL_ESTOPPED && s->corpus.index.dir) { /* what was read so far stays */
        dl_error ignored;
        (void)!dl_corpus_commit(&s->corpus, &ignored);
    }
    return st;
}

/* ---- What was found --------------------------------------------------------------------------- */

/* The member of a family that is kept, by rank. */
static uint32_t choose(const dl_corpus_found *f, const dl_family *fam, dl_keep keep)
{
    uint32_t best = fam->page[0];
    if (keep == DL_KEEP_ORIGIN && fam->seen != DL_NONE) return fam->seen;
    for (uint32_t i = 1; i < fam->n; i++) {
        const dl_record *a = f->record[best], *b = f->record[fam->page[i]];
        bool longer = keep == DL_KEEP_LONGEST && b->words > a->words;
        bool dated = keep != DL_KEEP_LONGEST && a->published == DL_NEVER && b->published != DL_NEVER;
        if (longer || dated) best = fam->page[i];
    }
    return best;
}

/* Records of this run that are kept, in the order in which they came. */
static dl_status write_kept(streaming *s, const dl_corpus_found *f, dl_error *err)
{
    dl_out *o = s->out;
    dl_mapped lines = { 0 };
    uint32_t n = s->corpus.n - s->first;
    const uint64_t *end = (const uint64_t *)(const void *)s->ends.p;
    uint8_t *kept = calloc((size_t)n + 1, 1);
    if (!kept) return dl_fail_mem(err, "copies");
    dl_status st = dl_spool_map(&s->lines, &lines, err);
    for (uint32_t i = 0; !st && i < f->copies.n_families; i++) {
        uint32_t given = f->given[choose(f, &f->copies.family[i], o->req->keep)];
        if (given >= s->first) kept[given - s->first] = 1;
    }
    for (uint32_t i = 0; !st && i < n; i++) {
        if (!kept[i]) continue;
        uint64_t beg = i ? end[i - 1] : 0;
        dl_buf_add(o->buf, (dl_str){ (const char *)lines.p + beg, (size_t)(end[i] - beg) });
        o->rows++;
        if (o->buf->len >= (1u << 16) || o->buf->failed) st = o->flush(o->flush_ctx, err);
    }
    free(kept);
    dl_mapped_close(&lines);
    return st;
}

static bool explain(void *ctx, dl_pair *p, dl_arena *a) { return dl_corpus_explain(ctx, p, a); }

static dl_status write_found(streaming *s, dl_error *err)
{
    dl_arena keep;
    dl_arena_init(&keep, DL_ARENA_MAX);
    dl_corpus_found *f = DL_NEW(&keep, 1, dl_corpus_found);
    dl_settings set = s->pile->set;
    set.threads = s->pile->workers;
    dl_status st = f ? dl_corpus_find(f, &s->corpus, &set, &keep, err) : dl_fail_mem(err, "copies");
    if (!st && s->out->req->keep)
        st = write_kept(s, f, err);
    else if (!st) {
        dl_view v = { .pages = &f->pages,
                      .models = s->pile->models,
                      .copies = &f->copies,
                      .explain = explain,
                      .explain_ctx = f,
                      .story = DL_NONE };
        st = dl_write_copies(s->out, &v, err);
    }
    if (f) dl_corpus_done(f);
    dl_arena_free(&keep);
    return st;
}

dl_status dl_write_corpus(dl_out *o, dl_pile *p, dl_error *err)
{
    const dl_request *r = o->req;
    streaming s = { .pile = p, .out = o };
    if (r->format == DL_TEXT && !r->keep)
        return dl_fail(err, DL_EUSAGE, "copies", DL_NO_OFFSET, "with an index, copies come as jsonl or json, or with --keep");
    if (r->expire && !r->index) return dl_fail(err, DL_EUSAGE, "copies", DL_NO_OFFSET, "--expire needs --index");
    dl_spool_open(&s.lines, DL_SPOOL_HELD);
    dl_buf_init(&s.ends, SIZE_MAX / 2);
    dl_status st = dl_corpus_open(&s.corpus, r->index, p->models, err);
    s.first = s.corpus.n;
    if (!st) st = read_all(&s, err);
    if (!st && r->expire) st = dl_corpus_expire(&s.corpus, r->expire, err);
    if (!st) st = write_found(&s, err);
    if (st == DL_ESTOPPED) p->counts.added = s.corpus.n;
    dl_corpus_close(&s.corpus);
    dl_spool_close(&s.lines);
    dl_buf_free(&s.ends);
    return st;
}
