/* Fills the parts of a text: literals, a row's fields, counts and totals over rows. */
#include "base/part.h"

#include "base/decimal.h"

struct part_scope part_scope_row(const struct rowset *rows, size_t row)
{
    return (struct part_scope){.rows = rows, .row = row, .first = row, .count = 1};
}

struct part_scope part_scope_all(const struct rowset *rows)
{
    return (struct part_scope){
        .rows = rows, .row = SIZE_MAX, .count = rows ? rowset_rows(rows) : 0};
}

struct group_walk group_walk_new(const struct rowset *rows, const size_t *keys, size_t nkey)
{
    struct group_walk walk = {.rows = rows, .nkey = MIN(nkey, (size_t)GROUP_LEVELS)};

    for (size_t i = 0; i < walk.nkey; i++)
        walk.keys[i] = keys[i];
    return walk;
}

static size_t group_end(const struct group_walk *walk, size_t level, size_t first, size_t most)
{
    const struct value key = rowset_at(walk->rows, first, walk->keys[level]);
    size_t end = first + 1;

    while (end < most) {
        const struct value next = rowset_at(walk->rows, end, walk->keys[level]);

        if (!value_equal(&key, &next))
            break;
        end++;
    }
    return end;
}

size_t group_walk_enter(struct group_walk *walk, size_t row)
{
    size_t level = 0;

    while (level < walk->nkey && row < walk->end[level])
        level++;
    for (size_t i = level; i < walk->nkey; i++) {
        walk->first[i] = row;
        walk->end[i] = group_end(walk, i, row, i > 0 ? walk->end[i - 1] : rowset_rows(walk->rows));
    }
    return level;
}

size_t group_walk_leave(const struct group_walk *walk, size_t row)
{
    size_t level = 0;

    while (level < walk->nkey && row + 1 < walk->end[level])
        level++;
    return level;
}

struct part_scope group_walk_scope(const struct group_walk *walk, size_t level)
{
    return (struct part_scope){.rows = walk->rows,
                               .row = walk->first[level],
                               .first = walk->first[level],
                               .count = walk->end[level] - walk->first[level]};
}

bool parts_same(const struct part *parts, size_t count, const struct rowset *rows, size_t a,
                size_t b)
{
    for (size_t i = 0; i < count; i++) {
        struct value one, other;

        if (parts[i].kind == PART_NUMBER)
            return false;
        if (parts[i].kind != PART_FIELD)
            continue;
        one = rowset_at(rows, a, parts[i].field);
        other = rowset_at(rows, b, parts[i].field);
        if (!value_equal(&one, &other))
            return false;
    }
    return true;
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
    const int places = average_places(part->format);

    if (scope->widest && kind != TOTAL_DISTINCT)
        return (struct total){
            .value = total_widest(scope->rows, part->field, scope->first, scope->count)};
    if (scope->memo && scope->first == 0)
        return total_memo_first(scope->memo, part->field, scope->count, kind, places);
    return total_of_rows(scope->rows, part->field, scope->first, scope->count, kind, places);
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
    case PART_DISTINCT:
        return part_total(part, scope, TOTAL_DISTINCT);
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
