/* test_events.c: events of sentences whose trees are written by hand, and the classifier of pairs.
 *
 * A sentence is "form/lemma/XPOS/head/relation ..."; heads count from 1, 0 is the root. Runs of proper
 * nouns are entities, equal names one entity. */
#include "test.h"

#include <stdio.h>

#include "base/date.h"
#include "events/events.h"
#include "tags/tags.h"
#include "trees/trees.h"

struct env {
    dl_models *m;
    dl_build b;
};

static int up(void **state)
{
    static struct env e;
    dl_error err;
    if (dl_models_open(&e.m, NULL, &err) != DL_OK) return -1;
    dl_build_init(&e.b);
    *state = &e;
    return 0;
}

static int down(void **state)
{
    struct env *e = *state;
    dl_build_free(&e->b);
    dl_models_close(e->m);
    return 0;
}

static uint8_t upos(dl_xpos x)
{
    if (x == DL_XPOS_NNP || x == DL_XPOS_NNPS) return DL_UPOS_PROPN;
    if (x == DL_XPOS_NN || x == DL_XPOS_NNS) return DL_UPOS_NOUN;
    if (x == DL_XPOS_MD) return DL_UPOS_AUX;
    if (dl_xpos_verb((int)x)) return DL_UPOS_VERB;
    if (x == DL_XPOS_JJ) return DL_UPOS_ADJ;
    if (x == DL_XPOS_PRP || x == DL_XPOS_WP || x == DL_XPOS_WDT) return DL_UPOS_PRON;
    return DL_UPOS_X;
}

static void token(dl_build *b, dl_str spec, uint32_t first)
{
    dl_str part[5];
    for (int i = 0; i < 5; i++) assert_true(dl_str_next(&spec, '/', &part[i]));
    dl_span span = dl_put_text(b, part[0]);
    dl_put_text(b, DL_STR(" "));
    uint32_t t = dl_row(b, DL_T_TOKS);
    dl_toks *k = &b->d.toks;
    k->span[t] = span;
    k->lemma[t] = dl_put(b, part[1]);
    k->xpos[t] = (uint8_t)dl_xpos_of(part[2]);
    k->rel[t] = (uint8_t)dl_rel_of(part[4]);
    k->upos[t] = k->rel[t] == DL_REL_AUX || k->rel[t] == DL_REL_AUX_PASS ? DL_UPOS_AUX : upos((dl_xpos)k->xpos[t]);
    uint64_t head = 0;
    assert_true(dl_str_number(part[3], 400, &head));
    k->head[t] = head ? first + (uint32_t)head - 1 : t;
}

static void entity(dl_build *b, uint32_t beg, uint32_t end)
{
    dl_span span = { b->d.toks.span[beg].beg, b->d.toks.span[end - 1].end };
    dl_str name = dl_doc_text(&b->d, span);
    uint32_t e = 0;
    while (e < b->d.ents.n && !dl_str_eq(dl_doc_str(&b->d, b->d.ents.name[e]), name)) e++;
    if (e == b->d.ents.n) {
        e = dl_row(b, DL_T_ENTS);
        b->d.ents.name[e] = dl_put(b, name);
        b->d.ents.kind[e] = DL_PERSON;
    }
    uint32_t m = dl_row(b, DL_T_MENTS);
    b->d.ments.ent[m] = e;
    b->d.ments.tok[m] = (dl_span){ beg, end };
    b->d.ments.span[m] = span;
}

static void sentence(dl_build *b, const char *spec)
{
    uint32_t first = b->d.toks.n, start = b->d.text_len;
    dl_str rest = dl_str_of(spec), one;
    while (dl_str_next(&rest, ' ', &one)) token(b, one, first);
    uint32_t s = dl_row(b, DL_T_SENTS), n = b->d.toks.n;
    b->d.sents.tok[s] = (dl_span){ first, n };
    b->d.sents.span[s] = (dl_span){ start, b->d.text_len };
    for (uint32_t t = first; t < n;) {
        uint32_t e = t;
        while (e < n && b->d.toks.upos[e] == DL_UPOS_PROPN) e++;
        if (e > t) entity(b, t, e);
        t = e > t ? e : t + 1;
    }
}

/* A day that stands at a token. */
static void day(dl_build *b, uint32_t tok, int32_t days)
{
    uint32_t t = dl_row(b, DL_T_TIMES);
    b->d.times.tok[t] = (dl_span){ tok, tok + 1 };
    b->d.times.span[t] = b->d.toks.span[tok];
    b->d.times.type[t] = DL_DATE;
    b->d.times.grain[t] = DL_GRAIN_DAY;
    b->d.times.from[t] = dl_seconds(days);
    b->d.times.to[t] = dl_seconds(days + 1);
}

/* The events as text: "ASSAULT happened Chad>Mali; ..." */
static const char *events(struct env *e, char *out, size_t cap)
{
    size_t n = 0;
    out[0] = 0;
    assert_int_equal(dl_events_find(&e->b, e->m), DL_OK);
    const dl_doc *d = &e->b.d;
    for (uint32_t i = 0; i < d->events.n; i++) {
        n += (size_t)snprintf(out + n, cap - n, "%s%s %s ", i ? "; " : "", dl_plover_words[d->events.type[i]],
                              dl_modality_words[d->events.modality[i]]);
        for (int role = DL_AGENT; role <= DL_TARGET; role++) {
            if (role == DL_TARGET) n += (size_t)snprintf(out + n, cap - n, ">");
            bool first = true;
            for (uint32_t a = d->events.args[i].beg; a < d->events.args[i].end; a++) {
                if (d->args.role[a] != role) continue;
                dl_str name = dl_doc_str(d, d->ents.name[d->args.ent[a]]);
                n += (size_t)snprintf(out + n, cap - n, "%s%.*s", first ? "" : "+", (int)name.len, name.p);
                first = false;
            }
        }
    }
    return out;
}

static void check(void **state, const char *spec, const char *want)
{
    struct env *e = *state;
    char got[1024];
    dl_build_reset(&e->b);
    sentence(&e->b, spec);
    assert_string_equal(events(e, got, sizeof got), want);
}

static void active_and_passive(void **state)
{
    check(state, "Chad/Chad/NNP/2/nsubj attacked/attack/VBD/0/root Mali/Mali/NNP/2/obj", "ASSAULT happened Chad>Mali");
    check(state,
          "Mali/Mali/NNP/3/nsubj:pass was/be/VBD/3/aux:pass attacked/attack/VBN/0/root by/by/IN/5/case Chad/Chad/NNP/3/obl:agent",
          "ASSAULT happened Chad>Mali");
    check(state, "Mali/Mali/NNP/4/nsubj:pass has/have/VBZ/4/aux been/be/VBN/4/aux:pass accused/accuse/VBN/0/root",
          "ACCUSE happened >Mali");
}

static void joined_subjects_and_verbs(void **state)
{
    check(state,
          "Chad/Chad/NNP/4/nsubj and/and/CC/3/cc Niger/Niger/NNP/1/conj condemned/condemn/VBD/0/root and/and/CC/6/cc "
          "attacked/attack/VBD/4/conj Mali/Mali/NNP/6/obj",
          "ASSAULT happened Chad+Niger>Mali");
}

static void meetings_have_two_sides(void **state)
{
    check(state, "Amina/Amina/NNP/2/nsubj met/meet/VBD/0/root Boris/Boris/NNP/2/obj and/and/CC/5/cc Carla/Carla/NNP/3/conj",
          "CONSULT happened Amina+Boris>Amina+Boris; CONSULT happened Amina+Carla>Amina+Carla");
    check(state, "Amina/Amina/NNP/2/nsubj held/hold/VBD/0/root talks/talk/NNS/2/obj with/with/IN/5/case Boris/Boris/NNP/3/nmod",
          "CONSULT happened Amina+Boris>Amina+Boris");
}

static void modality_of_the_verb_group(void **state)
{
    check(state, "Amina/Amina/NNP/3/nsubj will/will/MD/3/aux meet/meet/VB/0/root Boris/Boris/NNP/3/obj",
          "CONSULT expected Amina+Boris>Amina+Boris");
    check(state, "Amina/Amina/NNP/3/nsubj could/could/MD/3/aux meet/meet/VB/0/root Boris/Boris/NNP/3/obj",
          "CONSULT possible Amina+Boris>Amina+Boris");
    check(state, "Amina/Amina/NNP/4/nsubj did/do/VBD/4/aux not/not/RB/4/advmod meet/meet/VB/0/root Boris/Boris/NNP/4/obj", "");
    check(state,
          "Amina/Amina/NNP/2/nsubj has/have/VBZ/0/root yet/yet/RB/2/advmod to/to/TO/5/mark meet/meet/VB/2/xcomp "
          "Boris/Boris/NNP/5/obj",
          "");
    check(state, "Did/do/VBD/3/aux Amina/Amina/NNP/3/nsubj meet/meet/VB/0/root Boris/Boris/NNP/3/obj ?/?/./3/punct", "");
    check(state, "If/if/IN/3/mark Chad/Chad/NNP/3/nsubj attacks/attack/VBZ/0/root Mali/Mali/NNP/3/obj",
          "ASSAULT hypothetical Chad>Mali");
}

static void modality_of_what_governs(void **state)
{
    check(state,
          "Niger/Niger/NNP/2/nsubj accused/accuse/VBD/0/root Chad/Chad/NNP/2/obj of/of/IN/5/mark attacking/attack/VBG/2/advcl "
          "Mali/Mali/NNP/5/obj",
          "ACCUSE happened Niger>Chad; ASSAULT alleged Chad>Mali");
    check(state, "Chad/Chad/NNP/2/nsubj refused/refuse/VBD/0/root to/to/TO/4/mark condemn/condemn/VB/2/xcomp Mali/Mali/NNP/4/obj",
          "REJECT happened Chad>Mali");
    check(state, "Chad/Chad/NNP/2/nsubj hopes/hope/VBZ/0/root to/to/TO/4/mark visit/visit/VB/2/xcomp Mali/Mali/NNP/4/obj", "");
}

static void nouns_are_events(void **state)
{
    check(state,
          "Chad/Chad/NNP/3/nmod:poss 's/'s/POS/1/case invasion/invasion/NN/6/nsubj of/of/IN/5/case Mali/Mali/NNP/3/nmod "
          "worries/worry/VBZ/0/root Niger/Niger/NNP/6/obj",
          "ASSAULT happened Chad>Mali");
}

static void accidents_are_no_attacks(void **state)
{
    check(state,
          "Amina/Amina/NNP/3/nsubj:pass was/be/VBD/3/aux:pass killed/kill/VBN/0/root in/in/IN/6/case a/a/DT/6/det "
          "crash/crash/NN/3/obl",
          "");
    check(state, "A/a/DT/2/det train/train/NN/3/nsubj killed/kill/VBD/0/root Amina/Amina/NNP/3/obj", "");
    check(state, "Boris/Boris/NNP/2/nsubj killed/kill/VBD/0/root Amina/Amina/NNP/2/obj", "ASSAULT happened Boris>Amina");
}

static void the_order_of_words_mends_the_tree(void **state)
{
    /* the subject hangs on the wrong word, the second guest on nothing */
    check(state,
          "Amina/Amina/NNP/2/dep met/meet/VBD/0/root with/with/IN/4/case Boris/Boris/NNP/2/obl and/and/CC/6/cc "
          "Carla/Carla/NNP/2/dep "
          "./././2/punct",
          "CONSULT happened Amina+Boris>Amina+Boris; CONSULT happened Amina+Carla>Amina+Carla");
    /* "the risk of Chad attacking": the gerund hangs on the main verb */
    check(
        state,
        "Niger/Niger/NNP/2/nsubj noted/note/VBD/0/root the/the/DT/4/det risk/risk/NN/2/obj of/of/IN/6/case Chad/Chad/NNP/4/nmod "
        "attacking/attack/VBG/2/advcl Mali/Mali/NNP/7/obj",
        "ASSAULT possible Chad>Mali");
}

static void what_was_threatened_is_another_event(void **state)
{
    check(state,
          "Chad/Chad/NNP/2/nsubj threatened/threaten/VBD/0/root to/to/TO/4/mark attack/attack/VB/2/xcomp Mali/Mali/NNP/4/obj",
          "THREATEN happened Chad>Mali; ASSAULT warned Chad>Mali");
    check(state,
          "Chad/Chad/NNP/2/nsubj said/say/VBD/0/root that/that/IN/6/mark Mali/Mali/NNP/6/nsubj must/must/MD/6/aux "
          "leave/leave/VB/2/ccomp",
          "REQUEST happened Chad>Mali");
}

static void the_day_of_speech_is_not_that_of_the_deed(void **state)
{
    struct env *e = *state;
    char got[256];
    dl_build_reset(&e->b);
    sentence(
        &e->b,
        "Niger/Niger/NNP/2/nsubj said/say/VBD/0/root Monday/Monday/NN/2/obl:unmarked that/that/IN/6/mark Chad/Chad/NNP/6/nsubj "
        "attacked/attack/VBD/2/ccomp Mali/Mali/NNP/6/obj");
    day(&e->b, 2, 19408);
    assert_string_equal(events(e, got, sizeof got), "ASSAULT happened Chad>Mali");
    assert_true(e->b.d.events.from[0] == DL_NEVER);
}

static void a_sentence_without_a_tree_tells_nothing(void **state)
{
    struct env *e = *state;
    char got[64];
    dl_build_reset(&e->b);
    sentence(&e->b, "Chad/Chad/NNP/2/nsubj attacked/attack/VBD/0/root Mali/Mali/NNP/2/obj");
    for (uint32_t i = 0; i < e->b.d.toks.n; i++) e->b.d.toks.head[i] = DL_NONE;
    assert_string_equal(events(e, got, sizeof got), "");
}

static void time_of_the_clause(void **state)
{
    struct env *e = *state;
    char got[256];
    dl_build_reset(&e->b);
    sentence(&e->b,
             "Chad/Chad/NNP/2/nsubj attacked/attack/VBD/0/root Mali/Mali/NNP/2/obj on/on/IN/5/case Monday/Monday/NN/2/obl");
    day(&e->b, 4, 19408);
    assert_string_equal(events(e, got, sizeof got), "ASSAULT happened Chad>Mali");
    assert_int_equal(e->b.d.events.from[0], dl_seconds(19408));
    assert_int_equal(e->b.d.events.to[0], dl_seconds(19409));
    assert_int_equal(e->b.d.events.basis[0], DL_EXPLICIT);
}

static dl_plover pair(struct env *e, const char *text, const char *source, const char *target)
{
    dl_build_reset(&e->b);
    dl_str t = dl_str_of(text);
    dl_put_text(&e->b, t);
    size_t s = dl_str_find(t, dl_str_of(source), 0), g = dl_str_find(t, dl_str_of(target), 0);
    return dl_events_pair(&e->b, e->m, (dl_span){ (uint32_t)s, (uint32_t)(s + strlen(source)) },
                          (dl_span){ (uint32_t)g, (uint32_t)(g + strlen(target)) });
}

static void pairs_are_typed(void **state)
{
    struct env *e = *state;
    assert_int_equal(pair(e, "Norway condemned Peru for its treatment of miners.", "Norway", "Peru"), DL_ACCUSE);
    assert_int_equal(pair(e, "Peru's president met the king of Norway in Oslo.", "Peru's president", "the king of Norway"),
                     DL_CONSULT);
    assert_int_equal(pair(e, "Norway has refused to extradite the banker to Peru.", "Norway", "Peru"), DL_REJECT);
    assert_int_equal(pair(e, "Peru released two Norwegian sailors on Monday.", "Peru", "two Norwegian sailors"), DL_RETREAT);
    assert_int_not_equal(pair(e, "", "", ""), DL_NO_TYPE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(active_and_passive),
        cmocka_unit_test(joined_subjects_and_verbs),
        cmocka_unit_test(meetings_have_two_sides),
        cmocka_unit_test(modality_of_the_verb_group),
        cmocka_unit_test(modality_of_what_governs),
        cmocka_unit_test(nouns_are_events),
        cmocka_unit_test(accidents_are_no_attacks),
        cmocka_unit_test(the_order_of_words_mends_the_tree),
        cmocka_unit_test(what_was_threatened_is_another_event),
        cmocka_unit_test(the_day_of_speech_is_not_that_of_the_deed),
        cmocka_unit_test(a_sentence_without_a_tree_tells_nothing),
        cmocka_unit_test(time_of_the_clause),
        cmocka_unit_test(pairs_are_typed),
    };
    return cmocka_run_group_tests(tests, up, down);
}
