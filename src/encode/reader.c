/* reader.c: from tokens to states. */
#include "encode/reader.h"

#include "base/limits.h"
#include "learn/learn.h"

/* Rows of the features that have one; their number. */
static uint32_t rows_of(const dl_reader *r, const uint64_t *feat, uint32_t n, uint32_t *row)
{
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++) {
        row[k] = dl_net_row(&r->net, feat[i]);
        k += row[k] != DL_NONE;
    }
    return k;
}

static uint32_t form_rows(const dl_reader *r, const dl_form *form, uint32_t *row)
{
    uint64_t feat[DL_WORD_FEATS];
    const uint32_t n = rows_of(r, feat, dl_sight_word(&r->sight, form, feat), row);
    for (uint32_t i = 0; i < n; i++) dl_net_fetch(&r->net, row[i]);
    return n;
}

/* The sums of n forms from `form` on. */
static bool sum_up(dl_reader *r, size_t form, size_t n, float *sum)
{
    const dl_arena_mark here = dl_arena_here(&r->b->scratch);
    uint32_t *vec = dl_arena_raw(&r->b->scratch, n + 1, sizeof *vec);
    if (!vec) return false;
    for (size_t i = 0; i < n; i++) vec[i] = dl_vectors_row(&r->net.vectors, r->sight.form[form + i].lex.lower);
    const bool ok = dl_net_vectors(&r->net, vec, n, sum, &r->b->scratch);
    /* A form's rows are asked for while those of the form before it are added. */
    uint32_t row[2][DL_WORD_FEATS], rows = 0;
    for (size_t i = 0; ok && i <= n; i++) {
        const uint32_t before = rows;
        if (i < n) rows = form_rows(r, &r->sight.form[form + i], row[i % 2]);
        if (i) dl_net_rows(&r->net, row[(i - 1) % 2], before, sum + (i - 1) * r->net.d);
    }
    dl_arena_back(&r->b->scratch, here);
    return ok;
}

bool dl_reader_open(dl_reader *r, dl_build *b, const dl_models *m, const char *network)
{
    *r = (dl_reader){ .b = b };
    if (!dl_net_open(&r->net, m, network) || !dl_sight_page(&r->sight, &b->d, m, &b->scratch)) return false;
    r->room = r->sight.n_forms < DL_READER_FORMS ? r->sight.n_forms : DL_READER_FORMS;
    r->sum = dl_arena_raw(&b->scratch, (r->room + 1) * r->net.d + DL_MAT_PAD, sizeof *r->sum);
    r->x = dl_arena_raw(&b->scratch, DL_SENT_MAX + 2, r->net.d);
    if (!r->sum || !r->x) return false;
    memset(r->x, DL_STATE_ZERO, r->net.d);
    return sum_up(r, 0, r->room, r->sum);
}

static const float *word(dl_reader *r, uint32_t tok)
{
    const size_t form = r->sight.of[tok];
    if (form < r->room) return r->sum + form * r->net.d;
    float *sum = r->sum + r->room * r->net.d;
    return sum_up(r, form, 1, sum) ? sum : NULL;
}

/* Rows of a word's place, asked for. */
static uint32_t place_rows(const dl_reader *r, dl_sight_line *line, uint32_t tok, uint32_t *row)
{
    uint64_t feat[DL_PLACE_FEATS];
    const uint32_t n = rows_of(r, feat, dl_sight_place(&r->sight, line, tok, feat), row);
    for (uint32_t i = 0; i < n; i++) dl_net_fetch(&r->net, row[i]);
    return n;
}

uint8_t *dl_reader_states(dl_reader *r, dl_span sent)
{
    const size_t n = dl_span_len(sent), d = r->net.d;
    dl_sight_line line = dl_sight_sentence(&r->sight, sent);
    uint32_t row[2][DL_PLACE_FEATS], rows = 0;
    for (size_t i = 0; i <= n; i++) {
        const uint32_t before = rows, tok = sent.beg + (uint32_t)i;
        if (i < n) rows = place_rows(r, &line, tok, row[i % 2]);
        const float *sum = i ? word(r, tok - 1) : NULL;
        if (i && !sum) return NULL;
        if (i) dl_net_start(&r->net, sum, row[(i - 1) % 2], before, r->x + i * d);
    }
    memset(r->x + (n + 1) * d, DL_STATE_ZERO, d);
    return dl_net_run(&r->net, 0, r->net.flat, r->x, n, &r->b->scratch) ? r->x : NULL;
}

bool dl_reader_deepen(dl_reader *r, size_t n)
{
    return dl_net_run(&r->net, r->net.flat, r->net.n_layers, r->x, n, &r->b->scratch);
}
