/* tree.c: the rows of a family's tree, what stands at them, and the tree as text. */
#include "api/tree.h"

#include "api/matter.h"
#include "api/naming.h"
#include "api/rulings.h"
#include "api/text.h"
#include "base/date.h"
#include "base/sort.h"

/* In a tree the folder says nothing. */
static dl_str name_of(const dl_view *v, uint32_t page) { return dl_naming_file(dl_view_id(v, page)); }

/* ---- Rows ------------------------------------------------------------------------------------ */

typedef struct kin { /* by place in the family; DL_NONE: none */
    uint32_t *child, *next;
} kin;

static uint32_t place_of(const dl_family *f, uint32_t page)
{
    uint32_t i = page == DL_NONE ? f->n : dl_find_u32(f->page, f->n, page);
    return i < f->n && f->page[i] == page ? i : DL_NONE;
}

/* Children in order of page; place f->n is the origin. Who has no parent has the text from the page that
 * is the origin or, where no page is, from the origin itself. */
static bool make_kin(kin *k, const dl_copies *c, const dl_family *f, dl_arena *a)
{
    k->child = dl_arena_raw(a, (size_t)f->n + 1, sizeof *k->child);
    k->next = dl_arena_raw(a, (size_t)f->n + 1, sizeof *k->next);
    if (!k->child || !k->next) return false;
    memset(k->child, 0xff, ((size_t)f->n + 1) * sizeof *k->child);
    uint32_t seen = place_of(f, f->seen);
    for (uint32_t i = f->n; i-- > 0;) {
        uint32_t up = place_of(f, c->parent[f->page[i]]);
        if (i == seen)
            up = f->n;
        else if (up == DL_NONE)
            up = seen == DL_NONE ? f->n : seen;
        k->next[i] = k->child[up];
        k->child[up] = i;
    }
    k->next[f->n] = DL_NONE;
    return true;
}

static dl_tree_row row_of(const dl_family *f, const kin *k, uint32_t place, const dl_tree_row *row, uint32_t up)
{
    dl_tree_row r = { .page = f->page[place], .up = up, .last = k->next[place] == DL_NONE };
    uint32_t above = row[up].depth;
    r.depth = above < DL_TREE_DEEP ? above + 1 : above;
    r.rails = row[up].rails;
    if (above && !row[up].last) r.rails |= UINT32_C(1) << above;
    return r;
}

bool dl_tree_make(dl_tree *out, const dl_copies *c, uint32_t family, dl_arena *a)
{
    const dl_family *f = &c->family[family];
    kin k;
    dl_tree_row *row = DL_NEW(a, (size_t)f->n + 1, dl_tree_row);
    uint32_t *place = dl_arena_raw(a, (size_t)f->n + 1, sizeof *place);
    if (!row || !place || !make_kin(&k, c, f, a)) return false;
    row[0] = (dl_tree_row){ .page = DL_NONE, .last = true };
    place[0] = f->n;
    uint32_t n = 1, at = 0;
    for (bool down = true;;) { /* children first, then siblings, then those of the rows above */
        uint32_t next = down ? k.child[place[at]] : k.next[place[at]];
        if (next != DL_NONE) {
            place[n] = next;
            row[n] = row_of(f, &k, next, row, down ? at : row[at].up);
            at = n++;
            down = true;
        } else if (down) {
            down = false;
        } else if (at) {
            at = row[at].up;
        } else {
            break;
        }
    }
    *out = (dl_tree){ f, n, row };
    return true;
}

static bool asked(const dl_view *v, uint32_t page)
{
    return v->story == DL_NONE || !v->stories || v->stories->of[page] == v->story;
}

bool dl_tree_family_asked(const dl_view *v, uint32_t family)
{
    const dl_family *f = &v->copies->family[family];
    for (uint32_t i = 0; i < f->n; i++) {
        if (asked(v, f->page[i])) return true;
    }
    return false;
}

bool dl_tree_shows(const dl_view *v, uint32_t family)
{
    enum { FEW = 40 }; /* pages up to which those that stand alone are shown, too */
    const dl_family *f = &v->copies->family[family];
    return f->n > 1 || f->seen == DL_NONE || v->pages->n <= FEW;
}

/* ---- What stands there ------------------------------------------------------------------------ */

/* Is most of the body's block inside the passages? They are in order of their page a, not of b. */
static bool block_shared(const dl_pair *p, bool first, dl_span block)
{
    uint32_t in = 0;
    for (uint32_t i = 0; i < p->n_passages; i++) {
        dl_span s = first ? p->passages[i].a : p->passages[i].b;
        uint32_t beg = s.beg > block.beg ? s.beg : block.beg, end = s.end < block.end ? s.end : block.end;
        if (beg < end) in += end - beg;
    }
    return 5 * (uint64_t)in >= 4 * (uint64_t)dl_span_len(block);
}

static void percent(dl_buf *b, uint32_t per_myriad) { dl_buf_fmt(b, "%u%%", (per_myriad + 50) / 100); }

static void say_share(dl_buf *b, const dl_view *v, const dl_pair *p, uint32_t page)
{
    const dl_doc *d = dl_page(v->pages, page);
    uint32_t all = 0, in = 0;
    for (uint32_t i = 0; d && i < d->blocks.n; i++) {
        if (d->blocks.kind[i] > DL_POST) continue;
        all++;
        in += block_shared(p, p->a == page, d->blocks.span[i]);
    }
    dl_str with = name_of(v, p->a == page ? p->b : p->a);
    if (all)
        dl_buf_fmt(b, "%u/%u paragraphs", in, all);
    else
        percent(b, p->a == page ? p->share_a : p->share_b);
    dl_buf_puts(b, " in ");
    dl_buf_add(b, with);
    if (p->direction == DL_SIBLINGS)
        dl_buf_puts(b, " (siblings)");
    else if (v->copies->parent[page] == (p->a == page ? p->b : p->a))
        dl_buf_puts(b, p->kind == DL_REWRITE ? ", reworded" : ", copied");
}

/* Notes are apart by three blanks. */
static void apart(dl_buf *b, size_t begun)
{
    if (b->len > begun) dl_buf_puts(b, "   ");
}

/* What else a reader should know of a page: another date than it prints, damage, repeats. */
static void say_state(dl_buf *b, const dl_doc *d, size_t begun)
{
    char day[11];
    uint32_t repeats = 0;
    for (uint32_t i = 0; i < d->removed.n; i++) repeats += dl_str_eq(dl_doc_str(d, d->removed.why[i]), DL_STR("repeat"));
    if (d->meta->printed != DL_NEVER && d->meta->published != DL_NEVER &&
        dl_day_of(d->meta->printed) != dl_day_of(d->meta->published)) {
        dl_date_text(day, d->meta->printed);
        apart(b, begun);
        dl_buf_fmt(b, "prints %s", day);
    }
    if (d->damages.n) {
        apart(b, begun);
        dl_buf_fmt(b, "%u damaged passage%s", d->damages.n, d->damages.n == 1 ? "" : "s");
    }
    if (3 * repeats >= d->blocks.n && repeats > 2) {
        apart(b, begun);
        dl_buf_fmt(b, "repeats itself: %u block%s kept once", repeats, repeats == 1 ? "" : "s");
    }
    for (uint32_t i = 0; i < d->credits.n; i++) {
        if (d->credits.kind[i] != DL_CREDIT_PHOTO) continue;
        dl_str name = dl_doc_str(d, d->credits.name[i]);
        apart(b, begun);
        dl_buf_fmt(b, "photos: %.*s", (int)name.len, name.p);
        break;
    }
}

static void page_notes(dl_buf *b, const dl_view *v, const dl_tree *t, uint32_t row)
{
    const dl_copies *c = v->copies;
    const dl_family *f = t->family;
    const size_t begun = b->len;
    uint32_t page = t->row[row].page, up = t->row[row].up, other = t->row[up].page;
    const dl_doc *d = dl_page(v->pages, page);
    if (c->credited[page])
        dl_buf_puts(b, "credited");
    else if (f->n > 1 && f->seen != page)
        dl_buf_puts(b, "NO CREDIT");
    if (other == DL_NONE && f->n > 1 && f->seen != page) other = f->page[page == f->page[0] ? 1 : 0];
    const dl_pair *p = other == DL_NONE ? NULL : dl_pair_of(c->pair, c->n_pairs, page, other);
    if (p) {
        apart(b, begun);
        say_share(b, v, p, page);
    }
    const dl_ruling *r = dl_ruling_of(v, page);
    if (r) {
        apart(b, begun);
        dl_buf_puts(b, "* ");
        dl_ruling_put(b, v, r);
    }
    if (d) say_state(b, d, begun);
}

bool dl_tree_named(const dl_view *v, const dl_tree *t)
{
    const dl_family *f = t->family;
    const dl_doc *d = dl_page(v->pages, f->page[0]);
    return f->origin.len || (!f->in_parts && (!d || d->meta->verdict == DL_LIVE));
}

static int64_t first_published(const dl_view *v, const dl_family *f)
{
    int64_t first = DL_NEVER;
    for (uint32_t i = 0; i < f->n; i++) {
        const dl_doc *x = dl_page(v->pages, f->page[i]);
        if (x && x->meta->published != DL_NEVER && (first == DL_NEVER || x->meta->published < first)) first = x->meta->published;
    }
    return first;
}

void dl_tree_name(dl_buf *b, const dl_view *v, const dl_tree *t, uint32_t row)
{
    const dl_family *f = t->family;
    const dl_lines *l = &v->copies->lines;
    uint32_t page = t->row[row].page;
    if (page != DL_NONE) {
        const dl_doc *d = dl_page(v->pages, page);
        dl_str outlet = d ? dl_doc_str(d, d->meta->outlet) : (dl_str){ 0 };
        dl_buf_add(b, name_of(v, page));
        if (outlet.len) dl_buf_fmt(b, "   %.*s", (int)outlet.len, outlet.p);
        return;
    }
    if (dl_tree_named(v, t))
        dl_buf_add(b, f->origin.len ? f->origin : l->name[l->line[f->page[0]]]);
    else
        dl_buf_puts(b, f->in_parts ? "a text that no page shows whole" : "unnamed");
    const dl_doc *d = dl_page(v->pages, f->page[0]);
    dl_str place = d ? dl_doc_str(d, d->meta->place) : (dl_str){ 0 };
    char day[11];
    dl_date_text(day, first_published(v, f));
    if (place.len) dl_buf_fmt(b, ", %.*s", (int)place.len, place.p);
    if (day[0]) dl_buf_fmt(b, ", %s", day);
}

void dl_tree_notes(dl_buf *b, const dl_view *v, const dl_tree *t, uint32_t row)
{
    const dl_family *f = t->family;
    const dl_lines *l = &v->copies->lines;
    const size_t begun = b->len;
    if (t->row[row].page != DL_NONE) {
        page_notes(b, v, t, row);
        return;
    }
    if (f->seen == DL_NONE)
        dl_buf_puts(b, f->in_parts && f->origin.len ? "(not in the pile; no page shows all of it)" : "(not in the pile)");
    if (l->first_hand[l->line[f->page[0]]]) return;
    apart(b, begun);
    dl_buf_puts(b, "secondary: with agencies");
}

void dl_tree_put_dotted(dl_buf *b, dl_str s)
{
    static const char blanks[] = "   ";
    for (size_t at; (at = dl_str_find(s, DL_STR(blanks), 0)) != SIZE_MAX; s = dl_str_cut(s, at + sizeof blanks - 1, s.len)) {
        dl_buf_add(b, dl_str_cut(s, 0, at));
        dl_buf_puts(b, " \xC2\xB7 ");
    }
    dl_buf_add(b, s);
}

/* ---- As text ---------------------------------------------------------------------------------- */

static void put_row(dl_buf *b, const dl_view *v, const dl_tree *t, uint32_t row)
{
    const dl_tree_row *r = &t->row[row];
    for (uint32_t level = 1; level < r->depth; level++) dl_buf_puts(b, r->rails >> level & 1 ? "│  " : "   ");
    if (r->depth) dl_buf_puts(b, r->last ? "└─ " : "├─ ");
    dl_tree_name(b, v, t, row);
    size_t named = b->len;
    dl_buf_puts(b, r->depth ? "   " : " ");
    size_t begun = b->len;
    dl_tree_notes(b, v, t, row);
    if (b->len == begun) b->len = named;
    dl_buf_putc(b, '\n');
}

static void say_partials(dl_out *o, const dl_view *v)
{
    for (uint32_t i = 0; i < v->copies->n_pairs; i++) {
        const dl_pair *p = &v->copies->pair[i];
        if ((p->kind != DL_PARTIAL && p->kind != DL_CITES) || !asked(v, p->a) || !asked(v, p->b)) continue;
        dl_str a = name_of(v, p->a), b = name_of(v, p->b);
        if (p->kind == DL_CITES) {
            const bool turned = p->direction == DL_A_TO_B;
            const dl_str x = turned ? b : a, y = turned ? a : b;
            dl_buf_fmt(o->buf, "%.*s ╌╌ %.*s   names it as a source, in words of its own\n", (int)x.len, x.p, (int)y.len, y.p);
            o->rows++;
            continue;
        }
        dl_buf_fmt(o->buf, "%.*s ╌╌ %.*s   share %u passage%s: ", (int)a.len, a.p, (int)b.len, b.p, p->n_passages,
                   p->n_passages == 1 ? "" : "s");
        percent(o->buf, p->share_a);
        dl_buf_fmt(o->buf, " of %.*s, ", (int)a.len, a.p);
        percent(o->buf, p->share_b);
        dl_buf_fmt(o->buf, " of %.*s\n", (int)b.len, b.p);
        o->rows++;
    }
}

void dl_tree_write_text(dl_out *o, const dl_view *v)
{
    uint32_t alone = 0;
    for (uint32_t i = 0; i < v->copies->n_families; i++) {
        dl_tree t;
        if (!dl_tree_family_asked(v, i)) continue;
        if (!dl_tree_shows(v, i)) {
            alone++;
            continue;
        }
        dl_arena_mark mark = dl_arena_here(o->scratch);
        if (!dl_tree_make(&t, v->copies, i, o->scratch)) return;
        for (uint32_t k = 0; k < t.n; k++) put_row(o->buf, v, &t, k);
        dl_arena_back(o->scratch, mark);
        o->rows++;
    }
    say_partials(o, v);
    if (alone)
        dl_buf_fmt(o->buf, "%u page%s with a text of %s own.\n", alone, alone == 1 ? "" : "s", alone == 1 ? "its" : "their");
}
