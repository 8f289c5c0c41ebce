/* train_background.c: document frequencies of words.
 *
 *     zstd -dc stream.jsonl.zst | train_background OUT.dlm
 *
 * Reads JSONL records with "title" and "text" from standard input; writes section "background"
 * (card/background.h). Nothing is drawn at random: the same input gives the same bytes. */
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/pack_format.h"
#include "base/sort.h"
#include "card/background.h"
#include "card/words.h"

enum { LEAST = 3 }; /* documents of a word that is kept */

typedef struct word {
    uint32_t hash, df;
} word;

static int by_hash(const void *x, const void *y, const void *ctx)
{
    const word *a = x, *b = y;
    (void)ctx;
    return a->hash < b->hash ? -1 : a->hash > b->hash;
}

/* Counts each word of the text once; `last` holds the document a word was last seen in. */
static bool count(dl_map *df, dl_map *last, dl_str text, uint32_t doc, dl_arena *scratch)
{
    dl_words w;
    dl_words_of(&w, text, scratch);
    for (uint32_t i = 0; i < w.n; i++) {
        uint32_t *seen = dl_map_put(last, w.hash[i], 0);
        if (!seen) return false;
        if (*seen == doc) continue;
        *seen = doc;
        uint32_t *n = dl_map_put(df, w.hash[i], 0);
        if (!n) return false;
        ++*n;
    }
    return !dl_arena_failed(scratch);
}

static int save(const char *path, const dl_map *df, uint32_t docs, dl_arena *a)
{
    word *v = DL_NEW(a, df->n + 1, word);
    uint32_t n = 0;
    dl_error err;
    if (!v) return 1;
    for (size_t i = 0; i < df->cap; i++) {
        if (df->val[i] != DL_NONE && df->val[i] >= LEAST) v[n++] = (word){ (uint32_t)df->key[i], df->val[i] };
    }
    if (!dl_sort(v, n, sizeof *v, by_hash, NULL, a)) return 1;
    size_t len = 8 + (size_t)n * 5;
    uint32_t *out = dl_arena_get(a, len, 1);
    if (!out) return 1;
    out[0] = n;
    out[1] = docs;
    uint8_t *level = (uint8_t *)(out + 2 + n);
    for (uint32_t i = 0; i < n; i++) {
        out[2 + i] = v[i].hash;
        level[i] = (uint8_t)lrint(DL_BACKGROUND_STEPS * log2(v[i].df));
    }
    dl_pack_part part = { .name = "background", .p = out, .len = len };
    if (dl_pack_write(path, &part, 1, &err)) {
        fprintf(stderr, "%s: %s\n", err.where, err.message);
        return 1;
    }
    fprintf(stderr, "%u documents, %u words, %zu bytes\n", docs, n, len);
    return 0;
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t len;
    uint32_t docs = 0;
    dl_arena keep, scratch;
    dl_map df, last;
    if (argc != 2) {
        fprintf(stderr, "usage: train_background OUT.dlm < RECORDS.jsonl\n");
        return 2;
    }
    dl_arena_init(&keep, (size_t)2 << 30);
    dl_arena_init(&scratch, (size_t)1 << 30);
    dl_map_init(&df, &keep);
    dl_map_init(&last, &keep);
    while ((len = getline(&line, &cap, stdin)) > 0) {
        json_object *o = json_tokener_parse(line), *text, *title;
        if (!o) continue;
        docs++;
        bool ok = true;
        if (json_object_object_get_ex(o, "text", &text))
            ok = count(&df, &last, dl_str_of(json_object_get_string(text)), docs, &scratch);
        if (ok && json_object_object_get_ex(o, "title", &title))
            ok = count(&df, &last, dl_str_of(json_object_get_string(title)), docs, &scratch);
        json_object_put(o);
        dl_arena_reset(&scratch);
        if (!ok) return 1;
    }
    int rc = save(argv[1], &df, docs, &scratch);
    free(line);
    dl_arena_free(&keep);
    dl_arena_free(&scratch);
    return rc;
}
