/* Dates in every form of domain.md section 5 row 8, at their precision. */
#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_ledger(const char *text, const char *iso, bool guessed)
{
    GString *out = g_string_new(NULL);
    struct date date;
    bool guess = !guessed;

    if (!date_parse_ledger(text, &date, &guess))
        fail_msg("%s was not read", text);
    date_format_iso(out, date);
    assert_string_equal(out->str, iso);
    assert_int_equal(guess, guessed);
    g_string_free(out, TRUE);
}

static void date_parse_ledger_reads_every_form(void **state)
{
    (void)state;
    assert_ledger("2018/7/5", "2018-07-05", false);
    assert_ledger("2018-07-05", "2018-07-05", false);
    assert_ledger("2018.7.5", "2018-07-05", false);
    assert_ledger("20180705", "2018-07-05", false);
    assert_ledger("2018年7月5日", "2018-07-05", false);
    assert_ledger("43286", "2018-07-05", true);
    assert_ledger("2018年07月", "2018-07", false);
    assert_ledger("2018.7", "2018-07", false);
    assert_ledger("18.7.5", "2018-07-05", true);
    assert_ledger("二〇一八年七月", "2018-07", false);
    assert_ledger("2018/7/5 0:00", "2018-07-05", false);
    assert_ledger("20180705**", "2018-07-05", false);
}

static void date_parse_ledger_reads_their_relatives(void **state)
{
    (void)state;
    assert_ledger("2018", "2018", false);
    assert_ledger("2018年", "2018", false);
    assert_ledger("2018-12", "2018-12", false);
    assert_ledger("201807", "2018-07", true);
    assert_ledger("２０１８．７．５", "2018-07-05", false);
    assert_ledger("２０１８年７月５日", "2018-07-05", false);
    assert_ledger("2018／7／5", "2018-07-05", false);
    assert_ledger("  2018 年 7 月 5 日\t", "2018-07-05", false);
    assert_ledger("2018年7月5号", "2018-07-05", false);
    assert_ledger("2018年7月5", "2018-07-05", false);
    assert_ledger("18年7月", "2018-07", true);
    assert_ledger("49-1-1", "2049-01-01", true);
    assert_ledger("50-1-1", "1950-01-01", true);
    assert_ledger("2018-07-05 00:00:00", "2018-07-05", false);
    assert_ledger("2018-07-05T08:30:00", "2018-07-05", false);
    assert_ledger("2020/2/29", "2020-02-29", false);
}

static void date_parse_ledger_reads_chinese_numerals(void **state)
{
    (void)state;
    assert_ledger("二〇二六年十一月二十一日", "2026-11-21", false);
    assert_ledger("二零二六年十月十日", "2026-10-10", false);
    assert_ledger("二○一八年十二月三十一日", "2018-12-31", false);
    assert_ledger("一九九九年二月二十日", "1999-02-20", false);
    assert_ledger("二〇二六年一月三十日", "2026-01-30", false);
    assert_ledger("一八年七月", "2018-07", true);
    assert_ledger("二〇一八年", "2018", false);
}

static void date_parse_ledger_counts_as_excel_does(void **state)
{
    (void)state;
    assert_ledger("10000", "1927-05-18", true);
    assert_ledger("36526", "2000-01-01", true);
    assert_ledger("36585", "2000-02-29", true);
    assert_ledger("46274", "2026-09-09", true);
}

static void date_parse_ledger_refuses_what_is_none(void **state)
{
    const char *const bad[] = {
        "",
        "无",
        "/",
        "2018/2/30",
        "2019-02-29",
        "2018/13/1",
        "2018-0-5",
        "2018/7/0",
        "20180732",
        "20181301",
        "20180700",
        "1899-12-31",
        "2200-01-01",
        "2018/7-5",
        "2018/7/5/",
        "2018.7.",
        "7/5/2018",
        "5.7.8",
        "18.7",
        "2018705",
        "180705",
        "2018 1 2",
        "2018 7",
        "00060",
        "00001",
        "2018年7日",
        "2018年月",
        "7月5日",
        "2018-07-05x",
        "二〇一八年十十月",
        "二〇一八年二十十月",
        "2018年三十二月",
        "2018年〇月",
        "2018年一二三四五月",
        "2018/7/5 下午",
        "990101198001010014",
        "2018--7",
        "-2018",
        "2018/007/5",
        "二〇一八 七",
        "201800",
        "20180705*",
        "123456789",
        "2018年7月5日6",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        struct date date;
        bool guessed;

        if (date_parse_ledger(bad[i], &date, &guessed))
            fail_msg("%s was read as %d-%d-%d", bad[i], date.year, date.month, date.day);
    }
}

/* The space in front keeps it from being ISO's form. */
static void date_parse_ledger_reads_iso_as_it_reads_all(void **state)
{
    GRand *random = g_rand_new_with_seed(20260703);
    size_t read = 0;

    (void)state;
    for (int i = 0; i < 50000; i++) {
        char text[32];
        const int year = g_rand_int_range(random, 1890, 2210);
        const int month = g_rand_int_range(random, 0, 14), day = g_rand_int_range(random, 0, 33);
        const int length = g_snprintf(text, sizeof text, " %04d-%02d-%02d", year, month, day);
        struct date iso = {0, 0, 0}, any = {0, 0, 0};
        bool guessed_iso, guessed_any;

        text[i % 3 == 0 ? length : i % 3 == 1 ? 8 : 5] = '\0';
        const bool is_iso = date_parse_ledger(text + 1, &iso, &guessed_iso);

        assert_int_equal(date_parse_ledger(text, &any, &guessed_any), is_iso);
        assert_int_equal(date_parse_iso(text + 1, &iso), is_iso);
        assert_memory_equal(&iso, &any, sizeof iso);
        assert_false(is_iso && (guessed_iso || guessed_any));
        read += is_iso;
    }
    assert_true(read > 10000);
    g_rand_free(random);
}

static void date_format_iso_keeps_the_precision(void **state)
{
    GString *text = g_string_new(NULL);

    (void)state;
    date_format_iso(text, (struct date){2018, 7, 5});
    g_string_append_c(text, ' ');
    date_format_iso(text, (struct date){1900, 12, 0});
    g_string_append_c(text, ' ');
    date_format_iso(text, (struct date){2199, 0, 0});
    assert_string_equal(text->str, "2018-07-05 1900-12 2199");
    g_string_free(text, TRUE);
}

static void date_parse_iso_is_strict(void **state)
{
    const char *const bad[] = {"",        "18",      "2018-7",     "2018-07-5",  "2018/07/05",
                               "2018-00", "2018-13", "2018-02-29", "2018-07-00", "2018-07-05 ",
                               "2018-",   "1899",    "２０１８"};
    struct date date = {0, 0, 0};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_false(date_parse_iso(bad[i], &date));
    assert_int_equal(date.year, 0);
    assert_true(date_parse_iso("2018", &date));
    assert_int_equal(date.month, 0);
    assert_true(date_parse_iso("2018-07", &date));
    assert_int_equal(date.month, 7);
    assert_int_equal(date.day, 0);
    assert_true(date_parse_iso("2020-02-29", &date));
    assert_int_equal(date.day, 29);
}

static void assert_chinese(struct date date, const char *expected)
{
    GString *out = g_string_new(NULL);

    date_format_chinese(out, date);
    assert_string_equal(out->str, expected);
    g_string_free(out, TRUE);
}

static void date_format_chinese_has_no_leading_zero(void **state)
{
    (void)state;
    assert_chinese((struct date){2026, 9, 9}, "2026年9月9日");
    assert_chinese((struct date){2026, 11, 0}, "2026年11月");
    assert_chinese((struct date){2026, 0, 0}, "2026年");
}

static void date_valid_knows_the_calendar(void **state)
{
    (void)state;
    assert_true(date_valid((struct date){2000, 2, 29}));
    assert_false(date_valid((struct date){1900, 2, 29}));
    assert_false(date_valid((struct date){2100, 2, 29}));
    assert_true(date_valid((struct date){2199, 12, 31}));
    assert_false(date_valid((struct date){2026, 0, 5}));
    assert_false(date_valid((struct date){2026, -1, 0}));
    assert_false(date_valid((struct date){2026, 4, 31}));
    assert_false(date_valid((struct date){2026, 4, -1}));
}

static void date_days_go_there_and_back(void **state)
{
    const int total = date_to_days((struct date){2199, 12, 31});
    struct date before = {1899, 12, 31};

    (void)state;
    assert_int_equal(date_to_days((struct date){1900, 1, 1}), 0);
    assert_int_equal(date_to_days((struct date){1970, 1, 1}), 25567);
    assert_int_equal(total, 109572);
    for (int days = 0; days <= total; days++) {
        const struct date date = date_from_days(days);

        assert_true(date_valid(date));
        assert_int_equal(date_to_days(date), days);
        assert_true(date.day == before.day + 1 || date.day == 1);
        before = date;
    }
}

static void date_age_counts_full_years(void **state)
{
    const struct date birth = {2008, 9, 9};

    (void)state;
    assert_int_equal(date_age(birth, (struct date){2026, 9, 8}), 17);
    assert_int_equal(date_age(birth, (struct date){2026, 9, 9}), 18);
    assert_int_equal(date_age(birth, (struct date){2026, 10, 1}), 18);
    assert_int_equal(date_age(birth, birth), 0);
    assert_int_equal(date_age(birth, (struct date){2008, 9, 8}), -1);
    assert_int_equal(date_age(birth, (struct date){2000, 1, 1}), -1);
    assert_int_equal(date_age((struct date){2008, 9, 0}, (struct date){2026, 9, 9}), -1);
    assert_int_equal(date_age(birth, (struct date){2026, 0, 0}), -1);
    assert_int_equal(date_age((struct date){2008, 2, 29}, (struct date){2026, 2, 28}), 17);
    assert_int_equal(date_age((struct date){2008, 2, 29}, (struct date){2026, 3, 1}), 18);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(date_parse_ledger_reads_every_form),
        cmocka_unit_test(date_parse_ledger_reads_their_relatives),
        cmocka_unit_test(date_parse_ledger_reads_chinese_numerals),
        cmocka_unit_test(date_parse_ledger_counts_as_excel_does),
        cmocka_unit_test(date_parse_ledger_refuses_what_is_none),
        cmocka_unit_test(date_parse_ledger_reads_iso_as_it_reads_all),
        cmocka_unit_test(date_format_iso_keeps_the_precision),
        cmocka_unit_test(date_parse_iso_is_strict),
        cmocka_unit_test(date_format_chinese_has_no_leading_zero),
        cmocka_unit_test(date_valid_knows_the_calendar),
        cmocka_unit_test(date_days_go_there_and_back),
        cmocka_unit_test(date_age_counts_full_years),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
