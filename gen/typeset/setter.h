/* One text at a time, from its style to lines on the page: what paragraphs, titles and cells share.
 * Private to typeset/. */
#ifndef MINGBAI_TYPESET_SETTER_H
#define MINGBAI_TYPESET_SETTER_H

#include <glib.h>
#include <stdint.h>

#include "typeset/display.h"
#include "typeset/line.h"
#include "typeset/shape_cache.h"
#include "typeset/typeset.h"

/* How far from its size towards size_max (positive) or size_min (negative) the type of a unit is
 * set, in steps of a quarter. */
enum { SCALE_LEAST = -4, SCALE_MOST = 4 };

/* What a thread keeps from text to text. */
struct typeset {
    struct shaper *shaper;
    struct shape_cache *cache;
    struct shaped shaped; /* the text at hand */
    struct line_text text;
    struct lines lines;
    GArray *places;                               /* em16: of the line at hand */
    GString *string;                              /* a cell's text */
    em16 ascent[FACE_ROLES], descent[FACE_ROLES]; /* the Han box of each role */
};

/* Where runs go; font numbers become those of the layout's subsets. */
struct canvas {
    struct display *display;
    const struct glyph_set *glyphs; /* what the subsets hold */
    const uint32_t *font_map;
    size_t *missed; /* counts glyphs they do not */
};

mpt style_size(const struct text_style *style, int scale);
/* From baseline to baseline at size. */
mpt style_leading(const struct text_style *style, mpt size);
em16 mpt_to_em(mpt length, mpt size);

/* Makes text the text at hand. */
void setter_shape(struct typeset *typeset, enum face_role role, const char *text, size_t bytes);
/* Breaks the text at hand into typeset->lines: as its alignment wants it. */
void setter_break(struct typeset *typeset, const struct text_style *style, mpt size, mpt width);
/* Is it a name of two Han characters, to be set as wide as one of three (均排)? */
bool setter_is_short_name(const struct typeset *typeset);
/* Width of the text at hand on one line, indent and 均排 included. */
em16 setter_natural(const struct typeset *typeset, const struct text_style *style);
/* Width of its longest part that may not be broken, if that stands first. */
em16 setter_unit(const struct typeset *typeset, const struct text_style *style);
/* Width of the text at hand up to its decimal point, or to the end of its number, or all of it. */
em16 setter_before_point(const struct typeset *typeset);
/* From the middle of a line's Han box down to its baseline, and to the box's top. */
mpt setter_rise(const struct typeset *typeset, enum face_role role, mpt size);
mpt setter_ascent(const struct typeset *typeset, enum face_role role, mpt size);

/* Draws line number index of the text at hand (source) in a column from left on. */
void setter_draw_line(struct typeset *typeset, const struct canvas *canvas,
                      const struct text_style *style, mpt size, const char *source, size_t index,
                      mpt left, mpt width, mpt baseline);
/* Draws the text at hand upright from top to bottom, in the middle of the box. */
void setter_draw_vertical(struct typeset *typeset, const struct canvas *canvas, mpt size,
                          mpt ascent, const char *source, mpt left, mpt top, mpt width, mpt height);
/* What it takes: the step from character to character is this of its size. */
mpt setter_vertical_height(const struct typeset *typeset, mpt size);

#endif
