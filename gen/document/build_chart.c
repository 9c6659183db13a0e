/* Builds charts: which columns of which rows they show, and how their figures are written. */
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "document/build.h"

struct making {
    struct building *building;
    const struct body_chart *body;
    const struct set *set;
    const struct rowset *rows;
};

/* How the figures of a column are written. */
static struct format value_format(const struct making *making,
                                  const struct chart_value_column *column, struct kind *kind)
{
    const size_t field = set_find(making->set, column->field);
    struct format format = column->as;

    binding_kind(making->building->scope->binding, making->set, field, kind);
    if (!column->formatted)
        return kind_format(kind);
    /* money and number without places take the column's own. */
    if ((format.kind == FORMAT_MONEY || format.kind == FORMAT_NUMBER) && format.places == 0)
        format.places = kind->places;
    return format;
}

/* The series; *unit: what all of them count, or NULL. */
static const struct chart_series *make_series(const struct making *making, const char **unit)
{
    const struct body_chart *body = making->body;
    struct building *building = making->building;
    struct chart_series *series = arena_array(building->made->arena, body->nvalue, sizeof(*series));

    for (size_t i = 0; i < body->nvalue; i++) {
        const struct chart_value_column *column = &body->values[i];
        struct kind kind = {0};
        const char *own;

        series[i].format = value_format(making, column, &kind);
        series[i].field = set_find(making->set, column->field);
        series[i].name = column->title
                             ? scope_text(building->scope, column->title, BLANKS_REPORT, NULL)
                             : arena_text(building->made->arena, column->field);
        own = build_unit_name(building->made->arena, kind.unit, series[i].format);
        if (i == 0)
            *unit = own;
        else if (g_strcmp0(*unit, own) != 0)
            *unit = NULL;
    }
    return series;
}

static bool value_at(const struct rowset *rows, size_t row, size_t field, decimal *value)
{
    const struct value at = rowset_at(rows, row, field);
    bool ok = at.type == VALUE_INTEGER;

    if (ok)
        *value = (decimal)at.integer * DECIMAL_ONE;
    else if (at.type == VALUE_REAL)
        *value = decimal_from_real(at.real, &ok);
    return ok;
}

/* What makes a chart of no use, or wrong. */
static enum finding_code check_values(const struct making *making,
                                      const struct chart_series *series, bool *bad)
{
    bool any = false;

    *bad = true;
    for (size_t i = 0; i < making->body->nvalue; i++) {
        for (size_t row = 0; row < rowset_rows(making->rows); row++) {
            decimal value;

            if (!value_at(making->rows, row, series[i].field, &value))
                continue;
            if (value < 0 && making->body->kind == CHART_PIE)
                return FINDING_DOCUMENT_CHART_NEGATIVE;
            any = any || value != 0 || making->body->kind != CHART_PIE;
        }
    }
    *bad = !any;
    return FINDING_DOCUMENT_CHART_EMPTY;
}

static bool check_count(const struct making *making, struct place place)
{
    enum { MOST = 200 };
    const size_t count = rowset_rows(making->rows);
    char is[24], most[24];

    if (count <= MOST)
        return true;
    snprintf(is, sizeof(is), "%zu", count);
    snprintf(most, sizeof(most), "%d", MOST);
    finding_add(making->building->scope->findings, FINDING_DOCUMENT_CHART_ROWS, place,
                making->building->scope->product, is, most);
    making->building->scope->failed = true;
    return false;
}

static const char *axis_unit(struct arena *arena, const char *unit)
{
    char *text = unit ? g_strconcat("单位：", unit, NULL) : NULL;
    const char *kept = arena_text(arena, text);

    g_free(text);
    return kept;
}

static const struct text_style *plain_style(struct building *building, const char *name,
                                            enum align align)
{
    struct text_style *style =
        arena_copy(building->made->arena, build_style(building, name, (int)align), sizeof(*style));

    style->indent = 0;
    return style;
}

static struct block_figure make_figure(const struct making *making)
{
    const struct body_chart *body = making->body;
    struct building *building = making->building;
    const struct grid_style *grid = paper_grid(building->paper, body->figure.grid);
    struct block_figure figure = {
        .kind = FIGURE_CHART,
        .width = body->figure.width,
        .height = body->figure.height,
        .align = body->figure.align,
        .style = plain_style(building, grid->head, ALIGN_CENTER),
    };
    const char *unit = NULL;
    struct kind kind = {.type = FIELD_STRING};

    /* A line of room around it: its words must not be taken for those of the next. */
    figure.before = MAX(grid->before, figure.style->leading);
    figure.after = MAX(grid->after, figure.style->leading);
    if (body->figure.text)
        figure.text = scope_text(building->scope, body->figure.text, BLANKS_REPORT, NULL);
    figure.chart = (struct chart){
        .kind = body->kind,
        .lying = body->lying,
        .rows = making->rows,
        .label = set_find(making->set, body->label),
        .nseries = body->nvalue,
        .series = make_series(making, &unit),
        .legend = body->legend && body->kind != CHART_PIE,
        .style = plain_style(building, grid->cell, ALIGN_LEFT),
    };
    figure.chart.unit = axis_unit(building->made->arena, unit);
    binding_kind(building->scope->binding, making->set, figure.chart.label, &kind);
    figure.chart.label_format = kind_format(&kind);
    return figure;
}

void build_chart(struct building *building, const struct body_block *block)
{
    const struct making making = {
        .building = building,
        .body = &block->chart,
        .set = &building->scope->binding->data[block->chart.data],
        .rows = scope_data(building->scope, block->chart.data),
    };
    struct block made = {.kind = BLOCK_FIGURE, .variant = block->variant, .place = block->place};
    enum finding_code code;
    bool bad;

    if (!making.rows || !check_count(&making, block->place))
        return;
    made.figure = make_figure(&making);
    code = check_values(&making, made.figure.chart.series, &bad);
    if (bad) {
        finding_add(building->scope->findings, code, block->place, building->scope->product);
        building->scope->failed =
            building->scope->failed || code == FINDING_DOCUMENT_CHART_NEGATIVE;
        return;
    }
    g_hash_table_add(building->kept, (gpointer)making.rows);
    g_array_append_val(building->blocks, made);
}
