/* Tests of loading rows: values, fill-down, totals, villages, households, refused rows. */
#include "ledger/ledger_fixture.h"

#define ID_ZHANG "990101198001010014"
#define ID_LI    "990101198512300224"
#define ID_WANG  "99010119800101009X"

static const struct ledger_file *file_at(const struct fixture *fixture, const char *path)
{
    for (size_t i = 0; i < fixture->ledgers->nfile; i++) {
        if (strcmp(fixture->ledgers->files[i].path, path) == 0)
            return &fixture->ledgers->files[i];
    }
    fail();
    return NULL;
}

static void ledger_counts_every_row_of_a_file(void **state)
{
    struct fixture *fixture = *state;
    const struct ledger_file *file;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "石门村名册,,\n户主姓名,家庭人口,耕地面积\n张三,3,2\n\n李四,2,1,多\n王五,1\n小计,6,3\n"
        "户主姓名,家庭人口,耕地面积\n赵六,4,1\n,,\n合计,10,4\n注：无,,\n");
    load(fixture);
    file = file_at(fixture, "a.csv");
    assert_int_equal(file->rows_read, 3);
    assert_int_equal(file->rows_refused, 1);
    assert_int_equal(file->rows_other, 8);
    assert_int_equal(file->rows_read + file->rows_refused + file->rows_other, 12);
}

static void ledger_reads_short_rows(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主姓名,家庭人口,耕地面积,备注\n张三,3\n李四,2,,,,,\n");
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 2);
    assert_cell(fixture, "户", 0, "耕地面积", "-empty");
    assert_cell(fixture, "户", 1, "家庭人口", "2");
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_RAGGED), 0);
}

static void ledger_refuses_ragged_rows_and_keeps_their_village(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", VILLAGES);
    put(fixture, "a.csv",
        "行政村,户主姓名,家庭人口,备注\n石门村,张三,3,\n,李四,2,东,头\n大石门村,王五,1,,x\n,赵六,1,"
        "\n");
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_RAGGED), 2);
    finding = nth_finding(fixture, FINDING_LEDGER_RAGGED, 0);
    assert_int_equal(finding->place.line, 3);
    assert_int_equal(finding->place.column, 5);
    assert_int_equal(fixture->ledgers->nlost, 3);
    assert_string_equal(fixture->ledgers->lost[0].village, "石门村");
    assert_string_equal(fixture->ledgers->lost[1].village, "大石门村");
    /* what a refused row says is not filled down */
    assert_cell(fixture, "户", 1, "户主姓名", "赵六");
    assert_cell(fixture, "户", 1, "行政村", "-empty");
    assert_null(fixture->ledgers->lost[2].village);
    assert_int_equal(fixture->ledgers->lost[2].place.line, 5);
}

static void ledger_loses_a_row_everywhere_when_its_village_has_slipped(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", VILLAGES);
    put(fixture, "a.csv", "备注,行政村,户主姓名,家庭人口\n,石门村,张三,3\n东,头,石门村,李四,2\n");
    load(fixture);
    assert_int_equal(fixture->ledgers->nlost, 1);
    assert_null(fixture->ledgers->lost[0].village);
}

static void ledger_fills_areas_down_but_nothing_else(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", VILLAGES);
    put(fixture, "a.csv",
        "行政村,村民小组,户主姓名,家庭人口,耕地面积\n石门村,一组,张三,3,2\n,,李四,2,\n"
        "大石门村,,王五,1,\n,二组,赵六,1,\n");
    load(fixture);
    assert_cell(fixture, "户", 1, "行政村", "石门村");
    assert_cell(fixture, "户", 1, "村民小组", "一组");
    assert_cell(fixture, "户", 1, "耕地面积", "-empty");
    assert_cell(fixture, "户", 2, "村民小组", "-empty"); /* not the other village's */
    assert_cell(fixture, "户", 3, "行政村", "大石门村");
    assert_string_equal(nth_finding(fixture, FINDING_LEDGER_FILLED, 0)->args[0], "行政村");
    assert_string_equal(nth_finding(fixture, FINDING_LEDGER_FILLED, 0)->args[1], "2");
    assert_int_equal(nth_finding(fixture, FINDING_LEDGER_FILLED, 0)->place.line, 3);
}

static void ledger_never_fills_households_of_the_household_ledger(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主姓名,家庭人口,户编号\n张三,3,1\n,2,2\n");
    load(fixture);
    assert_cell(fixture, "户", 1, "户主姓名", "-empty");
    assert_int_equal(sole_finding(fixture, FINDING_LEDGER_CELL_EMPTY, 3, "户主姓名")->place.column,
                     1);
}

static void ledger_compares_totals_with_rows(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "户主姓名,家庭人口,耕地面积,年收入（万元）,人均纯收入\n张三,3,0.1,1.25,1\n李四,2,0.2,0.35,"
        "2\n"
        "小计,5,0.3,1.6,1.5\n王五,1,1,0.1,9\n小计,1,1,0.1,9\n合计,6,1.3,1.7,4\n");
    put(fixture, "b.csv",
        "户主姓名,家庭人口,年收入（万元）\n赵六,1,1.25\n钱七,2,0.35\n孙八,1,0\n合计,4,1.5\n");
    load(fixture);
    finding = sole_finding(fixture, FINDING_LEDGER_TOTAL_DIFFERS, 5, "年收入");
    assert_string_equal(finding->place.file, "b.csv");
    assert_string_equal(finding->args[1], "15000");
    assert_string_equal(finding->args[2], "16000");
    assert_cell(fixture, "户", 0, "年收入", "12500");
}

static void ledger_does_not_give_hidden_figures_away_in_totals(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主姓名,家庭人口,年收入\n张三,3,4321\n合计,4,9876\n");
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_TOTAL_DIFFERS), 2);
    assert_string_equal(nth_finding(fixture, FINDING_LEDGER_TOTAL_DIFFERS, 0)->args[2], "3");
    assert_not_shown(fixture, "4321");
    assert_not_shown(fixture, "9876");
}

static void ledger_reads_totals_that_stand_first(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "户主姓名,家庭人口\n合计,9\n一组小计,5\n张三,3\n李四,2\n二组小计,4\n王五,4\n");
    put(fixture, "b.csv", "户主姓名,家庭人口\n合计,8\n赵六,3\n钱七,2\n");
    load(fixture);
    assert_string_equal(sole_finding(fixture, FINDING_LEDGER_TOTAL_DIFFERS, 2, NULL)->place.file,
                        "b.csv");
}

static void ledger_does_not_judge_totals_over_bad_cells(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主姓名,家庭人口\n张三,3\n李四,几口\n合计,5\n");
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_TOTAL_DIFFERS), 0);
    assert_int_equal(count_findings(fixture, FINDING_VALUE_WRONG_TYPE), 1);
}

static void ledger_counts_household_figures_once_in_totals(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "户主,家庭人口,姓名,关系\n张三,2,张三,户主\n张三,2,李四,妻\n王五,1,王五,户主\n合计,3,,\n");
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_TOTAL_DIFFERS), 0);
    assert_int_equal(rows(fixture, "户"), 2);
}

static void ledger_finds_the_village_in_title_name_or_folder(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", VILLAGES);
    put(fixture, "a.csv", "大石门村名册,\n户主姓名,家庭人口\n张三,3\n");
    put(fixture, "b石门村.csv", "户主姓名,家庭人口\n李四,3\n");
    put(fixture, "大石门村/c.csv", "户主姓名,家庭人口\n王五,3\n");
    put(fixture, "石门村/大石门村d.csv", "户主姓名,家庭人口\n赵六,3\n");
    load(fixture);
    assert_cell(fixture, "户", 0, "行政村", "大石门村");
    assert_cell(fixture, "户", 0, "乡镇", "清河镇");
    assert_cell(fixture, "户", 1, "行政村", "石门村");
    assert_cell(fixture, "户", 2, "行政村", "大石门村");
    assert_cell(fixture, "户", 3, "行政村", "大石门村");
    assert_int_equal(link_to(fixture, "户", 0, "_村"), 2);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_VILLAGE_FROM_TITLE), 1);
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_VILLAGE_FROM_NAME), 3);
}

static void ledger_needs_the_town_when_villages_share_a_name(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", "乡镇,行政村,全称\n清河镇,石门村,甲\n白水镇,石门村,乙\n");
    put(fixture, "白水镇/石门村.csv", "户主姓名,家庭人口\n张三,3\n");
    put(fixture, "石门村.csv", "户主姓名,家庭人口\n李四,3\n");
    load(fixture);
    assert_cell(fixture, "户", 0, "乡镇", "白水镇");
    assert_cell(fixture, "户", 1, "行政村", "-empty");
    assert_string_equal(sole_finding(fixture, FINDING_LEDGER_NO_VILLAGE, 2, "1")->place.file,
                        "石门村.csv");
}

static void ledger_takes_the_only_village(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主姓名,家庭人口\n张三,3\n");
    load(fixture);
    assert_cell(fixture, "户", 0, "行政村", "石门村");
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_VILLAGE_ONLY), 1);
}

static void ledger_loses_rows_without_a_village(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "a.csv", "户主姓名,家庭人口\n张三,3\n李四,2\n");
    load(fixture);
    sole_finding(fixture, FINDING_LEDGER_NO_VILLAGE, 2, "2");
    assert_int_equal(fixture->ledgers->nlost, 2);
    assert_null(fixture->ledgers->lost[0].village);
}

/* The common village file: merged cells, no 户编号, the village in the title only. */
static const char village_file[] = "石门村建档立卡户花名册,,,,,,\n"
                                   "组,户主,家庭人口,姓名,身份证号,关系,致贫原因\n"
                                   "一组,张三,2,张三," ID_ZHANG ",本人,患病\n"
                                   ",,,李四," ID_LI ",妻,\n"
                                   ",王五,1,王五," ID_WANG ",户主,\n"
                                   "二组,赵六,3,赵六,,户主,因残\n"
                                   ",,,赵小,,之子,\n";

static void ledger_makes_households_of_a_village_file(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", village_file);
    load(fixture);
    assert_int_equal(rows(fixture, "人"), 5);
    assert_int_equal(rows(fixture, "户"), 3);
    assert_true(ledger(fixture, "户")->present);
    assert_cell(fixture, "户", 0, "行政村", "石门村");
    assert_cell(fixture, "户", 0, "户主姓名", "张三");
    assert_cell(fixture, "户", 0, "户主证件号码", ID_ZHANG);
    assert_cell(fixture, "户", 0, "家庭人口", "2");
    assert_cell(fixture, "户", 0, "致贫原因", "因病");
    assert_cell(fixture, "户", 2, "村民小组", "二组");
    assert_cell(fixture, "户", 2, "户主证件号码", "-empty");
    assert_int_equal(link_to(fixture, "人", 0, "_户"), 1);
    assert_int_equal(link_to(fixture, "人", 1, "_户"), 1);
    assert_int_equal(link_to(fixture, "人", 2, "_户"), 2);
    assert_int_equal(link_to(fixture, "人", 4, "_户"), 3);
    assert_cell(fixture, "人", 1, "户主姓名", "张三");
    assert_string_equal(
        sole_finding(fixture, FINDING_LEDGER_VILLAGE_FROM_TITLE, 0, "清河镇")->args[2], "5");
    assert_cell(fixture, "人", 4, "证件号码", "-empty");
    assert_int_equal(findings_exit(fixture->findings), 0);
}

static void ledger_tells_households_apart_by_the_relation_alone(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "姓名,关系,家庭人口\n张三,户主,2\n李四,妻,\n张三,户主,1\n");
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 2);
    assert_int_equal(link_to(fixture, "人", 1, "_户"), 1);
    assert_int_equal(link_to(fixture, "人", 2, "_户"), 2);
    /* two heads of one name in one place, and no ID or number that tells them apart */
    assert_int_equal(count_findings(fixture, FINDING_LEDGER_DUPLICATE_KEY), 2);
    assert_cell(fixture, "户", 0, "户主姓名", "-invalid");
}

static void ledger_tells_households_apart_by_the_merged_head_alone(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户主姓名,家庭人口,村民小组\n张三,1,一组\n张三,2,二组\n");
    put(fixture, "m.csv", "组,户主,项目名称,金额\n一组,张三,养羊,1\n,,养鸡,2\n二组,张三,养牛,3\n");
    load(fixture);
    assert_cell(fixture, "措施", 1, "户主姓名", "张三");
    assert_int_equal(link_to(fixture, "措施", 1, "_户"), 1);
    assert_int_equal(link_to(fixture, "措施", 2, "_户"), 2);
}

static void ledger_keeps_the_head_of_a_household_that_names_him_second(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主,家庭人口,姓名,关系\n张三,2,李四,妻\n张三,2,张三,户主\n");
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 1);
    assert_int_equal(link_to(fixture, "人", 1, "_户"), 1);
}

static void ledger_groups_by_number_even_when_unsorted(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "户编号,户主,家庭人口,姓名,关系\n1,张三,2,张三,户主\n2,王五,1,王五,户主\n1,张三,2,李四,"
        "妻\n");
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 2);
    assert_int_equal(link_to(fixture, "人", 2, "_户"), 1);
    assert_int_equal(findings_exit(fixture->findings), 0);
}

static void ledger_reports_rows_that_disagree_on_their_household(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户编号,户主,家庭人口,姓名,关系\n1,张三,2,张三,户主\n1,张三,3,李四,妻\n");
    load(fixture);
    finding = sole_finding(fixture, FINDING_LEDGER_HOUSEHOLD_DIFFERS, 3, "家庭人口");
    assert_string_equal(finding->args[1], "a.csv:2");
    assert_cell(fixture, "户", 0, "家庭人口", "-invalid");
    assert_int_equal(invalid_cells(fixture, "户", 0, "家庭人口"), 1);
}

static void ledger_does_not_give_members_of_a_refused_head_to_his_neighbour(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "户主,家庭人口,姓名,关系,致贫原因\n张三,1,张三,户主,因病\n王五,2,王五,户主,因病,多\n,,李四,"
        "妻,\n");
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 1);
    assert_int_equal(link_to(fixture, "人", 1, "_户"), 0);
    sole_finding(fixture, FINDING_LEDGER_LINK_DANGLING, 4, NULL);
}

static void ledger_unites_a_household_file_with_what_members_say(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a户.csv", "户编号,户主姓名,家庭人口\n1,张三,2\n");
    put(fixture, "b人.csv", "户主,姓名,关系,致贫原因\n张三,张三,户主,因病\n王五,王五,户主,因残\n");
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 2);
    assert_cell(fixture, "户", 0, "户编号", "1");
    assert_cell(fixture, "户", 0, "致贫原因", "因病");
    assert_cell(fixture, "户", 1, "户主姓名", "王五");
    assert_int_equal(link_to(fixture, "人", 0, "_户"), 1);
    assert_int_equal(link_to(fixture, "人", 1, "_户"), 2);
    /* a place in a row that another ledger's file filled */
    assert_int_equal(ledgers_place(fixture->ledgers, ledger(fixture, "户"), 1,
                                   schema_field(ledger(fixture, "户")->schema, "致贫原因"))
                         .column,
                     4);
}

static void ledger_does_not_make_households_of_mere_keys(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a户.csv", "户编号,户主姓名,家庭人口\n1,张三,2\n");
    put(fixture, "b人.csv", "户编号,户主,姓名,关系\n1,张三,张三,户主\n9,王五,王五,户主\n");
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 1);
    assert_int_equal(link_to(fixture, "人", 1, "_户"), 0);
    assert_int_equal(sole_finding(fixture, FINDING_LEDGER_LINK_DANGLING, 3, "户台账")->place.column,
                     1);
}

static void ledger_keeps_bad_ids_as_bad_fields(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "户主,家庭人口,姓名,关系,身份证号\n张三,2,张三,户主,990101800101001\n,,李四,妻,9.90101E+"
        "17\n");
    load(fixture);
    assert_int_equal(rows(fixture, "人"), 2);
    assert_cell(fixture, "人", 0, "证件号码", "-invalid");
    assert_int_equal(link_to(fixture, "人", 1, "_户"), 1);
    assert_int_equal(invalid_cells(fixture, "人", 0, "证件号码"), 1);
    assert_string_equal(fixture->ledgers->invalid[0].text, "990101800101001");
    finding = sole_finding(fixture, FINDING_VALUE_ID_LENGTH, 2, NULL);
    assert_int_equal(finding->place.column, 5);
    assert_string_equal(finding->place.field, "身份证号");
    assert_int_equal(count_findings(fixture, FINDING_VALUE_LOST_DIGITS), 1);
    assert_not_shown(fixture, "990101800101001");
    assert_not_shown(fixture, "9.90101E+17");
}

static void ledger_shows_the_row_masked_with_a_caret(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "户主,家庭人口,年收入,证件号码,致贫原因,备注\n张三,几口,3000," ID_ZHANG
        ",因病,电话13800000000\n");
    load(fixture);
    finding = sole_finding(fixture, FINDING_VALUE_WRONG_TYPE, 2, NULL);
    assert_string_equal(finding->snippet, "张三 | 990101********0014 | 几口");
    assert_string_equal(finding->snippet + finding->caret_at, "几口");
    assert_int_equal(finding->caret_length, strlen("几口"));
    assert_not_shown(fixture, "因病");
    assert_not_shown(fixture, "13800000000");
    assert_not_shown(fixture, "3000");
}

static void ledger_never_shows_text_of_hidden_cells(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主,家庭人口,致贫原因,年收入\n张三," ID_LI ",因某病,密\n");
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_VALUE_CODE), 1);
    assert_not_shown(fixture, "因某病");
    assert_not_shown(fixture, ID_LI); /* slipped into a public column */
    assert_not_shown(fixture, "密");
}

static void ledger_notes_repairs_once_a_column(void **state)
{
    struct fixture *fixture = *state;
    const struct finding *finding;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "户主,家庭人口,证件号码,耕地面积\n张三,3人,'" ID_ZHANG ",约3\n李四,2口,'" ID_LI ",2亩\n");
    load(fixture);
    finding = sole_finding(fixture, FINDING_LEDGER_REPAIR_PREFIX, 2, "户主证件号码");
    assert_string_equal(finding->args[1], "2");
    assert_string_equal(finding->args[2], "（第2-3行）"); /* nothing of an ID */
    assert_cell(fixture, "户", 0, "户主证件号码", ID_ZHANG);
    finding = nth_finding(fixture, FINDING_LEDGER_REPAIR_UNIT, 0);
    assert_string_equal(finding->args[0], "家庭人口");
    assert_string_equal(finding->args[1], "2");
    assert_string_equal(finding->args[2], "（3人 → 3：第2行；2口 → 2：第3行）");
    sole_finding(fixture, FINDING_LEDGER_REPAIR_ABOUT, 2, "耕地面积");
    assert_not_shown(fixture, ID_ZHANG);
}

static void ledger_notes_each_kind_of_repair(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a户.csv",
        "户主,家庭人口,证件号码,致贫原因\n买买提•艾力,２,99010119800101009x,患病\n张三,1,"
        "99010119800101001443,因病\n");
    put(fixture, "b.csv", "户主,项目名称,金额（万元）,完成日期\n张三,养羊,1,43286\n");
    load(fixture);
    assert_cell(fixture, "户", 0, "户主姓名", "买买提·艾力");
    sole_finding(fixture, FINDING_LEDGER_REPAIR_SEPARATOR, 2, "户主姓名");
    sole_finding(fixture, FINDING_LEDGER_REPAIR_WIDTH, 2, "家庭人口");
    sole_finding(fixture, FINDING_LEDGER_REPAIR_CHECK_X, 2, "户主证件号码");
    sole_finding(fixture, FINDING_LEDGER_REPAIR_SYNONYM, 2, "致贫原因");
    sole_finding(fixture, FINDING_LEDGER_REPAIR_CARD, 3, "户主证件号码");
    sole_finding(fixture, FINDING_LEDGER_REPAIR_SCALED, 2, "金额");
    sole_finding(fixture, FINDING_LEDGER_REPAIR_DATE, 2, "完成日期");
}

static void ledger_is_the_same_in_every_encoding(void **state)
{
    struct fixture *fixture = *state;
    gsize size;
    char *gbk =
        g_convert("户主姓名,家庭人口\r\n张三,3\r\n", -1, "GB18030", "UTF-8", NULL, &size, NULL);

    assert_non_null(gbk);
    put(fixture, "村.csv", ONE_VILLAGE);
    put_bytes(fixture->input, "a.csv", gbk, size);
    put(fixture, "b.csv", "\xEF\xBB\xBF户主姓名,家庭人口\n张三,3\n");
    load(fixture);
    assert_string_equal(file_at(fixture, "a.csv")->encoding, "GB18030");
    assert_string_equal(file_at(fixture, "b.csv")->encoding, "UTF-8 BOM");
    assert_int_equal(rows(fixture, "户"), 1); /* equal rows count once */
    g_free(gbk);
}

static void ledger_unites_files_by_column_name_in_order_of_path(void **state)
{
    struct fixture *fixture = *state;
    const struct ledger *households;
    size_t people;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "b.csv", "户主姓名,家庭人口\n李四,2\n");
    put(fixture, "a.csv", "家庭人口,耕地面积,户主姓名\n3,1,张三\n1,1,王五\n");
    load(fixture);
    households = ledger(fixture, "户");
    people = schema_field(households->schema, "家庭人口");
    assert_int_equal(rows(fixture, "户"), 3);
    assert_cell(fixture, "户", 0, "户主姓名", "张三");
    assert_cell(fixture, "户", 1, "户主姓名", "王五");
    assert_cell(fixture, "户", 2, "户主姓名", "李四");
    assert_int_equal(households->columns[people], 1);
    assert_int_equal(ledgers_place(fixture->ledgers, households, 2, people).column, 2);
    assert_string_equal(ledgers_place(fixture->ledgers, households, 2, people).file, "b.csv");
    assert_string_equal(ledgers_place(fixture->ledgers, households, 2, people).field, "家庭人口");
    assert_int_equal(ledgers_place(fixture->ledgers, households, 2, SIZE_MAX).line, 2);
}

static void ledger_goes_on_after_a_file_it_cannot_read(void **state)
{
    struct fixture *fixture = *state;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "户主姓名,家庭人口\n张三,3\n");
    put(fixture, "动态调整.csv", "PK\x03\x04zip");
    load(fixture);
    assert_int_equal(count_findings(fixture, FINDING_CSV_NOT_TEXT), 1);
    assert_int_equal(rows(fixture, "户"), 1);
    assert_int_equal(fixture->ledgers->nfile, 3);
    assert_int_equal(fixture->ledgers->nlost, 1);
    assert_string_equal(fixture->ledgers->list[fixture->ledgers->lost[0].ledger].schema->name,
                        "动态调整");
}

static void ledger_empty_has_every_ledger_and_no_row(void **state)
{
    struct fixture *fixture = *state;

    fixture->ledgers = ledgers_empty(fixture->schemas);
    assert_int_equal(fixture->ledgers->count, schemas_count(fixture->schemas));
    assert_int_equal(rows(fixture, "户"), 0);
    assert_false(ledger(fixture, "户")->present);
    assert_null(ledgers_find(fixture->ledgers, "没有"));
}

static void ledger_of_an_empty_folder_is_empty(void **state)
{
    struct fixture *fixture = *state;

    load(fixture);
    assert_int_equal(fixture->ledgers->nfile, 0);
    assert_int_equal(findings_count(fixture->findings), 0);
}

static void ledger_loads_a_village_file_with_the_real_schemas(void **state)
{
    struct fixture *fixture = *state;

    use_schemas(fixture, "templates/ledgers");
    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "花名册.csv", village_file);
    put(fixture, "动态.csv",
        "2025年第一批脱贫公示名单,\n户主姓名,类别\n张三,脱贫\n赵六,正常脱贫\n");
    load(fixture);
    assert_int_equal(rows(fixture, "户"), 3);
    assert_int_equal(rows(fixture, "人"), 5);
    assert_int_equal(link_to(fixture, "动态调整", 0, "_户"), 1);
    assert_int_equal(link_to(fixture, "动态调整", 1, "_户"), 3);
    assert_cell(fixture, "动态调整", 1, "类别", "脱贫");
    assert_int_equal(findings_exit(fixture->findings), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(ledger_counts_every_row_of_a_file),
        TEST(ledger_reads_short_rows),
        TEST(ledger_refuses_ragged_rows_and_keeps_their_village),
        TEST(ledger_loses_a_row_everywhere_when_its_village_has_slipped),
        TEST(ledger_fills_areas_down_but_nothing_else),
        TEST(ledger_never_fills_households_of_the_household_ledger),
        TEST(ledger_compares_totals_with_rows),
        TEST(ledger_does_not_give_hidden_figures_away_in_totals),
        TEST(ledger_reads_totals_that_stand_first),
        TEST(ledger_does_not_judge_totals_over_bad_cells),
        TEST(ledger_counts_household_figures_once_in_totals),
        TEST(ledger_finds_the_village_in_title_name_or_folder),
        TEST(ledger_needs_the_town_when_villages_share_a_name),
        TEST(ledger_takes_the_only_village),
        TEST(ledger_loses_rows_without_a_village),
        TEST(ledger_makes_households_of_a_village_file),
        TEST(ledger_tells_households_apart_by_the_relation_alone),
        TEST(ledger_tells_households_apart_by_the_merged_head_alone),
        TEST(ledger_keeps_the_head_of_a_household_that_names_him_second),
        TEST(ledger_groups_by_number_even_when_unsorted),
        TEST(ledger_reports_rows_that_disagree_on_their_household),
        TEST(ledger_does_not_give_members_of_a_refused_head_to_his_neighbour),
        TEST(ledger_unites_a_household_file_with_what_members_say),
        TEST(ledger_does_not_make_households_of_mere_keys),
        TEST(ledger_keeps_bad_ids_as_bad_fields),
        TEST(ledger_shows_the_row_masked_with_a_caret),
        TEST(ledger_never_shows_text_of_hidden_cells),
        TEST(ledger_notes_repairs_once_a_column),
        TEST(ledger_notes_each_kind_of_repair),
        TEST(ledger_is_the_same_in_every_encoding),
        TEST(ledger_unites_files_by_column_name_in_order_of_path),
        TEST(ledger_goes_on_after_a_file_it_cannot_read),
        TEST(ledger_empty_has_every_ledger_and_no_row),
        TEST(ledger_of_an_empty_folder_is_empty),
        TEST(ledger_loads_a_village_file_with_the_real_schemas),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
