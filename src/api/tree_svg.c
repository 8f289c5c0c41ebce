/* tree_svg.c: the trees of families as SVG: a box a row, as in the text. Nothing but presentation
 * attributes and colours that the surroundings set, so that it stands in a page or alone. What
 * comes from pages goes through dl_html_put. */
#include "api/html.h"
#include "api/text.h"
#include "api/tree.h"
#include "base/error.h"
#include "base/utf8.h"

enum {
    BOX = 38,        /* height of a box, pixels                                                    */
    STEP = 50,       /* from row to row                                                            */
    INDENT = 34,     /* from level to level                                                       */
    PAD = 10,        /* inside a box                                                               */
    EDGE = 8,        /* around everything                                                          */
    COLUMNS = 84,    /* of text in a box                                                           */
    NAME_WIDE = 90,  /* of a column of a name, tenths of a pixel                                   */
    NOTES_WIDE = 66, /* of a column of notes                                                       */
    MOST = 400       /* families of one drawing                                                    */
};

typedef struct drawn { /* a row with its texts */
    dl_str name, notes;
    unsigned wide;
} drawn;

/* At most COLUMNS of it, with an ellipsis where it was longer. */
static dl_str shorten(dl_str s, dl_arena *a)
{
    if (dl_text_columns(s) <= COLUMNS) return dl_arena_str(a, s);
    enum { BYTES = 8 * COLUMNS }; /* marks without a width are not endless */
    size_t at = 0, end = 0;
    for (unsigned columns = 0; at < s.len && at < BYTES && columns < COLUMNS - 1; end = at) {
        (void)dl_utf8_next(s, &at);
        columns += dl_text_columns(dl_str_cut(s, end, at));
    }
    dl_buf b;
    dl_buf_init(&b, 1 << 20);
    dl_buf_add(&b, dl_str_cut(s, 0, at));
    dl_buf_puts(&b, "\xE2\x80\xA6");
    dl_str out = dl_arena_str(a, dl_buf_str(&b));
    dl_buf_free(&b);
    return out;
}

static dl_str cut(dl_buf *b, dl_arena *a)
{
    dl_buf dotted;
    dl_buf_init(&dotted, 1 << 20);
    dl_tree_put_dotted(&dotted, dl_buf_str(b));
    dl_str out = shorten(dl_buf_str(&dotted), a);
    dl_buf_free(&dotted);
    return out;
}

static bool read_row(drawn *out, const dl_view *v, const dl_tree *t, uint32_t row, dl_buf *b, dl_arena *a)
{
    dl_buf_reset(b);
    dl_tree_name(b, v, t, row);
    out->name = cut(b, a);
    dl_buf_reset(b);
    dl_tree_notes(b, v, t, row);
    out->notes = cut(b, a);
    unsigned name = dl_text_columns(out->name) * NAME_WIDE / 10, notes = dl_text_columns(out->notes) * NOTES_WIDE / 10;
    out->wide = (name > notes ? name : notes) + 2 * PAD;
    return !b->failed && !dl_arena_failed(a);
}

static void put_text(dl_buf *b, unsigned x, unsigned y, const char *style, dl_str s)
{
    if (!s.len) return;
    dl_buf_fmt(b, "<text x=\"%u\" y=\"%u\" %s>", x, y, style);
    dl_html_put(b, s);
    dl_buf_puts(b, "</text>\n");
}

/* An origin without a name whose page is in the pile is that page. */
static uint32_t first_row(const dl_view *v, const dl_tree *t) { return t->family->seen != DL_NONE && !dl_tree_named(v, t); }

/* Where the boxes of one family stand. */
typedef struct place {
    const dl_tree *t;
    uint32_t first; /* row that is drawn first                                                  */
    unsigned top;
} place;

static unsigned left_of(const place *p, uint32_t row)
{
    return EDGE + (p->t->row[row].depth - p->t->row[p->first].depth) * INDENT;
}
static unsigned top_of(const place *p, uint32_t row) { return p->top + (row - p->first) * STEP; }

static void put_edge(dl_buf *b, const place *p, uint32_t row, bool dashed)
{
    uint32_t up = p->t->row[row].up;
    bool deep = p->t->row[row].depth == p->t->row[up].depth; /* drawn beside its parent */
    dl_buf_fmt(b, "<path d=\"M%u %uV%uH%u\" fill=\"none\" stroke=\"#888\"%s/>\n", left_of(p, up) + (deep ? 0 : INDENT / 2),
               top_of(p, up) + BOX, top_of(p, row) + BOX / 2, left_of(p, row), dashed ? " stroke-dasharray=\"4 3\"" : "");
}

static void put_box(dl_buf *b, const place *p, uint32_t row, const drawn *d)
{
    const dl_tree *t = p->t;
    const unsigned x = left_of(p, row), y = top_of(p, row);
    const bool hidden = t->family->seen == DL_NONE; /* the origin is in no page */
    const char *dash = hidden && !row ? " stroke-dasharray=\"4 3\"" : "";
    if (row > p->first) put_edge(b, p, row, hidden && !t->row[row].up);
    dl_buf_fmt(b,
               "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"4\" fill=\"currentColor\" fill-opacity=\"%s\" "
               "stroke=\"#888\"%s/>\n",
               x, y, d->wide, BOX, *dash ? "0" : ".05", dash);
    put_text(b, x + PAD, y + (d->notes.len ? 16 : 24), "font-size=\"13\" font-weight=\"600\"", d->name);
    put_text(b, x + PAD, y + 31, "font-size=\"11\" fill-opacity=\".75\"", d->notes);
}

/* The boxes of a family from *top on, which moves below them; *wide grows to what they need. */
static bool put_family(dl_buf *b, const dl_view *v, const dl_tree *t, unsigned *top, unsigned *wide, dl_arena *a)
{
    dl_buf text;
    bool ok = true;
    const place p = { t, first_row(v, t), *top };
    dl_buf_init(&text, 1 << 20);
    for (uint32_t i = p.first; ok && i < t->n; i++) {
        drawn d;
        dl_arena_mark mark = dl_arena_here(a);
        ok = read_row(&d, v, t, i, &text, a);
        if (ok) put_box(b, &p, i, &d);
        unsigned right = left_of(&p, i) + d.wide + EDGE;
        if (ok && right > *wide) *wide = right;
        dl_arena_back(a, mark);
    }
    *top = top_of(&p, t->n);
    dl_buf_free(&text);
    return ok;
}

static void put_svg(dl_buf *b, dl_str boxes, const char *more, unsigned wide, unsigned high, const char *title)
{
    dl_buf_fmt(b,
               "<svg class=\"family\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%u\" height=\"%u\" viewBox=\"0 0 "
               "%u %u\" font-family=\"system-ui, sans-serif\" fill=\"currentColor\"%s>\n<title>%s</title>\n",
               wide, high, wide, high, more, title);
    dl_buf_add(b, boxes);
    dl_buf_puts(b, "</svg>\n");
}

bool dl_tree_put_svg(dl_buf *b, const dl_view *v, uint32_t family, dl_arena *scratch)
{
    dl_tree t;
    dl_buf boxes;
    unsigned wide = 2 * EDGE, top = EDGE;
    dl_buf_init(&boxes, 1 << 26);
    bool ok = dl_tree_make(&t, v->copies, family, scratch) && put_family(&boxes, v, &t, &top, &wide, scratch) && !boxes.failed;
    if (ok) put_svg(b, dl_buf_str(&boxes), "", wide, top, "Who has the text from whom");
    dl_buf_free(&boxes);
    return ok && !b->failed;
}

dl_status dl_tree_write_svg(dl_out *o, const dl_view *v, dl_error *err)
{
    dl_buf boxes;
    unsigned wide = 2 * EDGE, top = EDGE;
    uint64_t rows = 0;
    bool ok = true;
    dl_buf_init(&boxes, (size_t)1 << 30);
    for (uint32_t i = 0; ok && i < v->copies->n_families && rows < MOST; i++) {
        dl_tree t;
        if (!dl_tree_family_asked(v, i) || !dl_tree_shows(v, i)) continue;
        dl_arena_mark mark = dl_arena_here(o->scratch);
        ok = dl_tree_make(&t, v->copies, i, o->scratch) && put_family(&boxes, v, &t, &top, &wide, o->scratch);
        top += STEP / 2;
        dl_arena_back(o->scratch, mark);
        rows++;
    }
    ok = ok && !boxes.failed;
    if (ok) {
        dl_buf_puts(o->buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        put_svg(o->buf, dl_buf_str(&boxes), " color=\"#1b1d21\" style=\"background:#fff\"", wide, top + EDGE,
                "Families of pages: who has the text from whom");
    }
    dl_buf_free(&boxes);
    o->rows += rows;
    return ok && !o->buf->failed ? DL_OK : dl_fail_mem(err, "copies");
}
