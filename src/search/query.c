/* query.c: reading a query with one state: is an operand due, or may one follow? */
#include "search/query.h"

#include "base/error.h"
#include "base/limits.h"
#include "base/utf8.h"

typedef struct reader {
    dl_str s;
    size_t at;
    dl_buf *out;
    unsigned depth, words;
    bool due; /* an operand must come */
    dl_error *err;
} reader;

static dl_status wrong(const reader *r, size_t at, const char *why) { return dl_fail(r->err, DL_EUSAGE, "query", at, "%s", why); }

static bool word_byte(unsigned char c) { return !dl_is_space(c) && c != '"' && c != '(' && c != ')'; }

/* FTS5 must get at least one letter or digit out of an operand. */
static bool says_something(dl_str s)
{
    for (size_t at = 0; at < s.len;) {
        uint32_t cp = dl_utf8_next(s, &at);
        if (cp != 0xFFFD && (dl_cp_letter(cp) || dl_cp_number(cp))) return true;
    }
    return false;
}

static dl_status operand(reader *r, dl_str s, bool prefix, size_t at)
{
    if (!says_something(s)) return wrong(r, at, "nothing to look for: no letter and no digit");
    const char *nul = s.len ? memchr(s.p, 0, s.len) : NULL;
    if (nul) return wrong(r, at + (size_t)(nul - s.p), "a NUL byte");
    if (dl_utf8_bad(s) < s.len) return wrong(r, at + dl_utf8_bad(s), "not UTF-8");
    if (++r->words > DL_QUERY_MAX) return wrong(r, at, "limit: words of a query");
    if (!r->due) dl_buf_puts(r->out, " AND ");
    dl_buf_putc(r->out, '"');
    dl_buf_add(r->out, s);
    dl_buf_puts(r->out, prefix ? "\"*" : "\"");
    r->due = false;
    return DL_OK;
}

static dl_status phrase(reader *r)
{
    size_t beg = r->at + 1, end = dl_str_find(r->s, DL_STR("\""), beg);
    if (end == SIZE_MAX) return wrong(r, r->at, "a quotation mark that does not close");
    dl_status st = operand(r, dl_str_cut(r->s, beg, end), false, beg);
    r->at = end + 1;
    return st;
}

static dl_status word(reader *r)
{
    size_t beg = r->at;
    while (r->at < r->s.len && word_byte((unsigned char)r->s.p[r->at])) r->at++;
    dl_str w = dl_str_cut(r->s, beg, r->at);
    bool is_operator = dl_str_eq(w, DL_STR("AND")) || dl_str_eq(w, DL_STR("OR")) || dl_str_eq(w, DL_STR("NOT"));
    if (is_operator) {
        if (r->due) return wrong(r, beg, "a word is missing before AND, OR or NOT");
        dl_buf_fmt(r->out, " %.*s ", (int)w.len, w.p);
        r->due = true;
        return DL_OK;
    }
    bool prefix = w.len > 1 && w.p[w.len - 1] == '*';
    return operand(r, dl_str_cut(w, 0, w.len - prefix), prefix, beg);
}

static dl_status bracket(reader *r)
{
    char c = r->s.p[r->at];
    if (c == '(') {
        if (++r->depth > DL_QUERY_MAX) return wrong(r, r->at, "limit: brackets of a query");
        dl_buf_puts(r->out, r->due ? "(" : " AND (");
        r->due = true;
    } else {
        if (!r->depth || r->due) return wrong(r, r->at, "a closing bracket that closes nothing");
        r->depth--;
        dl_buf_putc(r->out, ')');
    }
    r->at++;
    return DL_OK;
}

dl_status dl_query_read(dl_buf *out, dl_str query, dl_error *err)
{
    reader r = { .s = query, .out = out, .due = true, .err = err };
    dl_status st = DL_OK;
    while (!st) {
        while (r.at < query.len && dl_is_space((unsigned char)query.p[r.at])) r.at++;
        if (r.at == query.len) break;
        char c = query.p[r.at];
        st = c == '"' ? phrase(&r) : c == '(' || c == ')' ? bracket(&r) : word(&r);
    }
    if (st) return st;
    if (r.due) return wrong(&r, query.len, r.words ? "a word is missing at the end" : "the query is empty");
    if (r.depth) return wrong(&r, query.len, "a bracket that does not close");
    dl_buf_putc(out, 0);
    return out->failed ? dl_fail_mem(err, "query") : DL_OK;
}
