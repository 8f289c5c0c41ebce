/* profile.c: making and comparing the sketches of profile.h. */
#include "dates/profile.h"

#include "base/hash.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "model/table.h"

#define RUN 5u       /* words of a run                                                          */
#define SAMPLE 4u    /* one run in so many is kept                                              */
#define WORD_MAX 64u /* bytes of a folded word; longer ones are cut                             */

/* Sorts, drops repeats, cuts to the smallest `max` and copies to `keep`. */
static bool sketch(uint32_t **out, uint32_t *out_n, uint32_t *v, size_t n, size_t max, dl_arena *keep, dl_arena *scratch)
{
    if (n && !dl_sort(v, n, sizeof *v, dl_by_u32, NULL, scratch)) return false;
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (!k || v[i] != v[k - 1]) v[k++] = v[i];
    k = k < max ? k : max;
    *out = DL_NEW(keep, k ? k : 1, uint32_t);
    *out_n = (uint32_t)k;
    if (!*out) return false;
    if (k) memcpy(*out, v, k * sizeof *v);
    return true;
}

/* Words that name times say nothing of the matter; years neither. */
static bool is_name(dl_str w, bool opens, const dl_tsv *times)
{
    if (!w.len) return false;
    uint64_t n;
    if (dl_is_digit(w.p[0])) return w.len >= 2 && !(w.len == 4 && dl_str_number(w, 2100, &n));
    size_t at = 0;
    return !opens && w.len >= 3 && dl_cp_upper(dl_utf8_next(w, &at)) && dl_tsv_find_lower(times, w) == DL_NONE;
}

bool dl_profile_make(dl_profile *out, const dl_doc *d, const dl_models *m, dl_arena *keep, dl_arena *scratch)
{
    const dl_arena_mark mark = dl_arena_here(scratch);
    const dl_tsv times = dl_tsv_open(m, "timewords");
    uint32_t *name = dl_arena_raw(scratch, d->toks.n + 1, sizeof *name), *run = dl_arena_raw(scratch, d->toks.n + 1, sizeof *run);
    uint32_t last[RUN] = { 0 };
    size_t names = 0, runs = 0, words = 0;
    if (!name || !run) return false;
    for (uint32_t s = 0; s < d->sents.n; s++)
        for (uint32_t t = d->sents.tok[s].beg; t < d->sents.tok[s].end && t < d->toks.n; t++) {
            const dl_str w = dl_tok_text(d, t);
            char fold[WORD_MAX];
            const size_t len = dl_fold(fold, sizeof fold, w);
            size_t at = 0;
            if (!w.len || dl_cp_mark(dl_utf8_next(w, &at))) continue;
            const uint32_t h = (uint32_t)dl_hash(fold, len < sizeof fold ? len : sizeof fold, 0);
            if (is_name(w, t == d->sents.tok[s].beg, &times)) name[names++] = h;
            last[words++ % RUN] = h;
            uint64_t all = 0;
            for (size_t k = 0; words >= RUN && k < RUN; k++) all = dl_hash_mix(all, last[(words + k) % RUN]);
            if (words >= RUN && all % SAMPLE == 0) run[runs++] = (uint32_t)(all >> 32);
        }
    const bool fine = sketch(&out->name, &out->n_names, name, names, DL_NAMES_MAX, keep, scratch) &&
                      sketch(&out->run, &out->n_runs, run, runs, DL_WORDING_MAX, keep, scratch);
    dl_arena_back(scratch, mark);
    return fine;
}

bool dl_profile_sign(dl_profile *p, const dl_doc *d, const dl_models *m, dl_arena *keep)
{
    if (p->looked) return true;
    p->looked = true;
    return dl_times_signs(&p->sign, &p->n_signs, DL_SIGNS_MAX, d, m, keep);
}

double dl_profile_shared(const dl_profile *a, const dl_profile *b)
{
    if (!a->n_runs || !b->n_runs) return 0;
    /* Full sketches hold hashes up to their last one only: compare below the lower of the two. */
    const uint32_t ta = a->n_runs == DL_WORDING_MAX ? a->run[a->n_runs - 1] : UINT32_MAX;
    const uint32_t tb = b->n_runs == DL_WORDING_MAX ? b->run[b->n_runs - 1] : UINT32_MAX;
    const uint32_t top = ta < tb ? ta : tb;
    uint32_t i = 0, j = 0, both = 0, na = 0, nb = 0;
    while (na < a->n_runs && a->run[na] <= top) na++;
    while (nb < b->n_runs && b->run[nb] <= top) nb++;
    while (i < na && j < nb) {
        both += a->run[i] == b->run[j];
        const bool step_a = a->run[i] <= b->run[j], step_b = b->run[j] <= a->run[i];
        i += step_a;
        j += step_b;
    }
    const uint32_t less = na < nb ? na : nb;
    return less ? (double)both / less : 0;
}
