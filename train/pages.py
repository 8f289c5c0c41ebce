#!/usr/bin/env python3
"""pages.py: joins pages and what is known of their articles into the records that train_blocks reads.

    pages.py FOLDER/{aeb,naeb,fundus-eval,fundus-fixtures,trafilatura} > pages.jsonl

A folder holds gold.jsonl and html/ID.html.gz. A record is {"set", "site", "url", "html", "texts": [..]},
where texts are the articles that the gold allows, or {.., "with": [..], "without": [..]} where only pieces
of the page are judged. Only the standard library is used."""
import gzip, itertools, json, re, sys
from pathlib import Path

SECOND = {"co", "com", "org", "net", "gov", "ac", "gob", "or", "ne", "go", "edu"}


def site(url):
    """The registrable domain, roughly: enough to keep pages of one site together."""
    host = re.match(r"https?://([^/:]+)", url or "")
    parts = host.group(1).lower().split(".") if host else []
    return ".".join(parts[-3:] if len(parts) > 2 and parts[-2] in SECOND else parts[-2:])


def texts(gold):
    """Paragraphs in square brackets are optional: every choice of up to four of them, else all or none."""
    paras = gold.get("paragraphs")
    if not paras:
        return [gold["text"]]
    optional = [i for i, p in enumerate(paras) if p.startswith("[") and p.endswith("]")]
    drops = [c for n in range(len(optional) + 1) for c in itertools.combinations(optional, n)] if len(optional) <= 4 else [(), tuple(optional)]
    plain = [p[1:-1] if i in optional else p for i, p in enumerate(paras)]
    return ["\n".join(p for i, p in enumerate(plain) if i not in d) for d in drops]


def decode(raw):
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        named = re.search(rb'charset=["\']?([\w-]+)', raw[:4096])
        try:
            return raw.decode(named.group(1).decode() if named else "cp1252", "replace")
        except LookupError:
            return raw.decode("cp1252", "replace")


for folder in map(Path, sys.argv[1:]):
    gold_file = folder / "gold.jsonl"
    lines = gold_file.open(encoding="utf-8") if gold_file.exists() else gzip.open(f"{gold_file}.gz", "rt", encoding="utf-8")
    for line in lines:
        gold = json.loads(line)
        page = folder.parent / gold["page"] if gold.get("page") else folder / "html" / f"{gold['id']}.html.gz"
        out = {"set": folder.name, "site": site(gold.get("url")) or gold["id"], "url": gold.get("url") or ""}
        out["html"] = decode(gzip.open(page).read()).replace("\0", "")
        out.update({k: gold[k] for k in ("with", "without")} if "with" in gold else {"texts": texts(gold)})
        print(json.dumps(out, ensure_ascii=False))
