/* Opens the fonts a shaper meets, once each. */
#include "typeset/faces.h"

#include <glib.h>
#include <hb-ot.h>
#include <string.h>

static const char figures[] = "0123456789.,- ";

enum answer { UNASKED, YES, NO };

struct face {
    hb_font_t *font;
    enum answer figures_plain;
};

struct faces {
    const struct fonts *fonts;
    struct face *items;
};

struct faces *faces_new(const struct fonts *fonts)
{
    struct faces *faces = g_new0(struct faces, 1);
    faces->fonts = fonts;
    faces->items = g_new0(struct face, fonts_faces(fonts));
    return faces;
}

void faces_free(struct faces *faces)
{
    for (size_t i = 0; i < fonts_faces(faces->fonts); i++)
        hb_font_destroy(faces->items[i].font);
    g_free(faces->items);
    g_free(faces);
}

const struct fonts *faces_fonts(const struct faces *faces)
{
    return faces->fonts;
}

hb_font_t *faces_font(struct faces *faces, uint32_t number)
{
    struct face *item = &faces->items[number];
    if (!item->font) {
        const struct font_face *from = fonts_face(faces->fonts, number);
        hb_blob_t *blob = hb_blob_create_from_file(from->file);
        hb_face_t *face = hb_face_create(blob, from->index);
        item->font = hb_font_create(face);
        hb_font_set_scale(item->font, 65536, 65536);
        hb_face_destroy(face);
        hb_blob_destroy(blob);
    }
    return item->font;
}

bool is_figure(uint32_t character)
{
    return character < 0x80 && character && strchr(figures, (int)character);
}

/* Every pair of figures, shaped at once: if nothing moves there, nothing moves in a number. */
static bool pairs_are_plain(hb_font_t *font)
{
    hb_buffer_t *buffer = hb_buffer_create();
    for (const char *a = figures; *a; a++) {
        for (const char *b = figures; *b; b++) {
            hb_buffer_add_utf8(buffer, a, 1, 0, 1);
            hb_buffer_add_utf8(buffer, b, 1, 0, 1);
        }
    }
    const unsigned expected = hb_buffer_get_length(buffer);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(font, buffer, NULL, 0);

    unsigned count;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    bool plain = count == expected;
    const size_t n = strlen(figures);
    for (unsigned i = 0; plain && i < count; i++) {
        char character = figures[i % 2 ? i / 2 % n : i / 2 / n];
        hb_codepoint_t glyph = 0;
        plain = hb_font_get_nominal_glyph(font, (hb_codepoint_t)character, &glyph) &&
                infos[i].codepoint == glyph && positions[i].x_offset == 0 &&
                positions[i].y_offset == 0 &&
                positions[i].x_advance == hb_font_get_glyph_h_advance(font, glyph);
    }
    hb_buffer_destroy(buffer);
    return plain;
}

bool faces_figures_plain(struct faces *faces, uint32_t number)
{
    struct face *item = &faces->items[number];
    if (item->figures_plain == UNASKED)
        item->figures_plain = pairs_are_plain(faces_font(faces, number)) ? YES : NO;
    return item->figures_plain == YES;
}
