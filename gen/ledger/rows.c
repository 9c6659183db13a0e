/* Cells to values, rows to ledgers: fill-down, refused rows, faults of cells. */
#include <string.h>

#include "base/text.h"
#include "ledger/reader.h"
#include "ledger/words.h"

/* Clerks write the same few words down a column of these types: what the last different cells came
 * to is kept. Cells of the others seldom say the same as one further up. */
static size_t cells_kept(enum field_type type)
{
    enum { CELLS_KEPT = 64 };

    switch (type) {
    case FIELD_CODE:
    case FIELD_BOOLEAN:
    case FIELD_AREA:
    case FIELD_DATE:
    case FIELD_YEAR:
        return CELLS_KEPT;
    default:
        return 1;
    }
}

static void slot_open(struct slot *slot, const struct field *field, size_t index,
                      const struct column_use *use)
{
    *slot = (struct slot){.field = field,
                          .index = index,
                          .column = use->column,
                          .broken = use->broken,
                          .context = {.field = field, .scale = use->scale},
                          .raw = "",
                          .value = value_null(STATE_EMPTY),
                          .carry = value_null(STATE_EMPTY),
                          .nkept = cells_kept(field->type),
                          .carry_text = g_string_new(NULL)};
    slot->kept = g_new0(struct parsed, slot->nkept);
}

static void slot_close(struct slot *slot)
{
    for (size_t i = 0; i < slot->nkept; i++) {
        if (!slot->kept[i].raw)
            continue;
        g_string_free(slot->kept[i].text, TRUE);
        g_string_free(slot->kept[i].detail, TRUE);
    }
    g_free(slot->kept);
    g_string_free(slot->carry_text, TRUE);
    repairs_drop(slot);
}

static void add_slots(struct reader *reader, const struct schema *schema,
                      const struct column_use *uses)
{
    for (size_t f = 0; f < schema->nfield; f++) {
        if (uses[f].column != NO_COLUMN)
            slot_open(&reader->slots[reader->nslot++], &schema->fields[f], f, &uses[f]);
    }
}

static bool is_shared(const struct reader *reader, uint32_t column)
{
    for (size_t i = 0; i < reader->nmain; i++) {
        if (reader->slots[i].column == column)
            return true;
    }
    return false;
}

static void reader_open(struct reader *reader, struct load *load, uint32_t file,
                        const struct sheet *sheet, const struct match *match)
{
    const struct schema *also = match->also_uses ? load_ledger(load, match->also)->schema : NULL;
    const size_t most = match->schema->nfield + (also ? also->nfield : 0);

    *reader = (struct reader){.load = load, .sheet = sheet, .match = match, .file = file};
    reader->slots = g_new0(struct slot, most);
    reader->values = g_new0(struct value, match->schema->nfield);
    add_slots(reader, match->schema, match->uses);
    reader->nmain = reader->nslot;
    if (also)
        add_slots(reader, also, match->also_uses);
    for (size_t i = 0; i < reader->nslot; i++)
        reader->slots[i].context.variants = load->variants;
    for (size_t i = reader->nmain; i < reader->nslot; i++)
        reader->slots[i].shared = is_shared(reader, reader->slots[i].column);
    runs_open(reader);
    reader->totals = totals_new(reader);
}

static void reader_close(struct reader *reader)
{
    totals_close(reader->totals, reader);
    repairs_report(reader);
    runs_close(reader);
    for (size_t i = 0; i < reader->nslot; i++)
        slot_close(&reader->slots[i]);
    g_free(reader->slots);
    g_free(reader->values);
}

/* What the slot's cell comes to. */
static const struct parsed *parse_cell(struct slot *slot)
{
    const size_t at = slot->nkept == 1 ? 0 : text_hash(slot->raw, strlen(slot->raw)) % slot->nkept;
    struct parsed *parsed = &slot->kept[at];

    if (parsed->raw && strcmp(parsed->raw, slot->raw) == 0)
        return parsed;
    if (!parsed->raw) {
        parsed->text = g_string_new(NULL);
        parsed->detail = g_string_new(NULL);
    }
    g_string_truncate(parsed->text, 0);
    g_string_truncate(parsed->detail, 0);
    parsed->raw = slot->raw;
    parsed->fault = field_parse(&slot->context, slot->raw, parsed->text, &parsed->value,
                                &parsed->repair, parsed->detail, &parsed->warning);
    return parsed;
}

static void read_cell(struct reader *reader, struct slot *slot, const struct csv_row *row)
{
    slot->raw = slot->column < row->ncell ? row->cells[slot->column] : "";
    slot->fault = slot->warning = FINDING_CODES;
    slot->value = value_null(STATE_EMPTY);
    if (slot->raw[0] == '\0' || cell_is_blank(slot->raw))
        return;
    if (slot->broken) {
        slot->value = value_null(STATE_INVALID);
        return;
    }
    const struct parsed *parsed = parse_cell(slot);

    slot->value = parsed->value;
    slot->fault = parsed->fault;
    slot->warning = parsed->warning;
    slot->detail = parsed->detail->str;
    if (slot->fault == FINDING_CODES && parsed->repair != REPAIR_NONE && !slot->shared)
        repair_count(reader, slot, parsed->repair);
}

/* The carried value outlives the row: its text is copied. */
static void keep_carry(struct slot *slot)
{
    slot->carry = slot->value;
    if (slot->value.type == VALUE_TEXT) {
        g_string_assign(slot->carry_text, slot->value.text);
        slot->carry.text = slot->carry_text->str;
    }
}

static void fill_down(struct reader *reader, struct slot *slot)
{
    if (value_present(&slot->value)) {
        keep_carry(slot);
    } else if (value_present(&slot->carry)) {
        slot->value = slot->carry;
        if (!slot->shared)
            fill_count(reader, slot);
    }
}

/* Areas go from the greater to the smaller in every schema: below a new village an empty 村民小组
 * is not the old village's. Returns whether an area changed. */
static bool fill_areas(struct reader *reader, size_t from, size_t to)
{
    bool changed = false;

    for (size_t i = from; i < to; i++) {
        struct slot *slot = &reader->slots[i];

        if (slot->field->type != FIELD_AREA)
            continue;
        if (value_present(&slot->value))
            changed = changed ||
                      (value_present(&slot->carry) && !value_equal(&slot->value, &slot->carry));
        else if (changed)
            slot->carry = value_null(STATE_EMPTY);
        fill_down(reader, slot);
    }
    return changed;
}

static void fill_household(struct reader *reader)
{
    if (!reader->runs.on)
        return;
    for (size_t i = 0; i < reader->nslot; i++) {
        struct slot *slot = &reader->slots[i];

        if (!slot->field->household_level || slot->field->type == FIELD_AREA)
            continue;
        if (reader->runs.starts || !reader->runs.known)
            slot->carry = value_null(STATE_EMPTY);
        /* the `also` ledger has one row a household: nothing to fill, but a head to compare with */
        if (i < reader->nmain)
            fill_down(reader, slot);
        else if (value_present(&slot->value))
            keep_carry(slot);
    }
}

static struct place cell_place(const struct reader *reader, const struct slot *slot)
{
    struct place place = csv_place(reader->sheet->table, reader->line, slot->column + 1);

    place.field = reader->sheet->columns[slot->column].text;
    return place;
}

/* Whether the row has something to say: a note scribbled below a column nobody knows has not. */
static bool says_something(const struct reader *reader)
{
    for (size_t i = 0; i < reader->nslot; i++) {
        if (value_present(&reader->slots[i].value))
            return true;
    }
    return false;
}

static void report_cell(struct reader *reader, const struct slot *slot, size_t row)
{
    struct load *load = reader->load;
    const size_t ledger = reader->match->ledger;

    if (slot->value.state == STATE_INVALID)
        load_invalidate(load, ledger, row, slot->index, slot->raw);
    if (slot->fault != FINDING_CODES) {
        finding_add(load->findings, slot->fault, cell_place(reader, slot), slot->detail);
        load_snippet(load, ledger, row, slot->index, slot->raw);
    }
    if (slot->warning != FINDING_CODES) {
        finding_add(load->findings, slot->warning, cell_place(reader, slot), slot->detail);
        load_snippet(load, ledger, row, slot->index, slot->raw);
    }
    /* villages may still come from a title or the file's name */
    if (slot->field->required && !value_present(&slot->value) && slot->field->type != FIELD_AREA) {
        finding_add(load->findings, FINDING_LEDGER_CELL_EMPTY, cell_place(reader, slot),
                    slot->field->name);
        load_snippet(load, ledger, row, slot->index, NULL);
    }
}

static void append_row(struct reader *reader)
{
    const size_t nfield = reader->match->schema->nfield;
    const struct value empty = value_null(STATE_EMPTY);
    struct row_origin origin = {reader->file, reader->line};
    bool faulty = false;
    size_t row;

    for (size_t f = 0; f < nfield; f++)
        reader->values[f] = empty;
    for (size_t i = 0; i < reader->nmain; i++) {
        const struct slot *slot = &reader->slots[i];

        /* load_invalidate gives the state together with the text */
        if (slot->value.state != STATE_INVALID)
            reader->values[slot->index] = slot->value;
        faulty = faulty || slot->value.state == STATE_INVALID || slot->warning != FINDING_CODES ||
                 (slot->field->required && slot->value.state == STATE_EMPTY);
    }
    row = load_append(reader->load, reader->match->ledger, reader->values, origin, ROW_OWN,
                      reader->runs.row);
    for (size_t i = 0; faulty && i < reader->nmain; i++)
        report_cell(reader, &reader->slots[i], row);
}

/* Returns false if the row holds nothing that its ledger knows. */
static bool read_row(struct reader *reader, const struct csv_row *row)
{
    bool area_changed;

    for (size_t i = 0; i < reader->nslot; i++)
        read_cell(reader, &reader->slots[i], row);
    if (!says_something(reader))
        return false;
    area_changed = fill_areas(reader, 0, reader->nmain);
    fill_areas(reader, reader->nmain, reader->nslot);
    runs_step(reader, area_changed);
    totals_row(reader->totals, reader);
    fill_household(reader);
    runs_fill(reader);
    append_row(reader);
    return true;
}

/* The first cell with text beyond the head, or NO_COLUMN. */
static uint32_t surplus_cell(const struct sheet *sheet, const struct csv_row *row)
{
    for (size_t i = sheet->ncolumn; i < row->ncell; i++) {
        if (!cell_is_blank(row->cells[i]))
            return (uint32_t)i;
    }
    return NO_COLUMN;
}

/* The village that a refused row names, or the one above if its cell is merged away; lent. What it
 * names is not filled down: its cells may have slipped. */
static const char *refused_village(struct reader *reader)
{
    const char *village = NULL;
    bool changed = false;

    for (size_t i = 0; i < reader->nmain; i++) {
        struct slot *slot = &reader->slots[i];
        const struct value *value = value_present(&slot->value) ? &slot->value : &slot->carry;

        if (slot->field->type != FIELD_AREA)
            continue;
        changed = changed || !value_equal(value, &slot->carry);
        if (strcmp(slot->field->name, FIELD_VILLAGE_NAME) == 0 && value->type == VALUE_TEXT)
            village = value->text;
        if (changed)
            slot->carry = value_null(STATE_EMPTY);
    }
    return village;
}

/* The village is checked against the known ones when all files are read (village.c). */
static void refuse_row(struct reader *reader, const struct csv_row *row, enum finding_code code,
                       uint32_t surplus)
{
    struct load *load = reader->load;
    struct place place = csv_place(reader->sheet->table, reader->line, surplus + 1);
    const char *village;

    for (size_t i = 0; i < reader->nmain; i++)
        read_cell(reader, &reader->slots[i], row);
    village = refused_village(reader);
    finding_add(load->findings, code, place);
    load_lose(load, reader->match->ledger, village, place);
    if (reader->match->also != SIZE_MAX)
        load_lose(load, reader->match->also, village, place);
    runs_break(reader);
    totals_refused(reader->totals);
}

static struct slot *split_slot(struct reader *reader)
{
    for (size_t i = 0; i < reader->nmain; i++) {
        if (reader->slots[i].field->split)
            return &reader->slots[i];
    }
    return NULL;
}

/* What became of a row of data. */
enum outcome { OUTCOME_READ, OUTCOME_REFUSED, OUTCOME_SAYS_NOTHING };

static enum outcome read_data(struct reader *reader, const struct csv_row *row)
{
    const uint32_t surplus = surplus_cell(reader->sheet, row);
    struct slot *split = split_slot(reader);
    const struct csv_row *rows = row;
    const size_t count = split && surplus == NO_COLUMN ? split_row(reader, row, &rows) : 1;
    bool says_something = false;

    if (surplus != NO_COLUMN) {
        refuse_row(reader, row, FINDING_LEDGER_RAGGED, surplus);
        return OUTCOME_REFUSED;
    }
    if (count == 0) {
        refuse_row(reader, row, FINDING_LEDGER_SPLIT_UNEVEN, split->column);
        return OUTCOME_REFUSED;
    }
    if (count > 1)
        split_count(reader, split);
    for (size_t i = 0; i < count; i++)
        says_something = read_row(reader, &rows[i]) || says_something;
    return says_something ? OUTCOME_READ : OUTCOME_SAYS_NOTHING;
}

static size_t *place_of(struct ledger_file *counts, enum outcome outcome)
{
    switch (outcome) {
    case OUTCOME_READ:
        return &counts->rows_read;
    case OUTCOME_REFUSED:
        return &counts->rows_refused;
    case OUTCOME_SAYS_NOTHING:
        break;
    }
    return &counts->rows_other;
}

void rows_read(struct load *load, uint32_t file, const struct sheet *sheet,
               const struct match *match)
{
    const struct csv_table *table = sheet->table;
    struct ledger_file *counts = &g_array_index(load->files, struct ledger_file, file);
    struct reader reader;
    bool after_note = false;

    reader_open(&reader, load, file, sheet, match);
    counts->rows_other = sheet->head + sheet->nhead;
    for (size_t r = sheet->head + sheet->nhead; r < table->nrow; r++) {
        const struct csv_row *row = &table->rows[r];
        const enum row_kind kind = sheet_row_kind(sheet, r, after_note);

        reader.line = row->line;
        if (kind != ROW_BLANK)
            after_note = kind == ROW_NOTE;
        if (kind == ROW_TOTAL || kind == ROW_SUBTOTAL)
            totals_mark(reader.totals, &reader, r, kind);
        if (kind != ROW_DATA) {
            counts->rows_other++;
            continue;
        }
        (*place_of(counts, read_data(&reader, row)))++;
    }
    reader_close(&reader);
}
