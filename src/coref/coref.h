/* coref.h: who is meant: names, titles, pronouns and metonyms of one page become entities.
 *
 * Reads  sents, toks, tags, trees, names (tags and trees may be absent: less is then found).
 * Writes ents, ments, roles.
 * Cost   linear in mentions, times a bounded number of candidates.   Fails DL_ENOMEM only.
 *
 * Entities
 *   person        one who has a name, or a nameless one who holds an office, speaks or acts
 *                 ("a senior State Department official"): then the name is the description.
 *   organisation  ministries, bodies, companies, armies, newspapers.
 *   government    a country named as one who acts: by its name ("China refused"), its capital
 *                 ("Beijing's focus"), its seat of government ("the Kremlin said"), "the Russian
 *                 authorities". Mentions by capital or seat are DL_BY_METONYM.
 *   place         a country named as a place ("in Ukraine"), and every other place. A country that
 *                 is both on one page has two entities. So has any other place that acts ("Texas
 *                 sued", "Milan bought him"): who acts is an organisation, its mentions DL_BY_METONYM.
 *   group         several: "US officials", "Ukrainians", "the West".
 *
 * Joint subjects: in "A and B said ... They also ...", "they" is given a group entity called "A and
 * B", whose first mention (DL_BY_NAME) spans "A and B"; its members are the entities whose mentions
 * lie inside that span. There is such an entity only where something refers to it.
 *
 * Left alone: I, we, you and their kin (they need to know who speaks, which quotes finds later);
 * "it" that stands for nothing; pronouns without a likely antecedent. */
#ifndef DL_COREF_COREF_H
#define DL_COREF_COREF_H

#include "doc/build.h"
#include "model/pack.h"

DL_MUST_USE dl_status dl_coref_find(dl_build *b, const dl_models *m);

#endif
