/* date.c: the proleptic Gregorian calendar. Formulae: Hinnant, days_from_civil and civil_from_days. */
#include "base/date.h"

#include <stdio.h>

static const char *const grain_names[DL_GRAINS] = { "none",  "second",  "minute", "hour", "part",   "day",    "week",
                                                    "month", "quarter", "season", "year", "decade", "century" };

const char *dl_grain_name(dl_grain g) { return g < DL_GRAINS ? grain_names[g] : "none"; }

int32_t dl_days(int32_t year, int month, int day)
{
    int32_t carry = (month - 1) / 12 - ((month - 1) % 12 < 0);
    year += carry;
    month -= carry * 12;
    int32_t y = year - (month <= 2);
    int32_t era = (y >= 0 ? y : y - 399) / 400;
    int32_t yoe = y - era * 400;
    int32_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5;
    int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468 + day - 1;
}

dl_civil dl_civil_of(int32_t days)
{
    int32_t z = days + 719468;
    int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    int32_t doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153;
    int32_t month = mp < 10 ? mp + 3 : mp - 9;
    return (dl_civil){ yoe + era * 400 + (month <= 2), (uint8_t)month, (uint8_t)(doy - (153 * mp + 2) / 5 + 1) };
}

int dl_days_in_month(int32_t year, int month)
{
    static const uint8_t days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (month < 1 || month > 12) return 0;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool dl_date_valid(int32_t year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= dl_days_in_month(year, month);
}

int dl_weekday(int32_t days) { return (int)(((days + 3) % 7 + 7) % 7); }

void dl_iso_week(int32_t days, int32_t *year, int *week)
{
    int32_t thursday = days - dl_weekday(days) + 3;
    *year = dl_civil_of(thursday).year;
    *week = (thursday - dl_days(*year, 1, 1)) / 7 + 1;
}

int32_t dl_day_of(int64_t seconds)
{
    int64_t days = seconds / DL_DAY_SECONDS - (seconds % DL_DAY_SECONDS < 0);
    return (int32_t)days;
}

int64_t dl_day_until(int64_t seconds) { return seconds == DL_NEVER ? DL_NEVER : dl_seconds(dl_day_of(seconds - 1) + 1); }

void dl_date_text(char out[11], int64_t seconds)
{
    out[0] = 0;
    if (seconds == DL_NEVER) return;
    dl_civil c = dl_civil_of(dl_day_of(seconds));
    if (c.year < 0 || c.year > 9999) return;
    unsigned y = (unsigned)c.year % 10000u, m = c.month % 100u, d = c.day % 100u;
    snprintf(out, 11, "%04u-%02u-%02u", y, m, d);
}

void dl_instant_text(char out[21], int64_t seconds)
{
    char day[11];
    dl_date_text(day, seconds);
    out[0] = 0;
    if (!day[0]) return;
    unsigned s = (unsigned)(seconds - dl_seconds(dl_day_of(seconds))) % 86400u;
    snprintf(out, 21, "%sT%02u:%02u:%02uZ", day, s / 3600 % 24, s / 60 % 60, s % 60);
}

/* Reads exactly n digits at *s and takes them off. */
static bool digits(dl_str *s, size_t n, int *out)
{
    if (s->len < n) return false;
    int v = 0;
    for (size_t i = 0; i < n; i++) {
        if (!dl_is_digit((unsigned char)s->p[i])) return false;
        v = v * 10 + (s->p[i] - '0');
    }
    *s = dl_str_cut(*s, n, s->len);
    *out = v;
    return true;
}

static bool literal(dl_str *s, char c)
{
    if (!s->len || s->p[0] != c) return false;
    *s = dl_str_cut(*s, 1, s->len);
    return true;
}

/* HH:MM[:SS[.fff]] then Z, +HH:MM, +HHMM or nothing, to the end of s. */
static bool clock_time(dl_str s, int64_t *seconds)
{
    int h, m, sec = 0, zh = 0, zm = 0;
    if (!digits(&s, 2, &h) || !literal(&s, ':') || !digits(&s, 2, &m)) return false;
    if (literal(&s, ':') && !digits(&s, 2, &sec)) return false;
    if (literal(&s, '.'))
        while (s.len && dl_is_digit((unsigned char)s.p[0])) s = dl_str_cut(s, 1, s.len);
    if (h > 24 || m > 59 || sec > 60) return false;
    literal(&s, ' ');
    int sign = 0;
    if (s.len && (s.p[0] == '+' || s.p[0] == '-')) {
        sign = s.p[0] == '+' ? -1 : 1;
        s = dl_str_cut(s, 1, s.len);
        if (!digits(&s, 2, &zh)) return false;
        literal(&s, ':');
        if (s.len && !digits(&s, 2, &zm)) return false;
    } else {
        literal(&s, 'Z');
    }
    *seconds = h * 3600 + m * 60 + sec + sign * (zh * 3600 + zm * 60);
    return s.len == 0;
}

bool dl_date_read(dl_str s, int64_t *seconds, bool *has_time)
{
    int y, m, d;
    int64_t clock = 0;
    if (!digits(&s, 4, &y) || !literal(&s, '-') || !digits(&s, 2, &m) || !literal(&s, '-') || !digits(&s, 2, &d)) return false;
    if (!dl_date_valid(y, m, d)) return false;
    bool timed = s.len != 0;
    if (timed && !((literal(&s, 'T') || literal(&s, 't') || literal(&s, ' ')) && clock_time(s, &clock))) return false;
    *seconds = dl_seconds(dl_days(y, m, d)) + clock;
    *has_time = timed;
    return true;
}

int dl_arrival_cmp(const dl_arrival *a, const dl_arrival *b)
{
    if (a->published != b->published) return a->published < b->published ? -1 : 1;
    if (a->fetched != b->fetched) return a->fetched < b->fetched ? -1 : 1;
    return dl_str_cmp(a->id, b->id);
}
