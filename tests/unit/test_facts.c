/* test_facts.c: what the tables of facts answer. */
#include "facts/facts.h"
#include "models.h"
#include "text.h"
#include "tokens/tokens.h"

static void nations(void **state)
{
    (void)state;
    dl_facts f = dl_facts_open(models);
    static const struct {
        const char *form, *code;
        unsigned as;
    } want[] = {
        { "China", "CHN", DL_AS_NAME },        { "Chinese", "CHN", DL_AS_ADJ | DL_AS_PEOPLE },
        { "Beijing", "CHN", DL_AS_CAPITAL },   { "the Kremlin", "RUS", DL_AS_SEAT },
        { "White House", "USA", DL_AS_SEAT },  { "US", "USA", DL_AS_NAME | DL_AS_ADJ },
        { "Russians", "RUS", DL_AS_PEOPLE },   { "Türkiye", "TUR", DL_AS_NAME },
        { "The Hague", "NLD", DL_AS_CAPITAL },
    };
    for (size_t i = 0; i < DL_COUNT(want); i++) {
        dl_nation n = dl_facts_nation(&f, dl_str_of(want[i].form));
        assert_int_equal(n.country, dl_country(want[i].code));
        assert_int_equal(n.as, want[i].as);
    }
    static const char *const none[] = { "us", "turkey", "chad", "polish", "Us", "Springfield", "", "the" };
    for (size_t i = 0; i < DL_COUNT(none); i++) assert_int_equal(dl_facts_nation(&f, dl_str_of(none[i])).country, 0);
    assert_true(dl_str_eq(dl_facts_country_name(&f, dl_country("DEU")), DL_STR("Germany")));
    assert_int_equal(dl_facts_country_name(&f, 0).len, 0);
}

/* ISO 3166-1: every code has a name, and that name is the country's. */
static void all_countries(void **state)
{
    (void)state;
    static const char codes[] =
        "AFG ALA ALB DZA ASM AND AGO AIA ATA ATG ARG ARM ABW AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BMU BTN BOL "
        "BES BIH BWA BVT BRA IOT BRN BGR BFA BDI CPV KHM CMR CAN CYM CAF TCD CHL CHN CXR CCK COL COM COG COD COK CRI "
        "CIV HRV CUB CUW CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST SWZ ETH FLK FRO FJI FIN FRA GUF PYF ATF GAB "
        "GMB GEO DEU GHA GIB GRC GRL GRD GLP GUM GTM GGY GIN GNB GUY HTI HMD VAT HND HKG HUN ISL IND IDN IRN IRQ IRL "
        "IMN ISR ITA JAM JPN JEY JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MAC MDG MWI MYS "
        "MDV MLI MLT MHL MTQ MRT MUS MYT MEX FSM MDA MCO MNG MNE MSR MAR MOZ MMR NAM NRU NPL NLD NCL NZL NIC NER NGA "
        "NIU NFK MKD MNP NOR OMN PAK PLW PSE PAN PNG PRY PER PHL PCN POL PRT PRI QAT REU ROU RUS RWA BLM SHN KNA LCA "
        "MAF SPM VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SXM SVK SVN SLB SOM ZAF SGS SSD ESP LKA SDN SUR SJM SWE CHE "
        "SYR TWN TJK TZA THA TLS TGO TKL TON TTO TUN TUR TKM TCA TUV UGA UKR ARE GBR USA UMI URY UZB VUT VEN VNM VGB "
        "VIR WLF ESH YEM ZMB ZWE ";
    dl_facts f = dl_facts_open(models);
    uint32_t n = 0;
    dl_str rest = DL_STR(codes), one;
    while (dl_str_next(&rest, ' ', &one)) {
        if (one.len != 3) continue;
        dl_str name = dl_facts_country_name(&f, dl_country(one.p));
        dl_nation back = dl_facts_nation(&f, name);
        if (back.country != dl_country(one.p)) print_message("%.3s: %.*s\n", one.p, (int)name.len, name.p);
        assert_int_equal(back.country, dl_country(one.p));
        assert_true(back.as & DL_AS_NAME);
        n++;
    }
    assert_int_equal(n, 249);
}

/* Forms that others have as well, and places that stand for a body. */
static void shared_forms(void **state)
{
    (void)state;
    dl_facts f = dl_facts_open(models);
    static const char *const shared[] = { "Georgia", "Kingston", "Jersey", "Victoria" }, *const own[] = { "Kenya", "Tbilisi",
                                                                                                          "Paris" };
    for (size_t i = 0; i < DL_COUNT(shared); i++) assert_true(dl_facts_nation(&f, dl_str_of(shared[i])).shared);
    for (size_t i = 0; i < DL_COUNT(own); i++) assert_false(dl_facts_nation(&f, dl_str_of(own[i])).shared);
    assert_int_equal(dl_facts_nation(&f, DL_STR("Congolese")).country, dl_country("COD"));
    assert_int_equal(dl_facts_nation(&f, DL_STR("Dominican")).country, dl_country("DOM"));
    assert_true(dl_str_eq(dl_facts_body_behind(&f, DL_STR("Brussels")).name, DL_STR("European Union")));
    assert_int_equal(dl_facts_body_behind(&f, DL_STR("Bruges")).cls, DL_BODY_NONE);
    assert_int_equal(dl_facts_body(&f, DL_STR("Brussels")).cls, DL_BODY_NONE);
}

static void bodies(void **state)
{
    (void)state;
    dl_facts f = dl_facts_open(models);
    dl_body eu = dl_facts_body(&f, DL_STR("the EU"));
    assert_int_equal(eu.cls, DL_BODY_INTL);
    assert_true(dl_str_eq(eu.name, DL_STR("European Union")));
    assert_int_equal(dl_facts_body(&f, DL_STR("who")).cls, DL_BODY_NONE);
    assert_int_equal(dl_facts_body(&f, DL_STR("WHO")).cls, DL_BODY_INTL);
    assert_int_equal(dl_facts_body(&f, DL_STR("TASS")).country, dl_country("RUS"));
    assert_int_equal(dl_facts_body(&f, DL_STR("TASS")).cls, DL_BODY_MEDIA);
}

static void agents(void **state)
{
    (void)state;
    dl_facts f = dl_facts_open(models);
    dl_agent a = dl_facts_agent(&f, DL_STR("Foreign Minister"));
    assert_int_equal(a.kind, DL_AG_PERSON);
    assert_true(dl_str_eq(a.cls, DL_STR("foreign-minister")));
    assert_true(a.title && !a.plural);
    a = dl_facts_agent(&f, DL_STR("spokeswomen"));
    assert_true(a.kind == DL_AG_GROUP && a.plural);
    assert_int_equal(dl_facts_agent(&f, DL_STR("spokeswoman")).gender, 'f');
    assert_int_equal(dl_facts_agent(&f, DL_STR("Mr")).kind, DL_AG_HONORIFIC);
    assert_int_equal(dl_facts_agent(&f, DL_STR("table")).kind, DL_AG_NONE);
}

static void given_names(void **state)
{
    (void)state;
    dl_facts f = dl_facts_open(models);
    assert_int_equal(dl_facts_gender(&f, DL_STR("Sergei")), 'm');
    assert_int_equal(dl_facts_gender(&f, DL_STR("Olena")), 'f');
    assert_int_equal(dl_facts_gender(&f, DL_STR("Hans-Georg")), 'm');
    assert_int_equal(dl_facts_gender(&f, DL_STR("Qqq")), 0);
    assert_true(dl_facts_same_first(&f, DL_STR("Sergei"), DL_STR("Sergey")));
    assert_true(dl_facts_same_first(&f, DL_STR("Bill"), DL_STR("William")));
    assert_false(dl_facts_same_first(&f, DL_STR("Joe"), DL_STR("Hunter")));
    assert_true(dl_facts_surname_first(&f, DL_STR("Wang")));
    assert_false(dl_facts_surname_first(&f, DL_STR("Ivanov")));
}

/* Every form that is found where it stands is one that its first token may begin. */
static void forms_begin_with_their_first_word(void **state)
{
    (void)state;
    const dl_facts f = dl_facts_open(models);
    const dl_tsv *const table[] = { &f.countries, &f.bodies };
    uint32_t found = 0;
    dl_build b;
    dl_build_init(&b);
    for (size_t k = 0; k < DL_COUNT(table); k++)
        for (uint32_t row = 0; row < table[k]->n; row++) {
            char text[200];
            const dl_str key = dl_tsv_cell(table[k], row, 0);
            if (key.len + 1 > sizeof text) continue;
            memcpy(text, key.p, key.len);
            text[key.len] = '\0';
            if (dl_is_lower((unsigned char)text[0])) text[0] = (char)(text[0] - 'a' + 'A');
            dl_build_reset(&b);
            put_block(&b, text);
            assert_int_equal(dl_tokens_find(&b, models), DL_OK);
            if (!b.d.toks.n) continue;
            dl_nation nation;
            dl_body body;
            const bool is_nation = dl_facts_nation_at(&f, &b.d, 0, b.d.toks.n, &nation) > 0;
            const bool is_body = dl_facts_body_at(&f, &b.d, 0, b.d.toks.n, &body) > 0;
            assert_true(!is_nation || dl_facts_nation_begins(&f, &b.d, 0));
            assert_true(!is_body || dl_facts_body_begins(&f, &b.d, 0));
            found += is_nation + is_body;
        }
    assert_true(found > 1000);
    dl_build_reset(&b);
    put_block(&b, "Qwertz");
    assert_int_equal(dl_tokens_find(&b, models), DL_OK);
    assert_false(dl_facts_nation_begins(&f, &b.d, 0));
    assert_false(dl_facts_body_begins(&f, &b.d, 0));
    dl_build_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(nations),
                                        cmocka_unit_test(all_countries),
                                        cmocka_unit_test(shared_forms),
                                        cmocka_unit_test(bodies),
                                        cmocka_unit_test(agents),
                                        cmocka_unit_test(given_names),
                                        cmocka_unit_test(forms_begin_with_their_first_word) };
    return cmocka_run_group_tests(tests, open_models, close_models);
}
