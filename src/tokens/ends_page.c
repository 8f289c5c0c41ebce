/* ends_page.c: what kind of writing a page is, before its sentences are known: edited text ends its lines with a stop and
 * begins them with a capital, mail and talk do not; and how its lines begin and end, for what is repeated in the midst of one. */
#include "tokens/ends.h"

#include "base/hash.h"

typedef struct counts {
    uint32_t lines, bytes;
    uint32_t longs, stopped;            /* lines of some length; those that end with a stop                */
    uint32_t letters, small;            /* lines that begin with a letter, a small one                     */
    uint32_t stops, after, after_small; /* stops within lines; a letter, a small one behind them */
    uint32_t at, lone;                  /* '@'; "i" and "u" alone                                          */
} counts;

enum {
    LONG = 40,  /* bytes of a line that should end with a stop                               */
    LONE = 3000 /* bytes of text in which one "i" may stand by accident                      */
};

static bool blank(char c) { return dl_is_space((unsigned char)c); }

/* One bit of a set. */
static void put(uint64_t *set, uint64_t h) { set[h >> 6 & 63] |= UINT64_C(1) << (h & 63); }
static bool has(const uint64_t *set, uint64_t h) { return set[h >> 6 & 63] >> (h & 63) & 1; }

enum { HEAD, TAIL, WORDS = 2, WORD_MAX = 32 /* bytes of a word that are looked at */ };

/* The hash of the first two words of s. */
static uint64_t first_words(dl_str s)
{
    uint64_t h = HEAD;
    size_t i = 0;
    for (int k = 0; k < WORDS; k++) {
        while (i < s.len && blank(s.p[i])) i++;
        const size_t beg = i;
        while (i < s.len && i - beg < WORD_MAX && !blank(s.p[i])) i++;
        h = dl_hash(s.p + beg, i - beg, h);
    }
    return h;
}

/* The hash of the last two. */
static uint64_t last_words(dl_str s)
{
    uint64_t h = TAIL;
    size_t i = s.len;
    for (int k = 0; k < WORDS; k++) {
        while (i && blank(s.p[i - 1])) i--;
        const size_t end = i;
        while (i && end - i < WORD_MAX && !blank(s.p[i - 1])) i--;
        h = dl_hash(s.p + i, end - i, h);
    }
    return h;
}

bool dl_end_head_seen(const dl_cut *c, uint32_t i) { return has(c->page->heads, first_words((dl_str){ c->t + i, c->end - i })); }
bool dl_end_tail_seen(const dl_cut *c, uint32_t i)
{
    return has(c->page->tails, last_words((dl_str){ c->t + c->line_beg, i - c->line_beg }));
}

static void count_inside(counts *k, dl_str s)
{
    for (size_t i = 0; i + 1 < s.len; i++) {
        const char a = s.p[i], b = s.p[i + 1];
        if (a == '@') k->at++;
        if (a == '.' || a == '!' || a == '?') {
            k->stops++;
            if (b == ' ' && i + 2 < s.len && dl_is_alpha((unsigned char)s.p[i + 2])) {
                k->after++;
                k->after_small += dl_is_lower((unsigned char)s.p[i + 2]);
            }
        }
        if (a == ' ' && (b == 'i' || b == 'u') && i + 2 < s.len && (s.p[i + 2] == ' ' || s.p[i + 2] == '\'')) k->lone++;
    }
}

static void count_line(counts *k, dl_end_page *out, dl_str s)
{
    s = dl_str_trim(s);
    if (!s.len) return;
    k->lines++;
    k->bytes += (uint32_t)s.len;
    const char last = s.p[s.len - 1];
    const bool stopped = strchr(".?!\")]:;", last) != NULL || (unsigned char)last >= 0x80;
    k->longs += s.len >= LONG;
    k->stopped += s.len >= LONG && stopped;
    k->letters += dl_is_alpha((unsigned char)s.p[0]);
    k->small += dl_is_lower((unsigned char)s.p[0]);
    k->lone += s.p[0] == 'i' && s.len > 1 && s.p[1] == ' ';
    count_inside(k, s);
    put(out->heads, first_words(s));
    put(out->tails, last_words(s));
}

/* How large a share is, in 0 to 4; 5: of nothing. */
static uint8_t share(uint32_t part, uint32_t all)
{
    if (!all) return 5;
    return part == 0 ? 0 : part * 8 < all ? 1 : part * 2 < all ? 2 : part < all ? 3 : 4;
}
static uint8_t few(uint32_t n) { return (uint8_t)(n < 3 ? n : n < 8 ? 3 : n < 30 ? 4 : 5); }

void dl_end_page_of(dl_end_page *out, const dl_build *b)
{
    counts k = { 0 };
    *out = (dl_end_page){ .loose = false };
    for (uint32_t i = 0; i < b->d.blocks.n; i++) {
        if (b->d.blocks.kind[i] > DL_POST) continue;
        dl_span s = b->d.blocks.span[i];
        s.end = s.end < b->meta.body_len ? s.end : b->meta.body_len;
        if (s.beg >= s.end) continue;
        dl_str rest = { b->d.text + s.beg, dl_span_len(s) }, line;
        while (dl_str_next(&rest, '\n', &line)) count_line(&k, out, line);
    }
    const uint32_t mean = k.lines ? k.bytes / k.lines : 0, dense = k.bytes ? k.stops * 1000 / k.bytes : 0;
    const uint8_t trait[DL_END_TRAITS] = {
        share(k.longs - k.stopped, k.longs),
        share(k.small, k.letters),
        share(k.after_small, k.after),
        few(k.lines),
        few(k.at),
        few(k.lone),
        (uint8_t)(mean < 30    ? 0
                  : mean < 80  ? 1
                  : mean < 200 ? 2
                  : mean < 600 ? 3
                               : 4),
        (uint8_t)(k.bytes < LONG ? 0
                  : dense < 3    ? 1
                  : dense < 7    ? 2
                  : dense < 17   ? 3
                                 : 4),
    };
    memcpy(out->trait, trait, sizeof trait);
    out->loose = k.small * 10 > k.letters || k.lone * LONE > k.bytes || k.after_small * 4 > k.after;
    out->edited = !out->loose && (k.longs - k.stopped) * 8 < k.longs;
}
