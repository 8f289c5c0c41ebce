/* link.h: how likely two pages are of one story.
 *
 * Features of a pair are cosines of the bags of vector.h, how much of one page's headline, lede and names
 * the other has, how far apart their days are, which weekdays, months, years and days they name, and how many pages a day
 * the stream has: where there are many, much that is alike is not the same. Small
 * networks of one hidden layer vote; pairs of which both pages are dated have networks of their own, the
 * others, where look-alikes of other years count, too. Weights: section "stories", by
 * train/train_stories.c. */
#ifndef DL_STORIES_LINK_H
#define DL_STORIES_LINK_H

#include "stories/likeness.h"

#define DL_LINK_FEATURES 48
#define DL_LINK_LEAST 0.07 /* cosine of the `all` bags below which two pages are not compared       */

#define DL_LINK_NETS 3
#define DL_LINK_HIDDEN 24

typedef struct dl_link_net {
    float in[DL_LINK_FEATURES][DL_LINK_HIDDEN], in_bias[DL_LINK_HIDDEN];
    float out[DL_LINK_HIDDEN], out_bias;
} dl_link_net;
typedef struct dl_link_expert {
    float mean[DL_LINK_FEATURES], scale[DL_LINK_FEATURES]; /* features become (x - mean) * scale       */
    dl_link_net net[DL_LINK_NETS];
} dl_link_expert;
typedef struct dl_link_model { /* the section as it stands: floats, little endian                       */
    dl_link_expert dated, undated;
} dl_link_model;

/* Fails DL_EMODEL where the section is missing or of another size. */
DL_MUST_USE dl_status dl_link_open(dl_link_model *out, const dl_models *m, dl_error *err);
/* `rate`: pages of the stream a day, of late; 0: unknown. */
void dl_link_features(double out[DL_LINK_FEATURES], const dl_vector *a, const dl_vector *b, const dl_likeness *l, double rate);
/* As if neither page had named a month or a year: for the trainer, where it moves pages in time. */
void dl_link_forget_years(double feature[DL_LINK_FEATURES]);
/* The bend of a hidden unit: softsign, which needs no library function. */
static inline float dl_link_bend(float x) { return x / (1 + (x < 0 ? -x : x)); }
/* 0 to 1. `dated`: both pages have a day of publication. */
double dl_link(const dl_link_model *m, const double feature[DL_LINK_FEATURES], bool dated);

#endif
