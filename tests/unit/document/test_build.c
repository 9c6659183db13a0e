/* Blocks of a document: what tables, forms, contacts and issuers become. */
#include "fixture.h"

#define TABLE HEAD EACH LIST "body:\n  - table:\n      rows: 名单\n"

static const struct grid *make_grid(struct world *world, const char *text)
{
    world_run(world, text);
    assert_int_equal(world_make(world, 0), 0);
    return &world_block(world, BLOCK_GRID, 0)->grid;
}

static void build_columns_take_title_unit_format_and_align_of_their_field(void **state)
{
    struct world world;
    const struct grid *grid;

    (void)state;
    world_begin(&world);
    grid = make_grid(
        &world, TABLE
        "      columns:\n        - {number: 序号}\n        - {field: 户主姓名, align: spread}\n"
        "        - {field: 补贴}\n        - {field: 面积, title: 田}\n"
        "        - {field: 达标, as: tick}\n        - {field: 家庭人口, width: 20}\n");
    assert_int_equal(grid->ncolumn, 6);
    assert_string_equal(grid->columns[0].name, "序号");
    assert_int_equal(grid->columns[0].field, SIZE_MAX);
    assert_string_equal(grid->columns[1].name, "户主姓名");
    assert_string_equal(grid->columns[2].name, "补贴（元）");
    assert_string_equal(grid->columns[2].unit, "元");
    assert_int_equal(grid->columns[2].format.kind, FORMAT_MONEY);
    assert_int_equal(grid->columns[2].format.places, 2);
    assert_string_equal(grid->columns[3].name, "田");
    assert_int_equal(grid->columns[3].format.kind, FORMAT_NUMBER);
    assert_int_equal(grid->columns[3].format.places, 1);
    assert_int_equal(grid->columns[4].format.kind, FORMAT_TICK);
    assert_string_equal(grid->columns[4].choices[0], "是");
    assert_int_equal(grid->columns[5].width, (mpt)(20 * MPT_PER_MM + 0.5));
    assert_int_equal(grid->detail->cells[0].parts[0].kind, PART_NUMBER);
    assert_int_equal(grid->detail->cells[0].style->align, ALIGN_CENTER);
    assert_int_equal(grid->detail->cells[1].style->align, ALIGN_SPREAD);
    assert_int_equal(grid->detail->cells[2].style->align, ALIGN_DECIMAL);
    assert_int_equal(grid->detail->cells[4].style->align, ALIGN_CENTER);
    assert_int_equal(grid->detail->height, (mpt)(9 * MPT_PER_MM + 0.5));
    assert_int_equal(grid->detail->height_max, (mpt)(12 * MPT_PER_MM + 0.5));
    assert_int_equal(rowset_rows(grid->rows), 3);
    assert_int_equal(world.count.selected, 3);
    assert_int_equal(world.count.printed, 3);
    world_end(&world);
}

static void build_columns_say_the_unit_they_print(void **state)
{
    struct world world;
    const struct grid *grid;

    (void)state;
    world_begin(&world);
    grid = make_grid(&world, TABLE "      columns:\n        - {field: 补贴, as: wan}\n"
                                   "        - {field: 补贴, as: yi(4), title: 补贴}\n"
                                   "        - {field: 补贴, as: money(0)}\n"
                                   "        - {field: 补贴, as: capital}\n"
                                   "        - {field: 面积, as: number}\n"
                                   "        - {field: 家庭人口, as: chinese}\n"
                                   "        - {field: 家庭人口, as: wan(1)}\n");
    assert_string_equal(grid->columns[0].name, "补贴（万元）");
    assert_string_equal(grid->columns[0].unit, "万元");
    assert_int_equal(grid->columns[0].format.places, 2);
    assert_string_equal(grid->columns[1].name, "补贴"); /* the author's word */
    assert_string_equal(grid->columns[1].unit, "亿元");
    assert_int_equal(grid->columns[1].format.places, 4);
    assert_int_equal(grid->columns[2].format.places, 0);
    assert_string_equal(grid->columns[3].name, "补贴"); /* 元 stands in the text */
    assert_int_equal(grid->detail->cells[3].style->align, ALIGN_LEFT);
    assert_int_equal(grid->columns[4].format.places, 1); /* the column's own */
    assert_int_equal(grid->detail->cells[5].style->align, ALIGN_CENTER);
    assert_string_equal(grid->columns[6].name, "家庭人口（万人）");
    world_end(&world);
}

static void build_texts_of_rows_are_parts(void **state)
{
    struct world world;
    const struct grid *grid;
    const struct cell *cell;

    (void)state;
    world_begin(&world);
    grid = make_grid(
        &world, TABLE
        "      columns:\n        - {title: 户, text: \"{{年度}}年{{户主姓名}}（{{补贴}}元）\"}\n");
    cell = &grid->detail->cells[0];
    assert_int_equal(cell->npart, 6);
    assert_string_equal(cell->parts[0].text, "2026");
    assert_string_equal(cell->parts[1].text, "年");
    assert_int_equal(cell->parts[2].kind, PART_FIELD);
    assert_int_equal(cell->parts[2].field, 1);
    assert_string_equal(cell->parts[3].text, "（");
    assert_int_equal(cell->parts[4].kind, PART_FIELD);
    assert_int_equal(cell->parts[4].format.kind, FORMAT_MONEY);
    assert_string_equal(cell->parts[5].text, "元）");
    world_end(&world);
}

static void build_bands_of_a_table(void **state)
{
    struct world world;
    const struct grid *grid;
    const struct cell *cell;

    (void)state;
    world_begin(&world);
    grid = make_grid(
        &world, TABLE
        "      columns:\n"
        "        - {field: 户主姓名, merge: true, overflow: shrink(9)}\n"
        "        - over: 甲\n          columns:\n            - {field: 家庭人口}\n"
        "            - over: 乙\n              columns:\n"
        "                - {field: 补贴, overflow: error}\n                - {field: 面积}\n"
        "      diagonal: [户, 项]\n      rules: three\n      weights: {outer: 2, inner: 0.5}\n"
        "      group:\n"
        "        - {by: 村民小组, page: true, total: {补贴: sum, label: \"{{村民小组}}小计\"}}\n"
        "        - {by: 户主姓名, text: none, keep: true, total: {补贴: distinct}}\n"
        "      total: {补贴: sum, label: 总}\n      capital: 补贴\n"
        "      page_subtotal: {补贴: sum}\n      running: {家庭人口: max, 补贴: sum}\n"
        "      carry_forward: {补贴: sum, label: 转下页, carried: 接上页}\n"
        "      fill: page\n      rows_per_page: 20\n");
    assert_int_equal(grid->nhead, 3);
    assert_int_equal(grid->head[0].cells[0].rowspan, 3);
    assert_int_equal(grid->head[0].cells[0].diagonal, 2);
    assert_string_equal(grid->head[0].cells[0].parts->text, "户\n项");
    assert_int_equal(grid->head[0].cells[1].colspan, 3);
    assert_int_equal(grid->head[1].cells[0].rowspan, 2);
    assert_int_equal(grid->head[1].cells[1].colspan, 2);
    assert_int_equal(grid->rules, RULES_THREE);
    assert_int_equal(grid->weights.outer, 2000);
    assert_int_equal(grid->weights.inner, 500);
    assert_true(grid->detail->cells[0].merge);
    assert_int_equal(grid->detail->cells[0].style->overflow, OVERFLOW_SHRINK);
    assert_int_equal(grid->detail->cells[0].style->size_min, 9000);
    assert_int_equal(grid->detail->cells[2].style->overflow, OVERFLOW_ERROR);
    assert_int_equal(grid->ngroup, 2);
    assert_true(grid->groups[0].page && grid->groups[0].head && grid->groups[0].foot);
    assert_true(grid->groups[1].keep && !grid->groups[1].head);
    assert_int_equal(grid->groups[1].foot->cells[1].parts->kind, PART_DISTINCT);
    assert_int_equal(grid->ntotal, 2);
    assert_string_equal(grid->totals[0].cells[0].parts->text, "总");
    cell = &grid->totals[1].cells[1];
    assert_string_equal(cell->parts[0].text, "人民币");
    assert_int_equal(cell->parts[1].format.kind, FORMAT_CAPITAL);
    assert_string_equal(grid->page_rows[PAGE_ROW_SUBTOTAL]->cells[0].parts->text, "本页小计");
    assert_int_equal(grid->page_rows[PAGE_ROW_RUNNING]->cells[1].parts->kind, PART_MAX);
    assert_string_equal(grid->page_rows[PAGE_ROW_CARRY]->cells[0].parts->text, "转下页");
    assert_string_equal(grid->page_rows[PAGE_ROW_CARRIED]->cells[0].parts->text, "接上页");
    assert_true(grid->fill_page);
    assert_int_equal(grid->rows_per_page, 20);
    world_end(&world);
}

static void build_groups_and_totals_know_their_function(void **state)
{
    struct world world;
    const struct grid *grid;

    (void)state;
    world_begin(&world);
    grid =
        make_grid(&world, TABLE "      columns:\n        - {number: 序号}\n        - {field: "
                                "户主姓名}\n        - {field: 家庭人口}\n"
                                "        - {field: 补贴}\n        - {field: 备注}\n"
                                "      group: {by: 村民小组, text: \"{{村民小组}}\", count: "
                                "\"{{户主姓名|count}}户 {{家庭人口|sum}}人\"}\n"
                                "      total: {家庭人口: sum, 补贴: \"{{补贴|avg|money}}元\"}\n");
    assert_int_equal(grid->groups->by, 0);
    assert_int_equal(grid->groups->head->ncell, 2);
    assert_true(grid->groups->head->cells[0].open);
    assert_int_equal(grid->groups->head->cells[0].colspan + grid->groups->head->cells[1].colspan,
                     5);
    assert_int_equal(grid->groups->head->cells[1].parts[0].kind, PART_COUNT);
    assert_string_equal(grid->groups->head->cells[1].parts[1].text, "户 ");
    assert_int_equal(grid->groups->head->cells[1].parts[2].kind, PART_SUM);
    assert_int_equal(grid->groups->head->cells[1].parts[2].field, 2);
    assert_int_equal(grid->totals->ncell, 3);
    assert_string_equal(grid->totals->cells[0].parts[0].text, "合　计");
    assert_int_equal(grid->totals->cells[0].colspan, 2);
    assert_int_equal(grid->totals->cells[1].parts[0].kind, PART_SUM);
    assert_int_equal(grid->totals->cells[2].colspan, 2); /* a text takes the columns to its right */
    assert_int_equal(grid->totals->cells[2].parts[0].kind, PART_AVERAGE);
    assert_int_equal(grid->totals->cells[2].parts[0].format.kind, FORMAT_MONEY);
    world_end(&world);
}

static void build_groups_that_do_not_stand_together_are_refused(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_write(&world, "input/户.csv",
                "行政村,村民小组,户编号,户主姓名\n石门村,一组,1,张三\n"
                "石门村,二组,2,李四\n石门村,一组,3,王五\n");
    world_run(&world, HEAD
              "data:\n  名单: SELECT 村民小组, 户主姓名 FROM 户 ORDER BY _id\n"
              "body:\n  - table: {rows: 名单, columns: [{field: 户主姓名}], group: 村民小组}\n");
    assert_int_equal(world_make(&world, 0), -1);
    world_expect(&world, FINDING_DOCUMENT_GROUP_ORDER, 10, 56);
    world_end(&world);
}

static void build_heads_may_have_two_levels(void **state)
{
    struct world world;
    const struct grid *grid;

    (void)state;
    world_begin(&world);
    grid =
        make_grid(&world, TABLE
                  "      columns:\n        - {field: 户主姓名}\n"
                  "        - over: 情况\n          columns: [{field: 家庭人口}, {field: 补贴}]\n");
    assert_int_equal(grid->nhead, 2);
    assert_int_equal(grid->head[0].ncell, 2);
    assert_int_equal(grid->head[0].cells[0].rowspan, 2);
    assert_int_equal(grid->head[0].cells[1].colspan, 2);
    assert_string_equal(grid->head[0].cells[1].parts[0].text, "情况");
    assert_int_equal(grid->head[1].ncell, 2);
    assert_int_equal(grid->head[1].cells[0].column, 1);
    world_end(&world);
}

static void build_keys_and_ids_are_texts(void **state)
{
    struct world world;
    const struct grid *grid;

    (void)state;
    world_begin(&world);
    grid = make_grid(
        &world,
        "id: t\ntitle: 册\naudience: internal\nstyle: plain\nformats: [xlsx]\nfile: 册\n"
        "data:\n  户: SELECT _id, 户编号, 证件号码, 家庭人口 FROM 户 ORDER BY _id\n"
        "body:\n  - section: 户\n    landscape: true\n  - table: {rows: 户, columns: all}\n");
    assert_int_equal(grid->ncolumn, 3); /* not _id */
    assert_true(grid->columns[0].text);
    assert_true(grid->columns[1].text);
    assert_false(grid->columns[2].text);
    assert_int_equal(grid->columns[2].field, 3);
    assert_string_equal(world_block(&world, BLOCK_SECTION, 0)->section.name, "户");
    const struct page_setup *page = world_block(&world, BLOCK_SECTION, 0)->section.page;
    assert_int_equal(page->width, world.document->page.height);
    assert_true(page->turned);
    assert_string_equal(world.document->note, "内部资料");
    world_end(&world);
}

static void build_forms_fill_the_measure(void **state)
{
    struct world world;
    const struct grid *grid;
    mpt width = 0;

    (void)state;
    world_begin(&world);
    grid = make_grid(
        &world, HEAD
        "body:\n  - form:\n      side: 情况\n      columns: [1, 2.5, 3]\n      rows:\n"
        "        - [{label: 甲, down: 2}, {text: 乙, span: 2}]\n"
        "        - height: 12\n          cells: [{value: \"\"}, {label: 丁, vertical: true}]\n");
    assert_string_equal(grid->side, "情况");
    for (size_t i = 0; i < 3; i++)
        width += grid->columns[i].width;
    assert_int_equal(width + grid->side_width, world.document->page.width -
                                                   world.document->page.left -
                                                   world.document->page.right);
    assert_int_equal(grid->nfixed, 2);
    assert_int_equal(grid->fixed[0].cells[0].rowspan, 2);
    assert_int_equal(grid->fixed[1].cells[0].column, 1);
    assert_true(grid->fixed[1].cells[0].rule);
    assert_int_equal(grid->fixed[1].cells[0].npart, 0);
    assert_true(grid->fixed[1].cells[1].vertical);
    assert_int_equal(grid->fixed[0].height, (mpt)(8 * MPT_PER_MM + 0.5));
    assert_int_equal(grid->fixed[1].height, (mpt)(12 * MPT_PER_MM + 0.5));
    world_end(&world);
}

#define CONTACTS                                                                                   \
    HEAD EACH "body:\n  - contacts:\n"                                                             \
              "      - {label: \"{{行政村}}村委会\", number: \"{{电话}}\"}\n"              \
              "      - {label: 镇政府, number: \"{{乡镇电话}}\", optional: true}\n"

static void build_contacts_without_a_number_are_refused_unless_optional(void **state)
{
    struct world world;
    const struct grid *grid;

    (void)state;
    world_begin(&world);
    grid = make_grid(&world, CONTACTS);
    assert_int_equal(grid->nfixed, 1);
    assert_string_equal(grid->fixed[0].cells[0].parts[0].text, "石门村村委会");
    assert_string_equal(grid->fixed[0].cells[1].parts[0].text, "0990-6200101");
    assert_int_equal(grid->rules, RULES_NONE);
    assert_int_equal(world_make(&world, 1), -1);
    world_expect(&world, FINDING_DOCUMENT_PHONE_MISSING, 12, 9);
    assert_string_equal(world_finding(&world, FINDING_DOCUMENT_PHONE_MISSING)->args[1],
                        "大湾村村委会");
    world_end(&world);
}

#define SKELETON                                                                                   \
    "id: t\ntitle: 试验公示\naudience: public\nskeleton: plain\nfile: 试验\nformats: [pdf]\n" EACH \
        LIST

static void build_issuers_stand_side_by_side(void **state)
{
    struct world world;
    const struct grid *grid;

    (void)state;
    world_begin(&world);
    grid = make_grid(&world, SKELETON "body:\n  - title: 试\n");
    assert_int_equal(grid->ncolumn, 2); /* one issuer: on the right */
    assert_int_equal(grid->fixed->ncell, 1);
    assert_int_equal(grid->fixed->cells[0].column, 1);
    assert_string_equal(grid->fixed->cells[0].parts[0].text, "石门村村民委员会\n2026年11月1日");
    assert_string_equal(world.document->author, "石门村村民委员会");
    assert_int_equal(world_make(&world, 1), 0);
    grid = &world_block(&world, BLOCK_GRID, 0)->grid;
    assert_int_equal(grid->fixed->ncell, 2);
    assert_true(g_str_has_prefix(grid->fixed->cells[1].parts[0].text, "大湾村委会\n"));
    assert_string_equal(world.document->author, "大湾村党支部、大湾村委会");
    settings_override(world.settings, "落款", "甲；乙;丙、丁");
    assert_int_equal(world_make(&world, 0), -1);
    world_expect(&world, FINDING_DOCUMENT_ISSUERS, 28, 5);
    world_end(&world);
}

static void build_lists_may_become_attachments(void **state)
{
    struct world world;
    const struct unit *unit;

    (void)state;
    world_begin(&world);
    make_grid(
        &world, SKELETON
        "body:\n  - title: 试\n"
        "  - table: {rows: 名单, columns: [{field: 户主姓名}], attachment: \"{{行政村}}名单\"}\n");
    unit = &world.document->units[0];
    assert_int_equal(unit->nblock, 9);
    assert_int_equal(unit->blocks[1].kind, BLOCK_GRID);
    assert_int_equal(unit->blocks[1].variant, VARIANT_INLINE);
    assert_string_equal(unit->blocks[2].text.text, "特此公示。");
    assert_int_equal(unit->blocks[2].variant, VARIANT_BOTH);
    assert_string_equal(unit->blocks[3].text.text, "附件：石门村名单");
    assert_int_equal(unit->blocks[3].variant, VARIANT_ATTACHED);
    assert_int_equal(unit->blocks[5].kind, BLOCK_SECTION);
    assert_string_equal(unit->blocks[6].text.text, "附件");
    assert_string_equal(unit->blocks[7].text.text, "石门村名单");
    assert_int_equal(unit->blocks[8].kind, BLOCK_GRID);
    assert_ptr_equal(unit->blocks[8].grid.rows, unit->blocks[1].grid.rows);
    assert_int_equal(world.count.printed, 3); /* counted once */
    world_end(&world);
}

static void build_skeleton_blocks_are_replaced_or_dropped(void **state)
{
    struct world world;
    const struct unit *unit;

    (void)state;
    world_begin(&world);
    world_run(&world, SKELETON "replace:\n  closing: {paragraph: 现予公示。}\n  issuers: none\n"
                               "body:\n  - title: 试\n");
    assert_int_equal(world_make(&world, 0), 0);
    unit = &world.document->units[0];
    assert_int_equal(unit->nblock, 2);
    assert_string_equal(unit->blocks[1].text.text, "现予公示。");
    world_end(&world);
}

static void build_unknown_skeleton_blocks_are_findings(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    assert_false(
        world_prepare(&world, SKELETON "replace:\n  closeing: none\nbody:\n  - title: 试\n"));
    world_expect(&world, FINDING_TEMPLATE_UNKNOWN_WORD, 15, 3);
    assert_string_equal(world_finding(&world, FINDING_TEMPLATE_UNKNOWN_WORD)->args[1], "closing");
    world_end(&world);
}

static void build_invalid_values_are_counted(void **state)
{
    struct world world;
    const struct finding *finding;

    (void)state;
    world_begin(&world);
    world_write(&world, "input/户.csv", "行政村,户编号,户主姓名,家庭人口\n石门村,1,张三,很多\n");
    world_run(&world,
              "id: t\ntitle: 册\naudience: internal\nstyle: plain\nformats: [xlsx]\nfile: 册\n"
              "data:\n  户: SELECT 户主姓名, 家庭人口 FROM 户 ORDER BY _id\n"
              "body:\n  - paragraph: \"{{户.家庭人口}}人\"\n"
              "  - table: {rows: 户, columns: [{field: 家庭人口, rule: true}]}\n");
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world_block(&world, BLOCK_TEXT, 0)->text.text, "（有误）人");
    finding = world_finding(&world, FINDING_DOCUMENT_INVALID);
    assert_non_null(finding);
    assert_string_equal(finding->args[2], "2");
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(build_columns_take_title_unit_format_and_align_of_their_field),
        cmocka_unit_test(build_columns_say_the_unit_they_print),
        cmocka_unit_test(build_texts_of_rows_are_parts),
        cmocka_unit_test(build_bands_of_a_table),
        cmocka_unit_test(build_groups_and_totals_know_their_function),
        cmocka_unit_test(build_groups_that_do_not_stand_together_are_refused),
        cmocka_unit_test(build_heads_may_have_two_levels),
        cmocka_unit_test(build_keys_and_ids_are_texts),
        cmocka_unit_test(build_forms_fill_the_measure),
        cmocka_unit_test(build_contacts_without_a_number_are_refused_unless_optional),
        cmocka_unit_test(build_issuers_stand_side_by_side),
        cmocka_unit_test(build_lists_may_become_attachments),
        cmocka_unit_test(build_skeleton_blocks_are_replaced_or_dropped),
        cmocka_unit_test(build_unknown_skeleton_blocks_are_findings),
        cmocka_unit_test(build_invalid_values_are_counted),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
