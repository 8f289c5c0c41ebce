/* brief.c: ranking claims and choosing the sentences that tell them. */
#include "brief/brief.h"

#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/sort.h"
#include "tags/tags.h"

enum { MOST = 14, SINGLES = 6, MIN_TOKENS = 7, MAX_TOKENS = 70, BACKGROUND = 14 /* days: older is not what the story tells */ };
static const float TOLD_ALREADY = 0.5f; /* share of a sentence's content words that stand in what is told */

typedef struct choice {
    uint32_t claim, support;
    float score;
} choice;

typedef struct teller {
    const dl_matter *m;
    const dl_claims *claims;
    dl_arena work;
    uint32_t *spun;    /* [m->n] damaged passages of the story's pages */
    int64_t first_day; /* when the first page of the story was published, or DL_NEVER */
    dl_map words;      /* content words told already */
    dl_map sents;      /* page, sentence told already */
} teller;

static const dl_doc *doc_of(const teller *t, uint32_t page) { return dl_page(t->m->pages, page); }

/* Damaged passages of a page of the story; its pages are in ascending order. */
static uint32_t damages_of(const teller *t, uint32_t page)
{
    uint32_t i = dl_find_u32(t->m->page, t->m->n, page);
    return i < t->m->n && t->m->page[i] == page ? t->spun[i] : 0;
}

static bool word_is(const dl_doc *d, uint32_t tok, const char *word)
{
    return dl_str_eq_nocase(dl_tok_text(d, tok), dl_str_of(word));
}

/* Begins with a word that points back to the sentence before. */
static bool leans_back(const dl_doc *d, dl_span t)
{
    static const char *const words[] = { "he",   "she", "they",  "it",   "this", "these",   "those", "that",
                                         "his",  "her", "their", "its",  "but",  "however", "yet",   "so",
                                         "then", "him", "them",  "such", "also", "another", "both" };
    uint32_t k = t.beg;
    while (k < t.end && d->toks.upos[k] == DL_UPOS_PUNCT) k++;
    for (size_t i = 0; k < t.end && i < DL_COUNT(words); i++)
        if (word_is(d, k, words[i])) return true;
    return false;
}

static bool damaged(const dl_doc *d, dl_span s)
{
    for (uint32_t i = 0; i < d->damages.n; i++)
        if (dl_span_meet(d->damages.span[i], s)) return true;
    return false;
}

/* The reporter's own voice ("told me", "we expect"): no sentence for an account, unless it is quoted. */
static bool first_person(const dl_doc *d, dl_span t)
{
    static const char *const words[] = { "i", "me", "we", "us", "my", "our", "you", "your" };
    for (uint32_t k = t.beg; k < t.end; k++)
        for (size_t i = 0; d->toks.upos[k] == DL_UPOS_PRON && !(d->toks.flags[k] & DL_TOK_QUOTED) && i < DL_COUNT(words); i++)
            if (word_is(d, k, words[i])) return true;
    return false;
}

/* A main clause: the root is a finite verb, or has a copula or a finite auxiliary. A line without one is no sentence, whatever
 * it looks like. */
static bool has_main_verb(const dl_doc *d, dl_span t)
{
    for (uint32_t k = t.beg + 1; k < t.end; k++) { /* "..., where she met him": the verb of a relative clause */
        uint32_t head = d->toks.head[k];
        uint8_t x = d->toks.xpos[k];
        bool relative = x == DL_XPOS_WRB || x == DL_XPOS_WDT || x == DL_XPOS_WP;
        if (relative && head != DL_NONE && head > k && d->toks.head[head] == head) return false;
    }
    for (uint32_t k = t.beg; k < t.end; k++) {
        uint32_t head = d->toks.head[k];
        if (head == DL_NONE) return true; /* not parsed */
        bool root = head == k, of_root = !root && d->toks.head[head] == head;
        if (root && dl_xpos_finite(d->toks.xpos[k])) return true;
        if (of_root && d->toks.upos[k] == DL_UPOS_AUX && dl_xpos_finite(d->toks.xpos[k])) return true;
    }
    return false;
}

/* Words in quotation marks or brackets from end to end: nobody is said to say them. */
static bool enclosed(dl_str s)
{
    static const char *const open[] = { "\"", "\xE2\x80\x9C", "\xE2\x80\x98", "'", "(", "[" };
    static const char *const close[] = { "\"", "\xE2\x80\x9D", "\xE2\x80\x99", "'", ")", "]" };
    for (size_t i = 0; i < DL_COUNT(open); i++)
        if (dl_str_starts(s, dl_str_of(open[i])) && (dl_str_ends(s, dl_str_of(close[i])) || i >= 4)) return true;
    return false;
}

/* Quotation marks in pairs: what opens inside the sentence closes there. */
static bool marks_balance(dl_str s)
{
    size_t open = 0, close = 0, straight = 0;
    for (size_t i = 0; i < s.len; i++) {
        straight += s.p[i] == '"';
        if (i + 2 < s.len && !memcmp(s.p + i, "\xE2\x80\x9C", 3)) open++;
        if (i + 2 < s.len && !memcmp(s.p + i, "\xE2\x80\x9D", 3)) close++;
    }
    return open == close && straight % 2 == 0;
}

static bool tellable(const teller *t, uint32_t page, uint32_t sent)
{
    const dl_doc *d = doc_of(t, page);
    dl_span tok = d->sents.tok[sent];
    uint32_t block = d->sents.block[sent], n = tok.end - tok.beg;
    if (block != DL_NONE && d->blocks.kind[block] == DL_HEADING) return false;
    if (n < MIN_TOKENS || n > MAX_TOKENS || damaged(d, d->sents.span[sent])) return false;
    dl_str s = dl_doc_text(d, d->sents.span[sent]);
    char last = s.p[s.len - 1];
    return last != '?' && last != ':' && marks_balance(s) && !enclosed(s) && has_main_verb(d, tok) && !first_person(d, tok);
}

/* How good a support's sentence is at telling the claim; below 0: it may not. */
static float telling(const teller *t, const dl_claim *c, uint32_t i)
{
    const dl_support *s = &c->support[i];
    if (s->sent == DL_NONE || !tellable(t, s->page, s->sent)) return -1;
    const dl_doc *d = doc_of(t, s->page);
    dl_span tok = d->sents.tok[s->sent];
    uint32_t n = tok.end - tok.beg, damages = damages_of(t, s->page);
    float score = 2;
    score += t->m->lines->first_hand[t->m->lines->line[s->page]] ? 0.5f : 0;
    score += s->stance == DL_ASSERTS ? 0.5f : 0;
    score += i == c->head ? 0.3f : 0;
    score -= leans_back(d, tok) ? 1.2f : 0;
    score -= damages >= 3 ? 1.2f : damages ? 0.4f : 0;
    score -= n > 40 ? 0.4f : 0;
    score += s->sent == 0 ? 0.9f : s->sent < 3 ? 0.4f : 0; /* the lede says it for the reader who reads no further */
    return score;
}

static uint32_t best_telling(const teller *t, const dl_claim *c, float *out)
{
    uint32_t best = DL_NONE;
    *out = 0;
    for (uint32_t i = 0; i < c->n && i < 256; i++) {
        float s = telling(t, c, i);
        if (s > *out) {
            *out = s;
            best = i;
        }
    }
    return best;
}

static float rank_of(const teller *t, const dl_claim *c, float telling_score)
{
    bool background = c->to != DL_NEVER && t->first_day != DL_NEVER && c->to < t->first_day - BACKGROUND * DL_DAY_SECONDS;
    float kind = c->kind == DL_CLAIM_EVENT ? 1.0f : c->kind == DL_CLAIM_STATEMENT ? 0.6f : 0;
    float sure = c->modality == DL_HAPPENED || c->modality == DL_ONGOING ? 0.5f : 0;
    return c->weight + kind + sure + 0.8f * telling_score - (background ? 3.0f : 0);
}

static int best_first(const void *a, const void *b, const void *ctx)
{
    const choice *x = a, *y = b;
    (void)ctx;
    if (x->score != y->score) return x->score > y->score ? -1 : 1;
    return (x->claim > y->claim) - (x->claim < y->claim);
}

static uint64_t word_key(const dl_doc *d, uint32_t tok) { return dl_hash_str(dl_tok_lemma(d, tok)); }

static bool counts(const dl_doc *d, uint32_t tok)
{
    uint8_t u = d->toks.upos[tok];
    return u == DL_UPOS_NOUN || u == DL_UPOS_VERB || u == DL_UPOS_PROPN || u == DL_UPOS_NUM || u == DL_UPOS_ADJ;
}

/* The share of a sentence's content words that are told already. */
static float repeated(const teller *t, const dl_doc *d, dl_span tok)
{
    uint32_t all = 0, old = 0;
    for (uint32_t k = tok.beg; k < tok.end; k++) {
        if (!counts(d, k)) continue;
        all++;
        old += dl_map_get(&t->words, word_key(d, k)) != DL_NONE;
    }
    return all ? (float)old / (float)all : 1;
}

static bool remember(teller *t, uint32_t page, uint32_t sent)
{
    const dl_doc *d = doc_of(t, page);
    dl_span tok = d->sents.tok[sent];
    for (uint32_t k = tok.beg; k < tok.end; k++)
        if (counts(d, k) && !dl_map_put(&t->words, word_key(d, k), 1)) return false;
    return dl_map_put(&t->sents, (uint64_t)page << 32 | sent, 1) != NULL;
}

static uint32_t flags_of(const teller *t, const dl_claim *c, uint32_t page)
{
    uint32_t f = 0;
    f |= c->lines < 2 ? DL_FLAG_ONE_LINE : 0;
    f |= c->first_hand == 0 ? DL_FLAG_SECONDARY : 0;
    f |= damages_of(t, page) >= 3 ? DL_FLAG_NOT_VERBATIM : 0;
    f |= c->modality == DL_EXPECTED ? DL_FLAG_TO_COME : 0;
    return f;
}

/* A sentence tells every claim that it supports: its lines are those of the strongest. */
static void strongest(const dl_claims *claims, dl_told *told)
{
    for (uint32_t i = 0; i < claims->n; i++)
        for (uint32_t k = 0; k < claims->claim[i].n; k++) {
            const dl_support *s = &claims->claim[i].support[k];
            if (s->page != told->page || s->sent != told->sent || claims->claim[i].lines <= told->lines) continue;
            told->lines = claims->claim[i].lines;
            told->first_hand = claims->claim[i].first_hand;
        }
}

static void mark_disputed(const dl_disagreements *dis, dl_told *told)
{
    for (uint32_t i = 0; i < dis->n; i++) {
        if (dis->row[i].kind == DL_CHANGED || dis->row[i].kind == DL_DATE_KIND) continue;
        for (uint32_t r = 0; r < dis->row[i].n; r++)
            for (uint32_t k = 0; k < dis->row[i].reading[r].n; k++) {
                const dl_passage_at *at = &dis->row[i].reading[r].at[k];
                if (at->page != told->page || !dl_span_meet(at->span, told->span)) continue;
                told->flags |= DL_FLAG_DISPUTED;
                told->disagreement = i;
                return;
            }
    }
}

static choice *choices_of(teller *t, uint32_t lines_min, uint32_t *out_n)
{
    choice *v = DL_NEW(&t->work, t->claims->n + 1, choice);
    uint32_t n = 0;
    for (uint32_t i = 0; v && i < t->claims->n; i++) {
        const dl_claim *c = &t->claims->claim[i];
        float s;
        if (c->lines < lines_min || !c->lines) continue;
        uint32_t support = best_telling(t, c, &s);
        if (support != DL_NONE) v[n++] = (choice){ i, support, rank_of(t, c, s) };
    }
    *out_n = n;
    return v && dl_sort(v, n, sizeof *v, best_first, NULL, &t->work) ? v : NULL;
}

static bool choose(teller *t, const choice *v, uint32_t n, dl_brief_plan plan, const dl_disagreements *dis, dl_told *told,
                   uint32_t *out_n)
{
    uint32_t words = 0, singles = 0, count = 0;
    for (uint32_t i = 0; i < n && count < MOST; i++) {
        const dl_claim *c = &t->claims->claim[v[i].claim];
        const dl_support *s = &c->support[v[i].support];
        const dl_doc *d = doc_of(t, s->page);
        uint32_t len = d->sents.tok[s->sent].end - d->sents.tok[s->sent].beg;
        if (c->lines < 2 && singles >= SINGLES) continue;
        if (plan.words && count && words + len > plan.words) continue;
        if (dl_map_get(&t->sents, (uint64_t)s->page << 32 | s->sent) != DL_NONE ||
            repeated(t, d, d->sents.tok[s->sent]) > TOLD_ALREADY)
            continue;
        if (!remember(t, s->page, s->sent)) return false;
        told[count] = (dl_told){ s->page, s->sent, d->sents.span[s->sent], v[i].claim, c->lines, c->first_hand, 0, DL_NONE };
        strongest(t->claims, &told[count]);
        told[count].flags = flags_of(t, c, s->page);
        mark_disputed(dis, &told[count]);
        words += len;
        singles += c->lines < 2;
        count++;
    }
    *out_n = count;
    return true;
}

dl_status dl_brief_find(dl_brief *out, const dl_matter *m, const dl_claims *claims, const dl_disagreements *dis,
                        dl_brief_plan plan, dl_arena *keep, dl_error *err)
{
    teller t = { .m = m, .claims = claims };
    dl_told *told = DL_NEW(keep, MOST, dl_told);
    dl_brief b = { 0 };
    uint32_t n = 0;
    dl_arena_init(&t.work, keep->max);
    dl_map_init(&t.words, &t.work);
    dl_map_init(&t.sents, &t.work);
    t.spun = DL_NEW(&t.work, m->n + 1, uint32_t);
    t.first_day = DL_NEVER;
    for (uint32_t i = 0; t.spun && i < m->n; i++) {
        const dl_doc *d = doc_of(&t, m->page[i]);
        if (d->meta->published != DL_NEVER && (t.first_day == DL_NEVER || d->meta->published < t.first_day))
            t.first_day = d->meta->published;
        t.spun[i] = d->damages.n;
        b.damaged += d->damages.n;
        b.removed += d->removed.n;
    }
    choice *v = t.spun ? choices_of(&t, plan.lines_min, &n) : NULL;
    bool ok = told && v && choose(&t, v, n, plan, dis, told, &b.n);
    dl_arena_free(&t.work);
    if (!ok) return dl_fail_mem(err, "brief");
    b.told = told;
    b.left_out = claims->n > b.n ? claims->n - b.n : 0;
    *out = b;
    return DL_OK;
}
