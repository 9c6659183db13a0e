/* Decides what an author's SQL may do: read tables, call listed functions, nothing else. */
#include <string.h>

#include "store/inside.h"

/* Ours, then the pure built-ins of design 5. Nothing that looks at a clock, a file or chance. */
static const char *const functions[] = {
    "sum",      "avg",        "total",        "round",        "除",
    "率",       "等",         "和",           "差",           "积",
    "大写金额", "中文数字",   "大写日期",     "中文日期",     "遮证件",
    "遮电话",   "遮账号",     "遮姓名",       "证件有效",     "证件出生",
    "证件性别", "证件地区",   "未成年",       "年龄",         "年龄段",
    "工作日",   "工作日数",   "期满日",       "count",        "coalesce",
    "ifnull",   "nullif",     "iif",          "min",          "max",
    "abs",      "length",     "substr",       "replace",      "trim",
    "instr",    "like",       "glob",         "group_concat", "row_number",
    "rank",     "dense_rank", "percent_rank", "cume_dist",    "ntile",
    "lag",      "lead",       "first_value",  "last_value",   "nth_value",
    NULL};

const char *const *authorizer_functions(void)
{
    return functions;
}

static int refuse(struct guard *guard, const char *what)
{
    if (!guard->refused)
        guard->refused = g_strdup(what);
    return SQLITE_DENY;
}

static void note_ledger(struct guard *guard, const char *name)
{
    for (guint i = 0; i < guard->ledgers->len; i++) {
        if (strcmp(g_ptr_array_index(guard->ledgers, i), name) == 0)
            return;
    }
    g_ptr_array_add(guard->ledgers, (gpointer)name);
}

static void note_read(struct guard *guard, const char *table, const struct field *field)
{
    const struct query_read read = {.table = table, .field = field};

    for (guint i = 0; i < guard->reads->len; i++) {
        if (g_array_index(guard->reads, struct query_read, i).field == field)
            return;
    }
    g_array_append_val(guard->reads, read);
}

/* A cell says something of all columns it is counted by, a sum of its own too. */
static void note_statistic(const struct store *store, const struct store_table *table,
                           const struct field *field)
{
    const struct schema *schema = table->ledger->schema;
    const struct statistic *statistic = table->statistic;

    for (size_t i = 0; i < statistic->nby; i++)
        note_read(store->guard, schema->name, &schema->fields[statistic->by[i]]);
    if (field && field != &statistic->count)
        note_read(store->guard, schema->name, field);
}

static int authorize_read(struct store *store, const char *name, const char *column)
{
    const struct store_table *table = store_table(store, name);
    const struct field *field;

    if (!table) {
        /* A table of which no column is read may be a WITH table of the author's. */
        return *column ? refuse(store->guard, name) : SQLITE_OK;
    }
    if (!table->ledger)
        return SQLITE_OK;
    note_ledger(store->guard, table->ledger->schema->name);
    field = store_column(table, column);
    if (table->statistic) {
        note_statistic(store, table, field);
        return SQLITE_OK;
    }
    /* Which rows a table of several values has says as much as the values do. */
    if (!field)
        field = table->field;
    if (field)
        note_read(store->guard, table->ledger->schema->name, field);
    return SQLITE_OK;
}

static int authorize(void *data, int action, const char *first, const char *second,
                     const char *database, const char *trigger)
{
    struct store *store = data;

    (void)database;
    (void)trigger;
    if (!store->guard)
        return SQLITE_OK;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_READ:
        return authorize_read(store, first, second);
    case SQLITE_FUNCTION:
        for (size_t i = 0; functions[i]; i++) {
            if (g_ascii_strcasecmp(second, functions[i]) == 0)
                return SQLITE_OK;
        }
        return refuse(store->guard, second);
    default:
        return refuse(store->guard, "");
    }
}

void authorizer_install(struct store *store)
{
    sqlite3_set_authorizer(store->db, authorize, store);
}
