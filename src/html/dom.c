/* dom.c: reading a parsed document. */
#include "html/dom.h"

dl_str dl_dom_attr(const dl_dom *d, uint32_t node, const char *name)
{
    dl_str want = dl_str_of(name);
    for (uint32_t i = d->attr[node], end = i + d->n_attr[node]; i < end; i++)
        if (dl_str_eq(d->attr_name[i], want)) return d->attr_value[i];
    return (dl_str){ NULL, 0 };
}

uint32_t dl_dom_next(const dl_dom *d, uint32_t root, uint32_t node, bool skip)
{
    if (!skip && d->first[node] != DL_NONE) return d->first[node];
    while (node != root && d->next[node] == DL_NONE) node = d->parent[node];
    return node == root ? DL_NONE : d->next[node];
}

bool dl_dom_text_map(const dl_dom *d, uint32_t node, dl_offsets *out, dl_arena *a)
{
    uint32_t lo = 0, hi = d->marks; /* first mark of the node */
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (d->mark[mid].node < node)
            lo = mid + 1;
        else
            hi = mid;
    }
    out->n = 0;
    if (lo == d->marks || d->mark[lo].node != node) return dl_offsets_mark(out, a, 0, d->raw[node].beg);
    for (; lo < d->marks && d->mark[lo].node == node; lo++)
        if (!dl_offsets_mark(out, a, d->mark[lo].made, d->mark[lo].from)) return false;
    return true;
}
