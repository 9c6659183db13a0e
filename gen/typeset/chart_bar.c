/* Draws standing bars, side by side or on top of one another. */
#include "typeset/chart_inside.h"

enum { BAR_MOST = 60000, BAR_LEAST = 3000 };

/* A value and the end of the bar it belongs to. */
struct bar_value {
    size_t row, series; /* series == nseries: the sum of the row */
    decimal value;
    mpt x, y;   /* the middle of the bar's end */
    bool under; /* the bar hangs */
    mpt width;  /* of the bar */
};

/* Width of each of a category's bars; beside stacks there is room for figures. */
static mpt bar_width(const struct chart_work *work)
{
    const mpt slot = work->plot.w / (mpt)MAX(work->nrow, 1);
    if (work->chart->kind == CHART_STACKED)
        return MIN(slot * 3 / 5, BAR_MOST);
    return MIN(slot * 3 / 4 / (mpt)work->chart->nseries, BAR_MOST);
}

static gint highest_first(gconstpointer a, gconstpointer b)
{
    const struct bar_value *one = a, *other = b;
    if (one->y != other->y)
        return one->y < other->y ? -1 : 1;
    return one->x < other->x ? -1 : one->x > other->x;
}

static const char *text_of(struct chart_work *work, const struct bar_value *value)
{
    return value->series < work->chart->nseries ? chart_value_text(work, value->row, value->series)
                                                : chart_number_text(work, value->value, 0);
}

/* A stroke from the bar's end to a value that stands further off, through free room: from the
 * middle of the bar, else from beside it. */
static bool find_leader(const struct chart_work *work, const struct bar_value *value,
                        struct spot spot, struct spot *leader)
{
    static const int parts[] = {4, 2, 6, 1, 7}; /* eighths of the bar */
    const mpt from = value->under ? value->y : spot.y + spot.h;
    const mpt to = value->under ? spot.y : value->y;
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        *leader = (struct spot){value->x - value->width / 2 + value->width * parts[i] / 8, from,
                                CHART_STROKE, to - from};
        if (leader->x >= spot.x && leader->x <= spot.x + spot.w && chart_is_free(work, *leader))
            return true;
    }
    return false;
}

/* Over the bar's end, or as many lines higher as its neighbours need. */
static void write_value(struct chart_work *work, const struct bar_value *value)
{
    const mpt width = chart_text_width(work, text_of(work, value));
    const mpt step = work->size + CHART_GAP, left = work->plot.x + CHART_GAP;
    const struct spot first = value->under ? chart_spot_under(work, width, value->x, value->y)
                                           : chart_spot_over(work, width, value->x, value->y);
    struct spot spot = first, leader = {0, 0, 0, 0};
    const struct spot *area = &work->area;
    if (text_of(work, value)[0] == '\0')
        return;
    spot.x = CLAMP(spot.x, left, MAX(area->x + area->w - spot.w, left));
    while (!chart_is_free(work, spot) ||
           (spot.y != first.y && !find_leader(work, value, spot, &leader))) {
        spot.y += value->under ? step : -step;
        if (spot.y < area->y || spot.y + spot.h > area->y + area->h) {
            work->unplaced++;
            return;
        }
    }
    chart_take(work, spot);
    chart_take(work, leader);
    if (leader.h > 0)
        chart_line(work, leader.x, leader.y, 0, leader.h, CHART_STROKE / 2, DASH_NONE);
    chart_write(work, text_of(work, value), spot, ALIGN_CENTER);
}

static void write_values(struct chart_work *work, GArray *values)
{
    g_array_sort(values, highest_first);
    for (size_t i = 0; i < values->len; i++)
        write_value(work, &g_array_index(values, struct bar_value, i));
}

static struct spot bar_spot(const struct chart_work *work, mpt x, mpt width, decimal from,
                            decimal to)
{
    const mpt a = chart_level(work, from), b = chart_level(work, to);
    return (struct spot){x, MIN(a, b), width, ABS(a - b)};
}

static void draw_beside(struct chart_work *work, GArray *values)
{
    const struct chart *chart = work->chart;
    const mpt width = bar_width(work);
    for (size_t row = 0; row < work->nrow; row++) {
        const mpt middle = (chart_slot(work, row) + chart_slot(work, row + 1)) / 2;
        for (size_t s = 0; s < chart->nseries; s++) {
            const mpt x = middle - width * (mpt)chart->nseries / 2 + width * (mpt)s;
            struct bar_value value = {.row = row, .series = s, .x = x + width / 2, .width = width};
            value.y = chart_level(work, 0); /* where the word for NULL stands, too */
            if (chart_value(chart, row, s, &value.value)) {
                const struct spot spot = bar_spot(work, x, width, 0, value.value);
                if (spot.h > 0)
                    chart_area(work, spot, chart_pattern(s), CHART_STROKE);
                chart_take(work, spot);
                value.y = chart_level(work, value.value);
                value.under = value.value < 0;
            }
            g_array_append_val(values, value);
        }
    }
}

/* In the middle of its part of the bar on white; where that is too low, beside it. */
static void write_part(struct chart_work *work, const char *text, struct spot part)
{
    const mpt width = chart_text_width(work, text);
    static const int shifts[] = {0, -1, 1, -2, 2}; /* half its size */
    if (text[0] == '\0' || chart_write_inside(work, text, part))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(shifts); i++) {
        const struct spot spot = chart_spot_beside(
            work, width, part.x + part.w, part.y + part.h / 2 + shifts[i] * work->size / 2);
        if (!chart_is_free(work, spot))
            continue;
        chart_take(work, spot);
        chart_write(work, text, spot, ALIGN_LEFT);
        return;
    }
    work->unplaced++;
}

static void draw_stacks(struct chart_work *work, GArray *values)
{
    const struct chart *chart = work->chart;
    const mpt width = bar_width(work);
    for (size_t row = 0; row < work->nrow; row++) {
        const mpt x = (chart_slot(work, row) + chart_slot(work, row + 1) - width) / 2;
        decimal above = 0, below = 0, value;
        struct bar_value sum = {
            .row = row, .series = chart->nseries, .x = x + width / 2, .width = width};
        bool any = false;
        for (size_t s = 0; s < chart->nseries; s++) {
            if (!chart_value(chart, row, s, &value) || value == 0)
                continue;
            decimal *from = value > 0 ? &above : &below;
            const struct spot part = bar_spot(work, x, width, *from, *from + value);
            chart_area(work, part, chart_pattern(s), CHART_STROKE);
            chart_take(work, part);
            write_part(work, chart_value_text(work, row, s), part);
            *from += value;
            any = true;
        }
        sum.value = above + below;
        sum.y = chart_level(work, above);
        if (chart->nseries > 1 && any)
            g_array_append_val(values, sum);
    }
}

void chart_draw_bars(struct chart_work *work)
{
    const bool stacked = work->chart->kind == CHART_STACKED;
    GArray *values = g_array_new(FALSE, FALSE, sizeof(struct bar_value));
    decimal least, most;
    chart_range(work->chart, stacked, &least, &most);
    chart_frame_upright(work, least, most);
    if (bar_width(work) < BAR_LEAST)
        work->unplaced += work->nrow;
    if (stacked)
        draw_stacks(work, values);
    else
        draw_beside(work, values);
    write_values(work, values);
    g_array_free(values, TRUE);
}
