/* One cell: what a workbook cannot hold is a finding; what it can is written as what it is. */
#include "render/xlsx_inside.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

enum { TEXT_MAX = 32767 }; /* characters Excel holds in a cell */

static char *cell_name(lxw_row_t row, lxw_col_t column)
{
    char name[LXW_MAX_CELL_NAME_LENGTH];

    lxw_rowcol_to_cell(name, row, column);
    return g_strdup(name);
}

static void report(struct sheet *sheet, enum finding_code code, struct place place, lxw_row_t row,
                   lxw_col_t column, const char *what)
{
    char *cell = cell_name(row, column);

    finding_add(sheet->book->findings, code, place, sheet->name, cell, what);
    g_free(cell);
}

/* The first character a workbook (XML 1.0) cannot hold, or invalid UTF-8; NULL: none. */
static const char *first_bad(const char *text)
{
    const char *end;

    if (!g_utf8_validate(text, -1, &end))
        return end;
    for (const char *at = text; *at; at++) {
        const unsigned char byte = (unsigned char)*at;

        if (byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r')
            return at;
        if (byte == 0xEF && (unsigned char)at[1] == 0xBF && (unsigned char)at[2] >= 0xBE)
            return at; /* U+FFFE, U+FFFF */
    }
    return NULL;
}

/* CRLF and CR become the LF that Excel breaks lines at. */
static char *line_feeds(const char *text)
{
    GString *out = g_string_sized_new(strlen(text));

    for (; *text; text++) {
        if (*text != '\r')
            g_string_append_c(out, *text);
        else if (text[1] != '\n')
            g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

void cell_text(struct sheet *sheet, struct place place, lxw_row_t row, lxw_col_t column,
               const char *text, lxw_format *format)
{
    const char *bad = first_bad(text);

    if (bad) {
        gunichar character = g_utf8_get_char_validated(bad, -1);
        char what[16];

        g_snprintf(what, sizeof(what), character <= 0x10FFFF ? "U+%04X" : "0x%02X",
                   character <= 0x10FFFF ? character : (unsigned)(unsigned char)*bad);
        report(sheet, FINDING_RENDER_CHARACTER, place, row, column, what);
        return;
    }
    if (strlen(text) > TEXT_MAX && g_utf8_strlen(text, -1) > TEXT_MAX) {
        report(sheet, FINDING_RENDER_TEXT_LONG, place, row, column, "32767");
        return;
    }
    if (strchr(text, '\r')) {
        char *clean = line_feeds(text);

        worksheet_write_string(sheet->worksheet, row, column, clean, format);
        g_free(clean);
        return;
    }
    /* Never worksheet_write_formula: a text that begins with = + - @ stays a text. */
    worksheet_write_string(sheet->worksheet, row, column, text, format);
}

void cell_number(struct sheet *sheet, struct place place, lxw_row_t row, lxw_col_t column,
                 double number, const char *formula, lxw_format *format)
{
    if (!isfinite(number)) {
        report(sheet, FINDING_RENDER_NUMBER, place, row, column, "");
        return;
    }
    if (formula)
        worksheet_write_formula_num(sheet->worksheet, row, column, formula, format, number);
    else
        worksheet_write_number(sheet->worksheet, row, column, number, format);
}

void cells_merge(struct sheet *sheet, lxw_row_t first_row, lxw_col_t first, lxw_row_t last_row,
                 lxw_col_t last)
{
    if (first_row != last_row || first != last)
        worksheet_merge_range(sheet->worksheet, first_row, first, last_row, last, "", NULL);
}
