/* features.h: what the name tagger sees of a token. The same code makes the features in training
 * (train/train_names.c) and in use, so that the two cannot drift apart. Private to names and its trainer. */
#ifndef DL_NAMES_FEATURES_H
#define DL_NAMES_FEATURES_H

#include "facts/facts.h"
#include "learn/learn.h"

#define DL_NAMES_WEIGHTS "names/weights"
#define DL_NAMES_CLUSTERS "names/clusters"

/* One token, looked at once. */
typedef struct dl_names_word {
    uint64_t word, low, shape, fine; /* hashes: as printed, digits made 0; in lower case; its shape, runs cut; uncut */
    uint64_t pre[3], suf[4];         /* hashes of the first 2 to 4 and the last 1 to 4 bytes             */
    uint32_t facts;                  /* bits of what the tables know of it and of the phrase it is in    */
    uint16_t cluster;                /* class of words used alike, or 0                                  */
    uint8_t upper;                   /* 1: begins with a capital; 2: capitals only                       */
    uint8_t seen;                    /* bits: elsewhere on the page it is printed in lower case, or
                                        capitalised inside a sentence                                    */
    uint32_t same[2];                /* two other tokens of the page with the same letters, or DL_NONE   */
} dl_names_word;

/* Classes of words, made by train/train_clusters.c from raw news: a hash table of words. */
typedef struct dl_names_clusters {
    uint32_t n_slots;     /* a power of two, or 0: none                                            */
    const uint32_t *slot; /* [n_slots] 22 bits of the hash << 10 | class; 0: free                  */
} dl_names_clusters;
dl_names_clusters dl_names_clusters_open(dl_str section);
uint16_t dl_names_cluster(const dl_names_clusters *c, uint64_t low);

/* Looks at every token of the document: [d->toks.n], in the arena; NULL when memory is refused. */
dl_names_word *dl_names_look(const dl_doc *d, const dl_facts *f, const dl_names_clusters *c, dl_arena *a);
/* The features of token `t` of the sentence whose tokens are `sent`. */
void dl_names_features(dl_feats *out, const dl_names_word *w, dl_span sent, uint32_t t);
/* The lower-case hash of a word, as `low` has it. */
uint64_t dl_names_low(dl_str word);

#endif
