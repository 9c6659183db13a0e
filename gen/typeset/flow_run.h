/* A stretch of pages between two sections, while it is made: boxes in order, then pages of them.
 * Private to flow.c and flow_break.c. */
#ifndef MINGBAI_TYPESET_FLOW_RUN_H
#define MINGBAI_TYPESET_FLOW_RUN_H

#include "typeset/flow.h"

/* What cannot be divided: a line of text or a row of a grid. */
struct box {
    uint32_t block; /* of the unit; UINT32_MAX: the continued block */
    uint32_t index; /* line or row of the block */
    mpt height;
    uint8_t glue; /* enum glue */
    bool page;    /* begins a page */
};

struct run {
    struct typeset *typeset;
    struct unit_plan *plan;
    struct findings *findings;
    struct area area;
    const struct section *section; /* NULL: before the first */
    GArray *boxes;
    mpt *sizes;                     /* of text blocks, nblock */
    mpt grow;                       /* what rows that may grow do grow */
    size_t first_page, first_piece; /* of the run in the plan */
    size_t npage;
    GArray *starts; /* size_t: the first box of each page */
};

/* What a box is of. */
const struct block *run_block(const struct run *run, const struct box *box);
struct grid_plan *run_grid(const struct run *run, const struct box *box);
struct box *run_add_box(GArray *boxes, size_t block, size_t index, mpt height, enum glue glue);

/* Puts the run's boxes on pages of the plan. -1 with layout-cell-too-tall. */
int run_break(struct run *run);
/* Lets rows of the run, which is broken, grow so that the sheets are used. */
void run_fill(struct run *run);

#endif
