/* labels.c: "Names and labels" of the WHATWG Encoding Standard (encoding.spec.whatwg.org, 4.2). */
#include "input/labels.h"

static const dl_charset charsets[] = {
    { "utf-8", NULL, false },
    { "utf-16le", NULL, false },
    { "utf-16be", NULL, false },
    { "ibm866", "CP866", true },
    { "iso-8859-2", "ISO-8859-2", true },
    { "iso-8859-3", "ISO-8859-3", true },
    { "iso-8859-4", "ISO-8859-4", true },
    { "iso-8859-5", "ISO-8859-5", true },
    { "iso-8859-6", "ISO-8859-6", true },
    { "iso-8859-7", "ISO-8859-7", true },
    { "iso-8859-8", "ISO-8859-8", true },
    { "iso-8859-10", "ISO-8859-10", true },
    { "iso-8859-13", "ISO-8859-13", true },
    { "iso-8859-14", "ISO-8859-14", true },
    { "iso-8859-15", "ISO-8859-15", true },
    { "iso-8859-16", "ISO-8859-16", true },
    { "koi8-r", "KOI8-R", true },
    { "koi8-u", "KOI8-U", true },
    { "macintosh", "MACINTOSH", true },
    { "windows-874", "CP874", true },
    { "windows-1250", "CP1250", true },
    { "windows-1251", "CP1251", true },
    { "windows-1252", "CP1252", true },
    { "windows-1253", "CP1253", true },
    { "windows-1254", "CP1254", true },
    { "windows-1255", "CP1255", true },
    { "windows-1256", "CP1256", true },
    { "windows-1257", "CP1257", true },
    { "windows-1258", "CP1258", true },
    { "x-mac-cyrillic", "MAC-CYRILLIC", true },
    { "gbk", "GB18030", false },
    { "gb18030", "GB18030", false },
    { "big5", "BIG5", false },
    { "euc-jp", "EUC-JP-MS", false },
    { "iso-2022-jp", "ISO-2022-JP", false },
    { "shift_jis", "CP932", false },
    { "euc-kr", "CP949", false },
};

/* Labels that are not the name itself; each line: name, then labels; long lists take two lines. */
static const char *const aliases[] = {
    "utf-8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8",
    "utf-16le csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16",
    "utf-16be unicodefffe",
    "ibm866 866 cp866 csibm866",
    "iso-8859-2 csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso-8859-3 csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso-8859-4 csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso-8859-5 csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso-8859-6 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i",
    "iso-8859-6 iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "iso-8859-7 csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7",
    "iso-8859-7 iso_8859-7:1987 sun_eu_greek",
    "iso-8859-8 csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8",
    "iso-8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical",
    "iso-8859-10 csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso-8859-13 iso8859-13 iso885913",
    "iso-8859-14 iso8859-14 iso885914",
    "iso-8859-15 csisolatin9 iso8859-15 iso885915 iso_8859-15 l9 latin-9",
    "koi8-r cskoi8r koi koi8 koi8_r",
    "koi8-u koi8-ru",
    "macintosh csmacintosh mac x-mac-roman",
    "windows-874 dos-874 iso-8859-11 iso8859-11 iso885911 tis-620",
    "windows-1250 cp1250 x-cp1250",
    "windows-1251 cp1251 x-cp1251",
    "windows-1252 ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591",
    "windows-1252 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252",
    "windows-1253 cp1253 x-cp1253",
    "windows-1254 cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5",
    "windows-1254 latin5 x-cp1254",
    "windows-1255 cp1255 x-cp1255",
    "windows-1256 cp1256 x-cp1256",
    "windows-1257 cp1257 x-cp1257",
    "windows-1258 cp1258 x-cp1258",
    "x-mac-cyrillic x-mac-ukrainian mac-cyrillic",
    "gbk chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk hz-gb-2312",
    "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc-jp cseucpkdfmtjapanese x-euc-jp",
    "iso-2022-jp csiso2022jp",
    "shift_jis csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis",
    "euc-kr cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949",
    "euc-kr uhc",
};

static const dl_charset *by_name(dl_str name)
{
    for (size_t i = 0; i < DL_COUNT(charsets); i++)
        if (dl_str_eq_nocase(name, dl_str_of(charsets[i].name))) return &charsets[i];
    return NULL;
}

const dl_charset *dl_charset_of(dl_str label)
{
    label = dl_str_trim(label);
    const dl_charset *found = by_name(label);
    for (size_t i = 0; !found && i < DL_COUNT(aliases); i++) {
        dl_str rest = dl_str_of(aliases[i]), name, word;
        dl_str_next(&rest, ' ', &name);
        while (!found && dl_str_next(&rest, ' ', &word))
            if (dl_str_eq_nocase(word, label)) found = by_name(name);
    }
    return found;
}
