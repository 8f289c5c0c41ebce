/* foreign.c: SVG and MathML in HTML: the rules for parsing tokens in foreign content (13.2.6.5) and
 * the names that they give capitals to (13.2.6.1). */
#include "base/utf8.h"
#include "html/tree.h"

typedef struct dl_rename {
    dl_str from, to;
} dl_rename;
#define RENAME(from, to)                                                                                                         \
    {                                                                                                                            \
        { from, sizeof(from) - 1 }, { to, sizeof(to) - 1 }                                                                       \
    }

/* 13.2.6.5, "any other start tag"; sorted. */
static const dl_rename svg_tags[] = {
    RENAME("altglyph", "altGlyph"),
    RENAME("altglyphdef", "altGlyphDef"),
    RENAME("altglyphitem", "altGlyphItem"),
    RENAME("animatecolor", "animateColor"),
    RENAME("animatemotion", "animateMotion"),
    RENAME("animatetransform", "animateTransform"),
    RENAME("clippath", "clipPath"),
    RENAME("feblend", "feBlend"),
    RENAME("fecolormatrix", "feColorMatrix"),
    RENAME("fecomponenttransfer", "feComponentTransfer"),
    RENAME("fecomposite", "feComposite"),
    RENAME("feconvolvematrix", "feConvolveMatrix"),
    RENAME("fediffuselighting", "feDiffuseLighting"),
    RENAME("fedisplacementmap", "feDisplacementMap"),
    RENAME("fedistantlight", "feDistantLight"),
    RENAME("fedropshadow", "feDropShadow"),
    RENAME("feflood", "feFlood"),
    RENAME("fefunca", "feFuncA"),
    RENAME("fefuncb", "feFuncB"),
    RENAME("fefuncg", "feFuncG"),
    RENAME("fefuncr", "feFuncR"),
    RENAME("fegaussianblur", "feGaussianBlur"),
    RENAME("feimage", "feImage"),
    RENAME("femerge", "feMerge"),
    RENAME("femergenode", "feMergeNode"),
    RENAME("femorphology", "feMorphology"),
    RENAME("feoffset", "feOffset"),
    RENAME("fepointlight", "fePointLight"),
    RENAME("fespecularlighting", "feSpecularLighting"),
    RENAME("fespotlight", "feSpotLight"),
    RENAME("fetile", "feTile"),
    RENAME("feturbulence", "feTurbulence"),
    RENAME("foreignobject", "foreignObject"),
    RENAME("glyphref", "glyphRef"),
    RENAME("lineargradient", "linearGradient"),
    RENAME("radialgradient", "radialGradient"),
    RENAME("textpath", "textPath"),
};

/* 13.2.6.1 adjust SVG attributes; sorted. */
static const dl_rename svg_attrs[] = {
    RENAME("attributename", "attributeName"),
    RENAME("attributetype", "attributeType"),
    RENAME("basefrequency", "baseFrequency"),
    RENAME("baseprofile", "baseProfile"),
    RENAME("calcmode", "calcMode"),
    RENAME("clippathunits", "clipPathUnits"),
    RENAME("diffuseconstant", "diffuseConstant"),
    RENAME("edgemode", "edgeMode"),
    RENAME("filterunits", "filterUnits"),
    RENAME("glyphref", "glyphRef"),
    RENAME("gradienttransform", "gradientTransform"),
    RENAME("gradientunits", "gradientUnits"),
    RENAME("kernelmatrix", "kernelMatrix"),
    RENAME("kernelunitlength", "kernelUnitLength"),
    RENAME("keypoints", "keyPoints"),
    RENAME("keysplines", "keySplines"),
    RENAME("keytimes", "keyTimes"),
    RENAME("lengthadjust", "lengthAdjust"),
    RENAME("limitingconeangle", "limitingConeAngle"),
    RENAME("markerheight", "markerHeight"),
    RENAME("markerunits", "markerUnits"),
    RENAME("markerwidth", "markerWidth"),
    RENAME("maskcontentunits", "maskContentUnits"),
    RENAME("maskunits", "maskUnits"),
    RENAME("numoctaves", "numOctaves"),
    RENAME("pathlength", "pathLength"),
    RENAME("patterncontentunits", "patternContentUnits"),
    RENAME("patterntransform", "patternTransform"),
    RENAME("patternunits", "patternUnits"),
    RENAME("pointsatx", "pointsAtX"),
    RENAME("pointsaty", "pointsAtY"),
    RENAME("pointsatz", "pointsAtZ"),
    RENAME("preservealpha", "preserveAlpha"),
    RENAME("preserveaspectratio", "preserveAspectRatio"),
    RENAME("primitiveunits", "primitiveUnits"),
    RENAME("refx", "refX"),
    RENAME("refy", "refY"),
    RENAME("repeatcount", "repeatCount"),
    RENAME("repeatdur", "repeatDur"),
    RENAME("requiredextensions", "requiredExtensions"),
    RENAME("requiredfeatures", "requiredFeatures"),
    RENAME("specularconstant", "specularConstant"),
    RENAME("specularexponent", "specularExponent"),
    RENAME("spreadmethod", "spreadMethod"),
    RENAME("startoffset", "startOffset"),
    RENAME("stddeviation", "stdDeviation"),
    RENAME("stitchtiles", "stitchTiles"),
    RENAME("surfacescale", "surfaceScale"),
    RENAME("systemlanguage", "systemLanguage"),
    RENAME("tablevalues", "tableValues"),
    RENAME("targetx", "targetX"),
    RENAME("targety", "targetY"),
    RENAME("textlength", "textLength"),
    RENAME("viewbox", "viewBox"),
    RENAME("viewtarget", "viewTarget"),
    RENAME("xchannelselector", "xChannelSelector"),
    RENAME("ychannelselector", "yChannelSelector"),
    RENAME("zoomandpan", "zoomAndPan"),
};

static dl_str rename_by(const dl_rename *table, size_t n, dl_str name)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = dl_str_cmp(table[mid].from, name);
        if (!c) return table[mid].to;
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return name;
}

void dl_foreign_attrs(dl_tree *b, unsigned ns)
{
    const dl_token *k = dl_token_of(b);
    for (uint32_t i = k->attr; i < k->attr + k->n_attr; i++) {
        dl_str *name = &b->t.attrs.name[i];
        if (ns == DL_NS_SVG)
            *name = rename_by(svg_attrs, DL_COUNT(svg_attrs), *name);
        else if (dl_str_eq(*name, DL_STR("definitionurl")))
            *name = DL_STR("definitionURL");
    }
}

static uint32_t adjusted_current(const dl_tree *b)
{
    return b->n_open == 1 && b->context != DL_NONE ? b->context : dl_current(b);
}

static bool is_html_point(const dl_tree *b, uint32_t node)
{
    return b->flag[node] & DL_NODE_HTML_POINT || dl_el_props[dl_kind_of(b->d, node)] & DL_EL_HTML_POINT;
}

bool dl_foreign_applies(const dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    uint32_t node = adjusted_current(b);
    unsigned kind = dl_kind_of(b->d, node);
    bool start = k->type == DL_TOKEN_START, text = k->type == DL_TOKEN_TEXT;
    if (kind < DL_KIND(DL_NS_SVG, 0) || k->type == DL_TOKEN_EOF) return false;
    if (dl_el_props[kind] & DL_EL_MATH_POINT && (text || (start && k->tag != DL_TAG_MGLYPH && k->tag != DL_TAG_MALIGNMARK)))
        return false;
    if (kind == DL_KIND(DL_NS_MATHML, DL_TAG_ANNOTATION_XML) && dl_at_start(b, DL_TAG_SVG)) return false;
    return !(is_html_point(b, node) && (start || text));
}

static bool foreign_text(dl_tree *b)
{
    dl_body_seen(b);
    if (dl_token_of(b)->nul && !dl_tree_replace_nul(b)) return true;
    dl_tree_text(b, b->from, dl_token_of(b)->text.len);
    return true;
}

/* Start tags that end foreign content. */
#define ON(symbol) [DL_TAG_##symbol] = 1
static const uint8_t breaks_out[DL_TAGS_N] = {
    ON(B),     ON(BIG),   ON(BLOCKQUOTE), ON(BODY),   ON(BR),   ON(CENTER), ON(CODE),  ON(DD), ON(DIV),  ON(DL),   ON(DT),
    ON(EM),    ON(EMBED), ON(H1),         ON(H2),     ON(H3),   ON(H4),     ON(H5),    ON(H6), ON(HEAD), ON(HR),   ON(I),
    ON(IMG),   ON(LI),    ON(LISTING),    ON(MENU),   ON(META), ON(NOBR),   ON(OL),    ON(P),  ON(PRE),  ON(RUBY), ON(S),
    ON(SMALL), ON(SPAN),  ON(STRONG),     ON(STRIKE), ON(SUB),  ON(SUP),    ON(TABLE), ON(TT), ON(U),    ON(UL),   ON(VAR),
};

static bool token_has(const dl_tree *b, dl_str name)
{
    const dl_token *k = dl_token_of(b);
    for (uint32_t i = k->attr; i < k->attr + k->n_attr; i++)
        if (dl_str_eq(b->t.attrs.name[i], name)) return true;
    return false;
}

static bool is_break_out(const dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    if (k->type == DL_TOKEN_END) return k->tag == DL_TAG_BR || k->tag == DL_TAG_P;
    if (k->tag == DL_TAG_FONT)
        return token_has(b, DL_STR("color")) || token_has(b, DL_STR("face")) || token_has(b, DL_STR("size"));
    return breaks_out[k->tag];
}

static bool break_out(dl_tree *b)
{
    for (;;) {
        unsigned kind = dl_current_kind(b);
        if (kind < DL_KIND(DL_NS_SVG, 0) || dl_el_props[kind] & DL_EL_MATH_POINT || is_html_point(b, dl_current(b))) break;
        dl_open_pop(b);
    }
    return b->mode(b);
}

/* annotation-xml of these encodings is an HTML integration point (13.2.6). */
static bool holds_html(const dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    for (uint32_t i = k->attr; i < k->attr + k->n_attr; i++) {
        if (!dl_str_eq(b->t.attrs.name[i], DL_STR("encoding"))) continue;
        dl_str v = b->t.attrs.value[i];
        return dl_str_eq_nocase(v, DL_STR("text/html")) || dl_str_eq_nocase(v, DL_STR("application/xhtml+xml"));
    }
    return false;
}

static bool foreign_start(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    unsigned ns = b->d->ns[adjusted_current(b)];
    dl_str name = ns == DL_NS_SVG ? rename_by(svg_tags, DL_COUNT(svg_tags), k->text) : k->text;
    bool point = ns == DL_NS_MATHML && k->tag == DL_TAG_ANNOTATION_XML && holds_html(b);
    dl_foreign_attrs(b, ns);
    uint32_t node = dl_open_insert_element(b, ns, name);
    if (point) b->flag[node] |= DL_NODE_HTML_POINT;
    if (k->self_closing) dl_open_pop(b);
    return true;
}

static bool foreign_end(dl_tree *b)
{
    const dl_token *k = dl_token_of(b);
    for (uint32_t i = b->n_open; i-- > 1;) {
        if (b->kind[i] < DL_KIND(DL_NS_SVG, 0)) return b->mode(b);
        bool same =
            (b->kind[i] & 255) == k->tag && (k->tag != DL_TAG_UNKNOWN || dl_str_eq_nocase(b->d->data[b->open[i]], k->text));
        if (!same) continue;
        while (b->n_open > i) dl_open_pop(b);
        return true;
    }
    return true;
}

/* 13.2.6.5 */
bool dl_mode_foreign(dl_tree *b)
{
    switch (dl_token_of(b)->type) {
    case DL_TOKEN_TEXT: return foreign_text(b);
    case DL_TOKEN_COMMENT: dl_tree_comment(b, DL_NONE); return true;
    case DL_TOKEN_START: return is_break_out(b) ? break_out(b) : foreign_start(b);
    case DL_TOKEN_END: return is_break_out(b) ? break_out(b) : foreign_end(b);
    default: return true;
    }
}
