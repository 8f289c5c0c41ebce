/* speaker.h: who is said to say a thing, as a name for people and programs. */
#ifndef DL_API_SPEAKER_H
#define DL_API_SPEAKER_H

#include "api/view.h"

/* The speaker of a quotation, joint ones joined by " + ", into an empty buffer; empty: nobody is named. */
void dl_speaker_put(dl_buf *b, const dl_view *v, uint32_t page, const dl_doc *d, uint32_t quote);
/* The canonical name of an entity of a page, or the name that the page has for it. */
dl_str dl_speaker_name(const dl_view *v, uint32_t page, const dl_doc *d, uint32_t ent);
/* The words of a source without article and commas; empty for a pronoun. */
dl_str dl_speaker_words(const dl_doc *d, dl_span at);

#endif
