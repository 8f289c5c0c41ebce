/* log.c: changes in words. */
#include "stories/log.h"

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
