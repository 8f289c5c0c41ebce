/* state.c: a stream as bytes, and back. What is read is not trusted: every number that leads somewhere is looked at.
 *
 *     head | stories | frequencies | furniture | postings | pages | ties | cells | links | rows of later links | u64 hash of all before
 */
#include <stdlib.h>

#include "base/date.h"
#include "base/error.h"
#include "base/hash.h"
#include "stories/online.h"

typedef struct head {
    char magic[8];
    uint32_t page, story, later, bags; /* sizes: of another build none of it can be read            */
    uint32_t stories, free, free_later, numbers, swept, zero;
    dl_clock clock;
} head;

static const char MAGIC[8] = "DLstory4";

static head head_of(const dl_online *s)
{
    head h = { .page = sizeof(dl_online_page) + sizeof(dl_online_ties) + sizeof(dl_online_terms),
               .story = sizeof(dl_online_story),
               .later = sizeof(dl_online_later),
               .bags = DL_BAGS,
               .stories = s->stories,
               .free = s->free,
               .free_later = s->free_later,
               .numbers = s->numbers,
               .clock = s->clock,
               .swept = s->swept };
    memcpy(h.magic, MAGIC, sizeof MAGIC);
    return h;
}

bool dl_online_put(const dl_online *s, dl_buf *out)
{
    const size_t beg = out->len;
    const head h = head_of(s);
    dl_buf_add(out, (dl_str){ (const char *)&h, sizeof h });
    dl_buf_add(out, (dl_str){ (const char *)s->story, s->stories * sizeof *s->story });
    bool ok = dl_frequency_put(&s->frequency, out) && dl_furniture_put(&s->furniture, out) &&
              dl_postings_put(&s->postings, out) && dl_tape_put(&s->page, out) && dl_tape_put(&s->ties, out) &&
              dl_tape_put(&s->cell, out) && dl_tape_put(&s->link, out) && dl_tape_put(&s->later, out);
    if (!ok || out->failed) return false;
    const uint64_t sum = dl_hash(out->p + beg, out->len - beg, 0);
    dl_buf_add(out, (dl_str){ (const char *)&sum, sizeof sum });
    return !out->failed;
}

/* ---- Back ---------------------------------------------------------------------------------------- */

static bool take_head(dl_online *s, const uint8_t **at, const uint8_t *end)
{
    head h, now = head_of(s);
    if ((size_t)(end - *at) < sizeof h) return false;
    memcpy(&h, *at, sizeof h);
    *at += sizeof h;
    if (memcmp(h.magic, MAGIC, sizeof MAGIC) != 0 || h.page != now.page || h.story != now.story || h.later != now.later ||
        h.bags != now.bags)
        return false;
    const size_t bytes = h.stories * sizeof *s->story;
    if ((size_t)(end - *at) < bytes) return false;
    s->story = malloc(bytes + 1);
    if (!s->story) return false;
    memcpy(s->story, *at, bytes);
    *at += bytes;
    s->stories = s->stories_cap = h.stories;
    s->free = h.free;
    s->free_later = h.free_later;
    s->numbers = h.numbers;
    s->clock = h.clock;
    s->swept = h.swept;
    return true;
}

static const int32_t FAR = 400 * 10000; /* no date that can be written is further off, in days */

static bool within(const dl_tape *t, uint64_t from, uint64_t n)
{
    return !n || (from >= t->lo && from <= t->hi && n <= t->hi - from && from >> t->shift == (from + n - 1) >> t->shift);
}

/* The rows of a page's later links: of pages of the window, each earlier than the one before, so that they end. */
static bool sound_later(const dl_online *s, uint32_t page, uint64_t *rows)
{
    uint64_t before = s->page.hi;
    for (uint32_t row = dl_online_ties_of(s, page)->later; row != DL_NONE; ++*rows) {
        if (row >= s->later.hi) return false;
        const dl_online_later *t = dl_tape_at(&s->later, row);
        if (!t->n || t->n > DL_LATER_LINKS) return false;
        for (uint32_t i = t->n; i-- > 0; before = t->link[i].page) {
            if (t->link[i].page >= before || t->link[i].page <= page) return false;
        }
        row = t->before;
    }
    return true;
}

/* Do the page's terms lie in their tape, and are they what a page has? */
static bool sound_terms(const dl_online *s, uint32_t page)
{
    const uint64_t least = (sizeof(dl_online_terms) + s->cell.size - 1) / s->cell.size, at = dl_online_at(s, page)->cells;
    if (!within(&s->cell, at, least) || !within(&s->cell, at, dl_online_cells(dl_tape_at(&s->cell, at)))) return false;
    const dl_vector v = dl_online_vector(s, page);
    if (v.bag[DL_BAG_ALL].n > DL_VECTOR_TERMS) return false;
    for (int k = 0; k < DL_PARTS; k++) {
        for (uint32_t i = 0; i < v.part[k].n; i++) {
            if (v.part[k].place[i] >= v.bag[DL_BAG_ALL].n) return false;
        }
    }
    return true;
}

/* Are the page's terms and links sound, and is it a page of its story? */
static bool sound_page(const dl_online *s, uint32_t page, uint64_t *rows)
{
    const dl_online_page *p = dl_online_at(s, page);
    const dl_online_ties *t = dl_online_ties_of(s, page);
    if (p->story >= s->stories || !within(&s->link, t->links, t->n_links)) return false;
    if (p->day != DL_DAY_UNKNOWN && (p->day < -FAR || p->day > FAR)) return false;
    for (uint32_t i = 0; i < t->n_links; i++) {
        const dl_near *to = dl_tape_at(&s->link, t->links + i);
        if (to->page >= page) return false;
    }
    return sound_terms(s, page) && sound_later(s, page, rows);
}

/* The members of a story: as many as it says, each of them once. */
static bool sound_story(const dl_online *s, uint32_t row, uint64_t *members)
{
    const dl_online_story *t = &s->story[row];
    uint32_t n = 0, before = DL_NONE;
    if (!t->n) return true;
    for (uint32_t p = t->first; p != DL_NONE; n++) {
        if (n == t->n || !dl_online_has(s, p) || dl_online_at(s, p)->story != row || dl_online_ties_of(s, p)->prev != before)
            return false;
        before = p;
        p = dl_online_ties_of(s, p)->next;
    }
    *members += n;
    return n == t->n && before == t->last && t->number < s->numbers;
}

static bool sound(const dl_online *s)
{
    uint64_t members = 0, later = 0;
    uint32_t rows = 0;
    if (s->ties.lo != s->page.lo || s->ties.hi != s->page.hi) return false;
    if (s->page.hi > DL_NONE || s->swept > s->page.hi || s->later.lo || s->later.hi > DL_NONE) return false;
    if (dl_postings_end(&s->postings) > s->page.hi) return false;
    for (uint64_t p = s->page.lo; p < s->page.hi; p++) {
        if (!sound_page(s, (uint32_t)p, &later)) return false;
    }
    for (uint32_t r = 0; r < s->stories; r++) {
        if (!sound_story(s, r, &members)) return false;
        rows += s->story[r].n != 0;
    }
    for (uint32_t r = s->free; r != DL_NONE; r = s->story[r].first) {
        if (r >= s->stories || s->story[r].n || rows++ == s->stories) return false;
    }
    for (uint32_t r = s->free_later; r != DL_NONE; r = ((const dl_online_later *)dl_tape_at(&s->later, r))->before) {
        if (r >= s->later.hi || ((const dl_online_later *)dl_tape_at(&s->later, r))->n || later++ == s->later.hi) return false;
    }
    return members == s->page.hi - s->page.lo && rows == s->stories && later == s->later.hi;
}

dl_status dl_online_take(dl_online *s, dl_str bytes, dl_error *err)
{
    const uint8_t *at = (const uint8_t *)bytes.p, *end = at + bytes.len;
    uint64_t sum;
    if (bytes.len < sizeof sum) return dl_fail(err, DL_ESTORE, "stories", bytes.len, "the state is cut off");
    end -= sizeof sum;
    memcpy(&sum, end, sizeof sum);
    if (sum != dl_hash(bytes.p, bytes.len - sizeof sum, 0))
        return dl_fail(err, DL_ESTORE, "stories", bytes.len - sizeof sum, "the state does not have its checksum");
    bool ok = take_head(s, &at, end) && dl_frequency_take(&s->frequency, &at, end) &&
              dl_furniture_take(&s->furniture, &at, end) && dl_postings_take(&s->postings, &at, end) &&
              dl_tape_take(&s->page, &at, end) && dl_tape_take(&s->ties, &at, end) && dl_tape_take(&s->cell, &at, end) &&
              dl_tape_take(&s->link, &at, end) && dl_tape_take(&s->later, &at, end) && at == end;
    if (ok && sound(s)) return DL_OK;
    return dl_fail(err, DL_ESTORE, "stories", (uint64_t)(at - (const uint8_t *)bytes.p),
                   "the state is damaged, or of another version");
}
