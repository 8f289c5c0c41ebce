/* doc.c: finding one's way in a document. */
#include "doc/doc.h"

/* The last of n ascending spans (of bytes or tokens) that begins at or before x; DL_NONE: none does. */
static uint32_t last_before(const dl_span *v, uint32_t n, uint32_t x)
{
    uint32_t lo = 0, hi = n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (v[mid].beg <= x)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo ? lo - 1 : DL_NONE;
}

uint32_t dl_sent_of_tok(const dl_doc *d, uint32_t tok)
{
    uint32_t s = last_before(d->sents.tok, d->sents.n, tok);
    return s != DL_NONE && dl_span_has(d->sents.tok[s], tok) ? s : DL_NONE;
}

uint32_t dl_sent_of_byte(const dl_doc *d, uint32_t byte)
{
    uint32_t s = last_before(d->sents.span, d->sents.n, byte);
    return s != DL_NONE && dl_span_has(d->sents.span[s], byte) ? s : DL_NONE;
}

dl_span dl_toks_of(const dl_doc *d, dl_span bytes)
{
    uint32_t beg = last_before(d->toks.span, d->toks.n, bytes.beg);
    if (beg == DL_NONE)
        beg = 0;
    else if (d->toks.span[beg].end <= bytes.beg)
        beg++;
    uint32_t end = beg;
    if (bytes.end > bytes.beg) {
        uint32_t last = last_before(d->toks.span, d->toks.n, bytes.end - 1);
        if (last != DL_NONE && last + 1 > beg) end = last + 1;
    }
    return (dl_span){ beg, end };
}

void dl_country_text(char out[4], uint32_t country)
{
    out[0] = (char)(country >> 16 & 0xFF);
    out[1] = (char)(country >> 8 & 0xFF);
    out[2] = (char)(country & 0xFF);
    out[3] = 0;
}
