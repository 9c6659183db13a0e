/* Figures: pictures and codes with their texts, set as boxes that are never divided. Private to
 * typeset/. */
#ifndef MINGBAI_TYPESET_FIGURE_H
#define MINGBAI_TYPESET_FIGURE_H

#include "typeset/gather.h"

/* Takes the glyphs of the figure's texts. */
void figure_gather(struct gather *gather, const struct block_figure *figure);
/* What the figure takes of a column as wide as measure, its text included. */
mpt figure_width(const struct block_figure *figure, mpt measure);
mpt figure_height(struct typeset *typeset, const struct block_figure *figure, mpt measure);
/* How many values and names of a chart find no room in it. */
size_t figure_unplaced(struct typeset *typeset, const struct block_figure *figure, mpt measure);
void figure_draw(struct typeset *typeset, const struct canvas *canvas,
                 const struct block_figure *figure, mpt left, mpt top, mpt measure);

#endif
