/* decode.c: turning bytes into UTF-8, marking each place where lengths differ. */
#include "input/decode.h"

#include <iconv.h>
#include <uchardet/uchardet.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "input/labels.h"

#define GUESS_MAX ((size_t)1 << 16) /* bytes that a guess looks at                               */
#define LEAD ((size_t)256)          /* so many of them before the first that is not ASCII        */

/* The text as it is made. */
typedef struct made {
    dl_arena *a;
    char *p; /* [cap]                                                                            */
    size_t len, cap;
    size_t none; /* bytes from 0x80 on that were no character                                    */
    dl_offsets *map;
    bool failed;
} made;

static char *room(made *m, size_t n)
{
    if (m->failed || m->len + n <= m->cap) return m->failed ? NULL : m->p + m->len;
    const size_t cap = (m->len + n) * 2;
    char *p = cap <= UINT32_MAX ? dl_arena_raw(m->a, cap, 1) : NULL;
    m->failed = !p;
    if (!p) return NULL;
    if (m->len) memcpy(p, m->p, m->len);
    m->p = p;
    m->cap = cap;
    return p + m->len;
}

static void copy(made *m, dl_str s)
{
    char *to = s.len ? room(m, s.len) : NULL;
    if (!to) return;
    memcpy(to, s.p, s.len);
    m->len += s.len;
}

/* One character that stood for bytes up to `next` of the page. */
static void put(made *m, uint32_t cp, size_t width, size_t next)
{
    char *to = room(m, 4);
    if (!to) return;
    const size_t n = dl_utf8_put(to, cp);
    m->len += n;
    if (n != width && !dl_offsets_mark(m->map, m->a, (uint32_t)m->len, (uint32_t)next)) m->failed = true;
}

/* Bytes below 0x80 that stand for themselves; U+0000 does not where `nul`. */
static size_t plain_run(dl_str s, size_t at, bool nul)
{
    const size_t run = dl_utf8_wide(s, at) - at;
    const char *zero = nul && run ? memchr(s.p + at, 0, run) : NULL;
    return zero ? (size_t)(zero - (s.p + at)) : run;
}

/* UTF-8: what is none becomes U+FFFD, byte by byte. `bad`: where the first such byte is. */
static void from_utf8(made *m, dl_str s, size_t at, size_t bad, bool nul)
{
    while (at < s.len && !m->failed) {
        if (bad < at) bad = at + dl_utf8_bad(dl_str_cut(s, at, s.len));
        const char *zero = nul ? memchr(s.p + at, 0, bad - at) : NULL;
        const size_t end = zero ? (size_t)(zero - s.p) : bad;
        copy(m, dl_str_cut(s, at, end));
        if (end == s.len) break;
        at = end + 1;
        put(m, 0xfffd, 1, at);
    }
}

static void from_utf16(made *m, dl_str s, size_t at, bool big)
{
    while (s.len - at >= 2 && !m->failed) {
        const unsigned char *p = (const unsigned char *)s.p + at;
        uint32_t cp = big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
        size_t width = 2;
        if (cp >= 0xd800 && cp < 0xdc00 && s.len - at >= 4) {
            const uint32_t low = big ? (uint32_t)p[2] << 8 | p[3] : (uint32_t)p[3] << 8 | p[2];
            if (low >= 0xdc00 && low < 0xe000) {
                cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
                width = 4;
            }
        }
        at += width;
        put(m, cp ? cp : 0xfffd, width, at);
    }
    if (at < s.len) put(m, 0xfffd, 1, s.len);
}

static uint32_t be32(const unsigned char *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }

/* One character from at most `len` bytes; its width, or 0: no character begins here. */
static size_t one(iconv_t cd, const char *p, size_t len, uint32_t *cp)
{
    char out[4];
    for (size_t n = 1; n <= len && n <= 8; n++) {
        char *in = (char *)(uintptr_t)p, *to = out;
        size_t left = n, space = sizeof out;
        iconv(cd, &in, &left, &to, &space);
        if (space < sizeof out && !left) {
            *cp = be32((const unsigned char *)out);
            return n;
        }
        if (left < n && space == sizeof out) continue; /* a shift sequence: nothing made yet */
    }
    return 0;
}

/* The character of one byte; encodings with combining marks hold letters back until asked. */
static bool of_byte(iconv_t cd, char byte, uint32_t *cp)
{
    char out[8], *in = &byte, *to = out;
    size_t left = 1, space = sizeof out;
    iconv(cd, &in, &left, &to, &space);
    if (!left) iconv(cd, NULL, NULL, &to, &space);
    iconv(cd, NULL, NULL, NULL, NULL);
    if (left || space != 4) return false;
    *cp = be32((const unsigned char *)out);
    return true;
}

static void from_single(made *m, dl_str s, iconv_t cd, bool nul)
{
    uint32_t cp[256];
    for (unsigned b = 0; b < 256; b++) {
        cp[b] = b;
        if (b >= 128 && !of_byte(cd, (char)b, &cp[b])) cp[b] = b < 0xa0 ? b : 0xfffd; /* C1 where the vendor has none */
    }
    for (size_t at = 0; at < s.len && !m->failed;) {
        const size_t run = plain_run(s, at, nul);
        copy(m, dl_str_cut(s, at, at + run));
        at += run;
        if (at == s.len) break;
        const unsigned char b = (unsigned char)s.p[at++];
        put(m, b ? cp[b] : 0xfffd, 1, at);
    }
}

/* Several bytes a character. Bytes below 0x80 stand for themselves unless the encoding shifts. */
static void from_multi(made *m, dl_str s, iconv_t cd, bool shifts, bool nul)
{
    for (size_t at = 0; at < s.len && !m->failed;) {
        const size_t run = shifts ? 0 : plain_run(s, at, nul);
        copy(m, dl_str_cut(s, at, at + run));
        at += run;
        if (at == s.len) break;
        uint32_t cp = 0;
        size_t width = s.p[at] || shifts ? one(cd, s.p + at, s.len - at, &cp) : 0;
        if (!width) {
            width = 1;
            cp = 0xfffd;
            m->none += (unsigned char)s.p[at] >= 0x80;
            if (!shifts) iconv(cd, NULL, NULL, NULL, NULL);
        }
        at += width;
        put(m, cp ? cp : 0xfffd, width, at);
    }
}

/* The encoding of a page's bytes. */
typedef struct choice {
    const dl_charset *c;
    size_t mark; /* length of the byte order mark                                                */
    size_t bad;  /* where the first byte is that is no UTF-8                                     */
    size_t wide; /* bytes from 0x80 on, where there is a bad one                                 */
} choice;

static bool is_utf8(const dl_charset *c) { return c && !c->iconv && c->name[4] == '8'; }

/* Of the bytes from 0x80 on: how many there are (*wide), and how many are no UTF-8. */
static size_t bad_bytes(dl_str s, size_t *wide)
{
    size_t bad = 0;
    *wide = 0;
    for (size_t at = dl_utf8_wide(s, 0); at < s.len; at = dl_utf8_wide(s, at)) {
        const size_t beg = at;
        bad += dl_utf8_next(s, &at) == 0xfffd && at - beg == 1;
        *wide += at - beg;
    }
    return bad;
}

/* By what the bytes from the first wide one on look like: before it there may be long scripts. */
static const dl_charset *guess(dl_str s)
{
    const dl_charset *c = NULL;
    const size_t wide = dl_utf8_wide(s, 0), beg = wide > LEAD ? wide - LEAD : 0;
    uchardet_t d = uchardet_new();
    if (d) {
        if (!uchardet_handle_data(d, s.p + beg, s.len - beg < GUESS_MAX ? s.len - beg : GUESS_MAX)) {
            uchardet_data_end(d);
            c = dl_charset_of(dl_str_of(uchardet_get_charset(d)));
        }
        uchardet_delete(d);
    }
    return c && c->iconv ? c : dl_charset_of(DL_STR("windows-1252"));
}

/* NUL bytes in every other place: UTF-16 that nobody declared. */
static const dl_charset *bare_utf16(dl_str s)
{
    size_t even = 0, odd = 0, n = s.len < 512 ? s.len : 512;
    for (size_t i = 0; i < n; i++) {
        even += !s.p[i] && i % 2 == 0;
        odd += !s.p[i] && i % 2 == 1;
    }
    if (n < 16 || even + odd < n / 3) return NULL;
    if (odd > 8 * even) return dl_charset_of(DL_STR("utf-16le"));
    return even > 8 * odd ? dl_charset_of(DL_STR("utf-16be")) : NULL;
}

static const dl_charset *marked(dl_str s, size_t *mark)
{
    *mark = 3;
    if (dl_str_starts(s, DL_STR("\xef\xbb\xbf"))) return dl_charset_of(DL_STR("utf-8"));
    *mark = 2;
    if (dl_str_starts(s, DL_STR("\xfe\xff"))) return dl_charset_of(DL_STR("utf-16be"));
    if (dl_str_starts(s, DL_STR("\xff\xfe"))) return dl_charset_of(DL_STR("utf-16le"));
    *mark = 0;
    return NULL;
}

/* What the page declares, unless its bytes speak against it: text that is UTF-8 by its bytes is
 * that by more than chance, and few pages of it are without a damaged byte. */
static choice choose(dl_str s, dl_str content_type, bool html)
{
    choice k = { .bad = dl_utf8_bad(s) };
    k.c = marked(s, &k.mark);
    if (k.c) return k;
    const dl_charset *c = dl_charset_of(dl_decode_charset(content_type));
    if (!c && html) c = dl_charset_of(dl_decode_prescan(s));
    k.c = bare_utf16(s);
    if (k.c) return k;
    if (c && !c->iconv && !is_utf8(c)) { /* UTF-16, which tags alone fill with U+0000 */
        k.c = c;
        if (memchr(s.p, 0, s.len < 512 ? s.len : 512)) return k;
        c = NULL;
    }
    k.c = dl_charset_of(DL_STR("utf-8"));
    if (k.bad == s.len) {
        if (c && dl_utf8_wide(s, 0) == s.len) k.c = c;
        return k;
    }
    const size_t bad = bad_bytes(s, &k.wide);
    if (bad * (is_utf8(c) ? 10 : c ? 20 : 50) >= k.wide) k.c = c && c->iconv ? c : guess(s);
    return k;
}

static bool convert(made *m, dl_str s, const choice *k, bool nul)
{
    if (is_utf8(k->c)) {
        from_utf8(m, s, k->mark, k->bad, nul);
        return true;
    }
    if (!k->c->iconv) {
        from_utf16(m, s, k->mark, k->c->name[6] == 'b');
        return true;
    }
    iconv_t cd = iconv_open("UTF-32BE", k->c->iconv);
    if (cd == (iconv_t)-1) return false;
    if (k->c->single)
        from_single(m, s, cd, nul);
    else
        from_multi(m, s, cd, dl_str_eq(dl_str_of(k->c->name), DL_STR("iso-2022-jp")), nul);
    iconv_close(cd);
    return true;
}

dl_status dl_decode(dl_raw *out, dl_str page, dl_str content_type, bool html, dl_arena *a, const char *where, dl_error *err)
{
    if (page.len > DL_PAGE_MAX) return dl_fail(err, DL_ELIMIT, where, DL_PAGE_MAX, "limit: a page of %zu bytes", page.len);
    choice k = choose(page, content_type, html);
    made m = { .a = a, .map = &out->offsets };
    out->offsets = (dl_offsets){ 0 };
    m.cap = page.len + page.len / 8 + 16;
    m.p = dl_arena_raw(a, m.cap, 1);
    if (!m.p) return dl_fail_mem(err, where);
    if (k.mark && !dl_offsets_mark(m.map, a, 0, (uint32_t)k.mark)) return dl_fail_mem(err, where);
    bool done = convert(&m, page, &k, !html);
    if (done && m.none * 10 > k.wide) { /* not what it was declared to be */
        k.c = guess(page);
        m.len = out->offsets.n = 0;
        done = convert(&m, page, &k, !html);
    }
    if (!done) {
        k.c = dl_charset_of(DL_STR("utf-8"));
        from_utf8(&m, page, k.mark, k.bad, !html);
    }
    if (m.failed || dl_arena_failed(a)) return dl_fail_mem(err, where);
    if (m.len > DL_PAGE_MAX) return dl_fail(err, DL_ELIMIT, where, DL_PAGE_MAX, "limit: a page of %zu bytes of UTF-8", m.len);
    out->bytes = (dl_str){ m.p, m.len };
    out->encoding = dl_str_of(k.c->name);
    out->raw_len = page.len;
    out->raw_hash = dl_hash_str(page);
    return DL_OK;
}
