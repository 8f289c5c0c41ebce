/* speaker.c: the name of who speaks. */
#include "api/speaker.h"

#include "api/text.h"

#define NAME_MAX_BYTES 160 /* of a speaker that is printed by the words of the page              */

/* ---- Who speaks ---- */

static bool pronoun(dl_str s)
{
    static const char *const words[] = { "he",   "she",  "it",    "they",  "who",          "which", "that", "we",
                                         "i",    "you",  "those", "these", "one",          "him",   "both", "this",
                                         "some", "many", "what",  "his",   "both of them", "their", "her" };
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_eq_nocase(s, dl_str_of(words[i]))) return true;
    return false;
}

/* The words of a source, without the article before and the commas around. */
dl_str dl_speaker_words(const dl_doc *d, dl_span at)
{
    static const char *const articles[] = { "the ", "a ", "an " };
    dl_str s = dl_doc_text(d, at);
    while (s.len && (dl_is_space((unsigned char)s.p[s.len - 1]) || s.p[s.len - 1] == ',')) s.len--;
    for (size_t i = 0; i < DL_COUNT(articles); i++) {
        size_t n = strlen(articles[i]);
        if (s.len > n && dl_str_starts_nocase(s, dl_str_of(articles[i]))) {
            s = dl_str_cut(s, n, s.len);
            break;
        }
    }
    if (s.len > NAME_MAX_BYTES) {
        s.len = NAME_MAX_BYTES;
        while (s.len && s.p[s.len - 1] != ' ') s.len--;
    }
    return pronoun(s) ? (dl_str){ NULL, 0 } : s;
}

dl_str dl_speaker_name(const dl_view *v, uint32_t page, const dl_doc *d, uint32_t ent)
{
    if (ent >= d->ents.n) return (dl_str){ NULL, 0 };
    uint32_t a = v->actors ? dl_actor_of(v->actors, page, ent) : DL_NONE;
    return a != DL_NONE ? v->actors->name[a] : dl_doc_str(d, d->ents.name[ent]);
}

/* "US officials familiar with the matter" says more than "US officials": of a group that has no name of
 * its own, the words as printed. */
static dl_str fuller(const dl_doc *d, uint32_t quote, uint32_t ent, dl_str name)
{
    if (ent >= d->ents.n || d->ents.kind[ent] != DL_GROUP) return name;
    dl_span parts = d->quotes.parts[quote];
    for (uint32_t i = parts.beg; i < parts.end; i++) {
        if ((d->parts.role[i] != DL_SOURCE && d->parts.role[i] != DL_NAMED) || d->parts.ent[i] != ent) continue;
        dl_str s = dl_speaker_words(d, d->parts.span[i]);
        if (s.len > name.len && dl_str_find_nocase(s, name, 0) != SIZE_MAX) return s;
    }
    return name;
}

static bool add_name(dl_buf *b, dl_str name)
{
    if (!name.len) return false;
    if (b->len) dl_buf_puts(b, " + ");
    dl_text_folded(b, name);
    return true;
}

/* The speaker of a quotation, joint ones joined, into an empty buffer; empty: nobody is named. */
void dl_speaker_put(dl_buf *b, const dl_view *v, uint32_t page, const dl_doc *d, uint32_t quote)
{
    dl_span parts = d->quotes.parts[quote];
    dl_str last = { NULL, 0 };
    for (uint32_t i = parts.beg; i < parts.end; i++) {
        if (d->parts.role[i] != DL_SOURCE || d->parts.ent[i] == DL_NONE) continue;
        dl_str name = dl_speaker_name(v, page, d, d->parts.ent[i]);
        if (dl_str_eq(name, last)) continue;
        if (add_name(b, fuller(d, quote, d->parts.ent[i], name))) last = name;
    }
    /* no entity: the words, those that name the source before a pronoun */
    for (uint32_t i = parts.beg; i < parts.end && !b->len; i++)
        if (d->parts.role[i] == DL_NAMED) (void)add_name(b, dl_speaker_words(d, d->parts.span[i]));
    for (uint32_t i = parts.beg; i < parts.end && !b->len; i++)
        if (d->parts.role[i] == DL_SOURCE) (void)add_name(b, dl_speaker_words(d, d->parts.span[i]));
}
