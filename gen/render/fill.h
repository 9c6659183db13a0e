/* What the parts of a grid's cells say for one row, a group, or all rows. Shared by the renderers that
 * walk a document. */
#ifndef MINGBAI_RENDER_FILL_H
#define MINGBAI_RENDER_FILL_H

#include <glib.h>
#include <stddef.h>

#include "document/model.h"

/* The rows a cell is about. */
struct scope {
    size_t row;          /* whose fields are shown; SIZE_MAX: no row (head, fixed rows, total) */
    size_t first, count; /* counts and totals run over these rows */
};

/* One row; all rows of the grid; the group of rows that begins at first. */
struct scope scope_row(size_t row);
struct scope scope_grid(const struct grid *grid);
struct scope scope_group(const struct grid *grid, size_t first);

/* The part's value; literals are VALUE_TEXT. Totals skip NULLs; a sum of integers is an integer, other
 * totals are decimals rounded half-up to millionths; over no value at all they are VALUE_NULL,
 * STATE_EMPTY. *unread (may be NULL) is how many invalid values a total leaves out. */
struct value fill_part(const struct grid *grid, const struct part *part, struct scope scope,
                       size_t *unread);
/* Appends the cell's text. */
void fill_cell(GString *out, const struct grid *grid, const struct cell *cell, struct scope scope);

#endif
