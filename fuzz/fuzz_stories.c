/* fuzz_stories.c: the state of a stream of stories: what is taken for one bears whatever comes after. The input is edits
 * of a sound state, an offset and a byte each; the checksum is put right, so that they come through to what is behind. */
#include <stdlib.h>
#include <string.h>

#include "../tests/unit/made_sheets.h"
#include "base/date.h"
#include "base/hash.h"
#include "model/pack.h"
#include "stories/online.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PAGES = 24, EDIT = 4 };

static const dl_online_set set = { .days = 3 };

static bool add_pages(dl_online *s, uint64_t seed, uint32_t n)
{
    dl_buf b;
    dl_error err;
    bool ok = true;
    dl_buf_init(&b, 1 << 20);
    for (uint32_t i = 0; ok && i < n; i++) {
        const dl_sheet *page = made_sheet(&b, &seed, roll(&seed) % 4, dl_seconds((int32_t)(20000 + i / 4)), i);
        ok = page && !dl_online_add(s, page, &err);
    }
    dl_buf_free(&b);
    return ok;
}

/* A sound state, in `out`. */
static bool make_state(dl_buf *out, const dl_models *m)
{
    dl_online s;
    dl_error err;
    bool ok = !dl_online_open(&s, m, &set, &err) && add_pages(&s, 5, PAGES) && dl_online_put(&s, out);
    dl_online_close(&s);
    return ok;
}

static void take(const dl_buf *state, const dl_models *m)
{
    dl_online s;
    dl_error err;
    if (!dl_online_open(&s, m, &set, &err) && !dl_online_take(&s, dl_buf_str(state), &err)) (void)!add_pages(&s, 9, PAGES);
    dl_online_close(&s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dl_models *m = NULL;
    dl_error err;
    dl_buf b;
    dl_buf_init(&b, SIZE_MAX / 2);
    if (!dl_models_open(&m, NULL, &err) && make_state(&b, m)) {
        for (size_t i = 0; i + EDIT <= size; i += EDIT) {
            const uint32_t at = (uint32_t)(data[i] | data[i + 1] << 8 | data[i + 2] << 16);
            b.p[at % (b.len - 8)] = (char)data[i + 3];
        }
        const uint64_t sum = dl_hash(b.p, b.len - sizeof sum, 0);
        memcpy(b.p + b.len - sizeof sum, &sum, sizeof sum);
        take(&b, m);
    }
    dl_buf_free(&b);
    dl_models_close(m);
    return 0;
}
