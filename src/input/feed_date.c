/* feed_date.c: dates as feeds write them. */
#include "base/date.h"
#include "input/feed.h"

/* RFC 5322, 4.3: zones by name, hours from UTC. */
static bool zone(dl_str s, int32_t *minutes)
{
    static const struct {
        const char *name;
        int8_t hours;
    } zones[] = { { "ut", 0 },   { "gmt", 0 },  { "utc", 0 },  { "z", 0 },    { "est", -5 },
                  { "edt", -4 }, { "cst", -6 }, { "cdt", -5 }, { "mst", -7 }, { "mdt", -6 },
                  { "pst", -8 }, { "pdt", -7 }, { "bst", 1 },  { "cet", 1 },  { "cest", 2 } };
    uint64_t n = 0;
    *minutes = 0;
    if (!s.len) return true;
    if (s.len > 7 && dl_str_starts_nocase(s, DL_STR("gmt"))) s = dl_str_cut(s, 3, s.len); /* GMT+0100, as browsers write */
    if ((s.p[0] == '+' || s.p[0] == '-') && s.len >= 5) {
        char digits[4] = { s.p[1], s.p[2], s.p[s.len - 2], s.p[s.len - 1] }; /* +0100, +01:00 */
        if (!dl_str_number((dl_str){ digits, 4 }, 2359, &n)) return false;
        *minutes = (int32_t)(n / 100 * 60 + n % 100) * (s.p[0] == '-' ? -1 : 1);
        return true;
    }
    for (size_t i = 0; i < DL_COUNT(zones); i++)
        if (dl_str_eq_nocase(s, dl_str_of(zones[i].name))) {
            *minutes = zones[i].hours * 60;
            return true;
        }
    return false;
}

static int month_of(dl_str s)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (size_t i = 0; s.len >= 3 && i < 12; i++)
        if (dl_str_eq_nocase(dl_str_cut(s, 0, 3), (dl_str){ names + 3 * i, 3 })) return (int)i + 1;
    return 0;
}

static bool clock_of(dl_str s, int32_t *seconds)
{
    uint64_t v[3] = { 0, 0, 0 };
    dl_str piece;
    size_t k = 0;
    while (k < 3 && dl_str_next(&s, ':', &piece))
        if (!dl_str_number(piece, 60, &v[k++])) return false;
    *seconds = (int32_t)(v[0] * 3600 + v[1] * 60 + v[2]);
    return k >= 2 && v[0] < 24 && v[1] < 60;
}

/* The words of a date from its day on, day before month: "Feb 22, 2023 ..." is turned round. */
static size_t from_day(dl_str *word, size_t n)
{
    const size_t at = n && word[0].len && !dl_is_digit((unsigned char)word[0].p[0]) &&
                              !(n > 2 && month_of(word[0]) && dl_is_digit((unsigned char)word[2].p[0]))
                          ? 1
                          : 0;
    if (n < at + 3 || !month_of(word[at])) return at;
    const dl_str month = word[at], day = word[at + 1];
    word[at] = dl_str_ends(day, DL_STR(",")) ? dl_str_cut(day, 0, day.len - 1) : day;
    word[at + 1] = month;
    return at;
}

bool dl_feed_date(dl_str s, int64_t *seconds, bool *timed)
{
    dl_str word[6], rest = dl_str_trim(s), w;
    size_t n = 0;
    if (dl_date_read(rest, seconds, timed)) return true;
    while (n < 6 && dl_str_next(&rest, ' ', &w))
        if (w.len) word[n++] = w;
    const size_t at = from_day(word, n);
    uint64_t day, year;
    if (n < at + 3 || !dl_str_number(word[at], 31, &day) || !dl_str_number(word[at + 2], 9999, &year)) return false;
    const int month = month_of(word[at + 1]);
    if (word[at + 2].len == 2) year += year < 50 ? 2000 : 1900;
    if (!month || !dl_date_valid((int32_t)year, month, (int)day)) return false;
    int32_t clock = 0, minutes = 0;
    *timed = n > at + 3 && clock_of(word[at + 3], &clock) && zone(n > at + 4 ? word[at + 4] : (dl_str){ NULL, 0 }, &minutes);
    *seconds = dl_seconds(dl_days((int32_t)year, month, (int)day)) + (*timed ? clock - minutes * 60 : 0);
    return true;
}
