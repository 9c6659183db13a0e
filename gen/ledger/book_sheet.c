/* The cells of one sheet, as a table. */
#include <stdlib.h>
#include <string.h>

#include "ledger/book_inside.h"
#include "ledger/private_use.h"

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_BOOLEAN, CELL_DATE };

/* A sheet on its way. */
struct grid {
    struct book *book;
    struct findings *findings;
    struct csv_table *table;
    GArray *rows; /* struct csv_row; the last is not blank */

    uint32_t row;       /* being read, 1 based; 0: none yet */
    const char **cells; /* of that row, BOOK_COLUMNS; NULL: blank */
    uint32_t ncell;     /* its cells up to the last with text */

    uint32_t column; /* of the cell being read, 1 based; 0 at a row's start */
    bool in_row, in_cell, in_value, in_formula, in_inline;
    unsigned phonetic; /* depth in rPh */
    bool has_formula;
    enum cell_type type;
    struct number_form form;
    GString *value, *formula, *text;

    /* for notes */
    bool hides;                           /* the row does */
    uint32_t nhidden, first_hidden;       /* rows with text */
    size_t nprivate;                      /* characters mapped */
    uint32_t first_private;               /* as it was, */
    uint32_t private_row, private_column; /* and where */
};

static struct place place_of(const struct grid *grid)
{
    return csv_place(grid->table, grid->row, grid->column);
}

static int damaged(const struct grid *grid, const char *reason)
{
    return finding_add(grid->findings, FINDING_BOOK_DAMAGED, place_of(grid), grid->table->sheet,
                       reason);
}

static int too_large(const struct grid *grid)
{
    return finding_add(grid->findings, FINDING_BOOK_TOO_LARGE, place_of(grid), grid->table->sheet);
}

static int too_wide(const struct grid *grid)
{
    char limit[16];

    g_snprintf(limit, sizeof limit, "%d", BOOK_COLUMNS);
    return finding_add(grid->findings, FINDING_CSV_TOO_MANY_COLUMNS,
                       csv_place(grid->table, grid->row, 0), limit);
}

/* AB12 is column 28; 0: no address, BOOK_COLUMNS + 1: beyond any sheet. */
static uint32_t column_of(const char *address)
{
    uint32_t column = 0;

    for (; g_ascii_isupper(*address); address++) {
        column = column * 26 + (uint32_t)(*address - 'A' + 1);
        if (column > BOOK_COLUMNS)
            return BOOK_COLUMNS + 1;
    }
    return g_ascii_isdigit(*address) ? column : 0;
}

static int start_row(struct grid *grid, const char *const *attributes)
{
    const char *number = xml_attribute(attributes, "r");
    const unsigned long row = number ? strtoul(number, NULL, 10) : grid->row + 1ul;

    grid->column = 0;
    if (row <= grid->row || row > BOOK_ROWS)
        return damaged(grid, "row number");
    grid->row = (uint32_t)row;
    grid->hides = xml_true(xml_attribute(attributes, "hidden"));
    grid->ncell = 0;
    grid->in_row = true;
    return 0;
}

static enum cell_type type_of(const char *name)
{
    static const struct {
        const char *name;
        enum cell_type type;
    } types[] = {{"s", CELL_SHARED},  {"str", CELL_TEXT}, {"inlineStr", CELL_TEXT},
                 {"b", CELL_BOOLEAN}, {"e", CELL_TEXT},   {"d", CELL_DATE}};

    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
        if (strcmp(name, types[i].name) == 0)
            return types[i].type;
    }
    return CELL_NUMBER;
}

/* What the tag of a cell says, in one pass: sheets are made of cells. */
static void read_attributes(struct grid *grid, const char *const *attributes, uint32_t *column)
{
    const GArray *forms = grid->book->forms;
    unsigned long form = 0;

    grid->type = CELL_NUMBER;
    for (size_t i = 0; attributes[i]; i += 2) {
        const char *name = xml_local(attributes[i]), *value = attributes[i + 1];

        if (name[0] == '\0' || name[1] != '\0')
            continue;
        if (name[0] == 'r')
            *column = column_of(value);
        else if (name[0] == 's')
            form = strtoul(value, NULL, 10);
        else if (name[0] == 't')
            grid->type = type_of(value);
    }
    grid->form = form < forms->len ? g_array_index(forms, struct number_form, form)
                                   : (struct number_form){0};
}

static int start_cell(struct grid *grid, const char *const *attributes)
{
    uint32_t column = grid->column + 1;

    read_attributes(grid, attributes, &column);
    if (column == 0)
        return damaged(grid, "column");
    if (column > BOOK_COLUMNS)
        return too_wide(grid);
    grid->column = column;
    grid->in_cell = true;
    grid->has_formula = false;
    g_string_truncate(grid->value, 0);
    g_string_truncate(grid->formula, 0);
    return 0;
}

static int take_start(void *data, const char *name, const char *const *attributes)
{
    struct grid *grid = data;

    if (!grid->in_row)
        return strcmp(name, "row") == 0 ? start_row(grid, attributes) : 0;
    if (!grid->in_cell)
        return strcmp(name, "c") == 0 ? start_cell(grid, attributes) : 0;
    grid->phonetic += strcmp(name, "rPh") == 0;
    if (strcmp(name, "f") == 0)
        grid->in_formula = grid->has_formula = true;
    else if (strcmp(name, "is") == 0)
        grid->in_inline = true;
    grid->in_value =
        strcmp(name, "v") == 0 || (strcmp(name, "t") == 0 && grid->in_inline && !grid->phonetic);
    return 0;
}

static int take_text(void *data, const char *text, size_t length)
{
    struct grid *grid = data;

    if (grid->in_value)
        book_text_append(grid->value, text, length);
    else if (grid->in_formula)
        book_text_append(grid->formula, text, length);
    return 0;
}

/* 2018-07-05T00:00:00 without its time if that is midnight; a blank instead of T. */
static void append_iso(GString *out, const char *text)
{
    const char *time = strchr(text, 'T');

    g_string_append_len(out, text, time ? time - text : (gssize)strlen(text));
    if (time && strspn(time + 1, "0:.Z") != strlen(time + 1))
        g_string_append_printf(out, " %s", time + 1);
}

/* What the cell says; NULL: that it cannot be, with a finding. Lends; "" is a blank cell. */
static const char *cell_text(struct grid *grid)
{
    const char *value = grid->value->str;
    char *end;
    unsigned long index;

    if (grid->has_formula && *value == '\0' && grid->type != CELL_TEXT) {
        g_string_prepend_c(grid->formula, '=');
        return grid->formula->str;
    }
    switch (grid->type) {
    case CELL_SHARED:
        index = strtoul(value, &end, 10);
        if (*value == '\0')
            return "";
        if (*end != '\0' || index >= grid->book->strings->len) {
            damaged(grid, "shared string");
            return NULL;
        }
        return g_ptr_array_index(grid->book->strings, index);
    case CELL_TEXT:
        book_text_unescape(grid->value);
        return grid->value->str;
    case CELL_BOOLEAN:
        return *value == '\0' ? "" : strcmp(value, "0") == 0 ? "FALSE" : "TRUE";
    case CELL_DATE:
        g_string_truncate(grid->text, 0);
        append_iso(grid->text, value);
        return grid->text->str;
    case CELL_NUMBER:
        g_string_truncate(grid->text, 0);
        if (*value)
            number_append(grid->text, value, grid->form, grid->book->since_1904);
        return grid->text->str;
    }
    return "";
}

/* The text in the table's arena, old private code points mapped as in CSV files. */
static const char *keep_text(struct grid *grid, const char *text, size_t length)
{
    size_t mapped_length, count, first;
    char *mapped = private_use_mapped(text, length, &mapped_length, &count, &first);
    const char *kept;

    if (!mapped)
        return arena_text_length(grid->table->arena, text, length);
    if (grid->nprivate == 0) {
        grid->first_private = g_utf8_get_char(text + first);
        grid->private_row = grid->row;
        grid->private_column = grid->column;
    }
    grid->nprivate += count;
    kept = arena_text_length(grid->table->arena, mapped, mapped_length);
    g_free(mapped);
    return kept;
}

static int end_cell(struct grid *grid)
{
    const char *text = cell_text(grid);
    size_t length;

    grid->in_cell = false;
    if (!text)
        return -1;
    length = strlen(text);
    if (text == book_long_text || length > BOOK_CELL_LIMIT)
        return finding_add(grid->findings, FINDING_BOOK_CELL_TOO_LONG, place_of(grid));
    if (length == 0)
        return 0;
    if (length > grid->book->text_left)
        return too_large(grid);
    grid->book->text_left -= length;
    while (grid->ncell < grid->column)
        grid->cells[grid->ncell++] = NULL;
    grid->cells[grid->column - 1] = keep_text(grid, text, length);
    return 0;
}

/* Rows without text are kept when one with text follows. */
static int end_row(struct grid *grid)
{
    struct csv_row row = {.line = grid->row, .ncell = grid->ncell};
    const char **cells;

    grid->in_row = false;
    if (grid->ncell == 0)
        return 0;
    if (grid->hides && grid->nhidden++ == 0)
        grid->first_hidden = grid->row;
    if (grid->ncell > grid->book->cells_left)
        return too_large(grid);
    grid->book->cells_left -= grid->ncell;
    for (uint32_t line = grid->rows->len + 1; line < grid->row; line++) {
        const struct csv_row blank = {.line = line};

        g_array_append_val(grid->rows, blank);
    }
    cells = arena_array(grid->table->arena, grid->ncell, sizeof *cells);
    for (uint32_t i = 0; i < grid->ncell; i++)
        cells[i] = grid->cells[i] ? grid->cells[i] : "";
    row.cells = cells;
    g_array_append_val(grid->rows, row);
    return 0;
}

static int take_end(void *data, const char *name)
{
    struct grid *grid = data;

    grid->in_value = false;
    if (grid->in_cell) {
        grid->phonetic -= strcmp(name, "rPh") == 0;
        if (strcmp(name, "f") == 0)
            grid->in_formula = false;
        else if (strcmp(name, "is") == 0)
            grid->in_inline = false;
        else if (strcmp(name, "c") == 0)
            return end_cell(grid);
        return 0;
    }
    return grid->in_row && strcmp(name, "row") == 0 ? end_row(grid) : 0;
}

static struct csv_table *table_new(const struct book *book, const struct book_sheet *sheet)
{
    struct arena *arena = arena_new();
    struct csv_table *table = arena_alloc(arena, sizeof *table);

    *table = (struct csv_table){.path = arena_text(arena, book->path),
                                .sheet = arena_text(arena, sheet->name),
                                .encoding = "xlsx",
                                .arena = arena};
    return table;
}

static void add_notes(const struct grid *grid)
{
    char count[16];

    if (grid->nprivate > 0)
        private_use_note(grid->first_private, grid->nprivate,
                         csv_place(grid->table, grid->private_row, grid->private_column),
                         grid->findings);
    g_snprintf(count, sizeof count, "%" G_GUINT32_FORMAT, grid->nhidden);
    if (grid->nhidden > 0)
        finding_add(grid->findings, FINDING_BOOK_ROWS_HIDDEN,
                    csv_place(grid->table, grid->first_hidden, 0), count);
}

struct csv_table *book_table(struct book *book, size_t index, struct findings *findings)
{
    static const struct xml_reader reader = {take_start, take_end, take_text};
    const struct sheet_entry *entry = &g_array_index(book->sheets, struct sheet_entry, index);
    struct csv_table *table = table_new(book, &entry->public);
    struct grid grid = {.book = book,
                        .findings = findings,
                        .table = table,
                        .rows = g_array_new(FALSE, FALSE, sizeof(struct csv_row)),
                        .cells = g_new0(const char *, BOOK_COLUMNS),
                        .value = g_string_new(NULL),
                        .formula = g_string_new(NULL),
                        .text = g_string_new(NULL)};

    if (package_read(book->package, entry->part, &reader, &grid, csv_place(table, 0, 0),
                     findings) == 0) {
        add_notes(&grid);
        table->nrow = grid.rows->len;
        table->rows =
            arena_copy(table->arena, grid.rows->data, grid.rows->len * sizeof(struct csv_row));
    } else {
        csv_table_free(table);
        table = NULL;
    }
    g_array_free(grid.rows, TRUE);
    g_free(grid.cells);
    g_string_free(grid.value, TRUE);
    g_string_free(grid.formula, TRUE);
    g_string_free(grid.text, TRUE);
    return table;
}
