/* test.h: cmocka with the headers that it wants before itself. */
#ifndef DL_TESTS_TEST_H
#define DL_TESTS_TEST_H

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
/* clang-format on */

#endif
