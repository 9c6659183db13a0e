/* Writing CSV. */
#include "base/csv_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

static void assert_written(const struct value *values, bool for_excel, const char *expected)
{
    static const char *const names[] = {"姓名", "=数", "备注"};
    struct rowset *rows = rowset_new(3, names);
    char text[512] = "";
    FILE *stream = tmpfile();

    assert_non_null(stream);
    rowset_append(rows, values);
    csv_write(stream, rows, for_excel);
    rewind(stream);
    assert_true(fread(text, 1, sizeof text - 1, stream) > 0);
    assert_string_equal(text, expected);
    fclose(stream);
    rowset_free(rows);
}

static void csv_write_keeps_every_byte(void **state)
{
    const struct value values[] = {value_text("=张,\"三\"\n"), value_real(-5.1),
                                   value_null(STATE_NONE)};

    (void)state;
    assert_written(values, false, "\xEF\xBB\xBF姓名,=数,备注\r\n\"=张,\"\"三\"\"\n\",-5.1,无\r\n");
}

static void csv_write_guards_texts_for_a_spreadsheet(void **state)
{
    const struct value values[] = {value_text("=1+1"), value_integer(-5), value_text("@a,b")};
    const struct value others[] = {value_text("-张"), value_null(STATE_EMPTY),
                                   value_text("张=+-@")};

    (void)state;
    assert_written(values, true, "\xEF\xBB\xBF姓名,'=数,备注\r\n'=1+1,-5,\"'@a,b\"\r\n");
    assert_written(others, true, "\xEF\xBB\xBF姓名,'=数,备注\r\n'-张,,张=+-@\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_write_keeps_every_byte),
        cmocka_unit_test(csv_write_guards_texts_for_a_spreadsheet),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
