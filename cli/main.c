/* main.c: the program: reads the command line, asks the library, reports. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "args.h"
#include "report.h"

static volatile sig_atomic_t interrupted;

static void on_signal(int sig)
{
    (void)sig;
    interrupted = 1;
}

static bool stop(void *ctx)
{
    (void)ctx;
    return interrupted != 0;
}

static void catch_signals(void)
{
    struct sigaction act = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND }; /* a second Ctrl-C ends it at once */
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
}

/* $DATELINE_STORE, or dateline.db under $XDG_DATA_HOME/dateline or ~/.local/share/dateline. */
static const char *default_store(char *buf, size_t cap, bool make)
{
    const char *env = getenv("DATELINE_STORE"), *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (env && *env) return env;
    int n = data && *data ? snprintf(buf, cap, "%s/dateline", data)
                          : snprintf(buf, cap, "%s/.local/share/dateline", home ? home : ".");
    if (n < 0 || (size_t)n + 16 > cap) return NULL;
    for (char *slash = buf + 1; make && (slash = strchr(slash, '/')); slash++) { /* the folders on the way */
        *slash = 0;
        mkdir(buf, 0700);
        *slash = '/';
    }
    if (make) mkdir(buf, 0700);
    memcpy(buf + n, "/dateline.db", sizeof "/dateline.db");
    return buf;
}

/* overrule takes no PATH: nothing, a page and how it counts, or with --undo a page. */
static bool take_ruling(args *a)
{
    int want = a->req.undo ? 1 : 2;
    if (a->n_paths != want && (a->n_paths || a->req.undo)) return false;
    if (a->n_paths) a->req.page = a->path[0];
    if (a->n_paths == 2) a->req.counts = a->path[1];
    a->n_paths = 0;
    a->req.now = (int64_t)time(NULL);
    return true;
}

/* The first operand of page and search is not a PATH. */
static bool take_operand(args *a)
{
    if (a->cmd->what == DL_OVERRULE && !take_ruling(a)) {
        fprintf(stderr, "usage: dateline %s %s\n", a->cmd->name, a->cmd->args);
        return false;
    }
    if (a->cmd->what == DL_EXPORT && !a->req.to) {
        fprintf(stderr, "usage: dateline %s %s\n", a->cmd->name, a->cmd->args);
        return false;
    }
    const char **to = a->cmd->what == DL_PAGE ? &a->req.page : a->cmd->what == DL_SEARCH ? &a->req.query : NULL;
    if (!to) return true;
    if (!a->n_paths) {
        fprintf(stderr, "usage: dateline %s %s\n", a->cmd->name, a->cmd->args);
        return false;
    }
    *to = *a->path++;
    a->n_paths--;
    return true;
}

/* `curl ... | dateline extract`: something is piped in. */
static bool piped_in(void)
{
    struct stat in;
    return !fstat(STDIN_FILENO, &in) && (S_ISFIFO(in.st_mode) || S_ISREG(in.st_mode) || S_ISSOCK(in.st_mode));
}

/* PATHs are read into memory; without any there is the store, or for a filter with no store what is piped in. */
static void choose_store(args *a, char *buf, size_t cap, bool adding, bool search_paths)
{
    if (search_paths)
        a->set.store = ":memory:";
    else if ((a->n_paths || a->req.index) && !adding)
        a->set.store = NULL;
    else if (!a->set.store)
        a->set.store = default_store(buf, cap, adding);
    const bool filter = a->cmd->what == DL_EXTRACT || a->cmd->what == DL_PARSE;
    if (!filter || a->n_paths || a->set.store != buf || !access(buf, F_OK) || !piped_in()) return;
    a->set.store = NULL;
    a->path[a->n_paths++] = "-"; /* argv[0] was the command */
}

/* A run that was stopped says how far it came; any other error is told as it is. */
static int stopped_or(report *r, const dl_pile *p, const dl_error *err)
{
    if (err->status != DL_ESTOPPED) return report_error(r, err);
    report_clear(r);
    fprintf(stderr, "stopped after %llu pages; nothing lost, run the same command to go on\n",
            (unsigned long long)dl_pile_counts(p).added);
    return 130;
}

static int answer(args *a, dl_pile *p, report *r)
{
    dl_error err = { 0 };
    uint64_t found = 0;
    for (int i = 0; i < a->n_paths; i++)
        if (dl_pile_add(p, a->path[i], &err)) return stopped_or(r, p, &err);
    FILE *out = a->out ? fopen(a->out, "wb") : stdout;
    if (!out) {
        fprintf(stderr, "dateline: %s: %s\n", a->out, strerror(errno));
        return 4;
    }
    dl_status st = dl_pile_write(p, &a->req, dl_to_file, out, &found, &err);
    bool written = a->out ? !fclose(out) : !fflush(out);
    if (st) return a->req.index ? stopped_or(r, p, &err) : report_error(r, &err);
    report_clear(r);
    if (!written) {
        perror("dateline: output");
        return 4;
    }
    const dl_counts counts = dl_pile_counts(p);
    if (counts.failed) {
        fprintf(stderr, "dateline: %llu failed\n", (unsigned long long)counts.failed);
        return 3;
    }
    if (a->n_paths && !counts.pages && !counts.added && !counts.known) fputs("dateline: no page in what was given\n", stderr);
    if (a->cmd->what == DL_SEARCH && !found) return 1;
    return a->exit_code && found ? 1 : 0;
}

static int run(args *a)
{
    char buf[4096];
    report r;
    dl_error err = { 0 };
    dl_pile *p;
    if (!take_operand(a)) return 2;
    bool adding = a->cmd->what == DL_ADDED;
    if (adding && !a->n_paths) {
        fprintf(stderr, "usage: dateline add PATH...\n");
        return 2;
    }
    bool search_paths = a->cmd->what == DL_SEARCH && a->n_paths; /* a store that ends with the command */
    choose_store(a, buf, sizeof buf, adding, search_paths);
    a->set.read_only = !adding && !search_paths && !(a->cmd->what == DL_OVERRULE && a->req.page);
    if (a->cmd->what == DL_DOCTOR && a->set.store && access(a->set.store, F_OK))
        a->set.store = NULL; /* the rest can be looked at */
    if (a->cmd->what == DL_OVERRULE && a->set.store && access(a->set.store, F_OK)) a->set.read_only = true; /* none is made */
    report_begin(&r, a->progress);
    a->set.progress = report_progress;
    a->set.failed = report_failed;
    a->set.stop = stop;
    a->set.ctx = &r;
    catch_signals();
    if (dl_pile_open(&p, &a->set, &err)) return report_error(&r, &err);
    int status = answer(a, p, &r);
    dl_pile_close(p);
    return status;
}

static int print_version(void)
{
    dl_pile *p;
    dl_error err = { 0 };
    report r;
    report_begin(&r, "off");
    if (dl_pile_open(&p, &(dl_settings){ .threads = 1 }, &err)) return report_error(&r, &err);
    printf("dateline %s\n", dl_pile_build(p));
    dl_pile_close(p);
    return 0;
}

int main(int argc, char **argv)
{
    args a;
    if (argc < 2 || !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
        cli_help(argc > 2 ? cli_find(argv[2]) : NULL);
        return argc < 2 ? 2 : 0;
    }
    if (!strcmp(argv[1], "--version")) return print_version();
    if (!strcmp(argv[1], "completion")) return cli_completion(argv[2]);
    if (!strcmp(argv[1], "man")) {
        cli_man();
        return 0;
    }
    if (!args_read(&a, argc - 1, argv + 1)) return 2;
    if (a.help) {
        cli_help(a.cmd);
        return 0;
    }
    return run(&a);
}
