/* Charts, for black ink on any paper: patterns, dashes and marks instead of colours, every value
 * written at what shows it. Private to typeset/. */
#ifndef MINGBAI_TYPESET_CHART_H
#define MINGBAI_TYPESET_CHART_H

#include "typeset/gather.h"

/* Takes the glyphs of all words and figures of the chart, those of its axis included. */
void chart_gather(struct gather *gather, const struct block_figure *figure);
/* Draws the chart into a box of that width and figure->height; canvas NULL: only finds out what
 * cannot be written. Returns how many values and names found no room. The same every time. */
size_t chart_draw(struct typeset *typeset, const struct canvas *canvas,
                  const struct block_figure *figure, mpt left, mpt top, mpt width);

#endif
