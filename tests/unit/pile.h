/* pile.h: a few pages of plain text as the stages over many pages see them. */
#ifndef DL_TESTS_PILE_H
#define DL_TESTS_PILE_H

#include <stdlib.h>

#include "base/date.h"
#include "doc/pages.h"
#include "doc/seal.h"
#include "test.h"

enum { PILE_MAX = 32 };

typedef struct pile {
    uint32_t n;
    dl_bytes block[PILE_MAX];
    dl_doc doc[PILE_MAX];
    dl_pages pages;
} pile;

typedef struct page {
    const char *id, *title, *day, *url, *canonical, *outlet, *text;
    const char *credit; /* its name, or NULL                                                    */
    dl_credit_kind credit_kind;
} page;

static const dl_doc *pile_get(void *ctx, uint32_t i) { return &((pile *)ctx)->doc[i]; }

static dl_ref put(dl_build *b, const char *z) { return dl_put(b, dl_str_of(z ? z : "")); }

static void pile_add(pile *p, const page *x)
{
    dl_build b;
    dl_error err;
    bool has_time;
    dl_build_init(&b);
    dl_put_text(&b, dl_str_of(x->text));
    b.meta.body_len = b.d.text_len;
    b.meta.id = put(&b, x->id);
    b.meta.title = put(&b, x->title);
    b.meta.url = put(&b, x->url);
    b.meta.canonical = put(&b, x->canonical);
    b.meta.outlet = put(&b, x->outlet);
    b.meta.place_day = b.meta.fetched = b.meta.printed = b.meta.given = b.meta.modified = b.meta.published = DL_NEVER;
    if (x->day) assert_true(dl_date_read(dl_str_of(x->day), &b.meta.published, &has_time));
    if (x->credit) {
        uint32_t row = dl_row(&b, DL_T_CREDITS);
        b.d.credits.name[row] = put(&b, x->credit);
        b.d.credits.kind[row] = (uint8_t)x->credit_kind;
    }
    assert_int_equal(dl_seal(&p->block[p->n], &b, &err), DL_OK);
    assert_int_equal(dl_doc_open(&p->doc[p->n], p->block[p->n].p, p->block[p->n].len, &err), DL_OK);
    dl_build_free(&b);
    p->pages = (dl_pages){ ++p->n, pile_get, p };
}

static void pile_free(pile *p)
{
    for (uint32_t i = 0; i < p->n; i++) free(p->block[i].p);
}

#endif
