/* folder.h: a folder that one run has for itself. */
#ifndef DL_BASE_FOLDER_H
#define DL_BASE_FOLDER_H

#include "base/str.h"

/* Makes the folder where there is none and holds it by a lock on its file "lock", which is gone with the
 * process, however that ends; a run that was killed and is still on its way out is waited for, a second.
 * *out is to be handed to dl_folder_release, also after a failure. Fails DL_EIO, DL_ESTORE: another run has it. */
DL_MUST_USE dl_status dl_folder_hold(int *out, const char *dir, dl_error *err);
void dl_folder_release(int held);

/* Files of a folder that belong to it are called by a number of eight digits or more and a kind: 00000012.pages. */
#define DL_PART_NAME 64 /* bytes of such a name, with its NUL                                        */
void dl_part_name(char out[DL_PART_NAME], uint64_t number, const char *kind);
/* The number of a file of that kind, also of one that was never finished (".new" behind it); 0: it is something else. */
uint64_t dl_part_number(dl_str name, const char *kind);

#endif
