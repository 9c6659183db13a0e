/* The display list of a page: what is put in comes out, whatever came before and after. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "typeset/display.h"

static void display_keeps_items_while_it_grows(void **state)
{
    (void)state;
    enum { COUNT = 200 };
    struct display *display = display_new();
    for (int round = 0; round < 2; round++) { /* the second is not disturbed by the first */
        display_clear(display);
        for (mpt i = 0; i < COUNT; i++) {
            const struct page_point points[] = {{i + 5, 7}, {i, 9}, {i + 2, 30}};
            const struct page_glyph glyph = {.glyph = (uint32_t)i, .advance = i};
            display_begin_run(display, "石门", 6, 1, 12000, i, 2);
            display_glyph(display, &glyph);
            display_end_run(display, 24000, false);
            display_path(display, points, 3, PATTERN_DOTTED, 500, DASH_LONG);
            display_line(display, i, 1, -3, 4, 250, DASH_DOTTED);
            display_frame(display, PAGE_CHECKED, i, 2, 9071, 9072, 600);
        }
        size_t count;
        const struct page_item *items = display_items(display, &count);
        assert_int_equal(count, 4 * COUNT);
        for (mpt i = 0; i < COUNT; i++, items += 4) {
            assert_string_equal(items[0].text, "石门");
            assert_int_equal(items[0].glyphs[0].glyph, i);
            assert_int_equal(items[1].kind, PAGE_PATH);
            assert_int_equal(items[1].x, i);
            assert_int_equal(items[1].y, 7);
            assert_int_equal(items[1].w, 5);
            assert_int_equal(items[1].h, 23);
            assert_int_equal(items[1].npoint, 3);
            assert_int_equal(items[1].points[0].x, 5);
            assert_int_equal(items[1].points[2].y, 23);
            assert_int_equal(items[1].pattern, PATTERN_DOTTED);
            assert_int_equal(items[1].weight, 500);
            assert_int_equal(items[1].dash, DASH_LONG);
            assert_int_equal(items[2].kind, PAGE_LINE);
            assert_int_equal(items[2].w, -3);
            assert_int_equal(items[2].dash, DASH_DOTTED);
            assert_int_equal(items[3].kind, PAGE_CHECKED);
            assert_int_equal(items[3].h, 9072);
        }
    }
    display_free(display);
}

static void display_ignores_a_path_of_no_points(void **state)
{
    (void)state;
    struct display *display = display_new();
    size_t count;
    display_path(display, NULL, 0, PATTERN_BLACK, 0, DASH_NONE);
    display_items(display, &count);
    assert_int_equal(count, 0);
    display_free(display);
}

static void display_places_and_crops(void **state)
{
    (void)state;
    enum { HALF = 32768 };
    struct display *display = display_new();
    const struct page_glyph glyph = {7, 1000, 2000, 14000, 0};
    const struct page_point corners[] = {{200, 400}, {600, 400}, {600, 800}};
    size_t count;
    display_box(display, PAGE_RULE, 100, 100, 10, 10); /* is not touched */
    display_box(display, PAGE_RULE, 200, 400, 1000, 1);
    display_begin_run(display, "石", 3, 0, 14000, 1000, 2000);
    display_glyph(display, &glyph);
    display_end_run(display, 14000, false);
    display_path(display, corners, 3, PATTERN_BLACK, 600, DASH_NONE);
    display_place(display, 1, 5000, 7000, HALF);
    const struct page_item *items = display_items(display, &count);
    assert_int_equal(count, 4);
    assert_int_equal(items[0].x, 100);
    assert_int_equal(items[1].x, 5100);
    assert_int_equal(items[1].y, 7200);
    assert_int_equal(items[1].w, 500);
    assert_int_equal(items[1].h, 1); /* never nothing */
    assert_int_equal(items[2].x, 5500);
    assert_int_equal(items[2].size, 7000);
    assert_int_equal(items[2].glyphs[0].x, 5500);
    assert_int_equal(items[2].glyphs[0].y, 8000);
    assert_int_equal(items[2].glyphs[0].advance, 7000);
    assert_int_equal(items[3].weight, 300);
    assert_int_equal(items[3].x + items[3].points[2].x, 5300);
    display_crop(display, 1, 5400, 7900, 3000, 3000);
    items = display_items(display, &count);
    assert_int_equal(count, 2);
    assert_string_equal(items[1].text, "石");
    assert_int_equal(items[1].glyphs[0].glyph, 7);
    display_free(display);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(display_keeps_items_while_it_grows),
        cmocka_unit_test(display_ignores_a_path_of_no_points),
        cmocka_unit_test(display_places_and_crops),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("display", tests, NULL, NULL);
}
