/* feed_json.c: JSON Feed 1.0 and 1.1 (jsonfeed.org). */
#include <json-c/json.h>

#include "base/error.h"
#include "base/utf8.h"
#include "input/feed.h"

static dl_str text_of(struct json_object *o, const char *key, dl_arena *a)
{
    struct json_object *v;
    if (!json_object_object_get_ex(o, key, &v) || json_object_get_type(v) != json_type_string) return (dl_str){ NULL, 0 };
    const dl_str kept = dl_arena_str(a, (dl_str){ json_object_get_string(v), (size_t)json_object_get_string_len(v) });
    return kept.p ? dl_utf8_clean(a, kept) : kept;
}

/* JSON Feed 1.1 has `authors`, 1.0 `author`. */
static dl_str names_of(struct json_object *o, dl_arena *a)
{
    struct json_object *v;
    dl_str names = { NULL, 0 };
    if (json_object_object_get_ex(o, "authors", &v) && json_object_get_type(v) == json_type_array) {
        for (size_t i = 0; i < json_object_array_length(v); i++) {
            struct json_object *one = json_object_array_get_idx(v, i);
            if (json_object_get_type(one) == json_type_object)
                names = dl_feed_join(a, names, dl_str_trim(text_of(one, "name", a)));
        }
    } else if (json_object_object_get_ex(o, "author", &v) && json_object_get_type(v) == json_type_object) {
        names = text_of(v, "name", a);
    }
    return names;
}

static void entry_of(dl_feed *out, struct json_object *o, dl_arena *a)
{
    static const char *const bodies[] = { "content_html", "content_text", "summary" };
    if (json_object_get_type(o) != json_type_object) return;
    dl_entry e = { .date = DL_NEVER, .at = DL_NO_OFFSET };
    for (size_t i = 0; i < DL_COUNT(bodies) && !e.body.len; i++) e.body = text_of(o, bodies[i], a);
    if (!e.body.len) return;
    e.id = text_of(o, "id", a);
    e.title = text_of(o, "title", a);
    e.link = text_of(o, "url", a);
    e.author = names_of(o, a);
    if (!dl_feed_date(text_of(o, "date_published", a), &e.date, &e.timed) &&
        !dl_feed_date(text_of(o, "date_modified", a), &e.date, &e.timed))
        e.date = DL_NEVER;
    if (DL_ROOM(a, out->entry, out->n, out->cap)) out->entry[out->n++] = e;
}

dl_status dl_feed_read_json(dl_feed *out, dl_str bytes, dl_arena *a, const char *where, dl_error *err)
{
    *out = (dl_feed){ 0 };
    if (dl_str_starts(bytes, DL_STR("\xef\xbb\xbf"))) bytes = dl_str_cut(bytes, 3, bytes.len);
    struct json_tokener *tok = json_tokener_new();
    if (!tok) return dl_fail_mem(err, where);
    struct json_object *o = bytes.len <= INT32_MAX ? json_tokener_parse_ex(tok, bytes.p, (int)bytes.len) : NULL, *items;
    if (!o) {
        const enum json_tokener_error bad = json_tokener_get_error(tok);
        const char *why = bad == json_tokener_continue ? "the file ends inside it" : json_tokener_error_desc(bad);
        out->st = dl_fail(&out->why, DL_EINPUT, where, json_tokener_get_parse_end(tok), "not JSON: %s", why);
    } else if (!json_object_object_get_ex(o, "items", &items) || json_object_get_type(items) != json_type_array) {
        out->st = dl_fail(&out->why, DL_EINPUT, where, 0, "a JSON Feed without \"items\"");
    } else {
        for (size_t i = 0; i < json_object_array_length(items); i++) entry_of(out, json_object_array_get_idx(items, i), a);
    }
    json_object_put(o);
    json_tokener_free(tok);
    return dl_arena_failed(a) ? dl_fail_mem(err, where) : DL_OK;
}
