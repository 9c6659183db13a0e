/* Names set wide (均排): a reader of the PDF gets them as the ledger has them, whatever the gap. */
#include "typeset/sheet.h"

#include <glib/gstdio.h>

#include "render/render.h"

static const struct text_style wide = {
    .role = ROLE_BODY, .size = 14000, .leading = 20000, .align = ALIGN_SPREAD};
static const struct column column = {.field = SIZE_MAX, .width = MM(30)};

static char *text_of_pdf(const char *path)
{
    const char *command[] = {"pdftotext", path, "-", NULL};
    char *out;
    int status;
    assert_true(g_spawn_sync(NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out,
                             NULL, &status, NULL));
    assert_int_equal(status, 0);
    return out;
}

/* 仿宋 (Fandol) has neither 䶮 nor 堃: such a name is set in two faces, here in either order. */
static void name_in_two_faces_is_extracted_whole(void **state)
{
    struct sheet *sheet = *state;
    static const char *const names[] = {"李海", "龙䶮", "䶮龙", "堃䶮"};
    struct row rows[G_N_ELEMENTS(names)];
    struct cell cells[G_N_ELEMENTS(names)];
    struct part parts[G_N_ELEMENTS(names)];
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        parts[i] = (struct part){.kind = PART_LITERAL, .text = names[i]};
        cells[i] = (struct cell){
            .colspan = 1, .rowspan = 1, .npart = 1, .parts = &parts[i], .style = &wide};
        rows[i] = (struct row){.ncell = 1, .cells = &cells[i], .height = MM(9)};
    }
    const struct block block = {.kind = BLOCK_GRID,
                                .grid = {.ncolumn = 1,
                                         .columns = &column,
                                         .nfixed = G_N_ELEMENTS(names),
                                         .fixed = rows,
                                         .padding = 350,
                                         .width = MM(30)}};
    const struct unit unit = {.nblock = 1, .blocks = &block};
    const struct document document = sheet_document(&unit, 1);
    assert_true(sheet_measure(sheet, &document));
    const struct page *page = layout_draw(sheet->layout, 1);
    const struct page_item *first = page_run(page, "龙䶮");
    assert_non_null(first);
    assert_string_equal(first[1].text, "");
    assert_int_not_equal(first[0].font, first[1].font);

    char *folder = g_dir_make_tmp("mingbai-test-XXXXXX", NULL);
    char *stem = g_build_filename(folder, "名单", NULL), *path = g_strconcat(stem, ".pdf", NULL);
    const struct render_job job = {.document = &document,
                                   .layout = sheet->layout,
                                   .stem = stem,
                                   .created = 1,
                                   .findings = sheet->findings};
    assert_int_equal(render_pdf.render(&job), 0);
    char *text = text_of_pdf(path);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (!strstr(text, names[i]))
            fail_msg("%s is not in: %s", names[i], text);
    g_free(text);
    g_remove(path);
    g_rmdir(folder);
    g_free(path);
    g_free(stem);
    g_free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(name_in_two_faces_is_extracted_whole, sheet_setup,
                                        sheet_teardown),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
