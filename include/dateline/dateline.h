/* dateline.h: the whole of libdateline's stable interface, and its manual.
 *
 * A pile of pages goes in, one sourced account per story comes out. The way of a program:
 *
 *     dl_pile *p;
 *     dl_error err;
 *     dl_pile_open(&p, &(dl_settings){ .threads = 0 }, &err);    // in memory
 *     dl_pile_add(p, "pages/", &err);                             // files, folders, "-"
 *     dl_pile_write(p, &(dl_request){ .what = DL_BRIEF }, dl_to_file, stdout, &err);
 *     dl_pile_close(p);
 *
 * Conventions, true of every function here:
 *   - A fallible function returns dl_status: DL_OK or a negative code. Out-parameters come first
 *     and are written on DL_OK alone. The error comes last, is the caller's, and may be NULL.
 *   - A page that cannot be read is no error of the call: it is counted and told to the `failed`
 *     callback, and the rest goes on.
 *   - Strings are UTF-8. A `dl_str` is a view: pointer and length, not NUL-terminated.
 *   - A handle belongs to one thread at a time. There are no globals: two handles never meet.
 *   - The same pages in the same order give the same bytes, for any number of threads, any locale
 *     and any day. */
#ifndef DATELINE_DATELINE_H
#define DATELINE_DATELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DL_VERSION "0.1.0"

#if defined __GNUC__
#define DL_MUST_USE __attribute__((warn_unused_result))
#define DL_API __attribute__((visibility("default")))
#else
#define DL_MUST_USE
#define DL_API
#endif

/* ---- Errors -------------------------------------------------------------------------------- */

typedef enum dl_status {
    DL_OK = 0,
    DL_ENOMEM = -1,   /* memory was refused                                                     */
    DL_EIO = -2,      /* the system said no: sys_errno says why                                 */
    DL_EINPUT = -3,   /* a page that is not what it says it is: offset names the byte           */
    DL_ELIMIT = -4,   /* a page over a ceiling of base/limits.h: the message names it           */
    DL_EUSAGE = -5,   /* the call or the command line is wrong                                  */
    DL_EMODEL = -6,   /* the model pack is missing, damaged or of another version               */
    DL_ESTORE = -7,   /* the store is damaged, locked, full or of another version               */
    DL_ESTOPPED = -8, /* the `stop` callback asked for an end; nothing is lost                 */
    DL_ENONE = -9     /* nothing was found                                                      */
} dl_status;

typedef struct dl_error {
    dl_status status;
    int sys_errno;     /* errno where the system was the cause, else 0                         */
    uint64_t offset;   /* byte of `where` at which it went wrong; UINT64_MAX: no one byte      */
    char where[256];   /* the page, file or section, NUL-terminated, cut to fit                */
    char message[256]; /* one line for a person, NUL-terminated                                */
} dl_error;

/* ---- The pile ------------------------------------------------------------------------------ */

typedef struct dl_pile dl_pile;

/* Progress of long work, at most ten times a second. `total` is 0 while unknown. */
typedef void dl_progress_fn(void *ctx, const char *what, uint64_t done, uint64_t total, uint64_t bytes);
/* A page that failed or that was read in an unusual way (status DL_OK: a note). */
typedef void dl_failed_fn(void *ctx, const dl_error *err);
/* Asked between pages; true stops the work with DL_ESTOPPED. */
typedef bool dl_stop_fn(void *ctx);

typedef struct dl_settings {
    const char *models;       /* a model pack to map; NULL: the one linked in                  */
    const char *store;        /* path of a store; NULL: a pile in memory                       */
    bool read_only;           /* the store must exist and is not written                       */
    unsigned threads;         /* page workers; 0: one a core                                   */
    bool alone;               /* a page is read by itself: others have no word on its blocks
                                 and its date (which a store's pages settle when asked)           */
    dl_progress_fn *progress; /* may be NULL, as the next two                                  */
    dl_failed_fn *failed;
    dl_stop_fn *stop;
    void *ctx; /* handed to the three callbacks                                                */
} dl_settings;

typedef struct dl_counts {
    uint64_t added, known, failed, notes; /* pages of this handle's dl_pile_add calls          */
    uint64_t pages;                       /* pages in the pile                                 */
    uint64_t bytes;                       /* bytes read                                        */
} dl_counts;

/* Opens a pile. The caller owns *out and ends it with dl_pile_close.
 * Fails DL_ENOMEM, DL_EMODEL, DL_ESTORE, DL_EIO. */
DL_API DL_MUST_USE dl_status dl_pile_open(dl_pile **out, const dl_settings *set, dl_error *err);
DL_API void dl_pile_close(dl_pile *p);

/* Adds a PATH: a file, a folder (recursively, in byte order of names) or "-" (standard input), of
 * any kind that FORMATS names; the kind is sniffed. In memory the pages are read when something
 * is written; with a store they are read, analysed and kept at once, a transaction per batch, and
 * a page whose bytes are known already is counted as such. Fails DL_EIO, DL_ENOMEM, DL_ESTORE,
 * DL_ESTOPPED. */
DL_API DL_MUST_USE dl_status dl_pile_add(dl_pile *p, const char *path, dl_error *err);
DL_API dl_counts dl_pile_counts(const dl_pile *p);

/* ---- What can be asked --------------------------------------------------------------------- */

typedef enum dl_what {
    DL_EXTRACT,
    DL_PARSE,
    DL_WHEN,
    DL_QUOTES,
    DL_ACTORS,
    DL_EVENTS,
    DL_COPIES,
    DL_STORIES,
    DL_CLAIMS,
    DL_DISAGREEMENTS,
    DL_TIMELINE,
    DL_BRIEF,
    DL_PAGE,
    DL_SEARCH,
    DL_EXPORT,
    DL_ADDED,
    DL_DOCTOR,
    DL_OVERRULE,
    DL_WHATS
} dl_what;

typedef enum dl_format {
    DL_TEXT, /* for people: wrapped to `width`, coloured if `colour`                         */
    DL_JSONL,
    DL_JSON,
    DL_CONLLU,
    DL_MARKDOWN,
    DL_HTML,
    DL_CSV,
    DL_TSV,
    DL_NINJS,
    DL_PLOVER,
    DL_SQLITE,
    DL_SVG,
    DL_FORMATS
} dl_format;

/* Which page of each family a corpus keeps. */
typedef enum dl_keep { DL_KEEP_ALL, DL_KEEP_FIRST, DL_KEEP_LONGEST, DL_KEEP_ORIGIN } dl_keep;

/* What is to be written, and how. Zero is the default of every field. */
typedef struct dl_request {
    dl_what what;
    dl_format format;
    uint32_t story;            /* 1, 2, ...: that story alone; 0: all, the largest first             */
    unsigned width;            /* columns of DL_TEXT; 0: 80                                          */
    bool colour;               /* ANSI colour in DL_TEXT                                             */
    bool families;             /* copies: families, not pairs                                        */
    bool assign;               /* stories: one line a page                                           */
    bool log;                  /* stories: what happened to pages and stories, a line each            */
    bool pairs;                /* events: records with marked source and target                      */
    bool also_changes;         /* disagreements: what changed over time, too                         */
    bool no_tree;              /* parse: sentences, tags and names only                              */
    bool given;                /* parse: the input is CoNLL-U, its tokens and sentence ends are kept */
    bool plain;                /* parse: the input is clean text, all of it, a paragraph a line      */
    bool damage;               /* page: the damaged passages only                                    */
    bool by_speaker;           /* quotes: grouped by who speaks                                      */
    bool explain;              /* page, extract: every block, its role and why; copies: `diff` explained; stories: `page` */
    int lean;                  /* pages given by path: -1 keeps what is sure, +1 loses nothing       */
    unsigned length;           /* brief: at most so many words; 0: as many as it takes               */
    unsigned lines_min;        /* claims, brief: those with so many independent lines                */
    unsigned limit;            /* search: at most so many hits; 0: 100                               */
    const char *page;          /* page, stories with `explain`: its id, or an unambiguous end of it   */
    const char *diff[2];       /* copies: two page ids, side by side                                 */
    dl_keep keep;              /* copies: the corpus without its copies, records as they came in     */
    const char *index;         /* copies, stories: a folder with pages of earlier runs; those given are added */
    unsigned expire;           /* pages that many days older than the latest go, of copies with `index`; 0: none of
                                  copies, after 90 days of stories                                    */
    const char *query;         /* search: words, "phrases", AND OR NOT                               */
    const char *since, *until; /* days, YYYY-MM-DD; NULL: open                                 */
    const char *to;            /* export: the file                                                   */
    const char *counts;        /* overrule: `page` counts as "independent" or "copy"; NULL: the decisions so far */
    const char *copy_of;       /* overrule, with "copy": the page whose text it counts as              */
    const char *who, *note;    /* overrule: who decides, and why                                     */
    bool undo;                 /* overrule: the decision on `page` that holds is undone               */
    int64_t now;               /* overrule: when, seconds UTC; the library asks no clock              */
} dl_request;

/* Takes n bytes; false stops the writing with DL_EIO (errno is kept). n 0: what was taken so far is to be handed on now, since
 * something will be kept that says it was. */
typedef bool dl_write_fn(void *ctx, const void *bytes, size_t n);
/* A dl_write_fn for a FILE *. */
DL_API bool dl_to_file(void *file, const void *bytes, size_t n);

/* Writes the answer. `out_found` (may be NULL) is the number of rows written.
 * Fails DL_EUSAGE (no such story or page, or a format that the question does not have), DL_ENOMEM,
 * DL_EIO, DL_ESTORE, DL_ESTOPPED. */
DL_API DL_MUST_USE dl_status dl_pile_write(dl_pile *p, const dl_request *r, dl_write_fn *write, void *ctx, uint64_t *out_found,
                                           dl_error *err);

/* "0.1.0 pack 1a2b3c4d": the program and the checksum of its models, NUL-terminated. */
DL_API const char *dl_pile_build(const dl_pile *p);

#ifdef __cplusplus
}
#endif
#endif
