/* date_line.c: lines that hold a date and little else, and the words that say what a date is of. */
#include "base/utf8.h"
#include "extract/page.h"

void dl_when_add(dl_xpage *p, const dl_when *w)
{
    const uint32_t r = dl_row(p->b, DL_T_DATES);
    if (r == DL_NONE) return;
    dl_dates *t = &p->b->d.dates;
    t->at[r] = w->d.at;
    t->grain[r] = (uint8_t)w->d.grain;
    t->basis[r] = (uint8_t)w->basis;
    t->sure[r] = (uint8_t)(w->sure < 0 ? 0 : w->sure);
    t->modified[r] = w->modified;
    t->place[r] = (uint8_t)w->place;
    t->region[r] = (uint8_t)w->region;
    t->signs[r] = (uint16_t)(w->signs | (w->d.utc ? DL_DATE_UTC : 0u));
    t->day[r] = w->d.day;
    t->raw[r] = dl_extract_raw(p, w->src);
    t->words[r] = dl_put(p->b, w->words);
}

void dl_extract_hypothesis(dl_xpage *p, dl_printed d, dl_basis basis, int sure, bool modified, dl_span src, dl_str words)
{
    const dl_when w = { .d = d,
                        .basis = basis,
                        .place = basis == DL_BY_PRINTED ? DL_DATE_PRINTED : DL_DATE_META,
                        .signs = basis == DL_BY_PRINTED ? DL_DATE_ALONE : 0u,
                        .sure = sure,
                        .modified = modified,
                        .src = src,
                        .words = words };
    dl_when_add(p, &w);
}

/* Words that stand around a date in a line that holds nothing else. */
static bool date_word(const dl_xpage *p, dl_str w)
{
    return dl_is_digit(w.p[0]) || dl_tsv_find(&p->date_words, w) != DL_NONE || dl_extract_month(p, w);
}

/* Where the last of the words stands in s, folded; SIZE_MAX: none does. */
static size_t last_of(dl_str s, const char *const *words, size_t n)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        size_t hit = 0;
        while ((hit = dl_str_find(s, dl_str_of(words[i]), hit)) != SIZE_MAX) {
            if (best == SIZE_MAX || hit > best) best = hit;
            hit++;
        }
    }
    return best;
}

dl_date_said dl_extract_date_said(dl_str before)
{
    static const char *const changed[] = { "updat",     "modif",      "aktualis", "aktualiz", "actualiz", "atualiz",
                                           "aggiornat", "bijgewerkt", "opdater",  "oppdater", "uppdater", "mis a jour",
                                           "mise a jo", "last edit",  "guncelle", "geandert", "anderung", "last change",
                                           "zuletzt",   "ultima mod", "zmeneno",  "zmodyfik", "endret",   "andrad",
                                           "revised",   "paivitetty", "обновл",   "измен",    "оновл" };
    static const char *const published[] = { "publi",    "veroffentlich", "erschien",   "posted",        "post on",
                                             "created",  "erstellt",      "eingestell", "mise en ligne", "mis en ligne",
                                             "pubbl",    "gepost",        "geplaatst",  "opubl",         "dodano",
                                             "datum",    "date",          "data",       "fecha",         "yayin",
                                             "postad",   "written",       "submitted",  "released",      "julkaistu",
                                             "megjelen", "опубл",         "дата",       "размещ" };
    static const char *const other[] = { "event",   "termin",    "deadline", "joined",   "since",    "beginn",
                                         "registr", "retrieved", "abgeruf",  "accessed", "gultig",   "expires",
                                         "valid",   "bis zum",   "born",     "geboren",  "until",    "starts",
                                         "ends",    "archived",  "seit",     "beitritt", "copyright" };
    char f[256];
    const size_t len = before.len > 120 ? 120 : before.len;
    size_t n = dl_fold(f, sizeof f, dl_str_cut(before, before.len - len, before.len));
    dl_str s = { f, n > sizeof f ? sizeof f : n };
    const size_t at[] = { last_of(s, published, DL_COUNT(published)), last_of(s, changed, DL_COUNT(changed)),
                          last_of(s, other, DL_COUNT(other)) };
    dl_date_said said = DL_SAID_NOTHING;
    size_t best = 0;
    for (int k = 0; k < 3; k++)
        if (at[k] != SIZE_MAX && (said == DL_SAID_NOTHING || at[k] > best)) {
            best = at[k];
            said = (dl_date_said)(k + 1);
        }
    /* "date of last change", "update": the word of change is what counts */
    if (said == DL_SAID_PUBLISHED && at[1] != SIZE_MAX && best - at[1] < 20 &&
        (dl_str_starts(dl_str_cut(s, best, s.len), DL_STR("dat")) || dl_str_starts(dl_str_cut(s, best, s.len), DL_STR("fecha"))))
        said = DL_SAID_CHANGED;
    return said;
}

/* "3 hours ago", "12m ago", "vor 3 Stunden": says when, but not which day. */
static bool ago(const dl_xblock *k)
{
    return k->words >= 2 && k->words <= 5 &&
           (dl_str_ends(k->norm, DL_STR(" ago")) || dl_str_starts(k->norm, DL_STR("vor ")) ||
            dl_str_starts(k->norm, DL_STR("il y a "))) &&
           (dl_is_digit(k->norm.p[0]) || dl_str_find(k->norm, DL_STR(" "), 0) < 7);
}

bool dl_extract_date_line(dl_xpage *p, const dl_xblock *k, bool keep)
{
    dl_printed d;
    if (ago(k)) return true;
    if (!dl_extract_date(p, k->text, 0, &d)) return false;
    uint32_t other = 0;
    dl_str rest = k->norm, w;
    while (dl_str_next(&rest, ' ', &w)) other += !date_word(p, w);
    if (other > 1 && !(other <= 2 && d.span.beg == 0)) return false;
    size_t from = 0;
    for (int n = 0; keep && n < 4 && dl_extract_date(p, k->text, from, &d); n++) {
        const bool changed = dl_extract_date_said(dl_str_cut(k->text, from, d.span.beg)) == DL_SAID_CHANGED;
        if (!p->html)
            dl_extract_hypothesis(p, d, DL_BY_PRINTED, d.vague ? 50 : 80, changed, k->src,
                                  dl_str_cut(k->text, d.span.beg, d.span.end));
        if (!changed && p->b->meta.printed == DL_NEVER) p->b->meta.printed = d.at;
        from = d.span.end;
    }
    return true;
}
