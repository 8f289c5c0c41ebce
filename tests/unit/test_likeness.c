/* test_likeness.c: two pages compared by a probe, beside the plain sums over their terms; which terms are kept. */
#include "stories/likeness.h"

#include <math.h>

#include "just_bytes.h"
#include "roll.h"

enum { VECTORS = 300, WORDS = 400 };

typedef struct made {
    dl_vector v;
    uint32_t hash[DL_BAGS][DL_VECTOR_TERMS];
    uint16_t weight[DL_BAGS][DL_VECTOR_TERMS], part[DL_PARTS][DL_VECTOR_TERMS];
    uint8_t place[DL_PARTS][DL_VECTOR_TERMS];
} made;

/* Some of few words, so that two vectors share several; 0 and ~0 are hashes as others are. */
static void make(made *m, uint64_t *seed)
{
    m->v = (dl_vector){ .words = 100 };
    for (int k = 0; k < DL_BAGS; k++) {
        const uint32_t one_in = 3 + roll(seed) % 40;
        uint32_t n = 0;
        for (uint32_t w = 0; w < WORDS && n < DL_VECTOR_TERMS; w++) {
            if (roll(seed) % one_in) continue;
            m->hash[k][n] = w == WORDS - 1 ? UINT32_MAX : w * 9000011;
            m->weight[k][n++] = (uint16_t)(roll(seed) % 20000);
        }
        m->v.bag[k] = (dl_bag){ n, m->hash[k], m->weight[k] };
    }
    for (int k = 0; k < DL_PARTS; k++) {
        uint32_t n = 0;
        for (uint32_t i = 0; i < m->v.bag[DL_BAG_ALL].n; i++) {
            if (roll(seed) % 3) continue;
            m->place[k][n] = (uint8_t)i;
            m->part[k][n++] = (uint16_t)(1 + roll(seed) % 30000);
        }
        m->v.part[k] = (dl_part){ n, m->place[k], m->part[k] };
    }
}

static double dot(const uint32_t *x, const uint16_t *xw, uint32_t n, const uint32_t *y, const uint16_t *yw, uint32_t m)
{
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) {
        for (uint32_t j = 0; j < m; j++) sum += x[i] == y[j] ? (xw[i] / 65535.0) * (yw[j] / 65535.0) : 0;
    }
    return sum;
}

static uint32_t hashes(uint32_t out[DL_VECTOR_TERMS], const dl_vector *v, int part)
{
    for (uint32_t i = 0; i < v->part[part].n; i++) out[i] = v->bag[DL_BAG_ALL].hash[v->part[part].place[i]];
    return v->part[part].n;
}

/* The share of a part's squared weight whose terms are in the other's bag of all. */
static double covered(const dl_vector *a, const dl_vector *b, int part)
{
    uint32_t h[DL_VECTOR_TERMS], n = hashes(h, a, part);
    double all = 0, in = 0;
    for (uint32_t i = 0; i < n; i++) {
        const double w = (double)a->part[part].weight[i] * a->part[part].weight[i];
        bool has = false;
        for (uint32_t j = 0; j < b->bag[DL_BAG_ALL].n; j++) has |= b->bag[DL_BAG_ALL].hash[j] == h[i];
        all += w;
        in += has ? w : 0;
    }
    return all > 0 ? in / all : 0;
}

static void near_to(double got, double want) { assert_true(fabs(got - want) < 1e-9); }

static void compare(const dl_probe *p, const dl_vector *a, const dl_vector *b)
{
    dl_likeness l;
    dl_shared shared;
    const double cosine = dl_probe_share(&shared, p, &b->bag[DL_BAG_ALL]);
    dl_probe_liken(&l, p, b, &shared, cosine);
    for (int k = 0; k < DL_BAGS; k++) {
        const dl_bag *x = &a->bag[k], *y = &b->bag[k];
        const double want = dot(x->hash, x->weight, x->n, y->hash, y->weight, y->n);
        near_to(dl_bag_dot(x, y), want);
        near_to(l.bag[k], k == DL_BAG_ALL && want > 1 ? 1 : want);
    }
    for (int k = 0; k < DL_PARTS; k++) {
        uint32_t x[DL_VECTOR_TERMS], y[DL_VECTOR_TERMS], n = hashes(x, a, k), m = hashes(y, b, k);
        const double there = covered(a, b, k), back = covered(b, a, k);
        near_to(l.part[k], dot(x, a->part[k].weight, n, y, b->part[k].weight, m));
        near_to(l.covered[k][0], there < back ? there : back);
        near_to(l.covered[k][1], there < back ? back : there);
    }
}

static void a_probe_agrees_with_plain_sums(void **state)
{
    static made m[VECTORS];
    uint64_t seed = 5;
    (void)state;
    for (int i = 0; i < VECTORS; i++) make(&m[i], &seed);
    m[0].v = (dl_vector){ .words = 0 };
    for (int i = 0; i < VECTORS; i++) {
        dl_probe p;
        dl_probe_make(&p, &m[i].v);
        for (int j = 0; j < 20; j++) compare(&p, &m[i].v, &m[(i * 7 + j * j) % VECTORS].v);
    }
}

/* The heaviest first, of equal ones the one with the lower hash: as sorting all of them would have it. */
static void the_heaviest_come_first(void **state)
{
    uint64_t seed = 6;
    (void)state;
    for (int round = 0; round < 500; round++) {
        dl_term t[60], all[60];
        const uint32_t n = roll(&seed) % 60, most = roll(&seed) % 30;
        for (uint32_t i = 0; i < n; i++) t[i] = all[i] = (dl_term){ i * 77, roll(&seed) % 9 };
        const uint32_t got = dl_terms_heaviest(t, n, most);
        assert_int_equal(got, n < most ? n : most);
        for (uint32_t i = 0; i < got; i++) {
            uint32_t before = 0, at = t[i].hash / 77;
            for (uint32_t k = 0; k < n; k++)
                before += all[k].weight > all[at].weight || (all[k].weight == all[at].weight && k < at);
            assert_int_equal(before, i);
        }
    }
}

/* A text of many different words, some of them often: its bag keeps as many as it may, none lighter than one that it leaves. */
static void a_bag_keeps_its_heaviest_terms(void **state)
{
    enum { N = 900 };
    uint32_t hash[N], times[N], half[N], none[N] = { 0 };
    dl_frequency f = { .background = { .documents = 1000, .df = { 1 } }, .log_all = log(1000) };
    dl_tallies c = { .bag[DL_BAG_ALL] = { N, hash, times }, .part = { half, none, none } };
    dl_arena a;
    dl_vector v;
    (void)state;
    dl_arena_init(&a, 1 << 24);
    for (uint32_t i = 0; i < N; i++) {
        hash[i] = i * 1000;
        times[i] = 1 + i % 7;
        half[i] = i < N / 2 ? times[i] : 0;
    }
    assert_true(dl_vector_weigh(&v, &c, &f, &a));
    const dl_bag *b = &v.bag[DL_BAG_ALL];
    assert_int_equal(b->n, DL_VECTOR_TERMS);
    uint32_t sevens = 0, sixes = 0;
    for (uint32_t i = 0; i < b->n; i++) {
        const uint32_t n = times[b->hash[i] / 1000];
        assert_true(!i || b->hash[i - 1] < b->hash[i]);
        sevens += n == 7;
        sixes += n == 6;
        if (n == 6) assert_true(b->hash[i] / 1000 < 7 * (DL_VECTOR_TERMS - N / 7) + 7); /* the first of them */
    }
    assert_int_equal(sevens, N / 7);
    assert_int_equal(sixes, DL_VECTOR_TERMS - N / 7);
    const dl_part *head = &v.part[DL_PART_HEAD];
    assert_true(head->n > 0);
    for (uint32_t i = 0; i < head->n; i++) assert_true(head->place[i] < b->n && b->hash[head->place[i]] < N / 2 * 1000);
    dl_arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_probe_agrees_with_plain_sums),
                                        cmocka_unit_test(the_heaviest_come_first),
                                        cmocka_unit_test(a_bag_keeps_its_heaviest_terms) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
