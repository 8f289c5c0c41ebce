/* str.c: borrowed strings. */
#include "base/str.h"

static bool same_nocase(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dl_lower(a[i]) != dl_lower(b[i])) return false;
    return true;
}

bool dl_str_eq_nocase(dl_str a, dl_str b) { return a.len == b.len && same_nocase(a.p, b.p, a.len); }

bool dl_str_starts_nocase(dl_str s, dl_str prefix) { return s.len >= prefix.len && same_nocase(s.p, prefix.p, prefix.len); }

bool dl_str_ends(dl_str s, dl_str suffix)
{
    return s.len >= suffix.len && (!suffix.len || !memcmp(s.p + s.len - suffix.len, suffix.p, suffix.len));
}

int dl_str_cmp(dl_str a, dl_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.len > b.len) - (a.len < b.len);
}

size_t dl_str_find(dl_str s, dl_str what, size_t from)
{
    if (!what.len) return from <= s.len ? from : SIZE_MAX;
    const size_t end = what.len - 1,
                 rare = end && what.p[0] == ' '; /* blanks are everywhere: the letter behind one is looked for */
    while (from < s.len && s.len - from >= what.len) {
        const char *hit = memchr(s.p + from + rare, what.p[rare], s.len - from - end);
        if (!hit) return SIZE_MAX;
        hit -= rare;
        if (hit[end] == what.p[end] && !memcmp(hit, what.p, end)) return (size_t)(hit - s.p);
        from = (size_t)(hit - s.p) + 1;
    }
    return SIZE_MAX;
}

size_t dl_str_find_nocase(dl_str s, dl_str what, size_t from)
{
    const char first = what.len ? dl_lower(what.p[0]) : '\0';
    for (size_t i = from; i + what.len <= s.len; i++)
        if (!what.len || (dl_lower(s.p[i]) == first && same_nocase(s.p + i, what.p, what.len))) return i;
    return SIZE_MAX;
}

dl_str dl_str_trim(dl_str s)
{
    while (s.len && dl_is_space((unsigned char)s.p[0])) s = dl_str_cut(s, 1, s.len);
    while (s.len && dl_is_space((unsigned char)s.p[s.len - 1])) s.len--;
    return s;
}

bool dl_str_web(dl_str s) { return dl_str_starts_nocase(s, DL_STR("http://")) || dl_str_starts_nocase(s, DL_STR("https://")); }

bool dl_str_next(dl_str *rest, char sep, dl_str *out)
{
    if (!rest->p) return false;
    const char *hit = rest->len ? memchr(rest->p, sep, rest->len) : NULL;
    if (!hit) {
        *out = *rest;
        *rest = (dl_str){ NULL, 0 };
        return true;
    }
    size_t n = (size_t)(hit - rest->p);
    *out = (dl_str){ rest->p, n };
    *rest = dl_str_cut(*rest, n + 1, rest->len);
    return true;
}

bool dl_str_number(dl_str s, uint64_t max, uint64_t *out)
{
    uint64_t v = 0;
    if (!s.len) return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!dl_is_digit((unsigned char)s.p[i])) return false;
        uint64_t digit = (uint64_t)(s.p[i] - '0');
        if (digit > max || v > (max - digit) / 10) return false;
        v = v * 10 + digit;
    }
    *out = v;
    return true;
}
