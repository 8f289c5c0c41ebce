/* jsonl.c: records by json-c. */
#include "input/jsonl.h"

#include <json-c/json.h>

#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "input/feed.h"
#include "input/members.h"

/* A record: the members of a plain line, or the tree of another. */
typedef struct record {
    const dl_members *m;   /* NULL: see o                                                        */
    struct json_object *o; /* NULL: see m                                                        */
    bool odd;              /* the line was not so plain                                          */
} record;

static dl_str text_of(record *r, const char *key, dl_arena *a)
{
    struct json_object *v;
    dl_str kept = { NULL, 0 };
    if (r->m)
        kept = dl_members_text(r->m, key, a, &r->odd);
    else if (json_object_object_get_ex(r->o, key, &v) && json_object_get_type(v) == json_type_string)
        kept = dl_arena_str(a, (dl_str){ json_object_get_string(v), (size_t)json_object_get_string_len(v) });
    return kept.p ? dl_utf8_clean(a, kept) : kept;
}

/* An id is a string or a whole number, which is taken as it is written. */
static dl_str id_of(record *r, dl_arena *a)
{
    struct json_object *v;
    const dl_str text = text_of(r, "id", a);
    dl_str number = { NULL, 0 };
    if (text.p) return text;
    if (r->m)
        number = dl_members_number(r->m, "id");
    else if (json_object_object_get_ex(r->o, "id", &v) && json_object_get_type(v) == json_type_int)
        number = dl_str_of(json_object_get_string(v));
    return number.p ? dl_arena_str(a, number) : number;
}

static bool mark_of(struct json_object *o, const char *key, dl_span *out, size_t len)
{
    struct json_object *v;
    if (!json_object_object_get_ex(o, key, &v) || json_object_get_type(v) != json_type_array || json_object_array_length(v) != 2)
        return false;
    int64_t beg = json_object_get_int64(json_object_array_get_idx(v, 0)),
            end = json_object_get_int64(json_object_array_get_idx(v, 1));
    if (beg < 0 || end < beg || (uint64_t)end > len) return false;
    *out = (dl_span){ (uint32_t)beg, (uint32_t)end };
    return true;
}

/* Sizes of a list of lists of words: sentences, words and bytes of the words joined. */
static bool count(struct json_object *v, size_t *sents, size_t *words, size_t *bytes)
{
    *sents = json_object_array_length(v);
    *words = *bytes = 0;
    for (size_t i = 0; i < *sents; i++) {
        struct json_object *s = json_object_array_get_idx(v, i);
        if (json_object_get_type(s) != json_type_array) return false;
        for (size_t k = 0; k < json_object_array_length(s); k++) {
            struct json_object *w = json_object_array_get_idx(s, k);
            if (json_object_get_type(w) != json_type_string) return false;
            *bytes += 3 * (size_t)json_object_get_string_len(w) + 1; /* a byte that is no UTF-8 becomes three */
            (*words)++;
        }
    }
    return true;
}

/* Places every word: in the given text in order, or joined by one blank into a new one. */
static const char *place_words(dl_raw *out, struct json_object *v, dl_arena *a)
{
    size_t bytes, at = 0, w = 0;
    bool given = out->bytes.p != NULL;
    if (!count(v, &out->n_sents, &out->n_words, &bytes)) return "\"sentences\" is not a list of lists of words";
    out->word = dl_arena_get(a, out->n_words + 1, sizeof *out->word);
    out->sent_end = dl_arena_get(a, out->n_sents + 1, sizeof *out->sent_end);
    char *joined = given ? NULL : dl_arena_raw(a, bytes + 1, 1);
    if (!out->word || !out->sent_end || (!given && !joined)) return "memory was refused";
    for (size_t i = 0; i < out->n_sents; i++) {
        struct json_object *s = json_object_array_get_idx(v, i);
        size_t n = json_object_array_length(s);
        for (size_t k = 0; k < n; k++) {
            struct json_object *o = json_object_array_get_idx(s, k);
            const dl_str word = dl_utf8_clean(a, (dl_str){ json_object_get_string(o), (size_t)json_object_get_string_len(o) });
            if (given) {
                at = dl_str_find(out->bytes, word, at);
                if (at == SIZE_MAX) return "a word of \"sentences\" does not occur in \"text\", in order";
            } else {
                memcpy(joined + at, word.p, word.len);
                joined[at + word.len] = k + 1 == n ? '\n' : ' ';
            }
            out->word[w++] = (dl_span){ (uint32_t)at, (uint32_t)(at + word.len) };
            at += word.len + !given;
        }
        out->sent_end[i] = (uint32_t)w;
    }
    if (!given) out->bytes = (dl_str){ joined, at };
    return NULL;
}

/* A date to be believed is believed to the day: "2020-02-15T07:00+09:00" is the 15th. */
static void given_of(dl_raw *out, dl_str date)
{
    int64_t day;
    bool timed;
    if (!dl_feed_date(date, &out->given, &out->given_time)) {
        out->given = DL_NEVER;
        return;
    }
    if (date.len < 10 || !dl_date_read(dl_str_cut(date, 0, 10), &day, &timed) || dl_day_of(out->given) == dl_day_of(day)) return;
    out->given = day;
    out->given_time = false;
}

static void dates_of(dl_raw *out, record *o, dl_arena *a)
{
    bool timed;
    given_of(out, dl_str_trim(text_of(o, "date", a)));
    if (!dl_feed_date(text_of(o, "fetched", a), &out->fetched, &timed)) out->fetched = DL_NEVER;
}

/* What stands in strings. */
static void fill_texts(dl_raw *out, record *o, dl_arena *a)
{
    out->id = id_of(o, a);
    out->url = text_of(o, "url", a);
    out->content_type = text_of(o, "content_type", a);
    out->title = text_of(o, "title", a);
    dates_of(out, o, a);
    const dl_str html = text_of(o, "html", a);
    out->kind = html.p ? DL_RAW_HTML : DL_RAW_CLEAN;
    out->bytes = html.p ? html : text_of(o, "text", a);
    out->raw_len = out->bytes.len;
    out->raw_hash = dl_hash_str(out->bytes);
}

static const char *fill(dl_raw *out, struct json_object *o, dl_arena *a)
{
    struct json_object *sentences;
    record r = { .o = o };
    if (json_object_get_type(o) != json_type_object) return "not a JSON object";
    fill_texts(out, &r, a);
    if (json_object_object_get_ex(o, "sentences", &sentences) && json_object_get_type(sentences) == json_type_array) {
        out->kind = DL_RAW_SENTENCES;
        out->bytes = text_of(&r, "text", a);
        const char *why = place_words(out, sentences, a);
        if (why) return why;
    }
    if (!out->bytes.p) return "no \"html\", \"text\" or \"sentences\"";
    out->has_source = mark_of(o, "source", &out->source, out->bytes.len);
    out->has_target = mark_of(o, "target", &out->target, out->bytes.len);
    out->raw_len = out->bytes.len;
    out->raw_hash = dl_hash_str(out->bytes);
    return NULL;
}

/* A plain line with a page in it, without a tree; false: it is for the whole parser. */
static bool fill_plain(dl_raw *out, dl_str line, dl_arena *a)
{
    dl_members m;
    record r = { .m = &m };
    if (!dl_members_find(&m, line)) return false;
    fill_texts(out, &r, a);
    return !r.odd && out->bytes.p;
}

dl_status dl_jsonl_read(dl_raw *out, dl_str line, dl_arena *a, const char *where, uint64_t offset, dl_error *err)
{
    const dl_raw none = { .encoding = DL_STR("utf-8"), .fetched = DL_NEVER, .given = DL_NEVER };
    *out = none;
    if (fill_plain(out, line, a)) return DL_OK;
    if (dl_arena_failed(a)) return dl_fail_mem(err, where);
    *out = none;
    struct json_tokener *tok = json_tokener_new();
    if (!tok) return dl_fail_mem(err, where);
    if (line.len > INT32_MAX) {
        json_tokener_free(tok);
        return dl_fail(err, DL_ELIMIT, where, offset, "limit: a JSON line of %zu bytes", line.len);
    }
    struct json_object *o = json_tokener_parse_ex(tok, line.p, (int)line.len);
    enum json_tokener_error bad = json_tokener_get_error(tok);
    uint64_t at = offset + json_tokener_get_parse_end(tok);
    dl_status st = DL_OK;
    if (bad != json_tokener_success || !o) {
        const char *why = bad == json_tokener_continue ? "the line ends inside it" : json_tokener_error_desc(bad);
        st = dl_fail(err, DL_EINPUT, where, at, "not JSON: %s", why);
    } else {
        const char *why = fill(out, o, a);
        if (why) st = dl_fail(err, DL_EINPUT, where, offset, "%s", why);
    }
    json_object_put(o);
    json_tokener_free(tok);
    return !st && dl_arena_failed(a) ? dl_fail_mem(err, where) : st;
}
