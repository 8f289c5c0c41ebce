/* when_lines.c: dates printed in lines of a page of HTML, with what stands round them. */
#include "extract/when_page.h"

#define ROWS_MAX 60 /* dates of one page: a list of news has hundreds                               */
#define LONG_WORDS 60
#define HEAD_BYTES 160u

/* What the line before says, where it is no more than a label: "Published:" */
static dl_date_said label(const dl_when_page *w, uint32_t i)
{
    const dl_xblock *k = i ? &w->p->blk[i - 1] : NULL;
    return k && k->words && k->words <= 4 && !dl_extract_may_date(k->text) ? dl_extract_date_said(k->text) : DL_SAID_NOTHING;
}

static int belief(dl_date_region at, unsigned signs, bool vague)
{
    const bool near = at == DL_REGION_ABOVE || at == DL_REGION_TITLE || at == DL_REGION_LEDE;
    if (signs & (DL_DATE_ASIDE | DL_DATE_FOOT | DL_DATE_OTHER)) return 15;
    if (vague) return 45;
    return near && signs & DL_DATE_ALONE ? 80 : near && signs & DL_DATE_NAMED ? 70 : near ? 55 : 35;
}

/* Is 8.5.12 a date here, and no version of something? */
static bool expected(const dl_xblock *k, dl_date_region at, unsigned signs)
{
    return (signs & (DL_DATE_ALONE | DL_DATE_NAMED | DL_DATE_SAID)) ||
           (k->words <= 10 && (at == DL_REGION_TITLE || at == DL_REGION_LEDE));
}

/* The dates of one line; how many. */
static uint32_t line(dl_when_page *w, uint32_t i, dl_str text)
{
    dl_xpage *p = w->p;
    const dl_xblock *k = &p->blk[i];
    const dl_date_region at = dl_when_region(w, i);
    uint32_t n = 0;
    size_t from = 0;
    dl_when x = { .basis = DL_BY_PRINTED, .place = DL_DATE_PRINTED, .region = at, .src = k->src };
    while (n < 3 && dl_extract_brief_date(p, text, from, &x.d)) {
        const dl_str before = dl_str_cut(text, from, x.d.span.beg);
        dl_date_said said = dl_extract_date_said(before);
        if (said == DL_SAID_NOTHING && !n) said = label(w, i);
        x.modified = said == DL_SAID_CHANGED;
        x.signs = dl_when_zones(k->flags) | (said == DL_SAID_PUBLISHED ? DL_DATE_SAID : 0u) |
                  (said == DL_SAID_OTHER ? DL_DATE_OTHER : 0u) |
                  (k->lex == DL_LEX_DATE || x.d.span.end - x.d.span.beg + 3 >= text.len ? DL_DATE_ALONE : 0u);
        x.sure = belief(at, x.signs, x.d.vague);
        x.words = dl_str_cut(text, x.d.span.beg, x.d.span.end);
        if (!x.d.brief || expected(k, at, x.signs)) {
            dl_when_both(p, &x);
            n++;
            if (x.sure >= 55 && !x.modified && p->b->meta.printed == DL_NEVER) p->b->meta.printed = x.d.at;
        }
        from = x.d.span.end;
    }
    return n;
}

void dl_when_lines(dl_when_page *w)
{
    const dl_xpage *p = w->p;
    uint32_t found = 0;
    for (uint32_t i = 0; i < p->n && found < ROWS_MAX; i++) {
        const dl_xblock *k = &p->blk[i];
        const bool edge = i == w->first || (w->first != DL_NONE && i == w->first + 1) || i == w->last;
        if (k->words > LONG_WORDS && !edge) continue;
        dl_str text = k->text;
        if (k->words > LONG_WORDS)
            text = i == w->last ? dl_str_cut(text, text.len > HEAD_BYTES ? text.len - HEAD_BYTES : 0, text.len)
                                : dl_str_cut(text, 0, text.len < HEAD_BYTES ? text.len : HEAD_BYTES);
        if (dl_extract_may_date(text)) found += line(w, i, text);
    }
}
