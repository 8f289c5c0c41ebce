/* offices.c: "the French president" on a page that never names him is the one whom other pages call so, where
 * all of them mean the same person. Only offices that one person holds at a time. */
#include "actors/work.h"

static bool one_holder(dl_str cls)
{
    static const char *const all[] = { "head-of-state",    "head-of-government", "foreign-minister", "defence-minister",
                                       "finance-minister", "interior-minister",  "justice-minister", "secretary-general",
                                       "security-chief",   "vice-president" };
    for (size_t i = 0; i < DL_COUNT(all); i++)
        if (dl_str_eq(cls, dl_str_of(all[i]))) return true;
    return false;
}

/* The class of the office that a title ends in, or that stands before its "of"; 0: none that counts. */
static uint64_t office(const dl_merge *m, dl_str title)
{
    static const char *const past[] = { "former", "ex-", "deputy", "then", "acting", "vice foreign", "candidate", "elect" };
    size_t of = dl_str_find_nocase(title, DL_STR(" of "), 0);
    for (size_t i = 0; i < DL_COUNT(past); i++)
        if (dl_str_find_nocase(title, dl_str_of(past[i]), 0) != SIZE_MAX) return 0;
    for (size_t round = 0; round < 2; round++) {
        dl_str s = round && of != SIZE_MAX ? dl_str_cut(title, 0, of) : title;
        for (size_t at = 0; at < s.len; at++) {
            if (at && s.p[at - 1] != ' ') continue;
            dl_agent a = dl_facts_agent(&m->f, dl_str_cut(s, at, s.len));
            if (a.kind == DL_AG_PERSON) return one_holder(a.cls) ? dl_hash_str(a.cls) : 0;
        }
    }
    return 0;
}

/* key -> a node of its only holder; m->n: several have held it. */
static void learn(dl_merge *m, dl_map *holder)
{
    for (uint32_t p = 0; p < m->pages->n; p++) {
        const dl_doc *d = dl_page(m->pages, p);
        for (uint32_t r = 0; d && r < d->roles.n; r++) {
            uint32_t node = m->base[p] + d->roles.ent[r];
            uint64_t cls = m->node[node].named && d->roles.country[r] ? office(m, dl_doc_str(d, d->roles.title[r])) : 0;
            uint32_t *at = cls ? dl_map_put(holder, dl_hash_mix(cls, d->roles.country[r]), node) : NULL;
            if (at && *at < m->n && dl_am_root(m, *at) != dl_am_root(m, node)) *at = m->n;
        }
    }
}

/* Has the page the person by name? Then coref has told the two apart. */
static bool on_page(dl_merge *m, uint32_t page, uint32_t root)
{
    for (uint32_t i = m->base[page]; i < m->base[page + 1]; i++)
        if (m->node[i].named && m->node[i].kind == DL_PERSON && dl_am_root(m, i) == root) return true;
    return false;
}

void dl_am_offices(dl_merge *m)
{
    dl_map holder;
    dl_map_init(&holder, m->a);
    learn(m, &holder);
    for (uint32_t i = 0; i < m->n; i++) {
        const dl_node *x = &m->node[i];
        if (x->kind != DL_PERSON || x->named || !x->country) continue;
        uint64_t cls = office(m, x->name);
        uint32_t who = cls ? dl_map_get(&holder, dl_hash_mix(cls, x->country)) : DL_NONE;
        if (who < m->n && !on_page(m, x->page, dl_am_root(m, who))) dl_am_join(m, who, i);
    }
}
