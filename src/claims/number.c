/* number.c: number words and figures. */
#include "claims/number.h"

#include "base/defs.h"

static const struct {
    const char *word;
    double value;
} number_words[] = { { "one", 1 },       { "two", 2 },        { "three", 3 },      { "four", 4 },      { "five", 5 },
                     { "six", 6 },       { "seven", 7 },      { "eight", 8 },      { "nine", 9 },      { "ten", 10 },
                     { "eleven", 11 },   { "twelve", 12 },    { "thirteen", 13 },  { "fourteen", 14 }, { "fifteen", 15 },
                     { "sixteen", 16 },  { "seventeen", 17 }, { "eighteen", 18 },  { "nineteen", 19 }, { "twenty", 20 },
                     { "thirty", 30 },   { "forty", 40 },     { "fifty", 50 },     { "sixty", 60 },    { "seventy", 70 },
                     { "eighty", 80 },   { "ninety", 90 },    { "dozen", 12 },     { "hundred", 100 }, { "thousand", 1000 },
                     { "million", 1e6 }, { "billion", 1e9 },  { "trillion", 1e12 } };

static double word_value(dl_str s)
{
    for (size_t i = 0; i < DL_COUNT(number_words); i++)
        if (dl_str_eq_nocase(s, dl_str_of(number_words[i].word))) return number_words[i].value;
    return -1;
}

double dl_number_value(dl_str s)
{
    double v = 0, part = 0;
    bool digits = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        if (c == ',' && digits && i + 3 < s.len) continue;
        if (c == '.' && digits && part == 0) {
            part = 1;
            continue;
        }
        if (!dl_is_digit((unsigned char)c)) return word_value(s);
        digits = true;
        if (part > 0) {
            part /= 10;
            v += (c - '0') * part;
        } else {
            v = v * 10 + (c - '0');
        }
    }
    return digits ? v : -1;
}
