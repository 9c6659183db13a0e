/* Two versions of the ledgers, row against row by key. */
#ifndef MINGBAI_LEDGER_COMPARE_H
#define MINGBAI_LEDGER_COMPARE_H

#include <glib.h>

#include "ledger/ledger.h"
#include "ledger/plain.h"

/* One cell in both versions, with different contents (plain_append). */
struct change {
    size_t row[2]; /* of the old, of the new */
    size_t field;
};

/* What became of one ledger. Rows are matched, each once: those alike in every cell; then by the
 * primary key, in which a link (_户) stands for the household it leads to, matched before; then by
 * what stands for the key (natural_of), or in a ledger without key by its links and identifying
 * words, where that names one row on either side. So a corrected 证件号码 is a change, not a
 * person who left and one who came. */
struct ledger_comparison {
    bool present; /* in either version */
    size_t nrow[2];
    GArray *left;    /* size_t: rows of the old that are in the new no more */
    GArray *entered; /* size_t: rows of the new */
    GArray *changes; /* struct change, in the order of the old rows and of the fields */
    size_t nchanged; /* rows with a change */
    bool *only[2];   /* per field: its column is in one version's files only, and not compared */
};

struct comparison;

/* Versions are borrowed, of the same schemas. comparison_free() it. */
struct comparison *comparison_new(const struct ledgers *old, const struct ledgers *new);
void comparison_free(struct comparison *comparison);
const struct ledger_comparison *comparison_of(const struct comparison *comparison, size_t ledger);
/* Which row that is, for internal readers: the primary key's values joined by 、, of a link the
 * key of the row it leads to. version: 0 old, 1 new. */
void comparison_key(GString *out, const struct comparison *comparison, int version, size_t ledger,
                    size_t row);
/* The cell, for internal readers, and as the public may see it (cells the public may not see: ■).
 */
void comparison_cell(GString *out, const struct comparison *comparison, int version, size_t ledger,
                     size_t row, size_t field);
void comparison_public_cell(GString *out, const struct comparison *comparison, int version,
                            size_t ledger, size_t row, size_t field);

#endif
