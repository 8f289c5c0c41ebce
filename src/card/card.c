/* card.c: making cards. */
#include "card/card.h"
#include "base/hash.h"
#include "base/sort.h"

static uint32_t distinct(uint32_t *v, uint32_t n)
{
    uint32_t out = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (!out || v[i] != v[out - 1]) v[out++] = v[i];
    }
    return out;
}

static bool keep_sketch(dl_card *c, const dl_words *w, dl_arena *keep, dl_arena *scratch)
{
    uint32_t *all = dl_arena_raw(scratch, (size_t)w->n + 1, sizeof *all), n = 0;
    if (!all) return false;
    for (uint32_t i = 0; i + DL_SKETCH_WORDS <= w->n; i++) {
        uint32_t h = dl_shingle(w->hash + i, DL_SKETCH_WORDS);
        all[n] = h; /* without a branch: which are taken nothing could foretell */
        n += dl_sketch_takes(h);
    }
    if (!dl_sort_u32(all, n, scratch)) return false;
    n = distinct(all, n);
    uint32_t *kept = dl_arena_raw(keep, n ? n : 1, sizeof *kept);
    if (!kept) return false;
    if (n) memcpy(kept, all, n * sizeof *kept);
    c->sketch = kept;
    c->n_sketch = n;
    return true;
}

/* Words of three letters and more, and numbers: the short ones are of every headline. */
static bool keep_title(dl_card *c, dl_str title, dl_arena *keep, dl_arena *scratch)
{
    enum { TITLE_WORDS = 24 };
    dl_words w;
    dl_words_of(&w, title, scratch);
    uint32_t *kept = dl_arena_raw(keep, TITLE_WORDS, sizeof *kept);
    if (!kept || dl_arena_failed(scratch)) return false;
    for (uint32_t i = 0; i < w.n && c->n_title < TITLE_WORDS; i++) {
        if (dl_span_len(w.span[i]) < 4 && !(w.flags[i] & DL_WORD_NUMBER)) continue;
        bool again = false;
        for (uint32_t k = 0; k < c->n_title; k++) again |= kept[k] == w.hash[i];
        if (!again) kept[c->n_title++] = w.hash[i];
    }
    c->title = kept;
    return true;
}

typedef struct name {
    uint32_t hash, n;
} name;

/* The most frequent of k names, which come in order of their hashes; equally frequent ones stay in that order. */
static uint32_t most_frequent(uint32_t *out, uint32_t most, const name *v, uint32_t k)
{
    enum { COUNTS = 64 }; /* more often is as often */
    uint32_t at[COUNTS + 1] = { 0 }, n = k < most ? k : most;
    for (uint32_t i = 0; i < k; i++) at[COUNTS - (v[i].n < COUNTS ? v[i].n : COUNTS)]++;
    for (uint32_t c = 0, sum = 0; c <= COUNTS; c++) {
        uint32_t here = at[c];
        at[c] = sum;
        sum += here;
    }
    for (uint32_t i = 0; i < k; i++) {
        uint32_t place = at[COUNTS - (v[i].n < COUNTS ? v[i].n : COUNTS)]++;
        if (place < n) out[place] = v[i].hash;
    }
    return n;
}

static bool keep_names(dl_card *c, const dl_words *w, dl_arena *keep, dl_arena *scratch)
{
    enum { NAMES = 24, LEAST_BYTES = 3 };
    name *v = dl_arena_raw(scratch, (size_t)w->n + 1, sizeof *v);
    uint32_t *all = dl_arena_raw(scratch, (size_t)w->n + 1, sizeof *all), n = 0, k = 0;
    uint32_t *kept = dl_arena_raw(keep, NAMES, sizeof *kept);
    if (!v || !all || !kept) return false;
    for (uint32_t i = 0; i < w->n; i++) {
        bool inside = (w->flags[i] & (DL_WORD_UPPER | DL_WORD_SENT | DL_WORD_LINE | DL_WORD_HEADING)) == DL_WORD_UPPER;
        all[n] = w->hash[i];
        n += inside & (dl_span_len(w->span[i]) >= LEAST_BYTES);
    }
    if (!dl_sort_u32(all, n, scratch)) return false;
    for (uint32_t i = 0; i < n; i++) {
        if (k && v[k - 1].hash == all[i])
            v[k - 1].n++;
        else
            v[k++] = (name){ all[i], 1 };
    }
    c->n_names = most_frequent(kept, NAMES, v, k);
    c->names = kept;
    return true;
}

/* Tags and entities that begin with `sign`. */
static uint32_t count_signs(dl_str text, char sign)
{
    uint32_t n = 0;
    const char *end = text.p + text.len;
    for (const char *at = text.p; text.len && (at = memchr(at, sign, (size_t)(end - at))) != NULL;) {
        at++;
        n += at < end && (dl_is_alpha((unsigned char)*at) || *at == '/');
    }
    return n;
}

dl_str dl_card_host(dl_str url)
{
    size_t at = 0;
    for (;;) { /* the last address in it: an archive's address has the page's own at its end */
        size_t next = dl_str_find(url, DL_STR("://"), at);
        if (next == SIZE_MAX) break;
        at = next + 3;
    }
    if (!at) return (dl_str){ 0 };
    dl_str host = dl_str_cut(url, at, url.len);
    for (size_t i = 0; i < host.len; i++) {
        if (host.p[i] == '/' || host.p[i] == ':' || host.p[i] == '?' || host.p[i] == '#') host.len = i;
    }
    if (dl_str_starts_nocase(host, DL_STR("www."))) host = dl_str_cut(host, 4, host.len);
    return host;
}

bool dl_card_make(dl_card *out, dl_words *words, const dl_doc *d, dl_arena *keep, dl_arena *scratch)
{
    dl_words w = { 0 };
    *out = (dl_card){ .published = DL_NEVER };
    if (d) {
        dl_words_of(&w, dl_doc_body(d), scratch);
        if (dl_arena_failed(scratch)) return false;
        dl_str host = dl_card_host(dl_doc_str(d, d->meta->url));
        out->words = w.n;
        out->text_hash = dl_hash(w.hash, w.n * sizeof *w.hash, 0);
        out->host = host.len ? dl_hash_str(host) : 0;
        out->published = d->meta->published;
        out->has_time = d->meta->has_time;
        out->markup = count_signs(dl_doc_body(d), '<') + count_signs(dl_doc_body(d), '&');
        if (!keep_sketch(out, &w, keep, scratch) || !keep_names(out, &w, keep, scratch) ||
            !keep_title(out, dl_doc_str(d, d->meta->title), keep, scratch))
            return false;
    }
    if (words) *words = w;
    return true;
}
