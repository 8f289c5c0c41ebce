/* when_address.c: the day that an address holds. */
#include "extract/when_page.h"

/* A number of at most `max` digits at url[*at]; -1: none. */
static int32_t digits_at(dl_str url, size_t *at, size_t max)
{
    int32_t v = 0;
    size_t i = *at;
    for (; i < *at + max && i < url.len && dl_is_digit(url.p[i]); i++) v = v * 10 + (url.p[i] - '0');
    bool none = i == *at;
    *at = i;
    return none ? -1 : v;
}

/* The month's name behind /2023/: its number, 0: none stands there. */
static int named_month(const dl_xpage *p, dl_str url, size_t *at)
{
    size_t i = *at;
    while (i < url.len && dl_is_alpha(url.p[i])) i++;
    uint32_t r = i - *at < 3 || i - *at > 12 ? DL_NONE : dl_tsv_find_lower(&p->months, dl_str_cut(url, *at, i));
    uint64_t v = 0;
    if (r == DL_NONE || !dl_str_number(dl_tsv_cell(&p->months, r, 1), 12, &v)) return 0;
    *at = i;
    return (int)v;
}

/* 2023/02/22, 2023-02-22, 2023/feb/22, 20230222 at url[i]. */
static bool url_date_at(const dl_xpage *p, dl_str url, size_t i, int64_t *at, size_t *end, bool *parted)
{
    size_t j = i;
    const int32_t y = digits_at(url, &j, 4);
    if (j != i + 4 || y < 1995 || y > 2100 || j >= url.len) return false;
    const char sep = url.p[j];
    *parted = sep == '/' || sep == '-' || sep == '_' || sep == '.';
    j += *parted;
    int32_t m = digits_at(url, &j, 2);
    if (m < 0 && *parted) m = named_month(p, url, &j);
    if (m < 1 || (*parted && (j >= url.len || url.p[j] != sep))) return false;
    j += *parted;
    const int32_t d = digits_at(url, &j, 2);
    if (d < 0 || (*parted ? j < url.len && dl_is_digit(url.p[j]) : j - i != 8) || !dl_date_valid(y, m, d)) return false;
    *at = dl_seconds(dl_days(y, m, d));
    *end = j;
    return true;
}

/* 22-02-2023, 22.02.2023, 22_02_2023 at url[i]. */
static bool day_first_at(dl_str url, size_t i, int64_t *at, size_t *end, bool *vague)
{
    size_t j = i, k = i + 3, l = i + 6;
    const int32_t d = digits_at(url, &j, 2);
    const char sep = j < url.len ? url.p[j] : 0;
    if (j != i + 2 || (sep != '-' && sep != '.' && sep != '_')) return false;
    const int32_t m = digits_at(url, &k, 2);
    if (k != i + 5 || k >= url.len || url.p[k] != sep) return false;
    const int32_t y = digits_at(url, &l, 4);
    if (l != i + 10 || (l < url.len && dl_is_digit(url.p[l])) || y < 1995 || y > 2100 || !dl_date_valid(y, m, d)) return false;
    j = l;
    *at = dl_seconds(dl_days(y, m, d));
    *vague = sep != '.' && d <= 12 && d != m;
    *end = j;
    return true;
}

void dl_when_address(dl_xpage *p, dl_str url, dl_date_place place)
{
    for (size_t i = 0; i + 8 <= url.len; i++) {
        dl_printed d = { .grain = DL_GRAIN_DAY };
        size_t end;
        bool parted = true;
        if (!dl_is_digit(url.p[i]) || (i && dl_is_digit(url.p[i - 1]))) continue;
        if (!url_date_at(p, url, i, &d.at, &end, &parted) && !day_first_at(url, i, &d.at, &end, &d.vague)) continue;
        d.day = dl_day_of(d.at);
        const dl_when w = { .d = d,
                            .basis = DL_BY_URL,
                            .place = place,
                            .signs = (parted ? DL_DATE_ALONE : 0u) | (d.vague ? DL_DATE_VAGUE : 0u),
                            .sure = d.vague  ? 50
                                    : parted ? 85
                                             : 60,
                            .words = dl_str_cut(url, i, end) };
        dl_when_add(p, &w);
        return;
    }
}

void dl_when_url(dl_xpage *p, dl_str url) { dl_when_address(p, url, DL_DATE_ADDRESS); }
