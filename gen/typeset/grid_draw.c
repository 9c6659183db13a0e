/* Draws the part of a grid that stands on one page: its rules and its cells. */
#include "typeset/grid.h"

#include <string.h>

#include "typeset/diagonal.h"

enum {
    RULE_OUTER = 1000, /* looks.md, in 1/1000 pt */
    RULE_HEAD = 750,
    RULE_INNER = 400,
    TICK_SIZE = 800, /* 1/1000 em */
    LINE_BELOW = 180 /* a line to write on stands so far below the baseline, 1/1000 em */
};

/* A row as it stands on the page. */
struct shown_row {
    struct grid_row place;
    mpt top, height;
    bool continued; /* a group's head, repeated */
};

struct drawing {
    struct typeset *typeset;
    const struct canvas *canvas;
    const struct grid_plan *plan;
    const struct grid *grid;
    struct grid_bands bands;
    mpt left, grow;
    size_t nrow, nhead;
    struct shown_row *rows;
    uint32_t *owners; /* nrow x ncolumn: cells of one number are one cell */
};

static uint32_t *owner_at(const struct drawing *drawing, size_t row, size_t column)
{
    return &drawing->owners[row * drawing->grid->ncolumn + column];
}

static struct shown_row *show(struct drawing *drawing, struct grid_row place, mpt height)
{
    struct shown_row *row = &drawing->rows[drawing->nrow++];
    *row = (struct shown_row){.place = place, .height = height};
    return row;
}

static void show_page_rows(struct drawing *drawing, enum page_row first, enum page_row last)
{
    for (size_t i = first; i <= last; i++)
        if (drawing->bands.page_rows[i])
            show(drawing, grid_row_of(ROW_PAGE, i), drawing->plan->page_rows[i]);
}

/* Rows of the plan that stand in the part; what the side label lacks is shared among all. */
static void show_part(struct drawing *drawing, const struct grid_part *part, size_t from,
                      size_t end)
{
    int64_t count = (int64_t)(part->end - part->first);
    for (size_t i = from; i < end; i++) {
        int64_t k = (int64_t)(i - part->first);
        mpt share = (mpt)(part->extra * (k + 1) / count - part->extra * k / count);
        show(drawing, drawing->plan->rows[i],
             grid_row_height(drawing->plan, i, part->grow) + share);
    }
}

static void show_rows(struct drawing *drawing, const struct grid_part *part, mpt top)
{
    const struct grid_plan *plan = drawing->plan;
    const struct grid_bands *bands = &drawing->bands;
    drawing->nhead = part->head ? drawing->grid->nhead : 0;
    drawing->rows = g_new(struct shown_row, drawing->nhead + PAGE_ROWS + GROUP_LEVELS + part->end -
                                                part->first + part->fill);
    for (size_t i = 0; i < drawing->nhead; i++)
        show(drawing, grid_row_of(ROW_HEAD, i), plan->head[i]);
    show_page_rows(drawing, PAGE_ROW_CARRIED, PAGE_ROW_CARRIED);
    for (size_t i = 0; i < bands->ncontinued; i++) {
        const struct grid_row *head = &plan->rows[bands->continued[i]];
        show(drawing, *head, plan->heights[bands->continued[i]])->continued = true;
    }
    show_part(drawing, part, part->first, bands->foot_at);
    for (size_t i = 0; i < part->fill; i++)
        show(drawing, grid_row_of(ROW_FILL, 0),
             grid_fill_height(plan, part->grow) + part->fill_extra / (mpt)part->fill);
    show_page_rows(drawing, PAGE_ROW_SUBTOTAL, PAGE_ROW_CARRY);
    show_part(drawing, part, bands->foot_at, part->end);
    for (size_t i = 0; i < drawing->nrow; i++) {
        drawing->rows[i].top = top;
        top += drawing->rows[i].height;
    }
}

static struct row_data shown_data(const struct drawing *drawing, const struct shown_row *row)
{
    const struct grid_bands *bands = &drawing->bands;
    struct row_data data = grid_row_data(drawing->grid, &row->place);
    data.continued = row->continued;
    if (row->place.kind != ROW_PAGE)
        return data;
    data.scope.widest = false;
    data.scope.memo = drawing->plan->memo;
    data.scope.count = row->place.level == PAGE_ROW_CARRIED ? bands->data_first : bands->data_end;
    if (row->place.level == PAGE_ROW_SUBTOTAL) {
        data.scope.memo = NULL;
        data.scope.first = bands->data_first;
        data.scope.count -= bands->data_first;
    }
    return data;
}

/* Does the row go on with the slice of the row above? */
static bool goes_on(const struct drawing *drawing, size_t r)
{
    const struct grid_row *row = &drawing->rows[r].place;
    return row->slice > 1 && r > 0 && drawing->rows[r - 1].place.slice == row->slice - 1;
}

/* Is the cell one with that of the row above it? */
static bool is_merged(const struct drawing *drawing, size_t r, const struct cell *cell)
{
    const struct grid *grid = drawing->grid;
    if (r == 0 || !cell->merge)
        return false;
    const struct grid_row *row = &drawing->rows[r].place, *above = &drawing->rows[r - 1].place;
    if (row->kind != ROW_DETAIL || above->kind != ROW_DETAIL || row->slice || above->slice)
        return false;
    for (const struct cell *left = grid->detail->cells; left <= cell; left++)
        if (left->merge &&
            !parts_same(left->parts, left->npart, grid->rows, above->first, row->first))
            return false;
    return true;
}

static bool spans_rows(enum row_kind kind)
{
    return kind == ROW_HEAD || kind == ROW_FIXED;
}

/* How many of the rows shown a cell of row covers. */
static size_t rows_covered(const struct drawing *drawing, size_t row, const struct cell *cell)
{
    enum row_kind kind = drawing->rows[row].place.kind;
    size_t count = 1;
    while (spans_rows(kind) && count < cell->rowspan && row + count < drawing->nrow &&
           drawing->rows[row + count].place.kind == kind)
        count++;
    while (row + count < drawing->nrow && is_merged(drawing, row + count, cell))
        count++;
    return count;
}

/* Cells of one number have no rule between them; *number is the last one given. */
static void own_cells(struct drawing *drawing, size_t r, const struct row *row, uint32_t *number)
{
    for (size_t i = 0; i < row->ncell; i++) {
        const struct cell *cell = &row->cells[i];
        bool open = i > 0 && cell[-1].open && cell[-1].column + cell[-1].colspan == cell->column;
        if (is_merged(drawing, r, cell)) /* the cell above has it already */
            continue;
        if (!open)
            (*number)++;
        for (size_t k = 0; k < rows_covered(drawing, r, cell); k++)
            for (size_t c = cell->column; c < (size_t)cell->column + cell->colspan; c++)
                *owner_at(drawing, r + k, c) = *number;
    }
}

static void find_owners(struct drawing *drawing)
{
    size_t ncolumn = drawing->grid->ncolumn;
    uint32_t number = 0;
    drawing->owners = g_new0(uint32_t, drawing->nrow * ncolumn);
    for (size_t r = 0; r < drawing->nrow; r++) {
        const struct row *row = grid_template(drawing->grid, &drawing->rows[r].place);
        if (goes_on(drawing, r)) {
            memcpy(owner_at(drawing, r, 0), owner_at(drawing, r - 1, 0),
                   ncolumn * sizeof *drawing->owners);
            continue;
        }
        if (row)
            own_cells(drawing, r, row, &number);
        else /* what stands in place of no rows goes over all columns */
            number++;
        for (size_t c = 0; c < ncolumn; c++)
            if (*owner_at(drawing, r, c) == 0)
                *owner_at(drawing, r, c) = row ? ++number : number;
    }
}

/* Rules are centred on the edges; runs end in the middle of the rule they meet. */
static void draw_horizontal(const struct drawing *drawing, mpt x, mpt end, mpt y, mpt weight)
{
    display_box(drawing->canvas->display, PAGE_RULE, x, y - weight / 2, end - x, weight);
}

static void draw_vertical(const struct drawing *drawing, mpt x, mpt y, mpt end, mpt weight)
{
    display_box(drawing->canvas->display, PAGE_RULE, x - weight / 2, y, weight, end - y);
}

static mpt weight_or(mpt weight, mpt usual)
{
    return weight ? weight : usual;
}

static void draw_inner_horizontals(const struct drawing *drawing)
{
    const struct grid *grid = drawing->grid;
    bool all = grid->rules == RULES_GRID || grid->rules == RULES_ROWS;
    size_t ncolumn = grid->ncolumn;
    const mpt *edges = drawing->plan->edges;
    for (size_t r = 1; r < drawing->nrow; r++) {
        bool head = r == drawing->nhead;
        mpt weight = head ? weight_or(grid->weights.head, RULE_HEAD)
                          : weight_or(grid->weights.inner, RULE_INNER);
        if (!all && !head && r > drawing->nhead)
            continue;
        for (size_t c = 0; c < ncolumn; c++) {
            size_t first = c;
            while (c < ncolumn && *owner_at(drawing, r - 1, c) != *owner_at(drawing, r, c))
                c++;
            if (c > first)
                draw_horizontal(drawing, drawing->left + edges[first], drawing->left + edges[c],
                                drawing->rows[r].top, weight);
        }
    }
}

static void draw_inner_verticals(const struct drawing *drawing, mpt bottom)
{
    const mpt *edges = drawing->plan->edges;
    mpt weight = weight_or(drawing->grid->weights.inner, RULE_INNER);
    for (size_t c = 1; c < drawing->grid->ncolumn; c++) {
        for (size_t r = 0; r < drawing->nrow; r++) {
            size_t first = r;
            while (r < drawing->nrow && *owner_at(drawing, r, c - 1) != *owner_at(drawing, r, c))
                r++;
            if (r > first)
                draw_vertical(drawing, drawing->left + edges[c], drawing->rows[first].top,
                              r < drawing->nrow ? drawing->rows[r].top : bottom, weight);
        }
    }
}

static void draw_rules(const struct drawing *drawing, const struct grid_part *part, mpt top,
                       mpt bottom)
{
    const struct grid *grid = drawing->grid;
    mpt outer = weight_or(grid->weights.outer, RULE_OUTER);
    mpt inner = weight_or(grid->weights.inner, RULE_INNER);
    mpt left = drawing->left, right = left + drawing->plan->edges[grid->ncolumn];
    bool sides = grid->rules != RULES_THREE;
    mpt over = sides ? outer / 2 : 0;
    if (part->joined_above)
        draw_horizontal(drawing, left, right, top, inner);
    else if (!part->inner)
        draw_horizontal(drawing, left - over, right + over, top, outer);
    draw_inner_horizontals(drawing);
    if (!part->joined_below && !part->inner)
        draw_horizontal(drawing, left - over, right + over, bottom, outer);
    if (!sides)
        return;
    if (!part->inner)
        draw_vertical(drawing, left, top, bottom, outer);
    if (drawing->plan->side_width)
        draw_vertical(drawing, left + drawing->plan->side_width, top, bottom, inner);
    if (grid->rules == RULES_GRID)
        draw_inner_verticals(drawing, bottom);
    if (!part->inner)
        draw_vertical(drawing, right, top, bottom, outer);
}

/* The baseline that cells of one line share: that of the largest type in the row. */
struct base {
    enum face_role role;
    mpt size;
};

static struct base row_base(const struct drawing *drawing, const struct row *row)
{
    struct base base = {ROLE_BODY, 0};
    for (size_t i = 0; i < row->ncell; i++) {
        const struct text_style *style = row->cells[i].style;
        mpt size = style_size(style, drawing->plan->scale);
        if (!row->cells[i].vertical && row->cells[i].npart > 0 && size > base.size)
            base = (struct base){style->role, size};
    }
    return base;
}

static mpt shared_baseline(const struct drawing *drawing, const struct base *base, mpt middle,
                           enum face_role role, mpt size)
{
    const struct typeset *typeset = drawing->typeset;
    return middle + setter_rise(typeset, base->role, base->size) +
           em_to_mpt(typeset->descent[base->role] - typeset->descent[role], size);
}

static void draw_tick(const struct drawing *drawing, const struct cell *cell, enum cell_tick tick,
                      mpt left, mpt width, mpt middle)
{
    mpt size = style_size(cell->style, drawing->plan->scale), box = size * TICK_SIZE / 1000;
    mpt padding = grid_padding(drawing->grid, size);
    mpt x = left + (width - box) / 2;
    if (cell->style->align == ALIGN_LEFT || cell->style->align == ALIGN_JUSTIFY)
        x = left + padding;
    else if (cell->style->align == ALIGN_RIGHT)
        x = left + width - padding - box;
    if (tick != TICK_BLANK)
        display_box(drawing->canvas->display, tick == TICK_YES ? PAGE_TICK : PAGE_CROSS, x,
                    middle - box / 2, box, box);
}

/* Lines first to end of the text at hand, broken; box: the cell's. */
static void draw_text(const struct drawing *drawing, const struct cell *cell, mpt size,
                      size_t first, size_t end, mpt left, mpt width, mpt middle,
                      const struct base *base)
{
    struct typeset *typeset = drawing->typeset;
    const char *source = typeset->string->str;
    const struct text_style *style = cell->style;
    size_t nline = end - first;
    mpt leading = style_leading(style, size), padding = grid_padding(drawing->grid, size);
    mpt baseline =
        middle + setter_rise(typeset, style->role, size) - (mpt)(nline - 1) * leading / 2;
    if (nline == 1 && cell->rowspan == 1)
        baseline = shared_baseline(drawing, base, middle, style->role, size);
    mpt x = left + padding, inner = width - 2 * padding;
    if (style->align == ALIGN_DECIMAL && cell->colspan == 1 && nline == 1) {
        mpt before = em_to_mpt(setter_before_point(typeset), size);
        mpt natural = em_to_mpt(setter_natural(typeset, style), size);
        mpt start = left + width - drawing->plan->points[cell->column] - before;
        if (start >= x && start + natural <= x + inner)
            inner = start + natural - x;
    }
    for (size_t i = first; i < end; i++)
        setter_draw_line(typeset, drawing->canvas, style, size, source, i, x, inner,
                         baseline + (mpt)(i - first) * leading);
}

static void draw_line_to_write_on(const struct drawing *drawing, const struct cell *cell, mpt left,
                                  mpt width, mpt middle)
{
    mpt size = style_size(cell->style, drawing->plan->scale);
    mpt padding = grid_padding(drawing->grid, size);
    mpt baseline = middle + setter_rise(drawing->typeset, cell->style->role, size);
    draw_horizontal(drawing, left + padding, left + width - padding,
                    baseline + size * LINE_BELOW / 1000, RULE_INNER);
}

/* Lines to write on fill the cell from its text down; where rows are ruled, the cell's own rule is
 * the last. */
static void draw_ruled_lines(const struct drawing *drawing, const struct cell *cell, mpt left,
                             mpt width, mpt top, mpt bottom)
{
    const struct grid *grid = drawing->grid;
    bool ruled = grid->rules == RULES_GRID || grid->rules == RULES_ROWS;
    mpt padding = grid_padding(grid, style_size(cell->style, drawing->plan->scale));
    for (int i = 1; i <= cell->lines - ruled; i++)
        draw_horizontal(drawing, left + padding, left + width - padding,
                        top + (mpt)((int64_t)(bottom - top) * i / cell->lines), RULE_INNER);
}

/* The line of a cell that stands in this slice of its row; at a page's top, behind the cells that
 * have come to their end, 续. */
static void draw_slice(const struct drawing *drawing, size_t r, const struct cell *cell, mpt size,
                       mpt left, mpt width, mpt middle, const struct base *base, bool *marked)
{
    struct typeset *typeset = drawing->typeset;
    size_t line = (size_t)drawing->rows[r].place.slice - 1;
    if (line < typeset->lines.nline) {
        draw_text(drawing, cell, size, line, line + 1, left, width, middle, base);
    } else if (!goes_on(drawing, r) && !*marked) {
        struct text_style style = *cell->style;
        struct cell mark = *cell;
        style.overflow = OVERFLOW_SHRINK;
        style.align = ALIGN_CENTER;
        mark.style = &style;
        g_string_assign(typeset->string, CELL_CONTINUED);
        setter_shape(typeset, style.role, typeset->string->str, typeset->string->len);
        size = grid_fit_cell(typeset, drawing->grid, &mark, drawing->plan->scale, width);
        draw_text(drawing, &mark, size, 0, typeset->lines.nline, left, width, middle, base);
        *marked = true;
    }
}

static void draw_cell(const struct drawing *drawing, size_t r, const struct cell *cell,
                      const struct row_data *data, const struct base *base, bool *marked)
{
    struct typeset *typeset = drawing->typeset;
    const struct text_style *style = cell->style;
    mpt left = drawing->left + drawing->plan->edges[cell->column];
    mpt width = grid_cell_width(drawing->plan, cell);
    mpt top = drawing->rows[r].top, height = 0;
    size_t slice = drawing->rows[r].place.slice;
    if (is_merged(drawing, r, cell))
        return;
    for (size_t k = 0; k < rows_covered(drawing, r, cell); k++)
        height += drawing->rows[r + k].height;
    mpt bottom = top + height, middle = top + height / 2;
    if (cell->grid) {
        grid_draw_inner(typeset, drawing->canvas, drawing->plan, cell, drawing->grow, left, top,
                        height);
        return;
    }
    enum cell_tick tick = cell_tick(cell, data);
    if (tick != TICK_NONE) {
        if (slice <= 1)
            draw_tick(drawing, cell, tick, left, width, middle);
        return;
    }
    g_string_truncate(typeset->string, 0);
    cell_compose(typeset->string, cell, data);
    if (typeset->string->len == 0) {
        if (cell->rule && slice <= 1)
            draw_line_to_write_on(drawing, cell, left, width, middle);
        draw_ruled_lines(drawing, cell, left, width, top, bottom);
        return;
    }
    setter_shape(typeset, style->role, typeset->string->str, typeset->string->len);
    if (cell->diagonal) {
        mpt inner = weight_or(drawing->grid->weights.inner, RULE_INNER);
        diagonal_draw(typeset, drawing->canvas, cell, style_size(style, drawing->plan->scale),
                      inner, &(struct diagonal_box){left, top, width, height});
        return;
    }
    if (cell->vertical) {
        mpt size = style_size(style, drawing->plan->scale);
        if (slice <= 1)
            setter_draw_vertical(typeset, drawing->canvas, size,
                                 setter_ascent(typeset, style->role, size), typeset->string->str,
                                 left, top, width, height);
        return;
    }
    mpt size = grid_fit_cell(typeset, drawing->grid, cell, drawing->plan->scale, width);
    if (cell->lines > 0) {
        mpt text = grid_text_height(drawing->grid, style, size, typeset->lines.nline) +
                   2 * grid_cushion(drawing->grid, size);
        draw_ruled_lines(drawing, cell, left, width, top + text, bottom);
        middle = top + text / 2;
    }
    if (slice > 0)
        draw_slice(drawing, r, cell, size, left, width, middle, base, marked);
    else
        draw_text(drawing, cell, size, 0, typeset->lines.nline, left, width, middle, base);
}

static void draw_empty(const struct drawing *drawing, size_t r)
{
    const struct grid *grid = drawing->grid;
    struct part part = {.kind = PART_LITERAL, .text = grid->empty};
    struct cell cell = {.column = 0,
                        .colspan = (uint16_t)grid->ncolumn,
                        .rowspan = 1,
                        .npart = 1,
                        .parts = &part,
                        .style = grid->empty_style};
    struct row_data data = {.kind = ROW_EMPTY};
    struct base base = {grid->empty_style->role,
                        style_size(grid->empty_style, drawing->plan->scale)};
    draw_cell(drawing, r, &cell, &data, &base, &(bool){false});
}

static void draw_side(const struct drawing *drawing, mpt top, mpt bottom)
{
    struct typeset *typeset = drawing->typeset;
    const struct text_style *style = drawing->grid->side_style;
    const char *side = drawing->grid->side;
    mpt size = style_size(style, drawing->plan->scale);
    setter_shape(typeset, style->role, side, strlen(side));
    setter_draw_vertical(typeset, drawing->canvas, size, setter_ascent(typeset, style->role, size),
                         side, drawing->left, top, drawing->plan->side_width, bottom - top);
}

static void draw_row(const struct drawing *drawing, size_t r)
{
    const struct row *row = grid_template(drawing->grid, &drawing->rows[r].place);
    if (!row) {
        draw_empty(drawing, r);
        return;
    }
    struct row_data data = shown_data(drawing, &drawing->rows[r]);
    struct base base = row_base(drawing, row);
    bool marked = false;
    for (size_t i = 0; i < row->ncell; i++)
        draw_cell(drawing, r, &row->cells[i], &data, &base, &marked);
}

void grid_draw(struct typeset *typeset, const struct canvas *canvas, const struct grid_plan *plan,
               const struct grid_part *part, mpt left, mpt top)
{
    struct drawing drawing = {.typeset = typeset,
                              .canvas = canvas,
                              .plan = plan,
                              .grid = plan->stats->grid,
                              .bands = grid_bands(plan, part),
                              .left = left,
                              .grow = part->grow};
    show_rows(&drawing, part, top);
    if (drawing.nrow > 0) {
        const struct shown_row *last = &drawing.rows[drawing.nrow - 1];
        mpt bottom = last->top + last->height;
        find_owners(&drawing);
        if (drawing.grid->rules != RULES_NONE)
            draw_rules(&drawing, part, top, bottom);
        if (drawing.grid->side)
            draw_side(&drawing, top, bottom);
        for (size_t r = 0; r < drawing.nrow; r++)
            draw_row(&drawing, r);
    }
    g_free(drawing.rows);
    g_free(drawing.owners);
}
