/* The workbook to type ledgers into: one sheet a schema, drawn up from it. */
#ifndef MINGBAI_COMMAND_LEDGER_BOOK_H
#define MINGBAI_COMMAND_LEDGER_BOOK_H

#include "base/findings.h"
#include "ledger/schema.h"

/* Writes path: the ledgers that most villages keep first, the others in name order. -1 with a
 * finding. */
int ledger_book_write(const struct schemas *schemas, const char *path, struct findings *findings);

#endif
