/* doctor.c: are the models, the store and the build whole? */
#include "api/pile.h"
#include "api/text.h"
#include "base/error.h"

static void put(dl_out *o, const char *what, bool well, const char *say)
{
    if (o->req->format == DL_TEXT) {
        dl_buf_fmt(o->buf, "  %-8s ", what);
        dl_text_styled(o->buf, well ? DL_STR("ok") : DL_STR("WRONG"), well ? DL_PLAIN : DL_WARN, o->req->colour);
        dl_buf_puts(o->buf, "  ");
        dl_text_put(o->buf, dl_str_of(say));
        dl_buf_putc(o->buf, '\n');
        return;
    }
    dl_json j = dl_json_to(o->buf);
    dl_json_open(&j, '{');
    dl_json_key(&j, "check");
    dl_json_word(&j, what);
    dl_json_key(&j, "ok");
    dl_json_bool(&j, well);
    dl_json_key(&j, "detail");
    dl_json_word(&j, say);
    dl_json_close(&j, '}');
    dl_json_line(&j);
}

static const char *say(dl_arena *a, const char *fmt, uint32_t n, const char *more)
{
    dl_buf b;
    dl_buf_init(&b, 1 << 16);
    dl_buf_fmt(&b, fmt, n, more);
    dl_str kept = dl_arena_str(a, dl_buf_str(&b));
    dl_buf_free(&b);
    return kept.p ? kept.p : "";
}

dl_status dl_write_doctor(dl_out *o, dl_pile *p, dl_error *err)
{
    dl_error one = { 0 };
    dl_status worst = DL_OK, st = dl_models_check(p->models, &one);
    put(o, "build", true, p->text);
    put(o, "models", !st,
        st ? one.message : say(o->scratch, "%u sections, every checksum is right%s", dl_models_count(p->models), ""));
    if (st) worst = dl_fail(err, st, one.where, one.offset, "%s", one.message);
    if (!p->store) {
        put(o, "store", true, "none yet");
        return worst;
    }
    uint32_t bad = 0;
    one = (dl_error){ 0 };
    st = dl_store_check(p->store, &bad, &one);
    if (!st && !bad) {
        put(o, "store", true, say(o->scratch, "%u pages, all whole: %s", dl_store_count(p->store), dl_store_path(p->store)));
        return worst;
    }
    put(o, "store", false, one.message);
    return dl_fail(err, DL_ESTORE, dl_store_path(p->store), one.offset, "%s", one.message);
}
