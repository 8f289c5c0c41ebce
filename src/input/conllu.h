/* conllu.h: CoNLL-U as input: words and sentence ends are given, the other columns are ours to fill.
 *
 * A record (DL_RAW_SENTENCES) a `# newdoc`; a file without one is one record. The text is made of the
 * words, with the blanks that SpaceAfter=No leaves, each sentence ended by a newline; the words of a
 * multiword token are its parts, whose spans follow one another. Empty nodes (8.1) are passed over. */
#ifndef DL_INPUT_CONLLU_H
#define DL_INPUT_CONLLU_H

#include "base/arena.h"
#include "input/raw.h"

typedef struct dl_conllu {
    dl_str rest;      /* what is still to be read                                                   */
    const char *name; /* of the file, for messages                                              */
    uint64_t n, line; /* records made, lines read so far                                            */
    size_t total;     /* bytes of the file                                                          */
} dl_conllu;

/* `file` is borrowed and must be UTF-8 (dl_utf8_clean). */
void dl_conllu_init(dl_conllu *c, dl_str file, const char *name);
/* The next record, in memory of the arena. Fails DL_ENONE (no more), DL_ENOMEM, DL_EINPUT (a line
 * that is none: offset names its first byte, the message its number; the reader stands behind that record). */
DL_MUST_USE dl_status dl_conllu_next(dl_conllu *c, dl_arena *a, dl_raw *out, dl_error *err);
/* Whether the first bytes of a file look like CoNLL-U: they begin with `# newdoc`, or the first line that
 * is no comment has ten columns and begins with a number. */
bool dl_conllu_sniff(dl_str head);

#endif
