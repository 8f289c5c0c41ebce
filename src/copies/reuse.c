/* reuse.c: whole sentences inside a passage. */
#include "copies/reuse.h"

void dl_address_make(dl_address *out)
{
    static const char *const word[DL_ADDRESS_WORDS] = {
        "newsletter", "newsletters", "inbox", "subscribe", "subscribing", "unsubscribe", "subscriber", "subscribers",
        "recaptcha",  "alerts",      "email", "emails",    "your",        "our",         "journalism", "contribution",
        "donation",   "donate",      "sign",  "please",    "copyright",   "reserved",    "download",   "click",
    };
    *out = (dl_address){ 0 };
    for (unsigned i = 0; i < DL_ADDRESS_WORDS; i++) {
        uint32_t h = out->hash[i] = dl_word_hash(dl_str_of(word[i]));
        out->low[h / 64 % 16] |= UINT64_C(1) << (h % 64);
    }
}

/* Does the sentence [beg, end) speak to the reader? Two such words outside quotation marks. */
static bool addresses(const dl_taken_side *s, uint32_t beg, uint32_t end, const dl_address *address)
{
    uint32_t seen = 0; /* bits */
    for (uint32_t i = beg; i < end; i++) {
        uint32_t h = s->all->hash[s->row[i]];
        if (!(address->low[h / 64 % 16] >> (h % 64) & 1) || s->all->flags[s->row[i]] & DL_WORD_QUOTED) continue;
        for (unsigned k = 0; k < DL_ADDRESS_WORDS; k++) {
            if (h == address->hash[k]) seen |= UINT32_C(1) << k;
        }
    }
    return seen & (seen - 1);
}

static bool begins(const dl_taken_side *s, uint32_t i) { return s->all->flags[s->row[i]] & DL_WORD_BEGINS; }

dl_taken dl_taken_of(const dl_taken_side *s, uint32_t beg, uint32_t end, const dl_address *address)
{
    enum { SLACK = 2, LIST = 6 /* sentences */, SHORT = 8 /* words of each, on average */ };
    dl_taken out = { 0 };
    uint32_t sentences = 0;
    uint32_t from = beg > SLACK ? beg - SLACK : 0, to = end + SLACK < s->n ? end + SLACK : s->n;
    while (from < end && !begins(s, from)) from++;
    while (to > from && to < s->n && !begins(s, to)) to--;
    for (uint32_t i = from > beg ? from : beg, k; i < to && i < end; i = k) {
        k = i + 1;
        while (k < to && k < end && !begins(s, k)) k++;
        if (addresses(s, i, k, address)) continue;
        sentences++;
        out.all += k - i;
        for (uint32_t j = i; j < k; j++) out.told += !(s->all->flags[s->row[j]] & (DL_WORD_QUOTED | DL_WORD_HEADING));
    }
    if (sentences >= LIST && out.all < SHORT * sentences && 2 * out.told > out.all) return (dl_taken){ 0 }; /* of headlines */
    return out;
}
