/* Breaks a unit's blocks into pages. */
#include "typeset/flow.h"

#include <string.h>

#include "typeset/title.h"

enum { TAIL_LINES = 3 };

/* What cannot be divided: a line of text or a row of a grid. */
struct box {
    uint32_t block; /* of the unit; UINT32_MAX: the continued block */
    uint32_t index; /* line or row of the block */
    mpt height;
    uint8_t glue; /* enum glue */
    bool page;    /* begins a page */
};

/* A stretch of pages between sections, while it is made. */
struct run {
    struct typeset *typeset;
    struct unit_plan *plan;
    struct findings *findings;
    struct area area;
    const struct section *section; /* NULL: before the first */
    GArray *boxes;
    mpt *sizes;                     /* of text blocks, nblock */
    mpt grow;                       /* what rows that may grow do grow */
    size_t first_page, first_piece; /* of the run in the plan */
    size_t npage;
    GArray *starts; /* size_t: the first box of each page */
};

/* The page being filled. */
struct fill {
    size_t first;       /* box */
    struct piece piece; /* the last one; its block NULL: none */
    mpt rows_height;    /* rows or lines of it */
    mpt bottom;         /* of what stands on the page, if it ends here */
    mpt least;          /* the same without page rows that go when the list ends on the page */
};

const struct page_setup *unit_page(const struct document *document, const struct unit *unit,
                                   const struct section *section)
{
    if (section && section->page)
        return section->page;
    return unit->page ? unit->page : &document->page;
}

struct area page_area(const struct page_setup *setup)
{
    return (struct area){.width = setup->width,
                         .height = setup->height,
                         .left = setup->left + (setup->turned ? 0 : setup->binding),
                         .top = setup->top + (setup->turned ? setup->binding : 0),
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

static const struct block *block_of(const struct run *run, const struct box *box)
{
    const struct unit *unit = run->plan->stats->unit;
    return box->block == UINT32_MAX ? unit->continued : &unit->blocks[box->block];
}

static struct grid_plan *grid_of(const struct run *run, const struct box *box)
{
    return box->block == UINT32_MAX ? run->plan->continued : run->plan->grids[box->block];
}

static struct box *add_box(GArray *boxes, size_t block, size_t index, mpt height, enum glue glue)
{
    struct box box = {(uint32_t)block, (uint32_t)index, height, (uint8_t)glue, false};
    g_array_append_val(boxes, box);
    return &g_array_index(boxes, struct box, boxes->len - 1);
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
        bool edge = i == 1 || (i > 0 && i + 1 == nline) || (i > 0 && text->lines_max > 0);
        add_box(run->boxes, number, i, style_leading(text->style, size),
                edge || (i == 0 && (glued || text->follows)) ? GLUE_SOFT : GLUE_NONE);
    }
}

static int add_grid(struct run *run, size_t number, const struct block *block, bool glued)
{
    struct unit_plan *plan = run->plan;
    const struct grid *grid = &block->grid;
    struct grid_plan *measured =
        grid_measure(run->typeset, plan->stats->grids[number], plan->scale, run->area.inner_width,
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
            glue = MAX(glue, GLUE_SOFT);
        add_box(run->boxes, number, i, measured->rows[i].height, glue)->page =
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
    add_box(run->boxes, number, 0, height, glued ? GLUE_SOFT : GLUE_NONE);
    return 0;
}

static mpt space_below(const struct block *block)
{
    return block->kind == BLOCK_TEXT   ? block->text.style->after
           : block->kind == BLOCK_GRID ? block->grid.after
                                       : block->figure.after;
}

static mpt space_above(const struct block *block)
{
    return block->kind == BLOCK_TEXT   ? block->text.style->before
           : block->kind == BLOCK_GRID ? block->grid.before
                                       : block->figure.before;
}

/* The gap above a block: what the one before wants below it or itself above, whichever is more. */
static mpt gap_between_blocks(const struct block *before, const struct block *after)
{
    mpt below = space_below(before);
    mpt above = space_above(after);
    if (after->kind == BLOCK_GRID && after->grid.joined && before->kind == BLOCK_GRID)
        return 0;
    return MAX(below, above);
}

static mpt gap_at_top(const struct run *run, const struct block *block)
{
    if (run->npage > 0)
        return 0;
    return space_above(block);
}

static bool are_joined(const struct piece *before, const struct block *after)
{
    return before->block && before->block->kind == BLOCK_GRID && after->kind == BLOCK_GRID &&
           after->grid.joined;
}

/* A side label may need more height than the rows beside it. */
static mpt side_lack(const struct piece *piece, mpt height)
{
    return piece->grid && piece->grid->side_height > height ? piece->grid->side_height - height : 0;
}

static void end_piece(struct run *run, struct fill *fill, bool joined)
{
    if (!fill->piece.block)
        return;
    fill->piece.part.joined_below = joined;
    g_array_append_val(run->plan->pieces, fill->piece);
    fill->piece.block = NULL;
}

static void start_piece(struct run *run, struct fill *fill, const struct box *box)
{
    const struct block *block = block_of(run, box);
    bool joined = are_joined(&fill->piece, block);
    mpt gap =
        fill->piece.block ? gap_between_blocks(fill->piece.block, block) : gap_at_top(run, block);
    end_piece(run, fill, joined);
    struct grid_plan *grid = block->kind == BLOCK_GRID ? grid_of(run, box) : NULL;
    fill->piece = (struct piece){.block = block, .grid = grid, .top = fill->bottom + gap};
    fill->piece.part.first = box->index;
    fill->piece.part.joined_above = joined;
    fill->piece.part.head = grid && grid->stats->grid->nhead > 0;
    fill->piece.part.grow = run->grow;
    if (box->block != UINT32_MAX && !grid)
        fill->piece.size = run->sizes[box->block];
    fill->rows_height = 0;
}

/* Puts the box under what stands on the page. */
static void put_box(struct run *run, struct fill *fill, const struct box *box)
{
    struct piece *piece = &fill->piece;
    if (piece->block != block_of(run, box))
        start_piece(run, fill, box);
    piece->part.end = box->index + 1;
    fill->rows_height +=
        piece->grid ? grid_row_height(piece->grid, box->index, run->grow) : box->height;
    mpt height = fill->rows_height, optional = 0;
    if (piece->grid) {
        struct grid_bands bands = grid_bands(piece->grid, &piece->part);
        height += bands.above + bands.below;
        optional = bands.optional;
    }
    piece->part.extra = side_lack(piece, height);
    fill->bottom = piece->top + height + piece->part.extra;
    fill->least = fill->bottom - optional;
}

static void begin_page(struct run *run, struct fill *fill, size_t first)
{
    struct unit_plan *plan = run->plan;
    const struct block *continued = plan->stats->unit->continued;
    struct page_plan page = {.section = run->section, .first_piece = plan->pieces->len};
    g_array_append_val(plan->pages, page);
    *fill = (struct fill){.first = first};
    g_array_set_size(run->starts, (guint)run->npage);
    g_array_append_val(run->starts, first);
    /* A section's first page has a head of its own. */
    if (run->npage == 0 || !continued)
        return;
    GArray *boxes = g_array_new(FALSE, FALSE, sizeof(struct box));
    mpt size = 0;
    if (continued->kind == BLOCK_TEXT) {
        bool too_long;
        size = flow_break_text(run->typeset, &continued->text, plan->scale, run->area.inner_width,
                               &too_long);
        for (size_t i = 0; i < run->typeset->lines.nline; i++)
            add_box(boxes, UINT32_MAX, i, style_leading(continued->text.style, size), GLUE_NONE);
    } else if (plan->continued) {
        for (size_t i = 0; i < plan->continued->nrow; i++)
            add_box(boxes, UINT32_MAX, i, plan->continued->rows[i].height, GLUE_NONE);
    }
    for (size_t i = 0; i < boxes->len; i++)
        put_box(run, fill, &g_array_index(boxes, struct box, i));
    fill->piece.size = size;
    g_array_free(boxes, TRUE);
}

/* Fills the last page of a list with blank rows: as many as have room, what stands below moves. */
static void add_blank_rows(struct run *run, const struct page_plan *page, mpt bottom)
{
    for (size_t i = 0; i < page->npiece; i++) {
        struct piece *piece =
            &g_array_index(run->plan->pieces, struct piece, page->first_piece + i);
        const struct grid *grid = piece->grid ? piece->grid->stats->grid : NULL;
        if (!grid || !grid->fill_page || !grid->detail || piece->part.end < piece->grid->nrow)
            continue;
        mpt height = grid_fill_height(piece->grid, piece->part.grow);
        mpt room = run->area.inner_height - bottom;
        piece->part.fill = room > 0 && height > 0 ? (size_t)(room / height) : 0;
        if (grid->rows_per_page > 0) {
            struct grid_bands bands = grid_bands(piece->grid, &piece->part);
            size_t rows = bands.data_end - bands.data_first;
            piece->part.fill =
                MIN(piece->part.fill, grid->rows_per_page - MIN(rows, grid->rows_per_page));
        }
        for (size_t k = i + 1; k < page->npiece; k++)
            g_array_index(run->plan->pieces, struct piece, page->first_piece + k).top +=
                (mpt)piece->part.fill * height;
        return;
    }
}

static void end_page(struct run *run, struct fill *fill)
{
    struct unit_plan *plan = run->plan;
    struct page_plan *page = &g_array_index(plan->pages, struct page_plan, plan->pages->len - 1);
    end_piece(run, fill, false);
    page->npiece = plan->pieces->len - page->first_piece;
    add_blank_rows(run, page, fill->bottom);
    run->npage++;
}

/* The last place not behind box at where the page that began with box first may end; first: none.
 * The less it tears apart the better. */
static size_t find_break(const struct run *run, size_t first, size_t at)
{
    for (enum glue most = GLUE_NONE; most <= GLUE_SOFT; most++) {
        size_t end = at;
        while (end > first && g_array_index(run->boxes, struct box, end).glue > most)
            end--;
        if (end > first)
            return end;
    }
    return first;
}

static int report_too_tall(struct run *run, const struct box *box)
{
    char row[24], height[24], there[24];
    g_snprintf(row, sizeof row, "%u", box->index + 1);
    g_snprintf(height, sizeof height, "%.0f", box->height / MPT_PER_MM);
    g_snprintf(there, sizeof there, "%.0f", run->area.inner_height / MPT_PER_MM);
    return finding_add(run->findings, FINDING_LAYOUT_CELL_TOO_TALL, block_of(run, box)->place, row,
                       height, there);
}

/* Drops what was put on the page from box at on, by filling it anew. */
static void refill(struct run *run, struct fill *fill, size_t at)
{
    struct unit_plan *plan = run->plan;
    struct page_plan *page = &g_array_index(plan->pages, struct page_plan, plan->pages->len - 1);
    size_t first = fill->first;
    g_array_set_size(plan->pieces, page->first_piece);
    g_array_set_size(plan->pages, plan->pages->len - 1);
    begin_page(run, fill, first);
    for (size_t i = first; i < at; i++)
        put_box(run, fill, &g_array_index(run->boxes, struct box, i));
}

/* Ends the page before box at or, so that its page rows fit too, earlier. Returns the box that the
 * next page begins with; that of this page when there is none. */
static size_t close_page(struct run *run, struct fill *fill, size_t at)
{
    for (;;) {
        size_t end = find_break(run, fill->first, at);
        if (end == fill->first)
            return end;
        refill(run, fill, end);
        if (fill->bottom <= run->area.inner_height)
            return end;
        at = end - 1;
    }
}

static int break_run(struct run *run)
{
    struct fill fill;
    size_t i = 0;
    g_array_set_size(run->plan->pages, run->first_page);
    g_array_set_size(run->plan->pieces, run->first_piece);
    run->npage = 0;
    if (run->boxes->len == 0)
        return 0;
    begin_page(run, &fill, 0);
    while (i < run->boxes->len) {
        const struct box *box = &g_array_index(run->boxes, struct box, i);
        size_t end = i;
        bool over = false;
        if (box->page && i > fill.first) {
            over = true;
            if (fill.bottom > run->area.inner_height)
                end = close_page(run, &fill, i - 1);
        } else {
            put_box(run, &fill, box);
            over = fill.least > run->area.inner_height;
            if (over)
                end = close_page(run, &fill, i);
        }
        if (!over) {
            i++;
            continue;
        }
        if (end == fill.first)
            return report_too_tall(run, box);
        end_page(run, &fill);
        begin_page(run, &fill, end);
        i = end;
    }
    end_page(run, &fill);
    return 0;
}

static mpt most_room(const struct run *run, size_t first, size_t end)
{
    mpt most = 0;
    for (size_t i = first; i < end; i++) {
        const struct box *box = &g_array_index(run->boxes, struct box, i);
        if (block_of(run, box)->kind == BLOCK_GRID)
            most = MAX(most, grid_row_room(grid_of(run, box), box->index));
    }
    return most;
}

/* Fills the page at hand with its rows grown as far as they may without overrunning it. */
static void fill_page(struct run *run, struct fill *fill, size_t end)
{
    mpt low = 0, high = most_room(run, fill->first, end);
    while (low < high) {
        run->grow = low + (high - low + 1) / 2;
        refill(run, fill, end);
        if (fill->bottom <= run->area.inner_height)
            low = run->grow;
        else
            high = run->grow - 1;
    }
    run->grow = low;
    refill(run, fill, end);
}

/* Lets rows grow so that the sheets are used: page by page, since no page is broken earlier for the
 * sake of it. */
static void fill_run(struct run *run)
{
    GArray *starts = g_array_copy(run->starts);
    g_array_set_size(run->plan->pages, (guint)run->first_page);
    g_array_set_size(run->plan->pieces, (guint)run->first_piece);
    run->npage = 0;
    for (size_t i = 0; i < starts->len; i++) {
        struct fill fill;
        size_t end = i + 1 < starts->len ? g_array_index(starts, size_t, i + 1) : run->boxes->len;
        begin_page(run, &fill, g_array_index(starts, size_t, i));
        fill_page(run, &fill, end);
        end_page(run, &fill);
    }
    run->grow = 0;
    g_array_free(starts, TRUE);
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
        const struct block *block = block_of(run, &boxes[first]);
        bool text = block->kind == BLOCK_TEXT && end - first <= TAIL_LINES;
        bool signature = block->kind == BLOCK_GRID && block->grid.keep;
        if (!text && !signature)
            return;
        for (size_t i = first; i < end; i++)
            boxes[i].glue = MAX(boxes[i].glue, GLUE_SOFT);
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
    if (break_run(run) < 0)
        return -1;
    if (run->plan->stats->document->fill)
        fill_run(run);
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
        run.area = page_area(unit_page(document, unit, section));
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
        grid_draw(typeset, canvas, piece->grid, &piece->part,
                  left + (width - piece->grid->width) / 2, top + piece->top);
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
