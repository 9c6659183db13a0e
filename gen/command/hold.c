/* Which faults in the ledgers reach which product. */
#include "command/hold.h"

#include <string.h>

static int64_t household_of(const struct ledger *ledger, size_t row)
{
    if (!strcmp(ledger->schema->name, "户"))
        return (int64_t)row + 1;
    for (size_t key = 0; key < ledger->schema->nforeign_key; key++)
        if (!strcmp(ledger->schema->foreign_keys[key].ledger, "户"))
            return ledger->links[key][row];
    return 0;
}

static const char *village_in(const struct ledger *ledger, size_t row)
{
    size_t column = schema_field(ledger->schema, "行政村");
    return column == SIZE_MAX ? NULL : rowset_at(ledger->rows, row, column).text;
}

const char *hold_village(const struct ledgers *ledgers, const struct ledger *ledger, size_t row)
{
    const char *village = village_in(ledger, row);
    const struct ledger *households = ledgers_find(ledgers, "户");
    const int64_t household = household_of(ledger, row);

    if (!village && household && households)
        village = village_in(households, (size_t)household - 1);
    return village;
}

static void add_row(GArray *holds, const struct ledgers *ledgers, const struct ledger *ledger,
                    size_t row, size_t field)
{
    struct hold hold = {.household = household_of(ledger, row),
                        .village = hold_village(ledgers, ledger, row),
                        .place = ledgers_place(ledgers, ledger, row, field)};
    g_array_append_val(holds, hold);
}

static void add_invalid(GArray *holds, const struct ledgers *ledgers, const struct query_read *read)
{
    const struct ledger *ledger = ledgers_find(ledgers, read->table);
    if (!ledger)
        return;
    size_t field = (size_t)(read->field - ledger->schema->fields);
    for (size_t row = 0; row < rowset_rows(ledger->rows); row++)
        if (rowset_at(ledger->rows, row, field).state == STATE_INVALID)
            add_row(holds, ledgers, ledger, row, field);
}

static void add_leaks(GArray *holds, const struct ledgers *ledgers, const struct stores *stores,
                      const struct query_read *read)
{
    size_t count;
    const struct leaking_cell *leaks = stores_leaks(stores, &count);
    for (size_t i = 0; i < count; i++) {
        const struct ledger *ledger = &ledgers->list[leaks[i].ledger];
        if (read->field == &ledger->schema->fields[leaks[i].field])
            add_row(holds, ledgers, ledger, leaks[i].row, leaks[i].field);
    }
}

static bool reads_ledger(const struct template_head *head, const struct query_read *reads,
                         size_t nread, const char *name)
{
    for (const char *const *ledger = head->ledgers; *ledger; ledger++)
        if (!strcmp(*ledger, name))
            return true;
    for (size_t i = 0; i < nread; i++)
        if (!strcmp(reads[i].table, name))
            return true;
    return false;
}

GArray *holds_find(const struct ledgers *ledgers, const struct stores *stores,
                   const struct template_head *head, const struct query_read *reads, size_t nread)
{
    GArray *holds = g_array_new(FALSE, FALSE, sizeof(struct hold));
    bool public = audience_store(head->audience) == AUDIENCE_PUBLIC;
    for (size_t i = 0; i < nread; i++) {
        if (head->audience != AUDIENCE_INTERNAL)
            add_invalid(holds, ledgers, &reads[i]);
        if (public)
            add_leaks(holds, ledgers, stores, &reads[i]);
    }
    for (size_t i = 0; i < ledgers->nlost; i++) {
        const struct lost_row *lost = &ledgers->lost[i];
        const char *name = ledgers->list[lost->ledger].schema->name;
        struct hold hold = {.village = lost->village, .place = lost->place};
        if (reads_ledger(head, reads, nread, name))
            g_array_append_val(holds, hold);
    }
    return holds;
}

static int by_number(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

size_t holds_of_product(const GArray *holds, const char *village, bool by_unit,
                        struct held_units *units, const struct hold **first)
{
    GArray *households = g_array_new(FALSE, FALSE, sizeof(int64_t));
    size_t whole = 0;
    *first = NULL;
    for (guint i = 0; i < holds->len; i++) {
        const struct hold *hold = &g_array_index(holds, struct hold, i);
        if (hold->village && village && strcmp(hold->village, village))
            continue;
        if (by_unit && hold->household) {
            g_array_append_val(households, hold->household);
        } else if (!whole++) {
            *first = hold;
        }
    }
    g_array_sort(households, by_number);
    guint kept = 0;
    for (guint i = 0; i < households->len; i++) {
        int64_t household = g_array_index(households, int64_t, i);
        if (!kept || g_array_index(households, int64_t, kept - 1) != household)
            g_array_index(households, int64_t, kept++) = household;
    }
    units->count = kept;
    units->households = (const int64_t *)(void *)g_array_free(households, FALSE);
    return whole;
}
