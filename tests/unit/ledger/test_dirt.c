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

#define HELPERS                                                                                    \
    "name: 帮扶\ntitle: 帮扶台账\nfields:\n"                                                 \
    "  - {name: 户编号, type: string, split: true}\n"                                           \
    "  - {name: 户主姓名, type: string, mask: name, split: true, show: full}\n"                \
    "  - {name: 姓名, type: string, identify: true, mask: name, show: full}\n"                   \
    "  - {name: 单位, type: string, identify: true, show: full}\n"

/* Row 29: a helper's households in one cell. */
static void dirt_households_in_one_cell_are_a_row_each(void **state)
{
    struct fixture *fixture = *state;

    use_own_schema(fixture, HELPERS);
    put(fixture, "a.csv",
        "户编号,户主姓名,姓名,单位\n01、02，03,张三、李 四，王五,赵六,县农业局\n"
        "04,钱七,孙八,镇政府\n,周九;吴十,郑一,村委会\n");
    load(fixture);
    assert_int_equal(rows(fixture, "帮扶"), 6);
    assert_cell(fixture, "帮扶", 1, "户编号", "02");
    assert_cell(fixture, "帮扶", 1, "户主姓名", "李四");
    assert_cell(fixture, "帮扶", 2, "单位", "县农业局");
    assert_cell(fixture, "帮扶", 3, "户主姓名", "钱七");
    assert_cell(fixture, "帮扶", 5, "户主姓名", "吴十");
    assert_cell(fixture, "帮扶", 5, "户编号", "-empty");
    assert_string_equal(sole_finding(fixture, FINDING_LEDGER_REPAIR_SPLIT, 2, "户编号")->args[2],
                        "（第2、4行）");
    /* the balance counts the file's rows, not those made of them */
    assert_int_equal(fixture->ledgers->files[0].rows_read, 3);
    assert_int_equal(fixture->ledgers->files[0].rows_other, 1);
}

static void dirt_households_in_one_cell_must_be_as_many_in_each(void **state)
{
    struct fixture *fixture = *state;

    use_own_schema(fixture, HELPERS);
    put(fixture, "a.csv",
        "户编号,户主姓名,姓名,单位\n01、02,张三、李四、王五,赵六,县农业局\n"
        "04,周九、吴十,孙八,镇政府\n05,钱七,孙八,镇政府\n");
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_SPLIT_UNEVEN), 2);
    assert_int_equal(nth_finding(fixture, FINDING_LEDGER_SPLIT_UNEVEN, 0)->place.line, 2);
    assert_int_equal(rows(fixture, "帮扶"), 1);
    assert_int_equal(fixture->ledgers->files[0].rows_refused, 2);
    assert_int_equal(fixture->ledgers->nlost, 2);
}

/* Row 33: what the file's name says of its rows. */
static void dirt_count_in_the_files_name_is_compared(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "6-户台账_20250902-风险未消除３户.csv",
        "户主姓名,家庭人口\n张三,3\n李四,2\n合计,5\n");
    put(fixture, "b户台账2户2025年.csv", "户主姓名,家庭人口\n王五,3\n赵六,2\n");
    put(fixture, "c-608人.csv", "户主姓名,家庭人口\n钱七,3\n"); /* households, not persons */
    put(fixture, "d人口-2人.csv", "户主,姓名,关系\n张三,张三,户主\n");
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_NAME_COUNT), 2);
    assert_string_equal(nth_finding(fixture, FINDING_LEDGER_NAME_COUNT, 0)->args[0], "3户");
    assert_string_equal(nth_finding(fixture, FINDING_LEDGER_NAME_COUNT, 0)->args[1], "2");
    assert_string_equal(nth_finding(fixture, FINDING_LEDGER_NAME_COUNT, 1)->args[0], "2人");
}

/* Row 23: a column that the system exported twice. */
static void dirt_twin_columns_are_compared_and_the_first_is_read(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "户主姓名,家庭人口,家庭人口0,耕地面积,耕地面积.1,备注0\n"
        "张三,3,3,1,1,甲\n李四,2,4,1, 1 ,乙\n王五,,5,2,,\n合计,5,,4,,\n");
    load(fixture);
    finding = sole_finding(fixture, FINDING_LEDGER_TWIN_DIFFERS, 3, "家庭人口");
    assert_string_equal(finding->args[1], "家庭人口0");
    assert_string_equal(finding->args[2], "2");
    assert_int_equal(finding->place.column, 3);
    sole_finding(fixture, FINDING_LEDGER_COLUMN_TWIN, 1, "耕地面积");
    assert_cell(fixture, "户", 1, "家庭人口", "2");
    /* a suffix without its other half is a column like any */
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_COLUMN_NEAR), 1);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_COLUMN_DOUBLED), 0);
}

#define ID_LI   "990101198001010014"
#define ID_WANG "99010119800101009X"

/* Row 25: one household under two numbers; two women of one name who are two. */
static void dirt_households_alike_are_found_by_id_then_by_name(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "组,户编号,户主姓名,户主证件号码,家庭人口\n三组,01,李四," ID_LI ",3\n三组,02,李四," ID_LI
        ",3\n三组,03,王芳," ID_WANG ",1\n三组,04,赵六,,2\n四组,05,赵六,,2\n三组,06,赵六,,2\n");
    put(fixture, "b.csv",
        "组,户编号,户主姓名,户主证件号码,家庭人口\n"
        "三组,07,王芳,990101197505050023,1\n");
    load(fixture);
    sole_finding(fixture, FINDING_LEDGER_PERSON_TWICE, 3, "a.csv:2");
    sole_finding(fixture, FINDING_LEDGER_HOUSEHOLD_ALIKE, 7, "a.csv:5");
    assert_int_equal(rows(fixture, "户"), 7);
    assert_not_shown(fixture, ID_LI);
}

/* Row 16: another way to write a part of a place's name, from the settings. */
static void dirt_variants_in_names_of_places_are_read_by_the_settings(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "设置.csv", "名称,值\n异写,噶查=嘎查、石们=石门\n");
    put(fixture, "村.csv", "乡镇,行政村,全称\n清河镇,巴音嘎查,巴音嘎查委员会\n");
    put(fixture, "a.csv",
        "行政村,组,户主姓名,家庭人口\n巴音噶查,一组,张噶查,3\n"
        "巴音嘎查,石们组,李四,2\n");
    load(fixture);
    assert_cell(fixture, "户", 0, "行政村", "巴音嘎查");
    assert_cell(fixture, "户", 1, "村民小组", "石门组");
    assert_cell(fixture, "户", 0, "户主姓名", "张噶查"); /* a person's name is his */
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_REPAIR_SYNONYM), 2);
    assert_string_equal(nth_finding(fixture, FINDING_LEDGER_REPAIR_SYNONYM, 0)->args[2],
                        "（巴音噶查 → 巴音嘎查：第2行）");
}

static void dirt_thousands_of_unknown_columns_are_counted(void **state)
{
    struct fixture *fixture = *state;
    GString *text = g_string_new("户主姓名,家庭人口");
    const char *list;

    for (int i = 1; i <= 5000; i++)
        g_string_append_printf(text, ",杂项%d号", i);
    g_string_append(text, "\n张三,3\n");
    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", text->str);
    load(fixture);
    list = sole_finding(fixture, FINDING_LEDGER_COLUMN_UNKNOWN, 1, NULL)->args[0];
    assert_true(g_str_has_prefix(list, "杂项1号、"));
    assert_true(g_str_has_suffix(list, "、杂项40号 … (5000)"));
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
        TEST(dirt_households_in_one_cell_are_a_row_each),
        TEST(dirt_households_in_one_cell_must_be_as_many_in_each),
        TEST(dirt_count_in_the_files_name_is_compared),
        TEST(dirt_twin_columns_are_compared_and_the_first_is_read),
        TEST(dirt_households_alike_are_found_by_id_then_by_name),
        TEST(dirt_variants_in_names_of_places_are_read_by_the_settings),
        TEST(dirt_thousands_of_unknown_columns_are_counted),
        TEST(dirt_separators_and_utf16_are_read_as_ledgers),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
