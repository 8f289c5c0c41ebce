/* conllu.c: reading CoNLL-U (universaldependencies.org/format.html). */
#include "input/conllu.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/limits.h"

typedef struct reader {
    dl_arena *a;
    char *text;
    size_t len, cap;
    dl_span *word;
    size_t n_words, words_cap;
    uint32_t *sent_end;
    size_t n_sents, sents_cap;
    uint32_t parts_end; /* number of the last word of the multiword token at hand               */
    bool parts_space;   /* whether a blank follows that token                                   */
    uint32_t due;       /* number of the sentence's next word                                   */
    const char *why;    /* DL_EINPUT: what is wrong with the line                               */
} reader;

static dl_status wrong(reader *r, const char *why)
{
    r->why = why;
    return DL_EINPUT;
}

static bool room(reader *r, size_t more)
{
    if (r->len + more <= r->cap) return true;
    size_t cap = r->cap ? r->cap : 4096;
    while (cap < r->len + more) cap *= 2;
    char *p = dl_arena_grow(r->a, r->text, r->len, cap, 1);
    if (!p) return false;
    r->text = p;
    r->cap = cap;
    return true;
}

/* A number at the head of s; the bytes it has, 0: none. */
static size_t number(dl_str s, uint32_t *out)
{
    size_t n = 0;
    *out = 0;
    while (n < s.len && n < 9 && dl_is_digit((unsigned char)s.p[n])) *out = *out * 10 + (uint32_t)(s.p[n++] - '0');
    return n;
}

static bool unspaced(dl_str misc)
{
    dl_str one;
    while (dl_str_next(&misc, '|', &one))
        if (dl_str_eq(one, DL_STR("SpaceAfter=No"))) return true;
    return false;
}

static bool add_word(reader *r, dl_str form, bool space)
{
    if (!room(r, form.len + 1) || !DL_ROOM(r->a, r->word, r->n_words, r->words_cap)) return false;
    memcpy(r->text + r->len, form.p, form.len);
    r->word[r->n_words++] = (dl_span){ (uint32_t)r->len, (uint32_t)(r->len + form.len) };
    r->len += form.len;
    if (space) r->text[r->len++] = ' ';
    return true;
}

/* The line's columns; how many there are. */
static unsigned columns(dl_str line, dl_str col[10])
{
    unsigned n = 0;
    for (size_t beg = 0; beg <= line.len && n < 11; n++) {
        size_t end = dl_str_find(line, DL_STR("\t"), beg);
        end = end == SIZE_MAX ? line.len : end;
        if (n < 10) col[n] = dl_str_cut(line, beg, end);
        beg = end + 1;
    }
    return n;
}

/* A multiword token "3-4", an empty node "3.1": DL_OK where the column is one of them, DL_ENONE where not. */
static dl_status range_or_empty(reader *r, dl_str id, size_t n, uint32_t first, bool space)
{
    uint32_t last;
    if (!n || n >= id.len || (id.p[n] != '.' && id.p[n] != '-')) return DL_ENONE;
    const dl_str rest = dl_str_cut(id, n + 1, id.len);
    if (!rest.len || number(rest, &last) != rest.len) return DL_ENONE;
    if (id.p[n] == '.') return DL_OK;
    if (first != r->due || last < first || first <= r->parts_end)
        return wrong(r, "a multiword token stands in front of its words and holds two or more");
    r->parts_end = last;
    r->parts_space = space;
    return DL_OK;
}

/* One line of a token. DL_EINPUT: it is none. */
static dl_status token(reader *r, dl_str line)
{
    dl_str col[10];
    uint32_t id;
    if (columns(line, col) != 10) return wrong(r, "a token has ten columns, parted by tabs");
    const size_t n = number(col[0], &id);
    bool space = !unspaced(col[9]);
    const dl_status st = range_or_empty(r, col[0], n, id, space);
    if (st != DL_ENONE) return st;
    if (n == 0 || n != col[0].len) return wrong(r, "the first column is a number, a range or that of an empty node");
    if (id != r->due) return wrong(r, "the words of a sentence are numbered 1, 2, 3 and so on");
    if (!dl_str_trim(col[1]).len) return wrong(r, "a word has a form");
    r->due++;
    if (id == r->parts_end)
        space = r->parts_space;
    else if (id < r->parts_end)
        space = false;
    return add_word(r, dl_str_trim(col[1]), space) ? DL_OK : DL_ENOMEM;
}

static bool end_sentence(reader *r)
{
    r->parts_end = 0;
    r->due = 1;
    if (r->n_words == (r->n_sents ? r->sent_end[r->n_sents - 1] : 0)) return true;
    if (!room(r, 1) || !DL_ROOM(r->a, r->sent_end, r->n_sents, r->sents_cap)) return false;
    if (r->len && r->text[r->len - 1] == ' ') r->len--;
    r->text[r->len++] = '\n';
    r->sent_end[r->n_sents++] = (uint32_t)r->n_words;
    return true;
}

static dl_str value(dl_str line)
{
    size_t at = dl_str_find(line, DL_STR("="), 0);
    return at == SIZE_MAX ? (dl_str){ NULL, 0 } : dl_str_trim(dl_str_cut(line, at + 1, line.len));
}

/* Without the mark of UTF-8 in front. */
static dl_str unmarked(dl_str file) { return dl_str_starts(file, DL_STR("\xef\xbb\xbf")) ? dl_str_cut(file, 3, file.len) : file; }

void dl_conllu_init(dl_conllu *c, dl_str file, const char *name)
{
    *c = (dl_conllu){ .rest = file, .name = name, .total = file.len };
    c->rest = unmarked(file);
}

/* Where a line lies that is none. */
typedef struct place {
    uint64_t byte, line;
} place;

/* Reads lines up to the next record. */
static dl_status record(dl_conllu *c, reader *r, dl_str *id, place *bad)
{
    dl_status st = DL_OK;
    bool begun = false;
    for (;;) {
        dl_str before = c->rest, line;
        if (!dl_str_next(&c->rest, '\n', &line)) break;
        c->line++;
        if (line.len && line.p[line.len - 1] == '\r') line.len--;
        if (dl_str_starts(line, DL_STR("# newdoc"))) {
            if (begun) {
                c->rest = before;
                c->line--;
                break;
            }
            *id = value(line);
            begun = true;
        } else if (!line.len) {
            st = st == DL_OK && !end_sentence(r) ? DL_ENOMEM : st;
        } else if (line.p[0] != '#' && st == DL_OK) {
            begun = true;
            *bad = (place){ c->total - before.len, c->line };
            st = token(r, line);
        }
        if (r->len > DL_PAGE_MAX && st == DL_OK) st = DL_ELIMIT;
    }
    return st == DL_OK && !end_sentence(r) ? DL_ENOMEM : st;
}

dl_status dl_conllu_next(dl_conllu *c, dl_arena *a, dl_raw *out, dl_error *err)
{
    reader r = { .a = a, .due = 1 };
    dl_str id = { NULL, 0 };
    place bad = { 0, 0 };
    if (!dl_str_trim(c->rest).len) return DL_ENONE;
    dl_status st = record(c, &r, &id, &bad);
    c->n++;
    if (st == DL_EINPUT) return dl_fail(err, st, c->name, bad.byte, "line %llu: %s", (unsigned long long)bad.line, r.why);
    if (st == DL_ELIMIT) return dl_fail(err, st, c->name, bad.byte, "limit: page: more than %zu bytes of words", DL_PAGE_MAX);
    if (st != DL_OK) return dl_fail_mem(err, c->name);
    *out = (dl_raw){ .kind = DL_RAW_SENTENCES,
                     .id = dl_arena_str(a, id),
                     .bytes = { r.text, r.len },
                     .encoding = DL_STR("utf-8"),
                     .raw_len = r.len,
                     .raw_hash = dl_hash(r.text, r.len, 0),
                     .fetched = DL_NEVER,
                     .given = DL_NEVER,
                     .n_words = r.n_words,
                     .n_sents = r.n_sents,
                     .word = r.word,
                     .sent_end = r.sent_end };
    return DL_OK;
}

bool dl_conllu_sniff(dl_str head)
{
    dl_str line, col[10];
    uint32_t id;
    head = unmarked(head);
    const bool named = dl_str_starts(head, DL_STR("# newdoc"));
    while (dl_str_next(&head, '\n', &line)) {
        if (line.len && line.p[line.len - 1] == '\r') line.len--;
        if (!line.len || line.p[0] == '#') continue;
        /* The last line of the head may be cut short. */
        return number(line, &id) > 0 && (columns(line, col) == 10 || (named && !head.len));
    }
    return named;
}
