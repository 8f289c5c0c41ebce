/* verdict.c: what kind of page it is where it is no article (a page of teasers, an error, a gate), and
 * whether it shows all of its text. Evidence is added up: what the page says of itself (JSON-LD, og:type, a
 * date), its address, and how linked headlines and paragraphs stand to one another. */
#include "extract/html_page.h"

#define INDEX_AT 4       /* evidence that makes it a page of teasers                               */
#define MOST_DAYS 3      /* days of publication that one article states; a page of teasers has more    */
#define GATE_WORDS 150   /* words that an error page or a gate may have                            */
#define GATE_LINES 40    /* lines of it that are looked at                                         */
#define WALLED_WORDS 120 /* a text below that, with a wall, is the beginning of one               */
#define SHORT_WORDS 200  /* the same where it breaks off                                          */
#define PAID_WORDS 500   /* the most that a page which is not free shows above its wall           */
#define PHRASE_WORDS 10  /* words of the longest phrase of data/error_pages.tsv                   */

/* Words; of a script without blanks so many as its characters would be. */
static uint32_t words_of(const dl_xblock *k) { return k->chars > 14 * k->words ? k->chars / 3 : k->words; }

uint32_t dl_verdict_kept(const dl_xpage *p)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->n; i++)
        if (dl_extract_in_body(&p->blk[i])) n += words_of(&p->blk[i]);
    return n;
}

/* ---- What the page says of itself ---- */

typedef struct says {
    dl_str og_type;
    bool listing;       /* JSON-LD: a CollectionPage, SearchResultsPage                           */
    bool dated;         /* meta data: a day of publication                                        */
    uint64_t wordcount; /* JSON-LD, the largest; 0: none                                          */
} says;

/* The number behind a key of JSON, quoted or not. */
static uint64_t number_at(dl_str s, size_t at)
{
    uint64_t v = 0;
    while (at < s.len && (dl_is_space((unsigned char)s.p[at]) || s.p[at] == ':' || s.p[at] == '"')) at++;
    for (; at < s.len && dl_is_digit((unsigned char)s.p[at]) && v < 1000000; at++) v = v * 10 + (uint64_t)(s.p[at] - '0');
    return v;
}

static void script_says(says *y, dl_str s)
{
    y->listing |=
        dl_str_find(s, DL_STR("CollectionPage\""), 0) != SIZE_MAX || dl_str_find(s, DL_STR("SearchResultsPage\""), 0) != SIZE_MAX;
    static const char key[] = "wordCount\"";
    for (size_t at = 0; (at = dl_str_find(s, DL_STR(key), at)) != SIZE_MAX;) {
        at += sizeof key - 1;
        const uint64_t n = number_at(s, at);
        if (n > y->wordcount) y->wordcount = n;
    }
}

static says what_it_says(const dl_xhtml *h)
{
    const dl_dom *d = &h->d;
    says y = { 0 };
    for (uint32_t n = 0; n < d->n; n++) {
        if (d->type[n] != DL_NODE_ELEMENT) continue;
        if (d->tag[n] == DL_TAG_META && dl_str_eq(dl_dom_attr(d, n, "property"), DL_STR("og:type")))
            y.og_type = dl_dom_attr(d, n, "content");
        if (d->tag[n] == DL_TAG_SCRIPT && d->first[n] != DL_NONE &&
            dl_str_starts_nocase(dl_dom_attr(d, n, "type"), DL_STR("application/ld")))
            script_says(&y, d->data[d->first[n]]);
    }
    const dl_dates *t = &h->p->b->d.dates;
    uint32_t days = 0;
    for (uint32_t i = 0; i < t->n; i++) days += t->basis[i] == DL_BY_META && t->place[i] <= DL_DATE_TIME && !t->modified[i];
    y.dated = days > 0 && days <= MOST_DAYS;
    return y;
}

/* ---- The address ---- */

typedef enum place { PLACE_UNKNOWN, PLACE_ROOT, PLACE_LISTING, PLACE_SECTION, PLACE_ARTICLE } place;

static bool listing_word(dl_str s)
{
    static const char *const words[] = { "tag",     "tags",     "category",  "categories", "topic",    "topics",
                                         "author",  "authors",  "search",    "archive",    "archives", "rubrik",
                                         "thema",   "themen",   "tema",      "temas",      "etiqueta", "page",
                                         "section", "sections", "kategorie", "categoria",  "rubrique" };
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_eq_nocase(s, dl_str_of(words[i]))) return true;
    return false;
}

/* A name of a section or a page's number, not an article's: no long row of words, no long number. */
static bool short_name(dl_str s)
{
    uint32_t dashes = 0, digits = 0;
    for (size_t i = 0; i < s.len; i++) {
        dashes += s.p[i] == '-' || s.p[i] == '_';
        digits += dl_is_digit((unsigned char)s.p[i]);
    }
    return s.len <= 40 && dashes <= 2 && digits <= 4;
}

static place place_of(const dl_xpage *p)
{
    dl_str url = p->raw->url.len ? p->raw->url : dl_doc_str(&p->b->d, p->b->meta.canonical), part;
    const size_t host = dl_str_find(url, DL_STR("://"), 0);
    if (host == SIZE_MAX) return PLACE_UNKNOWN;
    size_t at = dl_str_find(url, DL_STR("/"), host + 3), end = url.len;
    for (size_t i = host + 3; i < end; i++)
        if (url.p[i] == '#' || url.p[i] == '?') end = i;
    if (end < url.len && url.p[end] == '?') return PLACE_SECTION; /* "?p=123" is an article's as well */
    if (at == SIZE_MAX || at + 1 >= end) return PLACE_ROOT;
    dl_str rest = dl_str_cut(url, at + 1, end);
    uint32_t parts = 0;
    bool listing = false, last_short = true;
    while (dl_str_next(&rest, '/', &part)) {
        if (!part.len) continue;
        if (parts++ == 0 && (dl_str_eq_nocase(part, DL_STR("index.html")) || dl_str_eq_nocase(part, DL_STR("index.php"))))
            return PLACE_ROOT;
        listing |= listing_word(part);
        last_short = short_name(part);
    }
    return !last_short ? PLACE_ARTICLE : listing && parts <= 4 ? PLACE_LISTING : PLACE_SECTION;
}

/* ---- Headlines and paragraphs ---- */

typedef struct shape {
    uint32_t words;     /* kept                                                                  */
    uint32_t kept;      /* blocks of the body                                                    */
    uint32_t longest;   /* words of the longest of them                                          */
    uint32_t headlines; /* linked ones, outside menus                                            */
    uint32_t between;   /* of these between the first and the last block of the body             */
} shape;

static bool headline(const dl_xblock *k)
{
    const bool wide = k->text.len * 2 >= (size_t)k->chars * 5; /* three bytes a character: Chinese, Japanese, Korean ... */
    const bool enough = wide ? k->chars >= 8 && k->chars <= 80 : k->words >= 4 && k->words <= 30 && k->chars >= 16;
    return enough && k->link * 10 >= k->chars * 7 && !(k->flags & (DL_ZONE_NAV | DL_ZONE_FOOT));
}

/* A linked headline counts as one even where it was kept: a list of them looks like a text. */
static shape shape_of(const dl_xpage *p)
{
    shape s = { 0 };
    uint32_t waiting = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        const dl_xblock *k = &p->blk[i];
        const bool body = dl_extract_in_body(k);
        if (headline(k)) {
            s.headlines++;
            waiting++;
        } else if (body) {
            const uint32_t words = words_of(k);
            if (s.kept++) s.between += waiting;
            if (words > s.longest) s.longest = words;
            waiting = 0;
        }
        s.words += body ? words_of(k) : 0;
    }
    return s;
}

/* What speaks for a page of teasers, less what speaks for an article. */
static int teasers(const dl_xhtml *h, const says *y, shape s)
{
    int n = 0;
    const place at = place_of(h->p);
    n += at == PLACE_ROOT || at == PLACE_LISTING ? 2 : at == PLACE_ARTICLE ? -2 : 0;
    n += y->listing && !h->ld.found ? 2 : 0;
    const bool general = dl_str_eq_nocase(y->og_type, DL_STR("website")) || dl_str_eq_nocase(y->og_type, DL_STR("profile"));
    n += general ? 1 : y->og_type.len ? -2 : 0;
    n -= h->ld.found ? 3 : y->dated ? 1 : 0;
    n += (s.headlines >= 20) + (s.headlines >= 60) + (s.headlines >= 20 && s.headlines >= 3 * s.kept ? 2 : 0);
    n += s.between >= 8 && s.between * 3 >= s.kept * 2 ? 3 : s.between >= 4 && s.between * 2 >= s.kept ? 2 : 0;
    n += (s.longest < 40) + (s.words < 100) + (s.words ? 0 : 2);
    n -= (s.longest >= 80) + (s.words >= 300 && s.between * 4 < s.kept ? 2 : 0);
    return n;
}

/* ---- Errors and gates ---- */

/* Does the line begin with a phrase of the table? `whole`: with at most a few words more, as a window's title has. */
static bool phrase(const dl_tsv *t, dl_str norm, bool whole)
{
    size_t end = 0;
    for (int n = 0; n < PHRASE_WORDS && end < norm.len; n++) {
        for (end += n > 0; end < norm.len && norm.p[end] != ' '; end++) {
        }
        for (uint32_t r = dl_tsv_find(t, dl_str_cut(norm, 0, end)); r != DL_NONE; r = dl_tsv_more(t, r))
            if (dl_tsv_cell(t, r, 1).p[0] == '^' || (whole && norm.len - end <= 40)) return true;
    }
    return false;
}

/* A headline: of HTML an element that says so, of plain text a short line. */
static bool may_head(const dl_xpage *p, const dl_xblock *k)
{
    return p->raw->kind == DL_RAW_HTML ? (k->flags & DL_ZONE_HEADING) != 0 : k->words <= 8;
}

static bool says_gate(dl_xpage *p, const dl_tsv *t)
{
    if (phrase(t, dl_extract_norm(p->a, p->title), true)) return true;
    for (uint32_t i = 0; i < p->n && i < GATE_LINES; i++)
        if (!(p->blk[i].flags & DL_ZONE_COMMENT) && phrase(t, p->blk[i].norm, may_head(p, &p->blk[i]))) return true;
    return false;
}

static bool is_gate(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    const dl_tsv t = dl_tsv_open(p->models, "error_pages");
    for (uint32_t n = 0; n < h->d.n && n < h->body; n++)
        if (h->d.tag[n] == DL_TAG_TITLE && phrase(&t, dl_extract_norm(p->a, dl_walk_text(h, n, 200)), true)) return true;
    return says_gate(p, &t);
}

/* ---- Is the text whole? ---- */

static bool ends_open(const dl_xpage *p)
{
    static const char *const dots[] = { "\xe2\x80\xa6", "...", "[\xe2\x80\xa6]", "[...]", "(\xe2\x80\xa6)", "(...)" };
    for (uint32_t i = p->n; i-- > 0;) {
        const dl_xblock *k = &p->blk[i];
        if (!dl_extract_in_body(k)) continue;
        for (size_t m = 0; m < DL_COUNT(dots); m++)
            if (dl_str_ends(k->text, dl_str_of(dots[m]))) return true;
        return false;
    }
    return false;
}

static bool walled(const dl_xpage *p)
{
    for (uint32_t i = 0; i < p->n; i++) {
        const dl_xblock *k = &p->blk[i];
        if (dl_extract_in_body(k)) continue;
        if (k->flags & (DL_ZONE_NAV | DL_ZONE_FOOT | DL_ZONE_COMMENT | DL_ZONE_RELATED)) continue;
        if (((k->flags & DL_ZONE_WALL) && k->words >= 3) || (k->lex == DL_LEX_WALL && k->words >= 4)) return true;
    }
    return false;
}

/* A wall alone does not say it: many pages carry one that is shown to some readers and hold the text all the
 * same. What is there must look like a beginning. */
static bool is_cut(const dl_xhtml *h, const says *y, uint32_t words)
{
    const bool open = ends_open(h->p), wall = walled(h->p);
    const uint64_t stated = y->wordcount > h->ld_words ? y->wordcount : h->ld_words;
    const bool longer = stated >= words + 100 && stated >= 2 * (uint64_t)words;
    if (h->ld_words >= WALLED_WORDS && words * 5 >= h->ld_words * 4) return open && h->ld.paid; /* all that is stated is here */
    if (!words) return wall || h->ld.paid;
    if (words < WALLED_WORDS && (h->ld.paid || wall)) return true;
    if (words < SHORT_WORDS && (h->ld.paid || open || (longer && stated >= 3 * (uint64_t)words))) return true;
    return (h->ld.paid && wall && words < PAID_WORDS) || (longer && (h->ld.paid || wall || open));
}

void dl_verdict_judge(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    const says y = what_it_says(h);
    const shape s = shape_of(p);
    p->other = s.words < GATE_WORDS && !h->ld.found && is_gate(h);
    p->index = !p->other && s.headlines >= 8 && s.headlines * 3 >= s.kept && teasers(h, &y, s) >= INDEX_AT;
    p->truncated = !p->other && !p->index && is_cut(h, &y, s.words);
}

void dl_verdict_text(dl_xpage *p)
{
    const uint32_t words = dl_verdict_kept(p);
    const dl_tsv t = dl_tsv_open(p->models, "error_pages");
    if (p->live || words >= SHORT_WORDS) return;
    p->other = words < GATE_WORDS && p->n <= GATE_LINES && says_gate(p, &t);
    p->truncated |= !p->other && ends_open(p);
}
