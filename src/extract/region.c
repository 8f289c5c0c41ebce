/* region.c: from which line to which a plain text is the article. Sections of links begin with a line
 * that is known for it ("Most read"); between two such lines the run of lines with the largest sum is
 * looked for, where paragraphs count for and scraps against (maximal subarray); the best run of all
 * is the core, and goes on behind a section of links where paragraphs of the same matter follow. */
#include "base/hash.h"
#include "extract/page.h"

#define RESUME_RUN 3    /* paragraphs in a row that show that the article goes on                  */
#define RESUME_TRIES 16 /* sections of links that are looked behind                              */

static bool plain(const dl_xblock *k) { return k->lex == DL_LEX_NONE || k->lex == DL_LEX_JOB; }

bool dl_extract_prose(const dl_xblock *k)
{
    if (k->role != DL_ROLE_OPEN || !plain(k)) return false;
    bool colon = k->text.len && k->text.p[k->text.len - 1] == ':';
    if (k->words >= 8 && (k->closed || colon)) return true;
    if (k->quoted && k->closed && k->words >= 4) return true;
    return k->words >= 30 || (k->chars >= 60 && k->words <= 4 && k->closed); /* the last: scripts without blanks */
}

void dl_extract_learn(const dl_xpage *p, dl_map *m, const dl_xblock *k)
{
    dl_str rest = k->norm, w;
    while (dl_str_next(&rest, ' ', &w))
        if (w.len >= 4 && !dl_extract_stop(p, w)) (void)dl_map_put(m, dl_hash_str(w), 1);
}

void dl_extract_known(const dl_xpage *p, const dl_map *m, const dl_xblock *k, uint32_t *known, uint32_t *all)
{
    dl_str rest = k->norm, w;
    while (dl_str_next(&rest, ' ', &w)) {
        if (w.len < 4 || dl_extract_stop(p, w)) continue;
        ++*all;
        *known += dl_map_get(m, dl_hash_str(w)) != DL_NONE;
    }
}

static bool section(const dl_xblock *k) { return k->role == DL_ROLE_OPEN && k->lex == DL_LEX_TAIL; }

/* A box of links in the flow of the article: a few lines, then paragraphs again. */
static bool soft(const dl_xpage *p, uint32_t i)
{
    uint32_t before = 0, j = i + 1;
    for (uint32_t b = i; b > 0 && i - b < 4; b--) before += dl_extract_prose(&p->blk[b - 1]);
    while (j < p->n && j <= i + 3 && !dl_extract_prose(&p->blk[j]) && !section(&p->blk[j])) j++;
    if (before < 2 || j >= p->n || !dl_extract_prose(&p->blk[j])) return false;
    for (j++; j < p->n && (p->blk[j].lex == DL_LEX_TEASE || p->blk[j].lex == DL_LEX_AD || p->blk[j].lex == DL_LEX_CAPTION);) j++;
    return j < p->n && dl_extract_prose(&p->blk[j]);
}

/* What a line is worth: words of a paragraph, less than nothing otherwise. */
static int32_t value(const dl_xblock *k)
{
    if (k->role != DL_ROLE_OPEN) return 0;
    if (k->lex == DL_LEX_TAIL) return -20;
    if (dl_extract_prose(k))
        return k->same_as != DL_NONE      ? -5
               : k->chars > 14 * k->words ? (int32_t)(k->chars / 3)
               : k->words < 80            ? (int32_t)k->words
                                          : 80;
    switch (k->lex) {
    case DL_LEX_NONE: return k->item ? 0 : k->closed && k->words >= 3 ? 1 : k->words >= 15 ? -1 : -3;
    case DL_LEX_CAPTION:
    case DL_LEX_CREDIT:
    case DL_LEX_JOB:
    case DL_LEX_AD:
    case DL_LEX_BULLET: return -1;
    case DL_LEX_TEASE:
    case DL_LEX_SHARE: return -2;
    default: return -5;
    }
}

typedef struct run {
    uint32_t beg, end; /* blocks                                                                */
    int32_t sum;
} run;

/* The best run of lines within [beg, end). */
static run best_in(const dl_xpage *p, uint32_t beg, uint32_t end)
{
    run best = { beg, beg, 0 };
    int32_t sum = 0;
    uint32_t from = beg;
    for (uint32_t i = beg; i < end; i++) {
        if (sum <= 0) {
            sum = 0;
            from = i;
        }
        sum += value(&p->blk[i]);
        if (sum > best.sum) best = (run){ from, i + 1, sum };
    }
    return best;
}

/* After the head of a section of links at `at`: where the article goes on; p->n: nowhere. */
static uint32_t resumes(const dl_xpage *p, const dl_map *body, uint32_t at, uint32_t words_before)
{
    uint32_t n = 0, words = 0, known = 0, all = 0, beg = p->n;
    for (uint32_t i = at + 1; i < p->n; i++) {
        const dl_xblock *k = &p->blk[i];
        if (k->same_as != DL_NONE || k->lex == DL_LEX_TAIL || k->lex == DL_LEX_NUMBER || k->lex == DL_LEX_DATE) {
            n = words = known = all = 0;
            continue;
        }
        if (dl_extract_prose(k)) {
            if (!n) beg = i;
            n++;
            words += k->words;
            dl_extract_known(p, body, k, &known, &all);
        } else if (plain(k) && k->role == DL_ROLE_OPEN) { /* a headline: one may be a subheading */
            if (i + 1 < p->n && dl_extract_prose(&p->blk[i + 1]) && i > 0 && dl_extract_prose(&p->blk[i - 1])) continue;
            n = words = known = all = 0;
        }
        if (n >= RESUME_RUN && known * 4 >= all && words * 6 >= words_before) return beg;
    }
    return p->n;
}

/* The first section of links behind `beg` that nothing resumes; those before are taken out. */
static uint32_t end_from(dl_xpage *p, uint32_t beg)
{
    dl_map body;
    dl_map_init(&body, p->a);
    uint32_t words = 0, heads = 0;
    for (uint32_t i = beg; i < p->n; i++) {
        const dl_xblock *k = &p->blk[i];
        if (dl_extract_prose(k)) {
            dl_extract_learn(p, &body, k);
            words += k->words;
        }
        if (!section(k)) continue;
        uint32_t on = i + 1;
        if (soft(p, i))
            while (!dl_extract_prose(&p->blk[on])) on++;
        else
            on = ++heads <= RESUME_TRIES ? resumes(p, &body, i, words) : p->n;
        if (on == p->n) return i;
        for (uint32_t j = i; j < on; j++)
            if (p->blk[j].role == DL_ROLE_OPEN) {
                dl_extract_outlet(p, &p->blk[j]);
                dl_extract_out(&p->blk[j], "teaser");
            }
        i = on - 1;
    }
    return p->n;
}

/* A section of links may stand in the middle: paragraphs of the same matter right before it belong. */
static uint32_t begin_before(dl_xpage *p, run core)
{
    dl_map body;
    dl_map_init(&body, p->a);
    for (uint32_t i = core.beg; i < core.end; i++)
        if (dl_extract_prose(&p->blk[i])) dl_extract_learn(p, &body, &p->blk[i]);
    uint32_t head = core.beg;
    while (head > 0 && core.beg - head < 14 && !section(&p->blk[head - 1])) head--;
    if (head == 0 || !section(&p->blk[head - 1])) return core.beg;
    uint32_t i = head - 1, from = core.beg, known = 0, all = 0, n = 0;
    for (uint32_t gap = 0; i > 0 && gap < 6; i--) {
        const dl_xblock *k = &p->blk[i - 1];
        if (section(k)) break;
        gap = dl_extract_prose(k) ? 0 : gap + 1;
        if (gap) continue;
        dl_extract_known(p, &body, k, &known, &all);
        if (n >= 2 && known * 5 < all) break;
        n++;
        from = i - 1;
    }
    if (n < 2 || known * 5 < all) return core.beg;
    for (uint32_t j = head - 1; j < core.beg; j++)
        if (p->blk[j].role == DL_ROLE_OPEN) dl_extract_out(&p->blk[j], "teaser");
    return from;
}

void dl_extract_region(dl_xpage *p, uint32_t *first, uint32_t *end)
{
    run best = { p->n, p->n, 0 };
    for (uint32_t i = 0; i < p->n;) {
        uint32_t to = i;
        while (to < p->n && !(section(&p->blk[to]) && !soft(p, to))) to++;
        run r = best_in(p, i, to);
        if (r.sum > best.sum) best = r;
        i = to + 1;
    }
    *first = *end = p->n;
    if (!best.sum) return;
    *first = begin_before(p, best);
    *end = end_from(p, *first);
}
