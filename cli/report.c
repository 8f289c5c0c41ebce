/* report.c: progress at most ten times a second on a terminal, else a line every ten seconds. */
#include "report.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void report_begin(report *r, const char *mode)
{
    *r = (report){ .mode = mode, .terminal = isatty(STDERR_FILENO) == 1 };
    r->begun = r->last = now();
}

void report_text(const char *s)
{
    for (; *s; s++) fputc((unsigned char)*s < 0x20 || *s == 0x7F ? '?' : *s, stderr);
}

void report_clear(report *r)
{
    if (r->drawn) fputs("\r\033[K", stderr);
    r->drawn = false;
}

void report_progress(void *ctx, const char *what, uint64_t done, uint64_t total, uint64_t bytes)
{
    report *r = ctx;
    double t = now();
    bool redraw = r->terminal && !strcmp(r->mode, "auto");
    if (!strcmp(r->mode, "off") || t - r->last < (redraw ? 0.1 : 10.0)) return;
    r->last = t;
    if (!strcmp(r->mode, "json")) {
        fprintf(stderr, "{\"what\":\"%s\",\"done\":%llu,\"total\":%llu,\"bytes\":%llu,\"seconds\":%.1f}\n", what,
                (unsigned long long)done, (unsigned long long)total, (unsigned long long)bytes, t - r->begun);
        return;
    }
    report_clear(r);
    fprintf(stderr, "  %-10s %llu", what, (unsigned long long)done);
    if (total) fprintf(stderr, "/%llu", (unsigned long long)total);
    fprintf(stderr, " pages   %.1f MB   %.1f s%s", (double)bytes / 1e6, t - r->begun, redraw ? "" : "\n");
    r->drawn = redraw;
    fflush(stderr);
}

static void where(const dl_error *err)
{
    report_text(err->where);
    if (err->offset != UINT64_MAX) fprintf(stderr, ": byte %llu", (unsigned long long)err->offset);
    if (err->where[0]) fputs(": ", stderr);
    report_text(err->message);
    fputc('\n', stderr);
}

void report_failed(void *ctx, const dl_error *err)
{
    report_clear(ctx);
    fputs(err->status == DL_OK ? "note: " : "failed: ", stderr);
    where(err);
}

int report_error(report *r, const dl_error *err)
{
    report_clear(r);
    fputs("dateline: ", stderr);
    where(err);
    switch (err->status) {
    case DL_EUSAGE: return 2;
    case DL_ENONE: return 1;
    case DL_EINPUT:
    case DL_ELIMIT: return 3;
    case DL_ESTOPPED: return 130;
    default: return 4;
    }
}
