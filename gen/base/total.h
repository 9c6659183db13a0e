/* Exact totals over rows of a row set: what pages and workbooks both print. */
#ifndef MINGBAI_BASE_TOTAL_H
#define MINGBAI_BASE_TOTAL_H

#include <stddef.h>

#include "base/decimal.h"
#include "base/value.h"

enum total_kind { TOTAL_SUM, TOTAL_AVERAGE, TOTAL_MIN, TOTAL_MAX };

struct total {
    struct value value;
    size_t uncounted; /* rows whose value is invalid, or no number, and is left out */
};

/* The value as an exact number; false: it is none. */
bool total_number(const struct value *value, decimal *number);
/* The total of column over count rows from first on. NULLs are skipped. Of integers all but an
 * average is an integer; an average is rounded half-up to places decimals. Over no number a sum is
 * 0, the others are VALUE_NULL, STATE_EMPTY. */
struct total total_of_rows(const struct rowset *rows, size_t column, size_t first, size_t count,
                           enum total_kind kind, int places);

#endif
