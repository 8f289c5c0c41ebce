/* selected.c: <selectedcontent>, which shows a copy of the chosen option of its <select> (4.10.17,
 * "clone an option into a selectedcontent element").
 *
 * The copy is made when an option is closed, or when the element comes behind its options. Nodes of
 * the copy have an empty span: their bytes belong to the option. */
#include "html/tree.h"

static uint32_t nearest_select(const dl_tree *b)
{
    if (!b->count[DL_TAG_SELECT]) return DL_NONE;
    uint32_t i = b->n_open;
    while (b->kind[--i] != DL_TAG_SELECT) {
    }
    return b->open[i];
}

static bool has_attr(const dl_tree *b, uint32_t node, dl_str name)
{
    for (uint32_t i = b->d->attr[node], end = i + b->d->n_attr[node]; i < end; i++)
        if (dl_str_eq(b->t.attrs.name[i], name)) return true;
    return false;
}

/* A copy of one node. It counts as a clone: copies are limited in proportion to the page. */
static uint32_t copy(dl_tree *b, uint32_t node)
{
    if (!b->clones) return DL_NONE;
    if (!dl_tree_reserve(b)) {
        b->failed = true;
        return DL_NONE;
    }
    b->clones--;
    dl_dom *d = b->d;
    uint32_t to = dl_tree_clone(b, node);
    d->type[to] = d->type[node];
    if (d->type[node] == DL_NODE_TEXT) dl_tree_no_origin(b, to);
    return to;
}

/* One that lies in an option, or in another, shows nothing. */
static bool is_disabled(const dl_dom *d, uint32_t element)
{
    for (uint32_t i = d->parent[element]; i != DL_NONE; i = d->parent[i])
        if (d->ns[i] == DL_NS_HTML && (d->tag[i] == DL_TAG_OPTION || d->tag[i] == DL_TAG_SELECTEDCONTENT)) return true;
    return false;
}

/* The children of an option become those of the element, level by level without recursion. */
static void fill(dl_tree *b, uint32_t element, uint32_t option)
{
    dl_dom *d = b->d;
    if (is_disabled(d, element)) return;
    while (d->first[element] != DL_NONE) dl_tree_detach(b, d->first[element]);
    uint32_t parent = element;
    for (uint32_t i = d->first[option]; i != DL_NONE;) {
        uint32_t to = copy(b, i);
        if (to == DL_NONE) return;
        dl_tree_append(b, parent, DL_NONE, to);
        if (d->first[i] != DL_NONE) {
            i = d->first[i];
            parent = to;
            continue;
        }
        while (i != option && d->next[i] == DL_NONE) {
            i = d->parent[i];
            if (i != option) parent = d->parent[parent];
        }
        i = i == option ? DL_NONE : d->next[i];
    }
}

static dl_selected *of_select(dl_tree *b, uint32_t select)
{
    dl_selected *s = &b->selected;
    if (s->select != select) *s = (dl_selected){ select, DL_NONE, DL_NONE };
    return s;
}

void dl_selected_option(dl_tree *b, uint32_t option)
{
    uint32_t select = nearest_select(b);
    if (select == DL_NONE) return;
    dl_selected *s = of_select(b, select);
    bool first = s->option == DL_NONE && !has_attr(b, option, DL_STR("disabled"));
    if (!first && !has_attr(b, option, DL_STR("selected"))) return;
    s->option = option;
    if (s->element != DL_NONE) fill(b, s->element, option);
}

void dl_selected_element(dl_tree *b, uint32_t element)
{
    uint32_t select = nearest_select(b);
    if (select == DL_NONE || has_attr(b, select, DL_STR("multiple"))) return;
    dl_selected *s = of_select(b, select);
    if (s->element != DL_NONE || is_disabled(b->d, element)) return;
    s->element = element;
    if (s->option != DL_NONE) fill(b, element, s->option);
}
