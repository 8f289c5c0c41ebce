/* text.c: plain and half-cleaned text into blocks: one a line; lines that a narrow column broke in
 * mid-sentence are put together again; metadata keys that leaked into the text are taken off. */
#include "extract/page.h"

/* A key of metadata whose value tells its own end, printed before the text: "date 2023-02-22 The
 * talks ...". Returns how much of the line it takes. */
static size_t leaked(dl_xpage *p, dl_str line, uint32_t at)
{
    static const char *const keys[] = { "date",          "published",      "publish_date",     "date_published",
                                        "datepublished", "published_time", "published_at",     "pubdate",
                                        "created",       "date_publish",   "publication_date", "modified",
                                        "updated",       "date_modified",  "timestamp" };
    size_t used = 0;
    for (int n = 0; n < 4; n++) {
        dl_str rest = dl_str_cut(line, used, line.len);
        size_t i = 0, key = 0;
        while (i < rest.len && dl_is_space(rest.p[i])) i++;
        dl_str body = dl_str_cut(rest, i, rest.len);
        for (size_t k = 0; k < DL_COUNT(keys) && !key; k++) {
            dl_str z = dl_str_of(keys[k]);
            if (dl_str_starts_nocase(body, z) && body.len > z.len &&
                (body.p[z.len] == ' ' || body.p[z.len] == ':' || body.p[z.len] == '=' || body.p[z.len] == '\t'))
                key = z.len;
        }
        dl_printed d;
        if (!key || !dl_extract_date(p, dl_str_cut(body, 0, body.len < key + 40 ? body.len : key + 40), key, &d)) return used;
        size_t gap = key;
        while (gap < d.span.beg && (dl_is_space(body.p[gap]) || strchr(":=\"'", body.p[gap]))) gap++;
        if (gap != d.span.beg || !dl_is_digit(body.p[gap])) return used;
        bool changed = dl_str_starts_nocase(body, DL_STR("mod")) || dl_str_starts_nocase(body, DL_STR("upd")) ||
                       dl_str_starts_nocase(body, DL_STR("date_mod"));
        uint32_t beg = at + (uint32_t)(used + i);
        size_t end = d.span.end;
        while (end < body.len && strchr("Zz\"',;", body.p[end])) end++;
        dl_extract_hypothesis(p, d, DL_BY_META, 85, changed, (dl_span){ beg, beg + (uint32_t)end },
                              dl_str_cut(body, d.span.beg, d.span.end));
        used += i + end;
    }
    return used;
}

static void out_span(dl_xpage *p, dl_span s, const char *why)
{
    dl_xblock *k = dl_extract_block(p, (dl_str){ NULL, 0 }, s);
    if (k) dl_extract_out(k, why);
}

/* "- text", "* text", an item's mark: bytes to skip. */
static size_t item_mark(dl_str t)
{
    static const char *const marks[] = {
        "- ",          "* ", "\xe2\x80\xa2 ", "\xe2\x80\x93 ", "\xc2\xb7 ", "\xe2\x96\xaa ", "\xe2\x97\x8f ", "\xe2\x80\xa2\t",
        "\xe2\x80\xa2"
    };
    for (size_t i = 0; i < DL_COUNT(marks); i++)
        if (dl_str_starts(t, dl_str_of(marks[i])) && t.len > strlen(marks[i])) return strlen(marks[i]);
    return 0;
}

static void one_line(dl_xpage *p, uint32_t beg, uint32_t end, uint16_t gap, bool item)
{
    size_t skip = leaked(p, dl_str_cut(p->src, beg, end), beg);
    if (skip) {
        out_span(p, (dl_span){ beg, beg + (uint32_t)skip }, "metadata");
        beg += (uint32_t)skip;
    }
    while (beg < end && dl_is_space(p->src.p[beg])) beg++;
    while (end > beg && dl_is_space(p->src.p[end - 1])) end--;
    if (beg == end) return;
    size_t mark = item_mark(dl_str_cut(p->src, beg, end));
    uint32_t from = beg + (uint32_t)mark;
    dl_str text = dl_extract_fold(p->a, dl_str_cut(p->src, from, end));
    if (!text.len) {
        out_span(p, (dl_span){ beg, end }, "blank");
        return;
    }
    dl_xblock *k = dl_extract_block(p, text, (dl_span){ from, end });
    if (!k) return;
    k->gap = gap;
    k->item = mark > 0 || item;
    dl_extract_lex(p, k);
}

static void read_lines(dl_xpage *p)
{
    uint16_t gap = 1;
    bool bullet = false;
    for (size_t i = 0; i < p->src.len;) {
        size_t end = i;
        while (end < p->src.len && p->src.p[end] != '\n' && p->src.p[end] != '\r') end++;
        size_t a = i;
        while (a < end && dl_is_space(p->src.p[a])) a++;
        if (a == end) {
            if (gap < 100 && (end == p->src.len || p->src.p[end] == '\n')) gap++;
        } else {
            uint32_t n = p->n;
            one_line(p, (uint32_t)i, (uint32_t)end, gap, bullet);
            if (p->n > n) {
                bullet = p->blk[p->n - 1].lex == DL_LEX_BULLET;
                gap = 0;
            }
        }
        i = end + (end < p->src.len);
        if (i < p->src.len && p->src.p[i - 1] == '\r' && p->src.p[i] == '\n') i++;
    }
}

static dl_str last_word(dl_str norm)
{
    size_t i = norm.len;
    while (i > 0 && norm.p[i - 1] != ' ') i--;
    return dl_str_cut(norm, i, norm.len);
}
static dl_str first_word(dl_str norm)
{
    size_t i = 0;
    while (i < norm.len && norm.p[i] != ' ') i++;
    return dl_str_cut(norm, 0, i);
}

static bool plain(const dl_xblock *k) { return k->role == DL_ROLE_OPEN && (k->lex == DL_LEX_NONE || k->lex == DL_LEX_JOB); }
static bool starts_low(const dl_xblock *k)
{
    return k->text.len && (dl_is_lower(k->text.p[0]) || dl_str_starts(k->text, DL_STR("\xe2\x80\x93")) ||
                           dl_str_starts(k->text, DL_STR("\xe2\x80\x94")));
}

static bool ends_open(const dl_xpage *p, const dl_xblock *k)
{
    char c = k->text.p[k->text.len - 1];
    if (c == ',' || c == '-') return true;
    return !k->closed && c != ':' && k->words >= 2 && dl_extract_stop(p, last_word(k->norm));
}

/* Width of the column that broke the run of lines [i, end), 0: none did. A greedy breaker leaves a
 * line only when the next word does not fit. */
static size_t column(const dl_xpage *p, uint32_t i, uint32_t end)
{
    size_t width = 0, full = 0, lines = 0;
    for (uint32_t j = i; j < end; j++)
        if (p->blk[j].chars > width) width = p->blk[j].chars;
    if (width < 40 || width > 120 || end - i < 3) return 0;
    for (uint32_t j = i; j + 1 < end; j++) {
        lines++;
        full += p->blk[j].chars + 1 + first_word(p->blk[j + 1].text).len > width;
    }
    return full * 10 >= lines * 7 ? width : 0;
}

static bool joins(const dl_xpage *p, uint32_t i, size_t width, uint32_t begin)
{
    const dl_xblock *a = &p->blk[i], *b = &p->blk[i + 1];
    if (b->gap || !plain(a) || !plain(b) || b->item) return false;
    if (width && a->chars + 1 + first_word(b->text).len > width) return true;
    if (a->closed) return false;
    if (starts_low(b)) return true;
    if (ends_open(p, a) && a->words < 30) return true;
    /* the first word or two of a sentence on a line of their own, the rest broken again below */
    bool fresh =
        i == begin || p->blk[i - 1].closed || p->blk[i - 1].role != DL_ROLE_OPEN || a->item || p->blk[i - 1].lex != DL_LEX_NONE;
    const dl_xblock *c = i + 2 < p->n ? &p->blk[i + 2] : NULL;
    return fresh && a->words <= 2 && b->words >= 4 && !b->closed && c && !c->gap && plain(c) && starts_low(c) && !c->item &&
           !dl_extract_stop(p, first_word(b->norm));
}

/* Puts lines together; the blocks are then fewer. */
static void join_lines(dl_xpage *p)
{
    uint32_t n = 0, run = 0;
    size_t width = 0;
    for (uint32_t i = 0; i < p->n;) {
        if (i >= run) { /* a run of lines without an empty one */
            for (run = i + 1; run < p->n && !p->blk[run].gap && p->blk[run].role == DL_ROLE_OPEN;) run++;
            width = column(p, i, run);
        }
        uint32_t j = i;
        while (j + 1 < p->n && joins(p, j, width, i)) j++;
        dl_xblock k = p->blk[i];
        if (j > i) {
            k.src.end = p->blk[j].src.end;
            k.text = dl_extract_fold(p->a, dl_str_cut(p->src, k.src.beg, k.src.end));
            dl_extract_measure(p, &k);
            dl_extract_lex(p, &k);
        }
        p->blk[n++] = k;
        i = j + 1;
    }
    p->n = n;
}

void dl_extract_text(dl_xpage *p)
{
    p->language = dl_extract_language(p, dl_str_cut(p->src, 0, p->src.len < 65536 ? p->src.len : 65536));
    read_lines(p);
    join_lines(p);
    dl_prints_mark(p);
    dl_extract_judge(p);
}
