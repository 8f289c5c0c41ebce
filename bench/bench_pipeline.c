/* bench_pipeline.c: the whole page pipeline over a folder of pages (.html, .html.gz), from memory, with N threads: pages/s, MB of HTML
 * a second, peak memory, and the share of each stage in the threads' own CPU time.
 *   bench_pipeline FOLDER THREADS [ROUNDS] */
#include "pages.h"

#include <pthread.h>
#include <string.h>
#include <sys/resource.h>

#include "base/utf8.h"
#include "extract/extract.h"
#include "pipeline.h"
#include "tokens/tokens.h"

enum { STAGES = 11, MAX_THREADS = 64 };

static const char *const names[STAGES] = { "extract", "tokens", "dates", "tags",   "trees", "names",
                                           "coref",   "damage", "times", "quotes", "events" };
static const dl_stages bits[STAGES] = { 0,
                                        0,
                                        0,
                                        DL_STAGE_WORDS,
                                        DL_STAGE_TREES,
                                        DL_STAGE_NAMES,
                                        DL_STAGE_COREF,
                                        DL_STAGE_DAMAGE,
                                        DL_STAGE_TIMES,
                                        DL_STAGE_QUOTES,
                                        DL_STAGE_EVENTS };

typedef struct worker {
    const pages *p;
    const dl_models *m;
    unsigned number, of, rounds;
    double seconds[STAGES];
    uint64_t tokens;
    bool failed;
} worker;

static dl_status stage(dl_build *b, int i, const dl_raw *raw, const dl_models *m)
{
    switch (i) {
    case 0: return dl_extract(b, raw, m);
    case 1: return dl_tokens_find(b, m);
    case 2: return dl_dates_page(b, m);
    default: return dl_pipeline_understand(b, bits[i], m);
    }
}

static void *work(void *arg)
{
    worker *w = arg;
    dl_build b;
    dl_arena clean;
    dl_build_init(&b);
    dl_arena_init(&clean, (size_t)1 << 30);
    for (unsigned round = 0; round < w->rounds; round++)
        for (size_t i = w->number; i < w->p->n; i += w->of) {
            dl_arena_reset(&clean);
            dl_raw raw = {
                .kind = DL_RAW_HTML, .bytes = dl_utf8_clean(&clean, w->p->page[i]), .fetched = DL_NEVER, .given = DL_NEVER
            };
            dl_build_reset(&b);
            for (int s = 0; s < STAGES; s++) {
                double t = now(CLOCK_THREAD_CPUTIME_ID);
                if (stage(&b, s, &raw, w->m)) w->failed = true;
                w->seconds[s] += now(CLOCK_THREAD_CPUTIME_ID) - t;
            }
            w->tokens += b.d.toks.n;
        }
    dl_arena_free(&clean);
    dl_build_free(&b);
    return NULL;
}

static void report(const pages *p, const worker *w, unsigned threads, unsigned rounds, double wall)
{
    double stage_seconds[STAGES] = { 0 }, all = 0;
    uint64_t tokens = 0;
    struct rusage use;
    for (unsigned i = 0; i < threads; i++) {
        tokens += w[i].tokens;
        for (int s = 0; s < STAGES; s++) stage_seconds[s] += w[i].seconds[s];
    }
    for (int s = 0; s < STAGES; s++) all += stage_seconds[s];
    getrusage(RUSAGE_SELF, &use);
    double n = (double)p->n * rounds, mb = (double)p->bytes / 1e6 * rounds;
    printf("%u thread%s: %.0f pages/s, %.1f MB/s of HTML, %.2f M tokens/s by the wall; %.1f MB/s a CPU second; peak %ld MB "
           "(pages %.0f MB)\n",
           threads, threads == 1 ? "" : "s", n / wall, mb / wall, (double)tokens / wall / 1e6, mb / all, use.ru_maxrss / 1024,
           (double)p->bytes / 1e6);
    for (int s = 0; s < STAGES; s++)
        printf("  %-8s %5.1f%%  %7.0f us a page\n", names[s], 100 * stage_seconds[s] / all, 1e6 * stage_seconds[s] / n);
}

int main(int argc, char **argv)
{
    static pages p;
    static worker w[MAX_THREADS];
    pthread_t thread[MAX_THREADS];
    dl_models *m;
    dl_error err;
    unsigned threads = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 1,
             rounds = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 1;
    if (argc < 2 || !threads || threads > MAX_THREADS || !load_folder(&p, argv[1]) || dl_models_open(&m, NULL, &err)) {
        fprintf(stderr, "usage: bench_pipeline FOLDER THREADS [ROUNDS]\n");
        return 2;
    }
    double begun = now(CLOCK_MONOTONIC);
    for (unsigned i = 0; i < threads; i++) {
        w[i] = (worker){ .p = &p, .m = m, .number = i, .of = threads, .rounds = rounds };
        if (pthread_create(&thread[i], NULL, work, &w[i])) return 1;
    }
    bool failed = false;
    for (unsigned i = 0; i < threads; i++) {
        pthread_join(thread[i], NULL);
        failed |= w[i].failed;
    }
    report(&p, w, threads, rounds, now(CLOCK_MONOTONIC) - begun);
    dl_models_close(m);
    return failed;
}
