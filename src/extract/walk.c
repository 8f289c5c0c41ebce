/* walk.c: the tree of a page into blocks: a run of words between two tags that part lines. */
#include "base/utf8.h"
#include "extract/html_page.h"

typedef struct run { /* the block that is being gathered */
    char *buf;       /* [cap] folded text                                                      */
    size_t len, cap;
    uint32_t link;   /* code points inside links                                                */
    uint32_t inner;  /* zones that all inline elements of the run share                        */
    bool blank, any; /* a blank is due; something stands in buf                                */
    int breaks;      /* <br> since the last word                                               */
    dl_span src;
} run;

typedef struct walker {
    dl_xhtml *h;
    run r;
    uint32_t links; /* open <a>                                                                */
    uint32_t inner; /* zones of the open inline elements                                       */
    uint32_t at;    /* innermost block element                                                 */
    bool lines;     /* a newline ends a block: text that holds markup here and there           */
} walker;

static bool room(walker *w, size_t more)
{
    run *r = &w->r;
    if (r->len + more <= r->cap) return true;
    size_t cap = r->cap ? r->cap : 4096;
    while (cap < r->len + more) cap *= 2;
    char *p = dl_arena_raw(w->h->p->a, cap, 1);
    if (!p) return false;
    if (r->len) memcpy(p, r->buf, r->len);
    r->buf = p;
    r->cap = cap;
    return true;
}

static void flush(walker *w)
{
    run *r = &w->r;
    if (r->any) {
        dl_xpage *p = w->h->p;
        char *text = dl_arena_raw(p->a, r->len, 1);
        if (text) memcpy(text, r->buf, r->len);
        dl_xblock *k = text ? dl_extract_block(p, (dl_str){ text, r->len }, r->src) : NULL;
        if (k) {
            k->node = w->at;
            k->tag = w->h->d.tag[w->at];
            k->link = r->link;
            k->inner = r->inner;
            k->gap = 1;
        }
    }
    r->len = 0;
    r->link = 0;
    r->inner = UINT32_MAX;
    r->blank = r->any = false;
    r->breaks = 0;
}

/* White space folded on the way in; invisible characters are left out. */
static void take(walker *w, dl_str s, dl_span raw)
{
    run *r = &w->r;
    if (!room(w, s.len + 1) || !r->buf) return;
    bool words = false;
    for (size_t i = 0; i < s.len;) {
        size_t at = i;
        unsigned char c = (unsigned char)s.p[i];
        uint32_t cp = c < 0x80 ? (i++, c) : dl_utf8_next(s, &i);
        if (cp < 0x80 ? cp <= 0x20 : dl_cp_space(cp)) {
            r->blank = r->any;
            continue;
        }
        if (cp == 0x200b || cp == 0xfeff || cp == 0x7f) continue;
        if (r->blank) {
            r->buf[r->len++] = ' ';
            r->link += w->links > 0;
        }
        r->blank = false;
        memcpy(r->buf + r->len, s.p + at, i - at);
        r->len += i - at;
        words = true;
        if (!r->any) r->src.beg = raw.beg;
        r->any = true;
        r->link += w->links > 0;
    }
    if (!words) return;
    r->breaks = 0;
    r->inner &= w->inner;
    r->src.end = raw.end;
}

/* The bytes of a text without the white space round it. */
static dl_span bare(dl_str page, dl_span raw)
{
    while (raw.beg < raw.end && dl_is_space(page.p[raw.beg])) raw.beg++;
    while (raw.end > raw.beg && dl_is_space(page.p[raw.end - 1])) raw.end--;
    return raw;
}

/* Text that came as lines: each is a block. Character references are gone already. */
static void take_lines(walker *w, dl_str page, dl_span raw)
{
    uint32_t i = raw.beg;
    while (i < raw.end) {
        uint32_t end = i;
        while (end < raw.end && page.p[end] != '\n') end++;
        dl_span line = bare(page, (dl_span){ i, end });
        if (line.beg < line.end) take(w, dl_str_cut(page, line.beg, line.end), line);
        if (end < raw.end) flush(w);
        i = end + 1;
    }
}

static void text_node(walker *w, uint32_t n)
{
    const dl_dom *d = &w->h->d;
    dl_span raw = bare(d->page, d->raw[n]);
    if (raw.beg >= raw.end) {
        w->r.blank |= w->r.any;
        return;
    }
    bool top = d->tag[d->parent[n]] == DL_TAG_BODY || d->tag[d->parent[n]] == DL_TAG_DIV;
    if (w->lines && top) {
        take_lines(w, d->page, d->raw[n]);
        return;
    }
    take(w, d->data[n], raw);
}

/* Opens an element; false: nothing below is text. */
static bool enter(walker *w, uint32_t n)
{
    dl_xhtml *h = w->h;
    const dl_dom *d = &h->d;
    if (dl_zones_skip(d, n)) {
        h->own[n] = 0;
        return false;
    }
    h->order[h->seen++] = n;
    h->own[n] = dl_zones_of(h, n);
    w->links += d->tag[n] == DL_TAG_A;
    if (d->tag[n] == DL_TAG_BR || d->tag[n] == DL_TAG_HR) {
        w->r.blank |= w->r.any;
        if (++w->r.breaks == 2 || d->tag[n] == DL_TAG_HR) flush(w);
        return true;
    }
    if (dl_zones_block(d, n)) {
        flush(w);
        w->at = n;
    } else {
        w->inner |= h->own[n];
    }
    return true;
}

static void leave(walker *w, uint32_t n)
{
    dl_xhtml *h = w->h;
    const dl_dom *d = &h->d;
    w->links -= d->tag[n] == DL_TAG_A;
    if (d->tag[n] == DL_TAG_BR || d->tag[n] == DL_TAG_HR) return;
    uint32_t up = d->parent[n];
    if (dl_zones_block(d, n)) {
        flush(w);
        while (up != DL_NONE && up != h->body && !dl_zones_block(d, up)) up = d->parent[up];
        w->at = up == DL_NONE ? h->body : up;
        return;
    }
    w->inner = 0; /* the inline elements that are still open */
    for (; up != DL_NONE && up != h->body && !dl_zones_block(d, up); up = d->parent[up]) w->inner |= h->own[up];
}

void dl_walk_blocks(dl_xhtml *h)
{
    const dl_dom *d = &h->d;
    walker w = { .h = h, .at = h->body, .lines = h->fragment };
    w.r.inner = UINT32_MAX;
    uint32_t n = d->first[h->body];
    if (n == DL_NONE) return;
    for (;;) {
        bool down = false;
        if (d->type[n] == DL_NODE_TEXT)
            text_node(&w, n);
        else if (d->type[n] == DL_NODE_ELEMENT)
            down = enter(&w, n);
        if (down && d->first[n] != DL_NONE) {
            n = d->first[n];
            continue;
        }
        if (down) leave(&w, n);
        while (d->next[n] == DL_NONE) {
            n = d->parent[n];
            if (n == DL_NONE || n == h->body) {
                flush(&w);
                return;
            }
            leave(&w, n);
        }
        n = d->next[n];
    }
}

dl_str dl_walk_text(dl_xhtml *h, uint32_t node, size_t max)
{
    walker w = { .h = h };
    const dl_dom *d = &h->d;
    for (uint32_t n = dl_dom_next(d, node, node, false); n != DL_NONE && w.r.len < max;) {
        bool skip = d->type[n] == DL_NODE_ELEMENT && dl_zones_skip(d, n);
        if (d->type[n] == DL_NODE_TEXT)
            take(&w, d->data[n], d->raw[n]);
        else if (d->type[n] == DL_NODE_ELEMENT && (d->tag[n] == DL_TAG_BR || dl_zones_block(d, n)))
            w.r.blank |= w.r.any;
        n = dl_dom_next(d, node, n, skip);
    }
    return (dl_str){ w.r.buf, w.r.len };
}
