/* Solves column widths: least and natural widths first, then room left over or lacking. */
#include "typeset/columns.h"

#include <glib.h>
#include <string.h>

struct solver {
    size_t count;
    const struct column_want *wants;
    mpt *least, *most;
    mpt *widths;   /* natural widths at first, the result at last */
    double *parts; /* of the amount at hand */
};

static int64_t sum_of(const mpt *lengths, size_t first, size_t count)
{
    int64_t sum = 0;
    for (size_t i = first; i < first + count; i++)
        sum += lengths[i];
    return sum;
}

/* Gives amount (or takes it, when negative) in proportion to the parts, columns kept between least
 * and most: what one cannot take goes round again. Returns what is left. */
static int64_t share_out(struct solver *solver, int64_t amount)
{
    while (amount != 0) {
        double parts = 0;
        for (size_t i = 0; i < solver->count; i++) {
            bool full = amount > 0 ? solver->widths[i] >= solver->most[i]
                                   : solver->widths[i] <= solver->least[i];
            if (full)
                solver->parts[i] = 0;
            parts += solver->parts[i];
        }
        if (parts <= 0)
            return amount;
        int64_t left = amount, before = amount;
        double passed = 0;
        for (size_t i = 0; i < solver->count; i++) {
            /* By differences of a running sum, so that rounding loses nothing. */
            double from = passed;
            passed += solver->parts[i];
            int64_t step = (int64_t)((double)before * (passed / parts)) -
                           (int64_t)((double)before * (from / parts));
            int64_t width = solver->widths[i] + step;
            if (solver->parts[i] > 0) {
                width = CLAMP(width, solver->least[i], solver->most[i]);
                left -= width - solver->widths[i];
                solver->widths[i] = (mpt)width;
            }
        }
        if (left == amount) /* a remainder of less than one part each */
            for (size_t i = 0; i < solver->count && left != 0; i++)
                if (solver->parts[i] > 0) {
                    solver->widths[i] += left > 0 ? 1 : -1;
                    left -= left > 0 ? 1 : -1;
                }
        amount = left;
    }
    return 0;
}

/* Makes the columns of a span together at least need wide in lengths, in proportion to their
 * natural widths; columns of fixed width give nothing. */
static void widen_span(const struct solver *solver, const struct span_want *span, mpt need,
                       mpt *lengths)
{
    int64_t lack = need - sum_of(lengths, span->first, span->count);
    int64_t parts = 0, passed = 0;
    if (lack <= 0)
        return;
    for (size_t i = span->first; i < span->first + span->count; i++)
        if (!solver->wants[i].fixed)
            parts += solver->widths[i] + 1;
    if (parts == 0)
        return;
    int64_t given = 0;
    for (size_t i = span->first; i < span->first + span->count; i++) {
        if (solver->wants[i].fixed)
            continue;
        passed += solver->widths[i] + 1;
        lengths[i] += (mpt)(lack * passed / parts - given);
        given = lack * passed / parts;
    }
}

static void find_bounds(struct solver *solver, const struct span_want *spans, size_t span_count)
{
    for (size_t i = 0; i < solver->count; i++) {
        const struct column_want *want = &solver->wants[i];
        mpt least = want->fixed ? want->fixed : MAX(want->least, want->unit);
        mpt most = want->fixed ? want->fixed : want->most ? MAX(want->most, least) : INT32_MAX / 2;
        solver->least[i] = least;
        solver->most[i] = most;
        solver->widths[i] = CLAMP(want->natural, least, most);
    }
    for (size_t i = 0; i < span_count; i++)
        widen_span(solver, &spans[i], spans[i].unit, solver->least);
    for (size_t i = 0; i < solver->count; i++) {
        solver->most[i] = MAX(solver->most[i], solver->least[i]);
        solver->widths[i] = MAX(solver->widths[i], solver->least[i]);
    }
}

static void widen_for_spans(struct solver *solver, const struct span_want *spans, size_t span_count,
                            mpt total)
{
    mpt *wide = g_memdup2(solver->widths, solver->count * sizeof *wide);
    for (size_t i = 0; i < span_count; i++)
        widen_span(solver, &spans[i], spans[i].natural, wide);
    for (size_t i = 0; i < solver->count; i++)
        wide[i] = MIN(wide[i], solver->most[i]);
    /* A cell over several columns may wrap rather than squeeze the columns' own content. */
    if (sum_of(wide, 0, solver->count) <= total)
        memcpy(solver->widths, wide, solver->count * sizeof *wide);
    g_free(wide);
}

static void give_left_over(struct solver *solver, int64_t amount)
{
    for (size_t i = 0; i < solver->count; i++)
        solver->parts[i] = solver->wants[i].fixed ? 0 : solver->wants[i].weight;
    amount = share_out(solver, amount);
    for (size_t i = 0; i < solver->count; i++)
        solver->parts[i] = solver->wants[i].fixed ? 0 : solver->widths[i] + 1;
    amount = share_out(solver, amount);
    /* All columns are fixed or at their most: the grid still has to be as wide as it is. */
    for (size_t i = 0; i < solver->count; i++) {
        solver->most[i] = INT32_MAX / 2;
        solver->parts[i] = solver->widths[i] + 1;
    }
    share_out(solver, amount);
}

/* A column cut down to the level: short ones keep their width, so that they need not wrap for the
 * little they could give. */
static mpt cut_width(const struct solver *solver, size_t i, mpt level)
{
    return MIN(solver->widths[i], MAX(solver->least[i], level));
}

static int64_t sum_cut(const struct solver *solver, bool weighted, mpt level)
{
    int64_t sum = 0;
    for (size_t i = 0; i < solver->count; i++)
        sum +=
            weighted && !solver->wants[i].weight ? solver->widths[i] : cut_width(solver, i, level);
    return sum;
}

/* Cuts the columns (the weighted only, or all) to the highest level at which they keep to total. */
static void cut_columns(struct solver *solver, bool weighted, mpt total)
{
    mpt low = 0, high = total;
    while (low < high) {
        mpt middle = low + (high - low + 1) / 2;
        if (sum_cut(solver, weighted, middle) <= total)
            low = middle;
        else
            high = middle - 1;
    }
    for (size_t i = 0; i < solver->count; i++) {
        mpt width = solver->widths[i];
        solver->parts[i] = 0;
        if (weighted && !solver->wants[i].weight)
            continue;
        solver->widths[i] = cut_width(solver, i, low);
        solver->parts[i] = width > solver->widths[i];
    }
    int64_t over = sum_of(solver->widths, 0, solver->count) - total;
    if (over < 0) /* the level is a whole number: less than one unit a column is left */
        share_out(solver, -over);
}

static void take_lacking(struct solver *solver, mpt total)
{
    cut_columns(solver, true, total);
    if (sum_of(solver->widths, 0, solver->count) > total)
        cut_columns(solver, false, total);
}

int columns_solve(const struct column_want *wants, size_t count, const struct span_want *spans,
                  size_t span_count, mpt total, mpt *widths)
{
    struct solver solver = {.count = count,
                            .wants = wants,
                            .least = g_new(mpt, count),
                            .most = g_new(mpt, count),
                            .widths = widths,
                            .parts = g_new(double, count)};
    find_bounds(&solver, spans, span_count);
    int result = sum_of(solver.least, 0, count) > total ? -1 : 0;
    if (result == 0) {
        widen_for_spans(&solver, spans, span_count, total);
        int64_t over = sum_of(widths, 0, count) - total;
        if (over <= 0)
            give_left_over(&solver, -over);
        else
            take_lacking(&solver, total);
    }
    g_free(solver.least);
    g_free(solver.most);
    g_free(solver.parts);
    return result;
}
