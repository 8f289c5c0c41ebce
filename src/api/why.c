/* why.c: a page's links in its story and to the next best one, with the words that two pages share. */
#include "api/why.h"

#include "api/rulings.h"
#include "api/text.h"
#include "base/date.h"
#include "base/error.h"
#include "stories/log.h"

enum { LINKS = 8, WORDS = 6 };

typedef struct tie {
    uint32_t page;
    double p;
} tie;

typedef struct ties {
    const dl_why *w;
    uint32_t story; /* row: those of that story, or of all others                                    */
    bool other;
    tie v[LINKS]; /* the strongest, strongest first                                                 */
    unsigned n, all;
} ties;

static bool stronger(const tie *a, const tie *b) { return a->p > b->p || (a->p >= b->p && a->page < b->page); }

static void add_tie(void *ctx, uint32_t page, double p)
{
    ties *t = ctx;
    tie now = { page, p };
    if ((dl_online_at(&t->w->kept->online, page)->story == t->story) == t->other) return;
    t->all++;
    unsigned at = t->n;
    while (at > 0 && stronger(&now, &t->v[at - 1])) at--;
    if (at == LINKS) return;
    if (t->n < LINKS) t->n++;
    for (unsigned i = t->n - 1; i > at; i--) t->v[i] = t->v[i - 1];
    t->v[at] = now;
}

/* ---- Shared words ---------------------------------------------------------------------------------- */

/* The terms that both have, by what they say for the two pages. */
static uint32_t shared_terms(dl_term *out, const dl_bag *a, const dl_bag *b)
{
    uint32_t n = 0;
    for (uint32_t i = 0, j = 0; i < a->n && j < b->n;) {
        if (a->hash[i] < b->hash[j])
            i++;
        else if (a->hash[i] > b->hash[j])
            j++;
        else {
            out[n++] = (dl_term){ a->hash[i], (uint32_t)a->weight[i] * b->weight[j] };
            i++;
            j++;
        }
    }
    return n;
}

/* Up to WORDS words as the page prints them. */
static unsigned shared_words(dl_str word[WORDS], const dl_why *w, uint32_t other, dl_arena *a)
{
    dl_vector x = dl_online_vector(&w->kept->online, w->page), y = dl_online_vector(&w->kept->online, other);
    const size_t most = (size_t)x.bag[DL_BAG_ALL].n + 1;
    dl_term *t = dl_arena_raw(a, most, sizeof *t);
    dl_words printed;
    dl_words_of(&printed, w->text, a);
    if (!t) return 0;
    const uint32_t shared = shared_terms(t, &x.bag[DL_BAG_ALL], &y.bag[DL_BAG_ALL]), n = dl_terms_heaviest(t, shared, shared);
    unsigned found = 0;
    for (uint32_t i = 0; i < n && found < WORDS; i++) {
        uint32_t k = 0;
        while (k < printed.n && printed.hash[k] != t[i].hash) k++;
        if (k < printed.n) word[found++] = dl_str_cut(w->text, printed.span[k].beg, printed.span[k].end);
    }
    return found;
}

/* Days from the page to another; false: one has no day. */
static bool days_to(const dl_why *w, uint32_t other, int32_t *days)
{
    const int32_t a = dl_online_at(&w->kept->online, w->page)->day, b = dl_online_at(&w->kept->online, other)->day;
    if (a == DL_DAY_UNKNOWN || b == DL_DAY_UNKNOWN) return false;
    *days = a < b ? b - a : a - b;
    return true;
}

/* ---- What happened to it ---------------------------------------------------------------------------- */

typedef struct history {
    dl_buf key;     /* how a line about the page begins                                            */
    dl_buf lines;   /* those lines, and those of the stories that it was in becoming part of others */
    uint32_t story; /* where they leave it, or DL_NONE                                              */
} history;

static bool take_lines(void *ctx, dl_str lines)
{
    history *h = ctx;
    dl_str line;
    while (lines.len && dl_str_next(&lines, '\n', &line)) {
        const bool own = dl_str_starts(line, dl_buf_str(&h->key)), merge = dl_str_starts(line, DL_STR("{\"page\":null,"));
        dl_change c;
        if ((!own && (!merge || h->story == DL_NONE)) || !dl_change_read(&c, line) || (merge && c.from != h->story)) continue;
        h->story = c.to;
        dl_buf_add(&h->lines, line);
        dl_buf_putc(&h->lines, '\n');
    }
    return !h->lines.failed;
}

static dl_status find_history(history *h, const dl_kept *kept, dl_str id, dl_error *err)
{
    h->story = DL_NONE;
    dl_buf_init(&h->key, 1 << 20);
    dl_buf_init(&h->lines, SIZE_MAX / 2);
    dl_json j = dl_json_to(&h->key);
    dl_json_open(&j, '{');
    dl_json_key(&j, "page");
    dl_json_str(&j, id);
    dl_status st = h->key.failed ? dl_fail_mem(err, "stories") : dl_kept_lines(kept, take_lines, h, err);
    return st && h->lines.failed ? dl_fail_mem(err, "stories") : st;
}

static void free_history(history *h)
{
    dl_buf_free(&h->key);
    dl_buf_free(&h->lines);
}

/* ---- As JSON -------------------------------------------------------------------------------------------- */

static void ties_json(dl_json *j, const char *key, const ties *t, dl_arena *a)
{
    const dl_online *s = &t->w->kept->online;
    dl_json_key(j, key);
    dl_json_open(j, '[');
    for (unsigned i = 0; i < t->n; i++) {
        dl_str word[WORDS];
        int32_t days;
        const unsigned n = shared_words(word, t->w, t->v[i].page, a);
        dl_json_open(j, '{');
        dl_json_key(j, "id");
        dl_json_str(j, dl_kept_id(t->w->kept, t->v[i].page));
        dl_json_key(j, "story");
        dl_json_int(j, t->w->number(t->w->ctx, dl_online_of(s, t->v[i].page)->number));
        dl_json_key(j, "link");
        dl_json_num(j, t->v[i].p, 4);
        dl_json_key(j, "days");
        if (days_to(t->w, t->v[i].page, &days))
            dl_json_int(j, days);
        else
            dl_json_null(j);
        dl_json_key(j, "words");
        dl_json_open(j, '[');
        for (unsigned k = 0; k < n; k++) dl_json_str(j, word[k]);
        dl_json_close(j, ']');
        dl_json_close(j, '}');
    }
    dl_json_close(j, ']');
}

static void log_json(dl_json *j, dl_str lines)
{
    dl_str line;
    bool first = true;
    dl_json_key(j, "log");
    dl_json_open(j, '[');
    while (lines.len && dl_str_next(&lines, '\n', &line)) { /* objects already */
        if (!first) dl_buf_putc(j->buf, ',');
        dl_buf_add(j->buf, line);
        first = false;
    }
    dl_json_close(j, ']');
}

static void write_json(dl_out *o, const dl_why *w, const ties *in, const ties *out, dl_str lines)
{
    dl_json j = dl_json_to(o->buf);
    const dl_online_story *t = dl_online_of(&w->kept->online, w->page);
    dl_json_open(&j, '{');
    dl_json_key(&j, "id");
    dl_json_str(&j, dl_kept_id(w->kept, w->page));
    dl_json_key(&j, "story");
    dl_json_int(&j, w->number(w->ctx, t->number));
    dl_json_key(&j, "pages");
    dl_json_int(&j, (int64_t)t->n + t->gone);
    ties_json(&j, "links", in, o->scratch);
    ties_json(&j, "elsewhere", out, o->scratch);
    log_json(&j, lines);
    if (w->ruled) dl_rulings_json(&j, w->ruled, &w->ruled_page, 1);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

/* ---- As text -------------------------------------------------------------------------------------------- */

static void tie_text(dl_out *o, const dl_why *w, const tie *t)
{
    dl_str word[WORDS], title = w->title_of(w->ctx, t->page);
    int32_t days;
    const unsigned n = shared_words(word, w, t->page, o->scratch);
    dl_buf_fmt(o->buf, "  %.2f  ", t->p);
    dl_text_put(o->buf, dl_kept_id(w->kept, t->page));
    if (!days_to(w, t->page, &days))
        dl_buf_puts(o->buf, ", one without a day");
    else if (days)
        dl_buf_fmt(o->buf, ", %d day%s apart", (int)days, days == 1 ? "" : "s");
    else
        dl_buf_puts(o->buf, ", the same day");
    if (title.len) {
        dl_buf_puts(o->buf, "  ");
        dl_text_put(o->buf, title);
    }
    for (unsigned i = 0; i < n; i++) {
        dl_buf_puts(o->buf, i ? ", " : "\n        both: ");
        dl_text_put(o->buf, word[i]);
    }
    dl_buf_putc(o->buf, '\n');
}

static void log_text(dl_buf *b, dl_str lines)
{
    dl_str line;
    dl_buf_puts(b, "\nWhat happened to it (stories by the order in which they were opened):\n");
    while (lines.len && dl_str_next(&lines, '\n', &line)) {
        dl_change c;
        if (!dl_change_read(&c, line)) continue;
        dl_buf_puts(b, "  ");
        dl_change_text(b, &c);
        dl_buf_putc(b, '\n');
    }
}

static void write_text(dl_out *o, const dl_why *w, const ties *in, const ties *out, dl_str lines)
{
    const dl_online_story *t = dl_online_of(&w->kept->online, w->page);
    dl_buf *b = o->buf;
    dl_text_put(b, dl_kept_id(w->kept, w->page));
    if (w->title.len) {
        dl_buf_puts(b, "  ");
        dl_text_put(b, w->title);
    }
    dl_buf_fmt(b, "\nStory %u, of %u page%s.\n", w->number(w->ctx, t->number), t->n + t->gone, t->n + t->gone == 1 ? "" : "s");
    if (w->ruled) dl_rulings_text(b, w->ruled, &w->ruled_page, 1, 2);
    if (in->n) dl_buf_fmt(b, "\nLinked in its story, %u of %u:\n", in->n, in->all);
    for (unsigned i = 0; i < in->n; i++) tie_text(o, w, &in->v[i]);
    if (out->n) dl_buf_fmt(b, "\nLinked elsewhere, %u of %u:\n", out->n, out->all);
    for (unsigned i = 0; i < out->n; i++) tie_text(o, w, &out->v[i]);
    log_text(b, lines);
    dl_buf_puts(b, "\nIf that is wrong: `dateline overrule ID apart|together --of ID --by NAME`, on pages of a store.\n");
}

dl_status dl_write_why(dl_out *o, const dl_why *w, dl_error *err)
{
    const uint32_t row = dl_online_at(&w->kept->online, w->page)->story;
    ties in = { .w = w, .story = row }, out = { .w = w, .story = row, .other = true };
    history h;
    dl_online_links(&w->kept->online, w->page, add_tie, &in);
    dl_online_links(&w->kept->online, w->page, add_tie, &out);
    dl_status st = find_history(&h, w->kept, dl_kept_id(w->kept, w->page), err);
    if (!st && o->req->format == DL_TEXT)
        write_text(o, w, &in, &out, dl_buf_str(&h.lines));
    else if (!st)
        write_json(o, w, &in, &out, dl_buf_str(&h.lines));
    o->rows += !st;
    free_history(&h);
    return st || !(o->buf->failed || dl_arena_failed(o->scratch)) ? st : dl_fail_mem(err, "stories");
}

static void gone_text(dl_buf *b, dl_str id, uint32_t story, dl_str lines)
{
    dl_text_put(b, id);
    dl_buf_fmt(b, "\nStory %u. It has left the window: its story is settled.\n", story);
    log_text(b, lines);
}

static void gone_json(dl_buf *b, dl_str id, uint32_t story, dl_str lines)
{
    dl_json j = dl_json_to(b);
    dl_json_open(&j, '{');
    dl_json_key(&j, "id");
    dl_json_str(&j, id);
    dl_json_key(&j, "story");
    dl_json_int(&j, story);
    log_json(&j, lines);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

dl_status dl_write_gone(dl_out *o, const dl_why *w, dl_str id, dl_error *err)
{
    history h;
    dl_status st = find_history(&h, w->kept, id, err);
    if (!st && h.story == DL_NONE) st = DL_ENONE;
    if (!st && o->req->format == DL_TEXT)
        gone_text(o->buf, id, w->number(w->ctx, h.story), dl_buf_str(&h.lines));
    else if (!st)
        gone_json(o->buf, id, w->number(w->ctx, h.story), dl_buf_str(&h.lines));
    o->rows += !st;
    free_history(&h);
    return st;
}
