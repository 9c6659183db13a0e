/* Sets the words and figures of charts, and keeps them off one another. */
#include <string.h>

#include "typeset/chart_inside.h"

static struct text_style aligned(const struct chart_work *work, enum align align)
{
    struct text_style style = *work->chart->style;
    style.align = align;
    style.indent = 0;
    return style;
}

static void shape(struct chart_work *work, const char *text)
{
    setter_shape(work->typeset, work->chart->style->role, text, strlen(text));
}

mpt chart_text_width(struct chart_work *work, const char *text)
{
    const struct text_style style = aligned(work, ALIGN_LEFT);
    shape(work, text);
    return em_to_mpt(setter_natural(work->typeset, &style), work->size) + 1;
}

size_t chart_text_lines(struct chart_work *work, const char *text, mpt width, bool *broken)
{
    const struct text_style style = aligned(work, ALIGN_CENTER);
    shape(work, text);
    setter_break(work->typeset, &style, work->size, MAX(width, 1));
    *broken = work->typeset->lines.word_broken;
    return work->typeset->lines.nline;
}

void chart_write(struct chart_work *work, const char *text, struct spot spot, enum align align)
{
    const struct text_style style = aligned(work, align);
    struct typeset *typeset = work->typeset;
    if (!work->canvas || text[0] == '\0')
        return;
    shape(work, text);
    setter_break(typeset, &style, work->size, MAX(spot.w, 1));
    const size_t count = typeset->lines.nline;
    mpt baseline = spot.y + (spot.h - (mpt)count * work->line) / 2 + work->line / 2 +
                   setter_rise(typeset, style.role, work->size);
    for (size_t i = 0; i < count; i++)
        setter_draw_line(typeset, work->canvas, &style, work->size, text, i, spot.x, spot.w,
                         baseline + (mpt)i * work->line);
}

mpt chart_upright_height(struct chart_work *work, const char *text)
{
    shape(work, text);
    return setter_vertical_height(work->typeset, work->size);
}

void chart_write_upright(struct chart_work *work, const char *text, struct spot spot)
{
    const enum face_role role = work->chart->style->role;
    if (!work->canvas)
        return;
    const mpt height = chart_upright_height(work, text);
    setter_draw_vertical(work->typeset, work->canvas, work->size,
                         setter_ascent(work->typeset, role, work->size), text, spot.x, spot.y,
                         spot.w, height);
}

bool chart_write_inside(struct chart_work *work, const char *text, struct spot part)
{
    enum { ROOM = 1500 }; /* white beside it */
    const mpt width = chart_text_width(work, text) + 2 * ROOM;
    const struct spot spot = {part.x + (part.w - width) / 2, part.y + (part.h - work->size) / 2,
                              width, work->size};
    if (text[0] == '\0')
        return true;
    if (width > part.w - CHART_STROKE || work->size > part.h - CHART_STROKE)
        return false;
    chart_area(work, spot, PATTERN_WHITE, 0);
    chart_write(work, text, spot, ALIGN_CENTER);
    return true;
}

static const char *written(struct chart_work *work, struct format format, const struct value *value)
{
    g_string_truncate(work->text, 0);
    format_value(work->text, format, value);
    return work->text->str;
}

const char *chart_value_text(struct chart_work *work, size_t row, size_t series)
{
    const struct chart_series *of = &work->chart->series[series];
    struct value value = rowset_at(work->chart->rows, row, of->field);
    return written(work, of->format, &value);
}

const char *chart_number_text(struct chart_work *work, decimal value, size_t series)
{
    const struct value number = value_real(decimal_to_real(value));
    return written(work, work->chart->series[series].format, &number);
}

const char *chart_tick_text(struct chart_work *work, decimal value)
{
    const struct value number = value_real(decimal_to_real(value));
    return written(work, chart_tick_format(work->chart, work->axis.step), &number);
}

const char *chart_label_text(struct chart_work *work, size_t row)
{
    struct value value = rowset_at(work->chart->rows, row, work->chart->label);
    return written(work, work->chart->label_format, &value);
}

void chart_take(struct chart_work *work, struct spot spot)
{
    if (spot.w > 0 && spot.h > 0)
        g_array_append_val(work->taken, spot);
}

bool chart_is_free(const struct chart_work *work, struct spot spot)
{
    const struct spot *area = &work->area;
    if (spot.x < area->x || spot.x + spot.w > area->x + area->w || spot.y < area->y ||
        spot.y + spot.h > area->y + area->h)
        return false;
    for (size_t i = 0; i < work->taken->len; i++) {
        const struct spot *other = &g_array_index(work->taken, struct spot, i);
        if (spot.x < other->x + other->w && other->x < spot.x + spot.w &&
            spot.y < other->y + other->h && other->y < spot.y + spot.h)
            return false;
    }
    return true;
}

/* Figures need no more room than their height, lines of words more. */
static mpt figure_height(const struct chart_work *work)
{
    return work->size;
}

struct spot chart_spot_over(const struct chart_work *work, mpt width, mpt x, mpt y)
{
    return (struct spot){x - width / 2, y - CHART_GAP - figure_height(work), width,
                         figure_height(work)};
}

struct spot chart_spot_under(const struct chart_work *work, mpt width, mpt x, mpt y)
{
    return (struct spot){x - width / 2, y + CHART_GAP, width, figure_height(work)};
}

struct spot chart_spot_beside(const struct chart_work *work, mpt width, mpt x, mpt y)
{
    return (struct spot){x + CHART_GAP, y - figure_height(work) / 2, width, figure_height(work)};
}
