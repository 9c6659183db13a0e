/* Columns that a system exported twice: 风险是否已消除 and 风险是否已消除0. Internal to ledger/. */
#ifndef MINGBAI_LEDGER_TWIN_H
#define MINGBAI_LEDGER_TWIN_H

#include "base/findings.h"
#include "ledger/recognise.h"

/* The column whose head is this column's without the 0, .1 or _1 at its end, or NO_COLUMN. */
uint32_t twin_of(const struct sheet *sheet, uint32_t column);
/* The first of the two is read (a schema that wants the other names it as a field of its own). Says
 * which columns are such twins, and which differ: ledger-column-twin, ledger-twin-differs. */
void twins_report(const struct sheet *sheet, const struct match *match, struct findings *findings);

#endif
