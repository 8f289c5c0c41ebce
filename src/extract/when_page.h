/* when_page.h: what a page of HTML says of its own date, gathered once its article is known. Each
 * date becomes a hypothesis with its place; dates/ chooses. The inside of four files:
 * when.c goes through the elements, when_lines.c through the text, when_scripts.c through scripts
 * and comments, when_address.c through addresses. */
#ifndef DL_EXTRACT_WHEN_PAGE_H
#define DL_EXTRACT_WHEN_PAGE_H

#include "extract/html_page.h"

typedef struct dl_when_page {
    dl_xhtml *h;
    dl_xpage *p;
    uint32_t title, first, last; /* blocks: the headline, the first and the last of the text; DL_NONE   */
    uint32_t above, below;       /* bytes of src: some lines before and behind the headline             */
    uint32_t text, text_end;     /* ... where the text begins and ends                                  */
    bool strong;                 /* the page's system states when it published                          */
} dl_when_page;

#define DL_WHEN_ASIDE                                                                                                            \
    (DL_ZONE_NAV | DL_ZONE_SIDE | DL_ZONE_RELATED | DL_ZONE_COMMENT | DL_ZONE_SHARE | DL_ZONE_PROMO | DL_ZONE_AD |               \
     DL_ZONE_TAGS | DL_ZONE_POPUP | DL_ZONE_HIDDEN)

/* Reads a value that stands for a date as a whole: ISO, seconds of the epoch (`epoch`), or printed. */
bool dl_when_value(const dl_xpage *p, dl_str v, bool epoch, dl_printed *out);
dl_date_region dl_when_region(const dl_when_page *w, uint32_t block);
dl_date_region dl_when_region_at(const dl_when_page *w, uint32_t byte);
unsigned dl_when_zones(uint32_t flags); /* DL_DATE_ASIDE, _FOOT                                  */
bool dl_when_word(dl_str name);         /* a class, a key that speaks of a date                     */
/* A vague date both ways: the other with DL_DATE_SWAPPED. */
void dl_when_both(dl_xpage *p, dl_when *w);
void dl_when_lines(dl_when_page *w);
void dl_when_script(dl_when_page *w, uint32_t node, bool ld);
void dl_when_comment(dl_when_page *w, uint32_t node);
void dl_when_address(dl_xpage *p, dl_str url, dl_date_place place);

#endif
