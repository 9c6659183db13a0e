/* A grid at one size of type: column widths, row heights, and drawing a part of it. Private to
 * typeset/. */
#ifndef MINGBAI_TYPESET_GRID_H
#define MINGBAI_TYPESET_GRID_H

#include "typeset/gather.h"

/* What setting a block costs its texts. */
struct faults {
    size_t wrapped;  /* lines beyond the first, over all cells */
    size_t broken;   /* texts with a word broken */
    size_t shrunk;   /* cells in smaller type */
    size_t overlong; /* titles of more lines than allowed */
};

struct grid_plan {
    const struct grid_stats *stats;
    int scale;
    mpt width, side_width; /* side_width is part of width */
    mpt *edges;            /* ncolumn + 1, from the grid's left; the first is side_width */
    mpt *points;           /* one a column: from the cell's right edge back to the decimal point */
    mpt *head;             /* heights of the head's rows */
    mpt head_height;
    struct grid_row *rows; /* as in stats, with heights */
    mpt side_height;       /* what the side label needs */
    struct faults faults;
    bool lacking; /* columns are narrower than their content would like */
};

/* NULL with layout-too-wide. */
struct grid_plan *grid_measure(struct typeset *typeset, const struct grid_stats *stats, int scale,
                               mpt measure, struct place place, struct findings *findings);
void grid_plan_free(struct grid_plan *plan);

/* The part of a grid that stands on one page. */
struct grid_part {
    size_t first, end;               /* rows */
    bool head;                       /* the head stands above them */
    const struct grid_row *group;    /* their group's head, repeated under it; NULL: none */
    bool joined_above, joined_below; /* another grid's part touches it */
    mpt grow;                        /* what each row may grow towards its height_max */
    mpt extra;                       /* shared by all rows: the side label needs it */
};

/* Height of row index in a part, growth included, extra not. */
mpt grid_row_height(const struct grid_plan *plan, size_t index, mpt grow);
/* How much a row can grow. */
mpt grid_row_room(const struct grid_plan *plan, size_t index);
/* The head of the group that row index continues; NULL if it begins one or is in none. */
const struct grid_row *grid_group_of(const struct grid_plan *plan, size_t index);

void grid_draw(struct typeset *typeset, const struct canvas *canvas, const struct grid_plan *plan,
               const struct grid_part *part, mpt left, mpt top);

/* What both passes share. */

/* Sideways and vertical room between a cell's text and its edges. */
mpt grid_padding(const struct grid *grid, mpt size);
mpt grid_cushion(const struct grid *grid, mpt size);
/* Breaks the text at hand for a cell; returns the size of its type, smaller when it had to shrink.
 */
mpt grid_fit_cell(struct typeset *typeset, const struct grid *grid, const struct cell *cell,
                  int scale, mpt width);
/* From the top of the first line's Han box to the bottom of the last one's. */
mpt grid_text_height(const struct grid *grid, const struct text_style *style, mpt size,
                     size_t nline);
mpt grid_cell_width(const struct grid_plan *plan, const struct cell *cell);

#endif
