/* Opens the fonts a shaper meets, once each. */
#include "typeset/faces.h"

#include <glib.h>
#include <hb-ot.h>

struct faces {
    const struct fonts *fonts;
    hb_font_t **items; /* NULL until needed */
};

struct faces *faces_new(const struct fonts *fonts)
{
    struct faces *faces = g_new0(struct faces, 1);
    faces->fonts = fonts;
    faces->items = g_new0(hb_font_t *, fonts_faces(fonts));
    return faces;
}

void faces_free(struct faces *faces)
{
    for (size_t i = 0; i < fonts_faces(faces->fonts); i++)
        hb_font_destroy(faces->items[i]);
    g_free(faces->items);
    g_free(faces);
}

const struct fonts *faces_fonts(const struct faces *faces)
{
    return faces->fonts;
}

hb_font_t *faces_font(struct faces *faces, uint32_t number)
{
    hb_font_t **font = &faces->items[number];
    if (!*font) {
        const struct font_face *from = fonts_face(faces->fonts, number);
        hb_blob_t *blob = hb_blob_create_from_file(from->file);
        hb_face_t *face = hb_face_create(blob, from->index);
        *font = hb_font_create(face);
        hb_font_set_scale(*font, 65536, 65536);
        hb_face_destroy(face);
        hb_blob_destroy(blob);
    }
    return *font;
}
