/* Creates a store's tables and fills them with what its audience may see. */
#include <string.h>

#include "ledger/field.h"
#include "store/inside.h"
#include "store/scan.h"
#include "store/statistics.h"

static const char *const minor_birth = "出生日期";

const char *store_affinity(enum field_type type)
{
    switch (type) {
    case FIELD_INTEGER:
    case FIELD_YEAR:
    case FIELD_BOOLEAN:
        return "INTEGER";
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        return "REAL";
    case FIELD_STRING:
    case FIELD_DATE:
    case FIELD_CODE:
    case FIELD_IDCARD:
    case FIELD_PHONE:
    case FIELD_AREA:
        break;
    }
    return "TEXT";
}

static void add_table(struct store *store, char *name, const struct ledger *ledger,
                      const struct field *field)
{
    const struct store_table table = {.name = name, .ledger = ledger, .field = field};

    g_array_append_val(store->tables, table);
}

static void create_values_table(struct store *store, const struct ledger *ledger,
                                const struct field *field)
{
    char *name = g_strdup_printf("%s_%s", ledger->schema->name, field->name);
    char *link = g_strdup_printf("_%s", ledger->schema->name);
    GString *sql = g_string_new("CREATE TABLE ");

    store_append_name(sql, name);
    g_string_append_c(sql, '(');
    store_append_name(sql, link);
    g_string_append(sql, " INTEGER, 序 INTEGER, 值 TEXT)");
    store_execute(store, sql->str);
    g_string_free(sql, TRUE);
    g_free(link);
    add_table(store, name, ledger, field);
}

void store_create_tables(struct store *store)
{
    for (size_t i = 0; i < store->ledgers->count; i++) {
        const struct ledger *ledger = &store->ledgers->list[i];
        const struct schema *schema = ledger->schema;
        GString *sql = g_string_new("CREATE TABLE ");

        store_append_name(sql, schema->name);
        g_string_append(sql, "(_id INTEGER PRIMARY KEY");
        for (size_t k = 0; k < schema->nforeign_key; k++) {
            g_string_append(sql, ", ");
            store_append_name(sql, schema->foreign_keys[k].link);
            g_string_append(sql, " INTEGER");
        }
        for (size_t k = 0; k < schema->nfield; k++) {
            const struct field *field = &schema->fields[k];
            char *state = g_strconcat(field->name, "_态", NULL);

            if (store_show(store, field) != SHOW_HIDE) {
                g_string_append(sql, ", ");
                store_append_name(sql, field->name);
                g_string_append_printf(sql, " %s, ", store_affinity(field->type));
                store_append_name(sql, state);
                g_string_append(sql, " INTEGER");
                if (field->multiple)
                    create_values_table(store, ledger, field);
            }
            g_free(state);
        }
        g_string_append_c(sql, ')');
        store_execute(store, sql->str);
        g_string_free(sql, TRUE);
        add_table(store, g_strdup(schema->name), ledger, NULL);
        if (!store->full) /* what derives columns runs before anything is counted */
            statistics_create_tables(store, ledger);
    }
    if (store->audience == AUDIENCE_INTERNAL) {
        store_execute(store, "CREATE TABLE _原文(台账 TEXT, _id INTEGER, 列 TEXT, 原文 TEXT)");
        add_table(store, g_strdup("_原文"), NULL, NULL);
    }
}

static bool is_filled(const struct ledger *ledger, const struct needs *only)
{
    return rowset_rows(ledger->rows) > 0 &&
           (!only || g_hash_table_contains(only->ledgers, ledger->schema->name));
}

static void index_column(struct store *store, const char *table, const char *column)
{
    GString *sql = g_string_new("CREATE INDEX ");
    char *name = g_strconcat(table, column, NULL);

    store_append_name(sql, name);
    g_string_append(sql, " ON ");
    store_append_name(sql, table);
    g_string_append_c(sql, '(');
    store_append_name(sql, column);
    g_string_append_c(sql, ')');
    store_execute(store, sql->str);
    g_free(name);
    g_string_free(sql, TRUE);
}

/* An empty table needs none: they take longer to make than it. */
static void create_indexes(struct store *store, const struct needs *only)
{
    for (guint i = 0; i < store->tables->len; i++) {
        const struct store_table *table = &g_array_index(store->tables, struct store_table, i);

        if (!table->ledger || table->statistic || !is_filled(table->ledger, only))
            continue;
        if (table->field) {
            char *link = g_strconcat("_", table->ledger->schema->name, NULL);

            index_column(store, table->name, link);
            g_free(link);
            continue;
        }
        for (size_t k = 0; k < table->ledger->schema->nforeign_key; k++)
            index_column(store, table->name, table->ledger->schema->foreign_keys[k].link);
    }
}

/* One field of a ledger as it goes into the store. */
struct shown {
    const struct field *field;
    size_t index;
    bool masked, scanned;
    int state;            /* bound last, -1: none yet; it stays bound from row to row */
    sqlite3_stmt *values; /* inserts into its table of values, or NULL */
};

/* A ledger being copied into a store. */
struct filling {
    struct store *store;
    const struct ledger *ledger;
    size_t ledger_index;
    size_t id, birth; /* fields that tell a minor, SIZE_MAX: none */
    size_t nshown;
    struct shown *shown;
    GArray *leaks;
    struct findings *findings;
    GString *text; /* a masked text */
};

/* A column of a type meant for numbers that are private is shown on purpose. */
static bool is_scanned(const struct store *store, const struct field *field)
{
    if (store->audience != AUDIENCE_PUBLIC || field->sql)
        return false;
    return field->type == FIELD_STRING || field->type == FIELD_AREA ||
           (field->open_text && field->type != FIELD_IDCARD && field->type != FIELD_PHONE);
}

static bool is_minor(const struct filling *filling, size_t row)
{
    const struct rowset *rows = filling->ledger->rows;
    struct value id = value_null(STATE_EMPTY), birth = value_null(STATE_EMPTY);

    if (filling->id != SIZE_MAX)
        id = rowset_at(rows, row, filling->id);
    if (filling->birth != SIZE_MAX)
        birth = rowset_at(rows, row, filling->birth);
    return age_is_minor(&filling->store->ages, id.text, birth.text);
}

static void add_leak(struct filling *filling, size_t row, size_t field)
{
    const struct leaking_cell leak = {filling->ledger_index, field, row};

    g_array_append_val(filling->leaks, leak);
    finding_add(filling->findings, FINDING_STORE_LEAK,
                ledgers_place(filling->store->ledgers, filling->ledger, row, field));
}

/* The cell as the audience may see it; a text lives until the next call. */
static struct value shown_value(struct filling *filling, const struct shown *shown, size_t row)
{
    struct value value = rowset_at(filling->ledger->rows, row, shown->index);

    if (shown->masked && value.type != VALUE_NULL) {
        if (value.type != VALUE_TEXT)
            return value_null(STATE_SUPPRESSED);
        g_string_truncate(filling->text, 0);
        field_mask(filling->text, shown->field->mask, value.text,
                   shown->field->mask == MASK_MINOR && is_minor(filling, row));
        value = value_text(filling->text->str);
    }
    if (shown->scanned && value.type == VALUE_TEXT && scan_finds_private(value.text)) {
        add_leak(filling, row, shown->index);
        return value_null(STATE_SUPPRESSED);
    }
    return value;
}

/* One row for each of the values joined by 、. */
static void insert_values(struct filling *filling, const struct shown *shown, size_t row,
                          const struct value *value)
{
    char **parts;

    if (value->type != VALUE_TEXT)
        return;
    parts = g_strsplit(value->text, "、", -1);
    for (int i = 0; parts[i]; i++) {
        sqlite3_bind_int64(shown->values, 1, (sqlite3_int64)row + 1);
        sqlite3_bind_int64(shown->values, 2, i + 1);
        sqlite3_bind_text(shown->values, 3, parts[i], -1, SQLITE_TRANSIENT);
        store_step(filling->store, shown->values);
    }
    g_strfreev(parts);
}

static void append_parameters(GString *sql, size_t count)
{
    g_string_append(sql, " VALUES (?");
    for (size_t i = 1; i < count; i++)
        g_string_append(sql, ", ?");
    g_string_append_c(sql, ')');
}

sqlite3_stmt *store_prepare_insert(struct store *store, const char *table, size_t ncolumn)
{
    GString *sql = g_string_new("INSERT INTO ");
    sqlite3_stmt *insert;

    store_append_name(sql, table);
    append_parameters(sql, ncolumn);
    insert = store_prepare(store, sql->str);
    g_string_free(sql, TRUE);
    return insert;
}

/* A row: _id, links, and each field shown with its state. */
static sqlite3_stmt *prepare_row(const struct filling *filling)
{
    const struct schema *schema = filling->ledger->schema;
    GString *sql = g_string_new("INSERT INTO ");
    sqlite3_stmt *insert;

    store_append_name(sql, schema->name);
    g_string_append(sql, "(_id");
    for (size_t k = 0; k < schema->nforeign_key; k++) {
        g_string_append(sql, ", ");
        store_append_name(sql, schema->foreign_keys[k].link);
    }
    for (size_t k = 0; k < filling->nshown; k++) {
        char *state = g_strconcat(filling->shown[k].field->name, "_态", NULL);

        g_string_append(sql, ", ");
        store_append_name(sql, filling->shown[k].field->name);
        g_string_append(sql, ", ");
        store_append_name(sql, state);
        g_free(state);
    }
    g_string_append_c(sql, ')');
    append_parameters(sql, 1 + schema->nforeign_key + 2 * filling->nshown);
    insert = store_prepare(filling->store, sql->str);
    g_string_free(sql, TRUE);
    return insert;
}

/* A column's value and, behind it, its state. */
static void bind_shown(sqlite3_stmt *insert, int column, struct shown *shown,
                       const struct value *value)
{
    const int state = (int)value->state;

    if (value->type != VALUE_NULL || shown->state <= STATE_VALUE) /* else it is NULL already */
        store_bind(insert, column, value, shown->masked ? SQLITE_TRANSIENT : SQLITE_STATIC);
    if (state != shown->state)
        sqlite3_bind_int(insert, column + 1, state);
    shown->state = state;
}

static void fill_rows(struct filling *filling)
{
    const struct ledger *ledger = filling->ledger;
    const size_t nlink = ledger->schema->nforeign_key;
    sqlite3_stmt *insert = prepare_row(filling);

    for (size_t row = 0; row < rowset_rows(ledger->rows); row++) {
        int column = 1;

        sqlite3_bind_int64(insert, column++, (sqlite3_int64)row + 1);
        for (size_t k = 0; k < nlink; k++) {
            const int64_t link = ledger->links[k][row];

            if (link)
                sqlite3_bind_int64(insert, column++, link);
            else
                sqlite3_bind_null(insert, column++);
        }
        for (size_t k = 0; k < filling->nshown; k++) {
            struct shown *shown = &filling->shown[k];
            const struct value value = shown_value(filling, shown, row);

            bind_shown(insert, column, shown, &value);
            column += 2;
            if (shown->values)
                insert_values(filling, shown, row, &value);
        }
        store_step(filling->store, insert);
    }
    sqlite3_finalize(insert);
}

static size_t find_id(const struct schema *schema)
{
    for (size_t i = 0; i < schema->nfield; i++) {
        if (schema->fields[i].type == FIELD_IDCARD)
            return i;
    }
    return SIZE_MAX;
}

static void fill_ledger(struct store *store, size_t index, const struct needs *only, GArray *leaks,
                        struct findings *findings)
{
    const struct ledger *ledger = &store->ledgers->list[index];
    const struct schema *schema = ledger->schema;
    struct filling filling = {.store = store,
                              .ledger = ledger,
                              .ledger_index = index,
                              .id = find_id(schema),
                              .birth = schema_field(schema, minor_birth),
                              .shown = g_new0(struct shown, schema->nfield),
                              .leaks = leaks,
                              .findings = findings,
                              .text = g_string_new(NULL)};

    for (size_t i = 0; i < schema->nfield; i++) {
        const struct field *field = &schema->fields[i];
        const enum show show = store_show(store, field);
        struct shown *shown = &filling.shown[filling.nshown];

        if (show == SHOW_HIDE || (only && !g_hash_table_contains(only->fields, field)))
            continue;
        filling.nshown++;
        *shown = (struct shown){.field = field,
                                .index = i,
                                .masked = show == SHOW_MASK,
                                .scanned = is_scanned(store, field),
                                .state = -1};
        if (field->multiple) {
            char *table = g_strdup_printf("%s_%s", schema->name, field->name);

            shown->values = store_prepare_insert(store, table, 3);
            g_free(table);
        }
    }
    fill_rows(&filling);
    for (size_t i = 0; i < filling.nshown; i++)
        sqlite3_finalize(filling.shown[i].values);
    g_free(filling.shown);
    g_string_free(filling.text, TRUE);
}

static void fill_raw_texts(struct store *store)
{
    const struct ledgers *ledgers = store->ledgers;
    sqlite3_stmt *insert = store_prepare_insert(store, "_原文", 4);

    for (size_t i = 0; i < ledgers->ninvalid; i++) {
        const struct invalid_cell *cell = &ledgers->invalid[i];
        const struct schema *schema = ledgers->list[cell->ledger].schema;

        if (store_show(store, &schema->fields[cell->field]) != SHOW_FULL)
            continue;
        sqlite3_bind_text(insert, 1, schema->name, -1, SQLITE_STATIC);
        sqlite3_bind_int64(insert, 2, (sqlite3_int64)cell->row + 1);
        sqlite3_bind_text(insert, 3, schema->fields[cell->field].name, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 4, cell->text, -1, SQLITE_STATIC);
        store_step(store, insert);
    }
    sqlite3_finalize(insert);
}

void store_fill(struct store *store, const struct needs *only, const struct statistics *statistics,
                GArray *leaks, struct findings *findings)
{
    store_execute(store, "BEGIN");
    for (size_t i = 0; i < store->ledgers->count; i++) {
        store->rows += rowset_rows(store->ledgers->list[i].rows);
        if (is_filled(&store->ledgers->list[i], only))
            fill_ledger(store, i, only, leaks, findings);
    }
    if (store->audience == AUDIENCE_INTERNAL)
        fill_raw_texts(store);
    if (statistics)
        statistics_fill(store, statistics);
    create_indexes(store, only);
    store_execute(store, "COMMIT");
}
