"""pages.py: the set itself: which articles are taken, what is made of each, and what is known of every page. Same input, same pages.

Articles come from ../shared/data/stories/stream.jsonl.zst and the story sets beside it; no text of theirs is kept. Of 390 sources nearly each has two copies by different operations (OPERATIONS);
articles that share more than a phrase with one taken before are left out, so that what is found is what was made. The rest of the pages should be joined with nothing:
  other       articles as they are, some of them in the furniture of a site that other pages have too
  same event  two reports of one event by different outlets with no twelve words in a row in common
  statement   two articles that quote the same statement at length: no copies, though they share that passage
  list        two short reports of one site on one day with the same teasers, or the same notices of the site, below them: more words than the reports have
  template    reports that one site fills in again and again (written.py): few or many of a kind
"""
import datetime, hashlib, itertools, json, random, re, subprocess
from collections import defaultdict

from . import rewrite as rw
from . import written

SEED = "harder copies 1"  # another one: another set of the same kind
SOURCES, EACH, OTHER, EVENTS, STATEMENTS, LISTS = 390, 36, 500, {"allsides_roundup": 40, "basil": 10, "gva": 30}, 30, 30
WORD = re.compile(r"\w+")


class Page:
    """op: how it was made ("source" for an article that others come from). parents: pages it came from. spans: [(beg, end, [(page, beg, end)])] of the sentences that came from another page."""
    def __init__(self, id, op, title, text, date, source, url, parents=(), spans=()):
        self.id, self.op, self.title, self.text, self.date, self.source, self.url = id, op, title, text, date, source, url
        self.parents, self.spans = tuple(parents), list(spans)

    def record(self):
        return {"id": self.id, "url": self.url, "title": self.title, "date": self.date, "text": self.text}


def digest(*what):
    return hashlib.sha1("/".join((SEED, *map(str, what))).encode()).hexdigest()


def order(recs):
    return sorted(recs, key=lambda r: digest(r["id"]))


def plain(r, least, most):
    n = len(r["text"].split())
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", r.get("date") or "") and least <= n <= most and r["text"].count("\n\n") >= 4 and r.get("title") and not re.search(r"\b(?:HOST|BYLINE|SOUNDBITE)\b", r["text"]))


def shingles(text, n):
    w = [x.casefold() for x in WORD.findall(text)]
    return {hash(tuple(w[i:i + n])) for i in range(len(w) - n + 1)}


class Taken:
    """Articles taken so far; one is refused when over 3% of its runs of five words stand in them, or one run of twelve."""
    def __init__(self):
        self.short, self.long = set(), set()

    def take(self, r):
        short, long = shingles(r["text"], 5), shingles(r["text"], 12)
        if len(short & self.short) > 0.03 * len(short) or long & self.long:
            return False
        self.short |= short
        self.long |= long
        return True


def stream(path):
    out = subprocess.run(["zstd", "-dcq", str(path)], stdout=subprocess.PIPE, check=True).stdout
    return order(r for r in map(json.loads, out.splitlines()) if plain(r, 250, 900))


def events(name, recs, want, taken):
    """Pairs of reports of one story by two outlets that nothing longer than eleven words joins."""
    stories, out = defaultdict(list), []
    for r in order(r for r in recs if plain(r, 120, 900)):
        stories[r["story"]].append(r)
    for story in sorted(stories, key=lambda s: digest(name, s)):
        a = stories[story][0]
        b = next((x for x in stories[story][1:] if x["source"] != a["source"]), None)
        if b and len(out) < want and not shingles(a["text"], 12) & shingles(b["text"], 12) and len(shingles(a["text"], 5) & shingles(b["text"], 5)) <= 8 and taken.take(a) and taken.take(b):
            out.append((a, b))
    return out


# ---- operations: (paragraphs, random source, source article, sites) -> paragraphs, or None where the article has too little to change
def touch(paras, rng, rate=0.35):
    return rw.each(paras, lambda p: p.put(rw.reword(p.text, rng, rate)))


def light(p, rng, r, w):
    return rw.paraphrase(p, rng, 0.5)


def heavy(p, rng, r, w):
    return rw.paraphrase(rw.resentence(p, rng), rng, 1.0)


def sentences(p, rng, r, w):
    return touch(rw.resentence(p, rng), rng)


def quotes(p, rng, r, w):
    return touch(rw.requote(p, rng), rng) if sum(len(rw.QUOTE.findall(s.text)) for q in p for s in q) >= 5 else None


def furniture(p, rng, r, w):
    return furnished(p, rng, w, 5)


def units(p, rng, r, w):
    p, n = rw.units(p, datetime.date.fromisoformat(r["date"]))
    return touch(p, rng) if n >= 6 else None


def names(p, rng, r, w):
    p, n = rw.respell(p, rng)
    return touch(p, rng) if n >= 20 else None


def lede_rewritten(p, rng, r, w):
    k = 3
    head = rw.paraphrase(rw.resentence(p[:k], rng), rng, 1.0)
    return [[rw.Piece(opening(rng))]] + head + touch(p[k:max(k + 2, len(p) * 2 // 3)], rng, 0.15)


def lede_only(p, rng, r, w):
    return rw.lede(p, 60)


def headline(p, rng, r, w):
    return [[rw.Piece(f"This is a developing story. {w.name} will bring more as it becomes known.")]] + touch(p, rng, 0.15)


def digested(p, rng, r, w):
    return touch(rw.some(p, rng, 0.33), rng)


def chain(p, rng, r, w):
    p = rw.requote(rw.resentence(p[:max(4, len(p) * 4 // 5)], rng), rng)
    p = rw.units(rw.respell(p, rng)[0], datetime.date.fromisoformat(r["date"]))[0]
    return furnished(rw.paraphrase(p, rng, 0.5), rng, w, 2)


def furnished(p, rng, w, times):
    before, behind = w.site(rng).around([s.text for q in p for s in q], rng, times)
    return [[rw.Piece(l)] for l in before] + p + [[rw.Piece(l)] for l in behind]


def round_trip(p, rng, r, w):
    return rw.round_trip(p, rng)


def round_trip_half(p, rng, r, w):
    return rw.round_trip(rw.some(p, rng, 0.5), rng)


def round_trip_lede(p, rng, r, w):
    return rw.round_trip(rw.lede(p, 80), rng)


def round_trip_furniture(p, rng, r, w):
    return furnished(rw.round_trip(p, rng), rng, w, 3)


def round_trip_moved(p, rng, r, w):
    p = rw.respell(p, rng)[0]
    blocks = [p[k:k + 3] for k in range(0, len(p), 3)]
    rng.shuffle(blocks)
    return rw.round_trip([q for b in blocks for q in b], rng)


def opening(rng):
    return written.cap(written.fill(rng.choice(("It is the talk of the week, and not only in {town}.", "Few stories have been read as often this week as this one.", "What had been rumoured since {day} is now out.",
                                                "The news reached {town} in the early hours of {day}.", "Readers of {town} and beyond will have heard of it.")), written.Facts(rng)))


WHOLE = {"units": units, "names": names, "quotes": quotes, "paraphrase, light": light, "paraphrase, heavy": heavy, "sentences merged and split": sentences, "furniture, article a fifth": furniture,
         "first paragraphs rewritten": lede_rewritten, "lede only": lede_only, "headline changed": headline, "digest of a third": digested, "all in a chain": chain, "round trip": round_trip, "round trip of half": round_trip_half, "round trip of the lede": round_trip_lede,
         "round trip in furniture": round_trip_furniture, "round trip, moved, respelt": round_trip_moved}
PARTS = ("two sources woven", "half another article", "passage in another article", "passage, paraphrased", "short passage, round trip")
OPERATIONS = (*WHOLE, *PARTS)
NEGATIVES = ("other", "same event", "statement", "list", "template")


class World:
    """Sites, and how often each has been used: the first three have many pages, the others two or three."""
    def __init__(self):
        rng = random.Random(digest("sites"))
        self.sites = [written.Site(n, rng) for n in written.site_names()]
        self.name = self.sites[0].name
        self.left = self.sites[3:]

    def site(self, rng):
        """Half of the time a site with many pages, else one with two others."""
        if rng.random() < 0.5 or not self.left:
            return rng.choice(self.sites[:3])
        return self.left[rng.randrange(len(self.left))]


def outlet(rng, w):
    s = rng.choice(w.sites)
    return s.name, f"https://{s.host}/"


def copy_of(op, parents, paras, rng, w, title):
    """The page, with the day of its first parent or up to two days later; one in four has no day."""
    text, spans = rw.write(paras)
    ids = [r["id"] for r in parents]
    id = "h" + digest(op, *ids)[:12]
    name, url = outlet(rng, w)
    day = datetime.date.fromisoformat(parents[0]["date"]) + datetime.timedelta(days=rng.choice((0, 0, 1, 1, 2)))
    return Page(id, op, title, text, None if rng.random() < 0.25 else day.isoformat(), name, url + id, ids, [x for x in spans if x[2]])


def retitled(title, rng):
    t = rw.reword(title, rng, 1.0)
    return t if t != title else "What is known so far: " + title


def whole(op, sources, used, w):
    """EACH copies by one operation, of the sources with the fewest copies so far."""
    out = []
    for r in sorted(sources, key=lambda r: used[r["id"]]):
        if len(out) == EACH or used[r["id"]] >= 2:
            break
        rng = random.Random(digest(op, r["id"]))
        p = WHOLE[op](rw.read(r["text"], r["id"]), rng, r, w)
        if p:
            used[r["id"]] += 1
            out.append(copy_of(op, [r], p, rng, w, r["title"] if op in ("furniture, article a fifth", "units", "lede only") else retitled(r["title"], rng)))
    return out


def passage(paras, rng, least, most):
    """Consecutive sentences from within the article, so many words."""
    flat = [s for p in paras for s in p]
    want, k = rng.randint(least, most), rng.randrange(2, max(3, len(flat) // 2))
    out, n = [], 0
    while k < len(flat) and n < want:
        out.append(flat[k])
        n += len(flat[k].text.split())
        k += 1
    return out


def parts(op, sources, hosts, used, w):
    out = []
    for r in sorted(sources, key=lambda r: used[r["id"]])[:EACH]:
        rng = random.Random(digest(op, r["id"]))
        used[r["id"]] += 1
        p, host = rw.read(r["text"], r["id"]), hosts.pop()
        if op == "two sources woven":
            out.append(copy_of(op, [r, host], touch(rw.weave(p, rw.read(host["text"], host["id"])), rng, 0.2), rng, w, r["title"] + ", " + host["title"]))
            continue
        own = [[rw.Piece(s.text) for s in q] for q in rw.read(host["text"], host["id"])]
        if op == "half another article":
            out.append(copy_of(op, [r], own[:len(own) // 2] + p[len(p) // 2:], rng, w, host["title"]))
            continue
        taken = [passage(p, rng, *((30, 45) if op == "short passage, round trip" else (60, 110)))]
        taken = rw.paraphrase(taken, rng, 0.7) if op == "passage, paraphrased" else rw.round_trip(taken, rng) if op == "short passage, round trip" else taken
        k = rng.randrange(2, len(own) - 1)
        out.append(copy_of(op, [r], own[:k] + taken + own[k:], rng, w, host["title"]))
    return out


def as_is(r, op, parents=()):
    return Page(r["id"], op, r["title"], r["text"], r["date"], r["source"], r.get("url"), parents)


def others(recs, w):
    """Articles that nobody copied: sixteen in the furniture of each large site, two in that of each small one."""
    furnished = [s for s in w.sites[:3] for _ in range(16)] + [s for s in w.sites[3:] for _ in range(2)]
    for r, s in zip(recs, furnished + [None] * len(recs)):
        page = as_is(r, "other")
        if s:
            rng = random.Random(digest("other", r["id"]))
            paras = r["text"].split("\n\n")
            before, behind = s.around(paras, rng, 2)
            page.text, page.source, page.url = "\n\n".join(before + paras + behind), s.name, f"https://{s.host}/{r['id']}"
        yield page


def statements(recs, hosts):
    """A long quotation of one article, which is not in the set, put into two others."""
    n = 0
    for r in recs:
        m = next((m for m in rw.QUOTE.finditer(r["text"].replace("\n\n", " ")) if 45 <= len(m[1].split())), None)
        if not m or n == STATEMENTS:
            continue
        n += 1
        for k in range(2):
            h = hosts.pop()
            paras, day = h["text"].split("\n\n"), datetime.date.fromisoformat(h["date"])
            paras.insert(3 + k, (f"In a statement issued on {day:%A}, the office said: “{m[1]}.”", f"“{m[1]},” the statement said.")[k])
            yield Page("h" + digest("statement", h["id"])[:12], "statement", h["title"], "\n\n".join(paras), h["date"], h["source"], h.get("url"))


def lists(recs, w):
    """Short reports (the first 60 words of an article) over what stands on two pages of one site alike."""
    for k in range(LISTS):
        rng, s = random.Random(digest("list", k)), w.sites[3 + k % (len(w.sites) - 3)]
        below = [". ".join(s.teasers(rng, 14)) + "."] if k % 2 else rng.sample(s.blocks, 3)
        for r in recs[2 * k:2 * k + 2]:
            short, _ = rw.write(rw.lede(rw.read(r["text"], r["id"]), 60))
            id = "h" + digest("list", r["id"])[:12]
            yield Page(id, "list", r["title"], "\n\n".join([short, *below]), recs[2 * k]["date"], s.name, f"https://{s.host}/{id}")


def templates(w):
    """Of each kind two sites with ten pages and five with two."""
    for kind in written.REPORTS:
        for k, n in enumerate((10, 10, 2, 2, 2, 2, 2)):
            rng = random.Random(digest("template", kind, k))
            t, s = written.Template(kind, rng), w.sites[k]
            day = datetime.date(2017, 1, 1) + datetime.timedelta(days=rng.randrange(900))
            for i in range(n):
                day += datetime.timedelta(days=rng.choice((1, 1, 2, 7, 30)))
                title, text = t.page(rng)
                id = "h" + digest("template", kind, k, i)[:12]
                yield Page(id, "template", title, text, day.isoformat(), s.name, f"https://{s.host}/{id}")


def make(stories, records):
    """[Page] from the folder of story sets; records(name) reads a set of it."""
    w, taken, pages = World(), Taken(), []
    for name, want in EVENTS.items():
        for a, b in events(name, records(name), want, taken):
            pages += [as_is(a, "same event"), as_is(b, "same event")]
    pool = iter(r for r in stream(stories / "stream.jsonl.zst") if taken.take(r))
    sources = [next(pool) for _ in range(SOURCES)]
    hosts = [next(pool) for _ in range(len(PARTS) * EACH + 2 * STATEMENTS)]
    woven = hosts[:EACH]
    rest = list(itertools.islice(pool, OTHER + 800))
    pages += [as_is(r, "source") for r in sources + woven]
    for p in pages:  # one source in eight has no day
        if p.op == "source" and random.Random(digest("undated", p.id)).random() < 0.125:
            p.date = None
    used = dict.fromkeys((r["id"] for r in sources), 0)
    for op in WHOLE:
        pages += whole(op, sources, used, w)
    free = hosts[EACH:]
    for op in PARTS:
        pages += parts(op, sources, woven[:] if op == PARTS[0] else free, used, w)
    pages += others(rest[:OTHER], w)
    pages += lists(rest[OTHER:], w)
    pages += statements(rest[OTHER + 2 * LISTS:], free)
    pages += templates(w)
    return pages
