/* pair.c: dl_events_pair and its classifier: words, stems, features, sum of weights.
 *
 * The stemmer folds endings far enough that "lift", "lifted", "lifting" are one; a stem need not be a
 * word. Features say what stands between the mentions, after and before them, which words follow
 * each other there, and the same over the classes that the event lexicon gives to words, so that a
 * verb that training never saw votes with its kind. */
#include "events/pair.h"

#define STEM_MAX 24 /* letters of a word that count */

enum place { BEFORE, BETWEEN, AFTER, IN_SOURCE, IN_TARGET };

struct word {
    uint32_t stem;
    uint8_t place;
    uint8_t light; /* says nothing by itself: article, pronoun, number ...                      */
    uint8_t cls[DL_PAIR_CLASSES];
};

struct line { /* the words of a sentence */
    struct word w[DL_PAIR_WORDS];
    size_t n;
};

struct sink {
    uint32_t *out;
    size_t n;
};

static uint32_t mix(uint32_t h)
{
    h ^= h >> 16;
    h *= 0x7feb352du;
    h ^= h >> 15;
    h *= 0x846ca68bu;
    return h ^ h >> 16;
}

/* Template number and two values make one feature. */
static void add(struct sink *s, uint32_t template, uint32_t a, uint32_t b)
{
    if (s->n < DL_PAIR_FEATURES) s->out[s->n++] = mix(mix(a + template * 0x9e3779b9u) + b * 0x85ebca6bu) & (DL_PAIR_SLOTS - 1);
}

static bool ends(const char *w, size_t n, const char *with, size_t len) { return n > len && !memcmp(w + n - len, with, len); }

/* Takes an inflection off; returns the new length. */
static size_t strip(char *w, size_t n)
{
    if (n > 4 && (ends(w, n, "ies", 3) || ends(w, n, "ied", 3))) {
        n -= 2;
    } else if (n > 4 && ends(w, n, "es", 2) && strchr("sxzh", w[n - 3])) {
        n -= 2;
    } else if (n > 3 && w[n - 1] == 's' && !strchr("sui", w[n - 2])) {
        n--;
    }
    if (n > 4 && ends(w, n, "ed", 2) && w[n - 3] != 'e')
        n -= 2;
    else if (n > 5 && ends(w, n, "ing", 3))
        n -= 3;
    if (n > 3 && w[n - 1] == w[n - 2]) n--;
    if (n > 3 && w[n - 1] == 'e') n--;
    if (n > 2 && w[n - 1] == 'y') w[n - 1] = 'i';
    return n;
}

uint32_t dl_pair_stem(dl_str word)
{
    char w[STEM_MAX];
    size_t n = 0;
    for (size_t i = 0; i < word.len && n < STEM_MAX; i++)
        if (word.p[i] != '-') w[n++] = dl_lower(word.p[i]);
    if (!n) return 0;
    n = strip(w, n);
    uint32_t h = 0x811c9dc5u;
    for (size_t i = 0; i < n; i++) h = (h ^ (uint8_t)w[i]) * 0x01000193u;
    h = mix(h);
    return h ? h : 1;
}

static bool word_byte(char c) { return dl_is_alpha(c) || (unsigned char)c >= 0x80; }

/* Words that carry no event: they are passed over where words are paired. */
static bool light(dl_str w)
{
    static const char *const some[] = { "a",     "an",   "the",   "its",  "his",  "her",    "their", "this", "that",  "these",
                                        "those", "some", "any",   "all",  "of",   "and",    "as",    "also", "more",  "s",
                                        "it",    "he",   "she",   "they", "who",  "two",    "which", "new",  "other", "mr",
                                        "in",    "at",   "has",   "have", "had",  "been",   "is",    "was",  "were",  "are",
                                        "be",    "one",  "three", "four", "five", "several" };
    if (w.len > 7) return w.len > 4 && dl_str_ends(w, DL_STR("ly"));
    for (size_t i = 0; i < DL_COUNT(some); i++)
        if (dl_str_eq_nocase(w, dl_str_of(some[i]))) return true;
    return false;
}

static void classes(const dl_pair_model *p, struct word *w)
{
    if (!p->stem) return;
    for (uint32_t i = w->stem & (DL_PAIR_LEX - 1), k = 0; p->stem[i] && k < DL_PAIR_LEX; i = (i + 1) & (DL_PAIR_LEX - 1), k++) {
        if (p->stem[i] != w->stem) continue;
        memcpy(w->cls, p->cls + (size_t)i * DL_PAIR_CLASSES, DL_PAIR_CLASSES);
        return;
    }
}

static uint8_t place_of(uint32_t at, dl_span source, dl_span target)
{
    if (dl_span_has(source, at)) return IN_SOURCE;
    if (dl_span_has(target, at)) return IN_TARGET;
    dl_span first = source, last = target;
    if (target.beg < target.end && (source.beg >= source.end || target.beg < source.beg)) {
        first = target;
        last = source;
    }
    if (first.beg >= first.end) return BETWEEN;
    if (at < first.beg) return BEFORE;
    return last.beg < last.end && at >= last.end ? AFTER : BETWEEN;
}

static void cut(struct line *l, const dl_pair_model *p, dl_str text, dl_span source, dl_span target)
{
    for (size_t i = 0; i < text.len && l->n < DL_PAIR_WORDS;) {
        char c = text.p[i];
        size_t beg = i;
        struct word *w = &l->w[l->n];
        *w = (struct word){ 0 };
        if (word_byte(c)) {
            while (i < text.len && (word_byte(text.p[i]) || (text.p[i] == '-' && i + 1 < text.len && word_byte(text.p[i + 1]))))
                i++;
            dl_str s = dl_str_cut(text, beg, i);
            w->stem = dl_pair_stem(s);
            w->light = light(s);
            classes(p, w);
        } else if (dl_is_digit(c)) {
            while (i < text.len && (dl_is_digit(text.p[i]) || text.p[i] == ',' || text.p[i] == '.')) i++;
            w->stem = 2;
            w->light = 1;
        } else {
            i++;
            if (c != '$') continue;
            w->stem = 3;
        }
        w->place = place_of((uint32_t)beg, source, target);
        l->n++;
    }
}

/* One feature for each word by its place. */
static void single(struct sink *s, const struct line *l, size_t first, size_t last)
{
    for (size_t i = 0; i < l->n; i++) {
        const struct word *w = &l->w[i];
        if ((w->place == AFTER && i > last + 12) || (w->place == BEFORE && i + 8 < first)) continue;
        add(s, 1u + w->place, w->stem, 0);
        if (w->place != IN_SOURCE && w->place != IN_TARGET) add(s, 7, w->stem, 0);
        for (size_t k = 0; k < DL_PAIR_CLASSES && w->cls[k]; k++) {
            add(s, 11u + w->place, w->cls[k], 0);
            if (w->place != IN_SOURCE) add(s, 17, w->cls[k], 0);
        }
    }
}

/* Pairs of words near each other; a mention of the source is one word, whatever it holds. */
static void pairs(struct sink *s, const struct line *l, size_t first, size_t last)
{
    uint32_t stem[DL_PAIR_WORDS + 2];
    const struct word *of[DL_PAIR_WORDS + 2];
    size_t n = 0;
    uint8_t before = BEFORE;
    for (size_t i = 0; i < l->n; i++) {
        const struct word *w = &l->w[i];
        if ((w->place == AFTER && i > last + 10) || (w->place == BEFORE && i + 5 < first)) continue;
        bool starts = w->place != before;
        before = w->place;
        if (w->place == IN_SOURCE) {
            if (starts) {
                stem[n] = 5;
                of[n++] = NULL;
            }
            continue;
        }
        if (w->light) continue;
        stem[n] = w->stem;
        of[n++] = w;
    }
    for (size_t i = 0; i + 1 < n; i++) {
        for (size_t j = i + 1; j < n && j <= i + 3; j++) {
            add(s, j == i + 1 ? 20 : 21, stem[i], stem[j]);
            if (!of[i] || !of[j]) continue;
            for (size_t a = 0; a < DL_PAIR_CLASSES && of[i]->cls[a]; a++)
                for (size_t b = 0; b < DL_PAIR_CLASSES && of[j]->cls[b]; b++) add(s, 22, of[i]->cls[a], of[j]->cls[b]);
        }
    }
}

/* What stands right behind the source and right before the target. */
static void next_to(struct sink *s, const struct line *l)
{
    size_t at = l->n;
    for (size_t i = 0; i < l->n; i++)
        if (l->w[i].place == IN_SOURCE) at = i + 1;
    size_t seen = 0;
    uint32_t last = 0;
    for (size_t i = at; i < l->n && seen < 5; i++) {
        if (l->w[i].place == IN_SOURCE) break;
        add(s, 30u + (uint32_t)(seen < 3 ? seen : 3), l->w[i].stem, 0);
        if (seen < 2) add(s, 34u + (uint32_t)seen, last, l->w[i].stem);
        for (size_t k = 0; k < DL_PAIR_CLASSES && l->w[i].cls[k] && seen < 4; k++) add(s, 36, l->w[i].cls[k], 0);
        last = l->w[i].stem;
        seen++;
    }
    for (size_t i = 1; i < l->n; i++) {
        if (l->w[i].place != IN_TARGET || l->w[i - 1].place == IN_TARGET) continue;
        add(s, 40, l->w[i - 1].stem, 0);
        if (i > 1) add(s, 41, l->w[i - 2].stem, l->w[i - 1].stem);
        break;
    }
}

size_t dl_pair_features(uint32_t out[DL_PAIR_FEATURES], const dl_pair_model *p, dl_str text, dl_span source, dl_span target)
{
    struct line l = { .n = 0 };
    struct sink s = { out, 0 };
    cut(&l, p, text, source, target);
    size_t first = l.n, last = 0;
    for (size_t i = 0; i < l.n; i++) {
        if (l.w[i].place != IN_SOURCE && l.w[i].place != IN_TARGET) continue;
        if (first == l.n) first = i;
        last = i;
    }
    if (first == l.n) first = 0;
    add(&s, 0, source.beg<target.beg, source.end> source.beg && target.end > target.beg);
    single(&s, &l, first, last);
    pairs(&s, &l, first, last);
    next_to(&s, &l);
    return s.n;
}

bool dl_pair_open(dl_pair_model *out, const dl_models *m)
{
    dl_str s = dl_models_section(m, "events");
    const size_t lex = DL_PAIR_LEX * (sizeof(uint32_t) + DL_PAIR_CLASSES), weights = (size_t)DL_PAIR_SLOTS * DL_PAIR_LABELS;
    if (!s.p || s.len != sizeof(dl_pair_head) + lex + weights) return false;
    dl_pair_head h;
    memcpy(&h, s.p, sizeof h);
    if (memcmp(h.magic, DL_PAIR_MAGIC, sizeof h.magic) != 0 || h.slots != DL_PAIR_SLOTS || h.lex != DL_PAIR_LEX) return false;
    out->stem = (const uint32_t *)(const void *)(s.p + sizeof h);
    out->cls = (const uint8_t *)(out->stem + DL_PAIR_LEX);
    out->weight = (const int8_t *)(out->cls + (size_t)DL_PAIR_LEX * DL_PAIR_CLASSES);
    return true;
}

void dl_pair_score(int32_t out[DL_PAIR_LABELS], const dl_pair_model *p, const uint32_t *feature, size_t n)
{
    memset(out, 0, DL_PAIR_LABELS * sizeof *out);
    for (size_t i = 0; i < n; i++) {
        const int8_t *w = p->weight + (size_t)feature[i] * DL_PAIR_LABELS;
        for (size_t k = 0; k < DL_PAIR_LABELS; k++) out[k] += w[k];
    }
}

bool dl_pair_retreats(dl_str text)
{
    static const char *const words[] = { "releas",    "freed",      "return",    "withdr",      "troop",
                                         "ceasefire", "cease-fire", "truce",     "retreat",     "surrender",
                                         "repatriat", "sanction",   "hand over", "handed over", "inspector" };
    for (size_t i = 0; i < DL_COUNT(words); i++)
        if (dl_str_find_nocase(text, dl_str_of(words[i]), 0) != SIZE_MAX) return true;
    return false;
}

dl_plover dl_events_pair(const dl_build *b, const dl_models *m, dl_span source, dl_span target)
{
    dl_pair_model p;
    if (!dl_pair_open(&p, m)) return DL_NO_TYPE;
    uint32_t feature[DL_PAIR_FEATURES];
    int32_t score[DL_PAIR_LABELS];
    dl_str text = { b->d.text, b->d.text_len };
    dl_pair_score(score, &p, feature, dl_pair_features(feature, &p, text, source, target));
    size_t best = DL_PAIR_LABELS;
    for (size_t k = 0; k < DL_PAIR_LABELS; k++)
        if (k + 1 != DL_RETREAT && (best == DL_PAIR_LABELS || score[k] > score[best])) best = k;
    if (best + 1 == DL_CONCEDE && dl_pair_retreats(text)) return DL_RETREAT;
    return (dl_plover)(best + 1);
}
