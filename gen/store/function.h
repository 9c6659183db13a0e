/* What the files that define our SQL functions share; nobody else includes it. */
#ifndef MINGBAI_STORE_FUNCTION_H
#define MINGBAI_STORE_FUNCTION_H

#include "base/decimal.h"
#include "store/inside.h"

typedef void function_call(sqlite3_context *, int, sqlite3_value **);
typedef void function_end(sqlite3_context *);

struct function {
    const char *name;
    int arguments;       /* -1: any number */
    function_call *call; /* of a scalar function, else NULL */
    /* of an aggregate, which may run over a window that moves, else NULL */
    function_call *step, *inverse;
    function_end *value; /* of what has been gathered so far, and at the end */
};

/* Each ended by name NULL. functions_word.c: texts, dates and what an ID says; functions_day.c:
 * working days. */
extern const struct function functions_word[], functions_day[];

/* An argument as an exact number. */
struct number {
    bool null;
    bool integer; /* it was an INTEGER */
    decimal value;
};

/* Ends the query with that fault. */
void function_fail(sqlite3_context *context, enum fault fault);
/* false: the function has failed. */
bool function_number(sqlite3_context *context, sqlite3_value *argument, struct number *number);
/* A date at its precision, or a year as an INTEGER. false: it is NULL, or the function has failed.
 */
bool function_date(sqlite3_context *context, sqlite3_value *argument, struct date *date);
void function_result_date(sqlite3_context *context, struct date date); /* as ISO text */

#endif
