/* link.c: the pair model. */
#include "stories/link.h"

#include <math.h>

#include "base/date.h"
#include "base/error.h"

dl_status dl_link_open(dl_link_model *out, const dl_models *m, dl_error *err)
{
    dl_str s = dl_models_section(m, "stories");
    if (s.len != sizeof *out) return dl_fail(err, DL_EMODEL, "stories", DL_NO_OFFSET, "weights are missing or of another size");
    memcpy(out, s.p, sizeof *out);
    return DL_OK;
}

static void both(double out[2], const dl_bag *a, const dl_bag *b, const dl_bag *all_a, const dl_bag *all_b)
{
    double x = dl_bag_covered(a, all_b), y = dl_bag_covered(b, all_a);
    out[0] = x < y ? x : y;
    out[1] = x < y ? y : x;
}

void dl_link_features(double out[DL_LINK_FEATURES], const dl_vector *a, const dl_vector *b, double cosine)
{
    const double SIGMA = 3, FAR = 60;
    double dot[DL_BAGS];
    for (int k = 1; k < DL_BAGS; k++) dot[k] = dl_bag_dot(&a->bag[k], &b->bag[k]);
    bool dated = a->published != DL_NEVER && b->published != DL_NEVER;
    double days = dated ? fabs((double)a->published - (double)b->published) / (double)DL_DAY_SECONDS : 0;
    double near = dated ? exp(-days * days / (2 * SIGMA * SIGMA)) : 0, late = log1p(days), undated = !dated;
    double length = log((a->words < b->words ? a->words : b->words) + 20.0);
    double c = cosine, h = dot[DL_BAG_HEAD], n = dot[DL_BAG_NAMES], u = dot[DL_BAG_NUMBERS], t = dot[DL_BAG_TITLE],
           p = dot[DL_BAG_PAIRS];
    const double f[] = { 1,
                         c,
                         h,
                         n,
                         u,
                         sqrt(c),
                         sqrt(h),
                         sqrt(n),
                         sqrt(u),
                         near,
                         late,
                         undated,
                         c * near,
                         c * undated,
                         c * late,
                         h * near,
                         length,
                         c * length,
                         (days < FAR ? days : FAR) / FAR,
                         t,
                         sqrt(t),
                         p,
                         sqrt(p) };
    memcpy(out, f, sizeof f);
    double *rest = out + DL_COUNT(f);
    both(rest, &a->bag[DL_BAG_HEAD], &b->bag[DL_BAG_HEAD], &a->bag[DL_BAG_ALL], &b->bag[DL_BAG_ALL]);
    both(rest + 2, &a->bag[DL_BAG_TITLE], &b->bag[DL_BAG_TITLE], &a->bag[DL_BAG_ALL], &b->bag[DL_BAG_ALL]);
    both(rest + 4, &a->bag[DL_BAG_NAMES], &b->bag[DL_BAG_NAMES], &a->bag[DL_BAG_ALL], &b->bag[DL_BAG_ALL]);
    rest[6] = p * near;
}

static double vote(const dl_link_net *n, const double x[DL_LINK_FEATURES])
{
    double z = (double)n->out_bias;
    for (int h = 0; h < DL_LINK_HIDDEN; h++) {
        double y = (double)n->in_bias[h];
        for (int i = 0; i < DL_LINK_FEATURES; i++) y += (double)n->in[h][i] * x[i];
        z += (double)n->out[h] * dl_link_bend(y);
    }
    return 1 / (1 + exp(-z));
}

double dl_link(const dl_link_model *m, const dl_vector *a, const dl_vector *b, double cosine)
{
    double f[DL_LINK_FEATURES], sum = 0;
    dl_link_features(f, a, b, cosine);
    for (int i = 0; i < DL_LINK_FEATURES; i++) f[i] = (f[i] - (double)m->mean[i]) * (double)m->scale[i];
    for (int k = 0; k < DL_LINK_NETS; k++) sum += vote(&m->net[k], f);
    return sum / DL_LINK_NETS;
}
