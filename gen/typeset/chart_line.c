/* Draws lines: told apart by dash and mark, interrupted where a value is missing. */
#include "typeset/chart_inside.h"

enum { MARK = 3200 }; /* half of a mark's box */

static const mpt LINE = 1000;

struct segment {
    struct page_point from, to;
};

struct point {
    bool there;
    mpt x, y;
};

static struct point point_of(const struct chart_work *work, size_t row, size_t series)
{
    struct point point = {.x = (chart_slot(work, row) + chart_slot(work, row + 1)) / 2};
    decimal value;
    point.there = row < work->nrow && chart_value(work->chart, row, series, &value);
    if (point.there)
        point.y = chart_level(work, value);
    return point;
}

/* Which side of the segment's line the point is on. */
static int side_of(const struct segment *segment, mpt x, mpt y)
{
    const int64_t turn = (int64_t)(segment->to.x - segment->from.x) * (y - segment->from.y) -
                         (int64_t)(segment->to.y - segment->from.y) * (x - segment->from.x);
    return (turn > 0) - (turn < 0);
}

static bool crosses(const struct segment *segment, struct spot spot)
{
    const mpt left = MIN(segment->from.x, segment->to.x),
              right = MAX(segment->from.x, segment->to.x);
    const mpt top = MIN(segment->from.y, segment->to.y),
              bottom = MAX(segment->from.y, segment->to.y);
    if (right < spot.x || left > spot.x + spot.w || bottom < spot.y || top > spot.y + spot.h)
        return false;
    const int sides = side_of(segment, spot.x, spot.y) + side_of(segment, spot.x + spot.w, spot.y) +
                      side_of(segment, spot.x, spot.y + spot.h) +
                      side_of(segment, spot.x + spot.w, spot.y + spot.h);
    return ABS(sides) < 4;
}

static bool is_clear(const GArray *segments, struct spot spot)
{
    for (size_t i = 0; i < segments->len; i++)
        if (crosses(&g_array_index(segments, struct segment, i), spot))
            return false;
    return true;
}

static void draw_series(struct chart_work *work, size_t series, GArray *segments)
{
    GArray *stretch = g_array_new(FALSE, FALSE, sizeof(struct page_point));
    for (size_t row = 0; row <= work->nrow; row++) {
        const struct point point = point_of(work, row, series);
        const struct page_point at = {point.x, point.y};
        if (point.there) {
            if (stretch->len > 0) {
                struct segment segment = {
                    g_array_index(stretch, struct page_point, stretch->len - 1), at};
                g_array_append_val(segments, segment);
            }
            g_array_append_val(stretch, at);
            chart_take(work, (struct spot){at.x - MARK, at.y - MARK, 2 * MARK, 2 * MARK});
            continue;
        }
        if (stretch->len > 1)
            chart_path(work, &g_array_index(stretch, struct page_point, 0), stretch->len,
                       PATTERN_NONE, LINE, chart_dash(series));
        g_array_set_size(stretch, 0);
    }
    g_array_free(stretch, TRUE);
}

/* Of the points of a category the lower ones have their values under them. Returns how many more
 * are above this one than below. */
static int rank_of(const struct chart_work *work, size_t row, size_t series)
{
    const struct point here = point_of(work, row, series);
    int rank = 0;
    for (size_t s = 0; s < work->chart->nseries; s++) {
        const struct point other = point_of(work, row, s);
        if (other.there && s != series)
            rank += (other.y < here.y) - (other.y > here.y);
    }
    return rank;
}

/* Is the point lower than its neighbours? Then the free side is under it. */
static bool is_valley(const struct chart_work *work, size_t row, size_t series)
{
    const struct point here = point_of(work, row, series);
    bool lower = false;
    for (int step = -1; step <= 1; step += 2) {
        if (step < 0 && row == 0)
            continue;
        const struct point other = point_of(work, row + (size_t)step, series);
        if (other.there && other.y >= here.y)
            return false;
        lower = lower || other.there;
    }
    return lower;
}

enum { SHIFTS = 3 };

/* A place for a value: over or under its point, by thirds of its width to the sides, by levels
 * further off. */
static struct spot place_at(const struct chart_work *work, struct point point, mpt width,
                            bool under, int shift, int level)
{
    static const int shifts[SHIFTS] = {0, 1, -1};
    const mpt step = work->size + CHART_GAP;
    const mpt left = work->plot.x + CHART_GAP, right = work->area.x + work->area.w - width;
    struct spot spot = under ? chart_spot_under(work, width, point.x, point.y + CHART_GAP)
                             : chart_spot_over(work, width, point.x, point.y - CHART_GAP);
    spot.x += width * shifts[shift] / 3;
    spot.y += (under ? step : -step) * level;
    spot.x = CLAMP(spot.x, left, MAX(right, left));
    return spot;
}

/* The k-th place to try. Among several lines a value keeps to its side as long as it can, that it
 * is not taken for another's; alone it stays near. */
static struct spot candidate(const struct chart_work *work, struct point point, mpt width, bool low,
                             bool strict, int k)
{
    const int levels = 2 + work->lifts;
    const int side = strict ? k / (SHIFTS * levels) : k / SHIFTS % 2;
    const int level = strict ? k / SHIFTS % levels : k / SHIFTS / 2;
    return place_at(work, point, width, (side == 1) != low, k % SHIFTS, level);
}

/* A value further off than next to its point is joined to it. */
static void join(struct chart_work *work, struct point point, struct spot spot)
{
    const bool over = spot.y + spot.h < point.y;
    const mpt gap = over ? point.y - spot.y - spot.h : spot.y - point.y;
    const mpt end = over ? spot.y + spot.h : spot.y;
    if (gap > work->size)
        chart_line(work, point.x, point.y, CLAMP(point.x, spot.x, spot.x + spot.w) - point.x,
                   end - point.y, CHART_STROKE / 2, DASH_NONE);
}

/* On white, for the levels run below it; on a line only where no place is free of them. */
static void write_value(struct chart_work *work, const GArray *segments, size_t row, size_t series)
{
    struct point point = point_of(work, row, series);
    const char *text = chart_value_text(work, row, series);
    const mpt width = chart_text_width(work, text);
    const int rank = point.there ? rank_of(work, row, series) : 0;
    const bool low = rank > 0 || (rank == 0 && point.there && is_valley(work, row, series));
    if (!point.there)
        point.y = chart_level(work, 0);
    if (text[0] == '\0')
        return;
    for (int over_lines = 0; over_lines <= 1; over_lines++) {
        for (int k = 0; k < 2 * SHIFTS * (2 + work->lifts); k++) {
            const struct spot spot = candidate(work, point, width, low, rank != 0, k);
            if (!chart_is_free(work, spot) || (!over_lines && !is_clear(segments, spot)))
                continue;
            chart_area(work,
                       (struct spot){spot.x - CHART_GAP, spot.y, spot.w + 2 * CHART_GAP, spot.h},
                       PATTERN_WHITE, 0);
            chart_take(work, spot);
            join(work, point, spot);
            chart_write(work, text, spot, ALIGN_CENTER);
            return;
        }
    }
    work->unplaced++;
}

void chart_draw_lines(struct chart_work *work)
{
    GArray *segments = g_array_new(FALSE, FALSE, sizeof(struct segment));
    decimal least, most;
    chart_range(work->chart, false, &least, &most);
    chart_frame_upright(work, least, most);
    for (size_t s = 0; s < work->chart->nseries; s++)
        draw_series(work, s, segments);
    for (size_t s = 0; s < work->chart->nseries; s++)
        for (size_t row = 0; row < work->nrow; row++)
            write_value(work, segments, row, s);
    for (size_t s = 0; s < work->chart->nseries; s++) {
        for (size_t row = 0; row < work->nrow; row++) {
            const struct point point = point_of(work, row, s);
            if (point.there)
                chart_mark(work, s, point.x, point.y);
        }
    }
    g_array_free(segments, TRUE);
}
