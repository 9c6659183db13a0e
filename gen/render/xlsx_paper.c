/* How a sheet goes on paper: one page wide if it stays readable, else A3, else several pages. */
#include "render/xlsx_inside.h"

#include <string.h>

static const double SIZE_READABLE = 7.5; /* points on paper (looks.md) */
/* Programs differ in the last pixel of a column: a page is not filled to its edge. */
static const double PAGE_FILLED = 0.97;

int printable_pixels(const struct sheet *sheet, bool a3)
{
    const struct page_setup *page = &sheet->document->page;
    const mpt shorter = a3 ? (mpt)(297 * MPT_PER_MM) : MIN(page->width, page->height);
    const mpt longer = a3 ? (mpt)(420 * MPT_PER_MM) : MAX(page->width, page->height);

    return (int)(((sheet->landscape ? longer : shorter) - page->left - page->right) / 1000.0 *
                 (96.0 / 72.0));
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
    paper->a3 = true;
    page = MAX(page, printable_pixels(sheet, true));
    if (total * readable <= page)
        return;
    paper->repeated = repeated_columns(sheet, page / readable);
    paper->npage = count_pages(sheet, page, percent, &columns);
    /* The program will choose the largest scale that keeps to so many pages. */
    for (; percent <= 100 && count_pages(sheet, page, percent, &columns) <= paper->npage; percent++)
        paper->columns = columns;
}

static uint8_t paper_code(const char *paper)
{
    return strcmp(paper, "A3") == 0   ? 8
           : strcmp(paper, "A5") == 0 ? 11
                                      : 9; /* ECMA-376 18.3.1.63 */
}

/* The reading program fits the pages itself: what it shows a column as wide as depends on its
 * fonts. */
static void set_scale(struct sheet *sheet)
{
    const struct paper *paper = &sheet->paper;

    worksheet_set_paper(sheet->worksheet,
                        paper_code(paper->a3 ? "A3" : sheet->document->page.paper));
    worksheet_fit_to_pages(sheet->worksheet, (uint16_t)paper->npage, 0);
    if (paper->repeated)
        worksheet_repeat_columns(sheet->worksheet, 0, (lxw_col_t)(paper->repeated - 1));
}

static void set_footer(struct sheet *sheet)
{
    const struct document *document = sheet->document;
    const char *footer = document->page.footer ? document->page.footer : "第 {页} 页　共 {页数} 页";
    GString *text = g_string_new("&C");

    g_string_append(text, footer);
    g_string_replace(text, "&", "&&", 0);
    g_string_erase(text, 0, 1);
    g_string_replace(text, "{页}", "&P", 0);
    g_string_replace(text, "{页数}", "&N", 0);
    if (document->note && !strstr(footer, document->note))
        g_string_append_printf(text, "&R%s", document->note);
    worksheet_set_footer(sheet->worksheet, text->str);
    g_string_free(text, TRUE);
}

void paper_set(struct sheet *sheet)
{
    const struct page_setup *page = &sheet->document->page;

    if (sheet->landscape)
        worksheet_set_landscape(sheet->worksheet);
    worksheet_set_margins(sheet->worksheet, page->left / 72000.0, page->right / 72000.0,
                          page->top / 72000.0, page->bottom / 72000.0);
    worksheet_center_horizontally(sheet->worksheet);
    set_scale(sheet);
    set_footer(sheet);
}
