/* Running templates: parameters, products, file names, units, and what is held back. */
#include "fixture.h"

static void bind_each_row_is_a_product(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD EACH "body:\n  - title: 关于{{行政村}}的公示\n");
    assert_int_equal(binding_products(world.binding), 2);
    assert_string_equal(binding_village(world.binding, 0), "石门村");
    assert_string_equal(binding_village(world.binding, 1), "大湾村");
    assert_int_equal(world_make(&world, 1), 0);
    assert_string_equal(world_block(&world, BLOCK_TEXT, 0)->text.text, "关于大湾村的公示");
    assert_string_equal(world.document->title, "关于大湾村的公示");
    world_end(&world);
}

static void bind_without_each_is_one_product(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD "body:\n  - title: 试\n");
    assert_int_equal(binding_products(world.binding), 1);
    assert_null(binding_village(world.binding, 0));
    assert_false(binding_only(world.binding, "行政村", "石门村"));
    assert_int_equal(world_make(&world, 0), 0);
    assert_int_equal(world.document->nunit, 1);
    world_end(&world);
}

static void bind_only_keeps_the_rows_of_a_value(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD EACH "body:\n  - title: 试\n");
    assert_false(binding_only(world.binding, "村民小组", "一组"));
    assert_int_equal(binding_products(world.binding), 2);
    assert_true(binding_only(world.binding, "行政村", "大湾村"));
    assert_int_equal(binding_products(world.binding), 1);
    assert_string_equal(binding_village(world.binding, 0), "大湾村");
    assert_true(binding_only(world.binding, "行政村", "无此村"));
    assert_int_equal(binding_products(world.binding), 0);
    world_end(&world);
}

static void bind_parameters_come_from_settings_by_their_type(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD
              "parameters:\n  年度: {type: year}\n  依据: {type: string, default: 有关规定}\n"
              "  起: {type: date, default: 2026年3月5日}\n  率: {type: decimal, default: 1.5}\n"
              "body:\n  - paragraph: \"{{年度}}，{{依据}}，{{起}}，{{率|number(2)}}\"\n");
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world_block(&world, BLOCK_TEXT, 0)->text.text,
                        "2026，有关规定，2026年3月5日，1.50");
    settings_override(world.settings, "年度", "2025");
    assert_int_equal(binding_run(world.binding, world.settings, world.findings), 0);
    assert_int_equal(world_make(&world, 0), 0);
    assert_true(g_str_has_prefix(world_block(&world, BLOCK_TEXT, 0)->text.text, "2025，"));
    world_end(&world);
}

static void bind_parameters_missing_or_of_another_type_are_findings(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    assert_true(world_prepare(&world,
                              HEAD "parameters:\n  批次: {type: integer}\n  年度: {type: year}\n"
                                   "body:\n  - title: 试\n"));
    settings_override(world.settings, "年度", "二六");
    assert_int_equal(binding_run(world.binding, world.settings, world.findings), -1);
    world_expect(&world, FINDING_DOCUMENT_PARAMETER_MISSING, 8, 3);
    world_expect(&world, FINDING_DOCUMENT_PARAMETER_TYPE, 9, 3);
    world_end(&world);
}

static void bind_stem_is_a_safe_path(void **state)
{
    struct world world;
    char *stem;

    (void)state;
    world_begin(&world);
    world_write(&world, "input/户.csv",
                "乡镇,行政村,户编号,户主姓名,备注\n云岭镇,石门村,1,张三,../村:一\n"
                "云岭镇,石门村,2,李四,\n");
    world_run(&world, "id: t\ntitle: 试\naudience: public\nstyle: plain\nformats: [pdf]\n"
                      "file: \"{{乡镇}}/{{备注}}/表\"\n"
                      "each: SELECT 乡镇, 备注 FROM 户 ORDER BY _id\nbody:\n  - title: 试\n");
    stem = binding_stem(world.binding, 0, world.findings);
    assert_string_equal(stem, "云岭镇/_._村_一/表");
    g_free(stem);
    assert_null(binding_stem(world.binding, 1, world.findings));
    world_expect(&world, FINDING_DOCUMENT_FILE_EMPTY, 6, 15);
    world_end(&world);
}

#define UNITS                                                                                                     \
    "id: t\ntitle: 卡\naudience: household\nstyle: plain\nformats: [pdf]\nfile: 卡\n"                           \
    "each: SELECT DISTINCT 行政村 FROM 户 ORDER BY 行政村 COLLATE 地名序\n"                             \
    "unit:\n  name: \"{{户主姓名}}\"\n"                                                                       \
    "  rows: SELECT _id AS _户, 户主姓名, 证件号码 FROM 户 WHERE 行政村 = :行政村 ORDER BY _id\n" \
    "data:\n  家: SELECT 家庭人口, 补贴 FROM 户 WHERE _id = :_户\n"                                      \
    "continued: 卡（续）{{户主姓名}}\n"                                                                   \
    "body:\n  - form:\n      columns: 2\n      rows:\n"                                                           \
    "        - [{label: 人口}, {value: \"{{家.家庭人口}}\"}]\n"                                            \
    "        - [{label: 证件}, {value: \"{{证件号码}}\"}]\n"

static const char *cell_text(const struct world *world, size_t unit, size_t row, size_t cell)
{
    const struct grid *grid = &world->document->units[unit].blocks[0].grid;

    return grid->fixed[row].cells[cell].npart ? grid->fixed[row].cells[cell].parts[0].text : "";
}

static void bind_units_are_parts_of_one_document(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, UNITS);
    assert_int_equal(world_make(&world, 0), 0);
    assert_int_equal(world.document->nunit, 3);
    assert_int_equal(world.count.selected, 3);
    assert_int_equal(world.count.printed, 3);
    assert_int_equal(world.count.held, 0);
    assert_string_equal(world.document->units[1].name, "李海");
    assert_string_equal(world.document->units[1].continued->text.text, "卡（续）李海");
    assert_string_equal(cell_text(&world, 0, 0, 1), "4");
    assert_string_equal(cell_text(&world, 1, 0, 1), "3");
    /* the ID is masked before it gets here */
    assert_string_equal(cell_text(&world, 0, 1, 1), "990101********0014");
    world_end(&world);
}

static void bind_empty_answers_are_ruled_and_counted(void **state)
{
    struct world world;
    const struct finding *finding;

    (void)state;
    world_begin(&world);
    world_run(&world, UNITS);
    assert_int_equal(world_make(&world, 0), 0);
    assert_true(world.document->units[1].blocks[0].grid.fixed[1].cells[1].rule);
    assert_false(world.document->units[0].blocks[0].grid.fixed[1].cells[1].rule);
    finding = world_finding(&world, FINDING_DOCUMENT_BLANK);
    assert_non_null(finding);
    assert_string_equal(finding->args[1], "证件号码");
    assert_string_equal(finding->args[2], "2");
    world_end(&world);
}

static void bind_held_units_are_left_out_and_counted(void **state)
{
    static const int64_t HOUSEHOLDS[] = {1, 3};
    const struct held_units held = {HOUSEHOLDS, G_N_ELEMENTS(HOUSEHOLDS)};
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, UNITS);
    assert_int_equal(
        binding_document(world.binding, 0, &held, &world.document, &world.count, world.findings),
        0);
    assert_int_equal(world.document->nunit, 1);
    assert_string_equal(world.document->units[0].name, "李海");
    assert_int_equal(world.count.selected, 3);
    assert_int_equal(world.count.printed, 1);
    assert_int_equal(world.count.held, 2);
    world_end(&world);
}

static void bind_nothing_to_print_is_no_product(void **state)
{
    static const char TEXT[] =
        HEAD EACH "data:\n  无: SELECT 户主姓名 FROM 户 WHERE 行政村 = :行政村 AND 家庭人口 > 4 "
                  "ORDER BY _id\n"
                  "body:\n  - table: {rows: 无, columns: [{field: 户主姓名}]}\n";
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, TEXT);
    assert_int_equal(world_make(&world, 0), 0);
    assert_null(world.document);
    world_expect(&world, FINDING_DOCUMENT_NO_ROWS, 1, 1);
    assert_int_equal(world_make(&world, 1), 0);
    assert_non_null(world.document);
    assert_int_equal(world.count.printed, 1);
    world_end(&world);
}

static void bind_empty_says_what_stands_there_instead(void **state)
{
    static const char TEXT[] = HEAD
        "data:\n  无: SELECT 户主姓名 FROM 户 WHERE 家庭人口 > 40 ORDER BY _id\n"
        "body:\n  - table: {rows: 无, columns: [{field: 户主姓名}], empty: \"{{年度}}年无\"}\n";
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, TEXT);
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world_block(&world, BLOCK_GRID, 0)->grid.empty, "2026年无");
    world_end(&world);
}

static void bind_one_row_sets_must_have_one_row(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world,
              HEAD "data:\n  户: SELECT 户主姓名 FROM 户\nbody:\n  - title: \"{{户.户主姓名}}\"\n");
    assert_int_equal(world_make(&world, 0), -1);
    assert_null(world.document);
    world_expect(&world, FINDING_DOCUMENT_NOT_ONE_ROW, 10, 13);
    assert_string_equal(world_finding(&world, FINDING_DOCUMENT_NOT_ONE_ROW)->args[1], "4");
    world_end(&world);
}

static void bind_settings_are_looked_up_in_order(void **state)
{
    struct world world;
    const struct block *block;

    (void)state;
    world_begin(&world);
    world_write(&world, "input/公示.csv",
                "题目,年度,行政村,张贴日期,电话\n试验公示,2026,石门村,2026-11-02,0990-6200999\n");
    world_run(&world, HEAD EACH "body:\n  - paragraph: \"{{电话}} {{县}}\"\n");
    assert_int_equal(world_make(&world, 0), 0); /* the 公示 row before the 村 row */
    block = world_block(&world, BLOCK_TEXT, 0);
    assert_string_equal(block->text.text, "0990-6200999 明山县");
    settings_override(world.settings, "电话", "12345"); /* -s before all */
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world_block(&world, BLOCK_TEXT, 0)->text.text, "12345 明山县");
    world_end(&world);
}

static void bind_settings_without_a_value_stop_the_product(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD "body:\n  - paragraph: \"{{热线}}，{{资金名称|blank}}\"\n");
    assert_int_equal(world_make(&world, 0), -1);
    world_expect(&world, FINDING_DOCUMENT_SETTING_MISSING, 8, 17);
    world_end(&world);
}

static void bind_who_is_left_out_is_named(void **state)
{
    static const char TEXT[] = HEAD EACH
        "data:\n  未: SELECT 村民小组, 户主姓名 FROM 户 WHERE 达标 = 0 AND 行政村 = :行政村 ORDER "
        "BY _id\n"
        "left_out: {rows: 未, text: \"{{村民小组}}{{户主姓名}}\"}\nbody:\n  - title: 试\n";
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, TEXT);
    assert_int_equal(world_make(&world, 0), 0);
    assert_int_equal(findings_count(world.findings), 1);
    world_expect(&world, FINDING_DOCUMENT_LEFT_OUT, 1, 1);
    assert_string_equal(findings_at(world.findings, 0)->args[1], "二组王芳");
    world_end(&world);
}

static void bind_paper_is_a_setting(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD "body:\n  - paragraph: 试\n");
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world.document->page.paper, "A4");
    assert_int_equal(world.document->page.width, (mpt)(210 * MPT_PER_MM + 0.5));
    assert_int_equal(world_block(&world, BLOCK_TEXT, 0)->text.style->size, 16000);
    settings_override(world.settings, "纸张", "A3");
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world.document->page.paper, "A3");
    assert_int_equal(world.document->page.left, (mpt)(20 * MPT_PER_MM + 0.5));
    assert_int_equal(world_block(&world, BLOCK_TEXT, 0)->text.style->size, 18000);
    assert_int_equal(world_block(&world, BLOCK_TEXT, 0)->text.style->indent, 2000);
    settings_override(world.settings, "纸张", "A5"); /* not in this style: its own paper */
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world.document->page.paper, "A4");
    settings_override(world.settings, "纸张", "A44");
    assert_int_equal(world_make(&world, 0), -1);
    world_expect(&world, FINDING_DOCUMENT_PAPER, 1, 1);
    world_end(&world);
}

static void bind_documents_live_without_their_binding(void **state)
{
    struct world world;
    struct value value;

    (void)state;
    world_begin(&world);
    world_run(&world,
              HEAD EACH LIST "body:\n  - table: {rows: 名单, columns: [{field: 户主姓名}]}\n");
    assert_int_equal(world_make(&world, 0), 0);
    binding_free(world.binding);
    world.binding = NULL;
    value = rowset_at(world_block(&world, BLOCK_GRID, 0)->grid.rows, 2, 1);
    assert_string_equal(value.text, "王芳");
    world_end(&world);
}

static void bind_again_makes_the_same_products_from_its_own_connection(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world,
              HEAD EACH LIST "body:\n  - table: {rows: 名单, columns: [{field: 户主姓名}]}\n");
    assert_true(binding_only(world.binding, "行政村", "石门村"));
    struct store *store = store_again(stores_of(world.stores, AUDIENCE_PUBLIC), world.findings);
    struct binding *again = binding_again(world.binding, store, world.findings);
    assert_non_null(again);
    assert_int_equal(binding_products(again), 1);
    assert_string_equal(binding_village(again, 0), "石门村");
    assert_int_equal(
        binding_document(again, 0, NULL, &world.document, &world.count, world.findings), 0);
    binding_free(again);
    store_close(store);
    assert_int_equal(world.count.printed, 3);
    assert_int_equal(world_make(&world, 0), 0); /* the first is whole still */
    assert_int_equal(world.count.printed, 3);
    world_end(&world);
}

static void bind_ledgers_with_rows_are_products(void **state)
{
    static const char TEXT[] =
        "id: t\ntitle: 台账表\naudience: internal\nstyle: plain\nformats: [xlsx]\n"
        "file: \"{{台账名称}}\"\neach: {ledgers: with-rows}\n"
        "body:\n  - paragraph: 单位：{{计量单位}}\n"
        "  - table: {rows: ledger, total: numbers, not_summed: [家庭人口]}\n";
    struct world world;
    const struct grid *grid;
    char *stem;

    (void)state;
    world_begin(&world);
    world_run(&world, TEXT);
    assert_int_equal(binding_products(world.binding), 2); /* 公示 has no rows */
    stem = binding_stem(world.binding, 0, world.findings);
    assert_string_equal(stem, "户台账");
    g_free(stem);
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world_block(&world, BLOCK_TEXT, 0)->text.text, "单位：人、元、亩");
    grid = &world_block(&world, BLOCK_GRID, 0)->grid;
    assert_int_equal(grid->ncolumn, 13);
    assert_int_equal(rowset_rows(grid->rows), 4);
    assert_string_equal(grid->columns[0].name, "序号");
    assert_string_equal(grid->columns[8].name, "补贴（元）");
    /* 补贴 and 面积 are summed, 家庭人口 is not */
    assert_int_equal(grid->totals->ncell, 3);
    assert_int_equal(grid->totals->cells[1].column, 8);
    assert_int_equal(grid->totals->cells[1].parts[0].kind, PART_SUM);
    assert_int_equal(grid->totals->cells[2].column, 9);
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bind_each_row_is_a_product),
        cmocka_unit_test(bind_without_each_is_one_product),
        cmocka_unit_test(bind_only_keeps_the_rows_of_a_value),
        cmocka_unit_test(bind_parameters_come_from_settings_by_their_type),
        cmocka_unit_test(bind_parameters_missing_or_of_another_type_are_findings),
        cmocka_unit_test(bind_stem_is_a_safe_path),
        cmocka_unit_test(bind_units_are_parts_of_one_document),
        cmocka_unit_test(bind_empty_answers_are_ruled_and_counted),
        cmocka_unit_test(bind_held_units_are_left_out_and_counted),
        cmocka_unit_test(bind_nothing_to_print_is_no_product),
        cmocka_unit_test(bind_empty_says_what_stands_there_instead),
        cmocka_unit_test(bind_one_row_sets_must_have_one_row),
        cmocka_unit_test(bind_settings_are_looked_up_in_order),
        cmocka_unit_test(bind_settings_without_a_value_stop_the_product),
        cmocka_unit_test(bind_who_is_left_out_is_named),
        cmocka_unit_test(bind_paper_is_a_setting),
        cmocka_unit_test(bind_documents_live_without_their_binding),
        cmocka_unit_test(bind_again_makes_the_same_products_from_its_own_connection),
        cmocka_unit_test(bind_ledgers_with_rows_are_products),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
