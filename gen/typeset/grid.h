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
    size_t sliced;   /* rows taller than a page */
    size_t too_wide; /* cells that may neither wrap nor shrink, and have to; the first of them: */
    size_t wide_row; /* of the row set, from 1; 0: of none */
    const char *wide_column;
    size_t unplaced; /* values and names that have no room in a chart */
};

struct grid_plan {
    const struct grid_stats *stats;
    int scale;
    mpt width, side_width; /* side_width is part of width */
    mpt *edges;            /* ncolumn + 1, from the grid's left; the first is side_width */
    mpt *points;           /* one a column: from the cell's right edge back to the decimal point */
    mpt *head;             /* heights of the head's rows */
    mpt head_height;
    mpt page_rows[PAGE_ROWS]; /* heights; 0 where the grid has none */
    size_t nrow;
    const struct grid_row *rows; /* those of stats, */
    struct grid_row *own_rows;   /* unless some are in slices, being taller than a page; or NULL */
    mpt *heights;                /* of rows */
    mpt side_height;             /* what the side label needs */
    GPtrArray *inner;            /* struct grid_plan *: of grids in cells; NULL: none */
    struct total_memo *memo;     /* running totals, while pages are drawn in order */
    struct faults faults;
    bool lacking; /* columns are narrower than their content would like */
};

/* measure, height: of the type area. NULL with layout-too-wide. */
struct grid_plan *grid_measure(struct typeset *typeset, const struct grid_stats *stats, int scale,
                               mpt measure, mpt height, struct place place,
                               struct findings *findings);
void grid_plan_free(struct grid_plan *plan);

/* The part of a grid that stands on one page. */
struct grid_part {
    size_t first, end;               /* rows */
    bool head;                       /* the head stands above them */
    bool joined_above, joined_below; /* another grid's part touches it */
    bool inner;                      /* in a cell, whose rules are its outer ones */
    size_t fill;                     /* blank rows below its data (补空行) */
    mpt fill_extra;                  /* shared by them */
    mpt grow;                        /* what each row may grow towards its height_max */
    mpt extra;                       /* shared by all rows: the side label needs it */
};

/* What comes with a part's page: rows above and below its own. */
struct grid_bands {
    size_t data_first, data_end;    /* rows of data that end in the part */
    bool page_rows[PAGE_ROWS];      /* which stand there */
    size_t ncontinued;              /* group heads repeated, outermost first: */
    size_t continued[GROUP_LEVELS]; /* rows of the plan */
    size_t foot_at;                 /* the lower page rows stand before this row */
    mpt above, below;               /* heights: head, carried, repeated heads; page rows */
    mpt optional;                   /* what of below goes when the list ends on this page */
};

struct grid_bands grid_bands(const struct grid_plan *plan, const struct grid_part *part);

/* Height of row index in a part, growth included, extra not. */
mpt grid_row_height(const struct grid_plan *plan, size_t index, mpt grow);
/* Height of a blank row. */
mpt grid_fill_height(const struct grid_plan *plan, mpt grow);
/* How much a row can grow. */
mpt grid_row_room(const struct grid_plan *plan, size_t index);
void grid_draw(struct typeset *typeset, const struct canvas *canvas, const struct grid_plan *plan,
               const struct grid_part *part, mpt left, mpt top);

/* Grids in cells. Measured when the columns around them have widths: -1 with layout-too-wide. */
int grid_measure_inner(struct typeset *typeset, struct grid_plan *plan, struct place place,
                       struct findings *findings);
mpt grid_inner_height(const struct grid_plan *plan, const struct cell *cell);
/* How much higher the grids in a fixed row's cells are when their rows grow by so much. */
mpt grid_inner_growth(const struct grid_plan *plan, const struct row *row, mpt grow);
/* Draws the grid of a cell whose box has so much height, rows grown as those around it. */
void grid_draw_inner(struct typeset *typeset, const struct canvas *canvas,
                     const struct grid_plan *plan, const struct cell *cell, mpt grow, mpt left,
                     mpt top, mpt height);

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
/* What a cell's ruled lines take below its text: 9 mm each to write on (looks.md). */
mpt grid_lines_height(const struct cell *cell);
/* Rows of data taller than a page (of so much height) come apart into slices of a line each. */
void grid_slice_rows(struct typeset *typeset, struct grid_plan *plan, mpt height);

#endif
