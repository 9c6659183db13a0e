/* Every character must be on the paper as its face draws it: sets of 300 through the pdf renderer,
 * rasterised by poppler, beside FreeType's own bitmap from the full font file. Only this sees
 * glyphs that Cairo loses (如 of Noto Sans CJK SC): the text layer is right all the same.
 *
 * Characters: GB2312 (decoded), the whole blocks URO and Ext A, and of Ext B to H what Noto Serif
 * CJK SC has. That includes all of 通用规范汉字表, a list no Debian package has: Noto covers it
 * (engine-notes.md section 5). A few sets of each role; all of them with MINGBAI_LONG set. */
#include "fake_layout.h"

#include <ft2build.h>
#include <hb.h>
#include <stdio.h>
#include FT_FREETYPE_H

#include "base/text.h"

enum { COLUMNS = 20, ROWS = 15, SET = COLUMNS * ROWS, CELL = 48, SIZE = 40, SETS_SHORT = 3 };

/* Where a glyph's origin stands in its cell, pixels. */
enum { LEFT = 4, BASELINE = 38 };

struct picture {
    int width, height;
    unsigned char *bytes;
    char *file;
};

static struct picture read_pgm(const char *path)
{
    struct picture picture = {0};
    gsize size;
    int most, header = 0;
    assert_true(g_file_get_contents(path, &picture.file, &size, NULL));
    assert_int_equal(
        sscanf(picture.file, "P5 %d %d %d%n", &picture.width, &picture.height, &most, &header), 3);
    assert_int_equal(most, 255);
    picture.bytes = (unsigned char *)picture.file + header + 1;
    assert_int_equal(size, (size_t)header + 1 + (size_t)picture.width * (size_t)picture.height);
    return picture;
}

/* Ink of the page's cell and of the glyph, and how far they differ, pixel by pixel. */
static void compare(const struct picture *page, int cell, const FT_GlyphSlot slot, long *expected,
                    long *difference)
{
    const int left = cell % COLUMNS * CELL, top = cell / COLUMNS * CELL;
    *expected = *difference = 0;
    for (int y = 0; y < CELL; y++) {
        for (int x = 0; x < CELL; x++) {
            const int column = x - LEFT - slot->bitmap_left, row = y - BASELINE + slot->bitmap_top;
            int want = 0;
            if (column >= 0 && column < (int)slot->bitmap.width && row >= 0 &&
                row < (int)slot->bitmap.rows)
                want = slot->bitmap.buffer[row * slot->bitmap.pitch + column];
            const int got = 255 - page->bytes[(top + y) * page->width + left + x];
            *expected += want;
            *difference += abs(want - got);
        }
    }
}

struct ink {
    FT_Library library;
    FT_Face *faces; /* by face number */
    const struct fonts *fonts;
    char *folder, *stem;
    size_t failed;
};

static FT_Face face_of(struct ink *ink, uint32_t number)
{
    if (!ink->faces[number]) {
        const struct font_face *face = fonts_face(ink->fonts, number);
        assert_int_equal(FT_New_Face(ink->library, face->file, face->index, &ink->faces[number]),
                         0);
        assert_int_equal(FT_Set_Pixel_Sizes(ink->faces[number], SIZE, SIZE), 0);
    }
    return ink->faces[number];
}

static void render_set(struct ink *ink, struct layout *layout, struct findings *findings,
                       enum face_role role, const gunichar *characters, size_t count)
{
    static const struct document document = {.id = "ink", .title = "ink"};
    fake_page(layout, COLUMNS * CELL * 1000, ROWS * CELL * 1000);
    for (size_t i = 0; i < count; i++) {
        char text[8] = "";
        g_unichar_to_utf8(characters[i], text);
        /* a tenth of a pixel in, so that no rounding reaches the next quarter, which poppler sees
         */
        fake_text(layout, role, SIZE * 1000, (mpt)(i % COLUMNS * CELL + LEFT) * 1000 + 100,
                  (mpt)(i / COLUMNS * CELL + BASELINE) * 1000 + 100, 0, text);
    }
    fake_end(layout, findings);
    const struct render_job job = {.document = &document,
                                   .layout = layout,
                                   .stem = ink->stem,
                                   .created = 1,
                                   .findings = findings};
    assert_int_equal(render_pdf.render(&job), 0);
    char *pdf = g_strconcat(ink->stem, ".pdf", NULL);
    g_free(output_of(
        (const char *[]){"pdftoppm", "-r", "72", "-gray", "-singlefile", pdf, ink->stem, NULL}));
    g_free(pdf);
}

static void check_set(struct ink *ink, enum face_role role, const gunichar *characters,
                      size_t count)
{
    struct findings *findings = findings_new();
    struct layout *layout = fake_new(findings);
    ink->fonts = layout->fonts;
    render_set(ink, layout, findings, role, characters, count);
    char *path = g_strconcat(ink->stem, ".pgm", NULL);
    struct picture page = read_pgm(path);
    struct shaped shaped = {0};
    for (size_t i = 0; i < count; i++) {
        char text[8] = "";
        g_unichar_to_utf8(characters[i], text);
        shaped_clear(&shaped);
        shape_text(layout->shaper, role, text, strlen(text), &shaped);
        const uint32_t number = shaped.clusters[0].font;
        if (number == UINT32_MAX) {
            print_message("U+%04X %s: %s has no face for it\n", characters[i], text,
                          face_role_name(role));
            ink->failed++;
            continue;
        }
        FT_Face face = face_of(ink, number);
        assert_int_equal(FT_Load_Char(face, characters[i],
                                      FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP | FT_LOAD_RENDER),
                         0);
        long expected, difference;
        compare(&page, (int)i, face->glyph, &expected, &difference);
        if ((expected == 0 && text_is_han(characters[i])) || difference > expected / 20 + 2000) {
            print_message("U+%04X %s: %s (%s) has ink %ld, differs by %ld\n", characters[i], text,
                          face_role_name(role), fonts_face(layout->fonts, number)->name, expected,
                          difference);
            ink->failed++;
        }
    }
    shaped_release(&shaped);
    g_free(page.file);
    g_free(path);
    fake_free(layout);
    findings_free(findings);
}

static void add_gb2312(hb_set_t *set)
{
    for (int row = 0xB0; row <= 0xF7; row++) {
        for (int cell = 0xA1; cell <= 0xFE; cell++) {
            const char bytes[2] = {(char)row, (char)cell};
            char *text = g_convert(bytes, 2, "UTF-8", "GB2312", NULL, NULL, NULL);
            if (text)
                hb_set_add(set, g_utf8_get_char(text));
            g_free(text);
        }
    }
    assert_int_equal(hb_set_get_population(set), 6763);
}

static void add_noto_beyond_the_bmp(hb_set_t *set)
{
    struct findings *findings = findings_new();
    struct fonts *fonts = fonts_open("fonts", FONTS_FREE, findings);
    size_t count;
    const struct font_face *from = fonts_face(fonts, fonts_role_faces(fonts, ROLE_SONG, &count)[0]);
    assert_string_equal(from->name, "Noto Serif CJK SC");
    hb_blob_t *blob = hb_blob_create_from_file(from->file);
    hb_face_t *face = hb_face_create(blob, from->index);
    hb_set_t *covered = hb_set_create();
    hb_face_collect_unicodes(face, covered);
    for (hb_codepoint_t c = 0x1FFFF; hb_set_next(covered, &c) && c < 0x323B0;)
        if (text_is_han(c))
            hb_set_add(set, c);
    hb_set_destroy(covered);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    fonts_free(fonts);
    findings_free(findings);
}

static GArray *shuffled(const hb_set_t *set, guint32 seed)
{
    GArray *array = g_array_new(FALSE, FALSE, sizeof(gunichar));
    for (hb_codepoint_t c = HB_SET_VALUE_INVALID; hb_set_next(set, &c);)
        g_array_append_val(array, c);
    GRand *random = g_rand_new_with_seed(seed);
    gunichar *items = (gunichar *)(void *)array->data;
    for (guint i = array->len - 1; i > 0; i--) {
        guint k = (guint)g_rand_int_range(random, 0, (gint32)i + 1);
        gunichar swap = items[i];
        items[i] = items[k];
        items[k] = swap;
    }
    g_rand_free(random);
    return array;
}

static void check_role(struct ink *ink, enum face_role role, const hb_set_t *set)
{
    /* what notices are full of, and 如 with its like */
    static const gunichar always[] = {0x5982, 0xFF0C, 0x3002, 0x3001, 0xFF1A, 0xFF1B, 0xFF08,
                                      0xFF09, 0x201C, 0x201D, 0x2014, 0x2026, 0xB7,   0x221A,
                                      0x25A1, 0x2460, 0x2103, 0xD7,   0x3007, 0x300A, 0x300B};
    gunichar first[SET];
    size_t count = 0;
    for (gunichar c = '!'; c <= '~'; c++)
        first[count++] = c;
    for (size_t i = 0; i < G_N_ELEMENTS(always); i++)
        first[count++] = always[i];
    GArray *characters = shuffled(set, 20260913 + (guint32)role);
    const gunichar *items = (const gunichar *)(void *)characters->data;
    for (size_t i = 0; count < SET; i++)
        first[count++] = items[i];
    check_set(ink, role, first, count);
    const char *all = g_getenv("MINGBAI_LONG");
    const size_t end = all && *all ? characters->len : SETS_SHORT * SET;
    for (size_t at = 0; at < end; at += SET)
        check_set(ink, role, items + at, MIN(SET, end - at));
    g_array_free(characters, TRUE);
}

static void ink_of_every_character_is_on_the_page(void **state)
{
    (void)state;
    struct ink ink = {.folder = fake_folder()};
    ink.stem = g_build_filename(ink.folder, "ink", NULL);
    assert_int_equal(FT_Init_FreeType(&ink.library), 0);
    ink.faces = g_new0(FT_Face, 64);
    hb_set_t *set = hb_set_create();
    add_gb2312(set);
    hb_set_add_range(set, 0x4E00, 0x9FEF);
    hb_set_add_range(set, 0x3400, 0x4DB5);
    add_noto_beyond_the_bmp(set);
    assert_true(hb_set_get_population(set) > 29000);
    for (int role = 0; role < FACE_ROLES; role++)
        check_role(&ink, role, set);
    hb_set_destroy(set);
    g_free(ink.faces);
    FT_Done_FreeType(ink.library);
    fake_folder_remove(ink.folder);
    g_free(ink.folder);
    g_free(ink.stem);
    assert_int_equal(ink.failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ink_of_every_character_is_on_the_page)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("ink", tests, NULL, NULL);
}
