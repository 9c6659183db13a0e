/* Column widths: they add up, keep their bounds, and share room and want as declared. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>

#include "typeset/columns.h"

static mpt sum(const mpt *widths, size_t count)
{
    mpt total = 0;
    for (size_t i = 0; i < count; i++)
        total += widths[i];
    return total;
}

static void columns_keep_fixed_widths(void **state)
{
    (void)state;
    const struct column_want wants[] = {
        {.fixed = 100}, {.natural = 50, .unit = 50}, {.natural = 70, .unit = 20, .weight = 1}};
    mpt widths[3];
    assert_int_equal(columns_solve(wants, 3, NULL, 0, 1000, widths), 0);
    assert_int_equal(widths[0], 100);
    assert_int_equal(widths[1], 50);
    assert_int_equal(widths[2], 850);
}

static void columns_share_left_over_by_weight(void **state)
{
    (void)state;
    const struct column_want wants[] = {
        {.natural = 100, .weight = 1}, {.natural = 100, .weight = 3}, {.natural = 100}};
    mpt widths[3];
    assert_int_equal(columns_solve(wants, 3, NULL, 0, 700, widths), 0);
    assert_int_equal(widths[0], 200);
    assert_int_equal(widths[1], 400);
    assert_int_equal(widths[2], 100);
}

static void columns_share_left_over_by_content_without_weights(void **state)
{
    (void)state;
    const struct column_want wants[] = {{.natural = 100}, {.natural = 300}};
    mpt widths[2];
    assert_int_equal(columns_solve(wants, 2, NULL, 0, 801, widths), 0);
    assert_int_equal(sum(widths, 2), 801);
    assert_in_range(widths[0], 199, 202);
}

static void columns_take_from_the_widest(void **state)
{
    (void)state;
    const struct column_want wants[] = {{.natural = 30, .unit = 10},
                                        {.natural = 70, .unit = 40},
                                        {.natural = 500, .unit = 40},
                                        {.natural = 400, .unit = 40}};
    mpt widths[4];
    assert_int_equal(columns_solve(wants, 4, NULL, 0, 401, widths), 0);
    assert_int_equal(widths[0], 30);
    assert_int_equal(widths[1], 70);
    assert_int_equal(sum(widths, 4), 401);
    assert_in_range(widths[2], 150, 151);
    assert_in_range(widths[3], 150, 151);
}

static void columns_take_from_the_weighted_first(void **state)
{
    (void)state;
    const struct column_want wants[] = {{.natural = 500, .unit = 100},
                                        {.natural = 200, .unit = 50, .weight = 1}};
    mpt widths[2];
    assert_int_equal(columns_solve(wants, 2, NULL, 0, 600, widths), 0);
    assert_int_equal(widths[0], 500);
    assert_int_equal(widths[1], 100);
    assert_int_equal(columns_solve(wants, 2, NULL, 0, 400, widths), 0);
    assert_int_equal(widths[0], 350);
    assert_int_equal(widths[1], 50);
}

static void columns_keep_bounds(void **state)
{
    (void)state;
    const struct column_want wants[] = {{.natural = 20, .least = 80, .weight = 1},
                                        {.natural = 300, .most = 120, .weight = 1},
                                        {.natural = 50, .weight = 1}};
    mpt widths[3];
    assert_int_equal(columns_solve(wants, 3, NULL, 0, 900, widths), 0);
    assert_true(widths[0] >= 80);
    assert_int_equal(widths[1], 120);
    assert_int_equal(sum(widths, 3), 900);
    /* Content that cannot be broken goes before most. */
    const struct column_want hard[] = {{.natural = 300, .unit = 200, .most = 120}, {.natural = 50}};
    assert_int_equal(columns_solve(hard, 2, NULL, 0, 300, widths), 0);
    assert_int_equal(widths[0], 200);
}

static void columns_widen_for_a_cell_over_several(void **state)
{
    (void)state;
    const struct column_want wants[] = {
        {.natural = 50, .unit = 50}, {.natural = 50, .unit = 50}, {.natural = 400, .unit = 50}};
    const struct span_want span = {0, 2, 180, 200};
    mpt widths[3];
    assert_int_equal(columns_solve(wants, 3, &span, 1, 500, widths), 0);
    assert_true(widths[0] + widths[1] >= 180);
    assert_int_equal(sum(widths, 3), 500);
    assert_int_equal(widths[0], widths[1]);
}

static void columns_fail_when_too_wide(void **state)
{
    (void)state;
    const struct column_want wants[] = {{.fixed = 300}, {.unit = 201}};
    mpt widths[2];
    assert_int_equal(columns_solve(wants, 2, NULL, 0, 500, widths), -1);
    assert_int_equal(columns_solve(wants, 2, NULL, 0, 501, widths), 0);
}

static void columns_all_fixed_fill_the_grid(void **state)
{
    (void)state;
    const struct column_want wants[] = {{.fixed = 100}, {.fixed = 200}};
    mpt widths[2];
    assert_int_equal(columns_solve(wants, 2, NULL, 0, 450, widths), 0);
    assert_int_equal(sum(widths, 2), 450);
}

static void columns_add_up_whatever_they_hold(void **state)
{
    (void)state;
    uint32_t seed = 2026;
    for (int round = 0; round < 2000; round++) {
        struct column_want wants[8] = {{0}};
        mpt widths[8], least = 0;
        for (size_t i = 0; i < 8; i++) {
            seed = seed * 1664525 + 1013904223;
            wants[i].unit = (mpt)(seed >> 8) % 40000;
            wants[i].natural = wants[i].unit + (mpt)(seed >> 16) % 65536;
            wants[i].weight = (int)(seed >> 28) % 3;
            if (seed % 5 == 0)
                wants[i].fixed = (mpt)(seed >> 12) % 30000 + 1;
            least += wants[i].fixed ? wants[i].fixed : wants[i].unit;
        }
        mpt total = least + (mpt)(seed >> 10) % 300000;
        assert_int_equal(columns_solve(wants, 8, NULL, 0, total, widths), 0);
        assert_int_equal(sum(widths, 8), total);
        for (size_t i = 0; i < 8; i++)
            assert_true(widths[i] >= (wants[i].fixed ? wants[i].fixed : wants[i].unit));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_keep_fixed_widths),
        cmocka_unit_test(columns_share_left_over_by_weight),
        cmocka_unit_test(columns_share_left_over_by_content_without_weights),
        cmocka_unit_test(columns_take_from_the_widest),
        cmocka_unit_test(columns_take_from_the_weighted_first),
        cmocka_unit_test(columns_keep_bounds),
        cmocka_unit_test(columns_widen_for_a_cell_over_several),
        cmocka_unit_test(columns_fail_when_too_wide),
        cmocka_unit_test(columns_all_fixed_fill_the_grid),
        cmocka_unit_test(columns_add_up_whatever_they_hold),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
