/* scene.c: laying the scene over a sentence, and plain questions of tree and lexicon. */
#include "events/scene.h"

#include "base/sort.h"

#define DATELINE_MAX 14 /* tokens of a dateline                                                   */

/* Where the sentence begins behind a dateline, "PARIS (Agency) - ": its places do nothing there. */
static uint32_t behind_dateline(const dl_scene *s)
{
    dl_str first = dl_tok_text(s->d, s->beg);
    if (!first.p || first.len < 3) return s->beg;
    for (size_t i = 0; i < first.len; i++)
        if (dl_is_lower(first.p[i])) return s->beg;
    for (uint32_t t = s->beg + 1; t < s->end && t < s->beg + DATELINE_MAX; t++)
        if (dl_scene_is(s, t, DL_STR("-,--,–,—"))) return t + 1;
    return s->beg;
}

/* A mention is known by its head word: the token whose own head lies outside. A tree that cuts a
 * mention in two gives it two. */
static void mentions(dl_scene *s, uint32_t *mention)
{
    const dl_ments *m = &s->d->ments;
    const uint32_t from = behind_dateline(s);
    while (*mention < m->n && m->tok[*mention].beg < from) ++*mention;
    for (uint32_t i = *mention; i < m->n && m->tok[i].beg < s->end; i++) {
        if (s->start[m->tok[i].beg - s->beg] == DL_NONE) s->start[m->tok[i].beg - s->beg] = i;
        for (uint32_t t = m->tok[i].beg; t < m->tok[i].end && t < s->end; t++) {
            uint32_t h = s->d->toks.head[t];
            dl_rel r = dl_scene_base(s, t);
            if ((dl_span_has(m->tok[i], h) && h != t) || r == DL_REL_DET || r == DL_REL_CASE || r == DL_REL_PUNCT) continue;
            if (s->ment[t - s->beg] == DL_NONE) s->ment[t - s->beg] = i;
        }
    }
}

/* Marks the tokens of temporal expressions. */
static void timexes(dl_scene *s)
{
    const dl_times *t = &s->d->times;
    s->first_time = dl_find_u32(t->sent, t->n, s->sent);
    for (uint32_t i = s->first_time; i < t->n && t->sent[i] == s->sent; i++)
        for (uint32_t k = t->tok[i].beg; k < t->tok[i].end; k++)
            if (k >= s->beg && k < s->end) s->timex[k - s->beg] = true;
}

bool dl_scene_open(dl_scene *s, uint32_t sent, uint32_t *mention)
{
    const dl_doc *d = s->d;
    s->sent = sent;
    s->beg = d->sents.tok[sent].beg;
    s->end = d->sents.tok[sent].end;
    uint32_t n = s->end - s->beg;
    if (!n || n > DL_SENT_MAX) return false;
    for (uint32_t i = 0; i < n; i++) {
        s->kid[i] = s->next[i] = s->ment[i] = s->start[i] = DL_NONE;
        s->used[i] = s->timex[i] = false;
    }
    for (uint32_t t = s->end; t-- > s->beg;) {
        uint32_t h = d->toks.head[t];
        if (h < s->beg || h >= s->end) return false;
        if (h == t) continue;
        s->next[t - s->beg] = s->kid[h - s->beg];
        s->kid[h - s->beg] = t;
    }
    s->question = false;
    for (uint32_t t = s->end; t-- > s->beg && s->end - t <= 3;) s->question |= dl_str_eq(dl_tok_text(d, t), DL_STR("?"));
    mentions(s, mention);
    timexes(s);
    return true;
}

uint32_t dl_scene_up(const dl_scene *s, uint32_t t)
{
    uint32_t h = s->d->toks.head[t];
    return h == t ? DL_NONE : h;
}

uint32_t dl_scene_child(const dl_scene *s, uint32_t t, dl_rel rel)
{
    for (uint32_t k = dl_scene_kid(s, t); k != DL_NONE; k = dl_scene_next(s, k))
        if (dl_scene_rel(s, k) == rel) return k;
    return DL_NONE;
}

bool dl_scene_verb(const dl_scene *s, uint32_t t) { return s->d->toks.upos[t] == DL_UPOS_VERB; }

bool dl_scene_noun(const dl_scene *s, uint32_t t)
{
    uint8_t u = s->d->toks.upos[t];
    return u == DL_UPOS_NOUN || u == DL_UPOS_PROPN || u == DL_UPOS_PRON;
}

bool dl_scene_is(const dl_scene *s, uint32_t t, dl_str list)
{
    dl_str lemma = dl_tok_lemma(s->d, t), form = dl_tok_text(s->d, t), one;
    while (dl_str_next(&list, ',', &one))
        if (dl_str_eq_nocase(one, lemma) || dl_str_eq_nocase(one, form)) return true;
    return false;
}

uint32_t dl_scene_case(const dl_scene *s, uint32_t t)
{
    uint32_t c = dl_scene_child(s, t, DL_REL_CASE);
    return c != DL_NONE ? c : dl_scene_child(s, t, DL_REL_MARK);
}

/* The lemma may be a guess ("freed" from "fre"): where the table does not know it, the form and what
 * is left of it without an ending are tried. */
uint32_t dl_scene_row(const dl_scene *s, const dl_tsv *t, uint32_t tok)
{
    static const char *const endings[] = { "", "d", "ed", "s", "ing" };
    uint32_t r = dl_tsv_find_lower(t, dl_tok_lemma(s->d, tok));
    dl_str form = dl_tok_text(s->d, tok);
    for (size_t i = 0; i < DL_COUNT(endings) && r == DL_NONE; i++) {
        dl_str end = dl_str_of(endings[i]);
        if (form.len < end.len + 3 || !dl_str_ends(form, end)) continue;
        dl_str stem = dl_str_cut(form, 0, form.len - end.len);
        r = dl_tsv_find_lower(t, stem);
        if (r == DL_NONE && end.len > 1 && stem.p[stem.len - 1] == stem.p[stem.len - 2])
            r = dl_tsv_find_lower(t, dl_str_cut(stem, 0, stem.len - 1)); /* "expelled" */
    }
    return r;
}

uint32_t dl_scene_core(const dl_scene *s, uint32_t t)
{
    for (int i = 0;
         i < 3 &&
         dl_scene_is(s, t,
                     DL_STR("series,round,number,batch,set,batch,wave,package,raft,spate,kind,type,part,lot,piece,form,string,"
                            "flurry,couple,dozen,hundred,thousand,some,most,many,several,all,member,group,act,barrage,"
                            "resumption,continuation,start,beginning,end,course,stream,amount,level"));
         i++) {
        uint32_t of = dl_scene_prep(s, t, DL_STR("of"));
        if (of == DL_NONE || !dl_scene_noun(s, of)) break;
        t = of;
    }
    return t;
}

bool dl_scene_in_class(const dl_scene *s, uint32_t t, dl_str class)
{
    for (uint32_t r = dl_scene_row(s, &s->nouns, t); r != DL_NONE; r = dl_tsv_more(&s->nouns, r))
        if (dl_str_eq(dl_tsv_cell(&s->nouns, r, 1), class)) return true;
    return false;
}

uint32_t dl_scene_of_class(const dl_scene *s, uint32_t t, dl_str class)
{
    t = dl_scene_core(s, t);
    if (dl_scene_in_class(s, t, class)) return t;
    for (uint32_t k = dl_scene_kid(s, t); k != DL_NONE; k = dl_scene_next(s, k))
        if (dl_scene_rel(s, k) == DL_REL_CONJ && dl_scene_in_class(s, dl_scene_core(s, k), class)) return dl_scene_core(s, k);
    return DL_NONE;
}

uint32_t dl_scene_event_noun(const dl_scene *s, uint32_t t)
{
    if (s->d->toks.upos[t] != DL_UPOS_NOUN) return DL_NONE;
    for (uint32_t r = dl_scene_row(s, &s->nouns, t); r != DL_NONE; r = dl_tsv_more(&s->nouns, r))
        if (dl_tsv_cell(&s->nouns, r, 2).len) return r;
    return DL_NONE;
}
