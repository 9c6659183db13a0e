/* What the parts of the workbook renderer share: the book being written, its sheets, their formats.
 */
#ifndef MINGBAI_RENDER_XLSX_INSIDE_H
#define MINGBAI_RENDER_XLSX_INSIDE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <xlsxwriter.h>

#include "base/arena.h"
#include "document/model.h"

/* --- formats (xlsx_format.c) */

enum { BORDER_LEFT = 1, BORDER_RIGHT = 2, BORDER_TOP = 4, BORDER_BOTTOM = 8, BORDER_ALL = 15 };

enum fill { FILL_NONE, FILL_HEAD, FILL_INVALID };

/* Everything that makes two cells look alike. */
struct look {
    const struct text_style *style;
    unsigned borders; /* BORDER_ bits: thin */
    enum fill fill;
    bool wrap;
    bool upright;  /* set from top to bottom */
    bool diagonal; /* 斜线表头 */
    bool number;   /* right unless the style centres it */
    char code[64]; /* Excel's number format; "": General, or text as it is */
};

/* --- the book (xlsx.c) */

struct book {
    lxw_workbook *workbook;
    GHashTable *formats;    /* a look's key to its lxw_format */
    lxw_worksheet *choices; /* hidden sheet of drop-down lists too long for a cell's own; or NULL */
    char *choices_name;
    lxw_row_t nchoices; /* its rows in use */
    struct findings *findings;
    struct arena *arena; /* what is made of the document for its sheets */
};

/* A block on a sheet. */
struct item {
    const struct block *block; /* text, grid or figure */
    int *widths;               /* grids: pixels each of their columns would like */
    lxw_row_t row;             /* where it begins, once it is written */
};

/* How the sheet goes on paper. */
struct paper {
    bool a3;
    size_t columns;  /* of the sheet on its first printed page: titles are centred over these */
    size_t repeated; /* columns that the pages to the right begin with, too */
    size_t npage;    /* side by side */
};

struct sheet {
    struct book *book;
    const struct document *document;
    lxw_worksheet *worksheet;
    char *name;
    const struct page_setup *page;
    GArray *items; /* struct item */
    size_t ncolumn;
    int *pixels; /* width of each column */
    struct paper paper;
    lxw_row_t row;  /* the next to be written */
    GArray *breaks; /* lxw_row_t: rows that printed pages begin with */
    bool has_head;  /* the first grid with data is written: it has panes, print titles, filter */
};

/* The workbook's format of that look; the book owns it. */
lxw_format *look_format(struct book *book, const struct look *look);
/* The number format code of a value: of integers and decimals, in format; unread > 0 says after the
 * number how many values are not counted. */
void look_number(struct look *look, struct format format, bool whole, size_t unread);

/* --- widths (xlsx_width.c) */

/* Columns of half a Han character the text takes; of its longest line. Any bytes are safe. */
size_t text_columns(const char *text);
/* Lines the text takes when each holds so many columns. */
size_t text_lines(const char *text, double columns);
/* How many columns fit into so many pixels, in that style. */
double columns_in(int pixels, const struct text_style *style);
#define ROW_MAX 409.0 /* points: Excel's highest row */

/* Height of one line in points. */
double line_height(const struct text_style *style);
/* Solves items' widths, the sheet's columns, its paper. */
void sheet_measure(struct sheet *sheet);
/* The sheet's columns that the grid's columns 0 to ncolumn begin at (one more: where the last
 * ends); g_free() it. The first is 1 where the grid has a side label. */
lxw_col_t *grid_edges(const struct sheet *sheet, const struct item *item);
/* Pixels of count columns from first on. */
int sheet_pixels(const struct sheet *sheet, size_t first, size_t count);

/* --- paper (xlsx_paper.c) */

/* Pixels between the side margins of the document's paper, or of A3. */
int printable_pixels(const struct sheet *sheet, bool a3);
/* Chooses sheet->paper; its columns are solved. */
void paper_choose(struct sheet *sheet);
/* Tells the worksheet its paper, margins, scale and footer. */
void paper_set(struct sheet *sheet);

/* --- cells, grids and sheets */

/* A cell's text, checked: characters or lengths that a workbook cannot hold are findings (and
 * nothing is written). place is in the template. (xlsx_cell.c) */
void cell_text(struct sheet *sheet, struct place place, lxw_row_t row, lxw_col_t column,
               const char *text, lxw_format *format);
void cell_number(struct sheet *sheet, struct place place, lxw_row_t row, lxw_col_t column,
                 double number, const char *formula, lxw_format *format);
/* Merges without writing: libxlsxwriter's own cells of a merge come out of row order, which
 * constant_memory forbids. */
void cells_merge(struct sheet *sheet, lxw_row_t first_row, lxw_col_t first, lxw_row_t last_row,
                 lxw_col_t last);
/* Writes a grid from sheet->row on and moves that below it. -1 with a finding: too many rows.
 * (xlsx_grid.c) */
int grid_write(struct sheet *sheet, const struct item *item);
/* How many of a grid's rows stand above its rows of data. */
lxw_row_t grid_rows_before(const struct grid *grid);
/* A printed page begins with the sheet's row. */
void sheet_break(struct sheet *sheet, lxw_row_t row);
/* Drop-downs of the grid's columns over those rows; place is in the template. (xlsx_choices.c) */
void grid_choices(struct sheet *sheet, const struct grid *grid, const lxw_col_t *edges,
                  struct place place, lxw_row_t first, lxw_row_t last);
/* Makes rule offer the choices, from the book's hidden sheet if they are too long for the rule.
 * g_free() the result when the rule has been given to a worksheet. */
char *choices_rule(struct sheet *sheet, struct place place, const char *const *choices,
                   lxw_data_validation *rule);
/* Whether the choices fit the rule; else they need the hidden sheet. */
bool choices_fit(const char *const *choices);
/* Whether a list of the grid needs the hidden sheet. */
bool choices_hidden(const struct grid *grid);
/* A paragraph over the first page's width from sheet->row on. (xlsx_sheet.c) */
void sheet_paragraph(struct sheet *sheet, struct place place, const struct text_style *style,
                     const char *text, mpt before, mpt after);
/* A figure from sheet->row on; of a chart only its room. (xlsx_figure.c) */
void figure_write(struct sheet *sheet, const struct block *block);
int figure_pixels(mpt length);
enum { FIGURE_TOP = 8 }; /* pixels of free room above a figure */
/* How wide a figure can be on the sheet, and where one of that width begins, in pixels. */
int figure_room(const struct sheet *sheet);
int figure_offset(const struct sheet *sheet, enum align align, int width);
/* Adds tables for charts whose rows no table of the sheet shows; before the sheet is measured.
 * (xlsx_chart.c) */
void charts_plan(struct sheet *sheet);
/* The charts themselves, when all cells are written. */
void charts_insert(struct sheet *sheet);
/* All of a sheet that was measured. -1 with findings. (xlsx_sheet.c) */
int sheet_write(struct sheet *sheet);

#endif
