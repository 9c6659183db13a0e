/* Unites households that members' rows tell of with those of the household ledger itself. */
#include <string.h>

#include "ledger/load.h"
#include "ledger/row_index.h"
#include "ledger/words.h"

struct settling {
    struct load *load;
    size_t ledger;
    size_t number, id, village, group, head; /* fields, SIZE_MAX: the schema has none */
    struct row_index *numbers, *ids, *names;
    GString *key;
    size_t *into;
};

static const char *text_at(const struct settling *settling, size_t row, size_t field)
{
    struct value value;

    if (field == SIZE_MAX)
        return NULL;
    value = load_value(settling->load, settling->ledger, row, field);
    return value.type == VALUE_TEXT ? value.text : NULL;
}

/* NULL when the row does not name both. Lent until the next call. */
static const char *name_key(const struct settling *settling, size_t row)
{
    const char *village = text_at(settling, row, settling->village);
    const char *head = text_at(settling, row, settling->head);

    if (!village || !head)
        return NULL;
    g_string_assign(settling->key, village);
    g_string_append_c(settling->key, '\n');
    g_string_append(settling->key, head);
    return settling->key->str;
}

static void add_row(struct settling *settling, size_t row)
{
    const char *number = text_at(settling, row, settling->number);
    const char *id = text_at(settling, row, settling->id);
    const char *name = name_key(settling, row);

    if (number)
        row_index_add(settling->numbers, number, row);
    if (id)
        row_index_add(settling->ids, id, row);
    if (name)
        row_index_add(settling->names, name, row);
}

static uint32_t file_of(const struct settling *settling, size_t row)
{
    return g_array_index(settling->load->extra[settling->ledger].origins, struct row_origin, row)
        .file;
}

static enum row_source source_of(const struct settling *settling, size_t row)
{
    return g_array_index(settling->load->extra[settling->ledger].sources, uint8_t, row);
}

static bool contradict(const struct settling *settling, size_t a, size_t b, size_t field)
{
    const char *of_a = text_at(settling, a, field), *of_b = text_at(settling, b, field);

    return of_a && of_b && strcmp(of_a, of_b) != 0;
}

static bool all_equal(const struct settling *settling, size_t a, size_t b)
{
    const struct schema *schema = load_ledger(settling->load, settling->ledger)->schema;

    for (size_t f = 0; f < schema->nfield; f++) {
        const struct value of_a = load_value(settling->load, settling->ledger, a, f);
        const struct value of_b = load_value(settling->load, settling->ledger, b, f);

        if (of_a.state == STATE_INVALID || !value_equal(&of_a, &of_b))
            return false;
    }
    return true;
}

/* The only row of the chain that can be the same household; SIZE_MAX: none or several. In one file
 * two runs with one head's name are two households unless nothing tells them apart. */
static size_t only_match(const struct settling *settling, const struct row_index *index,
                         const char *key, size_t row, bool by_name)
{
    size_t found = SIZE_MAX;

    for (size_t at = key ? row_index_first(index, key) : SIZE_MAX; at != SIZE_MAX;
         at = row_index_next(index, at)) {
        if (contradict(settling, at, row, settling->number) ||
            (by_name && (contradict(settling, at, row, settling->id) ||
                         contradict(settling, at, row, settling->group))))
            continue;
        if (by_name && file_of(settling, at) == file_of(settling, row) &&
            source_of(settling, at) != ROW_OWN && !all_equal(settling, at, row))
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = at;
    }
    return found;
}

static size_t find_household(const struct settling *settling, size_t row)
{
    size_t found = only_match(settling, settling->numbers, text_at(settling, row, settling->number),
                              row, false);

    if (found == SIZE_MAX)
        found =
            only_match(settling, settling->ids, text_at(settling, row, settling->id), row, false);
    if (found == SIZE_MAX)
        found = only_match(settling, settling->names, name_key(settling, row), row, true);
    return found;
}

static void report_difference(const struct settling *settling, size_t row, size_t into,
                              size_t field)
{
    struct load *load = settling->load;
    GString *other = g_string_new(NULL);

    load_place_append(load, other, settling->ledger, into);
    finding_add(load->findings, FINDING_LEDGER_HOUSEHOLD_DIFFERS,
                load_place(load, settling->ledger, row, field),
                load_ledger(load, settling->ledger)->schema->fields[field].name, other->str);
    load_snippet(load, settling->ledger, row, field, NULL);
    g_string_free(other, TRUE);
}

static void merge(const struct settling *settling, size_t row, size_t into)
{
    struct load *load = settling->load;
    const size_t ledger = settling->ledger;
    const struct schema *schema = load_ledger(load, ledger)->schema;

    for (size_t f = 0; f < schema->nfield; f++) {
        const struct value value = load_value(load, ledger, row, f);
        const struct value old = load_value(load, ledger, into, f);

        if (value.state == STATE_EMPTY || old.state == STATE_INVALID || value_equal(&value, &old))
            continue;
        if (value.state == STATE_INVALID) {
            load_invalidate(load, ledger, into, f, load_invalid_text(load, ledger, row, f));
        } else if (old.state == STATE_EMPTY) {
            rowset_replace(load_ledger(load, ledger)->rows, into, f, &value);
        } else {
            report_difference(settling, row, into, f);
            load_invalidate(load, ledger, into, f, NULL);
        }
    }
}

/* Rows of one source, in order: into a household known before, or on their own. */
static void settle_source(struct settling *settling, enum row_source source, bool may_stand_alone)
{
    for (size_t row = 0; row < load_rows(settling->load, settling->ledger); row++) {
        size_t into;

        if (source_of(settling, row) != source)
            continue;
        into = source == ROW_OWN ? SIZE_MAX : find_household(settling, row);
        settling->into[row] = into;
        if (into != SIZE_MAX) {
            merge(settling, row, into);
        } else if (may_stand_alone) {
            settling->into[row] = row;
            add_row(settling, row);
        }
    }
}

static bool has_source(const struct load *load, size_t ledger, enum row_source source)
{
    const GArray *sources = load->extra[ledger].sources;

    return sources->len > 0 && memchr(sources->data, source, sources->len);
}

/* Every row on its own or in the household it belongs to. */
static void settle_rows(struct load *load, size_t ledger)
{
    const struct schema *schema = load_ledger(load, ledger)->schema;
    const size_t nrow = load_rows(load, ledger);
    struct settling settling = {.load = load,
                                .ledger = ledger,
                                .number = schema_field(schema, FIELD_HOUSEHOLD_NUMBER),
                                .id = schema_field(schema, FIELD_HEAD_ID),
                                .village = schema_field(schema, FIELD_VILLAGE_NAME),
                                .group = schema_field(schema, FIELD_GROUP_NAME),
                                .head = schema_field(schema, FIELD_HEAD_NAME),
                                .numbers = row_index_new(nrow),
                                .ids = row_index_new(nrow),
                                .names = row_index_new(nrow),
                                .key = g_string_new(NULL),
                                .into = g_new(size_t, nrow)};
    const bool alone = !has_source(load, ledger, ROW_OWN) && !has_source(load, ledger, ROW_FILLED);

    settle_source(&settling, ROW_OWN, true);
    settle_source(&settling, ROW_FILLED, true);
    settle_source(&settling, ROW_IMPLIED, alone);
    rows_compact(load, ledger, settling.into);
    row_index_free(settling.numbers);
    row_index_free(settling.ids);
    row_index_free(settling.names);
    g_string_free(settling.key, TRUE);
    g_free(settling.into);
}

void households_settle(struct load *load, size_t ledger)
{
    if (has_source(load, ledger, ROW_FILLED) || has_source(load, ledger, ROW_IMPLIED))
        settle_rows(load, ledger);
    if (load_rows(load, ledger) > 0)
        load_ledger(load, ledger)->present = true;
}
