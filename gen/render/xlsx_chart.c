/* Puts native charts on a sheet. A chart refers to cells: those of a table of the sheet that shows
 * its rows, else of a small table of its own below it. */
#include "render/xlsx_inside.h"

#include "base/value.h"

static const char own_title[] = "图表数据";

/* --- the cells a chart refers to */

/* The column of the grid that shows the field as it is; SIZE_MAX: none does. numbers: as numbers.
 */
static size_t shown_in(const struct grid *grid, size_t field, bool numbers)
{
    for (size_t i = 0; grid->detail && i < grid->detail->ncell; i++) {
        const struct cell *cell = &grid->detail->cells[i];
        const struct part *part = cell->parts;

        if (cell->npart != 1 || part->kind != PART_FIELD || part->field != field || cell->merge)
            continue;
        if (!numbers || (!grid->columns[cell->column].text && !format_is_words(part->format.kind) &&
                         part->format.kind != FORMAT_TICK && part->format.kind != FORMAT_YES_NO))
            return cell->column;
    }
    return SIZE_MAX;
}

/* Every row of the chart, one under another, with every column it needs. */
static bool shows(const struct grid *grid, const struct chart *chart)
{
    bool all = grid->rows == chart->rows && grid->ngroup == 0 && grid->fill == 0 &&
               shown_in(grid, chart->label, false) != SIZE_MAX;

    for (size_t i = 0; i < PAGE_ROWS; i++)
        all = all && !grid->page_rows[i];
    for (size_t i = 0; all && i < chart->nseries; i++)
        all = shown_in(grid, chart->series[i].field, true) != SIZE_MAX;
    return all;
}

static const struct item *find_table(const struct sheet *sheet, const struct chart *chart)
{
    for (guint i = 0; i < sheet->items->len; i++) {
        const struct item *item = &g_array_index(sheet->items, struct item, i);

        if (item->block->kind == BLOCK_GRID && shows(&item->block->grid, chart))
            return item;
    }
    return NULL;
}

/* --- a table of its own */

static struct cell literal_cell(struct arena *arena, size_t column, size_t span, const char *text,
                                const struct text_style *style)
{
    struct part *part = arena_alloc(arena, sizeof(*part));

    *part = (struct part){.kind = PART_LITERAL, .text = text};
    return (struct cell){.column = (uint16_t)column,
                         .colspan = (uint16_t)span,
                         .rowspan = 1,
                         .npart = 1,
                         .parts = part,
                         .style = style};
}

static struct cell field_cell(struct arena *arena, size_t column, size_t field,
                              struct format format, const struct text_style *style)
{
    struct cell cell = literal_cell(arena, column, 1, NULL, style);
    struct part *part = arena_alloc(arena, sizeof(*part));

    *part = (struct part){.kind = PART_FIELD, .field = field, .format = format};
    cell.parts = part;
    return cell;
}

/* Title, names of the columns, rows: fixed rows and details, no head, for it is not what the sheet
 * is read by. */
static const struct block *make_table(struct arena *arena, const struct block_figure *figure)
{
    const struct chart *chart = &figure->chart;
    const size_t count = chart->nseries + 1;
    struct block *block = arena_alloc(arena, sizeof(*block));
    struct column *columns = arena_array(arena, count, sizeof(*columns));
    struct cell *names = arena_array(arena, count, sizeof(*names));
    struct cell *cells = arena_array(arena, count, sizeof(*cells));
    struct cell *title = arena_alloc(arena, sizeof(*title));
    struct row *fixed = arena_array(arena, 2, sizeof(*fixed));
    struct row *detail = arena_alloc(arena, sizeof(*detail));

    for (size_t i = 0; i < count; i++) {
        const bool label = i == 0;
        const size_t field = label ? chart->label : chart->series[i - 1].field;
        const struct format format = label ? chart->label_format : chart->series[i - 1].format;

        columns[i] = (struct column){.name = label ? rowset_name(chart->rows, field)
                                                   : chart->series[i - 1].name,
                                     .field = field,
                                     .text = label,
                                     .format = format};
        names[i] = literal_cell(arena, i, 1, columns[i].name, figure->style);
        cells[i] = field_cell(arena, i, field, format, chart->style);
    }
    *title = literal_cell(arena, 0, count, own_title, figure->style);
    fixed[0] = (struct row){.ncell = 1, .cells = title};
    fixed[1] = (struct row){.ncell = count, .cells = names};
    *detail = (struct row){.ncell = count, .cells = cells};
    block->kind = BLOCK_GRID;
    block->grid = (struct grid){.ncolumn = count,
                                .columns = columns,
                                .nfixed = 2,
                                .fixed = fixed,
                                .rows = chart->rows,
                                .detail = detail,
                                .rules = RULES_GRID};
    return block;
}

static bool is_chart(const struct item *item)
{
    return item->block->kind == BLOCK_FIGURE && item->block->figure.kind == FIGURE_CHART;
}

void charts_plan(struct sheet *sheet)
{
    for (guint i = 0; i < sheet->items->len; i++) {
        const struct block *block = g_array_index(sheet->items, struct item, i).block;

        if (!is_chart(&g_array_index(sheet->items, struct item, i)) ||
            find_table(sheet, &block->figure.chart))
            continue;
        struct item table = {.block = make_table(sheet->book->arena, &block->figure)};
        g_array_insert_val(sheet->items, i + 1, table);
    }
}

/* --- the chart */

static lxw_chart_pattern pattern_of(size_t series)
{
    static const uint8_t types[CHART_SERIES_MAX] = {LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL,
                                                    LXW_CHART_PATTERN_NONE,
                                                    LXW_CHART_PATTERN_OUTLINED_DIAMOND,
                                                    LXW_CHART_PATTERN_PERCENT_20,
                                                    LXW_CHART_PATTERN_NONE,
                                                    LXW_CHART_PATTERN_WIDE_DOWNWARD_DIAGONAL,
                                                    LXW_CHART_PATTERN_NARROW_HORIZONTAL,
                                                    LXW_CHART_PATTERN_SMALL_GRID};

    return (lxw_chart_pattern){.fg_color = LXW_COLOR_BLACK,
                               .bg_color = LXW_COLOR_WHITE,
                               .type = types[series % CHART_SERIES_MAX]};
}

/* White and black are fills, not patterns. */
static bool is_plain(size_t series, lxw_chart_fill *fill)
{
    enum { WHITE = 1, BLACK = 4 };

    series %= CHART_SERIES_MAX;
    *fill = (lxw_chart_fill){.color = series == BLACK ? LXW_COLOR_BLACK : LXW_COLOR_WHITE};
    return series == WHITE || series == BLACK;
}

static lxw_chart_line outline(void)
{
    return (lxw_chart_line){.color = LXW_COLOR_BLACK, .width = 0.75F};
}

static void paint_areas(lxw_chart_series *series, size_t number)
{
    lxw_chart_line line = outline();
    lxw_chart_pattern pattern = pattern_of(number);
    lxw_chart_fill fill;

    chart_series_set_line(series, &line);
    if (is_plain(number, &fill))
        chart_series_set_fill(series, &fill);
    else
        chart_series_set_pattern(series, &pattern);
}

/* Slices: neighbours never look alike, nor do the last and the first. */
static void paint_slices(lxw_chart_series *series, size_t count)
{
    lxw_chart_line line = outline();
    lxw_chart_point *points = g_new0(lxw_chart_point, count);
    lxw_chart_point **list = g_new0(lxw_chart_point *, count + 1);
    lxw_chart_pattern *patterns = g_new0(lxw_chart_pattern, count);
    lxw_chart_fill *fills = g_new0(lxw_chart_fill, count);

    for (size_t i = 0; i < count; i++) {
        const bool closes = i > 0 && i + 1 == count && i % CHART_SERIES_MAX == 0;

        patterns[i] = pattern_of(closes ? 3 : i);
        points[i].line = &line;
        if (is_plain(closes ? 3 : i, &fills[i]))
            points[i].fill = &fills[i];
        else
            points[i].pattern = &patterns[i];
        list[i] = &points[i];
    }
    chart_series_set_points(series, list);
    g_free(fills);
    g_free(patterns);
    g_free(list);
    g_free(points);
}

static void paint_line(lxw_chart_series *series, size_t number)
{
    static const uint8_t dashes[] = {LXW_CHART_LINE_DASH_SOLID, LXW_CHART_LINE_DASH_LONG_DASH,
                                     LXW_CHART_LINE_DASH_SQUARE_DOT,
                                     LXW_CHART_LINE_DASH_LONG_DASH_DOT};
    static const uint8_t marks[] = {LXW_CHART_MARKER_CIRCLE, LXW_CHART_MARKER_SQUARE,
                                    LXW_CHART_MARKER_TRIANGLE, LXW_CHART_MARKER_DIAMOND};
    lxw_chart_line line = {.color = LXW_COLOR_BLACK,
                           .width = 1.25F,
                           .dash_type = dashes[number % G_N_ELEMENTS(dashes)]};
    lxw_chart_line edge = outline();
    lxw_chart_fill fill = {.color = (number + number / G_N_ELEMENTS(marks)) % 2 == 0
                                        ? LXW_COLOR_BLACK
                                        : LXW_COLOR_WHITE};

    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, marks[number % G_N_ELEMENTS(marks)]);
    chart_series_set_marker_size(series, 6);
    chart_series_set_marker_line(series, &edge);
    chart_series_set_marker_fill(series, &fill);
}

/* Figures at what shows them, as the page has them. */
static void label_values(lxw_chart_series *series, const struct chart *chart, const char *code)
{
    chart_series_set_labels(series);
    if (chart->kind == CHART_PIE) {
        chart_series_set_labels_options(series, LXW_FALSE, LXW_TRUE, LXW_TRUE);
        chart_series_set_labels_leader_line(series);
    }
    chart_series_set_labels_position(
        series, chart->kind == CHART_STACKED ? LXW_CHART_LABEL_POSITION_CENTER
                : chart->kind == CHART_LINE  ? LXW_CHART_LABEL_POSITION_ABOVE
                                             : LXW_CHART_LABEL_POSITION_OUTSIDE_END);
    if (chart->kind == CHART_STACKED) /* read on any pattern */
        chart_series_set_labels_fill(series, &(lxw_chart_fill){.color = LXW_COLOR_WHITE});
    if (code[0] != '\0')
        chart_series_set_labels_num_format(series, code);
}

static const char *code_of(const struct chart_series *series, struct look *look)
{
    *look = (struct look){0};
    look_number(look, series->format, !format_has_places(series->format.kind), 0);
    return look->code;
}

static uint8_t type_of(const struct chart *chart)
{
    switch (chart->kind) {
    case CHART_BAR:
        return chart->lying ? LXW_CHART_BAR : LXW_CHART_COLUMN;
    case CHART_STACKED:
        return chart->lying ? LXW_CHART_BAR_STACKED : LXW_CHART_COLUMN_STACKED;
    case CHART_PIE:
        return LXW_CHART_PIE;
    case CHART_LINE:
        break;
    }
    return LXW_CHART_LINE;
}

static void add_series(lxw_chart *made, const struct sheet *sheet, const struct item *table,
                       const struct chart *chart)
{
    const struct grid *grid = &table->block->grid;
    const lxw_row_t first = table->row + grid_rows_before(grid);
    const lxw_row_t last = first + (lxw_row_t)rowset_rows(chart->rows) - 1;
    lxw_col_t *edges = grid_edges(sheet, table);
    const lxw_col_t names = edges[shown_in(grid, chart->label, false)];

    for (size_t i = 0; i < chart->nseries; i++) {
        const lxw_col_t column = edges[shown_in(grid, chart->series[i].field, true)];
        lxw_chart_series *series = chart_add_series(made, NULL, NULL);
        struct look look;

        chart_series_set_name(series, chart->series[i].name);
        chart_series_set_categories(series, sheet->name, first, names, last, names);
        chart_series_set_values(series, sheet->name, first, column, last, column);
        label_values(series, chart, code_of(&chart->series[i], &look));
        if (chart->kind == CHART_PIE)
            paint_slices(series, rowset_rows(chart->rows));
        else if (chart->kind == CHART_LINE)
            paint_line(series, i);
        else
            paint_areas(series, i);
    }
    g_free(edges);
}

static void set_axes(lxw_chart *made, const struct chart *chart)
{
    /* libxlsxwriter names axes by where they lie, not by what they show */
    lxw_chart_axis *values = chart->lying ? made->x_axis : made->y_axis;
    lxw_chart_axis *names = chart->lying ? made->y_axis : made->x_axis;
    struct look look;
    const char *code = code_of(&chart->series[0], &look);

    if (chart->kind == CHART_PIE)
        return;
    if (chart->unit)
        chart_axis_set_name(values, chart->unit);
    if (code[0] != '\0')
        chart_axis_set_num_format(values, code);
    chart_axis_major_gridlines_set_visible(values, chart->kind == CHART_LINE);
    chart_axis_set_label_position(names, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    if (chart->lying) { /* the first on top, the figures below, as on the page */
        chart_axis_set_reverse(names);
        chart_axis_set_crossing_max(names);
    }
}

static void insert_chart(struct sheet *sheet, const struct item *item)
{
    enum { WIDTH = 480, HEIGHT = 288 };  /* a chart's own, pixels */
    enum { GAP = 60, GAP_OF_FEW = 400 }; /* between categories, percent of a bar */
    const struct block_figure *figure = &item->block->figure;
    const struct chart *chart = &figure->chart;
    const int room = figure_room(sheet);
    const int width = figure->width > 0 ? MIN(figure_pixels(figure->width), room) : room;
    lxw_chart *made = workbook_add_chart(sheet->book->workbook, type_of(chart));
    lxw_chart_options options = {.x_offset = figure_offset(sheet, figure->align, width),
                                 .y_offset = FIGURE_TOP,
                                 .x_scale = (double)width / WIDTH,
                                 .y_scale = (double)figure_pixels(figure->height) / HEIGHT,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE};

    if (figure->text)
        chart_title_set_name(made, figure->text);
    else
        chart_title_off(made);
    chart_legend_set_position(made, chart->legend ? LXW_CHART_LEGEND_TOP : LXW_CHART_LEGEND_NONE);
    chart_show_blanks_as(made, LXW_CHART_BLANKS_AS_GAP);
    if (chart->kind == CHART_BAR || chart->kind == CHART_STACKED)
        chart_set_series_gap(made, rowset_rows(chart->rows) > 2 ? GAP : GAP_OF_FEW);
    set_axes(made, chart);
    add_series(made, sheet, find_table(sheet, chart), chart);
    worksheet_insert_chart_opt(sheet->worksheet, item->row, 0, made, &options);
}

void charts_insert(struct sheet *sheet)
{
    for (guint i = 0; i < sheet->items->len; i++) {
        const struct item *item = &g_array_index(sheet->items, struct item, i);

        if (is_chart(item))
            insert_chart(sheet, item);
    }
}
