/* clues.c: fitting days to the days, weekdays and years that a text prints. */
#include "dates/clues.h"

#include <math.h>

#define WEEKDAYS_MAX 12 /* mentions weighed; later ones repeat the first */

double dl_clue_weekdays(const dl_sign *v, uint32_t n, int32_t day)
{
    /* Shares of the distance between a page's day and the weekdays it names, in days back for verbs
     * in the past and ahead for those to come; rounded from counts over dated newswire. */
    static const double back[7] = { .38, .31, .11, .08, .05, .04, .03 }, ahead[7] = { .12, .30, .20, .13, .10, .08, .07 };
    double sum = 0;
    unsigned k = 0;
    for (uint32_t i = 0; i < n && k < WEEKDAYS_MAX; i++) {
        if (v[i].weekday < 0 || v[i].day) continue;
        const int past = (dl_weekday(day) - v[i].weekday + 7) % 7;
        sum += log(v[i].tense > 0 ? ahead[(7 - past) % 7] : back[past]);
        k++;
    }
    return sum / 2; /* mentions of one text are not independent */
}

/* The day a sign means, in the year that brings it nearest to `near`. */
static int32_t nearest(const dl_sign *s, int32_t near)
{
    if (!s->day || !s->month) return DL_NO_DAY;
    if (s->year) return dl_date_valid(s->year, s->month, s->day) ? dl_days(s->year, s->month, s->day) : DL_NO_DAY;
    const int32_t year = dl_civil_of(near).year;
    int32_t best = DL_NO_DAY;
    for (int32_t y = year - 1; y <= year + 1; y++) {
        if (!dl_date_valid(y, s->month, s->day)) continue;
        const int32_t d = dl_days(y, s->month, s->day);
        if (best == DL_NO_DAY || (d > near ? d - near : near - d) < (best > near ? best - near : near - best)) best = d;
    }
    return best;
}

int dl_clue_pairs(const dl_sign *v, uint32_t n, int32_t day)
{
    int sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (v[i].weekday < 0 || !v[i].day || v[i].year) continue;
        const int32_t d = nearest(&v[i], day);
        if (d == DL_NO_DAY || d - day > 90 || day - d > 90) continue;
        sum += dl_weekday(d) == v[i].weekday ? 1 : -1;
    }
    return sum;
}

int32_t dl_clue_latest(const dl_sign *v, uint32_t n, int32_t from, int32_t to, bool *paired)
{
    int32_t best = DL_NO_DAY;
    *paired = false;
    for (uint32_t i = 0; i < n; i++) {
        const int32_t d = nearest(&v[i], to);
        if (d == DL_NO_DAY || v[i].tense > 0 || d < from || d > to) continue;
        if (v[i].weekday >= 0 && dl_weekday(d) != v[i].weekday) continue;
        if (d >= best) {
            *paired = (*paired && d == best) || v[i].weekday >= 0;
            best = d;
        }
    }
    return best;
}

bool dl_clue_after(const dl_sign *v, uint32_t n, int32_t day)
{
    for (uint32_t i = 0; i < n; i++)
        if (v[i].tense < 0 && v[i].year && v[i].day && nearest(&v[i], day) > day + 1) return true;
    return false;
}

bool dl_clue_ahead(const dl_sign *v, uint32_t n, int32_t day)
{
    for (uint32_t i = 0; i < n; i++) {
        const int32_t d = v[i].tense > 0 ? nearest(&v[i], day) : DL_NO_DAY;
        if (d != DL_NO_DAY && d > day && d - day <= 60) return true;
    }
    return false;
}

bool dl_clue_year(const dl_sign *v, uint32_t n, int32_t year)
{
    for (uint32_t i = 0; i < n; i++)
        if (v[i].year == year) return true;
    return false;
}
