/* Writes one grid to a sheet, row by row, downwards, because in constant_memory mode a row that was
 * left cannot be written to any more. Which rows there are is xlsx_rows.c's. */
#include "render/xlsx_row.h"

#include <string.h>

static void write_rows(struct writer *writer, const struct row *rows, size_t count, bool head)
{
    const struct part_scope scope = part_scope_all(writer->grid->rows);

    for (size_t i = 0; i < count; i++) {
        struct row_ready ready = row_ready(writer, &rows[i], head);

        write_row(writer, &ready, &scope, false);
        g_free(ready.places);
    }
}

/* In place of no rows: one line across. */
static void write_empty(struct writer *writer)
{
    const struct grid *grid = writer->grid;
    const struct part part = {.kind = PART_LITERAL, .text = grid->empty};
    const struct cell cell = {.colspan = (uint16_t)grid->ncolumn,
                              .rowspan = 1,
                              .npart = 1,
                              .parts = &part,
                              .style = grid->empty_style};
    const struct row row = {.ncell = 1, .cells = &cell};

    write_rows(writer, &row, 1, false);
}

/* Do the cell and the merging cells left of it say the same of both rows of data? */
static bool goes_together(const struct writer *writer, const struct cell *cell, size_t a, size_t b)
{
    for (const struct cell *left = writer->grid->detail->cells; left <= cell; left++)
        if (left->merge && !parts_same(left->parts, left->npart, writer->grid->rows, a, b))
            return false;
    return true;
}

/* How far down a merging cell of a row of data reaches: as long as rows of data follow at once that
 * say the same. next: the count rows planned behind it. */
static void merge_down(struct writer *writer, size_t row, const struct sheet_row *next,
                       size_t count)
{
    for (size_t i = 0; i < writer->detail.count; i++) {
        struct place_ready *at = &writer->detail.places[i];

        if (!at->cell || !at->cell->merge)
            continue;
        at->rows = writer->reach[at->first].rows > 0 ? 0 : 1;
        for (size_t k = 0; at->rows > 0 && k < count && next[k].kind == SHEET_DETAIL &&
                           goes_together(writer, at->cell, row, row + k + 1);
             k++)
            at->rows++;
    }
}

static void write_planned(struct writer *writer, const struct sheet_row *row, size_t left)
{
    const struct part_scope scope = sheet_row_scope(writer->grid, row);
    const struct row_ready *ready = &writer->detail;

    switch (row->kind) {
    case SHEET_GROUP:
        ready = &writer->heads[row->level];
        break;
    case SHEET_FOOT:
        ready = &writer->feet[row->level];
        break;
    case SHEET_PAGE:
        ready = &writer->pages[row->level];
        break;
    case SHEET_DETAIL:
        merge_down(writer, row->first, row + 1, left);
        break;
    case SHEET_FILL:
        for (size_t i = 0; i < writer->detail.count; i++) { /* blank ones from here */
            writer->detail.places[i].cell = NULL;
            writer->detail.places[i].rows = 1;
        }
        break;
    }
    write_row(writer, ready, &scope, row->kind == SHEET_GROUP);
}

static void ready_all(struct writer *writer)
{
    const struct grid *grid = writer->grid;

    writer->detail = row_ready(writer, grid->detail, false);
    for (size_t i = 0; i < grid->ngroup; i++) {
        if (grid->groups[i].head)
            writer->heads[i] = row_ready(writer, grid->groups[i].head, false);
        if (grid->groups[i].foot)
            writer->feet[i] = row_ready(writer, grid->groups[i].foot, false);
    }
    for (size_t i = 0; i < PAGE_ROWS; i++)
        if (grid->page_rows[i])
            writer->pages[i] = row_ready(writer, grid->page_rows[i], false);
}

static void write_data(struct writer *writer)
{
    const struct sheet_rows *rows = writer->rows;

    ready_all(writer);
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].breaks)
            sheet_break(writer->sheet, writer->sheet->row);
        write_planned(writer, &rows->rows[i], rows->count - i - 1);
    }
    g_free(writer->detail.places);
    for (size_t i = 0; i < GROUP_LEVELS; i++) {
        g_free(writer->heads[i].places);
        g_free(writer->feet[i].places);
    }
    for (size_t i = 0; i < PAGE_ROWS; i++)
        g_free(writer->pages[i].places);
}

/* --- the grid */

/* The merged label left of all rows. */
static void start_side(struct writer *writer, lxw_row_t rows)
{
    const struct grid *grid = writer->grid;
    struct sheet *sheet = writer->sheet;
    const struct look look = {.style = grid->side_style,
                              .upright = true,
                              .wrap = true,
                              .borders = grid->rules != RULES_NONE ? BORDER_ALL : 0};

    writer->side_format = look_format(sheet->book, &look);
    writer->side_height =
        (double)text_columns(grid->side) / 2 * line_height(grid->side_style) / rows;
    cell_text(sheet, writer->place, sheet->row, 0, grid->side, writer->side_format);
    cells_merge(sheet, sheet->row, 0, sheet->row + rows - 1, 0);
}

/* Panes, filter, printed heads: for the sheet's first grid with data. */
static void serve_reader(struct writer *writer)
{
    enum { HEAD_NEAR_TOP = 8 }; /* a pane below this would take the whole screen */
    const struct grid *grid = writer->grid;
    struct sheet *sheet = writer->sheet;
    const lxw_row_t head_last = writer->first + (lxw_row_t)grid->nhead - 1;

    if (sheet->has_head || !grid->detail || grid->nhead == 0)
        return;
    sheet->has_head = true;
    worksheet_repeat_rows(sheet->worksheet, writer->first, head_last);
    if (head_last < HEAD_NEAR_TOP)
        worksheet_freeze_panes(sheet->worksheet, head_last + 1, 0);
    if (sheet_rows_plain(writer->rows) && !grid->total_first && grid->nfixed == 0)
        worksheet_autofilter(sheet->worksheet, head_last, writer->edges[0],
                             head_last + (lxw_row_t)writer->rows->count,
                             (lxw_col_t)(writer->edges[grid->ncolumn] - 1));
}

static void write_all(struct writer *writer, size_t count)
{
    const struct grid *grid = writer->grid;

    write_rows(writer, grid->head, grid->nhead, true);
    write_rows(writer, grid->fixed, grid->nfixed, false);
    if (grid->total_first)
        write_rows(writer, grid->totals, grid->ntotal, false);
    if (count == 0 && grid->empty)
        write_empty(writer);
    if (grid->detail)
        write_data(writer);
    if (!grid->total_first)
        write_rows(writer, grid->totals, grid->ntotal, false);
}

lxw_row_t grid_rows_before(const struct grid *grid)
{
    return (lxw_row_t)(grid->nhead + grid->nfixed + (grid->total_first ? grid->ntotal : 0));
}

int grid_write(struct sheet *sheet, const struct item *item)
{
    const struct grid *grid = &item->block->grid;
    const size_t count = grid->rows && grid->detail ? rowset_rows(grid->rows) : 0;
    const bool empty = count == 0 && grid->empty;
    const size_t before = grid_rows_before(grid) + (empty ? 1 : 0);
    struct writer writer = {
        .sheet = sheet, .grid = grid, .place = item->block->place, .first = sheet->row};
    size_t all;

    writer.rows = sheet_rows_plan(grid, sheet->row + (lxw_row_t)before);
    all = before + writer.rows->count + (grid->total_first ? 0 : grid->ntotal);
    if (sheet->row + all > LXW_ROW_MAX || all == 0) {
        sheet_rows_free(writer.rows);
        return all == 0 ? 0
                        : finding_add(sheet->book->findings, FINDING_RENDER_ROWS,
                                      item->block->place, sheet->name, G_STRINGIFY(LXW_ROW_MAX));
    }
    writer.edges = grid_edges(sheet, item);
    writer.reach = g_new0(struct reach, sheet->ncolumn);
    writer.text = g_string_new(NULL);
    if (grid->side)
        start_side(&writer, (lxw_row_t)all);
    serve_reader(&writer);
    write_all(&writer, count);
    if (writer.rows->count + empty > 0 && grid->detail)
        grid_choices(sheet, grid, writer.edges, writer.place, writer.rows->first - empty,
                     writer.rows->first - empty +
                         (lxw_row_t)MAX(writer.rows->count + empty, (size_t)1) - 1);
    g_string_free(writer.text, TRUE);
    g_free(writer.reach);
    g_free(writer.edges);
    sheet_rows_free(writer.rows);
    return 0;
}
