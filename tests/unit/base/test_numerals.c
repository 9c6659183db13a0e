/* Numerals: the amounts and dates of domain.md section 7, and what they leave open. */
#include "base/numerals.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef void (*write_number)(GString *out, decimal number);
typedef void (*write_date)(GString *out, struct date date);

static void assert_number(write_number write, const char *number, const char *expected)
{
    GString *out = g_string_new("<");
    decimal read;

    assert_int_equal(decimal_parse(number, &read), DECIMAL_OK);
    write(out, read);
    assert_string_equal(out->str + 1, expected);
    g_string_free(out, TRUE);
}

static void assert_date(write_date write, struct date date, const char *expected)
{
    GString *out = g_string_new("<");

    write(out, date);
    assert_string_equal(out->str + 1, expected);
    g_string_free(out, TRUE);
}

static void numerals_amount_follows_the_annex(void **state)
{
    static const struct {
        const char *number, *expected;
    } cases[] = {
        {"1409.50", "壹仟肆佰零玖元伍角"},
        {"6007.14", "陆仟零柒元壹角肆分"},
        {"1680.32", "壹仟陆佰捌拾元零叁角贰分"},
        {"107000.53", "壹拾万柒仟元零伍角叁分"},
        {"16409.02", "壹万陆仟肆佰零玖元零贰分"},
        {"325.04", "叁佰贰拾伍元零肆分"},
        {"10010001", "壹仟零壹万零壹元整"},
        {"100000000", "壹亿元整"},
        {"0.05", "伍分"},
        {"0.50", "伍角"},
        {"0.53", "伍角叁分"},
        {"3576000", "叁佰伍拾柒万陆仟元整"},
        {"30697000", "叁仟零陆拾玖万柒仟元整"},
        {"20", "贰拾元整"},
        {"15.60", "壹拾伍元陆角"},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_number(numerals_amount, cases[i].number, cases[i].expected);
}

static void numerals_amount_has_a_text_for_every_amount(void **state)
{
    static const struct {
        const char *number, *expected;
    } cases[] = {
        {"0", "零元整"},
        {"-0.004", "零元整"},
        {"0.005", "壹分"},
        {"-3.2", "负叁元贰角"},
        {"9.999", "壹拾元整"},
        {"100.03", "壹佰元零叁分"},
        {"10", "壹拾元整"},
        {"1000000", "壹佰万元整"},
        {"1000500", "壹佰万零伍佰元整"},
        {"1005000", "壹佰万伍仟元整"},
        {"100005000", "壹亿零伍仟元整"},
        {"100100000", "壹亿零壹拾万元整"},
        {"110000000", "壹亿壹仟万元整"},
        {"1000000000000", "壹万亿元整"},
        {"1000000000001", "壹万亿零壹元整"},
        {"123456789012345", "壹佰贰拾叁万肆仟伍佰陆拾柒亿捌仟玖佰零壹万贰仟叁佰肆拾伍元整"},
    };
    GString *out = g_string_new(NULL);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_number(numerals_amount, cases[i].number, cases[i].expected);
    numerals_amount(out, (decimal)INT64_MIN * DECIMAL_ONE);
    assert_string_equal(out->str,
                        "负玖佰贰拾贰亿叁仟叁佰柒拾贰万零叁佰陆拾捌亿伍仟肆佰柒拾柒万伍仟捌佰"
                        "零捌元整");
    g_string_assign(out, "");
    numerals_amount(out, (decimal)INT64_C(10000000000000000) * DECIMAL_ONE);
    assert_string_equal(out->str, "壹亿亿元整");
    g_string_free(out, TRUE);
}

/* The number that a capital text says, in 分; its characters are all of three bytes. */
static int64_t read_back(const char *text)
{
    static const char DIGITS[] = "零壹贰叁肆伍陆柒捌玖";
    int64_t above = 0, wan = 0, group = 0, digit = 0, fen = 0;

    for (; *text; text += 3) {
        char sign[4] = {text[0], text[1], text[2], '\0'};
        const char *found = strstr(DIGITS, sign);

        if (found) {
            digit = (found - DIGITS) / 3;
            continue;
        }
        if (!strcmp(sign, "拾") || !strcmp(sign, "佰") || !strcmp(sign, "仟")) {
            group += digit * (!strcmp(sign, "拾") ? 10 : !strcmp(sign, "佰") ? 100 : 1000);
        } else if (!strcmp(sign, "万")) {
            wan = (group + digit) * 10000;
            group = 0;
        } else if (!strcmp(sign, "亿")) {
            above = (above + wan + group + digit) * 100000000;
            wan = group = 0;
        } else if (!strcmp(sign, "元")) {
            fen = (above + wan + group + digit) * 100;
        } else if (!strcmp(sign, "角")) {
            fen += digit * 10;
        } else if (!strcmp(sign, "分")) {
            fen += digit;
        }
        digit = 0;
    }
    return fen;
}

/* 20 000 amounts of every size, many of them full of zeros. */
static void numerals_amount_reads_back(void **state)
{
    uint64_t seed = 3;
    GString *out = g_string_new(NULL);

    (void)state;
    for (int i = 0; i < 20000; i++) {
        int64_t amount = 0;

        for (int place = i % 17; place >= 0; place--) {
            seed = seed * 6364136223846793005U + 1442695040888963407U;
            amount = amount * 10 + (int64_t)((seed >> 60) % 3 == 0 ? (seed >> 33) % 10 : 0);
        }
        g_string_truncate(out, 0);
        numerals_amount(out, (decimal)amount * (DECIMAL_ONE / 100));
        if (read_back(out->str) != amount)
            fail_msg("%s is not %" G_GINT64_FORMAT, out->str, amount);
        assert_null(strstr(out->str, "零零"));
        assert_true(amount == 0 || !g_str_has_prefix(out->str, "零"));
        assert_int_equal(g_str_has_suffix(out->str, "整"), amount % 100 == 0);
    }
    g_string_free(out, TRUE);
}

static void numerals_number_reads_as_it_is_spoken(void **state)
{
    static const struct {
        const char *number, *expected;
    } cases[] = {
        {"0", "零"},          {"7", "七"},
        {"10", "十"},         {"12", "十二"},
        {"20", "二十"},       {"101", "一百零一"},
        {"110", "一百一十"},  {"123", "一百二十三"},
        {"1002", "一千零二"}, {"10010", "一万零一十"},
        {"120000", "十二万"}, {"100012", "十万零一十二"},
        {"-5", "负五"},       {"3.14", "三点一四"},
        {"0.05", "零点零五"},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_number(numerals_number, cases[i].number, cases[i].expected);
}

static void numerals_date_capital_cannot_be_lengthened(void **state)
{
    (void)state;
    assert_date(numerals_date_capital, (struct date){2026, 1, 15}, "贰零贰陆年零壹月壹拾伍日");
    assert_date(numerals_date_capital, (struct date){2026, 10, 20}, "贰零贰陆年零壹拾月零贰拾日");
    assert_date(numerals_date_capital, (struct date){2026, 2, 1}, "贰零贰陆年零贰月零壹日");
    assert_date(numerals_date_capital, (struct date){2026, 3, 9}, "贰零贰陆年叁月零玖日");
    assert_date(numerals_date_capital, (struct date){2026, 11, 10}, "贰零贰陆年壹拾壹月零壹拾日");
    assert_date(numerals_date_capital, (struct date){2026, 12, 31}, "贰零贰陆年壹拾贰月叁拾壹日");
    assert_date(numerals_date_capital, (struct date){2030, 4, 30}, "贰零叁零年肆月零叁拾日");
    assert_date(numerals_date_capital, (struct date){2026, 12, 0}, "贰零贰陆年壹拾贰月");
    assert_date(numerals_date_capital, (struct date){2026, 0, 0}, "贰零贰陆年");
}

static void numerals_date_writes_the_round_zero(void **state)
{
    (void)state;
    assert_date(numerals_date, (struct date){2026, 11, 21}, "二〇二六年十一月二十一日");
    assert_date(numerals_date, (struct date){2008, 1, 10}, "二〇〇八年一月十日");
    assert_date(numerals_date, (struct date){1999, 12, 0}, "一九九九年十二月");
    assert_date(numerals_date, (struct date){2030, 0, 0}, "二〇三〇年");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numerals_amount_follows_the_annex),
        cmocka_unit_test(numerals_amount_has_a_text_for_every_amount),
        cmocka_unit_test(numerals_amount_reads_back),
        cmocka_unit_test(numerals_number_reads_as_it_is_spoken),
        cmocka_unit_test(numerals_date_capital_cannot_be_lengthened),
        cmocka_unit_test(numerals_date_writes_the_round_zero),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
