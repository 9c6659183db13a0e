/* Figures on pages: where they stand, what stands with them, that they are never divided. */
#include "typeset/sheet.h"

static const unsigned char modules[21 * 21] = {1};
static const struct image image = {.kind = IMAGE_PNG, .width = 300, .height = 200};

static struct block image_block(mpt width, enum align align, const char *caption)
{
    return (struct block){.kind = BLOCK_FIGURE,
                          .figure = {.kind = FIGURE_IMAGE,
                                     .width = width,
                                     .height = width * 2 / 3,
                                     .align = align,
                                     .text = caption,
                                     .style = &style_center,
                                     .image = &image}};
}

static struct block code_block(enum align align, const char *label)
{
    return (struct block){.kind = BLOCK_FIGURE,
                          .figure = {.kind = FIGURE_CODE,
                                     .width = 63000,
                                     .height = 63000,
                                     .align = align,
                                     .text = label,
                                     .style = align == ALIGN_RIGHT ? &style_amount : &style_text,
                                     .content = "a",
                                     .side = 21,
                                     .modules = modules}};
}

static bool measure(struct sheet *sheet, const struct block *blocks, size_t nblock,
                    struct unit *unit, struct document *document)
{
    *unit = (struct unit){.nblock = nblock, .blocks = blocks};
    *document = sheet_document(unit, 1);
    return sheet_measure(sheet, document);
}

static const struct page_item *item_of(const struct page *page, enum page_item_kind kind,
                                       size_t number)
{
    for (size_t i = 0; i < page->nitem; i++)
        if (page->items[i].kind == kind && number-- == 0)
            return &page->items[i];
    fail_msg("no such item");
    return NULL;
}

static void figure_stands_left_right_or_in_the_middle(void **state)
{
    const struct block blocks[] = {image_block(150000, ALIGN_LEFT, NULL),
                                   image_block(150000, ALIGN_CENTER, "图一"),
                                   image_block(150000, ALIGN_RIGHT, NULL)};
    struct unit unit;
    struct document document;

    assert_true(measure(*state, blocks, 3, &unit, &document));
    const struct page *page = layout_draw(((struct sheet *)*state)->layout, 1);
    const mpt width = MM(210) - 2 * MM(20);
    const mpt lefts[] = {MM(20), MM(20) + (width - 150000) / 2, MM(20) + width - 150000};
    for (size_t i = 0; i < 3; i++) {
        const struct page_item *item = item_of(page, PAGE_IMAGE, i);
        assert_int_equal(item->x, lefts[i]);
        assert_int_equal(item->w, 150000);
        assert_int_equal(item->h, 100000);
        assert_ptr_equal(item->image, &image);
    }
    /* the caption under its picture, in the middle of the measure, before the next picture */
    const struct page_item *second = item_of(page, PAGE_IMAGE, 1),
                           *third = item_of(page, PAGE_IMAGE, 2), *text = page_run(page, "图一");
    assert_non_null(text);
    assert_true(text->y > second->y + second->h + 10000);
    assert_true(text->y < third->y);
    assert_in_range(2 * text->x + text->w, 2 * MM(20) + width - 3, 2 * MM(20) + width + 3);
}

static void code_keeps_its_quiet_zone_to_the_text(void **state)
{
    const struct block blocks[] = {code_block(ALIGN_LEFT, "扫码"), code_block(ALIGN_RIGHT, "扫码"),
                                   code_block(ALIGN_CENTER, "扫码")};
    struct unit unit;
    struct document document;

    assert_true(measure(*state, blocks, 3, &unit, &document));
    const struct page *page = layout_draw(((struct sheet *)*state)->layout, 1);
    enum { ZONE = 12000 }; /* four modules */
    const struct page_item *text[3];
    size_t count = 0;
    for (size_t i = 0; i < page->nitem; i++)
        if (is_run(&page->items[i], "扫码"))
            text[count++] = &page->items[i];
    assert_int_equal(count, 3);
    const struct page_item *left = item_of(page, PAGE_CODE, 0),
                           *right = item_of(page, PAGE_CODE, 1),
                           *middle = item_of(page, PAGE_CODE, 2);
    assert_int_equal(left->x, MM(20));
    assert_true(text[0]->x >= left->x + left->w + ZONE);
    assert_true(text[0]->y > left->y && text[0]->y < left->y + left->h);
    assert_in_range(right->x + right->w, MM(190) - 2, MM(190) + 2);
    assert_true(text[1]->x + text[1]->w <= right->x - ZONE);
    assert_true(text[2]->y - text[2]->size > middle->y + middle->h + ZONE - 2000);
    assert_true(right->y >= left->y + left->h + 2 * ZONE);
}

/* A picture that does not fit goes to the next page whole, with the title that heads it. */
static void figure_is_never_divided(void **state)
{
    static const struct text_style title = {
        .role = ROLE_TITLE, .size = 20000, .leading = 30000, .align = ALIGN_CENTER};
    struct block blocks[] = {
        image_block(420000, ALIGN_LEFT, NULL),
        image_block(300000, ALIGN_LEFT, NULL),
        {.kind = BLOCK_TEXT, .text = {.text = "图二", .style = &title, .lines_max = 1}},
        image_block(420000, ALIGN_LEFT, "说明")};
    struct sheet *sheet = *state;
    struct unit unit;
    struct document document;

    assert_true(measure(sheet, blocks, 4, &unit, &document));
    assert_int_equal(layout_pages(sheet->layout), 2);
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_int_equal(page_kind_count(page, PAGE_IMAGE), 2);
    assert_null(page_run(page, "图二"));
    page = layout_draw(sheet->layout, 2);
    assert_non_null(page_run(page, "图二"));
    assert_non_null(page_run(page, "说明"));
    assert_int_equal(page_kind_count(page, PAGE_IMAGE), 1);
    assert_int_equal(layout_check(sheet->layout, sheet->findings), 0);
}

static void figure_larger_than_a_page_is_told(void **state)
{
    struct block blocks[] = {image_block(MM(171), ALIGN_LEFT, NULL)};
    struct sheet *sheet = *state;
    struct unit unit;
    struct document document;

    blocks[0].place = (struct place){.file = "t.yaml", .line = 9};
    assert_false(measure(sheet, blocks, 1, &unit, &document));
    assert_true(sheet_has(sheet, FINDING_LAYOUT_FIGURE_TOO_LARGE));
    assert_int_equal(findings_at(sheet->findings, 0)->place.line, 9);
    assert_string_equal(findings_at(sheet->findings, 0)->args[0], "171");
    assert_string_equal(findings_at(sheet->findings, 0)->args[2], "170");
}

static void figure_text_without_glyphs_is_told(void **state)
{
    struct block blocks[] = {image_block(100000, ALIGN_LEFT, "\U000F1234")};
    struct sheet *sheet = *state;
    struct unit unit;
    struct document document;

    assert_false(measure(sheet, blocks, 1, &unit, &document));
    assert_true(sheet_has(sheet, FINDING_FONT_NO_GLYPH));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(figure_stands_left_right_or_in_the_middle, sheet_setup,
                                        sheet_teardown),
        cmocka_unit_test_setup_teardown(code_keeps_its_quiet_zone_to_the_text, sheet_setup,
                                        sheet_teardown),
        cmocka_unit_test_setup_teardown(figure_is_never_divided, sheet_setup, sheet_teardown),
        cmocka_unit_test_setup_teardown(figure_larger_than_a_page_is_told, sheet_setup,
                                        sheet_teardown),
        cmocka_unit_test_setup_teardown(figure_text_without_glyphs_is_told, sheet_setup,
                                        sheet_teardown),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("figure", tests, NULL, NULL);
}
