/* Empty workbooks to type ledgers into: a head with notes, cells that keep what is typed, lists to
 * choose from. */
#ifndef MINGBAI_RENDER_BLANK_H
#define MINGBAI_RENDER_BLANK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/findings.h"

enum blank_kind {
    BLANK_TEXT,   /* cells are texts: no digit of an ID is lost, no date is rewritten */
    BLANK_WHOLE,  /* whole numbers */
    BLANK_NUMBER, /* numbers, as typed */
    BLANK_MONEY   /* numbers with two places */
};

struct blank_column {
    const char *head;
    const char *note;           /* what to write; a comment on the head */
    const char *const *choices; /* a list at every cell, NULL-ended; or NULL */
    double width;               /* at least, in halves of a character */
    bool several;               /* a cell may hold several of them, or words of its own */
    bool needed;                /* its head stands out */
    enum blank_kind kind;
    double least, most;       /* numbers outside are asked about; least > most: no bounds */
    size_t shortest, longest; /* so many characters of a text, else it is asked about; longest 0:
                                 any */
};

struct blank_sheet {
    const char *name; /* at most 31 characters, none of []:*?/\ */
    size_t ncolumn;
    const struct blank_column *columns;
    size_t frozen; /* columns that stay in sight at the left */
};

enum { BLANK_ROWS = 5000 }; /* that lists and questions serve; formats serve all */

/* Writes target (0600), as base/file.h does. What is asked about may still be entered: a ledger may
 * say 无. -1 with a finding and no file. */
int blank_write(const char *target, const struct blank_sheet *sheets, size_t count,
                struct findings *findings);

#endif
