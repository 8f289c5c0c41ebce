/* link.c: features of a pair of pages, and what the networks make of them. */
#include "stories/link.h"

#include <assert.h>
#include <math.h>

#include "base/error.h"

dl_status dl_link_open(dl_link_model *out, const dl_models *m, dl_error *err)
{
    dl_str s = dl_models_section(m, "stories");
    if (s.len != sizeof *out) return dl_fail(err, DL_EMODEL, "stories", DL_NO_OFFSET, "weights are missing or of another size");
    memcpy(out, s.p, sizeof *out);
    return DL_OK;
}

enum { MONTHS = 30 }; /* where the features of months begin; those of years follow */

static double *put(double *to, const double *v, size_t n)
{
    memcpy(to, v, n * sizeof *to);
    return to + n;
}
#define PUT(to, ...) put(to, (const double[]){ __VA_ARGS__ }, sizeof((const double[]){ __VA_ARGS__ }) / sizeof(double))

/* Two sets: the part that is in both, and whether nothing is. */
static double *put_sets(double *to, uint64_t a, uint64_t b)
{
    const double UNKNOWN = .3;
    if (!a || !b) return PUT(to, UNKNOWN, 0);
    return PUT(to, (double)dl_bits_in(a & b) / dl_bits_in(a | b), (a & b) == 0);
}

static double apart(uint32_t a, uint32_t b, double most)
{
    const double d = a < b ? b - a : a - b;
    return d < most ? d : most;
}

static double *put_years(double *to, const dl_told *a, const dl_told *b)
{
    const double UNKNOWN = .5;
    const uint32_t la = dl_told_latest(a), lb = dl_told_latest(b), ya = dl_told_year(a), yb = dl_told_year(b);
    const bool named = la && lb, printed = a->day != DL_DAY_UNKNOWN && b->day != DL_DAY_UNKNOWN, known = ya && yb && !printed;
    const unsigned na = dl_bits_in(a->years), nb = dl_bits_in(b->years);
    const double shared = named ? (double)dl_bits_in(a->years & b->years) / (na < nb ? na : nb) : UNKNOWN;
    const bool later = known && ((a->day != DL_DAY_UNKNOWN && lb > ya) || (b->day != DL_DAY_UNKNOWN && la > yb));
    to = PUT(to, named, named ? apart(la, lb, 5) : 0, named && la == lb, shared);
    return PUT(to, known, known ? apart(ya, yb, 4) : 0, later);
}

/* Members of the set a that b has, too; *close: do they have two that are at most a day apart? Zeroes end a set. */
static unsigned in_both(const uint16_t *a, const uint16_t *b, uint32_t most, bool *close)
{
    unsigned n = 0;
    for (uint32_t i = 0; i < most && a[i]; i++) {
        for (uint32_t k = 0; k < most && b[k]; k++) {
            n += a[i] == b[k];
            *close |= a[i] <= b[k] + 1 && b[k] <= a[i] + 1;
        }
    }
    return n;
}

static unsigned members(const uint16_t *a, uint32_t most)
{
    unsigned n = 0;
    while (n < most && a[n]) n++;
    return n;
}

/* Does the later page name the day of the earlier one, or the day before? */
static bool looks_back(const dl_told *a, const dl_told *b)
{
    const dl_told *e = a->day < b->day ? a : b, *l = e == a ? b : a;
    bool any = false;
    if (a->day == DL_DAY_UNKNOWN || b->day == DL_DAY_UNKNOWN || a->day == b->day) return false;
    for (uint32_t i = 0; i < DL_TOLD_DAYS && l->days[i]; i++) any |= e->day == l->days[i] || e->day == l->days[i] + 1;
    return any;
}

static double *put_days(double *to, const dl_told *a, const dl_told *b)
{
    const double UNKNOWN = .3;
    const unsigned na = members(a->days, DL_TOLD_DAYS), nb = members(b->days, DL_TOLD_DAYS), n = na < nb ? na : nb;
    const unsigned ma = members(a->dates, DL_TOLD_DATES), mb = members(b->dates, DL_TOLD_DATES), m = ma < mb ? ma : mb;
    bool close = false, any = false;
    const unsigned days = in_both(a->days, b->days, DL_TOLD_DAYS, &close),
                   dates = in_both(a->dates, b->dates, DL_TOLD_DATES, &any);
    to = PUT(to, n > 0, days > 0, n ? (double)days / n : UNKNOWN, looks_back(a, b), n && !close);
    return PUT(to, m > 0, dates > 0, m ? (double)dates / m : UNKNOWN);
}

void dl_link_features(double out[DL_LINK_FEATURES], const dl_vector *a, const dl_vector *b, const dl_likeness *l, double rate)
{
    const double SIGMA = 3, FAR = 60;
    const dl_told *x = &a->told, *y = &b->told;
    const bool known = x->day != DL_DAY_UNKNOWN && y->day != DL_DAY_UNKNOWN;
    const double days = known ? fabs((double)x->day - y->day) : 0;
    const double near = known ? exp(-days * days / (2 * SIGMA * SIGMA)) : 0, late = log1p(days);
    const double length = log((a->words < b->words ? a->words : b->words) + 20.0);
    const double c = l->bag[DL_BAG_ALL], u = l->bag[DL_BAG_NUMBERS], p = l->bag[DL_BAG_PAIRS];
    const double h = l->part[DL_PART_HEAD], t = l->part[DL_PART_TITLE], n = l->part[DL_PART_NAMES];
    double *to = out;
    to = PUT(to, c, h, n, u, sqrt(c), sqrt(h), sqrt(n), sqrt(u), t, sqrt(t), p, sqrt(p));
    to = PUT(to, near, late, (days < FAR ? days : FAR) / FAR, known, c * near, c * late, h * near, p * near);
    to = PUT(to, length, c * length);
    for (int k = 0; k < DL_PARTS; k++) to = PUT(to, l->covered[k][0], l->covered[k][1]);
    to = put_sets(to, x->weekdays, y->weekdays);
    assert(to == out + MONTHS);
    to = put_sets(to, x->months, y->months);
    to = put_years(to, x, y);
    to = PUT(to, log1p(rate));
    put_days(to, x, y);
}

void dl_link_forget_years(double feature[DL_LINK_FEATURES])
{
    const dl_told none = { .day = DL_DAY_UNKNOWN };
    put_years(put_sets(feature + MONTHS, 0, 0), &none, &none);
}

/* In floats, unit by unit in one order: the same sum on every machine, and several units at a time. */
static double vote(const dl_link_net *n, const float x[DL_LINK_FEATURES])
{
    float y[DL_LINK_HIDDEN], z = n->out_bias;
    memcpy(y, n->in_bias, sizeof y);
    for (int i = 0; i < DL_LINK_FEATURES; i++) {
        for (int h = 0; h < DL_LINK_HIDDEN; h++) y[h] += n->in[i][h] * x[i];
    }
    for (int h = 0; h < DL_LINK_HIDDEN; h++) z += n->out[h] * dl_link_bend(y[h]);
    return 1 / (1 + exp(-(double)z));
}

double dl_link(const dl_link_model *m, const double feature[DL_LINK_FEATURES], bool dated)
{
    const dl_link_expert *e = dated ? &m->dated : &m->undated;
    float x[DL_LINK_FEATURES];
    double sum = 0;
    for (int i = 0; i < DL_LINK_FEATURES; i++) x[i] = ((float)feature[i] - e->mean[i]) * e->scale[i];
    for (int k = 0; k < DL_LINK_NETS; k++) sum += vote(&e->net[k], x);
    return sum / DL_LINK_NETS;
}
