/* Puts a run's boxes on pages: where they end, what stands on each. */
#include "typeset/strips.h"

/* The page being filled. */
struct fill {
    size_t first;         /* box */
    struct piece piece;   /* the last one; its block NULL: none */
    mpt rows_height;      /* rows or lines of it */
    mpt bottom;           /* of what stands on the page, if it ends here */
    mpt least;            /* the same without page rows that go when the list ends on the page */
    size_t strips_first;  /* the first box of a grid in strips */
    struct strips strips; /* its rows so far */
};

const struct block *run_block(const struct run *run, const struct box *box)
{
    const struct unit *unit = run->plan->stats->unit;
    return box->block == UINT32_MAX ? unit->continued : &unit->blocks[box->block];
}

struct grid_plan *run_grid(const struct run *run, const struct box *box)
{
    return box->block == UINT32_MAX ? run->plan->continued : run->plan->grids[box->block];
}

struct box *run_add_box(GArray *boxes, size_t block, size_t index, mpt height, enum glue glue)
{
    struct box box = {(uint32_t)block, (uint32_t)index, height, (uint8_t)glue, false};
    g_array_append_val(boxes, box);
    return &g_array_index(boxes, struct box, boxes->len - 1);
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

static bool is_in_strips(const struct piece *piece)
{
    return piece->grid && piece->block->grid.across > 1;
}

static void end_strips(struct run *run, struct fill *fill)
{
    strips_level(&fill->strips, fill->piece.grid);
    for (size_t i = 0; i < fill->strips.count; i++) {
        struct piece piece = fill->piece;
        piece.part = fill->strips.parts[i];
        piece.strip = (int)i;
        g_array_append_val(run->plan->pieces, piece);
    }
    fill->piece.block = NULL;
}

static void end_piece(struct run *run, struct fill *fill, bool joined)
{
    if (!fill->piece.block)
        return;
    if (is_in_strips(&fill->piece)) {
        end_strips(run, fill);
        return;
    }
    fill->piece.part.joined_below = joined;
    g_array_append_val(run->plan->pieces, fill->piece);
    fill->piece.block = NULL;
}

static void start_piece(struct run *run, struct fill *fill, const struct box *box)
{
    const struct block *block = run_block(run, box);
    bool joined = are_joined(&fill->piece, block);
    mpt gap =
        fill->piece.block ? gap_between_blocks(fill->piece.block, block) : gap_at_top(run, block);
    end_piece(run, fill, joined);
    struct grid_plan *grid = block->kind == BLOCK_GRID ? run_grid(run, box) : NULL;
    fill->piece = (struct piece){.block = block, .grid = grid, .top = fill->bottom + gap};
    fill->piece.part.first = box->index;
    fill->piece.part.joined_above = joined;
    fill->piece.part.head = grid && grid->stats->grid->nhead > 0;
    fill->piece.part.grow = run->grow;
    if (box->block != UINT32_MAX && !grid)
        fill->piece.size = run->sizes[box->block];
    fill->rows_height = 0;
}

/* All rows of the grid so far are spread anew. */
static void put_in_strips(struct run *run, struct fill *fill, const struct box *box, bool begins)
{
    const size_t at = (size_t)(box - &g_array_index(run->boxes, struct box, 0));
    if (begins) {
        fill->strips_first = at;
        fill->strips.height = 0;
    }
    strips_set(&fill->strips, run, fill->strips_first, at + 1);
    fill->bottom = fill->least = fill->piece.top + fill->strips.height;
}

/* Puts the box under what stands on the page. */
static void put_box(struct run *run, struct fill *fill, const struct box *box)
{
    struct piece *piece = &fill->piece;
    const bool begins = piece->block != run_block(run, box);
    if (begins)
        start_piece(run, fill, box);
    if (is_in_strips(piece)) {
        put_in_strips(run, fill, box, begins);
        return;
    }
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
            run_add_box(boxes, UINT32_MAX, i, style_leading(continued->text.style, size),
                        GLUE_NONE);
    } else if (plan->continued) {
        for (size_t i = 0; i < plan->continued->nrow; i++)
            run_add_box(boxes, UINT32_MAX, i, plan->continued->heights[i], GLUE_NONE);
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
        struct grid_bands bands = grid_bands(piece->grid, &piece->part);
        size_t rows = bands.data_end - bands.data_first;
        if (rows == 0 && bands.data_end > 0) /* what ends the list alone has come to this page */
            return;
        mpt height = grid_fill_height(piece->grid, piece->part.grow);
        mpt room = run->area.inner_height - bottom;
        piece->part.fill = room > 0 && height > 0 ? (size_t)(room / height) : 0;
        if (grid->rows_per_page > 0)
            piece->part.fill =
                MIN(piece->part.fill, grid->rows_per_page - MIN(rows, grid->rows_per_page));
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
    for (enum glue most = GLUE_NONE; most <= GLUE_FIRM; most++) {
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
    return finding_add(run->findings, FINDING_LAYOUT_CELL_TOO_TALL, run_block(run, box)->place, row,
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

int run_break(struct run *run)
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
        if (run_block(run, box)->kind == BLOCK_GRID)
            most = MAX(most, grid_row_room(run_grid(run, box), box->index));
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
void run_fill(struct run *run)
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
