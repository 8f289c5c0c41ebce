/* saved.c: the notes of four savers. */
#include "input/saved.h"

#include "input/feed.h"

#define REACH ((size_t)1 << 16) /* bytes of the page that are looked at                           */

/* What stands behind `mark`, up to `end` (or white space, where end is NUL); empty: nothing does. */
static dl_str behind(dl_str s, dl_str mark, size_t from, char end)
{
    size_t at = dl_str_find(s, mark, from);
    if (at == SIZE_MAX) return (dl_str){ NULL, 0 };
    at += mark.len;
    while (at < s.len && s.p[at] == ' ') at++;
    size_t to = at;
    while (to < s.len && (end ? s.p[to] != end : !dl_is_space((unsigned char)s.p[to]))) to++;
    return dl_str_trim(dl_str_cut(s, at, to));
}

/* <!-- saved from url=(0023)https://e.example/page -->: the number is the length. */
static dl_str by_browser(dl_str s)
{
    dl_str u = behind(s, DL_STR("<!-- saved from url=("), 0, '\n');
    uint64_t n;
    const size_t close = dl_str_find(u, DL_STR(")"), 0);
    if (close == SIZE_MAX || !dl_str_number(dl_str_cut(u, 0, close), REACH, &n)) return (dl_str){ NULL, 0 };
    u = dl_str_cut(u, close + 1, u.len);
    const size_t blank = dl_str_find(u, DL_STR(" -->"), 0);
    if (u.p && n && n <= u.len && (n == u.len || dl_is_space((unsigned char)u.p[n]))) return dl_str_cut(u, 0, (size_t)n);
    return dl_str_cut(u, 0, blank == SIZE_MAX ? u.len : blank);
}

static dl_str by_single_file(dl_str s, dl_str *date)
{
    const size_t at = dl_str_find(s, DL_STR("Page saved with SingleFile"), 0);
    if (at == SIZE_MAX) return (dl_str){ NULL, 0 };
    *date = behind(s, DL_STR("saved date:"), at, '\n');
    return behind(s, DL_STR("url:"), at, '\0');
}

static dl_str by_save_page(dl_str s, dl_str *date)
{
    const dl_str u = behind(s, DL_STR("<meta name=\"savepage-url\" content=\""), 0, '"');
    if (u.len) *date = behind(s, DL_STR("<meta name=\"savepage-date\" content=\""), 0, '"');
    return u;
}

/* <!-- Mirrored from e.example/page by HTTrack Website Copier/3.x [XR&CO'2014], Wed, 22 Feb 2023 11:53:00 GMT --> */
static dl_str by_httrack(dl_str s, dl_str *date, dl_arena *a)
{
    const dl_str line = behind(s, DL_STR("<!-- Mirrored from "), 0, '\n');
    const size_t tool = dl_str_find(line, DL_STR(" by HTTrack"), 0);
    if (!tool || tool == SIZE_MAX) return (dl_str){ NULL, 0 };
    const size_t comma = dl_str_find(line, DL_STR("], "), tool), end = dl_str_find(line, DL_STR(" -->"), tool);
    if (comma != SIZE_MAX && end != SIZE_MAX && comma + 3 < end) *date = dl_str_cut(line, comma + 3, end);
    char *u = dl_arena_raw(a, tool + 8, 1);
    if (!u) return (dl_str){ NULL, 0 };
    (void)dl_str_copy(dl_str_copy(u, DL_STR("http://")), dl_str_cut(line, 0, tool)); /* which of the two is not said */
    return (dl_str){ u, tool + 7 };
}

void dl_saved_read(dl_raw *io, dl_arena *a)
{
    if (io->kind != DL_RAW_HTML || io->url.len) return;
    const dl_str s = dl_str_cut(io->bytes, 0, io->bytes.len < REACH ? io->bytes.len : REACH);
    dl_str date = { NULL, 0 }, url = by_browser(s);
    bool timed;
    if (!dl_str_web(url)) url = by_single_file(s, &date);
    if (!dl_str_web(url)) url = by_save_page(s, &date);
    if (!dl_str_web(url)) url = by_httrack(s, &date, a);
    if (!dl_str_web(url)) return;
    io->url = dl_arena_str(a, url);
    if (io->fetched == DL_NEVER && !dl_feed_date(date, &io->fetched, &timed)) io->fetched = DL_NEVER;
}
