"""pile.py: makes a pile of pages and holds what came out against what was put in.

  pile.py make FOLDER             pages.jsonl (20 hosts, 10 articles each), single.jsonl (one page a host), shuffled.jsonl,
                                  pages.warc, pages.warc.gz, pages-one.warc.gz
  pile.py check MODE < OUTPUT     MODE: alone, pile

Every host prints three paragraphs of its own on each page, inside the article and without a class that tells them: one in the middle,
two at the end. One article in ten is a wire's, on all hosts, with a paragraph of times of departure; hosts with an even number print
that as a bare line behind the rest, where no rule takes it for a paragraph. Hosts 3, 8, 13, 18 have one article in three versions: as
it is, for print, for phones."""
import gzip, json, sys

HOSTS, ARTICLES, PARAGRAPHS = 20, 10, 6
WORDS = """harbour council ferry storm bridge winter school market engine letter island river mayor budget season train garden
museum window captain village teacher factory signal tunnel doctor farmer station machine painter valley sailor morning evening
repair answer question promise report number record journey meeting project contract member leader worker driver visitor
opened closed moved found carried asked showed began reached built sold taught planned painted counted promised repaired followed
old new long short quiet narrow broad early late heavy light northern southern distant careful public
the a its their this that every another with without under over near behind after before through across""".split()


class Dice:
    """Numbers that are the same everywhere."""

    def __init__(self, seed):
        self.at = seed * 2654435761 % 2 ** 32

    def below(self, n):
        self.at = (self.at * 1664525 + 1013904223) % 2 ** 32
        return (self.at >> 8) % n


def sentence(d):
    w = [WORDS[d.below(len(WORDS))] for _ in range(9 + d.below(9))]
    return " ".join([w[0].capitalize()] + w[1:]) + "."


def paragraph(d):
    return " ".join(sentence(d) for _ in range(2 + d.below(2)))


def headline(d):
    return " ".join(WORDS[d.below(len(WORDS))] for _ in range(7)).capitalize()


def article(seed):
    d = Dice(seed)
    return dict(title=headline(d), body=[paragraph(d) for _ in range(PARAGRAPHS)])


def page(host, path, a, own, line="", bare=False):
    body = ["<p>%s</p>" % p for p in a["body"]]
    if line and not bare:
        body.append("<p>%s</p>" % line)
    body = body[:3] + ["<p>%s</p>" % own[0]] + body[3:] + ["<p>%s</p>" % p for p in own[1:]]
    if line and bare:
        body.append("<div>%s</div>" % line)
    html = ("<!doctype html><html><head><title>{t}</title></head><body><div><a href=/>Home</a> <a href=/w>World</a></div>"
            "<article><h1>{t}</h1>{b}</article></body></html>").format(t=a["title"], b="".join(body))
    return dict(id=host + path, url="https://" + host + path, html=html)


def make():
    pages, gold = [], {}
    wire = article(7)
    times = "Ferries leave the old harbour at eight and ten and twelve and every hour after that"
    for h in range(HOSTS):
        host = "www.paper%d.example" % h
        d = Dice(1000 + h)
        own = [paragraph(d) for _ in range(3)]
        for n in range(ARTICLES):
            a = wire if n == 4 else article(100 + h * ARTICLES + n)
            line = times if n == 4 else ""
            pages.append(page(host, "/%d" % n, a, own, line, h % 2 == 0))
            gold[pages[-1]["url"]] = dict(body=a["body"], own=own, line=line)
            if n == 2 and h % 5 == 3:
                for where, path in ((host, "/2/print"), ("m.paper%d.example" % h, "/2")):
                    pages.append(page(where, path, a, own))
                    gold[pages[-1]["url"]] = dict(body=a["body"], own=own, line="")
    return pages, gold


def write(name, rows):
    with open(name, "w") as f:
        for r in rows:
            f.write(json.dumps(r) + "\n")


def record(kind, page, body):
    head = "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Type: application/http; msgtype=%s\r\nContent-Length: %d\r\n\r\n"
    return (head % (kind, page["url"], kind, len(body)) + body + "\r\n\r\n").encode()


def write_warc(name, pages):
    """Requests and responses: plain, each record a gzip member of its own, and all of them one member."""
    records = []
    for p in pages:
        records.append(record("request", p, "GET / HTTP/1.1\r\n\r\n"))
        records.append(record("response", p, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + p["html"]))
    for ending, data in ((".warc", b"".join(records)), (".warc.gz", b"".join(gzip.compress(r, 1, mtime=0) for r in records)),
                         ("-one.warc.gz", gzip.compress(b"".join(records), 1, mtime=0))):
        with open(name + ending, "wb") as f:
            f.write(data)


def check(mode, rows, gold):
    kept = lost = furniture = lines = 0
    for r in rows:
        g, text = gold[r["url"]], r["text"].split("\n")
        lost += sum(p not in text for p in g["body"])
        kept += sum(p in text for p in g["body"])
        furniture += sum(p in text for p in g["own"])
        lines += g["line"] != "" and g["line"] in text
    said = sum(any(w["what"] == "pile" for w in r["warnings"]) for r in rows)
    of = sum(len(gold[r["url"]]["own"]) for r in rows)
    print("%s: %d pages, body %d kept %d lost, furniture %d of %d kept, lines kept %d, said on %d pages"
          % (mode, len(rows), kept, lost, furniture, of, lines, said))
    if mode == "alone":
        return lost == 0 and furniture > of / 2 and lines == HOSTS / 2 and said == 0
    return lost == 0 and furniture == 0 and lines == HOSTS and said == len(rows)


def main():
    pages, gold = make()
    if sys.argv[1] == "make":
        folder = sys.argv[2]
        write(folder + "/pages.jsonl", pages)
        write_warc(folder + "/pages", pages)
        write(folder + "/single.jsonl", [p for p in pages if p["url"].endswith("/0")])
        write(folder + "/shuffled.jsonl", sorted(pages, key=lambda p: hash_of(p["id"])))
        return 0
    return 0 if check(sys.argv[2], [json.loads(l) for l in sys.stdin], gold) else 1


def hash_of(s):
    h = 0
    for c in s:
        h = (h * 31 + ord(c)) * 2654435761 % 2 ** 32
    return h


sys.exit(main())
