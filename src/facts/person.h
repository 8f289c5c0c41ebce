/* person.h: names of people as words, and when two of them are one person's.
 *
 * Names are folded (case, accents), cut at blanks and hyphens; initials and "Jr" are left out. Western
 * names end in the family name, Chinese, Korean and Vietnamese ones begin with it; which of the two a
 * name is, its first word tells. */
#ifndef DL_FACTS_PERSON_H
#define DL_FACTS_PERSON_H

#include "base/arena.h"
#include "facts/facts.h"

#define DL_PERSON_WORDS 6

typedef struct dl_person {
    dl_str w[DL_PERSON_WORDS];
    uint32_t n;
} dl_person;

/* The words lie in the arena. n is 0 where there are none, or memory was refused. */
void dl_person_read(dl_person *out, dl_str name, dl_arena *a);
bool dl_person_surname_first(const dl_facts *f, const dl_person *p);
/* Two names of two words or more: may they be one person's? "Sergei Ivanov" and "Sergey Ivanov", "Donald
 * Trump" and "Donald J Trump"; never two different given names with one family name. */
bool dl_person_same(const dl_facts *f, const dl_person *a, const dl_person *b);
/* How well one word names this person: 3 family name, 2 part of it, 1 given name, 0 not at all. With
 * `mister` ("Mr", "Ms") only the family name will do. */
int dl_person_fits(const dl_facts *f, const dl_person *p, dl_str word, bool mister);
uint8_t dl_person_gender(const dl_facts *f, const dl_person *p); /* 'm', 'f' or 0                    */

#endif
