/* Measures a document, unit by unit, and draws its pages one at a time. */
#include "typeset/typeset.h"

#include <string.h>

#include "typeset/band.h"
#include "typeset/fit.h"
#include "typeset/flow.h"
#include "typeset/marks.h"
#include "typeset/numbering.h"

/* A unit and how it was set at last. */
struct unit_layout {
    struct unit_stats stats;
    struct unit_plan *plan;
    size_t first_page; /* in the file, from 0 */
};

/* Of one block of the template, over all units that have it. */
struct block_faults {
    const struct block *block;
    struct faults faults;
};

struct layout {
    struct typeset *typeset; /* lent */
    const struct document *document;
    size_t nunit;
    struct unit_layout *units;
    GArray *pages;          /* struct page_at, in the order of reading */
    struct imposed imposed; /* how they go on sheets */
    GArray *marks;          /* struct page_mark, of sheets' sides */
    GArray *faults;         /* struct block_faults */
    struct glyph_set *glyphs;
    struct page_font *fonts;
    size_t nfont;
    uint32_t *font_map;
    struct display *display;
    struct page page; /* drawn last */
    size_t missed;
};

struct typeset *typeset_new(const struct fonts *fonts)
{
    struct typeset *typeset = g_new0(struct typeset, 1);
    typeset->shaper = shaper_new(fonts);
    typeset->cache = shape_cache_new();
    typeset->places = g_array_new(FALSE, FALSE, sizeof(em16));
    typeset->string = g_string_new(NULL);
    for (int role = 0; role < FACE_ROLES; role++)
        shaper_metrics(typeset->shaper, (enum face_role)role, &typeset->ascent[role],
                       &typeset->descent[role]);
    return typeset;
}

void typeset_free(struct typeset *typeset)
{
    if (!typeset)
        return;
    shaper_free(typeset->shaper);
    shape_cache_free(typeset->cache);
    shaped_release(&typeset->shaped);
    line_text_release(&typeset->text);
    lines_release(&typeset->lines);
    g_array_free(typeset->places, TRUE);
    g_string_free(typeset->string, TRUE);
    g_free(typeset);
}

static void gather_block(struct gather *gather, const struct block *block,
                         struct grid_stats **stats)
{
    gather->place = block->place;
    if (block->kind == BLOCK_TEXT)
        gather_text(gather, block->text.style->role, block->text.text, strlen(block->text.text),
                    NULL, NULL);
    else if (block->kind == BLOCK_GRID)
        *stats = grid_gather(gather, &block->grid);
    else if (block->kind == BLOCK_FIGURE)
        figure_gather(gather, &block->figure);
}

static void gather_unit(struct gather *gather, const struct document *document,
                        const struct unit *unit, struct unit_stats *stats)
{
    *stats = (struct unit_stats){.document = document, .unit = unit, .nblock = unit->nblock};
    stats->grids = g_new0(struct grid_stats *, MAX(unit->nblock, 1));
    for (size_t i = 0; i < unit->nblock; i++)
        gather_block(gather, &unit->blocks[i], &stats->grids[i]);
    if (unit->continued)
        gather_block(gather, unit->continued, &stats->continued);
}

/* What is said of the headers and footers of a unit's pages: its own, then its sections'. */
static void gather_bands(struct gather *gather, const struct document *document,
                         const struct unit *unit)
{
    struct page_numbers numbers = {.copy = unit->copy};
    if (unit->page || unit->copy || unit == document->units) /* else as the unit before */
        bands_gather(gather, unit_page(document, unit, NULL), &numbers);
    for (size_t i = 0; i < unit->nblock; i++) {
        const struct section *section = &unit->blocks[i].section;
        if (unit->blocks[i].kind != BLOCK_SECTION)
            continue;
        numbers.section = section->name;
        bands_gather(gather, unit_page(document, unit, section), &numbers);
    }
}

static bool is_repeated(const struct layout *layout, const struct page_mark *mark)
{
    const struct page_mark *last =
        &g_array_index(layout->marks, struct page_mark, layout->marks->len - 1);
    return last->page == mark->page && strcmp(last->title, mark->title) == 0;
}

/* Takes over the unit's pages and outline. */
static void add_unit(struct layout *layout, size_t number)
{
    struct unit_layout *unit = &layout->units[number];
    const char *name = unit->stats.unit->name;
    struct page_mark first = {
        .title = name ? name : layout->document->title, .page = layout->pages->len + 1, .level = 1};
    unit->first_page = layout->pages->len;
    g_array_append_val(layout->marks, first);
    number_unit(layout->pages, unit->plan, number);
    for (size_t i = 0; i < unit->plan->marks->len; i++) {
        struct page_mark mark = g_array_index(unit->plan->marks, struct page_mark, i);
        const struct page_plan *page =
            &g_array_index(unit->plan->pages, struct page_plan, mark.page - 1);
        mark.page += unit->first_page;
        mark.y +=
            page_area(unit_page(layout->document, unit->stats.unit, page->section), false).top;
        if (!is_repeated(layout, &mark))
            g_array_append_val(layout->marks, mark);
    }
}

static bool is_same_place(const struct place *a, const struct place *b)
{
    return a->line == b->line && a->column == b->column && g_strcmp0(a->file, b->file) == 0;
}

static struct faults *faults_of(struct layout *layout, const struct block *block)
{
    for (size_t i = 0; i < layout->faults->len; i++) {
        struct block_faults *at = &g_array_index(layout->faults, struct block_faults, i);
        if (is_same_place(&at->block->place, &block->place))
            return &at->faults;
    }
    struct block_faults added = {.block = block};
    g_array_append_val(layout->faults, added);
    return &g_array_index(layout->faults, struct block_faults, layout->faults->len - 1).faults;
}

static void add_faults(struct layout *layout, const struct unit_plan *plan)
{
    for (size_t i = 0; i < plan->stats->nblock; i++) {
        const struct faults *from = &plan->faults[i];
        if (from->broken + from->shrunk + from->overlong + from->sliced + from->too_wide +
                from->unplaced ==
            0)
            continue;
        struct faults *faults = faults_of(layout, &plan->stats->unit->blocks[i]);
        faults->broken += from->broken;
        faults->shrunk += from->shrunk;
        faults->overlong += from->overlong;
        faults->sliced += from->sliced;
        if (faults->too_wide == 0) {
            faults->wide_row = from->wide_row;
            faults->wide_column = from->wide_column;
        }
        faults->too_wide += from->too_wide;
        faults->unplaced += from->unplaced;
    }
}

/* One finding for each block of the template: a file of 200 cards would bury all others. */
static int report_faults(const struct layout *layout, struct findings *findings)
{
    int result = 0;
    for (size_t i = 0; i < layout->faults->len; i++) {
        const struct block_faults *at = &g_array_index(layout->faults, struct block_faults, i);
        const struct block *block = at->block;
        char count[24], lines[24];
        if (at->faults.broken > 0) {
            g_snprintf(count, sizeof count, "%zu", at->faults.broken);
            finding_add(findings, FINDING_LAYOUT_WORD_BROKEN, block->place, count);
        }
        if (at->faults.shrunk > 0) {
            g_snprintf(count, sizeof count, "%zu", at->faults.shrunk);
            finding_add(findings, FINDING_LAYOUT_CELL_SHRUNK, block->place, count);
        }
        if (at->faults.sliced > 0) {
            g_snprintf(count, sizeof count, "%zu", at->faults.sliced);
            finding_add(findings, FINDING_LAYOUT_ROW_SPLIT, block->place, count);
        }
        if (at->faults.too_wide > 0) {
            g_snprintf(count, sizeof count, "%zu", at->faults.too_wide);
            g_snprintf(lines, sizeof lines, "%zu", at->faults.wide_row);
            result = finding_add(findings, FINDING_LAYOUT_CELL_TOO_WIDE, block->place, count, lines,
                                 at->faults.wide_column);
        }
        if (at->faults.unplaced > 0) {
            g_snprintf(count, sizeof count, "%zu", at->faults.unplaced);
            finding_add(findings, FINDING_LAYOUT_CHART_CROWDED, block->place, count);
        }
        if (at->faults.overlong > 0) {
            g_snprintf(count, sizeof count, "%zu", at->faults.overlong);
            g_snprintf(lines, sizeof lines, "%d", block->text.lines_max);
            finding_add(findings, FINDING_LAYOUT_TITLE_LONG, block->place, count, lines);
        }
    }
    return result;
}

static const struct page_setup *setup_at(const struct layout *layout, const struct page_at *at)
{
    const struct unit_layout *unit = &layout->units[at->unit];
    const struct page_plan *page = &g_array_index(unit->plan->pages, struct page_plan, at->in_unit);
    return unit_page(layout->document, unit->stats.unit, page->section);
}

/* Headers and footers are checked with the largest numbers: on the last page of each section. */
static int check_bands(const struct layout *layout, struct findings *findings)
{
    int result = 0;
    for (size_t i = 0; i < layout->pages->len; i++) {
        const struct page_at *at = &g_array_index(layout->pages, struct page_at, i);
        const struct page_at *next = at + 1;
        const struct page_setup *setup = setup_at(layout, at);
        if (i + 1 == layout->pages->len || setup_at(layout, next) != setup)
            result |= bands_check(layout->typeset, setup, &at->numbers, findings);
    }
    return result;
}

/* Puts the pages on sheets, and the outline's entries where they went. */
static void impose_pages(struct layout *layout)
{
    const struct document *document = layout->document;
    struct impose_page *pages = g_new(struct impose_page, layout->pages->len);
    for (size_t i = 0; i < layout->pages->len; i++) {
        const struct page_at *at = &g_array_index(layout->pages, struct page_at, i);
        const struct page_setup *setup = setup_at(layout, at);
        pages[i] = (struct impose_page){setup->width, setup->height, at->in_unit == 0};
    }
    layout->imposed = impose(&document->imposition, document->duplex, pages, layout->pages->len);
    g_free(pages);
    impose_marks(&layout->imposed, layout->pages->len,
                 (struct page_mark *)(void *)layout->marks->data, layout->marks->len);
}

/* Nobody reads print at half its size: whoever chose the sheet is told. */
static void report_scale(const struct layout *layout, struct findings *findings)
{
    enum { LEAST = 60 }; /* percent: 10.5 pt become 6.3 */
    const int percent = (int)((int64_t)imposed_scale(&layout->imposed) * 100 / SCALE_ONE);
    char text[16];
    if (percent >= LEAST)
        return;
    g_snprintf(text, sizeof text, "%d", percent);
    finding_add(findings, FINDING_LAYOUT_SCALED, (struct place){0}, layout->document->title, text);
}

static int measure_units(struct layout *layout, struct gather *gather)
{
    const struct document *document = layout->document;
    for (size_t i = 0; i < document->nunit; i++) {
        const struct unit *unit = &document->units[i];
        gather_bands(gather, document, unit);
        gather_unit(gather, document, unit, &layout->units[i].stats);
    }
    if (document->imposition.kind == IMPOSE_TILES)
        marks_gather(gather);
    if (gather->missing)
        return -1;
    for (size_t i = 0; i < document->nunit; i++) {
        layout->units[i].plan =
            fit_unit(layout->typeset, &layout->units[i].stats, gather->findings);
        if (!layout->units[i].plan)
            return -1;
        add_unit(layout, i);
        add_faults(layout, layout->units[i].plan);
    }
    number_file(layout->pages, document);
    impose_pages(layout);
    report_scale(layout, gather->findings);
    if (report_faults(layout, gather->findings) < 0)
        return -1;
    if (check_bands(layout, gather->findings) < 0)
        return -1;
    layout->fonts =
        glyph_set_subset(layout->glyphs, &layout->nfont, &layout->font_map, gather->findings);
    return layout->fonts ? 0 : -1;
}

struct layout *typeset_measure(struct typeset *typeset, const struct document *document,
                               struct findings *findings)
{
    struct layout *layout = g_new0(struct layout, 1);
    layout->typeset = typeset;
    layout->document = document;
    layout->nunit = document->nunit;
    layout->units = g_new0(struct unit_layout, MAX(document->nunit, 1));
    layout->pages = g_array_new(FALSE, FALSE, sizeof(struct page_at));
    layout->marks = g_array_new(FALSE, FALSE, sizeof(struct page_mark));
    layout->glyphs = glyph_set_new(typeset->shaper);
    layout->faults = g_array_new(FALSE, FALSE, sizeof(struct block_faults));
    layout->display = display_new();
    struct gather gather = {.typeset = typeset, .glyphs = layout->glyphs, .findings = findings};
    if (measure_units(layout, &gather) < 0) {
        layout_free(layout);
        return NULL;
    }
    return layout;
}

void layout_free(struct layout *layout)
{
    if (!layout)
        return;
    for (size_t i = 0; i < layout->nunit; i++) {
        struct unit_layout *unit = &layout->units[i];
        unit_plan_free(unit->plan);
        for (size_t k = 0; k < unit->stats.nblock; k++)
            grid_stats_free(unit->stats.grids[k]);
        grid_stats_free(unit->stats.continued);
        g_free(unit->stats.grids);
    }
    g_free(layout->units);
    g_array_free(layout->pages, TRUE);
    imposed_clear(&layout->imposed);
    g_array_free(layout->marks, TRUE);
    g_array_free(layout->faults, TRUE);
    glyph_set_free(layout->glyphs);
    if (layout->fonts)
        page_fonts_free(layout->fonts, layout->nfont);
    g_free(layout->font_map);
    display_free(layout->display);
    g_free(layout);
}

size_t layout_pages(const struct layout *layout)
{
    return layout->imposed.sides->len;
}

const struct page_font *layout_fonts(const struct layout *layout, size_t *count)
{
    *count = layout->nfont;
    return layout->fonts;
}

const struct page_mark *layout_marks(const struct layout *layout, size_t *count)
{
    *count = layout->marks->len;
    return (const struct page_mark *)(void *)layout->marks->data;
}

int layout_check(const struct layout *layout, struct findings *findings)
{
    char count[24];
    if (layout->missed == 0)
        return 0;
    g_snprintf(count, sizeof count, "%zu", layout->missed);
    return finding_add(findings, FINDING_FONT_GLYPH_MISSED, (struct place){0}, count);
}

/* Draws a page of the document where it stands on its side of the sheet. */
static void draw_placed(struct layout *layout, const struct canvas *canvas,
                        const struct placed *placed)
{
    const struct page_at *at = &g_array_index(layout->pages, struct page_at, placed->page);
    const struct unit_plan *plan = layout->units[at->unit].plan;
    const struct page_plan *page = &g_array_index(plan->pages, struct page_plan, at->in_unit);
    const struct page_setup *setup = setup_at(layout, at);
    const struct area area = page_area(setup, placed->back);
    const bool even = layout->imposed.both_sides ? placed->back : at->numbers.page % 2 == 0;
    const size_t first = display_count(layout->display);
    for (size_t i = 0; i < page->npiece; i++)
        flow_draw_piece(layout->typeset, canvas, plan,
                        &g_array_index(plan->pieces, struct piece, page->first_piece + i),
                        area.left, area.top, area.inner_width);
    bands_draw(layout->typeset, canvas, setup, &area, &at->numbers, even);
    display_place(layout->display, first, placed->x, placed->y, placed->scale);
}

const struct page *layout_draw(struct layout *layout, size_t number)
{
    g_return_val_if_fail(number >= 1 && number <= layout_pages(layout), NULL);
    const struct side *side = &g_array_index(layout->imposed.sides, struct side, number - 1);
    const struct placed *placed =
        &g_array_index(layout->imposed.placed, struct placed, side->first);
    struct page *page = &layout->page;
    struct canvas canvas = {.display = layout->display,
                            .glyphs = layout->glyphs,
                            .font_map = layout->font_map,
                            .missed = &layout->missed};
    display_clear(layout->display);
    for (size_t i = 0; i < side->count; i++)
        draw_placed(layout, &canvas, &placed[i]);
    *page = (struct page){.number = number, .width = side->width, .height = side->height};
    if (side->w > 0) {
        display_crop(layout->display, 0, side->x, side->y, side->w, side->h);
        page->nclip = display_count(layout->display);
        page->clip_x = side->x;
        page->clip_y = side->y;
        page->clip_w = side->w;
        page->clip_h = side->h;
    }
    marks_draw(layout->typeset, &canvas, &layout->document->imposition, side,
               layout->pages->len > 1 && side->count > 0 ? placed->page + 1 : 0);
    page->items = display_items(layout->display, &page->nitem);
    return page;
}
