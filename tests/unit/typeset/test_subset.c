/* Glyph sets and the subsets made of them. */
#include <glib.h>
#include <hb-ot.h>
#include <hb.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "typeset/shape.h"

struct world {
    struct findings *findings;
    struct fonts *fonts;
    struct shaper *shaper;
    struct shaped shaped;
    struct glyph_set *set;
};

static int set_up(void **state)
{
    struct world *world = g_new0(struct world, 1);
    world->findings = findings_new();
    world->fonts = fonts_open("fonts", FONTS_FREE, world->findings);
    if (!world->fonts)
        return -1;
    world->shaper = shaper_new(world->fonts);
    world->set = glyph_set_new(world->shaper);
    *state = world;
    return 0;
}

static int tear_down(void **state)
{
    struct world *world = *state;
    glyph_set_free(world->set);
    shaped_release(&world->shaped);
    shaper_free(world->shaper);
    fonts_free(world->fonts);
    findings_free(world->findings);
    g_free(world);
    return 0;
}

static void use(struct world *world, enum face_role role, const char *text)
{
    shaped_clear(&world->shaped);
    shape_text(world->shaper, role, text, strlen(text), &world->shaped);
    glyph_set_add(world->set, &world->shaped, text);
}

static hb_font_t *font_of(hb_blob_t *blob, unsigned index)
{
    hb_face_t *face = hb_face_create(blob, index);
    hb_font_t *font = hb_font_create(face);
    hb_blob_destroy(blob);
    hb_face_destroy(face);
    return font;
}

static void subset_of_an_empty_set_is_empty(void **state)
{
    struct world *world = *state;
    size_t count = 9;
    uint32_t *map;
    struct page_font *fonts = glyph_set_subset(world->set, &count, &map, world->findings);
    assert_non_null(fonts);
    assert_int_equal(count, 0);
    for (size_t i = 0; i < fonts_faces(world->fonts); i++)
        assert_int_equal(map[i], UINT32_MAX);
    page_fonts_free(fonts, count);
    g_free(map);
}

static void glyph_set_has_what_was_added(void **state)
{
    struct world *world = *state;
    use(world, ROLE_HEAD, "如\n\U0010FFFD");
    const struct cluster *cluster = &world->shaped.clusters[0];
    const uint32_t glyph = world->shaped.glyphs[0].glyph;
    assert_true(glyph_set_has(world->set, cluster->font, glyph));
    assert_false(glyph_set_has(world->set, cluster->font, glyph + 1));
    assert_false(glyph_set_has(world->set, cluster->font + 1, glyph));
    assert_false(glyph_set_has(world->set, UINT32_MAX, glyph));
    assert_false(glyph_set_has(world->set, cluster->font, UINT32_MAX));
}

/* The same outlines under new numbers, in every face a text of all roles uses. */
static void subset_holds_the_glyphs_of_the_full_face(void **state)
{
    struct world *world = *state;
    static const char text[] =
        "关于石门村2026年——如有异议……（张如意、翀喆䶮𬱖）“é” fi "
        "12.50";
    for (int role = 0; role < FACE_ROLES; role++)
        use(world, role, text);
    size_t count;
    uint32_t *map;
    struct page_font *fonts = glyph_set_subset(world->set, &count, &map, world->findings);
    assert_non_null(fonts);
    assert_true(count >= FACE_ROLES);
    size_t compared = 0;
    for (uint32_t i = 0; i < fonts_faces(world->fonts); i++) {
        if (map[i] == UINT32_MAX)
            continue;
        const struct font_face *from = fonts_face(world->fonts, i);
        const struct page_font *font = &fonts[map[i]];
        assert_string_equal(font->name, from->name);
        hb_font_t *full = font_of(hb_blob_create_from_file(from->file), from->index);
        hb_font_t *small = font_of(hb_blob_create((const char *)font->data, (unsigned)font->size,
                                                  HB_MEMORY_MODE_READONLY, NULL, NULL),
                                   0);
        assert_int_equal(font->nnumber, hb_face_get_glyph_count(hb_font_get_face(full)));
        for (uint32_t glyph = 0; glyph < font->nnumber; glyph++) {
            if (!glyph_set_has(world->set, i, glyph))
                continue;
            hb_glyph_extents_t a, b;
            assert_true(font->numbers[glyph] != 0);
            assert_true(hb_font_get_glyph_extents(full, glyph, &a));
            assert_true(hb_font_get_glyph_extents(small, font->numbers[glyph], &b));
            assert_memory_equal(&a, &b, sizeof a);
            assert_int_equal(hb_font_get_glyph_h_advance(full, glyph),
                             hb_font_get_glyph_h_advance(small, font->numbers[glyph]));
            compared++;
        }
        hb_font_destroy(full);
        hb_font_destroy(small);
    }
    assert_true(compared > 150);
    page_fonts_free(fonts, count);
    g_free(map);
}

/* So that readers of a PDF find 自 and not the radical ⾃ of the same glyph. */
static void subset_maps_only_the_characters_used(void **state)
{
    struct world *world = *state;
    use(world, ROLE_SONG, "自月日");
    size_t count;
    uint32_t *map;
    struct page_font *fonts = glyph_set_subset(world->set, &count, &map, world->findings);
    assert_int_equal(count, 1);
    hb_font_t *font = font_of(hb_blob_create((const char *)fonts->data, (unsigned)fonts->size,
                                             HB_MEMORY_MODE_READONLY, NULL, NULL),
                              0);
    hb_set_t *characters = hb_set_create();
    hb_face_collect_unicodes(hb_font_get_face(font), characters);
    assert_int_equal(hb_set_get_population(characters), 3);
    assert_true(hb_set_has(characters, 0x81EA) && hb_set_has(characters, 0x6708) &&
                hb_set_has(characters, 0x65E5));
    hb_set_destroy(characters);
    hb_font_destroy(font);
    page_fonts_free(fonts, count);
    g_free(map);
}

/* Of two shapers, and whatever the order of the texts. */
static void subset_bytes_depend_on_the_glyphs_only(void **state)
{
    struct world *world = *state;
    void *other_state;
    assert_int_equal(set_up(&other_state), 0);
    struct world *other = other_state;
    for (int role = 0; role < FACE_ROLES; role++)
        use(world, role, "石门村2026年");
    for (int role = FACE_ROLES - 1; role >= 0; role--) {
        use(other, role, "2026年村门石石");
        use(other, role, "村2");
    }
    size_t count, other_count;
    uint32_t *map, *other_map;
    struct page_font *fonts = glyph_set_subset(world->set, &count, &map, world->findings);
    struct page_font *others =
        glyph_set_subset(other->set, &other_count, &other_map, other->findings);
    assert_int_equal(count, other_count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(fonts[i].size, others[i].size);
        assert_memory_equal(fonts[i].data, others[i].data, fonts[i].size);
    }
    page_fonts_free(fonts, count);
    page_fonts_free(others, other_count);
    g_free(map);
    g_free(other_map);
    tear_down(&other_state);
}

/* With layout tables kept, hb-subset 6.0 fails on LXGW WenKai from about 1 000 glyphs on. */
static void subset_takes_thousands_of_characters(void **state)
{
    struct world *world = *state;
    GString *text = g_string_new(NULL);
    for (gunichar c = 0x4E00; c < 0x4E00 + 5000; c++)
        g_string_append_unichar(text, c);
    use(world, ROLE_KAI, text->str);
    size_t count;
    uint32_t *map;
    struct page_font *fonts = glyph_set_subset(world->set, &count, &map, world->findings);
    assert_non_null(fonts);
    assert_int_equal(count, 1);
    assert_int_equal(findings_of_level(world->findings, LEVEL_ERROR), 0);
    page_fonts_free(fonts, count);
    g_free(map);
    g_string_free(text, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(subset_of_an_empty_set_is_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(glyph_set_has_what_was_added, set_up, tear_down),
        cmocka_unit_test_setup_teardown(subset_holds_the_glyphs_of_the_full_face, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(subset_maps_only_the_characters_used, set_up, tear_down),
        cmocka_unit_test_setup_teardown(subset_bytes_depend_on_the_glyphs_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(subset_takes_thousands_of_characters, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("subset", tests, NULL, NULL);
}
