/* Formats: their names, and values as a reader sees them. */
#include "base/format.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void assert_format(const char *name, struct value value, const char *expected)
{
    GString *out = g_string_new("<");
    struct format format;

    assert_true(format_parse(name, &format));
    format_value(out, format, &value);
    assert_string_equal(out->str + 1, expected);
    g_string_free(out, TRUE);
}

static void format_parse_reads_places(void **state)
{
    struct format format;

    (void)state;
    assert_true(format_parse("money", &format));
    assert_int_equal(format.kind, FORMAT_MONEY);
    assert_int_equal(format.places, 2);
    assert_true(format_parse("money(0)", &format));
    assert_int_equal(format.places, 0);
    assert_true(format_parse("number(6)", &format));
    assert_int_equal(format.places, 6);
    assert_true(format_parse("percent(1)", &format));
    assert_int_equal(format.kind, FORMAT_PERCENT);
    assert_int_equal(format.places, 1);
}

static void format_parse_refuses_what_is_none(void **state)
{
    const char *const bad[] = {"",         "mone",      "Money",      "money(",    "money()",
                               "money(7)", "money(-1)", "money(2",    "money(2))", "money (2)",
                               "date(1)",  "plain()",   "number(10)", "(2)",       "money(2)x"};
    struct format format = {FORMAT_TICK, 5};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_false(format_parse(bad[i], &format));
    assert_int_equal(format.kind, FORMAT_TICK);
    assert_int_equal(format.places, 5);
}

static void format_names_all_parse(void **state)
{
    size_t count = 0;

    (void)state;
    for (const char *const *name = format_names(); *name; name++, count++) {
        struct format format;

        assert_true(format_parse(*name, &format));
        assert_int_equal(format.kind, count); /* each kind once, in order */
    }
    assert_int_equal(count, FORMAT_BLANK + 1);
}

static void format_value_writes_numbers(void **state)
{
    (void)state;
    assert_format("plain", value_integer(-1234567), "-1234567");
    assert_format("plain", value_real(2.5), "2.5");
    assert_format("plain", value_real(0.1 + 0.2), "0.3");
    assert_format("number", value_real(2.5), "3");
    assert_format("number(2)", value_real(1234.5), "1234.50");
    assert_format("number(2)", value_integer(3), "3.00");
    assert_format("money", value_real(1234567.005), "1,234,567.01");
    assert_format("money", value_real(-0.004), "0.00");
    assert_format("money(0)", value_integer(10000), "10,000");
    assert_format("percent(1)", value_real(91), "91.0％");
    assert_format("percent(2)", value_real(33.335), "33.34％");
    assert_format("plain", value_integer(INT64_MIN), "-9223372036854775808");
}

static void format_value_shows_no_more_digits_than_a_double_has(void **state)
{
    (void)state;
    assert_format("plain", value_real(12345678901.23), "12345678901.23");
    assert_format("plain", value_real(99999999999999.9), "99999999999999.9");
    assert_format("plain", value_real(999999999.999999), "999999999.999999");
    assert_format("plain", value_real(-12345678901.23), "-12345678901.23");
    assert_format("plain", value_real(INFINITY), "（有误）");
    assert_format("money", value_real(1e18), "（有误）");
}

static void format_value_writes_dates_at_their_precision(void **state)
{
    (void)state;
    assert_format("date", value_text("2026-09-09"), "2026年9月9日");
    assert_format("date", value_text("2026-09"), "2026年9月");
    assert_format("date", value_text("2026"), "2026年");
    assert_format("month", value_text("2026-09-09"), "2026年9月");
    assert_format("month", value_text("2026"), "2026年");
    assert_format("plain", value_text("2026-09-09"), "2026-09-09");
    assert_format("date", value_text("长期"), "长期");
}

static void format_value_writes_yes_and_no(void **state)
{
    (void)state;
    assert_format("yes_no", value_integer(1), "是");
    assert_format("yes_no", value_integer(0), "否");
    assert_format("tick", value_integer(1), "是");
    assert_format("tick", value_integer(0), "否");
    assert_format("yes_no", value_integer(2), "2");
    assert_format("tick", value_null(STATE_EMPTY), "");
}

static void format_value_says_why_there_is_no_value(void **state)
{
    const char *const names[] = {"plain", "money", "date", "yes_no"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        assert_format(names[i], value_null(STATE_EMPTY), "");
        assert_format(names[i], value_null(STATE_NONE), "无");
        assert_format(names[i], value_null(STATE_INVALID), "（有误）");
        assert_format(names[i], value_null(STATE_SUPPRESSED), "不足3户");
    }
    assert_format("blank", value_null(STATE_EMPTY), "________");
    assert_format("blank", value_null(STATE_NONE), "无");
    assert_format("blank", value_text("县里"), "县里");
    assert_format("blank", value_integer(5), "5");
}

static void format_value_leaves_texts_alone(void **state)
{
    (void)state;
    assert_format("plain", value_text("买买提·艾力"), "买买提·艾力");
    assert_format("money", value_text("面议"), "面议");
    assert_format("plain", value_text(""), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(format_parse_reads_places),
        cmocka_unit_test(format_parse_refuses_what_is_none),
        cmocka_unit_test(format_names_all_parse),
        cmocka_unit_test(format_value_writes_numbers),
        cmocka_unit_test(format_value_shows_no_more_digits_than_a_double_has),
        cmocka_unit_test(format_value_writes_dates_at_their_precision),
        cmocka_unit_test(format_value_writes_yes_and_no),
        cmocka_unit_test(format_value_says_why_there_is_no_value),
        cmocka_unit_test(format_value_leaves_texts_alone),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
