/* Prepares and runs an author's SELECT. */
#include <string.h>

#include "store/faults.h"
#include "store/inside.h"
#include "store/states.h"
#include "store/tokens.h"

struct query {
    struct store *store;
    sqlite3_stmt *statement;
    char *file; /* owns where.file */
    struct place where;
    int ncolumn; /* of the author's; companions come after */
    struct query_column *columns;
    int *companions; /* statement column with the state, or -1 */
    GArray *reads;   /* struct query_read */
    GPtrArray *ledgers;
    bool ordered;
};

/* The bounds of a query, the same on every machine. SQLite's instructions: a base and so many a row
 * in the store, far more than a county's largest products take (a join of all tables takes about
 * 100 a row); and rows of the result. */
enum { STEP_INSTRUCTIONS = 100000, BASE_STEPS = 1000, LARGEST_RESULT = 10000000 };
static const uint64_t instructions_a_row = 50000;

static int count_steps(void *data)
{
    struct store *store = data;
    const uint64_t bound = BASE_STEPS + store->rows * instructions_a_row / STEP_INSTRUCTIONS;

    return ++store->steps > bound;
}

static void read_columns(struct query *query)
{
    query->ncolumn = sqlite3_column_count(query->statement);
    query->columns = g_new0(struct query_column, query->ncolumn);
    query->companions = g_new(int, query->ncolumn);
    for (int i = 0; i < query->ncolumn; i++) {
        struct query_column *column = &query->columns[i];
        const char *name = sqlite3_column_table_name(query->statement, i);
        const char *origin = sqlite3_column_origin_name(query->statement, i);
        const struct store_table *table = name ? store_table(query->store, name) : NULL;
        const struct field *field = table && origin ? store_column(table, origin) : NULL;

        column->name = g_strdup(sqlite3_column_name(query->statement, i));
        /* 列名_态 belongs to the field but does not show it. */
        if (field && (table->field || strcmp(field->name, origin) == 0)) {
            column->origin = field;
            column->table = table->ledger->schema->name;
            column->partial = !table->statistic && store_show(query->store, field) == SHOW_MASK;
        }
    }
}

static sqlite3_stmt *prepare_guarded(struct query *query, const struct sql_source *source,
                                     struct findings *findings)
{
    struct guard guard = {.reads = query->reads, .ledgers = query->ledgers};
    struct store *store = query->store;
    sqlite3_stmt *statement = NULL;
    int code;

    store->guard = &guard;
    code = sqlite3_prepare_v2(store->db, source->tokens->sql, -1, &statement, NULL);
    store->guard = NULL;
    if (code != SQLITE_OK)
        sql_explain(store, source, &guard, findings);
    g_free(guard.refused);
    return statement;
}

struct query *query_prepare(struct store *store, const char *sql, struct place where,
                            struct findings *findings)
{
    struct sql_tokens tokens = sql_tokens_cut(sql);
    const struct sql_source source = {.tokens = &tokens, .where = where};
    struct query *query = g_new0(struct query, 1);

    query->store = store;
    query->file = g_strdup(where.file);
    query->where = where;
    query->where.file = query->file;
    query->where.field = NULL;
    query->reads = g_array_new(FALSE, FALSE, sizeof(struct query_read));
    query->ledgers = g_ptr_array_new();
    query->ordered = sql_tokens_outline(&tokens).ordered;
    if (sql_check(&source, findings) == 0)
        query->statement = prepare_guarded(query, &source, findings);
    if (!query->statement) {
        query_free(query);
        query = NULL;
    } else {
        g_ptr_array_add(query->ledgers, NULL);
        read_columns(query);
        query->statement = states_extend(store, &tokens, query->statement, query->companions);
    }
    sql_tokens_free(&tokens);
    return query;
}

void query_free(struct query *query)
{
    if (!query)
        return;
    sqlite3_finalize(query->statement);
    for (int i = 0; i < query->ncolumn; i++)
        g_free((char *)query->columns[i].name);
    g_free(query->columns);
    g_free(query->companions);
    g_array_free(query->reads, TRUE);
    g_ptr_array_free(query->ledgers, TRUE);
    g_free(query->file);
    g_free(query);
}

size_t query_columns(const struct query *query)
{
    return (size_t)query->ncolumn;
}

const struct query_column *query_column(const struct query *query, size_t column)
{
    return &query->columns[column];
}

size_t query_parameters(const struct query *query)
{
    return (size_t)sqlite3_bind_parameter_count(query->statement);
}

const char *query_parameter(const struct query *query, size_t index)
{
    return sqlite3_bind_parameter_name(query->statement, (int)index + 1) + 1;
}

const struct query_read *query_reads(const struct query *query, size_t *count)
{
    *count = query->reads->len;
    return (const struct query_read *)(const void *)query->reads->data;
}

const char *const *query_ledgers(const struct query *query)
{
    return (const char *const *)query->ledgers->pdata;
}

bool query_is_ordered(const struct query *query)
{
    return query->ordered;
}

void query_bind(struct query *query, const char *name, const struct value *value)
{
    char *parameter = g_strconcat(":", name, NULL);
    const int index = sqlite3_bind_parameter_index(query->statement, parameter);

    g_free(parameter);
    if (index == 0)
        return;
    sqlite3_reset(query->statement);
    store_bind(query->statement, index, value, SQLITE_TRANSIENT);
}

static enum value_state read_state(const struct query *query, int column)
{
    const int companion = query->companions[column];
    const int state = companion < 0 ? 0 : sqlite3_column_int(query->statement, companion);

    return state > STATE_VALUE && state <= STATE_SUPPRESSED ? (enum value_state)state : STATE_EMPTY;
}

/* Texts are lent until the next step. */
static struct value read_value(const struct query *query, int column)
{
    switch (sqlite3_column_type(query->statement, column)) {
    case SQLITE_INTEGER:
        return value_integer(sqlite3_column_int64(query->statement, column));
    case SQLITE_FLOAT:
        return value_real(sqlite3_column_double(query->statement, column));
    case SQLITE_NULL:
        return value_null(read_state(query, column));
    default:
        return value_text((const char *)sqlite3_column_text(query->statement, column));
    }
}

static void add_run_fault(const struct query *query, int code, struct findings *findings)
{
    char year[16];

    switch (query->store->fault) {
    case FAULT_OVERFLOW:
        finding_add(findings, FINDING_SQL_OVERFLOW, query->where);
        return;
    case FAULT_NOT_NUMBER:
        finding_add(findings, FINDING_SQL_NOT_NUMBER, query->where);
        return;
    case FAULT_PLACES:
        finding_add(findings, FINDING_SQL_PLACES, query->where);
        return;
    case FAULT_NOT_DATE:
        finding_add(findings, FINDING_SQL_NOT_DATE, query->where);
        return;
    case FAULT_NO_HOLIDAYS:
        g_snprintf(year, sizeof(year), "%d", query->store->fault_year);
        finding_add(findings, FINDING_SQL_NO_HOLIDAYS, query->where, year);
        return;
    case FAULT_PERIOD:
        finding_add(findings, FINDING_SQL_PERIOD, query->where);
        return;
    case FAULT_BOUNDS:
        finding_add(findings, FINDING_SQL_BOUNDS, query->where);
        return;
    case FAULT_NONE:
        break;
    }
    if (code == SQLITE_INTERRUPT || code == SQLITE_ROW)
        finding_add(findings, FINDING_SQL_RUNAWAY, query->where);
    else
        finding_add(findings, FINDING_SQL_RUNTIME, query->where, sqlite3_errstr(code));
}

struct rowset *query_run(struct query *query, struct findings *findings)
{
    const char **names = g_new(const char *, query->ncolumn);
    struct value *row = g_new(struct value, query->ncolumn);
    struct store *store = query->store;
    struct rowset *rows;
    int code;

    for (int i = 0; i < query->ncolumn; i++)
        names[i] = query->columns[i].name;
    rows = rowset_new((size_t)query->ncolumn, names);
    g_free(names);
    store->fault = FAULT_NONE;
    store->steps = 0;
    sqlite3_progress_handler(store->db, STEP_INSTRUCTIONS, count_steps, store);
    while ((code = sqlite3_step(query->statement)) == SQLITE_ROW &&
           rowset_rows(rows) < LARGEST_RESULT) {
        for (int i = 0; i < query->ncolumn; i++)
            row[i] = read_value(query, i);
        rowset_append(rows, row);
    }
    sqlite3_progress_handler(store->db, 0, NULL, NULL);
    if (code != SQLITE_DONE) {
        add_run_fault(query, code, findings);
        rowset_free(rows);
        rows = NULL;
    }
    sqlite3_reset(query->statement);
    g_free(row);
    return rows;
}
