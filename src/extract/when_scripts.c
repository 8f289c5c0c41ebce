/* when_scripts.c: dates under the keys of scripts, whatever the object: "datePublished": "2019-...",
 * 'publishdate': '...', published_at=...; and in comments. */
#include "extract/when_page.h"

#define SCRIPT_MAX (1u << 19) /* bytes looked at of one script                                       */
#define ROWS_MAX 24           /* dates of one script                                                  */

static bool key_byte(char c)
{
    return dl_is_alpha(c) || dl_is_digit(c) || c == '_' || c == '-' || c == '.' || c == ':' || c == '$';
}

/* The whole key round s[at]. */
static dl_str key_at(dl_str s, size_t at, size_t len)
{
    size_t beg = at, end = at + len;
    while (beg > 0 && at - beg < 32 && key_byte(s.p[beg - 1])) beg--;
    while (end < s.len && end - at < 40 && key_byte(s.p[end]) && s.p[end] != ':') end++;
    return dl_str_cut(s, beg, end);
}

/* The value behind a key that ends at `i`: what stands between quotation marks, or digits. */
static dl_str value_at(dl_str s, size_t i)
{
    bool sign = false;
    size_t beg = i;
    for (; beg < s.len && beg - i < 12; beg++) {
        const char c = s.p[beg];
        if (c == ':' || c == '=' || c == ',') sign = true;
        if (!strchr("\"'\\:=, \n\t\r", c) || c == '\0') break;
    }
    if (!sign || beg >= s.len || !(dl_is_digit(s.p[beg]) || dl_is_alpha(s.p[beg]))) return (dl_str){ NULL, 0 };
    size_t end = beg;
    while (end < s.len && end - beg < 48 && !strchr("\"'\\;}<\n", s.p[end])) end++;
    return dl_str_cut(s, beg, end);
}

/* The value of the key at s[at]: a hypothesis. */
static bool read_key(dl_when_page *w, dl_str s, size_t at, size_t len, bool ld, dl_span src)
{
    const dl_str key = key_at(s, at, len);
    dl_str v = value_at(s, (size_t)(key.p - s.p) + key.len);
    if (v.len < 8 || v.len > 44 || key.len > 40) return false;
    const bool made =
        dl_str_find_nocase(key, DL_STR("publi"), 0) == SIZE_MAX && dl_str_find_nocase(key, DL_STR("pubd"), 0) == SIZE_MAX;
    const bool late =
        dl_str_find_nocase(key, DL_STR("last"), 0) != SIZE_MAX || dl_str_find_nocase(key, DL_STR("latest"), 0) != SIZE_MAX ||
        dl_str_find_nocase(key, DL_STR("updat"), 0) != SIZE_MAX || dl_str_find_nocase(key, DL_STR("modif"), 0) != SIZE_MAX;
    dl_when x = { .basis = DL_BY_META,
                  .place = ld     ? DL_DATE_LD_OTHER
                           : made ? DL_DATE_SCRIPT_MADE
                                  : DL_DATE_SCRIPT,
                  .signs = ld && !made ? DL_DATE_SAID : 0u,
                  .sure = made ? 40 : 60,
                  .modified = late,
                  .src = src,
                  .words = dl_str_trim(v) };
    if (!dl_is_digit(v.p[0]) && v.len > 32) return false;
    if (!dl_when_value(w->p, v, true, &x.d)) return false;
    dl_when_both(w->p, &x);
    return true;
}

void dl_when_script(dl_when_page *w, uint32_t node, bool ld)
{
    static const char *const keys[] = { "ubli", "reated", "ubdate", "ubDate", "ploadDate" };
    const dl_dom *d = &w->h->d;
    const dl_str s = dl_str_cut(d->data[node], 0, d->data[node].len < SCRIPT_MAX ? d->data[node].len : SCRIPT_MAX);
    for (size_t k = 0; k < DL_COUNT(keys); k++) {
        const size_t len = strlen(keys[k]);
        uint32_t found = 0;
        for (size_t at = 0; found < ROWS_MAX && (at = dl_str_find(s, dl_str_of(keys[k]), at)) != SIZE_MAX; at += len)
            found += read_key(w, s, at, len, ld, d->raw[node]);
    }
}

void dl_when_comment(dl_when_page *w, uint32_t node)
{
    const dl_dom *d = &w->h->d;
    const dl_str s = d->data[node];
    if (s.len < 8 || s.len > 300 || !dl_when_word(s)) return;
    dl_when x = { .basis = DL_BY_META, .place = DL_DATE_COMMENT, .sure = 20, .src = d->raw[node] };
    if (!dl_extract_date(w->p, s, 0, &x.d)) return;
    x.modified = dl_extract_date_said(dl_str_cut(s, 0, x.d.span.beg)) == DL_SAID_CHANGED;
    x.words = dl_str_cut(s, x.d.span.beg, x.d.span.end);
    dl_when_add(w->p, &x);
}
