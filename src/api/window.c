/* window.c: pages are read once by themselves; when all of a window have told what they print, those of which the
 * others tell something are read once more. What a page becomes rests on its window alone, never on threads. */
#include <stdlib.h>

#include "api/pile.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/pool.h"

void dl_window_clear(dl_window *w)
{
    dl_arena kept = w->arena;
    if (!kept.max) dl_arena_init(&kept, DL_ARENA_MAX);
    dl_arena_reset(&kept);
    *w = (dl_window){ .arena = kept };
    dl_evidence_init(&w->told, &w->arena);
}

void dl_window_free(dl_window *w) { dl_arena_free(&w->arena); }

static uint32_t *copy_marks(dl_arena *a, const uint32_t *from, size_t n)
{
    uint32_t *to = dl_arena_raw(a, n, sizeof *to);
    if (to && n) memcpy(to, from, n * sizeof *to);
    return to;
}

/* What it takes to read the page again: where it lies, or all of it. */
static dl_raw copy_raw(dl_arena *a, const dl_raw *raw)
{
    dl_raw out = *raw;
    dl_str *const parts[] = { &out.id,    &out.url,      &out.content_type, &out.title,
                              &out.bytes, &out.encoding, &out.feed_source,  &out.author };
    const size_t n = raw->path ? 2 : DL_COUNT(parts);
    for (size_t i = 0; i < n; i++)
        if (parts[i]->len) *parts[i] = dl_arena_str(a, *parts[i]);
    out.original = (dl_str){ NULL, 0 };
    if (raw->path) return out;
    out.offsets.made = copy_marks(a, raw->offsets.made, raw->offsets.n);
    out.offsets.from = copy_marks(a, raw->offsets.from, raw->offsets.n);
    return out;
}

bool dl_window_hold(dl_window *w, const dl_raw *raw, const dl_prints *prints, size_t page)
{
    if (!prints->host.len || !prints->row) return true;
    if (!DL_ROOM(&w->arena, w->held, w->n, w->cap)) return false;
    w->held[w->n++] = (struct dl_held){ copy_raw(&w->arena, raw), page };
    return !dl_arena_failed(&w->arena) && dl_evidence_add(&w->told, prints);
}

typedef struct settling {
    dl_window *window;
    dl_pile *pile;
    dl_hand *hand;
    size_t next;
} settling;

typedef struct again { /* a page that may be read again */
    dl_arena arena;
    bool ready; /* the arena has been set up */
    size_t n;   /* of the window */
    dl_status status;
    dl_error err;
    dl_bytes block; /* p NULL: it stays as it is */
} again;

static dl_status make_again(void *ctx, void *job, dl_error *err)
{
    settling *s = ctx;
    again *j = job;
    if (s->next == s->window->n) return DL_ENONE;
    if (s->pile->set.stop && s->pile->set.stop(s->pile->set.ctx)) return dl_fail(err, DL_ESTOPPED, "", DL_NO_OFFSET, "stopped");
    if (!j->ready) dl_arena_init(&j->arena, DL_ARENA_MAX);
    j->ready = true;
    dl_arena_reset(&j->arena);
    j->n = s->next++;
    j->status = DL_OK;
    j->block = (dl_bytes){ 0 };
    return DL_OK;
}

static void do_again(void *ctx, unsigned worker, void *job)
{
    const settling *s = ctx;
    again *j = job;
    dl_marks marks;
    const dl_beside beside = { .marks = &marks };
    const dl_raw *held = &s->window->held[j->n].raw;
    dl_raw fresh;
    if (!dl_evidence_ask(&s->window->told, (uint32_t)j->n, &j->arena, &marks)) return;
    if (held->path && dl_source_again(&fresh, held, &j->arena, &j->err)) return; /* the file has changed since */
    j->status = dl_work_page(&j->block, &s->pile->build[worker], held->path ? &fresh : held, s->pile->models, &beside, &j->err);
    if (!j->status && s->pile->build[worker].meta.text_hash == s->window->told.page[j->n].body) {
        free(j->block.p); /* nothing came of it */
        j->block = (dl_bytes){ 0 };
    }
    if (j->status) dl_work_name_failure(&j->err, j->status, s->hand->page[s->window->held[j->n].page].id);
}

static dl_status deliver_again(void *ctx, void *job, dl_error *err)
{
    settling *s = ctx;
    again *j = job;
    dl_page_in_hand *page = &s->hand->page[s->window->held[j->n].page];
    (void)err;
    if (j->status) { /* it stays as it was read by itself */
        dl_pile_tell(s->pile, &j->err);
        return DL_OK;
    }
    if (!j->block.p) return DL_OK;
    free(page->block.p);
    page->block = j->block;
    j->block = (dl_bytes){ 0 };
    return DL_OK;
}

static void discard_again(void *ctx, void *job)
{
    again *j = job;
    (void)ctx;
    free(j->block.p);
    if (j->ready) dl_arena_free(&j->arena);
}

dl_status dl_window_settle(dl_window *w, dl_pile *p, dl_hand *hand, dl_error *err)
{
    settling s = { w, p, hand, 0 };
    dl_pool_plan plan = { p->workers, sizeof(again), &s, make_again, do_again, deliver_again, discard_again };
    if (w->n < 2) return DL_OK;
    if (!dl_evidence_seal(&w->told)) return dl_fail_mem(err, "pages");
    return dl_pool_run(&plan, err);
}
