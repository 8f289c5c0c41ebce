"""duplicates.py NAME OUT FILE: one way of finding copies that PyPI has, over the texts of a file, timed inside this process.

FILE holds a JSON object a line (`i`, `text`). OUT gets a line for each pair found, [i, j, score], the higher the more alike, and at the end {"done", "cpu", "rss", "start"}:
CPU seconds of the program's own work, from the texts in memory to the pairs; peak memory in MB; seconds of imports and of a warm-up, which lie before.
Those that give a score leave the cut to the bench; what is far below any sensible cut is not written.
"""
import json, re, sys, tempfile, time
from collections import Counter, defaultdict

WORD = re.compile(r"\w+")


def grams(text, n=5):
    w = WORD.findall(text.casefold())
    return {" ".join(w[k:k + n]) for k in range(max(1, len(w) - n + 1))}


def among(buckets):
    """Pairs of a bucket."""
    seen = set()
    for b in buckets:
        for x in range(1, len(b)):
            for y in range(x):
                if b[y] != b[x]:
                    seen.add((b[y], b[x]))
    return [(a, b, 1.0) for a, b in sorted(seen)]


def datasketch(perm, threshold=None, params=None, batch=True):
    """batch: all runs of a text handed over at once; else one by one, as its documentation shows."""
    from datasketch import MinHash, MinHashLSH

    def run(texts):
        lsh, out = MinHashLSH(threshold=threshold or 0.9, num_perm=perm, params=params), []
        for i, t in enumerate(texts):
            m = MinHash(num_perm=perm)
            if batch:
                m.update_batch([g.encode() for g in grams(t)])
            else:
                for g in grams(t):
                    m.update(g.encode())
            out += [(j, i, 1.0) for j in lsh.query(m)]
            lsh.insert(i, m)
        return out
    return run


def datatrove():
    """The step that FineWeb was made with (112 hashes in 14 bands of 8, runs of five words), its own words and signatures; who shares a band is told here, as its next step does on files."""
    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupSignature
    from datatrove.utils.hashing import HashConfig
    s = MinhashDedupSignature(output_folder=tempfile.gettempdir(), config=MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=8, hash_config=HashConfig(precision=64, hash_fc="sha1")))

    def run(texts):
        buckets = defaultdict(list)
        for i, t in enumerate(texts):
            shingles = s.get_shingles(t)
            for k, band in enumerate(s.get_signature(shingles) if len(shingles) else ()):
                buckets[k, tuple(band)].append(i)
        return among(buckets.values())
    return run


def rensa(perm, threshold, bands):
    from rensa import RMinHash, RMinHashLSH

    def run(texts):
        lsh, out = RMinHashLSH(threshold, perm, bands), []
        for i, t in enumerate(texts):
            m = RMinHash(perm, 42)
            m.update(list(grams(t)))
            out += [(j, i, 1.0) for j in lsh.query(m)]
            lsh.insert(i, m)
        return out
    return run


def ssdeep():
    import ssdeep as s

    def run(texts):
        h, out = [s.hash(t.encode()) for t in texts], []
        for i in range(1, len(h)):
            for j in range(i):
                score = s.compare(h[j], h[i])
                if score:
                    out.append((j, i, score))
        return out
    return run


def tlsh():
    import tlsh as s

    def run(texts):
        h = [(i, x) for i, x in ((i, s.hash(t.encode())) for i, t in enumerate(texts)) if x != "TNULL"]
        return [(j, i, -d) for k, (i, a) in enumerate(h) for j, b in h[:k] for d in (s.diff(b, a),) if d <= 110]
    return run


def simhash():
    import numpy as np
    from simhash import Simhash

    def run(texts):
        h, out = np.array([Simhash(list(grams(t))).value for t in texts], dtype=np.uint64), []
        ones = np.array([bin(x).count("1") for x in range(65536)], dtype=np.uint8)
        for i in range(1, len(h)):
            x = h[:i] ^ h[i]
            d = sum(ones[((x >> np.uint64(s)) & np.uint64(65535)).astype(np.intp)] for s in (0, 16, 32, 48))
            out += [(int(j), i, -int(d[j])) for j in np.nonzero(d <= 18)[0]]
        return out
    return run


def containment():
    """Exact: runs of five words that at most 200 texts have; the share of the shorter text's that the other has too."""
    def run(texts):
        where, sets = defaultdict(list), [grams(t) for t in texts]
        for i, s in enumerate(sets):
            for g in s:
                where[g].append(i)
        out, sizes = [], [len(s) for s in sets]
        for i, s in enumerate(sets):
            shared = Counter(j for g in s for j in (where[g] if len(where[g]) <= 200 else ()) if j < i)
            out += [(j, i, n / min(sizes[i], sizes[j])) for j, n in shared.items() if n >= 0.03 * min(sizes[i], sizes[j])]
        return out
    return run


MAKE = {"datasketch-.5": lambda: datasketch(128, 0.5), "datasketch-.5-singly": lambda: datasketch(128, 0.5, batch=False), "datasketch-.8": lambda: datasketch(128, 0.8), "datasketch-14x8": lambda: datasketch(112, params=(14, 8)), "datatrove": datatrove,
        "rensa": lambda: rensa(128, 0.5, 32), "ssdeep": ssdeep, "tlsh": tlsh, "simhash": simhash, "containment": containment}
WARM = ["The council met on Monday in Oslo, and Mayor Jane Roe said that the road would be mended. " * 8, "It rained over the hills all night, and the river rose by a metre before the morning came. " * 8]


def peak_mb():
    with open("/proc/self/status") as f:
        return next(int(l.split()[1]) / 1024 for l in f if l.startswith("VmHWM:"))


def main(name, out, path):
    run = MAKE[name]()
    run(WARM)
    start = time.process_time()
    with open(path, encoding="utf-8") as f:
        texts = [json.loads(l)["text"] for l in f]
    t = time.process_time()
    pairs = run(texts)
    cpu, rss = time.process_time() - t, peak_mb()
    with open(out, "w", encoding="utf-8") as o:
        for p in pairs:
            o.write(json.dumps(p) + "\n")
        o.write(json.dumps({"done": len(texts), "cpu": cpu, "rss": rss, "start": start}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
