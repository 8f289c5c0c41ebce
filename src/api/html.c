/* html.c: writing HTML. */
#include "api/html.h"

#include "api/text.h"
#include "base/utf8.h"

void dl_html_put(dl_buf *b, dl_str s)
{
    size_t start = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char *as = NULL;
        switch (s.p[i]) {
        case '&': as = "&amp;"; break;
        case '<': as = "&lt;"; break;
        case '>': as = "&gt;"; break;
        case '"': as = "&quot;"; break;
        case '\'': as = "&#39;"; break;
        default: continue;
        }
        dl_text_put(b, dl_str_cut(s, start, i));
        dl_buf_puts(b, as);
        start = i + 1;
    }
    dl_text_put(b, dl_str_cut(s, start, s.len));
}

bool dl_html_href(dl_buf *b, dl_str url, dl_str passage)
{
    dl_buf link;
    dl_buf_init(&link, 1 << 20);
    dl_text_fragment(&link, url, passage);
    size_t len = passage.len ? link.len : dl_str_find(dl_buf_str(&link), DL_STR("#:~:text="), 0);
    bool any = link.len && len != SIZE_MAX;
    if (any) {
        dl_buf_puts(b, " href=\"");
        dl_html_put(b, dl_str_cut(dl_buf_str(&link), 0, len));
        dl_buf_puts(b, "\" rel=\"noopener noreferrer nofollow\"");
    }
    dl_buf_free(&link);
    return any;
}

void dl_html_marked(dl_buf *b, dl_str text, dl_span within, const dl_span *mark, size_t n, const char *class_name)
{
    uint32_t at = within.beg;
    for (size_t i = 0; i < n; i++) {
        dl_span m = { mark[i].beg > at ? mark[i].beg : at, mark[i].end < within.end ? mark[i].end : within.end };
        if (m.beg >= m.end) continue;
        dl_html_put(b, dl_str_cut(text, at, m.beg));
        dl_buf_fmt(b, "<mark class=\"%s\">", class_name);
        dl_html_put(b, dl_str_cut(text, m.beg, m.end));
        dl_buf_puts(b, "</mark>");
        at = m.end;
    }
    dl_html_put(b, dl_str_cut(text, at, within.end));
}
