/* Grids in the cells of a form: gathered, measured and drawn with it, each whole and as large as
 * its cell. */
#include "typeset/grid.h"

void grid_gather_inner(struct gather *gather, struct grid_stats *stats, const struct row *row)
{
    for (size_t i = 0; i < row->ncell; i++) {
        if (!row->cells[i].grid)
            continue;
        if (!stats->inner)
            stats->inner = g_ptr_array_new_with_free_func((GDestroyNotify)grid_stats_free);
        g_ptr_array_add(stats->inner, grid_gather(gather, row->cells[i].grid));
    }
}

static const struct grid_stats *stats_of(const struct grid_stats *stats, const struct grid *grid)
{
    for (guint i = 0; i < stats->inner->len; i++) {
        const struct grid_stats *inner = g_ptr_array_index(stats->inner, i);
        if (inner->grid == grid)
            return inner;
    }
    return NULL;
}

static void add_faults(struct faults *faults, const struct faults *inner)
{
    faults->wrapped += inner->wrapped;
    faults->broken += inner->broken;
    faults->shrunk += inner->shrunk;
    if (faults->too_wide == 0) {
        faults->wide_row = inner->wide_row;
        faults->wide_column = inner->wide_column;
    }
    faults->too_wide += inner->too_wide;
}

static int measure_cell(struct typeset *typeset, struct grid_plan *plan, const struct cell *cell,
                        struct place place, struct findings *findings)
{
    struct grid_plan *inner = grid_measure(typeset, stats_of(plan->stats, cell->grid), plan->scale,
                                           grid_cell_width(plan, cell), INT32_MAX, place, findings);
    if (!inner)
        return -1;
    g_ptr_array_add(plan->inner, inner);
    add_faults(&plan->faults, &inner->faults);
    plan->lacking = plan->lacking || inner->lacking;
    return 0;
}

int grid_measure_inner(struct typeset *typeset, struct grid_plan *plan, struct place place,
                       struct findings *findings)
{
    const struct grid *grid = plan->stats->grid;
    int result = 0;
    if (!plan->stats->inner)
        return 0;
    plan->inner = g_ptr_array_new_with_free_func((GDestroyNotify)grid_plan_free);
    for (size_t i = 0; i < grid->nfixed; i++)
        for (size_t k = 0; k < grid->fixed[i].ncell && result == 0; k++)
            if (grid->fixed[i].cells[k].grid)
                result = measure_cell(typeset, plan, &grid->fixed[i].cells[k], place, findings);
    return result;
}

static const struct grid_plan *plan_of(const struct grid_plan *plan, const struct cell *cell)
{
    for (guint i = 0; i < plan->inner->len; i++) {
        const struct grid_plan *inner = g_ptr_array_index(plan->inner, i);
        if (inner->stats->grid == cell->grid)
            return inner;
    }
    return NULL;
}

static struct grid_part whole(const struct grid_plan *plan, mpt grow)
{
    return (struct grid_part){.end = plan->nrow, .head = true, .inner = true, .grow = grow};
}

/* Of its rows, without what its side label lacks. */
static mpt rows_height(const struct grid_plan *plan, mpt grow)
{
    const struct grid_part part = whole(plan, grow);
    const struct grid_bands bands = grid_bands(plan, &part);
    mpt height = bands.above + bands.below;
    for (size_t i = 0; i < plan->nrow; i++)
        height += grid_row_height(plan, i, grow);
    return height;
}

mpt grid_inner_height(const struct grid_plan *plan, const struct cell *cell)
{
    const struct grid_plan *inner = plan_of(plan, cell);
    return MAX(rows_height(inner, 0), inner->side_height);
}

mpt grid_inner_growth(const struct grid_plan *plan, const struct row *row, mpt grow)
{
    mpt growth = 0;
    for (size_t i = 0; plan->inner && i < row->ncell; i++) {
        if (!row->cells[i].grid || row->cells[i].rowspan > 1)
            continue;
        const struct grid_plan *inner = plan_of(plan, &row->cells[i]);
        mpt own = rows_height(inner, grow) - rows_height(inner, 0);
        growth = MAX(growth, own);
    }
    return growth;
}

void grid_draw_inner(struct typeset *typeset, const struct canvas *canvas,
                     const struct grid_plan *plan, const struct cell *cell, mpt grow, mpt left,
                     mpt top, mpt height)
{
    const struct grid_plan *inner = plan_of(plan, cell);
    struct grid_part part = whole(inner, grow);
    part.extra = height - rows_height(inner, grow);
    if (part.extra < 0) {
        part.grow = 0;
        part.extra = height - rows_height(inner, 0);
    }
    grid_draw(typeset, canvas, inner, &part, left, top);
}
