/* people.c: a credit taken apart into names. What is cut away: words like "by", job titles, places and
 * outlets behind "in" and "for", dates, addresses. What the words are stands in data/byline_words.tsv. */
#include "extract/people.h"

#include "base/utf8.h"

#define PHRASE 5 /* words of the longest lead                                                   */

void dl_people_open(dl_people *o, dl_xpage *p, dl_str host)
{
    *o = (dl_people){
        .p = p, .words = dl_tsv_open(p->models, "byline_words"), .given = dl_tsv_open(p->models, "firstnames"), .host = host
    };
}

dl_str dl_people_key(const dl_people *o, dl_str name) { return dl_extract_norm(o->p->a, name); }

/* Is the word or phrase, folded, of that kind? */
static bool is(const dl_people *o, dl_str norm, const char *kind)
{
    if (!norm.len) return false;
    for (uint32_t r = dl_tsv_find(&o->words, norm); r != DL_NONE; r = dl_tsv_more(&o->words, r))
        if (dl_str_eq(dl_tsv_cell(&o->words, r, 1), dl_str_of(kind))) return true;
    return false;
}

/* Syllables of Korean are taken apart by folding: the word as it stands is looked for too. */
static bool word_is(const dl_people *o, dl_str word, const char *kind)
{
    return is(o, dl_people_key(o, word), kind) || ((unsigned char)word.p[0] >= 0x80 && is(o, word, kind));
}

bool dl_people_lead(dl_xpage *p, dl_str s)
{
    const dl_people o = { .p = p, .words = dl_tsv_open(p->models, "byline_words") };
    return word_is(&o, s, "lead") || word_is(&o, s, "label");
}

static bool stop_mark(char c) { return c == ':' || c == '\n'; }

/* Bytes of a lead at the start of s ("By ", "Text: ", "Ein Kommentar von "), 0: none. */
static size_t lead(const dl_people *o, dl_str s)
{
    size_t end = 0, best = 0;
    for (int words = 0; words < PHRASE && end < s.len; words++) {
        while (end < s.len && s.p[end] == ' ') end++;
        while (end < s.len && s.p[end] != ' ' && !stop_mark(s.p[end])) end++;
        size_t after = end;
        while (after < s.len && s.p[after] == ' ') after++;
        const bool mark = after < s.len && stop_mark(s.p[after]);
        dl_str key = dl_people_key(o, dl_str_cut(s, 0, end));
        if (end < s.len && (is(o, key, "lead") || (mark && is(o, key, "label")))) best = mark ? after + 1 : after;
        if (mark) break;
    }
    static const char *const wide[] = { "\xef\xbc\x9a", "/" }; /* full-width colon */
    for (size_t i = 0; i < DL_COUNT(wide) && !best; i++) {
        size_t at = dl_str_find(s, dl_str_of(wide[i]), 0);
        if (at != SIZE_MAX && at < 24 && (unsigned char)s.p[0] >= 0x80 && word_is(o, dl_str_cut(s, 0, at), "label"))
            best = at + strlen(wide[i]);
    }
    return best;
}

static dl_str unlead(const dl_people *o, dl_str s, bool *led)
{
    for (int i = 0; i < 3; i++) {
        size_t n = lead(o, s);
        if (!n) break;
        *led = true;
        s = dl_str_trim(dl_str_cut(s, n, s.len));
    }
    size_t blank = dl_str_find(s, DL_STR(" "), 0); /* "Über Ann Lee": the head of a writer's box */
    if (blank != SIZE_MAX && word_is(o, dl_str_cut(s, 0, blank), "about")) s = dl_str_trim(dl_str_cut(s, blank + 1, s.len));
    return s;
}

/* Scripts without capitals, and without blanks inside a name: two to four signs. */
static bool cjk_name(dl_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; n++) {
        const uint32_t cp = dl_utf8_next(s, &i);
        const bool hangul = cp >= 0xac00 && cp <= 0xd7a3;
        if (!hangul && !dl_cp_cjk(cp)) return false;
    }
    return n >= 2 && n <= 4;
}

static uint32_t words_of(dl_str s)
{
    uint32_t n = 0;
    dl_str w;
    while (dl_str_next(&s, ' ', &w)) n += w.len > 0;
    return n;
}

static dl_str last_word(dl_str s)
{
    size_t at = s.len;
    while (at > 0 && s.p[at - 1] != ' ') at--;
    return dl_str_cut(s, at, s.len);
}

bool dl_people_given(const dl_people *o, dl_str s)
{
    if (s.len > 3 && s.p[1] == '.' && s.p[2] == ' ') s = dl_str_cut(s, 3, s.len); /* "L. Daniela Alvarez" */
    size_t end = 0;
    while (end < s.len && s.p[end] != ' ' && s.p[end] != '-') end++;
    dl_str key = dl_people_key(o, dl_str_cut(s, 0, end));
    return key.len && dl_tsv_find(&o->given, key) != DL_NONE;
}

/* Has the name a word of that kind? Each as it stands, and each of its folded parts. */
static bool has_word(const dl_people *o, dl_str s, const char *kind)
{
    dl_str rest = s, parts = dl_people_key(o, s), w;
    while (dl_str_next(&rest, ' ', &w))
        if (w.len && word_is(o, w, kind)) return true;
    while (dl_str_next(&parts, ' ', &w))
        if (is(o, w, kind)) return true;
    return false;
}

/* Names the page's outlet: its words and the outlet's, or the host's, are the same or nearly so. */
static bool is_outlet(const dl_people *o, dl_str name)
{
    dl_str a = dl_people_key(o, name), b = dl_people_key(o, o->p->outlet), h = dl_people_key(o, o->host);
    if (a.len < 3) return false;
    if (b.len >= 3 && (dl_str_eq(a, b) || (a.len > 4 && dl_str_starts(b, a)) || dl_str_starts(a, b))) return true;
    char run[64];
    size_t n = 0;
    for (size_t i = 0; i < a.len && n < sizeof run; i++)
        if (a.p[i] != ' ') run[n++] = a.p[i];
    dl_str joined = { run, n };
    size_t dot = dl_str_find(h, DL_STR(" "), 0);
    dl_str site = dot == SIZE_MAX ? h : dl_str_cut(h, 0, dot);
    return site.len >= 3 && (dl_str_eq(joined, site) || dl_str_starts(a, site));
}

static bool address(dl_str s)
{
    return dl_str_find(s, DL_STR("://"), 0) != SIZE_MAX || dl_str_find(s, DL_STR("@"), 0) != SIZE_MAX ||
           dl_str_find(s, DL_STR("<"), 0) != SIZE_MAX || (s.len && (s.p[0] == '/' || s.p[0] == '#')) ||
           dl_str_find(s, DL_STR("[at]"), 0) != SIZE_MAX || dl_str_starts_nocase(s, DL_STR("www."));
}

static bool letters(dl_str s)
{
    for (size_t i = 0; i < s.len;) {
        uint32_t cp = dl_utf8_next(s, &i);
        if (cp < 0x80 ? dl_is_alpha((int)cp) : dl_cp_letter(cp)) return true;
    }
    return false;
}

static bool is_month(const dl_people *o, dl_str key) { return key.len >= 3 && dl_tsv_find(&o->p->months, key) != DL_NONE; }

/* "SID Nachrichtenagentur": an agency and what it is. */
static bool agency_and(const dl_people *o, dl_str s)
{
    dl_str w = last_word(s);
    return w.len + 2 < s.len && word_is(o, w, "house") &&
           dl_tsv_find(&o->p->agencies, dl_str_cut(s, 0, s.len - w.len - 1)) != DL_NONE;
}

/* The kind of a tidy piece; DL_WHO_KINDS: no name at all. */
static uint8_t kind_of(const dl_people *o, dl_str s)
{
    const uint32_t words = words_of(s);
    if (s.len < 2 || s.len > 90 || words > 9 || address(s) || !letters(s)) return DL_WHO_KINDS;
    dl_str key = dl_people_key(o, s);
    if (is(o, key, "never") || is(o, key, "lead") || is(o, key, "of-job") || is_month(o, key)) return DL_WHO_KINDS;
    const bool given = dl_people_given(o, s), like = dl_extract_name_like(s);
    if (is_outlet(o, s)) return given && like ? DL_WHO_PERSON : DL_WHO_OUTLET; /* a site of one's own */
    if (dl_extract_agency(o->p, s).len || agency_and(o, s)) return DL_WHO_AGENCY;
    if (has_word(o, s, "never") && !(given && like && words == 2)) return DL_WHO_KINDS; /* "Ann Day" */
    if (has_word(o, s, "house") && !(given && words == 2)) return DL_WHO_HOUSE;
    if (has_word(o, s, "job")) return given && words == 2 ? DL_WHO_PERSON : DL_WHO_HOUSE;
    if (cjk_name(s)) return DL_WHO_PERSON;
    if (words == 1) return DL_WHO_ONE;
    return like ? DL_WHO_PERSON : DL_WHO_OTHER;
}

/* "Ann Lee in Kyiv", "Ann Lee is a reporter": cut where a name stands before such a word. */
static dl_str cut_behind(dl_str s)
{
    static const char *const stops[] = { " in ",     " for ",    " at ",       " from ", " on ",  " is ",   " was ",
                                         " has ",    " aus ",    " \xc3\xa0 ", " ist ",  " via ", " para ", " desde ",
                                         " covers ", " writes ", " i ",        " fra ",  " In ",  " @" };
    size_t best = s.len;
    for (size_t i = 0; i < DL_COUNT(stops); i++) {
        size_t at = dl_str_find(s, dl_str_of(stops[i]), 0);
        if (at < best && at > 2) best = at;
    }
    return dl_str_cut(s, 0, best);
}

static bool number_word(dl_str w)
{
    for (size_t i = 0; i < w.len; i++)
        if (dl_is_digit(w.p[i])) return true;
    return false;
}

/* Job titles, dates and the like behind a name, word by word. */
static dl_str cut_tail(const dl_people *o, dl_str s)
{
    size_t keep = s.len;
    dl_str head = s;
    while (words_of(head) > 1) {
        dl_str w = last_word(head), key = dl_people_key(o, w);
        const bool month = is_month(o, key) && words_of(head) > 2, never = is(o, key, "never") && words_of(head) > 2;
        const bool sure = word_is(o, w, "job") || number_word(w) || month || never;
        const bool small = w.len <= 3 && dl_is_lower(w.p[0]) && words_of(head) > 2;
        if (!sure && !small && key.len && !is(o, key, "of-job")) break;
        head = dl_str_trim(dl_str_cut(head, 0, head.len - w.len));
        if (sure || small) keep = head.len;
    }
    dl_str cut = dl_str_cut(s, 0, keep), first = dl_str_cut(cut, 0, cut.len);
    size_t blank = dl_str_find(cut, DL_STR(" "), 0);
    if (blank != SIZE_MAX) first.len = blank;
    if (keep == s.len || !cut.len || word_is(o, first, "of-job") || word_is(o, first, "never")) return s;
    return dl_extract_name_like(cut) || cjk_name(cut) || words_of(cut) == 1 ? cut : s;
}

/* "Ann Lee The Daily Wire", "Ann Lee Reuters": an agency's name ran into the person's. */
static dl_str cut_agency(const dl_people *o, dl_str s)
{
    for (size_t i = 4; i + 2 < s.len; i++) {
        if (s.p[i] != ' ') continue;
        dl_str tail = dl_str_cut(s, i + 1, s.len), head = dl_str_cut(s, 0, i);
        if (dl_tsv_find(&o->p->agencies, tail) != DL_NONE && dl_extract_name_like(head)) return head;
    }
    return s;
}

/* "Staff writer Ann Lee", "Reporterin Ann Lee". */
static dl_str cut_head(const dl_people *o, dl_str s)
{
    dl_str rest = s;
    bool job = false;
    while (words_of(rest) > 2) {
        size_t end = dl_str_find(rest, DL_STR(" "), 0);
        dl_str key = dl_people_key(o, dl_str_cut(rest, 0, end));
        if (is(o, key, "job"))
            job = true;
        else if (!is(o, key, "of-job"))
            break;
        rest = dl_str_trim(dl_str_cut(rest, end + 1, rest.len));
    }
    return job && dl_extract_name_like(rest) ? rest : s;
}

static dl_str trim_marks(dl_str s)
{
    s = dl_str_trim(s);
    while (s.len && strchr(".,:;*-|>)\"", s.p[0])) s = dl_str_trim(dl_str_cut(s, 1, s.len));
    while (s.len && strchr(",:;*-|(\"", s.p[s.len - 1])) s = dl_str_trim(dl_str_cut(s, 0, s.len - 1));
    if (s.len > 4 && s.p[s.len - 1] == '.') { /* kept in "Jr.", "Lee G." and "e.V." */
        dl_str w = last_word(s);
        const bool keep = w.len <= 3 || dl_str_find(w, DL_STR("."), 0) + 1 < w.len;
        if (!keep) s = dl_str_cut(s, 0, s.len - 1);
    }
    return s;
}

/* What stands in round brackets is taken out; an agency in them is told. */
static dl_str no_brackets(const dl_people *o, dl_str s, dl_str *agency)
{
    size_t open = dl_str_find(s, DL_STR("("), 0), close = dl_str_find(s, DL_STR(")"), open == SIZE_MAX ? 0 : open);
    if (open == SIZE_MAX) return s;
    if (close != SIZE_MAX) {
        dl_str in = dl_str_cut(s, open + 1, close);
        if (dl_extract_agency(o->p, in).len) *agency = in;
    }
    return open > 1 ? dl_str_cut(s, 0, open) : s;
}

static dl_str tidy(const dl_people *o, dl_str s, bool *led)
{
    s = trim_marks(unlead(o, trim_marks(s), led));
    if (dl_str_starts(s, DL_STR("\xc2\xa9"))) s = dl_str_trim(dl_str_cut(s, 2, s.len));
    dl_str cut = trim_marks(cut_behind(s));
    if (cut.len < s.len && (kind_of(o, cut) == DL_WHO_PERSON || dl_extract_agency(o->p, cut).len)) s = cut;
    s = cut_agency(o, cut_head(o, cut_tail(o, s)));
    return trim_marks(s);
}

/* "Jr.", "PhD": belongs to the name before the comma. */
static bool suffix(dl_str s)
{
    static const char *const words[] = { "Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV", "PhD", "Ph.D.", "MD", "M.D.", "PHD" };
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_eq(s, dl_str_of(words[i]))) return true;
    return false;
}

static void add(const dl_people *o, dl_str s, bool led, dl_who *out, uint32_t *n, bool *job)
{
    bool by = led;
    dl_str agency = { NULL, 0 };
    if (suffix(dl_str_trim(s))) return;
    s = tidy(o, no_brackets(o, s, &agency), &by);
    const uint8_t kind = kind_of(o, s);
    const bool title = kind == DL_WHO_HOUSE && has_word(o, s, "job");
    if (*n && title) *job = true;
    if (kind < DL_WHO_KINDS && *n < DL_WHO_MAX && !(*n && title))
        out[(*n)++] = (dl_who){ .name = s, .kind = kind, .rest = *n > 1, .led = by };
    if (agency.len && *n < DL_WHO_MAX) out[(*n)++] = (dl_who){ .name = agency, .kind = DL_WHO_AGENCY, .rest = 1, .led = by };
}

/* The next place where a credit parts; weak: "and", a slash, which may stand inside a name. */
static size_t part_at(dl_str s, bool weak, size_t *len)
{
    static const char *const strong[] = {
        " \xc2\xbb ",     ", and ",         ", ",           ";",  " | ",          "|",    " \xe2\x80\xa2 ", " \xc2\xb7 ", " - ",
        " \xe2\x80\x93 ", " \xe2\x80\x94 ", "\xe3\x80\x81", "\n", "\xef\xbc\x8c", " // ", " \xe2\x80\xba ", ","
    };
    static const char *const soft[] = { " and ", " And ", " AND ", " & ",  " und ", " UND ", " et ",
                                        " y ",   " og ",  " och ", " en ", " e ",   " i ",   " with ",
                                        " mit ", "/",     " dan ", " a ",  " ve ",  " ja ",  " \xd0\xb8 " };
    const char *const *list = weak ? soft : strong;
    const size_t count = weak ? DL_COUNT(soft) : DL_COUNT(strong);
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t at = dl_str_find(s, dl_str_of(list[i]), 0);
        if (at < best) best = at, *len = strlen(list[i]);
    }
    return best;
}

/* "Ann Lee and Bo Hu" is two where both are names, and "Le Matin et AFP" is one. */
static void add_weak(const dl_people *o, dl_str s, bool led, dl_who *out, uint32_t *n, bool *job)
{
    const uint32_t before = *n;
    dl_str rest = s;
    bool good = true;
    size_t len = 0;
    for (int i = 0; i < DL_WHO_MAX && rest.len; i++) {
        const size_t at = part_at(rest, true, &len);
        const uint32_t here = *n;
        add(o, at == SIZE_MAX ? rest : dl_str_cut(rest, 0, at), led, out, n, job);
        good &= *n > here && (out[here].kind == DL_WHO_PERSON || (out[here].kind == DL_WHO_AGENCY && here > before));
        if (at == SIZE_MAX && i == 0) return;
        rest = at == SIZE_MAX ? (dl_str){ NULL, 0 } : dl_str_cut(rest, at + len, rest.len);
    }
    bool agency = false, given = false;
    for (uint32_t i = before; i < *n; i++) {
        agency |= out[i].kind == DL_WHO_AGENCY;
        given |= out[i].kind == DL_WHO_PERSON && dl_people_given(o, out[i].name);
    }
    if (good && (given || !agency)) return;
    bool person = false; /* a name and something else beside it: the name alone */
    uint32_t kept = before;
    for (uint32_t i = before; i < *n && (given || !agency); i++)
        if (out[i].kind == DL_WHO_PERSON) {
            person = true;
            out[kept++] = out[i];
        }
    *n = person ? kept : before;
    if (!person) add(o, s, led, out, n, job);
}

uint32_t dl_people_read(const dl_people *o, dl_str s, dl_who *out)
{
    uint32_t n = 0;
    bool led = false, job = false;
    s = dl_str_trim(s);
    if (s.len > 600) s = dl_str_cut(s, 0, 600);
    s = unlead(o, s, &led);
    for (int i = 0; i < 2 * DL_WHO_MAX && s.len; i++) {
        size_t len = 0, at = part_at(s, false, &len);
        dl_str piece = at == SIZE_MAX ? s : dl_str_cut(s, 0, at);
        const uint32_t before = n;
        add_weak(o, piece, led, out, &n, &job);
        for (uint32_t k = before; k < n; k++) out[k].rest = before > 0;
        if (at == SIZE_MAX) break;
        s = dl_str_cut(s, at + len, s.len);
    }
    return n;
}
