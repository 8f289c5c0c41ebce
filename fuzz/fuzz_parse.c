/* fuzz_parse.c: any bytes through `parse`: the first byte says whether they are clean text or CoNLL-U. Words and sentences keep their places, trees are
 * trees, names lie within sentences; and what is written is CoNLL-U that reads back as the same words. */
#include <stdlib.h>

#include "api/view.h"
#include "base/utf8.h"
#include "input/conllu.h"
#include "pipeline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool so)
{
    if (!so) abort();
}

static bool inside(uint32_t at, const dl_doc *d)
{
    return at <= d->text_len && (at == d->text_len || ((unsigned char)d->text[at] & 0xc0) != 0x80);
}

static void check_tree(const dl_doc *d, dl_span sent)
{
    uint32_t roots = 0;
    for (uint32_t t = sent.beg; t < sent.end; t++) {
        uint32_t at = t, steps = 0;
        while (at >= sent.beg && at < sent.end && d->toks.head[at] != at && steps <= sent.end - sent.beg) {
            at = d->toks.head[at];
            steps++;
        }
        hold(at >= sent.beg && at < sent.end && d->toks.head[at] == at);
        roots += d->toks.head[t] == t;
    }
    hold(roots == 1);
}

static void check(const dl_doc *d)
{
    uint32_t next = 0, end = 0;
    for (uint32_t i = 0; i < d->sents.n; i++) {
        const dl_span s = d->sents.tok[i];
        hold(s.beg == next && s.end > s.beg && s.end <= d->toks.n);
        next = s.end;
        check_tree(d, s);
    }
    hold(next == d->toks.n);
    for (uint32_t t = 0; t < d->toks.n; t++) {
        const dl_span s = d->toks.span[t];
        hold(s.beg >= end && s.end > s.beg && inside(s.beg, d) && inside(s.end, d));
        end = s.end;
    }
    end = 0;
    for (uint32_t i = 0; i < d->names.n; i++) {
        hold(d->names.tok[i].beg >= end && d->names.tok[i].end > d->names.tok[i].beg && d->names.tok[i].end <= d->toks.n);
        end = d->names.tok[i].end;
    }
}

/* What `parse` writes of it, read again: as many words and sentences. */
static void check_written(const dl_doc *d, dl_arena *a)
{
    dl_buf buf;
    const dl_request req = { .what = DL_PARSE };
    dl_out o = { .buf = &buf, .req = &req, .scratch = a };
    dl_conllu c;
    dl_raw again;
    dl_buf_init(&buf, (size_t)1 << 30);
    dl_write_parse(&o, NULL, 0, d);
    hold(!buf.failed && dl_utf8_bad(dl_buf_str(&buf)) == buf.len);
    dl_conllu_init(&c, dl_buf_str(&buf), "written");
    const dl_status st = dl_conllu_next(&c, a, &again, NULL);
    if (st != DL_ENOMEM) hold(st == DL_OK && again.n_words == d->toks.n && again.n_sents == d->sents.n);
    dl_buf_free(&buf);
}

static void one(dl_build *b, const dl_raw *raw, const dl_models *m, dl_arena *a)
{
    dl_build_reset(b);
    if (dl_pipeline_read(b, raw, m) || dl_pipeline_understand(b, DL_STAGE_WORDS | DL_STAGE_TREES | DL_STAGE_NAMES, m)) return;
    b->meta.id = dl_put(b, DL_STR("fuzz"));
    check(&b->d);
    check_written(&b->d, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dl_models *m;
    dl_error err;
    dl_build b;
    dl_arena a;
    if (!size || (!m && dl_models_open(&m, NULL, &err))) return 0;
    dl_build_init(&b);
    dl_arena_init(&a, (size_t)1 << 30);
    const dl_str bytes = dl_utf8_clean(&a, (dl_str){ (const char *)data + 1, size - 1 });
    if (data[0] % 2) {
        dl_raw raw = { .kind = DL_RAW_CLEAN, .bytes = bytes, .fetched = DL_NEVER, .given = DL_NEVER, .raw_len = bytes.len };
        one(&b, &raw, m, &a);
    } else {
        dl_conllu c;
        dl_raw raw;
        dl_conllu_init(&c, bytes, "fuzz");
        for (dl_status st = DL_OK; st != DL_ENONE && st != DL_ENOMEM;) {
            st = dl_conllu_next(&c, &a, &raw, &err);
            if (!st) one(&b, &raw, m, &a);
            hold(st != DL_EINPUT || err.offset <= bytes.len);
        }
    }
    dl_arena_free(&a);
    dl_build_free(&b);
    return 0;
}
