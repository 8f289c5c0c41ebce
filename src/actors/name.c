/* name.c: numbers the actors by first appearance and gives each its name: the fullest common form. */
#include "actors/work.h"

struct form { /* one spelling of one actor */
    uint32_t root, node, pages, mentions, last_page;
    uint32_t next; /* another form of that actor, or DL_NONE                                     */
};

struct land { /* one country of one actor */
    uint32_t root, country, mentions, next;
};

static uint32_t words_in(dl_str s)
{
    uint32_t n = 1;
    for (size_t i = 0; i < s.len; i++) n += s.p[i] == ' ';
    return n;
}

/* More pages, then more mentions, then longer, then earlier. A person's single word only where there is
 * nothing fuller; a rare longer form gives way to a common one. */
static bool better(const dl_merge *m, const struct form *a, const struct form *b)
{
    const dl_node *x = &m->node[a->node], *y = &m->node[b->node];
    if (x->named != y->named) return x->named;
    uint32_t wx = words_in(x->name), wy = words_in(y->name);
    if (x->kind == DL_PERSON && (wx > 1) != (wy > 1)) return wx > 1;
    if (x->kind == DL_ORGANISATION && wx != wy && (wx == 1 || wy == 1)) return wx > 1;
    if (a->pages != b->pages) return a->pages > b->pages;
    if (a->mentions != b->mentions) return a->mentions > b->mentions;
    if (x->name.len != y->name.len) return x->name.len > y->name.len;
    return a->node < b->node;
}

/* best[root] = the form that names the actor. */
static void count_forms(dl_merge *m, uint32_t *best)
{
    dl_map forms;
    struct form *form = DL_NEW(m->a, (size_t)m->n + 1, struct form);
    uint32_t *first = dl_arena_raw(m->a, (size_t)m->n + 1, sizeof *first), n = 0;
    dl_map_init(&forms, m->a);
    if (!form || !first) return;
    memset(first, 0xff, ((size_t)m->n + 1) * sizeof *first);
    for (uint32_t i = 0; i < m->n; i++) {
        uint32_t root = dl_am_root(m, i);
        uint32_t *at = dl_map_put(&forms, dl_hash_mix(root, dl_hash_str(m->node[i].name)), n);
        if (!at) return;
        if (*at == n) {
            form[n] = (struct form){ .root = root, .node = i, .last_page = DL_NONE, .next = first[root] };
            first[root] = n++;
        }
        struct form *f = &form[*at];
        f->pages += f->last_page != m->node[i].page;
        f->last_page = m->node[i].page;
        f->mentions += m->node[i].mentions;
    }
    for (uint32_t r = 0; r < m->n; r++)
        for (uint32_t k = first[r], top = DL_NONE; k != DL_NONE; k = form[k].next)
            if (top == DL_NONE || better(m, &form[k], &form[top])) {
                top = k;
                best[r] = form[k].node;
            }
}

/* country[root] = the one that most mentions have. */
static void count_countries(dl_merge *m, uint32_t *country)
{
    dl_map lands;
    struct land *land = DL_NEW(m->a, (size_t)m->n + 1, struct land);
    uint32_t *most = DL_NEW(m->a, (size_t)m->n + 1, uint32_t), n = 0;
    dl_map_init(&lands, m->a);
    if (!land || !most) return;
    for (uint32_t i = 0; i < m->n; i++) {
        if (!m->node[i].country) continue;
        uint32_t root = dl_am_root(m, i);
        uint32_t *at = dl_map_put(&lands, dl_hash_mix(root, m->node[i].country), n);
        if (!at) return;
        if (*at == n) land[n++] = (struct land){ .root = root, .country = m->node[i].country };
        land[*at].mentions += m->node[i].mentions;
    }
    for (uint32_t k = 0; k < n; k++)
        if (land[k].mentions > most[land[k].root]) {
            most[land[k].root] = land[k].mentions;
            country[land[k].root] = land[k].country;
        }
}

static dl_str canonical(dl_merge *m, uint32_t node, uint32_t country)
{
    const dl_node *x = &m->node[node];
    dl_body body = dl_facts_body(&m->f, x->name);
    if (body.cls && (x->kind == DL_ORGANISATION || x->kind == DL_GROUP)) return body.name;
    dl_str land = country ? dl_facts_country_name(&m->f, country) : (dl_str){ NULL, 0 };
    if (x->kind == DL_PLACE && land.len && (dl_facts_nation(&m->f, x->name).as & DL_AS_NAME)) return land;
    if (x->kind != DL_GOVERNMENT || !land.len) return x->name;
    static const char behind[] = " (government)";
    char *out = dl_arena_raw(m->a, land.len + sizeof behind, 1);
    if (!out) return land;
    memcpy(out, land.p, land.len);
    memcpy(out + land.len, behind, sizeof behind);
    return (dl_str){ out, land.len + sizeof behind - 1 };
}

void dl_am_name(dl_merge *m, dl_actors *out)
{
    uint32_t *best = DL_NEW(m->a, (size_t)m->n + 1, uint32_t), *land = DL_NEW(m->a, (size_t)m->n + 1, uint32_t);
    uint32_t *number = DL_NEW(m->a, (size_t)m->n + 1, uint32_t);
    out->of = DL_NEW(m->a, (size_t)m->n + 1, uint32_t);
    out->base = m->base;
    if (!best || !land || !number || !out->of) return;
    count_forms(m, best);
    count_countries(m, land);
    for (uint32_t i = 0; i < m->n; i++) {
        uint32_t root = dl_am_root(m, i);
        if (root == i) number[i] = out->n++;
        out->of[i] = number[root];
    }
    out->name = DL_NEW(m->a, (size_t)out->n + 1, dl_str);
    out->kind = DL_NEW(m->a, (size_t)out->n + 1, uint8_t);
    out->country = DL_NEW(m->a, (size_t)out->n + 1, uint32_t);
    out->mentions = DL_NEW(m->a, (size_t)out->n + 1, uint32_t);
    if (!out->name || !out->kind || !out->country || !out->mentions) return;
    for (uint32_t i = 0; i < m->n; i++) {
        uint32_t a = out->of[i];
        out->mentions[a] += m->node[i].mentions;
        if (dl_am_root(m, i) != i) continue;
        out->kind[a] = m->node[best[i]].kind;
        out->country[a] = land[i];
        out->name[a] = canonical(m, best[i], land[i]);
    }
}
