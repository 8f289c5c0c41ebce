"""errors.py: pairs of pages that `dateline stories` keeps apart though they are of one story, and those that it joins wrongly, by class, with examples to read.

A pair counts in the first class that fits. Words are lower-case runs of letters and digits; "alike" is the cosine of tf-idf over the set's own pages.
"""
import math, random, re
from collections import Counter, defaultdict
from datetime import date

SEED, EXAMPLES_EACH = 20261122, 2
WORD = re.compile(r"[^\W_]+")


class Set:
    """What the classes ask of the pages of a set."""
    def __init__(self, recs):
        words = [[w.lower() for w in WORD.findall(f"{r.get('title') or ''} {r['text']}")] for r in recs]
        df = Counter(w for ws in words for w in set(ws))
        self.recs, self.words = recs, words
        self.day = [day_of(r.get("date")) for r in recs]
        self.vector = [unit({w: (1 + math.log(n)) * math.log(len(recs) / df[w]) for w, n in Counter(ws).items()}) for ws in words]
        self.runs = [set(zip(*(ws[k:] for k in range(5)))) for ws in words]
        self.lines = [{l.strip() for l in r["text"].split("\n") if l.count(" ") >= 3} for r in recs]

    def alike(self, i, j):
        a, b = self.vector[i], self.vector[j]
        return sum(x * b[w] for w, x in a.items() if w in b)

    def days(self, i, j):
        """Days between the two, or None."""
        a, b = self.day[i], self.day[j]
        return None if a is None or b is None else abs(a - b)

    def shared(self, i, j):
        """The share of the smaller page's runs of five words that the other has."""
        a, b = self.runs[i], self.runs[j]
        return len(a & b) / max(1, min(len(a), len(b)))


def day_of(text):
    try:
        return date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return None


def unit(v):
    n = math.sqrt(sum(x * x for x in v.values())) or 1
    return {w: x / n for w, x in v.items()}


def why_missed(s, i, j, size):
    days = s.days(i, j)
    if s.shared(i, j) > .5:
        return "a copy, or shared furniture"
    if min(len(s.words[i]), len(s.words[j])) < 60:
        return "a page of under 60 words"
    if days is not None and days > 30:
        return "over 30 days apart"
    if days is not None and days > 3:
        return "4 to 30 days apart"
    if size >= 10:
        return "a story of ten pages or more"
    if s.alike(i, j) < .15:
        return "other words (alike under .15)"
    return "a page has no day" if days is None else "near in days and words"


def why_joined(s, i, j, stories):
    days = s.days(i, j)
    if s.shared(i, j) > .5:
        return "a copy, filed under two stories"
    if len(s.lines[i] & s.lines[j]) >= 3:
        return "three lines in common: furniture"
    if stories >= 4:
        return "a found story that mixes four or more"
    if s.alike(i, j) < .12:
        return "alike under .12: joined by a third page"
    if days is None:
        return "a page has no day"
    return "the same days: one event told as two, or two of a kind" if days <= 3 else "four days apart or more: a follow-up, or two of a kind"


def pairs_apart(of, other):
    """Pairs that `of` has together and `other` has not, with the label in `of`."""
    together = defaultdict(list)
    for i, label in enumerate(of):
        together[label].append(i)
    for label, pages in together.items():
        for k, i in enumerate(pages):
            for j in pages[k + 1:]:
                if other[i] != other[j]:
                    yield label, i, j


def tell(s, i, j):
    days = s.days(i, j)
    print(f"    alike {s.alike(i, j):.2f}, {'?' if days is None else days} days")
    for k in (i, j):
        r = s.recs[k]
        print(f"      {r['id'][:24]:24} {r.get('date') or '-':10.10} {len(s.words[k]):5} words  {(r.get('title') or '')[:110]}")


def table(name, found, s, examples):
    total = sum(len(v) for v in found.values())
    print(f"  {name}: {total} pairs")
    rng = random.Random(SEED)
    for why, rows in sorted(found.items(), key=lambda x: (-len(x[1]), x[0])):
        print(f"   {len(rows):6} {len(rows) / max(1, total):4.0%} of {len({r[0] for r in rows})} stories: {why}")
        first = {}
        for label, i, j in rng.sample(rows, len(rows)):  # one a story
            first.setdefault(label, (i, j))
        for i, j in list(first.values())[:min(EXAMPLES_EACH, examples)]:
            tell(s, i, j)
            examples -= 1


def show(name, recs, found, examples):
    s = Set(recs)
    gold = [r["story"] for r in recs]
    size, stories = Counter(gold), defaultdict(set)
    for g, f in zip(gold, found):
        stories[f].add(g)
    missed, joined = defaultdict(list), defaultdict(list)
    for label, i, j in pairs_apart(gold, found):
        missed[why_missed(s, i, j, size[label])].append((label, i, j))
    for label, i, j in pairs_apart(found, gold):
        joined[why_joined(s, i, j, len(stories[label]))].append((label, i, j))
    print(f"-- {name}")
    table("missed", missed, s, examples // 2)
    table("wrongly joined", joined, s, examples - examples // 2)
