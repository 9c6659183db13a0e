/* Tests of keys: links by ID, number and name, equal rows, equal keys, members. */
#include "ledger/ledger_fixture.h"

#define ID_ZHANG "990101198001010014"
#define ID_LI    "990101198512300224"
#define ID_WANG  "99010119800101009X"

static void links_lead_to_households_by_number(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,3\n2,张三,2\n");
    put(fixture, "m.csv", "户编号,项目名称,金额\n2,养羊,1\n1,养鸡,2\n");
    load(fixture);
    assert_int_equal(link_to(fixture, "措施", 0, "_户"), 2);
    assert_int_equal(link_to(fixture, "措施", 1, "_户"), 1);
    assert_int_equal(findings_exit(fixture->findings), 0);
}

static void links_lead_to_households_by_name_if_unique(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", VILLAGES);
    put(fixture, "户.csv",
        "行政村,村民小组,户编号,户主姓名,家庭人口\n石门村,一组,1,张三,3\n石门村,二组,2,张三,2\n"
        "大石门村,一组,3,张三,1\n");
    put(fixture, "m.csv",
        "行政村,村民小组,户主姓名,项目名称,金额\n石门村,二组,张三,养羊,1\n大石门村,,张三,养鸡,1\n");
    put(fixture, "n.csv", "行政村,户主姓名,项目名称,金额\n石门村,张三,养牛,1\n");
    load(fixture);
    assert_int_equal(link_to(fixture, "措施", 0, "_户"), 2);
    assert_int_equal(link_to(fixture, "措施", 1, "_户"), 3);
    assert_int_equal(link_to(fixture, "措施", 2, "_户"), 0);
    sole_finding(fixture, FINDING_LEDGER_LINK_AMBIGUOUS, 2, "户台账");
    assert_int_equal(fixture->ledgers->nlost, 1);
    assert_string_equal(fixture->ledgers->lost[0].village, "石门村");
    /* the village is the household's where the row does not say */
    assert_cell(fixture, "措施", 1, "村民小组", "一组");
}

static void links_lead_to_households_by_id_first(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv",
        "户编号,户主姓名,户主证件号码,家庭人口\n1,张三," ID_ZHANG ",3\n2,李四," ID_LI ",2\n");
    put(fixture, "人.csv", "户编号,姓名,证件号码,关系\n2,王五," ID_WANG ",之子\n");
    put(fixture, "m.csv", "证件号码,项目名称,金额\n" ID_WANG ",养羊,1\n" ID_ZHANG ",养鸡,1\n");
    load(fixture);
    assert_int_equal(link_to(fixture, "措施", 0, "_户"), 2); /* a member's */
    assert_int_equal(link_to(fixture, "措施", 0, "_人"), 1);
    assert_int_equal(link_to(fixture, "措施", 1, "_户"), 1); /* the head's */
    assert_int_equal(findings_exit(fixture->findings), 0);
}

static void links_report_an_id_and_a_number_that_disagree(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv",
        "户编号,户主姓名,户主证件号码,家庭人口\n1,张三," ID_ZHANG ",3\n2,李四," ID_LI ",2\n");
    put(fixture, "d.csv", "户编号,户主姓名,户主证件号码,类别\n2,张三," ID_ZHANG ",脱贫\n");
    load(fixture);
    sole_finding(fixture, FINDING_LEDGER_LINK_DISAGREES, 2, "户台账");
    assert_int_equal(link_to(fixture, "动态调整", 0, "_户"), 1);
    assert_cell(fixture, "动态调整", 0, "户编号", "-invalid");
    assert_int_equal(fixture->ledgers->nlost, 1);
    assert_not_shown(fixture, ID_ZHANG);
}

static void links_do_not_mistake_a_namesake(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户编号,户主姓名,户主证件号码,家庭人口\n1,张三," ID_ZHANG ",3\n");
    put(fixture, "d.csv",
        "户编号,户主姓名,户主证件号码,类别\n,张三,,新识别\n7,张三,,返贫\n,张三丰," ID_LI ",脱贫\n");
    load(fixture);
    assert_int_equal(link_to(fixture, "动态调整", 0, "_户"), 1);
    assert_int_equal(link_to(fixture, "动态调整", 1, "_户"), 0); /* another number */
    assert_int_equal(link_to(fixture, "动态调整", 2, "_户"), 0);
    assert_cell(fixture, "动态调整", 2, "户编号", "-empty"); /* not the one above */
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_LINK_DANGLING), 2);
}

static void links_report_dangling_rows_and_lose_them_in_their_village(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", VILLAGES);
    put(fixture, "户.csv", "行政村,户编号,户主姓名,家庭人口\n石门村,1,张三,3\n");
    put(fixture, "大石门村d.csv", "户编号,户主姓名,类别\n5,赵六,脱贫\n");
    load(fixture);
    finding = sole_finding(fixture, FINDING_LEDGER_LINK_DANGLING, 2, "户台账");
    assert_string_equal(finding->place.field, "户编号");
    assert_int_equal(fixture->ledgers->nlost, 1);
    assert_string_equal(fixture->ledgers->lost[0].village, "大石门村");
    assert_string_equal(fixture->ledgers->list[fixture->ledgers->lost[0].ledger].schema->name,
                        "动态调整");
}

static void links_find_persons_in_their_household(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,3\n2,李四,2\n");
    put(fixture, "人.csv", "户编号,姓名,关系\n1,王芳,配偶\n2,王芳,配偶\n");
    put(fixture, "m.csv", "户编号,对象,项目名称,金额\n2,王芳,养羊,1\n2,全户,养鸡,1\n");
    load(fixture);
    assert_int_equal(link_to(fixture, "措施", 0, "_人"), 2);
    assert_int_equal(link_to(fixture, "措施", 1, "_人"), 0);
    assert_int_equal(findings_exit(fixture->findings), 0);
}

static void links_report_persons_in_two_households(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv",
        "户编号,户主姓名,户主证件号码,家庭人口\n1,张三," ID_ZHANG ",3\n2,李四," ID_LI ",2\n");
    put(fixture, "人.csv", "户编号,姓名,证件号码,关系\n2,张三," ID_ZHANG ",之子\n");
    load(fixture);
    assert_int_equal(link_to(fixture, "人", 0, "_户"), 2); /* where his row says he lives */
    sole_finding(fixture, FINDING_LEDGER_PERSON_TWICE, 2, "户.csv:2");
}

static void links_warn_once_of_optional_ones_that_lead_nowhere(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv",
        "行政村,户主姓名,家庭人口\n石门村,张三,3\n石们村,李四,2\n石们村,王五,2\n");
    load(fixture);
    finding = sole_finding(fixture, FINDING_LEDGER_LINK_LOOSE, 3, "村台账");
    assert_string_equal(finding->args[1], "2");
    assert_int_equal(fixture->ledgers->nlost, 0);
}

static void links_need_the_other_ledger(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "d.csv", "户编号,户主姓名,类别\n5,赵六,脱贫\n6,钱七,脱贫\n");
    load(fixture);
    sole_finding(fixture, FINDING_LEDGER_LINK_NO_TARGET, 0, "户台账");
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_LINK_DANGLING), 0);
    assert_int_equal(link_to(fixture, "动态调整", 1, "_户"), 0);
}

static void links_tell_villages_of_one_name_apart_by_town(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", "乡镇,行政村,全称\n清河镇,石门村,甲\n白水镇,石门村,乙\n");
    put(fixture, "户.csv", "乡镇,行政村,户主姓名,家庭人口\n白水镇,石门村,张三,3\n");
    load(fixture);
    assert_int_equal(link_to(fixture, "户", 0, "_村"), 2);
}

static void duplicates_count_once_across_files(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a户.csv", "户编号,户主姓名,家庭人口\n1,张三,3\n2,李四,2\n");
    put(fixture, "b户.csv", "家庭人口,户编号,户主姓名\n2,2,李四\n3,1,张三\n4,3,王五\n");
    put(fixture, "m.csv", "户编号,项目名称,金额\n3,养羊,1\n");
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 3);
    assert_cell(fixture, "户", 2, "户主姓名", "王五");
    assert_int_equal(link_to(fixture, "措施", 0, "_户"), 3);
    finding = sole_finding(fixture, FINDING_LEDGER_DUPLICATE_ROW, 2, "2");
    assert_string_equal(finding->place.file, "b户.csv");
    assert_string_equal(finding->args[1], "a户.csv:3");
    assert_int_equal(findings_exit(fixture->findings), 0);
    /* the place of a row that moved up */
    assert_int_equal(ledgers_place(fixture->ledgers, ledger(fixture, "户"), 2, SIZE_MAX).line, 4);
}

static void duplicates_differ_when_a_bad_cell_differs(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "m.csv", "户主姓名,项目名称,金额\n张三,养羊,甲\n张三,养羊,乙\n张三,养羊,甲\n");
    put(fixture, "户.csv", "户主姓名,家庭人口\n张三,3\n");
    load(fixture);
    assert_int_equal(rows(fixture, "措施"), 2);
    assert_int_equal(invalid_cells(fixture, "措施", 1, "金额"), 1);
    assert_int_equal(fixture->ledgers->ninvalid, 2);
}

static void duplicates_of_a_whole_village_file_count_once(void **state)
{
    struct fixture *fixture = *state;
    static const char file[] =
        "户主,家庭人口,姓名,关系\n张三,2,张三,户主\n,,李四,妻\n王五,1,王五,户主\n";

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", file);
    put(fixture, "b.csv", file);
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 2);
    assert_int_equal(rows(fixture, "人"), 3);
    assert_int_equal(link_to(fixture, "人", 1, "_户"), 1);
    assert_int_equal(link_to(fixture, "人", 2, "_户"), 2);
    assert_int_equal(findings_exit(fixture->findings), 0);
}

static void duplicates_keep_namesakes_of_two_households(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "家庭人口,姓名,关系,证件号码\n2,张三,户主," ID_ZHANG "\n,张伟,之子,\n2,李四,户主," ID_LI
        "\n,张伟,之子,\n");
    load(fixture);
    assert_int_equal(rows(fixture, "人"), 4);
    assert_int_equal(link_to(fixture, "人", 1, "_户"), 1);
    assert_int_equal(link_to(fixture, "人", 3, "_户"), 2);
    assert_int_equal(findings_exit(fixture->findings), 0);
}

static void duplicates_of_a_key_are_errors_on_both_rows(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv",
        "户编号,户主姓名,家庭人口,耕地面积\n1,张三,3,2\n2,李四,2,2\n1,张三,4,2\n");
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_DUPLICATE_KEY), 2);
    finding = nth_finding(fixture, FINDING_LEDGER_DUPLICATE_KEY, 0);
    assert_int_equal(finding->place.line, 2);
    assert_string_equal(finding->args[0], "户编号");
    assert_string_equal(finding->args[1], "户.csv:4");
    assert_int_equal(nth_finding(fixture, FINDING_LEDGER_DUPLICATE_KEY, 1)->place.line, 4);
    /* the key, the names that stand for it and what differs; not the rest, not the place */
    assert_cell(fixture, "户", 0, "户编号", "-invalid");
    assert_cell(fixture, "户", 2, "户主姓名", "-invalid");
    assert_cell(fixture, "户", 0, "家庭人口", "-invalid");
    assert_cell(fixture, "户", 0, "耕地面积", "2");
    assert_cell(fixture, "户", 0, "行政村", "石门村");
    assert_cell(fixture, "户", 1, "户编号", "2");
    assert_int_equal(invalid_cells(fixture, "户", 2, "家庭人口"), 1);
}

static void duplicates_compare_names_where_the_key_is_empty(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv",
        "村民小组,户编号,户主姓名,家庭人口\n三组,1,李四,3\n三组,2,李四,2\n一组,,李四,1\n二组,,王五,"
        "1\n二组,,王五,2\n");
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_DUPLICATE_KEY), 2);
    assert_int_equal(nth_finding(fixture, FINDING_LEDGER_DUPLICATE_KEY, 0)->place.line, 5);
    assert_cell(fixture, "户", 0, "户主姓名", "李四");
}

static void duplicates_of_persons_are_told_by_household_and_id(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,3\n");
    /* two 王芳 with different IDs stay two; one 李四 twice does not */
    put(fixture, "人.csv",
        "户编号,姓名,性别,证件号码,关系\n1,王芳,女," ID_LI ",之子\n1,王芳,女," ID_WANG ",之子\n"
        "1,李四,男,,之子\n1,李四,女,,之子\n");
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_DUPLICATE_KEY), 2);
    assert_string_equal(nth_finding(fixture, FINDING_LEDGER_DUPLICATE_KEY, 0)->args[0], "户、姓名");
    assert_cell(fixture, "人", 0, "姓名", "王芳");
    assert_cell(fixture, "人", 2, "姓名", "-invalid");
}

static void duplicates_of_a_composed_key_may_have_empty_parts(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,3\n2,李四,3\n");
    put(fixture, "d.csv",
        "户编号,户主姓名,类别,结论\n1,张三,脱贫,通过\n1,张三,脱贫,待定\n2,李四,脱贫,通过\n");
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_DUPLICATE_KEY), 2);
    assert_cell(fixture, "动态调整", 0, "类别", "-invalid");
    assert_cell(fixture, "动态调整", 2, "类别", "脱贫");
}

static void members_are_checked_against_their_households(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,3\n2,李四,1\n3,王五,4\n");
    put(fixture, "人.csv",
        "户编号,姓名,性别,证件号码,关系\n1,张三,女," ID_ZHANG
        ",户主\n1,赵六,,,户主\n2,李四,女," ID_LI ",户主\n1,李四,女," ID_LI ",之子\n");
    load(fixture);
    sole_finding(fixture, FINDING_LEDGER_SEX_DIFFERS, 2, "女");
    sole_finding(fixture, FINDING_LEDGER_TWO_HEADS, 3, NULL);
    finding = sole_finding(fixture, FINDING_LEDGER_PERSON_TWICE, 5, "人.csv:4");
    assert_int_equal(finding->place.column, 4);
    /* 王五's members are not listed at all: nothing to compare */
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_MEMBER_COUNT), 0);
    assert_not_shown(fixture, ID_LI);
}

static void members_are_counted(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "户主,家庭人口,姓名,关系\n张三,4,张三,户主\n,,李四,妻\n王五,1,王五,户主\n");
    load(fixture);
    finding = sole_finding(fixture, FINDING_LEDGER_MEMBER_COUNT, 2, "4");
    assert_string_equal(finding->args[1], "2");
    assert_int_equal(findings_exit(fixture->findings), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(links_lead_to_households_by_number),
        TEST(links_lead_to_households_by_name_if_unique),
        TEST(links_lead_to_households_by_id_first),
        TEST(links_report_an_id_and_a_number_that_disagree),
        TEST(links_do_not_mistake_a_namesake),
        TEST(links_report_dangling_rows_and_lose_them_in_their_village),
        TEST(links_find_persons_in_their_household),
        TEST(links_report_persons_in_two_households),
        TEST(links_warn_once_of_optional_ones_that_lead_nowhere),
        TEST(links_need_the_other_ledger),
        TEST(links_tell_villages_of_one_name_apart_by_town),
        TEST(duplicates_count_once_across_files),
        TEST(duplicates_differ_when_a_bad_cell_differs),
        TEST(duplicates_of_a_whole_village_file_count_once),
        TEST(duplicates_keep_namesakes_of_two_households),
        TEST(duplicates_of_a_key_are_errors_on_both_rows),
        TEST(duplicates_compare_names_where_the_key_is_empty),
        TEST(duplicates_of_persons_are_told_by_household_and_id),
        TEST(duplicates_of_a_composed_key_may_have_empty_parts),
        TEST(members_are_checked_against_their_households),
        TEST(members_are_counted),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
