/* build.c: columns that grow in an arena. */
#include "doc/build.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/limits.h"
#include "doc/schema.h"

static void empty(dl_build *b)
{
    b->d = (dl_doc){ .meta = &b->meta };
    b->meta = (dl_meta){ .fetched = DL_NEVER,
                         .published = DL_NEVER,
                         .printed = DL_NEVER,
                         .given = DL_NEVER,
                         .modified = DL_NEVER,
                         .place_day = DL_NEVER };
    memset(b->cap, 0, sizeof b->cap);
    b->text_cap = b->strings_cap = 0;
    b->over = false;
}

void dl_build_init(dl_build *b)
{
    *b = (dl_build){ 0 };
    dl_arena_init(&b->keep, DL_ARENA_MAX);
    dl_arena_init(&b->scratch, DL_ARENA_MAX);
    empty(b);
}

void dl_build_free(dl_build *b)
{
    dl_arena_free(&b->keep);
    dl_arena_free(&b->scratch);
}

void dl_build_reset(dl_build *b)
{
    dl_arena_reset(&b->keep);
    dl_arena_reset(&b->scratch);
    empty(b);
}

/* Room for `cap` rows in every column of a table; those not yet in use are zero. */
static bool widen(dl_build *b, dl_table t, uint32_t cap)
{
    const dl_table_info *info = &dl_schema[t];
    uint32_t n = dl_table_rows(&b->d, t);
    for (uint16_t i = 0; i < info->cols; i++) {
        void **col = dl_column_of(&b->d, &info->col[i]);
        void *wide = dl_arena_grow(&b->keep, *col, n, cap, info->col[i].size);
        if (!wide) return false;
        *col = wide;
    }
    b->cap[t] = cap;
    return true;
}

uint32_t dl_row(dl_build *b, dl_table t)
{
    uint32_t *n = dl_table_n(&b->d, t);
    if (*n == b->cap[t]) {
        if (*n > UINT32_MAX / 4 || !widen(b, t, *n ? *n * 2 : 32)) {
            b->keep.failed = true;
            return DL_NONE;
        }
    }
    return (*n)++;
}

void dl_rows_clear(dl_build *b, dl_table t)
{
    const dl_table_info *info = &dl_schema[t];
    const uint32_t n = dl_table_rows(&b->d, t);
    for (uint16_t i = 0; n && i < info->cols; i++) memset(*dl_column_of(&b->d, &info->col[i]), 0, (size_t)n * info->col[i].size);
    *dl_table_n(&b->d, t) = 0;
}

/* Appends to one of the two byte columns. */
static dl_span put_bytes(dl_build *b, const char **bytes, uint32_t *len, uint32_t *cap, dl_str s)
{
    if (!s.len) return (dl_span){ 0, 0 };
    if (s.len > DL_TEXT_MAX - *len) {
        b->over = b->keep.failed = true;
        return (dl_span){ 0, 0 };
    }
    uint32_t want = *len + (uint32_t)s.len;
    if (want > *cap) {
        uint32_t more = *cap ? *cap * 2 : 4096;
        if (more < want) more = want;
        char *wide = dl_arena_raw(&b->keep, more, 1);
        if (!wide) return (dl_span){ 0, 0 };
        if (*len) memcpy(wide, *bytes, *len);
        *bytes = wide;
        *cap = more;
    }
    memcpy((char *)(uintptr_t)*bytes + *len, s.p, s.len);
    dl_span at = { *len, want };
    *len = want;
    return at;
}

dl_ref dl_put(dl_build *b, dl_str s) { return put_bytes(b, &b->d.strings, &b->d.strings_len, &b->strings_cap, s); }

dl_span dl_put_text(dl_build *b, dl_str s)
{
    if (!s.len) return (dl_span){ b->d.text_len, b->d.text_len };
    return put_bytes(b, &b->d.text, &b->d.text_len, &b->text_cap, s);
}

void dl_warn(dl_build *b, const char *what, const char *fmt, ...)
{
    char words[512];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(words, sizeof words, fmt, args);
    va_end(args);
    uint32_t row = dl_row(b, DL_T_WARNINGS);
    if (row == DL_NONE || n < 0) return;
    b->d.warnings.what[row] = dl_put(b, dl_str_of(what));
    b->d.warnings.detail[row] = dl_put(b, dl_str_of(words));
}

dl_status dl_build_status(const dl_build *b)
{
    if (b->over) return DL_ELIMIT;
    return b->keep.failed || b->scratch.failed ? DL_ENOMEM : DL_OK;
}

dl_status dl_build_from(dl_build *b, const dl_doc *d)
{
    dl_build_reset(b);
    b->meta = *d->meta;
    dl_put_text(b, (dl_str){ d->text, d->text_len });
    dl_put(b, (dl_str){ d->strings, d->strings_len });
    for (dl_table t = 0; t < DL_TABLES; t++) {
        uint32_t n = dl_table_rows(d, t);
        if (n && !widen(b, t, n)) return DL_ENOMEM;
        *dl_table_n(&b->d, t) = n;
        for (uint16_t i = 0; n && i < dl_schema[t].cols; i++) {
            const dl_column *c = &dl_schema[t].col[i];
            memcpy(*dl_column_of(&b->d, c), dl_column_data(d, c), (size_t)n * c->size);
        }
    }
    return dl_build_status(b);
}
