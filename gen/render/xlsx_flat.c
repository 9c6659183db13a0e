/* Flattens forms: the inner grids' edges become columns, their rows become rows. */
#include "render/xlsx_flat.h"

#include "render/xlsx_rows.h"

enum {
    SNAP = 2835,     /* edges of two grids so near (1 mm) are one column's */
    COLUMN_LEAST = 4 /* of text, for a column whose width is not declared */
};

/* A grid as rows of texts. Edges are from its left. */
struct flat {
    size_t ncolumn;
    mpt *edges;   /* ncolumn + 1 */
    GArray *rows; /* struct row */
};

/* A grid in a cell of one of the rows around it. */
struct inner {
    size_t row; /* the cell's first */
    const struct cell *cell;
    struct flat flat;
};

/* --- rows of texts */

static struct cell text_cell(struct arena *arena, const struct cell *cell,
                             const struct part_scope *scope)
{
    struct cell made = *cell;
    GString *text = g_string_new(NULL);
    struct part *part;

    parts_write(text, cell->parts, scope ? cell->npart : 0, scope);
    made.npart = 0;
    made.merge = false;
    if (text->len > 0) {
        part = arena_alloc(arena, sizeof(*part));
        part->kind = PART_LITERAL;
        part->text = arena_text(arena, text->str);
        made.parts = part;
        made.npart = 1;
    }
    g_string_free(text, TRUE);
    return made;
}

/* scope NULL: a blank row. */
static void add_row(struct arena *arena, GArray *rows, const struct row *row,
                    const struct part_scope *scope)
{
    struct cell *cells = arena_array(arena, row->ncell, sizeof(*cells));
    struct row made = {.ncell = row->ncell, .cells = cells, .height = row->height};

    for (size_t i = 0; i < row->ncell; i++)
        cells[i] = text_cell(arena, &row->cells[i], scope);
    g_array_append_val(rows, made);
}

static void add_rows(struct arena *arena, GArray *rows, const struct grid *grid,
                     const struct row *from, size_t count)
{
    const struct part_scope scope = part_scope_all(grid->rows);

    for (size_t i = 0; i < count; i++)
        add_row(arena, rows, &from[i], &scope);
}

static const struct row *declared_row(const struct grid *grid, const struct sheet_row *row)
{
    switch ((enum sheet_row_kind)row->kind) {
    case SHEET_GROUP:
        return grid->groups[row->level].head;
    case SHEET_FOOT:
        return grid->groups[row->level].foot;
    case SHEET_PAGE:
        return grid->page_rows[row->level];
    case SHEET_DETAIL:
    case SHEET_FILL:
        break;
    }
    return grid->detail;
}

static void add_data(struct arena *arena, GArray *rows, const struct grid *grid)
{
    struct sheet_rows *data = sheet_rows_plan(grid, 0);

    for (size_t i = 0; i < data->count; i++) {
        const struct part_scope scope = sheet_row_scope(grid, &data->rows[i]);

        add_row(arena, rows, declared_row(grid, &data->rows[i]),
                data->rows[i].kind == SHEET_FILL ? NULL : &scope);
    }
    if (data->ndetail == 0 && grid->empty) {
        const struct part part = {.kind = PART_LITERAL, .text = grid->empty};
        const struct cell cell = {.colspan = (uint16_t)grid->ncolumn,
                                  .rowspan = 1,
                                  .npart = 1,
                                  .parts = &part,
                                  .style = grid->empty_style};
        const struct row row = {.ncell = 1, .cells = &cell};
        const struct part_scope none = {.row = SIZE_MAX};

        add_row(arena, rows, &row, &none);
    }
    sheet_rows_free(data);
}

/* The side label becomes a cell of the first row; all others move one column to the right. */
static void add_side(struct arena *arena, GArray *rows, const struct grid *grid)
{
    struct part *part = arena_alloc(arena, sizeof(*part));

    part->kind = PART_LITERAL;
    part->text = grid->side;
    for (guint i = 0; i < rows->len; i++) {
        struct row *row = &g_array_index(rows, struct row, i);
        struct cell *cells = arena_array(arena, row->ncell + 1, sizeof(*cells));
        size_t count = 0;

        if (i == 0)
            cells[count++] = (struct cell){.colspan = 1,
                                           .rowspan = (uint16_t)rows->len,
                                           .npart = 1,
                                           .parts = part,
                                           .style = grid->side_style,
                                           .vertical = true};
        for (size_t k = 0; k < row->ncell; k++) {
            cells[count] = row->cells[k];
            cells[count++].column++;
        }
        row->cells = cells;
        row->ncell = count;
    }
}

static GArray *rows_of(struct arena *arena, const struct grid *grid)
{
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(struct row));

    add_rows(arena, rows, grid, grid->head, grid->nhead);
    add_rows(arena, rows, grid, grid->fixed, grid->nfixed);
    if (grid->total_first)
        add_rows(arena, rows, grid, grid->totals, grid->ntotal);
    if (grid->detail)
        add_data(arena, rows, grid);
    if (!grid->total_first)
        add_rows(arena, rows, grid, grid->totals, grid->ntotal);
    return rows;
}

/* --- columns */

/* Declared widths, and of the others what their texts take, all scaled to the grid's width. */
static mpt *edges_of(struct arena *arena, const struct grid *grid, const GArray *rows, mpt width)
{
    mpt *edges = arena_array(arena, grid->ncolumn + 1, sizeof(*edges));
    int64_t *wanted = g_new0(int64_t, grid->ncolumn), total = 0, passed = 0;

    for (size_t i = 0; i < grid->ncolumn; i++)
        wanted[i] = grid->columns[i].width;
    for (guint r = 0; r < rows->len; r++) {
        const struct row *row = &g_array_index(rows, struct row, r);

        for (size_t i = 0; i < row->ncell; i++) {
            const struct cell *cell = &row->cells[i];
            const size_t columns = cell->npart ? text_columns(cell->parts[0].text) : 0;

            if (cell->colspan == 1 && grid->columns[cell->column].width == 0)
                wanted[cell->column] =
                    MAX(wanted[cell->column],
                        (int64_t)MAX(columns, (size_t)COLUMN_LEAST) * cell->style->size / 2);
        }
    }
    for (size_t i = 0; i < grid->ncolumn; i++)
        total += wanted[i] = MAX(wanted[i], 1);
    for (size_t i = 0; i < grid->ncolumn; i++) {
        passed += wanted[i];
        edges[i + 1] = (mpt)(width * passed / total);
    }
    g_free(wanted);
    return edges;
}

/* The edge of another grid that is as good as this one, or itself, added in its place. */
static mpt shared_edge(GArray *edges, mpt wanted, mpt after, mpt before)
{
    guint at = 0;
    mpt best = 0, distance = SNAP + 1;

    for (guint i = 0; i < edges->len; i++) {
        const mpt edge = g_array_index(edges, mpt, i);

        if (edge > after && edge < before && ABS(edge - wanted) < distance) {
            best = edge;
            distance = ABS(edge - wanted);
        }
    }
    if (distance <= SNAP)
        return best;
    wanted = CLAMP(wanted, after + 1, before - 1);
    while (at < edges->len && g_array_index(edges, mpt, at) < wanted)
        at++;
    g_array_insert_val(edges, at, wanted);
    return wanted;
}

static uint16_t column_at(const GArray *edges, mpt edge)
{
    guint at = 0;

    while (at + 1 < edges->len && g_array_index(edges, mpt, at) < edge)
        at++;
    return (uint16_t)at;
}

/* --- flattening */

static struct flat flatten(struct arena *arena, const struct grid *grid, mpt width, bool side);

static GArray *find_inner(struct arena *arena, const struct flat *flat)
{
    GArray *inner = g_array_new(FALSE, TRUE, sizeof(struct inner));

    for (guint r = 0; r < flat->rows->len; r++) {
        const struct row *row = &g_array_index(flat->rows, struct row, r);

        for (size_t i = 0; i < row->ncell; i++) {
            const struct cell *cell = &row->cells[i];
            const mpt left = flat->edges[cell->column];
            struct inner found = {.row = r, .cell = cell};

            if (!cell->grid)
                continue;
            found.flat =
                flatten(arena, cell->grid, flat->edges[cell->column + cell->colspan] - left, true);
            for (size_t k = 0; k <= found.flat.ncolumn; k++)
                found.flat.edges[k] += left;
            g_array_append_val(inner, found);
        }
    }
    return inner;
}

/* How many rows of the sheet each row takes, so that every inner grid has its own. */
static size_t *count_rows(const struct flat *flat, const GArray *inner)
{
    size_t *counts = g_new(size_t, flat->rows->len);

    for (guint r = 0; r < flat->rows->len; r++)
        counts[r] = 1;
    for (guint i = 0; i < inner->len; i++) {
        const struct inner *of = &g_array_index(inner, struct inner, i);
        const size_t last = of->row + of->cell->rowspan - 1;
        size_t there = 0;

        for (size_t r = of->row; r <= last; r++)
            there += counts[r];
        if (of->flat.rows->len > there)
            counts[last] += of->flat.rows->len - there;
    }
    return counts;
}

static gint compare_cells(gconstpointer a, gconstpointer b)
{
    return (int)((const struct cell *)a)->column - (int)((const struct cell *)b)->column;
}

static void place_cell(GArray **cells, const GArray *edges, const mpt *from, size_t row,
                       struct cell cell, size_t rows)
{
    const uint16_t first = column_at(edges, from[cell.column]);

    cell.colspan = (uint16_t)(column_at(edges, from[cell.column + cell.colspan]) - first);
    cell.column = first;
    cell.rowspan = (uint16_t)rows;
    cell.grid = NULL;
    g_array_append_val(cells[row], cell);
}

/* The inner grid's cells from row start on; the last of them reach down to the cell's end. */
static void place_inner(GArray **cells, mpt *heights, const GArray *edges,
                        const struct inner *inner, size_t start, size_t count)
{
    const GArray *rows = inner->flat.rows;

    for (guint r = 0; r < rows->len; r++) {
        const struct row *row = &g_array_index(rows, struct row, r);

        heights[start + r] = MAX(heights[start + r], row->height);
        for (size_t i = 0; i < row->ncell; i++) {
            const bool last = r + row->cells[i].rowspan >= rows->len;

            place_cell(cells, edges, inner->flat.edges, start + r, row->cells[i],
                       last ? count - r : row->cells[i].rowspan);
        }
    }
}

/* Puts the cells of all grids on the common columns and rows. */
static void merge(struct arena *arena, struct flat *flat, const GArray *inner, const GArray *edges)
{
    size_t *counts = count_rows(flat, inner), *starts = g_new0(size_t, flat->rows->len + 1);
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(struct row)), **cells;
    mpt *heights;
    guint next = 0;

    for (guint r = 0; r < flat->rows->len; r++)
        starts[r + 1] = starts[r] + counts[r];
    const size_t all = starts[flat->rows->len];
    cells = g_new(GArray *, all + 1);
    heights = g_new0(mpt, all + 1);
    for (size_t r = 0; r < all; r++)
        cells[r] = g_array_new(FALSE, TRUE, sizeof(struct cell));
    for (guint r = 0; r < flat->rows->len; r++) {
        const struct row *row = &g_array_index(flat->rows, struct row, r);

        for (size_t k = starts[r]; k < starts[r + 1]; k++)
            heights[k] = row->height / (mpt)counts[r];
        for (size_t i = 0; i < row->ncell; i++) {
            const size_t end = MIN(r + row->cells[i].rowspan, flat->rows->len);
            const size_t count = starts[end] - starts[r];

            if (row->cells[i].grid)
                place_inner(cells, heights, edges, &g_array_index(inner, struct inner, next++),
                            starts[r], count);
            else
                place_cell(cells, edges, flat->edges, starts[r], row->cells[i], count);
        }
    }
    for (size_t r = 0; r < all; r++) {
        struct row row = {.ncell = cells[r]->len, .height = heights[r]};

        g_array_sort(cells[r], compare_cells);
        row.cells = arena_copy(arena, cells[r]->data, row.ncell * sizeof(struct cell));
        g_array_append_val(rows, row);
        g_array_free(cells[r], TRUE);
    }
    g_array_free(flat->rows, TRUE);
    flat->rows = rows;
    g_free(cells);
    g_free(heights);
    g_free(counts);
    g_free(starts);
}

static struct flat flatten(struct arena *arena, const struct grid *grid, mpt width, bool side)
{
    const mpt side_width = side && grid->side ? grid->side_width : 0;
    struct flat flat = {.ncolumn = grid->ncolumn, .rows = rows_of(arena, grid)};
    GArray *inner, *edges;

    flat.edges = edges_of(arena, grid, flat.rows, width - side_width);
    if (side && grid->side) {
        mpt *moved = arena_array(arena, grid->ncolumn + 2, sizeof(*moved));

        for (size_t i = 0; i <= grid->ncolumn; i++)
            moved[i + 1] = flat.edges[i] + side_width;
        flat.edges = moved;
        flat.ncolumn++;
        add_side(arena, flat.rows, grid);
    }
    inner = find_inner(arena, &flat);
    edges = g_array_new(FALSE, FALSE, sizeof(mpt));
    g_array_append_vals(edges, flat.edges, (guint)flat.ncolumn + 1);
    for (guint i = 0; i < inner->len; i++) {
        struct flat *of = &g_array_index(inner, struct inner, i).flat;

        for (size_t k = 1; k < of->ncolumn; k++)
            of->edges[k] =
                shared_edge(edges, of->edges[k], of->edges[k - 1], of->edges[of->ncolumn]);
    }
    if (inner->len > 0) {
        merge(arena, &flat, inner, edges);
        flat.ncolumn = edges->len - 1;
        flat.edges = arena_copy(arena, edges->data, edges->len * sizeof(mpt));
    }
    for (guint i = 0; i < inner->len; i++)
        g_array_free(g_array_index(inner, struct inner, i).flat.rows, TRUE);
    g_array_free(inner, TRUE);
    g_array_free(edges, TRUE);
    return flat;
}

static bool holds_grids(const struct grid *grid)
{
    for (size_t i = 0; i < grid->nfixed; i++)
        for (size_t k = 0; k < grid->fixed[i].ncell; k++)
            if (grid->fixed[i].cells[k].grid)
                return true;
    return false;
}

const struct block *block_flat(struct arena *arena, const struct block *block)
{
    const struct grid *grid = &block->grid;
    struct block *made;
    struct column *columns;
    struct flat flat;
    mpt width = 0;

    if (block->kind != BLOCK_GRID || !holds_grids(grid))
        return block;
    for (size_t i = 0; i < grid->ncolumn; i++)
        width += grid->columns[i].width;
    flat = flatten(arena, grid, width, false);
    columns = arena_array(arena, flat.ncolumn, sizeof(*columns));
    for (size_t i = 0; i < flat.ncolumn; i++)
        columns[i] = (struct column){.name = "",
                                     .width = flat.edges[i + 1] - flat.edges[i],
                                     .field = SIZE_MAX,
                                     .text = true};
    made = arena_copy(arena, block, sizeof(*block));
    made->grid.columns = columns;
    made->grid.ncolumn = flat.ncolumn;
    made->grid.nfixed = flat.rows->len;
    made->grid.fixed = arena_copy(arena, flat.rows->data, flat.rows->len * sizeof(struct row));
    g_array_free(flat.rows, TRUE);
    return made;
}
