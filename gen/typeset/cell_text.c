/* Writes a cell's parts: literals, the row's fields, and exact totals over rows. */
#include "typeset/cell_text.h"

#include "base/decimal.h"

enum { AVERAGE_PLACES = 2 /* where the format does not say */ };

struct tally {
    decimal sum, least, most;
    size_t count, unread; /* unread: marked invalid in the ledger, not in the sum */
    bool integers;
};

static bool value_number(const struct value *value, decimal *number)
{
    bool ok = true;
    if (value->type == VALUE_INTEGER)
        *number = (decimal)value->integer * DECIMAL_ONE;
    else if (value->type == VALUE_REAL)
        *number = decimal_from_real(value->real, &ok);
    else
        return false;
    return ok;
}

static struct tally tally_rows(const struct row_data *data, size_t field)
{
    struct tally tally = {.integers = true};
    for (size_t row = data->first; row < data->end; row++) {
        struct value value = rowset_at(data->rows, row, field);
        decimal number;
        if (!value_number(&value, &number)) {
            tally.unread += value.type == VALUE_TEXT || value.state == STATE_INVALID;
            continue;
        }
        tally.integers = tally.integers && value.type == VALUE_INTEGER;
        tally.sum += number;
        if (tally.count == 0 || number < tally.least)
            tally.least = number;
        if (tally.count == 0 || number > tally.most)
            tally.most = number;
        tally.count++;
    }
    return tally;
}

static void write_tally(GString *out, const struct part *part, const struct row_data *data)
{
    struct tally tally = tally_rows(data, part->field);
    int places = part->format.kind == FORMAT_PLAIN ? AVERAGE_PLACES : part->format.places;
    decimal number = tally.sum;
    if (part->kind == PART_MIN)
        number = tally.least;
    else if (part->kind == PART_MAX)
        number = tally.most;
    else if (part->kind == PART_AVERAGE && tally.count > 0)
        number = decimal_divide(tally.sum, (decimal)tally.count * DECIMAL_ONE, places);
    struct value value = value_real(decimal_to_real(number));
    if (tally.integers && part->kind != PART_AVERAGE)
        value = value_integer((int64_t)(number / DECIMAL_ONE));
    if (part->kind != PART_SUM && tally.count == 0)
        value = value_null(STATE_EMPTY);
    format_value(out, part->format, &value);
    if (tally.unread > 0)
        g_string_append_printf(out, "（%zu项有误未计）", tally.unread);
}

static void write_part(GString *out, const struct part *part, const struct row_data *data)
{
    struct value value;
    switch (part->kind) {
    case PART_LITERAL:
        g_string_append(out, part->text);
        return;
    case PART_FIELD:
        if (data->kind != ROW_DETAIL && data->kind != ROW_GROUP)
            return;
        value = rowset_at(data->rows, data->row, part->field);
        format_value(out, part->format, &value);
        return;
    case PART_NUMBER:
        value = value_integer((int64_t)data->row + 1);
        format_value(out, part->format, &value);
        return;
    case PART_COUNT:
        value = value_integer((int64_t)(data->end - data->first));
        format_value(out, part->format, &value);
        return;
    case PART_SUM:
    case PART_AVERAGE:
    case PART_MIN:
    case PART_MAX:
        write_tally(out, part, data);
        return;
    }
}

void cell_compose(GString *out, const struct cell *cell, const struct row_data *data)
{
    if (data->kind == ROW_FILL)
        return;
    for (size_t i = 0; i < cell->npart; i++)
        write_part(out, &cell->parts[i], data);
}

enum cell_tick cell_tick(const struct cell *cell, const struct row_data *data)
{
    if (cell->npart != 1 || cell->parts[0].kind != PART_FIELD ||
        cell->parts[0].format.kind != FORMAT_TICK ||
        (data->kind != ROW_DETAIL && data->kind != ROW_GROUP))
        return TICK_NONE;
    struct value value = rowset_at(data->rows, data->row, cell->parts[0].field);
    if (value.type == VALUE_INTEGER)
        return value.integer ? TICK_YES : TICK_NO;
    return value.state == STATE_INVALID || value.type != VALUE_NULL ? TICK_NONE : TICK_BLANK;
}
