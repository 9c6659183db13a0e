/* Fills the parts of a text: literals, a row's fields, counts and totals over rows. */
#include "base/part.h"

#include "base/decimal.h"
#include "base/total.h"

struct part_scope part_scope_row(const struct rowset *rows, size_t row)
{
    return (struct part_scope){.rows = rows, .row = row, .first = row, .count = 1};
}

struct part_scope part_scope_all(const struct rowset *rows)
{
    return (struct part_scope){
        .rows = rows, .row = SIZE_MAX, .count = rows ? rowset_rows(rows) : 0};
}

struct part_scope part_scope_group(const struct rowset *rows, size_t column, size_t first)
{
    const size_t count = rowset_rows(rows);
    const struct value key = rowset_at(rows, first, column);
    size_t end = first + 1;

    while (end < count) {
        const struct value next = rowset_at(rows, end, column);

        if (!value_equal(&key, &next))
            break;
        end++;
    }
    return (struct part_scope){.rows = rows, .row = first, .first = first, .count = end - first};
}

static int average_places(struct format format)
{
    if (format_scale(format.kind) != 1)
        return DECIMAL_PLACES; /* rounded when it is divided */
    return format_has_places(format.kind) ? format.places : AVERAGE_PLACES;
}

static struct total part_total(const struct part *part, const struct part_scope *scope,
                               enum total_kind kind)
{
    return total_of_rows(scope->rows, part->field, scope->first, scope->count, kind,
                         average_places(part->format));
}

/* As totals, so that all kinds of parts are filled alike. */
static struct total fill(const struct part *part, const struct part_scope *scope)
{
    const struct total nothing = {.value = value_null(STATE_EMPTY)};

    switch (part->kind) {
    case PART_LITERAL:
        return (struct total){.value = value_text(part->text)};
    case PART_FIELD:
        if (!scope->rows || scope->row == SIZE_MAX)
            return nothing;
        return (struct total){.value = rowset_at(scope->rows, scope->row, part->field)};
    case PART_NUMBER:
        if (scope->row == SIZE_MAX)
            return nothing;
        return (struct total){.value = value_integer((int64_t)scope->row + 1)};
    case PART_COUNT:
        return (struct total){.value = value_integer((int64_t)scope->count)};
    case PART_SUM:
        return part_total(part, scope, TOTAL_SUM);
    case PART_AVERAGE:
        return part_total(part, scope, TOTAL_AVERAGE);
    case PART_MIN:
        return part_total(part, scope, TOTAL_MIN);
    case PART_MAX:
        return part_total(part, scope, TOTAL_MAX);
    }
    return nothing;
}

struct value part_value(const struct part *part, const struct part_scope *scope, size_t *uncounted)
{
    const struct total total = fill(part, scope);

    if (uncounted)
        *uncounted = total.uncounted;
    return total.value;
}

void parts_write(GString *out, const struct part *parts, size_t count,
                 const struct part_scope *scope)
{
    for (size_t i = 0; i < count; i++) {
        const struct total total = fill(&parts[i], scope);

        if (parts[i].kind == PART_LITERAL)
            g_string_append(out, parts[i].text);
        else
            format_value(out, parts[i].format, &total.value);
        if (total.uncounted > 0)
            g_string_append_printf(out, "（%zu项有误未计）", total.uncounted);
    }
}
