/* Writes one grid to a sheet, row by row, downwards, because in constant_memory mode a row that was
 * left cannot be written to any more. Which rows there are is xlsx_rows.c's. */
#include "render/xlsx_rows.h"

#include <math.h>
#include <string.h>

#include "base/decimal.h"
#include "base/value.h"

static const double CELL_ABOVE = 4; /* points a row is higher than its text */

/* A place of a row made ready: its columns on the sheet and its formats. */
struct place_ready {
    const struct cell *cell; /* NULL: blank */
    lxw_col_t first, last;
    lxw_row_t rows; /* merged downwards; 0: the cell above reaches down here */
    struct look look;
    lxw_format *text, *marked; /* marked: （有误） */
    lxw_format *whole, *real;  /* numbers */
    double columns;            /* of text in a line */
};

struct row_ready {
    size_t count;
    struct place_ready *places;
    double height; /* at least, in points */
};

/* A cell that reaches down into rows still to come. */
struct reach {
    lxw_row_t rows; /* still to be covered */
    lxw_format *format;
};

struct writer {
    struct sheet *sheet;
    const struct grid *grid;
    struct place place;
    lxw_col_t *edges;
    struct reach *reach; /* one for each column of the sheet */
    lxw_row_t first;     /* the grid's first row */
    struct sheet_rows *rows;
    lxw_format *side_format;
    double side_height; /* what the side label asks of each row */
    GString *text;
    struct row_ready detail, heads[GROUP_LEVELS], feet[GROUP_LEVELS], pages[PAGE_ROWS];
};

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
                                 size_t unread)
{
    const struct cell *cell = ready->cell;
    const struct part *part = &cell->parts[0];
    struct format format = part->format;
    struct look look = ready->look;

    if (format.kind == FORMAT_PLAIN && part->kind != PART_NUMBER && part->kind != PART_COUNT)
        format = writer->grid->columns[cell->column].format;
    look.wrap = false;
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
        ready->whole = number_format(writer, ready, true, 0);
        ready->real = number_format(writer, ready, false, 0);
    }
}

/* Columns that no cell names are blank, except under a cell that reaches down. */
static struct row_ready row_ready(struct writer *writer, const struct row *row, bool head)
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
                         const struct value *value, const struct part_scope *scope, size_t unread)
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
                unread  ? number_format(writer, ready, whole, unread)
                : whole ? ready->whole
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

/* Writes the cell's content at row and returns how high it is, in points. Group heads stay texts,
 * so that a total over the rows between cannot count them. */
static double write_content(struct writer *writer, const struct place_ready *ready, lxw_row_t row,
                            const struct part_scope *scope, bool group)
{
    const struct cell *cell = ready->cell;
    struct value value = value_null(STATE_EMPTY);
    const char *text;
    size_t uncounted = 0;

    if (cell->diagonal) {
        text = diagonal_text(writer, ready, scope);
        cell_text(writer->sheet, writer->place, row, ready->first, text, ready->text);
        return text_height(ready, text);
    }
    if (cell->npart == 1 && cell->parts[0].kind != PART_LITERAL) {
        value = part_value(cell->parts, scope, &uncounted);
        if (!group && as_number(writer->grid, cell, &value)) {
            write_number(writer, ready, row, &value, scope, uncounted);
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
              value.state == STATE_INVALID ? ready->marked : ready->text);
    return text_height(ready, text);
}

/* --- rows */

/* Under cells that reach down: blanks in their look, which carry the borders. */
static void write_reached(struct writer *writer, const struct row_ready *ready)
{
    struct sheet *sheet = writer->sheet;

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
        reach->rows--;
    }
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

static void write_row(struct writer *writer, const struct row_ready *ready,
                      const struct part_scope *scope, bool group)
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
        for (lxw_col_t column = at->first; column <= at->last; column++) {
            if (column > at->first || !at->cell)
                worksheet_write_blank(sheet->worksheet, row, column, at->text);
            if (at->rows > 1)
                writer->reach[column] = (struct reach){at->rows, at->text};
        }
        if (at->cell)
            content = write_content(writer, at, row, scope, group);
        cells_merge(sheet, row, at->first, row + at->rows - 1, at->last);
        height = MAX(height, content / at->rows + CELL_ABOVE);
    }
    write_reached(writer, ready);
    set_height(sheet, writer->place, height);
    sheet->row++;
}

static void write_rows(struct writer *writer, const struct row *rows, size_t count, bool head)
{
    const struct part_scope scope = part_scope_all(writer->grid->rows);

    for (size_t i = 0; i < count; i++) {
        struct row_ready ready = row_ready(writer, &rows[i], head);

        write_row(writer, &ready, &scope, false);
        g_free(ready.places);
    }
}

/* In place of no rows: one line across. */
static void write_empty(struct writer *writer)
{
    const struct grid *grid = writer->grid;
    const struct part part = {.kind = PART_LITERAL, .text = grid->empty};
    const struct cell cell = {.colspan = (uint16_t)grid->ncolumn,
                              .rowspan = 1,
                              .npart = 1,
                              .parts = &part,
                              .style = grid->empty_style};
    const struct row row = {.ncell = 1, .cells = &cell};

    write_rows(writer, &row, 1, false);
}

/* Do the cell and the merging cells left of it say the same of both rows of data? */
static bool goes_together(const struct writer *writer, const struct cell *cell, size_t a, size_t b)
{
    for (const struct cell *left = writer->grid->detail->cells; left <= cell; left++)
        if (left->merge && !parts_same(left->parts, left->npart, writer->grid->rows, a, b))
            return false;
    return true;
}

/* How far down a merging cell of a row of data reaches: as long as rows of data follow at once that
 * say the same. next: the count rows planned behind it. */
static void merge_down(struct writer *writer, size_t row, const struct sheet_row *next,
                       size_t count)
{
    for (size_t i = 0; i < writer->detail.count; i++) {
        struct place_ready *at = &writer->detail.places[i];

        if (!at->cell || !at->cell->merge)
            continue;
        at->rows = writer->reach[at->first].rows > 0 ? 0 : 1;
        for (size_t k = 0; at->rows > 0 && k < count && next[k].kind == SHEET_DETAIL &&
                           goes_together(writer, at->cell, row, row + k + 1);
             k++)
            at->rows++;
    }
}

static void write_planned(struct writer *writer, const struct sheet_row *row, size_t left)
{
    const struct part_scope scope = sheet_row_scope(writer->grid, row);
    const struct row_ready *ready = &writer->detail;

    switch (row->kind) {
    case SHEET_GROUP:
        ready = &writer->heads[row->level];
        break;
    case SHEET_FOOT:
        ready = &writer->feet[row->level];
        break;
    case SHEET_PAGE:
        ready = &writer->pages[row->level];
        break;
    case SHEET_DETAIL:
        merge_down(writer, row->first, row + 1, left);
        break;
    case SHEET_FILL:
        for (size_t i = 0; i < writer->detail.count; i++) { /* blank ones from here */
            writer->detail.places[i].cell = NULL;
            writer->detail.places[i].rows = 1;
        }
        break;
    }
    write_row(writer, ready, &scope, row->kind == SHEET_GROUP);
}

static void ready_all(struct writer *writer)
{
    const struct grid *grid = writer->grid;

    writer->detail = row_ready(writer, grid->detail, false);
    for (size_t i = 0; i < grid->ngroup; i++) {
        if (grid->groups[i].head)
            writer->heads[i] = row_ready(writer, grid->groups[i].head, false);
        if (grid->groups[i].foot)
            writer->feet[i] = row_ready(writer, grid->groups[i].foot, false);
    }
    for (size_t i = 0; i < PAGE_ROWS; i++)
        if (grid->page_rows[i])
            writer->pages[i] = row_ready(writer, grid->page_rows[i], false);
}

static void write_data(struct writer *writer)
{
    const struct sheet_rows *rows = writer->rows;

    ready_all(writer);
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].breaks)
            sheet_break(writer->sheet, writer->sheet->row);
        write_planned(writer, &rows->rows[i], rows->count - i - 1);
    }
    g_free(writer->detail.places);
    for (size_t i = 0; i < GROUP_LEVELS; i++) {
        g_free(writer->heads[i].places);
        g_free(writer->feet[i].places);
    }
    for (size_t i = 0; i < PAGE_ROWS; i++)
        g_free(writer->pages[i].places);
}

/* --- the grid */

/* The merged label left of all rows. */
static void start_side(struct writer *writer, lxw_row_t rows)
{
    const struct grid *grid = writer->grid;
    struct sheet *sheet = writer->sheet;
    const struct look look = {.style = grid->side_style,
                              .upright = true,
                              .wrap = true,
                              .borders = grid->rules != RULES_NONE ? BORDER_ALL : 0};

    writer->side_format = look_format(sheet->book, &look);
    writer->side_height =
        (double)text_columns(grid->side) / 2 * line_height(grid->side_style) / rows;
    cell_text(sheet, writer->place, sheet->row, 0, grid->side, writer->side_format);
    cells_merge(sheet, sheet->row, 0, sheet->row + rows - 1, 0);
}

/* Panes, filter, printed heads: for the sheet's first grid with data. */
static void serve_reader(struct writer *writer)
{
    enum { HEAD_NEAR_TOP = 8 }; /* a pane below this would take the whole screen */
    const struct grid *grid = writer->grid;
    struct sheet *sheet = writer->sheet;
    const lxw_row_t head_last = writer->first + (lxw_row_t)grid->nhead - 1;

    if (sheet->has_head || !grid->detail || grid->nhead == 0)
        return;
    sheet->has_head = true;
    worksheet_repeat_rows(sheet->worksheet, writer->first, head_last);
    if (head_last < HEAD_NEAR_TOP)
        worksheet_freeze_panes(sheet->worksheet, head_last + 1, 0);
    if (sheet_rows_plain(writer->rows) && !grid->total_first && grid->nfixed == 0)
        worksheet_autofilter(sheet->worksheet, head_last, writer->edges[0],
                             head_last + (lxw_row_t)writer->rows->count,
                             (lxw_col_t)(writer->edges[grid->ncolumn] - 1));
}

static void write_all(struct writer *writer, size_t count)
{
    const struct grid *grid = writer->grid;

    write_rows(writer, grid->head, grid->nhead, true);
    write_rows(writer, grid->fixed, grid->nfixed, false);
    if (grid->total_first)
        write_rows(writer, grid->totals, grid->ntotal, false);
    if (count == 0 && grid->empty)
        write_empty(writer);
    if (grid->detail)
        write_data(writer);
    if (!grid->total_first)
        write_rows(writer, grid->totals, grid->ntotal, false);
}

int grid_write(struct sheet *sheet, const struct item *item)
{
    const struct grid *grid = &item->block->grid;
    const size_t count = grid->rows && grid->detail ? rowset_rows(grid->rows) : 0;
    const bool empty = count == 0 && grid->empty;
    const size_t before =
        grid->nhead + grid->nfixed + (grid->total_first ? grid->ntotal : 0) + (empty ? 1 : 0);
    struct writer writer = {
        .sheet = sheet, .grid = grid, .place = item->block->place, .first = sheet->row};
    size_t all;

    writer.rows = sheet_rows_plan(grid, sheet->row + (lxw_row_t)before);
    all = before + writer.rows->count + (grid->total_first ? 0 : grid->ntotal);
    if (sheet->row + all > LXW_ROW_MAX || all == 0) {
        sheet_rows_free(writer.rows);
        return all == 0 ? 0
                        : finding_add(sheet->book->findings, FINDING_RENDER_ROWS,
                                      item->block->place, sheet->name, G_STRINGIFY(LXW_ROW_MAX));
    }
    writer.edges = grid_edges(sheet, item);
    writer.reach = g_new0(struct reach, sheet->ncolumn);
    writer.text = g_string_new(NULL);
    if (grid->side)
        start_side(&writer, (lxw_row_t)all);
    serve_reader(&writer);
    write_all(&writer, count);
    if (writer.rows->count + empty > 0 && grid->detail)
        grid_choices(sheet, grid, writer.edges, writer.place, writer.rows->first - empty,
                     writer.rows->first - empty +
                         (lxw_row_t)MAX(writer.rows->count + empty, (size_t)1) - 1);
    g_string_free(writer.text, TRUE);
    g_free(writer.reach);
    g_free(writer.edges);
    sheet_rows_free(writer.rows);
    return 0;
}
