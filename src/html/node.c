/* node.c: making nodes, their text and their attributes, and where they are put (13.2.6.1). */
#include "base/sort.h"
#include "html/tree.h"

/* What one token can make: every formatting element anew, the clones of the adoption agency, the
 * elements implied and its own. */
enum { NODES_A_TOKEN = DL_FORMAT_MAX + 64 };
/* Attributes up to which later <html> and <body> tags add to the element. */
enum { MERGE_MAX = 64 };

/* What lies behind n is not touched: room that is not used costs no memory. */
static void *widen(dl_arena *a, const void *old, size_t n, size_t cap, size_t size)
{
    void *wide = dl_arena_raw(a, cap, size);
    if (wide && n) memcpy(wide, old, n * size);
    return wide;
}
#define GROW(array) ((array) = widen(b->keep, (array), d->n, cap, sizeof *(array)))

bool dl_tree_reserve(dl_tree *b)
{
    dl_dom *d = b->d;
    if (d->n + NODES_A_TOKEN <= b->cap) return true;
    /* Most pages have a node for 100 bytes. Where there are more, what is left is taken to be like
     * what was read, so that a large page is not copied often. */
    size_t cap = b->t.n / 64;
    if (b->cap) {
        size_t like = (size_t)((double)b->cap / (b->t.at + 1.0) * b->t.n * 1.1);
        cap = b->cap + b->cap / 2;
        if (cap < like) cap = like < 8 * b->cap ? like : 8 * b->cap;
    }
    if (cap < d->n + 4 * NODES_A_TOKEN) cap = d->n + 4 * NODES_A_TOKEN;
    bool ok = GROW(d->type) && GROW(d->ns) && GROW(d->tag) && GROW(d->parent) && GROW(d->first) && GROW(d->last) &&
              GROW(d->prev) && GROW(d->next) && GROW(d->data) && GROW(d->raw) && GROW(d->raw_end) && GROW(d->attr) &&
              GROW(d->n_attr) && GROW(b->flag);
    if (ok) b->cap = cap;
    return ok;
}

static uint32_t fresh(dl_tree *b, dl_node_type type, dl_span raw)
{
    dl_dom *d = b->d;
    uint32_t i = d->n++;
    assert(i < b->cap);
    d->type[i] = (uint8_t)type;
    d->ns[i] = 0;
    d->tag[i] = 0;
    d->parent[i] = d->first[i] = d->last[i] = d->prev[i] = d->next[i] = DL_NONE;
    d->data[i] = (dl_str){ "", 0 };
    d->raw[i] = raw;
    d->raw_end[i] = raw.end;
    d->attr[i] = 0;
    d->n_attr[i] = 0;
    b->flag[i] = 0;
    return i;
}

void dl_tree_append(dl_tree *b, uint32_t parent, uint32_t before, uint32_t node)
{
    dl_dom *d = b->d;
    uint32_t prev = before == DL_NONE ? d->last[parent] : d->prev[before];
    d->parent[node] = parent;
    d->prev[node] = prev;
    d->next[node] = before;
    *(prev == DL_NONE ? &d->first[parent] : &d->next[prev]) = node;
    *(before == DL_NONE ? &d->last[parent] : &d->prev[before]) = node;
}

void dl_tree_detach(dl_tree *b, uint32_t node)
{
    dl_dom *d = b->d;
    uint32_t parent = d->parent[node], prev = d->prev[node], next = d->next[node];
    if (parent == DL_NONE) return;
    *(prev == DL_NONE ? &d->first[parent] : &d->next[prev]) = next;
    *(next == DL_NONE ? &d->last[parent] : &d->prev[next]) = prev;
    d->parent[node] = d->prev[node] = d->next[node] = DL_NONE;
}

void dl_tree_move_children(dl_tree *b, uint32_t from, uint32_t to)
{
    dl_dom *d = b->d;
    for (uint32_t c = d->first[from]; c != DL_NONE; c = d->next[c]) d->parent[c] = to;
    d->first[to] = d->first[from];
    d->last[to] = d->last[from];
    d->first[from] = d->last[from] = DL_NONE;
}

void dl_tree_place(const dl_tree *b, uint32_t target, uint32_t *parent, uint32_t *before)
{
    const dl_dom *d = b->d;
    *parent = target;
    *before = DL_NONE;
    if (!b->foster || !(dl_el_props[dl_kind_of(d, target)] & DL_EL_FOSTER)) return;
    uint32_t i = b->n_open;
    while (i-- > 0 && b->kind[i] != DL_TAG_TABLE && b->kind[i] != DL_TAG_TEMPLATE) {
    }
    if (i == UINT32_MAX) {
        *parent = b->open[0]; /* fragment case */
    } else if (b->kind[i] == DL_TAG_TEMPLATE) {
        *parent = b->open[i];
    } else if (d->parent[b->open[i]] != DL_NONE) {
        *parent = d->parent[b->open[i]];
        *before = b->open[i];
    } else {
        *parent = b->open[i - 1]; /* i > 0: a table is never the root */
    }
}

uint32_t dl_tree_element(dl_tree *b, unsigned kind, dl_str name, dl_span raw)
{
    uint32_t node = fresh(b, DL_NODE_ELEMENT, raw);
    b->d->ns[node] = (uint8_t)(kind >> 8);
    b->d->tag[node] = kind & 255;
    b->d->data[node] = name;
    return node;
}

uint32_t dl_tree_clone(dl_tree *b, uint32_t node)
{
    dl_dom *d = b->d;
    uint32_t at = dl_token_of(b)->raw.beg;
    uint32_t clone = dl_tree_element(b, dl_kind_of(d, node), d->data[node], (dl_span){ at, at });
    d->attr[clone] = d->attr[node];
    d->n_attr[clone] = d->n_attr[node];
    return clone;
}

void dl_tree_comment(dl_tree *b, uint32_t parent)
{
    uint32_t node = fresh(b, DL_NODE_COMMENT, dl_token_of(b)->raw), before = DL_NONE;
    b->d->data[node] = dl_token_of(b)->text;
    if (parent == DL_NONE) dl_tree_place(b, dl_current(b), &parent, &before);
    dl_tree_append(b, parent, before, node);
}

static bool add_attr(dl_tree *b, uint32_t node, const char *name, dl_str value)
{
    dl_attrs *a = &b->t.attrs;
    if (!value.p) return true;
    if (a->n + 2 > a->cap) return false;
    a->name[a->n] = dl_str_of(name);
    a->value[a->n] = value;
    a->raw[a->n] = dl_token_of(b)->raw;
    a->n++;
    b->d->n_attr[node]++;
    return true;
}

void dl_tree_doctype(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    uint32_t node = fresh(b, DL_NODE_DOCTYPE, k->raw);
    if (k->text.p) b->d->data[node] = k->text;
    dl_tree_append(b, 0, DL_NONE, node);
    b->d->attr[node] = b->t.attrs.n;
    if (!dl_tok_attr_room(&b->t, 2)) return;
    (void)add_attr(b, node, DL_DOCTYPE_PUBLIC, k->public_id);
    (void)add_attr(b, node, DL_DOCTYPE_SYSTEM, k->system_id);
}

/* The byte of the page that byte `at` of the text token comes from. */
static uint32_t origin(const dl_tree *b, size_t at)
{
    const dl_token *k = dl_token_of(b);
    if (!b->t.map.n) return k->raw.beg + (uint32_t)at;
    return at >= k->text.len ? k->raw.end : dl_offsets_from(&b->t.map, (uint32_t)at);
}

static void mark(dl_tree *b, uint32_t node, size_t made, uint32_t from)
{
    dl_dom *d = b->d;
    if (!DL_ROOM(b->scratch, d->mark, d->marks, b->marks_cap)) {
        b->failed = true;
        return;
    }
    d->mark[d->marks++] = (dl_text_mark){ node, (uint32_t)made, from };
}

void dl_tree_no_origin(dl_tree *b, uint32_t text)
{
    uint32_t at = b->d->raw[text].beg;
    b->flag[text] |= DL_NODE_MARKED;
    mark(b, text, 0, at);
    mark(b, text, b->d->data[text].len, at);
}

/* Characters [beg, end) of the token stand at `made` of the node's text. The end is marked too. */
static void mark_piece(dl_tree *b, uint32_t node, size_t made, size_t beg, size_t end)
{
    const dl_offsets *map = &b->t.map;
    b->flag[node] |= DL_NODE_MARKED;
    mark(b, node, made, origin(b, beg));
    size_t lo = 0, hi = map->n; /* first mark behind beg */
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (map->made[mid] <= beg)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < map->n && map->made[lo] <= end; lo++) mark(b, node, made + (map->made[lo] - beg), map->from[lo]);
}

static size_t power_of_two(size_t n)
{
    size_t p = 64;
    while (p < n) p *= 2;
    return p;
}

/* Adds characters to a text node. Once its text is our own, the piece of memory it lies in is as
 * large as the next power of two, so adding is linear in all. */
static void extend(dl_tree *b, uint32_t node, size_t beg, size_t end)
{
    dl_dom *d = b->d;
    dl_str old = d->data[node], more = dl_str_cut(dl_token_of(b)->text, beg, end);
    uint8_t *flag = &b->flag[node];
    dl_span *raw = &d->raw[node];
    uint32_t from = origin(b, beg);
    if (!(*flag & (DL_NODE_OWNS | DL_NODE_MARKED)) && !b->t.map.n && raw->end == from) {
        d->data[node].len += more.len; /* the next bytes of the page */
    } else {
        if (!(*flag & DL_NODE_OWNS) || power_of_two(old.len) < old.len + more.len) {
            char *p = dl_arena_raw(b->keep, power_of_two(old.len + more.len), 1);
            if (!p) {
                b->failed = true;
                return;
            }
            memcpy(p, old.p, old.len);
            d->data[node].p = p;
        }
        if (!(*flag & DL_NODE_MARKED)) mark(b, node, 0, raw->beg);
        *flag |= DL_NODE_OWNS;
        memcpy((char *)(uintptr_t)d->data[node].p + old.len, more.p, more.len);
        d->data[node].len = old.len + more.len;
        mark_piece(b, node, old.len, beg, end);
    }
    if (from < raw->beg) raw->beg = from;
    uint32_t last = origin(b, end);
    if (last > raw->end) raw->end = d->raw_end[node] = last;
}

bool dl_tree_replace_nul(dl_tree *b)
{
    dl_str s = dl_token_of(b)->text;
    const dl_offsets *old = &b->t.map;
    dl_offsets map = { 0 };
    char *out = dl_arena_raw(b->keep, 3 * s.len, 1);
    size_t n = 0, next = 0;
    bool ok = out && dl_offsets_mark(&map, b->scratch, 0, origin(b, 0));
    for (size_t i = 0; i < s.len && ok; i++) {
        while (next < old->n && old->made[next] < i) next++;
        if (next < old->n && old->made[next] == i) ok = dl_offsets_mark(&map, b->scratch, (uint32_t)n, old->from[next]);
        size_t len = s.p[i] ? 1 : 3;
        memcpy(out + n, s.p[i] ? s.p + i : "\xEF\xBF\xBD", len);
        n += len;
        if (len > 1) ok = ok && dl_offsets_mark(&map, b->scratch, (uint32_t)n, origin(b, i + 1));
    }
    if (!ok) {
        b->failed = true;
        return false;
    }
    b->t.map = map;
    b->t.tok.text = (dl_str){ out, n };
    b->t.tok.nul = false;
    return true;
}

/* 13.2.6.1 insert a character, for a run of them. */
void dl_tree_text(dl_tree *b, size_t beg, size_t end)
{
    dl_dom *d = b->d;
    uint32_t parent, before;
    if (beg >= end) return;
    dl_tree_place(b, dl_current(b), &parent, &before);
    if (!parent) return; /* a document has no text */
    uint32_t prev = before == DL_NONE ? d->last[parent] : d->prev[before];
    if (prev != DL_NONE && d->type[prev] == DL_NODE_TEXT) {
        extend(b, prev, beg, end);
        return;
    }
    uint32_t node = fresh(b, DL_NODE_TEXT, (dl_span){ origin(b, beg), origin(b, end) });
    d->data[node] = dl_str_cut(dl_token_of(b)->text, beg, end);
    if (b->t.map.n) mark_piece(b, node, 0, beg, end);
    dl_tree_append(b, parent, before, node);
}

static bool has_attr(const dl_tree *b, uint32_t node, dl_str name)
{
    const dl_dom *d = b->d;
    for (uint32_t i = d->attr[node]; i < d->attr[node] + d->n_attr[node]; i++)
        if (dl_str_eq(b->t.attrs.name[i], name)) return true;
    return false;
}

/* 13.2.6.4.7, start tags html and body. The rows of an element lie together, so they move to the
 * end when there are more; MERGE_MAX bounds how often, and how much each comparing costs. */
void dl_tree_merge_attrs(dl_tree *b, uint32_t node)
{
    dl_dom *d = b->d;
    dl_attrs *a = &b->t.attrs;
    const dl_token *k = dl_token_of(b);
    uint32_t end = k->attr + k->n_attr, more = 0;
    if (d->n_attr[node] >= MERGE_MAX) return;
    for (uint32_t i = k->attr; i < end && more < MERGE_MAX; i++) more += !has_attr(b, node, a->name[i]);
    if (!more || !dl_tok_attr_room(&b->t, k->n_attr + d->n_attr[node] + more)) return;
    uint32_t beg = end, to = beg;
    for (uint32_t i = d->attr[node]; i < d->attr[node] + d->n_attr[node]; i++, to++) {
        a->name[to] = a->name[i];
        a->value[to] = a->value[i];
        a->raw[to] = a->raw[i];
    }
    for (uint32_t i = k->attr; i < end && more; i++) {
        if (has_attr(b, node, a->name[i])) continue;
        a->name[to] = a->name[i];
        a->value[to] = a->value[i];
        a->raw[to++] = a->raw[i];
        more--;
    }
    d->attr[node] = beg;
    d->n_attr[node] = (uint16_t)(to - beg);
    a->n = to;
}

static int by_node(const void *x, const void *y, const void *ctx)
{
    const dl_text_mark *a = x, *b = y;
    (void)ctx;
    return (a->node > b->node) - (a->node < b->node);
}

bool dl_tree_finish(dl_tree *b)
{
    dl_dom *d = b->d;
    d->attrs = b->t.attrs.n;
    d->attr_name = b->t.attrs.name;
    d->attr_value = b->t.attrs.value;
    d->attr_raw = b->t.attrs.raw;
    bool sorted = true;
    for (uint32_t i = 1; i < d->marks; i++) sorted = sorted && d->mark[i - 1].node <= d->mark[i].node;
    if (!sorted && !dl_sort(d->mark, d->marks, sizeof *d->mark, by_node, NULL, b->scratch)) return false;
    if (d->marks) d->mark = dl_arena_grow(b->keep, d->mark, d->marks, d->marks, sizeof *d->mark);
    return !d->marks || d->mark;
}
