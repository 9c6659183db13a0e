/* Parts of a text that is filled from rows: what a cell of a table is made of. */
#ifndef MINGBAI_BASE_PART_H
#define MINGBAI_BASE_PART_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/format.h"
#include "base/total.h"
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
    PART_MAX,
    PART_DISTINCT /* how many different values column field has */
};

/* Whether a part is a count or total over rows. */
static inline bool part_counts(enum part_kind kind)
{
    return kind >= PART_COUNT;
}

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
    struct total_memo *memo;   /* of totals over the first rows, or NULL */
    bool widest; /* totals are as wide as any over some of these rows can be (total_widest) */
};

/* One row; all rows, and no row's fields. */
struct part_scope part_scope_row(const struct rowset *rows, size_t row);
struct part_scope part_scope_all(const struct rowset *rows);

enum { GROUP_LEVELS = 4 };

/* Walks the rows of a row set by groups within groups: rows that stand together and have the same
 * values in the key columns of a level and of those above it. */
struct group_walk {
    const struct rowset *rows;
    size_t nkey, keys[GROUP_LEVELS];
    size_t first[GROUP_LEVELS], end[GROUP_LEVELS]; /* of the group of each level at hand */
};

struct group_walk group_walk_new(const struct rowset *rows, const size_t *keys, size_t nkey);
/* To be asked row by row from 0 on, before it: the groups of this level and of those below it begin
 * at row; nkey: none does. */
size_t group_walk_enter(struct group_walk *walk, size_t row);
/* And after it: the groups of this level and of those below it end with row; nkey: none does. */
size_t group_walk_leave(const struct group_walk *walk, size_t row);
/* The group at hand: its first row's fields, totals over its rows. */
struct part_scope group_walk_scope(const struct group_walk *walk, size_t level);

/* Whether the parts say the same of rows a and b: fields of equal values; serial numbers never. */
bool parts_same(const struct part *parts, size_t count, const struct rowset *rows, size_t a,
                size_t b);
/* The part's value; literals are VALUE_TEXT; a field or a number of no row is VALUE_NULL,
 * STATE_EMPTY. Totals as base/total.h, an average to the places of its format, else to
 * AVERAGE_PLACES. *uncounted (may be NULL) is how many values a total leaves out. */
struct value part_value(const struct part *part, const struct part_scope *scope, size_t *uncounted);
/* Appends the parts' text; a total that leaves out values says how many. */
void parts_write(GString *out, const struct part *parts, size_t count,
                 const struct part_scope *scope);

#endif
