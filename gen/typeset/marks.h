/* Where to cut, fold and glue: what stands on sheets besides their pages. Private to typeset/. */
#ifndef MINGBAI_TYPESET_MARKS_H
#define MINGBAI_TYPESET_MARKS_H

#include "typeset/gather.h"
#include "typeset/impose.h"

/* Takes the glyphs of the labels of tiles. */
void marks_gather(struct gather *gather);
/* page: the number of the tile's page, 0: it is the only one. */
void marks_draw(struct typeset *typeset, const struct canvas *canvas,
                const struct imposition *imposition, const struct side *side, size_t page);

#endif
