/* Paints a page's display list with Cairo in as few calls as possible. */
#include "render/paint.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include <glib.h>
#include <string.h>
#include FT_FREETYPE_H
#include FT_INCREMENTAL_H

#include "render/paint_shape.h"
#include "render/run.h"

static const double pt = 1.0 / 1000;

/* What one Cairo font face stands on. Cairo keeps faces for a while after their last use, so each
 * owns its memory; a library of its own since FreeType shares none between threads. */
struct loaded {
    FT_Library library;
    FT_Face face;
    GBytes *bytes;
};

struct paint {
    size_t nfont;
    const struct page_font *fonts; /* lent by the layout */
    cairo_font_face_t **faces;
    GArray *glyphs;   /* cairo_glyph_t */
    GArray *clusters; /* cairo_text_cluster_t */
    GString *text;
    GHashTable *pictures; /* struct image to its cairo_surface_t, so that a file holds it once */
};

static void unload(void *user)
{
    struct loaded *loaded = user;
    if (loaded->face)
        FT_Done_Face(loaded->face);
    if (loaded->library)
        FT_Done_FreeType(loaded->library);
    g_bytes_unref(loaded->bytes);
    g_free(loaded);
}

/* Every glyph is one em's square: 0 -200 rmoveto 1000 1000 -1000 hlineto endchar (Type 2). */
static FT_Error give_square(FT_Incremental object, FT_UInt glyph, FT_Data *data)
{
    static const FT_Byte square[] = {139, 251, 92, 21, 250, 124, 250, 124, 254, 124, 6, 14};

    (void)object;
    (void)glyph;
    *data = (FT_Data){square, sizeof square};
    return 0;
}

static void take_back(FT_Incremental object, FT_Data *data)
{
    (void)object;
    (void)data;
}

static const FT_Incremental_FuncsRec square_functions = {give_square, take_back, NULL};
static const FT_Incremental_InterfaceRec squares = {&square_functions, NULL};

/* Into a PDF Cairo copies a font's tables and never draws a glyph, but still has FreeType make the
 * outline of each three times, which takes half the time of a document of one page. There it is
 * given squares instead of the outlines of CFF fonts; their tables, and so the file, are the same.
 */
static FT_Error open_face(struct loaded *loaded, const struct page_font *font, bool embedded)
{
    FT_Parameter parameter = {FT_PARAM_TAG_INCREMENTAL, (void *)&squares};
    const bool cff = font->size > 4 && memcmp(font->data, "OTTO", 4) == 0;
    const FT_Open_Args args = {.flags = FT_OPEN_MEMORY | FT_OPEN_PARAMS,
                               .memory_base = font->data,
                               .memory_size = (FT_Long)font->size,
                               .num_params = embedded && cff ? 1 : 0,
                               .params = &parameter};

    return FT_Open_Face(loaded->library, &args, 0, &loaded->face);
}

static cairo_font_face_t *open_font(const struct page_font *font, bool embedded)
{
    static const cairo_user_data_key_t key;
    struct loaded *loaded = g_new0(struct loaded, 1);
    loaded->bytes = g_bytes_ref(font->bytes);
    if (FT_Init_FreeType(&loaded->library) != 0 || open_face(loaded, font, embedded) != 0) {
        unload(loaded);
        return NULL;
    }
    cairo_font_face_t *face =
        cairo_ft_font_face_create_for_ft_face(loaded->face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
    if (cairo_font_face_set_user_data(face, &key, loaded, unload) != CAIRO_STATUS_SUCCESS) {
        cairo_font_face_destroy(face);
        unload(loaded);
        return NULL;
    }
    return face;
}

static void free_picture(gpointer surface)
{
    cairo_surface_destroy(surface);
}

struct paint *paint_new(const struct layout *layout, bool embedded, struct findings *findings)
{
    struct paint *paint = g_new0(struct paint, 1);
    paint->fonts = layout_fonts(layout, &paint->nfont);
    paint->faces = g_new0(cairo_font_face_t *, paint->nfont);
    paint->glyphs = g_array_new(FALSE, FALSE, sizeof(cairo_glyph_t));
    paint->clusters = g_array_new(FALSE, FALSE, sizeof(cairo_text_cluster_t));
    paint->text = g_string_new(NULL);
    paint->pictures = g_hash_table_new_full(NULL, NULL, NULL, free_picture);
    for (size_t i = 0; i < paint->nfont; i++) {
        paint->faces[i] = open_font(&paint->fonts[i], embedded);
        if (!paint->faces[i]) {
            finding_add(findings, FINDING_RENDER_FONT_FAILED, (struct place){0},
                        paint->fonts[i].name);
            paint_free(paint);
            return NULL;
        }
    }
    return paint;
}

void paint_free(struct paint *paint)
{
    if (!paint)
        return;
    for (size_t i = 0; i < paint->nfont; i++)
        cairo_font_face_destroy(paint->faces[i]);
    g_free(paint->faces);
    g_array_free(paint->glyphs, TRUE);
    g_array_free(paint->clusters, TRUE);
    g_string_free(paint->text, TRUE);
    g_hash_table_destroy(paint->pictures);
    g_free(paint);
}

static void add_cluster(struct paint *paint, size_t bytes, size_t glyphs)
{
    cairo_text_cluster_t cluster = {(int)bytes, (int)glyphs};
    g_array_append_val(paint->clusters, cluster);
}

/* A spaced item is one cluster: Cairo then writes its text as ActualText, and readers do not take
 * the gaps for spaces. */
static void add_text(struct paint *paint, const struct page_item *item)
{
    const struct page_font *font = &paint->fonts[item->font];
    const guint first = paint->glyphs->len;
    g_array_set_size(paint->glyphs, first + (guint)item->nglyph);
    cairo_glyph_t *glyphs = &g_array_index(paint->glyphs, cairo_glyph_t, first);
    for (size_t i = 0; i < item->nglyph; i++) {
        const struct page_glyph *from = &item->glyphs[i];
        glyphs[i] = (cairo_glyph_t){from->glyph < font->nnumber ? font->numbers[from->glyph] : 0,
                                    from->x * pt, from->y * pt};
    }
    g_string_append(paint->text, item->text);
    if (item->spaced) {
        add_cluster(paint, strlen(item->text), item->nglyph);
        return;
    }
    struct run_cluster cluster = {0};
    while (run_next(item, &cluster))
        add_cluster(paint, cluster.text_bytes, cluster.nglyph);
}

static void show_text(struct paint *paint, cairo_t *cr, uint32_t font, mpt size)
{
    if (paint->glyphs->len == 0)
        return;
    cairo_set_font_face(cr, paint->faces[font]);
    cairo_set_font_size(cr, size * pt);
    cairo_show_text_glyphs(
        cr, paint->text->str, (int)paint->text->len,
        (const cairo_glyph_t *)(void *)paint->glyphs->data, (int)paint->glyphs->len,
        (const cairo_text_cluster_t *)(void *)paint->clusters->data, (int)paint->clusters->len, 0);
    g_array_set_size(paint->glyphs, 0);
    g_array_set_size(paint->clusters, 0);
    g_string_truncate(paint->text, 0);
}

/* Neighbours of one face and size go out together, in reading order: a call for each item would
 * make Cairo twice as slow. */
static void paint_texts(struct paint *paint, cairo_t *cr, const struct page *page)
{
    const struct page_item *before = NULL;
    for (size_t i = 0; i < page->nitem; i++) {
        const struct page_item *item = &page->items[i];
        if (item->kind != PAGE_TEXT || item->nglyph == 0)
            continue;
        if (before && (item->font != before->font || item->size != before->size))
            show_text(paint, cr, before->font, before->size);
        add_text(paint, item);
        before = item;
    }
    if (before)
        show_text(paint, cr, before->font, before->size);
}

static mpt weight_of(const struct page_item *rule)
{
    return MIN(rule->w, rule->h);
}

/* All rules of one weight are one stroked path, a third of the bytes and time that boxes take. */
static void paint_rules(cairo_t *cr, const struct page *page)
{
    mpt done = 0; /* rules up to this weight are drawn */
    for (;;) {
        mpt weight = G_MAXINT32;
        for (size_t i = 0; i < page->nitem; i++)
            if (page->items[i].kind == PAGE_RULE && weight_of(&page->items[i]) > done)
                weight = MIN(weight, weight_of(&page->items[i]));
        if (weight == G_MAXINT32)
            return;
        for (size_t i = 0; i < page->nitem; i++) {
            const struct page_item *item = &page->items[i];
            if (item->kind != PAGE_RULE || weight_of(item) != weight)
                continue;
            const double half = weight / 2.0;
            const bool flat = item->w >= item->h;
            const double x = item->x + (flat ? 0 : half), y = item->y + (flat ? half : 0);
            cairo_move_to(cr, x * pt, y * pt);
            cairo_line_to(cr, (x + (flat ? item->w : 0)) * pt, (y + (flat ? 0 : item->h)) * pt);
        }
        cairo_set_line_width(cr, weight * pt);
        cairo_stroke(cr);
        done = weight;
    }
}

/* The image as Cairo takes it; a JPEG's own data go along, for a PDF holds them as they are. */
static cairo_surface_t *open_picture(const struct image *image)
{
    static const cairo_user_data_key_t key;
    uint32_t *pixels = image_pixels(image); /* was sound when it was read */
    if (!pixels)
        return NULL;
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        (unsigned char *)(void *)pixels, CAIRO_FORMAT_RGB24, (int)image->width, (int)image->height,
        (int)image->width * 4);
    cairo_surface_set_user_data(surface, &key, pixels, g_free);
    if (image->kind == IMAGE_JPEG)
        cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, image->bytes, image->size, NULL,
                                    NULL);
    return surface;
}

static void paint_image(struct paint *paint, cairo_t *cr, const struct page_item *item)
{
    cairo_surface_t *surface = g_hash_table_lookup(paint->pictures, item->image);
    if (!surface && (surface = open_picture(item->image)))
        g_hash_table_insert(paint->pictures, (gpointer)item->image, surface);
    if (!surface)
        return;
    cairo_save(cr);
    cairo_translate(cr, item->x * pt, item->y * pt);
    cairo_scale(cr, item->w * pt / item->image->width, item->h * pt / item->image->height);
    cairo_set_source_surface(cr, surface, 0, 0);
    cairo_paint(cr);
    cairo_restore(cr);
}

static void paint_items(struct paint *paint, cairo_t *cr, const struct page *page)
{
    paint_rules(cr, page);
    for (size_t i = 0; i < page->nitem; i++) {
        const enum page_item_kind kind = page->items[i].kind;
        if (kind == PAGE_IMAGE)
            paint_image(paint, cr, &page->items[i]);
        else if (kind != PAGE_TEXT && kind != PAGE_RULE)
            paint_shape(cr, &page->items[i]);
    }
    paint_texts(paint, cr, page);
}

/* The items that are seen through the page's window. */
static void paint_clipped(struct paint *paint, cairo_t *cr, const struct page *page)
{
    const struct page seen = {.nitem = page->nclip, .items = page->items};
    cairo_save(cr);
    cairo_rectangle(cr, page->clip_x * pt, page->clip_y * pt, page->clip_w * pt, page->clip_h * pt);
    cairo_clip(cr);
    paint_items(paint, cr, &seen);
    cairo_restore(cr);
}

void paint_page(struct paint *paint, cairo_t *cr, const struct page *page)
{
    const struct page rest = {.nitem = page->nitem - page->nclip,
                              .items = page->nclip ? page->items + page->nclip : page->items};
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(cr, options);
    cairo_font_options_destroy(options);
    cairo_set_source_rgb(cr, 0, 0, 0);

    if (page->nclip > 0)
        paint_clipped(paint, cr, page);
    paint_items(paint, cr, &rest);
}
