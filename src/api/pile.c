/* pile.c: opening, filling and closing a pile. */
#include "api/pile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

enum { BATCH = 512 /* pages of a transaction */ };

static unsigned cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 256 ? 256 : (unsigned)n;
}

static dl_status open_parts(dl_pile *p, dl_error *err)
{
    dl_status st = dl_models_open(&p->models, p->set.models, err);
    if (st) return st;
    snprintf(p->text, sizeof p->text, "%s pack %08x", DL_VERSION, dl_models_sum(p->models));
    p->build = calloc(p->workers, sizeof *p->build);
    if (!p->build) return dl_fail_mem(err, "pile");
    for (unsigned i = 0; i < p->workers; i++) dl_build_init(&p->build[i]);
    if (!p->set.store) return DL_OK;
    st = dl_store_open(&p->store, p->set.store, p->set.read_only, err);
    if (!st) p->first_new = dl_store_count(p->store);
    return st;
}

dl_status dl_pile_open(dl_pile **out, const dl_settings *set, dl_error *err)
{
    dl_pile *p = calloc(1, sizeof *p);
    if (!p) return dl_fail_mem(err, "pile");
    p->set = *set;
    p->workers = set->threads ? set->threads < 256 ? set->threads : 256 : cores();
    dl_status st = open_parts(p, err);
    if (st) {
        dl_pile_close(p);
        return st;
    }
    *out = p;
    return DL_OK;
}

void dl_pile_close(dl_pile *p)
{
    if (!p) return;
    for (unsigned i = 0; p->build && i < p->workers; i++) dl_build_free(&p->build[i]);
    for (size_t i = 0; i < p->n_paths; i++) free(p->path[i]);
    free(p->path);
    free(p->build);
    dl_window_free(&p->window);
    dl_models_close(p->models);
    dl_store_close(p->store);
    free(p);
}

static dl_status keep_path(dl_pile *p, const char *path, dl_error *err)
{
    if (p->n_paths == p->cap_paths) {
        size_t cap = p->cap_paths ? p->cap_paths * 2 : 16;
        char **wide = realloc(p->path, cap * sizeof *wide);
        if (!wide) return dl_fail_mem(err, path);
        p->path = wide;
        p->cap_paths = cap;
    }
    size_t len = strlen(path) + 1;
    char *kept = malloc(len);
    if (!kept) return dl_fail_mem(err, path);
    memcpy(kept, path, len);
    p->path[p->n_paths++] = kept;
    return DL_OK;
}

/* One batch, one transaction: after a kill, whole batches are there and no part of one. */
static dl_status put_batch(dl_pile *p, const dl_hand *hand, dl_error *err)
{
    dl_status st = dl_store_begin(p->store, err);
    for (size_t i = 0; !st && i < hand->n; i++) {
        const dl_page_in_hand *page = &hand->page[i];
        if (dl_store_knows(p->store, page->key)) { /* twice in one batch */
            p->counts.known++;
            continue;
        }
        st =
            dl_store_put(p->store, page->key, &page->doc, page->block, (dl_str){ (const char *)page->raw.p, page->raw.len }, err);
        p->counts.added += !st;
    }
    if (!st) st = dl_store_commit(p->store, err);
    if (st) dl_store_rollback(p->store);
    return st;
}

static dl_status add_to_store(dl_pile *p, const char *path, dl_error *err)
{
    const dl_work work = { .stages = DL_STAGES_ALL, .alone = true, .keep_raw = true, .skip_known = true, .apart = p->set.alone };
    dl_source src;
    bool end = false;
    uint64_t before = p->counts.bytes;
    dl_status st = dl_source_paths(&src, &path, 1, err);
    if (st) return st;
    while (!st && !end) {
        dl_hand hand = { 0 };
        st = dl_work_read(p, &src, work, BATCH, &hand, &end, err);
        if (!st) st = put_batch(p, &hand, err); /* a batch that was stopped is read again when the work resumes */
        p->counts.bytes = before + src.bytes(src.self);
        dl_hand_free(&hand);
    }
    src.close(src.self);
    p->counts.pages = dl_store_count(p->store);
    return st;
}

dl_status dl_pile_add(dl_pile *p, const char *path, dl_error *err)
{
    if (!p->store) return keep_path(p, path, err);
    if (p->set.read_only) return dl_fail(err, DL_EUSAGE, path, DL_NO_OFFSET, "the store was opened for reading only");
    return add_to_store(p, path, err);
}

dl_counts dl_pile_counts(const dl_pile *p) { return p->counts; }

const char *dl_pile_build(const dl_pile *p) { return p->text; }
