/* mkpack.c: makes the model pack.  mkpack OUT.dlm FILE...
 * A FILE.tsv becomes section "data/FILE" (model/table.h); a FILE.dlm gives all of its sections.
 * The same files give the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/pack_format.h"
#include "base/sort.h"
#include "base/table_format.h"

enum { MAX_PARTS = 1024, MAX_COLS = 32 };

typedef struct row {
    dl_str cell[MAX_COLS];
    uint32_t n;
} row;

typedef struct packer {
    dl_arena arena;
    dl_pack_part part[MAX_PARTS];
    uint32_t n;
} packer;

static int die(const char *path, const char *why)
{
    fprintf(stderr, "mkpack: %s: %s\n", path, why);
    return 1;
}

static dl_str read_file(dl_arena *a, const char *path)
{
    dl_str out = { NULL, 0 };
    FILE *f = fopen(path, "rb");
    if (!f) return out;
    if (!fseek(f, 0, SEEK_END)) {
        long size = ftell(f);
        rewind(f);
        char *p = size < 0 ? NULL : dl_arena_raw(a, (size_t)size + 1, 1);
        if (p && fread(p, 1, (size_t)size, f) == (size_t)size) out = (dl_str){ p, (size_t)size };
    }
    fclose(f);
    return out;
}

static int by_key(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    return dl_str_cmp(((const row *)a)->cell[0], ((const row *)b)->cell[0]);
}

/* The rows of a TSV: comments and empty lines left out. */
static row *rows_of(packer *p, dl_str file, uint32_t *out_n, uint32_t *out_cols)
{
    row *rows = NULL;
    size_t n = 0, cap = 0;
    uint32_t cols = 1;
    dl_str rest = file, line, cell;
    while (dl_str_next(&rest, '\n', &line)) {
        if (line.len && line.p[line.len - 1] == '\r') line.len--;
        if (!line.len || line.p[0] == '#') continue;
        if (!DL_ROOM(&p->arena, rows, n, cap)) return NULL;
        row *r = &rows[n++];
        r->n = 0;
        while (r->n < MAX_COLS && dl_str_next(&line, '\t', &cell)) r->cell[r->n++] = cell;
        if (r->n > cols) cols = r->n;
    }
    if (!dl_sort(rows, n, sizeof *rows, by_key, NULL, &p->arena)) return NULL;
    *out_n = (uint32_t)n;
    *out_cols = cols;
    return rows;
}

static void put_slots(uint32_t *slot, uint32_t n_slots, const row *rows, uint32_t n)
{
    memset(slot, 0xFF, n_slots * sizeof *slot);
    for (uint32_t r = 0; r < n; r++) {
        if (r && dl_str_eq(rows[r].cell[0], rows[r - 1].cell[0])) continue;
        const uint64_t hash = dl_hash_str(rows[r].cell[0]);
        uint32_t i = (uint32_t)hash & (n_slots - 1);
        while (slot[i] != DL_NONE) i = (i + 1) & (n_slots - 1);
        slot[i] = DL_TABLE_CHECK(hash) | r;
    }
}

static dl_str table_of(packer *p, dl_str file)
{
    uint32_t n = 0, cols = 0, n_slots = 1;
    row *rows = rows_of(p, file, &n, &cols);
    if (!rows || n > DL_TABLE_ROWS_MAX) return (dl_str){ NULL, 0 };
    while (n_slots < 2 * n) n_slots *= 2;
    size_t fixed = sizeof(dl_table_head) + 4 * ((size_t)n_slots + (size_t)n * cols + 1);
    char *out = dl_arena_get(&p->arena, fixed + file.len, 1);
    if (!out) return (dl_str){ NULL, 0 };
    dl_table_head *h = (void *)out;
    uint32_t *slot = (void *)(out + sizeof *h), *cell = slot + n_slots, at = 0;
    put_slots(slot, n_slots, rows, n);
    for (uint32_t r = 0; r < n; r++)
        for (uint32_t c = 0; c < cols; c++) {
            dl_str s = c < rows[r].n ? rows[r].cell[c] : (dl_str){ NULL, 0 };
            *cell++ = at;
            if (s.len) memcpy(out + fixed + at, s.p, s.len);
            at += (uint32_t)s.len;
        }
    *cell = at;
    *h = (dl_table_head){ n, cols, n_slots, at };
    return (dl_str){ out, fixed + at };
}

static int add(packer *p, const char *name, size_t name_len, dl_str bytes)
{
    if (p->n == MAX_PARTS || name_len >= sizeof p->part[0].name) return die(name, "too many sections or too long a name");
    dl_pack_part *part = &p->part[p->n++];
    memset(part->name, 0, sizeof part->name);
    memcpy(part->name, name, name_len);
    part->p = bytes.p;
    part->len = bytes.len;
    return 0;
}

static int add_pack(packer *p, const char *path, dl_str file)
{
    const dl_pack_head *h = (const void *)file.p;
    if (file.len < sizeof *h || memcmp(h->magic, DL_PACK_MAGIC, sizeof h->magic) || h->length != file.len ||
        h->n > (file.len - sizeof *h) / sizeof(dl_pack_entry))
        return die(path, "not a pack");
    const dl_pack_entry *e = (const void *)(file.p + sizeof *h);
    for (uint32_t i = 0; i < h->n; i++) {
        if (e[i].offset > file.len || e[i].length > file.len - e[i].offset) return die(path, "a section lies outside the file");
        if (add(p, e[i].name, strlen(e[i].name), (dl_str){ file.p + e[i].offset, (size_t)e[i].length })) return 1;
    }
    return 0;
}

static int add_file(packer *p, const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');
    dl_str file = read_file(&p->arena, path);
    if (!file.p) return die(path, "cannot be read");
    if (dot && !strcmp(dot, ".dlm")) return add_pack(p, path, file);
    if (!dot || strcmp(dot, ".tsv")) return die(path, "neither .tsv nor .dlm");
    char name[48];
    int len = snprintf(name, sizeof name, "data/%.*s", (int)(dot - base), base);
    dl_str table = table_of(p, file);
    if (!table.p) return die(path, "empty, or no memory");
    return add(p, name, len < 0 ? sizeof name : (size_t)len, table);
}

int main(int argc, char **argv)
{
    static packer p;
    dl_error err = { 0 };
    if (argc < 2) return die("usage", "mkpack OUT.dlm FILE...");
    dl_arena_init(&p.arena, SIZE_MAX / 2);
    for (int i = 2; i < argc; i++)
        if (add_file(&p, argv[i])) return 1;
    if (dl_pack_write(argv[1], p.part, p.n, &err)) return die(err.where, err.message);
    dl_arena_free(&p.arena);
    return 0;
}
