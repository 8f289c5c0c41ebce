/* names.c: the tag sets by name. */
#include "tags/tags.h"

const char *const dl_xpos_names[DL_XPOSES] = { "_",   "CC", "CD",   "DT",  "EX",   "FW",  "IN",  "JJ",  "JJR",  "JJS",   "LS",
                                               "MD",  "NN", "NNS",  "NNP", "NNPS", "PDT", "POS", "PRP", "PRP$", "RB",    "RBR",
                                               "RBS", "RP", "SYM",  "TO",  "UH",   "VB",  "VBD", "VBG", "VBN",  "VBP",   "VBZ",
                                               "WDT", "WP", "WP$",  "WRB", "#",    "$",   ".",   ",",   ":",    "-LRB-", "-RRB-",
                                               "``",  "''", "HYPH", "NFP", "ADD",  "AFX", "GW" };

const char *const dl_upos_names[DL_UPOSES] = { "_",   "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN",
                                               "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X" };

static unsigned find(const char *const *names, unsigned n, dl_str name)
{
    for (unsigned i = 1; i < n; i++)
        if (dl_str_eq(dl_str_of(names[i]), name)) return i;
    return 0;
}

dl_xpos dl_xpos_of(dl_str name) { return (dl_xpos)find(dl_xpos_names, DL_XPOSES, name); }
dl_upos dl_upos_of(dl_str name) { return (dl_upos)find(dl_upos_names, DL_UPOSES, name); }
