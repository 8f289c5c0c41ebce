#!/usr/bin/env python3
"""seeds.py - actors of the seed pages against their gold: clusters of (alias, page).

  eval/actors/seeds.py DATELINE SHARED [-v]

Each alias of gold/seeds/actors.json on each of its pages is one item. Its answer is the actor that most of
the program's mentions with these words on that page belong to; without one it stands alone. B-cubed over the
items; with -v every gold actor that is split, mixed or not found. Metonyms are looked up like names.
"""
import collections
import json
import re
import subprocess
import sys


def fold(s):
    s = s.replace("’", "'").replace("“", '"').replace("”", '"')
    s = re.sub(r"\s+", " ", s).strip().casefold()
    return re.sub(r"^(the|a|an) ", "", s)


def main():
    program, shared = sys.argv[1:3]
    gold = json.load(open(f"{shared}/gold/seeds/actors.json", encoding="utf-8"))["actors"]
    run = subprocess.run([program, "actors", "--jsonl", f"{shared}/seeds"], capture_output=True, check=True)
    found = [json.loads(l) for l in run.stdout.splitlines()]
    pages = {}
    run = subprocess.run([program, "extract", "--jsonl", f"{shared}/seeds"], capture_output=True, check=True)
    for line in run.stdout.splitlines():
        r = json.loads(line)
        pages[r["id"]] = r["text"].encode()
    said = collections.defaultdict(collections.Counter)
    for k, actor in enumerate(found):
        for m in actor["mentions"]:
            page = re.search(r"(\d{3})_[0-9a-f]+", m["id"])
            if m["kind"] != "pronoun" and page:
                said[fold(pages[m["id"]][m["beg"]:m["end"]].decode()), page.group(1)][k] += 1
    items, of = [], {}
    for actor in gold:
        for alias in actor["aliases"]:
            for page in alias.get("pages") or []:
                item = (actor["actor"], alias["text"], page)
                items.append(item)
                words = fold(alias["text"])
                top = said[words, page].most_common(1)
                if not top:  # a surname that is printed in the full name alone
                    inside = collections.Counter()
                    for (text, where), who in said.items():
                        if where == page and f" {words} " in f" {text} ":
                            inside += who
                    top = inside.most_common(1)
                of[item] = found[top[0][0]]["actor"] if top else item
    p = r = hit = 0
    for x in items:
        same = [y for y in items if of[y] == of[x]]
        true = [y for y in items if y[0] == x[0]]
        both = len([y for y in same if y[0] == x[0]])
        p += both / len(same)
        r += both / len(true)
        hit += isinstance(of[x], str)
    n = len(items)
    p, r = p / n, r / n
    print(f"seeds actors: B-cubed {2 * p * r / (p + r):.3f} (P {p:.3f} R {r:.3f}), {hit} of {n} aliases mentioned")
    if "-v" in sys.argv:
        for actor in gold:
            mine = [x for x in items if x[0] == actor["actor"]]
            answers = collections.Counter(str(of[x]) for x in mine)
            strangers = {y[0] for x in mine for y in items if of[y] == of[x]} - {actor["actor"]}
            if len(answers) > 1 or strangers:
                print(" ", actor["actor"], dict(answers), "with " + ", ".join(sorted(strangers)) if strangers else "")


if __name__ == "__main__":
    main()
