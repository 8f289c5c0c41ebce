/* mhtml.c: parts of a MIME message (RFC 2045, 2046), walked without recursion. */
#include "input/mhtml.h"

#include "base/error.h"
#include "input/feed.h"
#include "input/http.h"
#include "input/sniff.h"

#define PARTS_MAX 4096             /* parts looked at: pictures and styles of one page              */
#define BOUNDARY_MAX 200           /* bytes; the RFC's is 70                                        */
#define LEVELS_MAX 8               /* multiparts in multiparts                                      */
#define HEAD_MAX ((size_t)1 << 16) /* bytes of a header                                            */

/* A multipart that is being walked. */
typedef struct level {
    dl_str rest;     /* behind the parts that were seen                                           */
    dl_str boundary; /* without its dashes                                                        */
    bool last;       /* the closing boundary was seen                                             */
} level;

typedef struct message {
    dl_arena *a;
    level at[LEVELS_MAX];
    size_t levels, parts;
    dl_str start, url; /* what names the page's part                                              */
    dl_str head, body; /* of the best part so far                                                 */
    int rank;          /* how good it is, 0: there is none                                        */
    bool cut;          /* a closing boundary is missing                                           */
} message;

bool dl_mhtml_starts(dl_str head)
{
    dl_str body, fields = dl_http_head(head, &body), line = fields;
    size_t n = 0;
    while (n < fields.len && (dl_is_alpha((unsigned char)fields.p[n]) || fields.p[n] == '-')) n++;
    if (!n || n == fields.len || fields.p[n] != ':' || !dl_str_next(&line, '\n', &line)) return false;
    const dl_str type = dl_http_field(fields, "content-type");
    return dl_http_field(fields, "mime-version").len &&
           (dl_str_starts_nocase(type, DL_STR("multipart/")) || dl_str_starts_nocase(type, DL_STR("text/html")));
}

/* A header with its folded lines made one (RFC 5322, 2.2.3). */
static dl_str unfolded(dl_arena *a, dl_str head)
{
    char *to = dl_arena_raw(a, head.len + 1, 1);
    size_t n = 0;
    if (!to) return (dl_str){ NULL, 0 };
    for (size_t i = 0; i < head.len; i++) {
        const bool folded = head.p[i] == '\n' && i + 1 < head.len && (head.p[i + 1] == ' ' || head.p[i + 1] == '\t');
        to[n++] = folded || head.p[i] == '\r' ? ' ' : head.p[i];
    }
    return (dl_str){ to, n };
}

/* A parameter of a field: boundary="x"; empty: not there. */
static dl_str parameter(dl_str field, const char *name)
{
    dl_str piece, word;
    if (!dl_str_next(&field, ';', &piece)) return field;
    while (dl_str_next(&field, ';', &piece)) {
        if (!dl_str_next(&piece, '=', &word) || !dl_str_eq_nocase(dl_str_trim(word), dl_str_of(name))) continue;
        piece = dl_str_trim(piece);
        if (piece.len > 1 && piece.p[0] == '"' && piece.p[piece.len - 1] == '"') piece = dl_str_cut(piece, 1, piece.len - 1);
        return piece;
    }
    return (dl_str){ NULL, 0 };
}

static dl_str without_angles(dl_str s)
{
    return s.len > 1 && s.p[0] == '<' && s.p[s.len - 1] == '>' ? dl_str_cut(s, 1, s.len - 1) : s;
}

/* The line of a boundary at or behind `from`: where it begins, *next behind it, *last: the closing one. SIZE_MAX: none. */
static size_t boundary_line(const level *l, size_t from, size_t *next, bool *last)
{
    const dl_str s = l->rest;
    for (size_t at = from; (at = dl_str_find(s, l->boundary, at)) != SIZE_MAX; at++) {
        const size_t beg = at - 2, end = at + l->boundary.len;
        if (at < 2 || s.p[beg] != '-' || s.p[beg + 1] != '-' || (beg && s.p[beg - 1] != '\n')) continue;
        *last = s.len - end >= 2 && s.p[end] == '-' && s.p[end + 1] == '-';
        if (!*last && end < s.len && !dl_is_space((unsigned char)s.p[end])) continue; /* of a longer boundary */
        const size_t nl = dl_str_find(s, DL_STR("\n"), end);
        *next = nl == SIZE_MAX ? s.len : nl + 1;
        return beg;
    }
    return SIZE_MAX;
}

/* The next part of the innermost multipart; false: it has no more. */
static bool next_part(message *m, level *l, dl_str *part)
{
    size_t next, after;
    bool last = false, closes = false;
    if (l->last || boundary_line(l, 0, &next, &last) == SIZE_MAX || last) return false;
    size_t end = boundary_line(l, next, &after, &closes);
    l->last = closes || end == SIZE_MAX;
    m->cut = m->cut || end == SIZE_MAX;
    if (end == SIZE_MAX) end = l->rest.len;
    *part = dl_str_cut(l->rest, next, end);
    l->rest = dl_str_cut(l->rest, end, l->rest.len);
    return true;
}

/* How sure it is that this part is the page. */
static int rank_of(const message *m, dl_str head, dl_str type)
{
    const bool html = dl_str_starts_nocase(type, DL_STR("text/html")) || dl_str_starts_nocase(type, DL_STR("application/xhtml"));
    const dl_str id = without_angles(dl_http_field(head, "content-id")), place = dl_http_field(head, "content-location");
    if (m->start.len && dl_str_eq(id, m->start)) return html ? 5 : 2;
    if (html && m->url.len && dl_str_eq(place, m->url)) return 4;
    if (html) return 3;
    return !type.len || dl_str_starts_nocase(type, DL_STR("text/plain")) ? 1 : 0;
}

static void enter(message *m, dl_str body, dl_str type)
{
    const dl_str boundary = parameter(type, "boundary");
    if (!boundary.len || boundary.len > BOUNDARY_MAX || m->levels == LEVELS_MAX) return;
    m->at[m->levels++] = (level){ .rest = body, .boundary = boundary };
}

/* A message or a part: a multipart to walk into, or something that may be the page. */
static void look_at(message *m, dl_str part)
{
    dl_str body, head = dl_http_head(dl_str_cut(part, 0, part.len < HEAD_MAX ? part.len : HEAD_MAX), &body);
    body = dl_str_cut(part, (size_t)(body.p - part.p), part.len);
    head = unfolded(m->a, head);
    const dl_str type = dl_http_field(head, "content-type");
    if (dl_str_starts_nocase(type, DL_STR("multipart/"))) {
        if (!m->start.len) m->start = without_angles(parameter(type, "start"));
        enter(m, body, type);
        return;
    }
    const int rank = rank_of(m, head, type);
    if (rank <= m->rank) return;
    m->rank = rank;
    m->head = head;
    m->body = body;
}

static int base64_value(int c)
{
    if (dl_is_upper(c)) return c - 'A';
    if (dl_is_lower(c)) return c - 'a' + 26;
    if (dl_is_digit(c)) return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* RFC 2045, 6.8: what is no character of it is passed over. */
static size_t from_base64(char *to, dl_str s)
{
    uint32_t bits = 0;
    unsigned have = 0;
    size_t n = 0;
    for (size_t i = 0; i < s.len && s.p[i] != '='; i++) {
        const int v = base64_value((unsigned char)s.p[i]);
        if (v < 0) continue;
        bits = bits << 6 | (uint32_t)v;
        have += 6;
        if (have < 8) continue;
        have -= 8;
        to[n++] = (char)(bits >> have & 0xff);
    }
    return n;
}

/* RFC 2045, 6.7: a "=" that stands for nothing is kept. */
static size_t from_quoted(char *to, dl_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] != '=' || i + 1 == s.len) {
            to[n++] = s.p[i];
            continue;
        }
        size_t end = i + 1; /* a soft line break, with the blanks that carriers add */
        while (end < s.len && (s.p[end] == ' ' || s.p[end] == '\t' || s.p[end] == '\r')) end++;
        const int high = dl_hex((unsigned char)s.p[i + 1]), low = i + 2 < s.len ? dl_hex((unsigned char)s.p[i + 2]) : -1;
        if (high >= 0 && low >= 0) {
            to[n++] = (char)(high * 16 + low);
            i += 2;
        } else if (end < s.len && s.p[end] == '\n') {
            i = end;
        } else {
            to[n++] = '=';
        }
    }
    return n;
}

static dl_str decoded(dl_arena *a, dl_str body, dl_str coding)
{
    const bool base64 = dl_str_starts_nocase(coding, DL_STR("base64"));
    if (!base64 && !dl_str_starts_nocase(coding, DL_STR("quoted-printable"))) return body;
    char *to = dl_arena_raw(a, body.len + 1, 1);
    if (!to) return (dl_str){ NULL, 0 };
    return (dl_str){ to, base64 ? from_base64(to, body) : from_quoted(to, body) };
}

dl_status dl_mhtml_read(dl_raw *out, dl_str bytes, dl_arena *a, const char *where, dl_error *err)
{
    dl_str body, part;
    const dl_str top = unfolded(a, dl_http_head(dl_str_cut(bytes, 0, bytes.len < HEAD_MAX ? bytes.len : HEAD_MAX), &body));
    bool timed;
    message m = { .a = a, .url = dl_http_field(top, "snapshot-content-location") };
    if (!m.url.len) m.url = dl_http_field(top, "content-location");
    look_at(&m, bytes);
    while (m.levels && m.parts < PARTS_MAX && !dl_arena_failed(a)) {
        if (!next_part(&m, &m.at[m.levels - 1], &part)) {
            m.levels--;
            continue;
        }
        m.parts++;
        look_at(&m, part);
    }
    if (dl_arena_failed(a)) return dl_fail_mem(err, where);
    if (!m.rank) return dl_fail(err, DL_EINPUT, where, 0, "mhtml: no part of it is a page");
    const dl_str place = dl_http_field(m.head, "content-location");
    out->url = dl_arena_str(a, dl_str_web(place) && m.rank != 3 ? place
                               : dl_str_web(m.url)              ? m.url
                               : dl_str_web(place)              ? place
                                                                : DL_STR(""));
    if (!dl_feed_date(dl_http_field(top, "date"), &out->fetched, &timed)) out->fetched = DL_NEVER;
    out->content_type = dl_http_field(m.head, "content-type");
    out->cut = m.cut;
    const dl_str page = decoded(a, m.body, dl_http_field(m.head, "content-transfer-encoding"));
    if (dl_arena_failed(a)) return dl_fail_mem(err, where);
    return dl_sniff_page(out, page, a, where, (uint64_t)(m.body.p - bytes.p), err);
}
