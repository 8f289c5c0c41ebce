/* log.c: changes in words. */
#include "stories/log.h"

#include <stdio.h>

#include "base/str.h"

static void put_link(dl_json *j, const char *key, float link)
{
    dl_json_key(j, key);
    dl_json_num(j, (double)link, 4);
}

static void put_story(dl_json *j, const char *key, uint32_t story)
{
    dl_json_key(j, key);
    if (story == DL_NONE)
        dl_json_null(j);
    else
        dl_json_int(j, (int64_t)story + 1);
}

void dl_change_keys(dl_json *j, const dl_change *c, dl_str page, dl_str cause)
{
    dl_json_key(j, "page");
    dl_json_opt(j, page);
    dl_json_key(j, "what");
    dl_json_word(j, dl_change_words[c->kind]);
    put_story(j, "story", c->to);
    put_story(j, "from", c->from);
    put_link(j, "link", c->link);
    put_link(j, "rival", c->rival);
    dl_json_key(j, "cause");
    dl_json_str(j, cause);
}

void dl_change_text(dl_buf *b, const dl_change *c)
{
    const double link = (double)c->link, rival = (double)c->rival;
    const unsigned to = c->to + 1, from = c->from + 1;
    switch (c->kind) {
    case DL_CHANGE_OPENS: dl_buf_fmt(b, "opens story %u: the best link to another is %.2f", to, rival); return;
    case DL_CHANGE_JOINS: dl_buf_fmt(b, "joins story %u: mean link %.2f, next best %.2f", to, link, rival); return;
    case DL_CHANGE_MOVES:
        dl_buf_fmt(b, "moves from story %u to story %u: mean link %.2f, there %.2f", from, to, link, rival);
        return;
    case DL_CHANGE_PUT_OUT:
        dl_buf_fmt(b, "is put out of story %u into story %u: its mean link there was %.2f", from, to, rival);
        return;
    default: dl_buf_fmt(b, "story %u becomes part of story %u: mean link %.2f", from, to, link);
    }
}

/* The number behind a key, 0 or more; `null` is -1. False: there is none. */
static bool number_at(double *out, dl_str line, const char *key)
{
    size_t at = dl_str_find(line, dl_str_of(key), 0);
    if (at == SIZE_MAX) return false;
    at += strlen(key);
    double value = 0, unit = 0;
    bool any = false;
    for (; at < line.len && (line.p[at] == '.' || (line.p[at] >= '0' && line.p[at] <= '9')); at++) {
        if (line.p[at] == '.') {
            unit = unit > 0 ? unit : 1;
            continue;
        }
        any = true;
        value = value * 10 + (line.p[at] - '0');
        unit *= 10;
    }
    *out = !any ? -1 : unit > 0 ? value / unit : value;
    return any || dl_str_starts(dl_str_cut(line, at, line.len), DL_STR("null"));
}

bool dl_change_read(dl_change *out, dl_str line)
{
    double to, from, link, rival;
    /* Keys of the page's own stand in front; its id is a string and has no quotation mark that is not escaped. */
    if (!number_at(&to, line, "\"story\":") || !number_at(&from, line, "\"from\":") || !number_at(&link, line, "\"link\":") ||
        !number_at(&rival, line, "\"rival\":"))
        return false;
    *out = (dl_change){ .cause = DL_NONE, .page = DL_NONE, .link = (float)link, .rival = (float)rival, .kind = DL_CHANGES };
    out->to = to >= 1 ? (uint32_t)to - 1 : DL_NONE;
    out->from = from >= 1 ? (uint32_t)from - 1 : DL_NONE;
    for (unsigned k = 0; k < DL_CHANGES; k++) {
        char what[32];
        snprintf(what, sizeof what, "\"what\":\"%s\"", dl_change_words[k]);
        if (dl_str_find(line, dl_str_of(what), 0) != SIZE_MAX) out->kind = (uint8_t)k;
    }
    return out->kind < DL_CHANGES;
}

dl_str dl_change_page(dl_str line)
{
    const dl_str key = DL_STR("{\"page\":\"");
    const size_t end = dl_str_find(line, DL_STR("\",\"what\":"), 0);
    return dl_str_starts(line, key) && end != SIZE_MAX && end >= key.len ? dl_str_cut(line, key.len, end) : (dl_str){ 0 };
}
