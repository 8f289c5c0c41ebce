/* diff.c: a word-level difference over the alignment of align.h. Case and punctuation differ too:
 * equal folded words are compared by their bytes. */
#include "copies/diff.h"
#include "copies/align.h"

typedef struct side {
    const dl_doc *doc;
    dl_words w;
    uint32_t *mate; /* [w.n] row of the equal word of the other side, or DL_NONE                 */
} side;

typedef struct differ {
    dl_buf *out;
    side a, b;
} differ;

static bool side_make(side *s, const dl_doc *d, dl_arena *scratch)
{
    s->doc = d;
    s->w = (dl_words){ 0 };
    if (d) dl_words_of(&s->w, dl_doc_body(d), scratch);
    s->mate = dl_arena_raw(scratch, (size_t)s->w.n + 1, sizeof *s->mate);
    if (s->mate) memset(s->mate, 0xff, ((size_t)s->w.n + 1) * sizeof *s->mate);
    return s->mate && !dl_arena_failed(scratch);
}

static dl_str words_text(const side *s, uint32_t beg, uint32_t end)
{
    if (beg >= end || !s->doc || !s->w.span) return (dl_str){ 0 };
    return dl_doc_text(s->doc, (dl_span){ s->w.span[beg].beg, s->w.span[end - 1].end });
}

static bool same_bytes(const differ *f, uint32_t i)
{
    uint32_t j = f->a.mate[i];
    return j != DL_NONE && dl_str_eq(words_text(&f->a, i, i + 1), words_text(&f->b, j, j + 1));
}

static uint32_t line_end(const dl_words *w, uint32_t beg)
{
    uint32_t end = beg + 1;
    while (end < w->n && !(w->flags[end] & DL_WORD_LINE)) end++;
    return end;
}

/* "{President → president}": the words of a from i and what stands in b in their place. Returns the
 * next word of a. */
static uint32_t say_change(differ *f, uint32_t i, uint32_t end)
{
    uint32_t beg = i;
    while (i < end && !same_bytes(f, i)) i++;
    uint32_t from = beg ? f->a.mate[beg - 1] : DL_NONE, to = i < f->a.w.n ? f->a.mate[i] : DL_NONE;
    dl_str old = words_text(&f->a, beg, i), fresh = { 0 };
    if (from != DL_NONE && to != DL_NONE && from < to) fresh = words_text(&f->b, from + 1, to);
    dl_buf_fmt(f->out, "{%.*s → %.*s}", (int)old.len, old.p, (int)fresh.len, fresh.p);
    return i;
}

/* One line of a: nothing where it is the same in b. */
static void say_line(differ *f, uint32_t beg, uint32_t end, uint32_t number)
{
    enum { CONTEXT = 6 };
    uint32_t known = 0, changed = 0;
    for (uint32_t i = beg; i < end; i++) {
        known += f->a.mate[i] != DL_NONE;
        changed += !same_bytes(f, i);
    }
    for (uint32_t i = beg + 1; i < end; i++) { /* words that b alone has */
        uint32_t x = f->a.mate[i - 1], y = f->a.mate[i];
        changed += x != DL_NONE && y != DL_NONE && y != x + 1;
    }
    if (!changed || 2 * known < end - beg) return;
    dl_buf_fmt(f->out, "%4u  ", number);
    uint32_t shown = beg; /* words before this are written or left out */
    for (uint32_t i = beg; i < end;) {
        uint32_t x = i > beg ? f->a.mate[i - 1] : DL_NONE, y = f->a.mate[i];
        bool put_in = x != DL_NONE && y != DL_NONE && y > x + 1;
        if (same_bytes(f, i) && !put_in) {
            i++;
            continue;
        }
        uint32_t from = i > shown + CONTEXT ? i - CONTEXT : shown;
        if (from > shown || (shown == beg && from > beg)) dl_buf_puts(f->out, "… ");
        dl_buf_add(f->out, words_text(&f->a, from, i));
        if (i > from) dl_buf_putc(f->out, ' ');
        if (put_in) {
            dl_str fresh = words_text(&f->b, x + 1, y);
            dl_buf_fmt(f->out, "{ → %.*s} ", (int)fresh.len, fresh.p);
            shown = i++;
            continue;
        }
        i = say_change(f, i, end);
        dl_buf_putc(f->out, ' ');
        shown = i;
    }
    uint32_t to = shown + CONTEXT < end ? shown + CONTEXT : end;
    dl_buf_add(f->out, words_text(&f->a, shown, to));
    dl_buf_puts(f->out, to < end ? " …\n" : "\n");
}

/* Lines of one side of which the other has less than half. */
static void say_alone(differ *f, const side *s, const char *name)
{
    bool any = false;
    for (uint32_t beg = 0, end; beg < s->w.n; beg = end) {
        uint32_t known = 0;
        end = line_end(&s->w, beg);
        for (uint32_t i = beg; i < end; i++) known += s->mate[i] != DL_NONE;
        if (2 * known >= end - beg) continue;
        dl_str id = dl_doc_str(s->doc, s->doc->meta->id), line = words_text(s, beg, end);
        if (!any) dl_buf_fmt(f->out, "only in %s (%.*s):\n", name, (int)id.len, id.p);
        any = true;
        dl_buf_fmt(f->out, "      %.*s\n", (int)line.len, line.p);
    }
}

/* What the other side has in the place of words [beg, end): between the nearest words that both have. */
static dl_str in_place_of(const side *s, const side *other, uint32_t beg, uint32_t end)
{
    enum { FAR = 6, MOST = 30 }; /* words */
    uint32_t from = beg, to = end;
    while (from > 0 && beg - from < FAR && s->mate[from] == DL_NONE) from--;
    while (to < s->w.n && to - end < FAR && s->mate[to] == DL_NONE) to++;
    uint32_t x = s->mate[from], y = to < s->w.n ? s->mate[to] : other->w.n;
    if (x == DL_NONE || y == DL_NONE || y <= x || y - x > MOST) return (dl_str){ 0 };
    return words_text(other, x, y < other->w.n ? y + 1 : y);
}

/* Passages that a machine broke, with what the other page has there. */
static void say_damaged(differ *f, const side *s, const side *other, const char *name)
{
    if (!s->doc || !s->doc->damages.n) return;
    dl_str id = dl_doc_str(s->doc, s->doc->meta->id);
    dl_buf_fmt(f->out, "damaged in %s (%.*s):\n", name, (int)id.len, id.p);
    uint32_t beg = 0;
    for (uint32_t i = 0; i < s->doc->damages.n; i++) {
        dl_span at = s->doc->damages.span[i];
        dl_str words = dl_doc_text(s->doc, at), note = dl_doc_str(s->doc, s->doc->damages.note[i]);
        while (beg < s->w.n && s->w.span[beg].end <= at.beg) beg++;
        uint32_t end = beg;
        while (end < s->w.n && s->w.span[end].beg < at.end) end++;
        dl_str whole = end > beg ? in_place_of(s, other, beg, end) : (dl_str){ 0 };
        dl_buf_fmt(f->out, "      ! \"%.*s\"  %.*s", (int)words.len, words.p, (int)note.len, note.p);
        if (whole.len) dl_buf_fmt(f->out, "; the other has \"%.*s\"", (int)whole.len, whole.p);
        dl_buf_putc(f->out, '\n');
    }
}

/* Makes both sides and pairs their words. */
static bool align_sides(differ *f, const dl_doc *a, const dl_doc *b, dl_arena *scratch)
{
    enum { LEAST = 4 };
    dl_align_index index;
    dl_alignment al;
    if (!side_make(&f->a, a, scratch) || !side_make(&f->b, b, scratch)) return false;
    if (!dl_align_index_make(&index, f->b.w.hash, f->b.w.n, scratch)) return false;
    if (!dl_align(&al, f->a.w.hash, f->a.w.n, &index, LEAST, scratch)) return false;
    for (uint32_t i = 0; i < al.n; i++) dl_align_mates(f->a.mate, f->b.mate, f->a.w.hash, f->b.w.hash, &al.run[i]);
    return true;
}

bool dl_copies_mates(dl_diff_side *out_a, dl_diff_side *out_b, const dl_doc *a, const dl_doc *b, dl_arena *scratch)
{
    differ f = { 0 };
    if (!align_sides(&f, a, b, scratch)) return false;
    *out_a = (dl_diff_side){ f.a.w.n, f.a.w.span, f.a.mate };
    *out_b = (dl_diff_side){ f.b.w.n, f.b.w.span, f.b.mate };
    return true;
}

bool dl_copies_diff(dl_buf *out, const dl_doc *a, const dl_doc *b, dl_arena *scratch)
{
    differ f = { .out = out };
    if (!align_sides(&f, a, b, scratch)) return false;
    uint32_t number = 1;
    for (uint32_t beg = 0, end; beg < f.a.w.n; beg = end, number++) {
        end = line_end(&f.a.w, beg);
        say_line(&f, beg, end, number);
    }
    say_damaged(&f, &f.a, &f.b, "a");
    say_damaged(&f, &f.b, &f.a, "b");
    say_alone(&f, &f.a, "a");
    say_alone(&f, &f.b, "b");
    return !out->failed;
}
