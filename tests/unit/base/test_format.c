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

static void format_value_scales_after_adding(void **state)
{
    (void)state;
    assert_format("wan", value_real(3576000), "357.60");
    assert_format("wan(2)", value_real(12345650), "1,234.57"); /* half-up, once */
    assert_format("wan(0)", value_integer(5000), "1");
    assert_format("wan(0)", value_real(4999.99), "0");
    assert_format("wan(6)", value_real(-0.01), "-0.000001");
    assert_format("yi", value_real(24429870000), "244.30");
    assert_format("wan", value_real(-49.99), "0.00");
}

static void format_value_writes_chinese(void **state)
{
    (void)state;
    assert_format("capital", value_real(1409.5), "壹仟肆佰零玖元伍角");
    assert_format("capital", value_real(0.1 + 0.2), "叁角");
    assert_format("capital", value_null(STATE_EMPTY), "");
    assert_format("chinese", value_integer(123), "一百二十三");
    assert_format("chinese_date", value_text("2026-11-21"), "二〇二六年十一月二十一日");
    assert_format("chinese_date", value_integer(2026), "二〇二六年");
    assert_format("chinese_date", value_integer(20261), "20261");
    assert_format("chinese_date", value_text("长期"), "长期");
    assert_format("capital_date", value_text("2026-10-20"), "贰零贰陆年零壹拾月零贰拾日");
    assert_format("capital_date", value_integer(2026), "贰零贰陆年");
}

static void assert_letters(const char *name, const char *text, const char *alphabet)
{
    for (; *text; text = g_utf8_next_char(text)) {
        char *letter = g_strndup(text, (gsize)(g_utf8_next_char(text) - text));

        if (!strstr(alphabet, letter))
            fail_msg("%s writes %s, which is not in its alphabet", name, letter);
        g_free(letter);
    }
}

/* Numbers of every size and all days of a year: no format writes what it does not announce. */
static void format_alphabet_has_all_that_is_written(void **state)
{
    (void)state;
    for (const char *const *name = format_names(); *name; name++) {
        GString *alphabet = g_string_new(NULL), *out = g_string_new(NULL);
        struct format format;
        double number = -123456789012345;

        assert_true(format_parse(*name, &format));
        format_alphabet(alphabet, format);
        for (int i = 0; i < 4000; i++, number = -number * 0.983) {
            const struct value value = i % 3 ? value_real(number) : value_integer((int64_t)number);

            format_value(out, format, &value);
        }
        for (int day = 0; strstr(alphabet->str, "年") && day < 366; day++) {
            char text[32];

            g_snprintf(text, sizeof(text), "2028-%02d-%02d", day / 31 + 1, day % 31 + 1);
            const struct value value = value_text(text);

            format_value(out, format, &value);
        }
        format_value(out, format, &(struct value){.type = VALUE_INTEGER, .integer = 2026});
        format_value(out, format, &(struct value){.type = VALUE_NULL, .state = STATE_EMPTY});
        assert_letters(*name, out->str, alphabet->str);
        g_string_free(alphabet, TRUE);
        g_string_free(out, TRUE);
    }
}

static void format_write_name_reads_back(void **state)
{
    static const char *const written[] = {"plain", "number(3)", "wan(2)", "yi(0)", "capital"};
    GString *out = g_string_new(NULL);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(written); i++) {
        struct format format;

        g_string_truncate(out, 0);
        assert_true(format_parse(written[i], &format));
        format_write_name(out, format);
        assert_string_equal(out->str, written[i]);
    }
    g_string_free(out, TRUE);
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
        cmocka_unit_test(format_value_scales_after_adding),
        cmocka_unit_test(format_value_writes_chinese),
        cmocka_unit_test(format_alphabet_has_all_that_is_written),
        cmocka_unit_test(format_write_name_reads_back),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
