/* posts.c: a live page in HTML: its entries, each with time, author and title. The entries are
 * sibling elements, most of them with a <time> of their own; which siblings, is decided by the words
 * they hold. Where there are no such siblings, the entries that JSON-LD states are looked for among the
 * blocks. What JSON-LD says of an entry is believed before what the page prints. */
#include "extract/live_clock.h"
#include "extract/live_ld.h"

#define LEAST_POSTS 3
#define LEAST_CLOCKS 4
#define SOME 6        /* one post in so many that stays says that they are the page's text             */
#define ALONE 40      /* words beside the posts that are a text of their own                         */
#define HEAD_BYTES 40 /* of an entry's body: enough to know it by                                    */
#define NEAR 2000     /* bytes of an entry's body that a block may be ahead                          */
#define MISSES 6      /* blocks in a row that an entry does not have: it is over                     */
#define LOOK_BACK 5   /* blocks between an entry's title and its text                                */

typedef struct posts {
    dl_xhtml *h;
    uint8_t *timed;     /* [d.n] holds a <time>, or is named as an entry                          */
    uint32_t *words;    /* [d.n] kept words below                                                 */
    uint32_t *post;     /* [d.n] number of the post that the element belongs to                   */
    uint32_t *of;       /* [p->n] number of the post that the block belongs to                    */
    dl_ld_entry *entry; /* [entries] as JSON-LD states them                                     */
    uint32_t entries;
    dl_map titles, bodies; /* hashes of a title, of the first bytes of a body: entry           */
} posts;

static bool named_entry(const dl_dom *d, uint32_t n)
{
    static const char *const names[] = { "liveblog",    "live-blog",   "livePost",      "live-post",  "live_post",
                                         "block-time",  "live-update", "timeline-item", "live-entry", "liveentry",
                                         "live-event",  "BlogPosting", "lx-stream",     "key-event",  "lb24",
                                         "ticker-item", "tickeritem",  "ticker-entry",  "live-item",  "arena-post" };
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
    static const char *const words[] = { "live",       "liveblog",    "ticker", "liveticker", "newsblog", "newsticker",
                                         "direct",     "directo",     "vivo",   "diretta",    "zywo",     "canli",
                                         "livestudie", "liverapport", "minuto", "nazywo",     "suora",    "онлайн",
                                         "трансляция", "наживо",      "مباشر" };
    static const char *const parts[] = { "直播", "实时更新", "即時更新", "ライブ", "速報中", "라이브", "실시간" };
    const dl_str both[] = { t, u };
    for (size_t b = 0; b < DL_COUNT(both); b++) {
        dl_str rest = both[b], w;
        while (dl_str_next(&rest, ' ', &w))
            for (size_t i = 0; i < DL_COUNT(words); i++)
                if (dl_str_eq(w, dl_str_of(words[i]))) return true;
        for (size_t i = 0; i < DL_COUNT(parts); i++)
            if (dl_str_find(both[b], dl_str_of(parts[i]), 0) != SIZE_MAX) return true;
    }
    return false;
}

/* Text that may be a post's though it was not taken for the article's: a page shows its posts, or it shows
 * one text and has posts below, and which it is is settled for all of them together. */
static bool may_stay(const dl_xblock *k)
{
    const uint32_t never =
        DL_ZONE_BAD | DL_ZONE_CAPTION | DL_ZONE_INLINE_FIG | DL_ZONE_BYLINE | DL_ZONE_META | DL_ZONE_HEADING | DL_ZONE_FORM;
    return k->role == DL_ROLE_OUT && k->same_as == DL_NONE && (k->lex == DL_LEX_NONE || k->lex == DL_LEX_JOB) &&
           !(k->flags & never) && (k->closed || k->words >= 8) && k->link * 2 < k->chars;
}

static bool in_body(const dl_xblock *k) { return k->role == DL_ROLE_KEEP && k->kind < DL_POST; }

static void gather(posts *s)
{
    const dl_xhtml *h = s->h;
    for (uint32_t i = 0; i < h->p->n; i++) {
        const dl_xblock *k = &h->p->blk[i];
        dl_clock at;
        const bool again = k->role == DL_ROLE_OUT && k->same_as != DL_NONE; /* of a summary above, perhaps */
        if (in_body(k) || again || may_stay(k)) s->words[k->node] += k->words;
        if (dl_clock_line(k, &at)) s->timed[k->node] = 1;
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

/* ---- The entries that JSON-LD states ---- */

static void learn_entries(posts *s)
{
    s->entry = dl_live_stated(s->h, &s->entries);
    dl_map_init(&s->titles, s->h->p->a);
    dl_map_init(&s->bodies, s->h->p->a);
    for (uint32_t i = 0; s->entry && i < s->entries; i++) {
        const dl_ld_entry *e = &s->entry[i];
        if (e->title.len) (void)dl_map_put(&s->titles, dl_hash_str(e->title), i);
        if (e->body.len >= HEAD_BYTES) (void)dl_map_put(&s->bodies, dl_hash(e->body.p, HEAD_BYTES, 0), i);
    }
}

/* The entry that begins with this block's words, or DL_NONE. */
static uint32_t entry_of(const posts *s, const dl_xblock *k)
{
    return k->norm.len >= HEAD_BYTES ? dl_map_get(&s->bodies, dl_hash(k->norm.p, HEAD_BYTES, 0)) : DL_NONE;
}

/* Does the entry go on with this block's words, at `*at` or a little later? */
static bool says_it(const posts *s, uint32_t e, const dl_xblock *k, size_t *at)
{
    const dl_str body = s->entry[e].body;
    const size_t end = body.len - *at > k->norm.len + NEAR ? *at + k->norm.len + NEAR : body.len;
    const size_t hit = k->norm.len >= 3 ? dl_str_find(dl_str_cut(body, *at, end), k->norm, 0) : SIZE_MAX;
    if (hit == SIZE_MAX) return false;
    *at += hit + k->norm.len;
    return true;
}

/* No siblings hold the entries: each begins where its first words stand and goes on as long as its words do. */
static void number_by_words(posts *s)
{
    dl_xpage *p = s->h->p;
    uint32_t now = DL_NONE, post = DL_NONE, missed = 0;
    size_t at = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        const dl_xblock *k = &p->blk[i];
        const uint32_t e = in_body(k) || may_stay(k) ? entry_of(s, k) : DL_NONE;
        if (e != DL_NONE && e != now) {
            if (!DL_ROOM(p->a, p->post, p->posts, p->posts_cap)) return;
            p->post[p->posts] = s->entry[e].post;
            post = p->posts++;
            now = e;
            at = 0;
            for (uint32_t j = i; j-- > 0 && i - j <= LOOK_BACK && s->of[j] == DL_NONE;)
                if (dl_str_eq(p->blk[j].norm, s->entry[e].title)) s->of[j] = post;
        }
        if (now == DL_NONE) continue;
        missed = says_it(s, now, k, &at) ? 0 : missed + 1;
        if (!missed)
            s->of[i] = post;
        else if (missed > MISSES)
            now = DL_NONE;
    }
}

/* Paragraphs in one flow, each post beginning with a clock time, or below a line that is one. */
static void number_by_clocks(posts *s)
{
    dl_xpage *p = s->h->p;
    uint32_t starts = 0, post = DL_NONE, body = 0, words = 0;
    for (int put = 0; put < 2; put++) {
        for (uint32_t i = 0; i < p->n; i++) {
            const dl_xblock *k = &p->blk[i];
            dl_clock at;
            if (k->role == DL_ROLE_TITLE || (k->flags & DL_ZONE_BAD)) continue;
            const bool text = in_body(k) || may_stay(k);
            const bool begins = dl_clock_line(k, &at) || ((text || (k->flags & DL_ZONE_HEADING)) && dl_clock_begins(k, &at));
            starts += begins && !put;
            body += text && !put ? k->words : 0;
            words += text && starts && !put ? k->words : 0;
            if (!put) continue;
            if (begins && !DL_ROOM(p->a, p->post, p->posts, p->posts_cap)) return;
            if (begins) {
                p->post[p->posts] = (dl_xpost){ .time = DL_NEVER };
                post = p->posts++;
            }
            if (post != DL_NONE && (text || begins || (k->flags & DL_ZONE_HEADING))) s->of[i] = post;
        }
        if (starts < LEAST_CLOCKS || words * 3 < body * 2) return;
    }
}

/* What JSON-LD says of the posts that were found by their elements. */
static void fill_stated(posts *s)
{
    dl_xpage *p = s->h->p;
    for (uint32_t i = 0; i < p->n; i++) {
        const dl_xblock *k = &p->blk[i];
        if (s->of[i] == DL_NONE) continue;
        uint32_t e = entry_of(s, k);
        if (e == DL_NONE && (k->flags & DL_ZONE_HEADING)) e = dl_map_get(&s->titles, k->hash);
        if (e == DL_NONE) continue;
        dl_xpost *to = &p->post[s->of[i]];
        const dl_xpost *from = &s->entry[e].post;
        if (from->time != DL_NEVER) to->time = from->time;
        if (from->title.len) to->title = from->title;
        if (from->author.len) to->author = from->author;
    }
}

/* ---- What becomes of the blocks ---- */

/* All posts stay when some of them do, or when there is nothing else; else none does. */
static void settle_posts(posts *s)
{
    dl_xpage *p = s->h->p;
    uint8_t *seen = DL_NEW(p->a, p->posts + 1, uint8_t);
    uint32_t outside = 0, all = 0, kept = 0;
    for (uint32_t i = 0; seen && i < p->n; i++) {
        const dl_xblock *k = &p->blk[i];
        const uint32_t post = s->of[i];
        if (post == DL_NONE) {
            outside += in_body(k) ? k->words : 0;
            continue;
        }
        const uint8_t had = seen[post];
        seen[post] |= in_body(k) ? 3 : may_stay(k) ? 1 : 0;
        all += (seen[post] & 1) > (had & 1);
        kept += (seen[post] & 2) > (had & 2);
    }
    if (p->lean <= 0 && !(kept >= 2 && kept * SOME >= all) && outside >= ALONE) {
        if (!kept && all) dl_warn(p->b, "posts", "%u posts stand beside the text; --recall takes them", (unsigned)all);
        return;
    }
    for (uint32_t i = 0; i < p->n; i++) {
        dl_xblock *k = &p->blk[i];
        if (s->of[i] == DL_NONE || !may_stay(k)) continue;
        k->role = DL_ROLE_KEEP;
        k->kind = DL_PARAGRAPH;
        k->sure = 60;
    }
}

/* A post's line that also stands in the summary above the posts: the post keeps it. */
static void settle_repeats(posts *s)
{
    dl_xpage *p = s->h->p;
    for (uint32_t i = 0; i < p->n; i++) {
        dl_xblock *k = &p->blk[i];
        const uint32_t j = k->same_as;
        if (s->of[i] == DL_NONE || k->role != DL_ROLE_OUT || j == DL_NONE || j == i || s->of[j] != DL_NONE) continue;
        if (p->blk[j].role == DL_ROLE_KEEP) {
            k->role = DL_ROLE_KEEP;
            k->kind = p->blk[j].kind;
            k->same_as = DL_NONE;
            p->blk[j].same_as = i;
            dl_extract_out(&p->blk[j], "repeat");
        } else if (p->blk[j].same_as != DL_NONE) {
            k->same_as = p->blk[j].same_as; /* the place has changed already */
        }
    }
}

static void take_block(posts *s, uint32_t i)
{
    dl_xblock *k = &s->h->p->blk[i];
    dl_xpost *post = &s->h->p->post[s->of[i]];
    const bool heads = (k->flags & DL_ZONE_HEADING) && !(k->flags & DL_ZONE_BAD) && k->role != DL_ROLE_TITLE && k->words >= 1;
    const bool named = post->title.len && dl_str_eq(k->norm, dl_extract_norm(s->h->p->a, post->title));
    if (k->role != DL_ROLE_TITLE && (named || (heads && !post->title.len))) {
        if (!named) post->title = dl_clock_without(k->text);
        dl_extract_out(k, "post title");
    } else if (k->role == DL_ROLE_KEEP && k->kind == DL_BYLINE) {
        if (!post->author.len && k->words <= 8 && dl_extract_name_like(k->text)) post->author = k->text;
    } else if (in_body(k)) {
        k->kind = DL_POST;
        k->post = s->of[i];
    } else if (may_stay(k)) {
        k->post = s->of[i]; /* a post, though not of the text */
    }
}

void dl_posts_read(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    if (!called_live(h)) return;
    posts s = { .h = h,
                .timed = DL_NEW(p->a, h->d.n, uint8_t),
                .words = DL_NEW(p->a, h->d.n, uint32_t),
                .post = dl_arena_raw(p->a, h->d.n, sizeof(uint32_t)),
                .of = dl_arena_raw(p->a, p->n + 1, sizeof(uint32_t)) };
    if (!s.timed || !s.words || !s.post || !s.of) return;
    for (uint32_t i = 0; i < p->n; i++) s.of[i] = DL_NONE;
    gather(&s);
    learn_entries(&s);
    const uint32_t root = stream(&s);
    if (root != DL_NONE) {
        number(&s, root);
        for (uint32_t i = 0; i < p->n; i++) s.of[i] = s.post[p->blk[i].node];
        fill_stated(&s);
    } else {
        number_by_words(&s);
        if (!p->posts) number_by_clocks(&s);
    }
    dl_clock_settle(h, s.of);
    p->live |= p->posts > 0 || h->ld.live;
    settle_posts(&s);
    settle_repeats(&s);
    for (uint32_t i = 0; i < p->n; i++)
        if (s.of[i] != DL_NONE) take_block(&s, i);
}
