/* flow_rows.c: what the stream found and what the corpus of copies found, page by page, become stories. */
#include "api/flow_rows.h"

#include <string.h>

#include "api/matter.h"
#include "base/error.h"
#include "base/limits.h"
#include "stories/tell.h"

typedef struct rows {
    dl_flow *flow;
    dl_arena keep;
    uint32_t *given; /* [n] the page of the flow; those that failed or came again are left out                    */
    uint32_t n;
    dl_lines lines;
    dl_stories stories;
} rows;

static bool take_pages(rows *r)
{
    r->given = dl_arena_raw(&r->keep, r->flow->n + 1, sizeof *r->given);
    for (size_t i = 0; r->given && i < r->flow->n; i++) {
        if (r->flow->page[i].read && !r->flow->page[i].again) r->given[r->n++] = (uint32_t)i;
    }
    return r->given != NULL;
}

/* Lines by page, out of lines by rank in the corpus, which has the pages in the order in which they were read. */
static bool take_lines(rows *r, const dl_corpus_found *f)
{
    const dl_lines *l = &f->copies.lines;
    r->lines = *l;
    r->lines.text = dl_arena_raw(&r->keep, (size_t)r->n + 1, sizeof *r->lines.text);
    r->lines.line = dl_arena_raw(&r->keep, (size_t)r->n + 1, sizeof *r->lines.line);
    if (!r->lines.text || !r->lines.line) return false;
    for (uint32_t i = 0; i < f->pages.n; i++) {
        r->lines.text[f->given[i]] = l->text[i];
        r->lines.line[f->given[i]] = l->line[i];
    }
    return true;
}

static dl_status find_lines(rows *r, dl_corpus_found *f, dl_error *err)
{
    dl_settings set = r->flow->pile->set;
    set.threads = r->flow->pile->workers;
    dl_status st = dl_corpus_find(f, &r->flow->corpus, &set, &r->keep, err);
    return st || take_lines(r, f) ? st : dl_fail_mem(err, "stories");
}

static bool tell(rows *r, const dl_pages *pages)
{
    const size_t n = (size_t)r->n + 1, numbers = (size_t)r->flow->kept.online.numbers + 1;
    uint32_t *story = DL_NEW(&r->keep, n, uint32_t), *continues = dl_arena_raw(&r->keep, numbers, sizeof *continues);
    float *centre = DL_NEW(&r->keep, n, float);
    int32_t *told = DL_NEW(&r->keep, n, int32_t);
    if (!story || !continues || !centre || !told) return false;
    memset(continues, 0xff, numbers * sizeof *continues);
    for (uint32_t p = 0; p < r->n; p++) {
        const dl_given *g = &r->flow->page[r->given[p]];
        const dl_page_left l = dl_kept_left(&r->flow->kept, g->number);
        story[p] = l.story;
        centre[p] = l.centre;
        told[p] = g->told;
        continues[l.story] = l.continues;
    }
    const dl_clustered c = { story, centre, told, continues, r->flow->kept.online.numbers };
    return dl_stories_tell(&r->stories, pages, &r->lines, &c, &r->keep);
}

dl_status dl_write_flow_rows(dl_out *o, dl_flow *f, dl_error *err)
{
    rows r = { .flow = f };
    dl_arena_init(&r.keep, DL_ARENA_MAX);
    dl_corpus_found *found = DL_NEW(&r.keep, 1, dl_corpus_found);
    dl_status st = found && take_pages(&r) ? find_lines(&r, found, err) : dl_fail_mem(err, "stories");
    dl_flow_pages docs = { .flow = f, .given = r.given };
    const dl_pages pages = dl_flow_pages_of(&docs, r.n);
    if (!st && !tell(&r, &pages)) st = dl_fail_mem(err, "stories");
    dl_view v = { .pages = &pages, .models = f->pile->models, .stories = &r.stories, .story = DL_NONE };
    if (!st) st = dl_story_asked(&v.story, o->req->story, r.stories.n, err);
    if (!st) st = dl_write_stories(o, &v, err);
    if (found) dl_corpus_done(found);
    dl_arena_free(&r.keep);
    return st;
}
