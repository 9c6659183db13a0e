/* Numerals: the amounts and dates of domain.md section 7, and what they leave open. */
#include "base/numerals.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

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
        cmocka_unit_test(numerals_number_reads_as_it_is_spoken),
        cmocka_unit_test(numerals_date_capital_cannot_be_lengthened),
        cmocka_unit_test(numerals_date_writes_the_round_zero),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
