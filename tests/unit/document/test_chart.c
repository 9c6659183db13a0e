/* Charts in a document: which figures they show and how, and what is wrong with them. */
#include "fixture.h"

/* Lines 14 to 17. */
#define GROUPS                                                                                     \
    "  组: |\n"                                                                                   \
    "    SELECT 村民小组, count(*) AS 户数, sum(补贴) AS 补贴, sum(面积) AS 面积,\n" \
    "      NULL AS 空, -1 AS 负 FROM 户 WHERE 行政村 = :行政村\n"                         \
    "    GROUP BY 村民小组 ORDER BY 村民小组 COLLATE 自然序\n"                          \
    "types:\n"                                                                                     \
    "  组.户数: {type: integer, unit: 户}\n"                                                   \
    "  组.补贴: {type: money, unit: 元}\n"                                                     \
    "  组.面积: {type: decimal, unit: 亩, places: 1}\n"                                        \
    "  组.空: {type: integer, unit: 户}\n"                                                      \
    "  组.负: {type: integer, unit: 户}\n"

static void chart_shows_columns_with_their_formats(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD EACH LIST GROUPS
              "body:\n"
              "  - chart: {kind: stacked, rows: 组, label: 村民小组, lying: true,\n"
              "      values: [户数, {field: 空, title: \"{{行政村}}空\"}], title: \"{{行政村}}\"}\n"
              "  - chart:\n"
              "      kind: pie\n"
              "      rows: 组\n"
              "      label: 村民小组\n"
              "      values: {field: 补贴, as: wan}\n"
              "      width: 120\n"
              "      height: 60\n"
              "      align: left\n"
              "  - chart: {kind: line, rows: 组, label: 村民小组, values: [户数, 面积]}\n");
    assert_int_equal(world_make(&world, 0), 0);
    const struct block_figure *first = &world_block(&world, BLOCK_FIGURE, 0)->figure;
    assert_int_equal(first->kind, FIGURE_CHART);
    assert_int_equal(first->chart.kind, CHART_STACKED);
    assert_true(first->chart.lying && first->chart.legend);
    assert_string_equal(first->text, "石门村");
    assert_string_equal(first->chart.unit, "单位：户");
    assert_int_equal(first->chart.nseries, 2);
    assert_string_equal(first->chart.series[1].name, "石门村空");
    assert_string_equal(rowset_name(first->chart.rows, first->chart.label), "村民小组");
    assert_int_equal(rowset_rows(first->chart.rows), 2);
    assert_int_equal(first->width, 0);
    assert_int_equal(first->height, 226771); /* 80 mm */
    assert_int_equal(first->style->align, ALIGN_CENTER);

    const struct block_figure *second = &world_block(&world, BLOCK_FIGURE, 1)->figure;
    assert_int_equal(second->chart.kind, CHART_PIE);
    assert_false(second->chart.legend);
    assert_string_equal(second->chart.unit, "单位：万元");
    assert_int_equal(second->chart.series[0].format.kind, FORMAT_WAN);
    assert_int_equal(second->width, 340157);
    assert_int_equal(second->align, ALIGN_LEFT);
    assert_ptr_equal(second->chart.rows, first->chart.rows); /* run once */

    const struct block_figure *third = &world_block(&world, BLOCK_FIGURE, 2)->figure;
    assert_null(third->chart.unit); /* of several */
    assert_int_equal(third->chart.series[1].format.kind, FORMAT_NUMBER);
    assert_int_equal(third->chart.series[1].format.places, 1);
    assert_int_equal(findings_count(world.findings), 0);
    world_end(&world);
}

static void chart_without_a_figure_is_left_out_with_a_word(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD EACH LIST GROUPS
              "body:\n"
              "  - paragraph: 全文。\n"
              "  - chart: {kind: bar, rows: 组, label: 村民小组, values: 空}\n");
    assert_int_equal(world_make(&world, 0), 0);
    world_expect(&world, FINDING_DOCUMENT_CHART_EMPTY, 26, 5);
    assert_int_equal(world.document->units[0].nblock, 1);
    world_end(&world);
}

static void pie_of_a_negative_figure_is_refused(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD EACH LIST GROUPS
              "body:\n"
              "  - chart: {kind: pie, rows: 组, label: 村民小组, values: 负}\n");
    assert_int_equal(world_make(&world, 0), -1);
    world_expect(&world, FINDING_DOCUMENT_CHART_NEGATIVE, 25, 5);
    world_end(&world);
}

static void chart_of_too_many_items_is_refused(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD
              "types:\n"
              "  数.n: {type: integer}\n"
              "data:\n"
              "  数: |\n"
              "    WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n < 201)\n"
              "    SELECT n FROM x ORDER BY n\n"
              "body:\n"
              "  - chart: {kind: line, rows: 数, label: n, values: n}\n");
    assert_int_equal(world_make(&world, 0), -1);
    world_expect(&world, FINDING_DOCUMENT_CHART_ROWS, 14, 5);
    assert_string_equal(world_finding(&world, FINDING_DOCUMENT_CHART_ROWS)->args[1], "201");
    world_end(&world);
}

static void wrong(const char *chart, enum finding_code code, uint32_t column)
{
    struct world world;
    char *text = g_strconcat(HEAD EACH LIST GROUPS "body:\n  - chart: ", chart, "\n", NULL);

    world_begin(&world);
    assert_false(world_prepare(&world, text));
    world_expect(&world, code, 25, column);
    g_free(text);
    world_end(&world);
}

static void mistakes_in_charts_have_their_place(void **state)
{
    (void)state;
    wrong("{kind: bra, rows: 组, label: 村民小组, values: 户数}", FINDING_TEMPLATE_UNKNOWN_WORD,
          19);
    wrong("{kind: bar, rows: 阻, label: 村民小组, values: 户数}", FINDING_TEMPLATE_UNKNOWN_DATA,
          30);
    wrong("{kind: bar, rows: 组, label: 村民小租, values: 户数}", FINDING_TEMPLATE_UNKNOWN_COLUMN,
          40);
    wrong("{kind: bar, rows: 组, label: 村民小组, values: 户树}", FINDING_TEMPLATE_UNKNOWN_COLUMN,
          54);
    wrong("{kind: bar, rows: 组, label: 户数, values: 村民小组}", FINDING_TEMPLATE_NOT_A_NUMBER,
          52);
    wrong("{kind: bar, rows: 组, label: 户数}", FINDING_TEMPLATE_MISSING_KEY, 12);
    wrong("{kind: pie, rows: 组, label: 村民小组, values: [户数, 补贴]}",
          FINDING_TEMPLATE_CHART_VALUES, 54);
    wrong("{kind: bar, rows: 组, label: 村民小组, values: []}", FINDING_TEMPLATE_CHART_VALUES, 54);
    wrong("{kind: line, rows: 组, label: 村民小组, values: 户数, lying: true}",
          FINDING_TEMPLATE_CHART_LYING, 66);
    wrong("{kind: bar, rows: 组, label: 村民小组, values: {field: 户数, as: chinese}}",
          FINDING_TEMPLATE_CHART_FORMAT, 70);
    wrong("{kind: bar, rows: 组, label: 村民小组, values: 户数, colour: red}",
          FINDING_TEMPLATE_UNKNOWN_KEY, 58);
}

/* Its rows are printed in their order, so they need one. */
static void chart_needs_rows_in_order(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    assert_false(world_prepare(
        &world, HEAD "data:\n"
                     "  户数: |\n"
                     "    SELECT 村民小组, 家庭人口 FROM 户\n"
                     "body:\n"
                     "  - chart: {kind: bar, rows: 户数, label: 村民小组, values: 家庭人口}\n"));
    assert_non_null(world_finding(&world, FINDING_TEMPLATE_UNORDERED));
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chart_shows_columns_with_their_formats),
        cmocka_unit_test(chart_without_a_figure_is_left_out_with_a_word),
        cmocka_unit_test(pie_of_a_negative_figure_is_refused),
        cmocka_unit_test(chart_of_too_many_items_is_refused),
        cmocka_unit_test(mistakes_in_charts_have_their_place),
        cmocka_unit_test(chart_needs_rows_in_order),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
