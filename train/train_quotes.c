/* train_quotes.c: trains the tagger of src/quotes/tagger.c.
 *
 *   train_quotes TRAIN DEV OUT.dlm [EPOCHS [KILOBYTES]]
 *
 * TRAIN and DEV hold a token and its label a line ("said B-Cue"; labels B- and I- of Source, Cue,
 * Content, or O), an empty line after each paragraph and "-DOCSTART- id O" before each document;
 * plain or gzip. Tags, names and trees come from the program's own models, as they do in use.
 * The shipped weights were made from PolNeAR (Newell, Margolin, Ruths, LREC 2018), training part. */
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/pack_format.h"
#include "learn/train.h"
#include "names/names.h"
#include "parse/parse.h"
#include "quotes/work.h"
#include "tags/tags.h"
#include "trees/trees.h"

typedef struct gold {
    uint8_t *label;
    size_t n, cap;
} gold;

typedef struct shop {
    dl_models *models;
    dl_build build;
    dl_arena arena, work;
    gold gold;                           /* of the document                                                  */
    uint32_t sent_tok;                   /* first token of the sentence being read                           */
    uint32_t right[4], told[4], real[4]; /* O, Source, Cue, Content                            */
} shop;

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "train_quotes: %s\n", what);
    exit(1);
}

static uint8_t label_of(dl_str s)
{
    for (uint8_t i = 0; i < DL_SAIDS; i++)
        if (dl_str_eq(s, dl_str_of(dl_said_names[i]))) return i;
    die("a label that is none");
}

static bool among(dl_str s, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dl_str_eq_nocase(s, dl_str_of(words[i]))) return true;
    return false;
}

static bool abbreviation(dl_str s)
{
    static const char *const words[] = { "mr",  "mrs",  "ms",  "dr",   "sen", "sens", "rep",  "reps", "gov", "gen", "col", "lt",
                                         "sgt", "capt", "st",  "jr",   "sr",  "inc",  "corp", "co",   "vs",  "no",  "jan", "feb",
                                         "mar", "apr",  "aug", "sept", "oct", "nov",  "dec",  "u.s",  "a.m", "p.m" };
    return among(s, words, DL_COUNT(words)) || (s.len == 1 && dl_is_upper((unsigned char)s.p[0]));
}

static bool ends(dl_str s) { return dl_str_eq(s, DL_STR(".")) || dl_str_eq(s, DL_STR("?")) || dl_str_eq(s, DL_STR("!")); }

static bool trails(dl_str s)
{
    static const char *const marks[] = { "\"", "”", "’", "''", "'", ")", "]" };
    return ends(s) || among(s, marks, DL_COUNT(marks));
}

static void end_sentence(shop *s)
{
    dl_build *b = &s->build;
    uint32_t n = b->d.toks.n;
    if (s->sent_tok >= n) return;
    uint32_t row = dl_row(b, DL_T_SENTS);
    if (row == DL_NONE) die("out of memory");
    b->d.sents.tok[row] = (dl_span){ s->sent_tok, n };
    b->d.sents.span[row] = (dl_span){ b->d.toks.span[s->sent_tok].beg, b->d.toks.span[n - 1].end };
    b->d.sents.block[row] = b->d.blocks.n;
    s->sent_tok = n;
}

static void add_token(shop *s, dl_str word, uint8_t label)
{
    dl_build *b = &s->build;
    uint32_t n = b->d.toks.n;
    if (n > s->sent_tok + 1 && !trails(word)) { /* a sentence ended before, if it did */
        uint32_t k = n;
        while (k > s->sent_tok + 1 && trails(dl_tok_text(&b->d, k - 1)) && !ends(dl_tok_text(&b->d, k - 1))) k--;
        if (ends(dl_tok_text(&b->d, k - 1)) && !(k > 1 && abbreviation(dl_tok_text(&b->d, k - 2))) &&
            !dl_is_lower((unsigned char)word.p[0]) && word.p[0] != ',' && word.p[0] != ';' && word.p[0] != ':')
            end_sentence(s);
    }
    dl_span at = dl_put_text(b, word);
    (void)dl_put_text(b, DL_STR(" "));
    uint32_t row = dl_row(b, DL_T_TOKS);
    if (row == DL_NONE) die("out of memory");
    b->d.toks.span[row] = at;
    b->d.toks.flags[row] = DL_TOK_SPACE;
    b->d.toks.head[row] = DL_NONE;
    if (!DL_ROOM(&b->keep, s->gold.label, s->gold.n, s->gold.cap)) die("out of memory");
    s->gold.label[s->gold.n++] = label;
}

static void end_paragraph(shop *s, uint32_t *beg)
{
    dl_build *b = &s->build;
    end_sentence(s);
    if (b->d.text_len == *beg) return;
    dl_span at = { *beg, b->d.text_len - 1 };
    (void)dl_put_text(b, DL_STR("\n"));
    uint32_t row = dl_row(b, DL_T_BLOCKS);
    if (row == DL_NONE) die("out of memory");
    b->d.blocks.kind[row] = DL_PARAGRAPH;
    b->d.blocks.span[row] = at;
    *beg = b->d.text_len;
}

static void count(shop *s, const uint8_t *label, const uint8_t *real, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int a = (label[i] + 1) / 2, r = (real[i] + 1) / 2;
        s->told[a]++;
        s->real[r]++;
        s->right[a] += a == r;
    }
}

typedef void use_fn(shop *s, void *ctx, const dl_seq *seq, const uint8_t *real);

/* A document is complete: its columns, its features, run by run. */
static void end_document(shop *s, use_fn *use, void *ctx)
{
    dl_build *b = &s->build;
    if (b->d.toks.n) {
        b->meta.body_len = b->d.text_len;
        b->meta.tokens_given = 1;
        if (dl_parse_trees(b, s->models) || dl_names_find(b, s->models)) die("a stage failed");
        dl_arena_reset(&s->work);
        dl_quoting q;
        if (!dl_quoting_open(&q, &b->d, s->models, &s->work)) die("out of memory");
        dl_seq seq;
        dl_seq_init(&seq, &s->work);
        for (uint32_t i = 0; i < q.n;) {
            dl_span run = dl_quoting_run(&q, i);
            dl_seq_clear(&seq);
            dl_feats f;
            for (uint32_t t = run.beg; t < run.end; t++) {
                dl_quoting_feats(&q, run, t, &f);
                if (!dl_seq_add(&seq, &f)) die("out of memory");
            }
            use(s, ctx, &seq, s->gold.label + run.beg);
            i = run.end;
        }
    }
    dl_build_reset(b);
    s->gold = (gold){ NULL, 0, 0 };
    s->sent_tok = 0;
}

static void read_file(shop *s, const char *path, use_fn *use, void *ctx)
{
    gzFile z = gzopen(path, "rb");
    if (!z) die("a file that cannot be read");
    char line[4096];
    uint32_t beg = 0;
    while (gzgets(z, line, sizeof line)) {
        dl_str l = dl_str_trim(dl_str_of(line));
        if (!l.len) {
            end_paragraph(s, &beg);
            continue;
        }
        if (dl_str_starts(l, DL_STR("-DOCSTART-"))) {
            end_paragraph(s, &beg);
            end_document(s, use, ctx);
            beg = 0;
            continue;
        }
        size_t cut = l.len;
        while (cut && l.p[cut - 1] != ' ') cut--;
        if (cut < 2) continue;
        add_token(s, dl_str_cut(l, 0, cut - 1), label_of(dl_str_cut(l, cut, l.len)));
    }
    end_paragraph(s, &beg);
    end_document(s, use, ctx);
    gzclose(z);
}

static void learn(shop *s, void *ctx, const dl_seq *seq, const uint8_t *real)
{
    (void)s;
    if (!dl_example_add(ctx, seq, real)) die("out of memory");
}

static void measure(shop *s, void *ctx, const dl_seq *seq, const uint8_t *real)
{
    uint8_t *label = DL_NEW(&s->work, seq->n + 1, uint8_t);
    if (!label) die("out of memory");
    if (!dl_quoting_decode(ctx, seq, &s->work, label)) die("out of memory");
    count(s, label, real, seq->n);
}

static void told(void *ctx, uint32_t epoch, double right, size_t rows)
{
    (void)ctx;
    fprintf(stderr, "epoch %u: %.4f right, %zu features\n", epoch, right, rows);
}

int main(int argc, char **argv)
{
    if (argc < 4) die("usage: train_quotes TRAIN DEV OUT.dlm [EPOCHS [KILOBYTES]]");
    static shop s;
    if (dl_models_open(&s.models, NULL, NULL)) die("no models");
    dl_build_init(&s.build);
    dl_arena_init(&s.arena, (size_t)6 << 30);
    dl_arena_init(&s.work, (size_t)1 << 30);
    dl_trainer *t = DL_NEW(&s.arena, 1, dl_trainer);
    dl_train_plan plan = { .epochs = argc > 4 ? (uint32_t)strtoul(argv[4], NULL, 10) : 8,
                           .min_updates = 3,
                           .bio = true,
                           .seed = 1,
                           .told = told,
                           .max_bytes = (argc > 5 ? (uint32_t)strtoul(argv[5], NULL, 10) : 2800) << 10 };
    if (!t || !dl_trainer_init(t, &s.arena, dl_said_names, DL_SAIDS, &plan)) die("out of memory");
    read_file(&s, argv[1], learn, t);
    fprintf(stderr, "%zu runs read\n", t->n_ex);
    dl_buf out;
    dl_buf_init(&out, (size_t)64 << 20);
    if (!dl_train_seqs(t) || !dl_trainer_write(t, &out)) die("training failed");
    dl_linear w;
    if (!dl_linear_view(&w, dl_buf_str(&out))) die("the model cannot be read back");
    read_file(&s, argv[2], measure, &w);
    for (int i = 1; i < 4; i++) {
        double p = (double)s.right[i] / (s.told[i] ? s.told[i] : 1), r = (double)s.right[i] / (s.real[i] ? s.real[i] : 1);
        printf("%-8s token F1 %.4f  P %.4f  R %.4f\n", dl_said_names[2 * i - 1] + 2, p + r > 0 ? 2 * p * r / (p + r) : 0, p, r);
    }
    printf("%zu bytes\n", out.len);
    dl_pack_part part = { .name = "quotes/weights", .p = out.p, .len = out.len };
    if (dl_pack_write(argv[3], &part, 1, NULL)) die("the model cannot be written");
    return 0;
}
