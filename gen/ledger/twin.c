/* Compares columns that stand twice in a file under nearly one name (domain.md 5 row 23). */
#include "ledger/twin.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ledger/head.h"

/* 务工时间2 is another time; these are what exports add to a name they have had already. */
static const char *const suffixes[] = {"0", ".1", "_1"};

uint32_t twin_of(const struct sheet *sheet, uint32_t column)
{
    const char *name = sheet->columns[column].names[HEAD_LOWER].full;

    for (size_t s = 0; name && s < G_N_ELEMENTS(suffixes); s++) {
        const size_t length = strlen(name) - MIN(strlen(name), strlen(suffixes[s]));

        if (length == 0 || strcmp(name + length, suffixes[s]) != 0)
            continue;
        for (uint32_t c = 0; c < sheet->ncolumn; c++) {
            const char *other = sheet->columns[c].names[HEAD_LOWER].full;

            if (other && strlen(other) == length && strncmp(other, name, length) == 0)
                return c;
        }
    }
    return NO_COLUMN;
}

static char *cell_of(const struct csv_row *row, uint32_t column)
{
    return text_strip(column < row->ncell ? row->cells[column] : "");
}

static void compare_twins(const struct sheet *sheet, uint32_t first, uint32_t second,
                          struct findings *findings)
{
    const struct csv_table *table = sheet->table;
    const char *first_name = sheet->columns[first].text, *second_name = sheet->columns[second].text;
    size_t differ = 0;
    uint32_t line = 0;
    struct place place;
    char number[24];

    for (size_t r = sheet->head + sheet->nhead; r < table->nrow; r++) {
        char *a = cell_of(&table->rows[r], first), *b = cell_of(&table->rows[r], second);

        /* an empty second column has nothing to say */
        if (*b && strcmp(a, b) != 0 && sheet_row_kind(sheet, r, false) == ROW_DATA && differ++ == 0)
            line = table->rows[r].line;
        g_free(a);
        g_free(b);
    }
    snprintf(number, sizeof number, "%zu", differ);
    place = csv_place(table, differ > 0 ? line : table->rows[sheet->head].line, second + 1);
    place.field = second_name;
    finding_add(findings, differ > 0 ? FINDING_LEDGER_TWIN_DIFFERS : FINDING_LEDGER_COLUMN_TWIN,
                place, first_name, second_name, number);
}

static bool is_read(const struct match *match, uint32_t column)
{
    for (size_t f = 0; f < match->schema->nfield; f++) {
        if (match->uses[f].column == column)
            return true;
    }
    return false;
}

void twins_report(const struct sheet *sheet, const struct match *match, struct findings *findings)
{
    for (uint32_t c = 0; c < sheet->ncolumn; c++) {
        const uint32_t first = twin_of(sheet, c);

        if (first != NO_COLUMN && is_read(match, first) && !is_read(match, c))
            compare_twins(sheet, first, c, findings);
    }
}
