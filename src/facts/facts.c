/* facts.c: look-ups in the tables of facts. What a form means in its place is the caller's to say. */
#include "facts/facts.h"

/* Tokens of the longest form: "foreign commonwealth and development office". */
#define FORM_WORDS 6
#define FORM_BYTES 120

dl_facts dl_facts_open(const dl_models *m)
{
    return (dl_facts){ dl_tsv_open(m, "countries"),  dl_tsv_open(m, "bodies"),   dl_tsv_open(m, "agents"),
                       dl_tsv_open(m, "firstnames"), dl_tsv_open(m, "variants"), dl_tsv_open(m, "surnames_first") };
}

static dl_str without_the(dl_str s) { return s.len > 4 && dl_str_starts_nocase(s, DL_STR("the ")) ? dl_str_cut(s, 4, s.len) : s; }

/* "The Hague" keeps its article in the table. */
static uint32_t find_form(const dl_tsv *t, dl_str form)
{
    uint32_t row = dl_tsv_find_lower(t, form);
    dl_str bare = without_the(form);
    return row == DL_NONE && bare.len < form.len ? dl_tsv_find_lower(t, bare) : row;
}

static uint32_t code(dl_str s) { return s.len == 3 ? dl_country(s.p) : 0; }

/* "name", "capital?": the reading, and whether others have the form too. */
static unsigned reading(dl_str cls, bool *shared)
{
    *shared = cls.len && cls.p[cls.len - 1] == '?';
    cls.len -= *shared;
    switch (cls.len ? cls.p[0] : 0) {
    case 'n': return DL_AS_NAME;
    case 'a': return DL_AS_ADJ;
    case 'p': return DL_AS_PEOPLE;
    case 's': return DL_AS_SEAT;
    default: return cls.len == 7 ? DL_AS_CAPITAL : 0;
    }
}

/* "us", "no 10", "turkey", "chad" and the like are words unless they begin with a capital. */
static bool printed_as_name(dl_str form)
{
    dl_str bare = without_the(form);
    if (!bare.len || dl_is_lower(bare.p[0])) return false;
    /* "Us" opens a sentence; the country is written US. */
    return !(bare.len == 2 && dl_is_upper(bare.p[0]) && dl_is_lower(bare.p[1]));
}

dl_nation dl_facts_nation(const dl_facts *f, dl_str form)
{
    static const unsigned order[] = { DL_AS_NAME, DL_AS_ADJ, DL_AS_PEOPLE, DL_AS_CAPITAL, DL_AS_SEAT };
    dl_nation n = { 0, 0, false };
    bool shared;
    size_t best = DL_COUNT(order);
    if (!printed_as_name(form)) return n;
    for (uint32_t row = find_form(&f->countries, form); row != DL_NONE; row = dl_tsv_more(&f->countries, row)) {
        unsigned as = reading(dl_tsv_cell(&f->countries, row, 2), &shared);
        size_t k = 0;
        while (k < DL_COUNT(order) && order[k] != as) k++;
        uint32_t c = code(dl_tsv_cell(&f->countries, row, 1));
        if (k < best) {
            if (c != n.country) n.as = 0;
            best = k;
            n.country = c;
            n.shared = shared;
        }
        if (c == n.country) n.as |= as;
    }
    return n;
}

dl_str dl_facts_country_name(const dl_facts *f, uint32_t country)
{
    char key[5] = "=", a3[4];
    dl_country_text(a3, country);
    memcpy(key + 1, a3, 3);
    uint32_t row = country ? dl_tsv_find_lower(&f->countries, (dl_str){ key, 4 }) : DL_NONE;
    return row == DL_NONE ? (dl_str){ NULL, 0 } : dl_tsv_cell(&f->countries, row, 3);
}

static dl_body body_of(const dl_facts *f, uint32_t row)
{
    static const char *const names[] = { "", "body", "region", "inst", "media" };
    dl_body b = { DL_BODY_NONE, 0, { NULL, 0 } };
    dl_str cls = dl_tsv_cell(&f->bodies, row, 1);
    for (unsigned k = DL_BODY_INTL; k <= DL_BODY_MEDIA; k++)
        if (dl_str_eq(cls, dl_str_of(names[k]))) b.cls = (uint8_t)k;
    b.country = code(dl_tsv_cell(&f->bodies, row, 2));
    b.name = dl_tsv_cell(&f->bodies, row, 3);
    return b;
}

dl_body dl_facts_body(const dl_facts *f, dl_str form)
{
    const dl_body none = { DL_BODY_NONE, 0, { NULL, 0 } };
    uint32_t row = find_form(&f->bodies, form);
    if (row == DL_NONE) return none;
    dl_str as = dl_tsv_cell(&f->bodies, row, 4), bare = without_the(form);
    if (as.len ? !dl_str_eq(as, bare) : (bare.len && dl_is_lower(bare.p[0]) && bare.len < 8)) return none;
    return body_of(f, row);
}

dl_body dl_facts_body_behind(const dl_facts *f, dl_str place)
{
    char key[FORM_BYTES];
    dl_str bare = without_the(place);
    uint32_t row = DL_NONE;
    if (bare.len + 1 < sizeof key) {
        key[0] = '@';
        memcpy(key + 1, bare.p, bare.len);
        row = dl_tsv_find_lower(&f->bodies, (dl_str){ key, bare.len + 1 });
    }
    return row == DL_NONE ? (dl_body){ DL_BODY_NONE, 0, { NULL, 0 } } : body_of(f, row);
}

dl_agent dl_facts_agent(const dl_facts *f, dl_str form)
{
    static const char *const kinds[] = { "", "person", "group", "organisation", "government", "honorific", "rank" };
    dl_agent a = { DL_AG_NONE, 0, 0, 0, { NULL, 0 }, { NULL, 0 } };
    uint32_t row = dl_tsv_find_lower(&f->agents, form);
    if (row == DL_NONE) return a;
    dl_str kind = dl_tsv_cell(&f->agents, row, 1), gender = dl_tsv_cell(&f->agents, row, 3);
    for (unsigned k = DL_AG_PERSON; k <= DL_AG_RANK; k++)
        if (dl_str_eq(kind, dl_str_of(kinds[k]))) a.kind = (uint8_t)k;
    a.plural = dl_str_eq(dl_tsv_cell(&f->agents, row, 2), DL_STR("p"));
    a.gender = gender.len && gender.p[0] != '-' ? (uint8_t)gender.p[0] : 0;
    a.cls = dl_tsv_cell(&f->agents, row, 4);
    a.title = dl_str_eq(dl_tsv_cell(&f->agents, row, 5), DL_STR("t"));
    a.base = dl_tsv_cell(&f->agents, row, 6);
    return a;
}

uint8_t dl_facts_gender(const dl_facts *f, dl_str first)
{
    uint32_t row = dl_tsv_find_lower(&f->first, first);
    size_t dash = dl_str_find(first, DL_STR("-"), 1);
    if (row == DL_NONE && dash != SIZE_MAX) /* Hans-Georg goes by Hans */
        row = dl_tsv_find_lower(&f->first, dl_str_cut(first, 0, dash));
    return row == DL_NONE ? 0 : (uint8_t)dl_tsv_cell(&f->first, row, 1).p[0];
}

bool dl_facts_same_first(const dl_facts *f, dl_str a, dl_str b)
{
    if (dl_str_eq_nocase(a, b)) return true;
    uint32_t from = dl_tsv_find_lower(&f->variants, b);
    for (uint32_t i = dl_tsv_find_lower(&f->variants, a); i != DL_NONE; i = dl_tsv_more(&f->variants, i))
        for (uint32_t k = from; k != DL_NONE; k = dl_tsv_more(&f->variants, k))
            if (dl_str_eq(dl_tsv_cell(&f->variants, i, 1), dl_tsv_cell(&f->variants, k, 1))) return true;
    return false;
}

bool dl_facts_surname_first(const dl_facts *f, dl_str word) { return dl_tsv_find_lower(&f->surnames, word) != DL_NONE; }

bool dl_facts_called_by_given(const dl_facts *f, dl_str surname)
{
    uint32_t row = dl_tsv_find_lower(&f->surnames, surname);
    return row != DL_NONE && dl_str_eq(dl_tsv_cell(&f->surnames, row, 1), DL_STR("v"));
}

dl_str dl_facts_join(const dl_doc *d, dl_span tok, char *buf, size_t cap)
{
    size_t n = 0;
    for (uint32_t t = tok.beg; t < tok.end; t++) {
        dl_str w = dl_tok_text(d, t);
        bool blank = t > tok.beg && d->toks.span[t - 1].end < d->toks.span[t].beg;
        if (n + w.len + blank > cap) return (dl_str){ buf, 0 };
        if (blank) buf[n++] = ' ';
        for (size_t i = 0; i < w.len; i++, n++) /* U+2019 is written ' in the tables */
            if (i + 2 < w.len && !memcmp(w.p + i, "\xe2\x80\x99", 3)) {
                buf[n] = '\'';
                i += 2;
            } else {
                buf[n] = w.p[i];
            }
    }
    return (dl_str){ buf, n };
}

uint32_t dl_facts_agent_at(const dl_facts *f, const dl_doc *d, uint32_t tok, uint32_t end, dl_agent *out)
{
    char buf[FORM_BYTES];
    for (uint32_t n = end - tok < FORM_WORDS ? end - tok : FORM_WORDS; n; n--) {
        *out = dl_facts_agent(f, dl_facts_join(d, (dl_span){ tok, tok + n }, buf, sizeof buf));
        if (out->kind) return n;
    }
    return 0;
}

uint32_t dl_facts_nation_at(const dl_facts *f, const dl_doc *d, uint32_t tok, uint32_t end, dl_nation *out)
{
    char buf[FORM_BYTES];
    for (uint32_t n = end - tok < FORM_WORDS ? end - tok : FORM_WORDS; n; n--) {
        *out = dl_facts_nation(f, dl_facts_join(d, (dl_span){ tok, tok + n }, buf, sizeof buf));
        if (out->country) return n;
    }
    return 0;
}

uint32_t dl_facts_body_at(const dl_facts *f, const dl_doc *d, uint32_t tok, uint32_t end, dl_body *out)
{
    char buf[FORM_BYTES];
    for (uint32_t n = end - tok < FORM_WORDS ? end - tok : FORM_WORDS; n; n--) {
        *out = dl_facts_body(f, dl_facts_join(d, (dl_span){ tok, tok + n }, buf, sizeof buf));
        if (out->cls) return n;
    }
    return 0;
}

/* Forms are looked up without "the". */
static bool begins(const dl_tsv *t, const dl_doc *d, uint32_t tok)
{
    char buf[FORM_BYTES];
    const dl_str word = dl_facts_join(d, (dl_span){ tok, tok + 1 }, buf, sizeof buf);
    return dl_str_eq_nocase(word, DL_STR("the")) || (word.len && dl_tsv_begins(t, word));
}

bool dl_facts_nation_begins(const dl_facts *f, const dl_doc *d, uint32_t tok) { return begins(&f->countries, d, tok); }

bool dl_facts_body_begins(const dl_facts *f, const dl_doc *d, uint32_t tok) { return begins(&f->bodies, d, tok); }
