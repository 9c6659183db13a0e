/* Loaded ledgers: every row of every recognised file, checked, normalised, linked, placed. */
#ifndef MINGBAI_LEDGER_LEDGER_H
#define MINGBAI_LEDGER_LEDGER_H

#include <stdint.h>

#include "base/arena.h"
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

/* A CSV file, or one sheet of a workbook (a workbook as a whole if it could not be read). */
struct ledger_file {
    const char *path;     /* relative to input */
    const char *sheet;    /* its name, or NULL */
    const char *encoding; /* UTF-8, UTF-8 BOM, GB18030; xlsx */
    const char *ledger;   /* schema name, NULL: not recognised */
    /* Together all rows of the file. other: titles, heads, totals, blanks, notes. A row equal to
     * another one is read, but stands in its ledger once. */
    size_t rows_read, rows_refused, rows_other;
    const uint16_t *columns;      /* per field of its ledger: its column (1 = A), 0 if absent */
    const uint16_t *also_columns; /* per field of the ledger its rows fill too (also), or NULL */
};

/* A cell whose value is not known: it could not be read as its type; its column stands twice in the
 * file or is in a unit that cannot be converted; rows of one household disagree on it; or it is one
 * of the key, and of the differing cells, of two rows that share a natural key with different
 * contents (then the cells of both rows). The row set holds STATE_INVALID there. Its text is
 * private: internal store only. */
struct invalid_cell {
    uint32_t ledger, field; /* indices: ledgers.list, schema->fields */
    uint32_t row;
    const char *text;
};

/* A row whose place could not be read (ragged; no village and no household), that points at a
 * household or other row it must have and that is not there or could be several, whose ID and
 * number lead to different households, or a whole file that could not be read but whose name tells
 * its ledger (place.line 0). It holds back every product that reads its ledger, in that village, or
 * everywhere if village is NULL (design 4, "When data are wrong"). */
struct lost_row {
    uint32_t ledger;
    const char *village; /* 行政村, or NULL */
    struct place place;
};

/* A row equal to an earlier one, which alone stands in the ledger. */
struct repeated_row {
    uint32_t ledger;
    struct row_origin origin, same_as;
};

/* Two rows of one natural key with different contents; both stand in the ledger. */
struct key_clash {
    uint32_t ledger;
    uint32_t row, other;
};

struct ledgers {
    const struct schemas *schemas;
    size_t count; /* one a schema, in schemas_at() order, present or not */
    struct ledger *list;
    size_t nfile;
    struct ledger_file *files;
    size_t ninvalid;
    struct invalid_cell *invalid;
    size_t nlost;
    struct lost_row *lost;
    size_t nrepeated;
    struct repeated_row *repeated;
    size_t nclash;
    struct key_clash *clashes;
    struct arena *arena; /* owns all texts and arrays above but the row sets */
};

/* Loads every CSV and workbook (.xlsx) below a folder, or the one file that input names. Never fails
 * as a whole: what cannot be read is a finding. Readings of the year from titles go to
 * settings_suggest(). */
struct ledgers *ledgers_load(const struct schemas *schemas, const char *input,
                             struct settings *settings, struct findings *findings);
/* The same without a row, for checking templates. */
struct ledgers *ledgers_empty(const struct schemas *schemas);
void ledgers_free(struct ledgers *ledgers);
struct ledger *ledgers_find(const struct ledgers *ledgers, const char *name); /* or NULL */
/* The file, or the sheet, as a whole. Lends its texts. */
struct place ledger_file_place(const struct ledger_file *file);
/* Where the cell stands; field SIZE_MAX: the row. Lends texts of ledgers. */
struct place ledgers_place(const struct ledgers *ledgers, const struct ledger *ledger, size_t row,
                           size_t field);
/* Gives the last finding the row, masked as for the public, with the caret under the field
 * (SIZE_MAX: without one). raw: the text of an invalid cell, shown only where the public may see
 * it, or NULL. */
void ledger_snippet(const struct ledger *ledger, size_t row, size_t field, const char *raw,
                    struct findings *findings);

#endif
