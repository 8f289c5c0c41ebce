/* attrib.c: puts the tagger's sources, cues and contents together; see attrib.h.
 *
 * Each cue makes one attribution. Its source is the labelled one that holds the cue's subject, else
 * the nearest; its content the labelled one behind it, else the one before it ("…," X said). What is
 * quoted and has no cue goes on with the words of the speaker before. */
#include "quotes/attrib.h"

#include "tags/tags.h"
#include "trees/trees.h"

#define REACH 40 /* tokens between a cue and its source or content                                 */

typedef struct seg {
    dl_span tok;
    uint8_t role;  /* dl_part_role                                                                  */
    uint32_t used; /* how many attributions have it                                                 */
} seg;

typedef struct desk {
    const dl_quoting *q;
    dl_attribs *out;
    seg *s; /* of the paragraph                                                                     */
    size_t n, cap;
    uint32_t last; /* the last attribution of direct speech before, or DL_NONE                      */
    bool ok;
} desk;

static int role_of(uint8_t label)
{
    return label == DL_SAID_O ? -1 : label <= DL_SAID_I_SOURCE ? DL_SOURCE : label <= DL_SAID_I_CUE ? DL_CUE : DL_CONTENT;
}

static bool begins(uint8_t label) { return label == DL_SAID_B_SOURCE || label == DL_SAID_B_CUE || label == DL_SAID_B_CONTENT; }

static void cut_segments(desk *k, dl_span para)
{
    k->n = 0;
    for (uint32_t t = para.beg; t < para.end;) {
        int role = role_of(k->q->label[t]);
        if (role < 0) {
            t++;
            continue;
        }
        uint32_t e = t + 1;
        while (e < para.end && role_of(k->q->label[e]) == role && !begins(k->q->label[e])) e++;
        /* a source holds whole names */
        while (role == DL_SOURCE && e < para.end && k->q->name[e] && k->q->name[e] % 2 == 0 && k->q->name[e - 1]) e++;
        /* ... and begins with no verb: "leading [the minister] to warn" */
        while (role == DL_SOURCE && t + 1 < e && dl_xpos_verb(k->q->d->toks.xpos[t]) && !k->q->name[t]) t++;
        if (!DL_ROOM(k->q->a, k->s, k->n, k->cap)) {
            k->ok = false;
            return;
        }
        k->s[k->n++] = (seg){ { t, e }, (uint8_t)role, 0 };
        t = e;
    }
}

static bool same_sentence(const desk *k, uint32_t a, uint32_t b) { return k->q->sent[a] == k->q->sent[b]; }

static uint32_t gap(dl_span a, dl_span b) { return a.end <= b.beg ? b.beg - a.end : b.end <= a.beg ? a.beg - b.end : 0; }

/* ---- Sources ---- */

static dl_span take(seg *s)
{
    s->used++;
    return s->tok;
}

static bool is_passive(const dl_quoting *q, dl_span cue)
{
    bool be = false, tells = false;
    for (uint32_t t = cue.beg; t < cue.end; t++) {
        dl_str w = dl_tok_lemma(q->d, t);
        if (q->d->toks.xpos[t] == DL_XPOS_VBN && be && q->cue[t] != DL_CUE_NONE) tells = true;
        be |= dl_str_eq(w, DL_STR("be"));
    }
    return tells;
}

/* The subject of the sentence's root, for a participle whose own the tree has lost. */
static uint32_t main_subject(const dl_quoting *q, uint32_t t)
{
    const dl_doc *d = q->d;
    dl_span s = d->sents.tok[q->sent[t]];
    if (d->toks.xpos[t] != DL_XPOS_VBG) return DL_NONE;
    for (uint32_t k = s.beg; k < s.end; k++)
        if (d->toks.head[k] == k) {
            uint32_t subject = dl_subject_of(q, k);
            return subject < t ? subject : DL_NONE;
        }
    return DL_NONE;
}

/* Inside what somebody says, where the cue is not. */
static bool inside_other(const dl_quoting *q, uint32_t subject)
{
    return subject != DL_NONE && (q->label[subject] == DL_SAID_B_CONTENT || q->label[subject] == DL_SAID_I_CONTENT);
}

static dl_span source_of(desk *k, size_t c)
{
    const dl_quoting *q = k->q;
    dl_span cue = k->s[c].tok;
    uint32_t head = dl_span_head(q, cue), subject = dl_subject_of(q, head);
    if (inside_other(q, subject)) subject = main_subject(q, cue.beg);
    bool direct = subject != DL_NONE && q->d->toks.head[subject] == head;
    /* "[Holt] to warn": right before the cue, whose subject the tree only guesses */
    if (c > 0 && k->s[c - 1].role == DL_SOURCE && k->s[c - 1].tok.end == cue.beg && !direct && !is_passive(q, cue))
        return take(&k->s[c - 1]);
    size_t best = SIZE_MAX;
    uint32_t cost_of = REACH;
    for (size_t i = c > 6 ? c - 6 : 0; i < k->n && i < c + 6; i++) {
        if (k->s[i].role != DL_SOURCE || !same_sentence(k, k->s[i].tok.beg, cue.beg)) continue;
        if (subject != DL_NONE && dl_span_has(k->s[i].tok, subject) && !is_passive(q, cue)) return take(&k->s[i]);
        uint32_t cost = gap(k->s[i].tok, cue);
        for (size_t j = i < c ? i + 1 : c + 1; j < (i < c ? c : i); j++)
            cost += k->s[j].role == DL_CUE ? 12 : k->s[j].role == DL_CONTENT ? 6 : 0;
        if (cost < cost_of) {
            cost_of = cost;
            best = i;
        }
    }
    /* "Beijing has been accused": whom it is said of is not who says it */
    bool patient = best != SIZE_MAX && subject == DL_NONE && k->s[best].tok.end <= cue.beg && is_passive(q, cue);
    if (patient) return (dl_span){ 0, 0 };
    if (best != SIZE_MAX) return take(&k->s[best]);
    if (subject != DL_NONE && same_sentence(k, subject, cue.beg) && q->within[subject] == q->within[head])
        return dl_phrase_of(q, subject);
    return (dl_span){ 0, 0 };
}

/* Whether the cue tells of words, and not of a wish, a plan or a feeling alone. */
static bool tells_words(const dl_quoting *q, dl_span cue)
{
    for (uint32_t t = cue.beg; t < cue.end; t++) {
        dl_cue c = (dl_cue)q->cue[t];
        if (c != DL_CUE_NONE && c != DL_CUE_WILL && c != DL_CUE_THINK) return true;
        dl_str w = dl_tok_text(q->d, t);
        if (dl_str_eq_nocase(w, DL_STR("according")) || (dl_str_eq(w, DL_STR(":")) && cue.end - cue.beg == 1)) return true;
    }
    return false;
}

/* ---- Contents ---- */

static bool quoted(const desk *k, dl_span s)
{
    uint32_t in = 0;
    for (uint32_t t = s.beg; t < s.end; t++) in += k->q->within[t] != DL_OUTSIDE;
    return in * 10 >= (s.end - s.beg) * 9;
}

static void give(dl_attrib *a, seg *s)
{
    if (a->n_content == DL_CONTENTS_MAX) return;
    a->content[a->n_content++] = s->tok;
    s->used++;
}

/* "casting it as a warning": the content is what stands behind "as". */
static void with_as(const desk *k, dl_attrib *a)
{
    const dl_doc *d = k->q->d;
    dl_span *c = &a->content[a->n_content - 1];
    if (c->end - c->beg > 6 || c->end >= d->sents.tok[k->q->sent[c->beg]].end || !dl_word_is(k->q, c->end, "as") ||
        c->beg < a->cue.beg)
        return;
    uint32_t head = d->toks.head[c->end];
    if (head >= k->q->n || head <= c->end) return;
    dl_span all = dl_subtree(k->q, head, d->sents.tok[k->q->sent[head]]);
    if (all.beg >= c->end) c->end = all.end;
}

/* The next content behind the cue, no other cue between; SIZE_MAX: none. */
static size_t content_after(const desk *k, size_t c)
{
    for (size_t i = c + 1; i < k->n; i++) {
        if (k->s[i].role == DL_CUE) return SIZE_MAX;
        if (k->s[i].role == DL_CONTENT) {
            bool next = k->q->sent[k->s[i].tok.beg] == k->q->sent[k->s[c].tok.end - 1];
            dl_str end = dl_tok_text(k->q->d, k->s[c].tok.end - 1);
            return next || dl_str_eq(end, DL_STR(":")) ? i : SIZE_MAX;
        }
    }
    return SIZE_MAX;
}

static size_t content_before(const desk *k, size_t c)
{
    for (size_t i = c; i-- > 0;) {
        if (k->s[i].role == DL_CUE) return SIZE_MAX;
        if (k->s[i].role == DL_CONTENT) return same_sentence(k, k->s[i].tok.end - 1, k->s[c].tok.beg) ? i : SIZE_MAX;
    }
    return SIZE_MAX;
}

/* The content behind a weak cue belongs to the verb of saying behind it: "In the north, the army has
 * withdrawn, the governor said." */
static bool belongs_next(const desk *k, size_t c, size_t content)
{
    if (content == SIZE_MAX || tells_words(k->q, k->s[c].tok)) return false;
    size_t n = content + 1;
    while (n < k->n && k->s[n].role != DL_CUE) n++;
    return n < k->n && same_sentence(k, k->s[n].tok.beg, k->s[c].tok.beg) && tells_words(k->q, k->s[n].tok) &&
           content_after(k, n) == SIZE_MAX;
}

static void contents_of(desk *k, size_t c, dl_attrib *a)
{
    size_t after = content_after(k, c), before = content_before(k, c);
    if (belongs_next(k, c, after)) return;
    bool free_before = before != SIZE_MAX && !k->s[before].used;
    if (after != SIZE_MAX && free_before) {
        /* “…,” X said, “…”: both; else the nearer, and the one before only when it stops right there */
        bool split = quoted(k, k->s[before].tok) && quoted(k, k->s[after].tok);
        uint32_t near = gap(k->s[before].tok, k->s[c].tok);
        bool said = near <= 4 && quoted(k, k->s[before].tok);
        if (split)
            give(a, &k->s[before]);
        else if (said)
            after = SIZE_MAX; /* “…,” he said, to applause */
        else if (near <= 4 && gap(k->s[after].tok, k->s[c].tok) > near + 6)
            after = SIZE_MAX;
        if (after == SIZE_MAX) give(a, &k->s[before]);
    } else if (after == SIZE_MAX && before != SIZE_MAX) {
        give(a, &k->s[before]);
    }
    if (after != SIZE_MAX) give(a, &k->s[after]);
}

static bool according(const desk *k, dl_span cue) { return dl_word_is(k->q, cue.beg, "according"); }

bool dl_any_finite(const dl_quoting *q, dl_span s)
{
    for (uint32_t t = s.beg; t < s.end; t++)
        if (dl_xpos_finite(q->d->toks.xpos[t])) return true;
    return false;
}

/* "In the north, the army withdrew, but after a “heavy battle” the town held, the governor said.": what
 * stands before a cue that ends the sentence is all of it, when the tagger has only its tail. */
static void add_head(const desk *k, size_t c, dl_attrib *a)
{
    const dl_quoting *q = k->q;
    dl_span *s = &a->content[0], whole = q->d->sents.tok[q->sent[a->cue.beg]];
    uint32_t head = dl_span_head(q, a->cue);
    if (a->n_content != 1 || s->end > a->cue.beg || s->beg <= whole.beg) return;
    if (q->cue[head] != DL_CUE_SAY || whole.end - a->cue.end > 3 || q->within[s->beg] != DL_OUTSIDE) return;
    if (!dl_span_len(a->source) || a->source.end != a->cue.beg || a->source.beg < s->end) return;
    for (size_t i = c; i-- > 0 && k->s[i].tok.beg >= whole.beg;)
        if (k->s[i].role == DL_CUE && tells_words(q, k->s[i].tok)) return;
    s->beg = whole.beg;
}

/* "Progress, he told the crowd, is a cancer": the subject before belongs to what is said. */
static void add_front(const desk *k, dl_attrib *a)
{
    const dl_quoting *q = k->q;
    const dl_doc *d = q->d;
    dl_span c = a->content[0], s = d->sents.tok[q->sent[a->cue.beg]];
    if (a->n_content != 1 || c.beg < a->cue.end || !dl_xpos_finite(d->toks.xpos[c.beg]) || a->source.end != a->cue.beg) return;
    uint32_t front = a->source.beg;
    if (front < s.beg + 2 || d->toks.xpos[front - 1] != DL_XPOS_COMMA) return;
    a->content[1] = c;
    a->content[0] = (dl_span){ s.beg, front - 1 };
    a->n_content = 2;
}

/* "The envoy arrived on Monday, state media reported, marking a first": what is reported stands before. */
static bool misplaced(const desk *k, const dl_attrib *a)
{
    const dl_doc *d = k->q->d;
    uint32_t c = a->content[0].beg;
    if (c > a->cue.end + 1 && d->toks.xpos[c - 1] == DL_XPOS_VBG) c--;
    return a->n_content == 1 && c > a->cue.end && d->toks.xpos[c] == DL_XPOS_VBG && d->toks.xpos[c - 1] == DL_XPOS_COMMA &&
           a->source.end == a->cue.beg && dl_span_len(a->source) && a->source.beg > 0 &&
           d->toks.xpos[a->source.beg - 1] == DL_XPOS_COMMA;
}

/* A content that the tagger missed: the clause that the tree gives to a verb of saying, or the rest of
 * the sentence before ", X said." and around "according to X". */
static void content_by_rule(const desk *k, dl_attrib *a)
{
    const dl_quoting *q = k->q;
    const dl_doc *d = q->d;
    dl_span cue = a->cue, s = d->sents.tok[q->sent[cue.beg]];
    if (!dl_span_len(a->source) || a->source.beg < s.beg || a->source.end > s.end) return;
    uint32_t head = dl_span_head(q, cue);
    bool whence = according(k, cue);
    if (!whence && q->cue[head] != DL_CUE_SAY) return;
    dl_span both = { cue.beg < a->source.beg ? cue.beg : a->source.beg, cue.end > a->source.end ? cue.end : a->source.end };
    uint32_t clause = DL_NONE;
    for (uint32_t t = s.beg; t < s.end && clause == DL_NONE && !whence; t++)
        if (d->toks.head[t] == head && d->toks.rel[t] == DL_REL_CCOMP) clause = t;
    dl_span found = { 0, 0 };
    if (clause != DL_NONE)
        found = dl_subtree(q, clause, s);
    else if (both.beg > s.beg + 3 && d->toks.xpos[both.beg - 1] == DL_XPOS_COMMA &&
             (s.end - both.end <= 8 || a->n_content || (both.end < s.end && d->toks.xpos[both.end] == DL_XPOS_COMMA)))
        found = (dl_span){ s.beg, both.beg - 1 };
    else if (whence && both.beg < s.beg + 2 && both.end + 3 < s.end)
        found = (dl_span){ both.end + (d->toks.xpos[both.end] == DL_XPOS_COMMA), s.end - 1 };
    if (dl_span_len(found) < 3 || dl_span_meet(found, both) || !dl_any_finite(q, found)) return;
    a->content[0] = found;
    a->n_content = 1;
    a->score = 70;
}

/* ---- Attributions ---- */

uint8_t dl_attrib_kind(const dl_quoting *q, const dl_attrib *a)
{
    uint32_t in = 0, all = 0;
    for (uint32_t i = 0; i < a->n_content; i++)
        for (uint32_t t = a->content[i].beg; t < a->content[i].end; t++) {
            if (q->d->toks.upos[t] == DL_UPOS_PUNCT) continue;
            all++;
            in += q->within[t] == DL_INSIDE;
        }
    return !in ? DL_INDIRECT : in == all ? DL_DIRECT : DL_MIXED;
}

bool dl_attribs_add(dl_attribs *out, const dl_quoting *q, dl_attrib a)
{
    if (!DL_ROOM(q->a, out->row, out->n, out->cap)) return false;
    a.kind = dl_attrib_kind(q, &a);
    out->row[out->n++] = a;
    return true;
}

static void add(desk *k, dl_attrib a) { k->ok &= dl_attribs_add(k->out, k->q, a); }

/* "that the ties hold, and that China helps": two statements. The place of the second "that", or
 * DL_NONE. */
static uint32_t second_that(const dl_quoting *q, dl_span c)
{
    if (!dl_word_is(q, c.beg, "that")) return DL_NONE;
    for (uint32_t t = c.beg + 4; t + 3 < c.end; t++)
        if (dl_word_is(q, t, "that") && q->d->toks.xpos[t] == DL_XPOS_IN && q->d->toks.xpos[t - 1] == DL_XPOS_CC &&
            q->within[t] == DL_OUTSIDE)
            return t;
    return DL_NONE;
}

static void add_parts(desk *k, dl_attrib a)
{
    uint32_t cut = a.n_content == 1 ? second_that(k->q, a.content[0]) : DL_NONE;
    if (cut == DL_NONE) {
        add(k, a);
        return;
    }
    dl_attrib b = a;
    b.content[0].beg = cut;
    a.content[0].end = cut - 1;
    if (k->q->d->toks.xpos[a.content[0].end - 1] == DL_XPOS_COMMA) a.content[0].end--;
    add(k, a);
    add(k, b);
}

static bool opens_paragraph(const desk *k, dl_span s, dl_span para)
{
    return s.beg <= para.beg + 1 && k->q->within[para.beg] != DL_OUTSIDE;
}

/* A verb of saying beside a quotation that the tagger overlooked: “Who are you?” the guard demands. */
static bool cue_beside(const desk *k, dl_span c, dl_attrib *a)
{
    const dl_quoting *q = k->q;
    uint32_t beg = c.beg > 10 ? c.beg - 10 : 0, end = c.end + 10 < q->n ? c.end + 10 : q->n;
    for (uint32_t t = beg; t < end; t++) {
        if (t == c.beg) t = c.end;
        if (t >= end) break;
        bool here = q->sent[t] == q->sent[c.beg] || q->sent[t] == q->sent[c.end - 1] ||
                    (t >= c.end && q->sent[t] == q->sent[c.end - 1] + 1);
        bool says = q->cue[t] == DL_CUE_SAY || q->cue[t] == DL_CUE_ASK || q->cue[t] == DL_CUE_WISH;
        if (!here || !says || q->within[t] != DL_OUTSIDE || q->label[t] != DL_SAID_O || !dl_xpos_finite(q->d->toks.xpos[t]))
            continue;
        uint32_t who = dl_subject_of(q, t);
        if (who == DL_NONE || dl_span_has(c, who) || q->d->sents.block[q->sent[t]] != q->d->sents.block[q->sent[c.beg]]) continue;
        a->cue = (dl_span){ t, t + 1 };
        a->source = dl_phrase_of(q, who);
        return !dl_span_meet(a->source, c);
    }
    return false;
}

/* "The ministry wrote on its page:" and the quotation is the next paragraph. */
static bool cue_above(const desk *k, dl_span para, dl_attrib *a)
{
    const dl_quoting *q = k->q;
    const dl_doc *d = q->d;
    if (para.beg == 0 || !dl_word_is(q, para.beg - 1, ":")) return false;
    dl_span s = d->sents.tok[q->sent[para.beg - 1]];
    for (uint32_t t = s.beg; t < s.end; t++) {
        if (d->toks.head[t] != t) continue;
        uint32_t who = dl_subject_of(q, t);
        if (who == DL_NONE) return false;
        a->cue = (dl_span){ t, t + 1 };
        a->source = dl_phrase_of(q, who);
        return true;
    }
    return false;
}

/* Contents that no cue has: they go on with the direct speech before. */
static void go_on(desk *k, dl_span para, size_t first)
{
    uint32_t before = k->last;
    size_t n = k->out->n, at = first;
    for (size_t i = 0; i < k->n; i++) {
        seg *s = &k->s[i];
        if (s->role == DL_CUE) {
            /* the attribution of this cue, if it has speech in quotation marks, is the one to go on with */
            while (at < n && k->out->row[at].cue.beg < s->tok.beg) at++;
            if (at < n && k->out->row[at].cue.beg == s->tok.beg) before = (uint32_t)at;
        }
        if (s->role != DL_CONTENT || s->used || !quoted(k, s->tok)) continue;
        bool near = before != DL_NONE && (before != k->last || opens_paragraph(k, s->tok, para));
        dl_attrib a = { .from = DL_NONE, .content = { s->tok }, .n_content = 1, .score = 75 };
        bool top = opens_paragraph(k, s->tok, para);
        if (!cue_beside(k, s->tok, &a) && !(top && cue_above(k, para, &a))) {
            a.from = near ? before : DL_NONE;
            a.score = near ? 80 : 50;
        }
        s->used++;
        add(k, a);
    }
}

/* "X warned that ..., according to a US statement", "..., X said, Reuters reported": the words have their
 * speaker; this is who relays them. */
static bool tells_whence(desk *k, size_t c, size_t first)
{
    size_t before = content_before(k, c);
    bool report = dl_word_is(k->q, k->s[c].tok.end - 1, "reported") || dl_word_is(k->q, k->s[c].tok.end - 1, "reports");
    if (before == SIZE_MAX && report) { /* the cue of the speaker stands between */
        for (size_t i = c; i-- > 0 && before == SIZE_MAX && same_sentence(k, k->s[i].tok.beg, k->s[c].tok.beg);)
            if (k->s[i].role == DL_CONTENT) before = i;
        if (content_after(k, c) != SIZE_MAX) return false;
    }
    if (!(according(k, k->s[c].tok) || report) || before == SIZE_MAX || !k->s[before].used || k->out->n == first) return false;
    dl_attrib *a = &k->out->row[k->out->n - 1];
    if (!dl_span_len(a->source) || dl_span_len(a->via) || a->content[a->n_content - 1].beg != k->s[before].tok.beg) return false;
    dl_span who = source_of(k, c);
    if (!dl_span_len(who) || (report && !dl_source_is_media(k->q, who)) || dl_span_meet(who, a->source)) return false;
    a->via = who;
    return true;
}

/* "did not mention", "declined to say", "has yet to confirm": nothing was said. */
static bool silent(const desk *k, dl_span cue)
{
    static const char *const words[] = { "not", "n't", "n’t", "never", "decline", "refuse", "yet", "without", "neither", "nor" };
    /* the word may stand just before what the tagger took for the cue */
    uint32_t from = cue.beg < cue.end ? k->q->d->sents.tok[k->q->sent[cue.beg]].beg : cue.beg;
    for (int n = 0; n < 3 && cue.beg > from; n++) {
        if (k->q->label[cue.beg - 1] != DL_SAID_O || k->q->d->toks.upos[cue.beg - 1] == DL_UPOS_PUNCT) break;
        cue.beg--;
    }
    for (uint32_t t = cue.beg; t < cue.end; t++) {
        dl_str w = dl_tok_lemma(k->q->d, t);
        for (size_t i = 0; i < DL_COUNT(words); i++)
            if (dl_str_eq_nocase(w, dl_str_of(words[i])) || dl_word_is(k->q, t, words[i])) return true;
    }
    return false;
}

/* "had hoped for China to condemn", "is expected to announce", "could say": not said yet, if ever. */
static bool unsaid(const dl_quoting *q, dl_span cue)
{
    const dl_doc *d = q->d;
    uint32_t head = dl_span_head(q, cue), g = q->gov[head];
    if (d->toks.xpos[head] != DL_XPOS_VB) return false;
    if (g != DL_NONE && (q->cue[g] == DL_CUE_WILL || q->cue[g] == DL_CUE_THINK)) return true;
    for (uint32_t t = head > 3 ? head - 3 : 0; t < head; t++)
        if (dl_word_is(q, t, "could") || dl_word_is(q, t, "would") || dl_word_is(q, t, "may") || dl_word_is(q, t, "might") ||
            dl_word_is(q, t, "should"))
            return q->sent[t] == q->sent[head];
    return false;
}

/* "demonstrated his support": evidence without a clause is nobody's words; nor is "in the hope of". */
static bool shows_only(const dl_quoting *q, const dl_attrib *a)
{
    uint32_t head = dl_span_head(q, a->cue);
    if (q->cue[head] == DL_CUE_SHOW) {
        uint32_t c = dl_span_head(q, a->content[0]);
        return c == DL_NONE || !(q->frame[c] & DL_FRAME_SUBJECT);
    }
    return q->cue[head] == DL_CUE_NOUN && !dl_any_finite(q, a->content[0]);
}

/* "grabbed the “student”": a word in quotation marks behind a verb that tells nothing. */
static bool scare(const dl_quoting *q, const dl_attrib *a)
{
    uint32_t in = 0, all = 0;
    for (uint32_t i = 0; i < a->n_content; i++)
        for (uint32_t t = a->content[i].beg; t < a->content[i].end; t++) {
            in += q->within[t] == DL_INSIDE;
            all++;
        }
    return in < 4 && in * 2 < all;
}

/* No content to speak of: a pronoun, a mark, one short word. */
static bool empty(const desk *k, const dl_attrib *a)
{
    uint32_t words = 0;
    for (uint32_t i = 0; i < a->n_content; i++)
        for (uint32_t t = a->content[i].beg; t < a->content[i].end; t++) {
            int pos = k->q->d->toks.upos[t];
            words += pos != DL_UPOS_PUNCT && pos != DL_UPOS_PRON && pos != DL_UPOS_DET && pos != DL_UPOS_ADP &&
                     pos != DL_UPOS_PART && pos != DL_UPOS_SCONJ;
        }
    return words == 0;
}

/* Lowers the score of what is nobody's words. A thought or a wish told in a clause of its own ("they
 * believe that ...") is kept, a plan or a stance ("plans to", "supports the bill") is not. */
static void weigh(const desk *k, dl_attrib *a)
{
    const dl_quoting *q = k->q;
    bool tells = tells_words(q, a->cue);
    if (a->kind == DL_INDIRECT) {
        if (!tells && a->score > 60) a->score = 60;
        bool clause = dl_any_finite(q, a->content[0]);
        if ((!tells && !clause) || silent(k, a->cue) || silent(k, a->source) || unsaid(q, a->cue) || shows_only(q, a))
            a->score = 45;
    } else if (!tells && scare(q, a)) {
        a->score = 55;
    }
    /* the page's own voice is nobody else's words */
    bool own = dl_span_len(a->source) == 1 && (dl_word_is(q, a->source.beg, "we") || dl_word_is(q, a->source.beg, "i"));
    if (own && a->kind == DL_INDIRECT) a->score = 45;
    if (empty(k, a) || (!dl_span_len(a->source) && !tells)) a->score = 40;
}

/* "reportedly closed": rules.c has it. */
static bool hearsay(const dl_quoting *q, dl_span cue)
{
    for (uint32_t t = cue.beg; t < cue.end; t++)
        if (q->cue[t] == DL_CUE_HEARSAY) return true;
    return false;
}

static void read_paragraph(desk *k, dl_span para)
{
    cut_segments(k, para);
    size_t first = k->out->n;
    for (size_t c = 0; c < k->n && k->ok; c++) {
        if (k->s[c].role != DL_CUE) continue;
        dl_attrib a = { .cue = k->s[c].tok, .from = DL_NONE, .score = 90 };
        if (hearsay(k->q, k->s[c].tok) || tells_whence(k, c, first)) continue;
        contents_of(k, c, &a);
        if (a.n_content) with_as(k, &a);
        a.source = source_of(k, c);
        if (a.n_content) add_front(k, &a);
        if (a.n_content) add_head(k, c, &a);
        if (!a.n_content || misplaced(k, &a)) content_by_rule(k, &a);
        if (!a.n_content) continue;
        dl_attrib_relay(k->q, &a);
        a.kind = dl_attrib_kind(k->q, &a);
        weigh(k, &a);
        add_parts(k, a);
    }
    go_on(k, para, first);
    for (size_t i = first; i < k->out->n; i++)
        if (k->out->row[i].kind != DL_INDIRECT) k->last = (uint32_t)i;
}

bool dl_attribs_find(dl_attribs *out, const dl_quoting *q)
{
    *out = (dl_attribs){ 0, 0, NULL };
    desk k = { .q = q, .out = out, .last = DL_NONE, .ok = true };
    const dl_doc *d = q->d;
    for (uint32_t s = 0; s < d->sents.n && k.ok;) {
        uint32_t e = s + 1;
        while (e < d->sents.n && d->sents.block[e] == d->sents.block[s]) e++;
        read_paragraph(&k, (dl_span){ d->sents.tok[s].beg, d->sents.tok[e - 1].end });
        s = e;
    }
    return k.ok && dl_attribs_more(out, q);
}
