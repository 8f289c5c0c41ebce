/* printed.c: dates as pages print them: "February 22, 2023, 11:53 am", "22.02.2023 10:05 Uhr",
 * "2023-02-22T11:53:00Z". Only dates with a year: the rest is for times/. */
#include "base/date.h"
#include "base/utf8.h"
#include "extract/page.h"

#define TOKS 48 /* of one string; a date further on is found by a later `from`                    */

typedef struct tok {
    size_t beg, end;
    uint8_t digits; /* 'N': how many                                                             */
    char kind;      /* 'N' number, 'M' month, 'W' word, 'S' a sign                                */
    int32_t value;  /* number, month, or the sign                                                */
} tok;
typedef struct toks {
    dl_str s;
    int n;
    tok t[TOKS];
} toks;

static int month_of(const dl_xpage *p, dl_str w)
{
    char f[48];
    size_t n = dl_fold(f, sizeof f, w);
    if (n < 3 || n > sizeof f) return 0;
    uint32_t r = dl_tsv_find(&p->months, (dl_str){ f, n });
    if (r == DL_NONE) return 0;
    uint64_t v = 0;
    return dl_str_number(dl_tsv_cell(&p->months, r, 1), 12, &v) ? (int)v : 0;
}

/* The value of a decimal digit: ASCII's, and of the scripts whose pages print dates in their own. */
static int digit_of(uint32_t cp)
{
    static const uint16_t zero[] = { 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xff10 };
    if (cp < 0x660) return cp >= '0' && cp <= '9' ? (int)(cp - '0') : -1;
    for (size_t i = 0; i < DL_COUNT(zero); i++)
        if (cp >= zero[i] && cp < zero[i] + 10u) return (int)(cp - zero[i]);
    return -1;
}

static tok read_number(dl_str s, size_t i)
{
    tok t = { .beg = i, .end = i, .kind = 'N' };
    for (size_t j = i; j < s.len; t.end = j) {
        const int v = digit_of(dl_utf8_next(s, &j));
        if (v < 0) break;
        if (t.digits < 9) t.value = t.value * 10 + v;
        if (t.digits < 200) t.digits++;
    }
    return t;
}

static void tokenise(const dl_xpage *p, toks *o, dl_str s, size_t from)
{
    o->s = s;
    o->n = 0;
    for (size_t i = from; i < s.len && o->n < TOKS;) {
        size_t at = i;
        uint32_t cp = dl_utf8_next(s, &i);
        if (cp < 0x80 ? dl_is_space((int)cp) : dl_cp_space(cp)) continue;
        tok t = { .beg = at, .end = i, .kind = 'S', .value = (int32_t)cp };
        if (digit_of(cp) >= 0) {
            t = read_number(s, at);
        } else if (cp < 0x80 ? dl_is_alpha((int)cp) : dl_cp_letter(cp) && !dl_cp_cjk(cp)) {
            for (size_t j = i; j < s.len; t.end = j) {
                cp = dl_utf8_next(s, &j);
                if (!(cp < 0x80 ? dl_is_alpha((int)cp) : dl_cp_letter(cp) && !dl_cp_cjk(cp))) break;
            }
            const int month = month_of(p, dl_str_cut(s, at, t.end));
            t.kind = month ? 'M' : 'W';
            t.value = month ? month : i == t.end ? t.value : 0;
        }
        o->t[o->n++] = t;
        i = t.end;
    }
}

static const tok *at(const toks *o, int i)
{
    static const tok none = { .kind = 0 };
    return i >= 0 && i < o->n ? &o->t[i] : &none;
}
static bool is_sign(const toks *o, int i, char c) { return at(o, i)->kind == 'S' && at(o, i)->value == c; }
static unsigned digits(const tok *t) { return t->digits; }
static bool is_word(const toks *o, int i, const char *z)
{
    return at(o, i)->kind == 'W' && dl_str_eq_nocase(dl_str_cut(o->s, at(o, i)->beg, at(o, i)->end), dl_str_of(z));
}
static bool glue(const toks *o, int i)
{
    static const char *const words[] = { "st", "nd", "rd", "th", "er", "de", "del", "of", "of", "d", "a" };
    for (size_t w = 0; w < DL_COUNT(words); w++)
        if (is_word(o, i, words[w])) return true;
    return is_sign(o, i, '.') || is_sign(o, i, ',') || is_sign(o, i, '-') || is_sign(o, i, '/') ||
           (at(o, i)->kind == 'S' && at(o, i)->value == 0xba);
}
static bool is_year(const tok *t) { return t->kind == 'N' && digits(t) == 4 && t->value >= 1985 && t->value <= 2100; }
static bool is_day(const tok *t) { return t->kind == 'N' && digits(t) <= 2 && t->value >= 1 && t->value <= 31; }

typedef struct found {
    int32_t y;
    int m, d, next; /* next: number of the token behind it                                      */
    bool vague, brief;
} found;

static bool is_apostrophe(const toks *o, int i)
{
    return is_sign(o, i, '\'') || (at(o, i)->kind == 'S' && at(o, i)->value == 0x2019);
}

/* '20, .19, -19 right behind a month or a day: where that is `brief`. */
static bool short_year(const toks *o, int j, found *f)
{
    const tok *t = at(o, j), *sign = at(o, j - 1);
    if (t->kind != 'N' || digits(t) != 2 || t->value > 40 || sign->kind != 'S' || sign->end != t->beg) return false;
    if (!is_apostrophe(o, j - 1) && sign->value != '.' && sign->value != '-') return false;
    f->y = 2000 + t->value;
    f->brief = true;
    f->next = j + 1;
    return true;
}

/* The year at j, or behind what glues it to the day and month before. */
static bool year_behind(const toks *o, int j, found *f)
{
    for (int k = 0; k < 2 && (glue(o, j) || is_apostrophe(o, j)); k++) j++;
    if (!is_year(at(o, j))) return short_year(o, j, f);
    f->y = at(o, j)->value;
    f->next = j + 1;
    return true;
}

/* 22 tháng 2, 2023; 22 tháng 2 năm 2023: Vietnamese numbers its months. */
static bool numbered_month(const toks *o, int i, found *f)
{
    const tok *m = at(o, i + 2);
    int j = i + 3;
    if (m->kind != 'N' || digits(m) > 2) return false;
    if (is_sign(o, j, ',') || is_word(o, j, "n\xc4\x83m")) j++;
    if (!is_year(at(o, j))) return false;
    *f = (found){ at(o, j)->value, m->value, at(o, i)->value, j + 1, false, false };
    return true;
}

/* 22 February 2023, 22nd of Feb., 2023, 22. Februar 2023, 22-Feb-2023. */
static bool day_month_year(const toks *o, int i, found *f)
{
    if (!is_day(at(o, i))) return false;
    int j = i + 1;
    if (is_word(o, j, "th\xc3\xa1ng")) return numbered_month(o, i, f);
    for (int k = 0; k < 2 && (glue(o, j) || is_apostrophe(o, j)); k++) j++;
    if (at(o, j)->kind != 'M') return false;
    *f = (found){ .m = at(o, j)->value, .d = at(o, i)->value };
    return year_behind(o, j + 1, f);
}

/* February 22, 2023; Feb. 22nd 2023. */
static bool month_day_year(const toks *o, int i, found *f)
{
    if (at(o, i)->kind != 'M') return false;
    int j = i + 1;
    if (is_sign(o, j, '.') || is_sign(o, j, '-')) j++;
    if (!is_day(at(o, j))) return false;
    *f = (found){ .m = at(o, i)->value, .d = at(o, j)->value };
    return year_behind(o, j + 1, f);
}

/* 2020. augusztus 18., 2020 Aug 18, and with the day before the month: 2020. gada 5. maijs. */
static bool year_month_day(const toks *o, int i, found *f)
{
    if (!is_year(at(o, i))) return false;
    int j = i + 1;
    if (is_sign(o, j, '.') || is_sign(o, j, ',') || is_sign(o, j, '-')) j++;
    if (is_word(o, j, "gada") || is_word(o, j, "m")) j++;
    if (j > i + 1 && is_sign(o, j, '.')) j++;
    const tok *a = at(o, j), *b = at(o, j + 1);
    if (is_sign(o, j + 1, '.') || is_sign(o, j + 1, '-')) b = at(o, j + 2);
    if (!(a->kind == 'M' && is_day(b)) && !(is_day(a) && b->kind == 'M')) return false;
    *f = (found){ at(o, i)->value, a->kind == 'M' ? a->value : b->value, a->kind == 'M' ? b->value : a->value, 0, false, false };
    f->next = (int)(b - o->t) + 1;
    return true;
}

static char separator(const toks *o, int i)
{
    const tok *t = at(o, i);
    return t->kind == 'S' && (t->value == '-' || t->value == '/' || t->value == '.') ? (char)t->value : 0;
}

/* 2023-02-22, 2023/2/22, 2023.02.22., and with the signs for year, month, day of East Asia. */
static bool year_first(const toks *o, int i, found *f)
{
    if (!is_year(at(o, i))) return false;
    const tok *m = at(o, i + 2), *d = at(o, i + 4);
    if (m->kind != 'N' || d->kind != 'N' || digits(m) > 2 || digits(d) > 2) return false;
    const int32_t y = at(o, i + 1)->value, mo = at(o, i + 3)->value;
    bool asian = (y == 0x5e74 && mo == 0x6708) || (y == 0xb144 && mo == 0xc6d4);
    if (!asian && (!separator(o, i + 1) || separator(o, i + 1) != separator(o, i + 3))) return false;
    *f = (found){ at(o, i)->value, m->value, d->value, i + 5 + asian, false, false };
    return true;
}

/* 22/02/2023, 22.02.2023, 02/22/2023; with two digits of the year 22.02.23, and where that is `brief` 8.5.12. */
static bool all_numbers(const toks *o, int i, bool month_first, found *f)
{
    const tok *a = at(o, i), *b = at(o, i + 2), *y = at(o, i + 4);
    char sep = separator(o, i + 1);
    if (!is_day(a) || !is_day(b) || !sep || sep != separator(o, i + 3) || y->kind != 'N') return false;
    const bool brief = digits(a) == 1 || digits(b) == 1;
    const bool shorty = digits(y) == 2 && (sep == '.' || (sep == '/' && !brief)) && y->value <= 40;
    if (!is_year(y) && !shorty) return false;
    *f = (found){ shorty ? 2000 + y->value : y->value,
                  b->value,
                  a->value,
                  i + 5,
                  sep != '.' && a->value <= 12 && b->value <= 12 && a->value != b->value,
                  shorty && brief };
    if (f->m > 12 || (f->vague && month_first)) {
        f->m = a->value;
        f->d = b->value;
    }
    return true;
}

/* Minutes east of UTC of the zones that pages print. */
static bool zone_of(const toks *o, int *i, int *minutes)
{
    static const struct {
        const char *name;
        int minutes;
    } zones[] = { { "GMT", 0 },    { "UTC", 0 },    { "Z", 0 },      { "BST", 60 },   { "CET", 60 },   { "CEST", 120 },
                  { "MEZ", 60 },   { "MESZ", 120 }, { "EET", 120 },  { "EEST", 180 }, { "MSK", 180 },  { "IST", 330 },
                  { "PKT", 300 },  { "HKT", 480 },  { "SGT", 480 },  { "JST", 540 },  { "KST", 540 },  { "AEST", 600 },
                  { "AEDT", 660 }, { "NZST", 720 }, { "NZDT", 780 }, { "EST", -300 }, { "EDT", -240 }, { "ET", -300 },
                  { "CDT", -300 }, { "MST", -420 }, { "MDT", -360 }, { "PST", -480 }, { "PDT", -420 }, { "PT", -480 },
                  { "SAST", 120 }, { "WIB", 420 } };
    if (is_sign(o, *i, '+') || is_sign(o, *i, '-')) {
        const tok *h = at(o, *i + 1), *m = at(o, *i + 3);
        if (h->kind != 'N' || h->beg != at(o, *i)->end) return false;
        int sign = is_sign(o, *i, '-') ? -1 : 1;
        if (digits(h) == 4) {
            *minutes = sign * (h->value / 100 * 60 + h->value % 100);
            *i += 2;
            return h->value <= 1400;
        }
        if (digits(h) != 2 || !is_sign(o, *i + 2, ':') || m->kind != 'N') return false;
        *minutes = sign * (h->value * 60 + m->value);
        *i += 4;
        return h->value <= 14 && m->value < 60;
    }
    for (size_t z = 0; z < DL_COUNT(zones); z++)
        if (at(o, *i)->kind == 'W' && dl_str_eq(dl_str_cut(o->s, at(o, *i)->beg, at(o, *i)->end), dl_str_of(zones[z].name))) {
            *minutes = zones[z].minutes;
            (*i)++;
            return true;
        }
    return false;
}

/* A letter pair of am / pm / a.m. / p.m. at token *i: 0 none, 1 am, 2 pm. */
static int half_of_day(const toks *o, int *i)
{
    for (int pm = 0; pm < 2; pm++) {
        if (is_word(o, *i, pm ? "pm" : "am")) {
            (*i)++;
            return 1 + pm;
        }
        if (is_word(o, *i, pm ? "p" : "a") && is_sign(o, *i + 1, '.') && is_word(o, *i + 2, "m")) {
            *i += 3 + is_sign(o, *i + 3, '.');
            return 1 + pm;
        }
    }
    return 0;
}

/* HH:MM[:SS] [am] [zone] at token *i. Seconds of the day, less the zone's offset. */
static bool clock_at(const toks *o, int *i, int64_t *seconds, bool *zone)
{
    int j = *i;
    const tok *h = at(o, j), *m = at(o, j + 2);
    if (h->kind != 'N' || digits(h) > 2 || h->value > 24) return false;
    int64_t s = 0;
    bool colon = is_sign(o, j + 1, ':') || is_sign(o, j + 1, '.') || is_word(o, j + 1, "h") || is_word(o, j + 1, "H");
    int hour = h->value, half = 0;
    if (colon && m->kind == 'N' && digits(m) == 2 && m->value < 60) {
        s = m->value * 60;
        j += 3;
        if (is_sign(o, j, ':') && at(o, j + 1)->kind == 'N' && digits(at(o, j + 1)) == 2 && at(o, j + 1)->value < 61) {
            s += at(o, j + 1)->value;
            j += 2;
            if (is_sign(o, j, '.') && at(o, j + 1)->kind == 'N' && at(o, j + 1)->beg == at(o, j)->end) j += 2;
        }
        half = half_of_day(o, &j);
    } else {
        j++;
        half = half_of_day(o, &j);
        if (!half) return false;
    }
    if (half && (hour < 1 || hour > 12)) return false;
    if (half) hour = hour % 12 + (half == 2 ? 12 : 0);
    int minutes = 0;
    *zone = zone_of(o, &j, &minutes);
    *seconds = s + hour * INT64_C(3600) - minutes * INT64_C(60);
    *i = j;
    return true;
}

static bool between(const toks *o, int i)
{
    static const char *const words[] = { "at",  "um", "a", "as",  "alle", "kl",  "T",   "t",
                                         "ore", "om", "o", "klo", "saat", "las", "the", "updated" };
    for (size_t w = 0; w + 1 < DL_COUNT(words); w++)
        if (is_word(o, i, words[w])) return true;
    const int32_t v = at(o, i)->value;
    return at(o, i)->kind == 'S' && (v == ',' || v == '-' || v == '|' || v == 0x2013 || v == 0x2014 || v == 0x2022 || v == 0xb7 ||
                                     v == 0x3000 || v == '/' || v == '.' || v == 0xe0 || v == '(');
}

static void add_clock(const toks *o, int first, int next, dl_printed *out)
{
    int i = next;
    int64_t s = 0;
    bool zone = false;
    for (int k = 0; k < 3 && between(o, i); k++) i++;
    if (!clock_at(o, &i, &s, &zone)) { /* 11:53, 22 February 2023 */
        bool got = false;
        for (int back = 2; back <= 7 && first - back >= 0 && !got; back++) {
            i = first - back;
            int j = i;
            if (at(o, i)->kind != 'N' || !clock_at(o, &j, &s, &zone)) continue;
            while (j < first && (between(o, j) || is_word(o, j, "on"))) j++;
            got = j == first;
            if (got) out->span.beg = (uint32_t)at(o, i)->beg;
        }
        if (!got) return;
    } else {
        out->span.end = (uint32_t)at(o, i - 1)->end;
        out->utc = zone && (is_word(o, i - 1, "GMT") || is_word(o, i - 1, "UTC") || is_word(o, i - 1, "Z"));
    }
    out->at += s;
    out->zone = zone;
    out->grain = DL_GRAIN_MINUTE;
}

/* Could a date with its year stand in s at all? A year's four digits, digits and a sign of those that part a
 * date's, an apostrophe before digits, or the first byte of a script that has digits of its own. */
static bool may_hold(dl_str s, size_t from)
{
    for (size_t i = from, run = 0; i < s.len; i++) {
        const unsigned char c = (unsigned char)s.p[i], next = i + 1 < s.len ? (unsigned char)s.p[i + 1] : 0;
        if (dl_is_digit(c)) {
            if (++run == 4 && (s.p[i - 3] == '2' || (s.p[i - 3] == '1' && s.p[i - 2] == '9'))) return true;
            continue;
        }
        if (c == 0xd9 || c == 0xdb || c == 0xe0 || c == 0xef) return true;
        if (run && (c == '.' || c == '/' || c == '-') && (dl_is_digit(next) || next == ' ' || dl_is_alpha(next) || next >= 0x80))
            return true;
        if ((c == '\'' || c == 0x99) && dl_is_digit(next)) return true;
        run = 0;
    }
    return false;
}

static bool first_date(const dl_xpage *p, dl_str s, size_t from, bool brief, dl_printed *out)
{
    toks o;
    if (!may_hold(s, from)) return false;
    tokenise(p, &o, s, from);
    for (int i = 0; i < o.n; i++) {
        found f = { 0 };
        if (!day_month_year(&o, i, &f) && !month_day_year(&o, i, &f) && !year_first(&o, i, &f) && !year_month_day(&o, i, &f) &&
            !all_numbers(&o, i, p->month_first, &f))
            continue;
        if ((f.brief && !brief) || !dl_date_valid(f.y, f.m, f.d)) continue;
        *out = (dl_printed){ .span = { (uint32_t)o.t[i].beg, (uint32_t)at(&o, f.next - 1)->end },
                             .at = dl_seconds(dl_days(f.y, f.m, f.d)),
                             .grain = DL_GRAIN_DAY,
                             .vague = f.vague,
                             .brief = f.brief,
                             .day = dl_days(f.y, f.m, f.d) };
        if (!out->span.end) out->span.end = (uint32_t)o.t[o.n - 1].end;
        add_clock(&o, i, f.next, out);
        return true;
    }
    return false;
}

bool dl_extract_date(const dl_xpage *p, dl_str s, size_t from, dl_printed *out) { return first_date(p, s, from, false, out); }
bool dl_extract_brief_date(const dl_xpage *p, dl_str s, size_t from, dl_printed *out)
{
    return first_date(p, s, from, true, out);
}
bool dl_extract_may_date(dl_str s) { return may_hold(s, 0); }
bool dl_extract_month(const dl_xpage *p, dl_str w) { return month_of(p, w) != 0; }
