/* record.c: writing and reading the records of a corpus. */
#include "copies/record.h"

#include "base/varint.h"
#include "copies/work.h"

enum { LEN_FAR = 15, GAP_FAR = 3, FLAGS = 64, UPPER = 128, WORD_BYTES = 3 + 2 * DL_VARINT_MAX };
#define GOES_ON (DL_WORD_QUOTED | DL_WORD_HEADING) /* flags that the next word mostly has, too            */

/* What is kept of a source is all there is to it: a new field belongs into the record. */
_Static_assert(sizeof(dl_source) == 48, "dl_source has changed: dl_record has to keep it");

static const uint32_t *numbers(const dl_record *r) { return (const uint32_t *)(const void *)(r + 1); }
static const char *strings(const dl_record *r)
{
    return (const char *)(numbers(r) + ((size_t)r->sketch + r->title + r->names + r->words));
}

/* ---- Writing ---------------------------------------------------------------------------------- */

static uint8_t *put_word(uint8_t *to, const dl_words *w, uint32_t i)
{
    uint32_t len = dl_span_len(w->span[i]), gap = w->span[i].beg - (i ? w->span[i - 1].end : 0);
    uint8_t flags = w->flags[i], like = (uint8_t)((i ? w->flags[i - 1] & GOES_ON : 0) | (flags & DL_WORD_UPPER));
    uint8_t *head = to++;
    *head = (uint8_t)((len < LEN_FAR ? len : LEN_FAR) | (gap < GAP_FAR ? gap : GAP_FAR) << 4);
    if (flags & DL_WORD_UPPER) *head |= UPPER;
    if (len >= LEN_FAR) to = dl_varint_put(to, len);
    if (gap >= GAP_FAR) to = dl_varint_put(to, gap);
    if (flags != like) {
        *head |= FLAGS;
        *to++ = flags;
    }
    return to;
}

static void put_numbers(dl_buf *b, const uint32_t *v, uint32_t n) { dl_buf_add(b, (dl_str){ (const char *)v, n * sizeof *v }); }

static uint32_t put_words(dl_buf *b, const dl_words *w)
{
    enum { SOME = 1024 };
    size_t before = b->len;
    for (uint32_t i = 0; i < w->n;) {
        uint32_t end = w->n - i < SOME ? w->n : i + SOME;
        size_t from = b->len;
        uint8_t *beg = (uint8_t *)dl_buf_room(b, (size_t)(end - i) * WORD_BYTES), *at = beg;
        if (!beg) return 0;
        while (i < end) at = put_word(at, w, i++);
        b->len = from + (size_t)(at - beg);
    }
    return (uint32_t)(b->len - before);
}

bool dl_record_make(dl_buf *out, const dl_doc *d, uint64_t key, const dl_models *m, dl_arena *scratch)
{
    dl_card c;
    dl_words w;
    dl_source s;
    if (!dl_card_make(&c, &w, d, scratch, scratch)) return false;
    dl_source_of(&s, d, m);
    dl_str id = dl_doc_str(d, d->meta->id), url = dl_doc_str(d, d->meta->url), outlet = dl_doc_str(d, d->meta->outlet),
           where = dl_str_of(s.where);
    dl_record r = { .words = w.n,
                    .sketch = c.n_sketch,
                    .title = c.n_title,
                    .names = c.n_names,
                    .id = (uint32_t)id.len,
                    .url = (uint32_t)url.len,
                    .outlet = (uint32_t)outlet.len,
                    .source = (uint32_t)s.name.len,
                    .elsewhere = (uint32_t)s.elsewhere.len,
                    .where = (uint32_t)where.len,
                    .markup = c.markup,
                    .published = c.published,
                    .fetched = d->meta->fetched,
                    .text_hash = c.text_hash,
                    .host = c.host,
                    .key = key,
                    .has_time = c.has_time,
                    .verdict = d->meta->verdict,
                    .source_kind = s.kind,
                    .own = s.own,
                    .secondary = s.secondary };
    size_t beg = out->len;
    dl_buf_fill(out, 0, sizeof r);
    put_numbers(out, c.sketch, c.n_sketch);
    put_numbers(out, c.title, c.n_title);
    put_numbers(out, c.names, c.n_names);
    put_numbers(out, w.hash, w.n);
    dl_buf_add(out, id);
    dl_buf_add(out, url);
    dl_buf_add(out, outlet);
    dl_buf_add(out, s.name);
    dl_buf_add(out, s.elsewhere);
    dl_buf_add(out, where);
    dl_buf_putc(out, 0);
    r.coded = put_words(out, &w);
    dl_buf_fill(out, 0, (8 - (out->len - beg) % 8) % 8);
    if (out->failed) return false;
    r.bytes = (uint32_t)(out->len - beg);
    memcpy(out->p + beg, &r, sizeof r);
    return true;
}

/* ---- Reading ---------------------------------------------------------------------------------- */

/* Bytes of the strings in front of `where`. */
static uint64_t before_where(const dl_record *r) { return (uint64_t)r->id + r->url + r->outlet + r->source + r->elsewhere; }

const dl_record *dl_record_at(const uint8_t *p, size_t n)
{
    const dl_record *r = (const void *)p;
    if (n < sizeof *r || r->bytes > n || r->bytes % 8) return NULL;
    uint64_t least = sizeof *r + 4 * ((uint64_t)r->sketch + r->title + r->names + r->words) + before_where(r) +
                     (uint64_t)r->where + 1 + r->coded;
    if (r->bytes < least || r->bytes > least + 7 || r->zero) return NULL;
    return strings(r)[before_where(r) + r->where] ? NULL : r;
}

void dl_record_card(dl_card *out, const dl_record *r)
{
    const uint32_t *v = numbers(r);
    *out = (dl_card){ .words = r->words,
                      .n_sketch = r->sketch,
                      .n_title = r->title,
                      .n_names = r->names,
                      .sketch = v,
                      .title = v + r->sketch,
                      .names = v + r->sketch + r->title,
                      .text_hash = r->text_hash,
                      .host = r->host,
                      .published = r->published,
                      .markup = r->markup,
                      .has_time = r->has_time };
}

void dl_record_source(dl_source *out, const dl_record *r)
{
    const char *s = strings(r) + r->id + r->url + r->outlet;
    *out = (dl_source){ .name = { s, r->source },
                        .kind = r->source_kind,
                        .own = r->own,
                        .secondary = r->secondary,
                        .where = r->where ? s + r->source + r->elsewhere : NULL,
                        .elsewhere = { s + r->source, r->elsewhere } };
}

dl_str dl_record_id(const dl_record *r) { return (dl_str){ strings(r), r->id }; }

void dl_record_doc(dl_doc *out, dl_meta *meta, const dl_record *r)
{
    *meta = (dl_meta){ .id = { 0, r->id },
                       .url = { r->id, r->id + r->url },
                       .outlet = { r->id + r->url, r->id + r->url + r->outlet },
                       .published = r->published,
                       .fetched = r->fetched,
                       .text_hash = r->text_hash,
                       .words = r->words,
                       .verdict = r->verdict,
                       .has_time = r->has_time };
    *out = (dl_doc){ .meta = meta, .strings = strings(r), .strings_len = r->id + r->url + r->outlet };
}

/* What stands behind a word's first byte. */
static bool take_word(dl_words *w, uint32_t i, const uint8_t **at, const uint8_t *end, uint32_t *pos)
{
    if (*at == end) return false;
    uint8_t head = *(*at)++, flags = (uint8_t)((i ? w->flags[i - 1] & GOES_ON : 0) | (head & UPPER ? DL_WORD_UPPER : 0));
    uint64_t len = head & LEN_FAR, gap = head >> 4 & GAP_FAR;
    if (len == LEN_FAR && !dl_varint_take(at, end, &len)) return false;
    if (gap == GAP_FAR && !dl_varint_take(at, end, &gap)) return false;
    if (head & FLAGS) {
        if (*at == end) return false;
        flags = *(*at)++;
    }
    if (len > UINT32_MAX || gap > UINT32_MAX || *pos + gap + len > UINT32_MAX) return false;
    w->span[i] = (dl_span){ *pos + (uint32_t)gap, *pos + (uint32_t)(gap + len) };
    w->flags[i] = flags;
    *pos = w->span[i].end;
    return true;
}

bool dl_record_words(dl_words *out, const dl_record *r, dl_arena *a)
{
    const uint32_t *hash = numbers(r) + r->sketch + r->title + r->names;
    const uint8_t *at = (const uint8_t *)strings(r) + before_where(r) + r->where + 1, *end = at + r->coded;
    uint32_t pos = 0;
    *out = (dl_words){ .hash = (uint32_t *)(uintptr_t)hash };
    out->span = dl_arena_raw(a, (size_t)r->words + 1, sizeof *out->span);
    out->flags = dl_arena_raw(a, (size_t)r->words + 1, sizeof *out->flags);
    if (!out->span || !out->flags) return false;
    for (; out->n < r->words; out->n++) {
        if (!take_word(out, out->n, &at, end, &pos)) return false;
    }
    return true;
}
