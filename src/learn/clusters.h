/* clusters.h: words grouped by the company they keep in raw news, so that a word the treebanks never
 * had is treated as one they had. Made by train/train_groups.c.
 *
 * Section "learn/clusters": "DLCLU\0\0\1" | bits u32 | pad u32 | slots u64[2^bits], 0: free, probed linearly:
 * high half of the hash u32 | fine u16 | coarse u8 | case u8. The hash is dl_lex.lower. */
#ifndef DL_LEARN_CLUSTERS_H
#define DL_LEARN_CLUSTERS_H

#include "model/pack.h"

enum { DL_CASE_UNKNOWN, DL_CASE_LOWER, DL_CASE_MIXED, DL_CASE_UPPER };

typedef struct dl_clusters { /* a view; mask and slot 0: none                                    */
    uint64_t mask;
    const uint64_t *slot;
} dl_clusters;
typedef struct dl_cluster {
    uint16_t fine;  /* of some hundred groups; 0: the word is unknown                            */
    uint8_t coarse; /* of some dozen                                                             */
    uint8_t kase;   /* DL_CASE_*: how it is written within sentences                             */
} dl_cluster;

dl_clusters dl_clusters_open(const dl_models *m);
dl_cluster dl_clusters_of(const dl_clusters *c, uint64_t lower);

#endif
