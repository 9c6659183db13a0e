/* Rows and cells while loading: appended, marked as invalid, shown in findings without private
 * data. */
#include <string.h>

#include "base/decimal.h"
#include "base/text.h"
#include "ledger/field.h"
#include "ledger/load.h"

struct ledger *load_ledger(const struct load *load, size_t ledger)
{
    return &load->ledgers->list[ledger];
}

size_t load_rows(const struct load *load, size_t ledger)
{
    return rowset_rows(load->ledgers->list[ledger].rows);
}

struct value load_value(const struct load *load, size_t ledger, size_t row, size_t field)
{
    return rowset_at(load->ledgers->list[ledger].rows, row, field);
}

size_t load_append(struct load *load, size_t ledger, const struct value *values,
                   struct row_origin origin, enum row_source source, uint32_t household)
{
    struct rows_extra *extra = &load->extra[ledger];
    const uint8_t kind = (uint8_t)source;

    rowset_append(load_ledger(load, ledger)->rows, values);
    g_array_append_val(extra->origins, origin);
    g_array_append_val(extra->sources, kind);
    g_array_append_val(extra->households, household);
    return load_rows(load, ledger) - 1;
}

uint32_t load_column(const struct load *load, size_t ledger, uint32_t file, size_t field)
{
    const struct ledger_file *read = &g_array_index(load->files, struct ledger_file, file);
    const struct source *source = &g_array_index(load->sources, struct source, file);
    const uint16_t *columns = source->ledger == ledger ? read->columns
                              : source->also == ledger ? read->also_columns
                                                       : NULL;

    return columns && columns[field] ? columns[field] - 1u : NO_COLUMN;
}

struct place load_place(const struct load *load, size_t ledger, size_t row, size_t field)
{
    const struct row_origin origin =
        g_array_index(load->extra[ledger].origins, struct row_origin, row);
    struct place place =
        ledger_file_place(&g_array_index(load->files, struct ledger_file, origin.file));

    place.line = origin.line;
    if (field != SIZE_MAX) {
        const uint32_t column = load_column(load, ledger, origin.file, field);

        place.column = column == NO_COLUMN ? 0 : column + 1;
        place.field = load_ledger(load, ledger)->schema->fields[field].name;
    }
    return place;
}

void value_append(GString *out, const struct value *value)
{
    bool ok;
    decimal number;

    switch (value->type) {
    case VALUE_NULL:
        break;
    case VALUE_INTEGER:
        g_string_append_printf(out, "%" G_GINT64_FORMAT, value->integer);
        break;
    case VALUE_REAL:
        number = decimal_from_real(value->real, &ok);
        if (ok)
            decimal_format_plain(out, number);
        break;
    case VALUE_TEXT:
        g_string_append_len(out, value->text, (gssize)value->length);
        break;
    }
}

bool text_is_harmless(const char *text)
{
    GString *folded = g_string_new(NULL);
    size_t run = 0, joined = 0; /* 0999-1234567 and 138 0000 0000 */
    bool harmless = true;

    text_fold_digits(folded, text);
    for (const char *at = folded->str; *at; at++) {
        const bool digit = g_ascii_isdigit(*at);

        run = digit ? run + 1 : 0;
        joined = digit ? joined + 1 : *at == ' ' || *at == '-' ? joined : 0;
        harmless = harmless && run < 7 && joined < 10;
    }
    g_string_free(folded, TRUE);
    return harmless;
}

/* A snippet stays about as wide as a terminal, and a cell in it a fraction of that. */
enum { SNIPPET_WIDTH = 90, SNIPPET_CELL = 16 };

static const char hidden[] = "··";

static void append_short(GString *out, const char *text)
{
    size_t length, count = 0;

    for (; *text && count < SNIPPET_CELL; text += length, count++) {
        const uint32_t character = text_character(text, &length);

        if (character < ' ')
            g_string_append_c(out, ' ');
        else
            g_string_append_len(out, text, (gssize)length);
    }
    if (*text)
        g_string_append(out, "…");
}

/* The cell as the public may see it. Whether a person is a minor is not known here: he may be. */
static void append_cell(GString *out, const struct field *field, const struct value *value,
                        const char *raw)
{
    const enum show show = field->open_text ? SHOW_HIDE : field->show[AUDIENCE_PUBLIC];
    GString *text = g_string_new(NULL);

    if (value->type == VALUE_NULL) {
        if (raw && show == SHOW_FULL && field->mask == MASK_NONE && text_is_harmless(raw))
            append_short(out, raw);
        else if (raw)
            g_string_append(out, hidden);
    } else {
        value_append(text, value);
        if (show == SHOW_MASK)
            field_mask(out, field->mask, text->str, true);
        else if (show == SHOW_FULL && text_is_harmless(text->str))
            append_short(out, text->str);
        else
            g_string_append(out, hidden);
    }
    g_string_free(text, TRUE);
}

void ledger_snippet(const struct ledger *ledger, size_t row, size_t field, const char *raw,
                    struct findings *findings)
{
    const struct schema *schema = ledger->schema;
    GString *snippet = g_string_new(NULL);
    size_t caret = 0, caret_length = 0;

    for (size_t f = 0; f < schema->nfield - schema->nderived; f++) {
        const struct value value = rowset_at(ledger->rows, row, f);
        const bool seen = value.type != VALUE_NULL &&
                          schema->fields[f].show[AUDIENCE_PUBLIC] != SHOW_HIDE &&
                          !schema->fields[f].open_text;

        if (f != field && (!seen || text_display_width(snippet->str, snippet->len) > SNIPPET_WIDTH))
            continue;
        if (snippet->len > 0)
            g_string_append(snippet, " | ");
        if (f != field) {
            append_cell(snippet, &schema->fields[f], &value, NULL);
            continue;
        }
        caret = snippet->len;
        append_cell(snippet, &schema->fields[f], &value, raw);
        if (snippet->len == caret) /* an empty cell needs something to point at */
            g_string_append(snippet, "__");
        caret_length = snippet->len - caret;
    }
    finding_snippet(findings, snippet->str, caret, caret_length);
    g_string_free(snippet, TRUE);
}

void load_snippet(struct load *load, size_t ledger, size_t row, size_t field, const char *raw)
{
    ledger_snippet(load_ledger(load, ledger), row, field, raw, load->findings);
}

static guint cell_hash(gconstpointer key)
{
    const struct invalid_cell *cell = key;

    return (cell->row * 31 + cell->field) * 31 + cell->ledger;
}

static gboolean cell_equal(gconstpointer a, gconstpointer b)
{
    const struct invalid_cell *one = a, *other = b;

    return one->row == other->row && one->field == other->field && one->ledger == other->ledger;
}

static void remember_invalid(struct load *load, const struct invalid_cell *cell)
{
    struct invalid_cell *kept = arena_copy(load->arena, cell, sizeof *cell);

    g_hash_table_insert(load->invalid_texts, kept, kept);
}

const char *load_invalid_text(struct load *load, size_t ledger, size_t row, size_t field)
{
    const struct invalid_cell wanted = {
        .ledger = (uint32_t)ledger, .field = (uint32_t)field, .row = (uint32_t)row};
    const struct invalid_cell *found;

    if (!load->invalid_texts) {
        load->invalid_texts = g_hash_table_new(cell_hash, cell_equal);
        for (guint i = 0; i < load->invalid->len; i++)
            remember_invalid(load, &g_array_index(load->invalid, struct invalid_cell, i));
    }
    found = g_hash_table_lookup(load->invalid_texts, &wanted);
    return found ? found->text : "";
}

void load_invalid_forget(struct load *load)
{
    g_clear_pointer(&load->invalid_texts, g_hash_table_destroy);
}

void load_place_append(const struct load *load, GString *out, size_t ledger, size_t row)
{
    const struct place place = load_place(load, ledger, row, SIZE_MAX);

    place_append(out, &place);
}

void load_invalidate(struct load *load, size_t ledger, size_t row, size_t field, const char *raw)
{
    const struct value old = load_value(load, ledger, row, field);
    const struct value invalid = value_null(STATE_INVALID);
    GString *text = g_string_new(raw);
    struct invalid_cell cell = {
        .ledger = (uint32_t)ledger, .field = (uint32_t)field, .row = (uint32_t)row};

    if (old.state != STATE_INVALID) {
        if (!raw)
            value_append(text, &old);
        cell.text = arena_text(load->arena, text->str);
        g_array_append_val(load->invalid, cell);
        if (load->invalid_texts)
            remember_invalid(load, &cell);
        rowset_replace(load_ledger(load, ledger)->rows, row, field, &invalid);
    }
    g_string_free(text, TRUE);
}

void load_lose(struct load *load, size_t ledger, const char *village, struct place place)
{
    struct lost_row lost = {.ledger = (uint32_t)ledger, .place = place};

    lost.village = village ? arena_text(load->arena, village) : NULL;
    lost.place.file = arena_text(load->arena, place.file);
    lost.place.sheet = arena_text(load->arena, place.sheet);
    lost.place.field = NULL;
    g_array_append_val(load->lost, lost);
}
