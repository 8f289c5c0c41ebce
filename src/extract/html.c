/* html.c: a page of HTML. */
#include "extract/page.h"
#include "html/dom.h"
#pragma weak dl_html_parse

dl_status dl_extract_html(dl_xpage *p)
{
    dl_dom d;
    if (!dl_html_parse) return DL_OK;
    return dl_html_parse(&d, p->src, p->a, p->a, p->b->err);
}
