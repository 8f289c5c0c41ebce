// NAME OUT FILE: one way of finding copies that npm has, over the texts of a file; the protocol is that of duplicates.py.
import fs from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.cwd() + '/');
const WARM = ['The council met on Monday in Oslo, and Mayor Jane Roe said that the road would be mended. '.repeat(8)];
const [name, out, file] = process.argv.slice(2);

function grams(text, n = 5) {
  const w = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const s = new Set();
  for (let k = 0; k < Math.max(1, w.length - n + 1); k++) s.add(w.slice(k, k + n).join(' '));
  return s;
}

function minhash() {
  const src = (f) => require(`./node_modules/minhash/${f}`);
  const { Minhash, LshIndex } = src('index.js');
  return (texts) => {
    const index = new LshIndex({ bandSize: 4 });
    const pairs = [];
    texts.forEach((t, i) => {
      const m = new Minhash({ numPerm: 128 });
      for (const g of grams(t)) m.update(g);
      index.insert(i, m);
      for (const j of index.query(m)) if (Number(j) < i) pairs.push([Number(j), i, 1]);
    });
    return pairs;
  };
}

function simhash() {
  const { SimHash } = require('simhash-js');
  const ones = (x) => { let n = 0; for (let v = x >>> 0; v; v &= v - 1) n++; return n; };
  return (texts) => {
    const s = new SimHash();
    const h = texts.map((t) => s.hash(t));
    const pairs = [];
    for (let i = 1; i < h.length; i++) for (let j = 0; j < i; j++) { const d = ones(h[i] ^ h[j]); if (d <= 5) pairs.push([j, i, -d]); }
    return pairs;
  };
}

const run = { 'minhash.js': minhash, 'simhash-js': simhash }[name]();
run(WARM);
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1e6; };
const start = cpu();
const texts = fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((l) => JSON.parse(l).text);
const from = cpu();
const pairs = run(texts);
const used = cpu() - from;
const rss = Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
fs.writeFileSync(out, pairs.map((p) => JSON.stringify(p) + '\n').join('') + JSON.stringify({ done: texts.length, cpu: used, rss, start }) + '\n');
