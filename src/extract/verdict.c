/* verdict.c: what kind of page it is where it is no article, and whether it shows all of its text. */
#include "extract/html_page.h"

uint32_t dl_verdict_kept(const dl_xpage *p)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->n; i++)
        if (p->blk[i].role == DL_ROLE_KEEP && p->blk[i].kind <= DL_POST)
            n += p->blk[i].chars > 14 * p->blk[i].words ? p->blk[i].chars / 3 : p->blk[i].words;
    return n;
}

/* Many linked headlines and hardly a paragraph. */
void dl_verdict_judge(dl_xhtml *h)
{
    dl_xpage *p = h->p;
    uint32_t headlines = 0;
    const uint32_t words = dl_verdict_kept(p);
    for (uint32_t i = 0; i < p->n; i++) {
        const dl_xblock *k = &p->blk[i];
        headlines += k->words >= 5 && k->words <= 30 && k->link * 10 > k->chars * 8;
    }
    p->index = !h->ld.found && words < 150 && headlines >= 25;
    p->truncated |= h->ld.paid && words < 150;
}
