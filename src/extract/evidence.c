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
    dl_map_init(&e->number, a);
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

static uint64_t site_key(uint32_t host, uint64_t hash) { return dl_hash_mix(hash, host); }

/* ---- Putting it together ---- */

static bool number_hosts(dl_evidence *e)
{
    e->hosts = 0;
    dl_map_init(&e->number, e->arena);
    for (uint32_t i = 0; i < e->n; i++) {
        const uint32_t *at = dl_map_put(&e->number, dl_hash_str(e->page[i].host), e->hosts);
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
    e->site = e->story = (dl_lists){ .n = 0 };
    dl_map_init(&e->site.row, e->arena);
    dl_map_init(&e->story.row, e->arena);
    for (uint32_t i = 0; i < e->n; i++) {
        const dl_prints *p = &e->page[i];
        const bool shared = e->pages[e->host[i]] > 1;
        for (uint32_t k = 0; k < p->n; k++) {
            const dl_print *r = &p->row[k];
            if (r->kept && r->prose) e->kept[i] += r->words;
            if (shared && !list_page(&e->site, e->arena, site_key(e->host[i], r->hash), i, r->kept || r->marked)) return false;
            if (e->hosts > 1 && r->prose && !list_page(&e->story, e->arena, r->hash, i, r->kept)) return false;
        }
    }
    return true;
}

/* Of a page among those that were put together, or (`more`) of one that would come to them. */
static uint32_t weight_of(const dl_evidence *e, uint32_t host, const dl_print *r, bool more, const struct dl_list **list)
{
    *list = r->prose ? find(&e->site, site_key(host, r->hash)) : NULL;
    return *list ? r->words * SCALE / ((*list)->n + more) : r->prose && more ? r->words * SCALE : 0;
}

bool dl_evidence_seal(dl_evidence *e)
{
    e->host = DL_NEW(e->arena, e->n, uint32_t);
    e->pages = DL_NEW(e->arena, e->n, uint32_t);
    e->weight = DL_NEW(e->arena, e->n, uint32_t);
    e->kept = DL_NEW(e->arena, e->n, uint32_t);
    if (dl_arena_failed(e->arena) || !number_hosts(e) || !list_rows(e)) return false;
    for (uint32_t i = 0; i < e->n; i++)
        for (uint32_t k = 0; k < e->page[i].n; k++) {
            const struct dl_list *list;
            e->weight[i] += weight_of(e, e->host[i], &e->page[i].row[k], false, &list);
        }
    return true;
}

/* ---- Asking ---- */

typedef struct question {
    const dl_evidence *e;
    const dl_prints *page;
    uint32_t n;       /* of the page, or DL_NONE: it is not among them                              */
    uint32_t host;    /* its number                                                          */
    uint32_t *shared; /* [e->n] weight that the page shares with a page of its host, then words with one of another */
    uint8_t *same;    /* [e->n] a version of it, a copy of it                                    */
    uint8_t *teases;  /* [e->n] prints its headline                                             */
} question;

static question ask_of(const dl_evidence *e, const dl_prints *page, uint32_t n, uint32_t host, dl_arena *a)
{
    return (question){ e, page, n, host, DL_NEW(a, e->n, uint32_t), DL_NEW(a, e->n, uint8_t), DL_NEW(a, e->n, uint8_t) };
}

static uint32_t lesser(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* Other pages of the host that are versions of this one. */
static void find_versions(question *q)
{
    const dl_evidence *e = q->e;
    uint32_t weight = 0;
    for (uint32_t k = 0; k < q->page->n; k++) {
        const struct dl_list *list;
        const uint32_t w = weight_of(e, q->host, &q->page->row[k], q->n == DL_NONE, &list);
        uint32_t near[EVIDENCE_NEAR], n = newest(&e->site, list, q->n, near);
        for (uint32_t i = 0; i < n; i++) q->shared[near[i] >> 1] += w;
        weight += w;
    }
    for (uint32_t i = 0; i < e->n; i++) {
        const uint64_t all = lesser(e->weight[i], weight), shared = q->shared[i];
        const bool title = q->page->title && q->page->title == e->page[i].title;
        q->same[i] = shared && shared * 100 >= all * (title ? 30 : 60);
    }
    const struct dl_list *list = q->page->title ? find(&e->site, site_key(q->host, q->page->title)) : NULL;
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
        if (e->host[i] != q->host)
            q->same[i] = q->shared[i] >= COPY_LEAST && q->shared[i] * 4 >= lesser(e->kept[i], e->kept[q->n]);
}

/* Other articles of the host that print the block, and not as a teaser of this one; those of one headline are one.
 * *kept: one has it in its body. */
static uint32_t articles_with(const question *q, const dl_print *r, bool *kept)
{
    const dl_evidence *e = q->e;
    uint32_t near[EVIDENCE_NEAR], found = 0;
    const uint32_t n = newest(&e->site, find(&e->site, site_key(q->host, r->hash)), q->n, near);
    uint64_t titles[EVIDENCE_NEAR];
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t page = near[i] >> 1;
        const uint64_t title = e->page[page].title;
        if (q->same[page] || (q->teases[page] && !(near[i] & 1))) continue;
        bool known = false;
        *kept |= near[i] & 1;
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
        bool known = !(near[i] & 1) || e->host[page] == q->host || !q->same[page];
        for (uint32_t t = 0; t < found && !known; t++) known = host[t] == e->host[page];
        if (!known) host[found++] = e->host[page];
    }
    return found;
}

static bool tell(dl_marks *m, const dl_print *r, bool kept, uint32_t pages, uint32_t hosts)
{
    if (!pages && !hosts) return true;
    return dl_map_put(&m->told, r->hash, (kept ? DL_TOLD_KEPT : 0) | pages << 8 | hosts) != NULL;
}

static dl_marks marks_for(const question *q, dl_arena *a)
{
    dl_marks m = { .host = q->page->host, .pages = q->e->pages[q->host] };
    dl_map_init(&m.told, a);
    return m;
}

bool dl_evidence_foresee(const dl_evidence *e, const dl_prints *p, dl_arena *a, dl_marks *out)
{
    const uint32_t host = dl_map_get(&e->number, dl_hash_str(p->host));
    bool counts = false;
    if (host == DL_NONE || e->pages[host] < 2) return false;
    question q = ask_of(e, p, DL_NONE, host, a);
    *out = marks_for(&q, a);
    if (dl_arena_failed(a)) return false;
    find_versions(&q);
    for (uint32_t k = 0; k < p->n; k++) {
        bool kept = false;
        const uint32_t pages = articles_with(&q, &p->row[k], &kept);
        if (!tell(out, &p->row[k], kept, pages, 0)) return false;
        counts |= kept && dl_evidence_against(pages, UINT32_MAX);
    }
    return counts;
}

bool dl_evidence_ask(const dl_evidence *e, uint32_t n, dl_arena *a, dl_marks *out)
{
    question q = ask_of(e, &e->page[n], n, e->host[n], a);
    const bool shared = e->pages[q.host] > 1;
    bool counts = false;
    *out = marks_for(&q, a);
    if (dl_arena_failed(a) || (!shared && e->hosts < 2)) return false;
    if (shared) find_versions(&q);
    if (e->hosts > 1) find_copies(&q);
    for (uint32_t k = 0; k < q.page->n; k++) {
        const dl_print *r = &q.page->row[k];
        bool kept = r->kept || r->marked;
        const uint32_t pages = shared ? articles_with(&q, r, &kept) : 0, hosts = e->hosts > 1 ? copies_with(&q, r) : 0;
        const bool against = dl_evidence_against(pages, out->pages);
        if (!tell(out, r, kept, pages, hosts)) return false;
        counts |= r->marked ? !against : r->kept ? against : hosts && !pages;
    }
    return counts;
}
