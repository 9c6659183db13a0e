/* Numbers of a workbook as a clerk sees them. Internal to ledger/. */
#ifndef MINGBAI_LEDGER_BOOK_NUMBER_H
#define MINGBAI_LEDGER_BOOK_NUMBER_H

#include <glib.h>
#include <stdbool.h>

/* What a number format makes of a number (ECMA-376 part 1, 18.8.30 and 18.8.31). */
struct number_form {
    bool year, month, day; /* a date, and what of it is shown */
    bool time;             /* hours, minutes or seconds */
    bool percent;
    unsigned zeros; /* 0000: filled up with zeros to so many digits */
};

/* A format code: yyyy"年"m"月"d"日", [$-804]yyyy/m/d;@, 0.00%. Its first section counts. */
struct number_form number_form_of_code(const char *code);
/* A format that has only a number, the Chinese ones included. */
struct number_form number_form_of_id(unsigned id);
/* Appends what the number, as the XML writes it, says: a date as ISO text at the precision its
 * format shows (2018-07-05, with time 2018-07-05 13:30), a percentage with its sign, else the
 * number in plain digits, rounded to the 15 that a spreadsheet keeps. Of 10^15 and more digits are
 * lost already: written like 1.10101199001011E+17, which is refused as an ID or account. What is no
 * number is appended as it is. since_1904: how the workbook counts days. */
void number_append(GString *out, const char *text, struct number_form form, bool since_1904);

#endif
