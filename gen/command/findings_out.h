/* Findings for other programs: one schema in JSON, one table in CSV (README, "给别的程序用"). */
#ifndef MINGBAI_COMMAND_FINDINGS_OUT_H
#define MINGBAI_COMMAND_FINDINGS_OUT_H

#include "base/findings.h"

/* Appends all findings, errors first, in the order they were found; of errors, and of all others,
 * no more than most (0: all). JSON says how many are left out; UTF-8, one finding a line. */
void findings_json(GString *out, const struct findings *findings, bool english, size_t most);
/* RFC 4180 with a head, true to the byte and without a byte order mark; for_excel: with one, and
 * with cells that no spreadsheet takes for formulas (base/csv_text.h). */
void findings_csv(GString *out, const struct findings *findings, bool english, bool for_excel,
                  size_t most);

#endif
