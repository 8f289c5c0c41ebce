/* schema.h: the tables of a document as data: what build.c grows, seal.c copies and checks.
 * One row a column; adding a column is one line here and one in doc.h. */
#ifndef DL_DOC_SCHEMA_H
#define DL_DOC_SCHEMA_H

#include "doc/build.h"

typedef enum dl_check {
    DL_CHECK_NONE,
    DL_CHECK_TEXT, /* dl_span of text: beg <= end <= text_len                                   */
    DL_CHECK_REF,  /* dl_ref of strings                                                         */
    DL_CHECK_SPAN, /* dl_span of the page as read: beg <= end                                   */
    DL_CHECK_ENUM, /* uint8_t below `limit`                                                     */
    DL_CHECK_ROW,  /* uint32_t row of table `limit`, or DL_NONE                                 */
    DL_CHECK_ROWS, /* dl_span of rows of table `limit`                                          */
} dl_check;

typedef struct dl_column {
    uint16_t at;   /* offset of the column's pointer in dl_doc                                  */
    uint8_t size;  /* bytes of an element                                                       */
    uint8_t check; /* dl_check                                                                  */
    uint16_t limit;
} dl_column;

typedef struct dl_table_info {
    const char *name;
    uint16_t at; /* offset of the table's n in dl_doc                                         */
    uint16_t cols;
    const dl_column *col; /* [cols]                                                             */
} dl_table_info;

extern const dl_table_info dl_schema[DL_TABLES];

static inline uint32_t *dl_table_n(dl_doc *d, dl_table t) { return (uint32_t *)(void *)((char *)d + dl_schema[t].at); }
static inline uint32_t dl_table_rows(const dl_doc *d, dl_table t)
{
    return *(const uint32_t *)(const void *)((const char *)d + dl_schema[t].at);
}
static inline void **dl_column_of(dl_doc *d, const dl_column *c) { return (void **)(void *)((char *)d + c->at); }
static inline const void *dl_column_data(const dl_doc *d, const dl_column *c)
{
    return *(void *const *)(const void *)((const char *)d + c->at);
}

#endif
