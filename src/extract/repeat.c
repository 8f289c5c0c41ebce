/* repeat.c: what a page prints twice: captions with and without their credit, headlines, whole
 * posts of a live page. The second printing of a line is marked, and which block it repeats. */
#include "base/hash.h"
#include "extract/page.h"

#define LEAST 4 /* words: shorter lines repeat by chance                                        */

/* `b` is `a` with something in brackets or a credit behind it. */
static bool extends(const dl_xblock *a, const dl_xblock *b)
{
    if (a->words < LEAST || b->text.len <= a->text.len || !dl_str_starts(b->text, a->text)) return false;
    dl_str more = dl_str_trim(dl_str_cut(b->text, a->text.len, b->text.len));
    return more.len > 1 && more.len < 120 && (more.p[0] == '(' || more.p[0] == '[' || b->lex == DL_LEX_CAPTION);
}

static void caption_pairs(dl_xpage *p)
{
    for (uint32_t i = 0; i + 1 < p->n; i++) {
        dl_xblock *a = &p->blk[i], *b = &p->blk[i + 1];
        if (a->role != DL_ROLE_OPEN || b->role != DL_ROLE_OPEN) continue;
        bool ab = extends(a, b), ba = extends(b, a);
        bool twin = a->hash == b->hash && a->words >= LEAST && (a->lex == DL_LEX_CAPTION || b->lex == DL_LEX_CAPTION);
        if (!ab && !ba && !twin) continue;
        dl_xblock *full = ba ? a : b, *shorter = ba ? b : a;
        full->lex = DL_LEX_CAPTION;
        full->role = DL_ROLE_KEEP;
        full->kind = DL_CAPTION;
        dl_extract_out(shorter, "repeat");
        shorter->same_as = (uint32_t)(full - p->blk);
    }
}

void dl_extract_repeats(dl_xpage *p)
{
    caption_pairs(p);
    dl_map seen;
    dl_map_init(&seen, p->a);
    for (uint32_t i = 0; i < p->n; i++) {
        dl_xblock *k = &p->blk[i];
        if (k->role != DL_ROLE_OPEN || k->words < LEAST) continue;
        uint32_t *first = dl_map_put(&seen, k->hash, i);
        if (!first) return;
        if (*first != i && p->blk[*first].words == k->words) k->same_as = *first;
    }
}
