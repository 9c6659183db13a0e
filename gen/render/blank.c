/* Writes the empty workbook through the parts of the workbook renderer that know cells and lists.
 */
#include "render/blank.h"

#include <time.h>

#include "base/file.h"
#include "render/xlsx_inside.h"

enum { CREATED = 946684800 };  /* 2000-01-01, as of all documents (design decision 12) */
enum { COMMENT_COLUMNS = 30 }; /* of half a character, a line of a note */
enum { FACE_POINTS = 11 };     /* 宋体, what is typed */
enum { COLOR_NEEDED = 0xFFE699, COLOR_OTHER = 0xF2F2F2 };
enum { WIDTH_MOST = 30 };

struct formats {
    lxw_format *needed, *other; /* heads */
    lxw_format *cells[BLANK_MONEY + 1];
};

static lxw_format *head_format(lxw_workbook *workbook, unsigned color)
{
    lxw_format *format = workbook_add_format(workbook);

    format_set_font_name(format, "黑体");
    format_set_font_size(format, FACE_POINTS);
    format_set_align(format, LXW_ALIGN_CENTER);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_text_wrap(format);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_bg_color(format, color);
    format_set_num_format(format, "@");
    return format;
}

static struct formats formats_new(lxw_workbook *workbook)
{
    static const char *const codes[] = {[BLANK_TEXT] = "@",
                                        [BLANK_WHOLE] = "0",
                                        [BLANK_NUMBER] = "General",
                                        [BLANK_MONEY] = "0.00"};
    struct formats formats = {.needed = head_format(workbook, COLOR_NEEDED),
                              .other = head_format(workbook, COLOR_OTHER)};

    for (int kind = 0; kind <= BLANK_MONEY; kind++) {
        formats.cells[kind] = workbook_add_format(workbook);
        format_set_font_name(formats.cells[kind], "宋体");
        format_set_font_size(formats.cells[kind], FACE_POINTS);
        format_set_num_format(formats.cells[kind], codes[kind]);
    }
    return formats;
}

/* A head of more than half a dozen characters takes two lines. */
static double column_width(const struct blank_column *column)
{
    const double head = (double)text_columns(column->head) + 3;

    return CLAMP(head > 15 ? head / 2 + 2 : head, column->width, WIDTH_MOST);
}

static void write_note(struct sheet *sheet, lxw_col_t at, const char *note)
{
    lxw_comment_options options = {.author = (char *)"mingbai",
                                   .width = 260,
                                   .height =
                                       (uint16_t)(24 + 18 * text_lines(note, COMMENT_COLUMNS)),
                                   .font_name = (char *)"宋体",
                                   .font_size = 10};

    worksheet_write_comment_opt(sheet->worksheet, 0, at, note, &options);
}

/* What Excel asks about when something else is typed; nothing for texts of any kind. */
static void write_rule(struct sheet *sheet, lxw_col_t at, const struct blank_column *column)
{
    lxw_data_validation rule = {.show_input = LXW_VALIDATION_OFF,
                                .show_error =
                                    column->several ? LXW_VALIDATION_OFF : LXW_VALIDATION_ON,
                                .error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
                                .error_title = (char *)"请看一眼"};
    char *formula = NULL;

    if (column->choices && column->choices[0]) {
        formula = choices_rule(sheet, (struct place){0}, column->choices, &rule);
        rule.error_message = (char *)"不在下拉的名单里，通常应从名单里选一个。";
    } else if (column->longest) {
        rule.validate = LXW_VALIDATION_TYPE_LENGTH;
        rule.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        rule.minimum_number = (double)column->shortest;
        rule.maximum_number = (double)column->longest;
        rule.error_message = (char *)"位数不对，请核对一遍。";
    } else if (column->kind != BLANK_TEXT && column->least <= column->most) {
        rule.validate =
            column->kind == BLANK_WHOLE ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL;
        rule.criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
        rule.minimum_number = column->least;
        rule.maximum_number = column->most;
        rule.error_message = (char *)"这一列要填数，而且要在合理的范围里；确实没有就写“无”。";
    } else {
        return;
    }
    worksheet_data_validation_range(sheet->worksheet, 1, at, BLANK_ROWS, at, &rule);
    g_free(formula);
}

static void write_sheet(struct sheet *sheet, const struct blank_sheet *blank,
                        const struct formats *formats)
{
    for (size_t i = 0; i < blank->ncolumn; i++) {
        const struct blank_column *column = &blank->columns[i];
        const lxw_col_t at = (lxw_col_t)i;

        worksheet_set_column(sheet->worksheet, at, at, column_width(column),
                             formats->cells[column->kind]);
        cell_text(sheet, (struct place){0}, 0, at, column->head,
                  column->needed ? formats->needed : formats->other);
        write_note(sheet, at, column->note);
        write_rule(sheet, at, column);
    }
    worksheet_set_row(sheet->worksheet, 0, 36, NULL);
    worksheet_freeze_panes(sheet->worksheet, 1, (lxw_col_t)blank->frozen);
    worksheet_set_landscape(sheet->worksheet);
    worksheet_set_paper(sheet->worksheet, 9); /* A4 */
    worksheet_repeat_rows(sheet->worksheet, 0, 0);
}

static bool any_hidden(const struct blank_sheet *sheets, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < sheets[i].ncolumn; k++)
            if (sheets[i].columns[k].choices && !choices_fit(sheets[i].columns[k].choices))
                return true;
    return false;
}

static int write_book(const char *path, const struct blank_sheet *blanks, size_t count,
                      struct findings *findings)
{
    const size_t errors = findings_of_level(findings, LEVEL_ERROR);
    char *folder = g_path_get_dirname(path);
    lxw_workbook_options options = {.tmpdir = folder};
    struct book book = {.workbook = workbook_new_opt(path, &options), .findings = findings};
    lxw_doc_properties properties = {.title = (char *)"台账", .created = CREATED};
    struct formats formats = formats_new(book.workbook);
    struct sheet *sheets = g_new0(struct sheet, count);
    lxw_error error;

    workbook_set_properties(book.workbook, &properties);
    for (size_t i = 0; i < count; i++) {
        sheets[i].book = &book;
        sheets[i].name = (char *)blanks[i].name;
        sheets[i].worksheet = workbook_add_worksheet(book.workbook, blanks[i].name);
    }
    if (any_hidden(blanks, count)) {
        book.choices_name = (char *)"选项";
        book.choices = workbook_add_worksheet(book.workbook, book.choices_name);
        worksheet_hide(book.choices);
    }
    for (size_t i = 0; i < count; i++)
        write_sheet(&sheets[i], &blanks[i], &formats);
    error = workbook_close(book.workbook); /* frees it, too */
    if (error != LXW_NO_ERROR)
        finding_add(findings, FINDING_FILE_WRITE, (struct place){.file = path},
                    lxw_strerror(error));
    g_free(sheets);
    g_free(folder);
    return findings_of_level(findings, LEVEL_ERROR) > errors ? -1 : 0;
}

int blank_write(const char *target, const struct blank_sheet *sheets, size_t count,
                struct findings *findings)
{
    struct file_writer *writer = file_create(target, findings);

    if (!writer)
        return -1;
    if (write_book(file_writer_temporary(writer), sheets, count, findings) == 0)
        return file_commit(writer, false, findings);
    file_abandon(writer);
    return -1;
}
