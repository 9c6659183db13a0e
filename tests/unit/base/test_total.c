/* Totals over rows: exact, of the right type, and open about what they leave out. */
#include "base/total.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { AMOUNT, PEOPLE, MIXED };

static int set_up(void **state)
{
    static const char *const names[] = {"金额", "人口", "杂"};
    const struct value rows[][3] = {
        {value_real(0.1), value_integer(4), value_integer(2)},
        {value_real(0.2), value_integer(-3), value_real(2.5)},
        {value_null(STATE_EMPTY), value_null(STATE_NONE), value_text("约3")},
        {value_real(1234.56), value_integer(1), value_null(STATE_INVALID)},
        {value_null(STATE_SUPPRESSED), value_integer(2), value_real(1e300)},
    };
    struct rowset *set = rowset_new(3, names);

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        rowset_append(set, rows[i]);
    *state = set;
    return 0;
}

static int tear_down(void **state)
{
    rowset_free(*state);
    return 0;
}

static void assert_total(const struct rowset *rows, size_t column, size_t first, size_t count,
                         enum total_kind kind, struct value expected, size_t uncounted)
{
    const struct total total = total_of_rows(rows, column, first, count, kind, 2);

    assert_int_equal(total.value.type, expected.type);
    assert_true(value_equal(&total.value, &expected));
    assert_int_equal(total.uncounted, uncounted);
}

static void total_of_decimals_is_exact(void **state)
{
    assert_total(*state, AMOUNT, 0, 2, TOTAL_SUM, value_real(0.3), 0);
    assert_total(*state, AMOUNT, 0, 5, TOTAL_SUM, value_real(1234.86), 0);
    assert_total(*state, AMOUNT, 0, 5, TOTAL_MIN, value_real(0.1), 0);
    assert_total(*state, AMOUNT, 0, 5, TOTAL_MAX, value_real(1234.56), 0);
}

static void total_of_integers_is_an_integer(void **state)
{
    assert_total(*state, PEOPLE, 0, 5, TOTAL_SUM, value_integer(4), 0);
    assert_total(*state, PEOPLE, 0, 5, TOTAL_MIN, value_integer(-3), 0);
    assert_total(*state, PEOPLE, 0, 5, TOTAL_MAX, value_integer(4), 0);
    assert_total(*state, PEOPLE, 0, 5, TOTAL_AVERAGE, value_real(1), 0);
    assert_total(*state, MIXED, 0, 2, TOTAL_SUM, value_real(4.5), 0);
    assert_total(*state, MIXED, 0, 2, TOTAL_MIN, value_real(2), 0);
}

static void total_average_is_rounded_half_up_once(void **state)
{
    assert_total(*state, AMOUNT, 0, 2, TOTAL_AVERAGE, value_real(0.15), 0);
    assert_true(total_of_rows(*state, AMOUNT, 0, 2, TOTAL_AVERAGE, 1).value.real == 0.2);
    assert_true(total_of_rows(*state, MIXED, 0, 2, TOTAL_AVERAGE, 0).value.real == 2);
    assert_total(*state, AMOUNT, 0, 5, TOTAL_AVERAGE, value_real(411.62), 0);
}

static void total_runs_over_its_rows_only(void **state)
{
    assert_total(*state, PEOPLE, 1, 1, TOTAL_SUM, value_integer(-3), 0);
    assert_total(*state, PEOPLE, 3, 2, TOTAL_SUM, value_integer(3), 0);
}

static void total_counts_what_it_leaves_out(void **state)
{
    /* a text, an invalid field, a number no decimal can hold; NULLs of other kinds are not missed */
    assert_total(*state, MIXED, 0, 5, TOTAL_SUM, value_real(4.5), 3);
    assert_total(*state, MIXED, 0, 5, TOTAL_MAX, value_real(2.5), 3);
    assert_total(*state, MIXED, 3, 1, TOTAL_SUM, value_integer(0), 1);
}

static void total_of_nothing(void **state)
{
    assert_total(*state, AMOUNT, 2, 1, TOTAL_SUM, value_integer(0), 0);
    assert_total(*state, AMOUNT, 0, 0, TOTAL_SUM, value_integer(0), 0);
    assert_total(*state, AMOUNT, 2, 1, TOTAL_AVERAGE, value_null(STATE_EMPTY), 0);
    assert_total(*state, AMOUNT, 2, 1, TOTAL_MIN, value_null(STATE_EMPTY), 0);
    assert_total(*state, AMOUNT, 2, 1, TOTAL_MAX, value_null(STATE_EMPTY), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(total_of_decimals_is_exact, set_up, tear_down),
        cmocka_unit_test_setup_teardown(total_of_integers_is_an_integer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(total_average_is_rounded_half_up_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(total_runs_over_its_rows_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(total_counts_what_it_leaves_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(total_of_nothing, set_up, tear_down),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("total", tests, NULL, NULL);
}
