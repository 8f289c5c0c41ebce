/* utf8.h: reading UTF-8, and the few character classes that text work needs.
 * Bytes are never trusted: what is not UTF-8 decodes to U+FFFD, one byte at a time. */
#ifndef DL_BASE_UTF8_H
#define DL_BASE_UTF8_H

#include "base/arena.h"

/* The code point at s[*at]; *at moves behind it. *at < s.len must hold. */
uint32_t dl_utf8_next(dl_str s, size_t *at);
/* The code point that ends at s[*at]; *at moves to its start. *at > 0 must hold. */
uint32_t dl_utf8_prev(dl_str s, size_t *at);
/* Writes 1 to 4 bytes, returns how many; surrogates and values above U+10FFFF become U+FFFD. */
size_t dl_utf8_put(char out[4], uint32_t cp);
/* Where the first byte is that is not ASCII, at or behind `at`; s.len: there is none. */
size_t dl_utf8_wide(dl_str s, size_t at);
/* Where the first byte is that is not UTF-8; s.len: there is none. */
size_t dl_utf8_bad(dl_str s);
/* s, or a copy in which every bad byte is U+FFFD. */
dl_str dl_utf8_clean(dl_arena *a, dl_str s);

bool dl_cp_letter(uint32_t cp);   /* general category L*, M*                                     */
bool dl_cp_upper(uint32_t cp);    /* Lu, Lt                                                      */
bool dl_cp_lower(uint32_t cp);    /* Ll                                                          */
bool dl_cp_number(uint32_t cp);   /* N*                                                          */
bool dl_cp_space(uint32_t cp);    /* Z*, and ASCII white space                                   */
bool dl_cp_mark(uint32_t cp);     /* P*, S*                                                      */
bool dl_cp_cjk(uint32_t cp);      /* scripts written without spaces between words                */
bool dl_cp_quote(uint32_t cp);    /* " ' and their typographic kin, guillemets                   */
uint32_t dl_cp_fold(uint32_t cp); /* simple lower case                                         */

/* Lower case and without accents, dashes and quotes made ASCII: for comparing, never for output.
 * Writes at most `cap` bytes, returns the length it has. */
size_t dl_fold(char *out, size_t cap, dl_str s);

#endif
