/* args.c: reading the command line by the tables of commands.c. */
#include "args.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { NO_WRAP = 1000000000 };

static bool complain(const char *what, const char *which)
{
    fprintf(stderr, "dateline: %s%s%s\n", what, which ? ": " : "", which ? which : "");
    return false;
}

static bool number(const char *s, unsigned max, unsigned *out)
{
    char *end;
    if (*s < '0' || *s > '9') return false;
    unsigned long v = strtoul(s, &end, 10);
    if (*end == 'w' && !end[1]) end++;
    if (*end || v > max) return false;
    *out = (unsigned)v;
    return true;
}

static bool day(const char *s)
{
    for (int i = 0; i < 10; i++)
        if (i == 4 || i == 7 ? s[i] != '-' : s[i] < '0' || s[i] > '9') return false;
    return !s[10];
}

static bool one_of(const char *s, const char *words)
{
    size_t n = strlen(s);
    for (const char *w = words; *w; w += strcspn(w, " ") + (w[strcspn(w, " ")] != 0))
        if (strcspn(w, " ") == n && !memcmp(w, s, n)) return true;
    return false;
}

static bool format(args *a, const char *s)
{
    static const struct {
        const char *name;
        dl_format format;
    } names[] = { { "text", DL_TEXT },
                  { "jsonl", DL_JSONL },
                  { "json", DL_JSON },
                  { "md", DL_MARKDOWN },
                  { "markdown", DL_MARKDOWN },
                  { "html", DL_HTML },
                  { "csv", DL_CSV },
                  { "tsv", DL_TSV },
                  { "ninjs", DL_NINJS },
                  { "conllu", DL_CONLLU },
                  { "plover-jsonl", DL_PLOVER },
                  { "sqlite", DL_SQLITE },
                  { "svg", DL_SVG } };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!strcmp(s, names[i].name)) {
            a->req.format = names[i].format;
            return true;
        }
    return complain("no such format", s);
}

/* Flags: options that take nothing. */
static void set_flag(args *a, opt_id id)
{
    switch (id) {
    case OPT_JSONL: a->req.format = DL_JSONL; break;
    case OPT_JSON: a->req.format = DL_JSON; break;
    case OPT_CONLLU: a->req.format = DL_CONLLU; break;
    case OPT_EXIT_CODE: a->exit_code = true; break;
    case OPT_FAMILIES: a->req.families = true; break;
    case OPT_ASSIGN: a->req.assign = true; break;
    case OPT_LOG: a->req.log = true; break;
    case OPT_PAIRS: a->req.pairs = true; break;
    case OPT_CHANGES: a->req.also_changes = true; break;
    case OPT_NO_TREE: a->req.no_tree = true; break;
    case OPT_DAMAGE: a->req.damage = true; break;
    case OPT_EXPLAIN: a->req.explain = true; break;
    case OPT_PRECISION: a->req.lean = -1; break;
    case OPT_RECALL: a->req.lean = 1; break;
    case OPT_ALONE: a->set.alone = true; break;
    case OPT_UNDO: a->req.undo = true; break;
    case OPT_HELP: a->help = true; break;
    default: break;
    }
}

static bool set_number(args *a, opt_id id, const char *v)
{
    unsigned n;
    unsigned max = id == OPT_THREADS ? 256 : 1000000000;
    if (!number(v, max, &n)) {
        fprintf(stderr, "dateline: --%s takes a number from 0 to %u, not \"%s\"\n", cli_options[id].name, max, v);
        return false;
    }
    switch (id) {
    case OPT_STORY: a->req.story = n; break;
    case OPT_THREADS: a->set.threads = n; break;
    case OPT_WIDTH: a->req.width = n; break;
    case OPT_LENGTH: a->req.length = n; break;
    case OPT_EXPIRE: a->req.expire = n; break;
    case OPT_LINES_MIN: a->req.lines_min = n; break;
    default: a->req.limit = n; break;
    }
    return true;
}

static bool keep(args *a, const char *v)
{
    static const char *const word[] = { "first", "longest", "origin" };
    for (unsigned i = 0; i < sizeof word / sizeof word[0]; i++) {
        if (strcmp(v, word[i]) != 0) continue;
        a->req.keep = (dl_keep)(DL_KEEP_FIRST + i);
        if (a->req.format == DL_TEXT) a->req.format = DL_JSONL;
        return true;
    }
    return complain("--keep takes first, longest or origin, not", v);
}

static bool set_value(args *a, opt_id id, const char *v)
{
    switch (id) {
    case OPT_FORMAT: return format(a, v);
    case OPT_STORE: a->set.store = v; return true;
    case OPT_MODELS: a->set.models = v; return true;
    case OPT_PROGRESS:
        a->progress = v;
        return one_of(v, "auto plain json off") || complain("--progress takes auto, plain, json or off, not", v);
    case OPT_COLOUR:
        if (!one_of(v, "auto always never")) return complain("--color takes auto, always or never, not", v);
        a->req.colour = !strcmp(v, "always") || (!strcmp(v, "auto") && a->req.colour);
        return true;
    case OPT_INPUT:
        a->req.given = !strcmp(v, "conllu");
        a->req.plain = !strcmp(v, "text");
        return a->req.given || a->req.plain || complain("--input takes conllu or text, not", v);
    case OPT_BY: a->req.by_speaker = true; return !strcmp(v, "speaker") || complain("--by takes speaker, not", v);
    case OPT_SINCE: a->req.since = v; return day(v) || complain("--since takes YYYY-MM-DD, not", v);
    case OPT_UNTIL: a->req.until = v; return day(v) || complain("--until takes YYYY-MM-DD, not", v);
    case OPT_TO: a->req.to = v; return true;
    case OPT_INDEX: a->req.index = v; return true;
    case OPT_EXPLAIN_ID:
        a->req.page = v;
        a->req.explain = true;
        return true;
    case OPT_KEEP: return keep(a, v);
    case OPT_OF: a->req.copy_of = v; return true;
    case OPT_WHO: a->req.who = v; return true;
    case OPT_NOTE: a->req.note = v; return true;
    case OPT_SVG:
        a->req.format = DL_SVG;
        a->out = v;
        return true;
    default: return set_number(a, id, v);
    }
}

/* The option of that name which the command takes; else one of other commands, or OPT_IDS. */
static int find_option(const args *a, const char *name, size_t len)
{
    int found = OPT_IDS;
    for (int id = 0; id < OPT_IDS; id++) {
        const option_info *o = &cli_options[id];
        if (strlen(o->name) != len || memcmp(o->name, name, len)) continue;
        if ((a->cmd->options | CLI_COMMON) & OPT(id)) return id;
        found = id;
    }
    return found;
}

/* argv[i] is "--name" or "--name=value"; returns how many more words it took, -1: wrong. */
static int option(args *a, char **argv, int left)
{
    const char *name = argv[0] + 2, *equals = strchr(name, '=');
    int id = find_option(a, name, equals ? (size_t)(equals - name) : strlen(name));
    if (id == OPT_IDS) return complain("no such option", argv[0]) - 1;
    const option_info *o = &cli_options[id];
    if (!((a->cmd->options | CLI_COMMON) & OPT(id))) {
        fprintf(stderr, "dateline: %s does not take --%s\n", a->cmd->name, o->name);
        return -1;
    }
    if (!o->arg) {
        set_flag(a, (opt_id)id);
        return equals ? complain("takes no value", o->name) - 1 : 0;
    }
    bool two = id == OPT_DIFF || id == OPT_EXPLAIN_PAIR;
    int takes = two ? 2 : equals ? 0 : 1;
    if (takes > left || (equals && two)) return complain("a value is missing", argv[0]) - 1;
    if (!two) return set_value(a, (opt_id)id, equals ? equals + 1 : argv[1]) ? takes : -1;
    a->req.diff[0] = argv[1];
    a->req.diff[1] = argv[2];
    a->req.explain = id == OPT_EXPLAIN_PAIR;
    return 2;
}

static void defaults(args *a)
{
    struct winsize size;
    bool terminal = isatty(STDOUT_FILENO) == 1;
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    a->progress = "auto";
    a->req.colour = terminal && !(no && *no) && term && strcmp(term, "dumb");
    a->req.width = a->cmd->what == DL_EXTRACT && !terminal ? NO_WRAP /* for a program: one line a paragraph */
                   : terminal && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col >= 40 ? size.ws_col
                                                                                               : 80;
    if (a->cmd->what == DL_PARSE) a->req.format = DL_CONLLU;
}

bool args_read(args *out, int argc, char **argv)
{
    args a = { .path = argv };
    a.cmd = cli_find(argv[0]);
    if (!a.cmd) return complain("no such command (see dateline --help)", argv[0]);
    a.req.what = a.cmd->what;
    defaults(&a);
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--")) {
            while (++i < argc) a.path[a.n_paths++] = argv[i];
            break;
        }
        if (argv[i][0] == '-' && argv[i][1] == 'h' && !argv[i][2]) {
            a.help = true;
        } else if (argv[i][0] == '-' && argv[i][1] == '-') {
            int took = option(&a, argv + i, argc - i - 1);
            if (took < 0) return false;
            i += took;
        } else if (argv[i][0] == '-' && argv[i][1]) {
            return complain("no such option", argv[i]);
        } else {
            a.path[a.n_paths++] = argv[i]; /* never behind i: argv[0] is the command */
        }
    }
    *out = a;
    return true;
}
