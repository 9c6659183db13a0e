/* How a value is written for a reader: one table of named formats for templates, tables, totals. */
#ifndef MINGBAI_BASE_FORMAT_H
#define MINGBAI_BASE_FORMAT_H

#include <glib.h>
#include <stdbool.h>

#include "base/value.h"

enum format_kind {
    FORMAT_PLAIN,   /* text as it is; integers; decimals with the decimals they have */
    FORMAT_NUMBER,  /* places decimals, no thousands mark */
    FORMAT_MONEY,   /* places decimals, comma thousands */
    FORMAT_PERCENT, /* places decimals and ％ */
    FORMAT_DATE,    /* 2026年9月9日, at its precision */
    FORMAT_MONTH,   /* 2026年9月 */
    FORMAT_TICK,    /* drawn as a tick: 1 ✓, 0 ✗, NULL blank; as text 是 否 */
    FORMAT_YES_NO,  /* 是 否 */
    FORMAT_BLANK    /* an EMPTY as ________ to be filled in by hand, else plain */
};

struct format {
    enum format_kind kind;
    int places; /* NUMBER, MONEY, PERCENT */
};

/* plain number number(2) money money(2) percent(1) date month tick yes_no blank; 0 to 6 places.
 * number is number(0), money is money(2), percent is percent(1). false: no such. */
bool format_parse(const char *name, struct format *format);
/* The names, NULL-ended, for did-you-mean and `list formats`. */
const char *const *format_names(void);
/* Appends the value. NULLs: EMPTY nothing (________ in FORMAT_BLANK), NONE 无, INVALID （有误）,
 * SUPPRESSED 不足3户. A text that is no date, under a format for dates or numbers, stays as it is.
 * A REAL in PLAIN shows no more than the 15 digits a double has. */
void format_value(GString *out, struct format format, const struct value *value);

#endif
