/* naming.c: ids seen one after the other. */
#include "api/naming.h"

#include "base/error.h"

dl_naming dl_naming_of(const char *want) { return (dl_naming){ .want = dl_str_of(want ? want : ""), .exact = DL_NONE }; }

dl_str dl_naming_file(dl_str id)
{
    for (size_t i = id.len; i > 0; i--) {
        if (id.p[i - 1] == '/' && i < id.len) return dl_str_cut(id, i, id.len);
    }
    return id;
}

void dl_naming_see(dl_naming *n, dl_str id, uint32_t page)
{
    if (!n->want.len || n->exact != DL_NONE || dl_str_find(id, n->want, 0) == SIZE_MAX) return;
    if (id.len == n->want.len) n->exact = page;
    n->within = page;
    n->n_within++;
    if (!dl_str_ends(id, n->want) && !dl_str_starts(dl_naming_file(id), n->want)) return;
    n->close = page;
    n->n_close++;
}

uint32_t dl_naming_page(const dl_naming *n)
{
    if (n->exact != DL_NONE) return n->exact;
    return n->n_close == 1 ? n->close : !n->n_close && n->n_within == 1 ? n->within : DL_NONE;
}

dl_status dl_naming_fail(const dl_naming *n, const char *where, dl_error *err)
{
    const int len = (int)(n->want.len < 100 ? n->want.len : 100);
    if (!n->n_within) return dl_fail(err, DL_EUSAGE, where, DL_NO_OFFSET, "%.*s: no page has such an id", len, n->want.p);
    return dl_fail(err, DL_EUSAGE, where, DL_NO_OFFSET, "%.*s: %u pages have such an id", len, n->want.p,
                   n->n_close ? n->n_close : n->n_within);
}
