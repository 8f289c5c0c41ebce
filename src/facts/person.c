/* person.c: comparing the names of people. */
#include "facts/person.h"

#include "base/utf8.h"

static bool suffix(dl_str w)
{
    static const char *const all[] = { "jr", "sr", "ii", "iii", "iv", "obe", "mbe", "cbe", "qc", "kc", "mp" };
    for (size_t i = 0; i < DL_COUNT(all); i++)
        if (dl_str_eq(w, dl_str_of(all[i]))) return true;
    return false;
}

void dl_person_read(dl_person *out, dl_str name, dl_arena *a)
{
    size_t cap = name.len * 3 + 1, n, i = 0;
    char *fold = dl_arena_raw(a, cap, 1);
    out->n = 0;
    if (!fold) return;
    n = dl_fold(fold, cap, name);
    if (n > cap) n = cap;
    while (i < n && out->n < DL_PERSON_WORDS) {
        size_t from = i;
        while (i < n && !dl_is_space(fold[i]) && fold[i] != '-') i++;
        dl_str w = { fold + from, i - from };
        i++;
        while (w.len && (w.p[w.len - 1] == '.' || w.p[w.len - 1] == ',')) w.len--;
        if (w.len > 1 && !suffix(w)) out->w[out->n++] = w;
    }
}

/* At most one letter more, less or changed. */
static bool one_off(dl_str a, dl_str b)
{
    if (a.len < 5 || b.len < 5 || a.len > b.len + 1 || b.len > a.len + 1) return false;
    size_t i = 0, k = 0, n = a.len < b.len ? a.len : b.len, longer = a.len > b.len ? a.len : b.len;
    while (i < n && a.p[i] == b.p[i]) i++;
    while (k < n - i && a.p[a.len - 1 - k] == b.p[b.len - 1 - k]) k++;
    return i + k + 1 >= longer;
}

/* One letter apart, and not two names that both exist: Maria and Mario, Ivan and Ian. */
static bool same_first(const dl_facts *f, dl_str a, dl_str b)
{
    if (dl_facts_same_first(f, a, b)) return true;
    uint8_t x = dl_facts_gender(f, a), y = dl_facts_gender(f, b);
    return one_off(a, b) && (!x || !y || x == y);
}

static bool has_word(const dl_person *p, dl_str w)
{
    for (uint32_t k = 0; k < p->n; k++)
        if (dl_str_eq(p->w[k], w)) return true;
    return false;
}

bool dl_person_surname_first(const dl_facts *f, const dl_person *p)
{
    return p->n > 1 && dl_facts_surname_first(f, p->w[0]) && !dl_facts_gender(f, p->w[0]);
}

bool dl_person_same(const dl_facts *f, const dl_person *a, const dl_person *b)
{
    const dl_person *s = a->n <= b->n ? a : b, *l = a->n <= b->n ? b : a;
    uint32_t shared = 0;
    if (s->n < 2) return false;
    for (uint32_t k = 0; k < s->n; k++) shared += has_word(l, s->w[k]);
    if (shared == s->n) /* "Donald Trump" in "Donald John Trump", "Min Chen" as "Chen Min" */
        return s->n == l->n || dl_str_eq(s->w[0], l->w[0]) || dl_str_eq(s->w[s->n - 1], l->w[l->n - 1]);
    bool first = dl_person_surname_first(f, a);
    if (first != dl_person_surname_first(f, b)) return false;
    dl_str af = a->w[0], bf = b->w[0], al = a->w[a->n - 1], bl = b->w[b->n - 1];
    if (first) return dl_str_eq(af, bf) && a->n == b->n && a->n > 2 && one_off(al, bl);
    return (dl_str_eq(al, bl) && same_first(f, af, bf)) || (dl_str_eq(af, bf) && one_off(al, bl) && al.len > 5);
}

/* "Mary Wong Siu-ling": a given name before a name that begins with the family name. */
static bool both_ways(const dl_facts *f, const dl_person *p)
{
    return p->n >= 4 && dl_facts_gender(f, p->w[0]) && dl_facts_surname_first(f, p->w[1]) && !dl_facts_gender(f, p->w[1]);
}

int dl_person_fits(const dl_facts *f, const dl_person *p, dl_str word, bool mister)
{
    if (!p->n) return 0;
    if (p->n == 1) return dl_str_eq(p->w[0], word) ? 3 : 0;
    bool first = dl_str_eq(p->w[0], word), last = dl_str_eq(p->w[p->n - 1], word);
    if (dl_person_surname_first(f, p)) {
        if (last && dl_facts_called_by_given(f, p->w[0])) return 3;
        return first ? 3 : last && !mister && p->n == 2 ? 1 : 0;
    }
    if (both_ways(f, p)) return dl_str_eq(p->w[1], word) ? 3 : first && !mister ? 1 : has_word(p, word) && !mister ? 2 : 0;
    if (last) return 3;
    if (first) return mister ? 0 : 1;
    return has_word(p, word) ? 2 : 0;
}

uint8_t dl_person_gender(const dl_facts *f, const dl_person *p)
{
    if (p->n < 2) return 0;
    uint8_t g = dl_facts_gender(f, p->w[0]);
    if (!g && p->n > 2) g = dl_facts_gender(f, p->w[1]);
    return g == 'u' ? 0 : g;
}
