# conllu.awk: is this CoNLL-U (universaldependencies.org/format.html, what UD's validator asks at levels 1 and 2) as `dateline parse` promises it?
# Prints what is not, ends 1 if anything is; else prints how many documents, sentences and words. -v tree=0: HEAD and DEPREL are "_".
function wrong(what) { print FILENAME ":" FNR ": " what ": " $0; if (++bad > 5) exit 1 }
function has_misc(key,   i, m, k) { k = split($10, m, "|"); for (i = 1; i <= k; i++) if (m[i] == key) return 1; return 0 }
function misc(key,   i, m, k) { k = split($10, m, "|"); for (i = 1; i <= k; i++) if (index(m[i], key "=") == 1) return substr(m[i], length(key) + 2); return "" }
function close_sentence(   i, k, at) {
    if (!n) { wrong("an empty sentence"); return }
    sents++
    if (text != made) wrong("# text is not its words: \"" text "\" and \"" made "\"")
    if (tree && roots != 1) wrong(roots " roots")
    for (i = 1; tree && i <= n; i++) {
        at = i; for (k = 0; at && k <= n; k++) at = head[at]
        if (at) { wrong("a cycle at word " i); break }
    }
    n = 0; text = made = "\001"; sent_id = 0
}
BEGIN {
    FS = "\t"; if (tree == "") tree = 1
    split("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X", u, " "); for (i in u) upos[u[i]] = 1
    split("PER ORG LOC NORP FAC EVENT MISC", t, " "); for (i in t) type[t[i]] = 1
    text = made = "\001"
}
/^# newdoc id = [^ ]+$/ { if (n) wrong("a document within a sentence"); docs++; last = 0; next }
/^# newpar$/ { if (n || sent_id) wrong("a paragraph within a sentence"); next }
/^# sent_id = [^ \/]+$/ { if (seen[$0]++) wrong("an id that was there before"); if (n) wrong("no blank line"); sent_id = 1; next }
/^# text = / { if (!sent_id) wrong("no sent_id"); text = substr($0, 10); if (text ~ /^[ \t]|[ \t]$|  |\t/ || text == "") wrong("blanks"); next }
/^#/ { wrong("a comment of no known kind") }
/^$/ { close_sentence(); next }
{
    if (!docs) wrong("no document")
    if (NF != 10) { wrong(NF " columns"); next }
    for (i = 1; i <= 10; i++) if ($i == "" || $i ~ /^ | $|  /) wrong("column " i " is empty or has blanks at its edge")
    for (i = 4; i <= 10; i++) if ($i ~ / /) wrong("a blank in column " i)
    if ($1 != ++n) wrong("number, " n " was due")
    if (!($4 in upos)) wrong("UPOS")
    if ($5 == "_" || $6 != "_" || $9 != "_") wrong("XPOS, FEATS or DEPS")
    if (tree) {
        if ($7 !~ /^(0|[1-9][0-9]*)$/ || $7 == $1) wrong("HEAD")
        if ($8 !~ /^[a-z]+(:[a-z]+)?$/ || ($8 == "root") != ($7 == 0)) wrong("DEPREL")
        head[n] = $7; if (n == 1) roots = 0; roots += $7 == 0
        if ($7 + 0 > 400) wrong("a sentence of more than 400 words")
    } else if ($7 != "_" || $8 != "_") wrong("a tree")
    if (misc("beg") !~ /^[0-9]+$/ || misc("end") + 0 <= misc("beg") + 0 || misc("beg") + 0 < last) wrong("offsets")
    last = misc("end") + 0
    ne = misc("NE")
    if (ne != "" && (ne !~ /^[BI]-/ || !(substr(ne, 3) in type))) wrong("NE")
    if (ne ~ /^I-/ && (n == 1 || substr(before, 3) != substr(ne, 3))) wrong("a name that has no beginning")
    before = ne
    if (n == 1) made = ""
    made = made (made != "" && space ? " " : "") $2
    space = !has_misc("SpaceAfter=No")
    words++
}
END { if (bad) exit 1; if (n) { print "the last sentence has no end"; exit 1 } print docs + 0, sents + 0, words + 0 }
