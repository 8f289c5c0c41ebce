/* scan.h: the inside of the room: a sentence as atoms, and the grammar over them.
 *
 * An atom is a run of letters, a run of digits, or one mark. Tokens differ between tokenisers
 * ("third-quarter", "'90s"); atoms do not, so expressions are read from atoms and tokens are asked
 * for tags alone. Classes of words come from data/timewords.tsv. */
#ifndef DL_TIMES_SCAN_H
#define DL_TIMES_SCAN_H

#include "doc/build.h"
#include "model/table.h"
#include "times/point.h"

typedef enum atom_class {
    A_OTHER,
    A_MARK,    /* one mark; val is its byte, typographic ones made ASCII                         */
    A_DIGITS,  /* val: the number, 1e9 at most                                                   */
    A_WORD,    /* a word that matters by its spelling: of, at, to ...                            */
    A_MONTH,   /* val 1-12                                                                       */
    A_WEEKDAY, /* val 0 Monday .. 6                                                              */
    A_UNIT,    /* val: unit                                                                      */
    A_NUMBER,  /* val 0-90                                                                       */
    A_SCALE,   /* val 12, 100, 1000                                                              */
    A_VAGUE,   /* val -1: how many is not said; 2 couple                                         */
    A_HALF,
    A_ORDINAL, /* val 1-31 and centuries                                                         */
    A_SEASON,  /* val 0 spring .. 3                                                              */
    A_PART,    /* val: part; 6 midnight                                                          */
    A_DAY,     /* val: days from today; 10 tonight, 9 overnight                                  */
    A_REF,     /* val -1 past, 0 present, 1 future                                               */
    A_OFTEN,   /* daily: the length stands in the table                                          */
    A_REL,     /* val -1 last, 0 this, 1 next, 2 that, 3 recent                                  */
    A_DET,     /* val 1 the, 2 a, 3 each, 4 these, 5 its                                         */
    A_ABOUT,
    A_PHASE, /* val 1 early .. 5 later                                                           */
    A_EDGE,  /* val 1 beginning .. 3 end                                                         */
    A_SHIFT, /* val -1 ago, -2 before, 2 after, 1 hence                                          */
    A_ZONE,
    A_YEARLY, /* fiscal, calendar, full                                                          */
    A_CLASSES
} atom_class;

#define AT_CAPITAL 1u /* begins with a capital                                                   */
#define AT_GLUED 2u   /* no white space before                                                   */
#define AT_PLURAL 4u
#define AT_SHORT 8u   /* an abbreviation: a full stop behind it is its own                       */
#define AT_FIGURE 16u /* an ordinal or a decade written in digits: 21st, 1990s                   */

typedef struct atom {
    uint32_t beg, end; /* bytes of the text                                                      */
    int32_t val;
    uint32_t row; /* row of timewords, or DL_NONE                                                */
    uint8_t cls, flags;
    uint8_t digits; /* A_DIGITS: how many                                                        */
    uint8_t xpos;   /* dl_xpos of the token, or 0: not tagged                                     */
} atom;

/* What later expressions may refer back to. */
typedef struct focus {
    point last;    /* the last point spoken of; unit NONE: none                                  */
    point quarter; /* the last quarter, for "a year earlier" in a report of earnings             */
} focus;

typedef struct scan {
    const dl_doc *d;
    dl_tsv words, feasts;
    const atom *a; /* [n] the sentence                                                           */
    uint32_t n;
    bool anchored;
    int32_t today; /* day of the page, if anchored                                               */
    int64_t now;   /* its second                                                                 */
    focus f;
} scan;

typedef struct found {
    uint32_t beg, end; /* atoms                                                                  */
    uint8_t type, basis;
    point p;              /* unit NONE: not a place on the calendar                              */
    unit length;          /* of a duration; NONE: not one                                        */
    int32_t count;        /* of `length`; -1: not said                                           */
    int8_t side;          /* of a duration: -1 ends now, 1 begins now, 0 floats                  */
    int8_t weekday;       /* printed with a date: 0-6, or -1                                     */
    bool year_said, half; /* the year was printed; the length has a half more                    */
    char value[32];       /* TIMEX3                                                              */
} found;

/* Cuts text[span] into atoms; the array lies in `arena`. False: no memory. */
bool dl_times_atoms(atom **out, uint32_t *n, const dl_doc *d, const dl_tsv *words, dl_span span, dl_arena *arena);
/* Copies the tags of a sentence's tokens, where there are any. */
void dl_times_tags(atom *v, uint32_t n, const dl_doc *d, dl_span toks);
bool dl_times_is(const scan *s, uint32_t i, const char *lower);
static inline int atom_cls(const scan *s, uint32_t i) { return i < s->n ? s->a[i].cls : A_OTHER; }
static inline bool atom_mark(const scan *s, uint32_t i, char c) { return i < s->n && s->a[i].cls == A_MARK && s->a[i].val == c; }
static inline bool atom_glued(const scan *s, uint32_t i) { return i < s->n && (s->a[i].flags & AT_GLUED); }

/* Each reads at atom i and returns the atom behind the expression, or 0: nothing there. */
uint32_t dl_times_read(const scan *s, uint32_t i, found *out);
uint32_t dl_times_clock(const scan *s, uint32_t i, found *out);   /* 5 p.m. EST, 11:53          */
uint32_t dl_times_figures(const scan *s, uint32_t i, found *out); /* 2023-02-21, 21/2/2023      */
uint32_t dl_times_feast(const scan *s, uint32_t i, found *out);   /* Christmas Eve              */

/* What stands before the head of an expression. */
typedef struct mods {
    uint32_t end;    /* atom behind                                                       */
    int32_t count;   /* of units; -1: several                                             */
    int32_t ordinal; /* 0: none                                                           */
    int32_t year;    /* "the 1988 period", "last year's": 0: none                         */
    uint8_t det, phase, edge;
    int8_t rel; /* valid where has_rel                                               */
    bool has_rel, has_count, half, fiscal, hyphen, any, figures;
    uint32_t number_beg, number_end; /* atoms of the count                                       */
} mods;
void dl_times_mods(const scan *s, uint32_t i, mods *out);
uint32_t dl_times_number(const scan *s, uint32_t i, int32_t *n, bool *half);
/* Heads: i is the atom of the head, m what was before it. */
uint32_t dl_times_unit(const scan *s, uint32_t i, const mods *m, found *out);
uint32_t dl_times_month(const scan *s, uint32_t i, const mods *m, found *out);
uint32_t dl_times_weekday(const scan *s, uint32_t i, const mods *m, found *out);
uint32_t dl_times_season(const scan *s, uint32_t i, const mods *m, found *out);
uint32_t dl_times_year(const scan *s, uint32_t i, const mods *m, found *out);
uint32_t dl_times_day(const scan *s, uint32_t i, const mods *m, found *out);
uint32_t dl_times_part(const scan *s, uint32_t i, const mods *m, found *out);
/* A part of the day behind a day: "Friday night". */
uint32_t dl_times_part_after(const scan *s, uint32_t i, found *out);
/* ", 1989" and "of last year" behind a month, quarter or season. */
uint32_t dl_times_year_after(const scan *s, uint32_t i, int32_t *year);
bool dl_times_is_year(const scan *s, uint32_t i);

/* The time of the verb that governs atoms [beg, end): -1 past, 1 to come, 0 not seen. */
int dl_times_tense(const scan *s, uint32_t beg, uint32_t end);

#endif
