/* Draws lying bars: for long names, many categories and long figures. */
#include "typeset/chart_inside.h"

enum { BAR_MOST = 24000 };

/* Right of the bar's end; left of a bar that runs to the left. */
static void write_value(struct chart_work *work, const char *text, mpt x, mpt y, bool left)
{
    const mpt width = chart_text_width(work, text);
    struct spot spot = chart_spot_beside(work, width, x + CHART_GAP / 2, y);
    if (text[0] == '\0')
        return;
    if (left)
        spot.x = x - CHART_GAP * 3 / 2 - width;
    if (chart_is_free(work, spot)) {
        chart_take(work, spot);
        chart_write(work, text, spot, left ? ALIGN_RIGHT : ALIGN_LEFT);
    } else {
        work->unplaced++;
    }
}

static struct spot bar_spot(const struct chart_work *work, mpt y, mpt height, decimal from,
                            decimal to)
{
    const mpt a = chart_level(work, from), b = chart_level(work, to);
    return (struct spot){MIN(a, b), y, ABS(a - b), height};
}

static void draw_beside(struct chart_work *work, size_t row, mpt top, mpt height)
{
    const struct chart *chart = work->chart;
    for (size_t s = 0; s < chart->nseries; s++) {
        const mpt y = top + height * (mpt)s;
        decimal value = 0;
        if (chart_value(chart, row, s, &value)) {
            const struct spot spot = bar_spot(work, y, height, 0, value);
            if (spot.w > 0)
                chart_area(work, spot, chart_pattern(s), CHART_STROKE);
        }
        write_value(work, chart_value_text(work, row, s), chart_level(work, value), y + height / 2,
                    value < 0);
    }
}

/* In its part of the bar on white; where that is too short, over or under it. */
static void write_part(struct chart_work *work, const char *text, struct spot part)
{
    const mpt width = chart_text_width(work, text), middle = part.x + part.w / 2;
    const struct spot spots[] = {chart_spot_over(work, width, middle, part.y),
                                 chart_spot_under(work, width, middle, part.y + part.h)};
    if (chart_write_inside(work, text, part))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(spots); i++) {
        if (!chart_is_free(work, spots[i]))
            continue;
        chart_take(work, spots[i]);
        chart_write(work, text, spots[i], ALIGN_CENTER);
        return;
    }
    work->unplaced++;
}

static void draw_stack(struct chart_work *work, size_t row, mpt top, mpt height)
{
    const struct chart *chart = work->chart;
    decimal above = 0, below = 0, value;
    bool any = false;
    for (size_t s = 0; s < chart->nseries; s++) {
        if (!chart_value(chart, row, s, &value) || value == 0)
            continue;
        decimal *from = value > 0 ? &above : &below;
        const struct spot part = bar_spot(work, top, height, *from, *from + value);
        chart_area(work, part, chart_pattern(s), CHART_STROKE);
        chart_take(work, part);
        write_part(work, chart_value_text(work, row, s), part);
        *from += value;
        any = true;
    }
    if (chart->nseries > 1 && any)
        write_value(work, chart_number_text(work, above + below, 0), chart_level(work, above),
                    top + height / 2, false);
}

void chart_draw_lying(struct chart_work *work)
{
    const bool stacked = work->chart->kind == CHART_STACKED;
    const mpt beside = stacked ? 1 : (mpt)work->chart->nseries;
    decimal least, most;
    chart_range(work->chart, stacked, &least, &most);
    chart_frame_lying(work, least, most);
    for (size_t row = 0; row < work->nrow; row++) {
        const mpt top = chart_slot(work, row), slot = chart_slot(work, row + 1) - top;
        const mpt room = stacked ? MIN(slot * 4 / 5, MAX(slot / 2, slot - 3 * work->size))
                                 : slot * 4 / 5 / beside;
        const mpt height = MIN(room, BAR_MOST);
        const mpt first = top + (slot - height * beside) / 2;
        if (stacked)
            draw_stack(work, row, first, height);
        else
            draw_beside(work, row, first, height);
    }
}
