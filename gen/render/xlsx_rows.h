/* The rows a grid's data makes on a sheet, known before the first of them is written: groups, rows
 * of data, page rows. Private to the workbook renderer. */
#ifndef MINGBAI_RENDER_XLSX_ROWS_H
#define MINGBAI_RENDER_XLSX_ROWS_H

#include "render/xlsx_inside.h"

enum sheet_row_kind { SHEET_DETAIL, SHEET_GROUP, SHEET_FOOT, SHEET_PAGE, SHEET_FILL };

struct sheet_row {
    uint32_t first, end; /* rows of data it speaks of */
    uint8_t kind;        /* enum sheet_row_kind */
    uint8_t level;       /* of groups; SHEET_PAGE: enum page_row */
    bool breaks;         /* a printed page begins with it */
};

struct sheet_rows {
    lxw_row_t first; /* on the sheet */
    size_t count;
    struct sheet_row *rows;
    uint32_t *details; /* where each row of data stands among rows */
    size_t ndetail;
};

/* first: the sheet's row of the first. Page rows stand where the grid declares rows_per_page. */
struct sheet_rows *sheet_rows_plan(const struct grid *grid, lxw_row_t first);
void sheet_rows_free(struct sheet_rows *rows);
/* Only rows of data, nothing between them. */
bool sheet_rows_plain(const struct sheet_rows *rows);
struct part_scope sheet_row_scope(const struct grid *grid, const struct sheet_row *row);
/* "D5:D20,D23:D40": the cells of those rows of data in column. NULL: more than a formula can hold.
 * g_free() it. */
char *sheet_rows_ranges(const struct sheet_rows *rows, size_t first, size_t count,
                        lxw_col_t column);

#endif
