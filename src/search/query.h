/* query.h: what a person types into the search box, as an FTS5 expression.
 *
 *   query   = operand { [AND | OR | NOT] operand }     no word between two operands: AND
 *   operand = word | word* | "a phrase" | ( query )
 * Every word is quoted on the way, so nothing in it is FTS5 syntax. AND, OR, NOT are operators in capitals only.
 * At most DL_QUERY_MAX words. Linear. */
#ifndef DL_SEARCH_QUERY_H
#define DL_SEARCH_QUERY_H

#include "base/buf.h"

/* Appends the expression and a NUL to `out`. Fails DL_EUSAGE (err->offset is the byte of the query), DL_ENOMEM. */
DL_MUST_USE dl_status dl_query_read(dl_buf *out, dl_str query, dl_error *err);

#endif
