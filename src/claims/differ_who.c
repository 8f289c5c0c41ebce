/* differ_who.c: one statement, two speakers.
 *
 * Speakers are one side when they are one actor, or one is the other's government, or both have one country
 * and what they say is only alike. Words that are nearly the same are held against each other whatever the
 * sides; what is only alike must come from two countries, since two people may well say alike things. */
#include "base/hash.h"
#include "claims/differ.h"
#include "tags/tags.h"

enum { MAX_VOICES = DL_PAIRS_MAX, MAX_WORDS = 64 };
static const float SAME_WORDS = 0.65f; /* share of the shorter one's content words */

typedef struct voice {
    uint32_t actor, country, page;
    dl_span span;
    uint32_t n;
    uint64_t word[MAX_WORDS]; /* content lemmas */
} voice;

/* Is the event's own agent the speaker? "X agreed to Y" said of X by others is no speech of X. */
static bool speaks_of_itself(const dl_differ *d, const dl_support *s)
{
    const dl_doc *doc = dl_page(d->m->pages, s->page);
    if (s->event == DL_NONE) return false;
    dl_span args = doc->events.args[s->event];
    for (uint32_t i = args.beg; i < args.end; i++)
        if (doc->args.role[i] == DL_AGENT && dl_actor_of(d->m->actors, s->page, doc->args.ent[i]) == s->who) return true;
    return false;
}

static void take_words(voice *v, const dl_doc *d, dl_span bytes)
{
    dl_span t = dl_toks_of(d, bytes);
    for (uint32_t k = t.beg; k < t.end && v->n < MAX_WORDS; k++) {
        uint8_t u = d->toks.upos[k];
        if (u != DL_UPOS_NOUN && u != DL_UPOS_VERB && u != DL_UPOS_PROPN && u != DL_UPOS_ADJ && u != DL_UPOS_NUM) continue;
        uint64_t h = dl_hash_str(dl_tok_lemma(d, k));
        uint32_t i = 0;
        while (i < v->n && v->word[i] != h) i++;
        if (i == v->n) v->word[v->n++] = h;
    }
}

static void listen(const dl_differ *d, const dl_support *s, voice *v)
{
    const dl_doc *doc = dl_page(d->m->pages, s->page);
    v->actor = s->who;
    v->country = d->m->actors->country[s->who];
    v->page = s->page;
    v->span = s->span;
    v->n = 0;
    if (s->quote == DL_NONE) return;
    for (uint32_t i = doc->quotes.parts[s->quote].beg; i < doc->quotes.parts[s->quote].end; i++)
        if (doc->parts.role[i] == DL_CONTENT) take_words(v, doc, doc->parts.span[i]);
}

static float same_words(const voice *a, const voice *b)
{
    uint32_t shared = 0, least = a->n < b->n ? a->n : b->n;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++) shared += a->word[i] == b->word[k];
    return least >= 4 ? (float)shared / (float)least : 0;
}

static bool government(const dl_differ *d, uint32_t actor) { return d->m->actors->kind[actor] == DL_GOVERNMENT; }

static bool one_side(const dl_differ *d, const voice *a, const voice *b)
{
    if (a->actor == b->actor) return true;
    if (a->country && b->country && a->country != b->country) return false;
    if (same_words(a, b) < SAME_WORDS) return true;
    return a->country == b->country && a->country && (government(d, a->actor) || government(d, b->actor));
}

/* Joint speech: both speak in one sentence of one text. */
static bool joint(const dl_differ *d, const voice *v, uint32_t n, const voice *a, const voice *b)
{
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < n; k++)
            if (v[i].actor == a->actor && v[k].actor == b->actor && d->m->lines->text[v[i].page] == d->m->lines->text[v[k].page])
                return true;
    return false;
}

static void put(dl_differ *d, uint32_t row, const voice *v, uint32_t n, const voice *a, const voice *b)
{
    dl_reading_in_work r[2] = { { .words = d->m->actors->name[a->actor] }, { .words = d->m->actors->name[b->actor] } };
    for (uint32_t i = 0; i < n; i++) {
        if (one_side(d, &v[i], a))
            dl_reading_put(&r[0], v[i].page, v[i].span);
        else if (one_side(d, &v[i], b))
            dl_reading_put(&r[1], v[i].page, v[i].span);
    }
    dl_differ_put(d, DL_WHO_SAID_IT, row, dl_differ_about(d, row), r, 2, "the same statement, given to different speakers");
}

static void look(dl_differ *d, uint32_t row)
{
    const dl_claim *c = &d->claims->claim[row];
    voice v[MAX_VOICES];
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->n && n < MAX_VOICES; i++)
        if (c->support[i].who != DL_NONE && !c->support[i].damaged && !speaks_of_itself(d, &c->support[i]))
            listen(d, &c->support[i], &v[n++]);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = i + 1; k < n; k++) {
            bool apart = d->m->lines->line[v[i].page] != d->m->lines->line[v[k].page];
            if (!apart || one_side(d, &v[i], &v[k]) || joint(d, v, n, &v[i], &v[k])) continue;
            put(d, row, v, n, &v[i], &v[k]);
            return; /* one row a claim */
        }
}

/* ---- The same words in quotation marks ---- */

enum { PHRASE = 4 /* words */ };

typedef struct spoken {
    uint32_t page, quote, actor;
    dl_span span;
} spoken;

static uint32_t speaker_of(const dl_differ *d, const dl_doc *doc, uint32_t page, uint32_t q)
{
    uint32_t actor = DL_NONE;
    for (uint32_t i = doc->quotes.parts[q].beg; i < doc->quotes.parts[q].end; i++) {
        if (doc->parts.role[i] != DL_SOURCE || doc->parts.ent[i] == DL_NONE) continue;
        if (actor != DL_NONE) return DL_NONE; /* joint speech */
        actor = dl_actor_of(d->m->actors, page, doc->parts.ent[i]);
    }
    return actor;
}

static uint64_t phrase_at(const dl_doc *d, uint32_t tok, uint32_t end)
{
    uint64_t h = 0;
    uint32_t words = 0;
    for (uint32_t k = tok; k < end && words < PHRASE; k++) {
        if (d->toks.upos[k] == DL_UPOS_PUNCT) continue;
        if (!(d->toks.flags[k] & DL_TOK_QUOTED)) return 0;
        h = dl_hash_mix(h, dl_hash_str(dl_tok_lemma(d, k)));
        words++;
    }
    return words == PHRASE ? h : 0;
}

static void put_spoken(dl_differ *d, const spoken *a, const spoken *b)
{
    dl_reading_in_work r[2] = { { .words = d->m->actors->name[a->actor] }, { .words = d->m->actors->name[b->actor] } };
    dl_reading_put(&r[0], a->page, a->span);
    dl_reading_put(&r[1], b->page, b->span);
    dl_differ_put(d, DL_WHO_SAID_IT, DL_NONE, dl_doc_text(dl_page(d->m->pages, a->page), a->span), r, 2,
                  "the same words in quotation marks, given to different speakers");
}

/* Told already: a row with these two speakers. */
static bool told(const dl_differ *d, const spoken *a, const spoken *b)
{
    for (size_t i = 0; i < d->n; i++) {
        const dl_disagreement *row = &d->row[i];
        bool same = row->n == 2 && ((dl_str_eq(row->reading[0].words, d->m->actors->name[a->actor]) &&
                                     dl_str_eq(row->reading[1].words, d->m->actors->name[b->actor])) ||
                                    (dl_str_eq(row->reading[1].words, d->m->actors->name[a->actor]) &&
                                     dl_str_eq(row->reading[0].words, d->m->actors->name[b->actor])));
        if (row->kind == DL_WHO_SAID_IT && same) return true;
    }
    return false;
}

static bool hear_part(dl_differ *d, dl_map *phrases, spoken *v, size_t n, const spoken *now, const dl_doc *doc, dl_span bytes)
{
    dl_span t = dl_toks_of(doc, bytes);
    for (uint32_t k = t.beg; k < t.end; k++) {
        uint64_t h = phrase_at(doc, k, t.end);
        uint32_t *at = h ? dl_map_put(phrases, h, (uint32_t)n) : NULL;
        if (h && !at) return false;
        if (!h || *at == n) continue;
        const spoken *before = &v[*at];
        bool apart = d->m->lines->line[before->page] != d->m->lines->line[now->page] && before->actor != now->actor;
        bool government_of = apart && d->m->actors->country[before->actor] &&
                             d->m->actors->country[before->actor] == d->m->actors->country[now->actor] &&
                             (government(d, before->actor) || government(d, now->actor));
        if (apart && !government_of && !told(d, before, now)) put_spoken(d, before, now);
    }
    return true;
}

static void same_phrases(dl_differ *d)
{
    enum { MAX_SPOKEN = 4096 };
    spoken *v = DL_NEW(d->keep, MAX_SPOKEN, spoken);
    dl_map phrases;
    size_t n = 0;
    dl_map_init(&phrases, d->keep);
    if (!v) d->failed = true;
    for (uint32_t i = 0; v && i < d->m->n; i++) {
        uint32_t page = d->m->page[i];
        const dl_doc *doc = dl_page(d->m->pages, page);
        for (uint32_t q = 0; q < doc->quotes.n && n < MAX_SPOKEN; q++) {
            v[n] = (spoken){ page, q, speaker_of(d, doc, page, q), { 0, 0 } };
            if (v[n].actor == DL_NONE) continue;
            for (uint32_t k = doc->quotes.parts[q].beg; k < doc->quotes.parts[q].end; k++) {
                if (doc->parts.role[k] != DL_CONTENT) continue;
                v[n].span = doc->parts.span[k];
                if (!hear_part(d, &phrases, v, n, &v[n], doc, doc->parts.span[k])) d->failed = true;
            }
            n++;
        }
    }
}

void dl_differ_who(dl_differ *d)
{
    for (uint32_t i = 0; i < d->claims->n; i++)
        if (d->claims->claim[i].n > 1) look(d, i);
    same_phrases(d);
}
