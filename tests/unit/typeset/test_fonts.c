/* Which faces the roles get. Runs in the project's folder; fonts/fandol may be absent. */
#include <glib.h>
#include <glib/gstdio.h>
#include <hb-subset.h>
#include <hb.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "typeset/fonts.h"

static size_t count_code(const struct findings *findings, enum finding_code code)
{
    size_t count = 0;
    for (size_t i = 0; i < findings_count(findings); i++)
        count += findings_at(findings, i)->code == code;
    return count;
}

static char *make_folder(void)
{
    char *folder = g_dir_make_tmp("mingbai-test-XXXXXX", NULL);
    assert_non_null(folder);
    return folder;
}

static void remove_folder(char *folder, const char *file)
{
    char *path = g_build_filename(folder, file, NULL);
    g_remove(path);
    g_rmdir(folder);
    g_free(path);
    g_free(folder);
}

/* A name table that knows one family. */
static hb_blob_t *name_table(const char *family)
{
    const char *names[] = {family, "Regular", "test", family, "1", "test"};
    GByteArray *head = g_byte_array_new(), *texts = g_byte_array_new();
    const guint8 start[] = {0, 0, 0, 6, 0, 6 + 6 * 12};
    g_byte_array_append(head, start, sizeof start);
    for (guint8 i = 0; i < 6; i++) {
        const guint8 length = (guint8)(2 * strlen(names[i]));
        const guint8 record[] = {0,
                                 3,
                                 0,
                                 1,
                                 4,
                                 9,
                                 0,
                                 (guint8)(i + 1),
                                 0,
                                 length,
                                 (guint8)(texts->len >> 8),
                                 (guint8)texts->len};
        g_byte_array_append(head, record, sizeof record);
        for (const char *c = names[i]; *c; c++)
            g_byte_array_append(texts, (const guint8[]){0, (guint8)*c}, 2);
    }
    g_byte_array_append(head, texts->data, texts->len);
    g_byte_array_unref(texts);
    hb_blob_t *blob =
        hb_blob_create((const char *)head->data, head->len, HB_MEMORY_MODE_DUPLICATE, NULL, NULL);
    g_byte_array_unref(head);
    return blob;
}

/* The file of a small font that says it is family: the glyphs of another one. */
static void write_font(const char *folder, const char *file, const char *from, unsigned index,
                       const char *family)
{
    hb_blob_t *blob = hb_blob_create_from_file(from);
    hb_face_t *face = hb_face_create(blob, index);
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    hb_set_add_range(hb_subset_input_unicode_set(input), ' ', '~');
    hb_face_t *made = hb_subset_or_fail(face, input);
    assert_non_null(made);
    hb_blob_t *made_blob = hb_face_reference_blob(made);
    hb_face_t *subset = hb_face_create(made_blob, 0); /* a built face lists no tables */
    hb_face_t *builder = hb_face_builder_create();
    hb_tag_t tags[64];
    unsigned count = G_N_ELEMENTS(tags);
    hb_face_get_table_tags(subset, 0, &count, tags);
    for (unsigned i = 0; i < count; i++) {
        hb_blob_t *table = tags[i] == HB_TAG('n', 'a', 'm', 'e')
                               ? name_table(family)
                               : hb_face_reference_table(subset, tags[i]);
        hb_face_builder_add_table(builder, tags[i], table);
        hb_blob_destroy(table);
    }
    hb_blob_t *bytes = hb_face_reference_blob(builder);
    unsigned size;
    const char *data = hb_blob_get_data(bytes, &size);
    char *path = g_build_filename(folder, file, NULL);
    assert_true(g_file_set_contents(path, data, size, NULL));
    g_free(path);
    hb_blob_destroy(bytes);
    hb_face_destroy(builder);
    hb_face_destroy(subset);
    hb_blob_destroy(made_blob);
    hb_face_destroy(made);
    hb_subset_input_destroy(input);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
}

static void fonts_give_every_role_its_free_face(void **state)
{
    (void)state;
    static const char *const expected[FACE_ROLES] = {
        [ROLE_TITLE] = "Noto Serif CJK SC Bold", [ROLE_BODY] = "FandolFang",
        [ROLE_HEAD] = "Noto Sans CJK SC",        [ROLE_KAI] = "LXGW WenKai",
        [ROLE_SONG] = "Noto Serif CJK SC",
    };
    struct findings *findings = findings_new();
    struct fonts *fonts = fonts_open("fonts", FONTS_FREE, findings);
    assert_non_null(fonts);
    const bool fandol = g_file_test("fonts/fandol/FandolFang-Regular.otf", G_FILE_TEST_EXISTS);
    for (int role = 0; role < FACE_ROLES; role++)
        if (role != ROLE_BODY || fandol)
            assert_string_equal(fonts_of_role(fonts, role)[0], expected[role]);
    assert_int_equal(findings_count(findings), fandol ? 0 : 1);
    fonts_free(fonts);
    findings_free(findings);
}

static void fonts_take_the_simplified_chinese_face_of_a_collection(void **state)
{
    (void)state;
    struct findings *findings = findings_new();
    struct fonts *fonts = fonts_open("fonts", FONTS_FREE, findings);
    for (size_t i = 0; i < fonts_faces(fonts); i++) {
        const struct font_face *face = fonts_face(fonts, i);
        if (!g_str_has_suffix(face->file, ".ttc"))
            continue;
        assert_non_null(strstr(face->family, "CJK SC"));
        assert_int_equal(face->index, 2);
    }
    fonts_free(fonts);
    findings_free(findings);
}

static void fonts_number_a_shared_face_once(void **state)
{
    (void)state;
    struct findings *findings = findings_new();
    struct fonts *fonts = fonts_open("fonts", FONTS_FREE, findings);
    size_t ntitle, nsong;
    const uint32_t *title = fonts_role_faces(fonts, ROLE_TITLE, &ntitle);
    const uint32_t *song = fonts_role_faces(fonts, ROLE_SONG, &nsong);
    assert_true(ntitle > 1 && nsong > 1);
    assert_int_equal(title[1], song[0]);
    for (size_t i = 0; i < fonts_faces(fonts); i++)
        for (size_t k = 0; k < i; k++)
            assert_false(fonts_face(fonts, i)->index == fonts_face(fonts, k)->index &&
                         !strcmp(fonts_face(fonts, i)->file, fonts_face(fonts, k)->file));
    assert_string_equal(fonts_file(fonts, ROLE_SONG, 0), fonts_face(fonts, song[0])->file);
    assert_null(fonts_of_role(fonts, ROLE_SONG)[nsong]);
    fonts_free(fonts);
    findings_free(findings);
}

static void fonts_warn_once_when_a_role_is_substituted(void **state)
{
    (void)state;
    struct findings *findings = findings_new();
    struct fonts *fonts = fonts_open("no such folder", FONTS_FREE, findings);
    assert_non_null(fonts);
    assert_int_equal(count_code(findings, FINDING_FONT_ROLE_SUBSTITUTED), 1);
    assert_string_equal(findings_at(findings, 0)->args[0], "仿宋");
    assert_string_equal(findings_at(findings, 0)->args[1], fonts_of_role(fonts, ROLE_BODY)[0]);
    assert_int_equal(findings_exit(findings), 0);
    fonts_free(fonts);
    findings_free(findings);
}

static void fonts_prefer_licensed_faces_only_when_local(void **state)
{
    (void)state;
    char *folder = make_folder();
    struct findings *findings = findings_new();
    struct fonts *fonts = fonts_open("fonts", FONTS_FREE, findings);
    write_font(folder, "FangSong.ttf", fonts_file(fonts, ROLE_KAI, 0), 0, "FangSong_GB2312");
    fonts_free(fonts);

    fonts = fonts_open(folder, FONTS_LOCAL, findings);
    assert_string_equal(fonts_of_role(fonts, ROLE_BODY)[0], "FangSong_GB2312");
    assert_true(g_str_has_prefix(fonts_file(fonts, ROLE_BODY, 0), folder));
    fonts_free(fonts);
    fonts = fonts_open(folder, FONTS_FREE, findings);
    for (const char *const *name = fonts_of_role(fonts, ROLE_BODY); *name; name++)
        assert_string_not_equal(*name, "FangSong_GB2312");
    fonts_free(fonts);
    findings_free(findings);
    remove_folder(folder, "FangSong.ttf");
}

static void fonts_take_a_family_from_the_folder_first(void **state)
{
    (void)state;
    char *folder = make_folder();
    struct findings *findings = findings_new();
    struct fonts *fonts = fonts_open("fonts", FONTS_FREE, findings);
    write_font(folder, "mine.TTF", fonts_file(fonts, ROLE_KAI, 0), 0, "LXGW WenKai");
    fonts_free(fonts);
    fonts = fonts_open(folder, FONTS_FREE, findings);
    assert_true(g_str_has_prefix(fonts_file(fonts, ROLE_KAI, 0), folder));
    fonts_free(fonts);
    findings_free(findings);
    remove_folder(folder, "mine.TTF");
}

static void fonts_report_a_file_that_is_no_font(void **state)
{
    (void)state;
    char *folder = make_folder();
    char *path = g_build_filename(folder, "broken.ttf", NULL);
    assert_true(g_file_set_contents(path, "not a font", -1, NULL));
    struct findings *findings = findings_new();
    struct fonts *fonts = fonts_open(folder, FONTS_FREE, findings);
    assert_non_null(fonts);
    assert_int_equal(count_code(findings, FINDING_FONT_FILE_UNREADABLE), 1);
    assert_string_equal(findings_at(findings, 0)->place.file, path);
    fonts_free(fonts);
    findings_free(findings);
    g_free(path);
    remove_folder(folder, "broken.ttf");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fonts_give_every_role_its_free_face),
        cmocka_unit_test(fonts_take_the_simplified_chinese_face_of_a_collection),
        cmocka_unit_test(fonts_number_a_shared_face_once),
        cmocka_unit_test(fonts_warn_once_when_a_role_is_substituted),
        cmocka_unit_test(fonts_prefer_licensed_faces_only_when_local),
        cmocka_unit_test(fonts_take_a_family_from_the_folder_first),
        cmocka_unit_test(fonts_report_a_file_that_is_no_font),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("fonts", tests, NULL, NULL);
}
