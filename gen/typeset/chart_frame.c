/* Sets the axes of bar and line charts: ticks with their figures, names of the categories. */
#include "typeset/chart_inside.h"

enum {
    STEPS_MAX = 6,
    TICK = 3000,
    TICK_GAP = 2000,
    NAME_GAP = 4 /* names stand this part of their size apart */
};

static const mpt THIN = 250; /* the levels of a line chart */

void chart_range(const struct chart *chart, bool stacked, decimal *least, decimal *most)
{
    *least = *most = 0;
    for (size_t row = 0; row < rowset_rows(chart->rows); row++) {
        decimal below = 0, above = 0, value;
        for (size_t s = 0; s < chart->nseries; s++) {
            if (!chart_value(chart, row, s, &value))
                continue;
            below = MIN(value, 0) + (stacked ? below : 0);
            above = MAX(value, 0) + (stacked ? above : 0);
            *least = MIN(*least, below);
            *most = MAX(*most, above);
        }
    }
}

mpt chart_level(const struct chart_work *work, decimal value)
{
    const struct spot *plot = &work->plot;
    return work->chart->lying ? plot->x + chart_axis_place(&work->axis, value, plot->w)
                              : plot->y + plot->h - chart_axis_place(&work->axis, value, plot->h);
}

mpt chart_slot(const struct chart_work *work, size_t row)
{
    const struct spot *plot = &work->plot;
    const int64_t length = work->chart->lying ? plot->h : plot->w;
    return (work->chart->lying ? plot->y : plot->x) +
           (mpt)(length * (int64_t)row / (int64_t)MAX(work->nrow, 1));
}

static mpt widest_tick(struct chart_work *work)
{
    mpt widest = 0;
    for (decimal at = work->axis.low; at <= work->axis.high; at += work->axis.step)
        widest = MAX(widest, chart_text_width(work, chart_tick_text(work, at)));
    return widest;
}

/* What the figures count, over the axis. Returns its height. */
mpt chart_write_unit(struct chart_work *work)
{
    const char *unit = work->chart->unit;
    struct spot spot = {work->area.x, work->area.y, 0, work->line};
    if (!unit)
        return 0;
    spot.w = MIN(chart_text_width(work, unit), work->area.w);
    chart_write(work, unit, spot, ALIGN_LEFT);
    chart_take(work, spot);
    return work->line;
}

/* --- names of categories under an axis */

enum names { NAMES_FLAT, NAMES_SOME, NAMES_UPRIGHT, NAMES_NONE };

struct name_plan {
    enum names how;
    size_t every; /* NAMES_SOME: each so many-th */
    mpt height;
};

static bool has_latin(const char *text)
{
    while (*text != '\0' && !g_ascii_isalnum(*text))
        text++;
    return *text != '\0';
}

/* A line of one character looks lost under a line of two. */
static bool has_lost_line(const struct lines *lines)
{
    for (size_t i = 0; lines->nline > 1 && i < lines->nline; i++)
        if (lines->lines[i].end - lines->lines[i].first == 1)
            return true;
    return false;
}

/* The most lines a name takes in its part of the axis; 3: more than two, or not well. Figures that
 * cannot stand upright are better broken. */
static size_t most_lines(struct chart_work *work, mpt slot)
{
    size_t most = 0;
    for (size_t row = 0; row < work->nrow; row++) {
        const char *name = chart_label_text(work, row);
        bool broken;
        size_t lines = chart_text_lines(work, name, slot, &broken);
        bool lost = has_lost_line(&work->typeset->lines) &&
                    (work->chart->kind == CHART_LINE || !has_latin(name));
        most = MAX(most, broken || lost ? 3 : MIN(lines, 3));
    }
    return most;
}

/* One or two lines if they do; else every second, third … name under a line, which a reader can
 * count on; under bars all of them, upright. */
static struct name_plan plan_names(struct chart_work *work)
{
    const mpt slot = work->plot.w / (mpt)MAX(work->nrow, 1) - work->size / NAME_GAP;
    const size_t lines = most_lines(work, slot);
    struct name_plan plan = {.height = (mpt)lines * work->line, .every = 1};
    mpt widest = 0, tallest = 0;
    if (lines <= 2)
        return plan;
    for (size_t row = 0; row < work->nrow; row++) {
        widest = MAX(widest, chart_text_width(work, chart_label_text(work, row)));
        tallest = MAX(tallest, chart_upright_height(work, chart_label_text(work, row)));
    }
    if (work->chart->kind == CHART_LINE) {
        plan.how = NAMES_SOME;
        plan.height = work->line;
        plan.every = (size_t)((widest + work->size + slot - 1) / MAX(slot, 1));
        if (widest > work->plot.w / 2)
            plan.how = NAMES_NONE;
    } else {
        plan.how = slot >= work->size && tallest <= work->area.h / 2 ? NAMES_UPRIGHT : NAMES_NONE;
        plan.height = plan.how == NAMES_UPRIGHT ? tallest : 0;
    }
    return plan;
}

/* In the middle of its part of the axis, within the chart; not where the one before still stands.
 */
static void write_some(struct chart_work *work, const char *name, mpt middle, mpt top, mpt *end)
{
    const struct spot *area = &work->area;
    const mpt width = chart_text_width(work, name);
    const mpt x = CLAMP(middle - width / 2, area->x, MAX(area->x + area->w - width, area->x));
    if (x < *end)
        return;
    chart_write(work, name, (struct spot){x, top, width, work->line}, ALIGN_CENTER);
    *end = x + width + work->size / 2;
}

static void write_names(struct chart_work *work, const struct name_plan *plan, mpt top)
{
    const mpt gap = work->size / NAME_GAP;
    mpt end = work->area.x;
    work->upright = plan->how == NAMES_UPRIGHT;
    if (plan->how == NAMES_NONE)
        work->unplaced += work->nrow;
    for (size_t row = 0; row < work->nrow && plan->how != NAMES_NONE; row++) {
        const mpt left = chart_slot(work, row), right = chart_slot(work, row + 1);
        const char *name = chart_label_text(work, row);
        struct spot spot = {left + gap / 2, top, right - left - gap, plan->height};
        bool broken;
        if (plan->how == NAMES_UPRIGHT) {
            chart_write_upright(work, name, spot);
        } else if (plan->how == NAMES_FLAT) { /* from the top, also where others take two lines */
            spot.h = (mpt)chart_text_lines(work, name, spot.w, &broken) * work->line;
            chart_write(work, name, spot, ALIGN_CENTER);
        } else if (row % plan->every == 0) {
            write_some(work, name, (left + right) / 2, top, &end);
        }
    }
}

static mpt count_steps(const struct chart_work *work)
{
    return (mpt)((work->axis.high - work->axis.low) / work->axis.step);
}

static void draw_value_axis(struct chart_work *work)
{
    const struct spot *plot = &work->plot;
    const mpt width = widest_tick(work);
    if (plot->h / count_steps(work) < work->size) /* their figures would touch */
        work->unplaced++;
    for (decimal at = work->axis.low; at <= work->axis.high; at += work->axis.step) {
        const mpt y = chart_level(work, at);
        const struct spot spot = {plot->x - TICK - TICK_GAP - width, y - work->size / 2, width,
                                  work->size};
        if (work->chart->kind == CHART_LINE && at != 0)
            chart_line(work, plot->x, y, plot->w, 0, THIN, DASH_NONE);
        chart_line(work, plot->x - TICK, y, TICK, 0, CHART_STROKE, DASH_NONE);
        chart_write(work, chart_tick_text(work, at), spot, ALIGN_RIGHT);
        chart_take(work, spot);
    }
    chart_line(work, plot->x, plot->y, 0, plot->h, CHART_STROKE, DASH_NONE);
    chart_line(work, plot->x, chart_level(work, 0), plot->w, 0, CHART_STROKE, DASH_NONE);
    if (work->axis.low < 0 && work->chart->kind != CHART_LINE)
        chart_take(work, (struct spot){plot->x, chart_level(work, 0) - CHART_STROKE / 2, plot->w,
                                       CHART_STROKE});
}

void chart_frame_upright(struct chart_work *work, decimal least, decimal most)
{
    const struct spot *area = &work->area;
    const mpt unit = chart_write_unit(work);
    const mpt figures = work->size + 2 * CHART_GAP; /* one line of values */
    const mpt above = unit + figures * (1 + work->lifts), below = least < 0 ? figures : 0;
    const int steps =
        (int)CLAMP((area->h - above - below - work->line) * 2 / (3 * work->line), 1, STEPS_MAX);
    struct name_plan plan;

    work->axis = chart_axis_of(least, most, chart_grain(work->chart), steps);
    work->plot.x = area->x + widest_tick(work) + TICK + TICK_GAP;
    work->plot.w = MAX(area->x + area->w - work->plot.x, 1);
    plan = plan_names(work);
    work->plot.y = area->y + above;
    work->plot.h = area->h - above - below - plan.height - CHART_GAP;
    if (work->plot.h < 2 * work->line) { /* nothing can be seen at such a height */
        work->unplaced += work->nrow;
        work->plot.h = MAX(work->plot.h, 1);
    }
    draw_value_axis(work);
    write_names(work, &plan, work->plot.y + work->plot.h + below + CHART_GAP);
    /* values may stand anywhere above and below the bars, but not on the names */
    work->area.h = work->plot.y + work->plot.h + below + CHART_GAP - work->area.y;
}

/* --- lying: names left of the axis, ticks under it */

static mpt name_column(struct chart_work *work)
{
    mpt widest = 0;
    for (size_t row = 0; row < work->nrow; row++)
        widest = MAX(widest, chart_text_width(work, chart_label_text(work, row)));
    return MIN(widest, work->area.w * 35 / 100);
}

/* Of what stands at the ends of bars: values, or the sums of stacks. */
static mpt widest_value(struct chart_work *work)
{
    const bool stacked = work->chart->kind == CHART_STACKED;
    mpt widest = 0;
    for (size_t row = 0; row < work->nrow; row++) {
        decimal sum = 0, value;
        for (size_t s = 0; s < work->chart->nseries; s++) {
            if (!stacked)
                widest = MAX(widest, chart_text_width(work, chart_value_text(work, row, s)));
            else if (chart_value(work->chart, row, s, &value))
                sum += value;
        }
        if (stacked)
            widest = MAX(widest, chart_text_width(work, chart_number_text(work, sum, 0)));
    }
    return widest;
}

static void write_lying_names(struct chart_work *work, mpt width)
{
    for (size_t row = 0; row < work->nrow; row++) {
        const mpt top = chart_slot(work, row), bottom = chart_slot(work, row + 1);
        const struct spot spot = {work->area.x, top, width, bottom - top};
        const char *name = chart_label_text(work, row);
        bool broken;
        if ((mpt)chart_text_lines(work, name, width, &broken) * work->line > bottom - top)
            work->unplaced++;
        chart_write(work, name, spot, ALIGN_RIGHT);
    }
}

static void draw_lying_axis(struct chart_work *work)
{
    const struct spot *plot = &work->plot;
    const mpt bottom = plot->y + plot->h, width = widest_tick(work);
    for (decimal at = work->axis.low; at <= work->axis.high; at += work->axis.step) {
        const mpt x = chart_level(work, at);
        chart_line(work, x, bottom, 0, TICK, CHART_STROKE, DASH_NONE);
        const struct spot spot = {x - width / 2, bottom + TICK + TICK_GAP, width, work->size};
        chart_write(work, chart_tick_text(work, at), spot, ALIGN_CENTER);
        chart_take(work, spot);
    }
    chart_line(work, plot->x, bottom, plot->w, 0, CHART_STROKE, DASH_NONE);
    chart_line(work, chart_level(work, 0), plot->y, 0, plot->h, CHART_STROKE, DASH_NONE);
}

void chart_frame_lying(struct chart_work *work, decimal least, decimal most)
{
    const struct spot *area = &work->area;
    const mpt unit = chart_write_unit(work), names = name_column(work);
    const mpt values = widest_value(work) + 2 * CHART_GAP;
    const mpt left = area->x + names + 2 * CHART_GAP + (least < 0 ? values : 0);
    const mpt foot = TICK + TICK_GAP + work->size;

    work->plot = (struct spot){left, area->y + unit, MAX(area->x + area->w - values - left, 1),
                               area->h - unit - foot};
    if (work->plot.w < 4 * work->size || work->plot.h < work->line) {
        work->unplaced += work->nrow;
        work->plot.h = MAX(work->plot.h, 1);
    }
    for (int steps = STEPS_MAX; steps > 0; steps--) { /* as many as leave room between figures */
        work->axis = chart_axis_of(least, most, chart_grain(work->chart), steps);
        if ((int64_t)(widest_tick(work) + work->size) * count_steps(work) <= work->plot.w)
            break;
        work->unplaced += steps == 1;
    }
    draw_lying_axis(work);
    write_lying_names(work, names);
    chart_take(work, (struct spot){area->x, work->plot.y, names, work->plot.h});
}
