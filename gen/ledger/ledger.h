/* Loaded ledgers: every row of every recognised file, checked, normalised, linked, with its place. */
#ifndef MINGBAI_LEDGER_LEDGER_H
#define MINGBAI_LEDGER_LEDGER_H

#include <stdint.h>

#include "base/findings.h"
#include "base/value.h"
#include "ledger/schema.h"
#include "ledger/settings.h"

struct row_origin {
    uint32_t file; /* index into ledgers.files */
    uint32_t line; /* physical line on which the row begins, 1 based */
};

/* Rows of one schema, from one or several files. Row i has _id = i + 1. */
struct ledger {
    const struct schema *schema;
    struct rowset *rows;        /* one column per field of the schema; derived ones are NULL until
                                   the stores fill them */
    struct row_origin *origins; /* one a row */
    int64_t **links;            /* links[k][row]: _id in schema->foreign_keys[k].ledger, 0 none */
    uint16_t *columns;          /* per field: its column in the first file (1 = A), 0 if absent */
    bool present;               /* some file of this ledger was found */
};

struct ledger_file {
    const char *path;     /* relative to input */
    const char *encoding; /* UTF-8, UTF-8 BOM, GB18030 */
    const char *ledger;   /* schema name, NULL: not recognised */
    size_t rows_read, rows_refused, rows_other; /* other: titles, heads, totals, blanks, notes */
};

/* A cell that could not be read as its type. Its text is private: internal store only. */
struct invalid_cell {
    uint32_t ledger, field; /* indices: ledgers.list, schema->fields */
    uint32_t row;
    const char *text;
};

/* A row whose place could not be read: it holds back every product that reads its ledger, in that
 * village, or everywhere if village is NULL (design 4, "When data are wrong"). */
struct lost_row {
    uint32_t ledger;
    const char *village; /* 行政村, or NULL */
    struct place place;
};

struct ledgers {
    const struct schemas *schemas;
    size_t count;        /* one a schema, in schemas_at() order, present or not */
    struct ledger *list;
    size_t nfile;
    struct ledger_file *files;
    size_t ninvalid;
    struct invalid_cell *invalid;
    size_t nlost;
    struct lost_row *lost;
};

/* Loads every CSV below folder. Never fails as a whole: what cannot be read is a finding. Readings
 * of the year from titles go to settings_suggest(). */
struct ledgers *ledgers_load(const struct schemas *schemas, const char *folder,
                             struct settings *settings, struct findings *findings);
/* The same without a row, for checking templates. */
struct ledgers *ledgers_empty(const struct schemas *schemas);
void ledgers_free(struct ledgers *ledgers);
struct ledger *ledgers_find(const struct ledgers *ledgers, const char *name); /* or NULL */
/* Where the cell stands; field SIZE_MAX: the row. Lends texts of ledgers. */
struct place ledgers_place(const struct ledgers *ledgers, const struct ledger *ledger, size_t row,
                           size_t field);

#endif
