/* source.c: reading credits. Table data/agencies.tsv says who gives reports to others. */
#include "copies/source.h"
#include "card/card.h"
#include "model/table.h"

dl_str dl_source_outlet(const dl_doc *d)
{
    if (!d) return (dl_str){ 0 };
    dl_str outlet = dl_doc_str(d, d->meta->outlet);
    return outlet.len ? outlet : dl_card_host(dl_doc_str(d, d->meta->url));
}

/* "with agencies", "agencies", "news services": sources without a name. */
static bool names_nobody(dl_str s)
{
    static const char *const word[] = { "agencies", "news agency", "wire services", "news services", "wires", "staff and wire" };
    for (size_t i = 0; i < DL_COUNT(word); i++) {
        if (dl_str_find_nocase(s, dl_str_of(word[i]), 0) != SIZE_MAX) return true;
    }
    return false;
}

/* The usual name and the kind of a known agency. */
static bool known(dl_source *out, dl_str name, const dl_tsv *t)
{
    uint32_t row = dl_tsv_find(t, name);
    if (row == DL_NONE) return false;
    dl_str kind = dl_tsv_cell(t, row, 3);
    out->name = dl_tsv_cell(t, row, 1);
    out->kind = dl_str_eq(kind, DL_STR("newsroom")) ? DL_NEWSROOM : DL_WIRE;
    return true;
}

/* An agency that the table does not know, by what such names end in. */
static bool sounds_like_wire(dl_str name)
{
    static const char *const end[] = { " press", " agency", " wire", " news service", " press association" };
    for (size_t i = 0; i < DL_COUNT(end); i++) {
        dl_str e = dl_str_of(end[i]);
        if (name.len > e.len && dl_str_eq_nocase(dl_str_cut(name, name.len - e.len, name.len), e)) return true;
    }
    return false;
}

static const char *place_of(uint8_t kind)
{
    switch (kind) {
    case DL_CREDIT_BYLINE: return "byline";
    case DL_CREDIT_DATELINE: return "dateline";
    case DL_CREDIT_TAG: return "tag";
    case DL_CREDIT_SOURCE: return "source line";
    default: return "page data";
    }
}

/* Does the page stand on the outlet's own site? The letters of its name, or its initials, stand in
 * the host: "reuters.com", "apnews.com" for Associated Press. */
static bool on_own_site(dl_str name, dl_str host)
{
    char flat[64], initials[16];
    size_t n = 0, k = 0;
    for (size_t i = 0; i < name.len && n < sizeof flat && k < sizeof initials; i++) {
        if (!dl_is_alpha((unsigned char)name.p[i])) continue;
        if (!i || name.p[i - 1] == ' ') initials[k++] = dl_lower(name.p[i]);
        flat[n++] = dl_lower(name.p[i]);
    }
    if (n >= 3 && dl_str_find_nocase(host, (dl_str){ flat, n }, 0) != SIZE_MAX) return true;
    if (k < 2 || !dl_str_starts_nocase(host, (dl_str){ initials, k })) return false;
    dl_str rest = dl_str_cut(host, k, host.len);
    return dl_str_starts(rest, DL_STR(".")) || dl_str_starts_nocase(rest, DL_STR("news"));
}

static void read_credits(dl_source *out, const dl_doc *d, const dl_tsv *t)
{
    dl_source second = { 0 };
    for (uint32_t i = 0; i < d->credits.n; i++) {
        uint8_t kind = d->credits.kind[i];
        dl_str name = dl_doc_str(d, d->credits.name[i]);
        if (kind == DL_CREDIT_PHOTO) continue;
        out->secondary |= names_nobody(name);
        dl_source s = { 0 };
        bool agency = known(&s, name, t);
        if (out->name.len) { /* "AP, Reuters": put together from two */
            out->secondary |= agency && s.kind == DL_WIRE && out->kind == DL_WIRE && !dl_str_eq(s.name, out->name);
            continue;
        }
        if (agency) {
            out->name = s.name;
            out->kind = s.kind;
            out->where = place_of(kind);
        } else if (kind == DL_CREDIT_SOURCE && !second.name.len && !names_nobody(name)) {
            second.name = name;
            second.where = place_of(kind);
        }
    }
    if (!out->name.len && second.name.len) {
        out->name = second.name;
        out->kind = DL_NEWSROOM;
        out->where = second.where;
    }
}

/* "example.co.uk" of "news.example.co.uk": the last two labels, three where the second is short. */
static dl_str site_of(dl_str host)
{
    enum { SHORT = 3 };
    size_t at = host.len, label_end = host.len;
    for (int labels = 0; at > 0; at--) {
        if (host.p[at - 1] != '.') continue;
        if (++labels >= 2 && (labels > 2 || label_end - at > SHORT)) break;
        label_end = at - 1;
    }
    return dl_str_cut(host, at, host.len);
}

static bool same_site(dl_str a, dl_str b) { return a.len && b.len && dl_str_eq_nocase(site_of(a), site_of(b)); }

/* A page whose canonical address is another site's says where its text is from. */
static void read_canonical(dl_source *out, const dl_doc *d, dl_str host, dl_str outlet, const dl_tsv *t)
{
    dl_str there = dl_card_host(dl_doc_str(d, d->meta->canonical));
    if (!host.len || !there.len || same_site(host, there) || (outlet.len && on_own_site(outlet, there))) return;
    out->elsewhere = there;
    if (out->name.len) return;
    out->name = site_of(there);
    out->kind = DL_NEWSROOM;
    out->where = "canonical address";
    for (uint32_t row = 0; row < t->n; row++) {
        dl_str name = dl_tsv_cell(t, row, 1);
        if (!on_own_site(name, there)) continue;
        (void)known(out, dl_tsv_cell(t, row, 0), t);
        return;
    }
}

bool dl_source_names(const dl_source *s, const dl_doc *d)
{
    if (!d || (!s->name.len && !s->elsewhere.len) || s->own) return false;
    dl_str host = dl_card_host(dl_doc_str(d, d->meta->url)), outlet = dl_doc_str(d, d->meta->outlet);
    if (same_site(s->elsewhere, host)) return true;
    if (!s->name.len) return false;
    return (outlet.len && dl_str_eq_nocase(outlet, s->name)) || (host.len && on_own_site(s->name, host));
}

void dl_source_of(dl_source *out, const dl_doc *d, const dl_models *m)
{
    *out = (dl_source){ .kind = DL_ORIGIN_UNKNOWN };
    if (!d) return;
    dl_tsv t = dl_tsv_open(m, "agencies");
    read_credits(out, d, &t);
    dl_str given[2] = { dl_doc_str(d, d->meta->agency), dl_doc_str(d, d->meta->place_agency) };
    for (int i = 0; i < 2; i++) {
        out->secondary |= names_nobody(given[i]);
        if (!given[i].len || names_nobody(given[i]) || (out->name.len && out->kind == DL_WIRE)) continue;
        dl_str before = out->name;
        if (!known(out, given[i], &t)) {
            out->name = given[i];
            out->kind = sounds_like_wire(given[i]) ? DL_WIRE : DL_NEWSROOM;
        }
        if (!out->where || (i && !dl_str_eq(before, out->name))) out->where = i ? "dateline" : "byline";
    }
    dl_str host = dl_card_host(dl_doc_str(d, d->meta->url));
    dl_str outlet = dl_doc_str(d, d->meta->outlet);
    read_canonical(out, d, host, outlet, &t);
    out->own =
        out->name.len && ((host.len && on_own_site(out->name, host)) || (outlet.len && dl_str_eq_nocase(outlet, out->name)));
}
