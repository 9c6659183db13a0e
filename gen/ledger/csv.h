/* One table as clerks save it: a CSV file, its bytes decoded strictly, split into rows as libcsv
 * does at commas, or at the tabs or semicolons that divide its first rows more evenly, every row
 * with its physical line; or a sheet of a workbook (book.h) in the same form. Nothing is
 * interpreted yet. */
#ifndef MINGBAI_LEDGER_CSV_H
#define MINGBAI_LEDGER_CSV_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/findings.h"

struct csv_row {
    uint32_t
        line; /* physical line on which it begins, 1 based; CRLF, LF and lone CR each end one */
    uint32_t ncell;
    const char *const *cells; /* UTF-8, NUL-terminated, as written (no stripping) */
};

struct csv_table {
    const char *path;     /* relative to the input folder */
    const char *sheet;    /* of a workbook; NULL: a text file */
    const char *encoding; /* UTF-8, UTF-8 BOM, GB18030, UTF-16; of a workbook xlsx */
    size_t nrow;
    const struct csv_row *rows; /* blank lines are rows with ncell 0 */
    struct arena *arena;        /* owns the table */
};

/* Reads folder/path. NULL with a finding: file faults, csv-undecodable (position and bytes in hex),
 * csv-nul, csv-unclosed-quote, csv-stray-quote, csv-field-too-long, csv-too-many-columns, csv-empty
 * (no cell says anything), csv-not-text (a workbook or a web page with the name .csv; says how to
 * save it) and csv-utf16. Notes: csv-separator, csv-private-use. The whole table is freed by
 * csv_table_free (csv_free is libcsv's). */
struct csv_table *csv_read(const char *folder, const char *path, struct findings *findings);
void csv_table_free(struct csv_table *table); /* NULL is allowed */
/* A row of the table, and a cell of it: column is 1 for A, 0 for the row as a whole. */
struct place csv_place(const struct csv_table *table, uint32_t line, uint32_t column);

#endif
