/* parts.c: what a page was cut into, in page order. */
#include "api/parts.h"

#include <stdio.h>

#include "base/sort.h"
#include "base/utf8.h"
#include "input/decode.h"

#define HEAD ((size_t)1 << 14) /* bytes of a page that tell its encoding                          */

static int by_place(const void *a, const void *b, const void *ctx)
{
    const dl_part *x = a, *y = b;
    (void)ctx;
    return (x->raw.beg > y->raw.beg) - (x->raw.beg < y->raw.beg);
}

dl_part *dl_parts_of(const dl_doc *d, dl_arena *a, uint32_t *out_n)
{
    const uint32_t n = d->blocks.n + d->removed.n;
    dl_part *part = DL_NEW(a, n + 1, dl_part);
    if (!part) return NULL;
    for (uint32_t i = 0; i < d->blocks.n; i++) part[i] = (dl_part){ d->blocks.raw[i], i, DL_NONE };
    for (uint32_t i = 0; i < d->removed.n; i++) part[d->blocks.n + i] = (dl_part){ d->removed.raw[i], DL_NONE, i };
    if (!dl_sort(part, n, sizeof *part, by_place, NULL, a)) return NULL;
    *out_n = n;
    return part;
}

dl_str dl_part_raw(const dl_view *v, uint32_t page, dl_span at, dl_arena *a)
{
    const dl_str raw = v->raw ? v->raw(v->raw_ctx, page) : (dl_str){ NULL, 0 };
    if (!raw.p || at.end > raw.len || at.beg > at.end) return (dl_str){ NULL, 0 };
    const dl_str s = dl_str_trim(dl_str_cut(raw, at.beg, at.end));
    if (dl_utf8_bad(s) == s.len && !memchr(s.p, 0, s.len)) return s;
    dl_raw whole = { 0 }, part = { 0 };
    char type[64];
    if (dl_decode(&whole, dl_str_cut(raw, 0, raw.len < HEAD ? raw.len : HEAD), (dl_str){ NULL, 0 }, true, a, "page", NULL))
        return s;
    snprintf(type, sizeof type, "text/html; charset=%.*s", (int)(whole.encoding.len < 32 ? whole.encoding.len : 32),
             whole.encoding.p);
    return dl_decode(&part, dl_str_cut(raw, at.beg, at.end), dl_str_of(type), true, a, "page", NULL) ? s
                                                                                                     : dl_str_trim(part.bytes);
}

dl_str dl_part_text(const dl_view *v, uint32_t page, const dl_doc *d, const dl_part *part, dl_arena *a)
{
    return part->block != DL_NONE ? dl_doc_text(d, d->blocks.span[part->block]) : dl_part_raw(v, page, part->raw, a);
}
