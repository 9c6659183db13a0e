/* Field types: a cell's text becomes a value, or a reason why not. One registry; pure functions. */
#ifndef MINGBAI_LEDGER_FIELD_H
#define MINGBAI_LEDGER_FIELD_H

#include <glib.h>
#include <stdbool.h>

#include "base/date.h"
#include "base/findings.h"
#include "base/value.h"
#include "ledger/schema.h"

/* What was done to read a cell; each sort is noted once per file and column with a count. */
enum repair {
    REPAIR_NONE,
    REPAIR_PREFIX,        /* apostrophe, tab, G, spaces dropped (domain.md 5 rows 3, 12) */
    REPAIR_WIDTH,         /* full-width digits or letters */
    REPAIR_CHECK_X,       /* x, Ｘ, × or * read as X */
    REPAIR_SEPARATOR,     /* • ・ ‧ . in a name read as · */
    REPAIR_SYNONYM,       /* a code's other name; 三 for 3 */
    REPAIR_UNIT,          /* 2.5亩, 3口人, 300元: unit dropped */
    REPAIR_ABOUT,         /* 约3000 is 3000 */
    REPAIR_SCALED,        /* 万元 in the head: converted to the schema's 元 */
    REPAIR_DATE,          /* a date form that had to be guessed */
    REPAIR_DISABLED_CARD, /* 20 digits: the first 18 are the ID */
    REPAIR_OLD_ID, /* 15 digits: 19 and the check character added, where the schema says so */
    REPAIR_SPLIT   /* of a row: several households in a cell, each read as a row */
};

/* How the column stands in its file. */
struct field_context {
    const struct field *field;
    int scale; /* power of ten from the head's unit to the schema's: 万元 to 元 is 4 */
    const struct synonym *variants; /* FIELD_AREA: other ways to write a part of a name (噶查 for
                                       嘎查), ended by from NULL; or NULL */
};

/* Reads text. Returns FINDING_CODES when it could be read, else the finding's code:
 * value-wrong-type, value-lost-digits, value-id-length, value-id-check, value-id-date, value-date,
 * value-code, value-range, value-unit, value-too-precise, value-phone, value-private-use,
 * value-formula, value-two-numbers, value-date-marks-lost. In that case *value is VALUE_NULL with
 * STATE_INVALID. Every value-… code takes one argument, the detail; *detail (may be NULL) is
 * appended with it, "" for some codes, and never says anything private (the cell's text itself only
 * when field->show[AUDIENCE_PUBLIC] is full and the column no open text). text lives in *store
 * (reset by the caller) when the value is a text. Empty cells are STATE_EMPTY; 无 / - — \ are
 * STATE_NONE, in string columns too, unless a code list has them; in a boolean column 无 is 否.
 * Line ends in texts become LF. *repair is the chief repair (REPAIR_NONE for a NULL). *warning,
 * else FINDING_CODES: open texts holding =…, #N/A, #REF!, #### keep them, with value-formula-text;
 * string columns likewise with value-placeholder, value-document-number and, for a person's name,
 * value-name-damaged. A unit in the cell (万元) wins over context->scale. */
enum finding_code field_parse(const struct field_context *context, const char *text, GString *store,
                              struct value *value, enum repair *repair, GString *detail,
                              enum finding_code *warning);

/* GB 11643-1999: the check character of the first 17 digits. */
char idcard_check(const char *digits);
/* The birth date (false: no such day) and sex (1 male, 2 female) an 18-character ID says. */
bool idcard_birth(const char *id, struct date *birth);
int idcard_sex(const char *id);
/* text as the mask shows it; appended. Used by the stores and by findings' snippets. minor: the row
 * is a minor's, or may be. A text too short for its mask to hide four characters is hidden whole.
 */
void field_mask(GString *out, enum mask mask, const char *text, bool minor);

#endif
