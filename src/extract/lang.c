/* lang.c: the language of a text, by its function words, or by its script where that is enough. */
#include "base/utf8.h"
#include "extract/page.h"

#define LANGS 48    /* codes that are counted                                                  */
#define SAMPLE 4000 /* words that are looked at                                                */

typedef struct tally {
    dl_str code[LANGS];
    uint32_t hits[LANGS];
    uint32_t n;
} tally;

static void hit(tally *t, dl_str codes)
{
    dl_str c;
    while (dl_str_next(&codes, ' ', &c)) {
        uint32_t i = 0;
        while (i < t->n && !dl_str_eq(t->code[i], c)) i++;
        if (i == LANGS) continue;
        if (i == t->n) {
            t->code[i] = c;
            t->n++;
        }
        t->hits[i]++;
    }
}

/* Scripts that stand for one language, near enough. */
static const char *by_script(dl_str s)
{
    uint32_t han = 0, kana = 0, hangul = 0, thai = 0, hebrew = 0, greek = 0, bengali = 0, deva = 0, tamil = 0, letters = 0;
    for (size_t i = 0, n = 0; i < s.len && n < 8000; n++) {
        uint32_t c = dl_utf8_next(s, &i);
        letters += c < 0x80 ? dl_is_alpha((int)c) : c >= 0xc0;
        if (c >= 0x3040 && c <= 0x30ff)
            kana++;
        else if (c >= 0x4e00 && c <= 0x9fff)
            han++;
        else if (c >= 0xac00 && c <= 0xd7a3)
            hangul++;
        else if (c >= 0x0e00 && c <= 0x0e7f)
            thai++;
        else if (c >= 0x0590 && c <= 0x05ff)
            hebrew++;
        else if (c >= 0x0370 && c <= 0x03ff)
            greek++;
        else if (c >= 0x0980 && c <= 0x09ff)
            bengali++;
        else if (c >= 0x0900 && c <= 0x097f)
            deva++;
        else if (c >= 0x0b80 && c <= 0x0bff)
            tamil++;
    }
    const struct {
        uint32_t n;
        const char *code;
    } scripts[] = { { hangul, "ko" },  { thai, "th" }, { hebrew, "he" }, { greek, "el" },
                    { bengali, "bn" }, { deva, "hi" }, { tamil, "ta" } };
    if (kana * 10 > letters) return "ja";
    if (han * 3 > letters) return "zh";
    for (size_t i = 0; i < DL_COUNT(scripts); i++)
        if (scripts[i].n * 3 > letters && letters > 20) return scripts[i].code;
    return NULL;
}

/* Counts function words by language. */
static void count(const dl_xpage *p, dl_str text, tally *t)
{
    dl_arena_mark here = dl_arena_here(p->a);
    dl_str rest = dl_extract_norm(p->a, text), w;
    for (uint32_t n = 0; n < SAMPLE && dl_str_next(&rest, ' ', &w); n++) {
        uint32_t r = w.len && w.len <= 12 ? dl_tsv_find(&p->words, w) : DL_NONE;
        if (r != DL_NONE) hit(t, dl_tsv_cell(&p->words, r, 1));
    }
    dl_arena_back(p->a, here);
}

static uint32_t most(const tally *t)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < t->n; i++)
        if (t->hits[i] > t->hits[best]) best = i;
    return best;
}

dl_str dl_extract_language(const dl_xpage *p, dl_str text)
{
    const char *script = by_script(text);
    if (script) return dl_str_of(script);
    tally t = { .n = 0 };
    count(p, text, &t);
    const uint32_t best = most(&t);
    return t.n && t.hits[best] >= 4 ? t.code[best] : (dl_str){ NULL, 0 };
}

/* Is there a list of its function words? Else nothing can be said against it. */
static bool can_tell(const dl_xpage *p, dl_str code)
{
    for (uint32_t r = 0; r < p->words.n; r++) {
        dl_str codes = dl_tsv_cell(&p->words, r, 1), c;
        while (dl_str_next(&codes, ' ', &c))
            if (dl_str_eq(c, code)) return true;
    }
    return false;
}

dl_str dl_extract_language_not(const dl_xpage *p, dl_str text, dl_str stated)
{
    const dl_str none = { NULL, 0 };
    const char *script = by_script(text);
    tally t = { .n = 0 };
    if (script) return !dl_str_eq(dl_str_of(script), stated) && can_tell(p, stated) ? dl_str_of(script) : none;
    count(p, text, &t);
    const uint32_t best = most(&t);
    uint32_t own = 0;
    for (uint32_t i = 0; i < t.n; i++)
        if (dl_str_eq(t.code[i], stated)) own = t.hits[i];
    const bool other = t.n && t.hits[best] >= 20 && t.hits[best] >= 2 * own && !dl_str_eq(t.code[best], stated);
    return other && can_tell(p, stated) ? t.code[best] : none;
}
