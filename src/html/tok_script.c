/* tok_script.c: where the text of a script element ends (13.2.5.4 and 13.2.5.15 to 13.2.5.31).
 *
 * Behind "<!--", a "<script" hides the "</script" that follows it, until "-->". */
#include "html/tokenizer.h"

/* A name that begins at `at`, of letters up to a space, '/' or '>', is "script" (13.2.5.26 script
 * data double escape start state, 13.2.5.31 double escape end state). */
static bool names_script(const dl_tokenizer *t, uint32_t at)
{
    return t->n - at > 6 && dl_str_eq_nocase((dl_str){ t->p + at, 6 }, DL_STR("script")) && dl_ch_is(t->p[at + 6], DL_CH_TAG_END);
}

static bool arrow(const dl_tokenizer *t, uint32_t at) { return t->p[at - 1] == '-' && t->p[at - 2] == '-'; }

/* 13.2.5.20 to 13.2.5.31, from behind "<!--". True: the script ends at *at; false: it goes on there
 * in the script data state, or the page ends. */
static bool escaped(const dl_tokenizer *t, uint32_t *at)
{
    bool twice = false; /* in the double escaped states */
    uint32_t i = *at;
    for (; i < t->n; i++) {
        char c = t->p[i];
        if (c == '>' && arrow(t, i)) {
            i++;
            break;
        }
        if (c != '<' || i + 1 >= t->n) continue;
        bool slash = t->p[i + 1] == '/';
        if (!twice && slash && dl_tok_closes(t, i)) {
            *at = i;
            return true;
        }
        if (twice == slash && names_script(t, i + 1 + slash)) {
            twice = !twice;
            i += 6u + slash;
        }
    }
    *at = i;
    return false;
}

uint32_t dl_tok_script_end(dl_tokenizer *t)
{
    uint32_t at = t->at;
    for (;;) {
        at = dl_tok_find(t, at, '<');
        if (at == t->n || dl_tok_closes(t, at)) return at;
        if (t->n - at >= 4 && !memcmp(t->p + at, "<!--", 4)) {
            at += 4;
            if (escaped(t, &at)) return at;
        } else {
            at++;
        }
    }
}
