/* Draws a pie: slices from the top clockwise, each named and counted outside, joined by a stroke.
 */
#include <string.h>

#include "typeset/chart_inside.h"

static const int64_t WHOLE = (int64_t)1 << 30; /* a turn */

static const mpt LEADER = 400;

struct slice {
    int64_t from, to; /* turns */
    char *text;
    mpt height; /* of its text */
    mpt y;      /* the text's top */
};

struct pie {
    GArray *slices; /* struct slice */
    mpt x, y, radius;
    mpt column, reach; /* width of the texts; from the circle to them */
};

static void clear_slice(gpointer slice)
{
    g_free(((struct slice *)slice)->text);
}

static decimal total_of(const struct chart *chart)
{
    decimal total = 0, value;
    for (size_t row = 0; row < rowset_rows(chart->rows); row++)
        if (chart_value(chart, row, 0, &value))
            total += MAX(value, 0);
    return total;
}

/* A value without a slice (zero, or withheld) is named at the place where it would be. */
static void cut(struct chart_work *work, GArray *slices)
{
    const decimal total = MAX(total_of(work->chart), 1);
    decimal before = 0, value;
    for (size_t row = 0; row < work->nrow; row++) {
        const bool there = chart_value(work->chart, row, 0, &value);
        const decimal after = before + (there ? MAX(value, 0) : 0);
        char *name = g_strdup(chart_label_text(work, row));
        const char *figure = chart_value_text(work, row, 0);
        if (figure[0] != '\0') {
            struct slice slice = {.from = (int64_t)(before * WHOLE / total),
                                  .to = (int64_t)(after * WHOLE / total),
                                  .text = g_strconcat(name, CHART_NAME_GAP, figure, NULL)};
            g_array_append_val(slices, slice);
        }
        g_free(name);
        before = after;
    }
}

static struct slice *slice_at(const struct pie *pie, size_t index)
{
    return &g_array_index(pie->slices, struct slice, index);
}

static int64_t middle_of(const struct slice *slice)
{
    return (slice->from + slice->to) / 2;
}

static bool is_right(const struct slice *slice)
{
    return middle_of(slice) <= WHOLE / 2;
}

static struct page_point point_at(const struct pie *pie, int64_t turn, mpt radius)
{
    int64_t x, y;
    chart_turn(turn, &x, &y);
    return (struct page_point){pie->x + (mpt)(x * radius / WHOLE),
                               pie->y + (mpt)(y * radius / WHOLE)};
}

/* CHART_NAME_GAP is longer than a line feed. */
static void break_at_gap(char *text)
{
    char *gap = g_strrstr(text, CHART_NAME_GAP);
    const size_t bytes = sizeof(CHART_NAME_GAP) - 1;
    *gap = '\n';
    memmove(gap + 1, gap + bytes, strlen(gap + bytes) + 1);
}

static void measure(struct chart_work *work, struct pie *pie, struct spot area)
{
    const mpt most = area.w * 32 / 100;
    pie->reach = work->size * 3 / 2;
    for (size_t i = 0; i < pie->slices->len; i++)
        pie->column = MAX(pie->column, chart_text_width(work, slice_at(pie, i)->text));
    pie->column = MIN(pie->column, most);
    for (size_t i = 0; i < pie->slices->len; i++) {
        struct slice *slice = slice_at(pie, i);
        bool broken;
        if (chart_text_width(work, slice->text) > pie->column) /* the value on a line of its own */
            break_at_gap(slice->text);
        slice->height = (mpt)chart_text_lines(work, slice->text, pie->column, &broken) * work->line;
    }
    pie->radius = MIN(area.h / 2 - work->line, area.w / 2 - pie->column - pie->reach - CHART_GAP);
    pie->x = area.x + area.w / 2;
    pie->y = area.y + area.h / 2;
}

/* Sets the texts of one side under one another, each as near to its slice as the others let it.
 * Slices are in the order of the side, from the top. */
static void spread(struct chart_work *work, const struct pie *pie, const GArray *order,
                   struct spot area)
{
    mpt next = area.y;
    for (size_t i = 0; i < order->len; i++) {
        struct slice *slice = slice_at(pie, g_array_index(order, size_t, i));
        const mpt ideal = point_at(pie, middle_of(slice), pie->radius + pie->reach / 2).y;
        slice->y = MAX(ideal - slice->height / 2, next);
        next = slice->y + slice->height;
    }
    next = area.y + area.h;
    for (size_t i = order->len; i-- > 0;) {
        struct slice *slice = slice_at(pie, g_array_index(order, size_t, i));
        slice->y = MIN(slice->y, next - slice->height);
        next = slice->y;
        work->unplaced += slice->y < area.y;
    }
}

static void spread_sides(struct chart_work *work, const struct pie *pie, struct spot area)
{
    GArray *right = g_array_new(FALSE, FALSE, sizeof(size_t));
    GArray *left = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (size_t i = 0; i < pie->slices->len; i++) {
        if (is_right(slice_at(pie, i)))
            g_array_append_val(right, i);
        else
            g_array_prepend_val(left, i);
    }
    spread(work, pie, right, area);
    spread(work, pie, left, area);
    g_array_free(right, TRUE);
    g_array_free(left, TRUE);
}

/* Neighbours never look alike, nor do the last and the first. */
static enum page_pattern slice_pattern(const struct pie *pie, size_t index)
{
    const bool closes = index > 0 && index + 1 == pie->slices->len;
    return chart_pattern(closes && index % CHART_SERIES_MAX == 0 ? 3 : index);
}

static void draw_slice(struct chart_work *work, const struct pie *pie, size_t index)
{
    enum { STEP = 1 << 30 >> 8 }; /* chords a hair's breadth from the arc */
    const struct slice *slice = slice_at(pie, index);
    GArray *points = g_array_new(FALSE, FALSE, sizeof(struct page_point));
    struct page_point point = {pie->x, pie->y};
    if (slice->to - slice->from < WHOLE)
        g_array_append_val(points, point);
    for (int64_t turn = slice->from; turn < slice->to; turn = (turn / STEP + 1) * STEP) {
        point = point_at(pie, turn, pie->radius);
        g_array_append_val(points, point);
    }
    point = point_at(pie, slice->to, pie->radius);
    g_array_append_val(points, point);
    if (slice->to > slice->from)
        chart_path(work, &g_array_index(points, struct page_point, 0), points->len,
                   slice_pattern(pie, index), CHART_STROKE, DASH_NONE);
    g_array_free(points, TRUE);
}

static void write_slice(struct chart_work *work, const struct pie *pie, const struct slice *slice)
{
    const bool right = is_right(slice);
    const mpt near = pie->radius + pie->reach;
    const struct spot spot = {right ? pie->x + near : pie->x - near - pie->column, slice->y,
                              pie->column, slice->height};
    const mpt end = right ? spot.x - CHART_GAP : spot.x + spot.w + CHART_GAP;
    const struct page_point points[] = {
        point_at(pie, middle_of(slice), pie->radius),
        point_at(pie, middle_of(slice), pie->radius + pie->reach / 2),
        {end, spot.y + spot.h / 2}};
    chart_path(work, points, G_N_ELEMENTS(points), PATTERN_NONE, LEADER, DASH_NONE);
    chart_write(work, slice->text, spot, right ? ALIGN_LEFT : ALIGN_RIGHT);
}

void chart_draw_pie(struct chart_work *work)
{
    struct pie pie = {.slices = g_array_new(FALSE, FALSE, sizeof(struct slice))};
    const mpt unit = chart_write_unit(work);
    const struct spot area = {work->area.x, work->area.y + unit, work->area.w, work->area.h - unit};
    g_array_set_clear_func(pie.slices, clear_slice);
    cut(work, pie.slices);
    measure(work, &pie, area);
    if (pie.radius < 2 * work->line) {
        work->unplaced += work->nrow;
        pie.radius = MAX(pie.radius, 1);
    }
    spread_sides(work, &pie, area);
    for (size_t i = 0; i < pie.slices->len; i++)
        draw_slice(work, &pie, i);
    for (size_t i = 0; i < pie.slices->len; i++)
        write_slice(work, &pie, slice_at(&pie, i));
    g_array_free(pie.slices, TRUE);
}
