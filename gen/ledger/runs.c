/* Households by the order of rows: where one begins, and what its rows say of it (design 4). */
#include <string.h>

#include "ledger/reader.h"
#include "ledger/words.h"

static const struct slot *find_slot(const struct reader *reader, const char *name)
{
    for (size_t i = 0; i < reader->nslot; i++) {
        if (strcmp(reader->slots[i].field->name, name) == 0 && !reader->slots[i].broken)
            return &reader->slots[i];
    }
    return NULL;
}

static bool belongs_to_household(const struct schema *schema)
{
    for (size_t k = 0; k < schema->nforeign_key; k++) {
        if (strcmp(schema->foreign_keys[k].ledger, LEDGER_HOUSEHOLD) == 0)
            return true;
    }
    return false;
}

/* Whether the column is empty in some row of data: then it holds merged cells. */
static bool is_merged(const struct reader *reader, const struct slot *slot)
{
    const struct sheet *sheet = reader->sheet;

    for (size_t r = sheet->head + sheet->nhead; slot && r < sheet->table->nrow; r++) {
        const struct csv_row *row = &sheet->table->rows[r];

        if ((slot->column >= row->ncell || cell_is_blank(row->cells[slot->column])) &&
            sheet_row_kind(sheet, r, false) == ROW_DATA)
            return true;
    }
    return false;
}

void runs_open(struct reader *reader)
{
    struct runs *runs = &reader->runs;

    runs->number = find_slot(reader, FIELD_HOUSEHOLD_NUMBER);
    runs->head = find_slot(reader, FIELD_HEAD_NAME);
    runs->relation = find_slot(reader, FIELD_RELATION);
    runs->person = find_slot(reader, FIELD_PERSON_NAME);
    runs->person_id = find_slot(reader, FIELD_PERSON_ID);
    runs->on = belongs_to_household(reader->match->schema) &&
               (runs->number || runs->head || runs->relation);
    if (!runs->on)
        return;
    runs->merged = !runs->number && !runs->relation && is_merged(reader, runs->head);
    runs->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (reader->match->also_uses)
        runs->first_row = (uint32_t)load_rows(reader->load, reader->match->also);
}

static bool is_head_row(const struct runs *runs)
{
    return runs->relation && runs->relation->value.type == VALUE_TEXT &&
           strcmp(runs->relation->value.text, RELATION_HEAD) == 0;
}

/* The cell is written and says something else than the household above. */
static bool says_new(const struct slot *slot)
{
    return slot && value_present(&slot->value) && !value_equal(&slot->value, &slot->carry);
}

static bool begins(const struct runs *runs)
{
    const bool head_row = is_head_row(runs);

    if (runs->number && value_present(&runs->number->value))
        return says_new(runs->number) || !runs->known;
    if (says_new(runs->head)) /* a new head whose 户编号 is not known */
        return true;
    if (runs->number)
        return head_row && (runs->head_seen || !runs->known);
    if (runs->merged && value_present(&runs->head->value))
        return true;
    /* the head need not stand first below his own name */
    return head_row &&
           (runs->head_seen || !runs->head || !value_present(&runs->head->value) || !runs->known);
}

void runs_step(struct reader *reader, bool area_changed)
{
    struct runs *runs = &reader->runs;

    if (!runs->on)
        return;
    runs->starts = begins(runs);
    if (runs->starts) {
        runs->known = true;
        runs->head_seen = false;
        runs->row = 0;
    } else if (area_changed) {
        runs_break(reader);
    }
    runs->head_seen = runs->head_seen || is_head_row(runs);
}

void runs_break(struct reader *reader)
{
    reader->runs.known = false;
    reader->runs.starts = false;
    reader->runs.head_seen = false;
    reader->runs.row = 0;
}

static struct place slot_place(const struct reader *reader, const struct slot *slot)
{
    struct place place = csv_place(reader->sheet->table, reader->line, slot->column + 1);

    place.field = reader->sheet->columns[slot->column].text;
    return place;
}

/* One row's word about a field of its household: the first stands, another one is a finding. */
static void fill_field(struct reader *reader, const struct slot *slot, size_t field, size_t row)
{
    struct load *load = reader->load;
    const size_t ledger = reader->match->also;
    const struct value old = load_value(load, ledger, row, field);

    if (!value_present(&slot->value) || old.state == STATE_INVALID ||
        value_equal(&old, &slot->value))
        return;
    if (slot->value.state == STATE_INVALID && old.state == STATE_EMPTY) {
        load_invalidate(load, ledger, row, field, slot->raw);
    } else if (old.state == STATE_EMPTY) {
        rowset_replace(load_ledger(load, ledger)->rows, row, field, &slot->value);
    } else {
        GString *other = g_string_new(NULL);

        load_place_append(load, other, ledger, row);
        finding_add(load->findings, FINDING_LEDGER_HOUSEHOLD_DIFFERS, slot_place(reader, slot),
                    load_ledger(load, ledger)->schema->fields[field].name, other->str);
        g_string_free(other, TRUE);
        load_snippet(load, ledger, row, field, NULL);
        load_invalidate(load, ledger, row, field, NULL);
    }
}

/* The 户主 row is the household's head: his name and ID are its 户主姓名 and 户主证件号码. */
static void fill_head(struct reader *reader, size_t row)
{
    const struct runs *runs = &reader->runs;
    const struct schema *also = load_ledger(reader->load, reader->match->also)->schema;
    const size_t name = schema_field(also, FIELD_HEAD_NAME);
    const size_t id = schema_field(also, FIELD_HEAD_ID);

    if (!is_head_row(runs))
        return;
    if (runs->person && name != SIZE_MAX)
        fill_field(reader, runs->person, name, row);
    if (runs->person_id && id != SIZE_MAX && runs->person_id->value.state != STATE_INVALID)
        fill_field(reader, runs->person_id, id, row);
}

static uint32_t new_household(struct reader *reader)
{
    struct load *load = reader->load;
    const struct match *match = reader->match;
    const size_t nfield = load_ledger(load, match->also)->schema->nfield;
    struct value *values = g_new0(struct value, nfield);
    const struct row_origin origin = {reader->file, reader->line};
    enum row_source source = ROW_IMPLIED;
    size_t row;

    for (size_t f = 0; f < nfield; f++)
        values[f] = value_null(STATE_EMPTY);
    if (match->carries)
        source = ROW_FILLED;
    row = load_append(load, match->also, values, origin, source, 0);
    g_free(values);
    return (uint32_t)row + 1;
}

static uint32_t household_of_number(struct reader *reader, const char *number)
{
    GHashTable *numbers = reader->runs.numbers;
    uint32_t row = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, number));

    if (!row) {
        row = new_household(reader);
        g_hash_table_insert(numbers, g_strdup(number), GUINT_TO_POINTER(row));
    }
    return row;
}

/* What is wrong with a cell that only the household reads. */
static void report_slot(struct reader *reader, const struct slot *slot, enum finding_code code)
{
    if (code == FINDING_CODES || slot->shared)
        return;
    finding_add(reader->load->findings, code, slot_place(reader, slot), slot->detail);
    load_snippet(reader->load, reader->match->also, reader->runs.row - 1, slot->index, slot->raw);
}

void runs_fill(struct reader *reader)
{
    struct runs *runs = &reader->runs;

    if (!runs->on || !reader->match->also_uses || !runs->known)
        return;
    if (runs->number && runs->number->value.type == VALUE_TEXT)
        runs->row = household_of_number(reader, runs->number->value.text);
    else if (!runs->row)
        runs->row = new_household(reader);
    for (size_t i = reader->nmain; i < reader->nslot; i++) {
        const struct slot *slot = &reader->slots[i];

        fill_field(reader, slot, slot->index, runs->row - 1);
        report_slot(reader, slot, slot->fault);
        report_slot(reader, slot, slot->warning);
    }
    fill_head(reader, runs->row - 1);
}

/* What a household must have and no row of it says. */
static void report_empty(struct reader *reader, size_t row)
{
    struct load *load = reader->load;
    const size_t ledger = reader->match->also;
    const struct schema *schema = load_ledger(load, ledger)->schema;

    for (size_t f = 0; f < schema->nfield; f++) {
        const bool named = strcmp(schema->fields[f].name, FIELD_HEAD_NAME) == 0;

        if (!schema->fields[f].required || schema->fields[f].type == FIELD_AREA ||
            (reader->match->also_uses[f].column == NO_COLUMN && !named) ||
            load_value(load, ledger, row, f).state != STATE_EMPTY)
            continue;
        finding_add(load->findings, FINDING_LEDGER_CELL_EMPTY, load_place(load, ledger, row, f),
                    schema->fields[f].name);
        load_snippet(load, ledger, row, f, NULL);
    }
}

void runs_close(struct reader *reader)
{
    struct runs *runs = &reader->runs;

    if (!runs->on)
        return;
    if (reader->match->also_uses && reader->match->carries) {
        const size_t end = load_rows(reader->load, reader->match->also);

        for (size_t row = runs->first_row; row < end; row++)
            report_empty(reader, row);
    }
    g_hash_table_destroy(runs->numbers);
}
