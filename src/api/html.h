/* html.h: writing HTML. Whatever comes from a page goes through dl_html_put or dl_html_href, nothing else. */
#ifndef DL_API_HTML_H
#define DL_API_HTML_H

#include "base/buf.h"

/* Text: & < > " ' are escaped, control characters and marks of direction replaced. */
void dl_html_put(dl_buf *b, dl_str s);
/* ` href="..."` for http and https alone, with a text fragment for `passage` unless it is empty; nothing is
 * written for other urls. */
bool dl_html_href(dl_buf *b, dl_str url, dl_str passage);
/* The bytes of `s` that lie in [beg, end) escaped, with <mark class=...> around each of n ascending spans. */
void dl_html_marked(dl_buf *b, dl_str text, dl_span within, const dl_span *mark, size_t n, const char *class_name);

#endif
