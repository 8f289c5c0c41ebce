/* write_quotes.c: the answers of `dateline quotes`: FORMATS.md's rows, lines for people page by page,
 * and what each speaker said over the whole pile. */
#include "api/speaker.h"
#include "api/text.h"
#include "base/date.h"
#include "base/hash.h"
#include "base/sort.h"
#include "base/utf8.h"

/* ---- FORMATS.md ---- */

static void json_spans(dl_json *j, const char *key, const dl_doc *d, uint32_t quote, dl_part_role role)
{
    dl_span parts = d->quotes.parts[quote];
    dl_json_key(j, key);
    dl_json_open(j, '[');
    for (uint32_t i = parts.beg; i < parts.end; i++)
        if (d->parts.role[i] == role && dl_span_len(d->parts.span[i]))
            dl_json_pair(j, d->parts.span[i].beg, d->parts.span[i].end);
    dl_json_close(j, ']');
}

static void json_via(dl_json *j, const dl_view *v, uint32_t page, const dl_doc *d, uint32_t quote)
{
    dl_span parts = d->quotes.parts[quote];
    dl_json_key(j, "via");
    dl_json_open(j, '[');
    for (uint32_t i = parts.beg; i < parts.end; i++) {
        if (d->parts.role[i] != DL_VIA) continue;
        dl_str name =
            d->parts.ent[i] == DL_NONE ? dl_speaker_words(d, d->parts.span[i]) : dl_speaker_name(v, page, d, d->parts.ent[i]);
        if (name.len) dl_json_str(j, name);
    }
    dl_json_close(j, ']');
}

static void json_quote(dl_json *j, dl_buf *name, const dl_view *v, uint32_t page, const dl_doc *d, uint32_t q)
{
    dl_buf_reset(name);
    dl_speaker_put(name, v, page, d, q);
    dl_json_open(j, '{');
    dl_json_key(j, "kind");
    dl_json_word(j, dl_quote_words[d->quotes.kind[q]]);
    json_spans(j, "content", d, q, DL_CONTENT);
    json_spans(j, "cue", d, q, DL_CUE);
    json_spans(j, "source", d, q, DL_SOURCE);
    dl_json_key(j, "speaker");
    dl_json_opt(j, dl_buf_str(name));
    json_via(j, v, page, d, q);
    dl_json_key(j, "said_on");
    dl_json_day(j, d->quotes.from[q]);
    dl_json_key(j, "score");
    dl_json_num(j, d->quotes.score[q] / 100.0, 2);
    dl_json_close(j, '}');
}

/* ---- For people ---- */

/* What was said, its pieces joined, cut to so many bytes at a word. */
static void content(dl_buf *b, const dl_doc *d, uint32_t q, size_t most)
{
    dl_span parts = d->quotes.parts[q];
    size_t start = b->len;
    for (uint32_t i = parts.beg; i < parts.end; i++) {
        if (d->parts.role[i] != DL_CONTENT) continue;
        if (b->len > start) dl_buf_puts(b, " … ");
        dl_str s = dl_doc_text(d, d->parts.span[i]);
        if (s.len > 5 && dl_str_starts(s, DL_STR("that "))) s = dl_str_cut(s, 5, s.len);
        if (s.len > most) {
            s.len = most;
            while (s.len && s.p[s.len - 1] != ' ') s.len--;
            dl_text_folded(b, s);
            dl_buf_puts(b, " …");
            return;
        }
        most -= s.len;
        dl_text_folded(b, s);
    }
}

static void when(dl_buf *b, const dl_doc *d, uint32_t q)
{
    char day[11];
    dl_date_text(day, d->quotes.from[q]);
    if (day[0]) dl_buf_fmt(b, ", %s", day);
}

static void cue(dl_buf *b, const dl_doc *d, uint32_t q)
{
    dl_span parts = d->quotes.parts[q];
    for (uint32_t i = parts.beg; i < parts.end; i++)
        if (d->parts.role[i] == DL_CUE) {
            dl_text_folded(b, dl_doc_text(d, d->parts.span[i]));
            return;
        }
    dl_buf_puts(b, "going on");
}

static bool damaged(const dl_doc *d, uint32_t q)
{
    dl_span parts = d->quotes.parts[q];
    for (uint32_t i = parts.beg; i < parts.end; i++)
        for (uint32_t k = 0; k < d->damages.n; k++)
            if (dl_span_meet(d->parts.span[i], d->damages.span[k])) return true;
    return false;
}

static size_t room(const dl_request *r) { return r->width > 60 ? r->width - 24 : 56; }

static void text_quote(dl_buf *out, dl_buf *name, const dl_view *v, uint32_t page, const dl_doc *d, uint32_t q,
                       const dl_request *r)
{
    dl_buf_reset(name);
    dl_speaker_put(name, v, page, d, q);
    dl_buf_puts(out, "  ");
    dl_buf_add(out, name->len ? dl_buf_str(name) : DL_STR("(nobody named)"));
    dl_buf_puts(out, "  ");
    cue(out, d, q);
    when(out, d, q);
    dl_buf_puts(out, damaged(d, q) ? " *\n      " : "\n      ");
    content(out, d, q, 2 * room(r));
    dl_buf_putc(out, '\n');
}

void dl_write_quotes(dl_out *o, const dl_view *v, uint32_t page, const dl_doc *d)
{
    dl_buf name;
    dl_buf_init(&name, 1 << 16);
    if (o->req->format == DL_TEXT) {
        if (d->quotes.n) {
            dl_buf_add(o->buf, dl_doc_str(d, d->meta->id));
            dl_buf_putc(o->buf, '\n');
        }
        for (uint32_t q = 0; q < d->quotes.n; q++) text_quote(o->buf, &name, v, page, d, q, o->req);
    } else {
        dl_json j = dl_json_to(o->buf);
        dl_json_open(&j, '{');
        dl_json_key(&j, "id");
        dl_json_opt(&j, dl_doc_str(d, d->meta->id));
        dl_json_key(&j, "quotes");
        dl_json_open(&j, '[');
        for (uint32_t q = 0; q < d->quotes.n; q++) json_quote(&j, &name, v, page, d, q);
        dl_json_close(&j, ']');
        dl_json_close(&j, '}');
        dl_json_line(&j);
    }
    dl_buf_free(&name);
    o->rows++;
}

/* ---- Grouped by who speaks ---- */

typedef struct row {
    uint32_t page, quote, group;
} row;
typedef struct group {
    dl_str name; /* empty: nobody named                                                         */
    uint32_t n, first;
} group;
typedef struct groups {
    dl_arena *a;
    row *row;
    size_t n, cap;
    group *group;
    size_t n_groups, groups_cap;
    dl_map by_name;
    uint32_t kinds[DL_QUOTE_KINDS];
} groups;

static bool collect(groups *g, dl_buf *name, const dl_view *v, uint32_t page, const dl_doc *d, uint32_t q)
{
    dl_buf_reset(name);
    dl_speaker_put(name, v, page, d, q);
    uint32_t *at = dl_map_put(&g->by_name, dl_hash_str(dl_buf_str(name)), (uint32_t)g->n_groups);
    if (!at) return false;
    if (*at == g->n_groups) {
        if (!DL_ROOM(g->a, g->group, g->n_groups, g->groups_cap)) return false;
        g->group[g->n_groups++] = (group){ dl_arena_str(g->a, dl_buf_str(name)), 0, (uint32_t)g->n };
    }
    if (!DL_ROOM(g->a, g->row, g->n, g->cap)) return false;
    g->group[*at].n++;
    g->row[g->n++] = (row){ page, q, *at };
    g->kinds[d->quotes.kind[q]]++;
    return true;
}

static int by_size(const void *a, const void *b, const void *ctx)
{
    const group *g = ctx, *x = &g[*(const uint32_t *)a], *y = &g[*(const uint32_t *)b];
    if (!x->name.len != !y->name.len) return x->name.len ? -1 : 1;
    return x->n != y->n ? (x->n > y->n ? -1 : 1) : x->first < y->first ? -1 : 1;
}

static int by_group(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    uint32_t x = ((const row *)a)->group, y = ((const row *)b)->group;
    return x < y ? -1 : x > y;
}

static void print_groups(dl_out *o, const dl_view *v, const groups *g, const uint32_t *order, const size_t *start)
{
    bool spun = false;
    for (size_t i = 0; i < g->n_groups; i++) {
        const group *x = &g->group[order[i]];
        dl_buf_add(o->buf, x->name.len ? x->name : DL_STR("(nobody named)"));
        dl_buf_fmt(o->buf, "  %u\n", x->n);
        for (uint32_t k = 0; k < x->n; k++) {
            const row *r = &g->row[start[order[i]] + k];
            const dl_doc *d = dl_page(v->pages, r->page);
            if (!d) continue;
            dl_buf_puts(o->buf, "  ");
            content(o->buf, d, r->quote, room(o->req));
            dl_buf_puts(o->buf, "   ");
            cue(o->buf, d, r->quote);
            when(o->buf, d, r->quote);
            dl_buf_puts(o->buf, "   ");
            dl_buf_add(o->buf, dl_doc_str(d, d->meta->id));
            bool star = damaged(d, r->quote);
            spun |= star;
            dl_buf_puts(o->buf, star ? "*\n" : "\n");
            o->rows++;
        }
    }
    dl_buf_fmt(o->buf, "%zu statements by %zu speakers: %u direct, %u part-quoted, %u reported.%s\n", g->n, g->n_groups,
               g->kinds[DL_DIRECT], g->kinds[DL_MIXED], g->kinds[DL_INDIRECT],
               spun ? "  * damaged on its page: not verbatim." : "");
}

dl_status dl_write_quotes_by_speaker(dl_out *o, const dl_view *v, dl_error *err)
{
    (void)err;
    groups g = { .a = o->scratch };
    dl_map_init(&g.by_name, o->scratch);
    dl_buf name;
    dl_buf_init(&name, 1 << 16);
    bool ok = true;
    for (uint32_t p = 0; p < v->pages->n && ok; p++) {
        if (v->story != DL_NONE && v->stories && v->stories->of[p] != v->story) continue;
        const dl_doc *d = dl_page(v->pages, p);
        for (uint32_t q = 0; d && q < d->quotes.n && ok; q++) ok = collect(&g, &name, v, p, d, q);
    }
    dl_buf_free(&name);
    uint32_t *order = DL_NEW(o->scratch, g.n_groups + 1, uint32_t);
    size_t *start = DL_NEW(o->scratch, g.n_groups + 1, size_t);
    if (!ok || !order || !start) return DL_ENOMEM;
    for (uint32_t i = 0; i < g.n_groups; i++) {
        order[i] = i;
        start[i + 1] = start[i] + g.group[i].n;
    }
    if (!dl_sort(order, g.n_groups, sizeof *order, by_size, g.group, o->scratch) ||
        !dl_sort(g.row, g.n, sizeof *g.row, by_group, NULL, o->scratch))
        return DL_ENOMEM;
    if (g.n) print_groups(o, v, &g, order, start);
    return DL_OK;
}
