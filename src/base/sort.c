/* sort.c: bottom-up merge sort over runs made by insertion; numbers by their digits, lowest first. */
#include "base/sort.h"

enum { RUN = 12 };

static void insert_runs(char *v, size_t n, size_t size, dl_cmp_fn *cmp, const void *ctx, char *one)
{
    for (size_t beg = 0; beg < n; beg += RUN) {
        size_t end = beg + RUN < n ? beg + RUN : n;
        for (size_t i = beg + 1; i < end; i++) {
            size_t j = i;
            memcpy(one, v + i * size, size);
            for (; j > beg && cmp(v + (j - 1) * size, one, ctx) > 0; j--) memcpy(v + j * size, v + (j - 1) * size, size);
            memcpy(v + j * size, one, size);
        }
    }
}

static void merge(const char *from, char *to, size_t beg, size_t mid, size_t end, size_t size, dl_cmp_fn *cmp, const void *ctx)
{
    size_t i = beg, j = mid;
    for (size_t k = beg; k < end; k++) {
        bool left = i < mid && (j >= end || cmp(from + i * size, from + j * size, ctx) <= 0);
        memcpy(to + k * size, from + (left ? i++ : j++) * size, size);
    }
}

bool dl_sort(void *base, size_t n, size_t size, dl_cmp_fn *cmp, const void *ctx, dl_arena *scratch)
{
    if (n < 2) return true;
    dl_arena_mark here = dl_arena_here(scratch);
    char *other = dl_arena_raw(scratch, n + 1, size);
    if (!other) return false;
    insert_runs(base, n, size, cmp, ctx, other + n * size);
    char *from = base, *to = other;
    for (size_t width = RUN; width < n; width *= 2) {
        for (size_t beg = 0; beg < n; beg += 2 * width) {
            size_t mid = beg + width < n ? beg + width : n, end = beg + 2 * width < n ? beg + 2 * width : n;
            merge(from, to, beg, mid, end, size, cmp, ctx);
        }
        char *swap = from;
        from = to;
        to = swap;
    }
    if (from != base) memcpy(base, from, n * size);
    dl_arena_back(scratch, here);
    return true;
}

enum {
    ONE_PASS = 4096, /* so many numbers are parted by their highest digit and then nearly in order             */
    CROWD = 64,      /* unless so many have one such digit                                              */
};

/* Beginnings of the values with each highest digit, in *at. False: they are not parted well by it. */
static bool count_top(uint32_t at[256], const uint32_t *v, size_t n, size_t step)
{
    uint32_t sum = 0, most = 0;
    memset(at, 0, 256 * sizeof *at);
    for (size_t i = 0; i < n; i++) at[v[i * step] >> 24]++;
    for (size_t k = 0; k < 256; k++) {
        uint32_t c = at[k];
        at[k] = sum;
        sum += c;
        most |= c;
    }
    return most < CROWD;
}

/* Beginnings of each digit's values, for 4 digits of 8 bits; one pass over the numbers. Returns, as bits, the digits in
 * which they differ. */
static unsigned count_digits(size_t at[4][256], const uint32_t *v, size_t n, size_t step)
{
    unsigned differ = 0;
    memset(at, 0, 4 * sizeof at[0]);
    for (size_t i = 0; i < n; i++) {
        uint32_t x = v[i * step];
        for (int d = 0; d < 4; d++) at[d][x >> 8 * d & 255]++;
    }
    for (int d = 0; d < 4; d++) {
        if (!n || at[d][*v >> 8 * d & 255] == n) continue;
        differ |= 1u << d;
        for (size_t k = 0, sum = 0; k < 256; k++) {
            size_t c = at[d][k];
            at[d][k] = sum;
            sum += c;
        }
    }
    return differ;
}

static void insert_u32(uint32_t *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint32_t x = v[i];
        size_t j = i;
        for (; j && v[j - 1] > x; j--) v[j] = v[j - 1];
        v[j] = x;
    }
}

static void insert_keyed(dl_keyed *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        dl_keyed x = v[i];
        size_t j = i;
        for (; j && v[j - 1].key > x.key; j--) v[j] = v[j - 1];
        v[j] = x;
    }
}

bool dl_sort_u32(uint32_t *v, size_t n, dl_arena *scratch)
{
    size_t at[4][256];
    uint32_t top[256];
    if (n <= RUN) {
        insert_u32(v, n);
        return true;
    }
    dl_arena_mark here = dl_arena_here(scratch);
    uint32_t *from = v, *to = dl_arena_raw(scratch, n, sizeof *to);
    if (!to) return false;
    if (n <= ONE_PASS && count_top(top, v, n, 1)) {
        for (size_t i = 0; i < n; i++) to[top[v[i] >> 24]++] = v[i];
        insert_u32(to, n);
        from = to;
    } else {
        unsigned differ = count_digits(at, v, n, 1);
        for (int d = 0; d < 4; d++) {
            if (!(differ >> d & 1)) continue;
            for (size_t i = 0; i < n; i++) to[at[d][from[i] >> 8 * d & 255]++] = from[i];
            uint32_t *swap = from;
            from = to;
            to = swap;
        }
    }
    if (from != v) memcpy(v, from, n * sizeof *v);
    dl_arena_back(scratch, here);
    return true;
}

bool dl_sort_keyed(dl_keyed *v, size_t n, dl_arena *scratch)
{
    size_t at[4][256];
    uint32_t top[256];
    if (n <= RUN) {
        insert_keyed(v, n);
        return true;
    }
    dl_arena_mark here = dl_arena_here(scratch);
    dl_keyed *from = v, *to = dl_arena_raw(scratch, n, sizeof *to);
    if (!to) return false;
    if (n <= ONE_PASS && count_top(top, &v->key, n, sizeof *v / sizeof v->key)) {
        for (size_t i = 0; i < n; i++) to[top[v[i].key >> 24]++] = v[i];
        insert_keyed(to, n);
        from = to;
    } else {
        unsigned differ = count_digits(at, &v->key, n, sizeof *v / sizeof v->key);
        for (int d = 0; d < 4; d++) {
            if (!(differ >> d & 1)) continue;
            for (size_t i = 0; i < n; i++) to[at[d][from[i].key >> 8 * d & 255]++] = from[i];
            dl_keyed *swap = from;
            from = to;
            to = swap;
        }
    }
    if (from != v) memcpy(v, from, n * sizeof *v);
    dl_arena_back(scratch, here);
    return true;
}

int dl_by_u32(const void *a, const void *b, const void *ctx)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    (void)ctx;
    return x < y ? -1 : x > y;
}
