/* write_brief.c: the account of a story, for programs and for people. */
#include "api/report.h"
#include "api/rulings.h"
#include "api/text.h"

typedef struct writer {
    dl_out *o;
    const dl_view *v;
} writer;

static const struct {
    uint32_t bit;
    const char *word;
} flag_words[] = { { DL_FLAG_ONE_LINE, "one-line" },
                   { DL_FLAG_SECONDARY, "secondary-only" },
                   { DL_FLAG_DISPUTED, "disputed" },
                   { DL_FLAG_NOT_VERBATIM, "not-verbatim" },
                   { DL_FLAG_TO_COME, "expected" } };

static dl_str told_text(const dl_view *v, const dl_told *t) { return dl_doc_text(dl_page(v->pages, t->page), t->span); }

static void put_told(dl_json *j, const writer *w, const dl_told *t)
{
    const dl_doc *d = dl_page(w->v->pages, t->page);
    dl_str url = dl_doc_str(d, d->meta->url);
    dl_buf link;
    dl_buf_init(&link, 1 << 20);
    dl_text_fragment(&link, url, told_text(w->v, t));
    dl_json_open(j, '{');
    dl_json_key(j, "text");
    dl_json_str(j, told_text(w->v, t));
    dl_json_key(j, "id");
    dl_json_str(j, dl_view_id(w->v, t->page));
    dl_json_key(j, "beg");
    dl_json_int(j, t->span.beg);
    dl_json_key(j, "end");
    dl_json_int(j, t->span.end);
    dl_json_key(j, "link");
    dl_json_opt(j, dl_buf_str(&link));
    dl_json_key(j, "lines");
    dl_json_int(j, t->lines);
    dl_json_key(j, "first_hand");
    dl_json_int(j, t->first_hand);
    dl_json_key(j, "flags");
    dl_json_open(j, '[');
    for (size_t i = 0; i < DL_COUNT(flag_words); i++)
        if (t->flags & flag_words[i].bit) dl_json_word(j, flag_words[i].word);
    dl_json_close(j, ']');
    dl_json_close(j, '}');
    dl_buf_free(&link);
}

static void put_counts(dl_json *j, const dl_told_story *s)
{
    dl_json_key(j, "from");
    dl_json_day(j, s->story->from);
    dl_json_key(j, "to");
    dl_json_until(j, s->story->to);
    dl_json_key(j, "pages");
    dl_json_int(j, s->story->n);
    dl_json_key(j, "texts");
    dl_json_int(j, s->story->texts);
    dl_json_key(j, "lines");
    dl_json_int(j, s->story->lines);
    dl_json_key(j, "first_hand");
    dl_json_int(j, s->story->first_hand);
}

static void put_json(const writer *w, const dl_told_story *s, const dl_brief *b)
{
    dl_json j = dl_json_to(w->o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "story");
    dl_json_int(&j, s->row + 1);
    dl_json_key(&j, "title");
    dl_json_opt(&j, s->story->title);
    put_counts(&j, s);
    dl_json_key(&j, "sentences");
    dl_json_open(&j, '[');
    for (uint32_t i = 0; i < b->n; i++) put_told(&j, w, &b->told[i]);
    dl_json_close(&j, ']');
    dl_json_key(&j, "not_shown");
    dl_json_open(&j, '{');
    dl_json_key(&j, "damaged");
    dl_json_int(&j, b->damaged);
    dl_json_key(&j, "removed");
    dl_json_int(&j, b->removed);
    dl_json_key(&j, "claims");
    dl_json_int(&j, b->left_out);
    dl_json_close(&j, '}');
    dl_rulings_json(&j, w->v, s->story->page, s->story->n);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

/* ---- For people ---- */

static void put_head(const writer *w, const dl_told_story *s)
{
    const dl_request *r = w->o->req;
    dl_buf *b = w->o->buf;
    const dl_story *st = s->story;
    dl_str title = st->title.len ? st->title : DL_STR("(no headline)");
    dl_text_styled(b, title, DL_BOLD, r->colour);
    dl_buf_puts(b, "\n");
    if (st->from != DL_NEVER) {
        dl_text_days(b, st->from, st->to);
        dl_buf_puts(b, " \xC2\xB7 ");
    }
    dl_buf_fmt(b, "%u page%s \xC2\xB7 %u text%s \xC2\xB7 %u line%s \xC2\xB7 %u first-hand\n", st->n, st->n == 1 ? "" : "s",
               st->texts, st->texts == 1 ? "" : "s", st->lines, st->lines == 1 ? "" : "s", st->first_hand);
    dl_rulings_text(b, w->v, st->page, st->n, 0);
    if (st->n == 1)
        dl_buf_puts(b, "ONE PAGE: nothing here is corroborated.\n");
    else if (st->texts == 1)
        dl_buf_fmt(b, "%u pages, 1 text: everything below rests on one report.\n", st->n);
    uint32_t undated = 0;
    for (uint32_t i = 0; i < st->n; i++) undated += dl_page(w->v->pages, st->page[i])->meta->published == DL_NEVER;
    if (undated == st->n)
        dl_buf_fmt(b, "%u page%s no date; relative times (\"yesterday\") are left as printed.\n", undated,
                   undated == 1 ? " carries" : "s carry");
    dl_buf_putc(b, '\n');
}

/* The number of a page among those quoted, from 1; it is added where it is new. */
static uint32_t mark_of(uint32_t *page, uint32_t *n, uint32_t which)
{
    for (uint32_t i = 0; i < *n; i++)
        if (page[i] == which) return i + 1;
    page[*n] = which;
    return ++*n;
}

static void put_basis(const writer *w, const dl_told_story *s, const dl_told *t)
{
    dl_buf *b = w->o->buf;
    const dl_claim *c = &s->claims.claim[t->claim];
    const dl_lines *lines = s->matter.lines;
    uint32_t shown[8], n = 0;
    dl_buf_puts(b, "      ");
    for (uint32_t i = 0; i < c->n && n < DL_COUNT(shown); i++) {
        uint32_t line = lines->line[c->support[i].page], k = 0;
        while (k < n && shown[k] != line) k++;
        if (k < n) continue;
        dl_buf_puts(b, n ? " + " : "");
        dl_text_put(b, lines->name[line]);
        shown[n++] = line;
    }
    dl_buf_fmt(b, " (%u line%s, %u first-hand)", t->lines, t->lines == 1 ? "" : "s", t->first_hand);
    if (t->flags & DL_FLAG_SECONDARY) dl_buf_puts(b, " \xC2\xB7 secondary only");
    if (t->flags & DL_FLAG_TO_COME) dl_buf_puts(b, " \xC2\xB7 expected");
    if (t->flags & DL_FLAG_NOT_VERBATIM) dl_buf_puts(b, " \xC2\xB7 wording went through a machine");
    if (t->flags & DL_FLAG_DISPUTED) {
        uint32_t number = 1;
        for (uint32_t i = 0; i < t->disagreement; i++) number += s->disagreements.row[i].kind != DL_CHANGED;
        dl_buf_fmt(b, " \xC2\xB7 disputed: D%u", number);
    }
    dl_buf_putc(b, '\n');
}

static void put_sources(const writer *w, const uint32_t *page, uint32_t n)
{
    dl_buf *b = w->o->buf;
    for (uint32_t i = 0; i < n; i++) {
        const dl_doc *d = dl_page(w->v->pages, page[i]);
        dl_str line = w->v->copies->lines.name[w->v->copies->lines.line[page[i]]], url = dl_doc_str(d, d->meta->url);
        dl_buf_fmt(b, "[%u] ", i + 1);
        dl_str outlet = dl_doc_str(d, d->meta->outlet);
        dl_text_put(b, line);
        if (line.len && outlet.len && dl_str_find_nocase(line, outlet, 0) == SIZE_MAX &&
            dl_str_find_nocase(outlet, line, 0) == SIZE_MAX) {
            dl_buf_puts(b, " via ");
            dl_text_put(b, outlet);
        }
        dl_buf_puts(b, line.len ? ", " : "");
        dl_text_put(b, url.len ? url : dl_view_id(w->v, page[i]));
        if (d->meta->published != DL_NEVER) {
            dl_buf_puts(b, ", ");
            dl_text_days(b, d->meta->published, DL_NEVER);
        }
        dl_buf_putc(b, '\n');
    }
}

static void put_not_shown(const writer *w, const dl_brief *b)
{
    dl_buf_fmt(w->o->buf,
               "\nNOT SHOWN: %u damaged passages (never quoted), %u parts of pages that are not the report, %u other claims.\n\n",
               b->damaged, b->removed, b->left_out);
}

static void put_text(const writer *w, const dl_told_story *s, const dl_brief *b)
{
    uint32_t quoted[64], n = 0;
    put_head(w, s);
    for (uint32_t i = 0; i < b->n; i++) {
        const dl_told *t = &b->told[i];
        dl_str text = told_text(w->v, t);
        char cite[16];
        char *line = dl_arena_raw(w->o->scratch, text.len + sizeof cite, 1);
        if (!line) return;
        memcpy(line, text.p, text.len);
        uint32_t mark = mark_of(quoted, &n, t->page);
        dl_buf tail;
        dl_buf_init(&tail, 64);
        dl_buf_fmt(&tail, " [%u]", mark);
        if (tail.len) memcpy(line + text.len, tail.p, tail.len);
        dl_text_wrap(w->o->buf, (dl_str){ line, text.len + tail.len }, w->o->req->width, 0, 0);
        dl_buf_free(&tail);
        put_basis(w, s, t);
    }
    put_not_shown(w, b);
    put_sources(w, quoted, n);
    dl_buf_putc(w->o->buf, '\n');
}

static void put_markdown(const writer *w, const dl_told_story *s, const dl_brief *b)
{
    dl_buf *buf = w->o->buf;
    dl_buf_puts(buf, "# ");
    dl_text_put(buf, s->story->title.len ? s->story->title : DL_STR("(no headline)"));
    dl_buf_puts(buf, "\n\n");
    dl_buf_fmt(buf, "%u pages, %u texts, %u lines, %u first-hand\n\n", s->story->n, s->story->texts, s->story->lines,
               s->story->first_hand);
    size_t counted = buf->len;
    dl_rulings_text(buf, w->v, s->story->page, s->story->n, 0);
    if (buf->len > counted) dl_buf_putc(buf, '\n');
    for (uint32_t i = 0; i < b->n; i++) {
        dl_buf_puts(buf, "> ");
        dl_text_put(buf, told_text(w->v, &b->told[i]));
        dl_buf_puts(buf, "\n>\n> \xE2\x80\x94 `");
        dl_text_put(buf, dl_view_id(w->v, b->told[i].page));
        dl_buf_fmt(buf, "`, bytes %u\xE2\x80\x93%u (%u lines, %u first-hand)\n\n", b->told[i].span.beg, b->told[i].span.end,
                   b->told[i].lines, b->told[i].first_hand);
    }
}

static dl_status put_story(void *ctx, const dl_told_story *s, dl_arena *keep, dl_error *err)
{
    writer *w = ctx;
    dl_brief b;
    dl_brief_plan plan = { w->o->req->length, w->o->req->lines_min };
    dl_status st = dl_brief_find(&b, &s->matter, &s->claims, &s->disagreements, plan, keep, err);
    if (st) return st;
    if (w->o->req->format == DL_HTML)
        st = dl_report_story(w->o, w->v, s, &b, err);
    else if (w->o->req->format == DL_TEXT)
        put_text(w, s, &b);
    else if (w->o->req->format == DL_MARKDOWN)
        put_markdown(w, s, &b);
    else
        put_json(w, s, &b);
    w->o->rows++;
    return st;
}

dl_status dl_write_brief(dl_out *o, const dl_view *v, dl_error *err)
{
    writer w = { o, v };
    bool html = o->req->format == DL_HTML;
    uint32_t first = v->story != DL_NONE ? v->story : v->stories->n ? v->stories->order[0] : DL_NONE;
    if (html)
        dl_report_open(o->buf, first != DL_NONE && v->stories->story[first].title.len ? v->stories->story[first].title
                                                                                      : DL_STR("Dateline"));
    dl_status st = dl_each_story(v, put_story, &w, err);
    if (html) dl_report_close(o->buf);
    return st;
}
