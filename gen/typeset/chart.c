/* Sets a chart: title, legend, the kind's own drawing, at the largest type that leaves nothing out.
 */
#include "typeset/chart.h"

#include <string.h>

#include "typeset/chart_inside.h"

const mpt CHART_STROKE = 600;
const mpt CHART_GAP = 2000;

enum { MARK_POINTS = 16 };

void chart_line(const struct chart_work *work, mpt x, mpt y, mpt w, mpt h, mpt weight,
                enum page_dash dash)
{
    if (work->canvas)
        display_line(work->canvas->display, x, y, w, h, weight, dash);
}

void chart_path(const struct chart_work *work, const struct page_point *points, size_t count,
                enum page_pattern pattern, mpt weight, enum page_dash dash)
{
    if (work->canvas)
        display_path(work->canvas->display, points, count, pattern, weight, dash);
}

void chart_area(const struct chart_work *work, struct spot spot, enum page_pattern pattern,
                mpt weight)
{
    const struct page_point points[] = {{spot.x, spot.y},
                                        {spot.x + spot.w, spot.y},
                                        {spot.x + spot.w, spot.y + spot.h},
                                        {spot.x, spot.y + spot.h}};
    chart_path(work, points, G_N_ELEMENTS(points), pattern, weight, DASH_NONE);
}

enum page_pattern chart_pattern(size_t series)
{
    static const enum page_pattern patterns[CHART_SERIES_MAX] = {
        PATTERN_RISING, PATTERN_WHITE,   PATTERN_CROSSED, PATTERN_DOTTED,
        PATTERN_BLACK,  PATTERN_FALLING, PATTERN_LEVEL,   PATTERN_GRID};
    return patterns[series % CHART_SERIES_MAX];
}

enum page_dash chart_dash(size_t series)
{
    static const enum page_dash dashes[] = {DASH_NONE, DASH_LONG, DASH_SHORT, DASH_MIXED};
    return dashes[series % G_N_ELEMENTS(dashes)];
}

/* Circle, square, triangle, diamond; black and white by turns, so that neighbours differ twice. */
void chart_mark(const struct chart_work *work, size_t series, mpt x, mpt y)
{
    static const struct {
        size_t count;
        struct page_point points[4]; /* 1000 to the mark's size */
    } shapes[] = {{0, {{0, 0}}},
                  {4, {{-900, -900}, {900, -900}, {900, 900}, {-900, 900}}},
                  {3, {{0, -1200}, {1100, 800}, {-1100, 800}}},
                  {4, {{0, -1250}, {1250, 0}, {0, 1250}, {-1250, 0}}}};
    enum { SIZE = 2400, KINDS = G_N_ELEMENTS(shapes) };
    const size_t kind = series % KINDS;
    const bool black = (series + series / KINDS) % 2 == 0;
    struct page_point points[MARK_POINTS];
    size_t count = shapes[kind].count;
    for (size_t i = 0; i < count; i++)
        points[i] = (struct page_point){x + shapes[kind].points[i].x * SIZE / 1000,
                                        y + shapes[kind].points[i].y * SIZE / 1000};
    for (; kind == 0 && count < MARK_POINTS; count++) {
        int64_t across, down;
        chart_turn((int64_t)count * (1 << 30) / MARK_POINTS, &across, &down);
        points[count] =
            (struct page_point){x + (mpt)(across * SIZE >> 30), y + (mpt)(down * SIZE >> 30)};
    }
    chart_path(work, points, count, black ? PATTERN_BLACK : PATTERN_WHITE, CHART_STROKE, DASH_NONE);
}

/* --- title and legend */

static mpt write_title(struct chart_work *work, mpt top)
{
    const struct block_figure *figure = work->figure;
    const struct text_style *style = figure->style;
    struct typeset *typeset = work->typeset;
    if (!figure->text)
        return 0;
    setter_shape(typeset, style->role, figure->text, strlen(figure->text));
    setter_break(typeset, style, style->size, work->area.w);
    const mpt leading = style_leading(style, style->size);
    const size_t count = typeset->lines.nline;
    mpt baseline = top + leading / 2 + setter_rise(typeset, style->role, style->size);
    for (size_t i = 0; i < count && work->canvas; i++)
        setter_draw_line(typeset, work->canvas, style, style->size, figure->text, i, work->area.x,
                         work->area.w, baseline + (mpt)i * leading);
    return (mpt)count * leading + CHART_GAP;
}

static void write_sample(struct chart_work *work, size_t series, struct spot spot)
{
    if (work->chart->kind != CHART_LINE) {
        chart_area(work, spot, chart_pattern(series), CHART_STROKE);
        return;
    }
    const mpt middle = spot.y + spot.h / 2;
    chart_line(work, spot.x, middle, spot.w, 0, 2 * CHART_STROKE, chart_dash(series));
    chart_mark(work, series, spot.x + spot.w / 2, middle);
}

/* Samples and names in rows, each row in the middle. Returns their height. */
static mpt write_legend(struct chart_work *work, mpt top)
{
    const struct chart *chart = work->chart;
    const mpt wide = work->size * 2, high = work->size * 8 / 10, gap = work->size;
    const mpt row = work->line + CHART_GAP;
    size_t first = 0, rows = 0;
    if (!chart->legend)
        return 0;
    while (first < chart->nseries) {
        size_t end = first;
        mpt width = 0;
        for (; end < chart->nseries; end++) {
            mpt next = wide + gap / 2 + chart_text_width(work, chart->series[end].name) +
                       (end > first ? 2 * gap : 0);
            if (end > first && width + next > work->area.w)
                break;
            width += next;
        }
        mpt x = work->area.x + MAX((work->area.w - width) / 2, 0);
        for (; first < end; first++) {
            const char *name = chart->series[first].name;
            const mpt y = top + (mpt)rows * row;
            const mpt length = MIN(chart_text_width(work, name), work->area.w - wide - gap / 2);
            write_sample(work, first, (struct spot){x, y + (work->line - high) / 2, wide, high});
            chart_write(work, name, (struct spot){x + wide + gap / 2, y, length, work->line},
                        ALIGN_LEFT);
            x += wide + gap / 2 + length + 2 * gap;
        }
        rows++;
    }
    return (mpt)rows * row + CHART_GAP;
}

/* --- the chart */

/* One try: at one size of type, with room for so many lines of values. */
static void set(struct chart_work *work, const struct canvas *canvas, struct spot box)
{
    work->canvas = canvas;
    work->area = box;
    work->line = style_leading(work->chart->style, work->size);
    work->unplaced = 0;
    work->upright = false;
    g_array_set_size(work->taken, 0);
    mpt height = write_title(work, box.y);
    height += write_legend(work, box.y + height);
    work->area.y += height;
    work->area.h = MAX(box.h - height, 1);
    switch (work->chart->kind) {
    case CHART_BAR:
    case CHART_STACKED:
        if (work->chart->lying)
            chart_draw_lying(work);
        else
            chart_draw_bars(work);
        break;
    case CHART_LINE:
        chart_draw_lines(work);
        break;
    case CHART_PIE:
        chart_draw_pie(work);
        break;
    }
}

/* Finds the largest type, then the least room for lifted values, that leave the least out. */
static void fit(struct chart_work *work, struct spot box)
{
    enum { SIZES = 3, LIFTS = 4 };
    const struct text_style *style = work->chart->style;
    size_t best = SIZE_MAX;
    mpt size = style->size;
    int lifts = 0;
    for (int s = 0; s < SIZES && best > 0; s++) {
        for (int l = 0; l < LIFTS && best > 0; l++) {
            work->size = style_size(style, s * SCALE_LEAST / (SIZES - 1));
            work->lifts = l;
            set(work, NULL, box);
            const size_t cost = 2 * work->unplaced + work->upright;
            if (cost < best) {
                best = cost;
                size = work->size;
                lifts = l;
            }
        }
    }
    work->size = size;
    work->lifts = lifts;
}

size_t chart_draw(struct typeset *typeset, const struct canvas *canvas,
                  const struct block_figure *figure, mpt left, mpt top, mpt width)
{
    const struct spot box = {left, top, width, figure->height};
    struct chart_work work = {.typeset = typeset,
                              .figure = figure,
                              .chart = &figure->chart,
                              .nrow = rowset_rows(figure->chart.rows),
                              .taken = g_array_new(FALSE, FALSE, sizeof(struct spot)),
                              .text = g_string_new(NULL)};
    fit(&work, box);
    set(&work, canvas, box);
    g_array_free(work.taken, TRUE);
    g_string_free(work.text, TRUE);
    return work.unplaced;
}

void chart_gather(struct gather *gather, const struct block_figure *figure)
{
    const struct chart *chart = &figure->chart;
    const enum face_role role = chart->style->role;
    GString *text = g_string_new(NULL);
    if (figure->text)
        gather_text(gather, figure->style->role, figure->text, strlen(figure->text), NULL, NULL);
    if (chart->unit)
        gather_text(gather, role, chart->unit, strlen(chart->unit), NULL, NULL);
    for (size_t s = 0; s < chart->nseries; s++) {
        const struct chart_series *series = &chart->series[s];
        gather_text(gather, role, series->name, strlen(series->name), NULL, NULL);
        /* Sums and the axis show figures no row has. */
        g_string_truncate(text, 0);
        format_alphabet(text, series->format);
        g_string_append(text, CHART_NAME_GAP);
        gather_text(gather, role, text->str, text->len, NULL, NULL);
    }
    for (size_t row = 0; row < rowset_rows(chart->rows); row++) {
        for (size_t s = 0; s <= chart->nseries; s++) {
            const bool label = s == chart->nseries;
            struct value value =
                rowset_at(chart->rows, row, label ? chart->label : chart->series[s].field);
            g_string_truncate(text, 0);
            format_value(text, label ? chart->label_format : chart->series[s].format, &value);
            gather_text(gather, role, text->str, text->len, NULL, NULL);
        }
    }
    g_string_free(text, TRUE);
}
