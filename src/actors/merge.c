/* merge.c: the entities of all pages as nodes, joined by what they are called. */
#include "actors/work.h"
#include "base/error.h"
#include "base/utf8.h"

uint32_t dl_am_root(dl_merge *m, uint32_t node)
{
    while (m->node[node].parent != node) {
        m->node[node].parent = m->node[m->node[node].parent].parent;
        node = m->node[node].parent;
    }
    return node;
}

void dl_am_join(dl_merge *m, uint32_t a, uint32_t b)
{
    a = dl_am_root(m, a);
    b = dl_am_root(m, b);
    if (a < b) m->node[b].parent = a;
    if (b < a) m->node[a].parent = b;
}

void dl_am_join_key(dl_merge *m, uint64_t key, uint32_t node)
{
    uint32_t *at = dl_map_put(&m->keys, key, node);
    if (at) dl_am_join(m, *at, node);
}

/* Words that tell no organisation from another. */
static bool empty_word(dl_str w)
{
    static const char *const all[] = { "the", "of", "and", "for", "a", "an", "s", "in", "to", "senior", "top", "some" };
    for (size_t i = 0; i < DL_COUNT(all); i++)
        if (dl_str_eq(w, dl_str_of(all[i]))) return true;
    return false;
}

/* The bytes of the word character at s[i]; 0: it ends a word. U+2000 to U+2FFF (E2) are quotes, dashes, signs. */
static size_t word_char(dl_str s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];
    if (c < 0x80) return dl_is_alpha(s.p[i]) || dl_is_digit(s.p[i]) || s.p[i] == '.';
    size_t n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    return c < 0xc3 || c == 0xe2 || n > s.len - i ? 0 : n;
}

static size_t cut_words(dl_str name, dl_str *w, size_t cap)
{
    size_t n = 0, i = 0;
    while (i < name.len && n < cap) {
        size_t from = i, k;
        while (i < name.len && (k = word_char(name, i))) i += k;
        if (i > from) w[n++] = dl_str_cut(name, from, i);
        while (i < name.len && !word_char(name, i)) i++;
    }
    return n;
}

/* How many words from w[i] on name the country: "North Korean" 2. */
static size_t own_words(const dl_merge *m, const dl_str *w, size_t i, size_t n, uint32_t country)
{
    for (size_t k = n - i < 4 ? n - i : 4; k && country; k--) {
        const char *end = w[i + k - 1].p + w[i + k - 1].len;
        dl_nation x = dl_facts_nation(&m->f, (dl_str){ w[i].p, (size_t)(end - w[i].p) });
        if (x.country == country) return k;
    }
    return 0;
}

uint64_t dl_am_words(const dl_merge *m, dl_str name, uint32_t country)
{
    dl_str w[16];
    size_t n = cut_words(name, w, DL_COUNT(w));
    uint64_t sum = 0;
    for (size_t i = 0; i < n;) {
        size_t own = own_words(m, w, i, n, country);
        if (own) {
            i += own;
            continue;
        }
        char low[64];
        size_t len = dl_fold(low, sizeof low, w[i++]);
        dl_str folded = { low, len < sizeof low ? len : sizeof low };
        if (!empty_word(folded)) sum += dl_hash_mix(31, dl_hash_str(folded));
    }
    return sum;
}

static void add_nodes(dl_merge *m, uint32_t page, const dl_doc *d)
{
    for (uint32_t e = 0; e < d->ents.n; e++)
        m->node[m->n + e] = (dl_node){ .page = page,
                                       .ent = e,
                                       .parent = m->n + e,
                                       .country = d->ents.country[e],
                                       .mentions = d->ents.mentions[e],
                                       .name = dl_doc_str(d, d->ents.name[e]),
                                       .kind = d->ents.kind[e],
                                       .gender = d->ents.gender[e] };
    for (uint32_t i = 0; i < d->ments.n; i++)
        if (d->ments.kind[i] == DL_BY_NAME || d->ments.kind[i] == DL_BY_METONYM) m->node[m->n + d->ments.ent[i]].named = 1;
    m->n += d->ents.n;
}

/* The persons (two words or more) and organisations of a page, as keys: the company that a name keeps. */
static void add_context(dl_merge *m, uint32_t page)
{
    uint64_t *set = m->context[page];
    uint32_t n = 0;
    for (uint32_t i = m->base[page]; i < m->base[page + 1] && n < DL_AM_CONTEXT; i++) {
        const dl_node *x = &m->node[i];
        if (!x->named || (x->kind != DL_PERSON && x->kind != DL_ORGANISATION)) continue;
        if (x->kind == DL_PERSON && dl_str_find(x->name, DL_STR(" "), 0) == SIZE_MAX) continue;
        uint64_t key = dl_am_words(m, x->name, x->country);
        uint32_t k = n++;
        for (; k > 0 && set[k - 1] > key; k--) set[k] = set[k - 1];
        set[k] = key;
    }
}

static bool load(dl_merge *m)
{
    size_t total = 0;
    for (uint32_t p = 0; p < m->pages->n; p++) {
        const dl_doc *d = dl_page(m->pages, p);
        total += d ? d->ents.n : 0;
    }
    m->base = DL_NEW(m->a, (size_t)m->pages->n + 1, uint32_t);
    m->node = DL_NEW(m->a, total + 1, dl_node);
    m->context = dl_arena_get(m->a, (size_t)m->pages->n + 1, sizeof *m->context);
    if (!m->base || !m->node || !m->context || total >= DL_NONE) return false;
    for (uint32_t p = 0; p < m->pages->n; p++) {
        const dl_doc *d = dl_page(m->pages, p);
        m->base[p] = m->n;
        if (d) add_nodes(m, p, d);
    }
    m->base[m->pages->n] = m->n;
    for (uint32_t p = 0; p < m->pages->n; p++) add_context(m, p);
    return true;
}

dl_status dl_actors_merge(dl_actors *out, const dl_pages *pages, const dl_models *models, dl_arena *keep, dl_error *err)
{
    dl_merge m = { .pages = pages, .f = dl_facts_open(models), .a = keep };
    dl_actors found = { .pages = pages->n };
    dl_map_init(&m.keys, keep);
    if (!load(&m)) return dl_fail_mem(err, "actors");
    dl_am_things(&m);
    dl_am_people(&m);
    dl_am_offices(&m);
    dl_am_name(&m, &found);
    if (dl_arena_failed(keep)) return dl_fail_mem(err, "actors");
    *out = found;
    return DL_OK;
}
