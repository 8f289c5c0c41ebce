/* tags.c: the stage. */
#include "tags/tags.h"

dl_str dl_tok_lemma(const dl_doc *d, uint32_t tok)
{
    dl_ref r = d->toks.lemma[tok];
    return r.end > r.beg ? dl_doc_str(d, r) : dl_tok_text(d, tok);
}
