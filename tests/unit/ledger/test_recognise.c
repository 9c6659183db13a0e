/* Tests of recognising files: heads, aliases, units, nearest ledgers, titles. */
#include "ledger/ledger_fixture.h"

static const struct ledger_file *file_at(const struct fixture *fixture, const char *path)
{
    for (size_t i = 0; i < fixture->ledgers->nfile; i++) {
        if (strcmp(fixture->ledgers->files[i].path, path) == 0)
            return &fixture->ledgers->files[i];
    }
    return NULL;
}

static void recognise_says_what_it_found(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "序号,户主,人数,联系人\n1,张三,3,李四\n");
    load(fixture);
    assert_string_equal(file_at(fixture, "a.csv")->ledger, "户");
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_RECOGNISED), 2);
    finding = nth_finding(fixture, FINDING_LEDGER_RECOGNISED, 0);
    assert_string_equal(finding->place.file, "a.csv");
    assert_string_equal(finding->args[0], "户台账");
    assert_string_equal(finding->args[1], "2"); /* 序号 is not counted */
    assert_string_equal(finding->args[2], "3");
    assert_string_equal(finding->args[3], "UTF-8");
    sole_finding(fixture, FINDING_LEDGER_COLUMN_UNKNOWN, 1, "联系人");
    assert_int_equal(findings_exit(fixture->findings), 0);
}

static void recognise_matches_brackets_spaces_and_aliases(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", " 户 主 ,人数（人）,耕地面积(亩)\n张三,3,2.5\n");
    load(fixture);
    assert_cell(fixture, "户", 0, "户主姓名", "张三");
    assert_cell(fixture, "户", 0, "家庭人口", "3");
    assert_cell(fixture, "户", 0, "耕地面积", "2.5");
}

static void recognise_does_not_take_a_qualified_name(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主,人数,身份证号（配偶）\n张三,3,990101198512300224\n");
    load(fixture);
    assert_cell(fixture, "户", 0, "户主证件号码", "-empty");
}

static void recognise_finds_the_head_below_titles(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "石门村户主名册,,\n填报单位：村委会,,单位：亩\n\n户主姓名,家庭人口,耕地面积\n张三,3,2\n");
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 1);
    assert_int_equal(ledger(fixture, "户")->origins[0].line, 5);
    assert_int_equal(file_at(fixture, "a.csv")->rows_other, 4);
}

static void recognise_reads_two_row_heads(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户主姓名,家庭人口\n张三,3\n");
    put(fixture, "a.csv",
        "2025年衔接资金,,,,\n户主,项目名称,资金来源（万元）,,备考\n,,中央,省级,\n张三,养羊,1.5,0.2,"
        "\n");
    load(fixture);
    assert_string_equal(file_at(fixture, "a.csv")->ledger, "措施");
    assert_cell(fixture, "措施", 0, "金额", "15000");
    assert_cell(fixture, "措施", 0, "省级资金", "2000");
    assert_int_equal(file_at(fixture, "a.csv")->rows_other, 3);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_REPAIR_SCALED), 2);
}

static void recognise_converts_by_the_title_unit(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户主姓名,家庭人口\n张三,3\n");
    put(fixture, "a.csv",
        "资金表,,,单位：万元\n户主,项目名称,金额,省级资金（元）\n张三,养羊,1.5,300\n");
    load(fixture);
    assert_cell(fixture, "措施", 0, "金额", "15000");
    assert_cell(fixture, "措施", 0, "省级资金", "300");
}

static void recognise_refuses_a_foreign_unit(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主姓名,家庭人口,耕地面积(公顷)\n张三,3,2\n李四,2,\n");
    load(fixture);
    assert_string_equal(sole_finding(fixture, FINDING_LEDGER_UNIT, 1, "公顷")->args[1], "亩");
    assert_cell(fixture, "户", 0, "耕地面积", "-invalid");
    assert_cell(fixture, "户", 1, "耕地面积", "-empty");
    assert_int_equal(invalid_cells(fixture, "户", 0, "耕地面积"), 1);
}

static void recognise_reports_doubled_columns(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主姓名,家庭人口,家庭人口\n张三,3,4\n");
    load(fixture);
    sole_finding(fixture, FINDING_LEDGER_COLUMN_DOUBLED, 1, "家庭人口");
    assert_cell(fixture, "户", 0, "家庭人口", "-invalid");
    assert_int_equal(findings_exit(fixture->findings), EXIT_DATA);
}

static void recognise_prefers_the_name_to_an_alias(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主,户主姓名,家庭人口\n甲,张三,3\n");
    load(fixture);
    assert_cell(fixture, "户", 0, "户主姓名", "张三");
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_COLUMN_DOUBLED), 0);
    sole_finding(fixture, FINDING_LEDGER_COLUMN_UNKNOWN, 1, "户主");
}

static void recognise_reports_missing_required_columns(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户主姓名,家庭人口\n张三,3\n");
    /* a member file that tells of its households must give their 家庭人口 */
    put(fixture, "a.csv", "户主,姓名,关系,致贫原因\n张三,张三,户主,因病\n");
    load(fixture);
    sole_finding(fixture, FINDING_LEDGER_COLUMN_MISSING, 1, "家庭人口");
}

static void recognise_suggests_a_near_name(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主姓名,家庭人口,耕地面机\n张三,3,2\n");
    load(fixture);
    finding = sole_finding(fixture, FINDING_LEDGER_COLUMN_NEAR, 1, "耕地面机");
    assert_string_equal(finding->args[1], "耕地面积");
    assert_int_equal(finding->place.column, 3);
}

static void recognise_names_the_two_nearest_ledgers(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "户台账.csv", "户主姓名,致贫原因,电话\n张三,因病,1\n");
    load(fixture);
    sole_finding(fixture, FINDING_LEDGER_UNRECOGNISED, 1, "户台账：家庭人口；动态调整台账：类别");
    assert_null(file_at(fixture, "户台账.csv")->ledger);
    assert_int_equal(file_at(fixture, "户台账.csv")->rows_refused, 2);
    /* its name tells what is missing now */
    assert_int_equal(fixture->ledgers->nlost, 1);
    assert_null(fixture->ledgers->lost[0].village);
    assert_string_equal(fixture->ledgers->list[fixture->ledgers->lost[0].ledger].schema->name,
                        "户");
}

static void recognise_needs_a_head(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "a.csv", "天气,晴\n气温,20\n");
    load(fixture);
    sole_finding(fixture, FINDING_LEDGER_NO_HEAD, 0, NULL);
    assert_int_equal(fixture->ledgers->nlost, 0);
}

static const char tie[] = "name: %s\ntitle: %s台账\nfields:\n"
                          "  - {name: 户主姓名, type: string, identify: true, show: full}\n"
                          "  - {name: 补贴, type: money, identify: true, show: full}\n";

static void put_ties(struct fixture *fixture)
{
    char *folder = g_build_filename(fixture->folder, "ties", NULL);
    char *oats = g_strdup_printf(tie, "种粮", "种粮"),
         *trees = g_strdup_printf(tie, "造林", "造林");

    put_bytes(folder, "种粮.yaml", oats, strlen(oats));
    put_bytes(folder, "造林.yaml", trees, strlen(trees));
    use_schemas(fixture, folder);
    g_free(folder);
    g_free(oats);
    g_free(trees);
}

static void recognise_does_not_guess_between_equals(void **state)
{
    struct fixture *fixture = *state;

    put_ties(fixture);
    put(fixture, "a.csv", "户主姓名,补贴\n张三,3\n");
    load(fixture);
    sole_finding(fixture, FINDING_LEDGER_AMBIGUOUS, 0, NULL);
    assert_null(file_at(fixture, "a.csv")->ledger);
}

static void recognise_goes_by_the_file_name_between_equals(void **state)
{
    struct fixture *fixture = *state;

    put_ties(fixture);
    put(fixture, "2025种粮补贴.csv", "户主姓名,补贴\n张三,3\n");
    load(fixture);
    assert_string_equal(file_at(fixture, "2025种粮补贴.csv")->ledger, "种粮");
}

static void recognise_goes_by_the_setting_first(void **state)
{
    struct fixture *fixture = *state;

    put_ties(fixture);
    put(fixture, "2025种粮补贴.csv", "户主姓名,补贴\n张三,3\n");
    put(fixture, "设置.csv", "名称,值,说明\n台账：2025种粮补贴,造林,\n");
    load(fixture);
    assert_string_equal(file_at(fixture, "2025种粮补贴.csv")->ledger, "造林");
}

static void recognise_takes_members_before_households(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主姓名,家庭人口,耕地面积,年收入,姓名,关系\n张三,1,2,3,张三,户主\n");
    load(fixture);
    assert_string_equal(file_at(fixture, "a.csv")->ledger, "人");
    assert_string_equal(nth_finding(fixture, FINDING_LEDGER_RECOGNISED, 0)->args[1], "6");
}

static void recognise_takes_class_year_and_batch_from_the_title(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户主姓名,家庭人口\n张三,3\n");
    put(fixture, "a.csv",
        "２０２５年度第二批拟脱贫名单（2026年1月5日）,\n户主姓名,结论\n张三,通过\n");
    load(fixture);
    assert_string_equal(file_at(fixture, "a.csv")->ledger, "动态调整");
    assert_cell(fixture, "动态调整", 0, "年度", "2025");
    assert_cell(fixture, "动态调整", 0, "批次", "第二批");
    assert_cell(fixture, "动态调整", 0, "类别", "脱贫");
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_VALUE_FROM_TITLE), 3);
    assert_int_equal(settings_year(fixture->settings), 2025);
    sole_finding(fixture, FINDING_LEDGER_YEAR, 0, "2025");
}

static void recognise_takes_the_year_from_the_file_name(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户主姓名,家庭人口\n张三,3\n");
    put(fixture, "20260105-2025年调整.csv", "户主姓名,类别\n张三,脱贫\n");
    load(fixture);
    assert_cell(fixture, "动态调整", 0, "年度", "2025");
    assert_string_equal(sole_finding(fixture, FINDING_LEDGER_VALUE_FROM_NAME, 0, "年度")->args[1],
                        "2025");
}

static void recognise_does_not_choose_between_two_years(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户主姓名,家庭人口\n张三,3\n");
    put(fixture, "2026年/调整.csv", "2024-2025年名单,\n户主姓名,类别\n张三,脱贫\n");
    put(fixture, "2025年户.csv", "户主姓名,家庭人口\n李四,3\n");
    put(fixture, "2024年户.csv", "户主姓名,家庭人口\n王五,3\n");
    load(fixture);
    assert_cell(fixture, "动态调整", 0, "年度", "-empty");
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_YEARS), 1);
    assert_int_equal(settings_year(fixture->settings), 0);
}

static void recognise_suggests_the_only_year_of_the_ledgers(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户主姓名,家庭人口\n张三,3\n");
    put(fixture, "调整.csv", "户主姓名,类别,年度\n张三,脱贫,2024\n张三,返贫,2024\n");
    load(fixture);
    assert_int_equal(settings_year(fixture->settings), 2024);
}

static void recognise_reports_workbooks(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.xls", "PK");
    put(fixture, "村.et", "PK"); /* saved as CSV beside it */
    put(fixture, "说明.txt", "x");
    load(fixture);
    assert_string_equal(sole_finding(fixture, FINDING_LEDGER_WORKBOOK, 0, NULL)->place.file,
                        "a.xls");
    assert_int_equal(fixture->ledgers->nfile, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(recognise_says_what_it_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recognise_matches_brackets_spaces_and_aliases, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(recognise_does_not_take_a_qualified_name, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(recognise_finds_the_head_below_titles, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recognise_reads_two_row_heads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recognise_converts_by_the_title_unit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recognise_refuses_a_foreign_unit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recognise_reports_doubled_columns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recognise_prefers_the_name_to_an_alias, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recognise_reports_missing_required_columns, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(recognise_suggests_a_near_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recognise_names_the_two_nearest_ledgers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recognise_needs_a_head, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recognise_does_not_guess_between_equals, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recognise_goes_by_the_file_name_between_equals, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(recognise_goes_by_the_setting_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(recognise_takes_members_before_households, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(recognise_takes_class_year_and_batch_from_the_title, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(recognise_takes_the_year_from_the_file_name, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(recognise_does_not_choose_between_two_years, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(recognise_suggests_the_only_year_of_the_ledgers, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(recognise_reports_workbooks, set_up, tear_down),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
