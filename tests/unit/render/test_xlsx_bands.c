/* Rows of a sheet that are not data: heads and feet of groups, page rows; breaks, merged cells, heads
 * with diagonals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "render/xlsx_rows.h"

enum { GROUP, AMOUNT, FIELDS };

static const struct row any = {.ncell = 0};

static struct rowset *make_rows(size_t count, size_t per_group)
{
    static const char *const names[] = {"组", "金额"};
    struct rowset *rows = rowset_new(FIELDS, names);

    for (size_t i = 0; i < count; i++)
        rowset_append(rows,
                      (const struct value[]){value_integer((int64_t)(i / per_group)),
                                             value_integer((int64_t)i)});
    return rows;
}

/* The plan as letters: h and f heads and feet, d data, b blank, ( carried, s r ) the lower page rows;
 * | before a row that a page begins with. */
static char *planned(const struct grid *grid)
{
    static const char page_rows[] = {[PAGE_ROW_CARRIED] = '(',
                                     [PAGE_ROW_SUBTOTAL] = 's',
                                     [PAGE_ROW_RUNNING] = 'r',
                                     [PAGE_ROW_CARRY] = ')'};
    static const char kinds[] = {
        [SHEET_DETAIL] = 'd', [SHEET_GROUP] = 'h', [SHEET_FOOT] = 'f', [SHEET_FILL] = 'b'};
    struct sheet_rows *rows = sheet_rows_plan(grid, 0);
    GString *out = g_string_new(NULL);

    for (size_t i = 0; i < rows->count; i++) {
        const struct sheet_row *row = &rows->rows[i];

        if (row->breaks)
            g_string_append_c(out, '|');
        g_string_append_c(out, row->kind == SHEET_PAGE ? page_rows[row->level] : kinds[row->kind]);
    }
    sheet_rows_free(rows);
    return g_string_free(out, FALSE);
}

static void assert_planned(const struct grid *grid, const char *wanted)
{
    char *text = planned(grid);

    assert_string_equal(text, wanted);
    g_free(text);
}

static void rows_have_page_rows_only_with_rows_per_page(void **state)
{
    struct rowset *rows = make_rows(5, 5);
    struct grid grid = {.rows = rows, .detail = &any, .ntotal = 1, .totals = &any};

    (void)state;
    for (size_t i = 0; i < PAGE_ROWS; i++)
        grid.page_rows[i] = &any;
    assert_planned(&grid, "ddddd");
    grid.rows_per_page = 2;
    assert_planned(&grid, "ddsr)|(ddsr)|(dsr");
    grid.fill_page = true;
    assert_planned(&grid, "ddsr)|(ddsr)|(dbsr");
    grid.rows_per_page = 9; /* whole on one page: its total says it */
    grid.fill_page = false;
    assert_planned(&grid, "ddddd");
    rowset_free(rows);
}

static void rows_of_groups_begin_pages(void **state)
{
    struct rowset *rows = make_rows(5, 3);
    const struct group group = {.by = GROUP, .head = &any, .foot = &any, .page = true};
    struct grid grid = {.rows = rows, .detail = &any, .ngroup = 1, .groups = &group, .fill = 7};

    (void)state;
    assert_planned(&grid, "hdddf|hddfbb");
    rowset_free(rows);
}

static void ranges_leave_out_what_is_computed(void **state)
{
    struct rowset *rows = make_rows(6, 2);
    struct group group = {.by = GROUP, .head = &any};
    struct grid grid = {.rows = rows, .detail = &any, .ngroup = 1, .groups = &group};
    struct sheet_rows *plan = sheet_rows_plan(&grid, 10);
    char *ranges = sheet_rows_ranges(plan, 0, 6, 1);

    (void)state;
    assert_string_equal(ranges, "B12:B19"); /* heads are texts */
    g_free(ranges);
    sheet_rows_free(plan);
    group.foot = &any;
    plan = sheet_rows_plan(&grid, 10);
    ranges = sheet_rows_ranges(plan, 0, 6, 1);
    assert_string_equal(ranges, "B12:B13,B16:B17,B20:B21");
    g_free(ranges);
    ranges = sheet_rows_ranges(plan, 1, 2, 1);
    assert_string_equal(ranges, "B13,B16");
    g_free(ranges);
    sheet_rows_free(plan);
    rowset_free(rows);
}

static void ranges_too_many_for_a_formula_are_none(void **state)
{
    struct rowset *rows = make_rows(600, 1);
    const struct group group = {.by = GROUP, .foot = &any};
    const struct grid grid = {.rows = rows, .detail = &any, .ngroup = 1, .groups = &group};
    struct sheet_rows *plan = sheet_rows_plan(&grid, 0);

    (void)state;
    assert_null(sheet_rows_ranges(plan, 0, 600, 1));
    sheet_rows_free(plan);
    rowset_free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_have_page_rows_only_with_rows_per_page),
        cmocka_unit_test(rows_of_groups_begin_pages),
        cmocka_unit_test(ranges_leave_out_what_is_computed),
        cmocka_unit_test(ranges_too_many_for_a_formula_are_none),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
