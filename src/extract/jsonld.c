/* jsonld.c: what a page states of its article in JSON-LD (schema.org). A tolerant reader of the few
 * keys that matter: it skips what it does not know and stops where the text is no JSON any more. */
#include "base/utf8.h"
#include "extract/html_page.h"

#define DEPTH 40 /* open objects and arrays; deeper ones are skipped over                        */

typedef enum key {
    K_NONE,
    K_TYPE,
    K_HEADLINE,
    K_BODY,
    K_PUBLISHED,
    K_MODIFIED,
    K_AUTHOR,
    K_NAME,
    K_PUBLISHER,
    K_LANGUAGE,
    K_SECTION,
    K_FREE,
    K_CREATOR,
    K_UPDATE,
    K_ID,
    K_OTHER
} key;

typedef struct frame {
    char bracket;
    key under; /* key that this object or array stands under                                    */
    key now;   /* key of the value that comes next                                              */
    bool article, person, live, org;
    dl_str id, name, headline, body, raw_body, published, modified, language, section;
    dl_str author[16];
    uint32_t authors;
    dl_str publisher;
    bool paid;
} frame;

#define PERSONS 32 /* that are kept by their @id                                                */

typedef struct reader {
    dl_arena *a;
    const char *at, *end;
    frame *f; /* [DEPTH]                                                                        */
    int depth;
    dl_ld *out;
    dl_str person_id[PERSONS], person[PERSONS];
    uint32_t persons;
    dl_str raw; /* the last string as it stands in the script                                   */
} reader;

static key key_of(dl_str s)
{
    static const struct {
        const char *name;
        key k;
    } keys[] = { { "@type", K_TYPE },
                 { "headline", K_HEADLINE },
                 { "articleBody", K_BODY },
                 { "datePublished", K_PUBLISHED },
                 { "dateModified", K_MODIFIED },
                 { "author", K_AUTHOR },
                 { "name", K_NAME },
                 { "publisher", K_PUBLISHER },
                 { "inLanguage", K_LANGUAGE },
                 { "articleSection", K_SECTION },
                 { "isAccessibleForFree", K_FREE },
                 { "creator", K_CREATOR },
                 { "liveBlogUpdate", K_UPDATE },
                 { "@id", K_ID } };
    for (size_t i = 0; i < DL_COUNT(keys); i++)
        if (dl_str_eq(s, dl_str_of(keys[i].name))) return keys[i].k;
    return K_OTHER;
}

static uint32_t hex4(const char *p)
{
    uint32_t v = 0;
    for (int i = 0; i < 4; i++) {
        char c = dl_lower(p[i]);
        uint32_t x = dl_is_digit(c) ? (uint32_t)(c - '0') : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10) : 99;
        if (x == 99) return 0xfffd;
        v = v << 4 | x;
    }
    return v;
}

/* One escape sequence behind the backslash; returns bytes written. */
static size_t escape(reader *r, char *out)
{
    char c = *r->at++;
    switch (c) {
    case 'n':
    case 'r':
    case 't':
    case 'b':
    case 'f': *out = c == 'n' ? '\n' : ' '; return 1;
    case 'u': {
        if (r->end - r->at < 4) return 0;
        uint32_t cp = hex4(r->at);
        r->at += 4;
        if (cp >= 0xd800 && cp < 0xdc00 && r->end - r->at >= 6 && r->at[0] == '\\' && r->at[1] == 'u') {
            uint32_t low = hex4(r->at + 2);
            if (low >= 0xdc00 && low < 0xe000) {
                cp = 0x10000 + ((cp - 0xd800) << 10) + (low - 0xdc00);
                r->at += 6;
            }
        }
        return dl_utf8_put(out, cp);
    }
    default: *out = c; return 1;
    }
}

/* The string behind an opening quotation mark. False: it does not end. */
static bool read_string(reader *r, dl_str *out)
{
    const char *p = r->at;
    bool plain = true;
    while (p < r->end && *p != '"') {
        plain &= *p != '\\';
        p += *p == '\\' && p + 1 < r->end ? 2 : 1;
    }
    if (p >= r->end) return false;
    r->raw = (dl_str){ r->at, (size_t)(p - r->at) };
    if (plain) {
        *out = (dl_str){ r->at, (size_t)(p - r->at) };
        r->at = p + 1;
        return true;
    }
    char *buf = dl_arena_raw(r->a, (size_t)(p - r->at) + 8, 1);
    if (!buf) return false;
    size_t n = 0;
    while (r->at < p) {
        if (*r->at != '\\' || r->at + 1 >= p) {
            buf[n++] = *r->at++;
            continue;
        }
        r->at++;
        n += escape(r, buf + n);
    }
    r->at = p + 1;
    *out = (dl_str){ buf, n };
    return true;
}

static frame *top(reader *r) { return &r->f[r->depth]; }

static void add_author(frame *f, dl_str name)
{
    name = dl_str_trim(name);
    if (!name.len || f->authors == DL_COUNT(f->author)) return;
    for (uint32_t i = 0; i < f->authors; i++)
        if (dl_str_eq(f->author[i], name)) return;
    f->author[f->authors++] = name;
}

static bool article_type(dl_str t)
{
    return dl_str_find(t, DL_STR("Article"), 0) != SIZE_MAX || dl_str_find(t, DL_STR("BlogPosting"), 0) != SIZE_MAX ||
           dl_str_eq(t, DL_STR("Report")) || dl_str_eq(t, DL_STR("Review")) || dl_str_eq(t, DL_STR("CreativeWork")) ||
           dl_str_eq(t, DL_STR("WebPage"));
}

/* The object that a value belongs to: arrays are passed through. */
static frame *owner(reader *r, key *k)
{
    int i = r->depth;
    while (i > 0 && r->f[i].bracket == '[') i--;
    *k = i == r->depth ? r->f[i].now : r->f[i + 1].under;
    return &r->f[i];
}

static void string_value(reader *r, dl_str s)
{
    key k;
    frame *f = owner(r, &k);
    switch (k) {
    case K_TYPE:
        f->article |= article_type(s) && !dl_str_eq(s, DL_STR("WebPage"));
        f->live |= dl_str_eq(s, DL_STR("LiveBlogPosting"));
        f->person |= dl_str_eq(s, DL_STR("Person"));
        f->org |= dl_str_find(s, DL_STR("Organization"), 0) != SIZE_MAX;
        break;
    case K_HEADLINE: f->headline = s; break;
    case K_BODY:
        f->body = s;
        f->raw_body = r->raw;
        break;
    case K_PUBLISHED: f->published = s; break;
    case K_MODIFIED: f->modified = s; break;
    case K_AUTHOR: add_author(f, s); break;
    case K_NAME:
        if (f->name.len && top(r)->bracket == '[')
            add_author(f, s); /* "name": ["Ann Lee", "Bo Hu"] */
        else
            f->name = s;
        break;
    case K_ID: f->id = s; break;
    case K_LANGUAGE: f->language = s; break;
    case K_PUBLISHER: f->publisher = s; break;
    case K_SECTION:
        if (!f->section.len) f->section = s;
        break;
    case K_FREE: f->paid |= dl_str_eq_nocase(s, DL_STR("false")); break;
    default: break;
    }
}

static void take(dl_str *to, dl_str from)
{
    if (!to->len) *to = from;
}

/* An object is complete: what it says goes to the object around it, or to the answer. */
static void close_object(reader *r, const frame *f)
{
    key k = f->under;
    int up = r->depth - 1;
    while (up > 0 && r->f[up].bracket == '[') {
        k = r->f[up].under;
        up--;
    }
    if (up >= 0 && (k == K_AUTHOR || k == K_CREATOR) && f->name.len && k == K_AUTHOR)
        add_author(&r->f[up], f->name);
    else if (up >= 0 && k == K_PUBLISHER && f->name.len)
        r->f[up].publisher = f->name;
    bool post = false; /* an entry of a live page is not the page */
    for (int i = r->depth; i > 0 && !post; i--) post = r->f[i].under == K_UPDATE;
    if (!f->article || post) return;
    dl_ld *o = r->out;
    if (o->found && !(f->body.len && !o->body.len) && !(f->headline.len && !o->headline.len)) {
        take(&o->published, f->published);
        return;
    }
    o->found = true;
    o->live |= f->live;
    o->paid |= f->paid;
    take(&o->headline, f->headline.len ? f->headline : f->name);
    if (!o->body.len) o->raw_body = f->raw_body;
    take(&o->body, f->body);
    take(&o->published, f->published);
    take(&o->modified, f->modified);
    take(&o->publisher, f->publisher);
    take(&o->language, f->language);
    take(&o->section, f->section);
    for (uint32_t i = 0; i < f->authors && !(i == 0 && o->authors); i++)
        if (o->authors < DL_COUNT(o->author)) o->author[o->authors++] = f->author[i];
}

static bool open_frame(reader *r, char c)
{
    key under = top(r)->bracket == '[' ? K_NONE : top(r)->now;
    if (top(r)->bracket == '[') under = top(r)->under;
    if (r->depth + 1 >= DEPTH) return false;
    r->f[++r->depth] = (frame){ .bracket = c, .under = under };
    return true;
}

static void read_all(reader *r)
{
    while (r->at < r->end) {
        char c = *r->at++;
        if (c == '"') {
            dl_str s;
            if (!read_string(r, &s)) return;
            while (r->at < r->end && dl_is_space(*r->at)) r->at++;
            if (top(r)->bracket == '{' && r->at < r->end && *r->at == ':') {
                r->at++;
                top(r)->now = key_of(s);
            } else {
                string_value(r, s);
            }
        } else if (c == '{' || c == '[') {
            if (!open_frame(r, c)) return;
        } else if (c == '}' || c == ']') {
            if (r->depth == 0) return;
            frame done = *top(r);
            if (c == '}') close_object(r, &done);
            r->depth--;
        } else if (c == 'f' && top(r)->bracket == '{' && top(r)->now == K_FREE) {
            top(r)->paid = true;
            top(r)->now = K_OTHER;
        } else if (c == ',' && top(r)->bracket == '{') {
            top(r)->now = K_OTHER;
        }
    }
}

dl_str dl_jsonld_string(dl_arena *a, dl_str raw)
{
    char *buf = dl_arena_raw(a, raw.len + 8, 1);
    if (!buf) return (dl_str){ NULL, 0 };
    reader r = { .at = raw.p, .end = raw.p + raw.len };
    size_t n = 0;
    while (r.at < r.end) {
        if (*r.at != '\\' || r.at + 1 >= r.end) {
            buf[n++] = *r.at++;
            continue;
        }
        r.at++;
        n += escape(&r, buf + n);
    }
    return (dl_str){ buf, n };
}

void dl_jsonld_read(dl_xhtml *h, dl_str script, dl_span src)
{
    const char *before = h->ld.raw_body.p;
    frame *f = DL_NEW(h->p->a, DEPTH, frame);
    if (!f) return;
    reader r = { .a = h->p->a, .at = script.p, .end = script.p + script.len, .f = f, .out = &h->ld };
    r.f[0].bracket = '[';
    read_all(&r);
    for (uint32_t i = 0; i < h->ld.authors; i++) /* authors that were named by their @id alone */
        for (uint32_t j = 0; j < r.persons; j++)
            if (dl_str_eq(h->ld.author[i], r.person_id[j])) h->ld.author[i] = r.person[j];
    if (h->ld.raw_body.p && h->ld.raw_body.p != before) h->ld.body_at = src.beg + (uint32_t)(h->ld.raw_body.p - script.p);
}
