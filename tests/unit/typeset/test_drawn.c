/* What is drawn over the text: check boxes, and lines to write on. */
#include "typeset/sheet.h"

/* One cell of the text, 60 mm wide, on a page of its own. */
static const struct page *draw_cell(struct sheet *sheet, const char *text, bool vertical)
{
    static const struct column column = {.field = SIZE_MAX, .width = MM(60)};
    struct part part = {.kind = PART_LITERAL, .text = text};
    struct cell cell = CELL(0, 1, &style_text, .npart = 1, .parts = &part, .vertical = vertical);
    struct row row = {.ncell = 1, .cells = &cell, .height = MM(9)};
    struct block block = {.kind = BLOCK_GRID,
                          .grid = {.ncolumn = 1,
                                   .columns = &column,
                                   .nfixed = 1,
                                   .fixed = &row,
                                   .padding = 350,
                                   .rules = RULES_NONE}};
    struct unit unit = {.nblock = 1, .blocks = &block};
    struct document document = sheet_document(&unit, 1);
    assert_true(sheet_measure(sheet, &document));
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_int_equal(layout_check(sheet->layout, sheet->findings), 0);
    return page;
}

static const struct page_item *item_of(const struct page *page, enum page_item_kind kind)
{
    for (size_t i = 0; i < page->nitem; i++)
        if (page->items[i].kind == kind)
            return &page->items[i];
    fail_msg("nothing of kind %d", (int)kind);
    return NULL;
}

static void boxes_are_drawn_over_their_text(void **state)
{
    const struct page *page = draw_cell(*state, "☑是　☐否", false);
    const struct page_item *text = page_run(page, "☑是　☐否");
    const struct page_item *ticked = item_of(page, PAGE_CHECKED), *open = item_of(page, PAGE_CHECK);
    assert_non_null(text);
    assert_true(text->spaced); /* readers get the boxes' characters */
    assert_int_equal(page_kind_count(page, PAGE_CHECKED), 1);
    assert_int_equal(page_kind_count(page, PAGE_CHECK), 1);
    /* in the em of their character, half an em from what follows, in the middle of the Han box */
    assert_in_range(ticked->w, 12000 * 8 / 10, 12000 * 85 / 100);
    assert_int_equal(ticked->w, ticked->h);
    assert_true(ticked->x > text->glyphs[0].x);
    assert_in_range(text->glyphs[1].x - ticked->x - ticked->w, 12000 * 35 / 100, 12000 / 2);
    assert_in_range(open->x - text->glyphs[3].x, 0, 12000 / 5);
    assert_in_range(text->y - ticked->y - ticked->h / 2, 12000 * 3 / 10, 12000 * 45 / 100);
}

static void a_crossed_box_is_a_box_and_a_cross(void **state)
{
    const struct page *page = draw_cell(*state, "☒", false);
    const struct page_item *box = item_of(page, PAGE_CHECK), *cross = item_of(page, PAGE_CROSS);
    assert_true(cross->x > box->x && cross->x + cross->w < box->x + box->w);
    assert_true(cross->y > box->y && cross->y + cross->h < box->y + box->h);
    assert_non_null(page_run(page, "☒"));
}

static void low_lines_are_one_line_to_write_on(void **state)
{
    const struct page *page = draw_cell(*state, "编号：____", false);
    const struct page_item *text = page_run(page, "编号：____");
    const struct page_item *line = item_of(page, PAGE_RULE);
    assert_non_null(text);
    assert_int_equal(page_kind_count(page, PAGE_RULE), 1);
    assert_int_equal(line->w, 4 * 6000);
    assert_int_equal(line->x, text->glyphs[3].x);
    assert_true(line->y > text->y && line->y < text->y + 12000 / 4);
    assert_int_equal(page_kind_count(draw_cell(*state, "a_b", false), PAGE_RULE), 0);
}

static void boxes_stand_in_vertical_labels(void **state)
{
    const struct page *page = draw_cell(*state, "是☑", true);
    const struct page_item *box = item_of(page, PAGE_CHECKED), *above = page_run(page, "是");
    assert_true(box->y > above->y);
    /* both in the middle of the cell */
    assert_in_range(box->x + box->w / 2 - above->glyphs[0].x, 6000 - 200, 6000 + 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(boxes_are_drawn_over_their_text, sheet_setup,
                                        sheet_teardown),
        cmocka_unit_test_setup_teardown(a_crossed_box_is_a_box_and_a_cross, sheet_setup,
                                        sheet_teardown),
        cmocka_unit_test_setup_teardown(low_lines_are_one_line_to_write_on, sheet_setup,
                                        sheet_teardown),
        cmocka_unit_test_setup_teardown(boxes_stand_in_vertical_labels, sheet_setup,
                                        sheet_teardown),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("drawn", tests, NULL, NULL);
}
