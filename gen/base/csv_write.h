/* Writing CSV: UTF-8 with BOM, RFC 4180, values byte by byte as they are. */
#ifndef MINGBAI_BASE_CSV_WRITE_H
#define MINGBAI_BASE_CSV_WRITE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/value.h"

/* The head, then all rows of rows; numbers with all their decimals, 无 for STATE_NONE. for_excel:
 * texts as csv_text_append() guards them, numbers stay. That the stream took it all is the caller's
 * to check (file_commit). */
void csv_write(FILE *stream, const struct rowset *rows, bool for_excel);

#endif
