/* limits.h: every ceiling, with its unit and what happens above it. Each has a test. */
#ifndef DL_BASE_LIMITS_H
#define DL_BASE_LIMITS_H

/* A page, as fetched and decompressed. Above: the page fails, `limit: page`. */
#define DL_PAGE_MAX ((size_t)256 << 20) /* bytes */
/* A page's text, body and asides together. Above: the page fails, `limit: text`. */
#define DL_TEXT_MAX ((size_t)64 << 20) /* bytes */
/* Decompressed bytes per compressed byte, above 16 MiB of output: a bomb. */
#define DL_INFLATE_RATIO 1100
/* A plain text that is read as it stands. Above: it comes in parts. */
#define DL_PART_MAX ((size_t)64 << 10) /* bytes */
/* Clean text that is held with its words before anything of it is written, `parse` alone. */
#define DL_HELD_MAX ((size_t)512 << 10) /* bytes */
/* One page's arena. Above: DL_ENOMEM for that page alone. */
#define DL_ARENA_MAX ((size_t)4 << 30) /* bytes */
/* Open HTML elements; deeper ones are closed into their parent, as browsers do. */
#define DL_DEPTH_MAX 512
/* Attributes of one element; later ones are dropped. */
#define DL_ATTR_MAX 65535
/* Entries of the HTML parser's list of active formatting elements; the oldest are forgotten. */
#define DL_FORMAT_MAX 256
/* Tokens of one sentence; longer ones are cut there. */
#define DL_SENT_MAX 400
/* Words of one query. */
#define DL_QUERY_MAX 256
/* One JSON line of input. */
#define DL_LINE_MAX ((size_t)512 << 20) /* bytes */
/* Pages, and bytes of pages, that are held while they have a word on each other's blocks. The pile is read in such
 * windows, one after the other. */
#define DL_WINDOW_PAGES 1024
#define DL_WINDOW_BYTES ((size_t)256 << 20)
/* Blocks of a page that are held against those of others; later ones have no part in it. */
#define DL_PRINTS_MAX 4096
/* Passes of entity unescaping over a page. */
#define DL_UNESCAPE_MAX 3
/* Folders in folders. */
#define DL_FOLDER_DEPTH 64

#endif
