/* What stands in cells: fields, counts, exact totals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "typeset/cell_text.h"

static const char *const names[] = {"姓名", "金额", "人口"};

static int setup(void **state)
{
    struct rowset *rows = rowset_new(3, names);
    const double amounts[] = {0.1, 0.2, 1234.56};
    for (size_t i = 0; i < 3; i++) {
        const struct value row[] = {value_text("李海"), value_real(amounts[i]),
                                    value_integer((int64_t)i + 2)};
        rowset_append(rows, row);
    }
    const struct value last[] = {value_null(STATE_NONE), value_null(STATE_EMPTY),
                                 value_null(STATE_EMPTY)};
    rowset_append(rows, last);
    *state = rows;
    return 0;
}

static int teardown(void **state)
{
    rowset_free(*state);
    return 0;
}

static void assert_part(const struct rowset *rows, enum row_kind kind, struct part part,
                        const char *expected)
{
    const struct cell cell = {.colspan = 1, .rowspan = 1, .npart = 1, .parts = &part};
    const bool of_row = kind == ROW_DETAIL;
    const struct row_data data = {
        .kind = kind,
        .scope = {.rows = rows, .row = of_row ? 1 : SIZE_MAX, .first = 0, .count = 4}};
    GString *out = g_string_new(NULL);
    cell_compose(out, &cell, &data);
    assert_string_equal(out->str, expected);
    g_string_free(out, TRUE);
}

static const struct format money = {FORMAT_MONEY, 2};

static void cell_of_a_row_shows_its_field(void **state)
{
    assert_part(*state, ROW_DETAIL, (struct part){.kind = PART_FIELD, .field = 0}, "李海");
    assert_part(*state, ROW_DETAIL, (struct part){.kind = PART_FIELD, .field = 1, .format = money},
                "0.20");
    assert_part(*state, ROW_DETAIL, (struct part){.kind = PART_NUMBER}, "2");
    assert_part(*state, ROW_FILL, (struct part){.kind = PART_NUMBER}, "");
    assert_part(*state, ROW_TOTAL, (struct part){.kind = PART_FIELD, .field = 0}, "");
}

static void cell_totals_are_exact(void **state)
{
    assert_part(*state, ROW_TOTAL, (struct part){.kind = PART_COUNT}, "4");
    assert_part(*state, ROW_TOTAL, (struct part){.kind = PART_SUM, .field = 1}, "1234.86");
    assert_part(*state, ROW_TOTAL, (struct part){.kind = PART_SUM, .field = 1, .format = money},
                "1,234.86");
    assert_part(*state, ROW_TOTAL, (struct part){.kind = PART_SUM, .field = 2}, "9");
    assert_part(*state, ROW_TOTAL, (struct part){.kind = PART_AVERAGE, .field = 1}, "411.62");
    assert_part(*state, ROW_TOTAL, (struct part){.kind = PART_AVERAGE, .field = 2}, "3");
    assert_part(*state, ROW_TOTAL, (struct part){.kind = PART_MIN, .field = 1}, "0.1");
    assert_part(*state, ROW_TOTAL, (struct part){.kind = PART_MAX, .field = 2}, "4");
}

static void cell_total_says_what_it_leaves_out(void **state)
{
    const struct value invalid = value_null(STATE_INVALID);
    rowset_replace(*state, 1, 1, &invalid);
    assert_part(*state, ROW_TOTAL, (struct part){.kind = PART_SUM, .field = 1, .format = money},
                "1,234.66（1项有误未计）");
}

static void cell_total_over_nothing(void **state)
{
    const struct part parts[] = {{.kind = PART_SUM, .field = 1}, {.kind = PART_MAX, .field = 1}};
    const struct cell cell = {.colspan = 1, .rowspan = 1, .npart = 2, .parts = parts};
    const struct row_data data = {
        .kind = ROW_TOTAL, .scope = {.rows = *state, .row = SIZE_MAX, .first = 0, .count = 0}};
    GString *out = g_string_new(NULL);
    cell_compose(out, &cell, &data);
    assert_string_equal(out->str, "0");
    g_string_free(out, TRUE);
}

static void cell_of_a_repeated_group_head_counts_nothing(void **state)
{
    const struct part name = {.kind = PART_FIELD, .field = 0},
                      open = {.kind = PART_LITERAL, .text = "（共"}, count = {.kind = PART_COUNT},
                      close = {.kind = PART_LITERAL, .text = "户）"};
    const struct {
        size_t npart;
        struct part parts[4];
        const char *first, *repeated;
    } cases[] = {{1, {name}, "李海", "李海（续）"},
                 {2, {open, name}, "（共李海", "（共李海（续）"},
                 {2, {count, close}, "2户）", ""},
                 {4, {name, open, count, close}, "李海（共2户）", "李海（续）"},
                 {0, {name}, "", ""}};
    struct row_data data = {.kind = ROW_GROUP,
                            .scope = {.rows = *state, .row = 0, .first = 0, .count = 2}};
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct cell cell = {.npart = cases[i].npart, .parts = cases[i].parts};
        for (int again = 0; again < 2; again++) {
            data.continued = again;
            g_string_truncate(out, 0);
            cell_compose(out, &cell, &data);
            assert_string_equal(out->str, again ? cases[i].repeated : cases[i].first);
        }
    }
    g_string_free(out, TRUE);
}

static void cell_tick_is_drawn_not_written(void **state)
{
    struct part part = {.kind = PART_FIELD, .field = 2, .format = {.kind = FORMAT_TICK}};
    const struct cell cell = {.colspan = 1, .rowspan = 1, .npart = 1, .parts = &part};
    struct row_data data = {.kind = ROW_DETAIL,
                            .scope = {.rows = *state, .row = 0, .first = 0, .count = 1}};
    assert_int_equal(cell_tick(&cell, &data), TICK_YES);
    data.scope.row = 3;
    assert_int_equal(cell_tick(&cell, &data), TICK_BLANK);
    const struct value no = value_integer(0), invalid = value_null(STATE_INVALID);
    rowset_replace(*state, 3, 2, &no);
    assert_int_equal(cell_tick(&cell, &data), TICK_NO);
    rowset_replace(*state, 3, 2, &invalid);
    assert_int_equal(cell_tick(&cell, &data), TICK_NONE); /* written （有误） */
    part.format.kind = FORMAT_YES_NO;
    assert_int_equal(cell_tick(&cell, &data), TICK_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cell_of_a_row_shows_its_field, setup, teardown),
        cmocka_unit_test_setup_teardown(cell_totals_are_exact, setup, teardown),
        cmocka_unit_test_setup_teardown(cell_total_says_what_it_leaves_out, setup, teardown),
        cmocka_unit_test_setup_teardown(cell_total_over_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(cell_of_a_repeated_group_head_counts_nothing, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(cell_tick_is_drawn_not_written, setup, teardown),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
