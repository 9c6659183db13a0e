/* Keeps Cairo 1.16 from locking itself up when several threads draw.
 *
 * All fonts share one cache of glyphs. A thread that finds it full drops glyphs of any font that is
 * not in use at that moment, and waits for that font's lock while it holds the cache's. If the
 * font's own thread has just taken the font's lock, it waits for the cache's: both wait for ever.
 * (Cairo 1.18 only tries the font's lock.) Nothing is dropped as long as some font is in use that
 * has added to the cache; a user font is in use while it draws its glyph, so all the work is done
 * in there. What goes without the dropping are Cairo's 512 pages of 32 glyphs; fonts no document
 * uses any more still go beyond the last 256, and their glyphs with them. */
#include "render/together.h"

#include <cairo.h>
#include <glib.h>

struct errand {
    void (*work)(void *data);
    void *data;
};

static const cairo_user_data_key_t errand_key;

static cairo_status_t run_errand(cairo_scaled_font_t *font, unsigned long glyph, cairo_t *cr,
                                 cairo_text_extents_t *extents)
{
    cairo_font_face_t *face = cairo_scaled_font_get_font_face(font);
    struct errand *errand = cairo_font_face_get_user_data(face, &errand_key);
    void (*work)(void *) = errand->work;

    (void)glyph;
    (void)cr;
    (void)extents;
    errand->work = NULL;
    if (work)
        work(errand->data);
    return CAIRO_STATUS_SUCCESS;
}

void render_together(void (*work)(void *data), void *data)
{
    struct errand errand = {work, data};
    const cairo_glyph_t glyph = {0};
    cairo_matrix_t same;
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_face_t *face = cairo_user_font_face_create();
    cairo_text_extents_t extents;

    cairo_user_font_face_set_render_glyph_func(face, run_errand);
    cairo_font_face_set_user_data(face, &errand_key, &errand, NULL);
    cairo_matrix_init_identity(&same);
    cairo_scaled_font_t *font = cairo_scaled_font_create(face, &same, &same, options);
    cairo_scaled_font_glyph_extents(font, &glyph, 1, &extents);
    if (errand.work)
        g_error("render: Cairo draws no glyph: %s",
                cairo_status_to_string(cairo_scaled_font_status(font)));
    cairo_scaled_font_destroy(font);
    cairo_font_face_destroy(face);
    cairo_font_options_destroy(options);
}
