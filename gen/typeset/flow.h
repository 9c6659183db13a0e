/* One unit at one size of type: its blocks measured and broken into pages. Private to typeset/. */
#ifndef MINGBAI_TYPESET_FLOW_H
#define MINGBAI_TYPESET_FLOW_H

#include "typeset/figure.h"
#include "typeset/grid.h"

/* A unit's blocks as gathered: stats of its grids, in order; NULL for other blocks. */
struct unit_stats {
    const struct document *document;
    const struct unit *unit;
    size_t nblock;
    struct grid_stats **grids;    /* nblock */
    struct grid_stats *continued; /* of unit->continued, if that is a grid */
};

/* What stands of a block on one page. */
struct piece {
    const struct block *block;
    struct grid_plan *grid; /* BLOCK_GRID: lent */
    mpt top;                /* from the type area's top */
    int strip;              /* BLOCK_GRID: of those side by side, from 0 */
    mpt size;               /* BLOCK_TEXT: of its type */
    struct grid_part part;  /* BLOCK_TEXT: first and end count lines */
};

struct page_plan {
    const struct section *section; /* it stands in; NULL: before the first */
    size_t first_piece, npiece;
};

struct unit_plan {
    const struct unit_stats *stats;
    int scale;
    enum variant variant;
    GPtrArray *measured;         /* owns the grids' plans */
    struct grid_plan **grids;    /* nblock, lent; NULL for other blocks */
    struct grid_plan *continued; /* lent; for the run at hand */
    GArray *pieces;              /* struct piece */
    GArray *pages;               /* struct page_plan */
    GArray *marks;               /* struct page_mark, pages counted from 1 in the unit, level 2 */
    size_t nrun;                 /* stretches of pages begun by the unit or by a section */
    struct faults *faults;       /* nblock */
    size_t wrapped;              /* over all blocks */
    bool lacking;
};

/* Measures the unit and breaks it into pages. NULL with layout-too-wide, layout-cell-too-tall,
 * layout-figure-too-large. */
struct unit_plan *flow_unit(struct typeset *typeset, const struct unit_stats *stats,
                            enum variant variant, int scale, struct findings *findings);
void unit_plan_free(struct unit_plan *plan);

/* The pages of a section of the unit, or of the unit itself. */
const struct page_setup *unit_page(const struct document *document, const struct unit *unit,
                                   const struct section *section);

/* The type area of a page. */
struct area {
    mpt width, height; /* of the sheet */
    mpt left, top, inner_width, inner_height;
};

/* A page is bound at its left, on the back of its leaf at its right; one turned against the others
 * at its top, on the back at its bottom (GB/T 9704-2012, 7.4: the head of a table lying across
 * stands at the binding on odd pages, at the outer edge on even ones). */
struct area page_area(const struct page_setup *setup, bool back);

/* Makes a text block the text at hand, broken into lines; returns the size of its type. */
mpt flow_break_text(struct typeset *typeset, const struct block_text *text, int scale, mpt width,
                    bool *too_long);
/* Draws a piece; left and top: of the type area. */
void flow_draw_piece(struct typeset *typeset, const struct canvas *canvas,
                     const struct unit_plan *plan, const struct piece *piece, mpt left, mpt top,
                     mpt width);

#endif
