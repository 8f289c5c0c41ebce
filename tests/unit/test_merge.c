/* test_merge.c: page events of several pages become happenings. */
#include "test.h"

#include <stdio.h>

#include "actors/actors.h"
#include "base/date.h"
#include "doc/build.h"
#include "events/merge.h"

#define PAGES 3
#define ENTS 4 /* every page has the same entities: entity i is actor i                           */

struct env {
    dl_build page[PAGES];
    uint32_t base[PAGES + 1], of[PAGES * ENTS], country[ENTS];
    uint8_t kind[ENTS];
    dl_actors actors;
    dl_arena keep;
};

static const dl_doc *get(void *ctx, uint32_t page)
{
    struct env *e = ctx;
    return &e->page[page].d;
}

static int up(void **state)
{
    static struct env e;
    for (uint32_t p = 0; p < PAGES; p++) {
        dl_build_init(&e.page[p]);
        dl_build_reset(&e.page[p]);
        e.base[p] = p * ENTS;
        for (uint32_t i = 0; i < ENTS; i++) e.of[p * ENTS + i] = i;
        e.page[p].meta.published = dl_seconds(19000 + (int32_t)p);
    }
    e.base[PAGES] = PAGES * ENTS;
    e.actors = (dl_actors){ .n = ENTS, .kind = e.kind, .country = e.country, .pages = PAGES, .base = e.base, .of = e.of };
    dl_arena_init(&e.keep, (size_t)1 << 24);
    *state = &e;
    return 0;
}

static int down(void **state)
{
    struct env *e = *state;
    for (uint32_t p = 0; p < PAGES; p++) dl_build_free(&e->page[p]);
    dl_arena_free(&e->keep);
    return 0;
}

/* An event of `page`; DL_NONE: no such actor; day 0: none known. */
static void event(struct env *e, uint32_t page, dl_plover type, dl_modality modality, uint32_t source, uint32_t target,
                  int32_t day, bool mutual)
{
    dl_build *b = &e->page[page];
    uint32_t first = b->d.args.n;
    for (int role = 0; role < (mutual ? 4 : 2); role++) {
        uint32_t ent = role % 2 ? target : source;
        if (ent == DL_NONE) continue;
        uint32_t a = dl_row(b, DL_T_ARGS);
        b->d.args.role[a] = (uint8_t)(mutual ? role / 2 : role);
        b->d.args.ent[a] = ent;
    }
    dl_span word = dl_put_text(b, DL_STR("struck "));
    char told[32];
    snprintf(told, sizeof told, "%u on page %u. ", (unsigned)b->d.events.n, (unsigned)page);
    dl_span rest = dl_put_text(b, dl_str_of(told));
    uint32_t sent = dl_row(b, DL_T_SENTS);
    b->d.sents.span[sent] = (dl_span){ word.beg, rest.end };
    uint32_t r = dl_row(b, DL_T_EVENTS);
    dl_events *ev = &b->d.events;
    ev->type[r] = (uint8_t)type;
    ev->sent[r] = sent;
    ev->trigger[r] = word;
    ev->modality[r] = (uint8_t)modality;
    ev->basis[r] = day ? DL_EXPLICIT : DL_TIME_BASES;
    ev->place[r] = DL_NONE;
    ev->from[r] = day ? dl_seconds(day) : DL_NEVER;
    ev->to[r] = day ? dl_seconds(day + 1) : DL_NEVER;
    ev->args[r] = (dl_span){ first, b->d.args.n };
}

static dl_happenings merged(struct env *e)
{
    dl_happenings h = { 0, NULL };
    dl_pages pages = { PAGES, get, e };
    assert_int_equal(dl_events_merge(&h, &pages, &e->actors, &e->keep, NULL), DL_OK);
    return h;
}

static void two_reports_of_one_attack(void **state)
{
    struct env *e = *state;
    event(e, 0, DL_ASSAULT, DL_HAPPENED, 0, 1, 18990, false);
    event(e, 1, DL_ASSAULT, DL_HAPPENED, 0, 1, 0, false);
    event(e, 2, DL_ASSAULT, DL_HAPPENED, 1, 0, 0, false); /* the other way round: another event */
    dl_happenings h = merged(e);
    assert_int_equal(h.n, 2);
    assert_int_equal(h.row[0].n_reports, 2);
    assert_int_equal(h.row[0].from, dl_seconds(18990));
    assert_int_equal(h.row[0].report[1].page, 1);
    assert_int_equal(h.row[1].source[0], 1);
}

static void other_days_are_other_events(void **state)
{
    struct env *e = *state;
    event(e, 0, DL_ASSAULT, DL_HAPPENED, 0, 1, 18990, false);
    event(e, 1, DL_ASSAULT, DL_HAPPENED, 0, 1, 18991, false);
    assert_int_equal(merged(e).n, 2);
}

static void what_was_expected_happened(void **state)
{
    struct env *e = *state;
    event(e, 0, DL_CONSULT, DL_EXPECTED, 0, 1, 19001, true);
    event(e, 2, DL_CONSULT, DL_HAPPENED, 1, 0, 19001, true);
    dl_happenings h = merged(e);
    assert_int_equal(h.n, 1);
    assert_int_equal(h.row[0].modality, DL_HAPPENED);
    assert_int_equal(h.row[0].n_source, 2);
    assert_int_equal(h.row[0].n_target, 2);
}

static void another_guest_is_another_meeting(void **state)
{
    struct env *e = *state;
    event(e, 0, DL_CONSULT, DL_HAPPENED, 0, 1, 19001, true);
    event(e, 0, DL_CONSULT, DL_HAPPENED, 0, 2, 19001, true);
    assert_int_equal(merged(e).n, 2);
}

static void a_charge_is_not_a_fact(void **state)
{
    struct env *e = *state;
    event(e, 0, DL_AID, DL_ALLEGED, 0, 1, 0, false);
    event(e, 1, DL_AID, DL_HAPPENED, 0, 1, 0, false);
    assert_int_equal(merged(e).n, 2);
}

static void pages_of_other_weeks_tell_of_other_things(void **state)
{
    struct env *e = *state;
    event(e, 0, DL_ACCUSE, DL_HAPPENED, 0, 1, 0, false);
    event(e, 1, DL_ACCUSE, DL_HAPPENED, 0, 1, 0, false);
    event(e, 2, DL_ACCUSE, DL_HAPPENED, 0, 1, 0, false);
    e->page[2].meta.published = dl_seconds(19100);
    assert_int_equal(merged(e).n, 2);
}

static void who_did_it_stands_on_another_page(void **state)
{
    struct env *e = *state;
    event(e, 0, DL_ASSAULT, DL_HAPPENED, DL_NONE, 1, 0, false);
    event(e, 1, DL_ASSAULT, DL_HAPPENED, 0, 1, 18990, false);
    dl_happenings h = merged(e);
    assert_int_equal(h.n, 1);
    assert_int_equal(h.row[0].n_source, 1);
}

static void no_pages_no_events(void **state)
{
    struct env *e = *state;
    assert_int_equal(merged(e).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(two_reports_of_one_attack, up, down),
        cmocka_unit_test_setup_teardown(other_days_are_other_events, up, down),
        cmocka_unit_test_setup_teardown(what_was_expected_happened, up, down),
        cmocka_unit_test_setup_teardown(another_guest_is_another_meeting, up, down),
        cmocka_unit_test_setup_teardown(a_charge_is_not_a_fact, up, down),
        cmocka_unit_test_setup_teardown(pages_of_other_weeks_tell_of_other_things, up, down),
        cmocka_unit_test_setup_teardown(who_did_it_stands_on_another_page, up, down),
        cmocka_unit_test_setup_teardown(no_pages_no_events, up, down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
