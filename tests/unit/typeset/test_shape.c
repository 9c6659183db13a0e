/* Text to clusters: what is kept together, which face is taken, what the numbers say. */
#include <glib.h>
#include <hb.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "typeset/shape.h"

enum { EM = 65536 };

struct world {
    struct findings *findings;
    struct fonts *fonts;
    struct shaper *shaper;
    struct shaped shaped;
};

static int set_up(void **state)
{
    struct world *world = g_new0(struct world, 1);
    world->findings = findings_new();
    world->fonts = fonts_open("fonts", FONTS_FREE, world->findings);
    if (!world->fonts)
        return -1;
    world->shaper = shaper_new(world->fonts);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    shaped_release(&world->shaped);
    shaper_free(world->shaper);
    fonts_free(world->fonts);
    findings_free(world->findings);
    g_free(world);
    return 0;
}

static const struct shaped *shape(struct world *world, enum face_role role, const char *text)
{
    shaped_clear(&world->shaped);
    shape_text(world->shaper, role, text, strlen(text), &world->shaped);
    return &world->shaped;
}

static uint32_t first_face(const struct world *world, enum face_role role)
{
    size_t count;
    return fonts_role_faces(world->fonts, role, &count)[0];
}

/* Clusters cover the text without gap or overlap, and the glyphs likewise. */
static void assert_whole(const struct shaped *shaped, size_t bytes)
{
    size_t at = 0, glyph = 0;
    for (size_t i = 0; i < shaped->ncluster; i++) {
        const struct cluster *cluster = &shaped->clusters[i];
        assert_int_equal(cluster->text_at, at);
        assert_true(cluster->text_bytes > 0);
        at += cluster->text_bytes;
        assert_int_equal(cluster->glyph_at, glyph);
        em16 advance = 0;
        for (uint32_t k = 0; k < cluster->nglyph; k++) {
            assert_true(shaped->glyphs[glyph + k].glyph != 0);
            advance += shaped->glyphs[glyph + k].advance;
        }
        if (cluster->nglyph > 0)
            assert_int_equal(advance, cluster->advance);
        glyph += cluster->nglyph;
    }
    assert_int_equal(at, bytes);
    assert_int_equal(glyph, shaped->nglyph);
}

static void shape_gives_han_one_em_each(void **state)
{
    struct world *world = *state;
    for (int role = 0; role < FACE_ROLES; role++) {
        const struct shaped *shaped = shape(world, role, "石门村，（公示）");
        assert_int_equal(shaped->ncluster, 8);
        assert_whole(shaped, strlen("石门村，（公示）"));
        for (size_t i = 0; i < 8; i++) {
            assert_int_equal(shaped->clusters[i].advance, EM);
            assert_int_equal(shaped->clusters[i].font, first_face(world, role));
        }
        assert_int_equal(shaped->clusters[1].character, 0x95E8);
    }
}

static void shape_knows_the_ink_of_marks(void **state)
{
    struct world *world = *state;
    const struct shaped *shaped = shape(world, ROLE_SONG, "，（");
    assert_true(shaped->clusters[0].ink_left > 0 && shaped->clusters[0].ink_right < EM / 2);
    assert_true(shaped->clusters[1].ink_left > EM / 2 && shaped->clusters[1].ink_right < EM);
}

static void shape_joins_dashes_in_pairs(void **state)
{
    struct world *world = *state;
    for (int role = 0; role < FACE_ROLES; role++) {
        const struct shaped *shaped = shape(world, role, "甲——乙……丙—丁————");
        assert_int_equal(shaped->ncluster, 9);
        assert_whole(shaped, strlen("甲——乙……丙—丁————"));
        assert_int_equal(shaped->clusters[1].text_bytes, 6);
        assert_int_equal(shaped->clusters[1].advance, 2 * EM);
        assert_int_equal(shaped->clusters[3].advance, 2 * EM);
        assert_int_equal(shaped->clusters[5].text_bytes, 3);
        assert_int_equal(shaped->clusters[8].text_bytes, 6);
    }
    /* one long glyph, no gap in the middle */
    assert_int_equal(shape(world, ROLE_SONG, "——")->clusters[0].nglyph, 1);
}

/* The short way for figures and the long way through HarfBuzz without kerning must agree. */
static void shape_leaves_room_for_what_is_drawn(void **state)
{
    struct world *world = *state;
    for (int role = 0; role < FACE_ROLES; role++) {
        const struct shaped *shaped = shape(world, (enum face_role)role, "☐是☑____否a_b☒");
        assert_whole(shaped, strlen("☐是☑____否a_b☒"));
        for (size_t i = 0; i < shaped->ncluster; i++) {
            const struct cluster *cluster = &shaped->clusters[i];
            bool box = cluster->character >= 0x2610 && cluster->character <= 0x2612;
            bool blank = cluster->character == '_' && i < 7;
            assert_int_equal(cluster->drawn, box || blank);
            if (cluster->drawn)
                assert_int_equal(cluster->advance, box ? EM : EM / 2);
            if (cluster->drawn)
                assert_int_equal(cluster->nglyph, 1);
        }
    }
    const struct shaped *space = shape(world, ROLE_SONG, " ");
    uint32_t glyph = space->glyphs[0].glyph, font = space->clusters[0].font;
    const struct shaped *box = shape(world, ROLE_SONG, "☑");
    assert_int_equal(box->glyphs[0].glyph, glyph);
    assert_int_equal(box->clusters[0].font, font);
}

static void shape_sets_figures_as_harfbuzz_does(void **state)
{
    struct world *world = *state;
    static const char text[] = "1,234,567.89 -10 2026";
    for (int role = 0; role < FACE_ROLES; role++) {
        const struct shaped *shaped = shape(world, role, text);
        const struct font_face *from = fonts_face(world->fonts, first_face(world, role));
        hb_blob_t *blob = hb_blob_create_from_file(from->file);
        hb_face_t *face = hb_face_create(blob, from->index);
        hb_font_t *font = hb_font_create(face);
        hb_font_set_scale(font, EM, EM);
        hb_buffer_t *buffer = hb_buffer_create();
        hb_buffer_add_utf8(buffer, text, -1, 0, -1);
        hb_buffer_guess_segment_properties(buffer);
        const hb_feature_t unkerned = {HB_TAG('k', 'e', 'r', 'n'), 0, 0, UINT_MAX};
        hb_shape(font, buffer, &unkerned, 1);
        unsigned count;
        const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
        const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
        assert_int_equal(shaped->nglyph, count);
        assert_int_equal(shaped->ncluster, strlen(text));
        for (unsigned i = 0; i < count; i++) {
            assert_int_equal(shaped->glyphs[i].glyph, infos[i].codepoint);
            assert_int_equal(shaped->glyphs[i].advance, positions[i].x_advance);
        }
        hb_buffer_destroy(buffer);
        hb_font_destroy(font);
        hb_face_destroy(face);
        hb_blob_destroy(blob);
    }
}

static void shape_keeps_marks_with_their_character(void **state)
{
    struct world *world = *state;
    static const char *const texts[] = {"q\u0301", "张\U000E0100", "①\u20DD",
                                        "5\u0301", "㐂\uFE00",     "か\u3099"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        char *text = g_strconcat("甲", texts[i], "乙", NULL);
        const struct shaped *shaped = shape(world, ROLE_SONG, text);
        assert_int_equal(shaped->ncluster, 3);
        assert_whole(shaped, strlen(text));
        assert_int_equal(shaped->clusters[1].text_bytes, strlen(texts[i]));
        g_free(text);
    }
}

static void shape_takes_another_face_for_what_the_first_lacks(void **state)
{
    struct world *world = *state;
    /* in common names, and in none of GB2312 */
    static const char *const rare[] = {"喆", "堃", "翀", "赟", "䶮", "㛃", "𬱖", "𠅤"};
    for (int role = 0; role < FACE_ROLES; role++) {
        for (size_t i = 0; i < G_N_ELEMENTS(rare); i++) {
            const struct shaped *shaped = shape(world, role, rare[i]);
            assert_int_equal(shaped->ncluster, 1);
            assert_true(shaped->clusters[0].font < fonts_faces(world->fonts));
            assert_true(shaped->clusters[0].ink_right > shaped->clusters[0].ink_left);
            const char *family = fonts_face(world->fonts, shaped->clusters[0].font)->family;
            assert_null(strstr(family, "JP"));
        }
    }
}

static void shape_reports_what_no_face_has(void **state)
{
    struct world *world = *state;
    const struct shaped *shaped = shape(world, ROLE_BODY, "甲\U0010FFFD\U0010FFFD\u0301乙\x01");
    assert_int_equal(shaped->ncluster, 5);
    assert_whole(shaped, strlen("甲\U0010FFFD\U0010FFFD\u0301乙\x01"));
    assert_int_equal(shaped->clusters[1].font, UINT32_MAX);
    assert_int_equal(shaped->clusters[1].character, 0x10FFFD);
    assert_int_equal(shaped->clusters[1].nglyph, 0);
    assert_int_equal(shaped->clusters[1].advance, EM);
    assert_int_equal(shaped->clusters[2].font, UINT32_MAX);
    assert_int_equal(shaped->clusters[2].text_bytes, 6);
    assert_true(shaped->clusters[3].font != UINT32_MAX);
    assert_int_equal(shaped->clusters[4].font, UINT32_MAX);
}

static void shape_gives_line_ends_and_invisible_characters_no_glyph(void **state)
{
    struct world *world = *state;
    static const char *const texts[] = {"\n", "\r", "\u200B", "\uFEFF", "\u00AD", "\u202E"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        const struct shaped *shaped = shape(world, ROLE_HEAD, texts[i]);
        assert_int_equal(shaped->ncluster, 1);
        assert_int_equal(shaped->clusters[0].nglyph, 0);
        assert_int_equal(shaped->clusters[0].advance, 0);
        assert_true(shaped->clusters[0].font != UINT32_MAX);
    }
    /* a mark at the start of a line does not join the line before */
    const struct shaped *shaped = shape(world, ROLE_HEAD, "a\n\u0301");
    assert_int_equal(shaped->ncluster, 3);
    assert_whole(shaped, strlen("a\n\u0301"));
}

static void shape_takes_a_tab_for_a_space(void **state)
{
    struct world *world = *state;
    const struct shaped *shaped = shape(world, ROLE_BODY, " \t");
    assert_int_equal(shaped->ncluster, 2);
    assert_int_equal(shaped->clusters[0].advance, shaped->clusters[1].advance);
    assert_int_equal(shaped->glyphs[0].glyph, shaped->glyphs[1].glyph);
}

static void shape_appends(void **state)
{
    struct world *world = *state;
    shape(world, ROLE_BODY, "甲乙");
    shape_text(world->shaper, ROLE_BODY, "12a", 3, &world->shaped);
    assert_int_equal(world->shaped.ncluster, 5);
    assert_int_equal(world->shaped.clusters[2].text_at, 0);
    assert_int_equal(world->shaped.clusters[4].glyph_at, 4);
    /* a mark that opens a text does not reach into the one before */
    shape_text(world->shaper, ROLE_BODY, "\u0301", 2, &world->shaped);
    assert_int_equal(world->shaped.clusters[4].text_bytes, 1);
    assert_int_equal(shape(world, ROLE_BODY, "")->ncluster, 0);
}

/* Any mixture: nothing lost, nothing twice. Fixed seed. */
static void shape_covers_every_text(void **state)
{
    struct world *world = *state;
    static const char *const pieces[] = {
        "张", "翀",     "，",         "——",     "…", "12", ".",  "ab",        " ",
        "\n", "\u0301", "\U000E0100", "\u200B", "é", "“",  "”",  "\u00A0",    "①",
        "√",  "ﬁ",      "\t",         "fi",     "Ж", "한", "か", "\U0010FFFD"};
    GRand *random = g_rand_new_with_seed(20260913);
    GString *text = g_string_new(NULL);
    for (int round = 0; round < 2000; round++) {
        g_string_truncate(text, 0);
        for (gint32 i = g_rand_int_range(random, 1, 12); i > 0; i--)
            g_string_append(text,
                            pieces[g_rand_int_range(random, 0, (gint32)G_N_ELEMENTS(pieces))]);
        assert_whole(shape(world, round % FACE_ROLES, text->str), text->len);
    }
    g_string_free(text, TRUE);
    g_rand_free(random);
}

static void shaper_metrics_are_a_han_box(void **state)
{
    struct world *world = *state;
    for (int role = 0; role < FACE_ROLES; role++) {
        em16 ascent, descent;
        shaper_metrics(world->shaper, role, &ascent, &descent);
        assert_int_equal(ascent + descent, EM);
        assert_in_range(ascent, EM * 75 / 100, EM * 92 / 100);
    }
}

static void em_to_mpt_rounds(void **state)
{
    (void)state;
    assert_int_equal(em_to_mpt(EM, 14000), 14000);
    assert_int_equal(em_to_mpt(EM / 2, 14001), 7001);
    assert_int_equal(em_to_mpt(-EM, 26000), -26000);
    assert_int_equal(em_to_mpt(0, 26000), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shape_gives_han_one_em_each),
        cmocka_unit_test(shape_knows_the_ink_of_marks),
        cmocka_unit_test(shape_joins_dashes_in_pairs),
        cmocka_unit_test(shape_leaves_room_for_what_is_drawn),
        cmocka_unit_test(shape_sets_figures_as_harfbuzz_does),
        cmocka_unit_test(shape_keeps_marks_with_their_character),
        cmocka_unit_test(shape_takes_another_face_for_what_the_first_lacks),
        cmocka_unit_test(shape_reports_what_no_face_has),
        cmocka_unit_test(shape_gives_line_ends_and_invisible_characters_no_glyph),
        cmocka_unit_test(shape_takes_a_tab_for_a_space),
        cmocka_unit_test(shape_appends),
        cmocka_unit_test(shape_covers_every_text),
        cmocka_unit_test(shaper_metrics_are_a_han_box),
        cmocka_unit_test(em_to_mpt_rounds),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("shape", tests, set_up, tear_down);
}
