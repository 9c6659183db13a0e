/* Merging the files of a ledger. */
#include "ledger/merge.h"

#include "ledger_fixture.h"

#define ID_ZHANG "990101195802130012"

static struct merged *merge(const struct fixture *fixture, const char *name)
{
    return merge_ledger(fixture->ledgers, (size_t)(ledger(fixture, name) - fixture->ledgers->list));
}

static void assert_text(const struct rowset *rows, size_t row, const char *column,
                        const char *expected)
{
    const size_t index = rowset_find(rows, column);
    struct value value;
    GString *text = g_string_new(NULL);

    assert_true(index != SIZE_MAX);
    assert_true(row < rowset_rows(rows));
    value = rowset_at(rows, row, index);
    value_append(text, &value);
    assert_string_equal(text->str, expected);
    g_string_free(text, TRUE);
}

static void merge_goes_by_schema_and_says_where_from(void **state)
{
    struct fixture *fixture = *state;
    struct merged *merged;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv",
        "行政村,户编号,户主,人数,年收入\n石门村,1,张三,3,0.1\n石门村,2,李四,1,0.2\n");
    put(fixture, "b/b.csv",
        "家庭人口,年收入,户主姓名,村,户编号\n4,若干,王五,石门村,3\n5,0.7,赵六,石门村,4\n");
    load(fixture);
    merged = merge(fixture, "户");
    assert_int_equal(rowset_rows(merged->rows), 4);
    assert_string_equal(rowset_name(merged->rows, 0), "乡镇");
    assert_text(merged->rows, 2, "户主姓名", "王五");
    assert_text(merged->rows, 2, "年收入", "若干");
    assert_text(merged->rows, 2, "家庭人口", "4");
    assert_text(merged->rows, 3, "来源文件", "b/b.csv");
    assert_text(merged->rows, 3, "来源行", "3");
    /* a.csv, b/b.csv, the sum, the table, the difference */
    assert_int_equal(rowset_rows(merged->sources), 5);
    assert_text(merged->sources, 0, "年收入", "0.3");
    assert_text(merged->sources, 0, "有误格", "0");
    assert_text(merged->sources, 1, "年收入", "0.7");
    assert_text(merged->sources, 1, "有误格", "1");
    assert_text(merged->sources, 2, "家庭人口", "13");
    assert_text(merged->sources, 3, "计入行", "4");
    assert_text(merged->sources, 3, "年收入", "1");
    assert_text(merged->sources, 4, "年收入", "0");
    assert_true(rowset_find(merged->sources, "耕地面积") == SIZE_MAX);
    assert_true(merged->balanced);
    merged_free(merged);
}

static void merge_lists_what_stands_twice(void **state)
{
    struct fixture *fixture = *state;
    struct merged *merged;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "a.csv", "行政村,户编号,户主,人数\n石门村,1,张三,3\n石门村,2,李四,1\n");
    put(fixture, "b.csv", "行政村,户编号,户主,人数\n石门村,2,李四,1\n石门村,1,张三,8\n");
    load(fixture);
    merged = merge(fixture, "户");
    assert_int_equal(rowset_rows(merged->rows), 3);
    assert_int_equal(rowset_rows(merged->repeats), 2);
    assert_text(merged->repeats, 0, "情形", "各列相同，只计一次");
    assert_text(merged->repeats, 0, "来源文件", "b.csv");
    assert_text(merged->repeats, 0, "来源行", "2");
    assert_text(merged->repeats, 0, "另一处文件", "a.csv");
    assert_text(merged->repeats, 0, "另一处行", "3");
    assert_text(merged->repeats, 1, "情形", "主键相同，内容不同");
    assert_text(merged->repeats, 1, "来源文件", "a.csv");
    assert_text(merged->repeats, 1, "另一处行", "3");
    assert_text(merged->repeats, 1, "不同的列", "家庭人口");
    assert_text(merged->rows, 2, "家庭人口", "8");
    assert_text(merged->sources, 1, "读入行", "2");
    assert_text(merged->sources, 1, "计入行", "1");
    assert_text(merged->sources, 1, "重复行", "1");
    assert_true(merged->balanced);
    merged_free(merged);
}

/* Households made of persons' rows come from files that are not theirs. */
static void merge_names_files_of_other_ledgers(void **state)
{
    struct fixture *fixture = *state;
    struct merged *merged;

    put(fixture, "村.csv", ONE_VILLAGE);
    put(fixture, "花名册.csv",
        "户主,家庭人口,姓名,关系,证件号码\n张三,2,张三,户主," ID_ZHANG "\n,,李四,妻,\n");
    load(fixture);
    merged = merge(fixture, "户");
    assert_int_equal(rowset_rows(merged->rows), 1);
    assert_text(merged->rows, 0, "来源文件", "花名册.csv");
    assert_text(merged->sources, 0, "来源文件", "花名册.csv");
    assert_text(merged->sources, 0, "读入行", "");
    assert_text(merged->sources, 0, "计入行", "1");
    merged_free(merged);
    merged = merge(fixture, "人");
    assert_text(merged->rows, 0, "证件号码", ID_ZHANG);
    assert_text(merged->sources, 0, "读入行", "2");
    assert_true(merged->balanced);
    merged_free(merged);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(merge_goes_by_schema_and_says_where_from),
        TEST(merge_lists_what_stands_twice),
        TEST(merge_names_files_of_other_ledgers),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
