/* One value, and packed tables of values (row sets): what travels from a ledger's cell through SQL
 * to a page or a workbook cell. */
#ifndef MINGBAI_BASE_VALUE_H
#define MINGBAI_BASE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum value_type { VALUE_NULL, VALUE_INTEGER, VALUE_REAL, VALUE_TEXT };

/* Why a value is NULL; the numbers are those of the companion column 列名_态 (design 6). */
enum value_state {
    STATE_VALUE = 0,     /* there is a value */
    STATE_EMPTY = 1,     /* the cell is empty */
    STATE_NONE = 2,      /* the ledger says 无, / or — */
    STATE_INVALID = 3,   /* the cell cannot be read as its type; a finding says why */
    STATE_SUPPRESSED = 4 /* withheld for privacy */
};

/* Dates are VALUE_TEXT in ISO form at their precision (2018, 2018-07, 2018-07-05); booleans are
 * VALUE_INTEGER 0/1; decimals are VALUE_REAL in the column's own unit (元, 亩), read by
 * decimal_from_real() only. */
struct value {
    enum value_type type;
    enum value_state state; /* STATE_VALUE exactly when type != VALUE_NULL */
    union {
        int64_t integer;
        double real;
    };
    const char *text; /* VALUE_TEXT: UTF-8, NUL-terminated, lent by its owner; else NULL */
    size_t length;    /* bytes of text, without the NUL */
};

struct value value_null(enum value_state why);
struct value value_integer(int64_t integer);
struct value value_real(double real);
struct value value_text(const char *text); /* lends text */
bool value_equal(const struct value *a, const struct value *b);

/* A packed, typed table: 9 bytes a value, each distinct text stored once. Rows are only appended.
 * Values read from it lend its texts and live as long as the row set. */
struct rowset;

struct rowset *rowset_new(size_t ncolumn, const char *const *names); /* names are copied */
void rowset_free(struct rowset *rows);                               /* NULL is allowed */
void rowset_append(struct rowset *rows, const struct value *row);    /* ncolumn values, copied */
void rowset_replace(struct rowset *rows, size_t row, size_t column, const struct value *value);
size_t rowset_rows(const struct rowset *rows);
size_t rowset_columns(const struct rowset *rows);
const char *rowset_name(const struct rowset *rows, size_t column);
/* The column of that name, or SIZE_MAX. */
size_t rowset_find(const struct rowset *rows, const char *name);
struct value rowset_at(const struct rowset *rows, size_t row, size_t column);
/* Whether the first ncolumn values of two rows are the same: type, state, and all bits of a number
 * (0 is not -0); and a hash by which such rows agree, good for this row set in this run only. */
bool rowset_same(const struct rowset *rows, size_t a, size_t b, size_t ncolumn);
uint64_t rowset_hash(const struct rowset *rows, size_t row, size_t ncolumn);

#endif
