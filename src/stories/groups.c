/* groups.c: from links between pages to stories. Average link, not single link: one page that
 * resembles two stories must not chain them. The mean over the members is the quorum. */
#include <stdlib.h>

#include "stories/online.h"

enum {
    QUORUM = 32,   /* members of a large story that are asked                                       */
    AROUND = 48,   /* pages that are thought over again when one has come                            */
    MERGES = 8,    /* of stories, when a page has come                                              */
    TOUCHED = 192, /* stories that a page has links to; more are passed over                          */
    LONG = 64,     /* pages of a story that ends after LONG_DAYS: what follows continues it             */
    LONG_DAYS = 30
};
static const double BAR = 0.37;       /* mean link to join                                         */
static const double LEAVE = 0.26;     /* mean link below which a page is put out again                */
static const double CONTINUES = 0.15; /* mean link from which a later story goes on with an earlier one */

/* ---- Rows and members --------------------------------------------------------------------------- */

static uint32_t open_story(dl_online *s)
{
    uint32_t row = s->free;
    if (row != DL_NONE)
        s->free = s->story[row].first;
    else {
        if (s->stories == s->stories_cap) {
            uint32_t cap = s->stories_cap ? s->stories_cap * 2 : 256;
            dl_online_story *wide = cap > s->stories_cap ? realloc(s->story, cap * sizeof *wide) : NULL;
            if (!wide) return DL_NONE;
            s->story = wide;
            s->stories_cap = cap;
        }
        row = s->stories++;
    }
    s->story[row] = (dl_online_story){ s->numbers++, DL_NONE, DL_NONE, 0, 0, DL_NONE, INT32_MAX, INT32_MIN };
    return row;
}

static void widen(dl_online_story *t, int32_t from, int32_t to)
{
    if (from < t->from) t->from = from;
    if (to > t->to) t->to = to;
}

static void put_in(dl_online *s, uint32_t page, uint32_t row)
{
    dl_online_page *at = dl_online_at(s, page);
    dl_online_ties *p = dl_online_ties_of(s, page);
    dl_online_story *t = &s->story[row];
    at->story = row;
    p->next = DL_NONE;
    p->prev = t->last;
    if (t->last != DL_NONE)
        dl_online_ties_of(s, t->last)->next = page;
    else
        t->first = page;
    t->last = page;
    t->n++;
    if (at->day != DL_DAY_UNKNOWN) widen(t, at->day, at->day);
}

static void close_story(dl_online *s, uint32_t row)
{
    s->story[row].first = s->free;
    s->free = row;
}

static void take_out(dl_online *s, uint32_t page)
{
    const dl_online_ties *p = dl_online_ties_of(s, page);
    const uint32_t row = dl_online_at(s, page)->story;
    dl_online_story *t = &s->story[row];
    if (p->prev != DL_NONE)
        dl_online_ties_of(s, p->prev)->next = p->next;
    else
        t->first = p->next;
    if (p->next != DL_NONE)
        dl_online_ties_of(s, p->next)->prev = p->prev;
    else
        t->last = p->prev;
    if (!--t->n) close_story(s, row);
}

void dl_online_leave(dl_online *s, uint32_t page)
{
    s->story[dl_online_at(s, page)->story].gone++;
    take_out(s, page);
}

static bool note(dl_online *s, dl_change c)
{
    uint64_t at;
    dl_change *to = s->set.log ? dl_tape_add(&s->change, 1, &at) : NULL;
    if (to) *to = c;
    return to || !s->set.log;
}

/* ---- How a page stands to stories ------------------------------------------------------------------ */

typedef struct standing {
    struct {
        uint32_t row;
        double sum;
    } to[TOUCHED];
    unsigned n;
    const dl_online *s;
} standing;

static void add_link(void *ctx, uint32_t other, double p)
{
    standing *t = ctx;
    uint32_t row = dl_online_at(t->s, other)->story;
    unsigned i = 0;
    while (i < t->n && t->to[i].row != row) i++;
    if (row == DL_NONE || i == TOUCHED) return;
    if (i == t->n) {
        t->to[t->n].row = row;
        t->to[t->n++].sum = 0;
    }
    t->to[i].sum += p;
}

static uint32_t quorum(uint32_t n) { return n < QUORUM ? n : QUORUM; }

/* Has a person said that the page belongs with (or not with) a page of that story? */
static bool ruled(const dl_online *s, uint32_t page, uint32_t row, bool together)
{
    for (uint32_t i = 0; i < s->set.n_rules; i++) {
        const dl_story_rule *r = &s->set.rule[i];
        uint32_t other = r->a == page ? r->b : r->b == page ? r->a : DL_NONE;
        if (r->together == together && dl_online_has(s, other) && dl_online_at(s, other)->story == row) return true;
    }
    return false;
}

/* A story with pages over many days has an end. */
static bool ended(const dl_online_story *t, int32_t from, int32_t to, uint32_t more)
{
    if (t->n + t->gone + more < LONG || t->from > t->to || from > to) return false;
    return (int64_t)(to > t->to ? to : t->to) - (from < t->from ? from : t->from) > LONG_DAYS;
}

static bool may_join(const dl_online *s, uint32_t page, uint32_t row)
{
    const int32_t day = dl_online_at(s, page)->day;
    if (day != DL_DAY_UNKNOWN && ended(&s->story[row], day, day, 1)) return false;
    return !ruled(s, page, row, false);
}

typedef struct fit {
    uint32_t row;       /* the story, other than its own, with the best mean link; or DL_NONE        */
    double best, rival; /* that mean, and the next one's                                           */
    double own;         /* the mean to the other pages of its own story                               */
    uint32_t behind;    /* a story that it may not join, but would: the one it continues; or DL_NONE    */
} fit;

/* Ties go to the older story. */
static fit find_fit(const dl_online *s, uint32_t page)
{
    standing t = { .s = s };
    fit f = { .row = DL_NONE, .behind = DL_NONE };
    uint32_t mine = dl_online_at(s, page)->story;
    dl_online_links(s, page, add_link, &t);
    for (unsigned i = 0; i < t.n; i++) {
        uint32_t row = t.to[i].row, n = s->story[row].n - (row == mine);
        double mean = t.to[i].sum / (n ? quorum(n) : 1);
        if (mean > 1) mean = 1;
        if (row == mine) {
            f.own = mean;
        } else if (!may_join(s, page, row)) {
            if (mean >= BAR && !ruled(s, page, row, false)) f.behind = row;
        } else if (f.row == DL_NONE || mean > f.best || (mean >= f.best && s->story[row].number < s->story[f.row].number)) {
            f.rival = f.best;
            f.best = mean;
            f.row = row;
        } else if (mean > f.rival)
            f.rival = mean;
    }
    return f;
}

/* The story that a person has put the page into, or DL_NONE. */
static uint32_t settled(const dl_online *s, uint32_t page)
{
    for (uint32_t i = 0; i < s->set.n_rules; i++) {
        const dl_story_rule *r = &s->set.rule[i];
        if (r->together && r->b == page && dl_online_has(s, r->a)) return dl_online_at(s, r->a)->story;
    }
    return DL_NONE;
}

/* The story that one opened by the page goes on with: one that has ended, or an earlier one that it is somewhat like. */
static uint32_t continued(const dl_online *s, uint32_t page, const fit *f)
{
    const int32_t day = dl_online_at(s, page)->day;
    if (f->behind != DL_NONE) return s->story[f->behind].number;
    const bool later = f->row != DL_NONE && day != DL_DAY_UNKNOWN && s->story[f->row].to < day;
    return later && f->best >= CONTINUES ? s->story[f->row].number : DL_NONE;
}

/* ---- Thinking over again -------------------------------------------------------------------------- */

typedef struct around {
    dl_online *s;
    uint32_t page[AROUND];
    unsigned n;
} around;

static void add_around(void *ctx, uint32_t other, double p)
{
    around *q = ctx;
    (void)p;
    if (q->n == AROUND) return;
    for (unsigned i = 0; i < q->n; i++) {
        if (q->page[i] == other) return;
    }
    q->page[q->n++] = other;
}

static void add_members(around *q, uint32_t row)
{
    uint32_t n = 0;
    for (uint32_t p = q->s->story[row].last; p != DL_NONE && n < QUORUM; p = dl_online_ties_of(q->s, p)->prev, n++)
        add_around(q, p, 0);
}

/* Moves the page where it fits better, or out. */
static bool reconsider(around *q, uint32_t page, uint32_t cause)
{
    dl_online *s = q->s;
    uint32_t mine = dl_online_at(s, page)->story, number = s->story[mine].number;
    fit f = find_fit(s, page);
    bool moves = f.row != DL_NONE && f.best >= BAR && f.best > f.own + 1e-9, out = s->story[mine].n > 1 && f.own < LEAVE;
    if ((!moves && !out) || ruled(s, page, mine, true)) return true;
    uint32_t to = moves ? f.row : open_story(s);
    if (to == DL_NONE) return false;
    take_out(s, page);
    put_in(s, page, to);
    dl_online_links(s, page, add_around, q);
    const dl_change_kind kind = moves ? DL_CHANGE_MOVES : DL_CHANGE_PUT_OUT;
    return note(s, (dl_change){ cause, page, number, s->story[to].number, (float)f.best, (float)f.own, (uint8_t)kind });
}

/* Two stories are kept apart by what a person said, or because pages of both have left under their names. */
static bool may_merge(const dl_online *s, uint32_t a, uint32_t b)
{
    const dl_online_story *x = &s->story[a], *y = &s->story[b];
    if ((x->gone && y->gone) || ended(x, y->from, y->to, y->n + y->gone)) return false;
    for (uint32_t i = 0; i < s->set.n_rules; i++) {
        const dl_story_rule *r = &s->set.rule[i];
        if (r->together || !dl_online_has(s, r->a) || !dl_online_has(s, r->b)) continue;
        uint32_t p = dl_online_at(s, r->a)->story, q = dl_online_at(s, r->b)->story;
        if ((p == a && q == b) || (p == b && q == a)) return false;
    }
    return true;
}

static bool merge(dl_online *s, uint32_t a, uint32_t b, double mean, uint32_t cause)
{
    const bool second = s->story[b].gone || (!s->story[a].gone && s->story[b].number < s->story[a].number);
    uint32_t to = second ? b : a, from = second ? a : b, number = s->story[from].number;
    while (s->story[from].n) {
        uint32_t p = s->story[from].first;
        take_out(s, p); /* frees the row with the last one */
        put_in(s, p, to);
    }
    return note(s, (dl_change){ cause, DL_NONE, number, s->story[to].number, (float)mean, 0, DL_CHANGE_MERGES });
}

/* Merges the story with the one to which it has the highest mean link, if that is high enough. */
static bool merge_best(dl_online *s, uint32_t row, uint32_t cause, uint32_t *into)
{
    standing t = { .s = s };
    uint32_t asked = 0, best = DL_NONE;
    double most = 0;
    *into = DL_NONE;
    for (uint32_t p = s->story[row].last; p != DL_NONE && asked < QUORUM; p = dl_online_ties_of(s, p)->prev, asked++)
        dl_online_links(s, p, add_link, &t);
    for (unsigned i = 0; i < t.n; i++) {
        uint32_t other = t.to[i].row;
        if (other == row || !may_merge(s, row, other)) continue;
        double mean = t.to[i].sum / ((double)asked * quorum(s->story[other].n));
        if (mean < BAR || (best != DL_NONE && (mean < most || (mean <= most && s->story[other].number > s->story[best].number))))
            continue;
        most = mean < 1 ? mean : 1;
        best = other;
    }
    if (best == DL_NONE) return true;
    if (!merge(s, row, best, most, cause)) return false;
    *into = s->story[row].n ? row : best;
    return true;
}

static bool think_again(dl_online *s, uint32_t page)
{
    around q = { .s = s };
    dl_online_links(s, page, add_around, &q);
    add_members(&q, dl_online_at(s, page)->story);
    for (unsigned i = 0; i < q.n; i++) {
        if (!reconsider(&q, q.page[i], page)) return false;
    }
    uint32_t row = dl_online_at(s, page)->story;
    for (unsigned i = 0; i < MERGES && row != DL_NONE; i++) {
        if (!merge_best(s, row, page, &row)) return false;
    }
    return true;
}

bool dl_online_join(dl_online *s, uint32_t page)
{
    fit f = find_fit(s, page);
    uint32_t row = settled(s, page);
    bool joins = row != DL_NONE || (f.row != DL_NONE && f.best >= BAR);
    if (row == DL_NONE) row = joins ? f.row : open_story(s);
    if (row == DL_NONE) return false;
    if (!joins) s->story[row].continues = continued(s, page, &f);
    put_in(s, page, row);
    const dl_change_kind kind = joins ? DL_CHANGE_JOINS : DL_CHANGE_OPENS;
    const float link = (float)(joins ? f.best : 0), rival = (float)(joins ? f.rival : f.best);
    if (!note(s, (dl_change){ page, page, DL_NONE, s->story[row].number, link, rival, (uint8_t)kind })) return false;
    return think_again(s, page);
}
