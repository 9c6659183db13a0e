/* Opens and closes the stores of a run. */
#include "store/store.h"

#include <string.h>

#include "store/holidays.h"
#include "store/inside.h"
#include "store/statistics.h"

struct stores {
    struct store *list[AUDIENCES]; /* NULL: not wanted */
    GArray *leaks;                 /* struct leaking_cell */
    struct ledgers *ledgers;
    struct age_basis ages;
    struct calendar *calendar;
    struct statistics *statistics; /* NULL until the derived columns are there */
};

void store_append_name(GString *sql, const char *name)
{
    g_string_append_c(sql, '"');
    for (; *name; name++) {
        if (*name == '"')
            g_string_append_c(sql, '"');
        g_string_append_c(sql, *name);
    }
    g_string_append_c(sql, '"');
}

void store_execute(struct store *store, const char *sql)
{
    if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        g_error("store: %s: %s", sqlite3_errmsg(store->db), sql);
}

sqlite3_stmt *store_prepare(struct store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) != SQLITE_OK)
        g_error("store: %s: %s", sqlite3_errmsg(store->db), sql);
    return statement;
}

void store_bind(sqlite3_stmt *statement, int index, const struct value *value,
                sqlite3_destructor_type keep)
{
    switch (value->type) {
    case VALUE_NULL:
        sqlite3_bind_null(statement, index);
        break;
    case VALUE_INTEGER:
        sqlite3_bind_int64(statement, index, value->integer);
        break;
    case VALUE_REAL:
        sqlite3_bind_double(statement, index, value->real);
        break;
    case VALUE_TEXT:
        sqlite3_bind_text64(statement, index, value->text, value->length, keep, SQLITE_UTF8);
        break;
    }
}

void store_step(struct store *store, sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE)
        g_error("store: %s", sqlite3_errmsg(store->db));
    sqlite3_reset(statement);
}

enum show store_show(const struct store *store, const struct field *field)
{
    const enum show show = store->full ? SHOW_FULL : field->show[store->audience];

    return show == SHOW_MASK && field->mask == MASK_NONE ? SHOW_HIDE : show;
}

const struct store_table *store_table(const struct store *store, const char *name)
{
    for (guint i = 0; i < store->tables->len; i++) {
        const struct store_table *table = &g_array_index(store->tables, struct store_table, i);

        if (g_ascii_strcasecmp(table->name, name) == 0)
            return table;
    }
    return NULL;
}

static bool has_index(const size_t *list, size_t count, size_t index)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == index)
            return true;
    }
    return false;
}

/* The field of that name that the table of a ledger or of a statistic shows. */
static const struct field *find_field(const struct store_table *table, const char *name)
{
    const struct statistic *statistic = table->statistic;
    const struct schema *schema = table->ledger->schema;
    const size_t index = schema_field(schema, name);

    if (statistic && strcmp(name, statistic->count.name) == 0)
        return &statistic->count;
    if (index == SIZE_MAX || (statistic && !has_index(statistic->by, statistic->nby, index) &&
                              !has_index(statistic->sums, statistic->nsum, index)))
        return NULL;
    return &schema->fields[index];
}

const struct field *store_column(const struct store_table *table, const char *column)
{
    if (table->field)
        return strcmp(column, "值") == 0 ? table->field : NULL;
    if (!table->ledger)
        return NULL;

    char *name = g_strdup(column);
    const struct field *field = find_field(table, name);

    if (!field && g_str_has_suffix(name, "_态")) {
        name[strlen(name) - strlen("_态")] = '\0';
        field = find_field(table, name);
    }
    g_free(name);
    return field;
}

const char **store_tables(const struct store *store)
{
    const char **names = g_new0(const char *, store->tables->len + 1);

    for (guint i = 0; i < store->tables->len; i++)
        names[i] = g_array_index(store->tables, struct store_table, i).name;
    return names;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    sqlite3_close(store->db);
    if (!store->lent)
        sqlite3_free(store->image.bytes);
    collations_free(store->collations);
    for (guint i = 0; !store->lent && i < store->tables->len; i++)
        g_free(g_array_index(store->tables, struct store_table, i).name);
    g_array_unref(store->tables);
    g_free(store);
}

/* An empty store with its tables and our functions. NULL with a finding. */
static struct store *store_new(const struct stores *stores, enum audience audience, bool full,
                               struct findings *findings)
{
    struct collations *collations = collations_new(stores->ledgers, findings);
    struct store *store;

    if (!collations)
        return NULL;
    store = g_new0(struct store, 1);
    store->audience = audience;
    store->full = full;
    store->ledgers = stores->ledgers;
    store->ages = stores->ages;
    store->calendar = stores->calendar;
    store->collations = collations;
    store->tables = g_array_new(FALSE, FALSE, sizeof(struct store_table));
    store_connect(store);
    store_create_tables(store);
    return store;
}

struct store *store_again(const struct store *store, struct findings *findings)
{
    struct collations *collations = collations_new(store->ledgers, findings);
    struct store *again;

    if (!collations)
        return NULL;
    again = g_new0(struct store, 1);
    again->audience = store->audience;
    again->ledgers = store->ledgers;
    again->ages = store->ages;
    again->calendar = store->calendar;
    again->rows = store->rows;
    again->collations = collations;
    again->tables = g_array_ref(store->tables);
    again->image = store->image;
    again->lent = true;
    store_connect(again);
    return again;
}

static bool is_later(struct date date, struct date than)
{
    if (date.year != than.year)
        return date.year > than.year;
    return date.month != than.month ? date.month > than.month : date.day > than.day;
}

static struct date latest_date(const struct ledgers *ledgers)
{
    struct date latest = {0};

    for (size_t i = 0; i < ledgers->count; i++) {
        const struct ledger *ledger = &ledgers->list[i];

        for (size_t k = 0; k < ledger->schema->nfield; k++) {
            if (ledger->schema->fields[k].type != FIELD_DATE)
                continue;
            for (size_t row = 0; row < rowset_rows(ledger->rows); row++) {
                const struct value value = rowset_at(ledger->rows, row, k);
                struct date date;

                if (value.type == VALUE_TEXT && date_parse_iso(value.text, &date) && date.day &&
                    is_later(date, latest))
                    latest = date;
            }
        }
    }
    return latest;
}

static bool has_rows(const struct ledgers *ledgers)
{
    for (size_t i = 0; i < ledgers->count; i++) {
        if (rowset_rows(ledgers->list[i].rows))
            return true;
    }
    return false;
}

static struct age_basis choose_basis(const struct ledgers *ledgers, struct date reference,
                                     struct findings *findings)
{
    if (!reference.day) {
        reference = latest_date(ledgers);
        if (has_rows(ledgers))
            finding_add(findings, FINDING_STORE_NO_REFERENCE_DATE, (struct place){0});
    }
    return (struct age_basis){.on = reference};
}

static int add_store(struct stores *stores, enum audience audience, struct findings *findings)
{
    struct store *store = store_new(stores, audience, false, findings);

    stores->list[audience] = store;
    if (!store)
        return -1;
    store_fill(store, NULL, stores->statistics, stores->leaks, findings);
    store_freeze(store);
    return 0;
}

/* Computes the derived columns on a full store, of which only what they read is filled. */
static int derive(struct store *full, GArray *leaks, struct findings *findings)
{
    struct derivations *derivations = derivations_prepare(full, findings);
    struct needs needs;
    int result;

    if (!derivations)
        return -1;
    needs = derivations_needs(derivations);
    store_fill(full, &needs, NULL, leaks, findings);
    needs_free(&needs);
    result = derivations_compute(derivations, findings);
    derivations_free(derivations);
    return result;
}

/* Computes the derived columns, then fills the stores that are wanted. */
static int fill_all(struct stores *stores, unsigned audiences, struct findings *findings)
{
    struct store *full = store_new(stores, AUDIENCE_INTERNAL, true, findings);
    int result;

    if (!full)
        return -1;
    result = derive(full, stores->leaks, findings);
    store_close(full);
    if (result == 0)
        stores->statistics = statistics_count(stores->ledgers);
    for (unsigned i = 0; i < AUDIENCES && result == 0; i++) {
        const enum audience read = audience_store((enum audience)i);

        if (audiences & 1u << i && !stores->list[read])
            result = add_store(stores, read, findings);
    }
    return result;
}

struct stores *stores_open(struct ledgers *ledgers, unsigned audiences, struct date reference,
                           struct findings *findings)
{
    struct stores *stores = g_new0(struct stores, 1);

    stores->ledgers = ledgers;
    stores->ages = choose_basis(ledgers, reference, findings);
    stores->calendar = holidays_read(ledgers);
    stores->leaks = g_array_new(FALSE, FALSE, sizeof(struct leaking_cell));
    if (fill_all(stores, audiences, findings) < 0) {
        stores_close(stores);
        return NULL;
    }
    return stores;
}

void stores_close(struct stores *stores)
{
    if (!stores)
        return;
    for (size_t i = 0; i < AUDIENCES; i++)
        store_close(stores->list[i]);
    g_array_free(stores->leaks, TRUE);
    calendar_free(stores->calendar);
    statistics_free(stores->statistics);
    g_free(stores);
}

struct store *stores_of(const struct stores *stores, enum audience audience)
{
    return stores->list[audience_store(audience)];
}

const struct calendar *store_calendar(const struct store *store)
{
    return store->calendar;
}

const struct leaking_cell *stores_leaks(const struct stores *stores, size_t *count)
{
    *count = stores->leaks->len;
    return (const struct leaking_cell *)(const void *)stores->leaks->data;
}
