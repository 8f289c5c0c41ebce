/* judge.c: which lines of a plain text are the article: the title, where the body begins and ends,
 * and what does not belong between the two. Works on blocks whose words are known (lex.c). */
#include "base/hash.h"
#include "extract/page.h"

#define ROW 255 /* kind of a line that was taken out as one of a row of headlines               */

static bool open_block(const dl_xblock *k) { return k->role == DL_ROLE_OPEN; }
static bool lex_plain(const dl_xblock *k) { return k->lex == DL_LEX_NONE || k->lex == DL_LEX_JOB; }
static bool prose(const dl_xblock *k) { return dl_extract_prose(k); }

const char *dl_extract_reason(dl_lex l)
{
    switch (l) {
    case DL_LEX_TAIL:
    case DL_LEX_TEASE: return "teaser";
    case DL_LEX_PROMO: return "promotion";
    case DL_LEX_WALL: return "paywall";
    case DL_LEX_AD: return "advertisement";
    case DL_LEX_SHARE: return "share";
    case DL_LEX_NAV: return "navigation";
    case DL_LEX_LEGAL: return "legal";
    case DL_LEX_TEMPLATE: return "template";
    case DL_LEX_ICON: return "icons";
    case DL_LEX_TAGLINE: return "tagline";
    case DL_LEX_LIVE: return "live furniture";
    case DL_LEX_DATE: return "date";
    case DL_LEX_NUMBER: return "number";
    case DL_LEX_BULLET: return "bullet";
    case DL_LEX_KEY: return "metadata";
    case DL_LEX_SITE: return "site";
    default: return "furniture";
    }
}

/* "More from Daily Echo", "Discover more from Daily Echo": the outlet's name. */
void dl_extract_outlet(dl_xpage *p, const dl_xblock *k)
{
    static const char *const starts[] = {
        "More from the ", "More from ", "Discover more from ", "More stories from ", "More news from ", "Welcome to ", "Support "
    };
    for (size_t i = 0; i < DL_COUNT(starts) && !p->outlet.len; i++) {
        dl_str z = dl_str_of(starts[i]);
        if (!dl_str_starts(k->text, z)) continue;
        dl_str name = dl_str_trim(dl_str_cut(k->text, z.len, k->text.len));
        dl_str norm = dl_extract_norm(p->a, name);
        bool section = dl_tsv_find(&p->nav, norm) != DL_NONE || dl_str_starts_nocase(name, DL_STR("this ")) ||
                       dl_str_starts_nocase(name, DL_STR("our "));
        if (!section && name.len >= 3 && name.len <= 60 && (dl_is_upper(name.p[0]) || dl_is_digit(name.p[0])) && !k->closed)
            p->outlet = name;
    }
}

/* A line by its words: kept aside or thrown away; true: decided. */
static bool by_lex(dl_xpage *p, dl_xblock *k)
{
    switch (k->lex) {
    case DL_LEX_NONE:
    case DL_LEX_JOB: return false;
    case DL_LEX_BYLINE:
        (void)dl_extract_byline(p, k, true);
        (void)dl_extract_date_line(p, k, true);
        k->role = DL_ROLE_KEEP;
        k->kind = DL_BYLINE;
        return true;
    case DL_LEX_CREDIT:
        dl_extract_credit_line(p, k);
        k->role = DL_ROLE_KEEP;
        k->kind = DL_NOTE;
        return true;
    case DL_LEX_CAPTION:
        k->role = DL_ROLE_KEEP;
        k->kind = DL_CAPTION;
        return true;
    case DL_LEX_NOTE:
        k->role = DL_ROLE_KEEP;
        k->kind = DL_NOTE;
        return true;
    case DL_LEX_WALL: p->truncated |= k->words >= 6; break;
    case DL_LEX_DATE: (void)dl_extract_date_line(p, k, true); break;
    case DL_LEX_TAIL:
    case DL_LEX_PROMO: dl_extract_outlet(p, k); break;
    default: break;
    }
    dl_extract_out(k, dl_extract_reason((dl_lex)k->lex));
    return true;
}

/* How well a line of the head serves as the title: its words in the body, its place, its length. */
static double title_score(dl_xpage *p, const dl_map *body, uint32_t i, uint32_t first)
{
    const dl_xblock *k = &p->blk[i];
    uint32_t known = 0, all = 0, twins = 0;
    dl_extract_known(p, body, k, &known, &all);
    for (uint32_t j = 0; j < first; j++) twins += j != i && p->blk[j].hash == k->hash;
    double s = all ? 3.0 * known / all : 0;
    s += twins ? 1.0 : 0;
    s -= 0.15 * (double)(first - i);
    s += k->words >= 5 && k->words <= 20 ? 1.0 : k->words < 3 ? -1.5 : 0;
    s -= k->closed && k->words > 12 ? 1.5 : 0;
    s -= k->lex == DL_LEX_JOB ? 2 : 0;
    return s - (dl_extract_name_like(k->text) ? 1.5 : 0);
}

static uint32_t find_title(dl_xpage *p, uint32_t first)
{
    dl_map body;
    dl_map_init(&body, p->a);
    for (uint32_t i = first; i < p->n && i < first + 60; i++)
        if (prose(&p->blk[i])) dl_extract_learn(p, &body, &p->blk[i]);
    uint32_t best = DL_NONE;
    double top = 0.5;
    uint32_t from = first > 40 ? first - 40 : 0;
    for (uint32_t i = from; i < first; i++) {
        const dl_xblock *k = &p->blk[i];
        if (!open_block(k) || !lex_plain(k) || k->words < 2 || k->words > 40 || k->item) continue;
        double s = title_score(p, &body, i, first);
        if (s >= top) { /* of equals the later one: the one nearer to the body */
            top = s;
            best = i;
        }
    }
    return best;
}

static void drop_twins(dl_xpage *p, uint32_t title)
{
    for (uint32_t i = 0; i < p->n; i++)
        if (i != title && open_block(&p->blk[i]) && p->blk[i].hash == p->blk[title].hash) dl_extract_out(&p->blk[i], "repeat");
}

static void set_title(dl_xpage *p, uint32_t first)
{
    if (p->title.len) { /* given with the record: the same line on the page is not body */
        dl_str norm = dl_extract_norm(p->a, p->title);
        for (uint32_t i = 0; i < p->n; i++)
            if (open_block(&p->blk[i]) && dl_str_eq(p->blk[i].norm, norm)) p->blk[i].role = DL_ROLE_TITLE;
        return;
    }
    uint32_t t = find_title(p, first);
    if (t == DL_NONE) return;
    p->title = p->blk[t].text;
    p->blk[t].role = DL_ROLE_TITLE;
    drop_twins(p, t);
}

/* Capitals on most words, no sentence: what a site calls itself. */
static bool site_name(const dl_xblock *k)
{
    return k->words >= 1 && k->words <= 6 && !k->closed && k->caps * 4 >= k->words * 3 && !k->item;
}

/* The lines above the body. */
static void judge_head(dl_xpage *p, uint32_t first)
{
    uint32_t title = first;
    for (uint32_t i = 0; i < first; i++)
        if (p->blk[i].role == DL_ROLE_TITLE) title = i;
    for (uint32_t i = 0; i < first; i++) {
        dl_xblock *k = &p->blk[i];
        if (!open_block(k)) continue;
        const bool named = i && site_name(&p->blk[i - 1]) && p->blk[i - 1].lex == DL_LEX_NONE &&
                           p->blk[i - 1].role != DL_ROLE_TITLE && i <= title;
        if ((k->lex == DL_LEX_TAGLINE || k->lex == DL_LEX_NAV) && named && !p->outlet.len) p->outlet = p->blk[i - 1].text;
        if (by_lex(p, k)) continue;
        bool below = i > title;
        const bool signed_below = i + 1 < first && p->blk[i + 1].lex == DL_LEX_BYLINE;
        bool author = below && dl_extract_name_like(k->text) && !signed_below;
        if (below && signed_below && site_name(k)) { /* the paper's name above "By ..." */
            if (!p->outlet.len) p->outlet = k->text;
            dl_extract_out(k, "furniture");
            continue;
        }
        if (author || (below && k->lex == DL_LEX_JOB)) {
            if (author) dl_extract_author(p, k->text);
            k->role = DL_ROLE_KEEP;
            k->kind = DL_BYLINE;
        } else if (below && k->words >= 6) { /* a standfirst */
            k->role = DL_ROLE_KEEP;
            k->kind = k->closed ? DL_PARAGRAPH : DL_HEADING;
            k->sure = 50;
        } else {
            dl_extract_out(k, "furniture");
        }
    }
}

/* The lines that "Read more:" stands over: headlines, until a paragraph comes. */
static uint32_t drop_teaser(dl_xpage *p, uint32_t i, uint32_t end)
{
    uint32_t dropped = 0;
    while (i + 1 < end && dropped < 4 && open_block(&p->blk[i + 1]) && p->blk[i + 1].lex == DL_LEX_NONE &&
           !prose(&p->blk[i + 1]) && !p->blk[i + 1].closed) {
        dl_extract_out(&p->blk[++i], "teaser");
        dropped++;
    }
    return i;
}

static bool headline_like(const dl_xblock *k)
{
    return open_block(k) && k->lex == DL_LEX_NONE && !k->item && !k->closed && !prose(k) && k->words >= 3 && k->words <= 25;
}

/* Lines in a row without a stop, this one among them: a list of headlines when there are three. */
static uint32_t row_of(const dl_xpage *p, uint32_t i, uint32_t first, uint32_t end)
{
    uint32_t n = 1;
    for (uint32_t j = i; j > first && n < 8 && (headline_like(&p->blk[j - 1]) || p->blk[j - 1].kind == ROW); j--) n++;
    for (uint32_t j = i + 1; j < end && n < 8 && headline_like(&p->blk[j]); j++) n++;
    return n;
}

/* A line without a stop between paragraphs: a subheading, an item, or a caption without a credit. */
static void judge_short(dl_xpage *p, uint32_t i, uint32_t first, uint32_t end)
{
    dl_xblock *k = &p->blk[i];
    uint32_t next = i + 1;
    while (next < end && p->blk[next].role != DL_ROLE_OPEN) next++;
    bool before_prose = next < end && (prose(&p->blk[next]) || p->blk[next].item);
    if (k->item) {
        k->role = DL_ROLE_KEEP;
        k->kind = DL_LIST;
    } else if (k->lex == DL_LEX_JOB && k->words <= 6) {
        k->role = DL_ROLE_KEEP;
        k->kind = DL_BYLINE;
    } else if (headline_like(k) && row_of(p, i, first, end) >= 3) {
        dl_extract_out(k, "teaser");
        k->kind = ROW;
    } else if (k->closed && k->words >= 2) {
        k->role = DL_ROLE_KEEP;
        k->kind = DL_PARAGRAPH;
    } else if (before_prose && k->words <= 14 && (k->words > 1 || k->chars > 3)) {
        k->role = DL_ROLE_KEEP;
        k->kind = DL_HEADING;
    } else if (k->words > 14) {
        k->role = DL_ROLE_KEEP;
        k->kind = DL_CAPTION;
        k->sure = 50;
    } else {
        dl_extract_out(k, "furniture");
    }
}

/* "Ann Lee in Oslo, where she ...", "Ann Lee leaves the hall": a person's name, then a place or a verb
 * in the present, which reports do not begin with. */
static bool caption_like(const dl_xblock *k, bool head)
{
    static const char *const verbs[] = { "speaks", "arrives", "leaves",    "waves",    "talks",  "looks",
                                         "poses",  "stands",  "sits",      "walks",    "greets", "gestures",
                                         "smiles", "attends", "addresses", "pictured", "seen",   "shakes" };
    static const char *const places[] = { "in", "at", "outside", "inside", "during", "near" };
    uint32_t caps = 0, words = 0;
    dl_str rest = k->text, w;
    if (k->quoted || k->words > 30) return false;
    while (dl_str_next(&rest, ' ', &w)) {
        if (words++ < 6 && w.len && (dl_is_upper(w.p[0]) || (unsigned char)w.p[0] >= 0xc3)) {
            caps++;
            continue;
        }
        if (caps < 2 || caps != words - 1) return false;
        for (size_t i = 0; i < DL_COUNT(verbs); i++)
            if (dl_str_eq(w, dl_str_of(verbs[i]))) return true;
        for (size_t i = 0; head && k->words <= 16 && i < DL_COUNT(places); i++)
            if (dl_str_eq(w, dl_str_of(places[i]))) return dl_str_find(k->text, DL_STR(" said"), 0) == SIZE_MAX;
        return false;
    }
    return false;
}

static void judge_body(dl_xpage *p, uint32_t first, uint32_t end)
{
    uint32_t kept = 0;
    for (uint32_t i = first; i < end; i++) {
        dl_xblock *k = &p->blk[i];
        if (!open_block(k)) continue;
        bool lone = k->lex == DL_LEX_TEASE && k->words <= 4;
        if (k->same_as != DL_NONE && p->blk[k->same_as].role == DL_ROLE_KEEP) {
            dl_extract_out(k, "repeat");
            continue;
        }
        if (by_lex(p, k)) {
            if (lone) i = drop_teaser(p, i, end);
            continue;
        }
        if (!prose(k)) {
            judge_short(p, i, first, end);
            continue;
        }
        if (k->gap && i + 1 < end && p->blk[i + 1].gap && caption_like(k, kept == 0)) {
            k->role = DL_ROLE_KEEP;
            k->kind = DL_CAPTION;
            k->sure = 60;
            continue;
        }
        if (kept++ < 2 && !p->b->meta.place.end) (void)dl_extract_dateline(p, k);
        k->role = DL_ROLE_KEEP;
        k->kind = k->item ? DL_LIST : DL_PARAGRAPH;
    }
}

static void judge_tail(dl_xpage *p, uint32_t end)
{
    for (uint32_t i = end; i < p->n; i++) {
        dl_xblock *k = &p->blk[i];
        if (!open_block(k)) continue;
        if (k->lex == DL_LEX_TAIL || k->lex == DL_LEX_PROMO) dl_extract_outlet(p, k);
        bool own = k->lex != DL_LEX_NONE && k->lex != DL_LEX_TAIL && k->lex != DL_LEX_CAPTION && k->lex != DL_LEX_JOB &&
                   k->lex != DL_LEX_CREDIT && k->lex != DL_LEX_BYLINE && k->lex != DL_LEX_NOTE && k->lex != DL_LEX_DATE;
        bool repeat = k->same_as != DL_NONE;
        dl_extract_out(k, own ? dl_extract_reason((dl_lex)k->lex) : repeat ? "repeat" : "teaser");
    }
}

void dl_extract_judge(dl_xpage *p)
{
    dl_extract_repeats(p);
    dl_extract_live(p);
    if (p->live) return;
    uint32_t first, end;
    dl_extract_region(p, &first, &end);
    set_title(p, first);
    judge_head(p, first);
    judge_body(p, first, end);
    judge_tail(p, end);
}
