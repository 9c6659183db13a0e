/* The scale of a chart's values: exact, from or over zero, with steps people count in. Private to
 * typeset/. */
#ifndef MINGBAI_TYPESET_CHART_AXIS_H
#define MINGBAI_TYPESET_CHART_AXIS_H

#include <stdbool.h>

#include "base/decimal.h"
#include "document/model.h"

/* low and high are whole steps; low <= 0 <= high, low < high. */
struct chart_axis {
    decimal low, high, step;
};

/* An axis that holds zero and least to most, in at most so many steps (two where it needs them) of
 * 1, 2 or 5 times a power of ten, none smaller than grain (a power of ten). */
struct chart_axis chart_axis_of(decimal least, decimal most, decimal grain, int steps);
/* Where value stands on a way of that length: 0 at low, length at high. */
mpt chart_axis_place(const struct chart_axis *axis, decimal value, mpt length);

/* The value of a row in a series; false: there is none, or no number. */
bool chart_value(const struct chart *chart, size_t row, size_t series, decimal *value);
/* The smallest step in which the series' values are printed. */
decimal chart_grain(const struct chart *chart);
/* The format of a number on the axis: that of the first series with no more decimals than steps
 * need. */
struct format chart_tick_format(const struct chart *chart, decimal step);

/* x and y of a point on a circle, from its middle, 2^30 to the radius' end; turn: 2^30 a whole
 * turn, from the top on, clockwise. y runs down. Integers only, so that every machine agrees. */
void chart_turn(int64_t turn, int64_t *x, int64_t *y);

#endif
