/* Paints pages on Cairo surfaces: what PDF and PNG share. */
#ifndef MINGBAI_RENDER_PAINT_H
#define MINGBAI_RENDER_PAINT_H

#include <cairo.h>
#include <stdbool.h>

#include "base/findings.h"
#include "typeset/page.h"

/* The layout's embedded fonts opened for Cairo; may end after the layout. */
struct paint;

/* embedded: the fonts go into the file and no glyph is drawn here. NULL with render-font-failed. */
struct paint *paint_new(const struct layout *layout, bool embedded, struct findings *findings);
void paint_free(struct paint *paint); /* NULL is allowed */
/* Black on what is there; the unit of cr is the point, its origin the page's top left corner. What
 * fails shows in cairo_status(cr). */
void paint_page(struct paint *paint, cairo_t *cr, const struct page *page);

#endif
