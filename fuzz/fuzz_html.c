/* fuzz_html.c: any bytes make a document, and a sound one: links agree, nothing is its own ancestor,
 * every offset lies in the page. The first byte says in which element the rest is parsed. */
#include <stdint.h>
#include <stdlib.h>

#include "html/tree.h"

#define CHECK(x)                                                                                                                 \
    do {                                                                                                                         \
        if (!(x)) abort();                                                                                                       \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_links(const dl_dom *d, uint32_t i)
{
    uint32_t prev = d->prev[i], next = d->next[i], parent = d->parent[i], first = d->first[i], last = d->last[i];
    CHECK((first == DL_NONE) == (last == DL_NONE));
    if (first != DL_NONE)
        CHECK(d->parent[first] == i && d->prev[first] == DL_NONE && d->parent[last] == i && d->next[last] == DL_NONE);
    if (prev != DL_NONE) CHECK(prev < d->n && d->next[prev] == i && d->parent[prev] == parent);
    if (next != DL_NONE) CHECK(next < d->n && d->prev[next] == i && d->parent[next] == parent);
    if (parent == DL_NONE) {
        CHECK(prev == DL_NONE && next == DL_NONE);
    } else {
        CHECK(parent < d->n && d->type[parent] != DL_NODE_TEXT && d->type[parent] != DL_NODE_COMMENT);
        CHECK(prev != DL_NONE || d->first[parent] == i);
        CHECK(next != DL_NONE || d->last[parent] == i);
    }
}

static void check_text(const dl_dom *d, uint32_t i, dl_arena *a)
{
    dl_offsets map = { 0 };
    CHECK(d->data[i].len > 0);
    CHECK(dl_dom_text_map(d, i, &map, a));
    CHECK(map.n > 0 && map.made[0] == 0);
    for (size_t k = 0; k < map.n; k++) {
        CHECK(map.from[k] >= d->raw[i].beg && map.from[k] <= d->raw[i].end);
        CHECK(!k || map.made[k] > map.made[k - 1]);
    }
    if (map.n > 1) return;
    CHECK(d->data[i].len == dl_span_len(d->raw[i]));
    for (size_t k = 0; k < d->data[i].len; k++) {
        char c = d->page.p[d->raw[i].beg + k];
        CHECK(d->data[i].p[k] == (c == '\r' ? '\n' : c));
    }
}

static void check(const dl_dom *d, dl_arena *a)
{
    uint32_t size = (uint32_t)d->page.len, seen = 0, texts = 0;
    CHECK(d->n > 0 && d->type[0] == DL_NODE_DOCUMENT && d->parent[0] == DL_NONE);
    for (uint32_t i = 0; i < d->n; i++) {
        check_links(d, i);
        CHECK(d->raw[i].beg <= d->raw[i].end && d->raw[i].end <= d->raw_end[i] && d->raw_end[i] <= size);
        CHECK(d->attr[i] + d->n_attr[i] <= d->attrs || !d->n_attr[i]);
        for (uint32_t k = d->attr[i]; k < d->attr[i] + d->n_attr[i]; k++) {
            CHECK(d->attr_raw[k].beg <= d->attr_raw[k].end && d->attr_raw[k].end <= size);
            CHECK(d->attr_name[k].len > 0);
        }
        if (d->type[i] == DL_NODE_TEXT && texts++ < 1000) check_text(d, i, a);
    }
    for (uint32_t i = 0; i != DL_NONE; i = dl_dom_next(d, 0, i, false)) {
        CHECK(seen++ < d->n);
        unsigned depth = 0;
        for (uint32_t p = i; seen < 4000 && p; p = d->parent[p]) CHECK(++depth <= 4 * DL_DEPTH_MAX);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct {
        dl_ns ns;
        const char *name;
    } contexts[] = {
        { DL_NS_HTML, "body" },
        { DL_NS_HTML, "td" },
        { DL_NS_HTML, "tr" },
        { DL_NS_HTML, "table" },
        { DL_NS_HTML, "template" },
        { DL_NS_HTML, "title" },
        { DL_NS_HTML, "script" },
        { DL_NS_HTML, "select" },
        { DL_NS_HTML, "frameset" },
        { DL_NS_SVG, "svg" },
        { DL_NS_SVG, "foreignObject" },
        { DL_NS_MATHML, "mi" },
        { DL_NS_MATHML, "annotation-xml" },
    };
    dl_arena keep, scratch;
    dl_dom d;
    dl_status st;
    if (!size) return 0;
    dl_arena_init(&keep, (size_t)1 << 30);
    dl_arena_init(&scratch, (size_t)1 << 30);
    dl_str page = { (const char *)data + 1, size - 1 };
    size_t c = data[0] % 32;
    if (c < DL_COUNT(contexts))
        st = dl_html_parse_fragment(&d, page, contexts[c].ns, dl_str_of(contexts[c].name), &keep, &scratch, NULL);
    else
        st = dl_html_parse(&d, page, &keep, &scratch, NULL);
    CHECK(st == DL_OK);
    check(&d, &scratch);
    dl_offsets map = { 0 };
    dl_str plain = dl_html_unescape(&scratch, page, &map);
    CHECK(plain.len <= page.len + page.len / 4 + 8);
    dl_arena_free(&keep);
    dl_arena_free(&scratch);
    return 0;
}
