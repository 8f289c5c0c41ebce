/* assign.h: `stories --assign` over a stream of any length: pages go through once, in order of time. */
#ifndef DL_API_ASSIGN_H
#define DL_API_ASSIGN_H

#include "api/pile.h"

/* Is the question one that is answered so? Pages given by path, of which one line each is asked, or a folder that stays. */
bool dl_assign_is_asked(const dl_pile *p, const dl_request *r);
dl_write_handle_fn dl_write_assigned;

#endif
