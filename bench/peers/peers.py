"""peers.py NAME PAGES OUT: one extractor of PyPI over a file of pages, timed inside this process.

PAGES holds a JSON object a line (`i`, `url`, `html`); OUT gets one a page (`i`, `text` or `html`, `title`, `author`, `date`, `cpu`) and a last one with the sums.
Only the extractor's own call is timed: its import and one page to warm up lie before, reading and writing pages outside.
"""
import json, logging, re, signal, sys, time, warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
PAGE_SECONDS = 60
WARM = "<html><head><title>Warm</title></head><body><article>" + "<p>The council met on Monday, and the mayor said that the road would be mended.</p>" * 12 + "</article></body></html>"


class Late(Exception):
    pass


def trafilatura(fast=False, metadata=False, **more):
    from trafilatura import bare_extraction

    def run(html, url):
        d = bare_extraction(html, url=url, fast=fast, include_comments=False, with_metadata=metadata, **more)
        return dict(text=d.text, title=d.title, author=d.author, date=d.date) if d else {}
    return run


def trafilaturacore():
    from trafilaturacore import clean

    def run(html, url):
        r = clean(html, url=url, comment_handling="exclude", image_handling="exclude", max_input_bytes=1 << 28)
        m = r.metadata
        get = (lambda k: m.get(k) if isinstance(m, dict) else getattr(m, k, None)) if m else lambda k: None
        return dict(html=r.html, title=get("title"), author=get("author"), date=get("date"))
    return run


def readability_lxml():
    from readability import Document

    def run(html, url):
        d = Document(html, url=url)
        return dict(html=d.summary(html_partial=True), title=d.title(), author=getattr(d, "author", lambda: None)())
    return run


def justext():
    import justext as j
    lists = {l: j.get_stoplist(l) for l in j.get_stoplists()}
    names = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "da": "Danish", "sv": "Swedish",
             "no": "Norwegian_Bokmal", "nb": "Norwegian_Bokmal", "fi": "Finnish", "pl": "Polish", "cs": "Czech", "ru": "Russian", "uk": "Ukrainian", "tr": "Turkish",
             "el": "Greek", "ar": "Arabic", "hi": "Hindi", "ro": "Romanian", "hu": "Hungarian", "bg": "Bulgarian", "hr": "Croatian", "he": "Hebrew"}

    def run(html, url):
        m = re.search(r"<html[^>]*\blang\s*=\s*[\"']?([a-zA-Z]{2})", html[:4000])
        stop = lists.get(names.get(m.group(1).lower() if m else "en"), lists["English"])
        return dict(text="\n".join(p.text for p in j.justext(html, stop) if not p.is_boilerplate))
    return run


def boilerpy3():
    from boilerpy3.extractors import ArticleExtractor
    e = ArticleExtractor(raise_on_failure=False)

    def run(html, url):
        d = e.get_doc(html)
        return dict(text=d.content, title=d.title)
    return run


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    return lambda html, url: dict(text=extract_plain_text(html, main_content=True, alt_texts=False, comments=False, post_meta=False, list_bullets=False))


def newspaper4k():
    import newspaper

    def run(html, url):
        a = newspaper.Article(url or "http://example.org/", fetch_images=False)
        a.download(input_html=html)
        a.parse()
        return dict(text=a.text, title=a.title, author=a.authors, date=a.publish_date.isoformat() if a.publish_date else None)
    return run


def goose3():
    from goose3 import Goose
    g = Goose({"enable_image_fetching": False, "browser_user_agent": "bench"})

    def run(html, url):
        a = g.extract(raw_html=html)
        return dict(text=a.cleaned_text, title=a.title, author=a.authors, date=a.publish_date)
    return run


def news_please():
    from newsplease import NewsPlease

    def run(html, url):
        a = NewsPlease.from_html(html, url=url or "http://example.org/", fetch_images=False)
        return dict(text=a.maintext, title=a.title, author=a.authors, date=str(a.date_publish) if a.date_publish else None)
    return run


def gne():
    from gne import GeneralNewsExtractor
    e = GeneralNewsExtractor()

    def run(html, url):
        r = e.extract(html)
        return dict(text=r.get("content"), title=r.get("title"), author=r.get("author"), date=r.get("publish_time"))
    return run


def magic_html():
    from magic_html import GeneralExtractor
    e = GeneralExtractor()

    def run(html, url):
        r = e.extract(html, base_url=url or "http://example.org/", html_type="article")
        return dict(html=r.get("html"), title=r.get("title"))
    return run


def htmldate():
    from htmldate import find_date
    return lambda html, url: dict(date=find_date(html, url=url, original_date=True, extensive_search=True))


MAKE = {
    "trafilatura-fast": lambda: trafilatura(fast=True),
    "trafilatura": trafilatura,
    "trafilatura-precision": lambda: trafilatura(favor_precision=True),
    "trafilatura-recall": lambda: trafilatura(favor_recall=True),
    "trafilatura-metadata": lambda: trafilatura(metadata=True),
    "trafilaturacore": trafilaturacore, "readability-lxml": readability_lxml, "justext": justext, "boilerpy3": boilerpy3, "resiliparse": resiliparse,
    "newspaper4k": newspaper4k, "goose3": goose3, "news-please": news_please, "gne": gne, "magic-html": magic_html, "htmldate": htmldate,
}


def peak_mb():
    with open("/proc/self/status") as f:
        return next(int(l.split()[1]) / 1024 for l in f if l.startswith("VmHWM:"))


def late(*_):
    raise Late


def main(name, pages, out):
    run = MAKE[name]()
    signal.signal(signal.SIGALRM, late)
    try:
        run(WARM, None)
    except Exception:
        pass
    start, total, failed = time.process_time(), 0.0, 0
    with open(pages, encoding="utf-8") as f, open(out, "w", encoding="utf-8") as o:
        for line in f:
            page = json.loads(line)
            r = {}
            signal.alarm(PAGE_SECONDS)
            t = time.process_time()
            try:
                r = run(page["html"], page.get("url"))
            except (Exception, Late) as e:
                failed += 1
                r = {"error": type(e).__name__}
            cpu = time.process_time() - t
            signal.alarm(0)
            total += cpu
            o.write(json.dumps({"i": page["i"], "cpu": cpu, **{k: v for k, v in r.items() if v}}, default=str) + "\n")
        o.write(json.dumps({"done": True, "cpu": total, "start": start, "failed": failed, "rss": peak_mb()}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:4])
