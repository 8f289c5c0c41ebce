// NAME OUT FILE...: one language tool of npm over files of texts; the protocol is that of language.py, offsets in UTF-16 units ("utf16": true).
import fs from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const WARM = 'The council met on Monday in Oslo, and Mayor Jane Roe said that the road would be mended. It wasn\'t. '.repeat(8);
const [name, out, ...files] = process.argv.slice(2);

function wink() {
  const model = require('wink-eng-lite-web-model');
  const nlp = require('wink-nlp')(model);
  const { its } = nlp;
  return {
    run: (text) => { const d = nlp.readDoc(text); return { d, text }; },
    count: ({ d }) => [d.sentences().length(), d.tokens().length(), 0, 0],
    record({ d, text }) {
      const t = d.tokens();
      const [forms, pos, lemmas] = [t.out(its.value), t.out(its.pos), t.out(its.lemma)];
      let at = 0;
      const toks = forms.map((f, k) => {
        const beg = text.indexOf(f, at);
        if (beg >= 0) at = beg + f.length;
        return [beg, beg + f.length, '', pos[k], lemmas[k]];
      });
      return { sents: d.sentences().out(its.span).map(([a, b]) => [toks[a][0], toks[b][1]]), toks: toks.filter((x) => x[0] >= 0) };
    },
  };
}

function compromise() {
  const nlp = require('compromise');
  const kinds = [['people', 'PER'], ['places', 'LOC'], ['organizations', 'ORG']];
  const bare = (s) => [s, s.replace(/['’]s$/, '').replace(/[.,;:!?"”’)\]]+$/, '').replace(/^["“‘(\[]+/, '')];
  return {
    run: (text) => {
      const d = nlp(text);
      return { d, text, found: kinds.map(([k]) => d[k]()) };
    },
    count: ({ d, found }) => [d.length, d.terms().length, found.reduce((n, x) => n + x.length, 0), 0],
    record({ d, text, found }) {
      const sents = d.json({ offset: true }).map(({ offset: o }) => {
        const s = text.slice(o.start, o.start + o.length);
        return [o.start + s.length - s.trimStart().length, o.start + s.trimEnd().length];
      });
      const names = found.flatMap((x, k) => x.json({ offset: true }).map(({ offset: o }) => {
        const [whole, word] = bare(text.slice(o.start, o.start + o.length).trim());
        const beg = o.start + whole.indexOf(word);
        return [beg, beg + word.length, kinds[k][1]];
      }));
      return { sents, names };
    },
  };
}

const cpu = () => { const c = process.cpuUsage(); return (c.user + c.system) / 1e6; };
const peak = () => Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;

const tool = { 'wink-nlp': wink, compromise }[name]();
for (let k = 0; k < 5; k++) tool.run(WARM);
const start = cpu();
const o = fs.openSync(out, 'w');
files.forEach((path, k) => {
  const texts = fs.readFileSync(path, 'utf8').split('\n').filter(Boolean).map((l) => JSON.parse(l).text);
  const sums = [0, 0, 0, 0], kept = [];
  const t = cpu();
  for (const text of texts) {
    const r = tool.run(text);
    tool.count(r).forEach((n, j) => { sums[j] += n; });
    if (k) kept.push(r);
  }
  const spent = cpu() - t, rss = peak();
  kept.forEach((r, i) => fs.writeSync(o, JSON.stringify({ file: k, i, ...tool.record(r) }) + '\n'));
  fs.writeSync(o, JSON.stringify({ done: k, cpu: spent, start, rss, counts: sums, utf16: true }) + '\n');
});
process.exit(0);
