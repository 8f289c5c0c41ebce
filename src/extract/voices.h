/* voices.h: what each part of a page of HTML says of the page: the meta elements, <link>, <title>, the
 * address. meta.c gathers them; title.c, authors.c and site.c take the votes, and write every voice into
 * the table `stated`, so that what was not taken is still shown. */
#ifndef DL_EXTRACT_VOICES_H
#define DL_EXTRACT_VOICES_H

#include "extract/html_page.h"

#define DL_VOICES 96      /* of one page; more are dropped                                      */
#define DL_VOICE_MAX 2000 /* bytes of a value; longer ones are no title, name or address        */

typedef struct dl_voice {
    dl_str value; /* decoded, white space folded                                                */
    dl_str key;   /* of a meta element                                                          */
    dl_span src;  /* bytes of the page's src                                                    */
    uint8_t field, basis;
} dl_voice;

typedef struct dl_voices {
    dl_xhtml *h;
    dl_str host; /* of the page's address, else of its canonical one                            */
    uint32_t n;
    dl_voice v[DL_VOICES];
    dl_str h1;         /* the first heading that is a headline                                  */
    dl_span h1_src;    /* its start tag                                                         */
    uint32_t h1_block; /* its first block, or DL_NONE                                           */
    uint32_t h1_end;   /* byte of src where it ends                                             */
} dl_voices;

/* The first voice of that field and basis; NULL: none. */
const dl_voice *dl_voices_first(const dl_voices *o, dl_stated_field field, dl_stated_basis basis);
/* The block that holds byte `byte` of src, or the next one; p->n: none. */
uint32_t dl_voices_block(const dl_xpage *p, uint32_t byte);
/* The text of an element, white space folded; `parted`: '\n' where one of its elements parts from the next.
 * Empty where it is longer than `max` bytes: that is no heading and no byline. */
dl_str dl_voices_text(dl_xhtml *h, uint32_t node, size_t max, bool parted);
/* A row of `stated`, once for each value of a basis. */
void dl_state(dl_xpage *p, dl_stated_field field, dl_stated_basis basis, dl_str value, dl_span src);
/* Marks the rows of the field that have this value. */
void dl_state_chosen(dl_xpage *p, dl_stated_field field, dl_str value);

void dl_heading_find(dl_voices *o);   /* heading.c: before the rest                             */
void dl_title_choose(dl_voices *o);   /* title.c                                                */
void dl_site_choose(dl_voices *o);    /* site.c: outlet, language, section, canonical address: before title and authors */
void dl_authors_choose(dl_voices *o); /* authors.c                                              */
/* The headline without the name of the site behind or before it. */
dl_str dl_title_bare(dl_xpage *p, dl_str title, dl_str site);

#endif
