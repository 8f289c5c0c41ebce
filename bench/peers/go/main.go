// NAME PAGES OUT: one extractor of the Go modules over a file of pages; the protocol is that of peers.py.
package main

import (
	"bufio"
	"encoding/json"
	"io"
	"log"
	nurl "net/url"
	"os"
	"strconv"
	"strings"
	"syscall"

	readability "codeberg.org/readeck/go-readability"
	"github.com/go-shiori/dom"
	distiller "github.com/markusmobius/go-domdistiller"
	trafilatura "github.com/markusmobius/go-trafilatura"
)

type result map[string]any

func cpu() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}

func peakMB() float64 {
	b, _ := os.ReadFile("/proc/self/status")
	for _, l := range strings.Split(string(b), "\n") {
		if v, ok := strings.CutPrefix(l, "VmHWM:"); ok {
			n, _ := strconv.ParseFloat(strings.Fields(v)[0], 64)
			return n / 1024
		}
	}
	return 0
}

func trafilate(fallback bool) func(string, *nurl.URL) (result, error) {
	return func(html string, url *nurl.URL) (result, error) {
		a, err := trafilatura.Extract(strings.NewReader(html), trafilatura.Options{OriginalURL: url, EnableFallback: fallback, ExcludeComments: true})
		if err != nil {
			return nil, err
		}
		r := result{"text": a.ContentText, "title": a.Metadata.Title, "author": a.Metadata.Author}
		if !a.Metadata.Date.IsZero() {
			r["date"] = a.Metadata.Date.Format("2006-01-02")
		}
		return r, nil
	}
}

func readable(html string, url *nurl.URL) (result, error) {
	a, err := readability.FromReader(strings.NewReader(html), url)
	if err != nil {
		return nil, err
	}
	r := result{"html": a.Content, "title": a.Title, "author": a.Byline}
	if a.PublishedTime != nil {
		r["date"] = a.PublishedTime.Format("2006-01-02")
	}
	return r, nil
}

func distil(html string, url *nurl.URL) (result, error) {
	a, err := distiller.ApplyForReader(strings.NewReader(html), &distiller.Options{OriginalURL: url, SkipPagination: true})
	if err != nil {
		return nil, err
	}
	r := result{"title": a.Title, "author": a.MarkupInfo.Author, "date": a.MarkupInfo.Article.PublishedTime}
	if a.Node != nil {
		r["html"] = dom.OuterHTML(a.Node)
	}
	return r, nil
}

func guarded(run func(string, *nurl.URL) (result, error), html string, url *nurl.URL) (r result, failed bool) {
	defer func() {
		if recover() != nil {
			r, failed = result{"error": "panic"}, true
		}
	}()
	r, err := run(html, url)
	if err != nil {
		return result{"error": err.Error()}, true
	}
	return r, false
}

func main() {
	log.SetOutput(io.Discard)
	run := map[string]func(string, *nurl.URL) (result, error){
		"go-trafilatura": trafilate(true), "go-trafilatura-fast": trafilate(false), "go-readability": readable, "go-domdistiller": distil}[os.Args[1]]
	in, err := os.Open(os.Args[2])
	if err != nil {
		panic(err)
	}
	file, err := os.Create(os.Args[3])
	if err != nil {
		panic(err)
	}
	out := bufio.NewWriter(file)
	lines := bufio.NewReaderSize(in, 1<<20)
	start, total, failures := cpu(), 0.0, 0
	for {
		line, end := lines.ReadBytes('\n')
		if len(line) > 0 {
			var page struct {
				I         int
				URL, HTML string
			}
			if err := json.Unmarshal(line, &page); err != nil {
				panic(err)
			}
			url, _ := nurl.Parse(page.URL)
			if page.URL == "" {
				url, _ = nurl.Parse("http://example.org/")
			}
			t := cpu()
			r, failed := guarded(run, page.HTML, url)
			c := cpu() - t
			total += c
			if failed {
				failures++
			}
			r["i"], r["cpu"] = page.I, c
			b, _ := json.Marshal(r)
			out.Write(append(b, '\n'))
		}
		if end != nil {
			break
		}
	}
	b, _ := json.Marshal(result{"done": true, "cpu": total, "start": start, "failed": failures, "rss": peakMB()})
	out.Write(append(b, '\n'))
	out.Flush()
	file.Close()
}
