// NAME OUT FILE...: the language tool of the Go modules over files of texts; the protocol is that of language.py.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/jdkato/prose/v2"
)

const warm = "The council met on Monday in Oslo, and Mayor Jane Roe said that the road would be mended. It wasn't. "

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

// places finds strings one behind the other in a text and gives their offsets in characters.
type places struct {
	text     string
	at, char int
}

func (p *places) next(s string) (int, int, bool) {
	k := strings.Index(p.text[p.at:], s)
	if k < 0 || s == "" {
		return 0, 0, false
	}
	beg := p.char + utf8.RuneCountInString(p.text[p.at:p.at+k])
	end := beg + utf8.RuneCountInString(s)
	p.at, p.char = p.at+k+len(s), end
	return beg, end, true
}

func record(d *prose.Document, text string) map[string]any {
	toks, sents, names := [][]any{}, [][]any{}, [][]any{}
	p := places{text: text}
	for _, t := range d.Tokens() {
		if b, e, ok := p.next(t.Text); ok {
			toks = append(toks, []any{b, e, t.Tag})
		}
	}
	p = places{text: text}
	for _, s := range d.Sentences() {
		if b, e, ok := p.next(strings.TrimSpace(s.Text)); ok {
			sents = append(sents, []any{b, e})
		}
	}
	p = places{text: text}
	for _, n := range d.Entities() {
		if b, e, ok := p.next(n.Text); ok {
			names = append(names, []any{b, e, n.Label})
		}
	}
	return map[string]any{"toks": toks, "sents": sents, "names": names}
}

func main() {
	first, err := prose.NewDocument(warm)
	if err != nil {
		os.Exit(1)
	}
	model := prose.UsingModel(first.Model) // else each document loads it anew
	start := cpu()
	o, _ := os.Create(os.Args[2])
	w := bufio.NewWriter(o)
	e := json.NewEncoder(w)
	for k, path := range os.Args[3:] {
		f, _ := os.Open(path)
		s := bufio.NewScanner(f)
		s.Buffer(nil, 1<<28)
		sums, total := [4]int{}, 0.0
		var kept []map[string]any
		for i := 0; s.Scan(); i++ {
			var page struct {
				Text string `json:"text"`
			}
			_ = json.Unmarshal(s.Bytes(), &page)
			t := cpu()
			d, err := prose.NewDocument(page.Text, model)
			total += cpu() - t
			if err != nil {
				continue
			}
			sums[0] += len(d.Sentences())
			sums[1] += len(d.Tokens())
			sums[2] += len(d.Entities())
			if k > 0 {
				r := record(d, page.Text)
				r["file"], r["i"] = k, i
				kept = append(kept, r)
			}
		}
		f.Close()
		rss := peakMB()
		for _, r := range kept {
			_ = e.Encode(r)
		}
		_ = e.Encode(map[string]any{"done": k, "cpu": total, "start": start, "rss": rss, "counts": sums})
	}
	_ = w.Flush()
	_ = o.Close()
}
