/* How wide the columns of a sheet are, and how many lines a text takes in them. */
#include "render/xlsx_inside.h"

#include <math.h>
#include <string.h>

#include "base/value.h"

enum {
    CELL_PADDING = 9,    /* pixels a cell keeps free beside its text */
    WIDTH_COUNTED = 256, /* columns of text told apart when widths are counted */
    WIDTH_GRACE = 4,     /* texts so little longer than the usual ones need not wrap */
    WIDTH_PROSE = 44,    /* beyond this a text column wraps */
    WIDTH_LEAST = 5,
    HEAD_ONE_LINE = 14, /* heads up to this stay on one line; longer ones take two */
    HEAD_LEFT_OVER = 6, /* a second line of this or less is spared */
    PIXELS_MAX = 1790   /* Excel's 255 characters */
};

static const double PIXELS_PER_POINT = 96.0 / 72.0;

static int fixed_pixels(mpt length)
{
    return (int)(length / 1000.0 * PIXELS_PER_POINT + 0.5);
}

/* --- text */

/* Latin letters and digits count an eighth more than half a Han character: where 宋体 is missing
 * they are shown in a wider face, and a number that does not fit would show as ####. */
size_t text_columns(const char *text)
{
    enum { HAN = 16, LATIN = 9, COLUMN = 8 };
    size_t longest = 0, eighths = 0;

    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at == '\n') {
            longest = MAX(longest, eighths);
            eighths = 0;
        } else if ((*at & 0xC0) != 0x80) {
            eighths += *at >= 0xE0 ? HAN : LATIN; /* from U+0800 on: Han, kana, full-width marks */
        }
    }
    return (MAX(longest, eighths) + COLUMN - 1) / COLUMN;
}

size_t text_lines(const char *text, double columns)
{
    size_t lines = 0;

    for (;;) {
        const char *end = strchr(text, '\n');
        char *line = end ? g_strndup(text, (size_t)(end - text)) : NULL;
        const double length = (double)text_columns(line ? line : text);

        lines += columns < 2 || length <= columns ? 1 : (size_t)ceil(length / (columns - 1));
        g_free(line);
        if (!end)
            return lines;
        text = end + 1;
    }
}

static double column_pixels(const struct text_style *style)
{
    return style->size / 1000.0 * PIXELS_PER_POINT / 2;
}

double columns_in(int pixels, const struct text_style *style)
{
    return (pixels - CELL_PADDING / 2) / column_pixels(style);
}

double line_height(const struct text_style *style)
{
    return style->size / 1000.0 * 1.45; /* Noto's, with which LibreOffice shows 仿宋_GB2312 */
}

/* --- a grid's own columns */

/* What the cells of one column ask for, in columns of text times their pixels. */
struct asked {
    size_t counts[WIDTH_COUNTED]; /* texts by their width */
    size_t total;
    size_t number; /* the widest number: #### if it does not fit */
    size_t head;   /* the widest head */
    double pixels; /* of one column of text, the largest style's */
};

static void ask(struct asked *asked, size_t columns)
{
    if (columns == 0)
        return;
    asked->counts[MIN(columns, WIDTH_COUNTED - 1)]++;
    asked->total++;
}

/* The width that 95 % of the texts keep within, and those that are little longer. */
static size_t usual_width(const struct asked *asked)
{
    const size_t wanted = asked->total - asked->total / 20;
    size_t seen = 0, usual = 0, width;

    for (width = 0; width < WIDTH_COUNTED && seen < wanted; width++) {
        seen += asked->counts[width];
        usual = width;
    }
    for (; width < WIDTH_COUNTED && width <= usual + WIDTH_GRACE; width++)
        if (asked->counts[width])
            usual = width;
    return usual;
}

static bool writes_number(const struct grid *grid, const struct cell *cell)
{
    return cell->npart == 1 && cell->parts[0].kind != PART_LITERAL &&
           !grid->columns[cell->column].text;
}

/* Data cells: every value of the column. */
static void ask_rows(struct asked *asked, const struct grid *grid, const struct cell *cell)
{
    const size_t count = rowset_rows(grid->rows);
    const bool plain = cell->npart == 1 && cell->parts[0].kind == PART_FIELD &&
                       cell->parts[0].format.kind == FORMAT_PLAIN;
    GString *text = g_string_new(NULL);

    for (size_t row = 0; row < count; row++) {
        const struct part_scope scope = part_scope_row(grid->rows, row);
        struct value value = value_null(STATE_EMPTY);

        if (cell->npart == 1)
            value = part_value(cell->parts, &scope, NULL);
        if (plain && value.type == VALUE_TEXT) {
            ask(asked, text_columns(value.text));
            continue;
        }
        g_string_truncate(text, 0);
        parts_write(text, cell->parts, cell->npart, &scope);
        if (value.type == VALUE_INTEGER || value.type == VALUE_REAL)
            asked->number = MAX(asked->number, text_columns(text->str));
        else
            ask(asked, text_columns(text->str));
    }
    g_string_free(text, TRUE);
}

/* Cells of heads, fixed rows, totals. */
static void ask_row(struct asked *asked, const struct grid *grid, const struct row *row, bool head)
{
    struct part_scope scope = part_scope_all(grid->rows);

    scope.widest = true; /* totals over some of the rows too */
    for (size_t i = 0; i < row->ncell; i++) {
        const struct cell *cell = &row->cells[i];
        struct asked *of = &asked[cell->column];
        GString *text = g_string_new(NULL);
        size_t columns;

        parts_write(text, cell->parts, cell->npart, &scope);
        columns = text_columns(text->str);
        g_string_free(text, TRUE);
        of->pixels = MAX(of->pixels, column_pixels(cell->style));
        if (cell->colspan > 1 || cell->vertical)
            continue;
        if (head)
            of->head = MAX(of->head, columns);
        else if (writes_number(grid, cell))
            of->number = MAX(of->number, columns);
        else
            ask(of, columns);
    }
}

static int solve_column(const struct column *column, const struct asked *asked)
{
    const double unit = asked->pixels > 0 ? asked->pixels : 7;
    const size_t least = MAX(asked->number, WIDTH_LEAST);
    size_t columns = MAX(MIN(usual_width(asked), WIDTH_PROSE), asked->number);
    int pixels;

    columns = MAX(columns, asked->head <= HEAD_ONE_LINE ? asked->head : (asked->head + 3) / 4 * 2);
    if (asked->head > columns && asked->head - columns <= HEAD_LEFT_OVER)
        columns = asked->head;
    pixels = (int)(columns * unit + 0.5) + CELL_PADDING;
    if (column->width)
        pixels = fixed_pixels(column->width);
    if (column->width_max)
        pixels = MIN(pixels, fixed_pixels(column->width_max));
    pixels = MAX(pixels, fixed_pixels(column->width_min));
    pixels = MAX(pixels, (int)(least * unit + 0.5) + CELL_PADDING);
    return MIN(pixels, PIXELS_MAX);
}

static int *grid_widths(const struct grid *grid)
{
    struct asked *asked = g_new0(struct asked, grid->ncolumn);
    int *widths = g_new(int, grid->ncolumn);

    for (size_t i = 0; i < grid->nhead; i++)
        ask_row(asked, grid, &grid->head[i], true);
    for (size_t i = 0; i < grid->nfixed; i++)
        ask_row(asked, grid, &grid->fixed[i], false);
    for (size_t i = 0; i < grid->ntotal; i++)
        ask_row(asked, grid, &grid->totals[i], false);
    for (size_t i = 0; i < grid->ngroup; i++)
        if (grid->groups[i].foot)
            ask_row(asked, grid, grid->groups[i].foot, false);
    for (size_t i = 0; i < PAGE_ROWS; i++)
        if (grid->page_rows[i])
            ask_row(asked, grid, grid->page_rows[i], false);
    for (size_t i = 0; grid->rows && grid->detail && i < grid->detail->ncell; i++) {
        const struct cell *cell = &grid->detail->cells[i];
        struct asked *of = &asked[cell->column];

        of->pixels = MAX(of->pixels, column_pixels(cell->style));
        if (cell->colspan == 1)
            ask_rows(of, grid, cell);
    }
    for (size_t i = 0; i < grid->ncolumn; i++)
        widths[i] = solve_column(&grid->columns[i], &asked[i]);
    g_free(asked);
    return widths;
}

/* --- the sheet's columns */

/* Columns the grid takes on a sheet: a side label has one of its own. */
static size_t grid_columns(const struct grid *grid)
{
    return grid->ncolumn + (grid->side ? 1 : 0);
}

int sheet_pixels(const struct sheet *sheet, size_t first, size_t count)
{
    int total = 0;

    for (size_t i = first; i < first + count; i++)
        total += sheet->pixels[i];
    return total;
}

/* What the page has to spare goes to the columns of weight; where none has any, to all that are not
 * of a fixed width. */
static void stretch(struct sheet *sheet, const struct grid *grid)
{
    const int spare = printable_pixels(sheet, false) - sheet_pixels(sheet, 0, sheet->ncolumn);
    int *pixels = sheet->pixels + (sheet->ncolumn - grid->ncolumn);
    double weights = 0, solved = 0;

    for (size_t i = 0; i < grid->ncolumn; i++) {
        weights += grid->columns[i].weight;
        solved += grid->columns[i].width ? 0 : pixels[i];
    }
    if (spare <= 0 || weights + solved == 0)
        return;
    for (size_t i = 0; i < grid->ncolumn; i++) {
        const double part = weights > 0              ? grid->columns[i].weight / weights
                            : grid->columns[i].width ? 0
                                                     : pixels[i] / solved;

        pixels[i] = MIN(pixels[i] + (int)(spare * part), PIXELS_MAX);
    }
}

/* Widths of all grids; returns the one with the most columns, or NULL. */
static const struct grid *measure_grids(struct sheet *sheet)
{
    const struct grid *widest = NULL;

    for (guint i = 0; i < sheet->items->len; i++) {
        struct item *item = &g_array_index(sheet->items, struct item, i);

        if (item->block->kind != BLOCK_GRID)
            continue;
        item->widths = grid_widths(&item->block->grid);
        if (!widest || grid_columns(&item->block->grid) > grid_columns(widest))
            widest = &item->block->grid;
    }
    return widest;
}

/* Each column is as wide as the widest grid of as many columns wants it. */
static void unite_widths(struct sheet *sheet)
{
    for (guint i = 0; i < sheet->items->len; i++) {
        const struct item *item = &g_array_index(sheet->items, struct item, i);
        const struct grid *grid = &item->block->grid;
        size_t side;

        if (item->block->kind != BLOCK_GRID || grid_columns(grid) != sheet->ncolumn)
            continue;
        side = sheet->ncolumn - grid->ncolumn;
        if (side)
            sheet->pixels[0] = MAX(sheet->pixels[0], fixed_pixels(grid->side_width) + CELL_PADDING);
        for (size_t j = 0; j < grid->ncolumn; j++)
            sheet->pixels[side + j] = MAX(sheet->pixels[side + j], item->widths[j]);
    }
}

void sheet_measure(struct sheet *sheet)
{
    const struct grid *widest = measure_grids(sheet);

    sheet->ncolumn = widest ? grid_columns(widest) : 1;
    sheet->pixels = g_new0(int, sheet->ncolumn);
    if (widest) {
        unite_widths(sheet);
        stretch(sheet, widest);
    } else {
        sheet->pixels[0] = printable_pixels(sheet, false);
    }
    paper_choose(sheet);
}

lxw_col_t *grid_edges(const struct sheet *sheet, const struct item *item)
{
    const struct grid *grid = &item->block->grid;
    const size_t count = grid->ncolumn, side = grid->side ? 1 : 0;
    const size_t all =
        grid_columns(grid) > sheet->paper.columns ? sheet->ncolumn : sheet->paper.columns;
    lxw_col_t *edges = g_new(lxw_col_t, count + 1);
    size_t column = side;
    double wanted = 0, reached = 0, own = 0, scale;

    for (size_t i = 0; i < count; i++)
        own += item->widths[i];
    scale = sheet_pixels(sheet, side, all - side) / own;
    edges[0] = (lxw_col_t)side;
    /* Each edge goes where the sheet has one nearest to the grid's own proportions, or further
     * where the text needs it; every column keeps one of the sheet's at least. */
    for (size_t i = 1; i < count; i++) {
        const double begin = reached;

        wanted += item->widths[i - 1] * scale;
        reached += sheet->pixels[column++];
        while (column + (count - i) < all && (reached + sheet->pixels[column] / 2.0 < wanted ||
                                              reached - begin < item->widths[i - 1]))
            reached += sheet->pixels[column++];
        edges[i] = (lxw_col_t)column;
    }
    edges[count] = (lxw_col_t)all;
    return edges;
}
