/* Paints marks, strokes and patterned areas as vectors, black on white. */
#include "render/paint_shape.h"

#include <glib.h>
#include <math.h>

static const double pt = 1.0 / 1000;

/* Patterns, in points: seen apart on a page read from two metres, and still open on a worn copier.
 */
static const double hatch_step = 4, hatch_weight = 0.6, dot_step = 3.6, dot_radius = 0.65;

/* Maps the unit square to the largest square in the middle of the item's box. */
static void enter_square(cairo_t *cr, const struct page_item *item)
{
    const mpt side = MIN(item->w, item->h);
    cairo_save(cr);
    cairo_translate(cr, (item->x + (item->w - side) / 2.0) * pt,
                    (item->y + (item->h - side) / 2.0) * pt);
    cairo_scale(cr, side * pt, side * pt);
}

/* As a pen makes it: set down lightly, pressed in the turn, lifted towards the upper right. */
static void paint_tick(cairo_t *cr, const struct page_item *item)
{
    enter_square(cr, item);
    cairo_move_to(cr, 0.09, 0.545);
    cairo_curve_to(cr, 0.13, 0.50, 0.18, 0.47, 0.22, 0.48);
    cairo_curve_to(cr, 0.28, 0.54, 0.34, 0.63, 0.39, 0.72);
    cairo_curve_to(cr, 0.52, 0.48, 0.70, 0.27, 0.90, 0.12);
    cairo_curve_to(cr, 0.93, 0.10, 0.95, 0.13, 0.92, 0.16);
    cairo_curve_to(cr, 0.74, 0.33, 0.57, 0.57, 0.43, 0.87);
    cairo_curve_to(cr, 0.41, 0.91, 0.37, 0.91, 0.35, 0.87);
    cairo_curve_to(cr, 0.28, 0.74, 0.19, 0.63, 0.09, 0.57);
    cairo_close_path(cr);
    cairo_restore(cr);
    cairo_fill(cr);
}

static void paint_cross(cairo_t *cr, const struct page_item *item)
{
    enter_square(cr, item);
    cairo_move_to(cr, 0.20, 0.17);
    cairo_curve_to(cr, 0.38, 0.38, 0.60, 0.62, 0.83, 0.82);
    cairo_move_to(cr, 0.82, 0.17);
    cairo_curve_to(cr, 0.62, 0.36, 0.38, 0.61, 0.18, 0.84);
    cairo_set_line_width(cr, 0.1);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_stroke(cr);
    cairo_restore(cr);
}

static void stroke(cairo_t *cr, const struct page_item *item)
{
    static const struct {
        int count;
        double lengths[4]; /* in weights */
    } dashes[] = {[DASH_NONE] = {0, {0}},
                  [DASH_LONG] = {2, {8, 4}},
                  [DASH_SHORT] = {2, {3, 3}},
                  [DASH_DOTTED] = {2, {0, 2.5}}, /* round caps make the dots */
                  [DASH_MIXED] = {4, {8, 3, 0.01, 3}}};
    const double weight = item->weight * pt;
    double lengths[4];
    for (int i = 0; i < 4; i++)
        lengths[i] = dashes[item->dash].lengths[i] * weight;
    cairo_save(cr);
    cairo_set_line_width(cr, weight);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_MITER);
    if (item->dash == DASH_DOTTED || item->dash == DASH_MIXED)
        cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    if (item->dash != DASH_NONE)
        cairo_set_dash(cr, lengths, dashes[item->dash].count, 0);
    cairo_stroke(cr);
    cairo_restore(cr);
}

static void box_path(cairo_t *cr, const struct page_item *item)
{
    cairo_rectangle(cr, item->x * pt, item->y * pt, item->w * pt, item->h * pt);
}

/* The tick stands well inside its box, so that both are seen. */
static void paint_check(cairo_t *cr, const struct page_item *item)
{
    struct page_item tick = *item;
    box_path(cr, item);
    stroke(cr, item);
    if (item->kind != PAGE_CHECKED)
        return;
    const mpt inset = item->weight / 2 + MIN(item->w, item->h) / 24;
    tick.x += inset;
    tick.y += inset;
    tick.w -= 2 * inset;
    tick.h -= 2 * inset;
    paint_tick(cr, &tick);
}

/* Parallel strokes over the item's box, to be clipped: with x + slope * y = a multiple of step, or
 * level ones. */
static void add_hatch(cairo_t *cr, const struct page_item *item, int slope, double step)
{
    const double w = item->w * pt, h = item->h * pt, x = item->x * pt, y = item->y * pt;
    const double low = slope < 0 ? -h : 0, high = slope > 0 ? w + h : w;
    for (double at = low - fmod(low, step) - step / 2; at < high; at += step) {
        cairo_move_to(cr, x + at, y);
        cairo_line_to(cr, x + at - slope * h, y + h);
    }
}

static void add_levels(cairo_t *cr, const struct page_item *item, double step)
{
    for (double at = step / 2; at < item->h * pt; at += step) {
        cairo_move_to(cr, item->x * pt, item->y * pt + at);
        cairo_rel_line_to(cr, item->w * pt, 0);
    }
}

static void fill_dots(cairo_t *cr, const struct page_item *item)
{
    bool odd = false;
    for (double y = dot_step / 2; y < item->h * pt + dot_radius; y += dot_step / 2, odd = !odd) {
        for (double x = odd ? 0 : dot_step / 2; x < item->w * pt + dot_radius; x += dot_step) {
            cairo_new_sub_path(cr);
            cairo_arc(cr, item->x * pt + x, item->y * pt + y, dot_radius, 0, 2 * G_PI);
        }
    }
    cairo_fill(cr);
}

/* The path at hand filled; it is gone then. */
static void fill_pattern(cairo_t *cr, const struct page_item *item)
{
    const double diagonal = hatch_step * G_SQRT2; /* along x: the strokes stand hatch_step apart */
    cairo_save(cr);
    if (item->pattern == PATTERN_WHITE || item->pattern == PATTERN_BLACK) {
        if (item->pattern == PATTERN_WHITE)
            cairo_set_source_rgb(cr, 1, 1, 1);
        cairo_fill(cr);
        cairo_restore(cr);
        return;
    }
    cairo_clip(cr);
    switch (item->pattern) {
    case PATTERN_NONE:
    case PATTERN_WHITE:
    case PATTERN_BLACK:
        break;
    case PATTERN_DOTTED:
        fill_dots(cr, item);
        break;
    case PATTERN_RISING:
        add_hatch(cr, item, 1, diagonal);
        break;
    case PATTERN_FALLING:
        add_hatch(cr, item, -1, diagonal);
        break;
    case PATTERN_CROSSED:
        add_hatch(cr, item, 1, diagonal);
        add_hatch(cr, item, -1, diagonal);
        break;
    case PATTERN_LEVEL:
        add_levels(cr, item, hatch_step);
        break;
    case PATTERN_UPRIGHT:
        add_hatch(cr, item, 0, hatch_step);
        break;
    case PATTERN_GRID:
        add_levels(cr, item, hatch_step);
        add_hatch(cr, item, 0, hatch_step);
        break;
    }
    cairo_set_line_width(cr, hatch_weight);
    cairo_stroke(cr);
    cairo_restore(cr);
}

static void add_points(cairo_t *cr, const struct page_item *item)
{
    for (size_t i = 0; i < item->npoint; i++)
        cairo_line_to(cr, (item->x + item->points[i].x) * pt, (item->y + item->points[i].y) * pt);
    if (item->pattern != PATTERN_NONE)
        cairo_close_path(cr);
}

static void paint_path(cairo_t *cr, const struct page_item *item)
{
    if (item->pattern != PATTERN_NONE) {
        add_points(cr, item);
        fill_pattern(cr, item);
    }
    if (item->weight > 0) {
        add_points(cr, item);
        stroke(cr, item);
    }
}

/* One path, so that no seam shows between modules; the dark ones of a row that touch are one box.
 */
static void paint_code(cairo_t *cr, const struct page_item *item)
{
    const size_t side = item->side;
    const double x = item->x * pt, y = item->y * pt, module = item->w * pt / (double)side;
    for (size_t row = 0; row < side; row++) {
        const unsigned char *modules = item->modules + row * side;
        for (size_t from = 0, end; from < side; from = end) {
            for (end = from + 1; end < side && modules[end] == modules[from];)
                end++;
            if (modules[from])
                cairo_rectangle(cr, x + (double)from * module, y + (double)row * module,
                                (double)(end - from) * module, module);
        }
    }
    cairo_fill(cr);
}

void paint_shape(cairo_t *cr, const struct page_item *item)
{
    switch (item->kind) {
    case PAGE_TEXT:
    case PAGE_RULE:
    case PAGE_IMAGE:
        break;
    case PAGE_TICK:
        paint_tick(cr, item);
        break;
    case PAGE_CROSS:
        paint_cross(cr, item);
        break;
    case PAGE_LINE:
        cairo_move_to(cr, item->x * pt, item->y * pt);
        cairo_rel_line_to(cr, item->w * pt, item->h * pt);
        stroke(cr, item);
        break;
    case PAGE_FRAME:
        box_path(cr, item);
        stroke(cr, item);
        break;
    case PAGE_CHECK:
    case PAGE_CHECKED:
        paint_check(cr, item);
        break;
    case PAGE_PATH:
        paint_path(cr, item);
        break;
    case PAGE_CODE:
        paint_code(cr, item);
        break;
    }
}
