/* test_rewrites.c: texts that tell the same sentence by sentence, in other words. */
#include <stdio.h>
#include <string.h>

#include "copies/align.h"
#include "copies/rewrite.h"
#include "found_copies.h"

/* An invented report, a sentence a line. */
static const char *const report[] = {
    "The clockmaker's museum in Ostrava Hollow lost most of its collection on Tuesday night, when a fire that began in the "
    "boiler "
    "room spread through the wooden gallery.",
    "Curator Milada Hruska said that 340 pendulum clocks, some of them built before 1780, had melted or charred beyond repair.",
    "Forty-two firefighters from Tarnow and Brezno fought the flames with water pumped from the mill pond, because the nearest "
    "hydrant had frozen.",
    "The blaze was under control shortly after four in the morning, but smouldering beams kept crews on the roof until noon.",
    "Two volunteers were taken to the hospital in Tarnow with smoke in their lungs and were released before breakfast.",
    "A caretaker, Jonas Pelt, had complained twice in January about the rattling boiler, according to letters seen by the "
    "council.",
    "The council postponed the repair in March, citing a shortfall of 60,000 crowns in the budget for heritage buildings.",
    "Among the losses is the astronomical clock of Bishop Radim, which showed the phases of the moon and struck every quarter.",
    "A brass orrery survived because it had been lent to a school in Brezno for an exhibition on comets.",
    "Insurers will inspect the ruins on Friday, and the mayor, Ludmila Vesely, has asked the ministry for tents and "
    "dehumidifiers.",
    "Neighbours carried dials, weights and bundles of drawings across the snow into the chapel, where they are drying on the "
    "pews.",
    "The museum had drawn nine thousand visitors last year, more than any other collection between the two rivers.",
    "A fund for the restoration received 17,500 crowns by Wednesday evening, half of them from watchmakers abroad.",
};

/* The same by somebody who built every sentence anew and moved two of them: hardly three words in a row are left. */
static const char *const retold[] = {
    "A fire which started in the boiler room on Tuesday night and went through the wooden gallery has cost Ostrava Hollow most "
    "of what its clockmaker's museum had collected.",
    "Melted, or charred so that nothing can be repaired, are 340 pendulum clocks, among them a few from before 1780, told the "
    "curator, Milada Hruska.",
    "As the nearest of the hydrants had frozen, water was pumped out of a mill pond by the forty-two firefighters who came from "
    "Tarnow and Brezno to fight the flames.",
    "By four in the morning or a little after it they had the blaze under control; crews were kept up on the roof by beams that "
    "were smouldering till noon.",
    "Tarnow's hospital took in two of the volunteers, who had smoke in the lungs, and had released both before breakfast.",
    "Letters that the council saw say that caretaker Jonas Pelt complained of a boiler rattling, and did so twice, in January.",
    "Its repair was postponed by the council in March: for heritage buildings the budget had a shortfall, of 60,000 crowns.",
    "A brass orrery has survived, since Brezno's school had it on loan, for an exhibition that is about comets.",
    "Lost is, among much else, Bishop Radim's astronomical clock, that struck every quarter and showed what phases the moon was "
    "in.",
    "On Friday the ruins are to be inspected by insurers; for dehumidifiers and tents the ministry was asked by mayor Ludmila "
    "Vesely.",
    "Dials and weights, and drawings in bundles, were carried by neighbours into the chapel, across the snow; on its pews they "
    "now dry.",
    "Nine thousand visitors were drawn by the museum in the last year, which is more than other collections between the two "
    "rivers.",
    "Crowns to the number of 17,500 had come by Wednesday evening into a fund for its restoration, half from abroad, from "
    "watchmakers.",
};

/* Another reporter's, of the same night: the same names and numbers, and what she saw and asked herself. */
static const char *const another[] = {
    "Milada Hruska stood in her coat and slippers on Wednesday and counted what could still be counted.",
    "Of the 340 clocks that ticked in the museum of Ostrava Hollow not one will tick again, she said, wiping soot off a key.",
    "The fire brigade of Tarnow was alerted at nine by a girl who was walking her dog, its commander told this newspaper.",
    "He sent for help to Brezno at once; in the end 42 of his colleagues worked through a night of eleven degrees below zero.",
    "Investigators believe that an old boiler overheated, though they would not rule out a fault in the wiring of the shop.",
    "Jonas Pelt, who has looked after the house for 26 years, wept when he was asked whether he had seen it coming.",
    "Ludmila Vesely, the mayor, defended the decision to wait with the heating: no offer had come in that the town could pay.",
    "Opposition members want an inquiry and have called a meeting for the evening in the gymnasium.",
    "For many here the house was the reason to stay, said the owner of the inn opposite, which lives off the coaches in summer.",
    "Bishop Radim's great clock, a gift of the guild, stood for two centuries in the cathedral before the town bought it.",
    "An expert from the national gallery thinks that perhaps a dozen movements can be rebuilt if their wheels are found.",
    "Children of the village school have begun to paint paper dials, which are to be sold at the Easter market.",
    "Whether there will be a new building is open; 60,000 crowns, all that there is, would not even clear the rubble.",
};

static char text_of_report[8192], text_of_retold[8192], text_of_another[8192];

static const char *lines(char *to, size_t n, const char *const *line, size_t count)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        int k = snprintf(to + at, n - at, "%s\n", line[i]);
        assert_true(k > 0 && (size_t)k < n - at);
        at += (size_t)k;
    }
    return to;
}

#define LINES(to, v) lines(to, sizeof to, v, DL_COUNT(v))

static void add(found *f, const char *id, const char *title, const char *text)
{
    pile_add(&f->p, &(page){ .id = id, .title = title, .day = "2021-02-10", .text = text });
}

/* Where a line of a text begins. */
static uint32_t start_of(const char *text, const char *line)
{
    const char *at = strstr(text, line);
    assert_non_null(at);
    return (uint32_t)(at - text);
}

static bool has(const dl_pair *x, const char *a, const char *in_a, const char *b, const char *in_b)
{
    uint32_t i = start_of(a, in_a), j = start_of(b, in_b);
    for (uint32_t k = 0; k < x->n_passages; k++) {
        const dl_passage *p = &x->passages[k];
        if (i >= p->a.beg && i < p->a.end && j >= p->b.beg && j < p->b.end) return true;
    }
    return false;
}

static void a_report_retold_sentence_by_sentence_is_a_rewrite(void **state)
{
    (void)state;
    found f = { .c = { 0 } };
    const char *a = LINES(text_of_report, report), *b = LINES(text_of_retold, retold);
    add(&f, "a", "Fire destroys the clock museum of Ostrava Hollow", a);
    add(&f, "b", "Ostrava Hollow: clock museum burns down", b);
    find(&f);
    assert_int_equal(f.c.n_pairs, 1);
    const dl_pair *x = &f.c.pair[0];
    assert_int_equal(x->kind, DL_REWRITE);
    assert_int_equal(f.c.n_families, 1);
    assert_int_equal(f.c.lines.texts, 1);
    assert_true(x->share_a < 2000 && x->share_b < 2000); /* few of its words stand in rows */
    assert_true(has(x, a, report[2], b, retold[2]));     /* turned round */
    assert_true(has(x, a, report[8], b, retold[7]));     /* and moved */
    assert_true(has(x, a, report[12], b, retold[12]));
    done(&f);
}

static void two_reporters_of_one_night_are_two_texts(void **state)
{
    (void)state;
    found f = { .c = { 0 } };
    add(&f, "a", "Fire destroys the clock museum of Ostrava Hollow", LINES(text_of_report, report));
    add(&f, "b", "The night when the clocks of Ostrava Hollow stopped", LINES(text_of_another, another));
    add(&f, "c", "Ostrava Hollow: clock museum burns down", LINES(text_of_retold, retold));
    find(&f);
    assert_int_equal(f.c.n_families, 2);
    assert_int_equal(f.c.family_of[0], f.c.family_of[2]);
    assert_int_not_equal(f.c.family_of[0], f.c.family_of[1]);
    done(&f);
}

/* Every second sentence of the report in the other reporter's text: no passage is longer than a sentence. */
static void sentences_taken_over_one_by_one_are_a_reuse(void **state)
{
    (void)state;
    const char *mixed[DL_COUNT(another)];
    static char text[8192];
    found f = { .c = { 0 } };
    for (size_t i = 0; i < DL_COUNT(another); i++) mixed[i] = i % 2 ? report[i] : another[i];
    add(&f, "a", "Fire destroys the clock museum of Ostrava Hollow", LINES(text_of_report, report));
    add(&f, "b", "The night when the clocks of Ostrava Hollow stopped", LINES(text, mixed));
    find(&f);
    assert_int_equal(f.c.n_pairs, 1);
    assert_int_equal(f.c.pair[0].kind, DL_PARTIAL);
    assert_int_equal(f.c.n_families, 2);
    assert_true(has(&f.c.pair[0], text_of_report, report[3], text, report[3]));
    assert_false(has(&f.c.pair[0], text_of_report, report[4], text, another[4]));
    done(&f);
}

/* Two sentences of the one, two of the other: more than half of the report stands in it, and yet it is no copy. */
static void what_is_compiled_of_two_reports_copies_neither(void **state)
{
    (void)state;
    const char *mixed[DL_COUNT(another)];
    static char text[8192];
    found f = { .c = { 0 } };
    for (size_t i = 0; i < DL_COUNT(another); i++) mixed[i] = i % 4 < 2 ? report[i] : another[i];
    add(&f, "a", "Fire destroys the clock museum of Ostrava Hollow", LINES(text_of_report, report));
    add(&f, "b", "The night when the clocks of Ostrava Hollow stopped", LINES(text, mixed));
    find(&f);
    assert_int_equal(f.c.n_pairs, 1);
    assert_true(f.c.pair[0].share_a > 5000);
    assert_int_equal(f.c.pair[0].kind, DL_PARTIAL);
    assert_int_equal(f.c.n_families, 2);
    done(&f);
}

/* Twenty words that are equal, ten of other words on either side, thirty equal ones. */
static void what_is_reworded_between_two_runs_is_of_the_passage(void **state)
{
    (void)state;
    dl_run run[] = { { 0, 20, 5, 25, 20 }, { 30, 60, 37, 67, 30 } }, moved[] = { { 0, 20, 40, 60, 20 }, { 30, 60, 5, 35, 30 } };
    dl_alignment in = { .n = 2, .run = run, .same = 50, .cover_a = 50, .cover_b = 50 }, out;
    dl_arena a;
    uint32_t x[80], y[80];
    uint8_t level_x[80] = { 0 }, level_y[80] = { 0 }; /* all are rare */
    dl_background bg = { .documents = 1024, .log_df = { [1] = 9 } };
    dl_side s = { .n = 80, .word = x, .level = level_x }, t = { .n = 80, .word = y, .level = level_y };
    for (uint32_t i = 0; i < 80; i++) x[i] = y[i] = 1000 + i;
    for (uint32_t i = 0; i < 12; i++) y[25 + i] = i % 2 ? 1020 + i / 2 : i; /* half of them are those of the other */
    dl_arena_init(&a, DL_ARENA_MAX);
    assert_true(dl_rewrite_bridge(&out, &in, &s, &t, &bg, &a));
    assert_int_equal(out.n, 1);
    assert_int_equal(out.run[0].a_beg, 0);
    assert_int_equal(out.run[0].a_end, 60);
    assert_int_equal(out.run[0].b_beg, 5);
    assert_int_equal(out.run[0].b_end, 67);
    assert_int_equal(out.run[0].same, 50);
    assert_int_equal(out.cover_a, 60);
    assert_int_equal(out.cover_b, 62);
    for (uint32_t i = 0; i < 80; i++) level_x[i] = level_y[i] = x[i] < 1026; /* those of both are common words */
    for (uint32_t i = 25; i < 37; i++) level_y[i] = y[i] >= 1020;
    assert_true(dl_rewrite_bridge(&out, &in, &s, &t, &bg, &a));
    assert_int_equal(out.n, 2);
    for (uint32_t i = 0; i < 12; i++) y[25 + i] = i; /* none */
    assert_true(dl_rewrite_bridge(&out, &in, &s, &t, &bg, &a));
    assert_int_equal(out.n, 2);
    in.run = moved;
    assert_true(dl_rewrite_bridge(&out, &in, &s, &t, &bg, &a));
    assert_int_equal(out.n, 2);
    assert_int_equal(out.cover_a, 50);
    run[1].b_beg += 15; /* ten words here, twenty-seven there: put in, not reworded */
    in.run = run;
    assert_true(dl_rewrite_bridge(&out, &in, &s, &t, &bg, &a));
    assert_int_equal(out.n, 2);
    dl_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_retold_sentence_by_sentence_is_a_rewrite),
        cmocka_unit_test(two_reporters_of_one_night_are_two_texts),
        cmocka_unit_test(sentences_taken_over_one_by_one_are_a_reuse),
        cmocka_unit_test(what_is_compiled_of_two_reports_copies_neither),
        cmocka_unit_test(what_is_reworded_between_two_runs_is_of_the_passage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
