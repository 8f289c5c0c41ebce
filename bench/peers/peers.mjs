// peers.mjs NAME PAGES OUT: one extractor of npm over a file of pages; the protocol is that of peers.py.
// Up to WARM pages are run once before, untimed, so that what is measured has been compiled.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const WARM = 20;
const require = createRequire(pathToFileURL(process.cwd() + '/'));
const load = async name => import(pathToFileURL(require.resolve(name)));
const [name, pages, out] = process.argv.slice(2);
for (const k of ['log', 'warn', 'error', 'debug', 'info']) console[k] = () => {};

const make = {
  async 'readability.js'() {
    const { Readability } = require('@mozilla/readability');
    const { parseHTML } = await load('linkedom');
    return html => {
      const a = new Readability(parseHTML(html).document).parse();
      return a ? { html: a.content, title: a.title, author: a.byline, date: a.publishedTime } : {};
    };
  },
  async 'article-extractor'() {
    const { extractFromHtml } = await load('@extractus/article-extractor');
    return async (html, url) => {
      const a = await extractFromHtml(html, url || 'http://example.org/');
      return a ? { html: a.content, title: a.title, author: a.author, date: a.published } : {};
    };
  },
  async defuddle() {
    const { parseHTML } = await load('linkedom');
    const { Defuddle } = await import(pathToFileURL(process.cwd() + '/node_modules/defuddle/dist/node.js')); // not exported to require
    return async (html, url) => {
      const a = await Defuddle(parseHTML(html).document, url || 'http://example.org/', { useAsync: false });
      return { html: a.content, title: a.title, author: a.author, date: a.published };
    };
  },
  async 'postlight-parser'() {
    const Parser = require('@postlight/parser');
    return async (html, url) => {
      const a = await Parser.parse(url || 'http://example.org/', { html, fetchAllPages: false });
      return { html: a.content, title: a.title, author: a.author, date: a.date_published };
    };
  },
};

const cpu = () => { const c = process.cpuUsage(); return (c.user + c.system) / 1e6; };
const peak = () => Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;

const run = await make[name]();
const lines = fs.readFileSync(pages, 'utf8').split('\n').filter(Boolean);
for (const l of lines.slice(0, WARM)) {
  const p = JSON.parse(l);
  try { await run(p.html, p.url); } catch { /* counted below */ }
}
const start = cpu();
let total = 0, failed = 0;
const o = fs.openSync(out, 'w');
for (const l of lines) {
  const p = JSON.parse(l);
  let r = {};
  const t = cpu();
  try { r = await run(p.html, p.url) || {}; } catch (e) { failed++; r = { error: String(e && e.name) }; }
  const c = cpu() - t;
  total += c;
  fs.writeSync(o, JSON.stringify({ i: p.i, cpu: c, ...r }) + '\n');
}
fs.writeSync(o, JSON.stringify({ done: true, cpu: total, start, failed, rss: peak() }) + '\n');
process.exit(0);
