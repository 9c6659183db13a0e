/* What the files of checks share; nobody else includes it. */
#ifndef MINGBAI_STORE_CHECKS_INSIDE_H
#define MINGBAI_STORE_CHECKS_INSIDE_H

#include <glib.h>

#include "base/arena.h"
#include "base/yaml.h"
#include "store/checks.h"

/* A text with {{column}} in it. */
struct check_piece {
    const char *literal, *column; /* one of them, the other NULL */
};

struct check_text {
    size_t count;
    const struct check_piece *pieces;
    struct place place; /* of the whole */
};

/* A ledger that must be there, with columns of it. */
struct check_need {
    const struct schema *schema;
    size_t count;
    const size_t *fields;
};

struct check_parameter {
    const char *name;
    const char *fallback; /* "": it must be set, else the check is not run */
};

struct check_body {
    struct check_text message, english, hint, english_hint;
    size_t field; /* of at, which the finding points to, or SIZE_MAX: the row, or column _列 */
    size_t nneed;
    const struct check_need *needs;
    size_t nparameter;
    const struct check_parameter *parameters;
    const char *rows; /* the SQL */
    struct place rows_place;
};

/* words.c: cuts the text; false with template-text when a {{ is not closed or holds no name. */
bool check_text_read(struct arena *arena, const char *text, struct place place,
                     struct check_text *out, struct findings *findings);
/* Every column named is one of the query's and may be told to the public. -1 with findings. */
int check_text_verify(const struct check_text *text, const struct query *query,
                      struct findings *findings);
/* Appends the text for a row. Never more than the public may see: a column with an origin as its
 * show says, a computed one only if it is a whole number below 1000. */
void check_text_fill(GString *out, const struct check_text *text, const struct query *query,
                     const struct rowset *rows, size_t row);

#endif
