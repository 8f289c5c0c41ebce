/* outlets.c: outlets of the story that other pages name. */
#include "claims/outlets.h"
#include "base/utf8.h"

/* "The Lantern Post" and "lantern post" are one; 0: too little to go by. */
static uint64_t key_of(dl_str name)
{
    enum { LEAST = 3 };
    char folded[128];
    if (dl_str_starts_nocase(name, DL_STR("the "))) name = dl_str_cut(name, 4, name.len);
    size_t n = dl_fold(folded, sizeof folded, name);
    return n < LEAST || n > sizeof folded ? 0 : dl_hash(folded, n, 0);
}

static bool put(dl_outlets *o, dl_str name, uint32_t line)
{
    uint64_t key = key_of(name);
    return !key || dl_map_put(&o->line, key, line) != NULL;
}

bool dl_outlets_make(dl_outlets *out, const dl_matter *m, dl_arena *a)
{
    *out = (dl_outlets){ .m = m };
    dl_map_init(&out->line, a);
    for (uint32_t i = 0; i < m->n; i++) {
        const dl_doc *d = dl_page(m->pages, m->page[i]);
        uint32_t line = m->lines->line[m->page[i]];
        if (!put(out, m->lines->name[line], line)) return false;
        if (d && !put(out, dl_doc_str(d, d->meta->outlet), line)) return false;
    }
    return true;
}

/* The line of an outlet of that name, or DL_NONE. */
static uint32_t named(const dl_outlets *o, dl_str name)
{
    uint64_t key = key_of(name);
    return key ? dl_map_get(&o->line, key) : DL_NONE;
}

uint32_t dl_outlets_line(const dl_outlets *o, const dl_support *s)
{
    const uint32_t own = o->m->lines->line[s->page];
    const dl_doc *d = dl_page(o->m->pages, s->page);
    if (s->quote == DL_NONE || !d) return own;
    for (uint32_t i = d->quotes.parts[s->quote].beg; i < d->quotes.parts[s->quote].end; i++) {
        if (d->parts.role[i] != DL_SOURCE && d->parts.role[i] != DL_VIA) continue;
        uint32_t line = named(o, dl_doc_text(d, d->parts.span[i]));
        if (line == DL_NONE && d->parts.ent[i] != DL_NONE) {
            uint32_t actor = dl_actor_of(o->m->actors, s->page, d->parts.ent[i]);
            if (actor != DL_NONE) line = named(o, o->m->actors->name[actor]);
        }
        if (line != DL_NONE) return line;
    }
    return own;
}
