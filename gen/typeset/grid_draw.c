/* Draws the part of a grid that stands on one page: its rules and its cells. */
#include "typeset/grid.h"

#include <string.h>

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
    mpt left;
    size_t nrow;
    struct shown_row *rows;
    uint32_t *owners; /* nrow x ncolumn: cells of one number are one cell */
};

static uint32_t *owner_at(const struct drawing *drawing, size_t row, size_t column)
{
    return &drawing->owners[row * drawing->grid->ncolumn + column];
}

static void show_rows(struct drawing *drawing, const struct grid_part *part, mpt top)
{
    const struct grid_plan *plan = drawing->plan;
    size_t nhead = part->head ? drawing->grid->nhead : 0, count = part->end - part->first;
    size_t nabove = nhead + (part->group ? 1 : 0);
    drawing->nrow = nabove + count;
    drawing->rows = g_new0(struct shown_row, drawing->nrow);
    for (size_t i = 0; i < drawing->nrow; i++) {
        struct shown_row *row = &drawing->rows[i];
        row->top = top;
        if (i < nhead) {
            row->place = (struct grid_row){.kind = ROW_HEAD, .first = (uint32_t)i};
            row->height = plan->head[i];
        } else if (i < nabove) {
            row->place = *part->group;
            row->height = part->group->height;
            row->continued = true;
        } else {
            size_t k = i - nabove;
            row->place = plan->rows[part->first + k];
            row->height = grid_row_height(plan, part->first + k, part->grow) +
                          (mpt)((int64_t)part->extra * (int64_t)(k + 1) / (int64_t)count -
                                (int64_t)part->extra * (int64_t)k / (int64_t)count);
        }
        top += row->height;
    }
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
    return count;
}

/* Cells of one number have no rule between them; *number is the last one given. */
static void own_cells(struct drawing *drawing, size_t r, const struct row *row, uint32_t *number)
{
    for (size_t i = 0; i < row->ncell; i++) {
        const struct cell *cell = &row->cells[i];
        bool open = i > 0 && cell[-1].open && cell[-1].column + cell[-1].colspan == cell->column;
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
        const struct grid_row *place = &drawing->rows[r].place;
        const struct row *row = grid_template(drawing->grid, place->kind, place->first);
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

static void draw_inner_horizontals(const struct drawing *drawing, const struct grid_part *part)
{
    size_t ncolumn = drawing->grid->ncolumn, nhead = part->head ? drawing->grid->nhead : 0;
    const mpt *edges = drawing->plan->edges;
    for (size_t r = 1; r < drawing->nrow; r++) {
        mpt weight = r == nhead ? RULE_HEAD : RULE_INNER;
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
    for (size_t c = 1; c < drawing->grid->ncolumn; c++) {
        for (size_t r = 0; r < drawing->nrow; r++) {
            size_t first = r;
            while (r < drawing->nrow && *owner_at(drawing, r, c - 1) != *owner_at(drawing, r, c))
                r++;
            if (r > first)
                draw_vertical(drawing, drawing->left + edges[c], drawing->rows[first].top,
                              r < drawing->nrow ? drawing->rows[r].top : bottom, RULE_INNER);
        }
    }
}

static void draw_rules(const struct drawing *drawing, const struct grid_part *part, mpt top,
                       mpt bottom)
{
    mpt outer = drawing->grid->outer ? drawing->grid->outer : RULE_OUTER;
    mpt left = drawing->left, right = left + drawing->plan->edges[drawing->grid->ncolumn];
    if (part->joined_above)
        draw_horizontal(drawing, left, right, top, RULE_INNER);
    else
        draw_horizontal(drawing, left - outer / 2, right + outer / 2, top, outer);
    draw_inner_horizontals(drawing, part);
    if (!part->joined_below)
        draw_horizontal(drawing, left - outer / 2, right + outer / 2, bottom, outer);
    draw_vertical(drawing, left, top, bottom, outer);
    if (drawing->plan->side_width)
        draw_vertical(drawing, left + drawing->plan->side_width, top, bottom, RULE_INNER);
    draw_inner_verticals(drawing, bottom);
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

/* The text at hand, broken; box: the cell's. */
static void draw_text(const struct drawing *drawing, const struct cell *cell, mpt size, mpt left,
                      mpt width, mpt middle, const struct base *base)
{
    struct typeset *typeset = drawing->typeset;
    const char *source = typeset->string->str;
    const struct text_style *style = cell->style;
    size_t nline = typeset->lines.nline;
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
    for (size_t i = 0; i < nline; i++)
        setter_draw_line(typeset, drawing->canvas, style, size, source, i, x, inner,
                         baseline + (mpt)i * leading);
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

static void draw_cell(const struct drawing *drawing, size_t r, const struct cell *cell,
                      const struct row_data *data, const struct base *base)
{
    struct typeset *typeset = drawing->typeset;
    const struct text_style *style = cell->style;
    mpt left = drawing->left + drawing->plan->edges[cell->column];
    mpt width = grid_cell_width(drawing->plan, cell);
    mpt top = drawing->rows[r].top, height = 0;
    for (size_t k = 0; k < rows_covered(drawing, r, cell); k++)
        height += drawing->rows[r + k].height;
    mpt middle = top + height / 2;
    enum cell_tick tick = cell_tick(cell, data);
    if (tick != TICK_NONE) {
        draw_tick(drawing, cell, tick, left, width, middle);
        return;
    }
    g_string_truncate(typeset->string, 0);
    cell_compose(typeset->string, cell, data);
    if (typeset->string->len == 0) {
        if (cell->rule)
            draw_line_to_write_on(drawing, cell, left, width, middle);
        return;
    }
    setter_shape(typeset, style->role, typeset->string->str, typeset->string->len);
    if (cell->vertical) {
        mpt size = style_size(style, drawing->plan->scale);
        setter_draw_vertical(typeset, drawing->canvas, size,
                             setter_ascent(typeset, style->role, size), typeset->string->str, left,
                             top, width, height);
        return;
    }
    mpt size = grid_fit_cell(typeset, drawing->grid, cell, drawing->plan->scale, width);
    draw_text(drawing, cell, size, left, width, middle, base);
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
    draw_cell(drawing, r, &cell, &data, &base);
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

void grid_draw(struct typeset *typeset, const struct canvas *canvas, const struct grid_plan *plan,
               const struct grid_part *part, mpt left, mpt top)
{
    struct drawing drawing = {.typeset = typeset,
                              .canvas = canvas,
                              .plan = plan,
                              .grid = plan->stats->grid,
                              .left = left};
    show_rows(&drawing, part, top);
    if (drawing.nrow == 0) {
        g_free(drawing.rows);
        return;
    }
    const struct shown_row *last = &drawing.rows[drawing.nrow - 1];
    mpt bottom = last->top + last->height;
    find_owners(&drawing);
    if (drawing.grid->rules == RULES_GRID)
        draw_rules(&drawing, part, top, bottom);
    if (drawing.grid->side)
        draw_side(&drawing, top, bottom);
    for (size_t r = 0; r < drawing.nrow; r++) {
        enum row_kind kind = drawing.rows[r].place.kind;
        const struct row *row = grid_template(drawing.grid, kind, drawing.rows[r].place.first);
        if (!row) {
            draw_empty(&drawing, r);
            continue;
        }
        struct row_data data = grid_row_data(drawing.grid, &drawing.rows[r].place);
        data.continued = drawing.rows[r].continued;
        struct base base = row_base(&drawing, row);
        for (size_t i = 0; i < row->ncell; i++)
            draw_cell(&drawing, r, &row->cells[i], &data, &base);
    }
    g_free(drawing.rows);
    g_free(drawing.owners);
}
