/* Workbooks as Excel and WPS save them (.xlsx, ECMA-376): each sheet becomes a table like a CSV
 * file's, so that all else reads both alike. Nothing is calculated: of a formula the value saved
 * with it counts. Memory and time are bounded, whatever the file says of itself. */
#ifndef MINGBAI_LEDGER_BOOK_H
#define MINGBAI_LEDGER_BOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/findings.h"
#include "ledger/csv.h"

struct book_sheet {
    const char *name;
    bool hidden;
    bool chart; /* no cells: a chart or a dialogue on a sheet of its own */
};

struct book;

/* Opens folder/path. NULL with a finding: file faults, book-locked (a password), book-not-xlsx,
 * book-damaged, book-doctype, book-too-large. book_free() it. */
struct book *book_open(const char *folder, const char *path, struct findings *findings);
void book_free(struct book *book); /* NULL is allowed */
size_t book_sheets(const struct book *book);
const struct book_sheet *book_sheet(const struct book *book, size_t index); /* in their order */

/* The cells of a sheet. A row's line is its number in the sheet, rows without a cell and those left
 * out before the last are there with ncell 0; of a merged area the first cell holds the value, the
 * others are blank. Dates by their number format are ISO texts, other numbers as number_append()
 * (book_number.h) writes them; true and false are TRUE and FALSE, an error is its name (#N/A). A
 * formula saved without its value is the text of the formula with = before it, which is refused
 * where the cell counts. nrow 0: a blank sheet. The table does not need the book; csv_table_free()
 * it. Old private code points of GB 18030 are mapped as in CSV files. Notes: csv-private-use,
 * book-rows-hidden (they are read). NULL with book-damaged, book-doctype, book-too-large,
 * csv-too-many-columns or book-cell-too-long. */
struct csv_table *book_table(struct book *book, size_t index, struct findings *findings);

#endif
