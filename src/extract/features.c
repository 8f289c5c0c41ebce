/* features.c: the columns of a block: its own text, its element and those around it, what else on the
 * page has the same path, its neighbours, its place among what the rules have kept. */
#include "extract/features.h"

#include <math.h>

#include "base/hash.h"

#define LEVELS 4 /* elements upward from the block's own whose sums are looked at                   */
#define NEAR 3   /* neighbours on either side                                                    */
#define LONG 5   /* bytes: shorter words are mostly function words                                */

typedef struct sums { /* of the text below an element                                             */
    uint32_t words, link, blocks, kept, prose;
} sums;

struct dl_features {
    dl_xhtml *h;
    dl_xpage *p;
    sums *below;           /* [d.n]                                                                       */
    uint32_t *sig;         /* [d.n] hash of tag and class                                                 */
    uint16_t *depth;       /* [d.n] below body                                                            */
    uint32_t *kept_before; /* [n + 1] words of blocks kept before                                       */
    uint32_t kept, words;  /* of the page                                                              */
    uint32_t title;        /* block of the headline, or DL_NONE                                         */
    uint32_t holder;       /* the element right round most kept words                                   */
    uint8_t *holds;        /* [d.n] the holder is below, or it is the holder                            */
    uint32_t *article;     /* [d.n] the <article> right round it, or body                               */
    uint32_t tail;         /* the last block that heads a section of links, or DL_NONE                   */
    uint32_t heads;        /* first headings seen so far                                                */
    dl_map sig1, sig2;     /* signature -> row of sigs                                                 */
    dl_map vocabulary;     /* content word -> kept blocks that have it                                 */
    dl_map titled;         /* words of the title                                                       */
    dl_map hashes;         /* norm -> blocks of the page that read so                                   */
    sums *sigs;            /* [2n]                                                                      */
    uint32_t n_sigs;
    uint32_t *s1, *s2; /* [n] rows of sigs                                                          */
    uint32_t at;       /* the next block                                                           */
    float *row;        /* of the block at hand                                                      */
    uint32_t col;
};

static void put(dl_features *m, float v)
{
    if (m->col < DL_FEATURES) m->row[m->col] = v;
    m->col++;
}
static float share(uint32_t a, uint32_t b) { return b ? (float)a / (float)b : 0; }
static float lg(uint32_t n) { return log2f(1.0f + (float)n); }
/* Its words go into the vocabulary of the article. */
static bool teaches(const dl_xblock *k) { return dl_extract_in_body(k) && k->words >= 8; }
static bool proselike(const dl_xblock *k) { return k->words >= 10 && k->closed && k->link * 2 < k->chars; }

static void add(sums *s, const dl_xblock *k)
{
    s->words += k->words;
    s->link += k->chars ? (uint32_t)((uint64_t)k->words * k->link / k->chars) : 0;
    s->blocks++;
    s->kept += dl_extract_in_body(k) ? k->words : 0;
    s->prose += proselike(k);
}

static void add_up(sums *to, const sums *s)
{
    to->words += s->words;
    to->link += s->link;
    to->blocks += s->blocks;
    to->kept += s->kept;
    to->prose += s->prose;
}

/* The signature of an element: its tag and the letters of its class (numbers in it differ from post to post). */
static uint32_t signature(const dl_dom *d, uint32_t n)
{
    char buf[96];
    size_t len = 0;
    dl_str v = dl_dom_attr(d, n, "class");
    for (size_t i = 0; i < v.len && len < sizeof buf; i++)
        if (!dl_is_digit(v.p[i])) buf[len++] = v.p[i];
    return (uint32_t)dl_hash(buf, len, d->tag[n]);
}

static uint32_t parent(const dl_features *m, uint32_t n)
{
    uint32_t up = m->h->d.parent[n];
    return up == DL_NONE || n == m->h->body ? n : up;
}

static void sum_elements(dl_features *m)
{
    const dl_dom *d = &m->h->d;
    for (uint32_t i = 0; i < m->p->n; i++) add(&m->below[m->p->blk[i].node], &m->p->blk[i]);
    m->sig[m->h->body] = signature(d, m->h->body);
    m->article[m->h->body] = m->h->body;
    for (uint32_t i = 0; i < m->h->seen; i++) {
        uint32_t n = m->h->order[i];
        m->depth[n] = (uint16_t)(m->depth[d->parent[n]] + 1);
        m->sig[n] = signature(d, n);
        m->article[n] = d->tag[n] == DL_TAG_ARTICLE ? n : m->article[d->parent[n]];
    }
    uint32_t best = 0;
    m->holder = m->h->body;
    uint32_t *held = DL_NEW(m->p->a, d->n, uint32_t);
    for (uint32_t i = 0; held && i < m->p->n; i++) {
        const dl_xblock *k = &m->p->blk[i];
        uint32_t up = parent(m, k->node);
        if (!dl_extract_in_body(k)) continue;
        held[up] += k->words;
        if (held[up] > best) best = held[up], m->holder = up;
    }
    for (uint32_t i = m->h->seen; i-- > 0;) {
        uint32_t n = m->h->order[i];
        if (d->parent[n] != DL_NONE) add_up(&m->below[d->parent[n]], &m->below[n]);
    }
    for (uint32_t n = m->holder;; n = d->parent[n]) {
        m->holds[n] = 1;
        if (n == m->h->body || d->parent[n] == DL_NONE) break;
    }
}

static uint32_t sig_row(dl_features *m, dl_map *map, uint64_t key, const dl_xblock *k)
{
    uint32_t *at = dl_map_put(map, key, m->n_sigs);
    if (!at) return 0;
    if (*at == m->n_sigs) m->n_sigs++;
    add(&m->sigs[*at], k);
    return *at;
}

static void learn_words(dl_features *m, const dl_xblock *k)
{
    dl_str rest = k->norm, w;
    while (dl_str_next(&rest, ' ', &w)) {
        if (w.len < LONG) continue;
        uint32_t *at = dl_map_put(&m->vocabulary, dl_hash_str(w), 0);
        if (at) ++*at;
    }
}

static void learn_page(dl_features *m)
{
    dl_xpage *p = m->p;
    m->title = DL_NONE;
    for (uint32_t i = 0; i < p->n; i++) {
        const dl_xblock *k = &p->blk[i];
        const dl_dom *d = &m->h->d;
        uint32_t up = parent(m, k->node);
        uint64_t one = m->sig[k->node], two = dl_hash_mix(one, dl_hash_mix(m->sig[up], m->sig[parent(m, up)]));
        m->s1[i] = sig_row(m, &m->sig1, one, k);
        m->s2[i] = sig_row(m, &m->sig2, two, k);
        m->kept_before[i + 1] = m->kept_before[i] + (dl_extract_in_body(k) ? k->words : 0);
        m->words += k->words;
        if (teaches(k)) learn_words(m, k);
        if (k->role == DL_ROLE_TITLE && (m->title == DL_NONE || d->tag[k->node] == DL_TAG_H1)) m->title = i;
        uint32_t *seen = dl_map_put(&m->hashes, k->hash, 0);
        if (seen) ++*seen;
    }
    m->kept = m->kept_before[p->n];
    dl_str rest = dl_extract_norm(p->a, p->title), w;
    while (dl_str_next(&rest, ' ', &w)) (void)dl_map_put(&m->titled, dl_hash_str(w), 1);
}

/* Words of the block that other kept blocks have too, and that the title has. */
static void overlap(dl_features *m, const dl_xblock *k)
{
    uint32_t all = 0, known = 0, words = 0, titled = 0, own = teaches(k);
    dl_str rest = k->norm, w;
    while (words < 80 && dl_str_next(&rest, ' ', &w)) {
        uint64_t h = dl_hash_str(w);
        words++;
        titled += m->titled.n && dl_map_get(&m->titled, h) != DL_NONE;
        if (w.len < LONG) continue;
        uint32_t n = dl_map_get(&m->vocabulary, h);
        all++;
        known += n != DL_NONE && n > own;
    }
    put(m, all ? share(known, all) : -1);
    put(m, share(titled, words));
    put(m, share(titled, (uint32_t)m->titled.n));
}

static void surface(dl_features *m, const dl_xblock *k)
{
    uint32_t commas = 0, digits = 0, marks = 0, odd = 0, upper = 0, letters = 0, stops = 0;
    for (size_t i = 0; i < k->text.len; i++) {
        char c = k->text.p[i];
        commas += c == ',';
        digits += dl_is_digit(c) != 0;
        marks += c == '"';
        stops += c == '.' || c == '?' || c == '!';
        odd += c == '|' || c == '/' || c == '@' || c == '>' || c == '#' || (unsigned char)c == 0xa9 || c == '[';
        upper += dl_is_upper(c) != 0;
        letters += dl_is_alpha(c) != 0;
    }
    char last = k->text.len ? k->text.p[k->text.len - 1] : ' ';
    put(m, lg(k->words));
    put(m, k->words ? (float)k->chars / (float)k->words : 0);
    put(m, share(k->link, k->chars));
    put(m, share(k->stops, k->words));
    put(m, share(k->caps, k->words));
    put(m, share(commas, k->words));
    put(m, share(digits, k->chars));
    put(m, (float)odd);
    put(m, share(upper, letters));
    put(m, (float)marks);
    put(m, share(stops, k->words));
    put(m, k->closed);
    put(m, k->quoted);
    put(m, last == ':');
    put(m, last == '?');
    put(m, k->text.len && dl_is_digit(k->text.p[0]));
    put(m, k->text.len && (k->text.p[0] == '(' || k->text.p[0] == '['));
    put(m, k->text.len && (unsigned char)k->text.p[0] >= 0x80);
    put(m, dl_map_get(&m->hashes, k->hash) > 1);
}

static void element(dl_features *m, const dl_xblock *k)
{
    const dl_dom *d = &m->h->d;
    static const uint16_t tags[] = { DL_TAG_P, DL_TAG_DIV, DL_TAG_LI, DL_TAG_TD, DL_TAG_BLOCKQUOTE, DL_TAG_FIGCAPTION };
    for (size_t i = 0; i < DL_COUNT(tags); i++) put(m, k->tag == tags[i]);
    put(m, k->tag >= DL_TAG_H1 && k->tag <= DL_TAG_H6 ? (float)(k->tag - DL_TAG_H1 + 1) : 0);
    for (int b = 0; b < 31; b++) put(m, (k->flags >> b & 1) != 0);
    uint32_t n = k->node;
    for (int i = 0; i < LEVELS; i++) {
        const sums *s = &m->below[n];
        put(m, lg(s->words));
        put(m, share(s->link, s->words));
        put(m, lg(s->blocks));
        put(m, share(s->kept, s->words));
        put(m, share(s->kept, m->kept));
        put(m, lg(s->prose));
        n = parent(m, n);
    }
    uint32_t up = k->node, steps = 0;
    while (!m->holds[up] && up != m->h->body) up = parent(m, up), steps++;
    put(m, (float)steps);
    put(m, (float)m->depth[m->holder] - (float)m->depth[up]);
    put(m, (float)m->depth[k->node] - (float)m->depth[m->holder]);
    const uint32_t in = m->article[k->node];
    put(m, in != m->h->body);
    put(m, in == m->article[m->holder]);
    put(m, m->title != DL_NONE && in == m->article[m->p->blk[m->title].node]);
    put(m, share(m->below[in].kept, m->kept));
    m->heads += k->tag == DL_TAG_H1;
    put(m, (float)m->heads);
    put(m, d->parent[k->node] != DL_NONE && d->prev[k->node] == DL_NONE);
    put(m, d->next[k->node] == DL_NONE);
}

static void paths(dl_features *m, uint32_t i, const dl_xblock *k)
{
    const uint32_t own = dl_extract_in_body(k) ? k->words : 0;
    const sums *both[] = { &m->sigs[m->s1[i]], &m->sigs[m->s2[i]] };
    for (size_t s = 0; s < 2; s++) {
        put(m, lg(both[s]->blocks));
        put(m, share(both[s]->kept - own, both[s]->words - k->words));
        put(m, share(both[s]->kept, m->kept));
        put(m, share(both[s]->words, m->words));
    }
}

static void place(dl_features *m, uint32_t i, const dl_xblock *k)
{
    const dl_xpage *p = m->p;
    put(m, share(i, p->n));
    put(m, lg(p->n));
    put(m, lg(m->kept));
    put(m, share(m->kept, m->words));
    put(m, m->title == DL_NONE ? 0 : i < m->title ? -lg(m->title - i) : lg(i - m->title));
    put(m, m->title == DL_NONE);
    put(m, m->kept ? share(m->kept_before[i], m->kept) : -1);
    uint32_t before = 0, after = 0;
    while (before < 30 && before < i && !dl_extract_in_body(&p->blk[i - 1 - before])) before++;
    while (after < 30 && i + 1 + after < p->n && !dl_extract_in_body(&p->blk[i + 1 + after])) after++;
    put(m, (float)before);
    put(m, (float)after);
    put(m, m->h->root == m->h->body);
    if (k->lex == DL_LEX_TAIL) m->tail = i;
    put(m, m->tail == DL_NONE ? -1 : lg(i - m->tail));
    put(m, m->tail == DL_NONE ? -1 : share(m->kept - m->kept_before[m->tail], m->kept));
    put(m, dl_choose_stated(m->h, k));
    put(m, lg(m->h->ld_words));
}

static void rules(dl_features *m, const dl_xblock *k)
{
    put(m, dl_extract_in_body(k));
    put(m, k->role == DL_ROLE_KEEP ? (float)k->kind + 1 : 0);
    put(m, k->role == DL_ROLE_TITLE);
    put(m, k->lex);
    put(m, dl_choose_value(m->h, k));
    put(m, k->why && !strcmp(k->why, "repeat"));
    put(m, k->why && (!strcmp(k->why, "head") || !strcmp(k->why, "tail")));
}

static void neighbours(dl_features *m, uint32_t i)
{
    static const dl_xblock none = { .role = DL_ROLE_OUT };
    for (int o = -NEAR; o <= NEAR; o++) {
        if (!o) continue;
        int64_t j = (int64_t)i + o;
        const dl_xblock *k = j < 0 || j >= m->p->n ? &none : &m->p->blk[j];
        put(m, lg(k->words) * (dl_extract_in_body(k) ? 1 : -1));
        put(m, share(k->link, k->chars));
        if (o < -2 || o > 2) continue;
        put(m, k->closed);
        put(m, (k->flags & DL_ZONE_HEADING) != 0);
        put(m, k->lex);
        put(m, j >= 0 && j < m->p->n && m->s2[j] == m->s2[i]);
    }
}

static bool columns(dl_features *m)
{
    dl_arena *a = m->p->a;
    const uint32_t n = m->p->n, nodes = m->h->d.n;
    m->below = DL_NEW(a, nodes, sums);
    m->sig = DL_NEW(a, nodes, uint32_t);
    m->depth = DL_NEW(a, nodes, uint16_t);
    m->holds = DL_NEW(a, nodes, uint8_t);
    m->article = DL_NEW(a, nodes, uint32_t);
    m->kept_before = DL_NEW(a, n + 1, uint32_t);
    m->sigs = DL_NEW(a, 2 * (size_t)n + 2, sums);
    m->s1 = DL_NEW(a, n + 1, uint32_t);
    m->s2 = DL_NEW(a, n + 1, uint32_t);
    dl_map_init(&m->sig1, a);
    dl_map_init(&m->sig2, a);
    dl_map_init(&m->vocabulary, a);
    dl_map_init(&m->titled, a);
    dl_map_init(&m->hashes, a);
    return !dl_arena_failed(a);
}

dl_features *dl_features_begin(dl_xhtml *h)
{
    dl_features *m = DL_NEW(h->p->a, 1, dl_features);
    if (!m) return NULL;
    *m = (dl_features){ .h = h, .p = h->p, .tail = DL_NONE };
    if (!columns(m)) return NULL;
    sum_elements(m);
    learn_page(m);
    return dl_arena_failed(h->p->a) ? NULL : m;
}

void dl_features_next(dl_features *m, float *row)
{
    const uint32_t i = m->at++;
    const dl_xblock *k = &m->p->blk[i];
    m->row = row;
    m->col = 0;
    surface(m, k);
    element(m, k);
    paths(m, i, k);
    place(m, i, k);
    rules(m, k);
    overlap(m, k);
    neighbours(m, i);
    while (m->col < DL_FEATURES) put(m, 0);
}
