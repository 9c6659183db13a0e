/* What the parts of a grid's cells say for one row, a group, or all rows. Shared by the renderers
 * that walk a document. */
#ifndef MINGBAI_RENDER_FILL_H
#define MINGBAI_RENDER_FILL_H

#include <glib.h>
#include <stddef.h>

#include "document/model.h"

enum { AVERAGE_PLACES = 2 }; /* of an average whose format has none */

/* The rows a cell is about. */
struct scope {
    size_t row;          /* whose fields are shown; SIZE_MAX: no row (head, fixed rows, total) */
    size_t first, count; /* counts and totals run over these rows */
};

/* One row; all rows of the grid; the group of rows that begins at first. */
struct scope scope_row(size_t row);
struct scope scope_grid(const struct grid *grid);
struct scope scope_group(const struct grid *grid, size_t first);

/* The part's value; literals are VALUE_TEXT. Totals skip NULLs; of integers, all but averages are
 * integers; an average is rounded half-up to the places of its format (else AVERAGE_PLACES). Over
 * no value a sum is 0, the others are VALUE_NULL, STATE_EMPTY. *unread (may be NULL) is how many
 * invalid values a total leaves out. The same as what pages show. */
struct value fill_part(const struct grid *grid, const struct part *part, struct scope scope,
                       size_t *unread);
/* Appends the cell's text; a total that leaves out invalid values says how many. */
void fill_cell(GString *out, const struct grid *grid, const struct cell *cell, struct scope scope);

#endif
