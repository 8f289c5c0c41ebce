/* source.h: where pages come from: one after the other, whatever they lie in.
 *
 * A source is a door: a struct of functions. dl_source_paths() is the one the program uses: files,
 * folders and standard input of every kind that FORMATS names, told apart by content. */
#ifndef DL_INPUT_SOURCE_H
#define DL_INPUT_SOURCE_H

#include "input/raw.h"

typedef struct dl_source {
    /* The next page. Its strings lie in `a` or in the source, and hold as long as both do and until
     * the second next call. DL_OK; DL_ENONE at the end; DL_EINPUT, DL_ELIMIT or DL_EIO: one page
     * failed, *err names it and the byte, and the source goes on with the next call; DL_ENOMEM. */
    dl_status (*next)(void *self, dl_raw *out, dl_arena *a, dl_error *err);
    void (*close)(void *self);
    uint64_t (*bytes)(void *self); /* read so far, for progress                                 */
    void *self;
} dl_source;

/* Files, folders (recursively, in byte order of names) and "-", in the order given.
 * The caller ends it with out->close(out->self). The paths are copied. Fails DL_ENOMEM. */
DL_MUST_USE dl_status dl_source_paths(dl_source *out, const char *const *paths, size_t n, dl_error *err);

/* What files are taken for, whatever they look like, from the next one on. */
typedef enum dl_take {
    DL_TAKE_SEEN,   /* told by content                                                          */
    DL_TAKE_CONLLU, /* CoNLL-U                                                                  */
    DL_TAKE_TEXT    /* plain text that is clean already: each line a paragraph; long ones come in
                     * parts of DL_PART_MAX bytes at most, cut at a line's end, all with one id   */
} dl_take;
/* `s` is of dl_source_paths(). */
void dl_source_take(dl_source *s, dl_take how);

/* Reads a page once more from its path. DL_ENONE: it has none, or what is there is another page now. Fails DL_EIO, DL_ENOMEM. */
DL_MUST_USE dl_status dl_source_again(dl_raw *out, const dl_raw *page, dl_arena *a, dl_error *err);

#endif
