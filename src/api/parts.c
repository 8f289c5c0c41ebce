/* parts.c: what a page was cut into, in page order. */
#include "api/parts.h"

#include "base/sort.h"

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

dl_str dl_part_text(const dl_view *v, uint32_t page, const dl_doc *d, const dl_part *part)
{
    if (part->block != DL_NONE) return dl_doc_text(d, d->blocks.span[part->block]);
    dl_str raw = v->raw ? v->raw(v->raw_ctx, page) : (dl_str){ NULL, 0 };
    if (!raw.p || part->raw.end > raw.len || part->raw.beg > part->raw.end) return (dl_str){ NULL, 0 };
    return dl_str_trim(dl_str_cut(raw, part->raw.beg, part->raw.end));
}
