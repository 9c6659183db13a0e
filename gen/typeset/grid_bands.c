/* What of a grid comes with pages: repeated heads, 承前页, 本页小计, 累计, 过次页; and rows that
 * are taller than a page. */
#include "typeset/grid.h"

#include <string.h>

static size_t data_rows(const struct grid_plan *plan)
{
    const struct grid *grid = plan->stats->grid;
    return grid->rows && grid->detail ? rowset_rows(grid->rows) : 0;
}

/* How many rows of data end above row index. */
static size_t data_before(const struct grid_plan *plan, size_t index)
{
    if (index == plan->nrow)
        return data_rows(plan);
    const struct grid_row *row = &plan->rows[index];
    switch ((enum row_kind)row->kind) {
    case ROW_GROUP:
    case ROW_DETAIL:
        return row->first;
    case ROW_FOOT:
        return row->end;
    case ROW_TOTAL:
        return plan->stats->grid->total_first ? 0 : data_rows(plan);
    case ROW_FILL:
        return data_rows(plan);
    case ROW_HEAD:
    case ROW_FIXED:
    case ROW_PAGE:
    case ROW_EMPTY:
        break;
    }
    return 0;
}

static bool has_page_rows(const struct grid *grid)
{
    for (size_t i = 0; i < PAGE_ROWS; i++)
        if (grid->page_rows[i])
            return true;
    return false;
}

static void choose_page_rows(const struct grid_plan *plan, struct grid_bands *bands)
{
    const struct grid *grid = plan->stats->grid;
    size_t all = data_rows(plan);
    bool some = bands->data_end > bands->data_first;
    bool whole = bands->data_first == 0 && bands->data_end == all && grid->ntotal > 0;
    const bool shown[PAGE_ROWS] = {
        [PAGE_ROW_CARRIED] = bands->data_first > 0 && bands->data_first < all,
        [PAGE_ROW_SUBTOTAL] = some && !whole,
        [PAGE_ROW_RUNNING] = some && !whole,
        [PAGE_ROW_CARRY] = bands->data_end > 0 && bands->data_end < all,
    };
    for (size_t i = 0; i < PAGE_ROWS; i++)
        bands->page_rows[i] = grid->page_rows[i] && shown[i];
}

static void add_heights(const struct grid_plan *plan, struct grid_bands *bands)
{
    const struct grid *grid = plan->stats->grid;
    for (size_t i = 0; i < PAGE_ROWS; i++) {
        mpt height = bands->page_rows[i] ? plan->page_rows[i] : 0;
        if (i == PAGE_ROW_CARRIED)
            bands->above += height;
        else
            bands->below += height;
        if (i == PAGE_ROW_CARRY ||
            (i != PAGE_ROW_CARRIED && bands->data_first == 0 && grid->ntotal))
            bands->optional += height;
    }
    for (size_t i = 0; i < bands->ncontinued; i++)
        bands->above += plan->heights[bands->continued[i]];
}

static void find_continued(const struct grid_plan *plan, size_t first, struct grid_bands *bands)
{
    uint32_t chain[GROUP_LEVELS];
    size_t count = 0;
    for (uint32_t at = plan->rows[first].parent; at > 0; at = plan->rows[at - 1].parent)
        chain[count++] = at - 1;
    for (size_t i = 0; i < count; i++)
        bands->continued[i] = chain[count - 1 - i];
    bands->ncontinued = count;
}

struct grid_bands grid_bands(const struct grid_plan *plan, const struct grid_part *part)
{
    const struct grid *grid = plan->stats->grid;
    struct grid_bands bands = {.foot_at = part->end, .above = part->head ? plan->head_height : 0};
    if (part->first >= part->end)
        return bands;
    find_continued(plan, part->first, &bands);
    if (has_page_rows(grid) || grid->fill_page || grid->across > 1) {
        bands.data_first = data_before(plan, part->first);
        bands.data_end = data_before(plan, part->end);
        choose_page_rows(plan, &bands);
        while (!grid->total_first && bands.foot_at > part->first &&
               plan->rows[bands.foot_at - 1].kind == ROW_TOTAL)
            bands.foot_at--;
    }
    add_heights(plan, &bands);
    return bands;
}

mpt grid_fill_height(const struct grid_plan *plan, mpt grow)
{
    const struct row *row = plan->stats->grid->detail;
    mpt room = MAX(row->height_max - row->height, 0);
    return row->height + MIN(grow, room);
}

/* --- rows taller than a page */

/* Lines of the row's tallest cell, and how far apart its lines must stand. */
static size_t count_lines(struct typeset *typeset, const struct grid_plan *plan,
                          const struct grid_row *place, mpt *leading)
{
    const struct grid *grid = plan->stats->grid;
    struct row_data data = grid_row_data(grid, place);
    size_t most = 1;
    *leading = 0;
    for (size_t i = 0; i < grid->detail->ncell; i++) {
        const struct cell *cell = &grid->detail->cells[i];
        if (cell->vertical || cell_tick(cell, &data) != TICK_NONE)
            continue;
        g_string_truncate(typeset->string, 0);
        cell_compose(typeset->string, cell, &data);
        setter_shape(typeset, cell->style->role, typeset->string->str, typeset->string->len);
        mpt size = grid_fit_cell(typeset, grid, cell, plan->scale, grid_cell_width(plan, cell));
        most = MAX(most, typeset->lines.nline);
        *leading = MAX(*leading, style_leading(cell->style, size));
    }
    return MIN(most, (size_t)UINT16_MAX);
}

/* Rows and heights while some rows come apart. */
struct slicing {
    GArray *rows;    /* struct grid_row */
    GArray *heights; /* mpt */
};

static void add_slice(struct slicing *slicing, const struct grid_row *row, mpt height)
{
    g_array_append_val(slicing->rows, *row);
    g_array_append_val(slicing->heights, height);
}

static void slice_row(struct typeset *typeset, const struct grid_plan *plan,
                      const struct grid_row *row, struct slicing *slicing)
{
    mpt leading;
    size_t count = count_lines(typeset, plan, row, &leading);
    for (size_t i = 0; i < count; i++) {
        struct grid_row slice = *row;
        mpt height = leading;
        slice.slice = (uint16_t)(i + 1);
        slice.page = row->page && i == 0;
        if (i == 0 || i + 1 == count) /* air to the rules above and below the row */
            height += grid_cushion(plan->stats->grid, leading) / 2;
        if (i > 0) /* as lines of a paragraph: none alone */
            slice.glue = i == 1 || i + 1 == count ? GLUE_SOFT : GLUE_NONE;
        add_slice(slicing, &slice, height);
    }
}

void grid_slice_rows(struct typeset *typeset, struct grid_plan *plan, mpt height)
{
    size_t tall = 0;
    mpt room = height - plan->head_height;
    for (size_t i = 0; i < PAGE_ROWS; i++)
        room -= plan->page_rows[i];
    for (size_t i = 0; i < plan->nrow; i++)
        tall += plan->rows[i].kind == ROW_DETAIL && plan->heights[i] > room;
    if (tall == 0)
        return;
    struct slicing slicing = {g_array_new(FALSE, FALSE, sizeof(struct grid_row)),
                              g_array_new(FALSE, FALSE, sizeof(mpt))};
    uint32_t *moved = g_new(uint32_t, plan->nrow + 1); /* where each row, counted from 1, went */
    moved[0] = 0;
    for (size_t i = 0; i < plan->nrow; i++) {
        struct grid_row row = plan->rows[i];
        row.parent = moved[row.parent];
        if (row.kind == ROW_DETAIL && plan->heights[i] > room)
            slice_row(typeset, plan, &row, &slicing);
        else
            add_slice(&slicing, &row, plan->heights[i]);
        moved[i + 1] = slicing.rows->len;
    }
    g_free(moved);
    g_free(plan->heights);
    plan->faults.sliced += tall;
    plan->nrow = slicing.rows->len;
    plan->rows = plan->own_rows = (struct grid_row *)(void *)g_array_free(slicing.rows, FALSE);
    plan->heights = (mpt *)(void *)g_array_free(slicing.heights, FALSE);
}
