/* sheet.c: writing and reading sheets. */
#include "stories/sheet.h"

#include "base/hash.h"
#include "card/card.h"

static const uint32_t *hashes(const dl_sheet *s) { return (const uint32_t *)(const void *)(s + 1); }
static const uint8_t *flags(const dl_sheet *s) { return (const uint8_t *)(hashes(s) + (size_t)s->title_words + s->words); }
static const char *strings(const dl_sheet *s) { return (const char *)flags(s) + s->title_words + s->words; }

/* Is a headline parted in front of word i: by a bar or a dash between blanks? */
static bool parted(const dl_words *w, dl_str s, uint32_t i)
{
    static const char *const bar[] = { " - ", " | ", " : ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " \xc2\xbb ", " :: " };
    dl_str gap = dl_str_cut(s, w->span[i - 1].end, w->span[i].beg);
    for (size_t k = 0; k < DL_COUNT(bar); k++) {
        if (dl_str_find(gap, dl_str_of(bar[k]), 0) != SIZE_MAX) return true;
    }
    return false;
}

/* Leaves out words of one letter; what such a word began, the next one begins. */
static void thin(dl_words *w, dl_str s, bool title, uint32_t most)
{
    uint32_t n = 0;
    uint8_t begins = 0;
    for (uint32_t i = 0; i < w->n && n < most; i++) {
        uint8_t f = w->flags[i];
        if (title && i && parted(w, s, i)) f |= DL_WORD_LINE;
        begins |= f & (DL_WORD_LINE | DL_WORD_SENT);
        if (dl_span_len(w->span[i]) < 2 && !(f & DL_WORD_NUMBER)) continue;
        w->hash[n] = w->hash[i];
        w->flags[n++] = f | begins;
        begins = 0;
    }
    w->n = n;
}

static void put_bytes(dl_buf *b, const void *p, size_t n) { dl_buf_add(b, (dl_str){ p, n }); }

bool dl_sheet_make(dl_buf *out, const dl_doc *d, uint64_t key, dl_arena *scratch)
{
    dl_words title = { 0 }, body = { 0 };
    dl_str headline = { 0 }, id = { 0 };
    dl_sheet s = { .published = DL_NEVER, .fetched = DL_NEVER, .key = key };
    if (d) {
        dl_str text = dl_doc_body(d);
        headline = dl_doc_str(d, d->meta->title);
        id = dl_doc_str(d, d->meta->id);
        dl_words_of(&title, headline, scratch);
        dl_words_of(&body, text, scratch);
        if (dl_arena_failed(scratch)) return false;
        thin(&title, headline, true, DL_SHEET_TITLE_WORDS);
        thin(&body, text, false, DL_SHEET_WORDS);
        dl_str host = dl_card_host(dl_doc_str(d, d->meta->url));
        s.host = host.len ? (uint32_t)dl_hash_str(host) | 1 : 0;
        s.published = d->meta->published;
        s.fetched = d->meta->fetched;
    }
    s.title_words = title.n;
    s.words = body.n;
    s.id = (uint32_t)id.len;
    s.title = (uint32_t)headline.len;
    size_t beg = out->len;
    put_bytes(out, &s, sizeof s);
    put_bytes(out, title.hash, title.n * sizeof *title.hash);
    put_bytes(out, body.hash, body.n * sizeof *body.hash);
    put_bytes(out, title.flags, title.n);
    put_bytes(out, body.flags, body.n);
    dl_buf_add(out, id);
    dl_buf_putc(out, 0);
    dl_buf_add(out, headline);
    dl_buf_putc(out, 0);
    dl_buf_fill(out, 0, (8 - (out->len - beg) % 8) % 8);
    if (out->failed) return false;
    s.bytes = (uint32_t)(out->len - beg);
    memcpy(out->p + beg, &s, sizeof s);
    return true;
}

const dl_sheet *dl_sheet_at(const uint8_t *p, size_t n)
{
    const dl_sheet *s = (const void *)p;
    if (n < sizeof *s || s->bytes > n || s->bytes % 8) return NULL;
    uint64_t least = sizeof *s + 5 * ((uint64_t)s->title_words + s->words) + s->id + (uint64_t)s->title + 2;
    if (s->bytes < least || s->bytes > least + 7) return NULL;
    return s->words <= DL_SHEET_WORDS && s->title_words <= DL_SHEET_TITLE_WORDS ? s : NULL;
}

static dl_words words_at(const dl_sheet *s, uint32_t from, uint32_t n)
{
    return (
        dl_words){ .n = n, .hash = (uint32_t *)(uintptr_t)(hashes(s) + from), .flags = (uint8_t *)(uintptr_t)(flags(s) + from) };
}

dl_words dl_sheet_title_words(const dl_sheet *s) { return words_at(s, 0, s->title_words); }
dl_words dl_sheet_words(const dl_sheet *s) { return words_at(s, s->title_words, s->words); }
dl_str dl_sheet_id(const dl_sheet *s) { return (dl_str){ strings(s), s->id }; }
dl_str dl_sheet_title(const dl_sheet *s) { return (dl_str){ strings(s) + s->id + 1, s->title }; }

void dl_sheet_doc(dl_doc *out, dl_meta *meta, const dl_sheet *s)
{
    *meta = (dl_meta){
        .id = { 0, s->id }, .title = { s->id + 1, s->id + 1 + s->title }, .published = s->published, .fetched = s->fetched
    };
    *out = (dl_doc){ .meta = meta, .strings = strings(s), .strings_len = s->id + s->title + 2 };
}
