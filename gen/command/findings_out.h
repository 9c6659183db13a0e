/* Findings for other programs: one schema in JSON, one table in CSV (README, "给别的程序用"). */
#ifndef MINGBAI_COMMAND_FINDINGS_OUT_H
#define MINGBAI_COMMAND_FINDINGS_OUT_H

#include "base/findings.h"

/* Appends all findings, errors first, in the order they were found; of errors, and of all others,
 * no more than most (0: all). JSON says how many are left out; UTF-8, one finding a line. */
void findings_json(GString *out, const struct findings *findings, bool english, size_t most);
/* RFC 4180 with a head, without a byte order mark. */
void findings_csv(GString *out, const struct findings *findings, bool english, size_t most);

#endif
