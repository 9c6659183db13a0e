/* Gathers a page's items in memory that is reused for the next page. */
#include "typeset/display.h"

#include <glib.h>

/* Glyphs, texts and points move while their arrays grow, so items take their addresses at the end.
 */
struct source {
    size_t text, glyph, point;
};

struct display {
    GArray *items;   /* struct page_item */
    GArray *sources; /* struct source, one an item */
    GArray *glyphs;  /* struct page_glyph */
    GByteArray *texts;
    GArray *points; /* struct page_point */
};

struct display *display_new(void)
{
    struct display *display = g_new(struct display, 1);
    display->items = g_array_new(FALSE, FALSE, sizeof(struct page_item));
    display->sources = g_array_new(FALSE, FALSE, sizeof(struct source));
    display->glyphs = g_array_new(FALSE, FALSE, sizeof(struct page_glyph));
    display->texts = g_byte_array_new();
    display->points = g_array_new(FALSE, FALSE, sizeof(struct page_point));
    return display;
}

void display_free(struct display *display)
{
    if (!display)
        return;
    g_array_free(display->items, TRUE);
    g_array_free(display->sources, TRUE);
    g_array_free(display->glyphs, TRUE);
    g_byte_array_free(display->texts, TRUE);
    g_array_free(display->points, TRUE);
    g_free(display);
}

void display_clear(struct display *display)
{
    g_array_set_size(display->items, 0);
    g_array_set_size(display->sources, 0);
    g_array_set_size(display->glyphs, 0);
    g_byte_array_set_size(display->texts, 0);
    g_array_set_size(display->points, 0);
}

static void add_item(struct display *display, const struct page_item *item)
{
    struct source source = {display->texts->len, display->glyphs->len, display->points->len};
    g_array_append_val(display->sources, source);
    g_array_append_vals(display->items, item, 1);
}

void display_box(struct display *display, enum page_item_kind kind, mpt x, mpt y, mpt w, mpt h)
{
    struct page_item item = {.kind = kind, .x = x, .y = y, .w = w, .h = h};
    add_item(display, &item);
}

void display_line(struct display *display, mpt x, mpt y, mpt w, mpt h, mpt weight,
                  enum page_dash dash)
{
    struct page_item item = {
        .kind = PAGE_LINE, .x = x, .y = y, .w = w, .h = h, .weight = weight, .dash = dash};
    add_item(display, &item);
}

void display_frame(struct display *display, enum page_item_kind kind, mpt x, mpt y, mpt w, mpt h,
                   mpt weight)
{
    struct page_item item = {.kind = kind, .x = x, .y = y, .w = w, .h = h, .weight = weight};
    add_item(display, &item);
}

void display_path(struct display *display, const struct page_point *points, size_t count,
                  enum page_pattern pattern, mpt weight, enum page_dash dash)
{
    mpt left = G_MAXINT32, top = G_MAXINT32, right = G_MININT32, bottom = G_MININT32;
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++) {
        left = MIN(left, points[i].x);
        top = MIN(top, points[i].y);
        right = MAX(right, points[i].x);
        bottom = MAX(bottom, points[i].y);
    }
    struct page_item item = {
        .kind = PAGE_PATH, .x = left, .y = top, .w = right - left, .h = bottom - top};
    item.weight = weight;
    item.dash = dash;
    item.pattern = pattern;
    item.npoint = count;
    add_item(display, &item);
    for (size_t i = 0; i < count; i++) {
        struct page_point point = {points[i].x - left, points[i].y - top};
        g_array_append_val(display->points, point);
    }
}

void display_image(struct display *display, const struct image *image, mpt x, mpt y, mpt w, mpt h)
{
    struct page_item item = {.kind = PAGE_IMAGE, .x = x, .y = y, .w = w, .h = h, .image = image};
    add_item(display, &item);
}

void display_code(struct display *display, const unsigned char *modules, size_t side, mpt x, mpt y,
                  mpt w)
{
    struct page_item item = {.kind = PAGE_CODE, .x = x, .y = y, .w = w, .h = w};
    item.side = side;
    item.modules = modules;
    add_item(display, &item);
}

void display_begin_run(struct display *display, const char *text, size_t bytes, uint32_t font,
                       mpt size, mpt x, mpt y)
{
    struct page_item item = {
        .kind = PAGE_TEXT, .x = x, .y = y, .h = size, .font = font, .size = size};
    add_item(display, &item);
    g_byte_array_append(display->texts, (const guint8 *)text, (guint)bytes);
    g_byte_array_append(display->texts, (const guint8 *)"", 1);
}

void display_glyph(struct display *display, const struct page_glyph *glyph)
{
    g_array_append_vals(display->glyphs, glyph, 1);
}

void display_end_run(struct display *display, mpt width, bool spaced)
{
    size_t last = display->items->len - 1;
    struct page_item *item = &g_array_index(display->items, struct page_item, last);
    item->w = width;
    item->spaced = spaced;
    item->nglyph =
        display->glyphs->len - g_array_index(display->sources, struct source, last).glyph;
}

void display_join_texts(struct display *display)
{
    size_t last = display->items->len - 1;
    struct source *second = &g_array_index(display->sources, struct source, last);
    g_array_index(display->items, struct page_item, last - 1).spaced = true;
    g_byte_array_remove_index(display->texts, (guint)second->text - 1); /* the first one's end */
    g_byte_array_append(display->texts, (const guint8 *)"", 1);
    second->text = display->texts->len - 1;
}

size_t display_count(const struct display *display)
{
    return display->items->len;
}

static mpt scaled(mpt length, int scale)
{
    return (mpt)(((int64_t)length * scale + 32768) >> 16);
}

/* What is in the arrays of the items from first on; up to their ends, since they are the last. */
static void scale_parts(struct display *display, const struct source *from, int scale)
{
    for (size_t i = from->glyph; i < display->glyphs->len; i++) {
        struct page_glyph *glyph = &g_array_index(display->glyphs, struct page_glyph, i);
        glyph->x = scaled(glyph->x, scale);
        glyph->y = scaled(glyph->y, scale);
        glyph->advance = scaled(glyph->advance, scale);
    }
    for (size_t i = from->point; i < display->points->len; i++) {
        struct page_point *point = &g_array_index(display->points, struct page_point, i);
        point->x = scaled(point->x, scale);
        point->y = scaled(point->y, scale);
    }
}

static void scale_item(struct page_item *item, int scale)
{
    item->x = scaled(item->x, scale);
    item->y = scaled(item->y, scale);
    item->w = scaled(item->w, scale);
    item->h = scaled(item->h, scale);
    switch (item->kind) {
    case PAGE_TEXT:
        item->size = scaled(item->size, scale);
        break;
    case PAGE_LINE:
    case PAGE_FRAME:
    case PAGE_CHECK:
    case PAGE_CHECKED:
    case PAGE_PATH:
        item->weight = scaled(item->weight, scale);
        break;
    case PAGE_RULE:
        item->w = MAX(item->w, 1);
        item->h = MAX(item->h, 1);
        break;
    case PAGE_TICK:
    case PAGE_CROSS:
    case PAGE_IMAGE:
    case PAGE_CODE:
        break;
    }
}

void display_place(struct display *display, size_t first, mpt dx, mpt dy, int scale)
{
    enum { ONE = 65536 };
    if (first >= display->items->len || (dx == 0 && dy == 0 && scale == ONE))
        return;
    const struct source *from = &g_array_index(display->sources, struct source, first);
    if (scale != ONE)
        scale_parts(display, from, scale);
    for (size_t i = from->glyph; i < display->glyphs->len; i++) {
        struct page_glyph *glyph = &g_array_index(display->glyphs, struct page_glyph, i);
        glyph->x += dx;
        glyph->y += dy;
    }
    for (size_t i = first; i < display->items->len; i++) {
        struct page_item *item = &g_array_index(display->items, struct page_item, i);
        if (scale != ONE)
            scale_item(item, scale);
        item->x += dx;
        item->y += dy;
    }
}

void display_crop(struct display *display, size_t first, mpt x, mpt y, mpt w, mpt h)
{
    size_t kept = first;
    for (size_t i = first; i < display->items->len; i++) {
        const struct page_item *item = &g_array_index(display->items, struct page_item, i);
        const bool text = item->kind == PAGE_TEXT;
        const mpt left = MIN(item->x, item->x + item->w), right = MAX(item->x, item->x + item->w);
        const mpt top = text ? item->y - item->size : MIN(item->y, item->y + item->h);
        const mpt bottom = text ? item->y + item->size / 2 : MAX(item->y, item->y + item->h);
        if (right < x || left > x + w || bottom < y || top > y + h)
            continue;
        g_array_index(display->items, struct page_item, kept) = *item;
        g_array_index(display->sources, struct source, kept) =
            g_array_index(display->sources, struct source, i);
        kept++;
    }
    g_array_set_size(display->items, (guint)kept);
    g_array_set_size(display->sources, (guint)kept);
}

const struct page_item *display_items(struct display *display, size_t *count)
{
    *count = display->items->len;
    for (size_t i = 0; i < display->items->len; i++) {
        struct page_item *item = &g_array_index(display->items, struct page_item, i);
        const struct source *source = &g_array_index(display->sources, struct source, i);
        if (item->kind == PAGE_TEXT) {
            item->text = (const char *)display->texts->data + source->text;
            item->glyphs = &g_array_index(display->glyphs, struct page_glyph, source->glyph);
        } else if (item->kind == PAGE_PATH) {
            item->points = &g_array_index(display->points, struct page_point, source->point);
        }
    }
    return (const struct page_item *)(void *)display->items->data;
}
