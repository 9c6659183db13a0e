/* Tests of writing cells of CSV files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/csv_text.h"

static void assert_cell(const char *text, bool for_excel, const char *expected)
{
    GString *out = g_string_new(NULL);
    csv_text_append(out, text, for_excel);
    assert_string_equal(out->str, expected);
    g_string_free(out, TRUE);
}

static void csv_text_is_quoted_where_it_must_be(void **state)
{
    (void)state;
    assert_cell("张三", false, "张三");
    assert_cell("甲,乙", false, "\"甲,乙\"");
    assert_cell("说\"行\"", false, "\"说\"\"行\"\"\"");
    assert_cell("一\r\n二", false, "\"一\r\n二\"");
    assert_cell("", false, "");
    assert_cell(NULL, true, "");
}

/* domain.md 5 row 36: true to the byte, unless it is for a spreadsheet to open. */
static void csv_text_disarms_formulas_for_spreadsheets_only(void **state)
{
    static const char *const formulas[] = {"=1+1", "+8613", "-5", "@SUM(A1)", "\t=1"};
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(formulas); i++) {
        char *disarmed = g_strconcat("'", formulas[i], NULL);
        assert_cell(formulas[i], false, formulas[i]);
        assert_cell(formulas[i], true, disarmed);
        g_free(disarmed);
    }
    assert_cell("=A1,B1", true, "\"'=A1,B1\"");
    assert_cell("a=1", true, "a=1");
    assert_cell("－5", true, "－5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_text_is_quoted_where_it_must_be),
        cmocka_unit_test(csv_text_disarms_formulas_for_spreadsheets_only),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
