/* raw.h: one page as it was fetched or given, before anything is known of it. */
#ifndef DL_INPUT_RAW_H
#define DL_INPUT_RAW_H

#include "base/offsets.h"

typedef enum dl_raw_kind {
    DL_RAW_HTML,      /* bytes are HTML                                                         */
    DL_RAW_TEXT,      /* plain or half-cleaned text, site furniture and all                     */
    DL_RAW_CLEAN,     /* an article that is already clean: paragraphs end in a newline          */
    DL_RAW_SENTENCES, /* tokens and sentence ends are given: see `words`                        */
    DL_RAW_KINDS
} dl_raw_kind;

/* Everything is borrowed from the source that made it and holds until its next call. */
typedef struct dl_raw {
    dl_raw_kind kind;
    dl_str id;           /* kept from the record; else PATH, or PATH#n for the n-th of several  */
    dl_str url;          /* as given; empty: unknown                                            */
    dl_str content_type; /* as declared by a transport header, with its charset                 */
    dl_str title;        /* given with the record                                               */
    dl_str bytes;        /* [<= DL_PAGE_MAX] the page, UTF-8 (decoded by input, bad bytes U+FFFD)   */
    dl_str original;     /* the page as it was read; p NULL: the same bytes as `bytes`             */
    dl_str encoding;     /* label it was decoded from: "utf-8", "windows-1251" ...              */
    dl_offsets offsets;  /* from `bytes` to the page as it was read; empty: the same            */
    uint64_t raw_len;    /* bytes of the page as it was read                                    */
    uint64_t raw_hash;   /* XXH3 of them                                                        */
    int64_t fetched;     /* seconds UTC, DL_NEVER                                               */
    int64_t given;       /* publication date to be believed, seconds UTC, DL_NEVER              */
    bool given_time;     /* `given` holds a clock time                                          */
    int lean;            /* how the page is to be read: -1 with less doubt, +1 with less loss, 0 neither */
    dl_str line;         /* of JSONL: the record as it came in; until the next call                 */
    bool body_only;      /* the body is wanted and what the page says of itself, not its language nor its words */
    const char *path;    /* file in which it can be found again at `at`; NULL: it can not. The source's   */
    uint8_t found_as;    /* dl_sniffed: what that file is                                        */
    bool cut;            /* the recording says or shows that it ends early                       */
    uint64_t at;         /* byte of the file where its record begins; of a packed one, its member */
    uint32_t base;       /* of a long text that comes in parts: where in it the part begins     */
    bool feed;           /* an entry of a feed: `bytes` is its content                          */
    dl_str feed_source;  /* its <source>: where the feed has it from                            */
    dl_str author;       /* who a feed says wrote it; several joined by ", "                    */
    /* DL_RAW_SENTENCES: word[i] are byte spans of `bytes`, which is the given text or the words
     * joined by one blank, each sentence ended by a newline.                                   */
    size_t n_words, n_sents;
    dl_span *word;      /* [n_words]                                                           */
    uint32_t *sent_end; /* [n_sents] number of the word behind the sentence's last             */
    /* `events --pairs`: marked source and target, bytes of `bytes`; empty: none                */
    dl_span source, target;
    bool has_source, has_target;
} dl_raw;

#endif
