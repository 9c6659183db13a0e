/* The floor of speed for workbooks: 100 000 x 16 cells straight through libxlsxwriter.
 *
 * usage: bare_xlsx OUT.xlsx        writes the workbook, constant_memory, with the strings, formats
 * and widths that mingbai's xlsx renderer gives for the same ledger bare_xlsx --csv OUT.csv writes
 * that ledger (户), for `mingbai render` to read
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "workbook_rows.h"

static const int pixels[BENCH_COLUMNS] = {112, 63,  70, 70, 70, 161, 105, 70,
                                          84,  112, 98, 70, 91, 91,  91,  91};

static int write_csv(const char *path)
{
    FILE *out = fopen(path, "w");
    static struct bench_row row;

    if (!out) {
        perror(path);
        return 3;
    }
    for (size_t i = 0; i < BENCH_COLUMNS; i++)
        fprintf(out, "%s%s", bench_columns[i].name, i + 1 < BENCH_COLUMNS ? "," : "\n");
    for (size_t r = 0; r < BENCH_ROWS; r++) {
        bench_fill(r, &row);
        for (size_t i = 0; i < BENCH_COLUMNS; i++) {
            if (bench_columns[i].kind == BENCH_WORDS)
                fputs(row.words[i], out);
            else
                fprintf(out, bench_columns[i].kind == BENCH_WHOLE ? "%.0f" : "%.2f", row.number[i]);
            fputc(i + 1 < BENCH_COLUMNS ? ',' : '\n', out);
        }
    }
    return fclose(out) == 0 ? 0 : 3;
}

static lxw_format *bordered(lxw_workbook *workbook, const char *font, const char *number)
{
    lxw_format *format = workbook_add_format(workbook);

    format_set_font_name(format, font);
    format_set_font_charset(format, 134);
    format_set_font_size(format, 10.5);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (number) {
        format_set_num_format(format, number);
        format_set_align(format, LXW_ALIGN_RIGHT);
    } else {
        format_set_text_wrap(format);
        format_set_align(format, LXW_ALIGN_LEFT);
    }
    return format;
}

static void write_sheet(lxw_workbook *workbook)
{
    lxw_worksheet *sheet = workbook_add_worksheet(workbook, "户");
    lxw_format *head = bordered(workbook, "黑体", NULL);
    lxw_format *words = bordered(workbook, "宋体", NULL);
    lxw_format *whole = bordered(workbook, "宋体", "0");
    lxw_format *money = bordered(workbook, "宋体", "#,##0.00");
    static struct bench_row row;

    format_set_bg_color(head, 0xEDEDED);
    for (lxw_col_t i = 0; i < BENCH_COLUMNS; i++)
        worksheet_set_column_pixels(sheet, i, i, (uint32_t)pixels[i], NULL);
    worksheet_set_row(sheet, 0, 25.5, NULL);
    for (lxw_col_t i = 0; i < BENCH_COLUMNS; i++)
        worksheet_write_string(sheet, 0, i, bench_columns[i].name, head);
    for (lxw_row_t r = 0; r < BENCH_ROWS; r++) {
        bench_fill(r, &row);
        worksheet_set_row(sheet, r + 1, 19.225, NULL);
        for (lxw_col_t i = 0; i < BENCH_COLUMNS; i++) {
            if (bench_columns[i].kind == BENCH_WORDS)
                worksheet_write_string(sheet, r + 1, i, row.words[i], words);
            else
                worksheet_write_number(sheet, r + 1, i, row.number[i],
                                       bench_columns[i].kind == BENCH_WHOLE ? whole : money);
        }
    }
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
    worksheet_autofilter(sheet, 0, 0, BENCH_ROWS, BENCH_COLUMNS - 1);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_footer(sheet, "&C第 &P 页　共 &N 页&R内部资料");
}

int main(int argc, char **argv)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_doc_properties properties = {.title = (char *)"户", .created = 946684800};
    lxw_workbook *workbook;
    lxw_error error;

    if (argc == 3 && strcmp(argv[1], "--csv") == 0)
        return write_csv(argv[2]);
    if (argc != 2 || argv[1][0] == '-') {
        fprintf(stderr, "usage: bare_xlsx OUT.xlsx | bare_xlsx --csv OUT.csv\n");
        return 2;
    }
    workbook = workbook_new_opt(argv[1], &options);
    workbook_set_properties(workbook, &properties);
    write_sheet(workbook);
    error = workbook_close(workbook);
    if (error)
        fprintf(stderr, "bare_xlsx: %s\n", lxw_strerror(error));
    return error ? 3 : 0;
}
