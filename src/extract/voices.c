/* voices.c: the table `stated`: which voice said what, and what was taken. */
#include "extract/voices.h"

#include "base/utf8.h"

#define NODES 200 /* below an element whose text is asked for                                   */
#define ROWS 160  /* of one page; more are dropped                                            */

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
    if (!value.len || value.len > DL_VOICE_MAX || t->n >= ROWS) return;
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

static bool starts_big(dl_str s)
{
    size_t i = 0;
    if (!s.len) return false;
    uint32_t cp = dl_utf8_next(s, &i);
    return cp < 0x80 ? dl_is_upper((int)cp) : dl_cp_upper(cp) || dl_cp_cjk(cp);
}

/* Two pieces of text in different elements are two things ("Ann Lee", "Chief editor"), but not a given
 * name and a family name, nor "By" and what follows it. */
static bool part_here(dl_str before, dl_str next)
{
    const bool words = dl_str_find(before, DL_STR(" "), 0) != SIZE_MAX || dl_str_find(next, DL_STR(" "), 0) != SIZE_MAX;
    return words && starts_big(next) && starts_big(before);
}

dl_str dl_voices_text(dl_xhtml *h, uint32_t node, size_t max, bool parted)
{
    const dl_dom *d = &h->d;
    char *buf = dl_arena_raw(h->p->a, max + 8, 1);
    size_t n = 0;
    dl_str last = { NULL, 0 };
    if (!buf) return last;
    uint32_t seen = 0;
    for (uint32_t k = dl_dom_next(d, node, node, false); k != DL_NONE;) {
        if (++seen > NODES || (d->type[k] == DL_NODE_TEXT && d->data[k].len > 20 * max)) return (dl_str){ NULL, 0 };
        const bool skip = d->type[k] == DL_NODE_ELEMENT && dl_zones_skip(d, k);
        dl_str s = d->type[k] == DL_NODE_TEXT ? dl_extract_fold(h->p->a, d->data[k]) : (dl_str){ NULL, 0 };
        if (s.len) {
            if (n + s.len + 1 > max) return (dl_str){ NULL, 0 };
            if (n) buf[n++] = parted && part_here(last, s) ? '\n' : ' ';
            memcpy(buf + n, s.p, s.len);
            last = (dl_str){ buf + n, s.len };
            n += s.len;
        }
        k = dl_dom_next(d, node, k, skip);
    }
    return (dl_str){ buf, n };
}
