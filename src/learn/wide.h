/* wide.h: DL_WIDE before a function has its loops compiled for each width of vectors; the widest that the machine has
 * is taken when the program starts. Without fused operations all of them round alike. */
#ifndef DL_LEARN_WIDE_H
#define DL_LEARN_WIDE_H

/* The choice is made before a sanitizer is ready for it. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&                         \
    !defined(__SANITIZE_THREAD__)
#define DL_WIDE __attribute__((target_clones("arch=x86-64-v4", "avx2", "default"), optimize("O3")))
#else
#define DL_WIDE
#endif

#endif
