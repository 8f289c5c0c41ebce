/* credits.c: who wrote it and from whom it is taken: bylines, agencies, "source:" and "photo:". */
#include "base/utf8.h"
#include "extract/page.h"

/* Two to five words with capitals. */
static bool proper_words(dl_str s)
{
    uint32_t words = 0;
    dl_str rest = s, w;
    while (dl_str_next(&rest, ' ', &w)) {
        if (!w.len || !dl_is_upper((unsigned char)w.p[0])) return false;
        words++;
    }
    return words >= 2 && words <= 5;
}

/* No table has them all: "Corvin Press", "Halm News Agency". */
static bool agency_form(dl_str s)
{
    static const char *const ends[] = { " Press", " News Agency",  " Press Agency",     " Newswire",
                                        " Wire",  " News Service", " Press Association" };
    for (size_t i = 0; i < DL_COUNT(ends); i++)
        if (dl_str_ends(s, dl_str_of(ends[i]))) return proper_words(s);
    return false;
}

bool dl_extract_newsroom_form(dl_str s)
{
    static const char *const ends[] = { " News",  " Times", " Post",       " Tribune", " Herald", " Gazette",
                                        " Radio", " TV",    " Television", " Daily",   " Today" };
    s = dl_str_trim(s);
    for (size_t i = 0; i < DL_COUNT(ends); i++)
        if (dl_str_ends(s, dl_str_of(ends[i]))) return proper_words(s);
    return agency_form(s);
}

dl_str dl_extract_agency(const dl_xpage *p, dl_str s)
{
    s = dl_str_trim(s);
    while (s.len && (s.p[s.len - 1] == '.' || s.p[s.len - 1] == ',')) s.len--;
    if (s.len > 4 && dl_str_starts_nocase(s, DL_STR("the "))) {
        dl_str rest = dl_str_cut(s, 4, s.len);
        uint32_t r = dl_tsv_find(&p->agencies, rest);
        if (r != DL_NONE) return dl_tsv_cell(&p->agencies, r, 1);
    }
    uint32_t r = dl_tsv_find(&p->agencies, s);
    if (r != DL_NONE) return dl_tsv_cell(&p->agencies, r, 1);
    if (agency_form(s)) return s;
    /* "PRESS ASSOCIATION": capitals throughout; short forms must stand as they are */
    char title[64];
    if (s.len < 6 || s.len >= sizeof title) return (dl_str){ NULL, 0 };
    bool word = false;
    for (size_t i = 0; i < s.len; i++) {
        if (dl_is_lower(s.p[i])) return (dl_str){ NULL, 0 };
        title[i] = word ? dl_lower(s.p[i]) : s.p[i];
        word = dl_is_alpha(s.p[i]);
    }
    r = dl_tsv_find(&p->agencies, (dl_str){ title, s.len });
    return r == DL_NONE ? (dl_str){ NULL, 0 } : dl_tsv_cell(&p->agencies, r, 1);
}

void dl_extract_author(dl_xpage *p, dl_str name)
{
    dl_authors *t = &p->b->d.authors;
    for (uint32_t i = 0; i < t->n; i++)
        if (dl_str_eq_nocase(dl_doc_str(&p->b->d, t->name[i]), name)) return;
    uint32_t r = dl_row(p->b, DL_T_AUTHORS);
    if (r != DL_NONE) p->b->d.authors.name[r] = dl_put(p->b, name);
}

void dl_extract_credit(dl_xpage *p, dl_str name, dl_credit_kind kind, dl_span src)
{
    dl_credits *t = &p->b->d.credits;
    for (uint32_t i = 0; i < t->n; i++)
        if (t->kind[i] == kind && dl_str_eq(dl_doc_str(&p->b->d, t->name[i]), name)) return;
    uint32_t r = dl_row(p->b, DL_T_CREDITS);
    if (r == DL_NONE) return;
    t = &p->b->d.credits;
    t->name[r] = dl_put(p->b, name);
    t->kind[r] = (uint8_t)kind;
    t->raw[r] = dl_extract_raw(p, src);
}

static bool particle(dl_str w)
{
    static const char *const words[] = { "de",  "da", "do",  "dos", "das", "di", "del", "della", "der", "den", "van",
                                         "von", "zu", "zum", "la",  "le",  "du", "al",  "el",    "bin", "ibn", "ben",
                                         "y",   "e",  "af",  "ter", "ten", "st", "O",   "dal",   "vom" };
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_eq(w, dl_str_of(words[i]))) return true;
    return false;
}

static bool no_name(dl_str w)
{
    static const char *const words[] = {
        "staff",    "editor",    "editors",  "editorial", "correspondent", "reporter",     "writer",       "news",
        "desk",     "team",      "agency",   "agencies",  "newsroom",      "bureau",       "admin",        "online",
        "service",  "press",     "media",    "redaktion", "redaccion",     "redacao",      "redazione",    "politics",
        "business", "sport",     "sports",   "board",     "columnist",     "producer",     "photographer", "journalist",
        "analyst",  "chief",     "the",      "our",       "your",          "and",          "web",          "digital",
        "special",  "published", "updated",  "last",      "modified",      "read",         "follow",       "subscribe",
        "more",     "share",     "this",     "author",    "contributor",   "contributors", "email",        "archive",
        "author",   "home",      "view",     "profile",   "wires",         "wire",         "reports",      "network",
        "post",     "times",     "daily",    "herald",    "com",           "www",          "http",         "https",
        "january",  "february",  "march",    "april",     "june",          "july",         "august",       "september",
        "october",  "november",  "december", "monday",    "tuesday",       "wednesday",    "thursday",     "friday",
        "saturday", "sunday",    "redactie", "redakcja",  "guest",         "political",    "foreign",      "world",
        "senior",   "deputy",    "former",   "professor", "director",      "university",   "institute",    "an",
        "at",       "on",        "for",      "with",      "from",          "is",           "was",          "to",
        "afp",      "ap",        "reuters",  "dpa",       "photo",         "image",        "video"
    };
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_eq_nocase(w, dl_str_of(words[i]))) return true;
    return false;
}

/* Two to five words that begin with capitals, particles between them. */
bool dl_extract_name_like(dl_str s)
{
    s = dl_str_trim(s);
    if (s.len < 4 || s.len > 60) return false;
    uint32_t words = 0, caps = 0;
    dl_str rest = s, w;
    while (dl_str_next(&rest, ' ', &w)) {
        if (!w.len) continue;
        size_t i = 0;
        uint32_t cp = dl_utf8_next(w, &i);
        for (size_t j = 0; j < w.len; j++)
            if (dl_is_digit(w.p[j]) || w.p[j] == '@' || w.p[j] == ':' || w.p[j] == '/' || w.p[j] == '(' || w.p[j] == '|' ||
                w.p[j] == '!' || w.p[j] == '?')
                return false;
        words++;
        if (no_name(w)) return false;
        bool cap = cp < 0x80 ? dl_is_upper((int)cp) : dl_cp_upper(cp) || (dl_cp_letter(cp) && !dl_cp_lower(cp));
        if (cap)
            caps++;
        else if (!particle(w) && !(w.len > 2 && (w.p[1] == '\'' || (w.p[0] == 'a' && w.p[1] == 'l'))))
            return false;
    }
    return words >= 2 && words <= 5 && caps >= 2;
}

/* "Ann Lee Dec": a date stood behind the name. */
static dl_str without_month(const dl_xpage *p, dl_str s)
{
    size_t at = s.len;
    while (at > 0 && s.p[at - 1] != ' ') at--;
    char f[32];
    size_t n = dl_fold(f, sizeof f, dl_str_cut(s, at, s.len));
    bool month = at > 0 && n >= 3 && n <= sizeof f && dl_tsv_find(&p->months, (dl_str){ f, n }) != DL_NONE;
    return month ? dl_str_trim(dl_str_cut(s, 0, at)) : s;
}

/* Where a piece of a byline ends: at " in Kyiv", " for BBC News", a bar, a bullet, a digit. */
static dl_str cut_piece(const dl_xpage *p, dl_str s)
{
    static const char *const stops[] = { " in ",
                                         " for ",
                                         " at ",
                                         " | ",
                                         " \xe2\x80\xa2 ",
                                         " \xc2\xb7 ",
                                         " \xe2\x80\x93 ",
                                         " \xe2\x80\x94 ",
                                         " - ",
                                         " / ",
                                         "Published",
                                         "Updated",
                                         " on ",
                                         " (",
                                         " @",
                                         " aus ",
                                         " \xe2\x80\xba ",
                                         " for:",
                                         " Posted",
                                         " Last ",
                                         " | ",
                                         "|",
                                         " from ",
                                         " \xc3\xa0 ",
                                         " is ",
                                         " was " };
    for (size_t i = 0; i < DL_COUNT(stops); i++) {
        size_t at = dl_str_find(s, dl_str_of(stops[i]), 0);
        if (at != SIZE_MAX) s.len = at;
    }
    size_t len = s.len;
    for (size_t i = 0; i < s.len; i++)
        if (dl_is_digit(s.p[i])) s.len = i;
    return len == s.len ? dl_str_trim(s) : without_month(p, dl_str_trim(s));
}

/* Splits at the first of ", " " and " " & " ";" " und " ...: what stands before it. */
static bool next_piece(dl_str *rest, dl_str *piece)
{
    static const char *const seps[] = { ", and ", " and ", " And ", " AND ", ", ",  " & ", ";",      " und ", " et ",
                                        " y ",    " og ",  " och ", " en ",  " e ", " i ", " with ", " und ", "/" };
    if (!rest->len) return false;
    size_t best = SIZE_MAX, len = 0;
    for (size_t i = 0; i < DL_COUNT(seps); i++) {
        size_t at = dl_str_find(*rest, dl_str_of(seps[i]), 0);
        if (at < best) best = at, len = strlen(seps[i]);
    }
    if (best == SIZE_MAX) {
        *piece = *rest;
        rest->len = 0;
    } else {
        *piece = dl_str_cut(*rest, 0, best);
        *rest = dl_str_cut(*rest, best + len, rest->len);
    }
    return true;
}

static dl_str tidy(dl_str s)
{
    s = dl_str_trim(s);
    while (s.len && strchr(".,:;*-|", s.p[s.len - 1]) &&
           !(s.p[s.len - 1] == '.' && s.len > 4 &&
             (s.p[s.len - 3] == ' ' || dl_str_ends(s, DL_STR(" Jr.")) || dl_str_ends(s, DL_STR(" Sr.")))))
        s.len--;
    while (s.len && strchr(".,:;*-|>", s.p[0])) s.p++, s.len--;
    return dl_str_trim(s);
}

/* Names and agencies in a byline. Returns how many; records them when `keep`. */
static uint32_t read_names(dl_xpage *p, dl_str s, dl_span src, bool keep)
{
    uint32_t n = 0;
    dl_str piece;
    for (int i = 0; i < 24 && next_piece(&s, &piece); i++) {
        dl_str in = { NULL, 0 };
        size_t open = dl_str_find(piece, DL_STR("("), 0), close = dl_str_find(piece, DL_STR(")"), 0);
        if (open != SIZE_MAX && close != SIZE_MAX && close > open) in = dl_str_cut(piece, open + 1, close);
        dl_str name = tidy(cut_piece(p, piece));
        if (dl_str_starts_nocase(name, DL_STR("by "))) name = dl_str_trim(dl_str_cut(name, 3, name.len));
        dl_str agency = dl_extract_agency(p, name);
        if (!agency.len && in.len) {
            dl_str other = dl_extract_agency(p, in);
            if (other.len && keep) dl_extract_credit(p, in, DL_CREDIT_BYLINE, src);
        }
        if (agency.len) {
            if (keep) dl_extract_credit(p, name, DL_CREDIT_BYLINE, src);
            n++;
        } else if (dl_extract_name_like(name)) {
            if (keep) dl_extract_author(p, name);
            n++;
        }
    }
    return n;
}

void dl_extract_names(dl_xpage *p, dl_str names, dl_span src) { (void)read_names(p, names, src, true); }

/* Length of what a byline begins with, and whether it alone makes the line one. */
static size_t byline_start(dl_str t, bool *sure)
{
    static const struct {
        const char *z;
        bool sure;
    } starts[] = {
        { "Story by ", true },     { "Words by ", true },     { "Written by ", true },   { "Reported by ", true },
        { "Reporting by ", true }, { "Posted by ", true },    { "Published by ", true }, { "Edited by ", true },
        { "Author: ", true },      { "Authors: ", true },     { "By: ", true },          { "BY: ", true },
        { "By ", false },          { "BY ", false },          { "by ", false },          { "Von ", false },
        { "VON ", false },         { "Par ", false },         { "PAR ", false },         { "Por ", false },
        { "POR ", false },         { "Di ", false },          { "Door ", false },        { "Av ", false },
        { "Af ", false },          { "Text: ", true },        { "Autor: ", true },       { "Auteur: ", true },
        { "Autore: ", true },      { "Reporter: ", true },    { "Text von ", true },     { "Propos recueillis par ", true },
        { "Analysis by ", true },  { "Interview by ", true }, { "Opinion by ", true }
    };
    for (size_t i = 0; i < DL_COUNT(starts); i++)
        if (dl_str_starts(t, dl_str_of(starts[i].z))) {
            *sure = starts[i].sure;
            return strlen(starts[i].z);
        }
    return 0;
}

bool dl_extract_byline(dl_xpage *p, const dl_xblock *k, bool keep)
{
    bool sure = false;
    size_t at = byline_start(k->text, &sure), by = dl_str_find_nocase(k->text, DL_STR(" by "), 0);
    if (!at && by != SIZE_MAX && k->lex == DL_LEX_BYLINE) at = by + 4; /* a date stands before it */
    if (!at || at >= k->text.len) return false;
    if (k->closed && k->words > 8) return false;
    dl_str names = dl_str_cut(k->text, at, k->text.len);
    return read_names(p, names, k->src, keep) > 0;
}

static bool domain_like(dl_str s)
{
    size_t dot = dl_str_find(s, DL_STR("."), 1);
    return dot != SIZE_MAX && dot + 2 < s.len && dl_str_find(s, DL_STR(" "), 0) == SIZE_MAX && dl_is_alpha(s.p[dot + 1]);
}

static bool nameless(dl_str s)
{
    static const char *const words[] = { "agencies",       "news agencies", "agency",         "wire services", "wires",
                                         "agency reports", "wire reports",  "agencias",       "agences",       "agenturen",
                                         "agenzie",        "agencje",       "other agencies", "media reports" };
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_eq_nocase(s, dl_str_of(words[i]))) return true;
    return false;
}

static void read_sources(dl_xpage *p, dl_str s, dl_span src)
{
    dl_str piece;
    for (int i = 0; i < 12 && next_piece(&s, &piece); i++) {
        piece = tidy(piece);
        if (!piece.len || piece.len > 80) continue;
        dl_str agency = dl_extract_agency(p, piece);
        dl_extract_credit(p, piece, DL_CREDIT_SOURCE, src);
        bool named = !agency.len && !nameless(piece) && (domain_like(piece) || dl_is_upper(piece.p[0]));
        if (named && !p->outlet.len && i == 0) p->outlet = piece;
    }
}

static bool starts_word(dl_str norm, dl_str word)
{
    return dl_str_starts(norm, word) && (norm.len == word.len || norm.p[word.len] == ' ' || norm.p[word.len] == 's');
}

void dl_extract_credit_line(dl_xpage *p, const dl_xblock *k)
{
    static const char *const sources[] = { "source",
                                           "quelle",
                                           "fuente",
                                           "fonte",
                                           "bron",
                                           "zrodlo",
                                           "agency",
                                           "agencies",
                                           "with agencies",
                                           "with inputs from",
                                           "with input from",
                                           "with files from",
                                           "with reporting by",
                                           "with information from",
                                           "compiled from" };
    dl_str value = k->text;
    size_t colon = dl_str_find(value, DL_STR(":"), 0);
    if (colon != SIZE_MAX && colon < 40) value = dl_str_trim(dl_str_cut(value, colon + 1, value.len));
    bool source = false;
    for (size_t i = 0; i < DL_COUNT(sources) && !source; i++) {
        source = starts_word(k->norm, dl_str_of(sources[i]));
        dl_str start = dl_str_of(sources[i]);
        if (source && colon == SIZE_MAX && value.len > start.len + 1 && dl_str_find(start, DL_STR(" "), 0) != SIZE_MAX &&
            !dl_str_eq(start, DL_STR("with agencies")))
            value = dl_str_trim(dl_str_cut(value, start.len, value.len));
    }
    if (dl_str_starts_nocase(value, DL_STR("with "))) value = dl_str_cut(value, 5, value.len);
    if (source)
        read_sources(p, value, k->src);
    else if (value.len && value.len <= 100)
        dl_extract_credit(p, value, DL_CREDIT_PHOTO, k->src);
}
