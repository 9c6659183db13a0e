/* Writes one sheet: its blocks under one another, then how it is printed. */
#include "render/xlsx_inside.h"

#include <math.h>
#include <string.h>

/* The paragraph as a cell holds it: the indent as ideographic spaces. */
static char *indented(const struct text_style *style, const char *text, size_t length)
{
    GString *out = g_string_new(NULL);

    for (int i = 0; i < style->indent / 1000; i++)
        g_string_append(out, "　");
    g_string_append_len(out, text, (gssize)length);
    return g_string_free(out, FALSE);
}

/* One paragraph over the first page's width, in as many merged rows as its height needs. */
void sheet_paragraph(struct sheet *sheet, struct place place, const struct text_style *style,
                     const char *text, mpt before, mpt after)
{
    const struct look look = {.style = style, .wrap = true};
    lxw_format *format = look_format(sheet->book, &look);
    const lxw_row_t first = sheet->row;
    double height = (before + after) / 1000.0 + 4;
    const size_t columns = sheet->paper.columns;
    const int pixels = sheet_pixels(sheet, 0, columns);
    lxw_row_t rows;

    height += (double)text_lines(text, columns_in(pixels, style)) * line_height(style);
    rows = (lxw_row_t)ceil(height / ROW_MAX);
    for (; sheet->row < first + rows; sheet->row++) {
        worksheet_set_row(sheet->worksheet, sheet->row, height / rows, NULL);
        for (size_t i = 0; i < columns; i++) {
            if (sheet->row == first && i == 0)
                cell_text(sheet, place, first, 0, text, format);
            else
                worksheet_write_blank(sheet->worksheet, sheet->row, (lxw_col_t)i, format);
        }
    }
    cells_merge(sheet, first, 0, first + rows - 1, (lxw_col_t)(columns - 1));
}

static void write_text(struct sheet *sheet, const struct block *block)
{
    const struct text_style *style = block->text.style;
    const char *at = block->text.text;
    mpt before = style->before;

    for (;;) {
        const size_t length = strcspn(at, "\n");
        char *paragraph = indented(style, at, length);

        sheet_paragraph(sheet, block->place, style, paragraph, before,
                        at[length] ? 0 : style->after);
        g_free(paragraph);
        if (!at[length])
            return;
        at += length + 1;
        before = 0;
    }
}

int sheet_write(struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->ncolumn; i++)
        worksheet_set_column_pixels(sheet->worksheet, (lxw_col_t)i, (lxw_col_t)i,
                                    (uint32_t)sheet->pixels[i], NULL);
    for (guint i = 0; i < sheet->items->len; i++) {
        struct item *item = &g_array_index(sheet->items, struct item, i);

        item->row = sheet->row;
        if (item->block->kind == BLOCK_TEXT)
            write_text(sheet, item->block);
        else if (item->block->kind == BLOCK_FIGURE)
            figure_write(sheet, item->block);
        else if (grid_write(sheet, item) != 0)
            return -1;
    }
    charts_insert(sheet);
    paper_set(sheet);
    return 0;
}
