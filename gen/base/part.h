/* Parts of a text that is filled from rows: what a cell of a table is made of. */
#ifndef MINGBAI_BASE_PART_H
#define MINGBAI_BASE_PART_H

#include <glib.h>
#include <stddef.h>

#include "base/format.h"
#include "base/value.h"

/* Text fixed at binding, or filled from the row being drawn. */
enum part_kind {
    PART_LITERAL, /* text */
    PART_FIELD,   /* the row's value in column field */
    PART_NUMBER,  /* the row's serial number, from 1 through the grid */
    PART_COUNT,   /* how many rows: of the group in its head, of the grid in its total */
    PART_SUM,     /* exact sum of column field over the same rows */
    PART_AVERAGE,
    PART_MIN,
    PART_MAX
};

struct part {
    enum part_kind kind;
    const char *text; /* PART_LITERAL, and nowhere else */
    size_t field;     /* column of the grid's row set */
    struct format format;
};

enum { AVERAGE_PLACES = 2 }; /* of an average whose format has none */

/* The rows a text is about. */
struct part_scope {
    const struct rowset *rows; /* NULL: none; then count is 0 */
    size_t row;                /* whose fields are shown; SIZE_MAX: of none */
    size_t first, count;       /* counts and totals run over these */
};

/* One row; all rows, and no row's fields; the rows from first on with the same value in column. */
struct part_scope part_scope_row(const struct rowset *rows, size_t row);
struct part_scope part_scope_all(const struct rowset *rows);
struct part_scope part_scope_group(const struct rowset *rows, size_t column, size_t first);

/* The part's value; literals are VALUE_TEXT; a field or a number of no row is VALUE_NULL,
 * STATE_EMPTY. Totals as base/total.h, an average to the places of its format, else to
 * AVERAGE_PLACES. *uncounted (may be NULL) is how many values a total leaves out. */
struct value part_value(const struct part *part, const struct part_scope *scope, size_t *uncounted);
/* Appends the parts' text; a total that leaves out values says how many. */
void parts_write(GString *out, const struct part *parts, size_t count,
                 const struct part_scope *scope);

#endif
