/* bench_html.c: the HTML parser alone over a folder of pages (.html, .html.gz) held in memory:
 *   bench_html FOLDER [ROUNDS]
 * Best of all rounds, in 10^6 bytes a second of this thread's own time; the ways take turns, so that
 * what else the machine does falls on all of them. bench/html builds it with other parsers in it
 * (DL_PEER_MYHTML, DL_PEER_LEXBOR): only ratios within one run mean something elsewhere. */
#include "pages.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "html/dom.h"

#ifdef DL_PEER_MYHTML
#include <myhtml/api.h>
#endif
#ifdef DL_PEER_LEXBOR
#include <lexbor/html/html.h>
#endif

typedef struct bench {
    pages *p;
    dl_str *packed; /* [p->n] the pages by zlib, level 6                                        */
    char *room;     /* as large as the largest page                                             */
    dl_arena keep, scratch;
    size_t nodes; /* of the last round                                                          */
    bool failed;
} bench;

static size_t count_lt(dl_str s)
{
    size_t n = 0;
    for (const char *at = s.p, *end = s.p + s.len; (at = memchr(at, '<', (size_t)(end - at))); at++) n++;
    return n;
}

static void dateline(bench *b, size_t i)
{
    dl_dom d;
    dl_arena_reset(&b->keep);
    dl_arena_reset(&b->scratch);
    if (dl_html_parse(&d, b->p->page[i], &b->keep, &b->scratch, NULL) != DL_OK) b->failed = true;
    b->nodes += d.n;
}

static void valid(bench *b, size_t i) { b->nodes += dl_utf8_bad(b->p->page[i]); }

static void scan(bench *b, size_t i) { b->nodes += count_lt(b->p->page[i]); }

static void unpack(bench *b, size_t i)
{
    uLongf n = b->p->page[i].len;
    if (uncompress((Bytef *)b->room, &n, (const Bytef *)b->packed[i].p, b->packed[i].len) != Z_OK) b->failed = true;
    b->nodes += count_lt((dl_str){ b->room, n });
}

#ifdef DL_PEER_MYHTML
static void myhtml(bench *b, size_t i)
{
    static myhtml_t *parser;
    static myhtml_tree_t *tree;
    if (!parser) {
        parser = myhtml_create();
        myhtml_init(parser, MyHTML_OPTIONS_PARSE_MODE_SINGLE, 1, 0);
        tree = myhtml_tree_create();
        myhtml_tree_init(tree, parser);
    }
    if (myhtml_parse(tree, MyENCODING_UTF_8, b->p->page[i].p, b->p->page[i].len)) b->failed = true;
    myhtml_tree_clean(tree);
}
#endif

#ifdef DL_PEER_LEXBOR
static void lexbor(bench *b, size_t i)
{
    static lxb_html_document_t *document;
    if (!document) document = lxb_html_document_create();
    lxb_html_document_clean(document);
    if (lxb_html_document_parse(document, (const lxb_char_t *)b->p->page[i].p, b->p->page[i].len) != LXB_STATUS_OK)
        b->failed = true;
}
#endif

static const struct {
    const char *name;
    void (*page)(bench *b, size_t i);
} ways[] = {
    { "dateline", dateline },
    { "valid UTF-8 (dateline)", valid },
    { "memchr('<')", scan },
    { "inflate + memchr('<')", unpack },
#ifdef DL_PEER_MYHTML
    { "MyHTML", myhtml },
#endif
#ifdef DL_PEER_LEXBOR
    { "lexbor " LEXBOR_VERSION_STRING, lexbor },
#endif
};

static bool pack(bench *b)
{
    size_t room = 0;
    b->packed = calloc(b->p->n, sizeof *b->packed);
    for (size_t i = 0; b->packed && i < b->p->n; i++) {
        const dl_str page = b->p->page[i];
        uLongf n = compressBound(page.len);
        char *made = malloc(n);
        if (!made || compress2((Bytef *)made, &n, (const Bytef *)page.p, page.len, 6) != Z_OK) return false;
        b->packed[i] = (dl_str){ made, n };
        if (page.len > room) room = page.len;
    }
    b->room = malloc(room ? room : 1);
    return b->packed && b->room;
}

int main(int argc, char **argv)
{
    static pages p;
    double best[DL_COUNT(ways)];
    bench b = { .p = &p };
    size_t nodes = 0;
    const unsigned rounds = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 7;
    if (argc < 2 || !rounds || !load_folder(&p, argv[1]) || !pack(&b)) {
        fprintf(stderr, "usage: bench_html FOLDER [ROUNDS]\n");
        return 2;
    }
    dl_arena_init(&b.keep, DL_ARENA_MAX);
    dl_arena_init(&b.scratch, DL_ARENA_MAX);
    for (unsigned round = 0; round < rounds; round++)
        for (size_t w = 0; w < DL_COUNT(ways); w++) {
            const double begun = now(CLOCK_THREAD_CPUTIME_ID);
            b.nodes = 0;
            for (size_t i = 0; i < p.n; i++) ways[w].page(&b, i);
            const double took = now(CLOCK_THREAD_CPUTIME_ID) - begun;
            if (!round || took < best[w]) best[w] = took;
            if (!w) nodes = b.nodes;
        }
    printf("%.0f MB/s over %zu pages, %.1f MB, %zu nodes\n", (double)p.bytes / best[0] / 1e6, p.n, (double)p.bytes / 1e6, nodes);
    for (size_t w = 1; w < DL_COUNT(ways); w++)
        printf("  %-24s %7.0f MB/s; dateline is %.2f x that\n", ways[w].name, (double)p.bytes / best[w] / 1e6, best[w] / best[0]);
    return b.failed;
}
