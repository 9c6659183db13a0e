/* Tests of how a table is laid out: head, totals, notes, repeated heads, units. */
#include "ledger/sheet.h"

#include "ledger/ledger_fixture.h"

/* A table of the rows; cells parted by commas. */
struct sheet_case {
    struct arena *arena;
    struct csv_table table;
    struct sheet sheet;
};

static void open_case(struct sheet_case *of, const char *text, size_t head, size_t nhead)
{
    gchar **lines = g_strsplit(text, "\n", 0);
    struct csv_row *csv_rows;

    *of = (struct sheet_case){.arena = arena_new()};
    of->table.path = "a.csv";
    of->table.nrow = g_strv_length(lines);
    csv_rows = arena_array(of->arena, of->table.nrow, sizeof *csv_rows);
    for (size_t r = 0; r < of->table.nrow; r++) {
        gchar **cells = g_strsplit(lines[r], ",", 0);
        const char **kept;

        csv_rows[r].line = (uint32_t)r + 1;
        csv_rows[r].ncell = g_strv_length(cells);
        kept = arena_array(of->arena, csv_rows[r].ncell, sizeof *kept);
        for (size_t i = 0; i < csv_rows[r].ncell; i++)
            kept[i] = arena_text(of->arena, cells[i]);
        csv_rows[r].cells = kept;
        g_strfreev(cells);
    }
    of->table.rows = csv_rows;
    sheet_read(of->arena, &of->table, head, nhead, &of->sheet);
    g_strfreev(lines);
}

static void assert_kind(const char *row, enum row_kind kind)
{
    struct sheet_case of;
    char *text = g_strconcat("石门村花名册,,\n序号,姓名,金额（元）\n", row, NULL);

    open_case(&of, text, 1, 1);
    assert_int_equal(sheet_row_kind(&of.sheet, 2, false), kind);
    arena_free(of.arena);
    g_free(text);
}

static void sheet_data_rows_stay_data(void **state)
{
    (void)state;
    assert_kind("1,张三,300", ROW_DATA);
    assert_kind("1,王小计,300", ROW_DATA); /* a name that only ends like a total's word */
    assert_kind("1,会计,300", ROW_DATA);
    assert_kind("1,说明,300", ROW_DATA);
    assert_kind("2,张三", ROW_DATA);
    assert_kind("注册户,张三,1", ROW_DATA);
}

static void sheet_blank_rows_are_blank(void **state)
{
    (void)state;
    assert_kind("", ROW_BLANK);
    assert_kind(",,", ROW_BLANK);
    assert_kind(" ,　,\t", ROW_BLANK);
}

static void sheet_totals_are_recognised(void **state)
{
    (void)state;
    assert_kind("合计,,300", ROW_TOTAL);
    assert_kind("合　计：,,300", ROW_TOTAL);
    assert_kind("总计,,300", ROW_TOTAL);
    assert_kind("共计2户,,300", ROW_TOTAL);
    assert_kind(",合计,300", ROW_TOTAL);
    assert_kind("1,合计,300", ROW_TOTAL);
    assert_kind("石门村小计,,300", ROW_SUBTOTAL);
    assert_kind("小计,,300", ROW_SUBTOTAL);
    assert_kind("本页合计,,300", ROW_SUBTOTAL);
}

static void sheet_notes_and_signatures_are_recognised(void **state)
{
    (void)state;
    assert_kind("制表人：王五,,", ROW_NOTE);
    assert_kind("单位负责人：,审核人：,填表人：", ROW_NOTE);
    assert_kind("注：本表一式三份,,", ROW_NOTE);
    assert_kind("说明: 金额为年度数,,", ROW_NOTE);
    assert_kind("填表人,王五,", ROW_NOTE);
    assert_kind(",,2026年3月1日", ROW_NOTE);
    assert_kind(",,石门村村民委员会", ROW_NOTE);
    assert_kind(",,（盖章）", ROW_NOTE);
}

static void sheet_a_note_goes_on_below(void **state)
{
    struct sheet_case of;

    (void)state;
    open_case(&of, "序号,姓名\n注：1.本表一式三份,\n2.由村委会填写,\n,张三", 0, 1);
    assert_int_equal(sheet_row_kind(&of.sheet, 1, false), ROW_NOTE);
    assert_int_equal(sheet_row_kind(&of.sheet, 2, true), ROW_NOTE);
    assert_int_equal(sheet_row_kind(&of.sheet, 2, false), ROW_DATA);
    assert_int_equal(sheet_row_kind(&of.sheet, 3, true), ROW_DATA); /* a name is no note */
    arena_free(of.arena);
}

static void sheet_repeated_heads_are_recognised(void **state)
{
    (void)state;
    assert_kind("序号,姓名,金额（元）", ROW_HEAD);
    assert_kind("序号, 姓 名,金额(元)", ROW_HEAD);
    assert_kind("石门村花名册,,", ROW_HEAD); /* the title, on the next pasted page */
    assert_kind("序号,姓名,300", ROW_DATA);
}

static void sheet_both_rows_of_a_repeated_head_are_heads(void **state)
{
    struct sheet_case of;

    (void)state;
    open_case(&of, "姓名,资金来源,\n,中央,省级\n张三,1,2\n姓名,资金来源,\n,中央,省级", 0, 2);
    assert_int_equal(sheet_row_kind(&of.sheet, 2, false), ROW_DATA);
    assert_int_equal(sheet_row_kind(&of.sheet, 3, false), ROW_HEAD);
    assert_int_equal(sheet_row_kind(&of.sheet, 4, false), ROW_HEAD);
    arena_free(of.arena);
}

static void assert_layout(const char *text, enum head_layout layout)
{
    struct sheet_case of;

    open_case(&of, text, 0, 1);
    assert_int_equal(sheet_head_layout(&of.table, 0), layout);
    arena_free(of.arena);
}

static void sheet_two_row_heads_are_told_by_their_groups(void **state)
{
    (void)state;
    assert_layout("姓名,资金来源,,备注\n,中央,省级,", HEAD_DOUBLE);
    assert_layout("姓名,资金来源,,项目\n,中央,省级,名称", HEAD_PERHAPS);
    assert_layout("石门村花名册,,\n序号,姓名,金额", HEAD_SINGLE); /* a title is no group */
    assert_layout("姓名,金额\n张三,300", HEAD_SINGLE);
    assert_layout("姓名,证件号码,\n张三,990101198001010014,无", HEAD_SINGLE);
    assert_layout("姓名,金额", HEAD_SINGLE);
}

static void sheet_two_row_heads_give_joined_lower_and_upper_names(void **state)
{
    struct sheet_case of;

    (void)state;
    open_case(&of, "姓名,资金来源（万元）,\n,中央,省级（元）", 0, 2);
    assert_int_equal(of.sheet.ncolumn, 3);
    assert_string_equal(of.sheet.columns[0].names[HEAD_LOWER].full, "姓名");
    assert_null(of.sheet.columns[0].names[HEAD_JOINED].full);
    assert_string_equal(of.sheet.columns[1].names[HEAD_JOINED].bare, "资金来源/中央");
    assert_string_equal(of.sheet.columns[1].names[HEAD_LOWER].full, "中央");
    assert_string_equal(of.sheet.columns[1].names[HEAD_UPPER].bare, "资金来源");
    assert_string_equal(of.sheet.columns[1].unit, "万元");
    assert_string_equal(of.sheet.columns[2].unit, "元");
    arena_free(of.arena);
}

static void sheet_title_units_are_read(void **state)
{
    struct sheet_case of;
    int scale = 0;

    (void)state;
    open_case(&of, "填报单位：石门村村委会,单位：户、万元\n姓名,金额", 1, 1);
    assert_true(sheet_title_scale(&of.sheet, "元", &scale));
    assert_int_equal(scale, 4);
    arena_free(of.arena);
    open_case(&of, "填报单位：石门村村委会,\n姓名,金额", 1, 1);
    assert_false(sheet_title_scale(&of.sheet, "元", &scale));
    arena_free(of.arena);
}

static void sheet_units_are_compared_by_powers_of_ten(void **state)
{
    int scale = 0;

    (void)state;
    assert_int_equal(unit_scale("万元", "元", &scale), UNIT_FITS);
    assert_int_equal(scale, 4);
    assert_int_equal(unit_scale("元", "万元", &scale), UNIT_FITS);
    assert_int_equal(scale, -4);
    assert_int_equal(unit_scale("百万元", "元", &scale), UNIT_FITS);
    assert_int_equal(scale, 6);
    assert_int_equal(unit_scale("m2", "平方米", &scale), UNIT_FITS);
    assert_int_equal(scale, 0);
    assert_int_equal(unit_scale("万亩", "亩", &scale), UNIT_FITS);
    assert_int_equal(scale, 4);
    assert_int_equal(unit_scale("公顷", "亩", &scale), UNIT_FOREIGN);
    assert_int_equal(unit_scale("合计", "元", &scale), UNIT_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheet_data_rows_stay_data),
        cmocka_unit_test(sheet_blank_rows_are_blank),
        cmocka_unit_test(sheet_totals_are_recognised),
        cmocka_unit_test(sheet_notes_and_signatures_are_recognised),
        cmocka_unit_test(sheet_a_note_goes_on_below),
        cmocka_unit_test(sheet_repeated_heads_are_recognised),
        cmocka_unit_test(sheet_both_rows_of_a_repeated_head_are_heads),
        cmocka_unit_test(sheet_two_row_heads_are_told_by_their_groups),
        cmocka_unit_test(sheet_two_row_heads_give_joined_lower_and_upper_names),
        cmocka_unit_test(sheet_title_units_are_read),
        cmocka_unit_test(sheet_units_are_compared_by_powers_of_ten),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
