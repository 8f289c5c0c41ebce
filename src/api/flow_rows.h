/* flow_rows.h: the stories of a stream as rows, with copies counted once. */
#ifndef DL_API_FLOW_ROWS_H
#define DL_API_FLOW_ROWS_H

#include "api/flow.h"

/* `f` has been run with rows_too. */
DL_MUST_USE dl_status dl_write_flow_rows(dl_out *o, dl_flow *f, dl_error *err);

#endif
