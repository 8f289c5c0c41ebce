/* flow.c: pages by the window, as sheets into a file; then in order of time through the stream. */
#include "api/flow.h"

#include "api/jobs.h"
#include "api/rulings.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/sort.h"
#include "pipeline.h"
#include "stories/span.h"

/* ---- Reading ------------------------------------------------------------------------------------ */

static bool is_known(void *ctx, uint64_t key, dl_str id)
{
    dl_flow *a = ctx;
    const bool known = dl_kept_knows(&a->kept, key);
    if (!DL_ROOM(&a->arena, a->page, a->n, a->cap)) return known; /* the arena has failed, which is asked for later */
    dl_given g = { .key = key, .number = DL_NONE, .known = known };
    if (known) {
        g.at = a->names.len;
        g.len = (uint32_t)id.len;
        dl_buf_add(&a->names, id);
    }
    a->page[a->n++] = g;
    return known;
}

/* The day that a page tells of: its first lines are read as a page of their own. False: no memory. */
static bool day_told(int32_t *out, dl_build *b, const dl_doc *d, const dl_models *m)
{
    enum { LEDE = 1200 }; /* bytes */
    dl_str text = dl_doc_body(d);
    if (text.len > LEDE) {
        text.len = LEDE;
        while (text.len && !dl_is_space((unsigned char)text.p[text.len])) text.len--;
    }
    dl_build_reset(b);
    const dl_span all = dl_put_text(b, text);
    const uint32_t block = dl_row(b, DL_T_BLOCKS);
    if (block == DL_NONE) return false;
    b->d.blocks.kind[block] = DL_PARAGRAPH;
    b->d.blocks.span[block] = all;
    b->meta.body_len = b->d.text_len;
    b->meta.published = d->meta->published;
    b->meta.has_time = d->meta->has_time;
    if (dl_pipeline_text(b, 0, m)) return false;
    if (b->d.sents.n > DL_TOLD_SENTS) {
        b->d.sents.n = DL_TOLD_SENTS;
        b->d.toks.n = b->d.sents.tok[DL_TOLD_SENTS - 1].end;
    }
    if (dl_pipeline_understand(b, DL_STAGE_WORDS | DL_STAGE_TIMES, m)) return false;
    *out = dl_day_told(&b->d);
    return true;
}

static void make_sheet(void *ctx, unsigned worker, dl_page_job *j)
{
    const dl_flow *a = ctx;
    const dl_doc *d = &j->page->doc;
    j->told = INT32_MIN;
    j->ok = dl_sheet_make(&j->sheet, d, j->page->key, &j->arena);
    if (!j->ok || !a->rows_too) return;
    j->ok = dl_record_make(&j->record, d, j->page->key, a->pile->models, &j->arena) &&
            day_told(&j->told, &a->pile->build[worker], d, a->pile->models);
}

/* Pages are delivered in the order in which they were asked for; those that failed are not. */
static dl_given *find_given(dl_flow *a, uint64_t key)
{
    while (a->next < a->n && (a->page[a->next].known || a->page[a->next].key != key)) a->next++;
    return a->next < a->n ? &a->page[a->next++] : NULL;
}

static dl_status keep_text(dl_flow *a, dl_given *g, const dl_doc *d, dl_error *err)
{
    const dl_str title = dl_doc_str(d, d->meta->title), body = dl_doc_body(d);
    g->text = a->texts.len;
    g->text_len = (uint32_t)(title.len + 1 + body.len);
    dl_status st = dl_spool_add(&a->texts, title.p, title.len, err);
    if (!st) st = dl_spool_add(&a->texts, "\n", 1, err);
    return st ? st : dl_spool_add(&a->texts, body.p, body.len, err);
}

/* A page that is given twice is one page of the rows. */
static dl_status add_record(dl_flow *a, dl_given *g, dl_str record, dl_error *err)
{
    g->again = dl_map_get(&a->came, g->key) != DL_NONE;
    if (g->again) return DL_OK;
    if (!dl_map_put(&a->came, g->key, 1)) return dl_fail_mem(err, "stories");
    return dl_corpus_add(&a->corpus, record, err);
}

static dl_status take_sheet(void *ctx, dl_page_job *j, dl_error *err)
{
    dl_flow *a = ctx;
    dl_given *g = j->ok && !dl_arena_failed(&a->arena) ? find_given(a, j->page->key) : NULL;
    if (!g) return dl_fail_mem(err, j->page->id);
    g->at = a->sheets.len;
    g->read = 1;
    g->told = j->told;
    a->pile->counts.pages++;
    dl_status st = dl_spool_add(&a->sheets, j->sheet.p, j->sheet.len, err);
    if (!st && a->rows_too) st = add_record(a, g, dl_buf_str(&j->record), err);
    return st || !a->texts_too ? st : keep_text(a, g, &j->page->doc, err);
}

static dl_status add_window(dl_flow *a, const dl_hand *hand, dl_error *err)
{
    const dl_jobs jobs = { make_sheet, take_sheet, a };
    return dl_jobs_run(&jobs, hand, a->pile->workers, err);
}

/* Pages that come all at once have a word on each other's dates, as in any answer over a pile. Those of a longer stream, or of
 * one that goes on from run to run, have not: what comes with them must not matter. */
static dl_status read_paths(dl_flow *a, dl_error *err)
{
    dl_pile *p = a->pile;
    dl_source src;
    bool end = false;
    const dl_work work = { .body_only = true, .apart = p->set.alone, .lean = a->lean, .knows = is_known, .knows_ctx = a };
    dl_status st = dl_source_paths(&src, (const char *const *)p->path, p->n_paths, err);
    if (st) return st;
    for (bool first = true; !st && !end; first = false) {
        dl_hand hand = { 0 };
        st = dl_work_read(p, &src, work, DL_WINDOW_PAGES, &hand, &end, err);
        p->counts.bytes = src.bytes(src.self);
        if (!st && first && end && !a->kept.dir && !p->set.alone) st = dl_work_settle(p, &hand, err);
        if (!st) st = add_window(a, &hand, err);
        dl_hand_free(&hand);
    }
    src.close(src.self);
    return st;
}

/* The pages of a store are known by their numbers, and have a word on each other's dates, as in any answer over it. */
static dl_status read_store(dl_flow *a, dl_error *err)
{
    dl_hand hand = { 0 };
    bool end;
    dl_status st = dl_work_fetch(a->pile, 0, SIZE_MAX, &hand, &end, err);
    for (size_t i = 0; !st && i < hand.n; i++) {
        hand.page[i].key = i;
        is_known(a, i, (dl_str){ 0 });
    }
    if (!st) st = add_window(a, &hand, err);
    dl_hand_free(&hand);
    return st;
}

static dl_status read_all(dl_flow *a, dl_error *err)
{
    dl_status st = a->pile->store ? read_store(a, err) : read_paths(a, err);
    if (!st) st = dl_spool_map(&a->sheets, &a->map, err);
    return st ? st : dl_spool_map(&a->texts, &a->text_map, err);
}

/* ---- Through the stream --------------------------------------------------------------------------- */

static dl_arrival arrival_of(const dl_sheet *s) { return (dl_arrival){ s->published, s->fetched, dl_sheet_id(s) }; }

/* By arrival, then by key. */
static int by_arrival(const void *x, const void *y, const void *ctx)
{
    const dl_flow *a = ctx;
    const dl_sheet *s = dl_flow_sheet(a, &a->page[*(const uint32_t *)x]), *t = dl_flow_sheet(a, &a->page[*(const uint32_t *)y]);
    const dl_arrival p = arrival_of(s), q = arrival_of(t);
    const int order = dl_arrival_cmp(&p, &q);
    return order ? order : s->key < t->key ? -1 : s->key > t->key;
}

static dl_status add_in_turn(dl_flow *a, const uint32_t *turn, uint32_t n, dl_error *err)
{
    const dl_settings *set = &a->pile->set;
    dl_status st = DL_OK;
    for (uint32_t i = 0; !st && a->page && i < n; i++) {
        dl_given *g = &a->page[turn[i]];
        const dl_given *before = i ? &a->page[turn[i - 1]] : NULL;
        if (set->stop && set->stop(set->ctx)) return dl_fail(err, DL_ESTOPPED, "", DL_NO_OFFSET, "stopped");
        if (set->progress) set->progress(set->ctx, "joining", i, n, 0);
        if (before && before->key == g->key) { /* twice in one run */
            g->number = before->number;
            a->pile->counts.known++;
            continue;
        }
        g->number = dl_online_pages(&a->kept.online);
        st = dl_kept_add(&a->kept, dl_flow_sheet(a, g), err);
    }
    return st;
}

/* What a person has settled of pages of the store, by their numbers in the stream. */
static dl_status take_rules(dl_flow *a, const uint32_t *turn, uint32_t n, dl_error *err)
{
    dl_view v = { 0 };
    dl_status st = a->pile->store ? dl_rulings_load(&v, a->pile->store, &a->arena, err) : DL_OK;
    if (st || !v.n_settled) return st;
    uint32_t *place = dl_arena_raw(&a->arena, a->n + 1, sizeof *place);
    dl_story_rule *rule = place ? dl_rulings_on_stories(&v, &a->arena) : NULL;
    if (!rule) return dl_fail_mem(err, "stories");
    for (uint32_t i = 0; i < n; i++) place[turn[i]] = i;
    dl_story_rules_place(rule, v.n_settled, place);
    a->kept.online.set.rule = rule;
    a->kept.online.set.n_rules = v.n_settled;
    return DL_OK;
}

static dl_status add_all(dl_flow *a, dl_error *err)
{
    dl_arena scratch;
    uint32_t n = 0;
    dl_arena_init(&scratch, DL_ARENA_MAX);
    uint32_t *turn = dl_arena_raw(&scratch, a->n + 1, sizeof *turn);
    for (size_t i = 0; turn && i < a->n; i++) {
        if (a->page[i].read) turn[n++] = (uint32_t)i;
    }
    dl_status st = turn && dl_sort(turn, n, sizeof *turn, by_arrival, a, &scratch) ? DL_OK : dl_fail_mem(err, "stories");
    if (!st) st = take_rules(a, turn, n, err);
    if (!st) st = add_in_turn(a, turn, n, err);
    dl_arena_free(&scratch);
    if (st == DL_ESTOPPED && a->kept.dir) { /* what came so far stays */
        dl_error ignored;
        (void)!dl_kept_commit(&a->kept, &ignored);
    }
    return st;
}

dl_status dl_flow_run(dl_flow *f, const char *index, const dl_online_set *set, dl_error *err)
{
    dl_arena_init(&f->arena, DL_ARENA_MAX);
    dl_buf_init(&f->names, SIZE_MAX / 2);
    dl_map_init(&f->came, &f->arena);
    dl_spool_open(&f->sheets, DL_SPOOL_HELD);
    dl_spool_open(&f->texts, DL_SPOOL_HELD);
    dl_status st = dl_kept_open(&f->kept, index, f->pile->models, set, err);
    if (!st && f->rows_too) st = dl_corpus_open(&f->corpus, NULL, f->pile->models, err);
    if (!st) st = read_all(f, err);
    if (!st) st = add_all(f, err);
    if (st == DL_ESTOPPED) f->pile->counts.added = dl_online_pages(&f->kept.online) - f->kept.first;
    return st;
}

void dl_flow_close(dl_flow *f)
{
    if (f->rows_too) dl_corpus_close(&f->corpus);
    dl_kept_close(&f->kept);
    dl_mapped_close(&f->map);
    dl_mapped_close(&f->text_map);
    dl_spool_close(&f->sheets);
    dl_spool_close(&f->texts);
    dl_buf_free(&f->names);
    dl_arena_free(&f->arena);
}

static const dl_doc *page_of(void *ctx, uint32_t page)
{
    dl_flow_pages *p = ctx;
    const uint32_t slot = p->next++ % (uint32_t)DL_COUNT(p->slot);
    const dl_given *g = &p->flow->page[p->given ? p->given[page] : page];
    dl_sheet_doc(&p->slot[slot].doc, &p->slot[slot].meta, dl_flow_sheet(p->flow, g));
    return &p->slot[slot].doc;
}

dl_pages dl_flow_pages_of(dl_flow_pages *p, uint32_t n) { return (dl_pages){ n, page_of, p }; }
