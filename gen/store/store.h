/* Stores: one in-memory SQLite database per audience, values already masked or absent (design 7),
 * and the queries that read them. The only floor that knows SQLite. */
#ifndef MINGBAI_STORE_STORE_H
#define MINGBAI_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/audience.h"
#include "base/date.h"
#include "base/findings.h"
#include "base/value.h"
#include "ledger/ledger.h"
#include "ledger/schema.h"

struct stores; /* the stores of a run */
struct store;  /* one audience's */

/* Fills the internal store, computes the derived columns (written back into ledgers->rows, invalid
 * where what they read is invalid), then fills those of the audiences wanted (bit 1 << audience).
 * reference: the 基准日期 for ages; day 0 when there is none (then everybody not provably grown up on
 * the latest date in the ledgers counts as a minor, with a warning, design decision 12). NULL with
 * findings on a fault of a derived column's SQL. Borrows ledgers, which must outlive it. */
struct stores *stores_open(struct ledgers *ledgers, unsigned audiences, struct date reference,
                           struct findings *findings);
void stores_close(struct stores *stores);
/* The store that audience reads; lent. */
struct store *stores_of(const struct stores *stores, enum audience audience);
/* A cell of an open-text column in which the free-text scan found an ID, phone or account: the finding
 * is already made; public products that read the field are held back in that row's village. */
struct leaking_cell {
    size_t ledger, field, row; /* indices as in struct invalid_cell */
};
const struct leaking_cell *stores_leaks(const struct stores *stores, size_t *count);

struct query;

struct query_column {
    const char *name;
    const struct field *origin; /* the field it shows unchanged, or NULL: computed */
    const char *table;          /* origin's ledger, or NULL */
    bool partial;               /* origin is masked for this audience */
};

struct query_read {
    const char *table;         /* ledger */
    const struct field *field; /* field read anywhere in the SQL, _态 and 户_致贫原因 included */
};

/* Prepares one SELECT under the authorizer. where: the SQL's first character in its file; faults are
 * placed inside it. NULL with findings: sql-syntax, sql-unknown-column (did-you-mean),
 * sql-unknown-table, sql-forbidden, sql-division, sql-select-star, sql-not-one-select. */
struct query *query_prepare(struct store *store, const char *sql, struct place where,
                            struct findings *findings);
void query_free(struct query *query);
size_t query_columns(const struct query *query);
const struct query_column *query_column(const struct query *query, size_t column);
size_t query_parameters(const struct query *query);
const char *query_parameter(const struct query *query, size_t index); /* without the colon */
const struct query_read *query_reads(const struct query *query, size_t *count);
bool query_is_ordered(const struct query *query); /* has an ORDER BY at its top level */
/* Binds :name for the next run; copies. A name the query has not is no fault. */
void query_bind(struct query *query, const char *name, const struct value *value);
/* All rows. A NULL of a plain column carries its state from 列名_态. NULL with a finding:
 * sql-runaway, sql-runtime. */
struct rowset *query_run(struct query *query, struct findings *findings);

/* The names of the tables an author may read, NULL-ended, for did-you-mean; g_free() the array. */
const char **store_tables(const struct store *store);

#endif
