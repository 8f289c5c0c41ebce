/* rels.c: the relations by name. */
#include "trees/trees.h"

const char *const dl_rel_names[DL_RELS] = {
    "_",           "root",         "acl",        "acl:relcl",  "advcl",     "advcl:relcl", "advmod",        "amod",
    "appos",       "aux",          "aux:pass",   "case",       "cc",        "cc:preconj",  "ccomp",         "clf",
    "compound",    "compound:prt", "conj",       "cop",        "csubj",     "csubj:outer", "csubj:pass",    "dep",
    "det",         "det:predet",   "discourse",  "dislocated", "expl",      "fixed",       "flat",          "goeswith",
    "iobj",        "list",         "mark",       "nmod",       "nmod:desc", "nmod:poss",   "nmod:unmarked", "nsubj",
    "nsubj:outer", "nsubj:pass",   "nummod",     "obj",        "obl",       "obl:agent",   "obl:unmarked",  "orphan",
    "parataxis",   "punct",        "reparandum", "vocative",   "xcomp"
};

dl_rel dl_rel_of(dl_str name)
{
    for (unsigned i = 1; i < DL_RELS; i++)
        if (dl_str_eq(dl_str_of(dl_rel_names[i]), name)) return (dl_rel)i;
    size_t colon = dl_str_find(name, DL_STR(":"), 0);
    return colon == SIZE_MAX ? DL_REL_NONE : dl_rel_of(dl_str_cut(name, 0, colon));
}

dl_rel dl_rel_base(dl_rel r)
{
    if (r >= DL_RELS) return DL_REL_NONE;
    dl_str name = dl_str_of(dl_rel_names[r]);
    size_t colon = dl_str_find(name, DL_STR(":"), 0);
    return colon == SIZE_MAX ? r : dl_rel_of(dl_str_cut(name, 0, colon));
}
