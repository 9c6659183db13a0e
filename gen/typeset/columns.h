/* Column widths from what the columns hold and what is declared of them. Pure. */
#ifndef MINGBAI_TYPESET_COLUMNS_H
#define MINGBAI_TYPESET_COLUMNS_H

#include <stddef.h>

#include "document/model.h"

struct column_want {
    mpt fixed;       /* declared width; 0: solved */
    mpt least, most; /* declared bounds; 0: none. Content that cannot be broken goes before most. */
    mpt unit;        /* the widest content that cannot be broken, padding included */
    mpt natural;     /* width at which the content stays on one line, padding included */
    int weight;      /* part of what is left over or lacking */
};

/* A cell over several columns. */
struct span_want {
    size_t first, count;
    mpt unit, natural;
};

/* Widths that add up to total exactly. Room left over goes to the weighted columns, without any to
 * all that are not fixed; what is lacking is taken from the weighted first, and from the widest of
 * them first, so that short texts stay on one line. -1: total is less than the least widths. */
int columns_solve(const struct column_want *wants, size_t count, const struct span_want *spans,
                  size_t span_count, mpt total, mpt *widths);

#endif
