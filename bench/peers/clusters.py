"""clusters.py: a way of clustering articles into stories, over documents in memory; run by bench/stories in an environment of its own.

  clusters.py PEER OUT DOCS.jsonl     DOCS: {"title","text","day"} a line in order of the stream, day null where none is known

OUT gets a line for each setting: {"set": {...}, "labels": [...], "cpu": seconds from texts to labels}, then {"rss": MB at most}.
What is the same for all settings (tf-idf, products) is counted in each. Imports and reading are not counted.
"""
import json, resource, sys, time
import numpy as np
from sklearn.cluster import DBSCAN, AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer

SIGMA, WINDOW = 3.0, 3000  # days; pages
GRID = [.08, .12, .16, .2, .24, .28, .32, .36, .4, .45, .5, .55, .6]
UNDATED = (.25, .5, 1.0) # what the time of a pair counts of which one has no day


def cpu():
    r = resource.getrusage(resource.RUSAGE_SELF)
    return r.ru_utime + r.ru_stime


def tfidf(docs):
    return TfidfVectorizer(sublinear_tf=True, stop_words="english", max_df=.5, min_df=1, dtype=np.float32).fit_transform([f"{d['title']}\n{d['text']}" for d in docs])


def cosines(docs):
    X = tfidf(docs)
    S = (X @ X.T).toarray()
    np.clip(S, 0, 1, out=S)
    return S


def nearness(docs, undated):
    day = np.array([np.nan if d["day"] is None else d["day"] for d in docs], dtype=np.float32)
    apart = day[:, None] - day[None, :]
    return np.where(np.isnan(apart), undated, np.exp(-apart * apart / (2 * SIGMA * SIGMA))).astype(np.float32)


def distances(S):
    D = 1 - S
    np.fill_diagonal(D, 0)
    return np.maximum(D, 0, out=D)


def agglomerative(S, t, linkage="average"):
    return AgglomerativeClustering(n_clusters=None, metric="precomputed", linkage=linkage, distance_threshold=1 - t).fit(distances(S)).labels_


def single(S, t):
    return agglomerative(S, t, "single")


def dbscan(S, t):
    labels = DBSCAN(eps=1 - t, min_samples=2, metric="precomputed").fit(distances(S)).labels_
    return [int(l) if l >= 0 else -1 - i for i, l in enumerate(labels)]


def louvain(S, t):
    import networkx as nx
    g = nx.Graph()
    g.add_nodes_from(range(len(S)))
    i, j = np.nonzero(np.triu(S >= t, 1))
    g.add_weighted_edges_from(zip(i.tolist(), j.tolist(), S[i, j].astype(float).tolist()))
    labels = [0] * len(S)
    for k, group in enumerate(nx.community.louvain_communities(g, seed=1)):
        for v in group:
            labels[v] = k
    return labels


def batch(method, timed):
    def run(docs, put):
        a = cpu()
        S = cosines(docs)
        for undated in UNDATED if timed else (None,):
            b = cpu()
            T = S * nearness(docs, undated) if timed else S
            made = b - a if undated in (None, UNDATED[0]) else made
            weighed = cpu() - b
            for t in GRID:
                c = cpu()
                labels = method(T, t)
                put({"from": t, **({"undated": undated} if timed else {})}, labels, made + weighed + cpu() - c)
            del T
    return run


def first_story(timed):
    """Each page joins the story of the page that is nearest of the last WINDOW, or opens one where none is near enough. Document frequencies are known beforehand."""
    def run(docs, put):
        a = cpu()
        X = tfidf(docs)
        made = cpu() - a
        for undated in UNDATED if timed else (1.0,):
            b = cpu()
            best = np.zeros(len(docs))
            near = np.full(len(docs), -1)
            day = np.array([np.nan if d["day"] is None else d["day"] for d in docs])
            for i in range(1, len(docs)):
                lo = max(0, i - WINDOW)
                s = (X[lo:i] @ X[i].T).toarray().ravel()
                if timed:
                    apart = day[lo:i] - day[i]
                    s = s * np.where(np.isnan(apart), undated, np.exp(-apart * apart / (2 * SIGMA * SIGMA)))
                k = int(s.argmax())
                best[i], near[i] = s[k], lo + k
            found = cpu() - b
            for t in GRID:
                labels = list(range(len(docs)))
                for i in range(1, len(docs)):
                    if best[i] >= t:
                        labels[i] = labels[near[i]]
                put({"from": t, **({"undated": undated} if timed else {})}, labels, made + found)
    return run


PEERS = {
    "average-time": batch(agglomerative, True), "average": batch(agglomerative, False), "single-time": batch(single, True), "dbscan-time": batch(dbscan, True),
    "dbscan": batch(dbscan, False), "louvain-time": batch(louvain, True), "louvain": batch(louvain, False), "first-story": first_story(False), "first-story-time": first_story(True),
}


def main(peer, out, path):
    docs = [json.loads(l) for l in open(path, encoding="utf-8")]
    if peer.startswith("louvain"):
        import networkx  # noqa: F401 (imports are not counted)
    with open(out, "w") as f:
        PEERS[peer](docs, lambda setting, labels, s: f.write(json.dumps({"set": setting, "labels": [int(l) for l in labels], "cpu": s}) + "\n"))
        f.write(json.dumps({"rss": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
