/* number.h: what a number word is worth. */
#ifndef DL_CLAIMS_NUMBER_H
#define DL_CLAIMS_NUMBER_H

#include "base/str.h"

/* "3,000", "7", "2.5", "seven", "million"; below 0: not a number. */
double dl_number_value(dl_str s);

#endif
