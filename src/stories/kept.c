/* kept.c: opening, adding and asking; kept_folder.c has the files. */
#include "stories/kept.h"

#include "base/error.h"
#include "base/folder.h"
#include "base/limits.h"
#include "stories/log.h"

enum { COMMIT = 50000 }; /* pages                                                                   */

static dl_status know_pages(dl_kept *k, dl_error *err)
{
    for (uint64_t i = k->known.lo; i < k->known.hi; i++) {
        const dl_page_known *p = dl_tape_at(&k->known, i);
        if (!dl_map_put(&k->before, p->key, (uint32_t)i)) return dl_fail_mem(err, k->dir);
    }
    return DL_OK;
}

static dl_page_left leaving(const dl_online *s, uint32_t page)
{
    const dl_online_story *t = dl_online_of(s, page);
    return (dl_page_left){ .story = t->number, .continues = t->continues, .centre = (float)dl_online_centre(s, page) };
}

static void put_late(dl_kept *k, const dl_page_known *p, uint32_t story)
{
    const uint32_t head_of_it[2] = { story, p->id_len };
    dl_buf_add(&k->late, (dl_str){ (const char *)head_of_it, sizeof head_of_it });
    dl_buf_add(&k->late, (dl_str){ dl_tape_at(&k->id, p->id), p->id_len });
}

static bool leave(void *ctx, uint32_t page, uint32_t story)
{
    dl_kept *k = ctx;
    dl_page_left l = leaving(&k->online, page);
    if (k->known.hi) {
        const dl_page_known *p = dl_tape_at(&k->known, page);
        l.key = p->key;
        if (k->dir && p->told != DL_NONE && p->told != story) put_late(k, p, story);
        dl_tape_drop(&k->id, p->id + p->id_len + 1);
        dl_tape_drop(&k->known, (uint64_t)page + 1);
    }
    dl_buf_add(&k->left, (dl_str){ (const char *)&l, sizeof l });
    return !k->left.failed && !k->late.failed;
}

dl_status dl_kept_open(dl_kept *out, const char *dir, const dl_models *m, const dl_online_set *set, dl_error *err)
{
    *out = (dl_kept){ .dir = dir, .lock = -1, .next = 1 };
    dl_arena_init(&out->arena, DL_ARENA_MAX);
    dl_arena_init(&out->scratch, DL_ARENA_MAX);
    dl_buf_init(&out->left, SIZE_MAX / 2);
    dl_buf_init(&out->late, SIZE_MAX / 2);
    dl_buf_init(&out->log, SIZE_MAX / 2);
    dl_map_init(&out->before, &out->arena);
    dl_tape_init(&out->known, sizeof(dl_page_known), 10);
    dl_tape_init(&out->id, 1, 18);
    dl_online_set own = set ? *set : (dl_online_set){ 0 };
    own.leaves = leave;
    own.ctx = out;
    own.log |= dir != NULL;
    dl_status st = dl_online_open(&out->online, m, &own, err);
    if (st || !dir) return st;
    st = dl_folder_hold(&out->lock, dir, err);
    if (!st) st = dl_kept_read(out, err);
    out->first = dl_online_pages(&out->online);
    out->left_from = (uint32_t)out->online.page.lo;
    return st ? st : know_pages(out, err);
}

void dl_kept_close(dl_kept *k)
{
    for (size_t i = 0; i < k->n_parts; i++) dl_mapped_close(&k->part[i].map);
    for (size_t i = 0; i < k->n_logged; i++) dl_mapped_close(&k->logged[i].map);
    dl_online_close(&k->online);
    dl_tape_free(&k->known);
    dl_tape_free(&k->id);
    dl_buf_free(&k->left);
    dl_buf_free(&k->late);
    dl_buf_free(&k->log);
    dl_arena_free(&k->arena);
    dl_arena_free(&k->scratch);
    dl_folder_release(k->lock);
    *k = (dl_kept){ .lock = -1 };
}

/* ---- Asking ---------------------------------------------------------------------------------------- */

/* The page in a part that has left, or NULL. */
static const dl_page_left *find_left(const dl_kept *k, uint64_t key)
{
    for (size_t i = 0; i < k->n_parts; i++) {
        const dl_page_left *v = (const void *)k->part[i].map.p;
        size_t lo = 0, hi = k->part[i].map.len / sizeof *v;
        while (lo < hi) {
            size_t mid = lo + (hi - lo) / 2;
            if (v[mid].key < key)
                lo = mid + 1;
            else
                hi = mid;
        }
        if (lo < k->part[i].map.len / sizeof *v && v[lo].key == key) return &v[lo];
    }
    return NULL;
}

dl_str dl_kept_id(const dl_kept *k, uint32_t page)
{
    if (page < k->known.lo || page >= k->known.hi) return (dl_str){ 0 };
    const dl_page_known *p = dl_tape_at(&k->known, page);
    return (dl_str){ dl_tape_at(&k->id, p->id), p->id_len };
}

dl_status dl_kept_lines(const dl_kept *k, bool (*tell)(void *ctx, dl_str lines), void *ctx, dl_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < k->n_logged; i++) {
        const dl_mapped *m = &k->logged[i].map;
        dl_status st = dl_kept_check_log(k, &k->logged[i], err);
        if (st) return st;
        ok = !m->len || tell(ctx, (dl_str){ (const char *)m->p, m->len });
    }
    ok = ok && (!k->log.len || tell(ctx, dl_buf_str(&k->log)));
    return ok ? DL_OK : dl_fail_sys(err, "output", "cannot be written");
}

bool dl_kept_knows(const dl_kept *k, uint64_t key)
{
    return k->dir && (dl_map_get(&k->before, key) != DL_NONE || find_left(k, key));
}

/* A page that has left in this run, or NULL. */
static const dl_page_left *left_at(const dl_kept *k, uint32_t page)
{
    const size_t at = page - k->left_from;
    const bool left = page >= k->left_from && at < k->left.len / sizeof(dl_page_left);
    return left ? (const dl_page_left *)(const void *)k->left.p + at : NULL;
}

dl_page_left dl_kept_left(const dl_kept *k, uint32_t page)
{
    if (dl_online_has(&k->online, page)) return leaving(&k->online, page);
    const dl_page_left *l = left_at(k, page);
    return l ? *l : (dl_page_left){ .story = DL_NONE, .continues = DL_NONE };
}

uint32_t dl_kept_story(const dl_kept *k, uint32_t page)
{
    if (dl_online_has(&k->online, page)) return dl_online_of(&k->online, page)->number;
    const dl_page_left *l = left_at(k, page);
    return l ? l->story : DL_NONE;
}

uint32_t dl_kept_story_of(const dl_kept *k, uint64_t key)
{
    const uint32_t page = dl_map_get(&k->before, key);
    if (page != DL_NONE) return dl_kept_story(k, page);
    const dl_page_left *l = find_left(k, key);
    return l ? l->story : DL_NONE;
}

void dl_kept_told(dl_kept *k, uint64_t key, uint32_t page, uint32_t story)
{
    if (page == DL_NONE) page = dl_map_get(&k->before, key);
    if (!k->dir || page == DL_NONE || page < k->known.lo || page >= k->known.hi) return;
    ((dl_page_known *)dl_tape_at(&k->known, page))->told = story;
}

static bool tell_late(dl_kept *k, bool (*tell)(void *ctx, dl_str id, uint32_t story), void *ctx)
{
    uint32_t h[2];
    for (size_t at = 0; at + sizeof h <= k->late.len; at += h[1]) {
        memcpy(h, k->late.p + at, sizeof h);
        at += sizeof h;
        if (h[1] > k->late.len - at || !tell(ctx, (dl_str){ k->late.p + at, h[1] }, h[0])) return false;
    }
    dl_buf_reset(&k->late);
    return true;
}

bool dl_kept_changed(dl_kept *k, bool (*tell)(void *ctx, dl_str id, uint32_t story), void *ctx)
{
    if (!tell_late(k, tell, ctx)) return false;
    for (uint64_t i = k->known.lo; k->dir && i < k->known.hi; i++) {
        dl_page_known *p = dl_tape_at(&k->known, i);
        const uint32_t story = dl_online_of(&k->online, (uint32_t)i)->number;
        if (p->told == story) continue;
        p->told = story;
        if (!tell(ctx, dl_kept_id(k, (uint32_t)i), story)) return false;
    }
    return true;
}

/* ---- Adding ---------------------------------------------------------------------------------------- */

static bool know(dl_kept *k, const dl_sheet *s)
{
    enum { ID_MAX = 1 << 16 };
    uint64_t at;
    const dl_str id = dl_sheet_id(s);
    const uint32_t len = (uint32_t)(id.len < ID_MAX ? id.len : ID_MAX);
    dl_page_known *p = dl_tape_add(&k->known, 1, &at);
    char *to = p ? dl_tape_add(&k->id, len + 1, &p->id) : NULL;
    if (!to) return false;
    memcpy(to, id.p, len);
    p->key = s->key;
    p->id_len = len;
    p->told = DL_NONE;
    return true;
}

/* Changes become lines as long as their pages are known. */
static bool write_log(dl_kept *k, uint64_t from)
{
    dl_json j = dl_json_to(&k->log);
    for (uint64_t i = from; i < k->online.change.hi; i++) {
        const dl_change *c = dl_tape_at(&k->online.change, i);
        dl_json_open(&j, '{');
        dl_change_keys(&j, c, dl_kept_id(k, c->page), dl_kept_id(k, c->cause));
        dl_json_close(&j, '}');
        dl_json_line(&j);
    }
    return !k->log.failed;
}

dl_status dl_kept_add(dl_kept *k, const dl_sheet *s, dl_error *err)
{
    const uint64_t changes = k->online.change.hi;
    const bool named = k->online.set.log;
    if (named && !know(k, s)) return dl_fail_mem(err, "stories");
    dl_status st = dl_online_add(&k->online, s, err);
    if (!st && named && !write_log(k, changes)) st = dl_fail_mem(err, "stories");
    if (st || !k->dir) return st;
    const uint64_t live = k->online.page.hi - k->online.page.lo;
    return ++k->since < COMMIT || k->since < live / 2 ? DL_OK : dl_kept_commit(k, err);
}
