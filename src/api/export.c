/* export.c: a story as a file for another program. The ending of the file says the format. What is written stands first under
 * a name of its own beside the file and takes its place when it is whole. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "api/pile.h"
#include "api/report.h"
#include "api/text.h"
#include "base/date.h"
#include "base/error.h"

typedef struct part {
    const char *kind;
    dl_write_pile_fn *write;
} part;

static const part parts[] = {
    { "brief", dl_write_brief },       { "claim", dl_write_claims }, { "disagreement", dl_write_disagreements },
    { "timeline", dl_write_timeline }, { "event", dl_write_events }, { "copy", dl_write_copies }
};

typedef struct maker {
    dl_out *o; /* where the caller's answer goes: a line that says what was written */
    const dl_view *v;
    dl_buf *buf; /* the file's bytes */
} maker;

static dl_status write_as(const maker *m, dl_write_pile_fn *fn, dl_format format, dl_buf *to, dl_error *err)
{
    dl_request req = *m->o->req;
    req.format = format;
    dl_out out = { .buf = to, .req = &req, .scratch = m->o->scratch };
    return fn(&out, m->v, err);
}

/* One JSON line a record, each with the kind of record in front. */
static dl_status make_jsonl(const maker *m, dl_error *err)
{
    dl_status st = DL_OK;
    dl_buf rows;
    dl_buf_init(&rows, m->buf->max);
    for (size_t i = 0; !st && i < DL_COUNT(parts); i++) {
        dl_buf_reset(&rows);
        st = write_as(m, parts[i].write, DL_JSONL, &rows, err);
        dl_str rest = dl_buf_str(&rows), line;
        while (!st && rest.len && dl_str_next(&rest, '\n', &line)) {
            if (line.len < 2) continue;
            dl_buf_fmt(m->buf, "{\"record\":\"%s\",", parts[i].kind);
            dl_buf_add(m->buf, dl_str_cut(line, 1, line.len));
            dl_buf_putc(m->buf, '\n');
        }
    }
    dl_buf_free(&rows);
    return st;
}

/* RFC 4180; a cell that a spreadsheet would take for a formula gets an apostrophe in front. */
static void put_cell(dl_buf *b, dl_str s, bool last)
{
    bool formula = s.len && (s.p[0] == '=' || s.p[0] == '+' || s.p[0] == '-' || s.p[0] == '@');
    dl_buf_putc(b, '"');
    if (formula) dl_buf_putc(b, '\'');
    dl_str rest = s, piece;
    for (bool more = false; dl_str_next(&rest, '"', &piece); more = true) {
        if (more) dl_buf_puts(b, "\"\"");
        dl_text_put(b, piece);
    }
    dl_buf_puts(b, last ? "\"\r\n" : "\",");
}

static void put_actors(dl_buf *b, const dl_view *v, const uint32_t *actor, uint32_t n)
{
    dl_buf names;
    dl_buf_init(&names, 1 << 20);
    for (uint32_t i = 0; i < n; i++) {
        dl_buf_puts(&names, i ? "; " : "");
        dl_buf_add(&names, v->actors->name[actor[i]]);
    }
    put_cell(b, dl_buf_str(&names), false);
    dl_buf_free(&names);
}

static bool of_story(const dl_view *v, const dl_happening *h)
{
    for (uint32_t i = 0; i < h->n_reports; i++)
        if (v->story == DL_NONE || v->stories->of[h->report[i].page] == v->story) return true;
    return false;
}

/* Events, a row each, for a spreadsheet or a statistics program. */
static dl_status make_csv(const maker *m, dl_error *err)
{
    const dl_view *v = m->v;
    dl_buf *b = m->buf;
    (void)err;
    dl_buf_puts(b, "event,type,root,modality,from,to,source,target,reports,words\r\n");
    for (uint32_t i = 0; i < v->events->n; i++) {
        const dl_happening *h = &v->events->row[i];
        if (!of_story(v, h)) continue;
        char from[11], to[11], root[8];
        dl_date_text(from, h->from);
        dl_date_text(to, dl_day_until(h->to));
        snprintf(root, sizeof root, "%02u", h->root);
        dl_buf_fmt(b, "%u,%s,%s,%s,%s,%s,", i + 1, dl_plover_words[h->type] ? dl_plover_words[h->type] : "", h->root ? root : "",
                   dl_modality_words[h->modality], from, to);
        put_actors(b, v, h->source, h->n_source);
        put_actors(b, v, h->target, h->n_target);
        const dl_doc *d = dl_page(v->pages, h->report[0].page);
        dl_buf_fmt(b, "%u,", h->n_reports);
        put_cell(b, dl_doc_text(d, d->events.span[h->report[0].event]), true);
    }
    return DL_OK;
}

/* ---- ninjs (IPTC), version 1.3: the account as a news item ---- */

static dl_status put_ninjs(void *ctx, const dl_told_story *s, dl_arena *keep, dl_error *err)
{
    const maker *m = ctx;
    dl_brief b;
    dl_status st = dl_brief_find(&b, &s->matter, &s->claims, &s->disagreements,
                                 (dl_brief_plan){ m->o->req->length, m->o->req->lines_min }, keep, err);
    if (st) return st;
    dl_json j = dl_json_to(m->buf);
    dl_buf body;
    dl_buf_init(&body, 1 << 24);
    for (uint32_t i = 0; i < b.n; i++) {
        dl_buf_puts(&body, i ? "\n" : "");
        dl_buf_add(&body, dl_doc_text(dl_page(m->v->pages, b.told[i].page), b.told[i].span));
    }
    dl_json_open(&j, '{');
    dl_json_key(&j, "uri");
    dl_buf uri;
    dl_buf_init(&uri, 64);
    dl_buf_fmt(&uri, "urn:dateline:story:%u", s->row + 1);
    dl_json_str(&j, dl_buf_str(&uri));
    dl_buf_free(&uri);
    dl_json_key(&j, "type");
    dl_json_word(&j, "text");
    dl_json_key(&j, "versioncreated");
    dl_json_instant(&j, s->story->to);
    dl_json_key(&j, "headline");
    dl_json_opt(&j, s->story->title);
    dl_json_key(&j, "body_text");
    dl_json_str(&j, dl_buf_str(&body));
    dl_json_key(&j, "altids");
    dl_json_open(&j, '[');
    for (uint32_t i = 0; i < s->story->n; i++) dl_json_str(&j, dl_view_id(m->v, s->story->page[i]));
    dl_json_close(&j, ']');
    dl_json_close(&j, '}');
    dl_json_line(&j);
    dl_buf_free(&body);
    return DL_OK;
}

static dl_status make_ninjs(const maker *m, dl_error *err)
{
    maker copy = *m;
    return dl_each_story(m->v, put_ninjs, &copy, err);
}

static dl_status make_html(const maker *m, dl_error *err) { return write_as(m, dl_write_brief, DL_HTML, m->buf, err); }
static dl_status make_markdown(const maker *m, dl_error *err) { return write_as(m, dl_write_brief, DL_MARKDOWN, m->buf, err); }

static dl_status put_file(const char *path, dl_str bytes, dl_error *err)
{
    char name[4096];
    int n = snprintf(name, sizeof name, "%s.part", path);
    if (n < 0 || (size_t)n >= sizeof name) return dl_fail(err, DL_EUSAGE, path, DL_NO_OFFSET, "too long a name");
    FILE *f = fopen(name, "wb");
    if (!f) return dl_fail_sys(err, path, "cannot be written");
    bool ok = fwrite(bytes.p, 1, bytes.len, f) == bytes.len;
    ok = !fclose(f) && ok;
    if (ok && !rename(name, path)) return DL_OK;
    dl_status st = dl_fail_sys(err, path, "cannot be written");
    unlink(name);
    return st;
}

/* A store of its own with the story's pages and, in table answer, every record as JSON. */
static dl_status put_store(const maker *m, const char *path, dl_error *err)
{
    dl_store *s;
    if (!access(path, F_OK))
        return dl_fail(err, DL_EUSAGE, path, DL_NO_OFFSET, "there is such a file; a store is not written over");
    dl_status st = make_jsonl(m, err);
    if (!st) st = dl_store_open(&s, path, false, err);
    if (st) return st;
    st = dl_store_begin(s, err);
    for (uint32_t i = 0; !st && i < m->v->pages->n; i++) {
        if (m->v->story != DL_NONE && m->v->stories->of[i] != m->v->story) continue;
        const dl_doc *d = dl_page(m->v->pages, i);
        dl_bytes block = { NULL, 0 };
        dl_build b;
        dl_build_init(&b);
        st = dl_build_from(&b, d);
        if (!st) st = dl_seal(&block, &b, err);
        if (!st)
            st = dl_store_put(s, dl_store_key(d->meta->raw_hash ^ i, dl_doc_str(d, d->meta->url)), d, block,
                              m->v->raw(m->v->raw_ctx, i), err);
        free(block.p);
        dl_build_free(&b);
    }
    if (!st) st = dl_store_put_answers(s, dl_buf_str(m->buf), err);
    if (!st) st = dl_store_commit(s, err);
    dl_store_close(s);
    return st;
}

static const struct {
    const char *ending;
    dl_status (*make)(const maker *m, dl_error *err);
} makers[] = { { ".jsonl", make_jsonl }, { ".csv", make_csv },     { ".html", make_html },
               { ".md", make_markdown }, { ".ninjs", make_ninjs }, { ".json", make_ninjs } };

dl_status dl_write_export(dl_out *o, const dl_view *v, dl_error *err)
{
    const char *to = o->req->to;
    if (!to) return dl_fail(err, DL_EUSAGE, "export", DL_NO_OFFSET, "--to FILE is missing");
    dl_buf bytes;
    dl_buf_init(&bytes, (size_t)4 << 30);
    maker m = { o, v, &bytes };
    dl_str path = dl_str_of(to);
    dl_status st = DL_EUSAGE;
    if (dl_str_ends(path, DL_STR(".sqlite")) || dl_str_ends(path, DL_STR(".db"))) {
        st = put_store(&m, to, err);
    } else {
        size_t i = 0;
        while (i < DL_COUNT(makers) && !dl_str_ends(path, dl_str_of(makers[i].ending))) i++;
        if (i < DL_COUNT(makers)) {
            st = makers[i].make(&m, err);
            if (!st) st = bytes.failed ? dl_fail_mem(err, to) : put_file(to, dl_buf_str(&bytes), err);
        } else {
            dl_fail(err, DL_EUSAGE, to, DL_NO_OFFSET, "the ending must be .sqlite, .csv, .jsonl, .html, .md or .ninjs");
        }
    }
    dl_buf_free(&bytes);
    o->rows = !st;
    return st;
}
