//! NAME PAGES OUT: one extractor of crates.io over a file of pages; the protocol is that of peers.py.
use serde_json::{json, Value};
use std::{env, fs, io::{BufRead, BufReader, BufWriter, Write}, panic};

type Page<'a> = (&'a str, Option<&'a str>);

fn cpu() -> f64 {
    let mut t = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut t) };
    t.tv_sec as f64 + t.tv_nsec as f64 / 1e9
}

fn peak_mb() -> f64 {
    let s = fs::read_to_string("/proc/self/status").unwrap_or_default();
    s.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|v| v.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn dom_smoothie((html, url): Page) -> Value {
    let url = url.filter(|u| url::Url::parse(u).is_ok());
    match dom_smoothie::Readability::new(html, url, None).and_then(|mut r| r.parse()) {
        Ok(a) => json!({"html": a.content.to_string(), "title": a.title, "author": a.byline, "date": a.published_time}),
        Err(_) => json!({}),
    }
}

fn legible((html, url): Page) -> Value {
    match legible::parse(html, url, None) {
        Ok(a) => json!({"html": a.content, "title": a.title, "author": a.byline, "date": a.published_time}),
        Err(_) => json!({}),
    }
}

fn libreadability((html, url): Page) -> Value {
    match libreadability::extract(html, url) {
        Ok(a) => json!({"html": a.content, "title": a.title, "author": a.byline, "date": a.published_time}),
        Err(_) => json!({}),
    }
}

fn llm_readability((html, url): Page) -> Value {
    let url = url.and_then(|u| url::Url::parse(u).ok()).unwrap_or_else(|| url::Url::parse("http://example.org/").unwrap());
    match llm_readability::extractor::extract(&mut html.as_bytes(), &url) {
        Ok(a) => json!({"html": a.content}),
        Err(_) => json!({}),
    }
}

fn rs_trafilatura((html, url): Page) -> Value {
    let o = rs_trafilatura::Options { include_comments: false, url: url.map(String::from), ..Default::default() };
    match rs_trafilatura::extract_with_options(html, &o) {
        Ok(a) => json!({"text": a.content_text, "title": a.metadata.title, "author": a.metadata.author, "date": a.metadata.date.map(|d| d.to_rfc3339())}),
        Err(_) => json!({}),
    }
}

fn trafilatura((html, url): Page) -> Value {
    let mut o = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    if let Some(u) = url.and_then(|u| url::Url::parse(u).ok()) {
        o = o.with_url(u);
    }
    match trafilatura::extract(html, &o) {
        Ok(a) => json!({"text": a.content_text, "title": a.metadata.title, "author": a.metadata.author, "date": a.metadata.date.map(|d| d.to_string())}),
        Err(_) => json!({}),
    }
}

fn main() {
    let arg: Vec<String> = env::args().collect();
    let run: fn(Page) -> Value = match arg[1].as_str() {
        "dom_smoothie" => dom_smoothie,
        "legible" => legible,
        "libreadability" => libreadability,
        "llm_readability" => llm_readability,
        "rs-trafilatura" => rs_trafilatura,
        "trafilatura.rs" => trafilatura,
        other => panic!("no peer called {other}"),
    };
    panic::set_hook(Box::new(|_| {}));
    let start = cpu();
    let (mut total, mut failed) = (0.0, 0);
    let mut out = BufWriter::new(fs::File::create(&arg[3]).expect("OUT"));
    for line in BufReader::new(fs::File::open(&arg[2]).expect("PAGES")).lines() {
        let page: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let html = page["html"].as_str().unwrap_or("");
        let t = cpu();
        let got = panic::catch_unwind(|| run((html, page["url"].as_str())));
        let c = cpu() - t;
        total += c;
        let mut r = got.unwrap_or_else(|_| {
            failed += 1;
            json!({"error": "panic"})
        });
        r["i"] = page["i"].clone();
        r["cpu"] = json!(c);
        writeln!(out, "{r}").expect("OUT");
    }
    writeln!(out, "{}", json!({"done": true, "cpu": total, "start": start, "failed": failed, "rss": peak_mb()})).expect("OUT");
}
