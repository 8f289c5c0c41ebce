/* cites.c: outlets named in a text. */
#include "copies/cites.h"

enum { BESIDE = 3 /* words between the name and the word of telling, that one included              */ };

static bool is_one(uint32_t hash, const char *const *word, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dl_word_hash(dl_str_of(word[i])) == hash) return true;
    return false;
}

/* "told the", "according to", "in an interview with" in front of word i, in its sentence. */
static bool told_before(const dl_words *t, uint32_t i)
{
    static const char *const word[] = { "told", "according", "quoted", "cited", "citing", "interview", "reported", "reports" };
    for (uint32_t k = 0; k < BESIDE && k < i && !(t->flags[i - k] & (DL_WORD_LINE | DL_WORD_BEGINS)); k++)
        if (is_one(t->hash[i - k - 1], word, DL_COUNT(word))) return true;
    return false;
}

/* "reported", "said on Tuesday" from word i on. */
static bool told_behind(const dl_words *t, uint32_t i)
{
    static const char *const word[] = { "reported", "reports", "wrote", "writes", "quoted", "cited", "published", "revealed" };
    for (uint32_t k = i; k < t->n && k < i + BESIDE && !(t->flags[k] & (DL_WORD_LINE | DL_WORD_BEGINS)); k++)
        if (is_one(t->hash[k], word, DL_COUNT(word))) return true;
    return false;
}

/* Does the name stand at word i, its first letters capitals? */
static bool stands_at(const dl_words *t, uint32_t i, const uint32_t *name, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++)
        if (i + k >= t->n || t->hash[i + k] != name[k]) return false;
    return (t->flags[i] & t->flags[i + n - 1] & DL_WORD_UPPER) != 0;
}

bool dl_cites_outlet(const dl_words *text, dl_str outlet, dl_arena *scratch)
{
    const dl_arena_mark here = dl_arena_here(scratch);
    dl_words name;
    bool found = false;
    dl_words_of(&name, outlet, scratch);
    const uint32_t the = name.n > 1 && name.hash[0] == dl_word_hash(DL_STR("the")), n = name.n - the;
    for (uint32_t i = 0; n && i + n <= text->n && !found; i++) {
        if (text->hash[i] != name.hash[the] || !stands_at(text, i, name.hash + the, n)) continue;
        found = told_before(text, i) || (n > 1 && told_behind(text, i + n));
    }
    dl_arena_back(scratch, here);
    return found;
}
