/* test_encodings.c: pages in the encodings that news is still served in: declared by the server, by the page, wrongly, or not at all.
 * The texts are ours; iconv writes them in each encoding. */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>

#include "input/sniff.h"
#include "test.h"

#define LINE_JA                                                                                                                                                                               \
    "港の橋は月曜日の朝に閉鎖された。市の担当者は、修理には三週間かかると説明した。住民は川の反対側へ行くために遠回りをしなけれ" \
    "ばならない。バス会社は臨時の便を出すと発表し、学校は授業の開始を三十分遅らせる。カモメだけがいつもの通りである。"
#define LINE_ZH                                                                                                                                                                               \
    "星期一上午，港口大桥因修理而关闭。市政府官员说，工程大约需要三个星期。居民必须绕道才能到达河的对岸。公共汽车公司宣布增加班" \
    "次，"                                                                                                                                                                                  \
    "学校上课时间推迟半小时。渔民们表示，他们的船仍然可以从桥下通过。"
#define LINE_TW                                                                                                                                                                               \
    "星期一上午，港口大橋因修理而關閉。市政府官員說，工程大約需要三個星期。居民必須繞道才能到達河的對岸。公共汽車公司宣布增加班" \
    "次，"                                                                                                                                                                                  \
    "學校上課時間延後半小時。漁民們表示，他們的船仍然可以從橋下通過。"
#define LINE_KO                                                                                                                                                                 \
    "항구의 다리는 월요일 아침에 폐쇄되었다. 시 관계자는 수리에 삼 주가 걸릴 것이라고 설명했다. 주민들은 강 건너편으로 가기 " \
    "위해 "                                                                                                                                                                   \
    "먼 길을 돌아가야 한다. 버스 회사는 임시 편을 운행한다고 발표했다."
#define LINE_RU                                                                                                                                                                                                              \
    "Мост в гавани закрыли в понедельник утром. Представитель города сказал, что ремонт займёт около трёх недель. Жителям " \
    "придётся "                                                                                                                                                                                                      \
    "ехать в объезд, чтобы попасть на другой берег реки. Автобусная компания объявила о дополнительных рейсах."
#define LINE_AR                                                                                                                                                                                                                     \
    "أغلق جسر الميناء صباح يوم الاثنين. وقال مسؤول في المدينة إن الإصلاح سيستغرق نحو ثلاثة أسابيع. وسيضطر السكان إلى سلوك طريق " \
    "أطول "                                                                                                                                                                                                                     \
    "للوصول إلى الضفة الأخرى من النهر. وأعلنت شركة الحافلات عن رحلات إضافية."
#define LINE_EL                                                                                                                                                                                                       \
    "Η γέφυρα του λιμανιού έκλεισε τη Δευτέρα το πρωί. Ο εκπρόσωπος του δήμου είπε ότι οι επισκευές θα κρατήσουν τρεις " \
    "εβδομάδες. "                                                                                                                                                                                            \
    "Οι κάτοικοι πρέπει να κάνουν μεγάλο κύκλο για να φτάσουν στην άλλη όχθη του ποταμού."
#define LINE_FR                                                                                                                             \
    "Le pont du port a été fermé lundi matin. Un responsable de la ville a expliqué que les travaux dureraient près de trois "         \
    "semaines. « Les habitants devront faire un détour », a-t-il précisé, « et nous en sommes désolés. » L’école ouvrira plus " \
    "tôt."

static const struct {
    const char *name, *iconv, *text;
    bool sniffed; /* found where nothing is declared                                             */
} kinds[] = {
    { "shift_jis", "CP932", LINE_JA, true },
    { "euc-jp", "EUC-JP", LINE_JA, true },
    { "iso-2022-jp", "ISO-2022-JP", LINE_JA, false }, /* all of it is ASCII: UTF-8 by its bytes */
    { "gb18030", "GB18030", LINE_ZH, true },
    { "gbk", "GBK", LINE_ZH, true },
    { "gb2312", "GB2312", LINE_ZH, true },
    { "big5", "BIG5", LINE_TW, true },
    { "euc-kr", "EUC-KR", LINE_KO, true },
    { "windows-1251", "CP1251", LINE_RU, true },
    { "koi8-r", "KOI8-R", LINE_RU, true },
    { "iso-8859-5", "ISO-8859-5", LINE_RU, true },
    { "windows-1256", "CP1256", LINE_AR, true },
    { "windows-1253", "CP1253", LINE_EL, true },
    { "windows-1252", "CP1252", LINE_FR, true },
    { "utf-16le", "UTF-16LE", LINE_RU, false },
    { "utf-8", "UTF-8", LINE_ZH, true },
};

/* The page in an encoding; `meta` (may be NULL) is declared in it. */
static size_t write_page(char *out, size_t cap, const char *encoding, const char *meta, const char *text, char *utf8,
                         size_t utf8_cap)
{
    int n =
        snprintf(utf8, utf8_cap, "<!doctype html><html><head>%s%s%s<title>x</title></head><body><p>%s</p><p>%s</p></body></html>",
                 meta ? "<meta charset=\"" : "", meta ? meta : "", meta ? "\">" : "", text, text);
    assert_true(n > 0 && (size_t)n < utf8_cap);
    iconv_t cd = iconv_open(encoding, "UTF-8");
    assert_true(cd != (iconv_t)-1);
    char *in = utf8, *to = out;
    size_t left = (size_t)n, room = cap;
    assert_int_equal(iconv(cd, &in, &left, &to, &room), 0);
    assert_int_equal(iconv(cd, NULL, NULL, &to, &room), 0);
    iconv_close(cd);
    return cap - room;
}

typedef struct pages {
    char bytes[16384], utf8[16384];
    dl_arena a;
    dl_raw raw;
} pages;

static void read_as(pages *t, size_t kind, const char *type, const char *meta, const char *encoding)
{
    const size_t n = write_page(t->bytes, sizeof t->bytes, kinds[kind].iconv, meta, kinds[kind].text, t->utf8, sizeof t->utf8);
    dl_arena_reset(&t->a);
    t->raw = (dl_raw){ .content_type = dl_str_of(type) };
    assert_int_equal(dl_sniff_page(&t->raw, (dl_str){ t->bytes, n }, &t->a, "page", 0, NULL), DL_OK);
    if (!dl_str_eq(t->raw.bytes, dl_str_of(t->utf8)))
        print_message("%s as \"%s\" with meta %s: read as %.*s\n", kinds[kind].name, type, meta ? meta : "none",
                      (int)t->raw.encoding.len, t->raw.encoding.p);
    assert_true(dl_str_eq(t->raw.bytes, dl_str_of(t->utf8)));
    if (encoding) assert_true(dl_str_eq(t->raw.encoding, dl_str_of(encoding)));
    /* The way back: the last tag of the page stands where it stood. */
    const bool wide = dl_str_starts(dl_str_of(kinds[kind].name), DL_STR("utf-16"));
    const size_t tag = dl_str_find(t->raw.bytes, DL_STR("</html>"), 0);
    assert_int_equal(dl_offsets_from(&t->raw.offsets, (uint32_t)tag), n - (wide ? 14 : 7));
}

static int begin(void **state)
{
    pages *t = calloc(1, sizeof *t);
    if (!t) return 1;
    dl_arena_init(&t->a, (size_t)64 << 20);
    *state = t;
    return 0;
}

static int end(void **state)
{
    pages *t = *state;
    dl_arena_free(&t->a);
    free(t);
    return 0;
}

static const char *canonical(size_t i)
{
    const char *name = kinds[i].name;
    return dl_str_eq(dl_str_of(name), DL_STR("gb2312")) ? "gbk" : name;
}

static void the_server_says(void **state)
{
    for (size_t i = 0; i < DL_COUNT(kinds); i++) {
        char type[64];
        snprintf(type, sizeof type, "text/html; charset=%s", kinds[i].name);
        read_as(*state, i, type, NULL, canonical(i));
        read_as(*state, i, type, "x-nonesuch", canonical(i));
        read_as(*state, i, type, "utf-8", canonical(i)); /* the server goes before the page */
    }
}

static void the_page_says(void **state)
{
    for (size_t i = 0; i < DL_COUNT(kinds); i++) {
        if (dl_str_starts(dl_str_of(kinds[i].name), DL_STR("utf-16"))) continue; /* no meta can say so */
        read_as(*state, i, "", kinds[i].name, canonical(i));
        read_as(*state, i, "text/html", kinds[i].name, canonical(i));
    }
}

static void nobody_says(void **state)
{
    for (size_t i = 0; i < DL_COUNT(kinds); i++)
        if (kinds[i].sniffed) read_as(*state, i, "", NULL, NULL);
}

/* UTF-8 is declared by habit, and latin1 by servers that were never asked. */
static void they_are_wrong(void **state)
{
    for (size_t i = 0; i < DL_COUNT(kinds); i++) {
        if (!kinds[i].sniffed) continue;
        read_as(*state, i, "text/html; charset=utf-8", NULL, NULL);
        read_as(*state, i, "", "utf-8", NULL);
        if (dl_str_eq(dl_str_of(kinds[i].name), DL_STR("utf-8"))) {
            read_as(*state, i, "text/html; charset=iso-8859-1", NULL, "utf-8");
            read_as(*state, i, "", "shift_jis", "utf-8");
        }
    }
    for (size_t i = 0; i < DL_COUNT(kinds); i++) /* bytes that are no text in it */
        if (dl_str_eq(dl_str_of(kinds[i].name), DL_STR("windows-1251"))) read_as(*state, i, "", "euc-jp", NULL);
}

static dl_str reading(pages *t, dl_str bytes, const char *type)
{
    dl_arena_reset(&t->a);
    t->raw = (dl_raw){ .content_type = dl_str_of(type) };
    assert_int_equal(dl_sniff_page(&t->raw, bytes, &t->a, "page", 0, NULL), DL_OK);
    return t->raw.bytes;
}

static void odd_bytes(void **state)
{
    pages *t = *state;
#define E8 "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
    static char page[100000];
    /* The first byte that is not ASCII stands far down. */
    snprintf(page, sizeof page, "<html><meta charset=utf-8><script>%80000s</script><p>caf\xe9 cr\xe8me d\xe9j\xe0 vu", "");
    assert_true(dl_str_ends(reading(t, dl_str_of(page), ""), DL_STR("<p>caf\xc3\xa9 cr\xc3\xa8me d\xc3\xa9j\xc3\xa0 vu")));
    /* UTF-8 cut inside a character stays UTF-8, whatever is declared. */
    assert_true(dl_str_ends(reading(t, DL_STR("<html><meta charset=latin1><p>" E8 E8 " \xc3"), ""), DL_STR(E8 " \xef\xbf\xbd")));
    assert_true(dl_str_ends(reading(t, DL_STR("<html><p>" E8 E8 E8 E8 " \xc3"), ""), DL_STR(E8 " \xef\xbf\xbd")));
    /* Japanese extras that Japanese pages have: vendors' rows of EUC-JP. */
    assert_true(dl_str_ends(reading(t, DL_STR("<html><p>\xad\xa1\xad\xea"), "text/html; charset=euc-jp"), DL_STR("<p>①㈱")));
    /* Damaged pairs: the byte that follows is kept when it is ASCII. */
    assert_true(dl_str_ends(
        reading(t, DL_STR("<html><p>\x93\xfa\x96\x7b\x93\xfa\x96\x7b\x93\xfa\x96\x7b\xfd</p>"), "text/html; charset=sjis"),
        DL_STR("日本日本日本\xef\xbf\xbd</p>")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_server_says, begin, end), cmocka_unit_test_setup_teardown(the_page_says, begin, end),
        cmocka_unit_test_setup_teardown(nobody_says, begin, end),     cmocka_unit_test_setup_teardown(they_are_wrong, begin, end),
        cmocka_unit_test_setup_teardown(odd_bytes, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
