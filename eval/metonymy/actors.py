#!/usr/bin/env python3
"""actors.py - metonymy sets through `dateline actors`.

  eval/metonymy/actors.py DATELINE LITERAL.txt METONYMIC.txt [-v]

Each line "name<SEP>sentence with <ENT>name<ENT>" is a page of one sentence. The mention that overlaps the name says how it was read:
place, unless its kind is metonym or its actor is a government, an organisation, a person or a group. A name without a mention is read
as a place. -v: the sentences that are read otherwise.
"""
import json
import re
import subprocess
import sys


def main():
    program, paths = sys.argv[1], [a for a in sys.argv[2:] if a != "-v"]
    pages = []
    for label, path in enumerate(paths):
        for line in open(path, encoding="utf-8", errors="replace"):
            parts = re.split("<ENT>", line.rstrip("\n").split("<SEP>", 1)[-1])
            if len(parts) == 3:
                beg = len(parts[0].encode())
                pages.append((label, "".join(parts), beg, beg + len(parts[1].encode())))
    records = "".join(json.dumps({"id": str(i), "text": p[1] + "\n"}) + "\n" for i, p in enumerate(pages))
    run = subprocess.run([program, "actors", "--jsonl", "-"], input=records.encode(), capture_output=True, check=True)
    read = {}
    for line in run.stdout.splitlines():
        actor = json.loads(line)
        for m in actor["mentions"]:
            i = int(m["id"].rsplit("#")[0])
            label, _, beg, end = pages[i]
            if m["beg"] < end and m["end"] > beg and m["kind"] != "pronoun":
                size = m["end"] - m["beg"]
                if i not in read or size < read[i][0]:
                    read[i] = (size, m["kind"] == "metonym" or actor["kind"] != "place")
    right = 0
    for i, (label, text, beg, end) in enumerate(pages):
        same = read.get(i, (0, False))[1] == bool(label)
        right += same
        if not same and "-v" in sys.argv:
            print("met" if label else "lit", read.get(i), text.encode()[beg:end].decode(), "|", text)
    print(f"actors, ReLocaR test: accuracy {right / len(pages):.4f} of {len(pages)}")


if __name__ == "__main__":
    main()
