/* people.c: persons over pages. Full names first; then single words, each to the one person whose name
 * it can be, with a country or company in common. */
#include "actors/work.h"

#define CHAIN 48 /* persons of one word that are looked at                                            */
#define PAGES 4  /* pages of a person whose company is compared                                       */

struct known {
    dl_person name;
    uint32_t node, n_pages, page[PAGES];
};

struct index {
    dl_map word, full; /* word -> link; whole name -> known                                      */
    struct link {
        uint32_t known, next;
    } * link;
    struct known *known;
    uint32_t n_links, n_known;
    size_t link_cap, known_cap;
};

static void put_word(dl_merge *m, struct index *x, dl_str w, uint32_t known)
{
    if (!DL_ROOM(m->a, x->link, x->n_links, x->link_cap)) return;
    uint32_t *at = dl_map_put(&x->word, dl_hash_str(w), x->n_links);
    if (!at) return;
    x->link[x->n_links] = (struct link){ known, *at == x->n_links ? DL_NONE : *at };
    *at = x->n_links++;
}

static void put_page(struct known *k, uint32_t page)
{
    if (k->n_pages < PAGES) k->page[k->n_pages++] = page;
}

static void put_known(dl_merge *m, struct index *x, const dl_person *name, uint32_t node)
{
    if (!DL_ROOM(m->a, x->known, x->n_known, x->known_cap)) return;
    x->known[x->n_known] = (struct known){ .name = *name, .node = node };
    put_page(&x->known[x->n_known], m->node[node].page);
    for (uint32_t k = 0; k < name->n; k++) put_word(m, x, name->w[k], x->n_known);
    x->n_known++;
}

static bool agree(uint32_t a, uint32_t b) { return !a || !b || a == b; }

static uint64_t full_key(const dl_person *p)
{
    uint64_t key = p->n;
    for (uint32_t k = 0; k < p->n; k++) key = dl_hash_mix(key, dl_hash_str(p->w[k]));
    return key;
}

static void full_name(dl_merge *m, struct index *x, const dl_person *p, uint32_t i)
{
    uint32_t *at = dl_map_put(&x->full, full_key(p), x->n_known);
    if (!at) return;
    if (*at < x->n_known) {
        dl_am_join(m, x->known[*at].node, i);
        put_page(&x->known[*at], m->node[i].page);
        return;
    }
    for (uint32_t k = 0; k < 2; k++) {
        uint32_t l = dl_map_get(&x->word, dl_hash_str(p->w[k ? 0 : p->n - 1]));
        for (uint32_t seen = 0; l != DL_NONE && seen < CHAIN; l = x->link[l].next, seen++) {
            const struct known *q = &x->known[x->link[l].known];
            const dl_node *theirs = &m->node[q->node], *ours = &m->node[i];
            if (!agree(theirs->country, ours->country) || !agree(theirs->gender, ours->gender)) continue;
            if (dl_person_same(&m->f, p, &q->name)) {
                dl_am_join(m, q->node, i);
                k = 2;
                break;
            }
        }
    }
    put_known(m, x, p, i);
}

/* How many persons and bodies two pages share. */
static uint32_t company(const dl_merge *m, uint32_t a, uint32_t b)
{
    const uint64_t *x = m->context[a], *y = m->context[b];
    uint32_t i = 0, k = 0, n = 0;
    while (i < DL_AM_CONTEXT && k < DL_AM_CONTEXT && x[i] && y[k]) {
        n += x[i] == y[k];
        if (x[i] < y[k])
            i++;
        else if (x[i] > y[k])
            k++;
        else
            i++, k++;
    }
    return n;
}

/* How sure the word on this page is that person; 0: it is not. */
static uint32_t sure(const dl_merge *m, const struct known *q, dl_str word, const dl_node *x)
{
    const dl_node *y = &m->node[q->node];
    int fit = dl_person_fits(&m->f, &q->name, word, false);
    if (!fit || !agree(x->country, y->country) || !agree(x->gender, y->gender)) return 0;
    uint32_t shared = 0;
    for (uint32_t k = 0; k < q->n_pages; k++) {
        uint32_t n = q->page[k] == x->page ? 0 : company(m, q->page[k], x->page);
        shared = n > shared ? n : shared;
    }
    bool land = x->country && x->country == y->country;
    uint32_t wanted = fit == 1 && !dl_facts_gender(&m->f, word) ? 4 : 2; /* a given name, or a surname printed first */
    if (fit < 3 ? shared < wanted : !land && !shared) return 0;
    return (uint32_t)fit * 16 + (land ? 12 : 0) + (shared > 8 ? 8 : shared);
}

#define VETOES 8

/* Persons of the same page are not meant: coref has told them apart already. */
static uint32_t vetoed(dl_merge *m, const struct index *x, uint32_t l, uint32_t page, uint32_t *root)
{
    uint32_t n = 0;
    for (uint32_t seen = 0; l != DL_NONE && seen < CHAIN && n < VETOES; l = x->link[l].next, seen++) {
        const struct known *q = &x->known[x->link[l].known];
        bool here = false;
        for (uint32_t k = 0; k < q->n_pages; k++) here |= q->page[k] == page;
        if (here) root[n++] = dl_am_root(m, q->node);
    }
    return n;
}

static void one_word(dl_merge *m, struct index *x, const dl_person *p, uint32_t i)
{
    uint32_t best = DL_NONE, best_sure = 0, veto[VETOES], n_veto;
    bool tie = false;
    uint32_t l = dl_map_get(&x->word, dl_hash_str(p->w[0]));
    n_veto = vetoed(m, x, l, m->node[i].page, veto);
    for (uint32_t seen = 0; l != DL_NONE && seen < CHAIN; l = x->link[l].next, seen++) {
        const struct known *q = &x->known[x->link[l].known];
        uint32_t s = sure(m, q, p->w[0], &m->node[i]), root = dl_am_root(m, q->node);
        for (uint32_t k = 0; k < n_veto; k++)
            if (veto[k] == root) s = 0;
        if (!s || s < best_sure) continue;
        if (s == best_sure)
            tie |= root != best;
        else
            tie = false;
        if (s > best_sure) best = root;
        best_sure = s;
    }
    if (best != DL_NONE && !tie) dl_am_join(m, best, i);
    put_known(m, x, p, i);
}

void dl_am_people(dl_merge *m)
{
    struct index x = { .n_links = 0 };
    dl_map_init(&x.word, m->a);
    dl_map_init(&x.full, m->a);
    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < m->n; i++) {
            dl_person p;
            if (m->node[i].kind != DL_PERSON || !m->node[i].named) continue;
            dl_person_read(&p, m->node[i].name, m->a);
            if (pass == 0 && p.n > 1) full_name(m, &x, &p, i);
            if (pass == 1 && p.n == 1) one_word(m, &x, &p, i);
        }
}
