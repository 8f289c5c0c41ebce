/* fuzz_times.c: any text as sentences, one a line, through the grammar of time expressions. Spans are
 * in order, apart and inside their sentence; intervals run forwards. */
#include <stdlib.h>

#include "base/date.h"
#include "times/signs.h"
#include "times/times.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void sentences(dl_build *b)
{
    const char *t = b->d.text;
    for (uint32_t i = 0, beg = 0; i < b->d.text_len; i++)
        if (t[i] == '\n') {
            const uint32_t r = dl_row(b, DL_T_SENTS);
            b->d.sents.span[r] = (dl_span){ beg, i };
            b->d.sents.tok[r] = (dl_span){ 0, 0 };
            beg = i + 1;
        }
}

static void check(const dl_times *t, uint32_t len)
{
    for (uint32_t i = 0; i < t->n; i++) {
        if (t->span[i].beg >= t->span[i].end || t->span[i].end > len) abort();
        if (i && t->span[i].beg < t->span[i - 1].end) abort();
        if (t->from[i] != DL_NEVER && t->to[i] != DL_NEVER && t->from[i] > t->to[i]) abort();
        if (t->value[i].beg == t->value[i].end) abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dl_models *models; /* opened once: a fuzzer's process ends by being killed */
    if (!models && dl_models_open(&models, NULL, NULL)) abort();
    dl_build b;
    dl_build_init(&b);
    dl_build_reset(&b);
    dl_put_text(&b, (dl_str){ (const char *)data, size });
    dl_put_text(&b, DL_STR("\n"));
    b.meta.body_len = b.d.text_len;
    for (int round = 0; round < 2; round++) {
        b.meta.published = round ? dl_seconds(dl_days(2023, 2, 22)) : DL_NEVER;
        dl_rows_clear(&b, DL_T_TIMES);
        dl_rows_clear(&b, DL_T_SENTS);
        sentences(&b);
        if (dl_times_find(&b, models) == DL_OK) check(&b.d.times, b.d.text_len);
    }
    dl_sign *v;
    uint32_t n;
    (void)dl_times_signs(&v, &n, 64, &b.d, models, &b.scratch);
    dl_build_free(&b);
    return 0;
}
