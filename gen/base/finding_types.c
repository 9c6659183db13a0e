/* Frictionless Framework's names for what findings say of tables (version 5, its report's error
 * types). */
#include "base/findings.h"

static const struct {
    enum finding_code code;
    const char *type;
} types[] = {
    {FINDING_FILE_MISSING, "scheme-error"},
    {FINDING_FILE_UNREADABLE, "scheme-error"},
    {FINDING_CSV_NOT_TEXT, "source-error"},
    {FINDING_CSV_NUL, "source-error"},
    {FINDING_CSV_SEPARATOR, "source-error"},
    {FINDING_CSV_TOO_MANY_COLUMNS, "source-error"},
    {FINDING_CSV_UNCLOSED_QUOTE, "source-error"},
    {FINDING_CSV_STRAY_QUOTE, "source-error"},
    {FINDING_CSV_FIELD_TOO_LONG, "source-error"},
    {FINDING_CSV_EMPTY, "source-error"},
    {FINDING_CSV_UNDECODABLE, "encoding-error"},
    {FINDING_CSV_UTF16, "encoding-error"},
    {FINDING_LEDGER_WORKBOOK, "format-error"},
    {FINDING_BOOK_NOT_XLSX, "format-error"},
    {FINDING_BOOK_LOCKED, "source-error"},
    {FINDING_BOOK_DAMAGED, "source-error"},
    {FINDING_BOOK_DOCTYPE, "source-error"},
    {FINDING_BOOK_TOO_LARGE, "source-error"},
    {FINDING_BOOK_CELL_TOO_LONG, "source-error"},
    {FINDING_BOOK_EMPTY, "source-error"},
    {FINDING_LEDGER_NO_HEAD, "blank-header"},
    {FINDING_LEDGER_UNRECOGNISED, "schema-error"},
    {FINDING_LEDGER_AMBIGUOUS, "schema-error"},
    {FINDING_LEDGER_COLUMN_UNKNOWN, "extra-label"},
    {FINDING_LEDGER_COLUMN_NEAR, "incorrect-label"},
    {FINDING_LEDGER_COLUMN_MISSING, "missing-label"},
    {FINDING_LEDGER_COLUMN_DOUBLED, "duplicate-label"},
    {FINDING_LEDGER_RAGGED, "extra-cell"},
    {FINDING_LEDGER_CELL_EMPTY, "constraint-error"},
    {FINDING_VALUE_WRONG_TYPE, "type-error"},
    {FINDING_VALUE_DATE, "type-error"},
    {FINDING_VALUE_DATE_MARKS, "type-error"},
    {FINDING_VALUE_UNIT, "type-error"},
    {FINDING_VALUE_TWO_NUMBERS, "type-error"},
    {FINDING_VALUE_FORMULA, "type-error"},
    {FINDING_VALUE_TOO_PRECISE, "type-error"},
    {FINDING_VALUE_LOST_DIGITS, "truncated-value"},
    {FINDING_VALUE_ID_LENGTH, "constraint-error"},
    {FINDING_VALUE_ID_CHECK, "constraint-error"},
    {FINDING_VALUE_ID_DATE, "constraint-error"},
    {FINDING_VALUE_PHONE, "constraint-error"},
    {FINDING_VALUE_CODE, "constraint-error"},
    {FINDING_VALUE_RANGE, "constraint-error"},
    {FINDING_VALUE_PLACEHOLDER, "forbidden-value"},
    {FINDING_LEDGER_DUPLICATE_KEY, "primary-key"},
    {FINDING_LEDGER_PERSON_TWICE, "unique-error"},
    {FINDING_LEDGER_LINK_DANGLING, "foreign-key"},
    {FINDING_LEDGER_TOTAL_DIFFERS, "row-constraint"},
    {FINDING_LEDGER_HOUSEHOLD_DIFFERS, "row-constraint"},
    {FINDING_LEDGER_SEX_DIFFERS, "row-constraint"},
    {FINDING_LEDGER_TWO_HEADS, "row-constraint"},
    {FINDING_LEDGER_MEMBER_COUNT, "row-constraint"},
    {FINDING_CHECK_ERROR, "row-constraint"},
    {FINDING_CHECK_WARNING, "row-constraint"},
    {FINDING_CHECK_NOTE, "row-constraint"},
};

const char *finding_frictionless(enum finding_code code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        if (types[i].code == code)
            return types[i].type;
    return NULL;
}
