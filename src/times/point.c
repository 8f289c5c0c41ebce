/* point.c: arithmetic of calendar points and their TIMEX3 spelling. */
#include "times/point.h"

#include <stdio.h>

static int32_t div_floor(int32_t a, int32_t b) { return a / b - (a % b < 0); }

point dl_point_at(unit u, int32_t index)
{
    return (point){ .unit = (uint8_t)u, .hour = -1, .minute = -1, .second = -1, .index = index };
}

point dl_point_of_day(unit u, int32_t day)
{
    const dl_civil c = dl_civil_of(day);
    const int32_t y = c.year, m = c.month - 1;
    int32_t i = day;
    switch (u) {
    case U_WEEKEND:
    case U_WEEK: i = div_floor(day + 3, 7); break;
    case U_MONTH: i = y * 12 + m; break;
    case U_QUARTER: i = y * 4 + m / 3; break;
    case U_HALF: i = y * 2 + m / 6; break;
    case U_SEASON: i = m < 2 ? y * 4 - 1 : y * 4 + (m - 2) / 3; break;
    case U_YEAR: i = y; break;
    case U_DECADE: i = div_floor(y, 10); break;
    case U_CENTURY: i = div_floor(y, 100); break;
    default: u = U_DAY;
    }
    return dl_point_at(u, i);
}

int32_t dl_point_first(unit u, int32_t i)
{
    switch (u) {
    case U_WEEKEND: return 7 * i + 2;
    case U_WEEK: return 7 * i - 3;
    case U_MONTH: return dl_days(div_floor(i, 12), i - 12 * div_floor(i, 12) + 1, 1);
    case U_QUARTER: return dl_days(div_floor(i, 4), 3 * (i - 4 * div_floor(i, 4)) + 1, 1);
    case U_HALF: return dl_days(div_floor(i, 2), 6 * (i - 2 * div_floor(i, 2)) + 1, 1);
    case U_SEASON: return dl_days(div_floor(i, 4), 3 * (i - 4 * div_floor(i, 4)) + 3, 1);
    case U_YEAR: return dl_days(i, 1, 1);
    case U_DECADE: return dl_days(i * 10, 1, 1);
    case U_CENTURY: return dl_days(i * 100, 1, 1);
    default: return i;
    }
}

bool dl_point_sound(point p)
{
    static const int32_t per_year[U_UNITS] = { [U_MONTH] = 12, [U_QUARTER] = 4, [U_HALF] = 2, [U_SEASON] = 4, [U_YEAR] = 1 };
    const int32_t first = -719162, last = 2932896; /* 0001-01-01 and 9999-12-31 */
    switch (p.unit) {
    case U_DAY: return p.index >= first && p.index <= last;
    case U_WEEKEND:
    case U_WEEK: return p.index > first / 7 && p.index < last / 7;
    case U_DECADE: return p.index >= 1 && p.index <= 999;
    case U_CENTURY: return p.index >= 1 && p.index <= 99;
    default: return per_year[p.unit] && p.index >= per_year[p.unit] && p.index < 10000 * per_year[p.unit];
    }
}

dl_grain dl_unit_grain(unit u)
{
    static const uint8_t grain[U_UNITS] = { DL_GRAIN_NONE,   DL_GRAIN_SECOND, DL_GRAIN_MINUTE, DL_GRAIN_HOUR,    DL_GRAIN_DAY,
                                            DL_GRAIN_WEEK,   DL_GRAIN_WEEK,   DL_GRAIN_MONTH,  DL_GRAIN_QUARTER, DL_GRAIN_YEAR,
                                            DL_GRAIN_SEASON, DL_GRAIN_YEAR,   DL_GRAIN_DECADE, DL_GRAIN_CENTURY };
    return (dl_grain)grain[u];
}

dl_grain dl_point_grain(point p)
{
    if (p.second >= 0) return DL_GRAIN_SECOND;
    if (p.minute >= 0) return DL_GRAIN_MINUTE;
    if (p.hour >= 0) return DL_GRAIN_HOUR;
    return p.part ? DL_GRAIN_PART : dl_unit_grain((unit)p.unit);
}

void dl_point_value(char out[32], point p)
{
    static const char *const season[4] = { "SP", "SU", "FA", "WI" };
    static const char *const part_word[PARTS] = { "", "TMO", "TMI", "TAF", "TEV", "TNI" };
    const int32_t i = p.index;
    int32_t year = 0;
    int week = 0, n = 0;
    out[0] = '\0';
    switch (p.unit) {
    case U_WEEK:
    case U_WEEKEND:
        dl_iso_week(7 * i - 3, &year, &week);
        n = snprintf(out, 32, "%04d-W%02d%s", (int)year, week, p.unit == U_WEEK ? "" : "-WE");
        break;
    case U_MONTH: n = snprintf(out, 32, "%04d-%02d", (int)div_floor(i, 12), (int)(i - 12 * div_floor(i, 12) + 1)); break;
    case U_QUARTER: n = snprintf(out, 32, "%04d-Q%d", (int)div_floor(i, 4), (int)(i - 4 * div_floor(i, 4) + 1)); break;
    case U_HALF: n = snprintf(out, 32, "%04d-H%d", (int)div_floor(i, 2), (int)(i - 2 * div_floor(i, 2) + 1)); break;
    case U_SEASON: n = snprintf(out, 32, "%04d-%s", (int)div_floor(i, 4), season[i - 4 * div_floor(i, 4)]); break;
    case U_YEAR: n = snprintf(out, 32, "%04d", (int)i); break;
    case U_DECADE: n = snprintf(out, 32, "%03d", (int)i); break;
    case U_CENTURY: n = snprintf(out, 32, "%02d", (int)i); break;
    case U_DAY: {
        const dl_civil c = dl_civil_of(i);
        n = snprintf(out, 32, "%04d-%02d-%02d", (int)c.year, c.month, c.day);
        break;
    }
    default: return;
    }
    if (p.second >= 0)
        snprintf(out + n, 32 - (size_t)n, "T%02d:%02d:%02d", p.hour, p.minute, p.second);
    else if (p.hour >= 0)
        snprintf(out + n, 32 - (size_t)n, "T%02d:%02d", p.hour, p.minute < 0 ? 0 : p.minute);
    else
        snprintf(out + n, 32 - (size_t)n, "%s", part_word[p.part]);
}

void dl_point_range(point p, int64_t *from, int64_t *to)
{
    /* Hours of the parts of a day; a night ends at six the next morning. */
    static const uint8_t beg[PARTS] = { 0, 5, 11, 12, 17, 20 }, end[PARTS] = { 24, 12, 14, 18, 24, 30 };
    const int32_t days = p.unit == U_WEEKEND ? 2 : dl_point_first((unit)p.unit, p.index + 1) - dl_point_day(p);
    *from = dl_seconds(dl_point_day(p));
    *to = *from + dl_seconds(days);
    if (p.unit != U_DAY) return;
    if (p.hour >= 0) {
        *from += p.hour * 3600 + (p.minute > 0 ? p.minute * 60 : 0) + (p.second > 0 ? p.second : 0);
        *to = *from + (p.second >= 0 ? 1 : p.minute >= 0 ? 60 : 3600);
    } else if (p.part) {
        *to = *from + end[p.part] * 3600;
        *from += beg[p.part] * 3600;
    }
}

void dl_length_value(char out[32], unit u, int32_t n, bool half)
{
    static const char *const letter[U_UNITS] = { "", "S", "M", "H", "D", "D", "W", "M", "Q", "M", "M", "Y", "DE", "CE" };
    static const struct {
        int32_t n;
        const char *letter;
    } halves[U_UNITS] = {
        [U_MINUTE] = { 30, "S" }, [U_HOUR] = { 30, "M" }, [U_DAY] = { 12, "H" }, [U_MONTH] = { 15, "D" }, [U_YEAR] = { 6, "M" }
    };
    const bool clock = u == U_SECOND || u == U_MINUTE || u == U_HOUR;
    const char *t = clock ? "T" : "";
    if (n < 0) {
        snprintf(out, 32, "P%sX%s", t, u == U_QUARTER || u == U_SEASON ? "M" : letter[u]);
        return;
    }
    if (u == U_WEEKEND) n *= 2;
    if (u == U_SEASON || (u == U_QUARTER && n != 1)) n *= 3, u = U_MONTH;
    if (u == U_HALF) n *= 6;
    if (!half || !halves[u].n)
        snprintf(out, 32, "P%s%d%s", t, (int)n, letter[u]);
    else if (!n)
        snprintf(out, 32, "P%s%d%s", clock || u == U_DAY ? "T" : "", (int)halves[u].n, halves[u].letter);
    else
        snprintf(out, 32, "P%s%d%s%s%d%s", t, (int)n, letter[u], u == U_DAY ? "T" : "", (int)halves[u].n, halves[u].letter);
}

int64_t dl_length_seconds(unit u, int32_t n, int64_t from)
{
    static const int32_t unit_seconds[U_DAY] = { 0, 1, 60, 3600 };
    static const uint8_t months[U_UNITS] = {
        [U_MONTH] = 1, [U_QUARTER] = 3, [U_HALF] = 6, [U_SEASON] = 3, [U_YEAR] = 12, [U_DECADE] = 120
    };
    if (n > 100000 || n < -100000) return from;
    if (u < U_DAY) return from + (int64_t)n * unit_seconds[u];
    if (u == U_DAY || u == U_WEEKEND) return from + dl_seconds(n);
    if (u == U_WEEK) return from + dl_seconds(7 * n);
    const int64_t step = (int64_t)n * (u == U_CENTURY ? 1200 : months[u]);
    const int32_t day = dl_day_of(from);
    const dl_civil c = dl_civil_of(day);
    const int64_t m = (int64_t)c.year * 12 + c.month - 1 + step;
    if (m < 12 || m >= INT64_C(12) * 10000) return from;
    const int32_t year = (int32_t)(m / 12);
    const int month = (int)(m % 12) + 1, last = dl_days_in_month(year, month);
    return dl_seconds(dl_days(year, month, c.day < last ? c.day : last)) + (from - dl_seconds(day));
}
