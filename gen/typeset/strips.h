/* Lists in several strips side by side (多栏名单): down the first, then down the next; on every
 * page as low as may be, so that the strips of its last page are of one height. Private to
 * typeset/. */
#ifndef MINGBAI_TYPESET_STRIPS_H
#define MINGBAI_TYPESET_STRIPS_H

#include "typeset/flow_run.h"

/* What stands of a grid on one page. */
struct strips {
    size_t count;
    struct grid_part parts[GRID_ACROSS];
    mpt height;
};

/* How wide each strip of the grid is in that measure; the measure itself when it has one. */
mpt strips_width(const struct grid *grid, mpt measure);
/* Spreads the run's boxes from first to end, rows of one grid, over its strips; of a list that
 * grows strips->height may stay from call to call, else it is 0. */
void strips_set(struct strips *strips, const struct run *run, size_t first, size_t end);
/* Makes the strips equally high: blank rows below the last, a little air in all. */
void strips_level(struct strips *strips, const struct grid_plan *plan);

#endif
