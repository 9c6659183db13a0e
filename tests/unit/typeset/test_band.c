/* Headers, footers, sections with pages of their own, and what is counted in them. */
#include "sheet.h"

static const struct text_style foot_style = {
    .role = ROLE_SONG, .size = 10000, .leading = 13000, .align = ALIGN_CENTER};
/* One line of it fills a page. */
static const struct text_style tall_style = {.role = ROLE_SONG,
                                             .size = 16000,
                                             .size_min = 16000,
                                             .size_max = 16000,
                                             .leading = MM(120),
                                             .align = ALIGN_LEFT};

static struct block text_block(const char *text, const struct text_style *style)
{
    return (struct block){.kind = BLOCK_TEXT, .text = {.text = text, .style = style}};
}

static struct block section_block(const char *name, const struct page_setup *page, bool restart)
{
    return (struct block){.kind = BLOCK_SECTION,
                          .section = {.name = name, .page = page, .restart = restart}};
}

static struct page_band band(const char *left, const char *center, const char *right)
{
    return (struct page_band){
        .parts = {left, center, right}, .style = &foot_style, .gap = MM(7), .place = {.line = 5}};
}

static const struct page_item *item_of(struct sheet *sheet, size_t page, const char *text)
{
    const struct page_item *item = page_run(layout_draw(sheet->layout, page), text);
    assert_non_null(item);
    return item;
}

static void band_stands_left_middle_and_right(void **state)
{
    struct sheet *sheet = *state;
    const struct block blocks[] = {text_block("一", &style_body)};
    const struct unit unit = {.nblock = 1, .blocks = blocks};
    struct document document = sheet_document(&unit, 1);
    document.page.header = band("石门村", NULL, "内部资料");
    document.page.footer = band(NULL, "第{页}页", NULL);
    assert_true(sheet_measure(sheet, &document));
    const struct page_item *left = item_of(sheet, 1, "石门村");
    assert_int_equal(left->x, MM(20));
    assert_int_equal(left->y, MM(20) - MM(7));
    const struct page_item *right = item_of(sheet, 1, "内部资料");
    assert_in_range(right->x + right->w, MM(190) - 10, MM(190) + 10);
    const struct page_item *middle = item_of(sheet, 1, "第1页");
    assert_in_range(middle->x + middle->w / 2, MM(105) - 20, MM(105) + 20);
    assert_int_equal(middle->y, MM(297) - MM(20) + MM(7));
}

/* GB/T 9704-2012, 7.5: odd pages at the right, even ones at the left. */
static void band_outer_changes_sides(void **state)
{
    struct sheet *sheet = *state;
    const struct block blocks[] = {text_block("一\n二\n三\n四\n五", &tall_style)};
    const struct unit unit = {.nblock = 1, .blocks = blocks};
    struct document document = sheet_document(&unit, 1);
    document.page.footer = band(NULL, NULL, "— {页} —");
    document.page.footer.outer = true;
    document.page.header = band("石门村", NULL, NULL);
    document.page.header.not_first = true;
    assert_true(sheet_measure(sheet, &document));
    assert_int_equal(layout_pages(sheet->layout), 3);
    assert_null(page_run(layout_draw(sheet->layout, 1), "石门村"));
    assert_true(item_of(sheet, 1, "— 1 —")->x > MM(150));
    assert_int_equal(item_of(sheet, 2, "— 2 —")->x, MM(20));
    assert_true(item_of(sheet, 3, "— 3 —")->x > MM(150));
    assert_non_null(page_run(layout_draw(sheet->layout, 2), "石门村"));
}

static void sections_have_their_own_paper_and_numbers(void **state)
{
    struct sheet *sheet = *state;
    struct document document = sheet_document(NULL, 1);
    document.page.footer = band(NULL, "{页}/{页数} 总{总页}/{总页数}", NULL);
    struct page_setup large = document.page, lying = document.page;
    large.paper = "A3";
    large.width = MM(297);
    large.height = MM(420);
    large.footer = band("{节} {页}/{页数}", NULL, NULL);
    lying.width = MM(297);
    lying.height = MM(210);
    lying.turned = true;
    lying.binding = MM(10);
    const struct block blocks[] = {
        text_block("一\n二\n三\n四", &tall_style), section_block("附件1", &large, true),
        text_block("五\n六\n七\n八", &tall_style), section_block("附件2", &lying, false),
        text_block("九", &tall_style)};
    const struct unit unit = {.nblock = G_N_ELEMENTS(blocks), .blocks = blocks};
    document.units = &unit;
    assert_true(sheet_measure(sheet, &document));
    assert_int_equal(layout_pages(sheet->layout), 5);
    assert_int_equal(layout_draw(sheet->layout, 2)->width, MM(210));
    item_of(sheet, 2, "2/2 总2/5");
    assert_int_equal(layout_draw(sheet->layout, 3)->width, MM(297));
    assert_int_equal(layout_draw(sheet->layout, 3)->height, MM(420));
    assert_int_equal(item_of(sheet, 3, "附件1 1/3")->y, MM(420) - MM(20) + MM(7));
    item_of(sheet, 4, "附件1 2/3");
    assert_int_equal(layout_draw(sheet->layout, 5)->height, MM(210));
    assert_int_equal(item_of(sheet, 5, "3/3 总5/5")->y, MM(210) - MM(20) + MM(7));
    /* bound at its top: ten millimetres lower than without */
    mpt bound = item_of(sheet, 5, "九")->y;
    lying.binding = 0;
    assert_true(sheet_measure(sheet, &document));
    assert_int_equal(bound - item_of(sheet, 5, "九")->y, MM(10));
    size_t count;
    const struct page_mark *marks = layout_marks(sheet->layout, &count);
    assert_int_equal(marks[count - 1].page, 5);
    assert_string_equal(marks[count - 1].title, "附件2");
}

static void binding_moves_the_type_area(void **state)
{
    struct sheet *sheet = *state;
    const struct block blocks[] = {text_block("一", &tall_style)};
    const struct unit unit = {.nblock = 1, .blocks = blocks};
    struct document document = sheet_document(&unit, 1);
    document.page.binding = MM(10);
    assert_true(sheet_measure(sheet, &document));
    assert_int_equal(item_of(sheet, 1, "一")->x, MM(20) + MM(10));
}

static void volumes_count_their_units_together(void **state)
{
    struct sheet *sheet = *state;
    const struct block two[] = {text_block("一\n二\n三\n四", &tall_style)};
    const struct block one[] = {text_block("一", &tall_style)};
    const struct unit units[] = {{.nblock = 1, .blocks = two, .volume = "石门村"},
                                 {.nblock = 1, .blocks = one, .volume = "石门村"},
                                 {.nblock = 1, .blocks = one, .volume = "大湾村"},
                                 {.nblock = 1, .blocks = two}};
    struct document document = sheet_document(units, G_N_ELEMENTS(units));
    document.page.footer = band(NULL, "{页}/{页数} 册{册页}/{册页数} 总{总页}/{总页数}", NULL);
    assert_true(sheet_measure(sheet, &document));
    item_of(sheet, 2, "2/2 册2/3 总2/6");
    item_of(sheet, 3, "1/1 册3/3 总3/6");
    item_of(sheet, 4, "1/1 册1/1 总4/6");
    item_of(sheet, 6, "2/2 册2/2 总6/6");
}

static void band_too_wide_is_a_finding(void **state)
{
    struct sheet *sheet = *state;
    const struct block blocks[] = {text_block("一", &style_body)};
    const struct unit unit = {.nblock = 1, .blocks = blocks};
    struct document document = sheet_document(&unit, 1);
    document.page.header = band("云岭镇石门村二〇二六年度巩固脱贫攻坚成果帮扶措施落实情况", NULL,
                                "云岭镇石门村二〇二六年度巩固脱贫攻坚成果帮扶措施落实情况");
    assert_false(sheet_measure(sheet, &document));
    assert_true(sheet_has(sheet, FINDING_LAYOUT_BAND_TOO_WIDE));
    document.page.header.parts[BAND_RIGHT] = "内部资料";
    assert_true(sheet_measure(sheet, &document));
    /* the middle part stands between the two */
    document.page.header.parts[BAND_CENTER] = "二〇二六年度帮扶措施";
    assert_false(sheet_measure(sheet, &document));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(band_stands_left_middle_and_right, sheet_setup,
                                        sheet_teardown),
        cmocka_unit_test_setup_teardown(band_outer_changes_sides, sheet_setup, sheet_teardown),
        cmocka_unit_test_setup_teardown(sections_have_their_own_paper_and_numbers, sheet_setup,
                                        sheet_teardown),
        cmocka_unit_test_setup_teardown(binding_moves_the_type_area, sheet_setup, sheet_teardown),
        cmocka_unit_test_setup_teardown(volumes_count_their_units_together, sheet_setup,
                                        sheet_teardown),
        cmocka_unit_test_setup_teardown(band_too_wide_is_a_finding, sheet_setup, sheet_teardown),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("typeset/band", tests, NULL, NULL);
}
