/* Spreads the rows of a list over strips side by side. */
#include "typeset/strips.h"

mpt strips_width(const struct grid *grid, mpt measure)
{
    if (grid->across <= 1)
        return measure;
    return (measure - (grid->across - 1) * grid->gutter) / grid->across;
}

static const struct box *box_at(const struct run *run, size_t at)
{
    return &g_array_index(run->boxes, struct box, at);
}

static mpt part_height(const struct grid_plan *plan, const struct grid_part *part)
{
    mpt height = grid_bands(plan, part).above;
    for (size_t i = part->first; i < part->end; i++)
        height += grid_row_height(plan, i, part->grow);
    return height;
}

/* The last place not behind at where a strip that began with box first may end. A strip takes a row
 * at least, whatever holds its rows together. */
static size_t strip_end(const struct run *run, size_t first, size_t at)
{
    for (enum glue most = GLUE_NONE; most <= GLUE_FIRM; most++) {
        size_t end = at;
        while (end > first && box_at(run, end)->glue > most)
            end--;
        if (end > first)
            return end;
    }
    return MAX(at, first + 1);
}

/* One strip after another, none higher than height. false: they do not hold all boxes; *next is the
 * least height that might. */
static bool try_height(struct strips *strips, const struct run *run, size_t first, size_t end,
                       mpt height, mpt *next)
{
    const struct grid_plan *plan = run_grid(run, box_at(run, first));
    const size_t most = (size_t)plan->stats->grid->across;
    *next = G_MAXINT32;
    for (strips->count = 0; strips->count < most && first < end; strips->count++) {
        struct grid_part *part = &strips->parts[strips->count];
        size_t at = first;
        *part = (struct grid_part){.first = box_at(run, first)->index,
                                   .end = box_at(run, first)->index + 1,
                                   .head = plan->stats->grid->nhead > 0,
                                   .grow = run->grow};
        mpt used = grid_bands(plan, part).above;
        for (; at < end; at++) {
            used += grid_row_height(plan, box_at(run, at)->index, run->grow);
            if (used > height)
                break;
        }
        if (at < end) {
            *next = MIN(*next, used);
            at = strip_end(run, first, at);
        }
        part->end = box_at(run, at - 1)->index + 1;
        first = at;
    }
    return first == end;
}

void strips_set(struct strips *strips, const struct run *run, size_t first, size_t end)
{
    mpt next;
    while (!try_height(strips, run, first, end, strips->height, &next))
        strips->height = next;
    /* a row higher than the strips were to be */
    const struct grid_plan *plan = run_grid(run, box_at(run, first));
    for (size_t i = 0; i < strips->count; i++)
        strips->height = MAX(strips->height, part_height(plan, &strips->parts[i]));
}

/* As high as the lowest row of the first strip, for its rows to stand beside. */
static mpt blank_height(const struct grid_plan *plan, const struct grid_part *first)
{
    mpt height = G_MAXINT32;
    for (size_t i = first->first; i < first->end; i++)
        if (plan->rows[i].kind == ROW_DETAIL)
            height = MIN(height, grid_row_height(plan, i, first->grow));
    return height == G_MAXINT32 ? grid_fill_height(plan, first->grow) : height;
}

void strips_level(struct strips *strips, const struct grid_plan *plan)
{
    const struct grid *grid = plan->stats->grid;
    const mpt blank = grid->detail ? blank_height(plan, &strips->parts[0]) : 0;
    const size_t rows = strips->parts[strips->count - 1].end;
    while (blank > 0 && strips->count < (size_t)grid->across)
        strips->parts[strips->count++] = (struct grid_part){
            .first = rows, .end = rows, .head = grid->nhead > 0, .grow = strips->parts[0].grow};
    for (size_t i = 0; i < strips->count; i++) {
        struct grid_part *part = &strips->parts[i];
        const mpt lack = strips->height - part_height(plan, part);
        if (blank > 0 && part->end == plan->nrow)
            part->fill = (size_t)(lack / blank);
        if (part->fill > 0)
            part->fill_extra = lack - (mpt)part->fill * grid_fill_height(plan, part->grow);
        else if (part->end > part->first)
            part->extra = lack;
    }
}
