/* Which cells of a table of households are withheld (design 7). */
#ifndef MINGBAI_STORE_SUPPRESS_H
#define MINGBAI_STORE_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FEWEST_HOUSEHOLDS = 3 };

/* A row's cells of so many households each, whose total a reader knows. When some cell has one or
 * two households, all cells of fewer than three are withheld, the empty ones too, for else the
 * total would tell; and with them the smallest of the others, all of one size, where one alone is
 * withheld or the total leaves each of them two. It depends on no cell's place in the row, so that
 * whoever knows the rule cannot tell which of the withheld cells has which of their numbers; they
 * are never all the same. */
void suppress_row(const int64_t *households, size_t count, bool *withheld);

#endif
