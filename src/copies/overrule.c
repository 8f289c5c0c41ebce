/* overrule.c: counting lines anew by a person's word. */
#include "copies/overrule.h"
#include "copies/source.h"

/* The page with whose text `page` counts; who goes in a circle counts alone. */
static uint32_t root_of(const uint32_t *rule, uint32_t page, uint32_t most)
{
    uint32_t at = page;
    for (uint32_t i = 0; i <= most; i++) {
        if (rule[at] == DL_NONE || rule[at] == at) return at;
        at = rule[at];
    }
    return page;
}

static dl_str own_name(const dl_doc *d)
{
    dl_str name = dl_source_outlet(d);
    return name.len || !d ? name : dl_doc_str(d, d->meta->id);
}

/* Numbers in order of first page, so that none is without a page. */
static uint32_t renumber(uint32_t *of, uint32_t pages, uint32_t *fresh, uint32_t n)
{
    uint32_t used = 0;
    for (uint32_t i = 0; i < n; i++) fresh[i] = DL_NONE;
    for (uint32_t p = 0; p < pages; p++) {
        uint32_t *to = &fresh[of[p]];
        if (*to == DL_NONE) *to = used++;
        of[p] = *to;
    }
    return used;
}

bool dl_copies_overrule(dl_copies *c, const dl_overrule *v, uint32_t n, const dl_pages *pages, dl_arena *keep)
{
    dl_lines *l = &c->lines;
    const uint32_t most = l->lines + n;
    uint32_t *rule = dl_arena_raw(keep, (size_t)c->pages + 1, sizeof *rule);
    uint32_t *fresh = dl_arena_raw(keep, (size_t)l->texts + l->lines + n + 1, sizeof *fresh);
    uint8_t *first = DL_NEW(keep, (size_t)most + 1, uint8_t), *first_hand = DL_NEW(keep, (size_t)most + 1, uint8_t);
    dl_str *name = DL_NEW(keep, (size_t)most + 1, dl_str), *named = DL_NEW(keep, (size_t)most + 1, dl_str);
    if (!rule || !fresh || !first || !first_hand || !name || !named) return false;
    memset(rule, 0xff, ((size_t)c->pages + 1) * sizeof *rule);
    memcpy(first, l->first_hand, l->lines);
    memcpy(name, l->name, l->lines * sizeof *name);
    uint32_t texts = l->texts, lines = l->lines;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t p = v[i].page;
        rule[p] = v[i].of;
        if (v[i].of != DL_NONE) continue;
        l->text[p] = texts++;
        l->line[p] = lines;
        first[lines] = 1;
        name[lines++] = own_name(dl_page(pages, p));
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t p = v[i].page, root = v[i].of == DL_NONE ? p : root_of(rule, p, n);
        l->text[p] = l->text[root];
        l->line[p] = l->line[root];
    }
    l->texts = renumber(l->text, c->pages, fresh, texts);
    l->lines = renumber(l->line, c->pages, fresh, lines);
    for (uint32_t i = 0; i < lines; i++) {
        if (fresh[i] == DL_NONE) continue;
        first_hand[fresh[i]] = first[i];
        named[fresh[i]] = name[i];
    }
    l->first_hand = first_hand;
    l->name = named;
    return true;
}
