/* gold.c: reading treebanks. */
#include "learn/gold.h"

#include <zlib.h>

#include "base/error.h"

static dl_status read_all(dl_arena *a, const char *path, dl_str *out, dl_error *err)
{
    gzFile f = gzopen(path, "rb");
    if (!f) return dl_fail_sys(err, path, "open");
    size_t len = 0, cap = (size_t)1 << 20;
    char *p = dl_arena_raw(a, cap, 1);
    int got = 0;
    while (p && (got = gzread(f, p + len, (unsigned)(cap - len))) > 0) {
        len += (size_t)got;
        if (len == cap) {
            p = dl_arena_grow(a, p, len, cap * 2, 1);
            cap *= 2;
        }
    }
    gzclose(f);
    *out = (dl_str){ p, len };
    return !p ? dl_fail_mem(err, path) : got < 0 ? dl_fail(err, DL_EIO, path, len, "damaged gzip") : DL_OK;
}

static uint32_t number(dl_str s)
{
    uint64_t v = 0;
    return dl_str_number(s, 1000000, &v) ? (uint32_t)v : 0;
}

typedef struct part {
    uint32_t end; /* last word of the multiword token at hand                                    */
    bool space;
} part;

static bool add_line(dl_gold *g, dl_arena *a, dl_str line, part *mwt)
{
    dl_str col[10], rest = line;
    size_t n = 0;
    while (n < 10) {
        size_t tab = dl_str_find(rest, DL_STR("\t"), 0);
        col[n++] = dl_str_cut(rest, 0, tab == SIZE_MAX ? rest.len : tab);
        if (tab == SIZE_MAX) break;
        rest = dl_str_cut(rest, tab + 1, rest.len);
    }
    if (n < 10) return false;
    bool space = dl_str_find(col[9], DL_STR("SpaceAfter=No"), 0) == SIZE_MAX;
    size_t dash = dl_str_find(col[0], DL_STR("-"), 0);
    if (dash != SIZE_MAX) {
        *mwt = (part){ number(dl_str_cut(col[0], dash + 1, col[0].len)), space };
        return true;
    }
    if (dl_str_find(col[0], DL_STR("."), 0) != SIZE_MAX) return true;
    uint32_t id = number(col[0]);
    space = id < mwt->end ? false : id == mwt->end ? mwt->space : space;
    if (!DL_ROOM(a, g->word, g->n_words, g->words_cap)) return false;
    g->word[g->n_words++] = (dl_gold_word){ col[1], col[2], col[3], col[4], col[7], number(col[6]), space };
    return true;
}

dl_status dl_gold_read(dl_gold *g, dl_arena *a, const char *path, dl_error *err)
{
    dl_str file, line;
    dl_status st = read_all(a, path, &file, err);
    if (st != DL_OK) return st;
    bool par = true, doc = true;
    part mwt = { 0, false };
    size_t first = g->n_words;
    while (dl_str_next(&file, '\n', &line)) {
        par |= dl_str_starts(line, DL_STR("# newpar")) || dl_str_starts(line, DL_STR("# newdoc"));
        doc |= dl_str_starts(line, DL_STR("# newdoc"));
        if (line.len && line.p[0] != '#') {
            if (!add_line(g, a, line, &mwt)) return dl_fail(err, DL_EINPUT, path, DL_NO_OFFSET, "a line without ten columns");
        } else if (!line.len && g->n_words > first) {
            if (!DL_ROOM(a, g->sent, g->n_sents, g->sents_cap)) return dl_fail_mem(err, path);
            g->sent[g->n_sents++] = (dl_gold_sent){ { (uint32_t)first, (uint32_t)g->n_words }, par, doc };
            first = g->n_words;
            par = doc = false;
            mwt.end = 0;
        }
    }
    return DL_OK;
}
