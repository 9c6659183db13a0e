/* Exact totals over rows of a row set: what pages and workbooks both print. */
#ifndef MINGBAI_BASE_TOTAL_H
#define MINGBAI_BASE_TOTAL_H

#include <stddef.h>

#include "base/decimal.h"
#include "base/value.h"

enum total_kind { TOTAL_SUM, TOTAL_AVERAGE, TOTAL_MIN, TOTAL_MAX, TOTAL_DISTINCT };

struct total {
    struct value value;
    size_t uncounted; /* rows whose value is invalid, or no number, and is left out */
};

/* The value as an exact number; false: it is none. */
bool total_number(const struct value *value, decimal *number);
/* The total of column over count rows from first on. NULLs are skipped. Of integers all but an
 * average is an integer; an average is rounded half-up to places decimals. Over no number a sum is
 * 0, the others are VALUE_NULL, STATE_EMPTY. TOTAL_DISTINCT counts different values, texts too. */
struct total total_of_rows(const struct rowset *rows, size_t column, size_t first, size_t count,
                           enum total_kind kind, int places);

/* Totals over ever more of the first rows of one row set, each row looked at once as long as they
 * are asked for in that order: running totals of a list, page by page. */
struct total_memo;

struct total_memo *total_memo_new(const struct rowset *rows); /* borrows rows */
void total_memo_free(struct total_memo *memo);                /* NULL is allowed */
/* As total_of_rows() over the first count rows. */
struct total total_memo_first(struct total_memo *memo, size_t column, size_t count,
                              enum total_kind kind, int places);

/* A number that no total of these rows, or of any of them, is printed wider than: as many nines as
 * the sum of all magnitudes has digits, negative when a value is. Integer when all values are. */
struct value total_widest(const struct rowset *rows, size_t column, size_t first, size_t count);

#endif
