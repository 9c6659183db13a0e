/* Ratios: exact, rounded once, with what they are of; mistakes in their declarations. */
#include "fixture.h"

#define INTERNAL "id: t\ntitle: 册\naudience: internal\nstyle: plain\nformats: [xlsx]\nfile: 册\n"

static const char *text_of(struct world *world, const char *text)
{
    world_run(world, text);
    assert_int_equal(world_make(world, 0), 0);
    return world_block(world, BLOCK_TEXT, 0)->text.text;
}

static void assert_value(const struct grid *grid, size_t row, const char *column,
                         enum format_kind kind, const char *expected)
{
    const struct value value = rowset_at(grid->rows, row, rowset_find(grid->rows, column));
    GString *text = g_string_new(NULL);

    format_value(text, (struct format){kind, 1}, &value);
    assert_string_equal(text->str, expected);
    g_string_free(text, TRUE);
}

static void ratio_of_two_columns_shows_both(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    assert_string_equal(text_of(&world,
                                INTERNAL "data:\n  总: SELECT 182 AS 脱贫, 200 AS 全部, 1.5 AS 亩\n"
                                         "types:\n"
                                         "  总.率: {type: percent, of: [脱贫, 全部]}\n"
                                         "  总.半: {type: percent, of: [亩, 脱贫], places: 2}\n"
                                         "  总.亩: {type: decimal, unit: 亩, places: 1}\n"
                                         "body:\n  - paragraph: \"{{总.率}}，{{总.率|ratio}}，"
                                         "{{总.率|number(2)}}；{{总.半|ratio}}\"\n"),
                        "91.0％，91.0％（182/200），91.00；0.82％（1.5/182）");
    world_end(&world);
}

/* 12.5 rounds up, once: 12.46 is 12, not 12.5 and then 13. */
static void ratio_rounds_half_up_once(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    assert_string_equal(
        text_of(&world,
                INTERNAL "data:\n  总: SELECT 1 AS 一, 8 AS 八, 1246 AS 多, 10000 AS 万, -1 AS 负\n"
                         "types:\n"
                         "  总.甲: {type: percent, of: [一, 八], places: 0}\n"
                         "  总.乙: {type: percent, of: [多, 万], places: 0}\n"
                         "  总.丙: {type: percent, of: [负, 八], places: 0}\n"
                         "body:\n  - paragraph: \"{{总.甲}} {{总.乙}} {{总.丙}}\"\n"),
        "13％ 12％ -13％");
    world_end(&world);
}

static void ratio_of_nothing_is_a_dash(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    assert_string_equal(text_of(&world, INTERNAL
                                "data:\n  总: SELECT 1 AS 一, 0 AS 零, NULL AS 空\n"
                                "types:\n"
                                "  总.甲: {type: percent, of: [一, 零]}\n"
                                "  总.乙: {type: percent, of: [一, 空]}\n"
                                "  总.丙: {type: percent, of: [空, 一]}\n"
                                "  总.丁: {type: percent, of: [零, 一]}\n"
                                "body:\n  - paragraph: \"{{总.甲}} {{总.乙|ratio}} {{总.丙}} "
                                "{{总.丁|ratio}}\"\n"),
                        "— — — 0.0％（0/1）");
    assert_int_equal(findings_count(world.findings), 0);
    world_end(&world);
}

static void ratio_of_invalid_values_is_invalid(void **state)
{
    struct world world;
    const struct grid *grid;

    (void)state;
    world_begin(&world);
    world_write(&world, "input/户.csv",
                "行政村,户编号,户主姓名,家庭人口\n石门村,1,张三,很多\n石门村,2,李四,2\n");
    world_run(&world, INTERNAL "data:\n  户: SELECT 户主姓名, 家庭人口 FROM 户 ORDER BY _id\n"
                               "types: {户.占比: {type: percent, share: 家庭人口}}\n"
                               "body:\n  - table: {rows: 户, columns: all}\n");
    assert_int_equal(world_make(&world, 0), 0);
    grid = &world_block(&world, BLOCK_GRID, 0)->grid;
    assert_value(grid, 0, "占比", FORMAT_PERCENT, "（有误）");
    assert_value(grid, 1, "占比", FORMAT_PERCENT, "（有误）");
    world_end(&world);
}

#define SHARES                                                                                     \
    HEAD EACH LIST                                                                                 \
        "types: {名单.占比: {type: percent, share: 家庭人口}}\n"                           \
        "body:\n  - table:\n      rows: 名单\n      columns:\n        - {field: 户主姓名}\n" \
        "        - {field: 占比, as: ratio}\n        - {field: 占比}\n"

static void ratio_shares_that_miss_100_are_noted(void **state)
{
    struct world world;
    const struct grid *grid;
    const struct finding *finding;
    const struct unit *unit;

    (void)state;
    world_begin(&world);
    world_run(&world, SHARES "      total: {占比: sum}\n");
    assert_int_equal(world_make(&world, 1), 0);
    unit = &world.document->units[0];
    assert_int_equal(unit->nblock, 1); /* one household: 100 % */
    assert_null(world_finding(&world, FINDING_DOCUMENT_SHARES));
    assert_int_equal(world_make(&world, 0), 0);
    unit = &world.document->units[0];
    grid = &unit->blocks[0].grid;
    assert_int_equal(grid->ncolumn, 3);
    assert_value(grid, 0, "占比", FORMAT_PERCENT, "44.4％");
    assert_value(grid, 1, "占比", FORMAT_PERCENT, "33.3％");
    assert_value(grid, 2, "占比", FORMAT_PERCENT, "22.2％");
    assert_value(grid, 2, "_占比_式", FORMAT_PLAIN, "22.2％（2/9）");
    assert_int_equal(grid->columns[1].format.kind, FORMAT_RATIO);
    assert_int_equal(grid->columns[1].field, rowset_find(grid->rows, "_占比_式"));
    assert_int_equal(grid->columns[2].format.kind, FORMAT_PERCENT);
    assert_int_equal(grid->columns[2].format.places, 1);
    assert_int_equal(unit->nblock, 2); /* said once for both columns */
    assert_string_equal(unit->blocks[1].text.text, "注：因四舍五入，各项占比之和为99.9％。");
    finding = world_finding(&world, FINDING_DOCUMENT_SHARES);
    assert_non_null(finding);
    assert_string_equal(finding->args[1], "占比");
    world_end(&world);
}

static void assert_mistake(const char *types, const char *text, enum finding_code code,
                           uint32_t line, uint32_t column)
{
    struct world world;
    char *whole =
        g_strconcat(INTERNAL "data:\n  总: SELECT count(*) AS 户数, min(备注) AS 字 FROM 户\n"
                             "  名: SELECT 户主姓名, 家庭人口 FROM 户 ORDER BY _id\n"
                             "types: {",
                    types, "}\nbody:\n  - paragraph: \"", text, "\"\n", NULL);

    world_begin(&world);
    assert_false(world_prepare(&world, whole));
    world_expect(&world, code, line, column);
    world_end(&world);
    g_free(whole);
}

static void ratio_mistakes_are_found_without_data(void **state)
{
    (void)state;
    assert_mistake("总.率: {type: percent, of: [户书, 户数]}", "", FINDING_TEMPLATE_UNKNOWN_COLUMN,
                   10, 9);
    assert_mistake("名.率: {type: percent, share: 户主姓名}", "", FINDING_TEMPLATE_NOT_A_NUMBER, 10,
                   9);
    assert_mistake("总.户数: {type: percent, of: [户数, 户数]}", "",
                   FINDING_TEMPLATE_AMBIGUOUS_NAME, 10, 9);
    assert_mistake("总.率: {type: percent, of: [户数]}", "", FINDING_TEMPLATE_NUMBER, 10, 34);
    assert_mistake("总.率: {type: percent, of: [户数, 户数], share: 户数}", "",
                   FINDING_TEMPLATE_NUMBER, 10, 34);
    assert_mistake("总.率: {type: decimal, share: 户数}", "", FINDING_TEMPLATE_RATIO, 10, 14);
    assert_mistake("each.率: {type: percent, share: 户数}", "", FINDING_TEMPLATE_UNKNOWN_DATA, 10,
                   9);
    assert_mistake("总.率: {type: percent, share: 户数}", "{{总.户数|ratio}}",
                   FINDING_TEMPLATE_RATIO, 12, 17);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ratio_of_two_columns_shows_both),
        cmocka_unit_test(ratio_rounds_half_up_once),
        cmocka_unit_test(ratio_of_nothing_is_a_dash),
        cmocka_unit_test(ratio_of_invalid_values_is_invalid),
        cmocka_unit_test(ratio_shares_that_miss_100_are_noted),
        cmocka_unit_test(ratio_mistakes_are_found_without_data),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
