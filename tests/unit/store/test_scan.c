/* The free-text scan: what it finds and what it leaves alone. */
#include "store/fixture.h"
#include "store/scan.h"

static void check_all(const char *const *texts, bool expected)
{
    for (; *texts; texts++) {
        if (scan_finds_private(*texts) != expected)
            fail_msg("“%s”: expected %s", *texts, expected ? "found" : "not found");
    }
}

static void scan_finds_ids(void **state)
{
    static const char *const texts[] = {
        "身份证990101198001010014", "99010119800101009X",
        "99010119800101009x。",     "９９０１０１１９８００１０１００１４",
        "990101 19800101 0014",     "990101-1980-0101-0014",
        "990101　19800101　0014",   "99010119800101001443",
        "990101800101001",          "9 9 0 1 0 1 1 9 8 0 0 1 0 1 0 0 1 4",
        "990101–19800101–009X",     "原件号：990101198001010015（校验位错）",
        "210101 19800101 0014",     NULL};

    (void)state;
    check_all(texts, true);
}

static void scan_finds_mobiles(void **state)
{
    static const char *const texts[] = {"13900000001",
                                        "电话：13900000001，",
                                        "139 0000 0001",
                                        "139-00000001",
                                        "1390000-0001",
                                        "139.0000.0001",
                                        "＋８６１３９００００００００",
                                        "8613900000001",
                                        "+86 13900000001",
                                        "00861390000000１",
                                        "1 3 9 0 0 0 0 0 0 0 1",
                                        "139　0000　0001",
                                        "13900000001/13900000002",
                                        "联系13900000001或0990-1234567",
                                        NULL};

    (void)state;
    check_all(texts, true);
}

static void scan_finds_cards(void **state)
{
    static const char *const texts[] = {"6222020000000000123",
                                        "6222 0200 0000 0000 123",
                                        "6222-0200-0000-0000",
                                        "卡号6222０２０００００００００１２３",
                                        "62220200000 00000123",
                                        "1234567890123456",
                                        NULL};

    (void)state;
    check_all(texts, true);
}

static void scan_leaves_other_numbers_alone(void **state)
{
    static const char *const texts[] = {"",
                                        "好",
                                        "2025年1月至12月",
                                        "20180705-20190806",
                                        "2018-07-05 2019-08-06",
                                        "2018 2019 2020 2021",
                                        "0990-1234567",
                                        "12000.50元",
                                        "138000000.00元",
                                        "12345.67 89012.34 11111.11",
                                        "3-4-5-6-7-8-9-10-11-12-13",
                                        "晋农函〔2025〕61号",
                                        "123456789012345",
                                        "12800000001",
                                        "1390000",
                                        "补贴1500元、2000元、3000元、4000元",
                                        "109.123456，24.123456",
                                        "99010119800101****",
                                        "139****0001",
                                        "0123456789",
                                        NULL};

    (void)state;
    check_all(texts, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scan_finds_ids),
        cmocka_unit_test(scan_finds_mobiles),
        cmocka_unit_test(scan_finds_cards),
        cmocka_unit_test(scan_leaves_other_numbers_alone),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
