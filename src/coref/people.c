/* people.c: persons by name: "Wang Yi", "Mr Wang", "Wang"; "Sergei Lavrov" and "Sergey Lavrov". */
#include "base/utf8.h"
#include "coref/work.h"

#define NAME_WORDS 6
#define CHAIN 24 /* persons of one word that are looked at                                            */

struct person { /* a name in words, folded */
    dl_str w[NAME_WORDS];
    uint32_t n;
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

static bool suffix(dl_str w)
{
    static const char *const all[] = { "jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "obe", "mbe", "cbe", "qc", "kc", "mp" };
    for (size_t i = 0; i < DL_COUNT(all); i++)
        if (dl_str_eq(w, dl_str_of(all[i]))) return true;
    return false;
}

/* The words of a name, folded, cut at hyphens; single letters (initials) are left out. */
static void read_name(dl_coref *c, uint32_t item, struct person *p)
{
    dl_span tok = c->item[item].title;
    *p = (struct person){ .item = item, .ent = DL_NONE };
    for (uint32_t t = tok.beg; t < tok.end; t++) {
        dl_str w = dl_tok_text(c->d, t), one;
        char *fold = dl_arena_raw(c->a, w.len * 3 + 1, 1);
        if (!fold) return;
        size_t n = dl_fold(fold, w.len * 3, w);
        dl_str rest = { fold, n < w.len * 3 ? n : w.len * 3 };
        while (dl_str_next(&rest, '-', &one)) {
            while (one.len && one.p[one.len - 1] == '.') one.len--;
            if (one.len < 2 || p->n >= NAME_WORDS || suffix(one)) continue;
            p->w[p->n++] = one;
        }
    }
}

static void index_person(dl_coref *c, struct index *x, const struct person *p, uint32_t number)
{
    for (uint32_t k = 0; k < p->n; k++) {
        if (!DL_ROOM(c->a, x->link, x->n, x->cap)) return;
        uint32_t *at = dl_map_put(&x->head, dl_hash_str(p->w[k]), x->n);
        if (!at) return;
        x->link[x->n] = (struct link){ number, *at == x->n ? DL_NONE : *at };
        *at = x->n++;
    }
}

/* At most one letter more, less or changed. */
static bool one_off(dl_str a, dl_str b)
{
    if (a.len < 5 || b.len < 5 || a.len > b.len + 1 || b.len > a.len + 1) return false;
    size_t i = 0, k = 0, n = a.len < b.len ? a.len : b.len;
    while (i < n && a.p[i] == b.p[i]) i++;
    while (k < n - i && a.p[a.len - 1 - k] == b.p[b.len - 1 - k]) k++;
    size_t longer = a.len > b.len ? a.len : b.len;
    return i + k + 1 >= longer;
}

static bool same_word(const dl_coref *c, dl_str a, dl_str b)
{
    return dl_str_eq(a, b) || one_off(a, b) || dl_facts_same_first(&c->f, a, b);
}

static bool has_word(const struct person *p, dl_str w)
{
    for (uint32_t k = 0; k < p->n; k++)
        if (dl_str_eq(p->w[k], w)) return true;
    return false;
}

static bool surname_first(const dl_coref *c, const struct person *p)
{
    return p->n > 1 && dl_facts_surname_first(&c->f, p->w[0]) && !dl_facts_gender(&c->f, p->w[0]);
}

/* Two full names of one person? */
static bool same_person(const dl_coref *c, const struct person *a, const struct person *b)
{
    const struct person *s = a->n <= b->n ? a : b, *l = a->n <= b->n ? b : a;
    uint32_t shared = 0;
    for (uint32_t k = 0; k < s->n; k++) shared += has_word(l, s->w[k]);
    if (shared == s->n) /* "Donald Trump" in "Donald John Trump", "Yi Wang" as "Wang Yi" */
        return s->n == l->n || dl_str_eq(s->w[0], l->w[0]) || dl_str_eq(s->w[s->n - 1], l->w[l->n - 1]);
    if (surname_first(c, a) != surname_first(c, b)) return false;
    dl_str af = a->w[0], bf = b->w[0], al = a->w[a->n - 1], bl = b->w[b->n - 1];
    if (surname_first(c, a)) return dl_str_eq(af, bf) && a->n == b->n && a->n > 2 && one_off(al, bl);
    return (dl_str_eq(al, bl) && same_word(c, af, bf)) || (dl_str_eq(af, bf) && one_off(al, bl) && al.len > 5);
}

/* How well a single word names this person: 3 family name, 1 given name, 0 not at all. */
static int names_by(const dl_coref *c, const struct person *p, dl_str w, bool mister)
{
    if (p->n == 1) return dl_str_eq(p->w[0], w) ? 3 : 0;
    bool first = dl_str_eq(p->w[0], w), last = dl_str_eq(p->w[p->n - 1], w);
    if (surname_first(c, p)) return first ? 3 : last && !mister && p->n == 2 ? 1 : 0;
    if (last) return 3;
    if (first && !mister) return 1;
    return has_word(p, w) && !first ? 2 : 0;
}

static uint8_t gender_of(const dl_coref *c, const struct person *p)
{
    uint8_t g = c->item[p->item].gender;
    if (g) return g;
    if (p->n < 2) return 0;
    g = dl_facts_gender(&c->f, p->w[0]);
    if (!g && p->n > 2) g = dl_facts_gender(&c->f, p->w[1]);
    return g == 'u' ? 0 : g;
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
        if (p->n < 2) continue;
        uint32_t ent = DL_NONE;
        for (uint32_t k = 0; k < 2 && ent == DL_NONE; k++) {
            uint32_t at = dl_map_get(&x->head, dl_hash_str(p->w[k ? 0 : p->n - 1]));
            for (uint32_t seen = 0; at != DL_NONE && seen < CHAIN && ent == DL_NONE; at = x->link[at].next, seen++)
                if (all[x->link[at].person].n > 1 && same_person(c, p, &all[x->link[at].person]))
                    ent = all[x->link[at].person].ent;
        }
        if (ent == DL_NONE) ent = fresh(c, p);
        if (ent == DL_NONE) return;
        join(c, p, ent);
        index_person(c, x, p, i);
    }
}

static uint32_t distance(uint32_t a, uint32_t b) { return b <= a ? a - b : (b - a) * 3; }

/* A single word: the nearest person before it whose family name it is, then the nearest after it. */
static uint32_t whose_word(dl_coref *c, const struct person *all, const struct index *x, const struct person *p)
{
    uint32_t best = DL_NONE, best_far = 0;
    int best_fit = 0;
    uint8_t gender = c->item[p->item].gender;
    uint32_t at = dl_map_get(&x->head, dl_hash_str(p->w[0]));
    for (uint32_t seen = 0; at != DL_NONE && seen < CHAIN * 4; at = x->link[at].next, seen++) {
        const struct person *q = &all[x->link[at].person];
        int fit = names_by(c, q, p->w[0], c->item[p->item].definite);
        uint8_t g = c->ent[q->ent].gender;
        if (!fit || (gender && g && g != gender)) continue;
        uint32_t far = distance(p->item, q->item);
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
    for (uint32_t i = 0; i < n; i++) {
        struct person *p = &all[i];
        if (p->n != 1) continue;
        uint32_t ent = whose_word(c, all, x, p);
        bool alone = ent == DL_NONE;
        if (alone) ent = fresh(c, p);
        if (ent == DL_NONE) return;
        join(c, p, ent);
        if (alone || c->item[p->item].definite) index_person(c, x, p, i);
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
            read_name(c, i, &all[n]);
            if (all[n].n)
                n++;
            else
                c->item[i].modifier = 1;
        }
    full_names(c, all, n, &x);
    single_names(c, all, n, &x);
}
