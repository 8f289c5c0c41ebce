/* words.c: the tokens of one line, as the Penn and UD treebanks of English have them.
 * Source: UD English guidelines (tokenization), Penn Treebank tokenization, and what EWT and GUM do. */
#include "base/utf8.h"
#include "tokens/cut.h"

#define AHEAD 256 /* bytes looked ahead for the shape of an address or a telephone number        */

uint32_t dl_cut_cp(const dl_cut *c, uint32_t i, uint32_t *next)
{
    if (i >= c->end) {
        *next = c->end;
        return 0;
    }
    unsigned char b = (unsigned char)c->t[i];
    if (b < 0x80) {
        *next = i + 1;
        return b ? b : 0xfffd;
    }
    size_t at = i;
    uint32_t cp = dl_utf8_next((dl_str){ c->t, c->end }, &at);
    *next = (uint32_t)at;
    return cp;
}

bool dl_cut_word(uint32_t cp)
{
    if (cp < 0x80) return dl_is_alpha((int)cp) || dl_is_digit((int)cp) || cp == '_';
    return dl_cp_letter(cp) || dl_cp_number(cp) || cp == 0xad || cp == 0x200c || cp == 0x200d;
}

bool dl_cut_blank(uint32_t cp)
{
    if (cp < 0x80) return dl_is_space((int)cp);
    return dl_cp_space(cp) || cp == 0x200b || cp == 0x200e || cp == 0x200f || cp == 0x2060 || cp == 0xfeff;
}

static int at(const dl_cut *c, uint32_t i) { return i < c->end ? (unsigned char)c->t[i] : 0; }
static dl_str text(const dl_cut *c, uint32_t beg, uint32_t end) { return (dl_str){ c->t + beg, end - beg }; }

static void put(dl_cut *c, uint32_t beg, uint32_t end)
{
    uint32_t row = dl_row(c->b, DL_T_TOKS);
    if (row == DL_NONE) return;
    uint32_t next;
    c->b->d.toks.span[row] = (dl_span){ beg, end };
    c->b->d.toks.head[row] = DL_NONE;
    if (end >= c->end || dl_cut_blank(dl_cut_cp(c, end, &next))) c->b->d.toks.flags[row] = DL_TOK_SPACE;
}

/* Bytes of the apostrophe at i, 0 for none: ' ’ ʼ `. */
static uint32_t apostrophe(const dl_cut *c, uint32_t i)
{
    int b = at(c, i);
    if (b == '\'' || b == '`') return 1;
    if (b == 0xe2 && at(c, i + 1) == 0x80 && at(c, i + 2) == 0x99) return 3;
    return b == 0xca && at(c, i + 1) == 0xbc ? 2 : 0;
}

static bool word_at(const dl_cut *c, uint32_t i)
{
    uint32_t next;
    return i < c->end && dl_cut_word(dl_cut_cp(c, i, &next));
}

static bool one_of(dl_str s, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dl_str_is(s, list[i])) return true;
    return false;
}
#define ONE_OF(s, list) one_of(s, list, DL_COUNT(list))

/* ---- Addresses ------------------------------------------------------------------------------ */

static uint32_t address_end(const dl_cut *c, uint32_t i)
{
    uint32_t next;
    while (i < c->end) {
        uint32_t cp = dl_cut_cp(c, i, &next);
        if (dl_cut_blank(cp) || cp == '<' || cp == '>' || cp == '"' || cp == '|' || (cp >= 0x80 && !dl_cut_word(cp))) break;
        i = next;
    }
    while (i > c->line_beg && strchr(".,;:!?'\")]}", at(c, i - 1))) i--;
    return i;
}

/* name@host at i: its end; 0: none. */
static uint32_t mail_end(const dl_cut *c, uint32_t i)
{
    uint32_t k = i;
    while (k < c->end && k - i < AHEAD && (dl_is_alpha(at(c, k)) || dl_is_digit(at(c, k)) || strchr("._%+-", at(c, k)))) k++;
    if (k == i || at(c, k) != '@' || !word_at(c, k + 1)) return 0;
    for (k++; k < c->end && (dl_is_alpha(at(c, k)) || dl_is_digit(at(c, k)) || (strchr(".-_", at(c, k)) && word_at(c, k + 1)));
         k++)
        ;
    return k;
}

static uint32_t address(const dl_cut *c, uint32_t i)
{
    static const char *const schemes[] = { "http://", "https://", "ftp://", "www.", "mailto:" };
    dl_str rest = text(c, i, c->end);
    for (size_t k = 0; k < DL_COUNT(schemes); k++)
        if (dl_str_begins(rest, schemes[k]) && word_at(c, i + (uint32_t)strlen(schemes[k]))) return address_end(c, i);
    return mail_end(c, i);
}

/* A host name with a path, "example.org/news": the end of it; 0: none. */
static uint32_t host_path(const dl_cut *c, uint32_t beg, uint32_t end)
{
    static const char *const tops[] = { "com",  "org", "net", "edu", "gov", "int", "uk", "io",
                                        "info", "ly",  "de",  "fr",  "ru",  "us",  "tv", "eu" };
    uint32_t dot = end;
    while (dot > beg && at(c, dot - 1) != '.') dot--;
    if (dot == beg || at(c, end) != '/' || !ONE_OF(text(c, dot, end), tops)) return 0;
    return address_end(c, end);
}

/* ---- Words ---------------------------------------------------------------------------------- */

/* Letters of ASCII before and after the stop at i, when "end.Next" was glued by a scraper. */
static bool glued(const dl_cut *c, uint32_t beg, uint32_t i)
{
    return i >= beg + 3 && dl_is_lower(at(c, i - 1)) && dl_is_lower(at(c, i - 2)) && dl_is_upper(at(c, i + 1)) &&
           (dl_is_lower(at(c, i + 2)) || dl_is_space(at(c, i + 2)));
}

static uint32_t digits(const dl_cut *c, uint32_t i)
{
    uint32_t n = 0;
    while (n < 16 && dl_is_digit(at(c, i + n))) n++;
    return n;
}

/* A telephone number or a date in figures with hyphens, 212-555-0100 or 2001-09-11, whose first
 * group ends at i: its end; 0: none. Two groups are a range unless they look like 555-0100. */
static uint32_t figures(const dl_cut *c, uint32_t beg, uint32_t i)
{
    uint32_t groups = 1, first = i - beg, last = first;
    if (!dl_is_digit(at(c, beg)) || digits(c, beg) != first) return 0;
    while (at(c, i) == '-' && dl_is_digit(at(c, i + 1))) {
        last = digits(c, i + 1);
        i += 1 + last;
        groups++;
    }
    if (word_at(c, i) || (groups < 3 && !(groups == 2 && first == 3 && last == 4))) return 0;
    return i;
}

/* Prefixes that stay with their word (UD English: "non-commercial" is one token). */
static bool prefix(dl_str s)
{
    static const char *const list[] = { "e",     "non",     "re",    "co",    "mid",    "pre",  "anti",  "cross", "post",
                                        "over",  "semi",    "pro",   "multi", "ex",     "sub",  "mini",  "inter", "intra",
                                        "neo",   "counter", "arch",  "micro", "super",  "un",   "proto", "bi",    "de",
                                        "extra", "hyper",   "macro", "mega",  "mono",   "para", "poly",  "quasi", "tri",
                                        "ultra", "pseudo",  "trans", "socio", "psycho", "geo" };
    return ONE_OF(s, list);
}

/* Whether the mark at i, which has word characters on both sides, joins them into one token. `beg` is
 * where the token begins, `next` the byte behind the mark. */
static bool joins(const dl_cut *c, uint32_t beg, uint32_t i, uint32_t next)
{
    const int before = at(c, i - 1), after = at(c, next), mark = at(c, i);
    const bool figure = dl_is_digit(before) && dl_is_digit(after);
    if (apostrophe(c, i)) return !dl_is_digit(before) || after == 's';
    switch (mark) {
    case '.': return !glued(c, beg, i);
    case ',': return figure && digits(c, next) == 3;
    case ':': return figure;
    case '/': return figure || (i == beg + 1 && dl_is_alpha(before) && dl_is_alpha(after) && !word_at(c, next + 1));
    case '&': return dl_is_upper(before) && dl_is_upper(after) && i - beg <= 3;
    case '*': return dl_is_alpha(before) && dl_is_alpha(after);
    case '-': return !dl_is_digit(after) && prefix(text(c, beg, i));
    default: return false;
    }
}

/* The end of the word that begins at beg. */
static uint32_t word_end(const dl_cut *c, uint32_t beg)
{
    uint32_t i = beg, next;
    while (i < c->end) {
        uint32_t cp = dl_cut_cp(c, i, &next);
        if (dl_cut_word(cp)) {
            if (cp >= 0x2e80 && dl_cp_cjk(cp)) return i == beg ? next : i;
            i = next;
            continue;
        }
        uint32_t tel = cp == '-' ? figures(c, beg, i) : 0;
        if (tel) return tel;
        uint32_t mark = cp < 0x80 ? 1 : apostrophe(c, i);
        if (!mark || !word_at(c, i + mark) || !joins(c, beg, i, i + mark)) break;
        i += mark;
    }
    return i;
}

/* Figures with a unit or a half of the day behind them, "5pm", "20km": where the unit begins. */
static uint32_t unit_at(const dl_cut *c, uint32_t beg, uint32_t end)
{
    static const char *const units[] = { "am",  "pm",  "a.m", "p.m", "mm",   "cm",  "km",  "kg", "ft", "lb",
                                         "lbs", "mph", "kph", "k",   "m",    "bn",  "tn",  "mn", "kw", "mw",
                                         "gw",  "kwh", "hz",  "khz", "mhz",  "ghz", "gb",  "mb", "tb", "oz",
                                         "g",   "ml",  "hrs", "hr",  "mins", "min", "yrs", "yr", "p",  "c" };
    uint32_t i = beg;
    while (i < end && (dl_is_digit(at(c, i)) || (strchr(".,:", at(c, i)) && dl_is_digit(at(c, i + 1))))) i++;
    if (i == beg || i == end || !ONE_OF(text(c, i, end), units)) return end;
    /* One capital is a model or a seat (18T, 5C), but after a currency it is millions. */
    bool currency = beg > c->line_beg && (at(c, beg - 1) == '$' || at(c, beg - 1) >= 0x80);
    return end - i == 1 && !currency && (dl_is_upper(at(c, i)) || at(c, i) == 'c') ? end : i;
}

/* "cannot", "gonna": where the second word begins; 0: one word. */
static uint32_t parted(dl_str w)
{
    static const struct {
        const char *word;
        uint32_t at;
    } list[] = { { "cannot", 3 },  { "gonna", 3 },    { "wanna", 3 },  { "gotta", 3 }, { "gimme", 3 }, { "lemme", 3 },
                 { "dont", 2 },    { "didnt", 3 },    { "doesnt", 4 }, { "isnt", 2 },  { "wasnt", 3 }, { "couldnt", 5 },
                 { "wouldnt", 5 }, { "shouldnt", 6 }, { "havent", 4 }, { "hasnt", 3 }, { "arent", 3 }, { "werent", 4 },
                 { "cant", 2 },    { "wont", 2 },     { "im", 1 },     { "ive", 1 },   { "thats", 4 }, { "youre", 3 },
                 { "theyre", 4 },  { "whats", 4 },    { "theres", 5 } };
    for (size_t i = 0; i < DL_COUNT(list); i++)
        if (dl_str_is(w, list[i].word)) return w.p[0] == 'I' && w.p[1] == 'M' ? 0 : list[i].at;
    return 0;
}

/* Where the clitic of a word with an apostrophe begins: "do|n't", "we|'ll", "Russia|'s"; end: none. */
static uint32_t clitic_at(const dl_cut *c, uint32_t beg, uint32_t end)
{
    static const char *const tails[] = { "s", "m", "d", "re", "ve", "ll" };
    uint32_t i = end;
    while (i > beg && !apostrophe(c, i - 1) && !(at(c, i - 1) == 0x99 || at(c, i - 1) == 0xbc)) i--;
    if (i == beg || i == end) return end;
    uint32_t mark = i - 1;
    while (mark > beg && (at(c, mark) & 0xc0) == 0x80) mark--;
    if (mark == beg || !apostrophe(c, mark)) return end;
    dl_str tail = text(c, i, end);
    if (dl_str_eq_nocase(tail, DL_STR("t")) && mark > beg + 1 && dl_lower((char)at(c, mark - 1)) == 'n') return mark - 1;
    if (!ONE_OF(tail, tails) ||
        (tail.p[0] == 's' && dl_is_digit(at(c, mark - 1)) && dl_is_digit(at(c, mark - 2)) && at(c, mark - 1) == '0'))
        return end;
    return mark;
}

/* Puts the word [beg, end) as one, two or three tokens. */
static void put_word(dl_cut *c, uint32_t beg, uint32_t end)
{
    uint32_t tail = clitic_at(c, beg, end), part = end;
    if (dl_is_digit(at(c, beg)))
        part = unit_at(c, beg, tail);
    else if (tail == end && end - beg <= 8)
        part = beg + parted(text(c, beg, end));
    if (part > beg && part < tail) {
        put(c, beg, part);
        beg = part;
    }
    /* "wouldn't've": the inner one too. */
    uint32_t inner = tail < end ? clitic_at(c, beg, tail) : tail;
    if (inner < tail) {
        put(c, beg, inner);
        beg = inner;
    }
    put(c, beg, tail);
    if (tail < end) put(c, tail, end);
}

/* ---- Marks ---------------------------------------------------------------------------------- */

/* ":)" and its like, alone between blanks: the end; 0: none. */
static uint32_t smiley(const dl_cut *c, uint32_t i)
{
    uint32_t k = i + 1;
    if (!strchr(":;=", at(c, i)) || (i > c->line_beg && !dl_is_space(at(c, i - 1)))) return 0;
    k += at(c, k) == '-';
    if (!at(c, k) || !strchr(")(DP", at(c, k))) return 0;
    return k + 1 >= c->end || dl_is_space(at(c, k + 1)) ? k + 1 : 0;
}

static uint32_t run_of(const dl_cut *c, uint32_t i, const char *set)
{
    while (at(c, i) && strchr(set, at(c, i))) i++;
    return i;
}

/* The clitic or the cut word that an apostrophe at i begins: 's  'em  '90s; 0: it is a mark. */
static uint32_t apostrophe_word(const dl_cut *c, uint32_t i)
{
    static const char *const tails[] = { "s", "m", "d", "re", "ve", "ll", "t" };
    static const char *const words[] = { "em", "cause", "cuz", "til", "tis", "twas", "bout", "n" };
    uint32_t beg = i + apostrophe(c, i), end = word_end(c, beg), n = digits(c, beg);
    bool begins = i == c->line_beg || dl_is_space(at(c, i - 1));
    if (end == beg) return 0;
    if (n == 2 && (end == beg + 2 || (end == beg + 3 && at(c, beg + 2) == 's'))) return end;
    if (!begins && ONE_OF(text(c, beg, end), tails)) return end;
    return ONE_OF(text(c, beg, end), words) && !apostrophe(c, end) ? end : 0;
}

/* The end of the mark or run of marks at i, one token. */
static uint32_t mark_end(const dl_cut *c, uint32_t i, uint32_t next)
{
    int b = at(c, i);
    if (b >= 0x80) return apostrophe(c, i) && apostrophe_word(c, i) ? apostrophe_word(c, i) : next;
    uint32_t end = smiley(c, i);
    if (end) return end;
    if (b == '[' && dl_str_starts(text(c, i, c->end), DL_STR("[...]"))) return i + 5;
    if (b == '.' || b == '!' || b == '?') return run_of(c, i, ".?!");
    if (strchr("-*=~+<>#", b)) {
        uint32_t run = run_of(c, i, (char[]){ (char)b, '\0' });
        if (run > i + 1) return run;
    }
    if ((b == '\'' || b == '`') && at(c, i + 1) == b) return i + 2;
    if (apostrophe(c, i) && (end = apostrophe_word(c, i))) return end;
    if ((b == '#' || b == '@') && dl_is_alpha(at(c, i + 1))) return word_end(c, i + 1);
    if (b == '+' && digits(c, i + 1)) return word_end(c, i + 1);
    return next;
}

/* A figure that begins with its point, ".22": false where a word stands before it. */
static bool point_figure(const dl_cut *c, uint32_t i)
{
    return at(c, i) == '.' && dl_is_digit(at(c, i + 1)) && (i == c->line_beg || !word_at(c, i - 1));
}

/* A word at i, with the stop of an abbreviation; the byte behind it. */
static uint32_t take_word(dl_cut *c, uint32_t i)
{
    uint32_t end = word_end(c, i), path = host_path(c, i, end);
    if (path) {
        put(c, i, path);
        return path;
    }
    if (at(c, end) == '$' && end - i <= 2 && dl_is_upper(at(c, i)) && dl_is_digit(at(c, end + 1))) {
        put(c, i, end + 1); /* US$ */
        return end + 1;
    }
    if (at(c, end) == '.' && at(c, end + 1) != '.' && dl_abbr_of(c, i, end) != DL_ABBR_NONE) {
        uint32_t unit = dl_is_digit(at(c, i)) ? unit_at(c, i, end) : i;
        if (unit > i && unit < end) put(c, i, unit);
        put(c, unit < end ? unit : i, end + 1);
        return end + 1;
    }
    put_word(c, i, end);
    return end;
}

void dl_cut_words(dl_cut *c)
{
    uint32_t i = c->line_beg, next;
    while (i < c->end) {
        uint32_t cp = dl_cut_cp(c, i, &next), end;
        if (dl_cut_blank(cp)) {
            i = next;
            continue;
        }
        if (dl_cut_word(cp) && (i == c->line_beg || !word_at(c, i - 1)) && (end = address(c, i)) > i) {
            put(c, i, end);
            i = end;
        } else if (dl_cut_word(cp)) {
            i = take_word(c, i);
        } else {
            end = point_figure(c, i) ? word_end(c, i + 1) : mark_end(c, i, next);
            put(c, i, end);
            i = end;
        }
    }
}
