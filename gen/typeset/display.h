/* The display list of one page while it is built: memory is kept from page to page. */
#ifndef MINGBAI_TYPESET_DISPLAY_H
#define MINGBAI_TYPESET_DISPLAY_H

#include <stdint.h>

#include "typeset/page.h"

struct display;

struct display *display_new(void);
void display_free(struct display *display);
void display_clear(struct display *display);

/* A filled box: h or w is the rule's weight. */
void display_box(struct display *display, enum page_item_kind kind, mpt x, mpt y, mpt w, mpt h);

/* A run is begun, given its glyphs from left to right, and ended; its text is copied. */
void display_begin_run(struct display *display, const char *text, size_t bytes, uint32_t font,
                       mpt size, mpt x, mpt y);
void display_glyph(struct display *display, const struct page_glyph *glyph);
void display_end_run(struct display *display, mpt width, bool spaced);
/* Gives the text of the last two runs to the first of them, so that readers take it for one word
 * whatever the gap. */
void display_join_texts(struct display *display);

/* The items in order, lent until the next display_clear(). */
const struct page_item *display_items(struct display *display, size_t *count);

#endif
