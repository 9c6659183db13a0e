/* Pages as templates declare them: paper, margins, headers and footers, sections. */
#include "fixture.h"

#include "document/paper_size.h"

/* HEAD and EACH of the fixture take lines 1 to 9. */
#define TOP   HEAD EACH
#define MM(x) ((mpt)((x)*MPT_PER_MM + 0.5))

static const struct page_setup *section_page(const struct world *world, size_t number)
{
    return world_block(world, BLOCK_SECTION, number)->section.page;
}

static void page_papers_have_their_standard_sizes(void **state)
{
    mpt width, height;

    (void)state;
    assert_true(paper_size("A2", &width, &height));
    assert_int_equal(width, MM(420));
    assert_int_equal(height, MM(594));
    assert_true(paper_size("B5", &width, &height)); /* GB/T 148, not JIS */
    assert_int_equal(width, MM(176));
    assert_true(paper_size("16开", &width, &height));
    assert_int_equal(height, MM(260));
    assert_false(paper_size("B6", &width, &height));
}

static void page_of_the_template_overlays_the_style(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, TOP
              "page: {paper: 16K, top: 30, binding: 8, header: {left: \"{{行政村}}\", right: 甲}, "
              "header_style: body, header_gap: 6, footer: \"— {页} —\", footer_style: cell, "
              "footer_align: outer, first_footer: none}\n"
              "body:\n  - paragraph: 试\n");
    assert_int_equal(world_make(&world, 0), 0);
    const struct page_setup *page = &world.document->page;
    assert_string_equal(page->paper, "16K");
    assert_int_equal(page->width, MM(184));
    assert_int_equal(page->top, MM(30));
    assert_int_equal(page->left, MM(20));
    assert_int_equal(page->binding, MM(8));
    assert_int_equal(page_inner_width(page), MM(184) - 2 * MM(20) - MM(8));
    assert_string_equal(page->header.parts[BAND_LEFT], "石门村");
    assert_string_equal(page->header.parts[BAND_RIGHT], "甲");
    assert_null(page->header.parts[BAND_CENTER]);
    assert_int_equal(page->header.gap, MM(6));
    assert_string_equal(page->footer.parts[BAND_RIGHT], "— {页} —");
    assert_int_equal(page->footer.gap, 19843);
    assert_true(page->footer.outer);
    assert_true(page->footer.not_first);
    assert_false(page->header.not_first);
    assert_null(world.document->units[0].page);
    world_end(&world);
}

static void page_of_a_section_is_its_own(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, TOP "page: {footer: \"{页}\", footer_style: cell}\n"
                          "body:\n"
                          "  - section: 一\n"
                          "  - paragraph: 甲\n"
                          "  - section: 二\n    paper: A3\n    numbering: restart\n"
                          "  - paragraph: 乙\n"
                          "  - section: 三\n    landscape: true\n"
                          "    page: {width: 200, height: 120, left: 10, footer: none}\n"
                          "  - paragraph: 丙\n");
    assert_int_equal(world_make(&world, 0), 0);
    assert_int_equal(section_page(&world, 0)->width, world.document->page.width);
    assert_false(section_page(&world, 0)->turned);
    assert_false(world_block(&world, BLOCK_SECTION, 0)->section.restart);
    assert_int_equal(section_page(&world, 1)->height, MM(420));
    assert_true(world_block(&world, BLOCK_SECTION, 1)->section.restart);
    assert_string_equal(section_page(&world, 1)->footer.parts[BAND_LEFT], "{页}");
    /* with the styles of that paper, and the document's again after it */
    assert_int_equal(world_block(&world, BLOCK_TEXT, 0)->text.style->size, 16000);
    assert_int_equal(world_block(&world, BLOCK_TEXT, 1)->text.style->size, 18000);
    assert_int_equal(world_block(&world, BLOCK_TEXT, 2)->text.style->size, 16000);
    assert_int_equal(section_page(&world, 2)->width, MM(200));
    assert_int_equal(section_page(&world, 2)->left, MM(10));
    assert_true(section_page(&world, 2)->turned);
    assert_null(section_page(&world, 2)->footer.parts[BAND_LEFT]);
    assert_string_equal(section_page(&world, 2)->paper, "自定");
    world_end(&world);
}

static void page_may_name_values_of_the_unit(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world,
              TOP "unit:\n"
                  "  rows: SELECT _id AS _户, 户主姓名, 村民小组 FROM 户 WHERE 行政村 IS :行政村 "
                  "ORDER BY _id\n"
                  "  pages_by: 村民小组\n"
                  "page: {header: \"{{户主姓名}}\", header_style: body}\n"
                  "body:\n  - paragraph: 试\n");
    assert_int_equal(world_make(&world, 0), 0);
    assert_int_equal(world.document->nunit, 3);
    assert_string_equal(world.document->page.header.parts[BAND_LEFT], "张如意");
    assert_null(world.document->units[0].page);
    assert_string_equal(world.document->units[2].page->header.parts[BAND_LEFT], "王芳");
    assert_string_equal(world.document->units[1].volume, "一组");
    assert_string_equal(world.document->units[2].volume, "二组");
    world_end(&world);
}

static void page_mistakes_are_found_in_the_template(void **state)
{
    static const struct {
        const char *text;
        enum finding_code code;
        uint32_t line, column;
    } MISTAKES[] = {
        {"page: {paper: A44}\n", FINDING_TEMPLATE_UNKNOWN_WORD, 10, 15},
        {"page: {footer: \"第{页码}页\", footer_style: cell}\n", FINDING_TEMPLATE_UNKNOWN_WORD, 10,
         17},
        {"page: {footer: \"{页}\"}\n", FINDING_TEMPLATE_MISSING_KEY, 10, 7},
        {"page: {footer: \"{页}\", footer_style: feet}\n", FINDING_TEMPLATE_UNKNOWN_STYLE, 10, 7},
        {"page: {header: {top: 甲}}\n", FINDING_TEMPLATE_UNKNOWN_KEY, 10, 17},
        {"page: {header: \"{{户主}}\", header_style: cell}\n", FINDING_TEMPLATE_UNKNOWN_NAME, 10,
         17},
        {"page: {width: 60, left: 30, right: 20}\n", FINDING_TEMPLATE_PAGE_SMALL, 10, 7},
        {"page: {header: 甲, header_style: cell, header_gap: 18}\n", FINDING_TEMPLATE_BAND_ROOM, 10,
         7},
        {"page: {footer: 甲, footer_style: cell, footer_gap: 20}\n", FINDING_TEMPLATE_BAND_ROOM, 10,
         7},
        {"page: {footer_align: inner}\n", FINDING_TEMPLATE_UNKNOWN_WORD, 10, 22},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(MISTAKES); i++) {
        char *text = g_strconcat(TOP, MISTAKES[i].text, "body:\n  - paragraph: 试\n", NULL);
        struct world world;

        world_begin(&world);
        assert_false(world_prepare(&world, text));
        world_expect(&world, MISTAKES[i].code, MISTAKES[i].line, MISTAKES[i].column);
        assert_int_equal(findings_count(world.findings), 1);
        world_end(&world);
        g_free(text);
    }
}

static void page_mistakes_of_sections_are_found(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    assert_false(world_prepare(&world, TOP "body:\n"
                                           "  - section: 一\n    paper: A9\n"
                                           "  - paragraph: 试\n"));
    world_expect(&world, FINDING_TEMPLATE_UNKNOWN_WORD, 12, 12);
    world_end(&world);
    world_begin(&world);
    assert_false(world_prepare(
        &world, TOP "unit: {rows: SELECT _id AS _户 FROM 户 ORDER BY _id, pages_by: 组}\n"
                    "body:\n  - paragraph: 试\n"));
    world_end(&world);
}

/* Strips side by side have no place for rows that run over the whole page. */
static void across_refuses_what_it_cannot_hold(void **state)
{
    static const struct {
        const char *text;
        enum finding_code code;
        uint32_t column;
    } MISTAKES[] = {
        {"across: 1}\n", FINDING_TEMPLATE_NUMBER, 70},
        {"across: 9}\n", FINDING_TEMPLATE_NUMBER, 70},
        {"across: 3, fill: page}\n", FINDING_TEMPLATE_ACROSS, 79},
        {"across: 3, rows_per_page: 20}\n", FINDING_TEMPLATE_ACROSS, 88},
        {"across: 3, side: 户}\n", FINDING_TEMPLATE_ACROSS, 79},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(MISTAKES); i++) {
        char *text = g_strconcat(HEAD EACH LIST "body:\n  - table: {rows: 名单, columns: [{field: "
                                                "户主姓名}, {field: 补贴}], ",
                                 MISTAKES[i].text, NULL);
        struct world world;

        world_begin(&world);
        assert_false(world_prepare(&world, text));
        world_expect(&world, MISTAKES[i].code, 15, MISTAKES[i].column);
        world_end(&world);
        g_free(text);
    }
}

static void across_is_part_of_the_grid(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_run(&world, HEAD EACH LIST "body:\n  - table: {rows: 名单, columns: [{field: 户主姓名}], "
                                     "across: 3, gutter: 4}\n");
    assert_int_equal(world_make(&world, 0), 0);
    assert_int_equal(world_block(&world, BLOCK_GRID, 0)->grid.across, 3);
    assert_int_equal(world_block(&world, BLOCK_GRID, 0)->grid.gutter, MM(4));
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_papers_have_their_standard_sizes),
        cmocka_unit_test(page_of_the_template_overlays_the_style),
        cmocka_unit_test(page_of_a_section_is_its_own),
        cmocka_unit_test(page_may_name_values_of_the_unit),
        cmocka_unit_test(page_mistakes_are_found_in_the_template),
        cmocka_unit_test(page_mistakes_of_sections_are_found),
        cmocka_unit_test(across_refuses_what_it_cannot_hold),
        cmocka_unit_test(across_is_part_of_the_grid),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("document/page", tests, NULL, NULL);
}
