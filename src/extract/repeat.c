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

/* The line right above a picture's credit, with no empty line between, is its caption. */
static void captions_above_credits(dl_xpage *p)
{
    for (uint32_t i = 1; i < p->n; i++) {
        dl_xblock *k = &p->blk[i], *above = &p->blk[i - 1];
        bool credit = k->role == DL_ROLE_OPEN && k->lex == DL_LEX_CREDIT && k->gap == 0 &&
                      !dl_str_starts(k->norm, DL_STR("source")) && k->words <= 10;
        if (!credit || above->role != DL_ROLE_OPEN || above->lex != DL_LEX_NONE || above->words < 4 || above->words > 45 ||
            above->item)
            continue;
        bool alone = above->gap > 0 && (i + 1 >= p->n || p->blk[i + 1].gap > 0);
        if (alone) above->lex = DL_LEX_CAPTION;
    }
}

void dl_extract_repeats(dl_xpage *p)
{
    caption_pairs(p);
    captions_above_credits(p);
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
