/* Measures a unit's blocks, stretch by stretch between its sections, and draws them. */
#include "typeset/flow_run.h"

#include <string.h>

#include "typeset/strips.h"
#include "typeset/title.h"

enum { TAIL_LINES = 3 };

const struct page_setup *unit_page(const struct document *document, const struct unit *unit,
                                   const struct section *section)
{
    if (section && section->page)
        return section->page;
    return unit->page ? unit->page : &document->page;
}

struct area page_area(const struct page_setup *setup, bool back)
{
    return (struct area){.width = setup->width,
                         .height = setup->height,
                         .left = setup->left + (setup->turned || back ? 0 : setup->binding),
                         .top = setup->top + (setup->turned && !back ? setup->binding : 0),
                         .inner_width = page_inner_width(setup),
                         .inner_height = page_inner_height(setup)};
}

mpt flow_break_text(struct typeset *typeset, const struct block_text *text, int scale, mpt width,
                    bool *too_long)
{
    *too_long = false;
    setter_shape(typeset, text->style->role, text->text, strlen(text->text));
    if (text->lines_max > 0) /* a title's size_min is for its lines, not for the page */
        return title_break(typeset, text->style, style_size(text->style, MAX(scale, 0)), text->text,
                           width, (size_t)text->lines_max, too_long);
    mpt size = style_size(text->style, scale);
    setter_break(typeset, text->style, size, width);
    return size;
}

/* GB/T 9704 and CLREQ: no single line of a paragraph at a page's foot or top; a title stays with
 * what it heads. */
static void add_text(struct run *run, size_t number, const struct block_text *text, bool glued)
{
    struct typeset *typeset = run->typeset;
    bool too_long;
    mpt size = flow_break_text(typeset, text, run->plan->scale, run->area.inner_width, &too_long);
    size_t nline = typeset->lines.nline;
    run->sizes[number] = size;
    run->plan->faults[number] =
        (struct faults){.broken = typeset->lines.word_broken, .overlong = too_long};
    for (size_t i = 0; i < nline; i++) {
        bool edge = i == 1 || (i > 0 && i + 1 == nline);
        bool firm = i == 0 ? glued || text->follows : text->lines_max > 0;
        run_add_box(run->boxes, number, i, style_leading(text->style, size),
                    firm   ? GLUE_FIRM
                    : edge ? GLUE_SOFT
                           : GLUE_NONE);
    }
}

static int add_grid(struct run *run, size_t number, const struct block *block, bool glued)
{
    struct unit_plan *plan = run->plan;
    const struct grid *grid = &block->grid;
    struct grid_plan *measured = grid_measure(run->typeset, plan->stats->grids[number], plan->scale,
                                              strips_width(grid, run->area.inner_width),
                                              run->area.inner_height, block->place, run->findings);
    if (!measured)
        return -1;
    plan->grids[number] = measured;
    g_ptr_array_add(plan->measured, measured);
    plan->faults[number] = measured->faults;
    plan->wrapped += measured->faults.wrapped;
    plan->lacking = plan->lacking || measured->lacking;
    for (size_t i = 0; i < measured->nrow; i++) {
        enum glue glue = measured->rows[i].glue;
        if (i == 0 ? glued : grid->keep)
            glue = MAX(glue, GLUE_FIRM);
        run_add_box(run->boxes, number, i, measured->heights[i], glue)->page =
            measured->rows[i].page;
    }
    return 0;
}

static int add_figure(struct run *run, size_t number, const struct block *block, bool glued)
{
    const mpt measure = run->area.inner_width;
    mpt width = figure_width(&block->figure, measure);
    mpt height = figure_height(run->typeset, &block->figure, measure);
    if (width > measure || height > run->area.inner_height) {
        char text[4][24];
        const mpt lengths[] = {width, height, measure, run->area.inner_height};
        for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++)
            g_snprintf(text[i], sizeof text[i], "%.0f", lengths[i] / MPT_PER_MM);
        return finding_add(run->findings, FINDING_LAYOUT_FIGURE_TOO_LARGE, block->place, text[0],
                           text[1], text[2], text[3]);
    }
    run->plan->faults[number].unplaced = figure_unplaced(run->typeset, &block->figure, measure);
    run_add_box(run->boxes, number, 0, height, glued ? GLUE_FIRM : GLUE_NONE);
    return 0;
}

static void mark_run(struct unit_plan *plan, const char *section, size_t first_page)
{
    if (section && first_page < plan->pages->len) {
        struct page_mark mark = {.title = section, .page = first_page + 1, .level = 2};
        g_array_append_val(plan->marks, mark);
    }
    for (size_t p = first_page; p < plan->pages->len; p++) {
        const struct page_plan *page = &g_array_index(plan->pages, struct page_plan, p);
        for (size_t i = 0; i < page->npiece; i++) {
            const struct piece *piece =
                &g_array_index(plan->pieces, struct piece, page->first_piece + i);
            if (piece->block->kind == BLOCK_TEXT && piece->block->text.outline > 0 &&
                piece->part.first == 0) {
                struct page_mark mark = {
                    .title = piece->block->text.text, .page = p + 1, .y = piece->top, .level = 2};
                g_array_append_val(plan->marks, mark);
            }
        }
    }
}

static bool is_in(const struct block *block, enum variant variant)
{
    return block->variant == VARIANT_BOTH || block->variant == variant;
}

/* A short text or a signature that ends a run, under a grid as a rule, does not get a page of its
 * own: it takes the row above along. */
static void glue_tail(struct run *run)
{
    if (run->boxes->len < 2)
        return;
    struct box *boxes = &g_array_index(run->boxes, struct box, 0);
    size_t end = run->boxes->len;
    while (end > 1) {
        size_t first = end - 1;
        while (first > 0 && boxes[first - 1].block == boxes[first].block)
            first--;
        const struct block *block = run_block(run, &boxes[first]);
        bool text = block->kind == BLOCK_TEXT && end - first <= TAIL_LINES;
        bool signature = block->kind == BLOCK_GRID && block->grid.keep;
        if (!text && !signature)
            return;
        for (size_t i = first; i < end; i++)
            boxes[i].glue = MAX(boxes[i].glue, GLUE_FIRM);
        if (text)
            return;
        end = first;
    }
}

/* Measures the blocks from number at up to the next section, and breaks them into pages. */
static int flow_run(struct run *run, size_t *at)
{
    const struct unit *unit = run->plan->stats->unit;
    enum variant variant = run->plan->variant;
    bool glued = false;
    for (; *at < unit->nblock; (*at)++) {
        const struct block *block = &unit->blocks[*at];
        if (!is_in(block, variant))
            continue;
        if (block->kind == BLOCK_SECTION)
            break;
        int added = 0;
        if (block->kind == BLOCK_TEXT)
            add_text(run, *at, &block->text, glued);
        else if (block->kind == BLOCK_GRID)
            added = add_grid(run, *at, block, glued);
        else
            added = add_figure(run, *at, block, glued);
        if (added < 0)
            return -1;
        glued = block->kind == BLOCK_TEXT && block->text.lines_max > 0;
    }
    glue_tail(run);
    if (run_break(run) < 0)
        return -1;
    if (run->plan->stats->document->fill)
        run_fill(run);
    run->plan->nrun += run->npage > 0;
    return 0;
}

static int measure_continued(struct typeset *typeset, struct unit_plan *plan,
                             const struct area *area, struct findings *findings)
{
    if (!plan->stats->continued)
        return 0;
    plan->continued =
        grid_measure(typeset, plan->stats->continued, plan->scale, area->inner_width,
                     area->inner_height, plan->stats->unit->continued->place, findings);
    if (!plan->continued)
        return -1;
    g_ptr_array_add(plan->measured, plan->continued);
    return 0;
}

static int flow_runs(struct typeset *typeset, struct unit_plan *plan, struct findings *findings)
{
    const struct document *document = plan->stats->document;
    const struct unit *unit = plan->stats->unit;
    const struct section *section = NULL;
    size_t at = 0;
    int result = 0;
    struct run run = {.typeset = typeset,
                      .plan = plan,
                      .findings = findings,
                      .boxes = g_array_new(FALSE, FALSE, sizeof(struct box)),
                      .starts = g_array_new(FALSE, FALSE, sizeof(size_t)),
                      .sizes = g_new0(mpt, MAX(unit->nblock, 1))};
    while (result == 0 && at < unit->nblock) {
        const struct block *block = &unit->blocks[at];
        if (block->kind == BLOCK_SECTION && is_in(block, plan->variant)) {
            section = &block->section;
            at++;
        }
        g_array_set_size(run.boxes, 0);
        g_array_set_size(run.starts, 0);
        run.first_page = plan->pages->len;
        run.first_piece = plan->pieces->len;
        run.section = section;
        run.area = page_area(unit_page(document, unit, section), false);
        result = measure_continued(typeset, plan, &run.area, findings);
        if (result == 0)
            result = flow_run(&run, &at);
        mark_run(plan, section ? section->name : NULL, run.first_page);
    }
    g_array_free(run.boxes, TRUE);
    g_array_free(run.starts, TRUE);
    g_free(run.sizes);
    return result;
}

static void free_measured(void *plan)
{
    grid_plan_free(plan);
}

struct unit_plan *flow_unit(struct typeset *typeset, const struct unit_stats *stats,
                            enum variant variant, int scale, struct findings *findings)
{
    struct unit_plan *plan = g_new0(struct unit_plan, 1);
    plan->stats = stats;
    plan->variant = variant;
    plan->scale = scale;
    plan->grids = g_new0(struct grid_plan *, MAX(stats->unit->nblock, 1));
    plan->faults = g_new0(struct faults, MAX(stats->unit->nblock, 1));
    plan->measured = g_ptr_array_new_with_free_func(free_measured);
    plan->pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
    plan->pages = g_array_new(FALSE, FALSE, sizeof(struct page_plan));
    plan->marks = g_array_new(FALSE, FALSE, sizeof(struct page_mark));
    if (flow_runs(typeset, plan, findings) < 0) {
        unit_plan_free(plan);
        return NULL;
    }
    if (plan->pages->len == 0) { /* a unit of nothing is a blank page */
        struct page_plan blank = {.section = NULL};
        g_array_append_val(plan->pages, blank);
        plan->nrun = 1;
    }
    return plan;
}

void unit_plan_free(struct unit_plan *plan)
{
    if (!plan)
        return;
    g_ptr_array_free(plan->measured, TRUE);
    g_free(plan->grids);
    g_free(plan->faults);
    g_array_free(plan->pieces, TRUE);
    g_array_free(plan->pages, TRUE);
    g_array_free(plan->marks, TRUE);
    g_free(plan);
}

void flow_draw_piece(struct typeset *typeset, const struct canvas *canvas,
                     const struct unit_plan *plan, const struct piece *piece, mpt left, mpt top,
                     mpt width)
{
    if (piece->grid) {
        const struct grid *grid = &piece->block->grid;
        const mpt step = piece->grid->width + grid->gutter;
        const mpt all = MAX(grid->across, 1) * step - grid->gutter;
        grid_draw(typeset, canvas, piece->grid, &piece->part,
                  left + (width - all) / 2 + piece->strip * step, top + piece->top);
        return;
    }
    if (piece->block->kind == BLOCK_FIGURE) {
        figure_draw(typeset, canvas, &piece->block->figure, left, top + piece->top, width);
        return;
    }
    const struct block_text *text = &piece->block->text;
    bool too_long;
    mpt size = flow_break_text(typeset, text, plan->scale, width, &too_long);
    mpt leading = style_leading(text->style, size);
    mpt baseline = top + piece->top + leading / 2 + setter_rise(typeset, text->style->role, size);
    for (size_t i = piece->part.first; i < piece->part.end; i++)
        setter_draw_line(typeset, canvas, text->style, size, text->text, i, left, width,
                         baseline + (mpt)(i - piece->part.first) * leading);
}
