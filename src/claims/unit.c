/* unit.c: pages cut into units.
 *
 * Features are weighted by how rare they are among the story's units (idf), so that the story's own
 * subject ("Moscow" in a story about Moscow) does not make everything alike. Actors replace the
 * words that name them: "Mr Lee", "the mayor" and "he" are one feature. */
#include "claims/unit.h"

#include <math.h>

#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "claims/number.h"
#include "tags/tags.h"

enum { MAX_FEATURES = 160, MIN_WORDS = 3 };
enum { ACTOR = 1, LEMMA, TYPE, DAY, NUMBER };

typedef struct cutter {
    const dl_matter *m;
    dl_arena *keep, scratch;
    dl_map df; /* feature -> units that have it */
    dl_unit *unit;
    size_t n, cap;
    const dl_doc *d; /* the page in hand */
    uint32_t page;
    uint32_t *actor_of_tok;   /* [toks.n] actor whose mention holds the token, or DL_NONE */
    uint8_t *head_of_mention; /* [toks.n] 1: the first token of that mention */
} cutter;

static uint64_t key_of(uint64_t kind, uint64_t value) { return dl_hash_mix(value, kind); }

/* ---- What stands behind the words of a page ---- */

/* The innermost mention of each token decides whom it names. */
static bool map_actors(cutter *c)
{
    const dl_doc *d = c->d;
    c->actor_of_tok = dl_arena_raw(&c->scratch, d->toks.n + 1, sizeof *c->actor_of_tok);
    c->head_of_mention = DL_NEW(&c->scratch, d->toks.n + 1, uint8_t);
    if (!c->actor_of_tok || !c->head_of_mention) return false;
    memset(c->actor_of_tok, 0xFF, (d->toks.n + 1) * sizeof *c->actor_of_tok);
    for (uint32_t i = 0; i < d->ments.n; i++) { /* longest first at one place: shorter ones overwrite */
        uint32_t actor = dl_actor_of(c->m->actors, c->page, d->ments.ent[i]);
        dl_span t = d->ments.tok[i];
        for (uint32_t k = t.beg; k < t.end && k - t.beg < 40; k++) {
            c->actor_of_tok[k] = actor;
            c->head_of_mention[k] = k == t.beg;
        }
    }
    return true;
}

static bool content_word(const dl_doc *d, uint32_t tok)
{
    switch (d->toks.upos[tok]) {
    case DL_UPOS_NOUN:
    case DL_UPOS_VERB:
    case DL_UPOS_ADJ:
    case DL_UPOS_PROPN:
    case DL_UPOS_NUM: return true;
    default: return false;
    }
}

/* Words that say nothing of what is claimed. */
static bool light(dl_str lemma)
{
    static const char *const words[] = { "be",  "have", "do",   "say",   "tell", "make", "take",   "go",     "come",
                                         "get", "also", "more", "other", "such", "add",  "accord", "include" };
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_eq_nocase(lemma, dl_str_of(words[i]))) return true;
    return lemma.len < 2;
}

static uint64_t lemma_key(const dl_doc *d, uint32_t tok)
{
    double v = d->toks.upos[tok] == DL_UPOS_NUM ? dl_number_value(dl_tok_text(d, tok)) : -1;
    if (v >= 0) return key_of(NUMBER, (uint64_t)(v * 100)); /* "fourteen" and "14" are one */
    char folded[64];
    dl_str lemma = dl_tok_lemma(d, tok);
    size_t n = dl_fold(folded, sizeof folded, lemma);
    return key_of(d->toks.upos[tok] == DL_UPOS_NUM ? NUMBER : LEMMA, dl_hash(folded, n < sizeof folded ? n : sizeof folded, 0));
}

static void put(dl_unit *u, uint64_t key, float weight)
{
    for (uint32_t i = 0; i < u->n; i++)
        if (u->feature[i].key == key) return;
    if (u->n < MAX_FEATURES) u->feature[u->n++] = (dl_feature){ key, weight };
}

static void put_actor(dl_unit *u, uint32_t actor, float weight)
{
    uint32_t before = u->n;
    if (actor != DL_NONE) put(u, key_of(ACTOR, actor), weight);
    u->actors += u->n > before;
}

static void put_words(cutter *c, dl_unit *u, dl_span bytes)
{
    const dl_doc *d = c->d;
    dl_span t = dl_toks_of(d, bytes);
    for (uint32_t k = t.beg; k < t.end; k++) {
        if (c->actor_of_tok[k] != DL_NONE) {
            if (c->head_of_mention[k] || k == t.beg) put_actor(u, c->actor_of_tok[k], 1.2f);
            continue;
        }
        if (!content_word(d, k) || light(dl_tok_lemma(d, k))) continue;
        put(u, lemma_key(d, k), d->toks.upos[k] == DL_UPOS_NUM ? 1.3f : 1.0f);
        u->words++;
    }
}

/* ---- Cutting ---- */

static bool damaged(const dl_doc *d, dl_span s)
{
    for (uint32_t i = 0; i < d->damages.n; i++)
        if (dl_span_meet(d->damages.span[i], s)) return true;
    return false;
}

static dl_unit *new_unit(cutter *c, dl_span span, uint32_t sent)
{
    if (!DL_ROOM(c->keep, c->unit, c->n, c->cap)) return NULL;
    dl_unit *u = &c->unit[c->n];
    *u = (dl_unit){ .happening = DL_NONE, .from = DL_NEVER, .to = DL_NEVER };
    u->at = (dl_support){ .page = c->page, .span = span, .sent = sent, .who = DL_NONE, .event = DL_NONE, .quote = DL_NONE };
    u->at.damaged = damaged(c->d, span);
    u->feature = DL_NEW(&c->scratch, MAX_FEATURES, dl_feature);
    return u->feature ? u : NULL;
}

/* Takes the unit into the list, its features into the keep arena. */
static bool accept(cutter *c, dl_unit *u)
{
    if (u->n == 0) return true; /* nothing that could be compared */
    dl_feature *kept = dl_arena_raw(c->keep, u->n, sizeof *kept);
    if (!kept) return false;
    memcpy(kept, u->feature, u->n * sizeof *kept);
    u->feature = kept;
    for (uint32_t i = 0; i < u->n; i++) {
        uint32_t *df = dl_map_put(&c->df, kept[i].key, 0);
        if (!df) return false;
        ++*df;
    }
    c->n++;
    return true;
}

static uint8_t stance_of(uint8_t modality)
{
    switch ((dl_modality)modality) {
    case DL_EXPECTED:
    case DL_DEMANDED: return DL_EXPECTS;
    case DL_POSSIBLE:
    case DL_HYPOTHETICAL:
    case DL_WARNED: return DL_ALLOWS;
    case DL_DENIED:
    case DL_REFUSED: return DL_DENIES;
    default: return DL_ASSERTS;
    }
}

/* Who is said to say it: the source of the quotation that holds the event. */
static uint32_t speaker_of(const cutter *c, uint32_t quote)
{
    const dl_doc *d = c->d;
    if (quote == DL_NONE) return DL_NONE;
    for (uint32_t i = d->quotes.parts[quote].beg; i < d->quotes.parts[quote].end; i++)
        if (d->parts.role[i] == DL_SOURCE && d->parts.ent[i] != DL_NONE)
            return dl_actor_of(c->m->actors, c->page, d->parts.ent[i]);
    return DL_NONE;
}

/* A clause without the comma or dash that it begins with. */
static dl_span trimmed(const dl_doc *d, dl_span s)
{
    while (s.beg < s.end && (d->text[s.beg] == ',' || d->text[s.beg] == ';' || d->text[s.beg] == '-' ||
                             dl_is_space((unsigned char)d->text[s.beg])))
        s.beg++;
    return s;
}

/* The act itself counts most among the words of an event. */
static void put_trigger(cutter *c, dl_unit *u, dl_span trigger)
{
    dl_span t = dl_toks_of(c->d, trigger);
    for (uint32_t k = t.beg; k < t.end; k++)
        if (content_word(c->d, k) && !light(dl_tok_lemma(c->d, k))) put(u, lemma_key(c->d, k), 1.6f);
}

static bool cut_event(cutter *c, uint32_t e)
{
    const dl_doc *d = c->d;
    dl_unit *u = new_unit(c, trimmed(d, d->events.span[e]), d->events.sent[e]);
    if (!u) return false;
    u->kind = DL_CLAIM_EVENT;
    u->type = d->events.type[e];
    u->from = d->events.from[e];
    u->to = d->events.to[e];
    u->at.event = e;
    u->at.quote = d->events.quote[e];
    u->at.modality = d->events.modality[e];
    u->at.stance = stance_of(u->at.modality);
    u->at.who = speaker_of(c, u->at.quote);
    u->happening = c->m->happening_of[c->m->event_base[c->page] + e];
    for (uint32_t i = d->events.args[e].beg; i < d->events.args[e].end; i++)
        put_actor(u, dl_actor_of(c->m->actors, c->page, d->args.ent[i]), 1.8f);
    if (u->type != DL_NO_TYPE) put(u, key_of(TYPE, u->type), 0.8f);
    put_trigger(c, u, d->events.trigger[e]);
    put_words(c, u, u->at.span);
    if (u->from != DL_NEVER && u->to != DL_NEVER && u->to - u->from <= 2 * DL_DAY_SECONDS)
        put(u, key_of(DAY, (uint64_t)dl_day_of(u->from)), 0.7f);
    return accept(c, u);
}

/* The bytes from a quotation's first to its last piece, cue and source included. */
static dl_span reach_of(const dl_doc *d, uint32_t q)
{
    dl_span out = { UINT32_MAX, 0 };
    for (uint32_t i = d->quotes.parts[q].beg; i < d->quotes.parts[q].end; i++) {
        dl_span s = d->parts.span[i];
        if (s.beg < out.beg) out.beg = s.beg;
        if (s.end > out.end) out.end = s.end;
    }
    return out.beg < out.end ? out : (dl_span){ 0, 0 };
}

static bool cut_quote(cutter *c, uint32_t q)
{
    const dl_doc *d = c->d;
    dl_span reach = reach_of(d, q);
    if (reach.end == 0) return true;
    dl_unit *u = new_unit(c, reach, d->quotes.sent[q]);
    if (!u) return false;
    u->kind = DL_CLAIM_STATEMENT;
    u->at.quote = q;
    u->at.modality = DL_HAPPENED;
    u->at.who = speaker_of(c, q);
    u->from = d->quotes.from[q];
    u->to = d->quotes.to[q];
    for (uint32_t i = d->quotes.parts[q].beg; i < d->quotes.parts[q].end; i++)
        if (d->parts.role[i] == DL_CONTENT) put_words(c, u, d->parts.span[i]);
    return accept(c, u);
}

/* A sentence that holds neither an event nor a statement. */
static bool cut_sentence(cutter *c, uint32_t s)
{
    const dl_doc *d = c->d;
    uint32_t block = d->sents.block[s];
    if (block != DL_NONE && d->blocks.kind[block] == DL_HEADING) return true;
    dl_unit *u = new_unit(c, d->sents.span[s], s);
    if (!u) return false;
    u->kind = DL_CLAIM_STATE;
    u->at.modality = DL_HAPPENED;
    put_words(c, u, d->sents.span[s]);
    return u->words < MIN_WORDS || accept(c, u);
}

static bool cut_page(cutter *c)
{
    const dl_doc *d = c->d;
    dl_arena_reset(&c->scratch);
    uint8_t *taken = DL_NEW(&c->scratch, d->sents.n + 1, uint8_t);
    if (!taken || !map_actors(c)) return false;
    size_t first = c->n;
    for (uint32_t e = 0; e < d->events.n; e++)
        if (!cut_event(c, e)) return false;
    for (uint32_t q = 0; q < d->quotes.n; q++)
        if (!cut_quote(c, q)) return false;
    for (size_t i = first; i < c->n; i++)
        if (c->unit[i].at.sent != DL_NONE) taken[c->unit[i].at.sent] = 1;
    for (uint32_t s = 0; s < d->sents.n; s++)
        if (!taken[s] && !cut_sentence(c, s)) return false;
    return true;
}

/* ---- Weighing ---- */

static int by_key(const void *a, const void *b, const void *ctx)
{
    uint64_t x = ((const dl_feature *)a)->key, y = ((const dl_feature *)b)->key;
    (void)ctx;
    return (x > y) - (x < y);
}

static bool weigh(cutter *c)
{
    for (size_t i = 0; i < c->n; i++) {
        dl_unit *u = &c->unit[i];
        float sum = 0;
        for (uint32_t k = 0; k < u->n; k++) {
            uint32_t df = dl_map_get(&c->df, u->feature[k].key);
            float idf = logf(1.0f + (float)c->n / (float)(df ? df : 1));
            u->feature[k].weight *= idf;
            sum += u->feature[k].weight * u->feature[k].weight;
        }
        float norm = sum > 0 ? 1.0f / sqrtf(sum) : 0;
        for (uint32_t k = 0; k < u->n; k++) u->feature[k].weight *= norm;
        if (!dl_sort(u->feature, u->n, sizeof *u->feature, by_key, NULL, &c->scratch)) return false;
    }
    return true;
}

static int by_place(const void *a, const void *b, const void *ctx)
{
    const dl_unit *x = a, *y = b;
    (void)ctx;
    if (x->at.page != y->at.page) return x->at.page < y->at.page ? -1 : 1;
    return (x->at.span.beg > y->at.span.beg) - (x->at.span.beg < y->at.span.beg);
}

dl_status dl_units_find(dl_units *out, const dl_matter *m, dl_arena *keep, dl_error *err)
{
    cutter c = { .m = m, .keep = keep };
    dl_arena maps;
    dl_arena_init(&c.scratch, keep->max);
    dl_arena_init(&maps, keep->max);
    dl_map_init(&c.df, &maps);
    bool ok = true;
    for (uint32_t i = 0; ok && i < m->n; i++) {
        c.page = m->page[i];
        c.d = dl_page(m->pages, c.page);
        ok = !c.d || cut_page(&c);
    }
    dl_arena_reset(&c.scratch);
    ok = ok && weigh(&c) && dl_sort(c.unit, c.n, sizeof *c.unit, by_place, NULL, &c.scratch);
    dl_arena_free(&c.scratch);
    dl_arena_free(&maps);
    if (!ok) return dl_fail_mem(err, "claims");
    *out = (dl_units){ (uint32_t)c.n, c.unit };
    return DL_OK;
}

float dl_unit_cosine(const dl_unit *a, const dl_unit *b)
{
    float sum = 0;
    for (uint32_t i = 0, k = 0; i < a->n && k < b->n;) {
        if (a->feature[i].key == b->feature[k].key)
            sum += a->feature[i++].weight * b->feature[k++].weight;
        else if (a->feature[i].key < b->feature[k].key)
            i++;
        else
            k++;
    }
    return sum;
}

uint32_t dl_unit_shared(const dl_unit *a, const dl_unit *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0, k = 0; i < a->n && k < b->n;) {
        n += a->feature[i].key == b->feature[k].key;
        if (a->feature[i].key <= b->feature[k].key)
            i++;
        else
            k++;
    }
    return n;
}
