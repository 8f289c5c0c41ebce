/* sentences.c: where the sentences of a line end. */
#include "base/limits.h"
#include "base/utf8.h"
#include "tokens/ends.h"

#define ABBR_LEN 12 /* bytes of the longest abbreviation                                         */
#define ENDS 1u     /* marks of a token: a sentence ends behind it                               */
#define PARTS 2u    /* ... and its stop becomes a token                                          */
#define CUE_AHEAD 4 /* tokens after a quotation in which "said" keeps the sentence going         */

static dl_str word(const dl_cut *c, uint32_t row) { return dl_doc_text(&c->b->d, c->b->d.toks.span[row]); }
static bool spaced(const dl_cut *c, uint32_t row) { return (c->b->d.toks.flags[row] & DL_TOK_SPACE) != 0; }

static uint32_t first_cp(dl_str s)
{
    size_t at = 0;
    return s.len ? dl_utf8_next(s, &at) : 0;
}

static bool letters_and_stops(dl_str s)
{
    bool stop = false;
    for (size_t i = 0; i < s.len; i++) {
        if (i % 2 ? s.p[i] != '.' : !dl_is_alpha((unsigned char)s.p[i])) return false;
        stop |= s.p[i] == '.';
    }
    return stop && s.len % 2;
}

static dl_abbr class_of(dl_str name, bool capital, bool figure)
{
    if (dl_str_eq(name, DL_STR("title"))) return capital ? DL_ABBR_TITLE : DL_ABBR_NONE;
    if (dl_str_eq(name, DL_STR("number"))) return figure ? DL_ABBR_NUMBER : DL_ABBR_NONE;
    if (dl_str_eq(name, DL_STR("month")) || dl_str_eq(name, DL_STR("day")))
        return capital && figure ? DL_ABBR_NUMBER : DL_ABBR_NONE;
    if (dl_str_eq(name, DL_STR("inner"))) return DL_ABBR_INNER;
    if (dl_str_eq(name, DL_STR("capital"))) return capital ? DL_ABBR_END : DL_ABBR_NONE;
    return DL_ABBR_END;
}

/* One capital and a stop: an initial, unless what stands before and behind says that it is the last
 * word ("plan B. The"). */
static dl_abbr initial(const dl_cut *c, uint32_t beg, uint32_t end)
{
    uint32_t next, i = end + 1;
    while (i < c->end && i < end + 4 && dl_cut_blank(dl_cut_cp(c, i, &next))) i = next;
    uint32_t cp = dl_cut_cp(c, i, &next);
    if (i >= c->end || !dl_cut_word(cp) || dl_cp_lower(cp))
        return c->t[beg] == 'I' || i >= c->end ? DL_ABBR_NONE : DL_ABBR_INITIAL;
    if (c->t[beg] != 'I') return DL_ABBR_INITIAL;
    /* "you and I. They": I is an initial after a name only. */
    uint32_t b = beg;
    while (b > c->line_beg && c->t[b - 1] == ' ') b--;
    while (b > c->line_beg && c->t[b - 1] != ' ' && beg - b < 32) b--;
    return beg - b > 1 && dl_is_upper((unsigned char)c->t[b]) ? DL_ABBR_INITIAL : DL_ABBR_NONE;
}

dl_abbr dl_abbr_of(const dl_cut *c, uint32_t beg, uint32_t end)
{
    dl_str s = { c->t + beg, end - beg };
    if (s.len > ABBR_LEN || !s.len) return DL_ABBR_NONE;
    while (s.len && (dl_is_digit((unsigned char)*s.p) || *s.p == ':')) { /* 10a.m. */
        s.p++;
        s.len--;
    }
    if (!s.len) return DL_ABBR_NONE;
    bool capital = !dl_is_lower((unsigned char)*s.p);
    if (s.len == 1 && dl_is_upper((unsigned char)*s.p)) return initial(c, beg, end);
    uint32_t i = end + 1;
    while (i < c->end && c->t[i] == ' ' && i < end + 3) i++;
    bool figure = i < c->end && dl_is_digit((unsigned char)c->t[i]);
    uint32_t row = dl_tsv_find_lower(&c->abbrs, s);
    if (row != DL_NONE) return class_of(dl_tsv_cell(&c->abbrs, row, 1), capital, figure);
    return letters_and_stops(s) ? DL_ABBR_END : DL_ABBR_NONE;
}

/* ---- Ends ----------------------------------------------------------------------------------- */

static bool starter(const dl_cut *c, uint32_t row) { return dl_tsv_find_lower(&c->starts, word(c, row)) != DL_NONE; }

static bool is_quote(dl_str s) { return (s.len <= 3 && dl_cp_quote(first_cp(s))) || dl_str_eq(s, DL_STR("''")); }

/* Whether the token, which stands without a blank behind another, closes something. */
static bool closes(const dl_cut *c, uint32_t row)
{
    dl_str s = word(c, row);
    uint32_t cp = first_cp(s);
    if (cp == ')' || cp == ']' || cp == '}' || cp == 0x201d || cp == 0x2019 || cp == 0xbb || cp == 0x203a) return s.len <= 3;
    return is_quote(s) && cp != 0x201c && cp != 0x2018 && cp != 0xab;
}

/* ". ? ! …" and runs of them. */
static bool stop(dl_str s)
{
    if (first_cp(s) == 0x2026 || first_cp(s) == 0x3002) return true;
    for (size_t i = 0; i < s.len; i++)
        if (!strchr(".?!", s.p[i])) return false;
    return s.len != 0;
}

/* The first token from `row` on that is no opening mark: what the next sentence would begin with. */
static uint32_t opening(const dl_cut *c, uint32_t row, uint32_t n)
{
    for (uint32_t i = row; i < n && i < row + 3; i++) {
        uint32_t cp = first_cp(word(c, i));
        if (dl_cut_word(cp) || dl_is_digit((int)cp)) return i;
    }
    return row;
}

/* “Why?” Mr Smith asked: a cue near by, before any other stop. */
static bool cue_follows(const dl_cut *c, uint32_t row, uint32_t n)
{
    static const char *const cues[] = { "said",  "says",    "asked",   "asks",  "added",    "told",
                                        "wrote", "replied", "shouted", "cried", "wondered", "tweeted" };
    for (uint32_t i = row; i < n && i < row + CUE_AHEAD; i++) {
        dl_str w = word(c, i);
        if (stop(w) || dl_str_eq(w, DL_STR(","))) return false;
        for (size_t k = 0; k < DL_COUNT(cues); k++)
            if (dl_str_eq(w, dl_str_of(cues[k]))) return true;
    }
    return false;
}

/* A time zone, weekday or month after "10 a.m.". */
static bool of_the_clock(dl_str s)
{
    static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar",
                                        "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };
    bool caps = s.len >= 2;
    for (size_t i = 0; i < s.len; i++) caps &= dl_is_upper((unsigned char)s.p[i]);
    for (size_t i = 0; i < DL_COUNT(days); i++)
        if (dl_str_starts_nocase(s, dl_str_of(days[i]))) return true;
    return caps;
}

/* Whether a sentence ends with an abbreviation; `next` is the word after it, with a capital. */
static bool ends_abbr(const dl_cut *c, uint32_t row, uint32_t next)
{
    dl_span s = c->b->d.toks.span[row];
    dl_str w = dl_str_cut(word(c, row), 0, dl_span_len(s) - 1), lower = { w.p, w.len };
    dl_abbr kind = dl_abbr_of(c, s.beg, s.end - 1);
    if (kind == DL_ABBR_TITLE || kind == DL_ABBR_NUMBER || kind == DL_ABBR_INNER) return false;
    if (dl_str_eq_nocase(lower, DL_STR("etc"))) return true;
    if (dl_str_eq_nocase(lower, DL_STR("a.m")) || dl_str_eq_nocase(lower, DL_STR("p.m")))
        return !of_the_clock(word(c, next)) && !dl_is_digit((int)first_cp(word(c, next)));
    return starter(c, next);
}

/* A number or letter of a list at the head of the line: "1. Open the door". */
static bool list_head(const dl_cut *c, uint32_t row)
{
    if (row != c->first + 1) return false;
    dl_str s = word(c, c->first);
    bool figures = s.len <= 3;
    for (size_t i = 0; i < s.len; i++) figures &= dl_is_digit((unsigned char)s.p[i]);
    return figures || s.len == 1;
}

/* Whether a sentence ends behind the stop at `row`, whose closing marks end before `after`. */
static bool ends(const dl_cut *c, uint32_t row, uint32_t after, uint32_t n)
{
    if (after >= n) return true;
    dl_str w = word(c, row);
    const bool pure = stop(w), dot = dl_str_eq(w, DL_STR("."));
    uint32_t next = opening(c, after, n), cp = first_cp(word(c, next));
    if (dl_cp_lower(cp) || stop(word(c, after)) || dl_str_eq(word(c, after), DL_STR(","))) return false;
    if (!spaced(c, after - 1) && !(pure && dl_cp_upper(cp))) return false;
    if (!pure) return ends_abbr(c, row, next);
    if (dot && list_head(c, row)) return false;
    if (!dot && after > row + 1 && is_quote(word(c, after - 1)) && cue_follows(c, after, n)) return false;
    uint32_t head = first_cp(word(c, after));
    if (head == '-' || head == 0x2013 || head == 0x2014) return dl_cp_upper(cp) && dot;
    return true;
}

/* The token behind the closing marks that follow `row`, footnote marks like [1] included. */
static uint32_t behind(const dl_cut *c, uint32_t row, uint32_t n)
{
    uint32_t i = row + 1;
    while (i < n) {
        if (i + 2 < n && dl_str_eq(word(c, i), DL_STR("[")) && dl_is_digit((int)first_cp(word(c, i + 1))) &&
            dl_str_eq(word(c, i + 2), DL_STR("]")))
            i += 3;
        else if (!spaced(c, i - 1) && closes(c, i))
            i++;
        else
            break;
    }
    return i;
}

/* Whether the token ends in a stop: ". ? !" or an abbreviation. */
static bool stopped(dl_str s) { return stop(s) || (s.len > 1 && s.p[s.len - 1] == '.'); }

/* An abbreviation that no sentence ends with. */
static bool goes_on(const dl_cut *c, uint32_t row)
{
    dl_span s = c->b->d.toks.span[row];
    if (stop(word(c, row))) return false;
    dl_abbr kind = dl_abbr_of(c, s.beg, s.end - 1);
    return kind == DL_ABBR_TITLE || kind == DL_ABBR_NUMBER || kind == DL_ABBR_INNER;
}

/* A capital at `row`, or an opening quotation mark and a capital. */
static bool capital(const dl_cut *c, uint32_t row, uint32_t n)
{
    if (row + 1 < n && is_quote(word(c, row)) && !spaced(c, row)) row++;
    return dl_cp_upper(first_cp(word(c, row)));
}

/* A word in small letters, one full stop, a blank, a capital: no more is asked. */
static bool plain_end(const dl_cut *c, uint32_t row, uint32_t after, uint32_t n)
{
    enum { SHORT = 3 /* bytes of what may be an abbreviation that no list has */ };
    if (after >= n || row == c->first || !spaced(c, after - 1) || !dl_str_eq(word(c, row), DL_STR("."))) return false;
    const dl_str w = word(c, row - 1);
    if (w.len < SHORT || spaced(c, row - 1) || !capital(c, after, n)) return false;
    for (size_t i = 0; i < w.len; i++)
        if (!dl_is_lower((unsigned char)w.p[i])) return false;
    return true;
}

/* "at 5 p.m. The", "in the U.S. They": a word that opens sentences behind an abbreviation that may stand last. */
static bool abbr_end(const dl_cut *c, uint32_t row, uint32_t after, uint32_t n)
{
    const dl_span s = c->b->d.toks.span[row];
    if (after >= n || stop(word(c, row)) || !starter(c, after)) return false;
    const dl_str next = word(c, after);
    return next.len > 1 && dl_is_lower((unsigned char)next.p[1]) && dl_abbr_of(c, s.beg, s.end - 1) == DL_ABBR_END;
}

void dl_cut_rules(const dl_cut *c, uint8_t *mark, uint32_t n)
{
    for (uint32_t row = c->first; row < n; row++) {
        uint32_t last = row;
        if (stopped(word(c, row))) {
            uint32_t after = behind(c, row, n);
            if (ends(c, row, after, n)) {
                last = after - 1;
                mark[last - c->first] |= DL_RULE_END;
                if (plain_end(c, row, after, n) || abbr_end(c, row, after, n)) mark[last - c->first] |= DL_RULE_ALWAYS;
            } else if (goes_on(c, row) || (after < n && is_quote(word(c, after - 1)) && cue_follows(c, after, n))) {
                mark[after - 1 - c->first] |= DL_RULE_NEVER;
            }
        }
        row = last;
    }
}

static bool dash(dl_str s)
{
    return dl_str_eq(s, DL_STR("-")) || dl_str_eq(s, DL_STR("--")) || dl_str_eq(s, DL_STR("\xE2\x80\x93")) ||
           dl_str_eq(s, DL_STR("\xE2\x80\x94"));
}

/* "KELD, Ardmere (Corvin Press) -": the row of the dash that ends a dateline, at the head of a report alone; DL_NONE: there is
 * none. What follows is the first sentence, and the place is no part of it. */
static uint32_t dateline_end(const dl_cut *c, uint32_t n)
{
    enum { HEAD = 600 /* bytes of the text */, REACH = 18 /* tokens */ };
    bool bracket = false;
    if (c->line_beg > HEAD || n == c->first) return DL_NONE;
    dl_str place = word(c, c->first);
    for (size_t i = 0; i < place.len; i++)
        if (dl_is_lower((unsigned char)place.p[i])) return DL_NONE;
    for (uint32_t row = c->first + 1; place.len > 2 && row + 1 < n && row < c->first + REACH; row++) {
        bracket |= dl_str_eq(word(c, row), DL_STR(")"));
        if (bracket && dash(word(c, row))) return row;
    }
    return DL_NONE;
}

/* What the learnt model makes of the rules; without a model they stand. */
static void mark_ends(const dl_cut *c, uint8_t *mark, uint32_t n)
{
    dl_end_state state = { .len = 0 };
    dl_end_line line;
    const uint32_t dateline = dateline_end(c, n);
    const bool judge = c->net->units && dl_end_line_of(&line, c, mark, &c->b->scratch);
    for (uint32_t row = c->first; row < n; row++) {
        const uint32_t i = row - c->first;
        bool end = (mark[i] & DL_RULE_END) != 0;
        if (judge && row + 1 < n && dl_end_candidate(&line, i)) end = dl_end_judge(c->net, &line, i, &state);
        end |= row + 1 == n || row == dateline || state.len + 1 >= DL_SENT_MAX;
        dl_end_step(c, i, end, &state);
        if (end) mark[i] |= ENDS;
    }
}

/* Marks the abbreviations that stand last in their sentences; how many there are. */
static uint32_t mark_parts(const dl_cut *c, uint8_t *mark, uint32_t n)
{
    uint32_t parted = 0;
    for (uint32_t row = c->first; row < n; row++) {
        dl_span s = c->b->d.toks.span[row];
        if (!stopped(word(c, row)) || stop(word(c, row))) continue;
        uint32_t last = behind(c, row, n) - 1;
        if ((mark[last - c->first] & ENDS) && dl_abbr_of(c, s.beg, s.end - 1) == DL_ABBR_END) {
            mark[row - c->first] |= PARTS;
            parted++;
        }
    }
    return parted;
}

/* Parts the stops of marked abbreviations: moves tokens back from the last, once. */
static void part(dl_cut *c, uint8_t *mark, uint32_t parted)
{
    uint32_t from = c->b->d.toks.n;
    for (uint32_t i = 0; i < parted; i++)
        if (dl_row(c->b, DL_T_TOKS) == DL_NONE) return;
    dl_toks *t = &c->b->d.toks;
    uint32_t to = t->n;
    while (from > c->first && to > from) {
        from--;
        uint8_t m = mark[from - c->first];
        dl_span s = t->span[from];
        uint8_t flags = t->flags[from];
        if (m & PARTS) {
            to--;
            t->span[to] = (dl_span){ s.end - 1, s.end };
            t->flags[to] = flags;
            t->head[to] = DL_NONE;
            mark[to - c->first] = m & ENDS;
            s.end--;
            flags &= (uint8_t)~DL_TOK_SPACE;
            m = 0;
        }
        to--;
        t->span[to] = s;
        t->flags[to] = flags;
        t->head[to] = DL_NONE;
        mark[to - c->first] = m & ENDS;
    }
}

void dl_cut_sentences(dl_cut *c, uint32_t block)
{
    uint32_t n = c->b->d.toks.n;
    if (n == c->first) return;
    dl_arena_mark here = dl_arena_here(&c->b->scratch);
    uint8_t *mark = dl_arena_get(&c->b->scratch, ((size_t)n - c->first) * 2, 1);
    if (mark) {
        dl_cut_rules(c, mark, n);
        mark_ends(c, mark, n);
        part(c, mark, mark_parts(c, mark, n));
        n = c->b->d.toks.n;
        uint32_t beg = c->first;
        for (uint32_t row = c->first; row < n; row++) {
            if (!(mark[row - c->first] & ENDS) && row + 1 < n) continue;
            uint32_t sent = dl_row(c->b, DL_T_SENTS);
            if (sent == DL_NONE) break;
            const dl_span *span = c->b->d.toks.span;
            c->b->d.sents.tok[sent] = (dl_span){ beg, row + 1 };
            c->b->d.sents.span[sent] = (dl_span){ span[beg].beg, span[row].end };
            c->b->d.sents.block[sent] = block;
            beg = row + 1;
        }
    }
    dl_arena_back(&c->b->scratch, here);
}
