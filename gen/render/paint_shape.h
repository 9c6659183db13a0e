/* Paints what is neither text, rule nor picture: marks, strokes, patterned areas, codes. Private to
 * render/. */
#ifndef MINGBAI_RENDER_PAINT_SHAPE_H
#define MINGBAI_RENDER_PAINT_SHAPE_H

#include <cairo.h>

#include "typeset/page.h"

/* The source of cr is black, its unit the point; both are so again at the end. */
void paint_shape(cairo_t *cr, const struct page_item *item);

#endif
