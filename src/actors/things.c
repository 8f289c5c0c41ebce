/* things.c: all actors but persons with names: one actor a key. */
#include "actors/work.h"

enum { K_STATE = 1, K_LAND, K_PLACE, K_BODY, K_ORG, K_GROUP, K_NAMELESS, K_LETTERS, K_LOOSE };

/* MSC on a page that never spells it out is the MSC of the page that does. */
static void join_letters(dl_merge *m, uint32_t i)
{
    const dl_node *x = &m->node[i];
    const dl_doc *d = dl_page(m->pages, x->page);
    if (!d || x->kind != DL_ORGANISATION) return;
    for (size_t k = 0; k < x->name.len; k++)
        if (!dl_is_upper(x->name.p[k])) return;
    if (x->name.len > 2) dl_am_join_key(m, dl_hash_mix(K_LETTERS, dl_hash_str(x->name)), i);
}

/* The short forms that a page has for its organisations. */
static void learn_letters(dl_merge *m, uint32_t page)
{
    const dl_doc *d = dl_page(m->pages, page);
    for (uint32_t r = 0; d && r < d->ments.n; r++) {
        uint32_t e = d->ments.ent[r];
        dl_str said = dl_doc_text(d, d->ments.span[r]);
        if (d->ents.kind[e] != DL_ORGANISATION || d->ments.kind[r] != DL_BY_NAME || said.len < 3 || said.len > 8) continue;
        bool capitals = true;
        for (size_t k = 0; k < said.len; k++) capitals &= dl_is_upper(said.p[k]);
        if (capitals && m->node[m->base[page] + e].name.len > said.len)
            dl_am_join_key(m, dl_hash_mix(K_LETTERS, dl_hash_str(said)), m->base[page] + e);
    }
}

static uint64_t key_of(const dl_merge *m, const dl_node *x)
{
    dl_nation n;
    dl_body b;
    switch (x->kind) {
    case DL_GOVERNMENT: return x->country ? dl_hash_mix(K_STATE, x->country) : dl_hash_mix(K_ORG, dl_am_words(m, x->name, 0));
    case DL_PLACE:
        n = dl_facts_nation(&m->f, x->name);
        return (n.as & DL_AS_NAME) && (!n.shared || x->country) ? dl_hash_mix(K_LAND, n.country)
                                                                : dl_hash_mix(K_PLACE, dl_am_words(m, x->name, 0));
    case DL_ORGANISATION:
    case DL_GROUP:
        b = dl_facts_body(&m->f, x->name);
        if (b.cls) return dl_hash_mix(K_BODY, dl_hash_str(b.name));
        if (!x->named && !x->country) return dl_hash_mix(dl_hash_mix(K_NAMELESS, x->page), x->ent);
        return dl_hash_mix(dl_hash_mix(x->kind == DL_GROUP ? K_GROUP : K_ORG, x->country), dl_am_words(m, x->name, x->country));
    default: /* the nameless: one where the description says of what country */
        return x->country ? dl_hash_mix(dl_hash_mix(K_NAMELESS + 64, x->country), dl_am_words(m, x->name, x->country))
                          : dl_hash_mix(dl_hash_mix(K_NAMELESS, x->page), x->ent);
    }
}

/* "Foreign Ministry" on one page, "Russian Foreign Ministry" on the others: one, where all others are of one
 * country. */
static void join_loose(dl_merge *m)
{
    dl_map loose;
    dl_map_init(&loose, m->a);
    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < m->n; i++) {
            const dl_node *x = &m->node[i];
            if (x->kind != DL_ORGANISATION || !x->named || dl_facts_body(&m->f, x->name).cls) continue;
            uint64_t words = dl_am_words(m, x->name, x->country);
            if (!words) continue;
            if (pass == 0 && x->country) {
                uint32_t *at = dl_map_put(&loose, words, i);
                if (at && *at < m->n && m->node[*at].country != x->country) *at = m->n; /* several countries */
            } else if (pass == 1 && !x->country) {
                uint32_t at = dl_map_get(&loose, words);
                if (at < m->n) dl_am_join(m, at, i);
            }
        }
}

void dl_am_things(dl_merge *m)
{
    for (uint32_t p = 0; p < m->pages->n; p++) learn_letters(m, p);
    for (uint32_t i = 0; i < m->n; i++)
        if (m->node[i].kind != DL_PERSON || !m->node[i].named) {
            join_letters(m, i);
            dl_am_join_key(m, key_of(m, &m->node[i]), i);
        }
    join_loose(m);
}
