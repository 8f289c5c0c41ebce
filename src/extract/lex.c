/* lex.c: what a line is by its words alone, from data/furniture.tsv and a few shapes.
 * Position and neighbours are not looked at here. */
#include "base/hash.h"
#include "base/utf8.h"
#include "extract/page.h"

#define PREFIX_WORDS 6 /* longest phrase of the table that is looked for                        */
#define ANY_WORDS 60   /* longer lines are not searched inside                                   */

static const struct {
    const char *name;
    dl_lex lex;
} classes[] = {
    { "tail", DL_LEX_TAIL },       { "tease", DL_LEX_TEASE }, { "promo", DL_LEX_PROMO }, { "wall", DL_LEX_WALL },
    { "ad", DL_LEX_AD },           { "share", DL_LEX_SHARE }, { "legal", DL_LEX_LEGAL }, { "template", DL_LEX_TEMPLATE },
    { "tagline", DL_LEX_TAGLINE }, { "live", DL_LEX_LIVE },   { "note", DL_LEX_NOTE },   { "credit", DL_LEX_CREDIT },
};

static dl_lex class_of(dl_str name)
{
    for (size_t i = 0; i < DL_COUNT(classes); i++)
        if (dl_str_eq(name, dl_str_of(classes[i].name))) return classes[i].lex;
    return DL_LEX_NONE; /* "cue" */
}

/* Byte behind the n-th word of a norm. */
static size_t word_end(dl_str norm, size_t from)
{
    size_t i = from;
    while (i < norm.len && norm.p[i] != ' ') i++;
    return i;
}

/* The class of the first phrase of kind '~' that stands anywhere in it; *cue: so does a cue. */
static dl_lex anywhere(const dl_xpage *p, const dl_xblock *k, bool *cue)
{
    dl_lex found = DL_LEX_NONE;
    if (k->words > ANY_WORDS) return found;
    for (size_t i = 0; i < k->norm.len; i = word_end(k->norm, i) + 1) {
        size_t end = i;
        if (!dl_extract_bit(p->phrase_bits, dl_str_cut(k->norm, i, word_end(k->norm, i)))) continue;
        for (int n = 0; n < 5 && end < k->norm.len; n++) {
            end = word_end(k->norm, end + (n > 0));
            for (uint32_t r = dl_tsv_find(&p->phrases, dl_str_cut(k->norm, i, end)); r != DL_NONE;
                 r = dl_tsv_more(&p->phrases, r)) {
                if (dl_tsv_cell(&p->phrases, r, 2).p[0] != '~') continue;
                dl_lex l = class_of(dl_tsv_cell(&p->phrases, r, 1));
                if (l == DL_LEX_NONE) *cue = true;
                if (l != DL_LEX_NONE && found == DL_LEX_NONE) found = l;
            }
        }
    }
    return found;
}

/* Does a colon, a dash or a bar follow the first `words` words of the text? */
static bool colon_after(dl_str text, int words)
{
    bool in = false;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.p[i];
        bool word = c >= 0x80 || dl_is_alpha(c) || dl_is_digit(c) || c == '\'';
        if (in && !word && --words == 0) {
            while (i < text.len && text.p[i] == ' ') i++;
            return i < text.len && (text.p[i] == ':' || text.p[i] == '|' || text.p[i] == '>' || text.p[i] == '/');
        }
        in = word;
    }
    return false;
}

/* How many more words a line may have behind the phrase that starts it. */
static bool fits(dl_lex l, const dl_xblock *k, uint32_t phrase)
{
    uint32_t more = k->words - phrase;
    switch (l) {
    case DL_LEX_TAIL: return more <= 4 && (!k->closed || !more || k->text.p[k->text.len - 1] == '?');
    case DL_LEX_TEASE: return more <= 30;
    case DL_LEX_PROMO: return more <= 24;
    case DL_LEX_WALL: return more <= 30;
    case DL_LEX_AD: return more <= 8;
    case DL_LEX_LIVE: return more <= 8;
    case DL_LEX_LEGAL: return more <= 40;
    case DL_LEX_CREDIT: return more <= 14;
    default: return true;
    }
}

static bool rule_holds(char how, dl_lex l, const dl_xblock *k, uint32_t n, bool cue)
{
    if (how == '=') return k->words == n;
    if (!fits(l, k, n)) return false;
    if (how == '^') return true;
    if (how == ':') return k->words == n || colon_after(k->text, (int)n);
    return how == '?' && (k->words == n || cue);
}

/* The longest phrase of the table that the line starts with and whose rule holds. */
static dl_lex by_phrase(const dl_xpage *p, const dl_xblock *k)
{
    bool cue = false;
    dl_lex any = anywhere(p, k, &cue);
    size_t ends[PREFIX_WORDS], end = 0;
    uint32_t n = 0;
    while (n < PREFIX_WORDS && end < k->norm.len) {
        end = word_end(k->norm, end + (n > 0));
        ends[n++] = end;
    }
    for (; n > 0; n--)
        for (uint32_t r = dl_tsv_find(&p->phrases, dl_str_cut(k->norm, 0, ends[n - 1])); r != DL_NONE;
             r = dl_tsv_more(&p->phrases, r)) {
            char how = dl_tsv_cell(&p->phrases, r, 2).p[0];
            dl_lex l = class_of(dl_tsv_cell(&p->phrases, r, 1));
            if (l == DL_LEX_NONE || how == '~') continue;
            if (rule_holds(how, l, k, n, cue)) return l;
            if (l == DL_LEX_TAIL && colon_after(k->text, (int)n) && k->words - n <= 30) return DL_LEX_TEASE; /* "Related: ..." */
        }
    return any;
}

/* "Home News World", "Home > World > Europe": a few words, nearly all of them names of sections. */
static bool is_nav(const dl_xpage *p, const dl_xblock *k)
{
    if (k->words < 2 || k->words > 60 || k->closed) return false;
    uint32_t hits = 0;
    dl_str rest = k->norm, w;
    while (dl_str_next(&rest, ' ', &w)) hits += dl_tsv_find(&p->nav, w) != DL_NONE;
    bool signs = dl_str_find(k->text, DL_STR(" > "), 0) != SIZE_MAX ||
                 dl_str_find(k->text, DL_STR(" \xc2\xbb "), 0) != SIZE_MAX ||
                 dl_str_find(k->text, DL_STR(" \xe2\x80\xba "), 0) != SIZE_MAX;
    return signs ? hits * 3 >= k->words || k->words <= 8 : hits * 5 >= k->words * 4;
}

static uint32_t count_word(dl_str norm, dl_str word)
{
    uint32_t n = 0;
    dl_str rest = norm, w;
    while (dl_str_next(&rest, ' ', &w)) n += dl_str_eq(w, word);
    return n;
}

/* Accessible names of icons run together: "Close icon An icon of a cross ...". */
static bool is_icons(const dl_xblock *k)
{
    if (k->words < 3) return false;
    uint32_t n = count_word(k->norm, DL_STR("icon")) + count_word(k->norm, DL_STR("icons")) + count_word(k->norm, DL_STR("logo"));
    return n >= 3 && n * 12 >= k->words;
}

/* "[[title]]", "{{ name }}", "${x}", "%%x%%", "<%= x %>" and nothing else. */
static bool is_placeholder(dl_str t)
{
    static const char *const pairs[][2] = { { "[[", "]]" }, { "{{", "}}" }, { "${", "}" },
                                            { "%%", "%%" }, { "<%", "%>" }, { "{%", "%}" } };
    for (size_t i = 0; i < DL_COUNT(pairs); i++)
        if (t.len >= 5 && t.len < 120 && dl_str_starts(t, dl_str_of(pairs[i][0])) && dl_str_ends(t, dl_str_of(pairs[i][1])))
            return true;
    return false;
}

static bool is_bullet(dl_str t)
{
    static const char *const marks[] = {
        "-", "*", "\xe2\x80\xa2", "\xe2\x80\x93", "\xe2\x80\x94", "\xc2\xb7", "\xe2\x96\xaa", "\xe2\x97\x8f", "|", "o", ">"
    };
    for (size_t i = 0; i < DL_COUNT(marks); i++)
        if (dl_str_eq(t, dl_str_of(marks[i]))) return true;
    return false;
}

static bool all_digits(dl_str t)
{
    for (size_t i = 0; i < t.len; i++)
        if (!dl_is_digit(t.p[i]) && t.p[i] != '.' && t.p[i] != ',' && t.p[i] != '/' && t.p[i] != '#') return false;
    return t.len > 0 && t.len <= 12;
}

/* "China correspondent", "Live reporter", "BBC News, Kyiv": who somebody is, in a line of its own. */
static bool is_job(const dl_xblock *k)
{
    static const char *const jobs[] = { "correspondent",  "reporter",  "editor",      "producer",       "journalist",
                                        "columnist",      "analyst",   "presenter",   "correspondents", "reporters",
                                        "editors",        "redakteur", "redakteurin", "korrespondent",  "korrespondentin",
                                        "corresponsal",   "redactor",  "redactora",   "journaliste",    "correspondant",
                                        "correspondante", "writer",    "blogger",     "photographer",   "reporterin" };
    if (k->words < 1 || k->words > 9 || k->closed) return false;
    dl_str rest = k->norm, w;
    bool in = false, clause = false;
    while (dl_str_next(&rest, ' ', &w)) {
        for (size_t i = 0; i < DL_COUNT(jobs) && !in && w.len >= 6; i++) in = dl_str_eq(w, dl_str_of(jobs[i]));
        clause |= dl_str_eq(w, DL_STR("is")) || dl_str_eq(w, DL_STR("was")) || dl_str_eq(w, DL_STR("says")) ||
                  dl_str_eq(w, DL_STR("to")) || dl_str_eq(w, DL_STR("after")) || dl_str_eq(w, DL_STR("killed")) ||
                  dl_str_eq(w, DL_STR("by")) || dl_str_eq(w, DL_STR("with")) || dl_str_eq(w, DL_STR("a"));
    }
    return in && !clause;
}

/* A picture's credit at the end: "(Ann Lee/AP)", "Image: DC Studio", "Photograph: Ann Lee/Getty". */
static bool ends_in_credit(const dl_xpage *p, const dl_xblock *k)
{
    static const char *const marks[] = { " Image: ",        " Photo: ",     " Picture: ",  " Pictures: ",     " Photograph: ",
                                         " Photos: ",       " Images: ",    " Credit: ",   " Foto: ",         " Photo credit: ",
                                         " Image credit: ", " Picture by ", " Photo by ",  " Photograph by ", " Image by ",
                                         " Bild: ",         " (Photo by ",  " (Photo: ",   " (Image: ",       " (Foto: ",
                                         " Pic: ",          " (Picture: ",  " File photo", " REUTERS/",       " Getty Images" };
    dl_str t = k->text;
    for (size_t at = t.len > 120 ? t.len - 120 : 0; at + 2 < t.len; at++) {
        if (t.p[at] != ' ' || !(t.p[at + 1] == '(' || dl_is_upper(t.p[at + 1]))) continue;
        for (size_t i = 0; i < DL_COUNT(marks); i++)
            if (marks[i][1] == t.p[at + 1] && marks[i][2] == t.p[at + 2] && at > 0 && t.len - at < 90 &&
                dl_str_starts(dl_str_cut(t, at, t.len), dl_str_of(marks[i])))
                return true;
    }
    if (t.len < 8 || (t.p[t.len - 1] != ')' && !dl_str_ends(t, DL_STR(").")) && !dl_str_ends(t, DL_STR("]")))) return false;
    size_t close = t.p[t.len - 1] == '.' ? t.len - 2 : t.len - 1, open = close;
    while (open > 0 && close - open < 90 && t.p[open] != '(' && t.p[open] != '[') open--;
    if ((t.p[open] != '(' && t.p[open] != '[') || open == 0) return false;
    dl_str in = dl_str_cut(t, open + 1, close);
    size_t slash = dl_str_find(in, DL_STR("/"), 0);
    dl_str tail = in;
    for (size_t s = slash; s != SIZE_MAX; s = dl_str_find(in, DL_STR("/"), s + 1)) tail = dl_str_cut(in, s + 1, in.len);
    bool agency = dl_extract_agency(p, dl_str_trim(tail)).len > 0;
    bool words =
        dl_str_find_nocase(in, DL_STR("photo"), 0) != SIZE_MAX || dl_str_find_nocase(in, DL_STR("image"), 0) != SIZE_MAX ||
        dl_str_find_nocase(in, DL_STR("picture"), 0) != SIZE_MAX || dl_str_find_nocase(in, DL_STR("getty"), 0) != SIZE_MAX ||
        dl_str_find_nocase(in, DL_STR("handout"), 0) != SIZE_MAX || dl_str_find_nocase(in, DL_STR("courtesy"), 0) != SIZE_MAX;
    return words || (agency && (slash != SIZE_MAX || (k->words < 45 && !k->quoted)));
}

/* "AgencyCopyright: Agency": a picture's credit whose label ran into it. */
static bool is_copyright(const dl_xblock *k)
{
    size_t at = dl_str_find(k->text, DL_STR("Copyright: "), 0);
    return at != SIZE_MAX && at < 60 && k->words <= 14 && !k->closed;
}

/* "You can read our guide here.": the link that ends it is lost. */
static bool points_on(const dl_xblock *k)
{
    static const char *const starts[] = { "you can read ", "you can watch ", "you can follow ", "you can find ",
                                          "you can see ",  "read ",          "watch ",          "see ",
                                          "follow ",       "find ",          "click " };
    if (k->words > 20 || k->words < 3 || !dl_str_ends(k->norm, DL_STR(" here"))) return false;
    for (size_t i = 0; i < DL_COUNT(starts); i++)
        if (dl_str_starts(k->norm, dl_str_of(starts[i]))) return true;
    return false;
}

/* A notice about cookies, however well it is written. */
static bool about_cookies(const dl_xblock *k)
{
    uint32_t n = count_word(k->norm, DL_STR("cookie")) + count_word(k->norm, DL_STR("cookies"));
    return k->words >= 8 && n >= 2 && n * 25 >= k->words;
}

/* A picture's credit alone: "Bettmann//Getty Images", "AP Photo/Ann Lee". */
static bool is_agency_credit(const dl_xblock *k)
{
    static const char *const marks[] = { "Getty Images", "AP Photo", "Shutterstock", "Alamy", "AFP via", "REUTERS/",
                                         "/AP",          "/Reuters", "/REUTERS",     "/AFP",  "/EPA",    "/Getty",
                                         "PA Images",    "iStock",   "Photo/",       "/dpa",  "/PA" };
    if (k->words > 9 || k->closed || k->words < 1) return false;
    for (size_t i = 0; i < DL_COUNT(marks); i++)
        if (dl_str_find(k->text, dl_str_of(marks[i]), 0) != SIZE_MAX) return true;
    return false;
}

/* "Monday, May 3, 2021 7:45 am by Ann Lee": a date and a name. */
static bool is_dated_byline(dl_xpage *p, const dl_xblock *k)
{
    dl_printed d;
    size_t by = dl_str_find_nocase(k->text, DL_STR(" by "), 0);
    if (k->words > 18 || k->closed || by == SIZE_MAX || !dl_extract_date(p, k->text, 0, &d)) return false;
    dl_str name = dl_str_cut(k->text, by + 4, k->text.len);
    size_t end = 0, blanks = 0;
    while (end < name.len && blanks < 2) blanks += name.p[end++] == ' ';
    return dl_extract_name_like(dl_str_cut(name, 0, blanks == 2 ? end - 1 : end));
}

static bool is_tagline(const dl_xblock *k) { return k->words <= 30 && k->words >= 3; }

/* "author: Ann Lee", "og:title = ...": a line of leaked metadata. */
static bool is_key(dl_str t)
{
    static const char *const keys[] = { "author",
                                        "title",
                                        "url",
                                        "description",
                                        "keywords",
                                        "image",
                                        "tags",
                                        "site_name",
                                        "sitename",
                                        "hostname",
                                        "source_url",
                                        "published_time",
                                        "date_published",
                                        "datePublished",
                                        "dateModified",
                                        "modified_time",
                                        "article:published_time",
                                        "article:author",
                                        "og:title",
                                        "og:url",
                                        "og:image",
                                        "og:description",
                                        "og:site_name",
                                        "og:type",
                                        "twitter:card",
                                        "canonical",
                                        "lang",
                                        "language",
                                        "fingerprint",
                                        "id",
                                        "license",
                                        "pagetype",
                                        "categories",
                                        "date" };
    for (size_t i = 0; i < DL_COUNT(keys); i++) {
        dl_str k = dl_str_of(keys[i]);
        if (!dl_str_starts(t, k) || t.len <= k.len + 1) continue;
        char c = t.p[k.len];
        if (c == ':' || c == '=' || (c == ' ' && t.len > k.len + 2 && (t.p[k.len + 1] == ':' || t.p[k.len + 1] == '=')))
            return true;
    }
    return false;
}

static dl_lex by_shape(dl_xpage *p, const dl_xblock *k)
{
    if (is_bullet(k->text)) return DL_LEX_BULLET;
    if (is_placeholder(k->text)) return DL_LEX_TEMPLATE;
    if (all_digits(k->text)) return DL_LEX_NUMBER;
    if (k->words == 0) return DL_LEX_BULLET;
    if (is_icons(k)) return DL_LEX_ICON;
    if (is_key(k->text)) return DL_LEX_KEY;
    if (is_copyright(k) || is_agency_credit(k)) return DL_LEX_CREDIT;
    if (k->words <= 24 && dl_extract_date_line(p, k, false)) return DL_LEX_DATE;
    if (k->words <= 24 && (dl_extract_byline(p, k, false) || is_dated_byline(p, k))) return DL_LEX_BYLINE;
    if (points_on(k)) return DL_LEX_TEASE;
    if (about_cookies(k)) return DL_LEX_LEGAL;
    return DL_LEX_NONE;
}

void dl_extract_lex(dl_xpage *p, dl_xblock *k)
{
    const bool site = k->lex == DL_LEX_SITE;
    dl_lex l = by_shape(p, k);
    if (l == DL_LEX_NONE && k->words <= ANY_WORDS) {
        l = by_phrase(p, k);
        if (l == DL_LEX_TAGLINE && !is_tagline(k)) l = DL_LEX_NONE;
    }
    if (l == DL_LEX_NONE && k->words <= 120 && ends_in_credit(p, k)) l = DL_LEX_CAPTION;
    if (l == DL_LEX_NONE && is_nav(p, k)) l = DL_LEX_NAV;
    if (l == DL_LEX_NONE && is_job(k)) l = DL_LEX_JOB;
    if (l == DL_LEX_NONE && site) l = DL_LEX_SITE;
    k->lex = (uint8_t)l;
}
