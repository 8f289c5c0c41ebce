/* why.c: the reasons of a pair, in words for a person. */
#include "base/buf.h"
#include "base/date.h"
#include "copies/work.h"

enum { REASONS_MAX = 10 };

static bool add(dl_str *why, uint32_t *n, dl_buf *b, dl_arena *keep)
{
    if (b->failed) return false;
    if (*n < REASONS_MAX) why[(*n)++] = dl_arena_str(keep, dl_buf_str(b));
    dl_buf_reset(b);
    return !dl_arena_failed(keep);
}

static void say_dates(dl_buf *b, const dl_card *x, const dl_card *y)
{
    char dx[11], dy[11];
    dl_date_text(dx, x->published);
    dl_date_text(dy, y->published);
    if (!strcmp(dx, dy))
        dl_buf_fmt(b, "both are of %s", dx);
    else
        dl_buf_fmt(b, "a is of %s, b of %s", dx, dy);
}

/* Why one of them came first: at most three signs, the surest first. */
static bool say_signs(dl_pair *p, dl_str *why, dl_buf *b, const dl_work *w)
{
    static const char *const words[DL_SIGNS] = {
        [DL_SIGN_CREDIT] = "%c names the outlet of %c as its source",
        [DL_SIGN_DATE] = "%c was published later than %c",
        [DL_SIGN_TITLE] = "%c has no headline, %c has",
        [DL_SIGN_PROSE] = "%c lacks text that %c has",
        [DL_SIGN_BEFORE] = "%c has put text in front of what %c has",
        [DL_SIGN_AFTER] = "%c ends before %c does",
        [DL_SIGN_MENU] = "%c has menus and teasers around it, %c has not",
        [DL_SIGN_MARKUP] = "%c has remains of markup that %c has not",
        [DL_SIGN_RARE] = "%c has rarer words where %c has common ones",
        [DL_SIGN_LENGTH] = "%c is shorter than %c",
        [DL_SIGN_FITS] = "%c begins with other matter than its rest, %c does not",
    };
    enum { MOST = 3 };
    if (p->direction != DL_A_TO_B && p->direction != DL_B_TO_A) return true;
    char later = p->direction == DL_A_TO_B ? 'b' : 'a', first = later == 'b' ? 'a' : 'b';
    int said = 0;
    for (int i = 0; i < DL_SIGNS && said < MOST; i++) {
        if (!(p->signs >> i & 1)) continue;
        dl_buf_fmt(b, words[i], later, first);
        if (!add(why, &p->n_why, b, w->keep)) return false;
        said++;
    }
    if (said) return true;
    dl_buf_puts(b, "little tells which came first");
    return add(why, &p->n_why, b, w->keep);
}

static bool say(dl_pair *p, dl_str *why, dl_buf *b, const dl_work *w)
{
    const dl_card *x = &w->card[p->a], *y = &w->card[p->b];
    uint32_t longest = 0;
    for (uint32_t i = 0; i < p->n_passages; i++) {
        if (dl_span_len(p->passages[i].a) > longest) longest = dl_span_len(p->passages[i].a);
    }
    dl_buf_fmt(b, "%u shared passage%s, the longest of %u bytes", p->n_passages, p->n_passages == 1 ? "" : "s", longest);
    if (!add(why, &p->n_why, b, w->keep)) return false;
    dl_buf_fmt(b, "%u.%u%% of a's words stand in b, %u.%u%% of b's in a", p->share_a / 100, p->share_a / 10 % 10,
               p->share_b / 100, p->share_b / 10 % 10);
    if (!add(why, &p->n_why, b, w->keep)) return false;
    if (p->retold && dl_copy_whole(p->kind)) {
        dl_buf_fmt(b, "sentence by sentence, %u%% of one is told by the other in its own words", (p->retold + 50) / 100);
        if (!add(why, &p->n_why, b, w->keep)) return false;
    }
    if (x->published != DL_NEVER && y->published != DL_NEVER) {
        say_dates(b, x, y);
        if (!add(why, &p->n_why, b, w->keep)) return false;
    }
    for (int k = 0; k < 2; k++) {
        const dl_source *s = &w->source[k ? p->b : p->a];
        if (!s->name.len) continue;
        dl_buf_fmt(b, "%c credits %.*s (%s)", k ? 'b' : 'a', (int)s->name.len, s->name.p, s->where ? s->where : "page");
        if (!add(why, &p->n_why, b, w->keep)) return false;
    }
    if (!say_signs(p, why, b, w)) return false;
    if (p->direction == DL_SIBLINGS) {
        dl_buf_puts(b, p->signs == DL_SIGN_PARTS
                           ? "siblings: each lacks what the other shares with a third page; no page shows the text whole"
                           : "siblings: what both print is the wire's, whose own page is not in the pile");
        if (!add(why, &p->n_why, b, w->keep)) return false;
    }
    return true;
}

bool dl_pair_explain(dl_pair *p, const dl_work *w)
{
    dl_str *why = DL_NEW(w->keep, REASONS_MAX, dl_str);
    dl_buf b;
    if (!why) return false;
    dl_buf_init(&b, 1 << 16);
    p->n_why = 0;
    p->why = why;
    bool ok = say(p, why, &b, w);
    dl_buf_free(&b);
    return ok;
}
