/* Tries a unit inline and as 附件, with larger and smaller type, and keeps what suits its pages. */
#include "typeset/fit.h"

/* What the styles of a unit allow. */
struct range {
    bool grow, shrink;
};

static void widen_range(struct range *range, const struct text_style *style)
{
    range->grow = range->grow || style->size_max > style->size;
    range->shrink = range->shrink || (style->size_min && style->size_min < style->size);
}

struct range_walk {
    struct range *range;
    const struct grid *grid;
};

static void widen_range_by_row(void *user, const struct grid_row *place)
{
    const struct range_walk *walk = user;
    const struct row *row = grid_template(walk->grid, place);
    for (size_t i = 0; i < row->ncell; i++)
        widen_range(walk->range, row->cells[i].style);
}

static struct range unit_range(const struct unit *unit)
{
    struct range range = {false, false};
    for (size_t i = 0; i < unit->nblock; i++) {
        const struct block *block = &unit->blocks[i];
        if (block->kind == BLOCK_TEXT && block->text.lines_max == 0)
            widen_range(&range, block->text.style);
        if (block->kind != BLOCK_GRID)
            continue;
        struct range_walk walk = {&range, &block->grid};
        grid_each_template(&block->grid, widen_range_by_row, &walk);
    }
    return range;
}

static bool has_attached(const struct unit *unit)
{
    for (size_t i = 0; i < unit->nblock; i++)
        if (unit->blocks[i].variant == VARIANT_ATTACHED)
            return true;
    return false;
}

static bool fits(const struct unit_plan *plan)
{
    return plan->pages->len <= plan->nrun;
}

/* Larger type must not cost lines that smaller type does not need. */
static bool is_as_good(const struct unit_plan *plan, const struct unit_plan *base, size_t pages)
{
    return plan->pages->len <= pages &&
           (plan->scale <= 0 || (plan->wrapped <= base->wrapped && plan->lacking <= base->lacking));
}

/* As flow_unit, but what went wrong is not heard of. */
static struct unit_plan *try_unit(struct typeset *typeset, const struct unit_stats *stats,
                                  enum variant variant, int scale)
{
    struct findings *unheard = findings_new();
    struct unit_plan *plan = flow_unit(typeset, stats, variant, scale, unheard);
    findings_free(unheard);
    return plan;
}

/* Sets the unit anew at another size; keeps it when it is good and takes at most so many pages. */
static bool try_scale(struct typeset *typeset, struct unit_plan **plan, int scale, size_t pages)
{
    struct unit_plan *other = try_unit(typeset, (*plan)->stats, (*plan)->variant, scale);
    bool good = other && is_as_good(other, *plan, pages);
    unit_plan_free(good ? *plan : other);
    if (good)
        *plan = other;
    return good;
}

/* The largest type up to most that fits, by halves. */
static void grow_type(struct typeset *typeset, struct unit_plan **plan)
{
    const size_t pages = (*plan)->nrun;
    if (try_scale(typeset, plan, SCALE_MOST, pages))
        return;
    bool half = try_scale(typeset, plan, SCALE_MOST / 2, pages);
    try_scale(typeset, plan, half ? SCALE_MOST * 3 / 4 : SCALE_MOST / 4, pages);
}

/* The largest type that saves as many pages as the smallest does. */
static void shrink_type(struct typeset *typeset, struct unit_plan **plan)
{
    enum { LIST = 3 }; /* a list of more pages than this stays readable rather than short */
    const size_t before = (*plan)->pages->len;
    if (before > LIST * (*plan)->nrun || !try_scale(typeset, plan, SCALE_LEAST, before - 1))
        return;
    const size_t pages = (*plan)->pages->len;
    bool half = try_scale(typeset, plan, SCALE_LEAST / 2, pages);
    try_scale(typeset, plan, half ? SCALE_LEAST / 4 : SCALE_LEAST * 3 / 4, pages);
}

struct unit_plan *fit_unit(struct typeset *typeset, const struct unit_stats *stats,
                           struct findings *findings)
{
    struct range range = unit_range(stats->unit);
    enum variant variant = VARIANT_INLINE;
    struct unit_plan *plan = try_unit(typeset, stats, variant, 0);
    if ((!plan || plan->pages->len > 1) && has_attached(stats->unit)) {
        unit_plan_free(plan);
        variant = VARIANT_ATTACHED;
        plan = try_unit(typeset, stats, variant, 0);
    }
    if (!plan && range.shrink)
        plan = try_unit(typeset, stats, variant, SCALE_LEAST);
    if (!plan)
        return flow_unit(typeset, stats, variant, 0, findings); /* says why not */
    if (range.grow && fits(plan))
        grow_type(typeset, &plan);
    else if (range.shrink && !fits(plan))
        shrink_type(typeset, &plan);
    return plan;
}
