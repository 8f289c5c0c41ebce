"""rewrite.py: what is done to an article to make a copy that is hard to find. Every operation works on paragraphs of pieces; a piece is a sentence that remembers where its
words are from, so that the passages of the copy are known. All chance comes from the generator's random source."""
import datetime, re
from pathlib import Path

HERE = Path(__file__).resolve().parent
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
SHORT = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Jr|Sr|St|No|vs|Inc|Corp|Co|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Rev|Prof|Hon|Capt|Adm|Maj)|\b[A-Z]|\b(?:U\.S|U\.N|U\.K|D\.C|a\.m|p\.m|i\.e|e\.g))\.$")
END = re.compile(r"[.!?][”\"’')\]]*(?=\s+[“\"‘'(\[]?[A-Z0-9])")


class Piece:
    """A sentence: its text, and [(document, beg, end)] in characters of the sentences that it came from."""
    def __init__(self, text, src=()):
        self.text, self.src = text, tuple(src)

    def put(self, text):
        return Piece(text, self.src)


def read(text, doc):
    """[[Piece]]: paragraphs of sentences."""
    out = []
    for m in re.finditer(r"[^\n]*\S[^\n]*", text):
        line, base, beg, para = m.group(), m.start(), 0, []
        for e in [*END.finditer(line), None]:
            end = e.end() if e else len(line)
            if e and SHORT.search(line[beg:e.start() + 1]):
                continue
            s = line[beg:end]
            if s.strip():
                lead = len(s) - len(s.lstrip())
                para.append(Piece(s.strip(), [(doc, base + beg + lead, base + beg + len(s.rstrip()))]))
            beg = end
        out.append(para)
    return out


def write(paras):
    """The text and [(beg, end, src)] of each piece in it."""
    text, spans = "", []
    for p in paras:
        if not p:
            continue
        text += "\n\n" if text else ""
        for k, s in enumerate(p):
            text += " " if k else ""
            spans.append((len(text), len(text) + len(s.text), s.src))
            text += s.text
    return text, spans


def each(paras, f):
    return [[f(s) for s in p] for p in paras]


# ---- words
IRREGULAR = {b: f.split("/") for b, f in (x.split(":") for x in """begin:begins/began/begun/beginning say:says/said/said/saying slay:slays/slew/slain/slaying show:shows/showed/shown/showing buy:buys/bought/bought/buying
 seek:seeks/sought/sought/seeking let:lets/let/let/letting hold:holds/held/held/holding meet:meets/met/met/meeting leave:leaves/left/left/leaving come:comes/came/come/coming lead:leads/led/led/leading build:builds/built/built/building
 choose:chooses/chose/chosen/choosing fight:fights/fought/fought/fighting win:wins/won/won/winning lose:loses/lost/lost/losing think:thinks/thought/thought/thinking tell:tells/told/told/telling keep:keeps/kept/kept/keeping
 get:gets/got/gotten/getting give:gives/gave/given/giving rise:rises/rose/risen/rising grow:grows/grew/grown/growing fall:falls/fell/fallen/falling find:finds/found/found/finding hear:hears/heard/heard/hearing see:sees/saw/seen/seeing
 cut:cuts/cut/cut/cutting pay:pays/paid/paid/paying spend:spends/spent/spent/spending send:sends/sent/sent/sending bring:brings/brought/brought/bringing run:runs/ran/run/running die:dies/died/died/dying hurt:hurts/hurt/hurt/hurting
 steal:steals/stole/stolen/stealing free:frees/freed/freed/freeing flee:flees/fled/fled/fleeing shoot:shoots/shot/shot/shooting go_back:goes_back/went_back/gone_back/going_back write:writes/wrote/written/writing
 speak:speaks/spoke/spoken/speaking stand_for:stands_for/stood_for/stood_for/standing_for hit:hits/hit/hit/hitting strike:strikes/struck/struck/striking deal:deals/dealt/dealt/dealing draw:draws/drew/drawn/drawing
 teach:teaches/taught/taught/teaching forecast:forecasts/forecast/forecast/forecasting shut:shuts/shut/shut/shutting foresee:foresees/foresaw/foreseen/foreseeing put:puts/put/put/putting admit:admits/admitted/admitted/admitting
 stop:stops/stopped/stopped/stopping permit:permits/permitted/permitted/permitting occur:occurs/occurred/occurred/occurring plan:plans/planned/planned/planning drop:drops/dropped/dropped/dropping bar:bars/barred/barred/barring
 trim:trims/trimmed/trimmed/trimming trigger:triggers/triggered/triggered/triggering wed:weds/wed/wed/wedding rob:robs/robbed/robbed/robbing flop:flops/flopped/flopped/flopping compel:compels/compelled/compelled/compelling
 prefer:prefers/preferred/preferred/preferring""".split())}


def forms(b):
    """base, third person, past, participle, -ing"""
    if b in IRREGULAR:
        return [b, *IRREGULAR[b]]
    if b.endswith("y") and b[-2] not in "aeiou":
        return [b, b[:-1] + "ies", b[:-1] + "ied", b[:-1] + "ied", b + "ing"]
    s = b + ("es" if re.search(r"(s|sh|ch|x|z|o)$", b) else "s")
    stem = b[:-1] if b.endswith("e") else b
    return [b, s, stem + "ed", stem + "ed", (stem if not b.endswith("ee") else b) + "ing"]


def plural(n):
    odd = {"man": "men", "woman": "women", "child": "children", "person": "people", "lady": "ladies", "gentleman": "gentlemen", "policeman": "policemen", "serviceman": "servicemen"}
    return odd.get(n) or (n if n in ("police", "officers", "money", "cash", "aid", "evidence", "proof", "footage", "four_weeks", "anger", "fury") else
                          n[:-1] + "ies" if re.search(r"[^aeiou]y$", n) else n + ("es" if re.search(r"(s|sh|ch|x)$", n) else "s"))


def synonyms():
    """{words in lower case: [others]}"""
    table = {}

    def put(row):
        row = [w.replace("_", " ") for w in row]
        for w in row:
            table.setdefault(w, [])
            table[w] += [x for x in row if x != w and x not in table[w]]
    for l in (HERE / "words.tsv").read_text(encoding="utf-8").splitlines():
        if l.startswith("#"):
            continue
        kind, rest = l.split("\t")
        if kind == "w":
            put(rest.split("|"))
        elif kind == "n":
            put(rest.split())
            put([plural(n) for n in rest.split()])
        else:
            for row in zip(*map(forms, rest.split())):
                put(row)
    return table


SYNONYMS = synonyms()
PHRASE = max(k.count(" ") + 1 for k in SYNONYMS)
TOKEN = re.compile(r"[A-Za-z][A-Za-z'’-]*")


def reword(s, rng, rate):
    """Words for words of one meaning, the table's only, so `rate` is the share of those in the table; names are left alone."""
    toks, out, at, i = list(TOKEN.finditer(s)), [], 0, 0
    while i < len(toks):
        for n in range(min(PHRASE, len(toks) - i), 0, -1):
            a, b = toks[i].start(), toks[i + n - 1].end()
            w = s[a:b]
            if w.lower() in SYNONYMS and (w == w.lower() or (i == 0 and w[1:] == w[1:].lower())) and rng.random() < rate:
                new = rng.choice(SYNONYMS[w.lower()])
                out += [s[at:a], new.capitalize() if w[0].isupper() else new]
                at, i = b, i + n - 1
                break
        i += 1
    return re.sub(r"\b([Aa])n? (?=(?!one-|uni|use|eu)([aeiou]|honest|hour))", lambda m: m.group(1) + "n ", "".join(out) + s[at:]) if out else s


# ---- clauses
LOWER = {"the", "a", "an", "he", "she", "it", "they", "we", "in", "on", "at", "his", "her", "their", "its", "this", "that", "these", "those", "there", "for", "but", "and", "as", "with", "some", "many",
         "officials", "police", "after", "when", "while", "if", "because", "although", "since", "before", "about", "more", "most", "one", "two", "three", "both", "each", "other", "another", "no", "such"}


def low(s):
    w = re.match(r"[A-Za-z]+", s)
    return s[0].lower() + s[1:] if w and w.group().lower() in LOWER else s


def cap(s):
    return s[:1].upper() + s[1:]


SUB = "After|When|While|Although|Because|If|Since|Before|Though|Unless|Until"
ON = rf"(?:on (?:{'|'.join(DAYS)})|in (?:{'|'.join(MONTHS)})|last (?:week|month|year)|this (?:week|month|year)|in \d{{4}})"


def turned(s):
    """Clauses and attributions in another order; the sentence itself where nothing fits. Sentences with an opening quotation only where the quotation is whole."""
    rules = (
        (rf"^({SUB}) ([^,“\"]{{12,120}}), ([^“\"]{{12,200}}[^.]*)\.$", lambda m: f"{cap(m[3])} {m[1].lower()} {m[2]}."),
        (rf"^([^“\",]{{15,160}}),? ({SUB.lower()}) ([^“\",]{{12,140}})\.$", lambda m: f"{m[2].capitalize()} {low(m[3])}, {low(m[1])}."),
        (r"^According to ([^,“\"]{4,60}), ([^“\"]{12,260})\.$", lambda m: f"{cap(m[2])}, {m[1]} said."),
        (r"^([^“\"]{15,240}), according to ([^,“\"]{4,80})\.$", lambda m: f"According to {m[2]}, {low(m[1])}."),
        (r"^([^“\",]{3,70}) said (?:that )?([^“\"]{15,260})\.$", lambda m: f"{cap(m[2])}, {low(m[1])} said."),
        (r"^([^“\"]{15,240}), ([^,“\"]{3,60}) said\.$", lambda m: f"{cap(m[2])} said that {low(m[1])}."),
        (r"^([“\"][^”\"]{10,300}),([”\"]) ([^,“\"]{2,50}) said\.$", lambda m: f"{cap(m[3])} said: {m[1]}.{m[2]}"),
        (rf"^([^“\"]{{20,260}}) ({ON})\.$", lambda m: f"{cap(m[2])}, {low(m[1])}."),
        (rf"^({ON.replace('on (', 'On (').replace('in (', 'In (').replace('last (', 'Last (').replace('this (', 'This (')}), ([^“\"]{{15,260}})\.$", lambda m: f"{cap(m[2])} {m[1][0].lower() + m[1][1:]}."),
    )
    for pattern, build in rules:
        m = re.match(pattern, s)
        if m:
            return build(m)
    return s


ACTIVE = ("killed wounded injured arrested approved rejected attacked destroyed criticized criticised praised accused ordered announced released seized hit struck passed signed blocked backed endorsed "
          "denounced condemned opposed supported published closed opened launched won captured questioned dismissed fired detained shot adopted drafted unveiled issued postponed cancelled canceled").split()
PAST = {"hit": "hit", "shot": "shot", "won": "won", "struck": "struck"}
NP = r"(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Tt]wo|[Tt]hree) (?:[\w’'-]+ ){0,3}[\w’'-]+|(?:[A-Z][\w’'-]+ ?){1,4})"


def passive(s):
    m = re.match(rf"^({NP}) ({'|'.join(ACTIVE)}) ({NP})((?: (?:in|on|at|for|after|during|over|of|from|with|as|to|that|who) .*)?)\.$", s)
    if not m:
        return s
    many = re.search(r"(?:^| )(?:[a-z’'-]+[^s]s|people|men|women|children)$", m[3].strip()) and not re.match(r"[Aa]n? ", m[3])
    return f"{cap(m[3].strip())} {'were' if many else 'was'} {PAST.get(m[2], m[2])} by {low(m[1].strip())}{m[4]}."


SMALL = (
    (r"\b(did|does|do|is|are|was|were|has|have|had|would|could|should) not\b", r"\1n’t"), (r"\b(did|does|do|is|are|was|were|has|have|had|would|could|should)n[’']t\b", r"\1 not"),
    (r"\bwon[’']t\b", "will not"), (r"\bcan[’']t\b", "cannot"), (r"\b([Ii]t|[Hh]e|[Ss]he|[Tt]hat)[’']s\b(?! own)", r"\1 is"), (r"\b([Ww]e|[Tt]hey|[Yy]ou)[’']re\b", r"\1 are"), (r"\bI[’']m\b", "I am"),
    (r"\b([A-Z][a-z]+)[’']s ([a-z]{4,} ?[a-z]{4,})(?=[,.]| (?:in|on|of|and|to|for|that|was|is))", r"the \2 of \1"), (r"\b([a-z]{4,}s) and ([a-z]{4,}s)\b", r"\2 and \1"),
    (r"\b(\d+)(?:%| percent)", r"\1 per cent"), (r"\$(\d[\d.]*) (million|billion)", r"\1 \2 dollars"), (r"\bU\.S\.(?= [a-z])", "American"), (r"\bthe United States\b", "America"), (r"\bthe White House\b", "the US presidency"),
)


def small(s, rng, rate):
    for pattern, new in SMALL:
        if rng.random() < rate:
            s = re.sub(pattern, new, s)
    if rng.random() < rate:
        s = re.sub(r"\b(" + "|".join(NUMBERS[2:]) + r")\b", lambda m: str(NUMBERS.index(m[1])), s)
    return s


def paraphrase(paras, rng, strength):
    """As after a round trip through another language: words, small constructions, order of clauses, active and passive."""
    def one(p):
        s = p.text
        if rng.random() < strength:
            t = passive(s)
            s = t if t != s else turned(s)
        return p.put(reword(small(s, rng, strength), rng, strength))
    return each(paras, one)


SMALL_WORDS = {k: v.split("|") for k, v in (x.split(":") for x in """in:within|at|during;on:upon|about;for:to|on behalf of;with:alongside|having;by:through|via;from:out of|of;to:towards|in order to;at:in|by;over:above|about;under:beneath|below;of:from|belonging to;
 was:had been|has been;were:had been|have been;is:has been|remains;are:have been|remain;will:is going to|shall;would:was going to|should;can:is able to|may;could:was able to|might;may:might|can;must:has to|should;said:has said|had said;
 who:that;which:that;this:that|the;that:this|which;these:those;his:the|his own;her:the|her own;their:the|their own;its:the|its own;and:as well as|and also;or:or else;if:in case;so:thus;also:in addition;not:hardly|not at all;
 has:had|has now;have:had|have now;had:has|had then;the:that|this|;a:one|the;an:one|the;some:certain;any:whichever;all:all of;one:a single;it:this;there:here;up:upward;out:outside;when:as|once;what:that which;how:the way;
 into:in|inside;than:as;just:only;more:further;most:mainly;other:further;first:initially;last:final;just:simply;like:as;then:after that;now:at this point;where:in which;be:become;been:become;being:staying;do:make;does:makes;did:made""".replace("\n ", "").split(";"))}
FILLER = ("also", "now", "reportedly", "in fact", "indeed", "apparently", "meanwhile", "for its part")


def noise(s, rng, rate=0.4):
    """What a machine does to the small words: other prepositions, tenses and articles, a filler here and there, insertions between commas and brackets left out. Not within quotations that are kept."""
    s = re.sub(r" \([^()]{3,60}\)", lambda m: "" if rng.random() < 0.5 else m[0], s)
    s = re.sub(r", ([^,“”\"]{6,45}),(?= (?:said|was|were|has|had|will|who)\b)", lambda m: "" if rng.random() < rate else m[0], s)

    def one(m):
        w = m[0]
        if w in SMALL_WORDS and rng.random() < rate:
            return rng.choice(SMALL_WORDS[w])
        return f"{rng.choice(FILLER)} {w}" if w in ("said", "was", "were", "has", "had", "will", "would") and rng.random() < 0.12 else w
    return re.sub(r"  +", " ", re.sub(r"\b[a-z]+\b(?![’'])", one, s)).replace(" ,", ",")


def round_trip(paras, rng):
    """Through another language and back by a poor machine: everything of paraphrase, and the small words."""
    return each(paraphrase(resentence(paras, rng), rng, 1.0), lambda p: p.put(noise(p.text, rng)))


# ---- sentences
def split(p, rng):
    """A piece as two where a clause can stand alone."""
    s = p.text
    for pattern, build in (
            (r"^([^“\"]{30,}), (and|but) ((?:he|she|it|they|the [a-z]+|[A-Z][a-z]+) [^“\"]{15,})$", lambda m: (m[1] + ".", cap(m[3]) if m[2] == "and" else "But " + m[3])),
            (r"^([^“\"]{20,}); ([^“\"]{15,})$", lambda m: (m[1] + ".", cap(m[2]))),
            (r"^((?:[A-Z][\w.’-]+ ?){1,4}), (?:who|which) ([^,“\"]{10,}), ([^“\"]{10,})$", lambda m: (f"{m[1]} {m[3]}", f"{m[1]} {m[2]}.")),
            (r"^([^“\"]{30,}), which ([^“\"]{15,})$", lambda m: (m[1] + ".", "This " + m[2])),
            (r"^([^“\"]{25,}) while ([^“\"]{20,})$", lambda m: (m[1].rstrip(",") + ".", "Meanwhile, " + m[2]))):
        m = re.match(pattern, s)
        if m:
            return [p.put(t) for t in build(m)]
    return [p]


def merge(a, b, rng):
    if max(len(a.text), len(b.text)) > 170 or not a.text.endswith(".") or re.search(r"[“\"]", a.text + b.text):
        return None
    return Piece(f"{a.text[:-1]}{rng.choice(('; ', ', and ', ', while ', ' – '))}{low(b.text)}", a.src + b.src)


def resentence(paras, rng):
    out = []
    for p in paras:
        new = []
        for s in p:
            for t in split(s, rng):
                m = merge(new[-1], t, rng) if new and t is s and rng.random() < 0.7 else None
                if m:
                    new[-1] = m
                else:
                    new.append(t)
        out.append(new)
    joined = []
    for p in out:  # paragraphs of newswire are single sentences: two in three are run together
        if joined and rng.random() < 0.66 and sum(len(s.text) for s in joined[-1]) < 500:
            m = merge(joined[-1][-1], p[0], rng) if joined[-1] and p else None
            joined[-1] = joined[-1][:-1] + [m] + p[1:] if m else joined[-1] + p
        else:
            joined.append(list(p))
    return joined


# ---- quotations
QUOTE = re.compile(r"[“\"]([^“”\"]{15,400}?)([,.?!]?)[”\"]")
PERSON = ((r"\bI am\b", "he was"), (r"\bI’m\b", "he was"), (r"\bI\b", "he"), (r"\bmy\b", "his"), (r"\bme\b", "him"), (r"\b[Ww]e are\b", "they were"), (r"\b[Ww]e\b", "they"), (r"\bour\b", "their"), (r"\bus\b", "them"),
          (r"\bwill\b", "would"), (r"\bcan\b", "could"), (r"\bmay\b", "might"), (r"\bis\b", "was"), (r"\bare\b", "were"), (r"\bhave\b", "had"), (r"\bhas\b", "had"), (r"\bdo not\b", "did not"), (r"\bdon[’']t\b", "did not"))


def requote(paras, rng):
    """Every quotation reported, shortened or put in other words."""
    def report(m):
        t = m[1]
        for a, b in PERSON:
            t = re.sub(a, b, t)
        return "that " + low(t) + m[2]

    def cut(m):
        w = m[1].split()
        k = max(4, len(w) // 2)
        return "“" + " ".join(w[:k]).rstrip(",;") + " …" + m[2] + "”"

    def one(p):
        how = rng.choice((report, cut, lambda m: "“" + reword(m[1], rng, 0.9) + m[2] + "”"))
        return p.put(QUOTE.sub(how, p.text))
    return each(paras, one)


# ---- units, dates, names
def amount(s):
    return float(s.replace(",", ""))


def told(x):
    return f"{x:,.0f}" if x >= 20 else f"{x:.1f}".removesuffix(".0")


NUM = r"(\d[\d,]*(?:\.\d+)?)"
WORDNUM = {w: i for i, w in enumerate(NUMBERS)}


def units(paras, date):
    """Miles, feet, pounds, degrees, hours and days as another country writes them. The text and how many were changed."""
    n = 0

    def conv(factor, name):
        return lambda m: f"{told(amount(m[1]) * factor)}{m[2] if m.lastindex > 1 else ' '}{name}"

    def clock(m):
        h = int(m[1]) % 12 + (12 if m[3][0].lower() == "p" else 0)
        return f"{h:02d}:{m[2] or '00'}"

    def weekday(m):
        back = (date.weekday() - DAYS.index(m[1])) % 7
        d = date - datetime.timedelta(days=back)
        return f"on {d.day} {MONTHS[d.month - 1]}"
    rules = ((rf"{NUM}([ -])miles? (?:per|an) hour", conv(1.609, "kilometres per hour")), (rf"{NUM}([ -])mph", conv(1.609, "km/h")), (rf"{NUM}([ -])square[ -]miles?", conv(2.59, "square kilometres")), (rf"{NUM}([ -])miles?\b", conv(1.609, "kilometres")),
             (rf"{NUM}([ -])(?:feet|foot)\b", conv(0.3048, "metres")), (rf"{NUM}([ -])inch(?:es)?\b", conv(2.54, "centimetres")), (rf"{NUM}([ -])pounds?\b", conv(0.4536, "kilograms")), (rf"{NUM}([ -])acres?\b", conv(0.4047, "hectares")),
             (rf"{NUM}([ -])gallons?\b", conv(3.785, "litres")), (rf"{NUM}([ -])yards?\b", conv(0.9144, "metres")), (rf"{NUM}(?: degrees(?: Fahrenheit)?|°F?)", lambda m: f"{(amount(m[1]) - 32) / 1.8:.0f} degrees Celsius"),
             (r"\b(\d{1,2})(?::(\d\d))? ?([ap]\.?m\.?)", clock), (rf"\b[Oo]n ({'|'.join(DAYS)})\b", weekday), (rf"\b({'|'.join(DAYS)}) (?:night|morning|evening|afternoon)", lambda m: weekday(m)),
             (rf"\b({'|'.join(MONTHS)}|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.) (\d{{1,2}})\b(?:, (\d{{4}}))?", lambda m: f"{m[2]} {m[1]}{' ' + m[3] if m[3] else ''}"),
             (r"\$(\d[\d,.]*\d|\d)( (?:million|billion|trillion))?", lambda m: f"{told(amount(m[1]) * 0.9)}{m[2] or ''} euros"), (r"\b(\d+(?:\.\d+)?)(?: percent|%)", r"\1 per cent"))

    def one(p):
        nonlocal n
        s = p.text
        for pattern, new in rules:
            s, k = re.subn(pattern, new, s)
            n += k
        return p.put(s)
    return each(paras, one), n


SPELT = [l.split("\t") for l in (HERE / "names.tsv").read_text(encoding="utf-8").splitlines() if not l.startswith("#")]
SPELLING = {row[0]: row[1:] for row in SPELT}
LETTERS = ((r"ei$", "ey"), (r"ov$", "off"), (r"ev$", "eff"), (r"sky$", "skiy"), (r"ck", "k"), (r"ph", "f"), (r"th", "t"), (r"y$", "i"), (r"^Y", "J"), (r"w", "v"), (r"sh", "sch"), (r"ch", "tch"), (r"oo", "u"), (r"ee", "i"),
           (r"qu", "kv"), (r"x", "ks"), (r"c(?=[aou])", "k"), (r"ll", "l"), (r"nn", "n"), (r"ss", "s"), (r"ia$", "iya"), (r"^J", "Dzh"), (r"^C(?=[aou])", "K"))
NAME = re.compile(r"\b[A-Z][a-z’']{2,}\b")
COMMON = set(DAYS) | set(MONTHS)


def respell(paras, rng):
    """Names as another alphabet's writer would spell them, one way through the whole text. The text and how many words were changed."""
    inside, seen, n = {}, {}, 0
    for p in paras:
        for s in p:
            for m in NAME.finditer(s.text):
                if m.start() and s.text[m.start() - 1] == " " and s.text[m.start() - 2] not in ".!?“":
                    inside[m.group()] = inside.get(m.group(), 0) + 1

    def name(m):
        nonlocal n
        w = m.group()
        if w not in inside or w in COMMON:
            return w
        if w not in seen:
            new = rng.choice(SPELLING[w]) if w in SPELLING else w
            if new == w:
                for a, b in LETTERS:
                    new, k = re.subn(a, b, new, count=1)
                    if k and rng.random() < 0.7:
                        break
            seen[w] = new
        n += seen[w] != w
        return seen[w]
    return each(paras, lambda p: p.put(NAME.sub(name, p.text))), n


# ---- parts
def words(paras):
    return sum(len(s.text.split()) for p in paras for s in p)


def lede(paras, least):
    """The first sentences with `least` words together."""
    out, n = [], 0
    for p in paras:
        out.append([])
        for s in p:
            out[-1].append(s)
            n += len(s.text.split())
            if n >= least:
                return out
    return out


def some(paras, rng, share):
    """A share of the sentences, the first one always: what a digest keeps."""
    k, out = 0, []
    for p in paras:
        keep = []
        for s in p:
            if k == 0 or rng.random() < share:
                keep.append(s)
            k += 1
        out.append(keep)
    return [p for p in out if p]


def weave(a, b):
    """Two articles, two paragraphs of the one and two of the other, up to three fifths of the shorter one."""
    out, n = [], min(len(a), len(b)) * 3 // 5
    for k in range(0, n, 2):
        out += a[k:k + 2] + b[k:k + 2]
    return out
