/* assign.h: `stories` over a stream of any length, page by page: which story each is of (--assign), what happened on the
 * way (--log), why one page is where it is (--explain). Pages go through once, in order of time. */
#ifndef DL_API_ASSIGN_H
#define DL_API_ASSIGN_H

#include "api/pile.h"

/* Is the question one that is answered so? */
bool dl_assign_is_asked(const dl_pile *p, const dl_request *r);
dl_write_handle_fn dl_write_assigned;

#endif
