/* Values and row sets: what goes in comes out, however many rows there are. */
#include "base/value.h"

#include <glib.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void value_null_keeps_its_reason(void **state)
{
    const enum value_state reasons[] = {STATE_EMPTY, STATE_NONE, STATE_INVALID, STATE_SUPPRESSED};
    const char *const names[] = {"备注"};
    struct rowset *rows = rowset_new(1, names);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++) {
        const struct value value = value_null(reasons[i]);

        rowset_append(rows, &value);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++) {
        const struct value value = rowset_at(rows, i, 0);

        assert_int_equal(value.type, VALUE_NULL);
        assert_int_equal(value.state, reasons[i]);
        assert_null(value.text);
    }
    rowset_free(rows);
}

static void value_equal_compares_type_and_content(void **state)
{
    const struct value values[] = {
        value_null(STATE_EMPTY), value_null(STATE_NONE), value_integer(1), value_integer(-1),
        value_real(1),           value_real(1.5),        value_text("1"),  value_text(""),
        value_text("张三"),      value_text("张"),
    };
    char copy[] = "张三";
    const struct value again = value_text(copy);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        for (size_t j = 0; j < G_N_ELEMENTS(values); j++)
            assert_int_equal(value_equal(&values[i], &values[j]), i == j);
    }
    assert_true(value_equal(&again, &values[8]));
}

/* A value that row and column determine, of every type. */
static struct value sample(size_t row, size_t column, char text[32])
{
    switch ((row * 7 + column) % 5) {
    case 0:
        return value_null((enum value_state)(1 + row % 4));
    case 1:
        return value_integer((int64_t)row * -1000003 + (int64_t)column);
    case 2:
        return value_real((double)row / 3);
    case 3:
        g_snprintf(text, 32, "户%zu", row % 97);
        return value_text(text);
    default:
        g_snprintf(text, 32, "备注 %zu-%zu", row, column);
        return value_text(text);
    }
}

static void rowset_gives_back_what_was_appended(void **state)
{
    enum { ROWS = 20000, COLUMNS = 9 };
    const char *const names[COLUMNS] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    struct rowset *rows = rowset_new(COLUMNS, names);
    char texts[COLUMNS][32];

    (void)state;
    for (size_t i = 0; i < ROWS; i++) {
        struct value row[COLUMNS];

        for (size_t j = 0; j < COLUMNS; j++)
            row[j] = sample(i, j, texts[j]);
        rowset_append(rows, row);
        assert_int_equal(rowset_rows(rows), i + 1);
    }
    for (size_t i = 0; i < ROWS; i++) {
        for (size_t j = 0; j < COLUMNS; j++) {
            const struct value expected = sample(i, j, texts[j]), value = rowset_at(rows, i, j);

            assert_true(value_equal(&value, &expected));
        }
    }
    rowset_free(rows);
}

static void rowset_keeps_extremes(void **state)
{
    const char *const names[] = {"x"};
    const struct value values[] = {value_integer(INT64_MIN), value_integer(INT64_MAX),
                                   value_real(-0.0),         value_real(INFINITY),
                                   value_real(5e-324),       value_text("")};
    struct rowset *rows = rowset_new(1, names);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
        rowset_append(rows, &values[i]);
    assert_true(rowset_at(rows, 0, 0).integer == INT64_MIN);
    assert_true(rowset_at(rows, 1, 0).integer == INT64_MAX);
    assert_true(signbit(rowset_at(rows, 2, 0).real));
    assert_true(isinf(rowset_at(rows, 3, 0).real));
    assert_true(rowset_at(rows, 4, 0).real == 5e-324);
    assert_string_equal(rowset_at(rows, 5, 0).text, "");
    rowset_free(rows);
}

static void rowset_stores_a_text_once_and_lends_it_for_good(void **state)
{
    const char *const names[] = {"行政村"};
    struct rowset *rows = rowset_new(1, names);
    const struct value village = value_text("石门村");
    char text[] = "石门村的头三个字";
    struct value start = {.type = VALUE_TEXT, .text = text, .length = strlen("石门村")};
    const char *lent;

    (void)state;
    rowset_append(rows, &village);
    lent = rowset_at(rows, 0, 0).text;
    for (int i = 0; i < 10000; i++) {
        char other[32];
        struct value value;

        g_snprintf(other, sizeof other, "村%d", i);
        value = value_text(other);
        rowset_append(rows, &value);
        rowset_append(rows, &village);
    }
    rowset_append(rows, &start); /* length counts, not the NUL */
    assert_ptr_equal(rowset_at(rows, 20000, 0).text, lent);
    assert_ptr_equal(rowset_at(rows, 20001, 0).text, lent);
    assert_string_equal(lent, "石门村");
    assert_int_equal(rowset_at(rows, 20000, 0).length, strlen("石门村"));
    rowset_free(rows);
}

static void rowset_replace_changes_one_value(void **state)
{
    const char *const names[] = {"a", "b"};
    struct rowset *rows = rowset_new(2, names);

    (void)state;
    for (int i = 0; i < 100; i++)
        rowset_append(rows, (const struct value[]){value_integer(i), value_null(STATE_EMPTY)});
    rowset_replace(rows, 70, 1,
                   &(const struct value){.type = VALUE_TEXT, .text = "是", .length = 3});
    rowset_replace(rows, 70, 0, &(const struct value){.type = VALUE_NULL, .state = STATE_INVALID});
    assert_string_equal(rowset_at(rows, 70, 1).text, "是");
    assert_int_equal(rowset_at(rows, 70, 0).state, STATE_INVALID);
    assert_int_equal(rowset_at(rows, 69, 0).integer, 69);
    assert_int_equal(rowset_at(rows, 71, 0).integer, 71);
    assert_int_equal(rowset_at(rows, 71, 1).type, VALUE_NULL);
    rowset_free(rows);
}

static void rowset_finds_columns_by_name(void **state)
{
    char first[] = "户主姓名";
    const char *const names[] = {first, "金额"};
    struct rowset *rows = rowset_new(2, names);

    (void)state;
    first[0] = '?'; /* names are copied */
    assert_int_equal(rowset_columns(rows), 2);
    assert_int_equal(rowset_rows(rows), 0);
    assert_string_equal(rowset_name(rows, 0), "户主姓名");
    assert_int_equal(rowset_find(rows, "金额"), 1);
    assert_true(rowset_find(rows, "金") == SIZE_MAX);
    rowset_free(rows);
    rowset_free(NULL);
}

static void rowset_may_have_no_columns(void **state)
{
    struct rowset *rows = rowset_new(0, NULL);

    (void)state;
    for (int i = 0; i < 200; i++)
        rowset_append(rows, NULL);
    assert_int_equal(rowset_rows(rows), 200);
    assert_true(rowset_find(rows, "") == SIZE_MAX);
    rowset_free(rows);
}

static void rowset_same_compares_what_is_asked_for(void **state)
{
    const char *const names[] = {"a", "b", "c"};
    struct rowset *rows = rowset_new(3, names);
    char text[] = "张三";
    const struct value list[][3] = {
        {value_text("张三"), value_real(1.5), value_integer(1)},
        {value_text(text), value_real(1.5), value_integer(2)},
        {value_text("张"), value_real(1.5), value_integer(1)},
        {value_text("张三"), value_null(STATE_EMPTY), value_integer(1)},
        {value_text("张三"), value_null(STATE_NONE), value_integer(1)},
        {value_text("张三"), value_real(0), value_integer(1)},
        {value_text("张三"), value_integer(0), value_integer(1)},
        {value_text("张三"), value_real(-0.0), value_integer(1)},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(list); i++)
        rowset_append(rows, list[i]);
    for (size_t a = 0; a < G_N_ELEMENTS(list); a++) {
        for (size_t b = 0; b < G_N_ELEMENTS(list); b++) {
            const bool same = a == b || a + b == 1; /* the first two differ in the third only */

            assert_int_equal(rowset_same(rows, a, b, 2), same);
            assert_int_equal(rowset_hash(rows, a, 2) == rowset_hash(rows, b, 2), same);
            assert_int_equal(rowset_same(rows, a, b, 3), a == b);
        }
    }
    rowset_free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(value_null_keeps_its_reason),
        cmocka_unit_test(value_equal_compares_type_and_content),
        cmocka_unit_test(rowset_gives_back_what_was_appended),
        cmocka_unit_test(rowset_keeps_extremes),
        cmocka_unit_test(rowset_stores_a_text_once_and_lends_it_for_good),
        cmocka_unit_test(rowset_replace_changes_one_value),
        cmocka_unit_test(rowset_finds_columns_by_name),
        cmocka_unit_test(rowset_may_have_no_columns),
        cmocka_unit_test(rowset_same_compares_what_is_asked_for),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
