/* tag.h: the element names that the parser and its readers know by number.
 *
 * The list holds every element of the HTML standard, the obsolete ones that its parser names
 * (13.2.6), and the SVG and MathML names that either have a rule there or are frequent on pages.
 * Numbers are positions in this list: they are stable within one build, and are never stored.
 * A name may be of any namespace: dl_dom.ns tells <title> of HTML from <title> of SVG.
 * tag_table.h, a hash table over these names, is made from this file by tools/gen_tags.py. */
#ifndef DL_HTML_TAG_H
#define DL_HTML_TAG_H

#include "base/str.h"

/* clang-format off */
#define DL_TAGS(X) \
    X(A, "a") X(ABBR, "abbr") X(ACRONYM, "acronym") X(ADDRESS, "address") X(ANIMATE, "animate") \
    X(ANNOTATION_XML, "annotation-xml") X(APPLET, "applet") X(AREA, "area") X(ARTICLE, "article") \
    X(ASIDE, "aside") X(AUDIO, "audio") \
    X(B, "b") X(BASE, "base") X(BASEFONT, "basefont") X(BDI, "bdi") X(BDO, "bdo") X(BGSOUND, "bgsound") \
    X(BIG, "big") X(BLINK, "blink") X(BLOCKQUOTE, "blockquote") X(BODY, "body") X(BR, "br") X(BUTTON, "button") \
    X(CANVAS, "canvas") X(CAPTION, "caption") X(CENTER, "center") X(CIRCLE, "circle") X(CITE, "cite") \
    X(CLIPPATH, "clippath") X(CODE, "code") X(COL, "col") X(COLGROUP, "colgroup") \
    X(DATA, "data") X(DATALIST, "datalist") X(DD, "dd") X(DEFS, "defs") X(DEL, "del") X(DESC, "desc") \
    X(DETAILS, "details") X(DFN, "dfn") X(DIALOG, "dialog") X(DIR, "dir") X(DIV, "div") X(DL, "dl") X(DT, "dt") \
    X(ELLIPSE, "ellipse") X(EM, "em") X(EMBED, "embed") \
    X(FIELDSET, "fieldset") X(FIGCAPTION, "figcaption") X(FIGURE, "figure") X(FILTER, "filter") X(FONT, "font") \
    X(FOOTER, "footer") X(FOREIGNOBJECT, "foreignobject") X(FORM, "form") X(FRAME, "frame") X(FRAMESET, "frameset") \
    X(G, "g") \
    X(H1, "h1") X(H2, "h2") X(H3, "h3") X(H4, "h4") X(H5, "h5") X(H6, "h6") X(HEAD, "head") X(HEADER, "header") \
    X(HGROUP, "hgroup") X(HR, "hr") X(HTML, "html") \
    X(I, "i") X(IFRAME, "iframe") X(IMAGE, "image") X(IMG, "img") X(INPUT, "input") X(INS, "ins") X(ISINDEX, "isindex") \
    X(KBD, "kbd") X(KEYGEN, "keygen") \
    X(LABEL, "label") X(LEGEND, "legend") X(LI, "li") X(LINE, "line") X(LINEARGRADIENT, "lineargradient") \
    X(LINK, "link") X(LISTING, "listing") \
    X(MAIN, "main") X(MALIGNMARK, "malignmark") X(MAP, "map") X(MARK, "mark") X(MARQUEE, "marquee") X(MASK, "mask") \
    X(MATH, "math") X(MENU, "menu") X(MENUITEM, "menuitem") X(META, "meta") X(METER, "meter") X(MGLYPH, "mglyph") \
    X(MI, "mi") X(MN, "mn") X(MO, "mo") X(MS, "ms") X(MTEXT, "mtext") X(MULTICOL, "multicol") \
    X(NAV, "nav") X(NEXTID, "nextid") X(NOBR, "nobr") X(NOEMBED, "noembed") X(NOFRAMES, "noframes") X(NOSCRIPT, "noscript") \
    X(OBJECT, "object") X(OL, "ol") X(OPTGROUP, "optgroup") X(OPTION, "option") X(OUTPUT, "output") \
    X(P, "p") X(PARAM, "param") X(PATH, "path") X(PATTERN, "pattern") X(PICTURE, "picture") X(PLAINTEXT, "plaintext") \
    X(POLYGON, "polygon") X(POLYLINE, "polyline") X(PRE, "pre") X(PROGRESS, "progress") \
    X(Q, "q") \
    X(RADIALGRADIENT, "radialgradient") X(RB, "rb") X(RECT, "rect") X(RP, "rp") X(RT, "rt") X(RTC, "rtc") X(RUBY, "ruby") \
    X(S, "s") X(SAMP, "samp") X(SCRIPT, "script") X(SEARCH, "search") X(SECTION, "section") X(SELECT, "select") X(SELECTEDCONTENT, "selectedcontent") \
    X(SLOT, "slot") X(SMALL, "small") X(SOURCE, "source") X(SPACER, "spacer") X(SPAN, "span") X(STOP, "stop") \
    X(STRIKE, "strike") X(STRONG, "strong") X(STYLE, "style") X(SUB, "sub") X(SUMMARY, "summary") X(SUP, "sup") \
    X(SVG, "svg") X(SYMBOL, "symbol") \
    X(TABLE, "table") X(TBODY, "tbody") X(TD, "td") X(TEMPLATE, "template") X(TEXT, "text") X(TEXTAREA, "textarea") \
    X(TFOOT, "tfoot") X(TH, "th") X(THEAD, "thead") X(TIME, "time") X(TITLE, "title") X(TR, "tr") X(TRACK, "track") \
    X(TSPAN, "tspan") X(TT, "tt") \
    X(U, "u") X(UL, "ul") X(USE, "use") \
    X(VAR, "var") X(VIDEO, "video") \
    X(WBR, "wbr") X(XMP, "xmp")
/* clang-format on */

typedef enum dl_tag {
    DL_TAG_NONE,    /* not an element                                                          */
    DL_TAG_UNKNOWN, /* an element of another name: dl_dom.data holds it                        */
#define DL_TAG_ENUM(symbol, name) DL_TAG_##symbol,
    DL_TAGS(DL_TAG_ENUM)
#undef DL_TAG_ENUM
        DL_TAGS_N /* how many numbers there are                                              */
} dl_tag;

/* The number of a lower-case name; DL_TAG_UNKNOWN where it has none. */
dl_tag dl_tag_of(dl_str name);
/* The lower-case name of a number; empty for DL_TAG_NONE and DL_TAG_UNKNOWN. */
dl_str dl_tag_name(unsigned tag);
/* Void elements of HTML (13.1.2): they have no content and no end tag. */
bool dl_tag_void(unsigned tag);

#endif
