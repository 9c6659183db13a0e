/* Grids in the cells of a form, laid out on the one grid of cells that a sheet is. Private to the
 * workbook renderer. */
#ifndef MINGBAI_RENDER_XLSX_FLAT_H
#define MINGBAI_RENDER_XLSX_FLAT_H

#include "base/arena.h"
#include "document/model.h"

/* The block itself when no cell of it holds a grid; else a copy in arena whose columns have the
 * edges of all its grids, and whose rows are as many as the inner ones need: cells beside them
 * reach down. Data of inner tables become texts. */
const struct block *block_flat(struct arena *arena, const struct block *block);

#endif
