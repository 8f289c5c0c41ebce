/* log.h: what happened to pages and stories, as lines for a program and for a person.
 *
 *     {"page":ID,"what":"joins","story":12,"from":null,"link":0.8312,"rival":0.1200,"cause":ID}
 *
 * `story` and `from` are numbers as dl_change has them, plus 1; `page` is null where two stories merge; `cause` is the
 * page with which it came about. */
#ifndef DL_STORIES_LOG_H
#define DL_STORIES_LOG_H

#include "base/json.h"
#include "stories/online.h"

/* The keys of one, into an open object. */
void dl_change_keys(dl_json *j, const dl_change *c, dl_str page, dl_str cause);
/* "joins story 12: mean link .83, next best .12", without an end of line; not escaped. */
void dl_change_text(dl_buf *b, const dl_change *c);

/* Reads a line that was made of those keys: all but the pages, which become DL_NONE. False: it is none. */
bool dl_change_read(dl_change *out, dl_str line);

/* The id of the page of such a line, as it stands there, without its quotation marks; empty: two stories merge. */
dl_str dl_change_page(dl_str line);

#endif
