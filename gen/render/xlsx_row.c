/* One row of a grid on a sheet: its formats, its numbers, texts and formulas, its height. */
#include "render/xlsx_row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/value.h"

static const double CELL_ABOVE = 4; /* points a row is higher than its text */
static const double WRITING = 25.5; /* points of a line to write on: 9 mm */

/* --- rows made ready */

static unsigned borders_of(const struct grid *grid, const struct cell *cell, bool after_open)
{
    /* Rules that only pages can have become lines between rows. */
    unsigned borders = grid->rules == RULES_GRID   ? BORDER_ALL
                       : grid->rules == RULES_NONE ? 0
                                                   : BORDER_TOP | BORDER_BOTTOM;

    if (cell && cell->open)
        borders &= ~(unsigned)BORDER_RIGHT;
    if (after_open)
        borders &= ~(unsigned)BORDER_LEFT;
    if (cell && cell->rule && cell->npart == 0)
        borders |= BORDER_BOTTOM;
    return borders;
}

static lxw_format *number_format(struct writer *writer, const struct place_ready *ready, bool whole,
                                 size_t unread, bool marked)
{
    const struct cell *cell = ready->cell;
    const struct part *part = &cell->parts[0];
    struct format format = part->format;
    struct look look = ready->look;

    if (format.kind == FORMAT_PLAIN && part->kind != PART_NUMBER && part->kind != PART_COUNT)
        format = writer->grid->columns[cell->column].format;
    look.wrap = false;
    if (marked)
        look.fill = FILL_INVALID;
    look_number(&look, format, whole, unread);
    return look_format(writer->sheet->book, &look);
}

static void make_ready(struct writer *writer, struct place_ready *ready, const struct cell *cell,
                       size_t column, const struct text_style *style, bool head, bool after_open)
{
    const size_t end = column + (cell ? cell->colspan : 1);
    struct look look = {.style = style, .wrap = true, .fill = FILL_NONE};

    if (head && writer->grid->rules != RULES_NONE)
        look.fill = FILL_HEAD;
    look.borders = borders_of(writer->grid, cell, after_open);
    look.upright = cell && cell->vertical;
    look.diagonal = cell && cell->diagonal;
    ready->cell = cell;
    ready->first = writer->edges[column];
    ready->last = (lxw_col_t)(writer->edges[end] - 1);
    ready->rows = cell ? cell->rowspan : 1;
    ready->look = look;
    ready->text = look_format(writer->sheet->book, &look);
    look.fill = FILL_INVALID;
    ready->marked = look_format(writer->sheet->book, &look);
    ready->columns = columns_in(
        sheet_pixels(writer->sheet, ready->first, (size_t)(ready->last - ready->first) + 1), style);
    if (cell && cell->npart == 1 && cell->parts[0].kind != PART_LITERAL) {
        ready->whole = number_format(writer, ready, true, 0, false);
        ready->real = number_format(writer, ready, false, 0, false);
    }
}

/* Columns that no cell names are blank, except under a cell that reaches down. */
struct row_ready row_ready(struct writer *writer, const struct row *row, bool head)
{
    const struct grid *grid = writer->grid;
    struct row_ready ready = {.height = row->height / 1000.0,
                              .places = g_new0(struct place_ready, grid->ncolumn)};
    const struct text_style *style = row->ncell ? row->cells[0].style : NULL;
    bool after_open = false;
    size_t column = 0;

    for (size_t i = 0; i <= row->ncell; i++) {
        const struct cell *cell = i < row->ncell ? &row->cells[i] : NULL;
        const size_t next = cell ? cell->column : grid->ncolumn;

        for (; column < next; column++)
            if (style && writer->reach[writer->edges[column]].rows == 0)
                make_ready(writer, &ready.places[ready.count++], NULL, column, style, head, false);
        if (!cell)
            break;
        style = cell->style;
        make_ready(writer, &ready.places[ready.count++], cell, column, style, head, after_open);
        after_open = cell->open;
        column += cell->colspan;
    }
    return ready;
}

/* --- cells */

/* A number the way it is kept in a sheet: taken half-up to millionths, 万元 as 1/10 000 of it, not
 * yet to its places, so that the total's ROUND(SUM()) gives what our exact sum gives. */
static double kept(const struct value *value, struct format format)
{
    bool ok;
    decimal number;

    if (value->type == VALUE_INTEGER)
        return (double)value->integer / format_scale(format.kind);
    number = decimal_from_real(value->real, &ok);
    if (!ok)
        return (double)NAN;
    if (format_scale(format.kind) == 1)
        return decimal_to_real(number);
    /* Two integers, the one rounding is the division's: 9412.3 元 is 0.94123 万元. */
    return (double)number / ((double)format_scale(format.kind) * DECIMAL_ONE);
}

/* The sheet's column that shows the field as numbers of the same scale; false: none does. */
static bool data_column(const struct writer *writer, size_t field, enum format_kind total,
                        lxw_col_t *column)
{
    const struct row *detail = writer->grid->detail;

    for (size_t i = 0; detail && i < detail->ncell; i++) {
        const struct cell *cell = &detail->cells[i];
        const enum format_kind kind = cell->npart == 1 ? cell->parts[0].format.kind : total;

        if (cell->npart == 1 && cell->parts[0].kind == PART_FIELD &&
            cell->parts[0].field == field && !writer->grid->columns[cell->column].text &&
            !format_is_words(kind) && format_scale(kind) == format_scale(total)) {
            *column = writer->edges[cell->column];
            return true;
        }
    }
    return false;
}

/* =ROUND(SUM(D5:D60),2) over the rows of data alone. NULL: the total is of no column shown, or of
 * too many pieces for a formula. g_free() it. */
static char *total_formula(const struct writer *writer, const struct part *part,
                           struct format format, bool whole, const struct part_scope *scope)
{
    static const char *const functions[] = {
        [PART_SUM] = "SUM", [PART_AVERAGE] = "AVERAGE", [PART_MIN] = "MIN", [PART_MAX] = "MAX"};
    lxw_col_t column;
    int places = whole ? 0 : part->kind == PART_AVERAGE ? AVERAGE_PLACES : DECIMAL_PLACES;
    char *ranges, *formula;

    if (part->kind < PART_SUM || part->kind > PART_MAX || scope->count == 0 ||
        !data_column(writer, part->field, format.kind, &column))
        return NULL;
    if (format_has_places(format.kind))
        places = format.places;
    ranges = sheet_rows_ranges(writer->rows, scope->first, scope->count, column);
    if (!ranges)
        return NULL;
    formula = g_strdup_printf("=ROUND(%s(%s),%d)", functions[part->kind], ranges, places);
    g_free(ranges);
    return formula;
}

/* A total is kept as it is printed: rounded to its places. */
static double rounded(const struct value *value, struct format format)
{
    const decimal scale = (decimal)format_scale(format.kind) * DECIMAL_ONE;
    bool ok = true;
    decimal exact = value->type == VALUE_INTEGER ? (decimal)value->integer * DECIMAL_ONE
                                                 : decimal_from_real(value->real, &ok);

    if (!ok || !format_has_places(format.kind))
        return kept(value, format);
    return decimal_to_real(decimal_divide(exact, scale, format.places));
}

static void write_number(struct writer *writer, const struct place_ready *ready, lxw_row_t row,
                         const struct value *value, const struct part_scope *scope, size_t unread,
                         bool marked)
{
    const struct part *part = &ready->cell->parts[0];
    const bool whole = value->type == VALUE_INTEGER;
    struct format format = part->format;
    double number;
    char *formula;

    if (format.kind == FORMAT_PLAIN)
        format = writer->grid->columns[ready->cell->column].format;
    formula = total_formula(writer, part, format, whole, scope);
    number = part->kind >= PART_SUM && part->kind <= PART_MAX ? rounded(value, format)
                                                              : kept(value, format);
    cell_number(writer->sheet, writer->place, row, ready->first, number, formula,
                unread || marked ? number_format(writer, ready, whole, unread, marked)
                : whole          ? ready->whole
                                 : ready->real);
    g_free(formula);
}

/* Whether the value goes into the sheet as a number: not texts, ticks, or digits beyond a double's.
 */
static bool as_number(const struct grid *grid, const struct cell *cell, const struct value *value)
{
    const enum format_kind kind = cell->parts[0].format.kind;

    if (grid->columns[cell->column].text && !part_counts(cell->parts[0].kind))
        return false;
    if (format_is_words(kind))
        return false;
    if (value->type == VALUE_INTEGER)
        return value->integer > -1000000000000000 && value->integer < 1000000000000000;
    return value->type == VALUE_REAL;
}

/* How high the text stands at that place. */
static double text_height(const struct place_ready *ready, const char *text)
{
    const double line = line_height(ready->look.style);
    size_t lines = 1;

    if (ready->look.upright)
        lines = (text_columns(text) + 1) / 2;      /* one character a line */
    else if (strlen(text) * 1.25 > ready->columns) /* no text takes more */
        lines = text_lines(text, ready->columns);
    return (double)lines * line;
}

/* The labels of a 斜线表头 from the uppermost on, each line further to the left. */
static const char *diagonal_text(struct writer *writer, const struct place_ready *ready,
                                 const struct part_scope *scope)
{
    char **labels;
    guint count;

    g_string_truncate(writer->text, 0);
    parts_write(writer->text, ready->cell->parts, ready->cell->npart, scope);
    labels = g_strsplit(writer->text->str, "\n", -1);
    count = g_strv_length(labels);
    g_string_truncate(writer->text, 0);
    for (guint i = count; i-- > 0;) {
        double room = ready->columns - (double)text_columns(labels[i]);
        int pad = count > 1 && room > 0 ? (int)(room * i / (count - 1)) : 0;

        g_string_append_printf(writer->text, "%*s%s%s", pad, "", labels[i], i > 0 ? "\n" : "");
    }
    g_strfreev(labels);
    return writer->text->str;
}

static int compare_marks(const void *key, const void *member)
{
    const struct cell_mark *a = key, *b = member;

    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

/* Only cells of data are marked. */
static bool is_marked(const struct grid *grid, const struct cell *cell, size_t row)
{
    const struct row *detail = grid->detail;
    const struct cell_mark wanted = {(uint32_t)row, cell->column};

    if (grid->nmark == 0 || !detail || cell < detail->cells ||
        cell >= detail->cells + detail->ncell)
        return false;
    return bsearch(&wanted, grid->marks, grid->nmark, sizeof(wanted), compare_marks) != NULL;
}

/* Writes the cell's content at row and returns how high it is, in points. Group heads stay texts,
 * so that a total over the rows between cannot count them. */
static double write_content(struct writer *writer, const struct place_ready *ready, lxw_row_t row,
                            const struct part_scope *scope, bool group)
{
    const struct cell *cell = ready->cell;
    struct value value = value_null(STATE_EMPTY);
    const char *text;
    const bool marked = is_marked(writer->grid, cell, scope->row);
    size_t uncounted = 0;

    if (cell->diagonal) {
        text = diagonal_text(writer, ready, scope);
        cell_text(writer->sheet, writer->place, row, ready->first, text, ready->text);
        return text_height(ready, text);
    }
    if (cell->npart == 1 && cell->parts[0].kind != PART_LITERAL) {
        value = part_value(cell->parts, scope, &uncounted);
        if (!group && as_number(writer->grid, cell, &value)) {
            write_number(writer, ready, row, &value, scope, uncounted, marked);
            return line_height(ready->look.style);
        }
    }
    if (value.type == VALUE_TEXT && cell->parts[0].format.kind == FORMAT_PLAIN) {
        text = value.text;
    } else if (value.type == VALUE_INTEGER && cell->parts[0].format.kind == FORMAT_TICK) {
        text = value.integer ? "√" : "×";
    } else {
        g_string_truncate(writer->text, 0);
        parts_write(writer->text, cell->parts, cell->npart, scope);
        text = writer->text->str;
    }
    cell_text(writer->sheet, writer->place, row, ready->first, text,
              value.state == STATE_INVALID || marked ? ready->marked : ready->text);
    return text_height(ready, text);
}

/* --- rows */

/* Under cells that reach down: blanks in their look, which carry the borders. Returns how high they
 * want the row, in points. */
static double write_reached(struct writer *writer, const struct row_ready *ready)
{
    struct sheet *sheet = writer->sheet;
    double height = 0;

    for (size_t column = writer->edges[0]; column < sheet->ncolumn; column++) {
        struct reach *reach = &writer->reach[column];
        bool begins = false;

        if (reach->rows == 0)
            continue;
        for (size_t i = 0; i < ready->count && !begins; i++)
            begins = ready->places[i].rows > 0 && column >= ready->places[i].first &&
                     column <= ready->places[i].last;
        if (!begins)
            worksheet_write_blank(sheet->worksheet, sheet->row, (lxw_col_t)column, reach->format);
        height = MAX(height, reach->height);
        reach->rows--;
    }
    return height;
}

static void set_height(struct sheet *sheet, struct place place, double height)
{
    if (height > ROW_MAX) {
        char number[16];

        g_snprintf(number, sizeof(number), "%u", sheet->row + 1);
        finding_add(sheet->book->findings, FINDING_RENDER_ROW_TALL, place, sheet->name, number);
    }
    worksheet_set_row(sheet->worksheet, sheet->row, MIN(height, ROW_MAX), NULL);
}

void write_row(struct writer *writer, const struct row_ready *ready, const struct part_scope *scope,
               bool group)
{
    struct sheet *sheet = writer->sheet;
    const lxw_row_t row = sheet->row;
    double height = MAX(ready->height, writer->side_height);

    if (writer->grid->side && row > writer->first)
        worksheet_write_blank(sheet->worksheet, row, 0, writer->side_format);
    for (size_t i = 0; i < ready->count; i++) {
        const struct place_ready *at = &ready->places[i];
        double content = line_height(at->look.style);

        if (at->rows == 0)
            continue;
        for (lxw_col_t column = at->first; column <= at->last; column++)
            if (column > at->first || !at->cell)
                worksheet_write_blank(sheet->worksheet, row, column, at->text);
        if (at->cell)
            content = write_content(writer, at, row, scope, group) + at->cell->lines * WRITING;
        cells_merge(sheet, row, at->first, row + at->rows - 1, at->last);
        content = content / at->rows + CELL_ABOVE;
        height = MAX(height, content);
        for (lxw_col_t column = at->first; at->rows > 1 && column <= at->last; column++)
            writer->reach[column] = (struct reach){at->rows, at->text, content};
    }
    const double reached = write_reached(writer, ready);
    set_height(sheet, writer->place, MAX(height, reached));
    sheet->row++;
}
