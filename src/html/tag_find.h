/* tag_find.h: the hash behind dl_tag_of, for a tokenizer that hashes a name while reading it. */
#ifndef DL_HTML_TAG_FIND_H
#define DL_HTML_TAG_FIND_H

#include "html/tag.h"

#define DL_TAG_HASH_K 241u

/* One more byte of a name, in lower case; the hash of the empty name is 0. */
static inline uint32_t dl_tag_hash_add(uint32_t hash, unsigned char lower) { return hash * DL_TAG_HASH_K + lower; }
/* The number of the name (in any case) whose lower case has this hash. */
dl_tag dl_tag_find(uint32_t hash, dl_str name);

#endif
