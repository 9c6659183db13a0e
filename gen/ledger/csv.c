/* Splits a CSV file into rows (libcsv does where there are quotes), each with its physical line. */
#include "ledger/csv.h"

#include <csv.h>
#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "ledger/decode.h"

enum {
    FILE_LIMIT = 512 << 20, /* a county's ledgers are a tenth of this */
    BLOCK = 64 << 10,
    FIELD_LIMIT = 1 << 20, /* no cell is longer: a quote must have been left open */
    COLUMN_LIMIT = 16384,  /* A to XFD */
    SEPARATOR_ROWS = 20    /* rows that tell the separator: titles, the head, some data */
};

/* What the two libcsv callbacks share. */
struct reader {
    struct arena *arena;
    GArray *rows;      /* struct csv_row */
    GPtrArray *cells;  /* of the row being read */
    uint32_t line;     /* where reading stands */
    uint32_t row_line; /* where the row being read began */
    bool after_cr;     /* the last thing seen was a CR that ended a row */
    bool field_ended;  /* in this block */
    bool has_text;     /* some cell is not blank */
    bool too_wide;     /* a row has more than COLUMN_LIMIT cells */
};

/* Spaces belong to the cell: stripping them is the field types' business. */
static int nothing_is_space(unsigned char character)
{
    (void)character;
    return 0;
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static void add_cell(struct reader *reader, char *text)
{
    if (reader->cells->len == 0)
        reader->row_line = reader->line;
    if (reader->cells->len == COLUMN_LIMIT) {
        reader->too_wide = true;
        return;
    }
    g_ptr_array_add(reader->cells, text);
    reader->after_cr = false;
    reader->has_text = reader->has_text || !is_blank(text);
}

static void take_field(void *bytes, size_t length, void *data)
{
    struct reader *reader = data;
    char *text = arena_text_length(reader->arena, bytes, length);
    add_cell(reader, text);
    if (memchr(text, '\n', length) || memchr(text, '\r', length))
        reader->line += (uint32_t)(decode_line(text, length) - 1);
    reader->field_ended = true;
}

/* ending: the CR or LF that ended the row, or -1 at the end of the file. CSV_REPALL_NL reports
 * every one outside cells, so that the LF of a CRLF comes as a row of its own, without cells. */
static void take_row(int ending, void *data)
{
    struct reader *reader = data;
    bool second_half = ending == '\n' && reader->after_cr;
    reader->after_cr = ending == '\r';
    if (second_half)
        return;
    guint count = reader->cells->len;
    struct csv_row row = {.line = count > 0 ? reader->row_line : reader->line, .ncell = count};
    const char **cells = arena_array(reader->arena, count, sizeof(*cells));
    if (count > 0)
        memcpy(cells, reader->cells->pdata, count * sizeof(*cells));
    row.cells = cells;
    g_array_append_val(reader->rows, row);
    g_ptr_array_set_size(reader->cells, 0);
    reader->line++;
}

/* The line on which the cell being read began: all before it have been taken. */
static int report_open_cell(const struct reader *reader, enum finding_code code, const char *path,
                            struct findings *findings)
{
    struct place place = {.file = path, .line = reader->line, .column = reader->cells->len + 1};
    return finding_add(findings, code, place);
}

static int report_stray_quote(const struct reader *reader, const struct decoded *decoded,
                              size_t offset, const char *path, struct findings *findings)
{
    struct place place = {.file = path,
                          .line = (uint32_t)decode_line(decoded->text, offset),
                          .column = reader->cells->len + 1};
    char *began = g_strdup_printf("%u", (unsigned)reader->line);
    finding_add(findings, FINDING_CSV_STRAY_QUOTE, place, began);
    g_free(began);
    return -1;
}

static int report_too_wide(const struct reader *reader, const char *path, struct findings *findings)
{
    struct place place = {.file = path, .line = reader->row_line, .column = COLUMN_LIMIT + 1};
    char *limit = g_strdup_printf("%d", COLUMN_LIMIT);
    finding_add(findings, FINDING_CSV_TOO_MANY_COLUMNS, place, limit);
    g_free(limit);
    return -1;
}

static int parse_blocks(struct csv_parser *parser, struct reader *reader,
                        const struct decoded *decoded, const char *path, struct findings *findings)
{
    size_t unended = 0;
    for (size_t at = 0; at < decoded->length;) {
        size_t size = MIN((size_t)BLOCK, decoded->length - at);
        reader->field_ended = false;
        size_t done = csv_parse(parser, decoded->text + at, size, take_field, take_row, reader);
        if (done < size)
            return report_stray_quote(reader, decoded, at + done, path, findings);
        if (reader->too_wide)
            return report_too_wide(reader, path, findings);
        at += size;
        unended = reader->field_ended ? 0 : unended + size;
        if (unended >= FIELD_LIMIT)
            return report_open_cell(reader, FINDING_CSV_FIELD_TOO_LONG, path, findings);
    }
    if (csv_fini(parser, take_field, take_row, reader) != 0)
        return report_open_cell(reader, FINDING_CSV_UNCLOSED_QUOTE, path, findings);
    return reader->too_wide ? report_too_wide(reader, path, findings) : 0;
}

/* How often one sign stands, outside quotes, in each of the first rows. */
struct separator {
    char sign;
    const char *chinese, *english;
    unsigned counts[SEPARATOR_ROWS];
};

static void count_signs(const struct decoded *decoded, struct separator *separators, size_t count)
{
    bool quoted = false;
    size_t row = 0;
    for (size_t i = 0; i < decoded->length && row < SEPARATOR_ROWS; i++) {
        char character = decoded->text[i];
        if (character == '"')
            quoted = !quoted;
        if (!quoted && (character == '\n' || character == '\r')) {
            row++; /* the empty row within a CRLF holds no sign */
            continue;
        }
        for (size_t k = 0; k < count && !quoted; k++)
            separators[k].counts[row] += character == separators[k].sign ? 1 : 0;
    }
}

/* In how many rows the sign stands as often as it does in most, and how often that is. Amounts and
 * lists have commas too, but not the same number of them in every row. */
static size_t rows_alike(const struct separator *separator, unsigned *often)
{
    size_t most = 0;
    *often = 0;
    for (size_t i = 0; i < SEPARATOR_ROWS; i++) {
        size_t alike = 0;
        for (size_t k = 0; k < SEPARATOR_ROWS; k++)
            alike += separator->counts[k] == separator->counts[i] ? 1 : 0;
        if (separator->counts[i] > 0 &&
            (alike > most || (alike == most && separator->counts[i] > *often))) {
            most = alike;
            *often = separator->counts[i];
        }
    }
    return most;
}

/* The comma, unless another sign divides the first rows more evenly. */
static char find_separator(const struct decoded *decoded, const char *path,
                           struct findings *findings)
{
    struct separator separators[] = {{.sign = ','},
                                     {.sign = '\t', .chinese = "制表符", .english = "tabs"},
                                     {.sign = ';', .chinese = "分号", .english = "semicolons"}};
    size_t best = 0, most;
    unsigned often;
    count_signs(decoded, separators, G_N_ELEMENTS(separators));
    most = rows_alike(&separators[0], &often);
    for (size_t i = 1; i < G_N_ELEMENTS(separators); i++) {
        unsigned its_often;
        size_t alike = rows_alike(&separators[i], &its_often);
        if (alike > most || (alike == most && its_often > often)) {
            best = i;
            most = alike;
            often = its_often;
        }
    }
    if (best > 0)
        finding_add(findings, FINDING_CSV_SEPARATOR, (struct place){.file = path},
                    separators[best].chinese, separators[best].english);
    return separators[best].sign;
}

static int parse(struct reader *reader, const struct decoded *decoded, const char *path,
                 struct findings *findings)
{
    struct csv_parser parser;
    int options = CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_REPALL_NL;
    if (csv_init(&parser, (unsigned char)options) != 0)
        g_error("csv_init refuses its options");
    csv_set_delim(&parser, (unsigned char)find_separator(decoded, path, findings));
    csv_set_space_func(&parser, nothing_is_space);
    csv_set_blk_size(&parser, 4096);
    int result = parse_blocks(&parser, reader, decoded, path, findings);
    csv_free(&parser);
    return result;
}

static int parse_rows(struct reader *reader, const struct decoded *decoded, const char *path,
                      struct findings *findings)
{
    int result = parse(reader, decoded, path, findings);
    if (result == 0 && !reader->has_text)
        result = finding_add(findings, FINDING_CSV_EMPTY, (struct place){.file = path});
    return result;
}

static struct csv_table *read_table(const struct decoded *decoded, const char *path,
                                    struct findings *findings)
{
    struct arena *arena = arena_new();
    struct reader reader = {.arena = arena,
                            .rows = g_array_new(FALSE, FALSE, sizeof(struct csv_row)),
                            .cells = g_ptr_array_new(),
                            .line = 1};
    struct csv_table *table = NULL;
    if (parse_rows(&reader, decoded, path, findings) == 0) {
        table = arena_alloc(arena, sizeof(*table));
        table->arena = arena;
        table->path = arena_text(arena, path);
        table->encoding = decoded->encoding;
        table->nrow = reader.rows->len;
        table->rows =
            arena_copy(arena, reader.rows->data, reader.rows->len * sizeof(struct csv_row));
    } else {
        arena_free(arena);
    }
    g_array_free(reader.rows, TRUE);
    g_ptr_array_free(reader.cells, TRUE);
    return table;
}

struct csv_table *csv_read(const char *folder, const char *path, struct findings *findings)
{
    char *full = g_build_filename(folder, path, NULL);
    size_t size;
    char *bytes = file_read(full, FILE_LIMIT, &size, findings);
    g_free(full);
    if (bytes == NULL)
        return NULL;
    struct decoded decoded;
    struct csv_table *table = NULL;
    if (decode_text(bytes, size, path, &decoded, findings) == 0) {
        table = read_table(&decoded, path, findings);
        g_free(decoded.converted);
    }
    g_free(bytes);
    return table;
}

void csv_table_free(struct csv_table *table)
{
    if (table != NULL)
        arena_free(table->arena);
}

struct place csv_place(const struct csv_table *table, uint32_t line, uint32_t column)
{
    return (struct place){
        .file = table->path, .sheet = table->sheet, .line = line, .column = column};
}
