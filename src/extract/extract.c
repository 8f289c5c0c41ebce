/* extract.c: the stage: picks the reader for what the page came as. */
#include "extract/extract.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/limits.h"
#include "extract/html_page.h"
#include "extract/page.h"

static void open_tables(dl_xpage *p, const dl_models *m)
{
    p->phrases = dl_tsv_open(m, "furniture");
    p->nav = dl_tsv_open(m, "nav");
    p->months = dl_tsv_open(m, "month_names");
    p->agencies = dl_tsv_open(m, "agencies");
    p->words = dl_tsv_open(m, "function_words");
    p->date_words = dl_tsv_open(m, "date_words");
    p->role_words = dl_tsv_open(m, "role_words");
}

static void record_meta(dl_build *b, const dl_raw *raw)
{
    dl_meta *m = &b->meta;
    m->id = dl_put(b, raw->id);
    m->url = dl_put(b, raw->url);
    m->fetched = raw->fetched;
    m->given = raw->given;
    m->raw_len = (uint32_t)raw->raw_len;
    m->raw_hash = raw->raw_hash;
}

/* An article that is clean already: its bytes are the text, each line a block. */
static dl_status clean(dl_xpage *p)
{
    dl_build *b = p->b;
    (void)dl_put_text(b, p->src);
    if (dl_build_status(b)) return dl_build_status(b);
    b->meta.clean = 1;
    b->meta.part = p->raw->base > 0;
    b->meta.tokens_given = p->raw->kind == DL_RAW_SENTENCES;
    for (size_t i = 0; i < p->src.len;) {
        size_t end = dl_str_find(p->src, DL_STR("\n"), i);
        if (end == SIZE_MAX) end = p->src.len;
        dl_span s = { (uint32_t)i, (uint32_t)end };
        if (dl_str_trim(dl_str_cut(p->src, i, end)).len) {
            uint32_t r = dl_row(b, DL_T_BLOCKS);
            if (r == DL_NONE) return DL_ENOMEM;
            b->d.blocks.kind[r] = DL_PARAGRAPH;
            b->d.blocks.sure[r] = 100;
            b->d.blocks.span[r] = s;
            b->d.blocks.raw[r] = dl_extract_raw(p, s);
            b->d.blocks.raw[r].beg += p->raw->base;
            b->d.blocks.raw[r].end += p->raw->base;
            b->d.blocks.time[r] = DL_NEVER;
        }
        i = end + 1;
    }
    b->meta.body_len = b->d.text_len;
    if (!p->raw->body_only) p->language = dl_extract_language(p, dl_str_cut(p->src, 0, p->src.len < 65536 ? p->src.len : 65536));
    p->merge_removed = false;
    return dl_extract_finish(p);
}

static bool is_clean(const dl_raw *raw) { return raw->kind == DL_RAW_CLEAN || raw->kind == DL_RAW_SENTENCES; }

dl_status dl_extract_begin(dl_xpage *p, dl_build *b, const dl_raw *raw, const dl_models *m, dl_offsets *given)
{
    *p = (dl_xpage){
        .b = b, .raw = raw, .models = m, .a = &b->scratch, .src = raw->bytes, .title = raw->title, .lean = raw->lean
    };
    *given = raw->offsets;
    p->map[p->maps++] = given;
    open_tables(p, m);
    record_meta(b, raw);
    if (!is_clean(raw) && !dl_extract_filters(p)) return DL_ENOMEM; /* a clean page has no blocks to be measured */
    if (raw->url.len) dl_when_url(p, raw->url);
    return DL_OK;
}

/* A page of HTML, or text with a site's furniture. */
static dl_status dirty(dl_xpage *p)
{
    dl_status st = DL_OK;
    if (dl_extract_escaped(p))
        st = dl_extract_html(p);
    else {
        dl_extract_text(p);
        dl_verdict_text(p);
    }
    if (st == DL_OK && dl_arena_failed(p->a)) st = DL_ENOMEM;
    dl_prints_settle(p);
    if (st == DL_OK) dl_extract_given(p);
    if (st == DL_OK) st = dl_extract_emit(p);
    if (st == DL_OK) dl_prints_leave(p);
    return st;
}

dl_status dl_extract(dl_build *b, const dl_raw *raw, const dl_models *m) { return dl_extract_beside(b, raw, m, NULL); }

dl_status dl_extract_beside(dl_build *b, const dl_raw *raw, const dl_models *m, const dl_beside *beside)
{
    if (raw->bytes.len > DL_PAGE_MAX)
        return dl_fail(b->err, DL_ELIMIT, "page", DL_PAGE_MAX, "the page is longer than %zu bytes", DL_PAGE_MAX);
    dl_arena_mark here = dl_arena_here(&b->scratch);
    dl_xpage p;
    dl_offsets given;
    dl_status st = dl_extract_begin(&p, b, raw, m, &given);
    p.beside = beside;
    if (st == DL_OK) st = is_clean(raw) ? clean(&p) : dirty(&p);
    dl_arena_back(&b->scratch, here);
    return st;
}
