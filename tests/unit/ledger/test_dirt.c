/* Tests of the kinds of dirt that show only in whole files: domain.md section 5, row by row. */
#include "ledger/ledger_fixture.h"

/* Row 31: 1户4人 became 1  4 人. */
static void dirt_total_of_two_numbers_is_not_compared(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主姓名,家庭人口,年收入\n张三,4,1\n合计,1  4 人,1\n");
    load(fixture);
    sole_finding(fixture, FINDING_LEDGER_TOTAL_UNREAD, 3, "家庭人口");
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_TOTAL_DIFFERS), 0);
}

/* Row 34: a semicolon or a tab for the comma, in any encoding. */
static void dirt_separators_and_utf16_are_read_as_ledgers(void **state)
{
    static const char text[] = "户主姓名\t家庭人口\t备注\n李四\t2\t甲,乙\n";
    struct fixture *fixture = *state;
    gsize size;
    char *words = g_convert(text, -1, "UTF-16", "UTF-8", NULL, &size, NULL); /* with its BOM */

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主姓名;家庭人口;年收入\n张三;4;1,000.50\n");
    put_bytes(fixture->input, "b.csv", words, size);
    g_free(words);
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_CSV_SEPARATOR), 2);
    assert_int_equal(rows(fixture, "户"), 2);
    assert_cell(fixture, "户", 0, "年收入", "1000.5");
    assert_cell(fixture, "户", 1, "备注", "甲,乙");
    assert_string_equal(fixture->ledgers->files[1].encoding, "UTF-16");
}

/* Another schema of households: an old ID may be converted, several be named in a cell. */
static void use_own_schema(struct fixture *fixture, const char *text)
{
    char *folder = g_build_filename(fixture->folder, "own", NULL);

    put_bytes(folder, "a.yaml", text, strlen(text));
    use_schemas(fixture, folder);
    g_free(folder);
}

/* Row 5: an ID of 15 digits, where the schema says that it may be made 18. */
static void dirt_old_ids_are_converted_and_marked(void **state)
{
    struct fixture *fixture = *state;

    use_own_schema(fixture, "name: 户\ntitle: 户台账\nfields:\n"
                            "  - {name: 户主, type: string, identify: true, mask: name}\n"
                            "  - {name: 证件号码, type: idcard, identify: true, mask: id,"
                            " old_id: convert}\n");
    put(fixture, "a.csv", "户主,证件号码\n张三,990101800101001\n李四,990101198001010014\n");
    load(fixture);
    sole_finding(fixture, FINDING_LEDGER_REPAIR_OLD_ID, 2, "证件号码");
    assert_cell(fixture, "户", 0, "证件号码", "990101198001010014");
    assert_not_shown(fixture, "99010180");
    assert_not_shown(fixture, "99010119");
}

/* Every repair is listed with its line, what was changed into what where anybody may see it. */
static void dirt_repairs_are_listed_each_with_its_line(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "户主姓名,家庭人口,户主证件号码\n张三,3人,'990101198001010014\n李四,3人,\n王五,3人,\n"
        "赵六,2,\n钱七,3人,\n孙八,5口,'99010119800101009X\n");
    load(fixture);
    finding = sole_finding(fixture, FINDING_LEDGER_REPAIR_UNIT, 2, "家庭人口");
    assert_string_equal(finding->args[1], "5");
    assert_string_equal(finding->args[2], "（3人 → 3：第2-4、6行；5口 → 5：第7行）");
    assert_string_equal(finding->args[3], " (3人 → 3: lines 2-4, 6; 5口 → 5: lines 7)");
    finding = sole_finding(fixture, FINDING_LEDGER_REPAIR_PREFIX, 2, "户主证件号码");
    assert_string_equal(finding->args[2], "（第2、7行）");
}

/* As many changes and lines as a clerk can read, and no more. */
static void dirt_lists_of_repairs_are_bounded(void **state)
{
    struct fixture *fixture = *state;
    GString *text = g_string_new("户主姓名,家庭人口,耕地面积\n");
    const char *list;

    for (int i = 0; i < 400; i++)
        g_string_append_printf(text, "户主,%d,%d%s\n", i % 50, i, i % 2 ? "亩" : "");
    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", text->str);
    load(fixture);
    list = sole_finding(fixture, FINDING_LEDGER_REPAIR_UNIT, 3, "耕地面积")->args[2];
    assert_non_null(strstr(list, "39亩 → 39：第41行；第43、45、"));
    assert_null(strstr(list, "41亩"));
    assert_true(g_str_has_suffix(list, "行等）"));
    g_string_free(text, TRUE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(dirt_total_of_two_numbers_is_not_compared),
        TEST(dirt_old_ids_are_converted_and_marked),
        TEST(dirt_repairs_are_listed_each_with_its_line),
        TEST(dirt_lists_of_repairs_are_bounded),
        TEST(dirt_separators_and_utf16_are_read_as_ledgers),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
