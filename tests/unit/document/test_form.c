/* Forms: what check boxes, photos and signatures become, and the mistakes one can make. */
#include "fixture.h"

/* Columns of every kind a check cell may show. */
static const char LEDGER[] =
    "name: 户\ntitle: 户台账\nprimaryKey: [户编号]\nfields:\n"
    "  - {name: 户编号, type: string, identify: true, show: full}\n"
    "  - {name: 达标, type: boolean, show: full}\n"
    "  - {name: 原因, type: code, multiple: true, constraints: {enum: [因病, 因残, 缺技术, 其他]}, "
    "show: full}\n"
    "  - {name: 住房, type: string, show: full}\n";

#define FORM                                                                                       \
    HEAD "each: SELECT 户编号, 达标, 原因, 住房 FROM 户 ORDER BY _id\n"                  \
         "body:\n  - form:\n      columns: 2\n      rows:\n"
/* The rows begin on line 12. */

static void begin(struct world *world, const char *row)
{
    char *csv = g_strconcat("户编号,达标,原因,住房\n", row, "\n", NULL);

    world_begin(world);
    world_write(world, "templates/ledgers/户.yaml", LEDGER);
    world_write(world, "input/户.csv", csv);
    g_free(csv);
}

/* The text of the form's second cell, for a household of one row. */
static char *cell_of(const char *row, const char *cell)
{
    struct world world;
    char *template = g_strconcat(FORM "        - [{label: 甲}, ", cell, "]\n", NULL), *text;
    const struct cell *made;

    begin(&world, row);
    world_run(&world, template);
    assert_int_equal(world_make(&world, 0), 0);
    made = &world_block(&world, BLOCK_GRID, 0)->grid.fixed[0].cells[1];
    assert_int_equal(made->npart, 1);
    text = g_strdup(made->parts[0].text);
    world_end(&world);
    g_free(template);
    return text;
}

static void assert_cell(const char *row, const char *cell, const char *expected)
{
    char *text = cell_of(row, cell);

    assert_string_equal(text, expected);
    g_free(text);
}

static void form_check_ticks_what_the_data_say(void **state)
{
    static const char *const CASES[][3] = {
        {"001,是,因病,土房", "{check: \"{{达标}}\"}", "☑是　☐否"},
        {"001,否,因病,土房", "{check: \"{{达标}}\"}", "☐是　☑否"},
        {"001,否,因病,土房", "{check: \"{{达标}}\", options: {是: 安全, 否: 不安全}}",
         "☐安全　☑不安全"},
        {"001,是,因病,土房", "{check: \"{{原因}}\"}", "☑因病　☐因残　☐缺技术　☐其他"},
        {"001,是,因残、缺技术,土房", "{check: \"{{原因}}\"}", "☐因病　☑因残　☑缺技术　☐其他"},
        {"001,是,因残、缺技术,土房", "{check: \"{{原因}}\", options: [因残], other: 其他}",
         "☑因残　☑其他（缺技术）"},
        {"001,是,其他,土房", "{check: \"{{原因}}\", other: 其他}", "☐因病　☐因残　☐缺技术　☑其他"},
        {"001,是,因病,土房", "{check: \"{{住房}}\", options: [砖房, 土房]}", "☐砖房　☑土房"},
        {"001,是,因病,窑洞", "{check: \"{{住房}}\", options: [砖房, 土房], other: 别的}",
         "☐砖房　☐土房　☑别的（窑洞）"},
        /* the ledger says there is none */
        {"001,是,无,土房", "{check: \"{{原因}}\"}", "☐因病　☐因残　☐缺技术　☐其他　☑无"},
        {"001,是,无,土房", "{check: \"{{原因}}\", options: {因病: 病, 无: 没有}}", "☐病　☑没有"},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++)
        assert_cell(CASES[i][0], CASES[i][1], CASES[i][2]);
}

static void form_check_leaves_what_is_not_known_open_and_says_so(void **state)
{
    struct world world;
    const struct row *rows;

    (void)state;
    begin(&world, "001,,,");
    world_run(&world,
              FORM "        - [{check: \"{{达标}}\"}, {check: \"{{原因}}\", other: 其他}]\n");
    assert_int_equal(world_make(&world, 0), 0);
    rows = world_block(&world, BLOCK_GRID, 0)->grid.fixed;
    assert_string_equal(rows[0].cells[0].parts[0].text, "☐是　☐否");
    assert_string_equal(rows[0].cells[1].parts[0].text, "☐因病　☐因残　☐缺技术　☐其他________");
    world_expect(&world, FINDING_DOCUMENT_BLANK, 12, 40);
    assert_string_equal(world_finding(&world, FINDING_DOCUMENT_BLANK)->args[1], "原因");
    assert_int_equal(findings_count(world.findings), 2);
    world_end(&world);
}

static void form_check_loses_no_value(void **state)
{
    struct world world;

    (void)state;
    begin(&world, "001,是,因病,窑洞");
    world_run(&world, FORM "        - [{label: 甲}, {check: \"{{住房}}\", options: [砖房]}]\n");
    assert_int_equal(world_make(&world, 0), -1);
    world_expect(&world, FINDING_DOCUMENT_NO_OPTION, 12, 33);
    assert_string_equal(world_finding(&world, FINDING_DOCUMENT_NO_OPTION)->args[1], "住房");
    assert_string_equal(world_finding(&world, FINDING_DOCUMENT_NO_OPTION)->args[2], "1");
    world_end(&world);
}

static void form_check_mistakes_have_place_and_suggestion(void **state)
{
    static const struct {
        const char *cell;
        enum finding_code code;
        uint32_t column;
        const char *argument;
    } CASES[] = {
        {"{check: \"现{{达标}}\"}", FINDING_TEMPLATE_CHECK, 32, NULL},
        {"{check: 是}", FINDING_TEMPLATE_CHECK, 32, NULL},
        {"{check: \"{{住房}}\"}", FINDING_TEMPLATE_MISSING_KEY, 24, "options"},
        {"{check: \"{{原因}}\", options: [因病, 因灾]}", FINDING_TEMPLATE_UNKNOWN_WORD, 56, "因病"},
        {"{check: \"{{原因}}\", options: 因病}", FINDING_TEMPLATE_WRONG_KIND, 51, NULL},
        {"{check: \"{{达标}}\", date: false}", FINDING_TEMPLATE_UNKNOWN_KEY, 42, NULL},
        {"{value: \"{{达标}}\", other: 别的}", FINDING_TEMPLATE_UNKNOWN_KEY, 42, NULL},
        {"{check: \"{{达标}}\", label: 甲}", FINDING_TEMPLATE_BLOCK, 24, NULL},
        {"{check: \"{{达木}}\"}", FINDING_TEMPLATE_UNKNOWN_NAME, 33, "达标"},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        struct world world;
        char *text = g_strconcat(FORM "        - [{label: 甲}, ", CASES[i].cell, "]\n", NULL);

        begin(&world, "001,是,因病,土房");
        assert_false(world_prepare(&world, text));
        world_expect(&world, CASES[i].code, 12, CASES[i].column);
        if (CASES[i].argument) {
            const struct finding *finding = world_finding(&world, CASES[i].code);

            assert_string_equal(finding->args[finding->narg - 1], CASES[i].argument);
        }
        g_free(text);
        world_end(&world);
    }
}

static void form_sign_is_a_line_of_45_mm_and_a_date(void **state)
{
    (void)state;
    /* 14 pt: 85 mm have room for 34 half ems, of which 45 mm are 19 */
    assert_cell("001,是,因病,土房", "{sign: 户主签字, date: false}",
                "户主签字：___________________");
    assert_cell("001,是,因病,土房", "{sign: 户主签字：, date: false}",
                "户主签字：___________________");
    assert_cell("001,是,因病,土房", "{sign: 户主签字}",
                "户主签字：___________________\n　　　　　　　年　　月　　日");
    assert_cell("001,是,因病,土房", "{sign: 村民委员会负责人（签字）}",
                "村民委员会负责人（签字）：\n___________________\n　　　　年　　月　　日");
}

/* 42 and 28 mm less the padding: 15 and 10 half ems of 14 pt. */
static void form_sign_in_a_narrow_cell_has_a_shorter_line_and_date(void **state)
{
    static const char *const CASES[][2] = {
        {"[1, 1, 1, 1]", "户主：\n_______________\n　　年　月　日"},
        {"[1, 1, 1, 1, 1, 1]", "户主：\n__________\n年　月　日"},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        struct world world;
        char *text = g_strconcat(
            HEAD "each: SELECT 户编号 FROM 户 ORDER BY _id\nbody:\n  - form:\n      columns: ",
            CASES[i][0], "\n      rows: [[{sign: 户主}, {text: 甲, span: ", i ? "5" : "3", "}]]\n",
            NULL);

        begin(&world, "001,是,因病,土房");
        world_run(&world, text);
        assert_int_equal(world_make(&world, 0), 0);
        assert_string_equal(
            world_block(&world, BLOCK_GRID, 0)->grid.fixed[0].cells[0].parts[0].text, CASES[i][1]);
        g_free(text);
        world_end(&world);
    }
}

static void form_sign_over_the_page_has_its_date_beside(void **state)
{
    struct world world;

    (void)state;
    begin(&world, "001,是,因病,土房");
    world_run(&world, FORM "        - [{sign: 户主, span: 2}]\n");
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world_block(&world, BLOCK_GRID, 0)->grid.fixed[0].cells[0].parts[0].text,
                        "户主：___________________　　　　年　　月　　日");
    world_end(&world);
}

#define MM(x) ((mpt)((x)*MPT_PER_MM))

static void form_photo_makes_its_rows_high_enough(void **state)
{
    struct world world;
    const struct row *rows;
    mpt height = 0;

    (void)state;
    begin(&world, "001,是,因病,土房");
    world_run(&world, FORM "        - [{label: 甲}, {photo: 照片, down: 4}]\n"
                           "        - [{label: 乙}]\n"
                           "        - height: 20\n          cells: [{label: 丙}]\n"
                           "        - [{label: 丁}]\n        - [{label: 戊, span: 2}]\n");
    assert_int_equal(world_make(&world, 0), 0);
    rows = world_block(&world, BLOCK_GRID, 0)->grid.fixed;
    for (size_t i = 0; i < 4; i++)
        height += rows[i].height;
    assert_in_range(height, MM(45), MM(45.1));
    assert_true(rows[2].height > MM(20));
    assert_in_range(rows[4].height, MM(8) - 1, MM(8) + 1);
    assert_int_equal(rows[0].cells[1].style->align, ALIGN_CENTER);
    assert_string_equal(rows[0].cells[1].parts[0].text, "照片");
    world_end(&world);
}

static void form_photo_needs_a_wide_cell(void **state)
{
    struct world world;

    (void)state;
    begin(&world, "001,是,因病,土房");
    world_run(&world, HEAD
              "each: SELECT 户编号 FROM 户 ORDER BY _id\nbody:\n  - form:\n      columns: [4, 1]\n"
              "      rows:\n        - [{label: 甲}, {photo: 照片}]\n");
    assert_int_equal(world_make(&world, 0), -1);
    world_expect(&world, FINDING_DOCUMENT_PHOTO, 12, 24);
    assert_string_equal(world_finding(&world, FINDING_DOCUMENT_PHOTO)->args[0], "34.0");
    world_end(&world);
}

static void form_rows_grow_or_stay(void **state)
{
    static const char STYLE[] = "id: plain\npapers:\n  A4:\n"
                                "    page: {width: 210, height: 297}\n"
                                "    texts: {head: {}, cell: {}, title: {}, body: {}}\n"
                                "    grids: {form: {row: 8, row_max: 12}}\n";
    struct world world;
    const struct row *rows;

    (void)state;
    begin(&world, "001,是,因病,土房");
    world_write(&world, "templates/styles/plain.yaml", STYLE);
    world_run(&world,
              FORM "        - [{label: 甲, span: 2}]\n"
                   "        - {stay: true, cells: [{label: 乙, span: 2}]}\n"
                   "        - {height: 10, cells: [{label: 丙, span: 2}]}\n"
                   "        - {height: 10, height_max: 20, cells: [{label: 丁, span: 2}]}\n");
    assert_int_equal(world_make(&world, 0), 0);
    rows = world_block(&world, BLOCK_GRID, 0)->grid.fixed;
    assert_in_range(rows[0].height_max, MM(12) - 1, MM(12) + 1);
    assert_in_range(rows[1].height, MM(8) - 1, MM(8) + 1);
    assert_int_equal(rows[1].height_max, 0);
    assert_int_equal(rows[2].height_max, 0);
    assert_in_range(rows[3].height_max, MM(20) - 1, MM(20) + 1);
    world_end(&world);
}

static void form_cells_hold_grids(void **state)
{
    struct world world;
    const struct grid *grid, *form, *table;

    (void)state;
    begin(&world, "001,是,因病,土房");
    world_run(&world,
              HEAD "each: SELECT 户编号 FROM 户 ORDER BY _id\n"
                   "data:\n  全部: SELECT 户编号, 达标 FROM 户 ORDER BY _id\n"
                   "body:\n  - form:\n      columns: [1, 3]\n      rows:\n"
                   "        - - {label: 甲}\n"
                   "          - form: {side: 旁, columns: 2, rows: [[{label: 乙}, {value: 丙}]]}\n"
                   "        - - {label: 丁}\n"
                   "          - table: {rows: 全部, columns: [{field: 户编号}, {field: 达标}]}\n");
    assert_int_equal(world_make(&world, 0), 0);
    grid = &world_block(&world, BLOCK_GRID, 0)->grid;
    form = grid->fixed[0].cells[1].grid;
    table = grid->fixed[1].cells[1].grid;
    assert_null(grid->fixed[0].cells[0].grid);
    assert_string_equal(form->side, "旁");
    assert_int_equal(form->ncolumn, 2);
    /* as wide as the cell */
    assert_int_equal(form->side_width + form->columns[0].width + form->columns[1].width,
                     grid->columns[1].width);
    assert_string_equal(form->fixed[0].cells[1].parts[0].text, "丙");
    assert_int_equal(rowset_rows(table->rows), 1);
    assert_int_equal(table->nhead, 1);
    assert_int_equal(world.document->units[0].nblock, 1);
    assert_int_equal(world.count.printed, 1);
    world_end(&world);
}

static void form_inner_grids_have_no_pages(void **state)
{
    static const char *const CASES[][2] = {
        {"joined: true", "joined"},
        {"attachment: 附", "attachment"},
        {"page_subtotal: {户编号: count}", "page_subtotal"},
        {"carry_forward: {户编号: count}", "carry_forward"},
        {"running: {户编号: count}", "running"},
        {"rows_per_page: 9", "rows_per_page"},
        {"fill: page", "fill: page"},
        {"group: {by: 户编号, page: true}", "group: page"},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        struct world world;
        char *text =
            g_strconcat(HEAD "data:\n  全部: SELECT 户编号 FROM 户 ORDER BY _id\n"
                             "body:\n  - form:\n      columns: 1\n      rows:\n        - - table:\n"
                             "              rows: 全部\n              columns: [{field: 户编号}]\n"
                             "              ",
                        CASES[i][0], "\n", NULL);

        begin(&world, "001,是,因病,土房");
        assert_false(world_prepare(&world, text));
        assert_non_null(world_finding(&world, FINDING_TEMPLATE_INNER));
        assert_string_equal(world_finding(&world, FINDING_TEMPLATE_INNER)->args[0], CASES[i][1]);
        assert_int_equal(world_finding(&world, FINDING_TEMPLATE_INNER)->place.line, 16);
        g_free(text);
        world_end(&world);
    }
}

static void form_mistakes_in_inner_grids_are_found(void **state)
{
    static const struct {
        const char *cell;
        enum finding_code code;
    } CASES[] = {
        {"form: {columns: 1, rows: [[{value: \"{{达木}}\"}]]}", FINDING_TEMPLATE_UNKNOWN_NAME},
        {"form: {columns: 2, rows: [[{label: 甲}]]}", FINDING_TEMPLATE_SPAN},
        {"form: {columns: 1, rows: [[{check: \"{{住房}}\"}]]}", FINDING_TEMPLATE_MISSING_KEY},
        {"table: {rows: 全不, columns: [{field: 甲}]}", FINDING_TEMPLATE_UNKNOWN_DATA},
        {"form: 甲", FINDING_TEMPLATE_WRONG_KIND},
        {"lines: 3, label: 甲", FINDING_TEMPLATE_UNKNOWN_KEY},
        {"lines: -1, text: 甲", FINDING_TEMPLATE_NUMBER},
        {"lines: 61, text: 甲", FINDING_TEMPLATE_NUMBER},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(CASES); i++) {
        struct world world;
        char *text = g_strconcat(FORM "        - [{label: 甲}, {", CASES[i].cell, "}]\n", NULL);

        begin(&world, "001,是,因病,土房");
        assert_false(world_prepare(&world, text));
        assert_non_null(world_finding(&world, CASES[i].code));
        assert_int_equal(world_finding(&world, CASES[i].code)->place.line, 12);
        g_free(text);
        world_end(&world);
    }
}

static void form_lines_are_for_what_is_not_known(void **state)
{
    struct world world;
    const struct cell *cells;

    (void)state;
    begin(&world, "001,是,因病,");
    world_run(&world, FORM "        - [{value: \"{{住房}}\", lines: 3}, {text: 情况, lines: 4}]\n"
                           "        - [{value: \"{{原因}}\", lines: 3}, {value: \"\"}]\n");
    assert_int_equal(world_make(&world, 0), 0);
    cells = world_block(&world, BLOCK_GRID, 0)->grid.fixed[0].cells;
    assert_int_equal(cells[0].lines, 3);
    assert_false(cells[0].rule);
    assert_int_equal(cells[1].lines, 4);
    assert_string_equal(cells[1].parts[0].text, "情况");
    cells = world_block(&world, BLOCK_GRID, 0)->grid.fixed[1].cells;
    assert_int_equal(cells[0].lines, 0);
    assert_true(cells[1].rule);
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(form_check_ticks_what_the_data_say),
        cmocka_unit_test(form_check_leaves_what_is_not_known_open_and_says_so),
        cmocka_unit_test(form_check_loses_no_value),
        cmocka_unit_test(form_check_mistakes_have_place_and_suggestion),
        cmocka_unit_test(form_sign_is_a_line_of_45_mm_and_a_date),
        cmocka_unit_test(form_sign_in_a_narrow_cell_has_a_shorter_line_and_date),
        cmocka_unit_test(form_sign_over_the_page_has_its_date_beside),
        cmocka_unit_test(form_photo_makes_its_rows_high_enough),
        cmocka_unit_test(form_photo_needs_a_wide_cell),
        cmocka_unit_test(form_rows_grow_or_stay),
        cmocka_unit_test(form_cells_hold_grids),
        cmocka_unit_test(form_inner_grids_have_no_pages),
        cmocka_unit_test(form_mistakes_in_inner_grids_are_found),
        cmocka_unit_test(form_lines_are_for_what_is_not_known),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
