/* The pages dump, the clusters of a run, and the registry. */
#include "fake_layout.h"

#include "render/run.h"

static const struct document notice = {.id = "x", .title = "公示"};

static void pages_states_every_item_exactly(void **state)
{
    (void)state;
    static const struct page_glyph glyphs[] = {{7, 1000, 2000, 14000, 0},
                                               {8, 15000, 2000, 7000, 3},
                                               {9, 22000, 1900, 0, 3},
                                               {10, 29000, 2000, 14000, 6}};
    static const struct page_point corners[] = {{0, 40}, {15, 0}, {30, 40}};
    static const struct page_item items[] = {
        {.kind = PAGE_TEXT,
         .x = 1000,
         .y = 2000,
         .w = 42000,
         .text = "石e\u0301\"",
         .font = 0,
         .size = 14000,
         .nglyph = 4,
         .glyphs = glyphs},
        {.kind = PAGE_RULE, .x = -200, .y = 5, .w = 400, .h = 30000},
        {.kind = PAGE_TICK, .x = 1, .y = 2, .w = 3, .h = 4},
        {.kind = PAGE_CROSS, .x = 5, .y = 6, .w = 7, .h = 8},
        {.kind = PAGE_LINE, .x = 9, .y = 10, .w = -5, .h = 6, .weight = 400, .dash = DASH_MIXED},
        {.kind = PAGE_FRAME, .x = 1, .y = 2, .w = 3, .h = 4, .weight = 500},
        {.kind = PAGE_CHECK, .x = 1, .y = 2, .w = 9071, .h = 9071, .weight = 600},
        {.kind = PAGE_CHECKED, .x = 3, .y = 2, .w = 9071, .h = 9071, .weight = 600},
        {.kind = PAGE_PATH,
         .x = 100,
         .y = 200,
         .w = 30,
         .h = 40,
         .weight = 500,
         .pattern = PATTERN_CROSSED,
         .npoint = 3,
         .points = corners},
        {.kind = PAGE_PATH, .x = 7, .y = 8, .w = 30, .h = 40, .npoint = 2, .points = corners},
    };
    static const char expected[] =
        "{\"page\":1,\"kind\":\"page\",\"x\":0,\"y\":0,\"w\":595276,\"h\":841890,"
        "\"clip\":[1,2,3,4],\"clipped\":5}\n"
        "{\"page\":1,\"kind\":\"line\",\"x\":1000,\"y\":2000,\"w\":42000,\"h\":0,"
        "\"text\":\"石e\u0301\\\"\",\"font\":\"A \\\\ B\",\"size\":14000,\"clusters\":["
        "{\"text\":\"石\",\"x\":1000,\"advance\":14000},"
        "{\"text\":\"e\u0301\",\"x\":15000,\"advance\":7000},"
        "{\"text\":\"\\\"\",\"x\":29000,\"advance\":14000}]}\n"
        "{\"page\":1,\"kind\":\"rule\",\"x\":-200,\"y\":5,\"w\":400,\"h\":30000}\n"
        "{\"page\":1,\"kind\":\"tick\",\"x\":1,\"y\":2,\"w\":3,\"h\":4}\n"
        "{\"page\":1,\"kind\":\"cross\",\"x\":5,\"y\":6,\"w\":7,\"h\":8}\n"
        "{\"page\":1,\"kind\":\"stroke\",\"x\":9,\"y\":10,\"w\":-5,\"h\":6,\"weight\":400,"
        "\"dash\":\"mixed\"}\n"
        "{\"page\":1,\"kind\":\"frame\",\"x\":1,\"y\":2,\"w\":3,\"h\":4,\"weight\":500}\n"
        "{\"page\":1,\"kind\":\"check\",\"x\":1,\"y\":2,\"w\":9071,\"h\":9071,\"weight\":600}\n"
        "{\"page\":1,\"kind\":\"checked\",\"x\":3,\"y\":2,\"w\":9071,\"h\":9071,\"weight\":600}\n"
        "{\"page\":1,\"kind\":\"path\",\"x\":100,\"y\":200,\"w\":30,\"h\":40,\"weight\":500,"
        "\"pattern\":\"crossed\",\"points\":[[100,240],[115,200],[130,240]]}\n"
        "{\"page\":1,\"kind\":\"path\",\"x\":7,\"y\":8,\"w\":30,\"h\":40,\"weight\":0,"
        "\"points\":[[7,48],[22,8]]}\n";
    struct findings *findings = findings_new();
    struct layout *layout = fake_new(findings);
    fake_page(layout, 595276, 841890);
    for (size_t i = 0; i < G_N_ELEMENTS(items); i++)
        fake_item(layout, items[i]);
    layout->subsets = g_new0(struct page_font, 1);
    layout->subsets[0].name = g_strdup("A \\ B");
    layout->nsubset = 1;
    struct fake_page *page = &g_array_index(layout->pages, struct fake_page, 0);
    page->page.nitem = page->items->len;
    page->page.nclip = 5;
    page->page.clip_x = 1;
    page->page.clip_y = 2;
    page->page.clip_w = 3;
    page->page.clip_h = 4;
    page->page.items = (const struct page_item *)(void *)page->items->data;

    char *folder = fake_folder();
    char *stem = g_build_filename(folder, "公示", NULL);
    char *path = g_strconcat(stem, ".pages", NULL), *bytes;
    const struct render_job job = {
        .document = &notice, .layout = layout, .stem = stem, .created = 1, .findings = findings};
    assert_int_equal(render_pages.render(&job), 0);
    assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
    assert_string_equal(bytes, expected);
    g_free(bytes);
    g_free(path);
    g_free(stem);
    fake_folder_remove(folder);
    g_free(folder);
    fake_free(layout);
    findings_free(findings);
}

static void run_covers_all_bytes_and_glyphs(void **state)
{
    (void)state;
    /* bytes 0-2 have no glyph, nor have 9-11 */
    static const struct page_glyph glyphs[] = {
        {1, 0, 0, 0, 3}, {2, 0, 0, 0, 6}, {3, 0, 0, 0, 6}, {4, 0, 0, 0, 12}};
    const struct page_item item = {
        .kind = PAGE_TEXT, .text = "\u200B甲乙\u200B丙", .nglyph = 4, .glyphs = glyphs};
    static const struct run_cluster expected[] = {{0, 1, 0, 6}, {1, 2, 6, 6}, {3, 1, 12, 3}};
    struct run_cluster cluster = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        assert_true(run_next(&item, &cluster));
        assert_memory_equal(&cluster, &expected[i], sizeof cluster);
    }
    assert_false(run_next(&item, &cluster));
    const struct page_item empty = {.kind = PAGE_TEXT, .text = "甲"};
    assert_false(run_next(&empty, &(struct run_cluster){0}));
}

static void renderers_are_found_by_name(void **state)
{
    (void)state;
    static const char *const names[] = {"pdf", "png", "xlsx", "tree", "pages"};
    size_t count = 0;
    for (const struct renderer *const *it = renderers(); *it; it++) {
        assert_string_equal((*it)->name, names[count++]);
        assert_ptr_equal(renderer_find((*it)->name), *it);
        assert_non_null((*it)->render);
        assert_true((*it)->suffix[0] == '.' && (*it)->title_zh[0] && (*it)->title_en[0]);
    }
    assert_int_equal(count, G_N_ELEMENTS(names));
    assert_null(renderer_find("html"));
    assert_null(renderer_find(""));
}

static size_t count_files(const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    size_t count = 0;
    while (g_dir_read_name(dir))
        count++;
    g_dir_close(dir);
    return count;
}

/* The last page misses one, so it has to be asked after that. */
static void paged_renderers_write_nothing_when_a_glyph_was_missed(void **state)
{
    (void)state;
    for (const struct renderer *const *it = renderers(); *it; it++) {
        if (!(*it)->paged)
            continue;
        struct findings *findings = findings_new();
        struct layout *layout = fake_new(findings);
        for (size_t number = 1; number <= 2; number++) {
            fake_page(layout, 300000, 200000);
            fake_text(layout, ROLE_BODY, 16000, 20000, 40000, 0, "公示");
        }
        fake_end(layout, findings);
        layout->missed_on = 2;
        char *folder = fake_folder(), *stem = g_build_filename(folder, "公示", NULL), *bytes;
        char *path = g_strconcat(stem, (*it)->page_files ? "-01" : "", (*it)->suffix, NULL);
        const struct render_job job = {.document = &notice,
                                       .layout = layout,
                                       .stem = stem,
                                       .created = 1,
                                       .findings = findings};
        assert_true(g_file_set_contents(path, "old", -1, NULL));
        assert_int_equal((*it)->render(&job), -1);
        assert_int_equal(findings_exit(findings), EXIT_BUG);
        assert_int_equal(findings_count(findings), 1);
        assert_string_equal(finding_name(findings_at(findings, 0)->code), "font-glyph-missed");
        assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
        assert_string_equal(bytes, "old");
        assert_int_equal(count_files(folder), 1);
        g_free(bytes);
        g_free(path);
        g_free(stem);
        fake_folder_remove(folder);
        g_free(folder);
        fake_free(layout);
        findings_free(findings);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_states_every_item_exactly),
        cmocka_unit_test(run_covers_all_bytes_and_glyphs),
        cmocka_unit_test(paged_renderers_write_nothing_when_a_glyph_was_missed),
        cmocka_unit_test(renderers_are_found_by_name),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("pages", tests, NULL, NULL);
}
