/* dateline.c: where, when and from whom: "MOSCOW, Feb 22 (Reuters) -", "Hong Kong (CNN)",
 * "WASHINGTON --" at the start of a report. */
#include "base/utf8.h"
#include "extract/page.h"

#define REACH 110 /* bytes: a dateline ends before                                              */

/* The place: one to six words with capitals, commas and slashes between them. Cuts a date off. */
static dl_str place_of(const dl_xpage *p, dl_str s, dl_str *date)
{
    s = dl_str_trim(s);
    *date = (dl_str){ NULL, 0 };
    size_t word = 0, last = s.len;
    for (size_t i = 0; i <= s.len; i++) { /* a month's name or a digit begins the date */
        if (i < s.len && s.p[i] != ' ') continue;
        dl_str w = dl_str_cut(s, word, i);
        while (w.len && (w.p[w.len - 1] == '.' || w.p[w.len - 1] == ',')) w.len--;
        char f[40];
        size_t n = dl_fold(f, sizeof f, w);
        bool month = word && n >= 3 && n <= sizeof f && dl_tsv_find(&p->months, (dl_str){ f, n }) != DL_NONE;
        if (w.len && (month || dl_is_digit(w.p[0]))) {
            *date = dl_str_cut(s, word, s.len);
            last = word;
            break;
        }
        word = i + 1;
    }
    s = dl_str_trim(dl_str_cut(s, 0, last));
    while (s.len && (s.p[s.len - 1] == ',' || s.p[s.len - 1] == '.')) s.len--;
    return s;
}

static bool place_like(dl_str s, bool capitals)
{
    if (s.len < 2 || s.len > 60) return false;
    uint32_t words = 0;
    dl_str rest = s, w;
    while (dl_str_next(&rest, ' ', &w)) {
        if (!w.len) continue;
        size_t i = 0;
        uint32_t cp = dl_utf8_next(w, &i);
        bool upper = cp < 0x80 ? dl_is_upper((int)cp) : dl_cp_upper(cp) || dl_cp_cjk(cp);
        bool small = dl_str_eq(w, DL_STR("de")) || dl_str_eq(w, DL_STR("of")) || dl_str_eq(w, DL_STR("the")) ||
                     dl_str_eq(w, DL_STR("am")) || dl_str_eq(w, DL_STR("and"));
        if (!upper && !small) return false;
        words++;
    }
    if (!words || words > 6) return false;
    for (size_t i = 0; capitals && i < s.len; i++)
        if (dl_is_lower(s.p[i])) return false;
    return true;
}

/* Length of a dash (with blanks round it) at `at`, 0: none. */
static size_t dash_at(dl_str t, size_t at)
{
    static const char *const dashes[] = { "\xe2\x80\x94", "\xe2\x80\x93", "--", "-", ".-", "\xe2\x80\x95" };
    size_t i = at;
    while (i < t.len && t.p[i] == ' ') i++;
    for (size_t d = 0; d < DL_COUNT(dashes); d++)
        if (dl_str_starts(dl_str_cut(t, i, t.len), dl_str_of(dashes[d]))) {
            bool hyphen = dashes[d][0] == '-' && !dashes[d][1];
            if (hyphen && i == at) return 0; /* "Franco-German" */
            return i + strlen(dashes[d]) - at;
        }
    return 0;
}

/* The day of a dateline that prints no year: the one nearest to what the page prints. */
static int64_t day_of(dl_xpage *p, dl_str date)
{
    if (!date.len || p->b->meta.printed == DL_NEVER) return DL_NEVER;
    dl_civil c = dl_civil_of(dl_day_of(p->b->meta.printed));
    char buf[96];
    if (date.len > 60) return DL_NEVER;
    while (date.len && (date.p[date.len - 1] == ',' || date.p[date.len - 1] == ' ')) date.len--;
    memcpy(buf, date.p, date.len);
    dl_printed d;
    if (dl_extract_date(p, date, 0, &d)) return d.at;
    size_t n = date.len;
    buf[n++] = ' ';
    for (int32_t div = 1000; div; div /= 10) buf[n++] = (char)('0' + c.year / div % 10);
    return dl_extract_date(p, (dl_str){ buf, n }, 0, &d) ? d.at : DL_NEVER;
}

static void note(dl_xpage *p, const dl_xblock *k, dl_str place, dl_str date, dl_str who)
{
    dl_meta *m = &p->b->meta;
    m->place = dl_put(p->b, place);
    m->place_day = day_of(p, date);
    if (!who.len) return;
    dl_str agency = dl_extract_agency(p, who);
    m->place_agency = dl_put(p->b, who);
    dl_extract_credit(p, who, DL_CREDIT_DATELINE, k->src);
    if (!p->agency.len) p->agency = agency.len ? agency : who;
}

bool dl_extract_dateline(dl_xpage *p, const dl_xblock *k)
{
    dl_str t = k->text, date;
    dl_str head = dl_str_cut(t, 0, t.len < REACH ? t.len : REACH);
    size_t open = dl_str_find(head, DL_STR("("), 0), close = dl_str_find(head, DL_STR(")"), 0);
    if (open != SIZE_MAX && close != SIZE_MAX && close > open + 1) {
        dl_str who = dl_str_cut(head, open + 1, close);
        dl_str place = place_of(p, dl_str_cut(head, 0, open), &date);
        bool agency = dl_extract_agency(p, who).len > 0;
        size_t slash = dl_str_find(who, DL_STR("/"), 0);
        if (!agency && slash != SIZE_MAX) agency = dl_extract_agency(p, dl_str_cut(who, 0, slash)).len > 0;
        bool dash = dash_at(t, close + 1) > 0;
        if (!agency) agency = place.len && dl_extract_newsroom_form(who); /* whoever reports from a place */
        if (agency && (place_like(place, false) || (!place.len && dash))) {
            note(p, k, place, date, who);
            return true;
        }
    }
    for (size_t i = 2; i < head.len && i < 60; i++) { /* LONDON -, Moscow, Russia -- */
        size_t dash = dash_at(head, i);
        if (!dash || (head.p[i] != ' ' && (unsigned char)head.p[i] < 0x80)) continue;
        dl_str place = place_of(p, dl_str_cut(head, 0, i), &date);
        if (place_like(place, true) && place.len > 2 && k->words > 8) {
            note(p, k, place, date, (dl_str){ NULL, 0 });
            return true;
        }
        return false;
    }
    return false;
}
