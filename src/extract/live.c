/* live.c: a live page in plain text: its posts, each with title, author and lines; a page that
 * prints its posts twice (a summary above, the posts below) keeps the printing that has headers. */
#include "extract/page.h"

static bool plain(const dl_xblock *k) { return k->role == DL_ROLE_OPEN && k->lex == DL_LEX_NONE; }
static bool sentence(const dl_xblock *k) { return plain(k) && k->words >= 3 && (k->closed || k->words >= 20); }
static bool person(const dl_xblock *k) { return plain(k) && dl_extract_name_like(k->text); }

/* "10:32", "10:32 GMT", "Posted at 10:32", "12 min ago": a line that is a clock time. */
static bool clock_line(const dl_xblock *k)
{
    if (k->role != DL_ROLE_OPEN || k->words > 6 || k->chars > 30) return false;
    if (k->lex == DL_LEX_DATE && k->words >= 2 && dl_str_ends(k->norm, DL_STR("ago"))) return true;
    for (size_t i = 1; i + 2 < k->text.len; i++)
        if ((k->text.p[i] == ':' || k->text.p[i] == '.') && dl_is_digit(k->text.p[i - 1]) && dl_is_digit(k->text.p[i + 1]) &&
            dl_is_digit(k->text.p[i + 2]) && (i < 2 || !dl_is_digit(k->text.p[i - 2]) || i < 3 || !dl_is_digit(k->text.p[i - 3])))
            return true;
    return false;
}

/* Does a sentence follow within the next three lines? */
static bool leads(const dl_xpage *p, uint32_t i)
{
    for (uint32_t j = i + 1; j < p->n && j <= i + 3; j++)
        if (sentence(&p->blk[j])) return p->blk[j].words >= 8;
    return false;
}

static bool is_live(const dl_xpage *p)
{
    uint32_t furniture = 0, jobs = 0, clocks = 0, sentences = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        furniture += p->blk[i].lex == DL_LEX_LIVE;
        jobs += p->blk[i].lex == DL_LEX_JOB && i && person(&p->blk[i - 1]) && leads(p, i);
        clocks += clock_line(&p->blk[i]) && leads(p, i);
        sentences += dl_extract_prose(&p->blk[i]);
    }
    bool posts = clocks >= 5 && clocks * 6 >= sentences;
    return furniture >= 3 || (furniture >= 1 && (jobs >= 1 || clocks >= 3)) || posts || jobs >= 4;
}

/* Of two printings the one behind the first line of live furniture is kept. */
static void settle_repeats(dl_xpage *p)
{
    uint32_t start = p->n;
    for (uint32_t i = 0; i < p->n && start == p->n; i++)
        if (p->blk[i].lex == DL_LEX_LIVE) start = i;
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t j = p->blk[i].same_as;
        if (j == DL_NONE || p->blk[i].role != DL_ROLE_OPEN || p->blk[j].role != DL_ROLE_OPEN) continue;
        bool later = i > start && j < start;
        dl_xblock *drop = later ? &p->blk[j] : &p->blk[i];
        drop->same_as = later ? i : j;
        if (later) p->blk[i].same_as = DL_NONE;
        dl_extract_out(drop, "repeat");
    }
}

/* The header of a post at i: title, author and job or clock time, in any order, at most five
 * lines, then a sentence or an item. Returns the line behind it; i: no header stands here. */
static bool titles(const dl_xblock *k)
{
    const char last = k->text.len ? k->text.p[k->text.len - 1] : ' ';
    return plain(k) && !k->item && k->words >= 2 && k->words <= 22 && (!k->closed || last == '?') && last != ':';
}

/* One line of a post's header; false: it is none. */
static bool header_line(const dl_xpage *p, uint32_t j, uint32_t beg, dl_xpost *post, bool *clock)
{
    const dl_xblock *k = &p->blk[j];
    const bool job_below = j + 1 < p->n && p->blk[j + 1].lex == DL_LEX_JOB;
    if (clock_line(k) && !*clock) {
        *clock = true;
        return true;
    }
    if (k->lex == DL_LEX_JOB && post->author.len) return true;
    if (k->lex == DL_LEX_BYLINE && !post->author.len) {
        post->author = k->text;
        return true;
    }
    if (person(k) && !post->author.len && (post->title.len || j > beg || job_below)) {
        post->author = k->text;
        return true;
    }
    if (post->title.len || !titles(k)) return false;
    post->title = k->text;
    return true;
}

static bool starts_body(const dl_xblock *k)
{
    return sentence(k) || (k->item && k->role == DL_ROLE_OPEN) || k->lex == DL_LEX_BULLET || k->lex == DL_LEX_CREDIT ||
           k->lex == DL_LEX_CAPTION;
}

static uint32_t header(dl_xpage *p, uint32_t i, dl_xpost *post)
{
    *post = (dl_xpost){ .time = DL_NEVER };
    bool clock = false;
    uint32_t j = i;
    while (j < p->n && j < i + 5 && p->blk[j].role != DL_ROLE_OUT && header_line(p, j, i, post, &clock)) j++;
    bool any = post->title.len || post->author.len || clock;
    return any && j < p->n && starts_body(&p->blk[j]) ? j : i;
}

static void take_header(dl_xpage *p, uint32_t beg, uint32_t end, dl_xpost *post)
{
    for (uint32_t i = beg; i < end; i++) {
        dl_xblock *k = &p->blk[i];
        bool by = k->lex == DL_LEX_JOB || k->lex == DL_LEX_BYLINE || (post->author.len && k->text.p == post->author.p);
        if (k->lex == DL_LEX_BYLINE) {
            uint32_t n = p->b->d.authors.n;
            (void)dl_extract_byline(p, k, true);
            if (p->b->d.authors.n > n) post->author = dl_doc_str(&p->b->d, p->b->d.authors.name[n]);
        } else if (by && k->lex != DL_LEX_JOB) {
            dl_extract_author(p, k->text);
        }
        if (by) {
            k->role = DL_ROLE_KEEP;
            k->kind = DL_BYLINE;
        } else {
            dl_extract_out(k, clock_line(k) ? "time" : "post title");
        }
    }
}

static bool new_post(dl_xpage *p, const dl_xpost *post)
{
    if (!DL_ROOM(p->a, p->post, p->posts, p->posts_cap)) return false;
    p->post[p->posts++] = *post;
    return true;
}

static void furniture(dl_xpage *p, dl_xblock *k)
{
    switch (k->lex) {
    case DL_LEX_BYLINE:
        k->role = DL_ROLE_KEEP;
        k->kind = DL_BYLINE;
        (void)dl_extract_byline(p, k, true);
        return;
    case DL_LEX_CAPTION:
        k->role = DL_ROLE_KEEP;
        k->kind = DL_CAPTION;
        return;
    case DL_LEX_CREDIT:
        k->role = DL_ROLE_KEEP;
        k->kind = DL_NOTE;
        dl_extract_credit_line(p, k);
        return;
    case DL_LEX_DATE:
        (void)dl_extract_date_line(p, k, true);
        dl_extract_out(k, "date");
        return;
    case DL_LEX_TEASE: dl_extract_out(k, "teaser"); return;
    case DL_LEX_BULLET: dl_extract_out(k, "bullet"); return;
    case DL_LEX_LIVE: dl_extract_out(k, "live furniture"); return;
    case DL_LEX_NAV: dl_extract_out(k, "navigation"); return;
    case DL_LEX_AD: dl_extract_out(k, "advertisement"); return;
    default: dl_extract_out(k, k->lex == DL_LEX_TAIL ? "teaser" : "furniture"); return;
    }
}

/* Nothing below the head of a section of links is a post, unless a header with an author follows. */
static bool over(dl_xpage *p, uint32_t i)
{
    if (p->blk[i].lex != DL_LEX_TAIL || !p->posts) return false;
    for (uint32_t j = i + 1; j < p->n; j++)
        if (p->blk[j].lex == DL_LEX_JOB || p->blk[j].lex == DL_LEX_BYLINE || clock_line(&p->blk[j])) return false;
    return true;
}

/* The page's own title: the first line of the head that stands before furniture, not before a post. */
static void page_title(dl_xpage *p)
{
    for (uint32_t i = 0; i < p->n && i < 12 && !p->title.len; i++) {
        dl_xblock *k = &p->blk[i];
        if (sentence(k)) return;
        if (!plain(k) || k->words < 4 || k->words > 25 || k->item || person(k)) continue;
        const dl_xblock *next = i + 1 < p->n ? k + 1 : k;
        if (sentence(next) && next->words >= 8 && i > 0) return;
        p->title = k->text;
        k->role = DL_ROLE_TITLE;
    }
}

void dl_extract_live(dl_xpage *p)
{
    p->live = is_live(p);
    if (!p->live) return;
    settle_repeats(p);
    page_title(p);
    uint32_t post = DL_NONE;
    for (uint32_t i = 0; i < p->n; i++) {
        dl_xblock *k = &p->blk[i];
        if (k->role != DL_ROLE_OPEN) continue;
        if (over(p, i)) {
            for (; i < p->n; i++)
                if (p->blk[i].role == DL_ROLE_OPEN) dl_extract_out(&p->blk[i], "teaser");
            return;
        }
        dl_xpost head;
        uint32_t next = header(p, i, &head);
        if (next > i) {
            take_header(p, i, next, &head);
            if (!new_post(p, &head)) return;
            post = p->posts - 1;
            i = next - 1;
            continue;
        }
        if (!plain(k) && k->lex != DL_LEX_JOB) {
            furniture(p, k);
            continue;
        }
        bool text = k->closed || k->words >= 6 || k->item;
        if (!text) {
            dl_extract_out(k, "furniture");
            continue;
        }
        k->role = DL_ROLE_KEEP;
        k->kind = post != DL_NONE ? DL_POST : k->item ? DL_LIST : DL_PARAGRAPH;
        k->post = post;
    }
}
