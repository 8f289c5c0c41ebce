/* hunt.h: what the rules of this room share. Not for other rooms. */
#ifndef DL_DAMAGE_HUNT_H
#define DL_DAMAGE_HUNT_H

#include "doc/build.h"
#include "model/pack.h"

typedef struct dl_hit {
    dl_span tok;      /* rows of toks                                                           */
    const char *what; /* "pronoun", "break", "capital", "order", "acronym", "adverb"            */
    const char *note;
    uint8_t sure;
    bool suspect; /* counts on a page that went through a machine for certain                     */
} dl_hit;

typedef struct dl_hunt {
    const dl_doc *d;
    const dl_models *m;
    dl_arena *a;
    dl_hit *hit;
    size_t n, cap;
    dl_span sent;  /* tokens of the sentence at hand                                           */
    dl_span para;  /* tokens of its paragraph, up to the end of the last sentence              */
    bool shouting; /* the sentence is a headline: most of its words are capitalised            */
} dl_hunt;

/* Notes a passage; `beg` and `end` are tokens and are cut to the paragraph. */
void dl_hunt_found(dl_hunt *h, int64_t beg, int64_t end, const char *what, uint8_t sure, const char *note);
/* Notes what an honest page may have too. */
void dl_hunt_suspect(dl_hunt *h, int64_t beg, int64_t end, const char *what, uint8_t sure, const char *note);

static inline dl_str dl_hunt_word(const dl_hunt *h, int64_t t)
{
    return t < h->para.beg || t >= h->para.end ? (dl_str){ "", 0 } : dl_tok_text(h->d, (uint32_t)t);
}
static inline bool dl_hunt_is(const dl_hunt *h, int64_t t, const char *word)
{
    return dl_str_eq(dl_hunt_word(h, t), dl_str_of(word));
}
static inline int dl_hunt_pos(const dl_hunt *h, int64_t t)
{
    return t < h->para.beg || t >= h->para.end ? 0 : h->d->toks.xpos[t];
}
/* A word of lower-case ASCII letters (and what is not ASCII), two bytes at least; the same, capitalised. */
bool dl_hunt_lower(const dl_hunt *h, int64_t t);
bool dl_hunt_capital(const dl_hunt *h, int64_t t);
bool dl_hunt_among(dl_str word, const char *const *words, size_t n);

/* Rules on the words of one sentence. */
void dl_hunt_pronoun(dl_hunt *h, uint32_t t);
void dl_hunt_capitals(dl_hunt *h, uint32_t t);
void dl_hunt_breaks(dl_hunt *h, uint32_t t);
void dl_hunt_adverb(dl_hunt *h, uint32_t t);
void dl_hunt_told(dl_hunt *h, uint32_t t);
void dl_hunt_articles(dl_hunt *h, uint32_t t);
void dl_hunt_days(dl_hunt *h, uint32_t t);
void dl_hunt_suspects(dl_hunt *h, uint32_t t);
/* Rules on names and on the page as a whole. */
void dl_hunt_names(dl_hunt *h);
void dl_hunt_acronyms(dl_hunt *h);
void dl_hunt_gender(dl_hunt *h);

#endif
