/* bench_stories.c: a stream of any length for the stories' engine, made from real articles without their text, and what the
 * engine takes for it: processor time, memory, number and size of stories.
 *
 *     zstd -dc stream.jsonl.zst | bench_stories ARTICLES A_DAY [EVERY [DAYS]]
 *
 * A row of figures after each EVERY articles (default A_DAY) and at 10,000, 100,000 and 1,000,000. Articles leave the window
 * after DAYS (default: as the program has it). Making the articles is not counted.
 *
 * The base. The articles of standard input as sheets (stories/sheet.h) in order of date, those without one in between by
 * chance; five in a row are a day.
 * Worlds. Each begins at a day of the base of its own and goes through it day by day, so that what several papers tell within
 * some days stays so; there are as many worlds as give A_DAY articles a day. In a world a word stands for another:
 *   a word of one or two articles of the base for a new one;
 *   a name, a number or a word of up to 2% of the articles for another of its kind (name: has a capital within sentences half of the times
 *   at least) that is as frequent to a factor of two, one to one;
 *   any other word for a common word of some article, drawn by chance, so that no two worlds tell a thing in the same words.
 * Printing. Of 100 articles 85 are printed once, 10 three times, 4 ten times, one a hundred times, each by one of 4,000 hosts, a few of which
 * print the most; each printing leaves out up to a tenth of the words and has three lines of its host around it.
 * `strays`: of the pages in the window those in a thousand that stand in a story most of whose pages are of another world;
 * `parted`: of the printings of an article those in a thousand that are not in the story where most of them are.
 * Days. The day of a page is the stream's; articles without one stay so. Within a day pages come by chance. */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/sort.h"
#include "doc/seal.h"
#include "stories/online.h"

enum {
    DAY_ARTICLES = 5,
    HOSTS = 4000,
    HOST_LINES = 3,
    HOST_WORDS = 8,
    RARE = 3,
    BANDS = 16,
    KINDS = 3,
    COMMON_DRAWN = 1 << 16,
    FIRST_DAY = 18000
};
static const double COMMON = 0.02, PRINTINGS = .85 * 1 + .10 * 3 + .04 * 10 + .01 * 100;

typedef enum way { SAME, FRESH, OTHER } way; /* what becomes of a word                                                    */

typedef struct word {
    uint32_t hash, articles, seen, capital, number, last;
    uint32_t band, place; /* among the words that it may stand for                                              */
    uint8_t way;
} word;

typedef struct base {
    dl_models *models;
    dl_arena keep, scratch;
    dl_buf sheets;    /* all of them                                                                     */
    size_t *at;       /* [n] where each begins, in order of days                                              */
    uint32_t **words; /* [n] rows of `word` in place of its hashes                                              */
    uint32_t *common; /* [COMMON_DRAWN] hashes of words that stand for themselves, as often as they stand there      */
    uint32_t n, cap;
    word *word; /* [n_words]                                                                       */
    size_t n_words, words_cap;
    dl_map rows;                     /* hash -> row                                                                     */
    uint32_t *member[KINDS * BANDS]; /* hashes of a band                                                                  */
    uint32_t members[KINDS * BANDS];
} base;

static uint64_t draw(uint64_t a, uint64_t b) { return dl_hash_mix(dl_hash_mix(UINT64_C(0x5ee1), a), b); }
static uint32_t below(uint64_t h, uint32_t n) { return (uint32_t)(((h >> 32) * n) >> 32); }

/* ---- The base ------------------------------------------------------------------------------------ */

static const char *field(json_object *o, const char *key)
{
    json_object *v;
    return json_object_object_get_ex(o, key, &v) && v ? json_object_get_string(v) : "";
}

static bool add_article(base *b, json_object *o, dl_build *page, size_t *sheets_cap)
{
    int64_t at;
    bool has_time;
    dl_bytes bytes;
    dl_doc doc;
    dl_error err;
    dl_build_reset(page);
    page->meta.body_len = dl_put_text(page, dl_str_of(field(o, "text"))).end;
    page->meta.title = dl_put(page, dl_str_of(field(o, "title")));
    page->meta.published = dl_date_read(dl_str_of(field(o, "date")), &at, &has_time) ? at : DL_NEVER;
    page->meta.fetched = DL_NEVER;
    if (dl_build_status(page) || dl_seal(&bytes, page, &err)) return false;
    bool ok = !dl_doc_open(&doc, bytes.p, bytes.len, &err) && DL_ROOM(&b->keep, b->at, b->n, *sheets_cap);
    if (ok) b->at[b->n++] = b->sheets.len;
    ok = ok && dl_sheet_make(&b->sheets, &doc, 0, &b->scratch);
    free(bytes.p);
    dl_arena_reset(&b->scratch);
    return ok;
}

static const dl_sheet *sheet_at(const base *b, size_t at) { return (const dl_sheet *)(const void *)(b->sheets.p + at); }

typedef struct dated {
    size_t at;
    int64_t day;
} dated;

static int by_day(const void *x, const void *y, const void *ctx)
{
    const dated *a = x, *b = y;
    (void)ctx;
    return a->day < b->day ? -1 : a->day > b->day;
}

/* Articles without a day take the day of another one, as their place only. */
static bool order(base *b)
{
    dated *d = DL_NEW(&b->scratch, (size_t)b->n + 1, dated);
    if (!d) return false;
    for (uint32_t i = 0; i < b->n; i++) {
        int64_t day = sheet_at(b, b->at[i])->published;
        for (uint32_t k = 0; day == DL_NEVER && k < 100; k++) day = sheet_at(b, b->at[below(draw(i, k), b->n)])->published;
        d[i] = (dated){ b->at[i], day };
    }
    if (!dl_sort(d, b->n, sizeof *d, by_day, NULL, &b->scratch)) return false;
    for (uint32_t i = 0; i < b->n; i++) b->at[i] = d[i].at;
    dl_arena_reset(&b->scratch);
    return true;
}

static bool see_word(base *b, uint32_t article, uint32_t hash, uint8_t flags, uint32_t *row)
{
    uint32_t *at = dl_map_put(&b->rows, hash, (uint32_t)b->n_words);
    if (!at || !DL_ROOM(&b->keep, b->word, b->n_words, b->words_cap)) return false;
    if (*at == b->n_words) b->word[b->n_words++] = (word){ .hash = hash, .last = DL_NONE };
    word *w = &b->word[ *row = *at];
    w->articles += w->last != article;
    w->last = article;
    w->seen++;
    w->number += flags & DL_WORD_NUMBER ? 1 : 0;
    w->capital += (flags & DL_WORD_UPPER) && !(flags & (DL_WORD_SENT | DL_WORD_LINE));
    return true;
}

static bool count_words(base *b)
{
    dl_map_init(&b->rows, &b->keep);
    b->words = DL_NEW(&b->keep, (size_t)b->n + 1, uint32_t *);
    for (uint32_t i = 0; b->words && i < b->n; i++) {
        const dl_sheet *s = sheet_at(b, b->at[i]);
        const dl_words w = dl_sheet_title_words(s); /* the body's stand behind them */
        const uint8_t *flags = (const uint8_t *)(w.hash + s->title_words + s->words);
        b->words[i] = dl_arena_raw(&b->keep, (size_t)s->title_words + s->words + 1, sizeof *b->words[i]);
        for (uint32_t k = 0; k < s->title_words + s->words; k++) {
            if (!b->words[i] || !see_word(b, i, w.hash[k], flags[k], &b->words[i][k])) return false;
        }
    }
    return b->words != NULL;
}

static uint32_t band_of(const word *w)
{
    uint32_t kind = 2 * w->number >= w->seen ? 0 : 2 * w->capital >= w->seen ? 1 : 2, power = 0;
    while (power + 1 < BANDS && w->articles >> (power + 1)) power++;
    return kind * BANDS + power;
}

static bool make_bands(base *b)
{
    for (size_t i = 0; i < b->n_words; i++) {
        word *w = &b->word[i];
        w->band = band_of(w);
        w->way = w->articles < RARE ? FRESH : w->articles > COMMON * b->n && w->band >= BANDS ? SAME : OTHER;
        if (w->way == OTHER) w->place = b->members[w->band]++;
    }
    for (int k = 0; k < KINDS * BANDS; k++) {
        if (!(b->member[k] = DL_NEW(&b->keep, (size_t)b->members[k] + 1, uint32_t))) return false;
    }
    for (size_t i = 0; i < b->n_words; i++) {
        const word *w = &b->word[i];
        if (w->way == OTHER) b->member[w->band][w->place] = w->hash;
    }
    return true;
}

static bool find_common(base *b)
{
    b->common = DL_NEW(&b->keep, COMMON_DRAWN, uint32_t);
    for (uint64_t n = 0, k = 0; b->common && n < COMMON_DRAWN && k < 1000 * COMMON_DRAWN; k++) {
        const uint32_t i = below(draw(k, 8), b->n);
        const dl_sheet *s = sheet_at(b, b->at[i]);
        const uint32_t words = s->title_words + s->words;
        const word *w = words ? &b->word[b->words[i][below(draw(k, 9), words)]] : b->word;
        if (w->way == SAME) b->common[n++] = w->hash;
    }
    return b->common != NULL;
}

static bool read_base(base *b)
{
    char *line = NULL;
    size_t cap = 0, sheets_cap = 0;
    bool ok = true;
    dl_build page;
    dl_build_init(&page);
    while (ok && getline(&line, &cap, stdin) > 0) {
        json_object *o = json_tokener_parse(line);
        ok = o && add_article(b, o, &page, &sheets_cap);
        json_object_put(o);
    }
    free(line);
    dl_build_free(&page);
    return ok && b->n && order(b) && count_words(b) && make_bands(b) && find_common(b);
}

/* ---- Articles of the stream ------------------------------------------------------------------------- */

typedef struct printing {
    uint32_t order, world, article, copy;
} printing;

static int by_order(const void *x, const void *y, const void *ctx)
{
    const printing *a = x, *b = y;
    (void)ctx;
    return a->order < b->order ? -1 : a->order > b->order;
}

static uint32_t printings(uint64_t h)
{
    uint32_t percent = below(h, 100);
    return percent < 85 ? 1 : percent < 95 ? 3 : percent < 99 ? 10 : 100;
}

/* The pages of a day, in `a`, by chance; the last of too many worlds are one short. */
static printing *make_day(const base *b, uint32_t day, uint32_t worlds, size_t *n, dl_arena *a)
{
    printing *p = NULL;
    size_t cap = 0;
    *n = 0;
    for (uint32_t w = 0; w < worlds; w++) {
        uint32_t first = (below(draw(w, 1), b->n) + day * DAY_ARTICLES) % b->n;
        for (uint32_t k = 0; k < DAY_ARTICLES; k++) {
            uint32_t article = (first + k) % b->n;
            uint64_t h = draw((uint64_t)w << 32 | article, 2);
            for (uint32_t c = 0, m = printings(h); c < m; c++) {
                if (!DL_ROOM(a, p, *n, cap)) return NULL;
                p[(*n)++] = (printing){ (uint32_t)draw(h, c), w, article, c };
            }
        }
    }
    return dl_sort(p, *n, sizeof *p, by_order, NULL, a) ? p : NULL;
}

typedef struct making {
    uint32_t turn[KINDS * BANDS]; /* by how much the words of a band are turned in this world                            */
    uint64_t seed;
    uint32_t n, world;
    uint64_t tells; /* by it common words are drawn: the same in all printings                           */
    uint32_t hash[DL_SHEET_TITLE_WORDS + DL_SHEET_WORDS];
    uint8_t flags[DL_SHEET_TITLE_WORDS + DL_SHEET_WORDS];
} making;

/* A common word, each about as often as it stands in the base. */
static uint32_t common_word(const base *b, uint64_t h) { return b->common[h >> 32 & (COMMON_DRAWN - 1)]; }

static uint32_t in_world(const base *b, const making *m, const word *w, uint32_t k)
{
    if (w->way == SAME) return common_word(b, draw(m->tells, k));
    if (w->way == FRESH) return (uint32_t)draw((uint64_t)m->world << 32 | w->hash, 3);
    return b->member[w->band][(w->place + m->turn[w->band]) % b->members[w->band]];
}

/* Words [from, to) of an article, some left out; returns how many stay. */
static uint32_t put_words(const base *b, making *m, const uint32_t *row, const uint8_t *flags, uint32_t n, uint32_t left_out)
{
    uint32_t before = m->n;
    uint8_t begins = 0;
    for (uint32_t k = 0; k < n; k++) {
        begins |= flags[k] & (DL_WORD_LINE | DL_WORD_SENT);
        if (below(draw(m->seed, k), 1000) < left_out) continue;
        m->hash[m->n] = in_world(b, m, &b->word[row[k]], k);
        m->flags[m->n++] = flags[k] | begins;
        begins = 0;
    }
    return m->n - before;
}

static uint32_t put_host(const base *b, making *m, uint32_t host)
{
    enum { N = HOST_LINES * HOST_WORDS };
    for (uint32_t k = 0; k < N; k++) {
        uint64_t h = draw(host, k + 100);
        m->hash[m->n] = k ? common_word(b, h) : (uint32_t)h; /* first its name */
        m->flags[m->n++] = k % HOST_WORDS ? 0 : DL_WORD_LINE;
    }
    return N;
}

static void make_sheet(const base *b, making *m, dl_buf *out, const printing *p, uint32_t day)
{
    const dl_sheet *from = sheet_at(b, b->at[p->article]);
    const uint32_t *row = b->words[p->article], title = from->title_words, most = DL_SHEET_WORDS - HOST_LINES * HOST_WORDS;
    const uint8_t *flags = dl_sheet_title_words(from).flags;
    dl_sheet s = { .published = from->published == DL_NEVER ? DL_NEVER : dl_seconds(FIRST_DAY + (int32_t)day),
                   .fetched = DL_NEVER };
    m->world = p->world;
    m->seed = s.key = draw((uint64_t)p->world << 32 | p->article, p->copy + 1000);
    m->n = 0;
    m->tells = draw((uint64_t)p->world << 32 | p->article, 7);
    for (uint32_t k = 0; k < KINDS * BANDS; k++) m->turn[k] = (uint32_t)draw(p->world, k + 10) & 0x7fffffff;
    uint64_t chance = draw(m->seed, 4);
    uint32_t host = below(draw(m->seed, 5), 1 + below(chance, HOSTS)), left_out = p->copy ? below(draw(m->seed, 6), 100) : 0;
    s.host = host + 1;
    s.title_words = put_words(b, m, row, flags, title, left_out);
    s.words =
        put_words(b, m, row + title, flags + title, from->words < most ? from->words : most, left_out) + put_host(b, m, host);
    s.bytes = (uint32_t)(sizeof s + 5 * (size_t)m->n + 2 + 7) & ~7u;
    dl_buf_reset(out);
    dl_buf_add(out, (dl_str){ (const char *)&s, sizeof s });
    dl_buf_add(out, (dl_str){ (const char *)m->hash, m->n * sizeof *m->hash });
    dl_buf_add(out, (dl_str){ (const char *)m->flags, m->n });
    dl_buf_fill(out, 0, s.bytes - out->len);
}

/* ---- Figures ---------------------------------------------------------------------------------------- */

typedef struct run {
    dl_online engine;
    double cpu, cpu_before;
    uint64_t pages, pages_before, every, most;
    uint64_t *made_of; /* [most] world and article of each page                                             */
} run;

typedef struct member {
    uint64_t group, part;
} member;

static int by_group(const void *x, const void *y, const void *ctx)
{
    const member *a = x, *b = y;
    (void)ctx;
    if (a->group != b->group) return a->group < b->group ? -1 : 1;
    return a->part < b->part ? -1 : a->part > b->part;
}

/* Of the members of groups with several, those in a thousand that are not of their group's largest part. */
static double apart(member *m, size_t n, dl_arena *a)
{
    size_t of = 0, out = 0;
    if (!dl_sort(m, n, sizeof *m, by_group, NULL, a)) return 0;
    for (size_t beg = 0, end; beg < n; beg = end) {
        size_t largest = 0, part = beg;
        for (end = beg; end < n && m[end].group == m[beg].group; end++) {
            if (m[end].part != m[part].part) part = end;
            if (end - part + 1 > largest) largest = end - part + 1;
        }
        if (end - beg < 2) continue;
        of += end - beg;
        out += end - beg - largest;
    }
    return of ? 1000.0 * (double)out / (double)of : 0;
}

/* Strays, or printings parted. */
static double share_apart(const run *r, bool strays)
{
    const dl_online *s = &r->engine;
    const size_t n = s->page.hi - s->page.lo;
    dl_arena a;
    dl_arena_init(&a, DL_ARENA_MAX);
    member *m = dl_arena_raw(&a, n + 1, sizeof *m);
    for (size_t i = 0; m && i < n; i++) {
        const uint64_t page = s->page.lo + i, story = dl_online_of(s, (uint32_t)page)->number;
        m[i] = strays ? (member){ story, r->made_of[page] >> 32 } : (member){ r->made_of[page], story };
    }
    const double share = m ? apart(m, n, &a) : 0;
    dl_arena_free(&a);
    return share;
}

static double cpu_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double resident_mib(void)
{
    char line[256];
    double kib = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f && fgets(line, sizeof line, f)) {
        if (!strncmp(line, "VmRSS:", 6)) kib = strtod(line + 6, NULL);
    }
    if (f) fclose(f);
    return kib / 1024;
}

static void report(run *r, uint32_t day, double empty)
{
    const dl_online *s = &r->engine;
    uint32_t live = 0, largest = 0;
    for (uint32_t i = 0; i < s->stories; i++) {
        const dl_online_story *t = &s->story[i];
        if (!t->n) continue;
        live++;
        if (t->n + t->gone > largest) largest = t->n + t->gone;
    }
    printf("%llu\t%u\t%.1f\t%.0f\t%.0f\t%llu\t%u\t%u\t%u\t%.1f\t%.1f\n", (unsigned long long)r->pages, day + 1, r->cpu,
           (double)(r->pages - r->pages_before) / (r->cpu - r->cpu_before), resident_mib() - empty,
           (unsigned long long)(s->page.hi - s->page.lo), s->numbers, live, largest, share_apart(r, true), share_apart(r, false));
    fflush(stdout);
    r->pages_before = r->pages;
    r->cpu_before = r->cpu;
}

static bool is_row(const run *r)
{
    return r->pages % r->every == 0 || r->pages == 10000 || r->pages == 100000 || r->pages == 1000000 || r->pages == r->most;
}

static bool add_day(run *r, const base *b, making *m, uint32_t day, uint32_t worlds, double empty)
{
    dl_arena a;
    dl_buf sheet;
    dl_error err;
    size_t n = 0;
    dl_arena_init(&a, DL_ARENA_MAX);
    dl_buf_init(&sheet, UINT32_MAX);
    const printing *p = make_day(b, day, worlds, &n, &a);
    bool ok = p != NULL;
    for (size_t i = 0; ok && i < n && r->pages < r->most; i++) {
        make_sheet(b, m, &sheet, &p[i], day);
        double before = cpu_now();
        ok = !dl_online_add(&r->engine, (const dl_sheet *)(const void *)sheet.p, &err);
        r->cpu += cpu_now() - before;
        r->made_of[r->pages++] = (uint64_t)p[i].world << 32 | p[i].article;
        if (ok && is_row(r)) report(r, day, empty);
    }
    dl_buf_free(&sheet);
    dl_arena_free(&a);
    return ok;
}

int main(int argc, char **argv)
{
    static base b;
    static making m;
    run r = { .most = argc > 2 ? strtoull(argv[1], NULL, 10) : 0 };
    const uint64_t a_day = argc > 2 ? strtoull(argv[2], NULL, 10) : 0;
    dl_error err;
    if (!r.most || !a_day) return fputs("bench_stories ARTICLES A_DAY [EVERY [DAYS]] < articles.jsonl\n", stderr), 2;
    r.every = argc > 3 ? strtoull(argv[3], NULL, 10) : a_day;
    const dl_online_set set = { .days = argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 10) : 0 };
    dl_arena_init(&b.keep, DL_ARENA_MAX);
    dl_arena_init(&b.scratch, DL_ARENA_MAX);
    dl_buf_init(&b.sheets, SIZE_MAX);
    if (dl_models_open(&b.models, NULL, &err) || !read_base(&b)) return fputs("bench_stories: no articles\n", stderr), 1;
    const uint32_t worlds = 1 + (uint32_t)((double)a_day / (DAY_ARTICLES * PRINTINGS));
    fprintf(stderr, "%u articles, %zu words, %u worlds\n", b.n, b.n_words, worlds);
    puts("articles\tday\tcpu_s\tarticles_per_s\tmib\twindow\tstories\tlive\tlargest\tstrays\tparted");
    r.made_of = calloc(r.most, sizeof *r.made_of);
    bool ok = r.made_of && !dl_online_open(&r.engine, b.models, &set, &err);
    const double empty = resident_mib();
    for (uint32_t day = 0; ok && r.pages < r.most; day++) ok = add_day(&r, &b, &m, day, worlds, empty);
    dl_online_close(&r.engine);
    free(r.made_of);
    dl_buf_free(&b.sheets);
    dl_arena_free(&b.keep);
    dl_arena_free(&b.scratch);
    dl_models_close(b.models);
    return ok ? 0 : 1;
}
