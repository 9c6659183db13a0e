/* Writing a grid row by row. Private to xlsx_grid.c and xlsx_row.c. */
#ifndef MINGBAI_RENDER_XLSX_ROW_H
#define MINGBAI_RENDER_XLSX_ROW_H

#include "render/xlsx_rows.h"

/* A place of a row made ready: its columns on the sheet and its formats. */
struct place_ready {
    const struct cell *cell; /* NULL: blank */
    lxw_col_t first, last;
    lxw_row_t rows; /* merged downwards; 0: the cell above reaches down here */
    struct look look;
    lxw_format *text, *marked; /* marked: （有误） */
    lxw_format *whole, *real;  /* numbers */
    double columns;            /* of text in a line */
};

struct row_ready {
    size_t count;
    struct place_ready *places;
    double height; /* at least, in points */
};

/* A cell that reaches down into rows still to come. */
struct reach {
    lxw_row_t rows; /* still to be covered */
    lxw_format *format;
    double height; /* its content's share of each row, in points */
};

struct writer {
    struct sheet *sheet;
    const struct grid *grid;
    struct place place;
    lxw_col_t *edges;
    struct reach *reach; /* one for each column of the sheet */
    lxw_row_t first;     /* the grid's first row */
    struct sheet_rows *rows;
    lxw_format *side_format;
    double side_height; /* what the side label asks of each row */
    GString *text;
    struct row_ready detail, heads[GROUP_LEVELS], feet[GROUP_LEVELS], pages[PAGE_ROWS];
};

/* The row's places over all columns; columns that no cell names are blank, except under a cell that
 * reaches down. head: with a head's fill. g_free(places). */
struct row_ready row_ready(struct writer *writer, const struct row *row, bool head);
/* Writes the sheet's next row. group: numbers stay texts, so that a total over the rows between
 * cannot count them. */
void write_row(struct writer *writer, const struct row_ready *ready, const struct part_scope *scope,
               bool group);

#endif
