/* The png renderer: one picture a page, none left over from longer runs. */
#include <cairo.h>

#include "fake_layout.h"

static const struct document notice = {.id = "x", .title = "公示"};

struct world {
    struct findings *findings;
    struct layout *layout;
    char *folder, *stem;
    struct render_job job;
};

static int set_up(void **state)
{
    struct world *world = g_new0(struct world, 1);
    world->findings = findings_new();
    world->layout = fake_new(world->findings);
    world->folder = fake_folder();
    world->stem = g_build_filename(world->folder, "公示", NULL);
    world->job = (struct render_job){.document = &notice,
                                     .layout = world->layout,
                                     .stem = world->stem,
                                     .created = 946684800,
                                     .findings = world->findings};
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    fake_free(world->layout);
    findings_free(world->findings);
    fake_folder_remove(world->folder);
    g_free(world->folder);
    g_free(world->stem);
    g_free(world);
    return 0;
}

static bool exists(const struct world *world, const char *end)
{
    char *path = g_strconcat(world->stem, end, NULL);
    bool found = g_file_test(path, G_FILE_TEST_EXISTS);
    g_free(path);
    return found;
}

static void write_old(const struct world *world, const char *end)
{
    char *path = g_strconcat(world->stem, end, NULL);
    assert_true(g_file_set_contents(path, "old", -1, NULL));
    g_free(path);
}

static cairo_surface_t *read_page(const struct world *world, const char *end)
{
    char *path = g_strconcat(world->stem, end, NULL);
    cairo_surface_t *surface = cairo_image_surface_create_from_png(path);
    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    g_free(path);
    return surface;
}

static uint32_t pixel(cairo_surface_t *surface, int x, int y)
{
    const unsigned char *row = cairo_image_surface_get_data(surface) +
                               (ptrdiff_t)y * cairo_image_surface_get_stride(surface);
    uint32_t value;
    memcpy(&value, row + 4 * x, sizeof value);
    return value & 0xFFFFFF;
}

/* Dark pixels in a box given in points. */
static size_t ink(cairo_surface_t *surface, double x, double y, double w, double h)
{
    size_t count = 0;
    for (int row = (int)(y * 150 / 72); row < (int)((y + h) * 150 / 72); row++)
        for (int column = (int)(x * 150 / 72); column < (int)((x + w) * 150 / 72); column++)
            count += (pixel(surface, column, row) & 0xFF) < 128;
    return count;
}

static void png_is_one_white_file_a_page(void **state)
{
    struct world *world = *state;
    fake_page(world->layout, 595276, 841890);
    fake_page(world->layout, 841890, 595276);
    fake_end(world->layout, world->findings);
    assert_int_equal(render_png.render(&world->job), 0);
    cairo_surface_t *first = read_page(world, "-01.png"), *second = read_page(world, "-02.png");
    assert_int_equal(cairo_image_surface_get_width(first), 1240);
    assert_int_equal(cairo_image_surface_get_height(first), 1754);
    assert_int_equal(cairo_image_surface_get_width(second), 1754);
    assert_int_equal(pixel(first, 0, 0), 0xFFFFFF);
    assert_int_equal(pixel(second, 1753, 1239), 0xFFFFFF);
    cairo_surface_destroy(first);
    cairo_surface_destroy(second);
}

static void png_paints_each_item_in_its_place(void **state)
{
    struct world *world = *state;
    struct layout *layout = world->layout;
    fake_page(layout, 400000, 400000);
    fake_text(layout, ROLE_HEAD, 48000, 48000, 96000, 0, "如");
    fake_item(layout, (struct page_item){
                          .kind = PAGE_RULE, .x = 192000, .y = 48000, .w = 96000, .h = 2400});
    fake_item(layout, (struct page_item){
                          .kind = PAGE_RULE, .x = 192000, .y = 96000, .w = 4800, .h = 48000});
    fake_item(layout, (struct page_item){
                          .kind = PAGE_TICK, .x = 48000, .y = 192000, .w = 48000, .h = 48000});
    fake_item(layout, (struct page_item){
                          .kind = PAGE_CROSS, .x = 192000, .y = 192000, .w = 96000, .h = 48000});
    fake_end(layout, world->findings);
    assert_int_equal(render_png.render(&world->job), 0);
    cairo_surface_t *page = read_page(world, "-01.png");
    const struct {
        double x, y, w, h;
        size_t least, most;
    } boxes[] = {
        {48, 52.8, 48, 50.4, 1000, 4000}, /* 如 */
        {192, 48, 96, 2.4, 950, 1000},    /* 200 x 5 pixels */
        {192, 96, 4.8, 48, 950, 1000},    {48, 192, 48, 48, 700, 3000},
        {216, 192, 48, 48, 1200, 3500}, /* in the middle of its box */
    };
    size_t inside = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(boxes); i++) {
        size_t count = ink(page, boxes[i].x, boxes[i].y, boxes[i].w, boxes[i].h);
        assert_in_range(count, boxes[i].least, boxes[i].most);
        inside += count;
    }
    /* nothing runs over its box */
    assert_int_equal(ink(page, 0, 0, 400, 400), inside);
    cairo_surface_destroy(page);
}

static void png_strokes_and_fills_shapes(void **state)
{
    struct world *world = *state;
    static const struct page_point square[] = {{0, 0}, {48000, 0}, {48000, 48000}, {0, 48000}};
    enum { LAST = PATTERN_GRID, CHECKS = LAST + 1, STROKES = LAST + 3, COUNT = LAST + 6 };
    const struct {
        size_t least, most;
    } inks[COUNT] = {
        {0, 0},       {0, 0},       {9980, 10000}, /* none, white, black: 100 x 100 pixels */
        {1300, 1700}, {1300, 1700},                /* rising and falling hatch */
        {2500, 3000}, {1700, 2200}, {1100, 1300},
        {1100, 1300}, {2200, 2600}, {1100, 1200}, /* the half of the outline that is inside */
        {1700, 2500},                             /* with its tick */
        {650, 750},                               /* a diagonal, 141 x 5 pixels */
        {300, 550},                               /* the same, dashed */
        {1100, 1200},                             /* a frame */
    };
    fake_page(world->layout, 800000, 200000);
    for (int i = 0; i < COUNT; i++) {
        struct page_item item = {.kind = PAGE_PATH,
                                 .x = 48000 * (1 + i % 8 * 2),
                                 .y = 9600 + 96000 * (i / 8),
                                 .w = 48000,
                                 .h = 48000};
        if (i <= LAST) {
            item.pattern = (enum page_pattern)i;
            item.npoint = G_N_ELEMENTS(square);
            item.points = square;
            if (i == PATTERN_WHITE) { /* it hides what is below */
                item.pattern = PATTERN_BLACK;
                fake_item(world->layout, item);
                item.pattern = PATTERN_WHITE;
            }
        } else {
            item.weight = 2400;
            item.kind = i == CHECKS ? PAGE_CHECK : i == CHECKS + 1 ? PAGE_CHECKED : PAGE_LINE;
            item.dash = i == STROKES + 1 ? DASH_SHORT : DASH_NONE;
            if (i == STROKES + 2)
                item.kind = PAGE_FRAME;
        }
        fake_item(world->layout, item);
    }
    fake_end(world->layout, world->findings);
    assert_int_equal(render_png.render(&world->job), 0);
    cairo_surface_t *page = read_page(world, "-01.png");
    for (int i = 0; i < COUNT; i++) {
        size_t count = ink(page, 48 * (1 + i % 8 * 2), 9.6 + 96 * (i / 8), 48, 48);
        assert_in_range(count, inks[i].least, inks[i].most);
        /* filled areas run over no edge */
        if (i <= LAST)
            assert_int_equal(ink(page, 48 * (1 + i % 8 * 2) - 6, 3.6 + 96 * (i / 8), 60, 60),
                             count);
    }
    cairo_surface_destroy(page);
}

/* A tile: its part of the page through the window, its marks around it. */
static void png_clips_what_is_outside_of_the_window(void **state)
{
    struct world *world = *state;
    struct layout *layout = world->layout;
    fake_page(layout, 240000, 240000);
    fake_item(layout, (struct page_item){
                          .kind = PAGE_RULE, .x = -48000, .y = 96000, .w = 400000, .h = 4800});
    fake_item(layout,
              (struct page_item){.kind = PAGE_RULE, .x = 0, .y = 192000, .w = 24000, .h = 4800});
    fake_end(layout, world->findings);
    struct page *page = &g_array_index(layout->pages, struct fake_page, 0).page;
    page->nclip = 1;
    page->clip_x = page->clip_y = 48000;
    page->clip_w = page->clip_h = 144000;
    assert_int_equal(render_png.render(&world->job), 0);
    cairo_surface_t *picture = read_page(world, "-01.png");
    assert_in_range(ink(picture, 48, 90, 144, 20), 2900, 3000); /* 300 x 10 pixels */
    assert_int_equal(ink(picture, 0, 90, 48, 20), 0);
    assert_int_equal(ink(picture, 192, 90, 48, 20), 0);
    assert_in_range(ink(picture, 0, 190, 48, 10), 490, 500);
    cairo_surface_destroy(picture);
}

static void png_removes_pages_of_a_longer_run(void **state)
{
    struct world *world = *state;
    static const char *const old[] = {"-01.png", "-02.png", "-03.png", "-04.png"};
    for (size_t i = 0; i < G_N_ELEMENTS(old); i++)
        write_old(world, old[i]);
    write_old(world, "2-03.png");
    fake_page(world->layout, 100000, 100000);
    fake_page(world->layout, 100000, 100000);
    fake_end(world->layout, world->findings);
    assert_int_equal(render_png.render(&world->job), 0);
    assert_true(exists(world, "-01.png") && exists(world, "-02.png"));
    assert_false(exists(world, "-03.png") || exists(world, "-04.png"));
    assert_true(exists(world, "2-03.png"));
}

static void png_that_fails_leaves_all_old_pages(void **state)
{
    struct world *world = *state;
    write_old(world, "-01.png");
    write_old(world, "-02.png");
    fake_page(world->layout, 100000, 100000);
    fake_page(world->layout, 900000000, 900000000); /* larger than Cairo can draw */
    fake_end(world->layout, world->findings);
    assert_int_equal(render_png.render(&world->job), -1);
    assert_int_equal(findings_at(world->findings, findings_count(world->findings) - 1)->code,
                     FINDING_RENDER_FAILED);
    char *path = g_strconcat(world->stem, "-01.png", NULL), *bytes;
    assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
    assert_string_equal(bytes, "old");
    assert_true(exists(world, "-02.png"));
    g_free(bytes);
    g_free(path);
    /* and no temporary file */
    GDir *dir = g_dir_open(world->folder, 0, NULL);
    size_t count = 0;
    while (g_dir_read_name(dir))
        count++;
    assert_int_equal(count, 2);
    g_dir_close(dir);
}

static void png_refuses_hundreds_of_pages(void **state)
{
    struct world *world = *state;
    for (int i = 0; i < 201; i++)
        fake_page(world->layout, 10000, 10000);
    fake_end(world->layout, world->findings);
    assert_int_equal(render_png.render(&world->job), -1);
    assert_int_equal(findings_at(world->findings, findings_count(world->findings) - 1)->code,
                     FINDING_RENDER_TOO_MANY_PAGES);
    assert_false(exists(world, "-01.png"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(png_is_one_white_file_a_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(png_paints_each_item_in_its_place, set_up, tear_down),
        cmocka_unit_test_setup_teardown(png_strokes_and_fills_shapes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(png_clips_what_is_outside_of_the_window, set_up, tear_down),
        cmocka_unit_test_setup_teardown(png_removes_pages_of_a_longer_run, set_up, tear_down),
        cmocka_unit_test_setup_teardown(png_that_fails_leaves_all_old_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(png_refuses_hundreds_of_pages, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("png", tests, NULL, NULL);
}
