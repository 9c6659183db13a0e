/* How a sheet goes on paper: one page wide if it stays readable, else A3, else several pages. */
#include "render/xlsx_inside.h"

#include <string.h>

static const double SIZE_READABLE = 7.5; /* points on paper (looks.md) */
/* Programs differ in the last pixel of a column: a page is not filled to its edge. */
static const double PAGE_FILLED = 0.97;

int printable_pixels(const struct sheet *sheet, bool a3)
{
    const struct page_setup *page = sheet->page;
    mpt width = page->width;

    if (a3) /* at least as large as the page declared */
        width = MAX(width, (mpt)((page->width > page->height ? 420 : 297) * MPT_PER_MM));
    return (int)((width - page->width + page_inner_width(page)) / 1000.0 * (96.0 / 72.0));
}

/* The size of most of the sheet's text, in points. */
static double body_size(const struct sheet *sheet)
{
    for (guint i = 0; i < sheet->items->len; i++) {
        const struct block *block = g_array_index(sheet->items, struct item, i).block;
        const struct row *row;

        if (block->kind != BLOCK_GRID)
            continue;
        row = block->grid.detail ? block->grid.detail : block->grid.fixed;
        if (row && row->ncell > 0)
            return row->cells[0].style->size / 1000.0;
    }
    return 10.5;
}

/* How many pages of that width the columns take at percent; *first: columns on the first. */
static size_t count_pages(const struct sheet *sheet, int page, int percent, size_t *first)
{
    const double room = page * PAGE_FILLED * 100 / percent;
    const int repeated = sheet_pixels(sheet, 0, sheet->paper.repeated);
    size_t pages = 1;
    int used = 0;

    *first = sheet->ncolumn;
    for (size_t i = 0; i < sheet->ncolumn; i++) {
        if (used + sheet->pixels[i] > room && used > repeated) {
            if (pages++ == 1)
                *first = i;
            used = repeated;
        }
        used += sheet->pixels[i];
    }
    return pages;
}

/* The columns up to the name, if they leave most of a page to the others. */
static size_t repeated_columns(const struct sheet *sheet, double room)
{
    enum { NAME_WITHIN = 8 };

    for (guint i = 0; i < sheet->items->len; i++) {
        const struct block *block = g_array_index(sheet->items, struct item, i).block;
        const size_t side = block->kind == BLOCK_GRID && block->grid.side ? 1 : 0;

        if (block->kind != BLOCK_GRID || !block->grid.detail)
            continue;
        for (size_t j = 0; j < MIN(block->grid.ncolumn, NAME_WITHIN); j++)
            if (strstr(block->grid.columns[j].name, "姓名") &&
                sheet_pixels(sheet, 0, side + j + 1) <= room / 2)
                return side + j + 1;
    }
    return 0;
}

void paper_choose(struct sheet *sheet)
{
    const double readable = SIZE_READABLE / body_size(sheet);
    const int total = sheet_pixels(sheet, 0, sheet->ncolumn);
    struct paper *paper = &sheet->paper;
    int page = printable_pixels(sheet, false), percent = MAX((int)(readable * 100), 10);
    size_t columns;

    paper->npage = 1;
    paper->columns = sheet->ncolumn;
    if (total * readable <= page)
        return;
    paper->a3 = printable_pixels(sheet, true) > page;
    page = printable_pixels(sheet, true);
    if (total * readable <= page)
        return;
    paper->repeated = repeated_columns(sheet, page / readable);
    paper->npage = count_pages(sheet, page, percent, &columns);
    /* The program will choose the largest scale that keeps to so many pages. */
    for (; percent <= 100 && count_pages(sheet, page, percent, &columns) <= paper->npage; percent++)
        paper->columns = columns;
}

/* ECMA-376 18.3.1.63; 0, the printer's own paper, where it has no code for the size. */
static uint8_t paper_code(const char *paper)
{
    static const struct {
        const char *name;
        uint8_t code;
    } CODES[] = {{"A2", 66}, {"A3", 8}, {"A4", 9}, {"A5", 11}, {"B5", 34}};

    for (size_t i = 0; i < G_N_ELEMENTS(CODES); i++)
        if (strcmp(CODES[i].name, paper) == 0)
            return CODES[i].code;
    return 0;
}

/* The reading program fits the pages itself: what it shows a column as wide as depends on its
 * fonts. */
static void set_scale(struct sheet *sheet)
{
    const struct paper *paper = &sheet->paper;

    worksheet_set_paper(sheet->worksheet, paper_code(paper->a3 ? "A3" : sheet->page->paper));
    worksheet_fit_to_pages(sheet->worksheet, (uint16_t)paper->npage, 0);
    if (paper->repeated)
        worksheet_repeat_columns(sheet->worksheet, 0, (lxw_col_t)(paper->repeated - 1));
}

void sheet_break(struct sheet *sheet, lxw_row_t row)
{
    if (!sheet->breaks)
        sheet->breaks = g_array_new(TRUE, FALSE, sizeof(lxw_row_t));
    g_array_append_val(sheet->breaks, row);
}

/* The list ends with a 0, which the array keeps behind its last row. */
static void set_breaks(struct sheet *sheet)
{
    enum { BREAKS_MOST = 1023 }; /* libxlsxwriter's and Excel's */

    if (!sheet->breaks)
        return;
    if (sheet->breaks->len > BREAKS_MOST)
        finding_add(sheet->book->findings, FINDING_RENDER_BREAKS, (struct place){0}, sheet->name,
                    G_STRINGIFY(1023));
    else
        worksheet_set_h_pagebreaks(sheet->worksheet, (lxw_row_t *)(void *)sheet->breaks->data);
}

/* Appends &C and the like before each part, its page words as Excel's codes. */
static void append_band(GString *out, const struct page_band *band)
{
    static const char *const SIDES[BAND_PARTS] = {"&L", "&C", "&R"};
    static const struct {
        const char *word, *code;
    } WORDS[] = {{"{页}", "&P"},   {"{页数}", "&N"},   {"{册页}", "&P"}, {"{册页数}", "&N"},
                 {"{总页}", "&P"}, {"{总页数}", "&N"}, {"{节}", "&A"}};

    for (size_t i = 0; i < BAND_PARTS; i++) {
        if (!band->parts[i])
            continue;
        GString *text = g_string_new(band->parts[i]);
        g_string_replace(text, "&", "&&", 0);
        for (size_t k = 0; k < G_N_ELEMENTS(WORDS); k++)
            g_string_replace(text, WORDS[k].word, WORDS[k].code, 0);
        g_string_append_printf(out, "%s%s", SIDES[i], text->str);
        g_string_free(text, TRUE);
    }
}

static bool says(const struct page_band *band, const char *note)
{
    for (size_t i = 0; i < BAND_PARTS; i++)
        if (band->parts[i] && strstr(band->parts[i], note))
            return true;
    return false;
}

static void set_bands(struct sheet *sheet)
{
    static const struct page_band USUAL = {.parts = {[BAND_CENTER] = "第 {页} 页　共 {页数} 页"}};
    const struct document *document = sheet->document;
    const struct page_band *footer = sheet->page->footer.style ? &sheet->page->footer : &USUAL;
    GString *text = g_string_new(NULL);

    append_band(text, &sheet->page->header);
    if (text->len > 0)
        worksheet_set_header(sheet->worksheet, text->str);
    g_string_truncate(text, 0);
    append_band(text, footer);
    if (document->note && !footer->parts[BAND_RIGHT] && !says(footer, document->note))
        g_string_append_printf(text, "&R%s", document->note);
    worksheet_set_footer(sheet->worksheet, text->str);
    g_string_free(text, TRUE);
}

void paper_set(struct sheet *sheet)
{
    const struct page_setup *page = sheet->page;

    if (page->width > page->height)
        worksheet_set_landscape(sheet->worksheet);
    worksheet_set_margins(sheet->worksheet, (page->left + page->binding) / 72000.0,
                          page->right / 72000.0, page->top / 72000.0, page->bottom / 72000.0);
    worksheet_center_horizontally(sheet->worksheet);
    set_scale(sheet);
    set_breaks(sheet);
    set_bands(sheet);
}
