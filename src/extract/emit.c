/* emit.c: writes what was decided: body lines, asides, removed ranges, the plain fields of meta. */
#include "base/hash.h"
#include "extract/page.h"

#define NO_ROW DL_NONE

static void add_row(dl_xpage *p, const dl_xblock *k, dl_span text, uint32_t *row)
{
    uint32_t r = dl_row(p->b, DL_T_BLOCKS);
    if (r == DL_NONE) return;
    dl_blocks *t = &p->b->d.blocks;
    t->kind[r] = k->kind;
    t->role[r] = (uint8_t)dl_extract_role(p, k, &t->sure[r]);
    t->span[r] = text;
    t->raw[r] = dl_extract_raw(p, k->src);
    t->time[r] = DL_NEVER;
    if (k->post != DL_NONE && k->kind == DL_POST) {
        const dl_xpost *post = &p->post[k->post];
        t->time[r] = post->time;
        t->author[r] = dl_put(p->b, post->author);
        t->title[r] = dl_put(p->b, post->title);
    }
    *row = r;
}

/* The row that is being written, while it may take more lines. */
typedef struct open_row {
    uint32_t post, row; /* DL_NONE: none                                                        */
    uint32_t place;     /* of its last line on the page: what does not follow is not in one piece with it */
} open_row;

/* One line of text; lines of one post that stand together share a row. */
static void put_block(dl_xpage *p, const dl_xblock *k, uint32_t place, open_row *o, uint32_t *row)
{
    const bool follows = o->place == DL_NONE ? place == DL_NONE : place == o->place + 1;
    dl_span s = dl_put_text(p->b, k->text);
    (void)dl_put_text(p->b, DL_STR("\n"));
    if (k->kind == DL_POST && k->post == o->post && o->row < p->b->d.blocks.n && follows) {
        dl_blocks *t = &p->b->d.blocks;
        t->span[o->row].end = s.end;
        t->raw[o->row].end = dl_extract_raw(p, k->src).end;
        *row = o->row;
        o->place = place;
        return;
    }
    add_row(p, k, s, row);
    *o = (open_row){ .post = k->kind == DL_POST ? k->post : DL_NONE, .row = *row, .place = place };
}

static void put_blocks(dl_xpage *p, const uint32_t *place, uint32_t *row)
{
    for (int aside = 0; aside < 2; aside++) {
        open_row o = { .post = DL_NONE, .row = NO_ROW };
        for (uint32_t i = 0; i < p->n; i++) {
            const dl_xblock *k = &p->blk[i];
            if (k->role == DL_ROLE_KEEP && k->text.len && dl_extract_in_body(k) == !aside) put_block(p, k, place[i], &o, &row[i]);
        }
        if (!aside) p->b->meta.body_len = p->b->d.text_len;
    }
}

static void put_removed(dl_xpage *p, const uint32_t *place, const uint32_t *row)
{
    dl_removed *t = &p->b->d.removed;
    for (uint32_t i = 0; i < p->n; i++) {
        const dl_xblock *k = &p->blk[i];
        if (k->role == DL_ROLE_KEEP || k->src.beg >= k->src.end) continue;
        const char *why = k->role == DL_ROLE_TITLE ? "title" : k->why ? k->why : "furniture";
        dl_span raw = dl_extract_raw(p, k->src);
        uint32_t same = k->same_as == DL_NONE || strcmp(why, "repeat") != 0 ? DL_NONE : row[k->same_as];
        uint32_t n = t->n;
        uint8_t sure;
        const dl_text_role role = dl_extract_role(p, k, &sure);
        bool grow = p->merge_removed && n && same == DL_NONE && t->same_as[n - 1] == DL_NONE && i &&
                    place[i] == place[i - 1] + 1 && dl_str_eq(dl_doc_str(&p->b->d, t->why[n - 1]), dl_str_of(why)) &&
                    p->blk[i - 1].role == DL_ROLE_OUT && t->role[n - 1] == role;
        if (grow) {
            t->raw[n - 1].end = raw.end;
            if (sure < t->sure[n - 1]) t->sure[n - 1] = sure;
            continue;
        }
        uint32_t r = dl_row(p->b, DL_T_REMOVED);
        if (r == DL_NONE) return;
        t = &p->b->d.removed;
        t->why[r] = dl_put(p->b, dl_str_of(why));
        t->role[r] = (uint8_t)role;
        t->sure[r] = sure;
        t->raw[r] = raw;
        t->same_as[r] = same;
    }
}

/* The agency: that of the dateline, else one that a byline, a tag, meta data or a source line names. */
static void find_agency(dl_xpage *p)
{
    static const uint8_t kinds[] = { DL_CREDIT_BYLINE, DL_CREDIT_TAG, DL_CREDIT_SOURCE, DL_CREDIT_META };
    const dl_credits *t = &p->b->d.credits;
    for (size_t k = 0; k < DL_COUNT(kinds); k++)
        for (uint32_t i = 0; i < t->n && !p->agency.len; i++)
            if (t->kind[i] == kinds[k]) p->agency = dl_extract_agency(p, dl_doc_str(&p->b->d, t->name[i]));
}

static void put_meta(dl_xpage *p)
{
    find_agency(p);
    dl_meta *m = &p->b->meta;
    m->title = dl_put(p->b, p->title);
    m->outlet = dl_put(p->b, p->outlet);
    m->agency = dl_put(p->b, p->agency);
    m->language = dl_put(p->b, p->language);
    m->verdict = p->live ? DL_LIVE : p->index ? DL_INDEX : m->body_len && !p->other ? DL_ARTICLE : DL_OTHER;
    m->truncated = p->truncated;
    if (p->raw->body_only && m->clean) return;
    dl_arena_mark here = dl_arena_here(p->a);
    dl_str norm = dl_extract_norm(p->a, (dl_str){ p->b->d.text, m->body_len });
    m->text_hash = dl_hash_str(norm);
    m->words = 0;
    for (size_t i = 0; i < norm.len; i++) m->words += norm.p[i] != ' ' && (i == 0 || norm.p[i - 1] == ' ');
    dl_arena_back(p->a, here);
}

dl_status dl_extract_finish(dl_xpage *p)
{
    put_meta(p);
    return dl_build_status(p->b);
}

dl_status dl_extract_emit(dl_xpage *p)
{
    uint32_t *row = dl_arena_raw(p->a, p->n + 1, sizeof *row), *place = dl_arena_raw(p->a, p->n + 1, sizeof *place);
    if (!row || !place || !dl_ranges_apart(p, place)) return DL_ENOMEM;
    for (uint32_t i = 0; i < p->n; i++) row[i] = NO_ROW;
    put_blocks(p, place, row);
    put_removed(p, place, row);
    return dl_extract_finish(p);
}
