/* made_sheets.h: sheets of pages that nobody wrote: words of a topic among words of all topics. */
#ifndef DL_TESTS_MADE_SHEETS_H
#define DL_TESTS_MADE_SHEETS_H

#include <stdio.h>

#include "roll.h"
#include "stories/sheet.h"

enum { MADE_WORDS = 60, MADE_TITLE = 6 };

/* A word of the topic, or one that all topics have. */
static inline uint32_t made_word(uint64_t *seed, uint32_t topic)
{
    const uint32_t n = roll(seed);
    return n % 3 ? UINT32_C(0x9e3779b1) * (1 + topic * 32 + n / 3 % 24) : UINT32_C(0x85ebca6b) * (1 + n / 3 % 400);
}

/* The sheet of a page on a topic; `day` DL_NEVER: it has none. Into b, which is emptied. */
static inline const dl_sheet *made_sheet(dl_buf *b, uint64_t *seed, uint32_t topic, int64_t day, uint64_t key)
{
    enum { ALL = MADE_TITLE + MADE_WORDS };
    uint32_t hash[ALL];
    uint8_t flag[ALL] = { DL_WORD_LINE };
    char id[24];
    dl_sheet s = { .title_words = MADE_TITLE, .words = MADE_WORDS, .published = day, .fetched = DL_NEVER, .key = key };
    s.id = (uint32_t)snprintf(id, sizeof id, "p%llu", (unsigned long long)key);
    for (uint32_t i = 0; i < ALL; i++) {
        hash[i] = made_word(seed, topic);
        if (i >= MADE_TITLE && (i - MADE_TITLE) % 20 == 0) flag[i] = DL_WORD_LINE;
        if (hash[i] % 5 == 0) flag[i] |= DL_WORD_UPPER;
    }
    dl_buf_reset(b);
    dl_buf_fill(b, 0, sizeof s);
    dl_buf_add(b, (dl_str){ (const char *)hash, sizeof hash });
    dl_buf_add(b, (dl_str){ (const char *)flag, sizeof flag });
    dl_buf_add(b, (dl_str){ id, s.id + 1 });
    dl_buf_putc(b, 0);
    dl_buf_fill(b, 0, (8 - b->len % 8) % 8);
    s.bytes = (uint32_t)b->len;
    memcpy(b->p, &s, sizeof s);
    return dl_sheet_at((const uint8_t *)b->p, b->len);
}

#endif
