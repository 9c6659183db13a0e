/* Working days by a year's table, and the three ways to count a period (domain.md 7.3). */
#include "base/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct date day_of(const char *iso)
{
    struct date date = {0};

    assert_true(date_parse_iso(iso, &date));
    return date;
}

static void set_days(struct calendar *calendar, const char *first, const char *last, bool works)
{
    for (int day = date_to_days(day_of(first)); day <= date_to_days(day_of(last)); day++)
        calendar_set(calendar, date_from_days(day), works);
}

/* Autumn 2025 of domain.md 7.3, and no other holiday; 2026 and its first days off. */
static int set_up(void **state)
{
    struct calendar *calendar = calendar_new();

    set_days(calendar, "2025-10-01", "2025-10-08", false);
    set_days(calendar, "2025-09-28", "2025-09-28", true);
    set_days(calendar, "2025-10-11", "2025-10-11", true);
    set_days(calendar, "2026-01-01", "2026-01-03", false);
    set_days(calendar, "2026-01-04", "2026-01-04", true);
    *state = calendar;
    return 0;
}

static int tear_down(void **state)
{
    calendar_free(*state);
    return 0;
}

static void assert_end(const struct calendar *calendar, const char *first, int days,
                       enum period_count count, const char *end)
{
    GString *iso = g_string_new(NULL);
    struct date last;
    int year = 0;

    assert_true(period_end(calendar, day_of(first), days, count, &last, &year));
    date_format_iso(iso, last);
    assert_string_equal(iso->str, end);
    g_string_free(iso, TRUE);
}

static void weekdays_are_worked_but_for_the_table(void **state)
{
    static const struct {
        const char *day;
        int works;
    } DAYS[] = {
        {"2025-09-26", 1} /* Friday */,
        {"2025-09-27", 0},
        {"2025-09-28", 1} /* Sunday, worked */,
        {"2025-10-01", 0} /* Wednesday, off */,
        {"2025-10-08", 0},
        {"2025-10-09", 1},
        {"2025-10-11", 1},
        {"2025-10-12", 0},
        {"2024-12-31", -1},
        {"2027-01-01", -1},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(DAYS); i++)
        assert_int_equal(calendar_works(*state, day_of(DAYS[i].day)), DAYS[i].works);
}

/* domain.md 7.3: seven working days posted on 28 September 2025. */
static void working_days_skip_the_holidays(void **state)
{
    assert_end(*state, "2025-09-28", 7, PERIOD_WORKING, "2025-10-14");
    assert_end(*state, "2025-09-28", 7, PERIOD_WORKING_FIRST, "2025-10-13");
    /* posted on a day off the first day is the same */
    assert_end(*state, "2025-10-04", 1, PERIOD_WORKING, "2025-10-09");
    assert_end(*state, "2025-10-04", 1, PERIOD_WORKING_FIRST, "2025-10-09");
    /* over the turn of the year: 31 Dec, 4 Jan (Sunday, worked), 5 Jan */
    assert_end(*state, "2025-12-30", 3, PERIOD_WORKING, "2026-01-05");
}

/* domain.md 7.3: 16-20 August are 5 days, 9-18 August 10; no table is needed. */
static void natural_days_include_both_ends(void **state)
{
    assert_end(*state, "2023-08-16", 5, PERIOD_NATURAL, "2023-08-20");
    assert_end(*state, "2024-08-09", 10, PERIOD_NATURAL, "2024-08-18");
    assert_end(*state, "2025-09-30", 1, PERIOD_NATURAL, "2025-09-30");
}

static void exclusive_days_roll_over_days_off(void **state)
{
    /* the first day is not counted; Wednesday 24 September */
    assert_end(*state, "2025-09-17", 7, PERIOD_ROLLED, "2025-09-24");
    /* 4 October is off until the 8th; Saturday 18 October moves to Monday */
    assert_end(*state, "2025-09-27", 7, PERIOD_ROLLED, "2025-10-09");
    assert_end(*state, "2025-10-11", 7, PERIOD_ROLLED, "2025-10-20");
    /* a Sunday that is worked stays */
    assert_end(*state, "2025-09-21", 7, PERIOD_ROLLED, "2025-09-28");
    assert_end(*state, "2025-12-25", 7, PERIOD_ROLLED, "2026-01-04");
}

static void a_year_without_a_table_is_refused(void **state)
{
    struct date last;
    int year = 0;

    assert_false(period_end(*state, day_of("2024-12-20"), 3, PERIOD_WORKING, &last, &year));
    assert_int_equal(year, 2024);
    assert_false(period_end(*state, day_of("2026-12-29"), 5, PERIOD_WORKING, &last, &year));
    assert_int_equal(year, 2027);
    assert_false(period_end(*state, day_of("2026-12-29"), 5, PERIOD_ROLLED, &last, &year));
    assert_int_equal(year, 2027);
    assert_false(period_end(*state, day_of("2199-12-30"), 5, PERIOD_WORKING, &last, &year));
}

static void a_spoilt_table_is_none(void **state)
{
    struct date last;
    int year = 0;

    calendar_spoil(*state, 2025);
    calendar_set(*state, day_of("2025-12-30"), true);
    assert_false(period_end(*state, day_of("2025-09-28"), 7, PERIOD_WORKING, &last, &year));
    assert_int_equal(year, 2025);
    assert_end(*state, "2026-01-05", 1, PERIOD_WORKING, "2026-01-06");
    calendar_spoil(*state, 0);
    assert_int_equal(calendar_works(*state, day_of("2026-01-06")), -1);
}

static void working_days_are_counted_with_both_ends(void **state)
{
    int year = 0;

    assert_int_equal(
        calendar_working_days(*state, day_of("2025-09-28"), day_of("2025-10-13"), &year), 7);
    assert_int_equal(
        calendar_working_days(*state, day_of("2025-10-09"), day_of("2025-10-09"), &year), 1);
    assert_int_equal(
        calendar_working_days(*state, day_of("2025-10-10"), day_of("2025-10-09"), &year), 0);
    assert_int_equal(
        calendar_working_days(*state, day_of("2025-12-31"), day_of("2028-01-01"), &year), -1);
    assert_int_equal(year, 2027);
}

/* A period of n working days ends where n working days have passed, whatever its first day. */
static void ends_and_counts_agree(void **state)
{
    const int start = date_to_days(day_of("2025-08-01"));

    for (int day = start; day < start + 200; day++) {
        for (int n = 1; n < 40; n += 6) {
            struct date last;
            int year;

            assert_true(
                period_end(*state, date_from_days(day), n, PERIOD_WORKING_FIRST, &last, &year));
            assert_int_equal(calendar_works(*state, last), 1);
            assert_int_equal(calendar_working_days(*state, date_from_days(day), last, &year), n);
            assert_true(period_end(*state, date_from_days(day), n, PERIOD_WORKING, &last, &year));
            assert_int_equal(calendar_working_days(*state, date_from_days(day + 1), last, &year),
                             n);
        }
    }
}

static void ways_of_counting_have_names(void **state)
{
    enum period_count count;
    GString *text = g_string_new(NULL);

    (void)state;
    assert_true(period_parse("自然日", &count) && count == PERIOD_NATURAL);
    assert_true(period_parse(" 含首尾自然日", &count) && count == PERIOD_NATURAL);
    assert_true(period_parse("不含首日", &count) && count == PERIOD_ROLLED);
    assert_true(period_parse("工作日", &count) && count == PERIOD_WORKING);
    assert_true(period_parse("含首日工作日", &count) && count == PERIOD_WORKING_FIRST);
    assert_false(period_parse("农历", &count));
    period_write(text, 7, PERIOD_WORKING_FIRST);
    assert_string_equal(text->str, "7个工作日（含张贴当天）");
    g_string_free(text, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(weekdays_are_worked_but_for_the_table, set_up, tear_down),
        cmocka_unit_test_setup_teardown(working_days_skip_the_holidays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(natural_days_include_both_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(exclusive_days_roll_over_days_off, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_year_without_a_table_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_spoilt_table_is_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(working_days_are_counted_with_both_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ends_and_counts_agree, set_up, tear_down),
        cmocka_unit_test(ways_of_counting_have_names),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
