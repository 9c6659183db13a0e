/* What the parts of a grid's cells say for one row, a group, or all rows. */
#include "render/fill.h"

#include "base/decimal.h"

struct scope scope_row(size_t row)
{
    return (struct scope){.row = row, .first = row, .count = 1};
}

struct scope scope_grid(const struct grid *grid)
{
    return (struct scope){.row = SIZE_MAX, .count = grid->rows ? rowset_rows(grid->rows) : 0};
}

struct scope scope_group(const struct grid *grid, size_t first)
{
    const size_t count = rowset_rows(grid->rows);
    const struct value key = rowset_at(grid->rows, first, grid->group_by);
    size_t end = first + 1;

    while (end < count) {
        const struct value next = rowset_at(grid->rows, end, grid->group_by);

        if (!value_equal(&key, &next))
            break;
        end++;
    }
    return (struct scope){.row = first, .first = first, .count = end - first};
}

/* A total being made. */
struct total {
    decimal sum, least, greatest;
    size_t count, unread;
    bool whole; /* integers only */
};

static struct total total_of(const struct rowset *rows, size_t column, struct scope scope)
{
    struct total total = {.whole = true};

    for (size_t row = scope.first; row < scope.first + scope.count; row++) {
        const struct value value = rowset_at(rows, row, column);
        decimal number;
        bool ok = true;

        if (value.type == VALUE_INTEGER)
            number = (decimal)value.integer * DECIMAL_ONE;
        else if (value.type == VALUE_REAL)
            number = decimal_from_real(value.real, &ok);
        else
            ok = false;
        if (!ok) {
            total.unread += value.type != VALUE_NULL || value.state == STATE_INVALID;
            continue;
        }
        total.whole = total.whole && value.type == VALUE_INTEGER;
        total.sum += number;
        total.least = total.count && total.least < number ? total.least : number;
        total.greatest = total.count && total.greatest > number ? total.greatest : number;
        total.count++;
    }
    return total;
}

static struct value number_value(decimal number, bool whole)
{
    if (whole && number % DECIMAL_ONE == 0)
        return value_integer((int64_t)(number / DECIMAL_ONE));
    return value_real(decimal_to_real(number));
}

/* An average is rounded once, to the places it is printed with. */
static int average_places(struct format format)
{
    const bool has_places = format.kind == FORMAT_NUMBER || format.kind == FORMAT_MONEY ||
                            format.kind == FORMAT_PERCENT;

    return has_places ? format.places : AVERAGE_PLACES;
}

struct value fill_part(const struct grid *grid, const struct part *part, struct scope scope,
                       size_t *unread)
{
    struct total total;

    if (unread)
        *unread = 0;
    switch (part->kind) {
    case PART_LITERAL:
        return value_text(part->text);
    case PART_FIELD:
        if (scope.row == SIZE_MAX)
            return value_null(STATE_EMPTY);
        return rowset_at(grid->rows, scope.row, part->field);
    case PART_NUMBER:
        return value_integer((int64_t)scope.row + 1);
    case PART_COUNT:
        return value_integer((int64_t)scope.count);
    case PART_SUM:
    case PART_AVERAGE:
    case PART_MIN:
    case PART_MAX:
        break;
    }
    if (!grid->rows)
        return value_null(STATE_EMPTY);
    total = total_of(grid->rows, part->field, scope);
    if (unread)
        *unread = total.unread;
    if (total.count == 0)
        return part->kind == PART_SUM ? value_integer(0) : value_null(STATE_EMPTY);
    if (part->kind == PART_AVERAGE)
        return number_value(decimal_divide(total.sum, (decimal)total.count * DECIMAL_ONE,
                                           average_places(part->format)),
                            false);
    if (part->kind == PART_MIN)
        return number_value(total.least, total.whole);
    return number_value(part->kind == PART_MAX ? total.greatest : total.sum, total.whole);
}

void fill_cell(GString *out, const struct grid *grid, const struct cell *cell, struct scope scope)
{
    for (size_t i = 0; i < cell->npart; i++) {
        const struct part *part = &cell->parts[i];
        size_t unread;
        const struct value value = fill_part(grid, part, scope, &unread);

        if (part->kind == PART_LITERAL)
            g_string_append(out, part->text);
        else
            format_value(out, part->format, &value);
        if (unread > 0)
            g_string_append_printf(out, "（%zu项有误未计）", unread);
    }
}
