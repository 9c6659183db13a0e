/* Imposition: pages one to a side, several to be cut apart, folded booklets, tiles of large pages.
 */
#include "typeset/impose.h"

enum { BLANK = -1 };

static const mpt near = 300; /* a tenth of a millimetre: papers' rounding */
static const mpt tile_margin = (mpt)(10 * MPT_PER_MM); /* what printers cannot reach, and marks */

/* While sides are made. */
struct work {
    const struct imposition *imposition;
    const struct impose_page *pages;
    GArray *order; /* ssize_t: pages as they are printed, BLANK between them */
    struct imposed made;
};

static gssize ordered(const struct work *work, size_t at)
{
    return at < work->order->len ? g_array_index(work->order, gssize, at) : BLANK;
}

static void add_order(struct work *work, gssize page)
{
    g_array_append_val(work->order, page);
}

/* The pages from first to end; the next unit begins on a front. */
static void order_pages(struct work *work, size_t first, size_t end, bool duplex)
{
    for (size_t i = first; i < end; i++) {
        if (duplex && work->pages[i].begins && work->order->len % 2 == 1)
            add_order(work, BLANK);
        add_order(work, (gssize)i);
    }
}

static void begin_side(struct work *work, mpt width, mpt height)
{
    struct side side = {.width = width, .height = height, .first = work->made.placed->len};
    g_array_append_val(work->made.sides, side);
}

static struct side *last_side(const struct work *work)
{
    return &g_array_index(work->made.sides, struct side, work->made.sides->len - 1);
}

/* Places the page in the middle of the box, as large as it is unless the box is smaller. */
static void place(struct work *work, gssize page, mpt left, mpt top, mpt width, mpt height,
                  bool back)
{
    if (page == BLANK)
        return;
    const struct impose_page *of = &work->pages[page];
    struct placed placed = {.page = (size_t)page, .scale = SCALE_ONE, .back = back};
    if (of->width > width + near || of->height > height + near)
        placed.scale = (int)MIN((int64_t)width * SCALE_ONE / of->width,
                                (int64_t)height * SCALE_ONE / of->height);
    placed.x = left + (width - (mpt)((int64_t)of->width * placed.scale / SCALE_ONE)) / 2;
    placed.y = top + (height - (mpt)((int64_t)of->height * placed.scale / SCALE_ONE)) / 2;
    g_array_append_val(work->made.placed, placed);
    last_side(work)->count++;
}

static void plain_sides(struct work *work, size_t count, bool duplex)
{
    order_pages(work, 0, count, duplex);
    for (size_t i = 0; i < work->order->len; i++) {
        gssize page = ordered(work, i);
        const struct impose_page *of = &work->pages[page == BLANK ? ordered(work, i - 1) : page];
        begin_side(work, of->width, of->height);
        place(work, page, 0, 0, of->width, of->height, duplex && i % 2 == 1);
    }
}

/* How large the sheet is: as declared, lying or upright as suits the slots, or as the pages need.
 */
static void sheet_size(const struct work *work, size_t count, int columns, int rows, mpt *width,
                       mpt *height)
{
    const struct imposition *declared = work->imposition;
    mpt page_width = 0, page_height = 0;
    for (size_t i = 0; i < count; i++) {
        page_width = MAX(page_width, work->pages[i].width);
        page_height = MAX(page_height, work->pages[i].height);
    }
    *width = page_width * columns;
    *height = page_height * rows;
    if (declared->width == 0)
        return;
    bool lying = *width > *height;
    *width =
        lying ? MAX(declared->width, declared->height) : MIN(declared->width, declared->height);
    *height = declared->width + declared->height - *width;
}

/* Slot by slot from the top left. Printed on both sides, a leaf's back lies behind its front. */
static void slot_sides(struct work *work, size_t count, bool duplex)
{
    const size_t slots = (size_t)work->imposition->slots;
    const bool lying = count > 0 && work->pages[0].width > work->pages[0].height;
    const int longer = slots == 8 ? 4 : 2, shorter = (int)slots / longer;
    const int columns = lying ? shorter : longer, rows = lying ? longer : shorter;
    const size_t step = duplex ? 2 : 1;
    mpt width, height;
    sheet_size(work, count, columns, rows, &width, &height);
    order_pages(work, 0, count, duplex);
    for (size_t first = 0; first < work->order->len; first += slots * step) {
        for (size_t back = 0; back < step; back++) {
            begin_side(work, width, height);
            last_side(work)->columns = columns;
            last_side(work)->rows = rows;
            for (size_t slot = 0; slot < slots; slot++) {
                int column = (int)slot % columns, row = (int)slot / columns;
                if (back)
                    column = columns - 1 - column;
                place(work, ordered(work, first + slot * step + back), width / columns * column,
                      height / rows * row, width / columns, height / rows, back > 0);
            }
        }
    }
}

/* The pages from first to end as one booklet: leaves folded once and laid into one another. */
static void booklet(struct work *work, size_t first, size_t end, mpt width, mpt height)
{
    g_array_set_size(work->order, 0);
    order_pages(work, first, end, false);
    while (work->order->len % 4 != 0)
        add_order(work, BLANK);
    const size_t pages = work->order->len;
    for (size_t i = 0; i < pages / 2; i++) {
        const size_t outer = pages - 1 - i;
        const bool back = i % 2 == 1;
        begin_side(work, width, height);
        last_side(work)->columns = 2;
        last_side(work)->rows = 1;
        place(work, ordered(work, back ? i : outer), 0, 0, width / 2, height, true);
        place(work, ordered(work, back ? outer : i), width / 2, 0, width / 2, height, false);
    }
}

static void booklet_sides(struct work *work, size_t count)
{
    mpt width, height;
    sheet_size(work, count, 2, 1, &width, &height);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && (work->imposition->whole || !work->pages[end].begins);)
            end++;
        booklet(work, i, end, width, height);
    }
}

/* How many tiles of so much room a length takes with that overlap. */
static int tiles(mpt length, mpt room, mpt overlap)
{
    return length <= room ? 1 : (length - overlap + room - overlap - 1) / (room - overlap);
}

/* All tiles of a page are equally large, so that none is a mere strip. */
static mpt tile_length(mpt length, int count, mpt overlap)
{
    return (length + (count - 1) * overlap + count - 1) / count;
}

static void tile(struct work *work, size_t page, mpt width, mpt height)
{
    const struct impose_page *of = &work->pages[page];
    const mpt overlap = work->imposition->overlap;
    const int columns = tiles(of->width, width - 2 * tile_margin, overlap);
    const int rows = tiles(of->height, height - 2 * tile_margin, overlap);
    const mpt w = tile_length(of->width, columns, overlap);
    const mpt h = tile_length(of->height, rows, overlap);
    for (int i = 0; i < columns * rows; i++) {
        struct placed placed = {.page = page, .scale = SCALE_ONE};
        begin_side(work, width, height);
        struct side *side = last_side(work);
        side->columns = columns;
        side->rows = rows;
        side->column = i % columns;
        side->row = i / columns;
        side->x = (width - w) / 2;
        side->y = (height - h) / 2;
        side->w = MIN(w, of->width - side->column * (w - overlap));
        side->h = MIN(h, of->height - side->row * (h - overlap));
        placed.x = side->x - side->column * (w - overlap);
        placed.y = side->y - side->row * (h - overlap);
        g_array_append_val(work->made.placed, placed);
        side->count++;
    }
}

/* On sheets lying or upright, whichever are fewer. A page that fits the sheet is printed on it. */
static void tile_sides(struct work *work, size_t count)
{
    const mpt width = work->imposition->width, height = work->imposition->height;
    const mpt overlap = work->imposition->overlap;
    for (size_t i = 0; i < count; i++) {
        const struct impose_page *of = &work->pages[i];
        if (MIN(of->width, of->height) <= MIN(width, height) + near &&
            MAX(of->width, of->height) <= MAX(width, height) + near) {
            begin_side(work, of->width, of->height);
            place(work, (gssize)i, 0, 0, of->width, of->height, false);
            continue;
        }
        const mpt across = width - 2 * tile_margin, down = height - 2 * tile_margin;
        const int upright = tiles(of->width, across, overlap) * tiles(of->height, down, overlap);
        const int lying = tiles(of->width, down, overlap) * tiles(of->height, across, overlap);
        tile(work, i, lying < upright ? height : width, lying < upright ? width : height);
    }
}

struct imposed impose(const struct imposition *imposition, bool duplex,
                      const struct impose_page *pages, size_t count)
{
    struct work work = {.imposition = imposition,
                        .pages = pages,
                        .order = g_array_new(FALSE, FALSE, sizeof(gssize))};
    work.made.sides = g_array_new(FALSE, TRUE, sizeof(struct side));
    work.made.placed = g_array_new(FALSE, TRUE, sizeof(struct placed));
    work.made.both_sides = duplex && imposition->kind != IMPOSE_TILES;
    switch (imposition->kind) {
    case IMPOSE_NONE:
        plain_sides(&work, count, duplex);
        break;
    case IMPOSE_SLOTS:
        slot_sides(&work, count, duplex);
        break;
    case IMPOSE_BOOKLET:
        work.made.both_sides = true;
        booklet_sides(&work, count);
        break;
    case IMPOSE_TILES:
        tile_sides(&work, count);
        break;
    }
    g_array_free(work.order, TRUE);
    return work.made;
}

/* Where that place of the page stands on the side; false: it is not on it. */
static bool find_on_side(const struct imposed *imposed, const struct side *side, size_t page,
                         mpt *y)
{
    for (size_t k = side->first; k < side->first + side->count; k++) {
        const struct placed *placed = &g_array_index(imposed->placed, struct placed, k);
        const mpt there = placed->y + (mpt)((int64_t)*y * placed->scale / SCALE_ONE);
        if (placed->page != page || (side->h > 0 && there > side->y + side->h))
            continue;
        *y = there;
        return true;
    }
    return false;
}

void impose_marks(const struct imposed *imposed, size_t npage, struct page_mark *marks,
                  size_t count)
{
    const GArray *sides = imposed->sides;
    size_t *first = g_new0(size_t, npage); /* the first side of each page */
    for (size_t i = sides->len; i-- > 0;) {
        const struct side *side = &g_array_index(sides, struct side, i);
        for (size_t k = side->first; k < side->first + side->count; k++)
            first[g_array_index(imposed->placed, struct placed, k).page] = i;
    }
    for (size_t i = 0; i < count; i++) {
        size_t page = marks[i].page - 1, at = first[page];
        while (at < sides->len &&
               !find_on_side(imposed, &g_array_index(sides, struct side, at), page, &marks[i].y))
            at++;
        marks[i].page = MIN(at, sides->len - 1) + 1;
    }
    g_free(first);
}

int imposed_scale(const struct imposed *imposed)
{
    int scale = SCALE_ONE;
    for (size_t i = 0; i < imposed->placed->len; i++)
        scale = MIN(scale, g_array_index(imposed->placed, struct placed, i).scale);
    return scale;
}

void imposed_clear(struct imposed *imposed)
{
    if (imposed->sides)
        g_array_free(imposed->sides, TRUE);
    if (imposed->placed)
        g_array_free(imposed->placed, TRUE);
    *imposed = (struct imposed){0};
}
