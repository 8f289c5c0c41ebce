/* corpus.h: `copies` over a corpus: pages go through once, none is held. */
#ifndef DL_API_CORPUS_H
#define DL_API_CORPUS_H

#include "api/pile.h"

/* Is the question one that is answered so? Then pages given by path, or an index, are asked for rows. */
bool dl_corpus_is_asked(const dl_pile *p, const dl_request *r);
dl_write_handle_fn dl_write_corpus;

#endif
