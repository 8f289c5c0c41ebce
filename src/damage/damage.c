/* damage.c: runs the rules over a page and writes what they found; see damage.h. */
#include "damage/damage.h"

#include "base/sort.h"
#include "damage/hunt.h"

/* So many broken passages, and the page as a whole went through a machine. */
#define SPUN 3

static void note_hit(dl_hunt *h, int64_t beg, int64_t end, dl_hit hit)
{
    if (beg < h->para.beg) beg = h->para.beg;
    if (end > h->para.end) end = h->para.end;
    if (beg >= end || !DL_ROOM(h->a, h->hit, h->n, h->cap)) return;
    hit.tok = (dl_span){ (uint32_t)beg, (uint32_t)end };
    h->hit[h->n++] = hit;
}

void dl_hunt_found(dl_hunt *h, int64_t beg, int64_t end, const char *what, uint8_t sure, const char *note)
{
    note_hit(h, beg, end, (dl_hit){ .what = what, .note = note, .sure = sure });
}

void dl_hunt_suspect(dl_hunt *h, int64_t beg, int64_t end, const char *what, uint8_t sure, const char *note)
{
    note_hit(h, beg, end, (dl_hit){ .what = what, .note = note, .sure = sure, .suspect = true });
}

static bool letters(dl_str w, bool capital)
{
    if (w.len < 2) return false;
    for (size_t i = 0; i < w.len; i++) {
        unsigned char c = (unsigned char)w.p[i];
        if (i == 0 && capital ? !dl_is_upper(c) : !dl_is_lower(c) && c < 0x80) return false;
    }
    return (unsigned char)w.p[0] < 0x80;
}

bool dl_hunt_lower(const dl_hunt *h, int64_t t) { return letters(dl_hunt_word(h, t), false); }
bool dl_hunt_capital(const dl_hunt *h, int64_t t) { return letters(dl_hunt_word(h, t), true); }

bool dl_hunt_among(dl_str word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dl_str_eq(word, dl_str_of(words[i]))) return true;
    return false;
}

/* Most words of four letters or more are capitalised: a headline, or a list of names. */
static bool shouts(const dl_hunt *h)
{
    uint32_t up = 0, all = 0;
    for (uint32_t t = h->sent.beg; t < h->sent.end; t++) {
        dl_str w = dl_tok_text(h->d, t);
        if (w.len < 4 || !dl_is_alpha((unsigned char)w.p[0])) continue;
        all++;
        up += dl_is_upper((unsigned char)w.p[0]);
    }
    return 5 * up > 3 * all;
}

static void sentences(dl_hunt *h)
{
    const dl_doc *d = h->d;
    for (uint32_t s = 0; s < d->sents.n; s++) {
        uint32_t block = d->sents.block[s];
        if (block >= d->blocks.n || d->blocks.kind[block] == DL_HEADING || d->blocks.kind[block] > DL_POST) continue;
        h->sent = d->sents.tok[s];
        if (s == 0 || d->sents.block[s - 1] != block) {
            uint32_t e = s;
            while (e + 1 < d->sents.n && d->sents.block[e + 1] == block) e++;
            h->para = (dl_span){ h->sent.beg, d->sents.tok[e].end };
        }
        h->shouting = shouts(h);
        for (uint32_t t = h->sent.beg; t < h->sent.end; t++) {
            dl_hunt_pronoun(h, t);
            dl_hunt_capitals(h, t);
            dl_hunt_breaks(h, t);
            dl_hunt_adverb(h, t);
            dl_hunt_told(h, t);
            dl_hunt_articles(h, t);
            dl_hunt_days(h, t);
            dl_hunt_suspects(h, t);
        }
    }
}

static int by_place(const void *a, const void *b, const void *ctx)
{
    (void)ctx;
    uint32_t x = ((const dl_hit *)a)->tok.beg, y = ((const dl_hit *)b)->tok.beg;
    return x < y ? -1 : x > y;
}

/* Passages that are broken for certain, in sentences of their own. */
static uint32_t certain(const dl_hunt *h)
{
    uint32_t n = 0, last = DL_NONE;
    for (size_t i = 0; i < h->n; i++) {
        uint32_t sent = dl_sent_of_tok(h->d, h->hit[i].tok.beg);
        if (h->hit[i].suspect || sent == last) continue;
        last = sent;
        n++;
    }
    return n;
}

static void write(dl_build *b, const dl_hunt *h)
{
    uint32_t last = 0, n = 0;
    bool spun = certain(h) >= SPUN;
    for (size_t i = 0; i < h->n; i++) {
        const dl_hit *x = &h->hit[i];
        if (x->tok.beg < last || (x->suspect && !spun)) continue; /* one passage, found twice */
        uint32_t row = dl_row(b, DL_T_DAMAGES);
        if (row == DL_NONE) return;
        last = x->tok.end;
        n++;
        b->d.damages.span[row] = (dl_span){ b->d.toks.span[x->tok.beg].beg, b->d.toks.span[x->tok.end - 1].end };
        b->d.damages.what[row] = dl_put(b, dl_str_of(x->what));
        b->d.damages.note[row] = dl_put(b, dl_str_of(x->note));
        b->d.damages.sure[row] = x->sure;
    }
    if (n >= SPUN) dl_warn(b, "damaged", "%u damaged passages: the text went through a machine", n);
}

dl_status dl_damage_find(dl_build *b, const dl_models *m)
{
    dl_arena_mark here = dl_arena_here(&b->scratch);
    dl_hunt h = { .d = &b->d, .m = m, .a = &b->scratch };
    sentences(&h);
    dl_hunt_names(&h);
    dl_hunt_acronyms(&h);
    dl_hunt_gender(&h);
    bool ok = !dl_arena_failed(&b->scratch) && dl_sort(h.hit, h.n, sizeof *h.hit, by_place, NULL, &b->scratch);
    if (ok) write(b, &h);
    dl_arena_back(&b->scratch, here);
    return ok ? dl_build_status(b) : DL_ENOMEM;
}
