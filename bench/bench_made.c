/* bench_made.c: pages of a made corpus as JSONL on standard output, for tests and for measuring `copies`:
 *
 *     bench_made N [SEED]
 *
 * Nothing is kept in memory, and page p is the same for any N. Of 100 pages 60 are reports of their own: 12 to 40
 * sentences of 8 to 24 made words, out of 40,000 whose frequencies fall as in a language. The others are copies of a
 * report among the last 3,000 pages: whole (15), without its last third (8), a word in 25 replaced (8), sentences in another
 * order (4), three sentences of it in a report of their own (5: partial reuse). Every page has a host (one of 400), three of
 * that host's lines above and below, a headline (of 100 copies 70 keep their report's) and a day: a thousand pages have one. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VOCABULARY = 40000, HOSTS = 400, BACK = 3000, A_DAY = 1000 };

typedef enum op { OWN, WHOLE, CUT, CHANGED, TURNED, REUSE } op;

static uint64_t mix(uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

static uint32_t roll(uint64_t *s, uint32_t n) { return (uint32_t)(((*s = mix(*s)) >> 32) * n >> 32); }

/* The vocabulary, made once: it is what most of the time would go into. */
typedef struct word {
    uint8_t len;
    char letters[31];
} word;

static void make_word(word *w, uint32_t i)
{
    static const char *const syllable[] = { "ba",  "do", "fe", "gri", "hal", "jo", "ke", "lun", "mi",  "nor", "pa",  "que",
                                            "ras", "si", "to", "ul",  "ven", "wy", "xa", "zem", "cor", "dal", "esh", "fir" };
    enum { N = sizeof syllable / sizeof syllable[0] };
    for (i += N; i; i /= N) {
        const char *s = syllable[i % N];
        size_t len = strlen(s);
        memcpy(w->letters + w->len, s, len);
        w->len = (uint8_t)(w->len + len);
    }
}

static void put_word(const word *vocabulary, uint32_t i, int capital)
{
    const word *w = &vocabulary[i];
    putc_unlocked(capital ? w->letters[0] - 32 : w->letters[0], stdout);
    fwrite(w->letters + 1, 1, w->len - 1u, stdout);
}

typedef struct made {
    uint64_t seed;
    word vocabulary[VOCABULARY];
} made;

/* A word number: the cube of an even draw, so that few words are frequent. */
static uint32_t draw(uint64_t *s)
{
    double u = roll(s, 1u << 30) / (double)(1u << 30);
    return (uint32_t)(VOCABULARY * u * u * u);
}

static void put_words(const made *m, uint64_t *s, uint32_t n, uint64_t *changes)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t w = draw(s);
        if (changes && roll(changes, 25) == 0) w = draw(changes);
        if (i) putc_unlocked(' ', stdout);
        put_word(m->vocabulary, w, i == 0 || w % 11 == 0);
    }
}

static op op_of(uint64_t seed, uint64_t p)
{
    static const uint8_t upto[] = { 60, 75, 83, 91, 95, 100 };
    uint64_t s = mix(seed ^ mix(p));
    uint32_t x = roll(&s, 100), k = 0;
    while (x >= upto[k]) k++;
    return (op)k;
}

static uint64_t report_of(uint64_t seed, uint64_t p)
{
    uint64_t s = mix(seed ^ mix(p) ^ 1), q = p - 1 - (p > 1 ? roll(&s, (uint32_t)(p - 1 < BACK ? p - 1 : BACK)) : 0);
    while (q > 0 && op_of(seed, q) != OWN) q--;
    return q;
}

static uint64_t sentence_seed(uint64_t seed, uint64_t report, uint32_t i) { return mix(seed ^ mix(report * 64 + i) ^ 2); }
static uint32_t sentences(uint64_t seed, uint64_t report) { return 12 + (uint32_t)(mix(seed ^ report ^ 3) % 29); }

static void put_sentence(const made *m, uint64_t report, uint32_t i, uint64_t *changes)
{
    uint64_t s = sentence_seed(m->seed, report, i);
    put_words(m, &s, 8 + roll(&s, 17), changes);
    fputs(i % 3 == 2 ? ".\\n" : ". ", stdout);
}

static void put_report(const made *m, uint64_t report, op o, uint64_t p)
{
    uint32_t n = sentences(m->seed, report), end = o == CUT ? n - n / 3 : n;
    uint64_t changes = mix(m->seed ^ mix(p) ^ 4);
    for (uint32_t i = 0; i < end; i++) put_sentence(m, report, o == TURNED ? (i + n / 2) % n : i, o == CHANGED ? &changes : NULL);
}

static void put_furniture(const made *m, uint64_t host, uint32_t part)
{
    for (uint32_t i = 0; i < 3; i++) {
        uint64_t s = mix(m->seed ^ mix(host * 8 + part * 4 + i) ^ 5);
        put_words(m, &s, 9, NULL);
        fputs("\\n", stdout);
    }
}

static void put_page(const made *m, uint64_t p)
{
    uint64_t seed = m->seed;
    op o = p ? op_of(seed, p) : OWN;
    uint64_t from = o == OWN || p == 0 ? p : report_of(seed, p), s = mix(seed ^ mix(p) ^ 6);
    uint32_t host = roll(&s, HOSTS), own_title = o == OWN || o == REUSE || roll(&s, 100) >= 70;
    uint64_t title = mix(seed ^ mix(own_title ? p : from) ^ 7), day = p / A_DAY;
    printf("{\"id\":\"p%llu\",\"url\":\"https://n%u.example/%llu\",\"date\":\"%04llu-%02llu-%02llu\",\"title\":\"",
           (unsigned long long)p, host, (unsigned long long)p, (unsigned long long)(2000 + day / 336),
           (unsigned long long)(1 + day / 28 % 12), (unsigned long long)(1 + day % 28));
    put_words(m, &title, 8, NULL);
    fputs("\",\"text\":\"", stdout);
    put_furniture(m, host, 0);
    if (o == REUSE) {
        put_report(m, p, OWN, p);
        fputs("\\n", stdout);
        for (uint32_t i = 3; i < 6; i++) put_sentence(m, from, i, NULL);
    } else {
        put_report(m, from, o, p);
    }
    fputs("\\n", stdout);
    put_furniture(m, host, 1);
    puts("\"}");
}

int main(int argc, char **argv)
{
    uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 0, seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    if (!n) {
        fputs("usage: bench_made N [SEED]\n", stderr);
        return 2;
    }
    made *m = calloc(1, sizeof *m);
    if (!m) return 1;
    m->seed = mix(seed);
    for (uint32_t i = 0; i < VOCABULARY; i++) make_word(&m->vocabulary[i], i);
    for (uint64_t p = 0; p < n; p++) put_page(m, p);
    free(m);
    return fflush(stdout) ? 1 : 0;
}
