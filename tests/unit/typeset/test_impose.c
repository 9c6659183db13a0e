/* Which pages go where on which sheets, and what the layout makes of it. */
#include "sheet.h"

#include "typeset/impose.h"

static const struct impose_page a5 = {MM(148), MM(210), true};
static const struct impose_page a4 = {MM(210), MM(297), true};
static const struct impose_page a3 = {MM(297), MM(420), true};

static const struct side *side_at(const struct imposed *imposed, size_t number)
{
    assert_true(number < imposed->sides->len);
    return &g_array_index(imposed->sides, struct side, number);
}

/* The pages of every side from left to right and top to bottom: "8,1 2,7", - for an empty one. */
static char *told(const struct imposed *imposed)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < imposed->sides->len; i++) {
        const struct side *side = side_at(imposed, i);
        g_string_append(out, i > 0 ? " " : "");
        for (size_t k = 0; k < side->count; k++) {
            const struct placed *placed =
                &g_array_index(imposed->placed, struct placed, side->first + k);
            g_string_append_printf(out, "%s%zu%s", k > 0 ? "," : "", placed->page + 1,
                                   placed->back ? "b" : "");
        }
        if (side->count == 0)
            g_string_append_c(out, '-');
    }
    return g_string_free(out, FALSE);
}

/* count pages alike, of which those of `begins` begin a unit (NULL: all). */
static struct imposed imposed_of(struct imposition imposition, bool duplex,
                                 const struct impose_page *page, const char *begins, size_t count)
{
    struct impose_page *pages = g_new(struct impose_page, count);
    for (size_t i = 0; i < count; i++) {
        pages[i] = *page;
        pages[i].begins = !begins || begins[i] == '1';
    }
    struct imposed imposed = impose(&imposition, duplex, pages, count);
    g_free(pages);
    return imposed;
}

static void expect(struct imposition imposition, bool duplex, const char *begins, size_t count,
                   const char *wanted)
{
    struct imposed imposed = imposed_of(imposition, duplex, &a5, begins, count);
    char *text = told(&imposed);
    assert_string_equal(text, wanted);
    g_free(text);
    imposed_clear(&imposed);
}

static void impose_none_is_page_by_page(void **state)
{
    (void)state;
    expect((struct imposition){0}, false, "1011", 4, "1 2 3 4");
    /* on both sides: each unit begins on a front, a blank page before it where needed */
    expect((struct imposition){0}, true, "1011", 4, "1 2b 3 - 4");
    expect((struct imposition){0}, true, "1101", 4, "1 - 2 3b 4");
}

static void impose_slots_take_pages_in_order(void **state)
{
    (void)state;
    expect((struct imposition){.kind = IMPOSE_SLOTS, .slots = 2}, false, NULL, 3, "1,2 3");
    expect((struct imposition){.kind = IMPOSE_SLOTS, .slots = 4}, false, "10110", 5, "1,2,3,4 5");
    expect((struct imposition){.kind = IMPOSE_SLOTS, .slots = 8}, false, NULL, 9,
           "1,2,3,4,5,6,7,8 9");
}

/* A leaf's back lies behind its front: the sheet is turned over sideways. */
static void impose_slots_on_both_sides_back_to_back(void **state)
{
    (void)state;
    const struct imposition two = {.kind = IMPOSE_SLOTS, .slots = 2};
    struct imposed imposed = imposed_of(two, true, &a5, "1010", 4);
    char *text = told(&imposed);
    assert_string_equal(text, "1,3 2b,4b");
    g_free(text);
    const struct placed *placed = &g_array_index(imposed.placed, struct placed, 0);
    assert_int_equal(placed[0].x, 0);       /* page 1 left */
    assert_int_equal(placed[2].x, MM(148)); /* page 2 right, behind it */
    assert_int_equal(placed[3].x, 0);
    imposed_clear(&imposed);
    expect(two, true, "110", 3, "1,2 3b");
}

static void impose_slots_scale_only_for_a_smaller_sheet(void **state)
{
    (void)state;
    struct imposition two = {.kind = IMPOSE_SLOTS, .slots = 2};
    struct imposed imposed = imposed_of(two, false, &a5, NULL, 2);
    assert_int_equal(side_at(&imposed, 0)->width, 2 * MM(148));
    assert_int_equal(side_at(&imposed, 0)->height, MM(210));
    imposed_clear(&imposed);
    /* two A5 are one A4 lying; the millimetre over goes to both sides of each */
    two.width = MM(210);
    two.height = MM(297);
    imposed = imposed_of(two, false, &a5, NULL, 2);
    const struct placed *placed = &g_array_index(imposed.placed, struct placed, 1);
    assert_int_equal(side_at(&imposed, 0)->width, MM(297));
    assert_int_equal(placed->scale, SCALE_ONE);
    assert_int_equal(placed->x, MM(297) / 2 + (MM(297) / 2 - MM(148)) / 2);
    imposed_clear(&imposed);
    /* two A4 are not */
    imposed = imposed_of(two, false, &a4, NULL, 2);
    placed = &g_array_index(imposed.placed, struct placed, 1);
    assert_in_range(placed->scale, 0.70 * SCALE_ONE, 0.71 * SCALE_ONE);
    imposed_clear(&imposed);
}

static void impose_booklet_folds_into_reading_order(void **state)
{
    (void)state;
    const struct imposition file = {.kind = IMPOSE_BOOKLET, .whole = true};
    expect(file, false, NULL, 8, "8b,1 2b,7 6b,3 4b,5");
    expect(file, false, NULL, 5, "1 2b 3 4b,5");
    /* each unit a booklet of its own */
    expect((struct imposition){.kind = IMPOSE_BOOKLET}, false, "10001", 5, "4b,1 2b,3 5 -");
}

static void impose_tiles_overlap_and_cover_the_page(void **state)
{
    (void)state;
    const struct imposition tiles = {
        .kind = IMPOSE_TILES, .width = MM(210), .height = MM(297), .overlap = MM(10)};
    struct imposed imposed = imposed_of(tiles, false, &a3, NULL, 1);
    assert_int_equal(imposed.sides->len, 4);
    for (size_t i = 0; i < 4; i++) {
        const struct side *side = side_at(&imposed, i);
        const struct placed *placed = &g_array_index(imposed.placed, struct placed, i);
        assert_int_equal(placed->page, 0);
        assert_int_equal(placed->scale, SCALE_ONE);
        assert_int_equal(side->row, i / 2);
        assert_int_equal(side->column, i % 2);
        /* inside what a printer reaches, and the marks' room beside it */
        assert_true(side->x >= MM(10) && side->x + side->w <= side->width - MM(10));
        assert_true(side->y >= MM(10) && side->y + side->h <= side->height - MM(10));
        /* what of the page is seen */
        const mpt left = side->x - placed->x, top = side->y - placed->y;
        assert_int_equal(left, i % 2 == 0 ? 0 : side_at(&imposed, 0)->w - MM(10));
        assert_int_equal(top, i < 2 ? 0 : side_at(&imposed, 0)->h - MM(10));
        if (i == 3) {
            assert_int_equal(left + side->w, MM(297));
            assert_int_equal(top + side->h, MM(420));
        }
    }
    imposed_clear(&imposed);
    /* a page that fits is printed as it is */
    imposed = imposed_of(tiles, false, &a4, NULL, 2);
    assert_int_equal(imposed.sides->len, 2);
    assert_int_equal(side_at(&imposed, 0)->columns, 0);
    imposed_clear(&imposed);
}

static const struct text_style small_style = {
    .role = ROLE_SONG, .size = 12000, .leading = 16000, .align = ALIGN_LEFT};

static struct block text_block(const char *text)
{
    return (struct block){.kind = BLOCK_TEXT, .text = {.text = text, .style = &small_style}};
}

static struct document cards(const struct unit *units, size_t count)
{
    struct document document = sheet_document(units, count);
    document.page.paper = "A5";
    document.page.width = MM(148);
    document.page.height = MM(210);
    document.page.footer =
        (struct page_band){.parts = {[BAND_CENTER] = "{联}{页}/{页数} 总{总页}/{总页数}"},
                           .style = &small_style,
                           .gap = MM(7)};
    return document;
}

/* One page a unit, and its own: whatever else is printed, none moves to another page. */
static void hundred_units_never_drift(void **state)
{
    enum { COUNT = 100 };
    struct sheet *sheet = *state;
    struct unit units[COUNT];
    struct block blocks[COUNT];
    char names[COUNT][24];
    for (size_t i = 0; i < COUNT; i++) {
        g_snprintf(names[i], sizeof names[i], "第%zu户", i + 1);
        blocks[i] = text_block(names[i]);
        units[i] = (struct unit){.name = names[i], .nblock = 1, .blocks = &blocks[i]};
    }
    struct document document = cards(units, COUNT);
    assert_true(sheet_measure(sheet, &document));
    assert_int_equal(layout_pages(sheet->layout), COUNT);
    size_t count;
    const struct page_mark *marks = layout_marks(sheet->layout, &count);
    assert_int_equal(count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        const struct page *page = layout_draw(sheet->layout, i + 1);
        assert_int_equal(page_count(page, names[i]), 1);
        assert_int_equal(page->nitem, 2); /* and its footer */
        assert_int_equal(marks[i].page, i + 1);
    }
    /* four to a sheet: unit i in slot i mod 4 of sheet i / 4 */
    document.imposition = (struct imposition){.kind = IMPOSE_SLOTS, .slots = 4};
    assert_true(sheet_measure(sheet, &document));
    assert_int_equal(layout_pages(sheet->layout), COUNT / 4);
    marks = layout_marks(sheet->layout, &count);
    for (size_t i = 0; i < COUNT; i++) {
        const struct page *page = layout_draw(sheet->layout, i / 4 + 1);
        const struct page_item *name = page_run(page, names[i]);
        assert_non_null(name);
        assert_int_equal(name->x, MM(20) + (i % 2) * MM(148));
        assert_in_range(name->y, (i % 4 / 2) * MM(210) + MM(20), (i % 4 / 2) * MM(210) + MM(27));
        assert_int_equal(name->glyphs[0].x, name->x);
        assert_int_equal(marks[i].page, i / 4 + 1);
    }
}

static void duplex_units_begin_on_fronts(void **state)
{
    struct sheet *sheet = *state;
    const struct block blocks[] = {text_block("甲"), text_block("乙")};
    const struct unit units[] = {{.nblock = 1, .blocks = &blocks[0]},
                                 {.name = "乙户", .nblock = 1, .blocks = &blocks[1]}};
    struct document document = cards(units, 2);
    document.duplex = true;
    document.page.binding = MM(10);
    document.page.footer.outer = true;
    assert_true(sheet_measure(sheet, &document));
    assert_int_equal(layout_pages(sheet->layout), 3);
    assert_int_equal(layout_draw(sheet->layout, 2)->nitem, 0);
    assert_int_equal(layout_draw(sheet->layout, 2)->width, MM(148));
    const struct page *page = layout_draw(sheet->layout, 3);
    assert_non_null(page_run(page, "乙"));
    assert_non_null(page_run(page, "1/1 总2/2")); /* blank pages are not counted */
    size_t count;
    assert_int_equal(layout_marks(sheet->layout, &count)[1].page, 3);
}

static void binding_is_at_the_right_of_backs(void **state)
{
    struct sheet *sheet = *state;
    static const struct text_style tall_style = {
        .role = ROLE_SONG, .size = 12000, .leading = MM(100), .align = ALIGN_LEFT};
    const struct block block = {.kind = BLOCK_TEXT,
                                .text = {.text = "甲\n乙\n丙\n丁", .style = &tall_style}};
    const struct unit unit = {.nblock = 1, .blocks = &block};
    struct document document = sheet_document(&unit, 1);
    document.duplex = true;
    document.page.binding = MM(10);
    assert_true(sheet_measure(sheet, &document));
    assert_int_equal(page_run(layout_draw(sheet->layout, 1), "甲")->x, MM(20) + MM(10));
    assert_int_equal(page_run(layout_draw(sheet->layout, 2), "丙")->x, MM(20));
}

static void copies_count_their_pages_by_themselves(void **state)
{
    struct sheet *sheet = *state;
    const struct block blocks[] = {text_block("甲"), text_block("乙")};
    const struct unit units[] = {
        {.nblock = 1, .blocks = &blocks[0], .copy = "农户联"},
        {.nblock = 1, .blocks = &blocks[0], .copy = "村委会联", .repeated = true},
        {.nblock = 1, .blocks = &blocks[1], .copy = "农户联"},
        {.nblock = 1, .blocks = &blocks[1], .copy = "村委会联", .repeated = true}};
    struct document document = cards(units, 4);
    assert_true(sheet_measure(sheet, &document));
    assert_non_null(page_run(layout_draw(sheet->layout, 1), "农户联1/1 总1/2"));
    assert_non_null(page_run(layout_draw(sheet->layout, 2), "村委会联1/1 总1/2"));
    assert_non_null(page_run(layout_draw(sheet->layout, 4), "村委会联1/1 总2/2"));
}

static void scaled_pages_have_smaller_type(void **state)
{
    struct sheet *sheet = *state;
    const struct block block = text_block("甲乙");
    const struct unit unit = {.nblock = 1, .blocks = &block};
    struct document document = sheet_document(&unit, 1);
    document.imposition =
        (struct imposition){.kind = IMPOSE_SLOTS, .slots = 4, .width = MM(210), .height = MM(297)};
    assert_true(sheet_measure(sheet, &document));
    const struct page_item *item = page_run(layout_draw(sheet->layout, 1), "甲乙");
    assert_int_equal(item->size, 6000);
    assert_in_range(item->x, MM(10) - 5, MM(10) + 5);
    assert_in_range(item->glyphs[1].x, item->x + 5999, item->x + 6001);
    assert_true(sheet_has(sheet, FINDING_LAYOUT_SCALED)); /* to half */
}

static void tiles_show_each_its_part(void **state)
{
    struct sheet *sheet = *state;
    const struct block block = text_block("左上");
    const struct unit unit = {.nblock = 1, .blocks = &block};
    struct document document = sheet_document(&unit, 1);
    document.page.width = MM(297);
    document.page.height = MM(420);
    document.imposition = (struct imposition){
        .kind = IMPOSE_TILES, .width = MM(210), .height = MM(297), .overlap = MM(10)};
    assert_true(sheet_measure(sheet, &document));
    assert_int_equal(layout_pages(sheet->layout), 4);
    const struct page *page = layout_draw(sheet->layout, 1);
    assert_int_equal(page->nclip, 1);
    assert_non_null(page_run(page, "左上"));
    assert_non_null(page_run(page, "第1行第1列（共2行2列）"));
    page = layout_draw(sheet->layout, 4);
    assert_int_equal(page->nclip, 0);
    assert_null(page_run(page, "左上"));
    assert_non_null(page_run(page, "第2行第2列（共2行2列）"));
    /* marks and labels stand outside of what is seen */
    for (size_t i = page->nclip; i < page->nitem; i++) {
        const struct page_item *item = &page->items[i];
        const mpt top = item->kind == PAGE_TEXT ? item->y - item->size : item->y;
        const mpt bottom = item->kind == PAGE_TEXT ? item->y : item->y + item->h;
        assert_true(item->x + item->w <= page->clip_x || item->x >= page->clip_x + page->clip_w ||
                    bottom <= page->clip_y || top >= page->clip_y + page->clip_h);
    }
    assert_int_equal(layout_check(sheet->layout, sheet->findings), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, sheet_setup, sheet_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(impose_none_is_page_by_page),
        cmocka_unit_test(impose_slots_take_pages_in_order),
        cmocka_unit_test(impose_slots_on_both_sides_back_to_back),
        cmocka_unit_test(impose_slots_scale_only_for_a_smaller_sheet),
        cmocka_unit_test(impose_booklet_folds_into_reading_order),
        cmocka_unit_test(impose_tiles_overlap_and_cover_the_page),
        TEST(hundred_units_never_drift),
        TEST(duplex_units_begin_on_fronts),
        TEST(binding_is_at_the_right_of_backs),
        TEST(copies_count_their_pages_by_themselves),
        TEST(scaled_pages_have_smaller_type),
        TEST(tiles_show_each_its_part),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("typeset/impose", tests, NULL, NULL);
}
