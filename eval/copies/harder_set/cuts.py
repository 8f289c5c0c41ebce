"""cuts.py: families of pages that each have a part of one article, with that article or without it; and families that look like these but have their parent."""
import datetime, random

from . import rewrite as rw
from . import pages as made

EACH, LEAST = 60, 150  # families of a kind; characters of a run of sentences that a page lacks


class Family:
    """pages: [(id, record, paragraphs)]"""
    def __init__(self, kind, key):
        self.kind, self.key, self.pages = kind, key, []

    def add(self, name, title, paras, day, rng):
        i = "u" + made.digest(self.kind, self.key, name)[:12]
        text, _ = rw.write(paras)
        self.pages.append((i, {"id": i, "url": f"https://{name}-{i[1:5]}.example/{i}", "title": title, "date": None if rng.random() < 0.25 else day.isoformat(), "text": text}, paras))

    def records(self):
        return [r for _, r, _ in self.pages]

    def ids(self):
        return [i for i, _, _ in self.pages]

    def tellable(self):
        """For every page two others share a run of sentences of the article, LEAST characters long, that it lacks."""
        order = {}
        for _, _, paras in self.pages:
            for p in paras:
                for s in p:
                    if s.src:
                        order[s.src[0]] = len(s.text)
        have = [{s.src[0] for p in paras for s in p if s.src} for _, _, paras in self.pages]
        keys = sorted(order)
        for q, own in enumerate(have):
            best = 0
            for x in range(len(have)):
                for y in range(x):
                    run = 0
                    for k in keys:
                        run = run + order[k] if q not in (x, y) and k in have[x] and k in have[y] and k not in own else 0
                        best = max(best, run)
            if best < LEAST:
                return False
        return len(have) >= 3


def cut(paras, rng, share=0.35):
    """Without the end, or one or two runs of paragraphs from the middle, or the first paragraphs; at most `share` of the paragraphs."""
    paras, n = list(paras), len(paras)
    most = max(1, int(n * share))
    for where in rng.sample(("end", "middle", "middle", "front"), rng.choice((1, 2))):
        k = rng.randint(1, max(1, most // 2))
        if len(paras) - k < n - most:
            continue
        at = {"end": len(paras) - k, "front": 0, "middle": rng.randrange(1, max(2, len(paras) - k))}[where]
        del paras[at:at + k]
    return paras


def added(paras, other, rng, n=1):
    """Paragraphs of another article, as a paper's own, somewhere behind the first."""
    paras = list(paras)
    for p in rng.sample(other, min(n, len(other))):
        paras.insert(rng.randrange(1, len(paras) + 1), p)
    return paras


def own(paras):
    """As a page's own: nobody else's sentences."""
    return [[rw.Piece(s.text) for s in p] for p in paras]


def printed(paras, other, rng):
    """As a paper prints it: half of them touch the words, one in three adds a paragraph of its own, taken out of `other`."""
    if rng.random() < 0.5:
        paras = made.touch(paras, rng, 0.15)
    return added(paras, own([other.pop()]), rng) if rng.random() < 0.33 and other else paras


def left_out(f, p, other, r, rng, parent):
    if parent:
        f.add("p", r["title"], p, r["day"], rng)
    for k in range(rng.randint(3, 6)):
        f.add(f"c{k}", made.retitled(r["title"], rng), printed(cut(p, rng), other, rng), r["day"] + datetime.timedelta(days=rng.choice((0, 0, 0, 1))), rng)


def updated(f, p, other, r, rng):
    """The article and a later version of it, shorter here and longer there; two or three cut the one, two or three the other."""
    u = added(cut(p, rng, 0.2), other[:len(other) // 2], rng, 2)
    f.add("p", r["title"], p, r["day"], rng)
    f.add("u", r["title"], u, r["day"] + datetime.timedelta(days=rng.choice((0, 1))), rng)
    rest = other[len(other) // 2:]
    for k in range(rng.randint(4, 6)):
        f.add(f"c{k}", made.retitled(r["title"], rng), printed(cut((p, u)[k % 2], rng), rest, rng), r["day"] + datetime.timedelta(days=1), rng)


def chain(f, p, other, r, rng):
    """Each from the one before, which it cuts and to which it adds."""
    for k in range(rng.randint(3, 5)):
        f.add(f"c{k}", r["title"], p, r["day"] + datetime.timedelta(days=k // 2), rng)
        p = added(cut(p, rng, 0.25), other[2 * k:2 * k + 2], rng)


def woven(f, p, other, r, rng):
    f.add("p", r["title"], p, r["day"], rng)
    f.add("r", r["other"], other, r["day"], rng)
    for k in range(3):
        f.add(f"c{k}", r["title"], rw.weave(cut(p, rng), cut(other, rng)), r["day"] + datetime.timedelta(days=1), rng)


KINDS = {"parent left out": lambda *a: left_out(*a, False), "with its parent": lambda *a: left_out(*a, True), "with an update": updated, "chain": chain, "woven": woven}


def make(stories):
    """[Family]; no two of them share an article."""
    taken, pool = made.Taken(), None
    pool = iter(r for r in made.stream(stories / "stream.jsonl.zst") if taken.take(r))
    out = []
    for kind, fill in KINDS.items():
        for k in range(EACH):
            r, other = next(pool), next(pool)
            rng = random.Random(made.digest(kind, k))
            f = Family(kind, k)
            fill(f, rw.read(r["text"], r["id"]), rw.read(other["text"], other["id"]), {"title": r["title"], "other": other["title"], "day": datetime.date.fromisoformat(r["date"])}, rng)
            out.append(f)
    return out
