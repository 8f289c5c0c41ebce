/* pack.c: opening a pack and finding a section in it. */
#include "model/pack.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/error.h"
#include "base/pack_format.h"

extern const uint8_t dl_pack_linked[], dl_pack_linked_end[];

struct dl_models {
    const uint8_t *p;
    size_t len;
    const dl_pack_entry *entry; /* [n] sorted by name */
    uint32_t n, sum;
    void *map; /* NULL: linked in */
};

static uint32_t crc(const void *p, size_t n) { return (uint32_t)crc32_z(crc32_z(0, NULL, 0), p, n); }

static dl_status map_file(dl_models *m, const char *path, dl_error *err)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return dl_fail_sys(err, path, "cannot open the model pack");
    if (fstat(fd, &info)) {
        close(fd);
        return dl_fail_sys(err, path, "cannot look at the model pack");
    }
    m->len = (size_t)info.st_size;
    m->map = m->len ? mmap(NULL, m->len, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    close(fd);
    if (m->map == MAP_FAILED) {
        m->map = NULL;
        return dl_fail_sys(err, path, "cannot map the model pack");
    }
    m->p = m->map;
    return DL_OK;
}

static dl_status check(dl_models *m, const char *where, dl_error *err)
{
    const dl_pack_head *h = (const void *)m->p;
    if (m->len < sizeof *h || memcmp(h->magic, DL_PACK_MAGIC, sizeof h->magic))
        return dl_fail(err, DL_EMODEL, where, 0, "not a model pack of this version");
    if (h->length != m->len)
        return dl_fail(err, DL_EMODEL, where, 16, "cut: says %llu bytes, has %zu", (unsigned long long)h->length, m->len);
    if (h->n > (m->len - sizeof *h) / sizeof *m->entry)
        return dl_fail(err, DL_EMODEL, where, 8, "its directory is longer than the file");
    m->entry = (const void *)(m->p + sizeof *h);
    m->n = h->n;
    m->sum = crc(m->entry, m->n * sizeof *m->entry);
    if (m->sum != h->sum) return dl_fail(err, DL_EMODEL, where, sizeof *h, "its directory is damaged");
    for (uint32_t i = 0; i < m->n; i++) {
        const dl_pack_entry *e = &m->entry[i];
        bool fits = e->offset <= m->len && e->length <= m->len - e->offset && e->offset % 64 == 0;
        if (!fits || !memchr(e->name, 0, sizeof e->name) || (i && strcmp(m->entry[i - 1].name, e->name) >= 0))
            return dl_fail(err, DL_EMODEL, where, sizeof *h + i * sizeof *e, "section %u of the directory is wrong", i);
    }
    return DL_OK;
}

dl_status dl_models_open(dl_models **out, const char *path, dl_error *err)
{
    dl_models *m = calloc(1, sizeof *m);
    if (!m) return dl_fail_mem(err, "models");
    dl_status st = DL_OK;
    if (path)
        st = map_file(m, path, err);
    else
        *m = (dl_models){ .p = dl_pack_linked, .len = (size_t)(dl_pack_linked_end - dl_pack_linked) };
    if (!st) st = check(m, path ? path : "linked pack", err);
    if (st) {
        dl_models_close(m);
        return st;
    }
    *out = m;
    return DL_OK;
}

void dl_models_close(dl_models *m)
{
    if (!m) return;
    if (m->map) munmap(m->map, m->len);
    free(m);
}

dl_str dl_models_section(const dl_models *m, const char *name)
{
    uint32_t lo = 0, hi = m->n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        int c = strcmp(m->entry[mid].name, name);
        if (!c) return (dl_str){ (const char *)m->p + m->entry[mid].offset, (size_t)m->entry[mid].length };
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return (dl_str){ NULL, 0 };
}

dl_str dl_models_part(const dl_models *m, const char *of, const char *what)
{
    char name[sizeof m->entry->name];
    const int n = snprintf(name, sizeof name, "%s/%s", of, what);
    return n < (int)sizeof name ? dl_models_section(m, name) : (dl_str){ NULL, 0 };
}

dl_status dl_models_check(const dl_models *m, dl_error *err)
{
    for (uint32_t i = 0; i < m->n; i++) {
        const dl_pack_entry *e = &m->entry[i];
        if (crc(m->p + e->offset, (size_t)e->length) != e->sum)
            return dl_fail(err, DL_EMODEL, e->name, e->offset, "this section is damaged");
    }
    return DL_OK;
}

uint32_t dl_models_sum(const dl_models *m) { return m->sum; }
uint32_t dl_models_count(const dl_models *m) { return m->n; }
const char *dl_models_name(const dl_models *m, uint32_t i) { return m->entry[i].name; }
