/* voices.c: the table `stated`: which voice said what, and what was taken. */
#include "extract/voices.h"

#define ROWS 160   /* of one page; more are dropped                                            */
#define VALUE 1000 /* bytes; longer values are no statement but a text                         */

const dl_voice *dl_voices_first(const dl_voices *o, dl_stated_field field, dl_stated_basis basis)
{
    for (uint32_t i = 0; i < o->n; i++)
        if (o->v[i].field == field && o->v[i].basis == basis) return &o->v[i];
    return NULL;
}

uint32_t dl_voices_block(const dl_xpage *p, uint32_t byte)
{
    uint32_t lo = 0, hi = p->n;
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (p->blk[mid].src.end > byte)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

void dl_state(dl_xpage *p, dl_stated_field field, dl_stated_basis basis, dl_str value, dl_span src)
{
    dl_stated *t = &p->b->d.stated;
    if (!value.len || value.len > VALUE || t->n >= ROWS) return;
    for (uint32_t i = 0; i < t->n; i++)
        if (t->field[i] == field && t->basis[i] == basis && dl_str_eq(dl_doc_str(&p->b->d, t->value[i]), value)) return;
    uint32_t r = dl_row(p->b, DL_T_STATED);
    if (r == DL_NONE) return;
    t = &p->b->d.stated;
    t->field[r] = (uint8_t)field;
    t->basis[r] = (uint8_t)basis;
    t->value[r] = dl_put(p->b, value);
    t->raw[r] = src.beg < src.end ? dl_extract_raw(p, src) : (dl_span){ 0, 0 };
}

void dl_state_chosen(dl_xpage *p, dl_stated_field field, dl_str value)
{
    const dl_stated *t = &p->b->d.stated;
    for (uint32_t i = 0; i < t->n && value.len; i++)
        if (t->field[i] == field && dl_str_eq(dl_doc_str(&p->b->d, t->value[i]), value)) t->chosen[i] = 1;
}
