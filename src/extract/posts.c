/* posts.c: a live page in HTML: its entries, each with time, author and title. The entries are
 * sibling elements, most of them with a <time> of their own; which siblings, is decided by the words
 * they hold. */
#include "extract/html_page.h"

#define LEAST_POSTS 3

typedef struct posts {
    dl_xhtml *h;
    uint8_t *timed;  /* [d.n] holds a <time>, or is named as an entry                          */
    uint32_t *words; /* [d.n] kept words below                                                 */
    uint32_t *post;  /* [d.n] number of the post that the element belongs to                   */
} posts;

static bool named_entry(const dl_dom *d, uint32_t n)
{
    static const char *const names[] = { "liveblog",   "live-blog",   "livePost",      "live-post",  "live_post",
                                         "block-time", "live-update", "timeline-item", "live-entry", "liveentry",
                                         "live-event", "BlogPosting", "lx-stream",     "key-event" };
    dl_str v = dl_dom_attr(d, n, "class"), type = dl_dom_attr(d, n, "itemtype");
    for (size_t i = 0; i < DL_COUNT(names); i++)
        if (dl_str_find_nocase(v, dl_str_of(names[i]), 0) != SIZE_MAX ||
            dl_str_find_nocase(type, dl_str_of(names[i]), 0) != SIZE_MAX)
            return true;
    return false;
}

/* Does the page call itself live: in JSON-LD, or in its headline or address? */
static bool called_live(const dl_xhtml *h)
{
    dl_xpage *p = h->p;
    if (h->ld.live) return true;
    dl_str t = dl_extract_norm(p->a, p->title), u = dl_extract_norm(p->a, p->raw->url);
    static const char *const words[] = { "live", "liveblog", "ticker", "liveticker", "newsblog", "newsticker", "direct" };
    const dl_str both[] = { t, u };
    for (size_t b = 0; b < DL_COUNT(both); b++) {
        dl_str rest = both[b], w;
        while (dl_str_next(&rest, ' ', &w))
            for (size_t i = 0; i < DL_COUNT(words); i++)
                if (dl_str_eq(w, dl_str_of(words[i]))) return true;
    }
    return false;
}

static void gather(posts *s)
{
    const dl_xhtml *h = s->h;
    for (uint32_t i = 0; i < h->p->n; i++) {
        const dl_xblock *k = &h->p->blk[i];
        if (k->role == DL_ROLE_KEEP && k->kind < DL_POST) s->words[k->node] += k->words;
    }
    for (uint32_t i = h->seen; i-- > 0;) {
        uint32_t n = h->order[i], up = h->d.parent[n];
        if (h->d.tag[n] == DL_TAG_TIME || named_entry(&h->d, n)) s->timed[n] = 1;
        if (up == DL_NONE) continue;
        s->words[up] += s->words[n];
        if (s->timed[n]) s->timed[up] = 1;
    }
}

/* The element most of whose words stand in children that are entries; DL_NONE: there is none. */
static uint32_t stream(const posts *s)
{
    const dl_xhtml *h = s->h;
    uint32_t best = DL_NONE, top = 0;
    for (uint32_t i = 0; i < h->seen; i++) {
        uint32_t n = h->order[i], entries = 0, words = 0;
        for (uint32_t c = h->d.first[n]; c != DL_NONE; c = h->d.next[c]) {
            if (h->d.type[c] != DL_NODE_ELEMENT || !s->timed[c] || s->words[c] < 8) continue;
            entries++;
            words += s->words[c];
        }
        if (entries >= LEAST_POSTS && words > top) {
            top = words;
            best = n;
        }
    }
    return best != DL_NONE && top * 2 > s->words[h->body] ? best : DL_NONE;
}

static int64_t time_of(const dl_xhtml *h, uint32_t entry)
{
    for (uint32_t n = entry; n != DL_NONE; n = dl_dom_next(&h->d, entry, n, false)) {
        int64_t at;
        bool clock;
        dl_str v = h->d.type[n] == DL_NODE_ELEMENT && h->d.tag[n] == DL_TAG_TIME ? dl_dom_attr(&h->d, n, "datetime")
                                                                                 : (dl_str){ NULL, 0 };
        if (v.len && dl_date_read(dl_str_trim(v), &at, &clock) && clock) return at;
    }
    return DL_NEVER;
}

static void number(posts *s, uint32_t root)
{
    dl_xhtml *h = s->h;
    dl_xpage *p = h->p;
    for (uint32_t i = 0; i < h->d.n; i++) s->post[i] = DL_NONE;
    for (uint32_t c = h->d.first[root]; c != DL_NONE; c = h->d.next[c]) {
        if (h->d.type[c] != DL_NODE_ELEMENT || !s->timed[c] || s->words[c] < 3) continue;
        if (!DL_ROOM(p->a, p->post, p->posts, p->posts_cap)) return;
        p->post[p->posts] = (dl_xpost){ .time = time_of(h, c) };
        s->post[c] = p->posts++;
    }
    for (uint32_t i = 0; i < h->seen; i++) {
        uint32_t n = h->order[i], up = h->d.parent[n];
        if (s->post[n] == DL_NONE && up != DL_NONE) s->post[n] = s->post[up];
    }
}

void dl_posts_read(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    if (!called_live(h)) return;
    posts s = { h, DL_NEW(p->a, h->d.n, uint8_t), DL_NEW(p->a, h->d.n, uint32_t), dl_arena_raw(p->a, h->d.n, sizeof(uint32_t)) };
    if (!s.timed || !s.words || !s.post) return;
    gather(&s);
    uint32_t root = stream(&s);
    if (root == DL_NONE) return;
    p->live = true;
    number(&s, root);
    for (uint32_t i = 0; i < p->n; i++) {
        dl_xblock *k = &p->blk[i];
        uint32_t n = s.post[k->node];
        if (n == DL_NONE) continue;
        dl_xpost *post = &p->post[n];
        bool title = (k->flags & DL_ZONE_HEADING) && !(k->flags & DL_ZONE_BAD) && !post->title.len && k->words >= 2 &&
                     k->role != DL_ROLE_TITLE;
        if (!title && k->role != DL_ROLE_KEEP) continue;
        if (title) {
            post->title = k->text;
            dl_extract_out(k, "post title");
        } else if (k->kind == DL_BYLINE && !post->author.len && k->words <= 8) {
            if (dl_extract_name_like(k->text)) post->author = k->text;
        } else if (k->kind < DL_POST) {
            k->kind = DL_POST;
            k->post = n;
        }
    }
}
