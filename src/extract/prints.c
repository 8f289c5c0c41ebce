/* prints.c: a page among others: the prints it leaves for them, and what theirs do to its blocks. */
#include "base/limits.h"
#include "extract/html_page.h"

enum {
    SENTENCE = 8, /* words of a paragraph                                                      */
    LEAST = 3     /* words: shorter lines are the same by chance                                */
};

static uint32_t words_of(const dl_xblock *k) { return k->chars > 14 * k->words ? k->chars / 3 : k->words; }

/* "https://www.Example.org:80/a" is of example.org. */
static dl_str host_of(dl_arena *a, dl_str url)
{
    static const char *const doors[] = { "www.", "m.", "amp.", "mobile." };
    size_t at = dl_str_find(url, DL_STR("://"), 0), n = 0;
    dl_str s = at == SIZE_MAX ? (dl_str){ NULL, 0 } : dl_str_cut(url, at + 3, url.len);
    for (size_t i = 0; i < DL_COUNT(doors); i++)
        if (dl_str_starts_nocase(s, dl_str_of(doors[i]))) s = dl_str_cut(s, strlen(doors[i]), s.len);
    while (n < s.len && s.p[n] != '/' && s.p[n] != ':' && s.p[n] != '?' && s.p[n] != '#') n++;
    char *host = dl_arena_raw(a, n, 1);
    for (size_t i = 0; host && i < n; i++) host[i] = dl_lower(s.p[i]);
    return (dl_str){ host, host ? n : 0 };
}

/* Left out for what other pages tell, and by itself it would not be. */
static bool left_out(const dl_xpage *p, const dl_xblock *k)
{
    if (!p->marks || k->role != DL_ROLE_OUT || k->lex != DL_LEX_SITE) return false;
    const uint32_t told = dl_map_get(&p->marks->told, k->hash);
    return told != DL_NONE && (told & DL_TOLD_KEPT);
}

/* A block of words enough, once. */
static void print_block(dl_prints *out, const dl_xpage *p, dl_map *seen, const dl_xblock *k)
{
    const uint32_t words = words_of(k);
    const bool kept = dl_extract_in_body(k), marked = left_out(p, k);
    if (words < LEAST || k->role == DL_ROLE_TITLE) return;
    const uint32_t *row = dl_map_put(seen, k->hash, out->n);
    if (!row) return;
    if (*row == out->n)
        out->row[out->n++] = (dl_print){ k->hash, words, kept, marked, words >= SENTENCE && k->link * 2 < k->chars };
    out->row[*row].kept |= kept;
    out->row[*row].marked |= marked;
}

static void print_blocks(dl_prints *out, const dl_xpage *p, dl_arena *a)
{
    dl_map seen;
    dl_map_init(&seen, p->a);
    out->row = dl_arena_raw(a, p->n < DL_PRINTS_MAX ? p->n : DL_PRINTS_MAX, sizeof *out->row);
    for (uint32_t i = 0; out->row && i < p->n && out->n < DL_PRINTS_MAX; i++) print_block(out, p, &seen, &p->blk[i]);
}

void dl_prints_leave(const dl_xpage *p)
{
    if (!p->beside || !p->beside->prints) return;
    dl_arena *a = p->beside->arena;
    const dl_meta *m = &p->b->meta;
    const dl_str url = dl_doc_str(&p->b->d, m->url);
    dl_prints *out = p->beside->prints;
    *out = (dl_prints){ .host = host_of(a, url.len ? url : dl_doc_str(&p->b->d, m->canonical)) };
    if (!out->host.len) return;
    const dl_str title = dl_extract_norm(p->a, p->title);
    out->body = m->text_hash;
    out->title = title.len ? dl_hash_str(title) : 0;
    print_blocks(out, p, a);
}

/* What the pages before it tell of this one, as far as its address and its blocks go; NULL: nothing. */
static const dl_marks *foreseen(const dl_xpage *p)
{
    dl_prints mine = { .host = host_of(p->a, p->raw->url) };
    dl_marks *m = DL_NEW(p->a, 1, dl_marks);
    const dl_evidence *before = p->beside->before;
    if (!before || !before->n || !m || dl_map_get(&before->number, dl_hash_str(mine.host)) == DL_NONE) return NULL;
    print_blocks(&mine, p, p->a);
    return mine.row && dl_evidence_foresee(before, &mine, p->a, m) ? m : NULL;
}

/* Lines of a few words are furniture only where they head nothing and ask nothing; and one other article alone
 * tells only of sentences. */
static bool against(const dl_xpage *p, const dl_xblock *k)
{
    const uint32_t words = words_of(k);
    const bool heading = k->tag >= DL_TAG_H1 && k->tag <= DL_TAG_H6;
    if (!dl_evidence_against(k->host_pages, p->marks->pages) || words < LEAST) return false;
    if (k->host_pages == 1) return words >= SENTENCE && k->closed;
    return words >= SENTENCE || !(heading || (k->text.len && k->text.p[k->text.len - 1] == '?'));
}

void dl_prints_mark(dl_xpage *p)
{
    if (p->beside) p->marks = p->beside->marks ? p->beside->marks : foreseen(p);
    for (uint32_t i = 0; p->marks && i < p->n; i++) {
        dl_xblock *k = &p->blk[i];
        const uint32_t told = dl_map_get(&p->marks->told, k->hash);
        if (told == DL_NONE) continue;
        k->host_pages = (uint8_t)(told >> 8);
        k->other_hosts = (uint8_t)told;
        const bool plain = k->lex == DL_LEX_NONE || k->lex == DL_LEX_JOB;
        if (plain && against(p, k)) k->lex = DL_LEX_SITE;
    }
}

/* Thrown out for where it stands, and another host's copy has it in its body. */
static bool vouched(const dl_xblock *k)
{
    const uint32_t never = DL_ZONE_BAD | DL_ZONE_CAPTION | DL_ZONE_INLINE_FIG | DL_ZONE_BYLINE | DL_ZONE_QUOTE;
    return k->role == DL_ROLE_OUT && k->other_hosts && !k->host_pages && k->same_as == DL_NONE && !(k->flags & never) &&
           (k->lex == DL_LEX_NONE || k->lex == DL_LEX_JOB) && words_of(k) >= SENTENCE;
}

/* From a block on, forwards or back: those next to the body, or to what was taken back; what the site repeats may lie between. */
static uint32_t take_back_along(dl_xpage *p, uint32_t from, int step)
{
    bool beside = false;
    uint32_t taken = 0;
    for (uint32_t n = 0, i = from; n < p->n; n++, i += (uint32_t)step) {
        dl_xblock *k = &p->blk[i];
        if (k->role == DL_ROLE_OUT && k->lex == DL_LEX_SITE) continue;
        if (beside && vouched(k)) {
            k->role = DL_ROLE_KEEP;
            k->kind = k->tag == DL_TAG_LI || k->item ? DL_LIST : DL_PARAGRAPH;
            k->why = NULL;
            taken++;
        }
        beside = dl_extract_in_body(k);
    }
    return taken;
}

void dl_prints_settle(dl_xpage *p)
{
    uint32_t out = 0, back = 0;
    if (!p->marks) return;
    back += take_back_along(p, 0, 1);
    back += take_back_along(p, p->n - 1, -1);
    for (uint32_t i = 0; i < p->n; i++) out += left_out(p, &p->blk[i]);
    const dl_str host = p->marks->host;
    const int len = host.len < 200 ? (int)host.len : 200;
    if (out)
        dl_warn(p->b, "pile", "%u block%s that other articles of %.*s print, too, %s left out", out, out > 1 ? "s" : "", len,
                host.p, out > 1 ? "were" : "was");
    if (back) dl_warn(p->b, "pile", "%u block%s kept as in another site's copy", back, back > 1 ? "s were" : " was");
    if (!out && !back) dl_warn(p->b, "pile", "read beside other pages of %.*s", len, host.p);
}
