/* The pdf renderer, its files read back with poppler and qpdf. */
#include "fake_layout.h"

static const struct document notice = {
    .id = "exit-notice",
    .title = "关于石门村（2026年）的公示",
    .author = "石门村村民委员会",
    .subject = "脱贫退出公示",
    .note = "内部资料",
};

struct world {
    struct findings *findings;
    struct layout *layout;
    char *folder, *stem, *path;
    struct render_job job;
};

static int set_up(void **state)
{
    struct world *world = g_new0(struct world, 1);
    world->findings = findings_new();
    world->layout = fake_new(world->findings);
    world->folder = fake_folder();
    world->stem = g_build_filename(world->folder, "公示", NULL);
    world->path = g_strconcat(world->stem, ".pdf", NULL);
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
    g_free(world->path);
    g_free(world);
    return 0;
}

static void two_pages(struct world *world)
{
    struct layout *layout = world->layout;
    fake_page(layout, 595276, 841890);
    fake_text(layout, ROLE_TITLE, 26000, 100000, 90000, 0, "关于石门村的公示");
    fake_text(layout, ROLE_BODY, 16000, 60000, 140000, 0,
              "如有异议——请打电话，张如意、李翀、喆䶮。");
    fake_text(layout, ROLE_BODY, 16000, 60000, 180000, 4000, "2021年6月1日");
    fake_item(layout, (struct page_item){
                          .kind = PAGE_RULE, .x = 60000, .y = 200000, .w = 400000, .h = 1000});
    fake_item(layout,
              (struct page_item){.kind = PAGE_TICK, .x = 60000, .y = 220000, .w = 9000, .h = 9000});
    fake_item(layout, (struct page_item){
                          .kind = PAGE_CROSS, .x = 90000, .y = 220000, .w = 9000, .h = 9000});
    fake_page(layout, 841890, 595276);
    fake_text(layout, ROLE_HEAD, 15000, 60000, 90000, 0, "附件：名单");
    const struct page_mark marks[] = {{"关于石门村的公示", 1, 60000, 1},
                                      {"附件：名单（一）", 2, 75000, 2}};
    g_array_append_vals(layout->marks, marks, G_N_ELEMENTS(marks));
    fake_end(layout, world->findings);
}

static char *read_file(const char *path, size_t *size)
{
    char *bytes;
    assert_true(g_file_get_contents(path, &bytes, size, NULL));
    return bytes;
}

static void pdf_is_valid_and_says_what_it_is(void **state)
{
    struct world *world = *state;
    two_pages(world);
    assert_int_equal(render_pdf.render(&world->job), 0);
    assert_int_equal(findings_of_level(world->findings, LEVEL_ERROR), 0);
    g_free(output_of((const char *[]){"qpdf", "--check", world->path, NULL}));
    char *info = output_of((const char *[]){"pdfinfo", "-isodates", "-l", "2", world->path, NULL});
    static const char *const lines[] = {
        "关于石门村（2026年）的公示", "石门村村民委员会", "脱贫退出公示",    "内部资料",
        "2000-01-01T00:00:00",        "595.276 x 841.89", "841.89 x 595.276"};
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
        assert_non_null(strstr(info, lines[i]));
    g_free(info);
    char *catalog =
        output_of((const char *[]){"qpdf", "--json=1", "--json-key=objects", world->path, NULL});
    assert_non_null(strstr(catalog, "\"/Lang\": \"zh-CN\""));
    g_free(catalog);
}

static void pdf_has_the_outline(void **state)
{
    struct world *world = *state;
    two_pages(world);
    assert_int_equal(render_pdf.render(&world->job), 0);
    char *json =
        output_of((const char *[]){"qpdf", "--json=1", "--json-key=outlines", world->path, NULL});
    const char *first = strstr(json, "关于石门村的公示"),
               *second = strstr(json, "附件：名单（一）");
    assert_non_null(first);
    assert_non_null(second);
    assert_non_null(strstr(json, "\"destpageposfrom1\": 1"));
    assert_non_null(strstr(json, "\"destpageposfrom1\": 2"));
    g_free(json);
}

static void pdf_embeds_all_fonts_as_subsets(void **state)
{
    struct world *world = *state;
    two_pages(world);
    assert_int_equal(render_pdf.render(&world->job), 0);
    char *fonts = output_of((const char *[]){"pdffonts", world->path, NULL});
    g_auto(GStrv) lines = g_strsplit(g_strchomp(fonts), "\n", -1);
    assert_true(g_strv_length(lines) > 4);
    for (size_t i = 2; lines[i]; i++)
        assert_non_null(strstr(lines[i], "yes yes yes")); /* embedded, subset, Unicode */
    g_free(fonts);
}

/* 2021年6月1日 is spaced out, and still found as it was written. */
static void pdf_text_is_the_source(void **state)
{
    struct world *world = *state;
    two_pages(world);
    assert_int_equal(render_pdf.render(&world->job), 0);
    char *text = output_of((const char *[]){"pdftotext", world->path, "-", NULL});
    static const char *const expected[] = {"关于石门村的公示",
                                           "如有异议——请打电话，张如意、李翀、喆䶮。",
                                           "2021年6月1日", "附件：名单"};
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++)
        assert_non_null(strstr(text, expected[i]));
    g_free(text);
    /* what poppler has to say about the operators comes on stderr */
    char *err = NULL;
    const char *const command[] = {"pdftoppm", "-r", "20", world->path, world->stem, NULL};
    assert_true(g_spawn_sync(NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                             &err, NULL, NULL));
    assert_string_equal(err, "");
    g_free(err);
}

static void pdf_bytes_repeat(void **state)
{
    struct world *world = *state;
    two_pages(world);
    size_t first_size, size;
    assert_int_equal(render_pdf.render(&world->job), 0);
    char *first = read_file(world->path, &first_size);
    assert_int_equal(render_pdf.render(&world->job), 0);
    char *second = read_file(world->path, &size);
    assert_int_equal(size, first_size);
    assert_memory_equal(first, second, size);
    assert_true(size < 60000);
    g_free(first);
    g_free(second);
}

static void pdf_that_fails_leaves_the_old_file(void **state)
{
    struct world *world = *state;
    two_pages(world);
    assert_true(g_file_set_contents(world->path, "old", -1, NULL));
    ((struct page_font *)world->layout->subsets)->size = 10; /* a damaged font */
    assert_int_equal(render_pdf.render(&world->job), -1);
    const struct finding *finding =
        findings_at(world->findings, findings_count(world->findings) - 1);
    assert_int_equal(finding->code, FINDING_RENDER_FONT_FAILED);
    size_t size;
    char *bytes = read_file(world->path, &size);
    assert_string_equal(bytes, "old");
    g_free(bytes);
}

static void pdf_without_a_folder_is_a_finding(void **state)
{
    struct world *world = *state;
    two_pages(world);
    world->job.stem = "/proc/no such folder/x";
    assert_int_equal(render_pdf.render(&world->job), -1);
    assert_int_equal(findings_of_level(world->findings, LEVEL_ERROR), 1);
}

static void pdf_takes_an_empty_page_and_no_properties(void **state)
{
    struct world *world = *state;
    static const struct document bare = {.id = "x", .title = ""};
    fake_page(world->layout, 419528, 297638);
    fake_end(world->layout, world->findings);
    world->job.document = &bare;
    assert_int_equal(render_pdf.render(&world->job), 0);
    g_free(output_of((const char *[]){"qpdf", "--check", world->path, NULL}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pdf_is_valid_and_says_what_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pdf_has_the_outline, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pdf_embeds_all_fonts_as_subsets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pdf_text_is_the_source, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pdf_bytes_repeat, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pdf_that_fails_leaves_the_old_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pdf_without_a_folder_is_a_finding, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pdf_takes_an_empty_page_and_no_properties, set_up,
                                        tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("pdf", tests, NULL, NULL);
}
