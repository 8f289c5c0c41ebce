/* scene.h: one sentence as the event finder sees it: its tree downwards, its mentions by head word,
 * and the questions that are asked of both: who is the subject here, what stands behind "against",
 * did it happen, when. Not for other rooms: events.h has the door.
 *
 * Tokens are rows of toks; DL_NONE is no token. Every question costs at most the tokens of the
 * sentence. */
#ifndef DL_EVENTS_SCENE_H
#define DL_EVENTS_SCENE_H

#include "base/limits.h"
#include "doc/build.h"
#include "facts/facts.h"
#include "model/table.h"
#include "tags/tags.h"
#include "trees/trees.h"

#define DL_WHO_MAX 12 /* actors of one side; more are dropped                                     */

typedef struct dl_scene {
    dl_build *b;
    const dl_doc *d;
    dl_facts facts;
    dl_tsv verbs, nouns, modals; /* data/event_verbs, event_nouns, event_modals                  */
    uint32_t sent;               /* row of sents                                                 */
    uint32_t beg, end;           /* its tokens                                                   */
    uint32_t kid[DL_SENT_MAX];   /* first dependent of a token, by token - beg                   */
    uint32_t next[DL_SENT_MAX];  /* next dependent of the same head                              */
    uint32_t ment[DL_SENT_MAX];  /* mention whose head the token is; DL_NONE: none                  */
    uint32_t start[DL_SENT_MAX]; /* the longest mention that begins with the token; DL_NONE: none    */
    bool used[DL_SENT_MAX];      /* a noun that a verb has taken: "held talks"                   */
    bool timex[DL_SENT_MAX];     /* the token is part of a temporal expression                   */
    uint32_t first_time;         /* row of times: the first of this sentence or later            */
    bool question;
} dl_scene;

/* Actors of one side, in order of mention, each once. */
typedef struct dl_who {
    uint32_t n;
    uint32_t ent[DL_WHO_MAX];
    dl_span span[DL_WHO_MAX]; /* bytes of text */
} dl_who;

/* Lays the scene over a sentence. False: no tree, or too long. `mention` is where the search for the
 * sentence's mentions begins; it moves on. */
bool dl_scene_open(dl_scene *s, uint32_t sent, uint32_t *mention);

static inline dl_rel dl_scene_rel(const dl_scene *s, uint32_t t) { return (dl_rel)s->d->toks.rel[t]; }
/* Relation without its subtype. */
static inline dl_rel dl_scene_base(const dl_scene *s, uint32_t t) { return dl_rel_base(dl_scene_rel(s, t)); }
uint32_t dl_scene_up(const dl_scene *s, uint32_t t); /* head; DL_NONE of the root                */
static inline uint32_t dl_scene_kid(const dl_scene *s, uint32_t t) { return s->kid[t - s->beg]; }
static inline uint32_t dl_scene_next(const dl_scene *s, uint32_t t) { return s->next[t - s->beg]; }
uint32_t dl_scene_child(const dl_scene *s, uint32_t t, dl_rel rel); /* first with that very relation */
bool dl_scene_verb(const dl_scene *s, uint32_t t);
bool dl_scene_noun(const dl_scene *s, uint32_t t);
/* Is the token's lemma or its folded form one of "on,against"? */
bool dl_scene_is(const dl_scene *s, uint32_t t, dl_str list);
/* The preposition (or mark) of a dependent; DL_NONE: none. */
uint32_t dl_scene_case(const dl_scene *s, uint32_t t);
/* Row of a table for the token's lemma; DL_NONE. */
uint32_t dl_scene_row(const dl_scene *s, const dl_tsv *t, uint32_t tok);
bool dl_scene_in_class(const dl_scene *s, uint32_t t, dl_str class); /* the word itself, of event_nouns */
/* Is the noun (or what it is a series, round, batch of) of that class of event_nouns? The token that
 * is, or DL_NONE. */
uint32_t dl_scene_of_class(const dl_scene *s, uint32_t t, dl_str class);
/* "series of talks" -> "talks". */
uint32_t dl_scene_core(const dl_scene *s, uint32_t t);
/* The row of event_nouns that makes the noun an event of its own; DL_NONE. */
uint32_t dl_scene_event_noun(const dl_scene *s, uint32_t t);

/* ---- roles.c ------------------------------------------------------------------------------- */

bool dl_scene_passive(const dl_scene *s, uint32_t verb);
/* The word that is the subject in sense: of a passive the one that suffers; through control,
 * coordination and relative clauses. */
uint32_t dl_scene_subject(const dl_scene *s, uint32_t verb);
uint32_t dl_scene_object(const dl_scene *s, uint32_t verb);
/* Adds the actors that a noun phrase stands for, coordination unfolded. Where the noun is none, its
 * owner: "Russian troops", "China's ministry", "the army of Chad". */
void dl_scene_who(const dl_scene *s, uint32_t noun, dl_who *out);
/* Owners alone: "Russia's invasion", "Russian invasion". */
void dl_scene_owners(const dl_scene *s, uint32_t noun, dl_who *out);
/* Adds the actors behind one of the prepositions, among the dependents of `at`. True: there was one. */
bool dl_scene_behind(const dl_scene *s, uint32_t at, dl_str preps, dl_who *out);
/* The same by the order of words, for where the tree is wrong: actors that follow one of the
 * prepositions to the right of `at`, before the clause ends. */
bool dl_scene_after(const dl_scene *s, uint32_t at, dl_str preps, dl_who *out);
/* The first dependent of `at` behind one of the prepositions. */
uint32_t dl_scene_prep(const dl_scene *s, uint32_t at, dl_str preps);
/* Subjects of the clause that a verb or noun of saying, asking, warning has as content. `named`: not
 * those who merely own the subject. */
void dl_scene_content(const dl_scene *s, uint32_t at, bool named, dl_who *out);
void dl_who_add(dl_who *w, uint32_t ent, dl_span span);
bool dl_who_has(const dl_who *w, uint32_t ent);

/* "the risk of Chad attacking", "with Chad attacking": the token of "Chad", and of "risk" in *noun, or DL_NONE
 * there; DL_NONE: it is no such gerund. */
uint32_t dl_scene_gerund(const dl_scene *s, uint32_t verb, uint32_t *noun);

/* ---- modal.c ------------------------------------------------------------------------------- */

/* What the page says of the event: a dl_modality, or -1: it is said not to have been, or asked. */
int dl_scene_modality(const dl_scene *s, uint32_t trigger);

/* ---- when.c -------------------------------------------------------------------------------- */

typedef struct dl_when {
    int64_t from, to; /* half-open seconds, or DL_NEVER                                         */
    uint8_t basis;    /* dl_time_basis, DL_TIME_BASES: no day                                   */
    uint32_t timex;   /* row of times, or DL_NONE                                               */
} dl_when;

/* The time of the trigger's clause, else of its sentence where that has one alone. */
dl_when dl_scene_when(const dl_scene *s, uint32_t trigger);
/* Row of ents of the place it happened in, or DL_NONE. */
uint32_t dl_scene_place(const dl_scene *s, uint32_t trigger);

#endif
