/* Parts of a text, filled for a row, a group, all rows. */
#include "base/part.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { GROUP, NAME, AMOUNT };

static const struct format money = {FORMAT_MONEY, 2}, whole = {FORMAT_NUMBER, 0};

static int set_up(void **state)
{
    static const char *const names[] = {"组", "名", "金额"};
    const struct value rows[][3] = {
        {value_text("一组"), value_text("李海"), value_real(1000.5)},
        {value_text("一组"), value_null(STATE_NONE), value_null(STATE_INVALID)},
        {value_text("二组"), value_text("张如意"), value_real(0.25)},
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

static void assert_part(struct part part, struct part_scope scope, const char *expected)
{
    GString *out = g_string_new(NULL);

    parts_write(out, &part, 1, &scope);
    assert_string_equal(out->str, expected);
    g_string_free(out, TRUE);
}

static void part_of_a_row_is_its_field_or_number(void **state)
{
    const struct part name = {.kind = PART_FIELD, .field = NAME}, number = {.kind = PART_NUMBER};

    assert_part(name, part_scope_row(*state, 0), "李海");
    assert_part(name, part_scope_row(*state, 1), "无");
    assert_part(number, part_scope_row(*state, 2), "3");
    assert_part((struct part){.kind = PART_FIELD, .field = AMOUNT, .format = money},
                part_scope_row(*state, 0), "1,000.50");
    assert_part(name, part_scope_all(*state), "");
    assert_part(number, part_scope_all(*state), "");
}

static void part_of_a_group_speaks_of_its_rows(void **state)
{
    const struct part sum = {.kind = PART_SUM, .field = AMOUNT, .format = money};
    const size_t keys[] = {GROUP};
    struct group_walk walk = group_walk_new(*state, keys, 1);
    struct part_scope first, second;

    assert_int_equal(group_walk_enter(&walk, 0), 0);
    first = group_walk_scope(&walk, 0);
    assert_int_equal(group_walk_leave(&walk, 0), 1);
    assert_int_equal(group_walk_enter(&walk, 1), 1);
    assert_int_equal(group_walk_leave(&walk, 1), 0);
    assert_int_equal(group_walk_enter(&walk, 2), 0);
    second = group_walk_scope(&walk, 0);

    assert_part((struct part){.kind = PART_FIELD, .field = GROUP}, second, "二组");
    assert_part((struct part){.kind = PART_COUNT}, second, "1");
    assert_part(sum, second, "0.25");
    assert_int_equal(first.count, 2);
    assert_part(sum, first, "1,000.50（1项有误未计）");
    assert_part((struct part){.kind = PART_COUNT}, part_scope_all(*state), "3");
}

static void part_average_has_the_places_of_its_format(void **state)
{
    assert_part((struct part){.kind = PART_AVERAGE, .field = AMOUNT}, part_scope_all(*state),
                "500.38（1项有误未计）");
    assert_part((struct part){.kind = PART_AVERAGE, .field = AMOUNT, .format = whole},
                part_scope_all(*state), "500（1项有误未计）");
}

static void part_value_says_what_a_total_leaves_out(void **state)
{
    const struct part_scope all = part_scope_all(*state), one = part_scope_row(*state, 1);
    const struct part most = {.kind = PART_MAX, .field = AMOUNT};
    const struct part field = {.kind = PART_FIELD, .field = AMOUNT};
    size_t uncounted;

    assert_true(part_value(&most, &all, &uncounted).real == 1000.5);
    assert_int_equal(uncounted, 1);
    assert_int_equal(part_value(&field, &one, &uncounted).state, STATE_INVALID);
    assert_int_equal(uncounted, 0);
    assert_int_equal(part_value(&field, &all, NULL).state, STATE_EMPTY);
}

static void parts_are_written_one_after_another(void **state)
{
    const struct part parts[] = {{.kind = PART_LITERAL, .text = "共"},
                                 {.kind = PART_COUNT},
                                 {.kind = PART_LITERAL, .text = "户，最少"},
                                 {.kind = PART_MIN, .field = AMOUNT},
                                 {.kind = PART_LITERAL, .text = "元"}};
    const struct part_scope all = part_scope_all(*state), nothing = part_scope_all(NULL);
    GString *out = g_string_new("：");

    parts_write(out, parts, 5, &all);
    assert_string_equal(out->str, "：共3户，最少0.25（1项有误未计）元");
    g_string_truncate(out, 0);
    parts_write(out, parts, 3, &nothing);
    assert_string_equal(out->str, "共0户，最少");
    g_string_free(out, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(part_of_a_row_is_its_field_or_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(part_of_a_group_speaks_of_its_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(part_average_has_the_places_of_its_format, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(part_value_says_what_a_total_leaves_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_are_written_one_after_another, set_up, tear_down),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("part", tests, NULL, NULL);
}
