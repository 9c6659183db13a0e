/* Which ledger a table is, and which column holds which field (design 4, Recognition).
 * Internal to ledger/. */
#ifndef MINGBAI_LEDGER_RECOGNISE_H
#define MINGBAI_LEDGER_RECOGNISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/findings.h"
#include "ledger/csv.h"
#include "ledger/schema.h"
#include "ledger/settings.h"
#include "ledger/sheet.h"

#define NO_COLUMN UINT32_MAX

/* Where a field of a schema stands in the file. */
struct column_use {
    uint32_t column; /* 0 based, or NO_COLUMN */
    int scale;       /* power of ten from the head's unit to the field's */
    bool broken;     /* doubled, or in a unit that cannot be converted: no cell of it is known */
};

struct match {
    const struct schema *schema;
    size_t ledger;                /* schema's index in schemas_at() order */
    struct column_use *uses;      /* one a field of schema, derived ones have no column */
    size_t also;                  /* the ledger its rows fill too, or SIZE_MAX */
    struct column_use *also_uses; /* one a field of that schema, or NULL */
    bool carries;                 /* some column tells of the household and is no key or area */
    size_t matched, named;        /* columns: known, and with a head (序号 left out) */
    size_t missing;               /* identify fields without a column */
    size_t titled; /* identify fields that a title or the file's name gives instead */
};

struct recogniser;

/* The names of all fields, folded once for a run. Borrows schemas. */
struct recogniser *recogniser_new(const struct schemas *schemas);
void recogniser_free(struct recogniser *recogniser);

/* Finds the head and the ledger. -1 with ledger-no-head, ledger-unrecognised or ledger-ambiguous.
 * Else what is noted: ledger-recognised, unknown, doubled and missing columns. *sheet and *match
 * live in the arena; *sheet borrows table. */
int recognise(const struct recogniser *recogniser, struct arena *arena,
              const struct csv_table *table, const struct settings *settings, struct sheet *sheet,
              struct match *match, struct findings *findings);
/* The ledger that the name of a file or sheet that could not be read speaks of, or SIZE_MAX. */
size_t recognise_name(const struct schemas *schemas, const char *path);

#endif
