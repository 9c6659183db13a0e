/* Threads that draw at once: none waits for ever. */
#include "render/together.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cairo-ft.h>
#include <ft2build.h>
#include <glib.h>
#include <pthread.h>
#include <unistd.h>
#include FT_FREETYPE_H

/* More glyphs than Cairo's cache holds (512 pages of 32), in fonts that come and go.
 * Without render_together() nearly every run locks up. */
enum { THREADS = 16, SIZES = 120, GLYPHS = 33, PATIENCE = 120 /* seconds */ };

static const char font_file[] = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc";

static void end_library(void *library)
{
    FT_Done_FreeType(library); /* and its face */
}

static void *draw_sizes(void *data)
{
    static const cairo_user_data_key_t key;
    int *drawn = data;
    FT_Library library;
    FT_Face face;

    assert_int_equal(FT_Init_FreeType(&library), 0);
    assert_int_equal(FT_New_Face(library, font_file, 0, &face), 0);
    cairo_font_face_t *font =
        cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
    cairo_font_face_set_user_data(font, &key, library, end_library);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, 8, 8);
    cairo_t *cr = cairo_create(surface);
    cairo_set_font_face(cr, font);
    for (int size = 0; size < SIZES; size++) {
        cairo_glyph_t glyphs[GLYPHS];

        for (int i = 0; i < GLYPHS; i++)
            glyphs[i] = (cairo_glyph_t){(unsigned long)(i + 1000), 0, 6};
        cairo_set_font_size(cr, 4 + size / 32.0);
        cairo_show_glyphs(cr, glyphs, GLYPHS);
        *drawn += GLYPHS;
    }
    assert_int_equal(cairo_status(cr), CAIRO_STATUS_SUCCESS);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    cairo_font_face_destroy(font);
    return NULL;
}

static void draw_in_threads(void *data)
{
    int *drawn = data;
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, draw_sizes, &drawn[i]), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
}

static void together_threads_with_many_glyphs_do_not_lock_up(void **state)
{
    int drawn[THREADS] = {0};

    (void)state;
    alarm(PATIENCE);
    render_together(draw_in_threads, drawn);
    alarm(0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(drawn[i], SIZES * GLYPHS);
}

static void count_call(void *data)
{
    ++*(int *)data;
}

static void together_works_once_each_time(void **state)
{
    int calls = 0;

    (void)state;
    render_together(count_call, &calls);
    assert_int_equal(calls, 1);
    render_together(count_call, &calls);
    assert_int_equal(calls, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(together_threads_with_many_glyphs_do_not_lock_up),
        cmocka_unit_test(together_works_once_each_time),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
