/* people.c: persons by name: "Chen Min", "Mr Chen", "Chen"; "Sergei Ivanov" and "Sergey Ivanov". */
#include "coref/work.h"
#include "facts/person.h"

#define CHAIN 24 /* persons of one word that are looked at                                            */

struct person {
    dl_person name;
    uint32_t item, ent;
};

/* Persons by the words of their names: newest first. */
struct index {
    dl_map head; /* word -> link                                                                 */
    struct link {
        uint32_t person, next;
    } * link;
    uint32_t n;
    size_t cap;
};

static void index_person(dl_coref *c, struct index *x, const struct person *p, uint32_t number)
{
    for (uint32_t k = 0; k < p->name.n; k++) {
        if (!DL_ROOM(c->a, x->link, x->n, x->cap)) return;
        uint32_t *at = dl_map_put(&x->head, dl_hash_str(p->name.w[k]), x->n);
        if (!at) return;
        x->link[x->n] = (struct link){ number, *at == x->n ? DL_NONE : *at };
        *at = x->n++;
    }
}

static uint8_t gender_of(const dl_coref *c, const struct person *p)
{
    uint8_t g = c->item[p->item].gender;
    return g ? g : dl_person_gender(&c->f, &p->name);
}

static void join(dl_coref *c, struct person *p, uint32_t ent)
{
    p->ent = ent;
    dl_cr_link(c, p->item, ent);
    dl_entity *e = &c->ent[ent];
    if (!e->gender) e->gender = gender_of(c, p);
    dl_span t = c->item[p->item].title;
    dl_str said = dl_cr_text(c, t);
    /* The fullest name: more words, unless the longer one was seen but in passing. */
    uint32_t spaces = 0, have = 0;
    for (size_t i = 0; i < said.len; i++) spaces += said.p[i] == ' ';
    for (size_t i = 0; i < e->name.len; i++) have += e->name.p[i] == ' ';
    if (have == 0 && spaces > have) e->name = dl_cr_tidy(c, t);
}

static uint32_t fresh(dl_coref *c, struct person *p)
{
    uint32_t e = dl_cr_ent(c, DL_PERSON, dl_cr_tidy(c, c->item[p->item].title));
    if (e != DL_NONE) c->ent[e].named = 1;
    return e;
}

/* Names of two words or more, in order. */
static void full_names(dl_coref *c, struct person *all, uint32_t n, struct index *x)
{
    for (uint32_t i = 0; i < n; i++) {
        struct person *p = &all[i];
        if (p->name.n < 2) continue;
        uint32_t ent = DL_NONE;
        for (uint32_t k = 0; k < 2 && ent == DL_NONE; k++) {
            uint32_t at = dl_map_get(&x->head, dl_hash_str(p->name.w[k ? 0 : p->name.n - 1]));
            for (uint32_t seen = 0; at != DL_NONE && seen < CHAIN && ent == DL_NONE; at = x->link[at].next, seen++)
                if (dl_person_same(&c->f, &p->name, &all[x->link[at].person].name)) ent = all[x->link[at].person].ent;
        }
        if (ent == DL_NONE) ent = fresh(c, p);
        if (ent == DL_NONE) return;
        join(c, p, ent);
        index_person(c, x, p, i);
    }
}

static uint32_t distance(uint32_t a, uint32_t b) { return b <= a ? a - b : (b - a) * 3; }

/* What tells who of several with one family name is meant by it alone. */
struct bearers {
    uint32_t *weight; /* [ents] full names count, and "Mr" where but one of them is a man          */
    uint8_t *kin;     /* [ents] brought in as somebody's wife or brother                           */
    uint8_t *office;  /* [ents] has an office by a full name                                       */
    uint32_t *first;  /* [ents] the first item with a full name                                    */
    uint8_t *titled;  /* [items] has an office before or behind it                                 */
};

/* The only bearer of the word who may have this gender; DL_NONE: none, or several. */
static uint32_t only_one(const dl_coref *c, const struct person *all, const struct index *x, const struct person *p)
{
    uint32_t one = DL_NONE, at = dl_map_get(&x->head, dl_hash_str(p->name.w[0]));
    for (uint32_t seen = 0; at != DL_NONE && seen < CHAIN; at = x->link[at].next, seen++) {
        uint32_t e = all[x->link[at].person].ent;
        if (c->ent[e].gender && c->ent[e].gender != c->item[p->item].gender) continue;
        if (one != DL_NONE && one != e) return DL_NONE;
        one = e;
    }
    return one;
}

static bool weigh(dl_coref *c, const struct person *all, uint32_t n, const struct index *x, struct bearers *w)
{
    *w = (struct bearers){ DL_NEW(c->a, (size_t)c->n_ents + n + 1, uint32_t), DL_NEW(c->a, (size_t)c->n_ents + n + 1, uint8_t),
                           DL_NEW(c->a, (size_t)c->n_ents + n + 1, uint8_t), DL_NEW(c->a, (size_t)c->n_ents + n + 1, uint32_t),
                           DL_NEW(c->a, (size_t)c->n_items + 1, uint8_t) };
    if (!w->weight || !w->kin || !w->office || !w->first || !w->titled) return false;
    for (uint32_t i = 0; i < n; i++) {
        const struct person *p = &all[i];
        uint32_t e = p->ent != DL_NONE ? p->ent : c->item[p->item].gender ? only_one(c, all, x, p) : DL_NONE;
        if (p->ent != DL_NONE && !w->weight[e]) w->first[e] = p->item;
        if (e != DL_NONE) w->weight[e] += 2;
    }
    for (uint32_t i = 0; i < c->n_items; i++) {
        const dl_item *it = &c->item[i];
        if (it->what != DL_IT_DESC || it->of == DL_NONE) continue;
        uint32_t e = c->item[it->of].ent;
        bool kin = dl_str_eq(it->agent.cls, DL_STR("kin"));
        if (kin && e != DL_NONE) w->kin[e] = 1;
        if (!kin) w->titled[it->of] = 1;
        if (!kin && e != DL_NONE) w->weight[e] += 3;
        if (!kin && e != DL_NONE) w->office[e] = 1;
    }
    return true;
}

/* "President Carter", printed before any "Laura Carter" who never has an office, is another Carter. */
static bool somebody_else(const struct bearers *w, uint32_t item, uint32_t ent)
{
    return w->titled[item] && !w->office[ent] && (w->kin[ent] || (w->first[ent] && item < w->first[ent]));
}

/* A single word: the weightiest person whose family name it is, then the nearest. */
static uint32_t whose_word(dl_coref *c, const struct person *all, const struct index *x, const struct person *p,
                           const struct bearers *w)
{
    uint32_t best = DL_NONE, best_far = 0;
    uint32_t best_fit = 0;
    uint8_t gender = c->item[p->item].gender;
    uint32_t at = dl_map_get(&x->head, dl_hash_str(p->name.w[0]));
    for (uint32_t seen = 0; at != DL_NONE && seen < CHAIN * 4; at = x->link[at].next, seen++) {
        const struct person *q = &all[x->link[at].person];
        int family = dl_person_fits(&c->f, &q->name, p->name.w[0], c->item[p->item].definite || w->titled[p->item]);
        /* "Mr Ketzer" says that Ketzer Anouk is printed surname first. */
        bool first = q->name.n > 1 && dl_str_eq(q->name.w[0], p->name.w[0]) && !dl_facts_gender(&c->f, p->name.w[0]);
        if (!family && first && c->item[p->item].definite) family = 1;
        uint8_t g = c->ent[q->ent].gender;
        if (!family || (gender && g && g != gender) || somebody_else(w, p->item, q->ent)) continue;
        uint32_t far = distance(p->item, q->item);
        uint32_t heavy = w->kin[q->ent] ? w->weight[q->ent] / 4 : w->weight[q->ent];
        uint32_t fit = (uint32_t)family * 8192 + (gender && g ? 4096u : 0u) + (heavy > 4095 ? 4095 : heavy);
        if (fit > best_fit || (fit == best_fit && far < best_far)) {
            best = q->ent;
            best_fit = fit;
            best_far = far;
        }
    }
    return best;
}

static void single_names(dl_coref *c, struct person *all, uint32_t n, struct index *x)
{
    struct bearers w;
    if (!weigh(c, all, n, x, &w)) return;
    /* Those with an office or "Mr" first: they are who the bare word means later. */
    for (uint32_t pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < n; i++) {
            struct person *p = &all[i];
            bool marked = w.titled[p->item] || c->item[p->item].definite;
            if (p->name.n != 1 || marked != (pass == 0)) continue;
            uint32_t ent = whose_word(c, all, x, p, &w);
            bool alone = ent == DL_NONE;
            if (alone) ent = fresh(c, p);
            if (ent == DL_NONE) return;
            join(c, p, ent);
            if (marked || alone) w.weight[ent] += 3;
            if (alone) w.office[ent] = w.titled[p->item];
            if (alone || marked) index_person(c, x, p, i);
        }
}

void dl_cr_people(dl_coref *c)
{
    uint32_t n = 0;
    struct person *all = DL_NEW(c->a, (size_t)c->n_items + 1, struct person);
    struct index x = { .n = 0 };
    dl_map_init(&x.head, c->a);
    if (!all) return;
    for (uint32_t i = 0; i < c->n_items; i++)
        if (c->item[i].what == DL_IT_PERSON) {
            all[n] = (struct person){ .item = i, .ent = DL_NONE };
            dl_person_read(&all[n].name, dl_cr_tidy(c, c->item[i].title), c->a);
            if (all[n].name.n)
                n++;
            else
                c->item[i].modifier = 1;
        }
    full_names(c, all, n, &x);
    single_names(c, all, n, &x);
}
