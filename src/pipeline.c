/* pipeline.c: one table orders the stages. */
#include "pipeline.h"

#include "coref/coref.h"
#include "damage/damage.h"
#include "events/events.h"
#include "extract/extract.h"
#include "names/names.h"
#include "parse/parse.h"
#include "quotes/quotes.h"
#include "times/times.h"
#include "tokens/tokens.h"

typedef struct stage {
    dl_stages bit;
    dl_status (*run)(dl_build *b, const dl_models *m);
    dl_table writes[3]; /* emptied when the stage runs again; DL_TABLES: none */
} stage;

static const stage stages[] = {
    { DL_STAGE_WORDS, dl_parse_words, { DL_TABLES, DL_TABLES, DL_TABLES } },
    { DL_STAGE_TREES, dl_parse_trees, { DL_TABLES, DL_TABLES, DL_TABLES } },
    { DL_STAGE_NAMES, dl_names_find, { DL_T_NAMES, DL_TABLES, DL_TABLES } },
    { DL_STAGE_COREF, dl_coref_find, { DL_T_ENTS, DL_T_MENTS, DL_T_ROLES } },
    { DL_STAGE_DAMAGE, dl_damage_find, { DL_T_DAMAGES, DL_TABLES, DL_TABLES } },
    { DL_STAGE_TIMES, dl_times_find, { DL_T_TIMES, DL_TABLES, DL_TABLES } },
    { DL_STAGE_QUOTES, dl_quotes_find, { DL_T_QUOTES, DL_T_PARTS, DL_TABLES } },
    { DL_STAGE_EVENTS, dl_events_find, { DL_T_EVENTS, DL_T_ARGS, DL_TABLES } },
};

dl_status dl_pipeline_read(dl_build *b, const dl_raw *raw, const dl_models *m)
{
    return dl_pipeline_read_beside(b, raw, m, NULL);
}

dl_status dl_pipeline_read_beside(dl_build *b, const dl_raw *raw, const dl_models *m, const dl_beside *beside)
{
    dl_status st = dl_extract_beside(b, raw, m, beside);
    if (!st && !raw->body_only) st = raw->kind == DL_RAW_SENTENCES ? dl_tokens_given(b, raw) : dl_tokens_find(b, m);
    return st ? st : dl_dates_page(b, m);
}

dl_status dl_pipeline_understand(dl_build *b, dl_stages set, const dl_models *m)
{
    if (set & DL_STAGE_TREES) set &= ~DL_STAGE_WORDS;
    for (size_t i = 0; i < DL_COUNT(stages); i++) {
        if (!(stages[i].bit & set)) continue;
        dl_status st = stages[i].run(b, m);
        if (st) return st;
        dl_arena_reset(&b->scratch);
    }
    return DL_OK;
}

dl_status dl_pipeline_text(dl_build *b, dl_stages set, const dl_models *m)
{
    dl_status st = dl_tokens_find(b, m);
    return st ? st : dl_pipeline_understand(b, set, m);
}

dl_status dl_pipeline_redate(dl_build *b, const dl_redate *r, const dl_models *m)
{
    const dl_stages set = DL_STAGE_TIMES | DL_STAGE_QUOTES | DL_STAGE_EVENTS;
    for (size_t i = 0; i < DL_COUNT(stages); i++)
        for (size_t t = 0; (stages[i].bit & set) && t < DL_COUNT(stages[i].writes); t++)
            if (stages[i].writes[t] != DL_TABLES) dl_rows_clear(b, stages[i].writes[t]);
    dl_dates_apply(b, r);
    return dl_pipeline_understand(b, set, m);
}
