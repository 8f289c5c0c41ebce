/* background.c: looking words up in the background. */
#include "card/background.h"

#include <math.h>

#include "base/sort.h"

dl_background dl_background_open(const dl_models *m)
{
    dl_background b = { .documents = 1 };
    dl_str s = dl_models_section(m, "background");
    uint32_t head[2];
    for (int i = 0; i < 256; i++) {
        b.df[i] = exp2(i / DL_BACKGROUND_STEPS);
        b.log_df[i] = log2(b.df[i]);
    }
    if (s.len < sizeof head) return b;
    memcpy(head, s.p, sizeof head);
    if (head[0] > (s.len - sizeof head) / 5) return b;
    b.n = head[0];
    b.documents = head[1] ? head[1] : 1;
    b.hash = (const uint32_t *)(const void *)(s.p + sizeof head);
    b.level = (const uint8_t *)(b.hash + b.n);
    return b;
}

uint8_t dl_background_level(const dl_background *b, uint32_t word)
{
    uint32_t i = dl_find_even_u32(b->hash, b->n, word);
    return i < b->n && b->hash[i] == word ? b->level[i] : 0;
}
