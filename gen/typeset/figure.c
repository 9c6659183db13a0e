/* Sets pictures and codes with the text that belongs to them. */
#include "typeset/figure.h"

#include <string.h>

#include "base/qr.h"
#include "typeset/chart.h"

static const mpt TEXT_GAP = 5000; /* between an image and the text under it */

/* The quiet zone around a code. */
static mpt quiet(const struct block_figure *figure)
{
    return figure->kind == FIGURE_CODE ? figure->width * QR_QUIET / (mpt)figure->side : 0;
}

static bool is_beside(const struct block_figure *figure)
{
    return figure->kind == FIGURE_CODE && figure->align != ALIGN_CENTER;
}

/* Width of the figure's text. */
static mpt text_width(const struct block_figure *figure, mpt measure)
{
    return is_beside(figure) ? MAX(measure - figure->width - 2 * quiet(figure), 1) : measure;
}

/* Makes the figure's text the text at hand, broken into lines. Returns how high it is. */
static mpt break_text(struct typeset *typeset, const struct block_figure *figure, mpt measure)
{
    const struct text_style *style = figure->style;
    if (!figure->text)
        return 0;
    setter_shape(typeset, style->role, figure->text, strlen(figure->text));
    setter_break(typeset, style, style->size, text_width(figure, measure));
    return (mpt)typeset->lines.nline * style_leading(style, style->size);
}

void figure_gather(struct gather *gather, const struct block_figure *figure)
{
    if (figure->kind == FIGURE_CHART)
        chart_gather(gather, figure);
    else if (figure->text)
        gather_text(gather, figure->style->role, figure->text, strlen(figure->text), NULL, NULL);
}

mpt figure_width(const struct block_figure *figure, mpt measure)
{
    if (figure->kind == FIGURE_CHART)
        return figure->width > 0 ? figure->width : measure;
    if (is_beside(figure) && figure->text) /* the least column a text reads well in */
        return figure->width + 2 * quiet(figure) + MIN(4 * figure->style->size, measure);
    return figure->width + 2 * quiet(figure);
}

mpt figure_height(struct typeset *typeset, const struct block_figure *figure, mpt measure)
{
    if (figure->kind == FIGURE_CHART)
        return figure->height;
    mpt height = figure->height + 2 * quiet(figure);
    mpt text = break_text(typeset, figure, measure);
    if (is_beside(figure))
        return MAX(height, text);
    return text > 0 && figure->kind == FIGURE_IMAGE ? height + TEXT_GAP + text : height + text;
}

static void draw_text(struct typeset *typeset, const struct canvas *canvas,
                      const struct block_figure *figure, mpt left, mpt top, mpt width)
{
    const struct text_style *style = figure->style;
    const mpt leading = style_leading(style, style->size);
    mpt baseline = top + leading / 2 + setter_rise(typeset, style->role, style->size);
    for (size_t i = 0; i < typeset->lines.nline; i++)
        setter_draw_line(typeset, canvas, style, style->size, figure->text, i, left, width,
                         baseline + (mpt)i * leading);
}

static mpt left_of(const struct block_figure *figure, mpt left, mpt room)
{
    return left + (figure->align == ALIGN_RIGHT    ? room
                   : figure->align == ALIGN_CENTER ? room / 2
                                                   : 0);
}

size_t figure_unplaced(struct typeset *typeset, const struct block_figure *figure, mpt measure)
{
    if (figure->kind != FIGURE_CHART)
        return 0;
    return chart_draw(typeset, NULL, figure, 0, 0, figure_width(figure, measure));
}

void figure_draw(struct typeset *typeset, const struct canvas *canvas,
                 const struct block_figure *figure, mpt left, mpt top, mpt measure)
{
    if (figure->kind == FIGURE_CHART) {
        const mpt width = figure_width(figure, measure);
        chart_draw(typeset, canvas, figure, left_of(figure, left, measure - width), top, width);
        return;
    }
    const mpt zone = quiet(figure), height = figure->height + 2 * zone;
    const mpt text = break_text(typeset, figure, measure);
    const mpt x = left_of(figure, left, measure - figure->width);
    mpt y = top + zone;
    mpt text_left = left, text_top = top + height + (figure->kind == FIGURE_IMAGE ? TEXT_GAP : 0);
    if (is_beside(figure)) {
        /* A quiet zone towards the text only: the margin is white, and edges line up. */
        y += MAX((text - height) / 2, 0);
        text_top = top + MAX((height - text) / 2, 0);
        text_left = figure->align == ALIGN_LEFT ? left + figure->width + 2 * zone : left;
    }
    if (figure->text)
        draw_text(typeset, canvas, figure, text_left, text_top, text_width(figure, measure));
    if (figure->kind == FIGURE_CODE)
        display_code(canvas->display, figure->modules, figure->side, x, y, figure->width);
    else
        display_image(canvas->display, figure->image, x, y, figure->width, figure->height);
}
