/* train_names.c: trains the name tagger (src/names) and measures it.
 *
 *     train_names OUT.dlm [-e EPOCHS] [-b MAX_BYTES] [-c CLUSTERS.dlm] TRAIN... [-d DEV...]
 *
 * Files are columns (token first, BIO label last, a blank line ends a sentence, -DOCSTART- a document),
 * plain or gzipped. Label sets are mapped to PER ORG LOC NORP FAC EVENT MISC; dates, money and numbers
 * are no names. Sets that have but one MISC for peoples, events and works are split by word: a word that
 * the tables or another set know as a people is NORP. Fixed seed: the same files give the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/limits.h"
#include "base/pack_format.h"
#include "doc/build.h"
#include "learn/train.h"
#include "names/features.h"

#define LABELS 15
static const char *const labels[LABELS] = { "O",      "B-PER", "I-PER", "B-ORG",   "I-ORG",   "B-LOC",  "I-LOC", "B-NORP",
                                            "I-NORP", "B-FAC", "I-FAC", "B-EVENT", "I-EVENT", "B-MISC", "I-MISC" };

struct map {
    const char *theirs, *ours;
};
/* CoNLL-03, WorldWide, WikiGold, CrossNER, OntoNotes-like sets. Everything else is O. */
static const struct map types[] = {
    { "PER", "PER" },
    { "Person", "PER" },
    { "person", "PER" },
    { "politician", "PER" },
    { "PERSON", "PER" },
    { "ORG", "ORG" },
    { "Organization", "ORG" },
    { "organisation", "ORG" },
    { "organization", "ORG" },
    { "politicalparty", "ORG" },
    { "LOC", "LOC" },
    { "Location", "LOC" },
    { "location", "LOC" },
    { "country", "LOC" },
    { "GPE", "LOC" },
    { "NORP", "NORP" },
    { "Facility", "FAC" },
    { "FAC", "FAC" },
    { "Event", "EVENT" },
    { "event", "EVENT" },
    { "election", "EVENT" },
    { "EVENT", "EVENT" },
    { "MISC", "MISC" },
    { "Misc", "MISC" },
    { "misc", "MISC" },
    { "Product", "MISC" },
    { "Miscellaneous", "MISC" },
};

struct corpus {
    dl_build b;
    uint8_t *gold; /* [cap] label of each token                                                  */
    size_t cap;
    uint32_t sent_beg;
};

static void die(const char *what, const char *name)
{
    fprintf(stderr, "train_names: %s: %s\n", name, what);
    exit(1);
}

static uint8_t label_of(const char *theirs)
{
    char want[24];
    if ((theirs[0] != 'B' && theirs[0] != 'I') || theirs[1] != '-') return 0;
    for (size_t k = 0; k < DL_COUNT(types); k++)
        if (!strcmp(theirs + 2, types[k].theirs)) {
            snprintf(want, sizeof want, "%c-%s", theirs[0], types[k].ours);
            for (uint8_t i = 0; i < LABELS; i++)
                if (!strcmp(labels[i], want)) return i;
        }
    return 0;
}

static void put_token(struct corpus *c, dl_str word, uint8_t gold)
{
    dl_span at = dl_put_text(&c->b, word);
    dl_put_text(&c->b, DL_STR(" "));
    uint32_t row = dl_row(&c->b, DL_T_TOKS);
    if (row == DL_NONE) die("out of memory", "corpus");
    c->b.d.toks.span[row] = at;
    c->b.d.toks.flags[row] = DL_TOK_SPACE;
    if (row >= c->cap) {
        c->cap = c->cap ? c->cap * 2 : 1024;
        c->gold = realloc(c->gold, c->cap);
        if (!c->gold) die("out of memory", "corpus");
    }
    c->gold[row] = gold;
}

static void end_sentence(struct corpus *c)
{
    uint32_t end = c->b.d.toks.n;
    if (end == c->sent_beg) return;
    uint32_t row = dl_row(&c->b, DL_T_SENTS);
    if (row == DL_NONE) die("out of memory", "corpus");
    c->b.d.sents.tok[row] = (dl_span){ c->sent_beg, end };
    c->sent_beg = end;
}

/* Labels that begin with I-X after something else begin a name. */
static void mend(struct corpus *c)
{
    for (uint32_t t = 0; t < c->b.d.toks.n; t++) {
        uint8_t g = c->gold[t];
        bool inside = g && labels[g][0] == 'I';
        bool joined = inside && t > 0 && (c->gold[t - 1] == g || c->gold[t - 1] == g - 1);
        if (inside && !joined) c->gold[t] = (uint8_t)(g - 1);
    }
    for (uint32_t s = 0; s < c->b.d.sents.n; s++) {
        uint32_t t = c->b.d.sents.tok[s].beg;
        if (c->gold[t] && labels[c->gold[t]][0] == 'I') c->gold[t] = (uint8_t)(c->gold[t] - 1);
    }
}

/* The one MISC of CoNLL and WikiGold: peoples apart from the rest. */
static void split_misc(struct corpus *c, const dl_facts *f)
{
    for (uint32_t t = 0; t < c->b.d.toks.n; t++) {
        if (strcmp(labels[c->gold[t]], "B-MISC") || (t + 1 < c->b.d.toks.n && !strcmp(labels[c->gold[t + 1]], "I-MISC")))
            continue;
        dl_nation n = dl_facts_nation(f, dl_tok_text(&c->b.d, t));
        if (n.as & (DL_AS_ADJ | DL_AS_PEOPLE)) c->gold[t] = label_of("B-NORP");
    }
}

/* ---- Examples ------------------------------------------------------------------------------ */

struct score {
    uint32_t right, said, gold;
};

struct task {
    dl_trainer *trainer;      /* training, or NULL                                                */
    const dl_linear *weights; /* measuring                                                       */
    const dl_facts *facts;
    dl_names_clusters classes;
    struct score score[5]; /* PER ORG LOC, all three, everything                                 */
    uint64_t tokens;
    bool show;
};

/* The types that the scorers compare: facilities are places. */
static int kind_of(uint8_t label)
{
    const char *l = labels[label];
    return !strcmp(l + 1, "-PER") ? 0 : !strcmp(l + 1, "-ORG") ? 1 : !strcmp(l + 1, "-LOC") || !strcmp(l + 1, "-FAC") ? 2 : -1;
}

static uint32_t span_end(const uint8_t *l, uint32_t from, uint32_t n)
{
    uint32_t to = from + 1;
    while (to < n && labels[l[to]][0] == 'I') to++;
    return to;
}

static void show_error(const struct corpus *c, dl_span sent, const char *what, uint32_t from, uint32_t to, const char *label)
{
    const dl_doc *d = &c->b.d;
    printf("%s %s [", what, label + 2);
    uint32_t a = from > sent.beg + 6 ? from - 6 : sent.beg, z = to + 6 < sent.end ? to + 6 : sent.end;
    for (uint32_t t = a; t < z; t++) {
        dl_str s = dl_tok_text(d, t);
        printf("%s%.*s%s ", t == from ? "<" : "", (int)s.len, s.p, t + 1 == to ? ">" : "");
    }
    printf("]\n");
}

static void count(struct task *k, const struct corpus *c, dl_span sent, const uint8_t *said)
{
    const uint8_t *gold = c->gold + sent.beg;
    uint32_t n = sent.end - sent.beg;
    for (uint32_t i = 0; i < n; i++) {
        int g = gold[i] && labels[gold[i]][0] == 'B' ? kind_of(gold[i]) : -1;
        int s = said[i] && labels[said[i]][0] == 'B' ? kind_of(said[i]) : -1;
        uint32_t ge = g >= 0 ? span_end(gold, i, n) : 0, se = s >= 0 ? span_end(said, i, n) : 0;
        if (g >= 0) k->score[g].gold++;
        if (s >= 0) k->score[s].said++;
        if (g >= 0 && g == s && ge == se)
            k->score[g].right++;
        else if (k->show) {
            if (g >= 0) show_error(c, sent, "MISSED", sent.beg + i, sent.beg + ge, labels[gold[i]]);
            if (s >= 0) show_error(c, sent, "SAID", sent.beg + i, sent.beg + se, labels[said[i]]);
        }
    }
}

/* One document: its sentences become examples, or are tagged and counted. */
static void do_document(struct corpus *c, struct task *k, bool one_misc)
{
    dl_build *b = &c->b;
    end_sentence(c);
    mend(c);
    if (one_misc) split_misc(c, k->facts);
    dl_names_word *w = dl_names_look(&b->d, k->facts, &k->classes, &b->scratch);
    uint8_t said[DL_SENT_MAX * 16];
    dl_seq seq;
    dl_feats f;
    dl_seq_init(&seq, &b->scratch);
    for (uint32_t s = 0; w && s < b->d.sents.n; s++) {
        dl_span sent = b->d.sents.tok[s];
        if (sent.end - sent.beg > sizeof said) continue;
        dl_seq_clear(&seq);
        for (uint32_t t = sent.beg; t < sent.end; t++) {
            dl_names_features(&f, w, sent, t);
            if (!dl_seq_add(&seq, &f)) die("out of memory", "features");
        }
        k->tokens += seq.n;
        if (k->trainer) {
            if (!dl_example_add(k->trainer, &seq, c->gold + sent.beg)) die("out of memory", "examples");
        } else {
            dl_seq_viterbi(k->weights, &seq, &b->scratch, said);
            count(k, c, sent, said);
        }
    }
    dl_build_reset(b);
    c->sent_beg = 0;
}

/* A line's first and last column. */
static bool columns(char *line, char **word, char **label)
{
    size_t n = strcspn(line, "\r\n");
    line[n] = 0;
    char *end = line + n;
    while (end > line && dl_is_space(end[-1])) *--end = 0;
    if (end == line) return false;
    *label = end;
    while (*label > line && !dl_is_space((*label)[-1])) --*label;
    *word = line;
    line[strcspn(line, " \t")] = 0;
    return *label > line;
}

static void read_file(const char *path, struct corpus *c, struct task *k)
{
    char line[4096], *word, *label;
    gzFile in = gzopen(path, "rb");
    if (!in) die("cannot be read", path);
    bool one_misc = strstr(path, "conll03") || strstr(path, "wikigold");
    /* CrossNER has no document marks: 20 sentences are one. */
    bool marked = !strstr(path, "crossner");
    uint32_t sents = 0;
    while (gzgets(in, line, sizeof line)) {
        bool any = columns(line, &word, &label);
        if (!any && c->b.d.toks.n > c->sent_beg) sents++;
        if (!any) end_sentence(c);
        bool mark = any && !strcmp(word, "-DOCSTART-");
        if ((mark || (!marked && sents % 20 == 19 && !any)) && c->b.d.toks.n) do_document(c, k, one_misc);
        if (any && !mark) put_token(c, dl_str_of(word), label_of(label));
    }
    if (c->b.d.toks.n) do_document(c, k, one_misc);
    gzclose(in);
}

static void print_score(const char *name, const struct score *s)
{
    double p = s->said ? (double)s->right / s->said : 0, r = s->gold ? (double)s->right / s->gold : 0;
    printf("  %-4s P %.2f R %.2f F1 %.2f (%u)\n", name, 100 * p, 100 * r, p + r > 0 ? 200 * p * r / (p + r) : 0, s->gold);
}

static void measure(const char *path, struct corpus *c, struct task *k)
{
    static const char *const names[] = { "PER", "ORG", "LOC" };
    memset(k->score, 0, sizeof k->score);
    read_file(path, c, k);
    printf("%s\n", path);
    for (int i = 0; i < 3; i++) {
        print_score(names[i], &k->score[i]);
        k->score[3].right += k->score[i].right;
        k->score[3].said += k->score[i].said;
        k->score[3].gold += k->score[i].gold;
    }
    print_score("all", &k->score[3]);
}

static void told(void *ctx, uint32_t epoch, double right, size_t rows)
{
    (void)ctx;
    fprintf(stderr, "epoch %u: %.4f of the labels right, %zu features\n", epoch, right, rows);
}

struct options {
    const char *out, *classes;
    dl_train_plan plan;
    int train_from, train_to, dev_from;
};

static struct options read_options(int argc, char **argv)
{
    struct options o = { .plan = {
                             .epochs = 10, .min_updates = 3, .max_bytes = 4100000, .bio = true, .seed = 11, .told = told } };
    int i = 2;
    if (argc < 3) die("usage: train_names OUT.dlm [-e EPOCHS] [-b BYTES] [-c CLASSES.dlm] TRAIN... [-d DEV...]", "no files");
    o.out = argv[1];
    for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
        uint64_t v = 0;
        if (argv[i][1] == 'c')
            o.classes = argv[i + 1];
        else if (!dl_str_number(dl_str_of(argv[i + 1]), UINT32_MAX, &v))
            die("a number is wanted", argv[i]);
        else if (argv[i][1] == 'e')
            o.plan.epochs = (uint32_t)v;
        else if (argv[i][1] == 'm')
            o.plan.min_updates = (uint32_t)v;
        else
            o.plan.max_bytes = (uint32_t)v;
    }
    o.train_from = i;
    while (i < argc && strcmp(argv[i], "-d")) i++;
    o.train_to = i;
    o.dev_from = i + 1;
    return o;
}

int main(int argc, char **argv)
{
    struct options o = read_options(argc, argv);
    dl_models *facts_of = NULL, *classes_of = NULL;
    dl_error err;
    if (dl_models_open(&facts_of, NULL, &err) != DL_OK) die(err.message, "facts");
    if (o.classes && dl_models_open(&classes_of, o.classes, &err) != DL_OK) die(err.message, o.classes);
    dl_facts facts = dl_facts_open(facts_of);
    dl_str classes = classes_of ? dl_models_section(classes_of, DL_NAMES_CLUSTERS) : (dl_str){ NULL, 0 };
    dl_arena arena;
    dl_arena_init(&arena, (size_t)12 << 30);
    dl_trainer trainer;
    if (!dl_trainer_init(&trainer, &arena, labels, LABELS, &o.plan)) die("out of memory", "trainer");
    struct corpus c = { .gold = NULL };
    dl_build_init(&c.b);
    struct task k = { .trainer = &trainer, .facts = &facts, .classes = dl_names_clusters_open(classes) };
    for (int i = o.train_from; i < o.train_to; i++) read_file(argv[i], &c, &k);
    fprintf(stderr, "%llu tokens\n", (unsigned long long)k.tokens);
    dl_buf buf;
    dl_buf_init(&buf, (size_t)256 << 20);
    if (!dl_train_seqs(&trainer) || !dl_trainer_write(&trainer, &buf)) die("out of memory", "training");
    dl_pack_part part[2] = { { DL_NAMES_WEIGHTS, buf.p, buf.len }, { DL_NAMES_CLUSTERS, classes.p, classes.len } };
    if (dl_pack_write(o.out, part, classes.len ? 2 : 1, &err) != DL_OK) die(err.message, o.out);
    fprintf(stderr, "%s: %zu bytes of weights\n", o.out, buf.len);
    dl_linear weights;
    if (!dl_linear_view(&weights, dl_buf_str(&buf))) die("not a model", o.out);
    k.trainer = NULL;
    k.weights = &weights;
    k.show = getenv("SHOW") != NULL;
    for (int i = o.dev_from; i < argc; i++) measure(argv[i], &c, &k);
    dl_build_free(&c.b);
    dl_buf_free(&buf);
    free(c.gold);
    dl_arena_free(&arena);
    dl_models_close(classes_of);
    dl_models_close(facts_of);
    return 0;
}
