/* What the files of this floor share about a store; nobody else includes it. */
#ifndef MINGBAI_STORE_INSIDE_H
#define MINGBAI_STORE_INSIDE_H

#include <glib.h>
#include <sqlite3.h>

#include "base/calendar.h"
#include "store/age.h"
#include "store/collation.h"
#include "store/store.h"

/* A table an author may read: a ledger's own, or that of a column with several values. */
struct store_table {
    char *name;
    const struct ledger *ledger;       /* NULL: _原文 */
    const struct field *field;         /* of the column with several values, else NULL */
    const struct statistic *statistic; /* that it holds, else NULL */
};

/* What the authorizer notes while a statement is prepared for an author. */
struct guard {
    GArray *reads;      /* struct query_read, each once */
    GPtrArray *ledgers; /* names of the ledgers read, each once; lent */
    char *refused;      /* the function, table or deed that was refused, or NULL */
};

struct statistics; /* statistics.h */

/* Why our function failed, told apart from SQLite's own errors. */
enum fault {
    FAULT_NONE,
    FAULT_OVERFLOW,
    FAULT_NOT_NUMBER,
    FAULT_PLACES,
    FAULT_NOT_DATE,
    FAULT_NO_HOLIDAYS,
    FAULT_PERIOD,
    FAULT_BOUNDS
};

/* The part of the data that some queries read. */
struct needs {
    GHashTable *fields;  /* const struct field * */
    GHashTable *ledgers; /* names */
};

/* A filled store as SQLite would write it to a file: never changed, read in place by every
 * connection of the store. */
struct image {
    unsigned char *bytes; /* NULL: not filled yet */
    sqlite3_int64 size;
};

struct store {
    sqlite3 *db;
    struct image image;
    bool lent; /* the image is another connection's */
    enum audience audience;
    bool full; /* every field in full, for derived columns; no author reads it */
    struct ledgers *ledgers;
    struct age_basis ages;
    const struct calendar *calendar; /* lent */
    struct collations *collations;
    GArray *tables;      /* struct store_table */
    uint64_t rows;       /* of all ledgers */
    struct guard *guard; /* set while an author's statement is prepared */
    uint64_t steps;      /* of the running query, in units of the progress handler */
    enum fault fault;
    int fault_year; /* of FAULT_NO_HOLIDAYS */
};

const struct store_table *store_table(const struct store *store, const char *name); /* or NULL */
/* The field a column of the table shows: itself, its _态, or the 值 of a column with several
 * values; NULL for _id, links and 序. */
const struct field *store_column(const struct store_table *table, const char *column);
/* How the store's audience sees the field; a field masked in no known way is hidden. */
enum show store_show(const struct store *store, const struct field *field);
/* Runs one of our own statements; a failure is a bug of ours and ends the program. */
void store_execute(struct store *store, const char *sql);
sqlite3_stmt *store_prepare(struct store *store, const char *sql);
/* keep: SQLITE_STATIC when a text outlives the binding, else SQLITE_TRANSIENT. */
void store_bind(sqlite3_stmt *statement, int index, const struct value *value,
                sqlite3_destructor_type keep);
void store_step(struct store *store, sqlite3_stmt *statement); /* to its end, without rows */
/* Appends "name" quoted for SQL. */
void store_append_name(GString *sql, const char *name);

/* connection.c */
/* Opens store->db, empty or over its image, with our collations and functions. */
void store_connect(struct store *store);
/* From filling to reading: the database becomes the image, which nothing can change. */
void store_freeze(struct store *store);

/* fill.c: the tables, empty; then their rows and indexes. only: the fields that will be read, for a
 * store that no author reads (the others stay NULL, and ledgers that are not read empty); NULL:
 * all. Cells in which the free-text scan finds something become STATE_SUPPRESSED, a finding and a
 * struct leaking_cell in leaks. statistics: of the full data, or NULL. */
void store_create_tables(struct store *store);
void store_fill(struct store *store, const struct needs *only, const struct statistics *statistics,
                GArray *leaks, struct findings *findings);
const char *store_affinity(enum field_type type);
/* INSERT INTO table of all its ncolumn columns. */
sqlite3_stmt *store_prepare_insert(struct store *store, const char *table, size_t ncolumn);

/* authorizer.c: lets an author's statement read tables and call our functions and a written list of
 * pure built-ins; all else is refused. Off while store->guard is NULL. */
void authorizer_install(struct store *store);
/* Names of the functions an author may call, NULL-ended, for did-you-mean. */
const char *const *authorizer_functions(void);

/* functions.c */
void functions_install(struct store *store);

/* derive.c: the derived columns' SQL, prepared on the full store before it is filled. NULL with
 * findings. */
struct derivations *derivations_prepare(struct store *full, struct findings *findings);
void derivations_free(struct derivations *derivations);
/* What they read. */
struct needs derivations_needs(const struct derivations *derivations);
void needs_free(struct needs *needs);
/* Computes all of them into ledgers->rows, and into the store what others of them read. -1 with
 * findings. */
int derivations_compute(struct derivations *derivations, struct findings *findings);

#endif
