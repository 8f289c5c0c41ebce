/* live_ld.c: liveBlogUpdate of JSON-LD: each entry is an object of its own and is read as one. */
#include "extract/live_ld.h"

#define NAME_MAX_LEN 300 /* bytes of a headline or an author                                         */

/* The end of the object or array that begins at `at`; s.len where it is not closed. */
static size_t closed_at(dl_str s, size_t at)
{
    size_t depth = 0;
    for (size_t i = at; i < s.len; i++) {
        if (s.p[i] == '"') {
            for (i++; i < s.len && s.p[i] != '"'; i++) i += s.p[i] == '\\';
        } else if (s.p[i] == '{' || s.p[i] == '[') {
            depth++;
        } else if (s.p[i] == '}' || s.p[i] == ']') {
            if (--depth == 0) return i + 1;
        }
    }
    return s.len;
}

/* Entities undone twice (scripts are often escaped once more than they should be), tags left out, folded. */
static dl_str plain(dl_arena *a, dl_str s)
{
    s = dl_html_unescape(a, dl_html_unescape(a, s, NULL), NULL);
    char *out = dl_arena_raw(a, s.len + 1, 1);
    size_t n = 0;
    for (size_t i = 0; out && i < s.len; i++) {
        const bool tag = s.p[i] == '<' && i + 1 < s.len && (dl_is_alpha((unsigned char)s.p[i + 1]) || s.p[i + 1] == '/');
        const size_t end = tag ? dl_str_find(s, DL_STR(">"), i) : SIZE_MAX;
        if (end == SIZE_MAX) {
            out[n++] = s.p[i];
            continue;
        }
        out[n++] = ' ';
        i = end;
    }
    return dl_extract_fold(a, (dl_str){ out, n });
}

static dl_str kept(char *to, dl_str s)
{
    if (s.len > NAME_MAX_LEN) s.len = 0; /* no headline is that long */
    if (s.len) memcpy(to, s.p, s.len);
    return (dl_str){ to, s.len };
}

static dl_str copied(dl_arena *a, dl_str s)
{
    char *p = dl_arena_raw(a, s.len + 1, 1);
    if (p && s.len) memcpy(p, s.p, s.len);
    return (dl_str){ p, p ? s.len : 0 };
}

/* One entry. What the reader of JSON-LD needs is given back; the little that is wanted is carried over. */
static bool read_entry(dl_xhtml *h, dl_str object, dl_ld_entry *out)
{
    dl_arena *a = h->p->a;
    char title[NAME_MAX_LEN], author[NAME_MAX_LEN];
    dl_arena_mark here = dl_arena_here(a);
    dl_ld_all *all = DL_NEW(a, 1, dl_ld_all);
    if (!all) return false;
    dl_jsonld_read(all, a, object, (dl_span){ 0, (uint32_t)object.len });
    bool clock = false;
    dl_ld_item none = { .authors = 0 }, *k = &none;
    for (uint32_t i = 0; i < all->n; i++)
        if (all->item[i].article && (all->item[i].body.len || all->item[i].headline.len)) k = &all->item[i];
    int64_t at = DL_NEVER;
    if (!dl_date_read(dl_str_trim(k->published), &at, &clock) || !clock) at = DL_NEVER;
    const dl_str t = kept(title, plain(a, k->headline)), raw = k->raw_body;
    const dl_str by = kept(author, k->authors && !k->author[0].org ? plain(a, k->author[0].name) : (dl_str){ NULL, 0 });
    dl_arena_back(a, here);
    *out = (dl_ld_entry){ .post = { .title = copied(a, t), .author = copied(a, by), .time = at } };
    out->title = dl_extract_norm(a, out->post.title);
    out->body = dl_extract_norm(a, plain(a, dl_jsonld_string(a, raw)));
    return out->title.len || out->body.len;
}

/* All objects of the array behind "liveBlogUpdate", or the one object there. */
static void read_updates(dl_xhtml *h, dl_str script, dl_ld_entry *entry, uint32_t *n)
{
    static const char key[] = "\"liveBlogUpdate\"";
    size_t at = dl_str_find(script, DL_STR(key), 0);
    if (at == SIZE_MAX) return;
    at += sizeof key - 1;
    while (at < script.len && (script.p[at] == ':' || dl_is_space((unsigned char)script.p[at]))) at++;
    if (at >= script.len || (script.p[at] != '[' && script.p[at] != '{')) return;
    const size_t end = closed_at(script, at);
    if (script.p[at] == '[') at++;
    while (at < end && *n < DL_LD_ENTRIES) {
        if (script.p[at] != '{') {
            at++;
            continue;
        }
        const size_t stop = closed_at(script, at);
        *n += read_entry(h, dl_str_cut(script, at, stop), &entry[*n]);
        at = stop;
    }
}

dl_ld_entry *dl_live_stated(dl_xhtml *h, uint32_t *out_n)
{
    const dl_dom *d = &h->d;
    *out_n = 0;
    dl_ld_entry *entry = dl_arena_raw(h->p->a, DL_LD_ENTRIES, sizeof *entry);
    if (!entry) return NULL;
    for (uint32_t i = 0; i < d->n; i++)
        if (d->type[i] == DL_NODE_ELEMENT && d->tag[i] == DL_TAG_SCRIPT && d->first[i] != DL_NONE &&
            dl_str_find_nocase(dl_dom_attr(d, i, "type"), DL_STR("ld+json"), 0) != SIZE_MAX)
            read_updates(h, d->data[d->first[i]], entry, out_n);
    return entry;
}
