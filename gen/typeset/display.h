/* The display list of one page while it is built: memory is kept from page to page. */
#ifndef MINGBAI_TYPESET_DISPLAY_H
#define MINGBAI_TYPESET_DISPLAY_H

#include <stdint.h>

#include "typeset/page.h"

struct display;

struct display *display_new(void);
void display_free(struct display *display);
void display_clear(struct display *display);

/* RULE, TICK, CROSS. Of a rule, h or w is its weight. */
void display_box(struct display *display, enum page_item_kind kind, mpt x, mpt y, mpt w, mpt h);
/* A stroke from x, y to x + w, y + h. */
void display_line(struct display *display, mpt x, mpt y, mpt w, mpt h, mpt weight,
                  enum page_dash dash);
/* FRAME, CHECK, CHECKED. */
void display_frame(struct display *display, enum page_item_kind kind, mpt x, mpt y, mpt w, mpt h,
                   mpt weight);
/* Points of the page, copied: joined by strokes (weight 0: by none); with a pattern they bound an
 * area, and the stroke runs back to the first. */
void display_path(struct display *display, const struct page_point *points, size_t count,
                  enum page_pattern pattern, mpt weight, enum page_dash dash);
/* Both lend what they are given to the page. */
void display_image(struct display *display, const struct image *image, mpt x, mpt y, mpt w, mpt h);
void display_code(struct display *display, const unsigned char *modules, size_t side, mpt x, mpt y,
                  mpt w);

/* A run is begun, given its glyphs from left to right, and ended; its text is copied. */
void display_begin_run(struct display *display, const char *text, size_t bytes, uint32_t font,
                       mpt size, mpt x, mpt y);
void display_glyph(struct display *display, const struct page_glyph *glyph);
void display_end_run(struct display *display, mpt width, bool spaced);
/* Gives the text of the last two runs to the first of them, so that readers take it for one word
 * whatever the gap. */
void display_join_texts(struct display *display);

/* How many items there are. */
size_t display_count(const struct display *display);
/* Moves the items from first on by dx, dy, after scaling them about the origin by scale / 65536. */
void display_place(struct display *display, size_t first, mpt dx, mpt dy, int scale);
/* Drops those items from first on of which nothing is inside the box; a text is taken for as high
 * as its size above its baseline and half as much below. */
void display_crop(struct display *display, size_t first, mpt x, mpt y, mpt w, mpt h);

/* The items in order, lent until the next display_clear(). */
const struct page_item *display_items(struct display *display, size_t *count);

#endif
