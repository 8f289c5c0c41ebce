/* pile.c: opening, filling and closing a pile. */
#include "api/pile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

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
    return DL_OK;
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
    dl_models_close(p->models);
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

dl_status dl_pile_add(dl_pile *p, const char *path, dl_error *err) { return keep_path(p, path, err); }

dl_counts dl_pile_counts(const dl_pile *p) { return p->counts; }

const char *dl_pile_build(const dl_pile *p) { return p->text; }
