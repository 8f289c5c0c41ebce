"""harder_set: a made set of copies that are hard to find, and of pages that only look like copies; eval/copies/harder reports on it, bench/copies measures peers on it."""
