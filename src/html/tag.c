/* tag.c: names of elements to numbers and back. */
#include "html/tag_find.h"
#include "html/tag_table.h"

static const dl_str names[DL_TAGS_N] = { { "", 0 },
                                         { "", 0 },
#define TAG_NAME(symbol, name) { name, sizeof(name) - 1 },
                                         DL_TAGS(TAG_NAME)
#undef TAG_NAME
};

dl_tag dl_tag_of(dl_str name)
{
    uint32_t h = 0;
    for (size_t i = 0; i < name.len; i++) h = dl_tag_hash_add(h, (unsigned char)name.p[i]);
    return dl_tag_find(h, name);
}

dl_tag dl_tag_find(uint32_t hash, dl_str name)
{
    unsigned tag = tag_slot[(hash * TAG_HASH_M) >> TAG_HASH_SHIFT];
    if (!tag || names[tag].len != name.len) return DL_TAG_UNKNOWN;
    for (size_t i = 0; i < name.len; i++)
        if (dl_lower(name.p[i]) != names[tag].p[i]) return DL_TAG_UNKNOWN;
    return (dl_tag)tag;
}

dl_str dl_tag_name(unsigned tag) { return tag < DL_TAGS_N ? names[tag] : names[DL_TAG_UNKNOWN]; }

bool dl_tag_void(unsigned tag)
{
    switch (tag) {
    case DL_TAG_AREA:
    case DL_TAG_BASE:
    case DL_TAG_BR:
    case DL_TAG_COL:
    case DL_TAG_EMBED:
    case DL_TAG_HR:
    case DL_TAG_IMG:
    case DL_TAG_INPUT:
    case DL_TAG_LINK:
    case DL_TAG_META:
    case DL_TAG_SOURCE:
    case DL_TAG_TRACK:
    case DL_TAG_WBR: return true;
    default: return false;
    }
}
