/* jsonld.c: JSON-LD (schema.org) as pages write it. A tolerant reader of the few keys that matter: it
 * skips what it does not know and stops where the text is no JSON any more. What the objects that it
 * keeps mean for the page is ld_items.c. */
#include "extract/jsonld.h"
#include "base/utf8.h"

#define DEPTH 40  /* open objects and arrays; deeper ones are skipped over                        */
#define NAMES 128 /* of authors of the objects that are open; more are dropped                  */

typedef enum key {
    K_NONE,
    K_TYPE,
    K_HEADLINE,
    K_BODY,
    K_PUBLISHED,
    K_MODIFIED,
    K_AUTHOR,
    K_NAME,
    K_GIVEN,
    K_FAMILY,
    K_PUBLISHER,
    K_LANGUAGE,
    K_SECTION,
    K_FREE,
    K_UPDATE,
    K_REVIEW,
    K_MAIN,
    K_URL,
    K_ID,
    K_OTHER
} key;

typedef struct frame {
    char bracket;
    key under;    /* key that this object or array stands under                                  */
    key now;      /* key of the value that comes next                                            */
    bool inner;   /* below a key that leads to other things: isPartOf, hasPart, itemListElement ... */
    bool foreign; /* an entry of a live page or a reader's review: never the page itself          */
    bool person, org;
    dl_str given, family, name;
    uint32_t names; /* first of its authors in reader.name                                       */
    dl_ld_item item;
} frame;

typedef struct reader {
    dl_arena *a;
    const char *at, *end;
    frame *f; /* [DEPTH]                                                                        */
    int depth;
    dl_ld_all *out;
    dl_ld_name name[NAMES]; /* a stack: authors of the open objects                             */
    uint32_t names;
    dl_str raw; /* the last string as it stands in the script                                   */
    const char *script;
    uint32_t src; /* byte of the page where it begins                                           */
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
                 { "givenName", K_GIVEN },
                 { "familyName", K_FAMILY },
                 { "publisher", K_PUBLISHER },
                 { "inLanguage", K_LANGUAGE },
                 { "articleSection", K_SECTION },
                 { "isAccessibleForFree", K_FREE },
                 { "liveBlogUpdate", K_UPDATE },
                 { "review", K_REVIEW },
                 { "reviews", K_REVIEW },
                 { "comment", K_REVIEW },
                 { "@graph", K_MAIN },
                 { "mainEntity", K_MAIN },
                 { "mainEntityOfPage", K_MAIN },
                 { "url", K_URL },
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

static void add_name(reader *r, const frame *f, dl_ld_name n)
{
    n.name = dl_str_trim(n.name);
    if ((!n.name.len && !n.id.len) || r->names == NAMES) return;
    for (uint32_t i = f->names; i < r->names; i++)
        if (dl_str_eq(r->name[i].name, n.name) && dl_str_eq(r->name[i].id, n.id)) return;
    r->name[r->names++] = n;
}

static bool has(dl_str s, const char *z) { return dl_str_find(s, dl_str_of(z), 0) != SIZE_MAX; }

static void add_type(frame *f, dl_str t)
{
    f->item.live |= dl_str_eq(t, DL_STR("LiveBlogPosting"));
    f->item.article |= has(t, "Article") || has(t, "BlogPosting") || dl_str_eq(t, DL_STR("Report")) ||
                       dl_str_eq(t, DL_STR("Review")) || dl_str_eq(t, DL_STR("CreativeWork"));
    f->item.page |= dl_str_eq(t, DL_STR("WebPage")) || dl_str_eq(t, DL_STR("Recipe")) || dl_str_eq(t, DL_STR("ItemPage"));
    f->person |= dl_str_eq(t, DL_STR("Person"));
    f->org |= has(t, "Organization");
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
    dl_ld_item *o = &f->item;
    switch (k) {
    case K_TYPE: add_type(f, s); break;
    case K_HEADLINE: o->headline = s; break;
    case K_BODY:
        o->body = s;
        o->raw_body = r->raw;
        o->body_at = r->src + (uint32_t)(r->raw.p - r->script);
        break;
    case K_PUBLISHED: o->published = s; break;
    case K_MODIFIED: o->modified = s; break;
    case K_AUTHOR: add_name(r, f, (dl_ld_name){ .name = s }); break;
    case K_NAME:
        if (top(r)->bracket == '[')
            add_name(r, f, (dl_ld_name){ .name = s }); /* "name": ["Ann Lee", "Bo Hu"] */
        else
            f->name = s;
        break;
    case K_GIVEN: f->given = s; break;
    case K_FAMILY: f->family = s; break;
    case K_ID: o->id = s; break;
    case K_MAIN:
    case K_URL:
        if (!o->url.len || k == K_MAIN) o->url = s;
        break;
    case K_LANGUAGE: o->language = s; break;
    case K_PUBLISHER: o->publisher = s; break;
    case K_SECTION:
        if (!o->section.len) o->section = s;
        break;
    case K_FREE: o->paid |= dl_str_eq_nocase(s, DL_STR("false")); break;
    default: break;
    }
}

/* The name of a person: as it stands, or the given name before the family's. */
static dl_str full_name(reader *r, const frame *f)
{
    if (f->name.len || (!f->given.len && !f->family.len)) return f->name;
    char *p = dl_arena_raw(r->a, f->given.len + f->family.len + 1, 1);
    if (!p) return f->family;
    if (f->given.len) memcpy(p, f->given.p, f->given.len);
    p[f->given.len] = ' ';
    if (f->family.len) memcpy(p + f->given.len + 1, f->family.p, f->family.len);
    return dl_str_trim((dl_str){ p, f->given.len + f->family.len + 1 });
}

/* An author is complete: its name, or names, or what it is to be looked up by, go to the object around it. */
static void close_author(reader *r, const frame *f, const frame *up)
{
    const bool org = f->org && !f->person;
    const uint32_t own = r->names - f->names;
    if (own) { /* they stand where the object's own begin or continue */
        for (uint32_t i = f->names; i < r->names; i++) r->name[i].org = org;
        return;
    }
    add_name(r, up, (dl_ld_name){ .name = full_name(r, f), .id = f->item.id, .org = org });
}

static void keep_item(reader *r, const frame *f)
{
    dl_ld_all *o = r->out;
    if (o->n == DL_LD_ITEMS) return;
    dl_ld_item *k = &o->item[o->n++];
    *k = f->item;
    k->inner = f->inner;
    if (!k->headline.len && k->article) k->headline = f->name;
    const uint32_t n = r->names - f->names;
    k->author = dl_arena_raw(r->a, n ? n : 1, sizeof *k->author);
    if (!k->author) return;
    if (n) memcpy(k->author, r->name + f->names, n * sizeof *k->author);
    k->authors = n;
}

/* An object is complete: what it says goes to the object around it, or is kept. */
static void close_object(reader *r, const frame *f)
{
    key k = f->under;
    int up = r->depth - 1;
    while (up > 0 && r->f[up].bracket == '[') {
        k = r->f[up].under;
        up--;
    }
    if (f->item.id.len && (f->name.len || f->given.len || f->family.len) && r->out->persons < DL_LD_PERSONS)
        r->out->person[r->out->persons++] =
            (dl_ld_name){ .name = full_name(r, f), .id = f->item.id, .org = f->org && !f->person };
    if (k == K_AUTHOR && up >= 0) {
        close_author(r, f, &r->f[up]);
        return;
    }
    if (up >= 0 && k == K_PUBLISHER && f->name.len) r->f[up].item.publisher = f->name;
    if (up >= 0 && k == K_PUBLISHER && f->item.id.len) r->f[up].item.publisher_id = f->item.id;
    if (up >= 0 && k == K_MAIN && f->item.id.len && !f->item.article) r->f[up].item.url = f->item.id;
    if ((f->item.article || f->item.page) && !f->foreign) keep_item(r, f);
    r->names = f->names;
}

static bool open_frame(reader *r, char c)
{
    key under = top(r)->bracket == '[' ? K_NONE : top(r)->now;
    if (top(r)->bracket == '[') under = top(r)->under;
    if (r->depth + 1 >= DEPTH) return false;
    const frame *up = top(r);
    const bool leads = c == '{' && under != K_NONE && under != K_MAIN;
    r->f[++r->depth] = (frame){ .bracket = c,
                                .under = under,
                                .inner = up->inner || leads,
                                .foreign = up->foreign || under == K_UPDATE || under == K_REVIEW,
                                .names = r->names };
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
            if (c == '}' && top(r)->bracket == '{') close_object(r, top(r));
            r->depth--;
        } else if (c == 'f' && top(r)->bracket == '{' && top(r)->now == K_FREE) {
            top(r)->item.paid = true;
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
    if (!raw.p) raw.p = "";
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

void dl_jsonld_read(dl_ld_all *out, dl_arena *a, dl_str script, dl_span src)
{
    frame *f = DL_NEW(a, DEPTH, frame);
    reader *r = DL_NEW(a, 1, reader);
    if (!f || !r) return;
    *r = (reader){ .a = a, .at = script.p, .end = script.p + script.len, .f = f, .out = out, .script = script.p, .src = src.beg };
    r->f[0].bracket = '[';
    read_all(r);
}
