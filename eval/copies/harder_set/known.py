"""known.py: what is known of the pages of the set: which pairs are copies, which share a part, which may be called anything."""
from collections import defaultdict

from .pages import WHOLE


def key(a, b):
    return (a, b) if a < b else (b, a)


class Made:
    """The pages with what is known of them: which pairs are right, which may be called anything."""
    def __init__(self, pages):
        self.pages = {p.id: p for p in pages}
        self.links = [(q, p.id) for p in pages for q in p.parents]        # (article, page made of it)
        self.copies = {key(*l) for l in self.links if self.pages[l[1]].op in WHOLE}
        self.parts = {key(*l) for l in self.links} - self.copies
        kin = defaultdict(set)
        for q, p in self.links:
            kin[q].add(p)
        self.free = {key(a, b) for s in kin.values() for a in s for b in s if a != b} - self.copies
        said = [p.id for p in pages if p.op == "statement"]
        self.statements = {key(a, b) for a, b in zip(said[::2], said[1::2])}
        self.root = {p.id: p.parents[0] if p.op in WHOLE else p.id for p in pages}

    def neutral(self, pair):
        """Neither help nor hurt as copies: kin, and pages with the articles that they hold a part of."""
        return pair in self.free or pair in self.parts

    def known(self, pair):
        return pair in self.copies or pair in self.parts or pair in self.free or pair in self.statements
