/* Cells of CSV files that are written (RFC 4180). */
#ifndef MINGBAI_BASE_CSV_TEXT_H
#define MINGBAI_BASE_CSV_TEXT_H

#include <glib.h>
#include <stdbool.h>

/* Appends text (NULL is empty), quoted where it must be, byte for byte as it is. for_excel: with an
 * apostrophe before =, +, -, @, tab or line end at its beginning, which a spreadsheet would take
 * for a formula (domain.md 5 row 36); for people to open, never for programs to read. */
void csv_text_append(GString *out, const char *text, bool for_excel);

#endif
