/* How wide the columns of a sheet are, how high its rows, and how it is put on paper. */
#include "render/xlsx_inside.h"

#include <math.h>
#include <string.h>

#include "base/value.h"
#include "render/fill.h"

enum {
    CELL_PADDING = 9,    /* pixels a cell keeps free beside its text */
    WIDTH_COUNTED = 256, /* columns of text told apart when widths are counted */
    WIDTH_PROSE = 44,    /* beyond this a text column wraps */
    WIDTH_LEAST = 5,
    PIXELS_MAX = 1790    /* Excel's 255 characters */
};

static const double PIXELS_PER_POINT = 96.0 / 72.0;
static const double SIZE_READABLE = 7.5; /* points on paper, looks.md */

/* --- text */

size_t text_columns(const char *text)
{
    size_t longest = 0, columns = 0;

    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at == '\n') {
            longest = MAX(longest, columns);
            columns = 0;
        } else if ((*at & 0xC0) != 0x80) {
            columns += *at >= 0xE0 ? 2 : 1; /* from U+0800 on: Han, kana, full-width marks */
        }
    }
    return MAX(longest, columns);
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
    size_t number;  /* the widest number: #### if it does not fit */
    size_t word;    /* heads: half of the widest, they may take two lines */
    double pixels;  /* of one column of text, the largest style's */
};

static void ask(struct asked *asked, size_t columns)
{
    asked->counts[MIN(columns, WIDTH_COUNTED - 1)]++;
    asked->total++;
}

/* The width that 95 % of the texts keep within. */
static size_t usual_width(const struct asked *asked)
{
    const size_t wanted = asked->total - asked->total / 20;
    size_t seen = 0;

    for (size_t width = 0; width < WIDTH_COUNTED; width++) {
        seen += asked->counts[width];
        if (seen >= wanted)
            return width;
    }
    return WIDTH_COUNTED - 1;
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
        struct value value = value_null(STATE_EMPTY);

        if (cell->npart == 1)
            value = fill_part(grid, cell->parts, scope_row(row), NULL);
        if (plain && value.type == VALUE_TEXT) {
            ask(asked, text_columns(value.text));
            continue;
        }
        g_string_truncate(text, 0);
        fill_cell(text, grid, cell, scope_row(row));
        if (value.type == VALUE_INTEGER || value.type == VALUE_REAL)
            asked->number = MAX(asked->number, text_columns(text->str) + 1);
        else
            ask(asked, text_columns(text->str));
    }
    g_string_free(text, TRUE);
}

/* Cells of heads, fixed rows, totals. */
static void ask_row(struct asked *asked, const struct grid *grid, const struct row *row, bool head)
{
    for (size_t i = 0; i < row->ncell; i++) {
        const struct cell *cell = &row->cells[i];
        struct asked *of = &asked[cell->column];
        GString *text = g_string_new(NULL);
        size_t columns;

        fill_cell(text, grid, cell, scope_grid(grid));
        columns = text_columns(text->str);
        g_string_free(text, TRUE);
        of->pixels = MAX(of->pixels, column_pixels(cell->style));
        if (cell->colspan > 1 || cell->vertical)
            continue;
        if (head)
            of->word = MAX(of->word, MAX((columns + 3) / 4 * 2, MIN(columns, 6)));
        else if (writes_number(grid, cell))
            of->number = MAX(of->number, columns + 1);
        else
            ask(of, columns);
    }
}

static int fixed_pixels(mpt length)
{
    return (int)(length / 1000.0 * PIXELS_PER_POINT + 0.5);
}

static int solve_column(const struct column *column, const struct asked *asked)
{
    const double unit = asked->pixels > 0 ? asked->pixels : 7;
    const size_t least = MAX(asked->number, WIDTH_LEAST);
    size_t columns = MAX(MIN(usual_width(asked), WIDTH_PROSE), asked->word);
    int pixels = (int)(columns * unit + 0.5) + CELL_PADDING;

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
    if (grid->total)
        ask_row(asked, grid, grid->total, false);
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

static int printable_pixels(const struct sheet *sheet, bool a3)
{
    const struct page_setup *page = &sheet->document->page;
    const mpt shorter = a3 ? (mpt)(297 * MPT_PER_MM) : MIN(page->width, page->height);
    const mpt longer = a3 ? (mpt)(420 * MPT_PER_MM) : MAX(page->width, page->height);

    return fixed_pixels((sheet->landscape ? longer : shorter) - page->left - page->right);
}

static int total_pixels(const struct sheet *sheet)
{
    int total = 0;

    for (size_t i = 0; i < sheet->ncolumn; i++)
        total += sheet->pixels[i];
    return total;
}

/* What the page has to spare goes to the columns of weight; where none has any, to all that are not of a
 * fixed width. */
static void stretch(struct sheet *sheet, const struct grid *grid)
{
    const int spare = printable_pixels(sheet, false) - total_pixels(sheet);
    int *pixels = sheet->pixels + (sheet->ncolumn - grid->ncolumn);
    double weights = 0, solved = 0;

    for (size_t i = 0; i < grid->ncolumn; i++) {
        weights += grid->columns[i].weight;
        solved += grid->columns[i].width ? 0 : pixels[i];
    }
    if (spare <= 0 || weights + solved == 0)
        return;
    for (size_t i = 0; i < grid->ncolumn; i++) {
        const double part = weights > 0 ? grid->columns[i].weight / weights
                            : grid->columns[i].width ? 0 : pixels[i] / solved;

        pixels[i] = MIN(pixels[i] + (int)(spare * part), PIXELS_MAX);
    }
}

void sheet_measure(struct sheet *sheet)
{
    const struct grid *widest = NULL;

    sheet->ncolumn = 1;
    for (guint i = 0; i < sheet->items->len; i++) {
        struct item *item = &g_array_index(sheet->items, struct item, i);

        if (item->block->kind != BLOCK_GRID)
            continue;
        item->widths = grid_widths(&item->block->grid);
        if (!widest || grid_columns(&item->block->grid) > grid_columns(widest))
            widest = &item->block->grid;
    }
    if (widest)
        sheet->ncolumn = grid_columns(widest);
    sheet->pixels = g_new0(int, sheet->ncolumn);
    if (!widest) {
        sheet->pixels[0] = printable_pixels(sheet, false);
        return;
    }
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
    stretch(sheet, widest);
}

lxw_col_t *grid_edges(const struct sheet *sheet, const struct item *item)
{
    const struct grid *grid = &item->block->grid;
    const size_t count = grid->ncolumn, side = grid->side ? 1 : 0;
    lxw_col_t *edges = g_new(lxw_col_t, count + 1);
    size_t column = side;
    double wanted = 0, reached = 0, scale = 0;

    /* Each edge goes where the sheet has one nearest to the grid's own proportions; every column keeps
     * one of the sheet's at least. */
    for (size_t i = 0; i < count; i++)
        scale += item->widths[i];
    scale = (total_pixels(sheet) - (side ? sheet->pixels[0] : 0)) / scale;
    edges[0] = (lxw_col_t)side;
    for (size_t i = 1; i < count; i++) {
        wanted += item->widths[i - 1] * scale;
        reached += sheet->pixels[column++];
        while (column + (count - i) < sheet->ncolumn &&
               reached + sheet->pixels[column] / 2.0 < wanted)
            reached += sheet->pixels[column++];
        edges[i] = (lxw_col_t)column;
    }
    edges[count] = (lxw_col_t)sheet->ncolumn;
    return edges;
}

/* --- paper */

/* The size of most of the sheet's text, in points. */
static double body_size(const struct sheet *sheet)
{
    for (guint i = 0; i < sheet->items->len; i++) {
        const struct block *block = g_array_index(sheet->items, struct item, i).block;
        const struct row *row;

        if (block->kind != BLOCK_GRID)
            continue;
        row = block->grid.detail ? block->grid.detail : block->grid.fixed;
        if (row && row->ncell > 0)
            return row->cells[0].style->size / 1000.0;
    }
    return 10.5;
}

static uint8_t paper_code(const char *paper)
{
    return strcmp(paper, "A3") == 0 ? 8 : strcmp(paper, "A5") == 0 ? 11 : 9; /* ECMA-376 18.3.1.63 */
}

/* One page wide; where that makes it too small to read, on A3, then on several pages with the columns up
 * to the name repeated. */
static void set_scale(struct sheet *sheet)
{
    const double readable = SIZE_READABLE / body_size(sheet);
    const int total = total_pixels(sheet);
    const char *paper = sheet->document->page.paper;
    int page = printable_pixels(sheet, false), repeated = 0;
    bool breaks = false;

    for (guint i = 0; i < sheet->items->len; i++)
        breaks = breaks || g_array_index(sheet->items, struct item, i).breaks;
    if (total * readable > page && strcmp(paper, "A3") != 0) {
        paper = "A3";
        page = printable_pixels(sheet, true);
    }
    worksheet_set_paper(sheet->worksheet, paper_code(paper));
    if (breaks) { /* Excel drops set breaks when it fits pages: scale by hand */
        worksheet_set_print_scale(sheet->worksheet,
                                  (uint16_t)CLAMP(100.0 * page / total - 1, 10, 100));
        return;
    }
    if (total * readable <= page) {
        worksheet_fit_to_pages(sheet->worksheet, 1, 0);
        return;
    }
    for (size_t i = 0; i <= sheet->name_column && i < sheet->ncolumn; i++)
        repeated += sheet->pixels[i];
    if (repeated * readable > page / 3.0)
        repeated = 0;
    else
        worksheet_repeat_columns(sheet->worksheet, 0, (lxw_col_t)sheet->name_column);
    worksheet_fit_to_pages(sheet->worksheet,
                           (uint16_t)ceil((total - repeated) * readable /
                                          (page - repeated * readable)), 0);
}

static void set_footer(struct sheet *sheet)
{
    const struct document *document = sheet->document;
    const char *footer = document->page.footer ? document->page.footer : "第 {页} 页　共 {页数} 页";
    GString *text = g_string_new("&C");

    g_string_append(text, footer);
    g_string_replace(text, "&", "&&", 0);
    g_string_erase(text, 0, 1);
    g_string_replace(text, "{页}", "&P", 0);
    g_string_replace(text, "{页数}", "&N", 0);
    if (document->note && !strstr(footer, document->note))
        g_string_append_printf(text, "&R%s", document->note);
    worksheet_set_footer(sheet->worksheet, text->str);
    g_string_free(text, TRUE);
}

void sheet_page(struct sheet *sheet)
{
    const struct page_setup *page = &sheet->document->page;

    if (sheet->landscape)
        worksheet_set_landscape(sheet->worksheet);
    worksheet_set_margins(sheet->worksheet, page->left / 72000.0, page->right / 72000.0,
                          page->top / 72000.0, page->bottom / 72000.0);
    worksheet_center_horizontally(sheet->worksheet);
    set_scale(sheet);
    set_footer(sheet);
}
