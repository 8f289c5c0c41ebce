/* schema.c: the tables, and the words of FORMATS.md for their enumerations. */
#include "doc/schema.h"

#include "base/date.h"

#define COL(table, column, check, limit)                                                                                         \
    {                                                                                                                            \
        offsetof(dl_doc, table.column), sizeof *((dl_doc *)0)->table.column, DL_CHECK_##check, limit                             \
    }
#define TABLE(name, cols)                                                                                                        \
    {                                                                                                                            \
#name, offsetof(dl_doc, name.n), DL_COUNT(cols), cols                                                                    \
    }

static const dl_column blocks[] = {
    COL(blocks, kind, ENUM, DL_BLOCK_KINDS),
    COL(blocks, role, ENUM, DL_TEXT_ROLES),
    COL(blocks, sure, NONE, 0),
    COL(blocks, span, TEXT, 0),
    COL(blocks, raw, SPAN, 0),
    COL(blocks, time, NONE, 0),
    COL(blocks, author, REF, 0),
    COL(blocks, title, REF, 0),
};
static const dl_column removed[] = {
    COL(removed, why, REF, 0),  COL(removed, role, ENUM, DL_TEXT_ROLES), COL(removed, sure, NONE, 0),
    COL(removed, raw, SPAN, 0), COL(removed, same_as, ROW, DL_T_BLOCKS),
};
static const dl_column warnings[] = { COL(warnings, what, REF, 0), COL(warnings, detail, REF, 0) };
static const dl_column authors[] = { COL(authors, name, REF, 0) };
static const dl_column credits[] = { COL(credits, name, REF, 0), COL(credits, kind, ENUM, DL_CREDITS),
                                     COL(credits, raw, SPAN, 0) };
static const dl_column dates[] = {
    COL(dates, at, NONE, 0),
    COL(dates, grain, ENUM, DL_GRAINS),
    COL(dates, basis, ENUM, DL_BASES),
    COL(dates, sure, NONE, 0),
    COL(dates, modified, NONE, 0),
    COL(dates, place, ENUM, DL_DATE_PLACES),
    COL(dates, region, ENUM, DL_REGIONS),
    COL(dates, signs, NONE, 0),
    COL(dates, day, NONE, 0),
    COL(dates, raw, SPAN, 0),
    COL(dates, words, REF, 0),
};
static const dl_column sents[] = { COL(sents, tok, ROWS, DL_T_TOKS), COL(sents, span, TEXT, 0),
                                   COL(sents, block, ROW, DL_T_BLOCKS) };
static const dl_column toks[] = {
    COL(toks, span, TEXT, 0), COL(toks, flags, NONE, 0), COL(toks, xpos, NONE, 0),        COL(toks, upos, NONE, 0),
    COL(toks, bio, NONE, 0),  COL(toks, lemma, REF, 0),  COL(toks, head, ROW, DL_T_TOKS), COL(toks, rel, NONE, 0),
};
static const dl_column names[] = { COL(names, tok, ROWS, DL_T_TOKS), COL(names, span, TEXT, 0),
                                   COL(names, type, ENUM, DL_NAME_TYPES) };
static const dl_column ents[] = {
    COL(ents, name, REF, 0),    COL(ents, kind, ENUM, DL_ACTOR_KINDS), COL(ents, gender, NONE, 0),
    COL(ents, plural, NONE, 0), COL(ents, country, NONE, 0),           COL(ents, mentions, NONE, 0),
};
static const dl_column ments[] = {
    COL(ments, ent, ROW, DL_T_ENTS),
    COL(ments, tok, ROWS, DL_T_TOKS),
    COL(ments, span, TEXT, 0),
    COL(ments, kind, ENUM, DL_MENTION_KINDS),
};
static const dl_column roles[] = {
    COL(roles, ent, ROW, DL_T_ENTS),
    COL(roles, title, REF, 0),
    COL(roles, country, NONE, 0),
    COL(roles, span, TEXT, 0),
};
static const dl_column times[] = {
    COL(times, span, TEXT, 0),
    COL(times, tok, ROWS, DL_T_TOKS),
    COL(times, sent, ROW, DL_T_SENTS),
    COL(times, type, ENUM, DL_TIMEX_TYPES),
    COL(times, value, REF, 0),
    COL(times, from, NONE, 0),
    COL(times, to, NONE, 0),
    COL(times, grain, ENUM, DL_GRAINS),
    COL(times, basis, ENUM, DL_TIME_BASES),
    COL(times, anchor, REF, 0),
};
static const dl_column quotes[] = {
    COL(quotes, kind, ENUM, DL_QUOTE_KINDS),
    COL(quotes, sent, ROW, DL_T_SENTS),
    COL(quotes, from, NONE, 0),
    COL(quotes, to, NONE, 0),
    COL(quotes, score, NONE, 0),
    COL(quotes, parts, ROWS, DL_T_PARTS),
};
static const dl_column parts[] = { COL(parts, role, ENUM, DL_PART_ROLES), COL(parts, span, TEXT, 0),
                                   COL(parts, ent, ROW, DL_T_ENTS) };
static const dl_column events[] = {
    COL(events, type, ENUM, DL_PLOVERS),
    COL(events, root, ENUM, 21),
    COL(events, modality, ENUM, DL_MODALITIES),
    COL(events, basis, ENUM, DL_TIME_BASES + 1),
    COL(events, trigger, TEXT, 0),
    COL(events, span, TEXT, 0),
    COL(events, sent, ROW, DL_T_SENTS),
    COL(events, quote, ROW, DL_T_QUOTES),
    COL(events, place, ROW, DL_T_ENTS),
    COL(events, from, NONE, 0),
    COL(events, to, NONE, 0),
    COL(events, args, ROWS, DL_T_ARGS),
};
static const dl_column args[] = { COL(args, role, ENUM, DL_ARG_ROLES), COL(args, ent, ROW, DL_T_ENTS), COL(args, span, TEXT, 0) };
static const dl_column damages[] = {
    COL(damages, span, TEXT, 0),
    COL(damages, what, REF, 0),
    COL(damages, note, REF, 0),
    COL(damages, sure, NONE, 0),
};

static const dl_column stated[] = {
    COL(stated, field, ENUM, DL_STATED_FIELDS),
    COL(stated, basis, ENUM, DL_STATED_BASES),
    COL(stated, chosen, NONE, 0),
    COL(stated, value, REF, 0),
    COL(stated, raw, SPAN, 0),
};
const dl_table_info dl_schema[DL_TABLES] = {
    TABLE(blocks, blocks), TABLE(removed, removed), TABLE(warnings, warnings), TABLE(authors, authors), TABLE(credits, credits),
    TABLE(dates, dates),   TABLE(sents, sents),     TABLE(toks, toks),         TABLE(names, names),     TABLE(ents, ents),
    TABLE(ments, ments),   TABLE(roles, roles),     TABLE(times, times),       TABLE(quotes, quotes),   TABLE(parts, parts),
    TABLE(events, events), TABLE(args, args),       TABLE(damages, damages),   TABLE(stated, stated),
};

const char *const dl_block_words[DL_BLOCK_KINDS] = { "paragraph", "heading", "list",     "quote", "post",
                                                     "caption",   "byline",  "dateline", "note" };
const char *const dl_text_words[DL_TEXT_ROLES] = { "body",       "heading",    "list",          "quote",    "live post",
                                                   "caption",    "credit",     "byline",        "dateline", "agency tag",
                                                   "related",    "promo",      "newsletter",    "comment",  "correction note",
                                                   "cookie",     "navigation", "title",         "date",     "note",
                                                   "pull quote", "paywall",    "advertisement", "share",    "tags",
                                                   "legal",      "embed",      "repeat",        "hidden",   "furniture" };
const char *const dl_verdict_words[DL_VERDICTS] = { "article", "live", "index", "other" };
const char *const dl_basis_words[DL_BASES] = { "none", "printed", "meta", "url", "text", "story", "meta" };
const char *const dl_credit_words[DL_CREDITS] = { "byline", "dateline", "tag", "source", "photo", "meta" };
const char *const dl_name_words[DL_NAME_TYPES] = { "PER", "ORG", "LOC", "NORP", "FAC", "EVENT", "MISC" };
const char *const dl_actor_words[DL_ACTOR_KINDS] = { "person", "organisation", "government", "place", "group" };
const char *const dl_mention_words[DL_MENTION_KINDS] = { "name", "title", "pronoun", "metonym" };
const char *const dl_timex_words[DL_TIMEX_TYPES] = { "DATE", "TIME", "DURATION", "SET" };
const char *const dl_time_basis_words[DL_TIME_BASES] = { "explicit", "deictic", "inferred" };
const char *const dl_quote_words[DL_QUOTE_KINDS] = { "direct", "mixed", "indirect" };
const char *const dl_plover_words[DL_PLOVERS] = { NULL,      "AGREE",    "CONSULT",  "SUPPORT", "CONCEDE", "COOPERATE",
                                                  "AID",     "RETREAT",  "REQUEST",  "ACCUSE",  "REJECT",  "THREATEN",
                                                  "PROTEST", "SANCTION", "MOBILIZE", "COERCE",  "ASSAULT" };
const char *const dl_modality_words[DL_MODALITIES] = { "happened", "ongoing", "expected", "possible", "hypothetical",
                                                       "denied",   "refused", "demanded", "warned",   "alleged" };
const char *const dl_stated_field_words[DL_STATED_FIELDS] = { "title", "author", "outlet", "language", "section", "canonical" };
const char *const dl_stated_basis_words[DL_STATED_BASES] = { "json-ld", "meta",  "og",   "h1",  "window", "itemprop",
                                                             "link",    "class", "line", "url", "html",   "text" };
