/* live_clock.c: clock times of live posts, and the instants that they are. */
#include "extract/live_clock.h"

#include "base/date.h"

#define AHEAD 24 /* bytes before the clock in a line that is one: "Posted at", "Aktualisiert um"      */

static bool colon(char c) { return c == ':' || c == '.' || c == 'h'; }

/* "am", "p.m.", then "GMT", "UTC" behind the digits. False: what follows says that it is no clock time. */
static bool behind(dl_str s, dl_clock *c)
{
    if (s.len && (dl_is_digit((unsigned char)s.p[0]) || s.p[0] == '%')) return false;
    if (s.len > 1 && colon(s.p[0]) && dl_is_digit((unsigned char)s.p[1])) { /* seconds, or a date */
        if (s.p[0] == '.' || s.len < 3 || !dl_is_digit((unsigned char)s.p[2])) return false;
        s = dl_str_cut(s, 3, s.len);
    }
    s = dl_str_trim(s);
    const bool half = s.len >= 2 && (dl_lower(s.p[1]) == 'm' || s.p[1] == '.') &&
                      (s.len < 3 || !dl_is_alpha((unsigned char)s.p[2]) || s.p[1] == '.');
    if (half && dl_lower(s.p[0]) == 'p' && c->minutes < 720) c->minutes += 720;
    if (half && dl_lower(s.p[0]) == 'a' && c->minutes >= 720) c->minutes -= 720;
    const dl_str near = dl_str_cut(s, 0, s.len < 10 ? s.len : 10);
    c->utc = dl_str_find(near, DL_STR("GMT"), 0) != SIZE_MAX || dl_str_find(near, DL_STR("UTC"), 0) != SIZE_MAX;
    return true;
}

/* The clock time that begins at most `ahead` bytes into the text. */
static bool clock_in(dl_str s, size_t ahead, dl_clock *out)
{
    for (size_t i = 0; i < s.len && i <= ahead; i++) {
        if (!dl_is_digit((unsigned char)s.p[i])) continue;
        size_t end = i;
        uint32_t hour = 0;
        while (end < s.len && dl_is_digit((unsigned char)s.p[end]) && end < i + 3)
            hour = hour * 10 + (uint32_t)(s.p[end++] - '0');
        if (end > i + 2 || end + 2 >= s.len + 0 || !colon(s.p[end]) || hour > 23) return false;
        if (!dl_is_digit((unsigned char)s.p[end + 1]) || !dl_is_digit((unsigned char)s.p[end + 2])) return false;
        const uint32_t minute = (uint32_t)(s.p[end + 1] - '0') * 10 + (uint32_t)(s.p[end + 2] - '0');
        *out = (dl_clock){ .minutes = hour * 60 + minute };
        return minute < 60 && behind(dl_str_cut(s, end + 3, s.len), out);
    }
    return false;
}

bool dl_clock_line(const dl_xblock *k, dl_clock *out) { return k->words <= 7 && k->chars <= 40 && clock_in(k->text, AHEAD, out); }

bool dl_clock_begins(const dl_xblock *k, dl_clock *out) { return clock_in(k->text, 2, out); }

dl_str dl_clock_without(dl_str s)
{
    static const char *const between[] = { " ",   "-",   "|",   ":",   ".",  ")",  "]", "\xe2\x80\x93", "\xe2\x80\x94",
                                           "Uhr", "uur", "GMT", "UTC", "kl", "am", "pm" };
    dl_clock c;
    if (!clock_in(s, 2, &c)) return s;
    size_t at = 0;
    while (at < s.len && (dl_is_digit((unsigned char)s.p[at]) || strchr("([:.h", s.p[at]))) at++;
    for (size_t i = 0; i < DL_COUNT(between) && at < s.len;) {
        dl_str rest = dl_str_cut(s, at, s.len), sign = dl_str_of(between[i]);
        const bool word = dl_is_alpha((unsigned char)sign.p[0]);
        const bool whole =
            dl_str_starts(rest, sign) && !(word && rest.len > sign.len && dl_is_alpha((unsigned char)rest.p[sign.len]));
        at += whole ? sign.len : 0;
        i = whole ? 0 : i + 1;
    }
    return dl_str_cut(s, at, s.len);
}

/* Minutes east of Greenwich that a stated instant has at its end: "+01:00", "-0500". False: "Z", or none. */
static bool zone_of(dl_str s, int *east)
{
    s = dl_str_trim(s);
    for (size_t back = 5; back <= 6; back++) {
        if (s.len < back + 10) continue;
        const char *p = s.p + s.len - back;
        const char *m = p + (back == 6 ? 4 : 3);
        if ((*p != '+' && *p != '-') || (back == 6 && p[3] != ':')) continue;
        bool digits = true;
        for (int i = 1; i < 3; i++) digits &= dl_is_digit((unsigned char)p[i]) && dl_is_digit((unsigned char)m[i - 1]);
        if (!digits) continue;
        *east = ((p[1] - '0') * 10 + (p[2] - '0')) * 60 + (m[0] - '0') * 10 + (m[1] - '0');
        *east = *p == '-' ? -*east : *east;
        return true;
    }
    return false;
}

/* Of the posts in page order, do the times fall? */
static bool newest_first(const dl_clock *c, const bool *has, uint32_t n)
{
    uint32_t falls = 0, rises = 0, last = DL_NONE;
    for (uint32_t i = 0; i < n; i++) {
        if (!has[i]) continue;
        falls += last != DL_NONE && c[i].minutes < last;
        rises += last != DL_NONE && c[i].minutes > last;
        last = c[i].minutes;
    }
    return falls >= rises;
}

static void put_times(dl_xpage *p, const dl_clock *c, const bool *has, int64_t from, int64_t to, int east)
{
    const bool back = newest_first(c, has, p->posts);
    const int64_t shift = (int64_t)east * 60;
    int32_t day = dl_day_of((back ? to : from) + shift);
    uint32_t last = DL_NONE;
    for (uint32_t i = 0; i < p->posts; i++) {
        if (!has[i]) continue;
        if (last != DL_NONE && back && c[i].minutes > last) day--;
        if (last != DL_NONE && !back && c[i].minutes < last) day++;
        last = c[i].minutes;
        if (p->post[i].time == DL_NEVER) p->post[i].time = dl_seconds(day) + (int64_t)c[i].minutes * 60 - shift;
    }
}

void dl_clock_settle(dl_xhtml *h, const uint32_t *of)
{
    dl_xpage *p = h->p;
    dl_clock *c = DL_NEW(p->a, p->posts + 1, dl_clock);
    bool *has = DL_NEW(p->a, p->posts + 1, bool), utc = false, clock = false;
    int64_t from, to;
    int east = 0;
    if (!c || !has) return;
    for (uint32_t i = 0; i < p->n; i++) {
        dl_clock at;
        if (of[i] == DL_NONE || has[of[i]] || (!dl_clock_line(&p->blk[i], &at) && !dl_clock_begins(&p->blk[i], &at))) continue;
        has[of[i]] = true;
        c[of[i]] = at;
        utc |= at.utc;
    }
    if (!dl_date_read(dl_str_trim(h->ld.published), &from, &clock)) return;
    if (!dl_date_read(dl_str_trim(h->ld.modified), &to, &clock) || to < from) to = from;
    if (!utc && !zone_of(h->ld.published, &east) && !zone_of(h->ld.modified, &east)) return;
    put_times(p, c, has, from, to, utc ? 0 : east);
}
