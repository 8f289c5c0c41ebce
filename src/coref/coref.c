/* coref.c: runs the parts of coref in order and writes what they found. */
#include "coref/coref.h"

#include "coref/work.h"

static bool begin(dl_coref *c, dl_build *b, const dl_models *m)
{
    *c = (dl_coref){ .b = b, .d = &b->d, .f = dl_facts_open(m), .groups = dl_clusters_open(m), .a = &b->scratch };
    (void)dl_linear_open(&c->metonyms, m, DL_CR_METONYMS);
    c->at = dl_arena_raw(c->a, (size_t)c->d->toks.n + 1, sizeof *c->at);
    if (!c->at) return false;
    for (uint32_t t = 0; t <= c->d->toks.n; t++) c->at[t] = DL_NONE;
    dl_map_init(&c->keys, c->a);
    dl_map_init(&c->lands, c->a);
    return true;
}

struct by_place {
    const dl_item *item;
};

static int earlier(const void *a, const void *b, const void *ctx)
{
    const dl_item *item = ((const struct by_place *)ctx)->item;
    const dl_item *x = &item[*(const uint32_t *)a], *y = &item[*(const uint32_t *)b];
    if (x->tok.beg != y->tok.beg) return x->tok.beg < y->tok.beg ? -1 : 1;
    return x->tok.end > y->tok.end ? -1 : x->tok.end < y->tok.end;
}

uint32_t *dl_cr_order(dl_coref *c)
{
    uint32_t *order = DL_NEW(c->a, (size_t)c->n_items + 1, uint32_t);
    if (!order) return NULL;
    for (uint32_t i = 0; i < c->n_items; i++) order[i] = i;
    return dl_sort(order, c->n_items, sizeof *order, earlier, &(struct by_place){ c->item }, c->a) ? order : NULL;
}

bool dl_cr_begin(dl_coref *c, dl_build *b, const dl_models *m)
{
    if (!begin(c, b, m)) return false;
    dl_cr_find_names(c);
    dl_cr_find_descriptions(c);
    dl_cr_people(c);
    dl_cr_things(c);
    dl_cr_describe(c);
    dl_cr_find_pronouns(c);
    for (uint32_t i = 0; i < c->n_items; i++) c->item[i].subject = dl_cr_subject(c, &c->item[i]);
    return !dl_arena_failed(c->a);
}

static void write_ent(dl_coref *c, uint32_t e)
{
    dl_entity *x = &c->ent[e];
    dl_ref name = dl_put(c->b, x->name);
    uint32_t row = dl_row(c->b, DL_T_ENTS);
    if (row == DL_NONE) return;
    dl_ents *t = &c->b->d.ents;
    t->name[row] = name;
    t->kind[row] = x->kind;
    t->gender[row] = x->gender;
    t->plural[row] = x->plural;
    t->country[row] = x->country;
    x->row = row;
}

static void write_ment(dl_coref *c, const dl_item *it)
{
    if (c->ent[it->ent].row == DL_NONE) write_ent(c, it->ent);
    uint32_t row = dl_row(c->b, DL_T_MENTS);
    if (row == DL_NONE || c->ent[it->ent].row == DL_NONE) return;
    dl_ments *t = &c->b->d.ments;
    t->ent[row] = c->ent[it->ent].row;
    t->tok[row] = it->tok;
    t->span[row] = (dl_span){ c->d->toks.span[it->tok.beg].beg, c->d->toks.span[it->tok.end - 1].end };
    t->kind[row] = it->kind;
    c->b->d.ents.mentions[t->ent[row]]++;
}

static void write_role(dl_coref *c, const dl_said_role *r)
{
    const dl_item *it = &c->item[r->item];
    if (c->ent[r->ent].row == DL_NONE) return;
    dl_ref title = dl_put(c->b, dl_cr_tidy(c, it->title));
    uint32_t row = dl_row(c->b, DL_T_ROLES);
    if (row == DL_NONE) return;
    dl_roles *t = &c->b->d.roles;
    t->ent[row] = c->ent[r->ent].row;
    t->title[row] = title;
    t->country[row] = r->country;
    t->span[row] = (dl_span){ c->d->toks.span[it->title.beg].beg, c->d->toks.span[it->title.end - 1].end };
}

static void write_all(dl_coref *c)
{
    uint32_t *order = dl_cr_order(c);
    for (uint32_t k = 0; order && k < c->n_items; k++)
        if (c->item[order[k]].ent != DL_NONE) write_ment(c, &c->item[order[k]]);
    for (uint32_t r = 0; r < c->n_roles; r++) write_role(c, &c->role[r]);
}

dl_status dl_coref_find(dl_build *b, const dl_models *m)
{
    dl_coref c;
    dl_arena_mark here = dl_arena_here(&b->scratch);
    if (dl_cr_begin(&c, b, m)) {
        dl_cr_pronouns(&c, m);
        write_all(&c);
    }
    bool failed = dl_arena_failed(&b->scratch);
    dl_arena_back(&b->scratch, here);
    return failed ? DL_ENOMEM : dl_build_status(b);
}
