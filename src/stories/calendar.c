/* calendar.c: words of the calendar among the words of a text. */
#include "stories/calendar.h"

#include "model/table.h"

typedef enum word_kind { NONE, WEEKDAY, MONTH, YEAR, NUMBER } word_kind;

enum {
    LINES = 8,       /* of a text that may be its date                                             */
    LINE_WORDS = 20, /* words of such a line at most                                               */
    YEARS = 64
};

/* Its slot, or the free one where it belongs. The table is never more than half full. */
static const struct dl_calendar_slot *find(const dl_calendar *c, uint32_t word)
{
    uint32_t i = word & (DL_CALENDAR_SLOTS - 1);
    while (c->slot[i].kind && c->slot[i].word != word) i = (i + 1) & (DL_CALENDAR_SLOTS - 1);
    return &c->slot[i];
}

static void add(dl_calendar *c, dl_str word, word_kind kind, uint64_t value)
{
    const uint32_t h = dl_word_hash(word);
    struct dl_calendar_slot *s = (struct dl_calendar_slot *)(uintptr_t)find(c, h);
    if (!s->kind) *s = (struct dl_calendar_slot){ h, (uint16_t)value, (uint8_t)kind };
}

static void add_numbers(dl_calendar *c)
{
    for (unsigned n = 1; n <= 31; n++) {
        const char two[2] = { (char)('0' + n / 10), (char)('0' + n % 10) };
        add(c, (dl_str){ two, 2 }, NUMBER, n);
        if (n < 10) add(c, (dl_str){ two + 1, 1 }, NUMBER, n);
    }
    for (unsigned n = DL_TOLD_EPOCH; n < DL_TOLD_EPOCH + YEARS; n++) {
        const char four[4] = { (char)('0' + n / 1000), (char)('0' + n / 100 % 10), (char)('0' + n / 10 % 10),
                               (char)('0' + n % 10) };
        add(c, (dl_str){ four, 4 }, YEAR, n);
    }
}

void dl_calendar_make(dl_calendar *out, const dl_models *m)
{
    enum { MOST = DL_CALENDAR_SLOTS / 2 - YEARS - 64 };
    const dl_tsv words = dl_tsv_open(m, "timewords");
    memset(out, 0, sizeof *out);
    add_numbers(out);
    for (uint32_t row = 0, n = 0; row < words.n && n < MOST; row++) {
        const dl_str cls = dl_tsv_cell(&words, row, 1), key = dl_tsv_cell(&words, row, 0);
        const bool weekday = dl_str_starts(cls, DL_STR("weekday")), month = dl_str_starts(cls, DL_STR("month"));
        uint64_t value;
        if ((!weekday && !month) || !dl_str_number(dl_tsv_cell(&words, row, 2), month ? 12 : 6, &value)) continue;
        add(out, key, weekday ? WEEKDAY : MONTH, value);
        n++;
    }
}

/* "November 15 2011", "15 Nov 2011", "2011 11 15", "15 11 2011" where the day is over 12; else DL_DAY_UNKNOWN. */
static int32_t day_of(const struct dl_calendar_slot *const w[3])
{
    uint32_t year = 0, month = 0, day = 0;
    if (w[0]->kind == YEAR && w[1]->kind == NUMBER && w[2]->kind == NUMBER) {
        year = w[0]->value;
        month = w[1]->value;
        day = w[2]->value;
    } else if (w[2]->kind == YEAR && (w[0]->kind == MONTH || w[0]->kind == NUMBER) &&
               (w[1]->kind == MONTH || w[1]->kind == NUMBER)) {
        const bool first = w[0]->kind == MONTH || (w[1]->kind == NUMBER && w[1]->value > 12);
        if (w[0]->kind == w[1]->kind && (w[0]->value > 12) == (w[1]->value > 12)) return DL_DAY_UNKNOWN;
        year = w[2]->value;
        month = w[first ? 0 : 1]->value;
        day = w[first ? 1 : 0]->value;
    }
    return year && dl_date_valid((int32_t)year, (int)month, (int)day) ? dl_days((int32_t)year, (int)month, (int)day)
                                                                      : DL_DAY_UNKNOWN;
}

/* The first day printed in full on a short line over the text. */
static int32_t printed_over(const dl_calendar *c, const dl_words *body)
{
    uint32_t beg = 0, end;
    for (uint32_t line = 0; line < LINES && beg < body->n; line++, beg = end) {
        end = beg + 1;
        while (end < body->n && !(body->flags[end] & DL_WORD_LINE)) end++;
        for (uint32_t i = beg; end - beg <= LINE_WORDS && i + 3 <= end; i++) {
            const struct dl_calendar_slot *w[3];
            for (uint32_t k = 0; k < 3; k++) w[k] = find(c, body->hash[i + k]);
            const int32_t day = day_of(w);
            if (day != DL_DAY_UNKNOWN) return day;
        }
    }
    return DL_DAY_UNKNOWN;
}

/* Into the set `to` of `most`, if it is a day that fits and there is room. */
static void add_day(uint16_t *to, uint32_t most, int32_t x)
{
    for (uint32_t i = 0; x > 0 && x <= UINT16_MAX && i < most; i++) {
        if (!to[i]) to[i] = (uint16_t)x;
        if (to[i] == x) return;
    }
}

/* Word i and the next are a month and a number of a day: "January 5 [2011]", "5 January". A day without a year is the last
 * before the page, or soon after it. */
static void read_date(dl_told *d, const dl_calendar *c, const dl_words *body, uint32_t i, const struct dl_calendar_slot *s)
{
    const int32_t SOON = 30, LEAP = 2000;
    const struct dl_calendar_slot *t = i + 1 < body->n ? find(c, body->hash[i + 1]) : s;
    const struct dl_calendar_slot *u = i + 2 < body->n ? find(c, body->hash[i + 2]) : s;
    const bool first = s->kind == MONTH;
    if (s->kind == t->kind || (t->kind != MONTH && t->kind != NUMBER)) return;
    if (!(body->flags[i + 1] & (DL_WORD_UPPER | DL_WORD_NUMBER))) return;
    const int month = first ? s->value : t->value, day = first ? t->value : s->value;
    const bool own = d->day != DL_DAY_UNKNOWN;
    if (!dl_date_valid(LEAP, month, day)) return;
    add_day(d->dates, DL_TOLD_DATES, month * 32 + day);
    if (u->kind != YEAR && !own) return;
    int32_t year = u->kind == YEAR ? u->value : dl_civil_of(d->day).year;
    if (!dl_date_valid(year, month, day)) return;
    if (u->kind != YEAR && dl_days(year, month, day) > d->day + SOON) year--;
    if (dl_date_valid(year, month, day)) add_day(d->days, DL_TOLD_DATES, dl_days(year, month, day));
}

/* The latest day of each weekday named, up to the page's own. */
static void add_weekdays(dl_told *d)
{
    const int32_t MONDAY = 4, WEEK = 7; /* 5 January 1970 */
    for (int32_t w = 0; d->day >= WEEK && w < WEEK; w++) {
        if (d->weekdays >> w & 1) add_day(d->days, DL_TOLD_DAYS, d->day - (d->day - MONDAY + WEEK - w) % WEEK);
    }
}

dl_told dl_calendar_read(const dl_calendar *c, const dl_words *body, int64_t published)
{
    dl_told d = { .day = published != DL_NEVER ? dl_day_of(published) : printed_over(c, body) };
    for (uint32_t i = 0; i < body->n; i++) {
        if (!(body->flags[i] & (DL_WORD_UPPER | DL_WORD_NUMBER))) continue;
        const struct dl_calendar_slot *s = find(c, body->hash[i]);
        if (s->kind == MONTH || s->kind == NUMBER) read_date(&d, c, body, i, s);
        if (s->kind == WEEKDAY) d.weekdays |= (uint8_t)(1u << s->value);
        if (s->kind == MONTH) d.months |= (uint16_t)(1u << (s->value - 1u));
        if (s->kind == YEAR) d.years |= UINT64_C(1) << (s->value - DL_TOLD_EPOCH);
    }
    add_weekdays(&d);
    return d;
}

uint32_t dl_told_latest(const dl_told *d)
{
    uint32_t year = 0;
    for (uint64_t left = d->years; left; left >>= 1) year++;
    return year ? DL_TOLD_EPOCH + year - 1 : 0;
}

uint32_t dl_told_year(const dl_told *d)
{
    return d->day != DL_DAY_UNKNOWN ? (uint32_t)dl_civil_of(d->day).year : dl_told_latest(d);
}
