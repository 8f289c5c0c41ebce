/* evidence.c: the prints of a window of pages, put together: which pages of a host print a block, which hosts print
 * it, which pages are versions or copies of each other. */
#include "extract/evidence.h"

enum {
    EVIDENCE_NEAR = 16, /* pages of a list that are looked at: the newest                       */
    PARAGRAPH = 8,      /* words                                                              */
    SCALE = 64,         /* a word's weight, so that it can be divided                          */
    COPY_LEAST = 50     /* words that two bodies share by no chance                            */
};

void dl_evidence_init(dl_evidence *e, dl_arena *a)
{
    *e = (dl_evidence){ .arena = a };
    dl_map_init(&e->site.row, a);
    dl_map_init(&e->story.row, a);
}

bool dl_evidence_add(dl_evidence *e, const dl_prints *p)
{
    if (!DL_ROOM(e->arena, e->page, e->n, e->cap)) return false;
    dl_prints *mine = &e->page[e->n];
    *mine = *p;
    mine->host = dl_arena_str(e->arena, p->host);
    mine->row = dl_arena_raw(e->arena, p->n, sizeof *p->row);
    if (!mine->row || !mine->host.p) return false;
    if (p->n) memcpy(mine->row, p->row, p->n * sizeof *p->row);
    e->n++;
    return true;
}

/* ---- Lists ---- */

static bool list_page(dl_lists *l, dl_arena *a, uint64_t key, uint32_t page, bool kept)
{
    uint32_t *row = dl_map_put(&l->row, key, l->rows);
    if (!row) return false;
    if (*row == l->rows) {
        if (!DL_ROOM(a, l->list, l->rows, l->rows_cap)) return false;
        l->list[l->rows++] = (struct dl_list){ 0, DL_NONE };
    }
    if (!DL_ROOM(a, l->page, l->n, l->page_cap) || !DL_ROOM(a, l->next, l->n, l->next_cap)) return false;
    struct dl_list *at = &l->list[*row];
    l->page[l->n] = page << 1 | kept;
    l->next[l->n] = at->last;
    at->last = l->n++;
    at->n++;
    return true;
}

static const struct dl_list *find(const dl_lists *l, uint64_t key)
{
    const uint32_t row = dl_map_get(&l->row, key);
    return row == DL_NONE ? NULL : &l->list[row];
}

/* The newest pages of a list, `skip` left out. */
static uint32_t newest(const dl_lists *l, const struct dl_list *at, uint32_t skip, uint32_t out[EVIDENCE_NEAR])
{
    uint32_t n = 0;
    for (uint32_t i = at ? at->last : DL_NONE; i != DL_NONE && n < EVIDENCE_NEAR; i = l->next[i])
        if (l->page[i] >> 1 != skip) out[n++] = l->page[i];
    return n;
}

static uint64_t site_key(const dl_evidence *e, uint32_t page, uint64_t hash) { return dl_hash_mix(hash, e->host[page]); }

/* ---- Putting it together ---- */

static bool number_hosts(dl_evidence *e)
{
    dl_map seen;
    dl_map_init(&seen, e->arena);
    for (uint32_t i = 0; i < e->n; i++) {
        const uint32_t *at = dl_map_put(&seen, dl_hash_str(e->page[i].host), e->hosts);
        if (!at) return false;
        e->host[i] = *at;
        e->hosts += *at == e->hosts;
        e->pages[*at]++;
    }
    return true;
}

/* The rows of pages that are not alone on their host; the paragraphs of all, where there are several hosts. */
static bool list_rows(dl_evidence *e)
{
    for (uint32_t i = 0; i < e->n; i++) {
        const dl_prints *p = &e->page[i];
        const bool shared = e->pages[e->host[i]] > 1;
        for (uint32_t k = 0; k < p->n; k++) {
            const dl_print *r = &p->row[k];
            if (r->kept && r->prose) e->kept[i] += r->words;
            if (shared && !list_page(&e->site, e->arena, site_key(e, i, r->hash), i, r->kept)) return false;
            if (e->hosts > 1 && r->prose && !list_page(&e->story, e->arena, r->hash, i, r->kept)) return false;
        }
    }
    return true;
}

static uint32_t weight_of(const dl_evidence *e, uint32_t page, const dl_print *r, const struct dl_list **list)
{
    *list = r->prose ? find(&e->site, site_key(e, page, r->hash)) : NULL;
    return *list ? r->words * SCALE / (*list)->n : 0;
}

bool dl_evidence_seal(dl_evidence *e)
{
    e->host = DL_NEW(e->arena, e->n, uint32_t);
    e->pages = DL_NEW(e->arena, e->n, uint32_t);
    e->weight = DL_NEW(e->arena, e->n, uint32_t);
    e->kept = DL_NEW(e->arena, e->n, uint32_t);
    if (dl_arena_failed(e->arena) || !number_hosts(e)) return false;
    if (e->n < 2 || !list_rows(e)) return e->n < 2;
    for (uint32_t i = 0; i < e->n; i++)
        for (uint32_t k = 0; k < e->page[i].n; k++) {
            const struct dl_list *list;
            e->weight[i] += weight_of(e, i, &e->page[i].row[k], &list);
        }
    return true;
}

/* ---- Asking ---- */

typedef struct question {
    const dl_evidence *e;
    const dl_prints *page;
    uint32_t n;
    uint32_t *shared; /* [e->n] weight that the page shares with a page of its host, then words with one of another */
    uint8_t *same;    /* [e->n] a version of it, a copy of it                                    */
    uint8_t *teases;  /* [e->n] prints its headline                                             */
} question;

static uint32_t lesser(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* Other pages of the host that are versions of this one. */
static void find_versions(question *q)
{
    const dl_evidence *e = q->e;
    for (uint32_t k = 0; k < q->page->n; k++) {
        const struct dl_list *list;
        const uint32_t w = weight_of(e, q->n, &q->page->row[k], &list);
        uint32_t near[EVIDENCE_NEAR], n = newest(&e->site, list, q->n, near);
        for (uint32_t i = 0; i < n; i++) q->shared[near[i] >> 1] += w;
    }
    for (uint32_t i = 0; i < e->n; i++) {
        const uint64_t all = lesser(e->weight[i], e->weight[q->n]), shared = q->shared[i];
        const bool title = q->page->title && q->page->title == e->page[i].title;
        q->same[i] = shared && shared * 100 >= all * (title ? 30 : 60);
    }
    const struct dl_list *list = q->page->title ? find(&e->site, site_key(e, q->n, q->page->title)) : NULL;
    for (uint32_t i = list ? list->last : DL_NONE; i != DL_NONE; i = e->site.next[i]) q->teases[e->site.page[i] >> 1] = 1;
}

/* Pages of other hosts that are copies of this one: their bodies share a quarter of the shorter, two paragraphs. */
static void find_copies(question *q)
{
    const dl_evidence *e = q->e;
    memset(q->shared, 0, e->n * sizeof *q->shared);
    for (uint32_t k = 0; k < q->page->n; k++) {
        const dl_print *r = &q->page->row[k];
        if (!r->prose || !r->kept) continue;
        uint32_t near[EVIDENCE_NEAR], n = newest(&e->story, find(&e->story, r->hash), q->n, near);
        for (uint32_t i = 0; i < n; i++)
            if (near[i] & 1) q->shared[near[i] >> 1] += r->words;
    }
    for (uint32_t i = 0; i < e->n; i++)
        if (e->host[i] != e->host[q->n])
            q->same[i] = q->shared[i] >= COPY_LEAST && q->shared[i] * 4 >= lesser(e->kept[i], e->kept[q->n]);
}

/* Other articles of the host that print the block, and not as a teaser of this one; those of one headline are one. */
static uint32_t articles_with(const question *q, const dl_print *r)
{
    const dl_evidence *e = q->e;
    uint32_t near[EVIDENCE_NEAR], found = 0;
    const uint32_t n = newest(&e->site, find(&e->site, site_key(e, q->n, r->hash)), q->n, near);
    uint64_t titles[EVIDENCE_NEAR];
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t page = near[i] >> 1;
        const uint64_t title = e->page[page].title;
        if (q->same[page] || (q->teases[page] && !(near[i] & 1))) continue;
        bool known = false;
        for (uint32_t t = 0; t < found && title; t++) known |= titles[t] == title;
        if (!known) titles[found++] = title;
    }
    return found;
}

/* Other hosts whose copies keep the block. */
static uint32_t copies_with(const question *q, const dl_print *r)
{
    const dl_evidence *e = q->e;
    uint32_t near[EVIDENCE_NEAR], host[EVIDENCE_NEAR], found = 0;
    const uint32_t n = r->prose ? newest(&e->story, find(&e->story, r->hash), q->n, near) : 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t page = near[i] >> 1;
        bool known = !(near[i] & 1) || e->host[page] == e->host[q->n] || !q->same[page];
        for (uint32_t t = 0; t < found && !known; t++) known = host[t] == e->host[page];
        if (!known) host[found++] = e->host[page];
    }
    return found;
}

bool dl_evidence_ask(const dl_evidence *e, uint32_t n, dl_arena *a, dl_marks *out)
{
    question q = { e, &e->page[n], n, DL_NEW(a, e->n, uint32_t), DL_NEW(a, e->n, uint8_t), DL_NEW(a, e->n, uint8_t) };
    const bool shared = e->pages[e->host[n]] > 1;
    bool counts = false;
    *out = (dl_marks){ .host = q.page->host, .pages = e->pages[e->host[n]] };
    dl_map_init(&out->told, a);
    if (dl_arena_failed(a) || (!shared && e->hosts < 2)) return false;
    if (shared) find_versions(&q);
    if (e->hosts > 1) find_copies(&q);
    for (uint32_t k = 0; k < q.page->n; k++) {
        const dl_print *r = &q.page->row[k];
        const uint32_t pages = shared ? articles_with(&q, r) : 0, hosts = e->hosts > 1 ? copies_with(&q, r) : 0;
        if ((pages || hosts) && !dl_map_put(&out->told, r->hash, (uint32_t)r->kept << 16 | pages << 8 | hosts)) return false;
        counts |= r->kept ? dl_evidence_against(pages, out->pages) : hosts && !pages;
    }
    return counts;
}
