/* Cells as texts, those that could not be read with their own. */
#include "ledger/plain.h"

#include "ledger/load.h"

struct plain {
    const struct ledgers *ledgers;
    GHashTable *invalid; /* struct invalid_cell */
};

static guint hash_cell(gconstpointer key)
{
    const struct invalid_cell *cell = key;

    return (cell->row * 31 + cell->field) * 31 + cell->ledger;
}

static gboolean same_cell(gconstpointer a, gconstpointer b)
{
    const struct invalid_cell *one = a, *other = b;

    return one->ledger == other->ledger && one->row == other->row && one->field == other->field;
}

struct plain *plain_new(const struct ledgers *ledgers)
{
    struct plain *plain = g_new0(struct plain, 1);

    plain->ledgers = ledgers;
    plain->invalid = g_hash_table_new(hash_cell, same_cell);
    for (size_t i = 0; i < ledgers->ninvalid; i++)
        g_hash_table_add(plain->invalid, &ledgers->invalid[i]);
    return plain;
}

void plain_free(struct plain *plain)
{
    if (!plain)
        return;
    g_hash_table_destroy(plain->invalid);
    g_free(plain);
}

static const char *invalid_text(const struct plain *plain, size_t ledger, size_t row, size_t field)
{
    const struct invalid_cell key = {
        .ledger = (uint32_t)ledger, .row = (uint32_t)row, .field = (uint32_t)field};
    const struct invalid_cell *cell = g_hash_table_lookup(plain->invalid, &key);

    return cell ? cell->text : "";
}

void plain_append(GString *out, const struct plain *plain, size_t ledger, size_t row, size_t field)
{
    const struct ledger *of = &plain->ledgers->list[ledger];
    const struct value value = rowset_at(of->rows, row, field);

    if (value.state == STATE_INVALID)
        g_string_append(out, invalid_text(plain, ledger, row, field));
    else if (value.state == STATE_NONE)
        g_string_append(out, "无");
    else if (value.type == VALUE_INTEGER && of->schema->fields[field].type == FIELD_BOOLEAN)
        g_string_append(out, value.integer ? "是" : "否");
    else
        value_append(out, &value);
}

struct value plain_value(const struct plain *plain, size_t ledger, size_t row, size_t field,
                         GString *store)
{
    const struct ledger *of = &plain->ledgers->list[ledger];
    const struct value value = rowset_at(of->rows, row, field);

    if (value.type == VALUE_REAL ||
        (value.type == VALUE_INTEGER && of->schema->fields[field].type != FIELD_BOOLEAN))
        return value;
    g_string_truncate(store, 0);
    plain_append(store, plain, ledger, row, field);
    return store->len > 0 ? value_text(store->str) : value_null(STATE_EMPTY);
}
