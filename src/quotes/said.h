/* said.h: on which day something was said. Not for other rooms. */
#ifndef DL_QUOTES_SAID_H
#define DL_QUOTES_SAID_H

#include "quotes/attrib.h"

/* The day or days of the attribution, half-open seconds; DL_NEVER where the text does not say. */
void dl_said_on(const dl_quoting *q, const dl_attrib *a, int64_t *from, int64_t *to);

#endif
