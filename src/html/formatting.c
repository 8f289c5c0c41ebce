/* formatting.c: the list of active formatting elements (13.2.4.3) and the adoption agency
 * algorithm (13.2.6.4.7), which repairs formatting elements that are closed in the wrong order. */
#include "base/hash.h"
#include "html/tree.h"

static bool is_marker(const dl_tree *b, uint32_t i) { return b->list[i].node == DL_NONE; }

static void remove_at(dl_tree *b, uint32_t i)
{
    if (!is_marker(b, i)) b->flag[b->list[i].node] &= (uint8_t)~DL_NODE_LISTED;
    b->n_list--;
    memmove(b->list + i, b->list + i + 1, (b->n_list - i) * sizeof *b->list);
}

static void insert_at(dl_tree *b, uint32_t i, dl_formatting f)
{
    if (b->n_list == DL_FORMAT_MAX) { /* the oldest is forgotten */
        remove_at(b, 0);
        if (i > 0) i--;
    }
    memmove(b->list + i + 1, b->list + i, (b->n_list - i) * sizeof *b->list);
    b->list[i] = f;
    b->n_list++;
    if (f.node != DL_NONE) b->flag[f.node] |= DL_NODE_LISTED;
}

/* Attributes as a set: two elements of the same attributes have the same sum. */
static uint64_t attrs_sum(const dl_tree *b, uint32_t node)
{
    const dl_attrs *a = &b->t.attrs;
    uint64_t sum = 0;
    for (uint32_t i = b->d->attr[node], end = i + b->d->n_attr[node]; i < end; i++)
        sum += dl_hash_mix(dl_hash_str(a->name[i]), dl_hash_str(a->value[i]));
    return sum;
}

/* Noah's Ark clause: at most three of a kind behind the last marker. */
void dl_format_push(dl_tree *b, uint32_t node)
{
    const dl_dom *d = b->d;
    dl_formatting f = { node, attrs_sum(b, node) };
    uint32_t same = 0, first = 0;
    for (uint32_t i = b->n_list; i-- > 0 && !is_marker(b, i);) {
        if (d->tag[b->list[i].node] != d->tag[node] || b->list[i].attrs != f.attrs) continue;
        same++;
        first = i;
    }
    if (same >= 3) remove_at(b, first);
    insert_at(b, b->n_list, f);
}

void dl_format_marker(dl_tree *b) { insert_at(b, b->n_list, (dl_formatting){ DL_NONE, 0 }); }

void dl_format_clear(dl_tree *b)
{
    while (b->n_list) {
        bool marker = is_marker(b, b->n_list - 1);
        remove_at(b, b->n_list - 1);
        if (marker) break;
    }
}

static uint32_t find(const dl_tree *b, uint32_t node)
{
    uint32_t i = 0;
    while (i < b->n_list && b->list[i].node != node) i++;
    return i;
}

void dl_format_remove(dl_tree *b, uint32_t node)
{
    if (b->flag[node] & DL_NODE_LISTED) remove_at(b, find(b, node));
}

uint32_t dl_format_last(const dl_tree *b, dl_tag tag)
{
    for (uint32_t i = b->n_list; i-- > 0 && !is_marker(b, i);)
        if (b->d->tag[b->list[i].node] == tag) return i;
    return DL_NONE;
}

static bool is_settled(const dl_tree *b, uint32_t i) { return is_marker(b, i) || b->flag[b->list[i].node] & DL_NODE_OPEN; }

/* An element takes the place of another in the list. */
static void relist(dl_tree *b, uint32_t i, uint32_t node)
{
    b->flag[b->list[i].node] &= (uint8_t)~DL_NODE_LISTED;
    b->flag[node] |= DL_NODE_LISTED;
    b->list[i].node = node;
}

/* Reconstruct the active formatting elements. A page of many unclosed ones would be answered with
 * many for each of its paragraphs: when the clones allowed are used up, they are forgotten. */
void dl_format_reconstruct(dl_tree *b)
{
    uint32_t i = b->n_list;
    while (i > 0 && !is_settled(b, i - 1)) i--;
    for (; i < b->n_list; i++) {
        if (!b->clones) {
            while (b->n_list > i) remove_at(b, b->n_list - 1);
            return;
        }
        b->clones--;
        relist(b, i, dl_open_insert_clone(b, b->list[i].node));
    }
}

/* The state of one round of the adoption agency algorithm. */
typedef struct adoption {
    uint32_t formatting; /* node                                                                */
    uint32_t place;      /* of the furthest block on the stack                                   */
    uint32_t bookmark;   /* place in the list                                                    */
    uint32_t last;       /* "last node"                                                          */
} adoption;

/* Steps 4.13: the inner loop, from the furthest block up to the formatting element. */
static void rebuild_between(dl_tree *b, adoption *a)
{
    uint32_t furthest = b->open[a->place];
    uint32_t at = a->place;
    for (unsigned round = 1; b->open[--at] != a->formatting; round++) {
        uint32_t node = b->open[at];
        if (round > 3 && b->flag[node] & DL_NODE_LISTED) {
            uint32_t i = find(b, node);
            if (i < a->bookmark) a->bookmark--;
            remove_at(b, i);
        }
        if (!(b->flag[node] & DL_NODE_LISTED)) {
            dl_open_remove(b, at);
            a->place--;
            continue;
        }
        uint32_t i = find(b, node), clone = dl_tree_clone(b, node);
        relist(b, i, clone);
        dl_open_replace(b, at, clone);
        if (a->last == furthest) a->bookmark = i + 1;
        dl_tree_detach(b, a->last);
        dl_tree_append(b, clone, DL_NONE, a->last);
        a->last = clone;
    }
}

/* Steps 4.14 to 4.19: the clone of the formatting element goes into the furthest block. */
static void put_below(dl_tree *b, adoption *a, uint32_t ancestor)
{
    uint32_t furthest = b->open[a->place], parent, before;
    dl_tree_place(b, ancestor, &parent, &before);
    dl_tree_detach(b, a->last);
    dl_tree_append(b, parent, before, a->last);
    uint32_t clone = dl_tree_clone(b, a->formatting);
    dl_tree_move_children(b, furthest, clone);
    dl_tree_append(b, furthest, DL_NONE, clone);
    uint32_t i = find(b, a->formatting);
    dl_formatting f = { clone, b->list[i].attrs };
    if (i < a->bookmark) a->bookmark--;
    remove_at(b, i);
    insert_at(b, a->bookmark, f);
    dl_open_remove(b, dl_open_find(b, a->formatting));
    dl_open_insert(b, dl_open_find(b, furthest) + 1, clone);
}

/* One round of step 4; false: nothing is left to do. */
static bool adopt_once(dl_tree *b, uint32_t i)
{
    adoption a = { .formatting = b->list[i].node, .bookmark = i };
    if (!(b->flag[a.formatting] & DL_NODE_OPEN)) {
        remove_at(b, i);
        return false;
    }
    uint32_t at = dl_open_find(b, a.formatting);
    for (uint32_t j = b->n_open - 1; j > at; j--)
        if (dl_el_props[b->kind[j]] & DL_EL_SCOPE) return false; /* open, but not in scope */
    for (a.place = at + 1; a.place < b->n_open && !(dl_el_props[b->kind[a.place]] & DL_EL_SPECIAL);) a.place++;
    if (a.place == b->n_open) {
        while (b->n_open > at) dl_open_pop(b);
        remove_at(b, i);
        return false;
    }
    uint32_t ancestor = b->open[at - 1];
    a.last = b->open[a.place];
    rebuild_between(b, &a);
    put_below(b, &a, ancestor);
    return true;
}

bool dl_format_adopt(dl_tree *b, dl_tag tag)
{
    if (dl_current_is(b, tag) && !(b->flag[dl_current(b)] & DL_NODE_LISTED)) {
        dl_open_pop(b);
        return true;
    }
    for (unsigned round = 0; round < 8; round++) {
        uint32_t i = dl_format_last(b, tag);
        if (i == DL_NONE) return round > 0;
        if (!adopt_once(b, i)) return true;
    }
    return true;
}
