/* Finds a grid's column widths and row heights at one size of type. */
#include "typeset/grid.h"

#include <string.h>

#include "typeset/columns.h"
#include "typeset/diagonal.h"

enum {
    LINE_PITCH = 25512,  /* 9 mm, in 1/1000 pt */
    CUSHION = 300,       /* above and below a cell's text, 1/1000 em: nothing touches a rule */
    SHORT_TEXT = 4 * EM, /* a text up to so long is not wrapped while there is room elsewhere */
    LONG_WORD = 10 * EM, /* a word longer than this may be broken when all else fails */
    ROUNDING = 20,       /* 1/1000 pt, so that a text fits the width computed for it */
    WIDE_DECIMALS = 4    /* a column with more em to spare has its figures in the middle */
};

mpt grid_padding(const struct grid *grid, mpt size)
{
    return (mpt)((int64_t)grid->padding * size / 1000);
}

mpt grid_cushion(const struct grid *grid, mpt size)
{
    return grid->rules == RULES_NONE ? 0 : size * CUSHION / 1000;
}

mpt grid_cell_width(const struct grid_plan *plan, const struct cell *cell)
{
    return plan->edges[cell->column + cell->colspan] - plan->edges[cell->column];
}

mpt grid_lines_height(const struct cell *cell)
{
    return cell->lines * LINE_PITCH;
}

mpt grid_text_height(const struct grid *grid, const struct text_style *style, mpt size,
                     size_t nline)
{
    mpt leading = style_leading(style, size);
    /* Without rules rows follow one another as lines of text do. */
    return (mpt)(nline - 1) * leading + (grid->rules == RULES_NONE ? leading : size);
}

mpt grid_fit_cell(struct typeset *typeset, const struct grid *grid, const struct cell *cell,
                  int scale, mpt width)
{
    const struct text_style *style = cell->style;
    mpt size = style_size(style, scale);
    mpt least = style->size_min ? MIN(style->size_min, size) : size;
    if (style->overflow == OVERFLOW_SHRINK && size > least) {
        em16 natural = setter_natural(typeset, style);
        while (size > least && em_to_mpt(natural, size) > width - 2 * grid_padding(grid, size))
            size = MAX(size - 500, least);
    }
    setter_break(typeset, style, size, MAX(width - 2 * grid_padding(grid, size), 1));
    return size;
}

/* What the cells of one template row ask of the columns. */
struct wishes {
    const struct grid *grid;
    int scale;
    struct column_want *columns; /* ncolumn */
    GArray *spans;               /* struct span_want */
    mpt *before, *after;         /* of the decimal point, ncolumn */
    bool roomy;                  /* the longest 5 % of the texts count too */
    bool wrap_heads;             /* room is scarce: a long head takes two lines */
};

enum patience { KEEP_SHORT_TEXTS, KEEP_WORDS, BREAK_LONG_WORDS, PATIENCES };

static em16 least_width(const struct text_style *style, const struct cell_stats *stats,
                        enum patience patience)
{
    if (style->overflow == OVERFLOW_ERROR) /* may not wrap */
        return stats->most;
    switch (patience) {
    case KEEP_SHORT_TEXTS:
        return MAX(stats->unit, MIN(stats->natural, SHORT_TEXT));
    case KEEP_WORDS:
        return stats->unit;
    case BREAK_LONG_WORDS:
    case PATIENCES:
        break;
    }
    return MIN(stats->unit, LONG_WORD);
}

static em16 wrapped_width(const struct cell_stats *stats)
{
    return MIN(stats->natural, MAX(stats->halved, SHORT_TEXT));
}

static void wish_cell(struct wishes *wishes, const struct cell *cell,
                      const struct cell_stats *stats, bool head, enum patience patience)
{
    const struct text_style *style = cell->style;
    mpt size = style_size(style, wishes->scale);
    mpt least_size =
        style->overflow == OVERFLOW_SHRINK && style->size_min ? MIN(style->size_min, size) : size;
    mpt unit = em_to_mpt(least_width(style, stats, patience), least_size) + ROUNDING +
               2 * grid_padding(wishes->grid, least_size);
    em16 wide = wishes->roomy ? stats->most : stats->natural;
    if (head && wishes->wrap_heads)
        wide = wrapped_width(stats);
    mpt natural = em_to_mpt(wide, size) + ROUNDING + 2 * grid_padding(wishes->grid, size);
    if (stats->most == 0)
        return;
    if (cell->colspan > 1) {
        struct span_want span = {cell->column, cell->colspan, unit, natural};
        g_array_append_val(wishes->spans, span);
        return;
    }
    struct column_want *want = &wishes->columns[cell->column];
    /* A declared width gives way to one character between its rules. */
    mpt one =
        em_to_mpt(MIN(stats->most, EM), least_size) + 2 * grid_padding(wishes->grid, least_size);
    if (want->fixed)
        want->fixed = MAX(want->fixed, one);
    want->unit = MAX(want->unit, unit);
    want->natural = MAX(want->natural, natural);
    if (style->align == ALIGN_DECIMAL) {
        mpt before = em_to_mpt(stats->before_point, size);
        mpt after = em_to_mpt(stats->after_point, size);
        wishes->before[cell->column] = MAX(wishes->before[cell->column], before);
        wishes->after[cell->column] = MAX(wishes->after[cell->column], after);
        mpt block = wishes->before[cell->column] + wishes->after[cell->column] + ROUNDING +
                    2 * grid_padding(wishes->grid, size);
        want->unit = MAX(want->unit, block);
        want->natural = MAX(want->natural, block);
    }
}

/* What the walk over the declared rows carries along. */
struct wish_walk {
    struct wishes *wishes;
    const struct grid_stats *stats;
    enum patience patience;
};

static void wish_row(void *user, const struct grid_row *place)
{
    struct wish_walk *walk = user;
    const struct row *row = grid_template(walk->stats->grid, place);
    const struct cell_stats *cells = grid_cell_stats(walk->stats, place);
    for (size_t i = 0; i < row->ncell; i++)
        wish_cell(walk->wishes, &row->cells[i], &cells[i], place->kind == ROW_HEAD, walk->patience);
}

static void collect_wishes(struct wishes *wishes, const struct grid_stats *stats,
                           enum patience patience)
{
    const struct grid *grid = stats->grid;
    struct wish_walk walk = {wishes, stats, patience};
    g_array_set_size(wishes->spans, 0);
    for (size_t i = 0; i < grid->ncolumn; i++) {
        const struct column *column = &grid->columns[i];
        wishes->before[i] = wishes->after[i] = 0;
        wishes->columns[i] = (struct column_want){.fixed = column->width,
                                                  .least = column->width_min,
                                                  .most = column->width_max,
                                                  .weight = column->weight};
    }
    grid_each_template(grid, wish_row, &walk);
}

static void place_points(struct grid_plan *plan, const struct wishes *wishes)
{
    const struct grid *grid = plan->stats->grid;
    for (size_t i = 0; i < grid->ncolumn; i++) {
        mpt block = wishes->before[i] + wishes->after[i];
        mpt spare = plan->edges[i + 1] - plan->edges[i] - block;
        mpt size = 0;
        for (size_t k = 0; grid->detail && k < grid->detail->ncell; k++)
            if (grid->detail->cells[k].column == i)
                size = style_size(grid->detail->cells[k].style, plan->scale);
        mpt right = grid_padding(grid, size);
        plan->points[i] = wishes->after[i] + (spare > WIDE_DECIMALS * size ? spare / 2 : right);
    }
}

static int64_t sum_natural(const struct wishes *wishes)
{
    int64_t sum = 0;
    for (size_t i = 0; i < wishes->grid->ncolumn; i++) {
        const struct column_want *want = &wishes->columns[i];
        sum += want->fixed ? want->fixed : MAX(want->natural, want->least);
    }
    return sum;
}

static int report_too_wide(const struct grid_plan *plan, const struct wishes *wishes,
                           struct place place, struct findings *findings)
{
    char needed[24], there[24];
    int64_t least = plan->side_width;
    for (size_t i = 0; i < wishes->grid->ncolumn; i++) {
        const struct column_want *want = &wishes->columns[i];
        least += want->fixed ? want->fixed : MAX(want->unit, want->least);
    }
    g_snprintf(needed, sizeof needed, "%.0f", (double)least / MPT_PER_MM + 0.5);
    g_snprintf(there, sizeof there, "%.0f", plan->width / MPT_PER_MM);
    return finding_add(findings, FINDING_LAYOUT_TOO_WIDE, place, needed, there);
}

static int solve_widths(struct grid_plan *plan, struct place place, struct findings *findings)
{
    const struct grid *grid = plan->stats->grid;
    size_t count = grid->ncolumn;
    mpt *widths = g_new0(mpt, count);
    struct wishes wishes = {.grid = grid,
                            .scale = plan->scale,
                            .columns = g_new(struct column_want, count),
                            .spans = g_array_new(FALSE, FALSE, sizeof(struct span_want)),
                            .before = g_new(mpt, count),
                            .after = g_new(mpt, count)};
    mpt total = plan->width - plan->side_width;
    int result = -1;
    wishes.roomy = true;
    collect_wishes(&wishes, plan->stats, KEEP_SHORT_TEXTS);
    if (sum_natural(&wishes) > total) {
        wishes.roomy = false;
        collect_wishes(&wishes, plan->stats, KEEP_SHORT_TEXTS);
        wishes.wrap_heads = plan->lacking = sum_natural(&wishes) > total;
    }
    for (enum patience patience = 0; patience < PATIENCES && result < 0; patience++) {
        collect_wishes(&wishes, plan->stats, patience);
        result = columns_solve(wishes.columns, count,
                               (const struct span_want *)(void *)wishes.spans->data,
                               wishes.spans->len, total, widths);
    }
    plan->edges[0] = plan->side_width;
    for (size_t i = 0; i < count; i++)
        plan->edges[i + 1] = plan->edges[i] + widths[i];
    place_points(plan, &wishes);
    if (result < 0)
        report_too_wide(plan, &wishes, place, findings);
    g_free(widths);
    g_free(wishes.columns);
    g_free(wishes.before);
    g_free(wishes.after);
    g_array_free(wishes.spans, TRUE);
    return result;
}

/* A text that must stand on one line and does not: the first of the block is named. */
static void check_overflow(const struct typeset *typeset, struct grid_plan *plan,
                           const struct cell *cell, const struct row_data *data)
{
    size_t paragraphs = 1;
    for (const char *at = typeset->string->str; *at; at++)
        paragraphs += *at == '\n';
    if (typeset->lines.nline <= paragraphs)
        return;
    if (plan->faults.too_wide++ == 0) {
        plan->faults.wide_row = data->scope.row == SIZE_MAX ? 0 : data->scope.row + 1;
        plan->faults.wide_column = plan->stats->grid->columns[cell->column].name;
    }
}

/* Height a cell's text needs; most are known to fit on one line without looking at their text. */
static mpt text_height(struct typeset *typeset, struct grid_plan *plan, const struct cell *cell,
                       const struct cell_stats *stats, const struct row_data *data)
{
    const struct grid *grid = plan->stats->grid;
    const struct text_style *style = cell->style;
    mpt size = style_size(style, plan->scale), width = grid_cell_width(plan, cell);
    mpt inner = width - 2 * grid_padding(grid, size);
    if (cell->diagonal)
        return em_to_mpt(diagonal_height(cell), size);
    if (!cell->vertical && !stats->paragraphs && inner > 0 && stats->most <= mpt_to_em(inner, size))
        return grid_text_height(grid, style, size, 1) + 2 * grid_cushion(grid, size);
    GString *string = typeset->string;
    g_string_truncate(string, 0);
    if (cell_tick(cell, data) == TICK_NONE)
        cell_compose(string, cell, data);
    setter_shape(typeset, style->role, string->str, string->len);
    if (cell->vertical)
        return setter_vertical_height(typeset, size) + 2 * grid_cushion(grid, size);
    mpt fitted = grid_fit_cell(typeset, grid, cell, plan->scale, width);
    plan->faults.shrunk += fitted < size;
    plan->faults.broken += typeset->lines.word_broken;
    plan->faults.wrapped += typeset->lines.nline - 1;
    if (style->overflow == OVERFLOW_ERROR)
        check_overflow(typeset, plan, cell, data);
    return grid_text_height(grid, style, fitted, typeset->lines.nline) +
           2 * grid_cushion(grid, fitted);
}

static mpt cell_height(struct typeset *typeset, struct grid_plan *plan, const struct cell *cell,
                       const struct cell_stats *stats, const struct row_data *data)
{
    if (cell->grid)
        return grid_inner_height(plan, cell);
    mpt text =
        cell->lines > 0 && cell->npart == 0 ? 0 : text_height(typeset, plan, cell, stats, data);
    return text + grid_lines_height(cell);
}

static mpt row_height(struct typeset *typeset, struct grid_plan *plan, const struct row *row,
                      const struct cell_stats *stats, const struct row_data *data)
{
    mpt height = row->height;
    for (size_t i = 0; i < row->ncell && data->kind != ROW_FILL; i++) {
        const struct cell *cell = &row->cells[i];
        if (cell->rowspan > 1 && (data->kind == ROW_HEAD || data->kind == ROW_FIXED))
            continue;
        mpt needed = cell_height(typeset, plan, cell, &stats[i], data);
        height = MAX(height, needed);
    }
    return height;
}

/* Head and fixed rows: cells over several rows make the last of them taller where they must. */
static void set_heights(struct typeset *typeset, struct grid_plan *plan, enum row_kind kind,
                        size_t count, mpt *heights)
{
    const struct grid_stats *stats = plan->stats;
    for (size_t i = 0; i < count; i++) {
        struct grid_row place = grid_row_of(kind, i);
        struct row_data data = grid_row_data(stats->grid, &place);
        heights[i] = row_height(typeset, plan, grid_template(stats->grid, &place),
                                grid_cell_stats(stats, &place), &data);
    }
    for (size_t i = 0; i < count; i++) {
        struct grid_row place = grid_row_of(kind, i);
        const struct row *row = grid_template(stats->grid, &place);
        struct row_data data = grid_row_data(stats->grid, &place);
        for (size_t k = 0; k < row->ncell; k++) {
            const struct cell *cell = &row->cells[k];
            size_t end = MIN(i + cell->rowspan, count);
            if (cell->rowspan < 2)
                continue;
            mpt need = cell_height(typeset, plan, cell, &grid_cell_stats(stats, &place)[k], &data);
            for (size_t r = i; r < end; r++)
                need -= heights[r];
            if (need > 0)
                heights[end - 1] += need;
        }
    }
}

static mpt empty_height(struct typeset *typeset, const struct grid_plan *plan)
{
    const struct grid *grid = plan->stats->grid;
    const struct text_style *style = grid->empty_style;
    mpt size = style_size(style, plan->scale);
    setter_shape(typeset, style->role, grid->empty, strlen(grid->empty));
    setter_break(typeset, style, size,
                 plan->width - plan->side_width - 2 * grid_padding(grid, size));
    mpt height =
        grid_text_height(grid, style, size, typeset->lines.nline) + 2 * grid_cushion(grid, size);
    return MAX(height, grid->detail ? grid->detail->height : 0);
}

/* A group's head may have to say more when a page break repeats it. */
static mpt repeated_height(struct typeset *typeset, struct grid_plan *plan,
                           const struct grid_row *row)
{
    struct row_data data = grid_row_data(plan->stats->grid, row);
    struct faults faults = plan->faults;
    data.continued = true;
    mpt height = row_height(typeset, plan, grid_template(plan->stats->grid, row),
                            grid_cell_stats(plan->stats, row), &data);
    plan->faults = faults;
    return height;
}

static void measure_page_rows(struct typeset *typeset, struct grid_plan *plan)
{
    const struct grid_stats *stats = plan->stats;
    for (size_t i = 0; i < PAGE_ROWS; i++) {
        struct grid_row place = grid_row_of(ROW_PAGE, i);
        const struct row *row = grid_template(stats->grid, &place);
        struct row_data data = grid_row_data(stats->grid, &place);
        if (row)
            plan->page_rows[i] =
                row_height(typeset, plan, row, grid_cell_stats(stats, &place), &data);
    }
}

static void measure_rows(struct typeset *typeset, struct grid_plan *plan)
{
    const struct grid_stats *stats = plan->stats;
    const struct grid *grid = stats->grid;
    mpt *fixed = g_new(mpt, MAX(grid->nfixed, 1));
    set_heights(typeset, plan, ROW_HEAD, grid->nhead, plan->head);
    for (size_t i = 0; i < grid->nhead; i++)
        plan->head_height += plan->head[i];
    set_heights(typeset, plan, ROW_FIXED, grid->nfixed, fixed);
    measure_page_rows(typeset, plan);
    for (size_t i = 0; i < stats->nrow; i++) {
        const struct grid_row *row = &plan->rows[i];
        mpt *height = &plan->heights[i];
        struct row_data data = grid_row_data(grid, row);
        if (row->kind == ROW_FIXED)
            *height = fixed[row->first];
        else if (row->kind == ROW_EMPTY)
            *height = empty_height(typeset, plan);
        else
            *height = row_height(typeset, plan, grid_template(grid, row),
                                 grid_cell_stats(stats, row), &data);
        if (row->kind == ROW_GROUP) {
            mpt repeated = repeated_height(typeset, plan, row);
            *height = MAX(*height, repeated);
        }
    }
    g_free(fixed);
    if (grid->side) {
        mpt size = style_size(grid->side_style, plan->scale);
        setter_shape(typeset, grid->side_style->role, grid->side, strlen(grid->side));
        plan->side_height = setter_vertical_height(typeset, size) + 2 * grid_cushion(grid, size);
    }
}

struct grid_plan *grid_measure(struct typeset *typeset, const struct grid_stats *stats, int scale,
                               mpt measure, mpt height, struct place place,
                               struct findings *findings)
{
    const struct grid *grid = stats->grid;
    struct grid_plan *plan = g_new0(struct grid_plan, 1);
    plan->stats = stats;
    plan->scale = scale;
    plan->width = grid->width ? MIN(grid->width, measure) : measure;
    if (grid->side) /* unless told: room for one character and some air */
        plan->side_width =
            grid->side_width ? grid->side_width : 2 * style_size(grid->side_style, scale);
    plan->edges = g_new0(mpt, grid->ncolumn + 1);
    plan->points = g_new0(mpt, grid->ncolumn);
    plan->head = g_new0(mpt, MAX(grid->nhead, 1));
    plan->nrow = stats->nrow;
    plan->rows = stats->rows;
    plan->heights = g_new(mpt, MAX(stats->nrow, 1));
    if (solve_widths(plan, place, findings) < 0 ||
        grid_measure_inner(typeset, plan, place, findings) < 0) {
        grid_plan_free(plan);
        return NULL;
    }
    if (grid->rows)
        plan->memo = total_memo_new(grid->rows);
    measure_rows(typeset, plan);
    grid_slice_rows(typeset, plan, height);
    return plan;
}

void grid_plan_free(struct grid_plan *plan)
{
    if (!plan)
        return;
    g_free(plan->edges);
    g_free(plan->points);
    g_free(plan->head);
    g_free(plan->own_rows);
    g_free(plan->heights);
    if (plan->inner)
        g_ptr_array_free(plan->inner, TRUE);
    total_memo_free(plan->memo);
    g_free(plan);
}

mpt grid_row_room(const struct grid_plan *plan, size_t index)
{
    const struct grid_row *place = &plan->rows[index];
    const struct row *row = grid_template(plan->stats->grid, place);
    if (!row || row->height_max <= row->height || place->slice > 0)
        return 0;
    /* A row tall with text gets air as the others do. */
    return MAX(row->height_max - plan->heights[index], (row->height_max - row->height) / 2);
}

mpt grid_row_height(const struct grid_plan *plan, size_t index, mpt grow)
{
    const struct grid_row *place = &plan->rows[index];
    mpt room = grow ? grid_row_room(plan, index) : 0, growth = MIN(grow, room);
    if (room > 0 && place->kind == ROW_FIXED) {
        mpt inner = grid_inner_growth(plan, grid_template(plan->stats->grid, place), grow);
        growth = MAX(growth, inner);
    }
    return plan->heights[index] + growth;
}
