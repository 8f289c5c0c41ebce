/* write_events.c: the answers of `dateline events`: FORMATS.md's rows, PLOVER records, and lines for
 * people; and the rows of `events --pairs`. */
#include "api/view.h"
#include "base/date.h"

static dl_str page_id(const dl_doc *d) { return dl_doc_str(d, d->meta->id); }

/* Has the asked-for story a page that tells of it? */
static bool asked(const dl_view *v, const dl_happening *h)
{
    if (v->story == DL_NONE || !v->stories) return true;
    for (uint32_t i = 0; i < h->n_reports; i++)
        if (v->stories->of[h->report[i].page] == v->story) return true;
    return false;
}

/* ---- FORMATS.md `events` ------------------------------------------------------------------ */

static void json_actors(dl_json *j, const char *key, const dl_view *v, const uint32_t *actor, uint32_t n)
{
    dl_json_key(j, key);
    dl_json_open(j, '[');
    for (uint32_t i = 0; i < n; i++) dl_json_str(j, v->actors->name[actor[i]]);
    dl_json_close(j, ']');
}

static void json_root(dl_json *j, uint8_t root)
{
    char z[3] = { (char)('0' + root / 10 % 10), (char)('0' + root % 10), 0 };
    if (root)
        dl_json_word(j, z);
    else
        dl_json_null(j);
}

static void json_report(dl_json *j, const dl_doc *d, uint32_t row)
{
    const dl_events *e = &d->events;
    dl_json_open(j, '{');
    dl_json_key(j, "id");
    dl_json_str(j, page_id(d));
    dl_json_key(j, "beg");
    dl_json_int(j, e->span[row].beg);
    dl_json_key(j, "end");
    dl_json_int(j, e->span[row].end);
    dl_json_key(j, "trigger");
    dl_json_pair(j, e->trigger[row].beg, e->trigger[row].end);
    dl_json_key(j, "modality");
    dl_json_word(j, dl_modality_words[e->modality[row]]);
    dl_json_close(j, '}');
}

static void write_jsonl(dl_out *o, const dl_view *v, const dl_happening *h, uint32_t number)
{
    dl_json j = dl_json_to(o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "event");
    dl_json_int(&j, number);
    dl_json_key(&j, "type");
    dl_json_word(&j, h->type ? dl_plover_words[h->type] : NULL);
    dl_json_key(&j, "root");
    json_root(&j, h->root);
    dl_json_key(&j, "modality");
    dl_json_word(&j, dl_modality_words[h->modality]);
    dl_json_key(&j, "from");
    dl_json_day(&j, h->from);
    dl_json_key(&j, "to");
    dl_json_until(&j, h->to);
    dl_json_key(&j, "date_basis");
    dl_json_word(&j, h->basis < DL_TIME_BASES ? dl_time_basis_words[h->basis] : NULL);
    json_actors(&j, "source", v, h->source, h->n_source);
    json_actors(&j, "target", v, h->target, h->n_target);
    dl_json_key(&j, "place");
    dl_json_opt(&j, h->place == DL_NONE ? (dl_str){ NULL, 0 } : v->actors->name[h->place]);
    dl_json_key(&j, "reports");
    dl_json_open(&j, '[');
    for (uint32_t i = 0; i < h->n_reports; i++) {
        const dl_doc *d = dl_page(v->pages, h->report[i].page);
        if (d) json_report(&j, d, h->report[i].event);
    }
    dl_json_close(&j, ']');
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

/* ---- PLOVER records, in the shape of the Open Event Data Alliance's own ------------------- */

static void plover_actors(dl_json *j, const char *key, const dl_view *v, const uint32_t *actor, uint32_t n)
{
    dl_json_key(j, key);
    dl_json_open(j, '[');
    for (uint32_t i = 0; i < n; i++) {
        char code[4];
        dl_country_text(code, v->actors->country[actor[i]]);
        dl_json_open(j, '{');
        dl_json_key(j, "actorText");
        dl_json_str(j, v->actors->name[actor[i]]);
        dl_json_key(j, "code");
        dl_json_opt(j, dl_str_of(code));
        dl_json_close(j, '}');
    }
    dl_json_close(j, ']');
}

static void write_plover(dl_out *o, const dl_view *v, const dl_happening *h, uint32_t number)
{
    const dl_doc *d = dl_page(v->pages, h->report[0].page);
    if (!h->type || !d) return;
    uint32_t row = h->report[0].event;
    dl_json j = dl_json_to(o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "id");
    dl_json_int(&j, number);
    dl_json_key(&j, "date");
    dl_json_day(&j, h->from != DL_NEVER ? h->from : h->to);
    plover_actors(&j, "source", v, h->source, h->n_source);
    plover_actors(&j, "target", v, h->target, h->n_target);
    dl_json_key(&j, "event");
    dl_json_word(&j, dl_plover_words[h->type]);
    dl_json_key(&j, "modality");
    dl_json_word(&j, dl_modality_words[h->modality]);
    dl_json_key(&j, "eventText");
    dl_json_str(&j, dl_doc_text(d, d->events.trigger[row]));
    dl_json_key(&j, "text");
    dl_json_str(&j, dl_doc_text(d, d->sents.span[d->events.sent[row]]));
    dl_json_key(&j, "language");
    dl_json_opt(&j, dl_doc_str(d, d->meta->language));
    dl_json_key(&j, "publication");
    dl_json_opt(&j, dl_doc_str(d, d->meta->outlet));
    dl_json_key(&j, "url");
    dl_json_opt(&j, dl_doc_str(d, d->meta->url));
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

/* ---- For people --------------------------------------------------------------------------- */

static void text_actors(dl_buf *b, const dl_view *v, const uint32_t *actor, uint32_t n)
{
    if (!n) dl_buf_puts(b, "(not said)");
    for (uint32_t i = 0; i < n; i++) {
        if (i) dl_buf_puts(b, ", ");
        dl_buf_add(b, v->actors->name[actor[i]]);
    }
}

static bool one_side(const dl_happening *h)
{
    if (h->n_source != h->n_target) return false;
    for (uint32_t i = 0; i < h->n_source; i++)
        if (h->source[i] != h->target[i]) return false;
    return true;
}

static void write_text(dl_out *o, const dl_view *v, const dl_happening *h)
{
    char from[11], to[11];
    dl_date_text(from, h->from);
    dl_date_text(to, h->to == DL_NEVER ? DL_NEVER : h->to - 1);
    dl_buf_fmt(o->buf, "%-10s ", *from ? from : "(no day)");
    if (*to && strcmp(from, to) != 0) dl_buf_fmt(o->buf, "to %s ", to);
    dl_buf_fmt(o->buf, "%s, %s: ", h->type ? dl_plover_words[h->type] : "other", dl_modality_words[h->modality]);
    text_actors(o->buf, v, h->source, h->n_source);
    if (h->n_target && !one_side(h)) {
        dl_buf_puts(o->buf, " -> ");
        text_actors(o->buf, v, h->target, h->n_target);
    }
    if (h->place != DL_NONE) {
        dl_buf_puts(o->buf, " (");
        dl_buf_add(o->buf, v->actors->name[h->place]);
        dl_buf_putc(o->buf, ')');
    }
    dl_buf_putc(o->buf, '\n');
    for (uint32_t i = 0; i < h->n_reports; i++) {
        const dl_doc *d = dl_page(v->pages, h->report[i].page);
        if (!d) continue;
        uint32_t row = h->report[i].event;
        dl_buf_puts(o->buf, "    ");
        dl_buf_add(o->buf, page_id(d));
        dl_buf_fmt(o->buf, ":%u ", (unsigned)d->events.trigger[row].beg);
        if (d->events.modality[row] != h->modality) dl_buf_fmt(o->buf, "[%s] ", dl_modality_words[d->events.modality[row]]);
        dl_str s = dl_doc_text(d, d->events.span[row]);
        for (size_t k = 0; k < s.len; k++) dl_buf_putc(o->buf, dl_is_space(s.p[k]) ? ' ' : s.p[k]);
        dl_buf_putc(o->buf, '\n');
    }
}

dl_status dl_write_events(dl_out *o, const dl_view *v, dl_error *err)
{
    (void)err;
    for (uint32_t i = 0; i < v->events->n; i++) {
        const dl_happening *h = &v->events->row[i];
        if (!asked(v, h)) continue;
        if (o->req->format == DL_PLOVER)
            write_plover(o, v, h, i + 1);
        else if (o->req->format == DL_TEXT)
            write_text(o, v, h);
        else
            write_jsonl(o, v, h, i + 1);
        o->rows++;
    }
    return DL_OK;
}

void dl_write_pair(dl_out *o, dl_str id, dl_plover type)
{
    dl_json j = dl_json_to(o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "id");
    dl_json_str(&j, id);
    dl_json_key(&j, "type");
    dl_json_word(&j, type ? dl_plover_words[type] : NULL);
    dl_json_close(&j, '}');
    dl_json_line(&j);
    o->rows++;
}
