/* Computes the derived columns of the schemas on the full data. */
#include <string.h>

#include "store/inside.h"
#include "store/tokens.h"

struct derivation {
    const struct ledger *ledger;
    size_t index;
    const struct field *field;
    struct query *query;  /* _id and the value of every row */
    bool reads_own_table; /* a sub-select reads the field's own ledger */
    bool done;
};

struct derivations {
    struct store *store;
    GArray *list; /* struct derivation */
};

static struct place derivation_place(const struct derivation *derivation)
{
    struct place place = derivation->field->place;

    place.column = 0; /* the place of the field, not of its SQL */
    return place;
}

/* The ledger's name as anything but h in h.x names it in a FROM. */
static bool names_table(const char *sql, const char *name)
{
    struct sql_tokens tokens = sql_tokens_cut(sql);
    bool found = false;

    for (size_t i = 0; i < tokens.count && !found; i++) {
        char *token = sql_token_name(&tokens, i);

        found = token && strcmp(token, name) == 0 && !sql_token_is_mark(&tokens, i + 1, '.');
        g_free(token);
    }
    sql_tokens_free(&tokens);
    return found;
}

static int prepare_derivation(struct store *store, struct derivation *derivation,
                              struct findings *findings)
{
    const char *ledger = derivation->ledger->schema->name;
    GString *sql = g_string_new("SELECT _id, (");

    /* The line end closes a comment at the end of the author's SQL. */
    g_string_append_printf(sql, "%s\n) FROM ", derivation->field->sql);
    store_append_name(sql, ledger);
    derivation->query = query_prepare(store, sql->str, derivation_place(derivation), findings);
    g_string_free(sql, TRUE);
    if (!derivation->query)
        return -1;
    if (query_columns(derivation->query) != 2 || query_parameters(derivation->query))
        return finding_add(findings, FINDING_STORE_DERIVED_SQL, derivation_place(derivation),
                           derivation->field->name);
    derivation->reads_own_table = names_table(derivation->field->sql, ledger);
    return 0;
}

/* What it reads is computed. */
static bool is_ready(const struct derivation *derivation, const GArray *all)
{
    size_t count;
    const struct query_read *reads = query_reads(derivation->query, &count);

    for (size_t i = 0; i < count; i++) {
        for (guint k = 0; k < all->len; k++) {
            const struct derivation *other = &g_array_index(all, struct derivation, k);

            if (other->field == reads[i].field && !other->done)
                return false;
        }
    }
    return true;
}

/* The rows' links into a ledger, or NULL. */
static const int64_t *links_into(const struct ledger *from, const char *into)
{
    for (size_t k = 0; k < from->schema->nforeign_key; k++) {
        if (strcmp(from->schema->foreign_keys[k].ledger, into) == 0)
            return from->links[k];
    }
    return NULL;
}

/* Without links a row stands for itself. */
static int64_t linked_id(const int64_t *links, size_t row)
{
    return links ? links[row] : (int64_t)row + 1;
}

/* The ledger over which rows of the two belong together: one of them that the other points into,
 * else the first both point into, 户 before others; NULL: none. */
static const char *common_ledger(const struct ledger *a, const struct ledger *b)
{
    const char *common = NULL;

    if (links_into(b, a->schema->name))
        return a->schema->name;
    if (links_into(a, b->schema->name))
        return b->schema->name;
    for (size_t k = 0; k < a->schema->nforeign_key; k++) {
        const char *name = a->schema->foreign_keys[k].ledger;

        if (links_into(b, name) && (!common || strcmp(name, "户") == 0))
            common = name;
    }
    return common;
}

/* Adds to spoilt (one flag a row) the rows that belong with an invalid cell of another ledger, or
 * of other rows of their own. */
static void spoil_related(const struct ledger *ledger, const struct ledger *other, size_t field,
                          bool *spoilt)
{
    const char *common = common_ledger(ledger, other);
    const size_t nrow = rowset_rows(ledger->rows);
    GHashTable *bad = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    const int64_t *links = common ? links_into(other, common) : NULL;

    for (size_t row = 0; row < rowset_rows(other->rows); row++) {
        if (rowset_at(other->rows, row, field).state == STATE_INVALID) {
            const int64_t id = linked_id(links, row);

            g_hash_table_add(bad, g_memdup2(&id, sizeof(id)));
        }
    }
    links = common ? links_into(ledger, common) : NULL;
    for (size_t row = 0; row < nrow && g_hash_table_size(bad); row++) {
        const int64_t id = linked_id(links, row);

        spoilt[row] = spoilt[row] || !common || g_hash_table_contains(bad, &id);
    }
    g_hash_table_destroy(bad);
}

static void spoil_own(const struct ledger *ledger, size_t field, bool *spoilt)
{
    for (size_t row = 0; row < rowset_rows(ledger->rows); row++)
        spoilt[row] = spoilt[row] || rowset_at(ledger->rows, row, field).state == STATE_INVALID;
}

/* One flag a row: what the derived cell reads is invalid. g_free() it. */
static bool *spoilt_rows(const struct store *store, const struct derivation *derivation)
{
    bool *spoilt = g_new0(bool, rowset_rows(derivation->ledger->rows) + 1);
    size_t count;
    const struct query_read *reads = query_reads(derivation->query, &count);

    for (size_t i = 0; i < count; i++) {
        const struct ledger *other = ledgers_find(store->ledgers, reads[i].table);
        const size_t field = (size_t)(reads[i].field - other->schema->fields);

        if (other == derivation->ledger)
            spoil_own(other, field, spoilt);
        if (other != derivation->ledger || derivation->reads_own_table)
            spoil_related(derivation->ledger, other, field, spoilt);
    }
    return spoilt;
}

/* The value as the field's type; false: it is of another type. */
static bool fit_type(const struct field *field, struct value *value)
{
    if (value->type == VALUE_NULL)
        return true;
    if (field->type == FIELD_CODE) {
        for (size_t i = 0; field->codes && field->codes[i] && value->type == VALUE_TEXT; i++) {
            if (strcmp(field->codes[i], value->text) == 0)
                return true;
        }
        return false;
    }
    if (field->type == FIELD_STRING)
        return value->type == VALUE_TEXT;
    if (field->type == FIELD_BOOLEAN && value->type == VALUE_INTEGER)
        *value = value_integer(value->integer != 0);
    return value->type == VALUE_INTEGER;
}

static sqlite3_stmt *prepare_update(struct store *store, const struct derivation *derivation)
{
    GString *sql = g_string_new("UPDATE ");
    char *state = g_strconcat(derivation->field->name, "_态", NULL);
    sqlite3_stmt *update;

    store_append_name(sql, derivation->ledger->schema->name);
    g_string_append(sql, " SET ");
    store_append_name(sql, derivation->field->name);
    g_string_append(sql, " = ?1, ");
    store_append_name(sql, state);
    g_string_append(sql, " = ?2 WHERE _id = ?3");
    update = store_prepare(store, sql->str);
    g_free(state);
    g_string_free(sql, TRUE);
    return update;
}

/* Into the ledger, and into the store if it is read there. */
static void write_back(struct store *store, const struct derivation *derivation,
                       const struct rowset *results, bool into_store)
{
    bool *spoilt = spoilt_rows(store, derivation);
    sqlite3_stmt *update = into_store ? prepare_update(store, derivation) : NULL;

    store_execute(store, "BEGIN");
    for (size_t i = 0; i < rowset_rows(results); i++) {
        const size_t row = (size_t)rowset_at(results, i, 0).integer - 1;
        struct value value = rowset_at(results, i, 1);

        fit_type(derivation->field, &value);
        if (spoilt[row])
            value = value_null(STATE_INVALID);
        rowset_replace(derivation->ledger->rows, row, derivation->index, &value);
        if (!update)
            continue;
        store_bind(update, 1, &value, SQLITE_STATIC);
        sqlite3_bind_int(update, 2, (int)value.state);
        sqlite3_bind_int64(update, 3, (sqlite3_int64)row + 1);
        store_step(store, update);
    }
    store_execute(store, "COMMIT");
    sqlite3_finalize(update);
    g_free(spoilt);
}

static int compute(struct store *store, struct derivation *derivation, bool into_store,
                   struct findings *findings)
{
    struct rowset *results = query_run(derivation->query, findings);

    if (!results)
        return -1;
    for (size_t i = 0; i < rowset_rows(results); i++) {
        struct value value = rowset_at(results, i, 1);

        if (!fit_type(derivation->field, &value)) {
            rowset_free(results);
            return finding_add(findings, FINDING_STORE_DERIVED_TYPE, derivation_place(derivation),
                               derivation->field->name, field_type_name(derivation->field->type));
        }
    }
    write_back(store, derivation, results, into_store);
    rowset_free(results);
    derivation->done = true;
    return 0;
}

/* Computes whatever is ready until all are done; a round without progress is a circle. */
int derivations_compute(struct derivations *derivations, struct findings *findings)
{
    const GArray *all = derivations->list;
    struct needs needs = derivations_needs(derivations);
    guint done = 0;
    int result = 0;

    while (done < all->len && result == 0) {
        const struct derivation *waiting = NULL;
        const guint before = done;

        for (guint i = 0; i < all->len && result == 0; i++) {
            struct derivation *derivation = &g_array_index(all, struct derivation, i);

            if (derivation->done)
                continue;
            if (!is_ready(derivation, all)) {
                waiting = derivation;
                continue;
            }
            result = compute(derivations->store, derivation,
                             g_hash_table_contains(needs.fields, derivation->field), findings);
            done++;
        }
        if (done == before)
            result = finding_add(findings, FINDING_STORE_DERIVED_CIRCLE, derivation_place(waiting),
                                 waiting->field->name);
    }
    needs_free(&needs);
    return result;
}

struct needs derivations_needs(const struct derivations *derivations)
{
    struct needs needs = {g_hash_table_new(NULL, NULL), g_hash_table_new(g_str_hash, g_str_equal)};

    for (guint i = 0; i < derivations->list->len; i++) {
        const struct derivation *derivation =
            &g_array_index(derivations->list, struct derivation, i);
        const char *const *ledgers = query_ledgers(derivation->query);
        size_t count;
        const struct query_read *reads = query_reads(derivation->query, &count);

        for (size_t k = 0; k < count; k++)
            g_hash_table_add(needs.fields, (gpointer)reads[k].field);
        for (size_t k = 0; ledgers[k]; k++)
            g_hash_table_add(needs.ledgers, (gpointer)ledgers[k]);
    }
    return needs;
}

void needs_free(struct needs *needs)
{
    g_hash_table_destroy(needs->fields);
    g_hash_table_destroy(needs->ledgers);
}

struct derivations *derivations_prepare(struct store *full, struct findings *findings)
{
    struct derivations *derivations = g_new0(struct derivations, 1);
    bool failed = false;

    derivations->store = full;
    derivations->list = g_array_new(FALSE, TRUE, sizeof(struct derivation));
    for (size_t i = 0; i < full->ledgers->count; i++) {
        const struct ledger *ledger = &full->ledgers->list[i];

        for (size_t k = 0; k < ledger->schema->nfield; k++) {
            struct derivation derivation = {
                .ledger = ledger, .index = k, .field = &ledger->schema->fields[k]};

            if (!derivation.field->sql)
                continue;
            if (prepare_derivation(full, &derivation, findings) < 0)
                failed = true;
            g_array_append_val(derivations->list, derivation);
        }
    }
    if (!failed)
        return derivations;
    derivations_free(derivations);
    return NULL;
}

void derivations_free(struct derivations *derivations)
{
    if (!derivations)
        return;
    for (guint i = 0; i < derivations->list->len; i++)
        query_free(g_array_index(derivations->list, struct derivation, i).query);
    g_array_free(derivations->list, TRUE);
    g_free(derivations);
}
