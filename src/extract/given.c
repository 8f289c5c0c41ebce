/* given.c: what is known of a page besides its bytes: that its recording ends early, and whom its feed names. */
#include "extract/page.h"

#define NAME_WORDS 7u /* words of a name that is taken as it stands                                */

static void authors(dl_xpage *p, dl_str s)
{
    uint32_t words = 1;
    for (size_t i = 0; i < s.len; i++) words += s.p[i] == ' ';
    dl_extract_names(p, s, (dl_span){ 0, 0 });
    if (!p->b->d.authors.n && !p->b->d.credits.n && words <= NAME_WORDS) dl_extract_author(p, s);
}

void dl_extract_given(dl_xpage *p)
{
    const dl_raw *raw = p->raw;
    if (raw->cut) {
        p->truncated = true;
        dl_warn(p->b, "cut", "the recording of the page ends early");
    }
    if (raw->author.len && !p->b->d.authors.n) authors(p, raw->author);
    if (raw->feed_source.len) dl_extract_credit(p, raw->feed_source, DL_CREDIT_SOURCE, (dl_span){ 0, 0 });
}
