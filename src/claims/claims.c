/* claims.c: units of several pages become claims.
 *
 * Online, in order of the pile: a unit joins the claim it is most like, if it is like the mean of
 * its members (average link), else it opens one. Sure links come first: the same merged event, and
 * the same words in a copy. Candidates come from postings of the units' rarest features; a posting
 * longer than POSTING_MAX is not followed, so that no step is quadratic. */
#include "claims/claims.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/sort.h"
#include "claims/outlets.h"
#include "claims/unit.h"

const char *const dl_claim_words[DL_CLAIM_KINDS] = { "event", "statement", "count", "state" };
const char *const dl_stance_words[DL_STANCES] = { "asserts", "expects", "possible", "denies" };
const char *const dl_status_words[DL_CLAIM_STATUSES] = { "corroborated", "one line", "secondary only", "unsupported" };

enum { POSTING_MAX = 256, PROBES = 12, MIN_SHARED = 4 /* actors and words: fewer make short clauses look alike */ };
static const float JOIN_EVENT = 0.26f; /* mean cosine to join; chosen on the two piles of eval/account */
static const float JOIN_STATEMENT = 0.33f;
static const float SAME_WORDS = 0.90f; /* a copy's own words */

typedef struct posting {
    uint32_t *unit; /* [n] */
    size_t n, cap;
} posting;

typedef struct group { /* a claim that grows */
    uint32_t *unit;    /* [n] */
    size_t n, cap;
} group;

typedef struct joiner {
    const dl_matter *m;
    dl_units units;
    dl_outlets outlets;
    dl_arena work;
    dl_map post_of; /* feature -> row of post */
    posting *post;
    size_t n_post, cap_post;
    group *group;
    size_t n_group, cap_group;
    uint32_t *group_of;  /* [units.n] */
    dl_map by_happening; /* merged event -> group */
    float *score;        /* [cap of groups] sums over the candidate members */
    uint32_t *seen;      /* candidates of the unit in hand */
} joiner;

/* Two units that stand apart in one text are two claims: a page does not say a thing twice in a
 * row without meaning two things; overlapping clauses may be one. */
static bool may_be_one(const joiner *j, const dl_unit *a, const dl_unit *b)
{
    const dl_lines *lines = j->m->lines;
    if (a->kind != b->kind && a->kind != DL_CLAIM_STATE && b->kind != DL_CLAIM_STATE && !(a->type == b->type && a->type))
        return false;
    if (a->type && b->type && a->type != b->type) return false;
    if (lines->text[a->at.page] == lines->text[b->at.page]) return dl_unit_cosine(a, b) >= SAME_WORDS;
    if (dl_unit_shared(a, b) < MIN_SHARED) return false;
    if (a->from != DL_NEVER && b->from != DL_NEVER && a->to != DL_NEVER && b->to != DL_NEVER && a->kind == DL_CLAIM_EVENT &&
        b->kind == DL_CLAIM_EVENT)
        return a->from < b->to && b->from < a->to;
    return true;
}

/* Mean likeness of a unit to the members of a group; below 0: it may not join. */
static float likeness(const joiner *j, uint32_t u, const group *g)
{
    float sum = 0;
    size_t n = g->n < 64 ? g->n : 64;
    for (size_t i = 0; i < n; i++) {
        const dl_unit *other = &j->units.unit[g->unit[i]];
        if (!may_be_one(j, &j->units.unit[u], other)) return -1;
        sum += dl_unit_cosine(&j->units.unit[u], other);
    }
    return sum / (float)n;
}

static bool add_to(joiner *j, uint32_t u, uint32_t g)
{
    group *to = &j->group[g];
    if (!DL_ROOM(&j->work, to->unit, to->n, to->cap)) return false;
    to->unit[to->n++] = u;
    j->group_of[u] = g;
    return true;
}

static bool open_group(joiner *j, uint32_t u)
{
    if (!DL_ROOM(&j->work, j->group, j->n_group, j->cap_group)) return false;
    j->group[j->n_group] = (group){ 0 };
    return add_to(j, u, (uint32_t)j->n_group++);
}

/* The features of a unit in order of weight: the rarest say most. */
static uint32_t heaviest(const dl_unit *u, uint64_t out[PROBES])
{
    uint32_t n = 0;
    float w[PROBES];
    for (uint32_t i = 0; i < u->n; i++) {
        uint32_t k = n < PROBES ? n++ : PROBES;
        if (k == PROBES) {
            if (u->feature[i].weight <= w[PROBES - 1]) continue;
            k = PROBES - 1;
        }
        for (; k > 0 && w[k - 1] < u->feature[i].weight; k--) {
            w[k] = w[k - 1];
            out[k] = out[k - 1];
        }
        w[k] = u->feature[i].weight;
        out[k] = u->feature[i].key;
    }
    return n;
}

static uint32_t best_group(const joiner *j, uint32_t u)
{
    uint64_t key[PROBES];
    const dl_unit *unit = &j->units.unit[u];
    uint32_t n = heaviest(unit, key), best = DL_NONE;
    float limit = unit->kind == DL_CLAIM_STATEMENT ? JOIN_STATEMENT : JOIN_EVENT, top = limit;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t row = dl_map_get(&j->post_of, key[k]);
        if (row == DL_NONE || j->post[row].n > POSTING_MAX) continue;
        for (size_t i = 0; i < j->post[row].n; i++) {
            uint32_t g = j->group_of[j->post[row].unit[i]];
            if (g == best) continue;
            float s = likeness(j, u, &j->group[g]);
            if (s > top) {
                top = s;
                best = g;
            }
        }
    }
    return best;
}

static bool post(joiner *j, uint32_t u)
{
    const dl_unit *unit = &j->units.unit[u];
    for (uint32_t i = 0; i < unit->n; i++) {
        uint32_t *row = dl_map_put(&j->post_of, unit->feature[i].key, (uint32_t)j->n_post);
        if (!row) return false;
        if (*row == j->n_post) {
            if (!DL_ROOM(&j->work, j->post, j->n_post, j->cap_post)) return false;
            j->post[j->n_post++] = (posting){ 0 };
        }
        posting *p = &j->post[*row];
        if (p->n > POSTING_MAX) continue;
        if (!DL_ROOM(&j->work, p->unit, p->n, p->cap)) return false;
        p->unit[p->n++] = u;
    }
    return true;
}

static bool place(joiner *j, uint32_t u)
{
    uint32_t h = j->units.unit[u].happening, g = DL_NONE;
    if (h != DL_NONE) g = dl_map_get(&j->by_happening, h);
    if (g == DL_NONE) g = best_group(j, u);
    if (!(g == DL_NONE ? open_group(j, u) : add_to(j, u, g))) return false;
    if (h != DL_NONE && !dl_map_put(&j->by_happening, h, j->group_of[u])) return false;
    return post(j, u);
}

/* ---- Counting ---- */

typedef struct tally {
    uint32_t pages, texts, lines, first_hand;
} tally;

/* How many different values there are; `of`: of what stands there under the value. */
static uint32_t distinct(const uint32_t *value, uint32_t n, const uint32_t *of)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = 0;
        while (k < i && (of ? of[value[k]] != of[value[i]] : value[k] != value[i])) k++;
        count += k == i;
    }
    return count;
}

static tally count(const dl_outlets *outlets, const dl_lines *lines, const dl_claim *c, dl_arena *work)
{
    tally t = { 0 };
    uint32_t n = 0, rests = 0, fh = 0, bound = c->n < 4096 ? c->n : 4096;
    dl_arena_mark here = dl_arena_here(work);
    uint32_t *page = DL_NEW(work, 3 * (size_t)bound + 3, uint32_t), *line = page ? page + bound + 1 : NULL,
             *first = page ? line + bound + 1 : NULL;
    if (!page) return t;
    for (uint32_t i = 0; i < bound; i++) {
        const dl_support *s = &c->support[i];
        if (s->stance != DL_ASSERTS && s->stance != DL_EXPECTS && c->modality != s->modality) continue;
        if (!n || page[n - 1] != s->page) page[n++] = s->page;
        line[rests] = dl_outlets_line(outlets, s);
        if (lines->first_hand[line[rests]]) first[fh++] = line[rests];
        rests++;
    }
    t.pages = distinct(page, n, NULL);
    t.texts = distinct(page, n, lines->text);
    t.lines = distinct(line, rests, NULL);
    t.first_hand = distinct(first, fh, NULL);
    dl_arena_back(work, here);
    return t;
}

/* What the claim as a whole is: the strongest thing that is said of it. */
static uint8_t merged_modality(const dl_claim *c)
{
    static const uint8_t rank[DL_MODALITIES] = {
        [DL_HAPPENED] = 9, [DL_ONGOING] = 8, [DL_EXPECTED] = 7, [DL_DEMANDED] = 6, [DL_ALLEGED] = 5,
        [DL_REFUSED] = 4,  [DL_DENIED] = 4,  [DL_WARNED] = 3,   [DL_POSSIBLE] = 2, [DL_HYPOTHETICAL] = 1
    };
    uint8_t best = c->support[0].modality;
    for (uint32_t i = 1; i < c->n; i++)
        if (rank[c->support[i].modality] > rank[best]) best = c->support[i].modality;
    return best;
}

/* The support that says it best: whole, asserted, first-hand, most like the others. */
static uint32_t best_support(const joiner *j, const group *g, const dl_support *support)
{
    uint32_t best = 0;
    float top = -1e9f;
    for (size_t i = 0; i < g->n && i < 64; i++) {
        const dl_unit *u = &j->units.unit[g->unit[i]];
        float s = 0;
        for (size_t k = 0; k < g->n && k < 64; k++) s += dl_unit_cosine(u, &j->units.unit[g->unit[k]]);
        s /= (float)(g->n < 64 ? g->n : 64);
        s += j->m->lines->first_hand[j->m->lines->line[u->at.page]] ? 0.3f : 0;
        s -= support[i].damaged ? 2.0f : 0;
        s -= support[i].stance == DL_ASSERTS ? 0 : 0.4f;
        if (s > top) {
            top = s;
            best = (uint32_t)i;
        }
    }
    return best;
}

static uint8_t status_of(const dl_claim *c)
{
    if (!c->lines) return DL_UNSUPPORTED;
    if (!c->first_hand) return DL_SECONDARY_ONLY;
    return c->lines > 1 ? DL_CORROBORATED : DL_ONE_LINE;
}

static bool finish(joiner *j, const group *g, dl_claim *out, dl_arena *keep)
{
    dl_support *support = dl_arena_raw(keep, g->n, sizeof *support);
    if (!support) return false;
    const dl_unit *first = &j->units.unit[g->unit[0]];
    *out = (dl_claim){ .kind = first->kind, .n = (uint32_t)g->n, .support = support, .from = first->from, .to = first->to };
    for (size_t i = 0; i < g->n; i++) {
        const dl_unit *u = &j->units.unit[g->unit[i]];
        support[i] = u->at;
        if (u->kind < out->kind) out->kind = u->kind;
        bool narrower =
            u->from != DL_NEVER &&
            (out->from == DL_NEVER || (u->to != DL_NEVER && out->to != DL_NEVER && u->to - u->from < out->to - out->from));
        if (narrower) {
            out->from = u->from;
            out->to = u->to;
        }
    }
    out->modality = merged_modality(out);
    out->head = best_support(j, g, support);
    tally t = count(&j->outlets, j->m->lines, out, &j->work);
    out->pages = t.pages;
    out->texts = t.texts;
    out->lines = t.lines;
    out->first_hand = t.first_hand;
    out->status = status_of(out);
    out->weight = (float)t.lines * 2 + (float)t.first_hand + (float)g->n / (float)(j->m->n + 1);
    return true;
}

dl_status dl_claims_find(dl_claims *out, const dl_matter *m, dl_arena *keep, dl_error *err)
{
    joiner j = { .m = m };
    dl_claim *claim = NULL;
    dl_status st = dl_units_find(&j.units, m, keep, err);
    if (st) return st;
    dl_arena_init(&j.work, keep->max);
    dl_map_init(&j.post_of, &j.work);
    dl_map_init(&j.by_happening, &j.work);
    j.group_of = DL_NEW(&j.work, j.units.n + 1, uint32_t);
    bool ok = j.group_of != NULL && dl_outlets_make(&j.outlets, m, &j.work);
    for (uint32_t u = 0; ok && u < j.units.n; u++) ok = place(&j, u);
    if (ok) claim = DL_NEW(keep, j.n_group + 1, dl_claim);
    ok = ok && claim;
    for (size_t g = 0; ok && g < j.n_group; g++) ok = finish(&j, &j.group[g], &claim[g], keep);
    uint32_t n = (uint32_t)j.n_group;
    dl_arena_free(&j.work);
    if (!ok) return dl_fail_mem(err, "claims");
    *out = (dl_claims){ n, claim };
    return DL_OK;
}
