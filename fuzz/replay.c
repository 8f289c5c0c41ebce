/* replay.c: runs a fuzz target over files, without libFuzzer: replay_X [-m TIMES] FOLDER|FILE...
 * So every compiler and every CI run exercises the targets on their corpora; with -m, on each file changed TIMES times besides,
 * always in the same ways. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct bytes {
    uint8_t *p;
    size_t n, cap;
} bytes;

enum { FILES = 4096, LONGEST = 1 << 20 };
static bytes files[FILES];
static unsigned count;

static void room(bytes *b, size_t n)
{
    if (n <= b->cap) return;
    b->cap = n * 2;
    b->p = realloc(b->p, b->cap);
    if (!b->p) abort();
}

static void insert(bytes *b, size_t at, const void *p, size_t n)
{
    room(b, b->n + n);
    memmove(b->p + at + n, b->p + at, b->n - at);
    memcpy(b->p + at, p, n);
    b->n += n;
}

static int read_file(const char *path)
{
    FILE *f = count < FILES ? fopen(path, "rb") : NULL;
    if (!f) return 1;
    bytes *b = &files[count++];
    size_t got;
    do {
        room(b, b->n + (1 << 16));
        got = fread(b->p + b->n, 1, b->cap - b->n, f);
        b->n += got;
    } while (got);
    fclose(f);
    return 0;
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static int read_folder(const char *path)
{
    static char *names[FILES];
    size_t n = 0;
    char name[4096];
    DIR *dir = opendir(path);
    if (!dir) return 1;
    for (struct dirent *e; (e = readdir(dir)) && n < FILES;)
        if (e->d_name[0] != '.') names[n++] = strdup(e->d_name);
    closedir(dir);
    qsort(names, n, sizeof *names, by_name);
    int bad = 0;
    for (size_t i = 0; i < n; i++) {
        const int len = snprintf(name, sizeof name, "%s/%s", path, names[i]);
        bad |= len < 0 || (size_t)len >= sizeof name || read_file(name);
        free(names[i]);
    }
    return bad;
}

/* An exact copy: a read behind the end is then a read outside the allocation. */
static void run(const bytes *b)
{
    uint8_t *exact = malloc(b->n ? b->n : 1);
    if (!exact) abort();
    if (b->n) memcpy(exact, b->p, b->n);
    LLVMFuzzerTestOneInput(exact, b->n);
    free(exact);
}

/* splitmix64 */
static uint64_t seed;
static size_t below(size_t n)
{
    uint64_t x = seed += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return n ? (size_t)((x ^ (x >> 31)) % n) : 0;
}

static void change(bytes *b, const bytes *other)
{
    static const char *const words[] = {
        "<",    ">",       "&",      "\"",    "&amp;",  "</",          "<!--", "-->",   "<p>",  "</p>",
        "<b>",  "</b>",    "<a>",    "<div>", "</div>", "<table>",     "<td>", "<svg>", "<br>", "<title>",
        "\n",   "\r\n",    "\n\n",   "{",     "}",      "\\u",         "[",    "\xc3",  "\xff", "\xe2\x80\x9c",
        "2031", "By ",     "<time>", "=",     "&#x",    "&lt;",        "\t",   ",",     "<li>", "<h2>",
        "/",    "<script", "<style", "-1",    "0",      "999999999999"
    };
    const size_t at = below(b->n + 1), len = below(b->n - at + 1), some = len < 64 ? len : below(64);
    const char *word = words[below(sizeof words / sizeof *words)];
    switch (below(8)) {
    case 0:
        if (at < b->n) b->p[at] ^= (uint8_t)(1u << below(8));
        break;
    case 1:
        if (at < b->n) b->p[at] = (uint8_t)below(256);
        break;
    case 2: insert(b, at, word, strlen(word)); break;
    case 3: insert(b, at, "", 1); break;
    case 4: /* a piece goes */
        memmove(b->p + at, b->p + at + some, b->n - at - some);
        b->n -= some;
        break;
    case 5: { /* a piece comes twice, or often */
        bytes piece = { 0 };
        room(&piece, some + 1);
        memcpy(piece.p, b->p + at, some);
        for (size_t times = below(4) ? 1 : below(40); times && b->n < LONGEST; times--) insert(b, at, piece.p, some);
        free(piece.p);
        break;
    }
    case 6: { /* a piece of another file */
        const size_t from = below(other->n + 1), n = below(other->n - from + 1);
        insert(b, at, other->p + from, n < 4096 ? n : 4096);
        break;
    }
    default:
        if (!below(8)) b->n = at; /* cut short */
        break;
    }
}

/* The first byte often says how the rest is to be read: it stays, mostly. */
static void run_changed(const bytes *whole)
{
    static bytes b;
    const uint8_t first = whole->n ? whole->p[0] : 0;
    room(&b, whole->n + 1);
    memcpy(b.p, whole->p, whole->n);
    b.n = whole->n;
    for (size_t k = 1 + below(8); k; k--) change(&b, &files[below(count)]);
    if (b.n && below(8)) b.p[0] = first;
    run(&b);
}

int main(int argc, char **argv)
{
    unsigned long times = 0, changed = 0;
    int from = 1;
    if (argc > 2 && !strcmp(argv[1], "-m")) {
        times = strtoul(argv[2], NULL, 10);
        from = 3;
    }
    for (int i = from; i < argc; i++) {
        struct stat info;
        if (stat(argv[i], &info) || (S_ISDIR(info.st_mode) ? read_folder(argv[i]) : read_file(argv[i]))) {
            fprintf(stderr, "replay: %s cannot be read\n", argv[i]);
            return 1;
        }
    }
    for (unsigned i = 0; i < count; i++) {
        run(&files[i]);
        for (unsigned long k = 0; k < times; k++, changed++) {
            seed = (uint64_t)i << 32 | k; /* each by itself: one can be found again */
            run_changed(&files[i]);
        }
    }
    for (unsigned i = 0; i < count; i++) free(files[i].p);
    printf("%u inputs, %lu changed ones\n", count, changed);
    return count ? 0 : 1;
}
