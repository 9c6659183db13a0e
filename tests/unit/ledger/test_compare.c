/* Two versions of ledgers, row against row. */
#include "ledger/compare.h"

#include "ledger_fixture.h"

#define ID_ZHANG "990101195802130012"
#define ID_LI    "990101197704240022"

/* The fixture's input is the new version; old files go below another folder. */
static struct ledgers *load_old(struct fixture *fixture, struct settings **settings)
{
    char *folder = g_build_filename(fixture->folder, "old", NULL);
    struct ledgers *old;

    *settings = settings_load("no such folder", folder, fixture->findings);
    old = ledgers_load(fixture->schemas, folder, *settings, fixture->findings);
    g_free(folder);
    return old;
}

static void put_old(struct fixture *fixture, const char *path, const char *text)
{
    char *folder = g_build_filename(fixture->folder, "old", NULL);

    put_bytes(folder, path, text, strlen(text));
    g_free(folder);
}

struct compared {
    struct ledgers *old;
    struct settings *settings;
    struct comparison *comparison;
};

static struct compared compare(struct fixture *fixture)
{
    struct compared compared;

    put(fixture, "村.csv", ONE_VILLAGE);
    put_old(fixture, "村.csv", ONE_VILLAGE);
    compared.old = load_old(fixture, &compared.settings);
    load(fixture);
    compared.comparison = comparison_new(compared.old, fixture->ledgers);
    return compared;
}

static void compared_free(struct compared *compared)
{
    comparison_free(compared->comparison);
    ledgers_free(compared->old);
    settings_free(compared->settings);
}

static size_t index_of(const struct fixture *fixture, const char *name)
{
    return (size_t)(ledger(fixture, name) - fixture->ledgers->list);
}

static void assert_counts(const struct fixture *fixture, const struct compared *compared,
                          const char *name, size_t entered, size_t left, size_t changes)
{
    const struct ledger_comparison *of =
        comparison_of(compared->comparison, index_of(fixture, name));

    assert_int_equal(of->entered->len, entered);
    assert_int_equal(of->left->len, left);
    assert_int_equal(of->changes->len, changes);
}

/* Change number n: its field, both rows, both values. */
static void assert_change(const struct fixture *fixture, const struct compared *compared,
                          const char *name, guint n, const char *field, size_t old_row,
                          size_t new_row, const char *values)
{
    const size_t index = index_of(fixture, name);
    const struct ledger_comparison *of = comparison_of(compared->comparison, index);
    const struct change change = g_array_index(of->changes, struct change, n);
    GString *text = g_string_new(NULL);

    assert_string_equal(ledger(fixture, name)->schema->fields[change.field].name, field);
    assert_int_equal(change.row[0], old_row);
    assert_int_equal(change.row[1], new_row);
    comparison_cell(text, compared->comparison, 0, index, change.row[0], change.field);
    g_string_append(text, " > ");
    comparison_cell(text, compared->comparison, 1, index, change.row[1], change.field);
    assert_string_equal(text->str, values);
    g_string_free(text, TRUE);
}

static void compare_finds_entered_left_and_changed_by_key(void **state)
{
    struct fixture *fixture = *state;
    struct compared compared;

    put_old(fixture, "户.csv",
            "户编号,户主姓名,家庭人口,耕地面积\n1,张三,3,2.50\n2,李四,1,\n3,王五,4,7\n");
    put(fixture, "户.csv",
        "户主姓名,户编号,家庭人口,耕地面积\n赵六,9,2,\n王五,3,4,7.0\n张三,1,4,2.5\n");
    compared = compare(fixture);
    assert_counts(fixture, &compared, "户", 1, 1, 1);
    assert_change(fixture, &compared, "户", 0, "家庭人口", 0, 2, "3 > 4");
    assert_int_equal(comparison_of(compared.comparison, index_of(fixture, "户"))->nchanged, 1);
    compared_free(&compared);
}

static void compare_follows_households_and_corrected_ids(void **state)
{
    struct fixture *fixture = *state;
    struct compared compared;
    GString *key = g_string_new(NULL);

    put_old(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,3\n2,李四,1\n");
    put_old(fixture, "人.csv",
            "户编号,姓名,证件号码,关系,健康状况\n1,张三," ID_ZHANG
            ",户主,健康\n2,李四,,户主,健康\n");
    put(fixture, "户.csv", "户编号,户主姓名,家庭人口\n8,李四,1\n7,张三,3\n");
    put(fixture, "人.csv",
        "户编号,姓名,证件号码,关系,健康状况\n8,李四," ID_LI ",户主,健康\n7,张三," ID_ZHANG
        ",户主,患病\n");
    compared = compare(fixture);
    /* renumbered households are known by village, group and name; their members follow them */
    assert_counts(fixture, &compared, "户", 0, 0, 3);
    assert_change(fixture, &compared, "户", 0, "户编号", 0, 1, "1 > 7");
    assert_counts(fixture, &compared, "人", 0, 0, 4);
    assert_change(fixture, &compared, "人", 1, "健康状况", 0, 1, "健康 > 患病");
    assert_change(fixture, &compared, "人", 3, "证件号码", 1, 0, " > " ID_LI);
    comparison_key(key, compared.comparison, 1, index_of(fixture, "人"), 1);
    assert_string_equal(key->str, "7、" ID_ZHANG);
    g_string_truncate(key, 0);
    comparison_public_cell(key, compared.comparison, 1, index_of(fixture, "人"), 1,
                           schema_field(ledger(fixture, "人")->schema, "健康状况"));
    g_string_append_c(key, '|');
    comparison_public_cell(key, compared.comparison, 1, index_of(fixture, "户"), 1,
                           schema_field(ledger(fixture, "户")->schema, "家庭人口"));
    assert_string_equal(key->str, "■|3");
    g_string_free(key, TRUE);
    compared_free(&compared);
}

static void compare_knows_rows_without_key_by_what_they_are_about(void **state)
{
    struct fixture *fixture = *state;
    struct compared compared;

    put_old(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,3\n2,李四,1\n");
    put_old(fixture, "措施.csv",
            "户编号,对象,项目名称,金额\n1,全户,养鸡,100\n1,全户,养鸭,50\n1,全户,养鸭,60\n2,全户,"
            "养牛,1\n");
    put(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,3\n2,李四,1\n");
    put(fixture, "措施.csv",
        "户编号,对象,项目名称,金额\n1,全户,养鸭,60\n1,全户,养鸭,50\n1,全户,养鸡,200\n2,全户,养羊,"
        "1\n");
    compared = compare(fixture);
    assert_counts(fixture, &compared, "措施", 1, 1, 1);
    assert_change(fixture, &compared, "措施", 0, "金额", 0, 2, "100 > 200");
    compared_free(&compared);
}

static void compare_keeps_members_of_a_household_that_is_gone(void **state)
{
    struct fixture *fixture = *state;
    struct compared compared;

    put_old(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,1\n2,李四,1\n");
    put_old(fixture, "人.csv", "户编号,姓名,关系\n1,张三,户主\n2,李四,户主\n");
    put(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,1\n");
    put(fixture, "人.csv", "户编号,姓名,关系\n1,张三,户主\n2,李四,户主\n");
    compared = compare(fixture);
    assert_counts(fixture, &compared, "户", 0, 1, 0);
    assert_counts(fixture, &compared, "人", 0, 0, 0);
    compared_free(&compared);
}

static void compare_tells_missing_columns_once_and_faults_by_their_text(void **state)
{
    struct fixture *fixture = *state;
    struct compared compared;
    const struct ledger_comparison *of;
    const struct schema *schema;

    put_old(fixture, "户.csv", "户编号,户主姓名,家庭人口,备注\n1,张三,三口多,甲\n2,李四,1,乙\n");
    put(fixture, "户.csv", "户编号,户主姓名,家庭人口,年收入\n1,张三,三口少,5\n2,李四,1,6\n");
    compared = compare(fixture);
    schema = ledger(fixture, "户")->schema;
    of = comparison_of(compared.comparison, index_of(fixture, "户"));
    assert_counts(fixture, &compared, "户", 0, 0, 1);
    assert_change(fixture, &compared, "户", 0, "家庭人口", 0, 0, "三口多 > 三口少");
    assert_true(of->only[0][schema_field(schema, "备注")]);
    assert_true(of->only[1][schema_field(schema, "年收入")]);
    assert_false(of->only[1][schema_field(schema, "家庭人口")]);
    compared_free(&compared);
}

static void compare_pairs_rows_of_one_key_each_once(void **state)
{
    struct fixture *fixture = *state;
    struct compared compared;

    put_old(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,3\n1,张三,4\n");
    put(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,4\n1,张三,5\n1,张三,6\n");
    compared = compare(fixture);
    assert_counts(fixture, &compared, "户", 1, 0, 1);
    assert_change(fixture, &compared, "户", 0, "家庭人口", 0, 1, "3 > 5");
    compared_free(&compared);
}

static void load_reads_one_file_alone(void **state)
{
    struct fixture *fixture = *state;
    char *folder = fixture->input;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "户.csv", "户编号,户主姓名,家庭人口\n1,张三,3\n");
    fixture->input = g_build_filename(folder, "村.csv", NULL);
    load(fixture);
    assert_int_equal(fixture->ledgers->nfile, 1);
    assert_int_equal(rows(fixture, "村"), 1);
    assert_int_equal(rows(fixture, "户"), 0);
    g_free(folder);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(compare_finds_entered_left_and_changed_by_key),
        TEST(compare_follows_households_and_corrected_ids),
        TEST(compare_knows_rows_without_key_by_what_they_are_about),
        TEST(compare_keeps_members_of_a_household_that_is_gone),
        TEST(compare_tells_missing_columns_once_and_faults_by_their_text),
        TEST(compare_pairs_rows_of_one_key_each_once),
        TEST(load_reads_one_file_alone),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
