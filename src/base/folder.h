/* folder.h: a folder that one run has for itself. */
#ifndef DL_BASE_FOLDER_H
#define DL_BASE_FOLDER_H

#include "base/defs.h"

/* Makes the folder where there is none and holds it by a lock on its file "lock", which is gone with the
 * process, however that ends; a run that was killed and is still on its way out is waited for, a second.
 * *out is to be handed to dl_folder_release, also after a failure. Fails DL_EIO, DL_ESTORE: another run has it. */
DL_MUST_USE dl_status dl_folder_hold(int *out, const char *dir, dl_error *err);
void dl_folder_release(int held);

#endif
