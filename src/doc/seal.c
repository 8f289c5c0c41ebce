/* seal.c: a document as one block, and the checks that let a stranger's block be read. */
#include "doc/seal.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/limits.h"
#include "doc/schema.h"

/* The fixed part. Everything behind `sum` is under the checksum. */
typedef struct head {
    char magic[6];
    uint16_t version;
    uint64_t total;
    uint64_t sum;
    dl_meta meta;
    uint32_t text_len, strings_len;
    uint32_t rows[DL_TABLES];
    uint32_t pad;
} head;

static const char magic[6] = { 'D', 'L', 'D', 'O', 'C', 0 };
enum { SUMMED = offsetof(head, meta) };

static size_t up8(size_t n) { return (n + 7) & ~(size_t)7; }

/* Bytes of the whole block; each term is below 2^40, so size_t does not overflow. */
static size_t block_size(const uint32_t rows[DL_TABLES], uint32_t text_len, uint32_t strings_len)
{
    size_t total = up8(sizeof(head)) + up8(text_len) + up8(strings_len);
    for (dl_table t = 0; t < DL_TABLES; t++)
        for (uint16_t i = 0; i < dl_schema[t].cols; i++) total += up8((size_t)rows[t] * dl_schema[t].col[i].size);
    return total;
}

static void put(uint8_t **at, const void *p, size_t n)
{
    if (n) memcpy(*at, p, n);
    *at += up8(n);
}

dl_status dl_seal(dl_bytes *out, const dl_build *b, dl_error *err)
{
    const dl_doc *d = &b->d;
    head h = { .version = DL_DOC_VERSION, .meta = b->meta, .text_len = d->text_len, .strings_len = d->strings_len };
    memcpy(h.magic, magic, sizeof magic);
    for (dl_table t = 0; t < DL_TABLES; t++) h.rows[t] = dl_table_rows(d, t);
    size_t total = block_size(h.rows, h.text_len, h.strings_len);
    uint8_t *p = calloc(1, total);
    if (!p) return dl_fail_mem(err, "document");
    h.total = total;
    uint8_t *at = p;
    put(&at, &h, sizeof h);
    put(&at, d->text, d->text_len);
    put(&at, d->strings, d->strings_len);
    for (dl_table t = 0; t < DL_TABLES; t++)
        for (uint16_t i = 0; i < dl_schema[t].cols; i++) {
            const dl_column *c = &dl_schema[t].col[i];
            put(&at, dl_column_data(d, c), (size_t)h.rows[t] * c->size);
        }
    h.sum = dl_hash(p + SUMMED, total - SUMMED, 0);
    memcpy(p, &h, sizeof h);
    *out = (dl_bytes){ p, total };
    return DL_OK;
}

/* ---- Reading ---- */

static bool span_ok(dl_span s, uint32_t limit) { return s.beg <= s.end && s.end <= limit; }

/* The first row whose cell is out of range; n when all are right. */
static uint32_t bad_row(const dl_doc *d, const dl_column *c, uint32_t n)
{
    const void *data = dl_column_data(d, c);
    const dl_span *spans = data;
    const uint32_t *rows = data;
    const uint8_t *bytes = data;
    uint32_t i = 0;
    switch ((dl_check)c->check) {
    case DL_CHECK_NONE: return n;
    case DL_CHECK_TEXT:
        while (i < n && span_ok(spans[i], d->text_len)) i++;
        return i;
    case DL_CHECK_REF:
        while (i < n && span_ok(spans[i], d->strings_len)) i++;
        return i;
    case DL_CHECK_SPAN:
        while (i < n && spans[i].beg <= spans[i].end) i++;
        return i;
    case DL_CHECK_ENUM:
        while (i < n && bytes[i] < c->limit) i++;
        return i;
    case DL_CHECK_ROW:
        while (i < n && (rows[i] == DL_NONE || rows[i] < dl_table_rows(d, c->limit))) i++;
        return i;
    case DL_CHECK_ROWS:
        while (i < n && span_ok(spans[i], dl_table_rows(d, c->limit))) i++;
        return i;
    }
    return i;
}

static dl_status check_columns(const dl_doc *d, dl_error *err)
{
    for (dl_table t = 0; t < DL_TABLES; t++) {
        uint32_t n = dl_table_rows(d, t);
        for (uint16_t i = 0; i < dl_schema[t].cols; i++) {
            uint32_t row = bad_row(d, &dl_schema[t].col[i], n);
            if (row < n)
                return dl_fail(err, DL_ESTORE, "document", DL_NO_OFFSET, "table %s, column %u, row %u points outside",
                               dl_schema[t].name, i, row);
        }
    }
    return DL_OK;
}

static bool meta_ok(const dl_meta *m, uint32_t text_len, uint32_t strings_len)
{
    const dl_ref refs[] = { m->id,     m->url,      m->canonical, m->title, m->outlet,
                            m->agency, m->language, m->section,   m->place, m->place_agency };
    for (size_t i = 0; i < DL_COUNT(refs); i++)
        if (!span_ok(refs[i], strings_len)) return false;
    return m->body_len <= text_len && m->verdict < DL_VERDICTS && m->basis < DL_BASES;
}

/* Length, version, checksum and sizes; only then may columns be looked at. */
static dl_status check_head(const head *h, const uint8_t *p, size_t len, dl_error *err)
{
    if (memcmp(h->magic, magic, sizeof magic)) return dl_fail(err, DL_ESTORE, "document", 0, "not a document");
    if (h->version != DL_DOC_VERSION)
        return dl_fail(err, DL_ESTORE, "document", 6, "made by another version (%u, this is %d)", h->version, DL_DOC_VERSION);
    if (h->total != len)
        return dl_fail(err, DL_ESTORE, "document", 8, "cut or glued: says %llu bytes, has %zu", (unsigned long long)h->total,
                       len);
    if (h->text_len > DL_TEXT_MAX || h->strings_len > DL_TEXT_MAX || block_size(h->rows, h->text_len, h->strings_len) != len)
        return dl_fail(err, DL_ESTORE, "document", offsetof(head, rows), "its tables do not add up to its length");
    if (h->sum != dl_hash(p + SUMMED, len - SUMMED, 0)) return dl_fail(err, DL_ESTORE, "document", 16, "its checksum is wrong");
    if (!meta_ok(&h->meta, h->text_len, h->strings_len))
        return dl_fail(err, DL_ESTORE, "document", offsetof(head, meta), "its head points outside");
    return DL_OK;
}

dl_status dl_doc_open(dl_doc *out, const void *bytes, size_t len, dl_error *err)
{
    const uint8_t *p = bytes;
    if (len < sizeof(head)) return dl_fail(err, DL_ESTORE, "document", 0, "too short to be one (%zu bytes)", len);
    const head *h = bytes;
    dl_status st = check_head(h, p, len, err);
    if (st) return st;
    dl_doc d = { .meta = &h->meta, .text_len = h->text_len, .strings_len = h->strings_len };
    size_t at = up8(sizeof(head));
    d.text = (const char *)p + at;
    at += up8(h->text_len);
    d.strings = (const char *)p + at;
    at += up8(h->strings_len);
    for (dl_table t = 0; t < DL_TABLES; t++) {
        *dl_table_n(&d, t) = h->rows[t];
        for (uint16_t i = 0; i < dl_schema[t].cols; i++) {
            *dl_column_of(&d, &dl_schema[t].col[i]) = (void *)(uintptr_t)(p + at); /* read through const dl_doc alone */
            at += up8((size_t)h->rows[t] * dl_schema[t].col[i].size);
        }
    }
    st = check_columns(&d, err);
    if (st) return st;
    *out = d;
    return DL_OK;
}
