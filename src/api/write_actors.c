/* write_actors.c: the answers of `dateline actors`: one line an actor with its mentions, or a list for people. */
#include "api/view.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/sort.h"

/* The mentions and roles of all pages, by actor. */
struct place {
    uint32_t page, row, next; /* row of the page's ments or roles; the actor's next one, or DL_NONE */
};

struct lists {
    struct place *place;
    uint32_t *first, *last; /* [actors]                                                          */
    uint32_t n;
};

static bool asked(const dl_view *v, uint32_t page)
{
    return v->story == DL_NONE || !v->stories || v->stories->of[page] == v->story;
}

static void put(struct lists *l, uint32_t actor, uint32_t page, uint32_t row)
{
    l->place[l->n] = (struct place){ page, row, DL_NONE };
    if (l->first[actor] == DL_NONE)
        l->first[actor] = l->n;
    else
        l->place[l->last[actor]].next = l->n;
    l->last[actor] = l->n++;
}

static bool gather(struct lists *l, const dl_view *v, dl_arena *a, bool roles)
{
    size_t total = 0;
    for (uint32_t p = 0; p < v->pages->n; p++) {
        const dl_doc *d = dl_page(v->pages, p);
        total += !d ? 0 : roles ? d->roles.n : d->ments.n;
    }
    *l = (struct lists){ DL_NEW(a, total + 1, struct place), dl_arena_raw(a, (size_t)v->actors->n + 1, sizeof(uint32_t)),
                         dl_arena_raw(a, (size_t)v->actors->n + 1, sizeof(uint32_t)), 0 };
    if (!l->place || !l->first || !l->last || total >= DL_NONE) return false;
    memset(l->first, 0xff, ((size_t)v->actors->n + 1) * sizeof *l->first);
    for (uint32_t p = 0; p < v->pages->n; p++) {
        const dl_doc *d = asked(v, p) ? dl_page(v->pages, p) : NULL;
        if (!d) continue;
        for (uint32_t r = 0; r < (roles ? d->roles.n : d->ments.n); r++)
            put(l, dl_actor_of(v->actors, p, roles ? d->roles.ent[r] : d->ments.ent[r]), p, r);
    }
    return true;
}

struct shown {
    dl_map *seen; /* what this actor's line has already                                          */
    uint32_t actor;
};

static bool new_here(struct shown *s, dl_str what, uint32_t kind)
{
    uint32_t *at = dl_map_put(s->seen, dl_hash_mix(dl_hash_mix(s->actor, kind), dl_hash_str(what)), 0);
    return at && (*at)++ == 0;
}

/* The names that pages print: not pronouns; titles only of those who have no name. */
static bool is_alias(const dl_doc *d, uint32_t row, bool nameless)
{
    uint8_t k = d->ments.kind[row];
    return k == DL_BY_NAME || k == DL_BY_METONYM || (k == DL_BY_TITLE && nameless);
}

static bool has_name(const dl_view *v, const struct lists *ments, uint32_t actor)
{
    for (uint32_t i = ments->first[actor]; i != DL_NONE; i = ments->place[i].next)
        if (is_alias(dl_page(v->pages, ments->place[i].page), ments->place[i].row, false)) return true;
    return false;
}

static void json_aliases(dl_json *j, const dl_view *v, const struct lists *ments, struct shown *s, dl_arena *a)
{
    bool nameless = !has_name(v, ments, s->actor);
    dl_json_key(j, "aliases");
    dl_json_open(j, '[');
    for (uint32_t i = ments->first[s->actor]; i != DL_NONE; i = ments->place[i].next) {
        const dl_doc *d = dl_page(v->pages, ments->place[i].page);
        if (!is_alias(d, ments->place[i].row, nameless)) continue;
        dl_str said = dl_arena_folded(a, dl_doc_text(d, d->ments.span[ments->place[i].row]));
        if (new_here(s, said, 1)) dl_json_str(j, said);
    }
    dl_json_close(j, ']');
}

static void json_country(dl_json *j, uint32_t country)
{
    char code[4];
    dl_country_text(code, country);
    dl_json_word(j, country ? code : NULL);
}

static void json_roles(dl_json *j, const dl_view *v, const struct lists *roles, struct shown *s)
{
    dl_json_key(j, "roles");
    dl_json_open(j, '[');
    for (uint32_t i = roles->first[s->actor]; i != DL_NONE; i = roles->place[i].next) {
        const dl_doc *d = dl_page(v->pages, roles->place[i].page);
        uint32_t r = roles->place[i].row;
        dl_str title = dl_doc_str(d, d->roles.title[r]);
        if (!new_here(s, title, 2 + roles->place[i].page)) continue;
        dl_json_open(j, '{');
        dl_json_key(j, "title");
        dl_json_str(j, title);
        dl_json_key(j, "country");
        json_country(j, d->roles.country[r]);
        dl_json_key(j, "page");
        dl_json_str(j, dl_doc_str(d, d->meta->id));
        dl_json_close(j, '}');
    }
    dl_json_close(j, ']');
}

static void json_mentions(dl_json *j, const dl_view *v, const struct lists *ments, uint32_t actor)
{
    dl_json_key(j, "mentions");
    dl_json_open(j, '[');
    for (uint32_t i = ments->first[actor]; i != DL_NONE; i = ments->place[i].next) {
        const dl_doc *d = dl_page(v->pages, ments->place[i].page);
        uint32_t r = ments->place[i].row;
        dl_json_open(j, '{');
        dl_json_key(j, "id");
        dl_json_str(j, dl_doc_str(d, d->meta->id));
        dl_json_key(j, "beg");
        dl_json_int(j, d->ments.span[r].beg);
        dl_json_key(j, "end");
        dl_json_int(j, d->ments.span[r].end);
        dl_json_key(j, "kind");
        dl_json_word(j, dl_mention_words[d->ments.kind[r]]);
        dl_json_close(j, '}');
    }
    dl_json_close(j, ']');
}

static void write_jsonl(dl_out *o, const dl_view *v, const struct lists *ments, const struct lists *roles, struct shown *s)
{
    dl_json j = dl_json_to(o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "actor");
    dl_json_str(&j, v->actors->name[s->actor]);
    dl_json_key(&j, "kind");
    dl_json_word(&j, dl_actor_words[v->actors->kind[s->actor]]);
    dl_json_key(&j, "country");
    json_country(&j, v->actors->country[s->actor]);
    json_aliases(&j, v, ments, s, o->scratch);
    json_roles(&j, v, roles, s);
    json_mentions(&j, v, ments, s->actor);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

/* ---- For people ---------------------------------------------------------------------------- */

/* Other names and offices behind the name, a few of each, as the pages print them. */
static void text_more(dl_out *o, const dl_view *v, const struct lists *ments, const struct lists *roles, struct shown *s)
{
    dl_str name = v->actors->name[s->actor];
    const char *between = "      also ";
    uint32_t left = 6;
    new_here(s, name, 1);
    for (uint32_t i = ments->first[s->actor]; i != DL_NONE && left; i = ments->place[i].next) {
        const dl_doc *d = dl_page(v->pages, ments->place[i].page);
        dl_str said = dl_arena_folded(o->scratch, dl_doc_text(d, d->ments.span[ments->place[i].row]));
        if (!is_alias(d, ments->place[i].row, false) || !new_here(s, said, 1)) continue;
        dl_buf_puts(o->buf, between);
        dl_buf_add(o->buf, said);
        between = ", ";
        left--;
    }
    if (left < 6) dl_buf_putc(o->buf, '\n');
    between = "      ";
    left = 4;
    for (uint32_t i = roles->first[s->actor]; i != DL_NONE && left; i = roles->place[i].next) {
        const dl_doc *d = dl_page(v->pages, roles->place[i].page);
        dl_str title = dl_doc_str(d, d->roles.title[roles->place[i].row]);
        if (!new_here(s, title, 2)) continue;
        dl_buf_puts(o->buf, between);
        dl_buf_add(o->buf, title);
        between = "; ";
        left--;
    }
    if (left < 4) dl_buf_putc(o->buf, '\n');
}

static void write_text(dl_out *o, const dl_view *v, const struct lists *ments, const struct lists *roles, struct shown *s)
{
    char code[4];
    uint32_t n = 0, pages = 0, last = DL_NONE;
    for (uint32_t i = ments->first[s->actor]; i != DL_NONE; i = ments->place[i].next, n++) {
        pages += ments->place[i].page != last;
        last = ments->place[i].page;
    }
    dl_country_text(code, v->actors->country[s->actor]);
    dl_buf_fmt(o->buf, "%5u  ", n);
    dl_buf_add(o->buf, v->actors->name[s->actor]);
    dl_buf_fmt(o->buf, "  (%s%s%s; %u page%s)\n", dl_actor_words[v->actors->kind[s->actor]], code[0] ? ", " : "", code, pages,
               pages == 1 ? "" : "s");
    text_more(o, v, ments, roles, s);
}

/* ---- Order --------------------------------------------------------------------------------- */

static int more_mentions(const void *a, const void *b, const void *ctx)
{
    const uint32_t *n = ctx, x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return n[x] != n[y] ? (n[x] > n[y] ? -1 : 1) : x < y ? -1 : x > y;
}

/* Those of the story that is asked for, the most mentioned first; *n of them. */
static uint32_t *in_order(const dl_view *v, const struct lists *ments, dl_arena *a, uint32_t *n)
{
    uint32_t *order = DL_NEW(a, (size_t)v->actors->n + 1, uint32_t), *count = DL_NEW(a, (size_t)v->actors->n + 1, uint32_t);
    *n = 0;
    if (!order || !count) return NULL;
    for (uint32_t k = 0; k < v->actors->n; k++) {
        for (uint32_t i = ments->first[k]; i != DL_NONE; i = ments->place[i].next) count[k]++;
        if (count[k]) order[(*n)++] = k;
    }
    return dl_sort(order, *n, sizeof *order, more_mentions, count, a) ? order : NULL;
}

dl_status dl_write_actors(dl_out *o, const dl_view *v, dl_error *err)
{
    struct lists ments, roles;
    dl_map seen;
    uint32_t n = 0;
    dl_map_init(&seen, o->scratch);
    if (!gather(&ments, v, o->scratch, false) || !gather(&roles, v, o->scratch, true)) return dl_fail_mem(err, "actors");
    uint32_t *order = in_order(v, &ments, o->scratch, &n);
    if (!order) return dl_fail_mem(err, "actors");
    for (uint32_t k = 0; k < n; k++) {
        struct shown s = { &seen, order[k] };
        if (o->req->format == DL_TEXT)
            write_text(o, v, &ments, &roles, &s);
        else
            write_jsonl(o, v, &ments, &roles, &s);
        o->rows++;
    }
    return dl_arena_failed(o->scratch) ? dl_fail_mem(err, "actors") : DL_OK;
}
