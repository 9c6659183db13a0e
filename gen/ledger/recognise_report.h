/* What recognising a file has to say. Internal to ledger/. */
#ifndef MINGBAI_LEDGER_RECOGNISE_REPORT_H
#define MINGBAI_LEDGER_RECOGNISE_REPORT_H

#include "ledger/recognise.h"

/* ledger-unrecognised, naming the two nearest of all matches and what they miss; returns -1. */
int report_unrecognised(const struct match *matches, size_t count, const struct sheet *sheet,
                        struct findings *findings);
/* The ledger, the columns nobody knows, and those that are wanted and missing, doubled or in a unit
 * that cannot be converted. */
void report_recognised(const struct schemas *schemas, const struct match *match,
                       const struct sheet *sheet, struct findings *findings);

#endif
