/* Ratios: parts of other columns and of sums, as `types` declares them. */
#include "document/ratio.h"

#include <string.h>

#include "base/decimal.h"
#include "base/total.h"
#include "document/suggest.h"

enum { HUNDRED = 100 };

/* A ratio of a set, and the columns it is computed from. */
struct ratio {
    const struct type_of *type;
    size_t part, whole; /* whole SIZE_MAX: the sum of part over all rows */
};

static bool is_ratio_of(const struct type_of *type, const struct set *set)
{
    return (type->part || type->share) && strcmp(type->set, set->name) == 0;
}

/* A column the ratio is computed from: of the set's SQL, and a number as far as one knows. */
static void check_source(const struct binding *binding, const struct set *set, const char *name,
                         struct place place, struct findings *findings)
{
    const size_t column = set_find(set, name);
    struct kind kind;

    if (column >= query_columns(set->query))
        suggest(findings, FINDING_TEMPLATE_UNKNOWN_COLUMN, place, name, set->columns,
                query_columns(set->query));
    else if (binding_kind(binding, set, column, &kind) && !kind_is_number(&kind))
        finding_add(findings, FINDING_TEMPLATE_NOT_A_NUMBER, place, name);
}

static const char *companion(struct arena *arena, const char *name)
{
    char *text = g_strdup_printf("_%s_式", name);
    const char *kept = arena_text(arena, text);

    g_free(text);
    return kept;
}

void ratio_add_columns(struct binding *binding, struct set *set, struct findings *findings)
{
    const struct template *template = binding->template;
    GPtrArray *columns = g_ptr_array_new();

    for (size_t i = 0; i < set->ncolumn; i++)
        g_ptr_array_add(columns, (gpointer)set->columns[i]);
    for (size_t i = 0; i < template->ntype; i++) {
        const struct type_of *type = &template->types[i];

        if (!is_ratio_of(type, set))
            continue;
        if (set_find(set, type->column) != SIZE_MAX)
            finding_add(findings, FINDING_TEMPLATE_AMBIGUOUS_NAME, type->place, type->column,
                        "data、types");
        if (type->part)
            check_source(binding, set, type->part, type->place, findings);
        check_source(binding, set, type->share ? type->share : type->whole, type->place, findings);
        g_ptr_array_add(columns, (gpointer)type->column);
        g_ptr_array_add(columns, (gpointer)companion(binding->arena, type->column));
    }
    set->ncolumn = columns->len;
    g_ptr_array_add(columns, NULL);
    set->columns = arena_copy(binding->arena, columns->pdata, columns->len * sizeof(char *));
    g_ptr_array_free(columns, TRUE);
}

/* The ratio that is shown in column, or NULL. */
static const struct type_of *ratio_at(const struct binding *binding, const struct set *set,
                                      size_t column)
{
    const struct template *template = binding->template;
    size_t at = set->query ? query_columns(set->query) : SIZE_MAX;

    for (size_t i = 0; i < template->ntype && at <= column; i++) {
        if (!is_ratio_of(&template->types[i], set))
            continue;
        if (at == column)
            return &template->types[i];
        at += 2;
    }
    return NULL;
}

bool ratio_is_column(const struct binding *binding, const struct set *set, size_t column)
{
    return ratio_at(binding, set, column) != NULL;
}

/* A number of a row, or of the sum; known: STATE_VALUE, else why not. */
struct amount {
    decimal number;
    enum value_state known;
};

static struct amount amount_of(const struct value *value)
{
    struct amount amount = {.known = value->state};

    if (value->type != VALUE_NULL && !total_number(value, &amount.number))
        amount.known = STATE_INVALID;
    return amount;
}

/* Of no value at all the sum is empty; one invalid value makes it invalid. */
static struct amount sum_of(const struct rowset *rows, size_t column)
{
    struct amount sum = {.known = STATE_EMPTY};

    for (size_t row = 0; row < rowset_rows(rows); row++) {
        const struct value value = rowset_at(rows, row, column);
        const struct amount amount = amount_of(&value);

        if (amount.known == STATE_INVALID || amount.known == STATE_SUPPRESSED)
            return amount;
        if (amount.known != STATE_VALUE)
            continue;
        sum.number += amount.number;
        sum.known = STATE_VALUE;
    }
    return sum;
}

static bool is_withheld(struct amount amount)
{
    return amount.known == STATE_INVALID || amount.known == STATE_SUPPRESSED;
}

static struct value ratio_value(struct amount part, struct amount whole, int places)
{
    if (is_withheld(part))
        return value_null(part.known);
    if (is_withheld(whole))
        return value_null(whole.known);
    if (part.known != STATE_VALUE || whole.known != STATE_VALUE || whole.number == 0)
        return value_null(STATE_NONE);
    return value_real(decimal_to_real(decimal_divide(part.number * HUNDRED, whole.number, places)));
}

static void write_amount(GString *out, const struct binding *binding, const struct set *set,
                         size_t column, struct amount amount)
{
    const bool whole = amount.number % DECIMAL_ONE == 0;
    const struct value value = whole ? value_integer((int64_t)(amount.number / DECIMAL_ONE))
                                     : value_real(decimal_to_real(amount.number));
    struct kind kind;

    binding_kind(binding, set, column, &kind);
    format_value(out, kind_format(&kind), &value);
}

/* 91.0％（182/200） */
static void write_ratio(GString *out, const struct binding *binding, const struct set *set,
                        const struct ratio *ratio, const struct value *value, struct amount part,
                        struct amount whole)
{
    g_string_truncate(out, 0);
    format_value(out, (struct format){FORMAT_PERCENT, ratio->type->kind.places}, value);
    if (value->type == VALUE_NULL)
        return;
    g_string_append(out, "（");
    write_amount(out, binding, set, ratio->part, part);
    g_string_append_c(out, '/');
    write_amount(out, binding, set, ratio->whole == SIZE_MAX ? ratio->part : ratio->whole, whole);
    g_string_append(out, "）");
}

/* The ratios of row in their places of values. */
static void fill_column(const struct binding *binding, const struct set *set, struct rowset *filled,
                        const struct ratio *ratio, size_t column)
{
    const size_t count = rowset_rows(filled);
    GString *text = g_string_new(NULL);
    struct amount sum = {0};

    if (ratio->whole == SIZE_MAX)
        sum = sum_of(filled, ratio->part);
    for (size_t row = 0; row < count; row++) {
        const struct value one = rowset_at(filled, row, ratio->part);
        const struct value other =
            ratio->whole == SIZE_MAX ? one : rowset_at(filled, row, ratio->whole);
        const struct amount part = amount_of(&one);
        const struct amount whole = ratio->whole == SIZE_MAX ? sum : amount_of(&other);
        const struct value value = ratio_value(part, whole, ratio->type->kind.places);
        struct value shown;

        write_ratio(text, binding, set, ratio, &value, part, whole);
        shown = value_text(text->str);
        rowset_replace(filled, row, column, &value);
        rowset_replace(filled, row, column + 1, &shown);
    }
    g_string_free(text, TRUE);
}

struct rowset *ratio_fill(const struct binding *binding, const struct set *set, struct rowset *rows)
{
    const size_t taken = set->query ? query_columns(set->query) : set->ncolumn;
    struct rowset *filled;
    struct value *row;

    if (!rows || taken == set->ncolumn)
        return rows;
    filled = rowset_new(set->ncolumn, set->columns);
    row = g_new0(struct value, set->ncolumn);
    for (size_t i = 0; i < rowset_rows(rows); i++) {
        for (size_t k = 0; k < set->ncolumn; k++)
            row[k] = k < taken ? rowset_at(rows, i, k) : value_null(STATE_EMPTY);
        rowset_append(filled, row);
    }
    for (size_t column = taken; column < set->ncolumn; column += 2) {
        const struct type_of *type = ratio_at(binding, set, column);
        const struct ratio ratio = {
            .type = type,
            .part = set_find(set, type->share ? type->share : type->part),
            .whole = type->share ? SIZE_MAX : set_find(set, type->whole),
        };

        fill_column(binding, set, filled, &ratio, column);
    }
    g_free(row);
    rowset_free(rows);
    return filled;
}

const char *ratio_note(const struct scope *scope, const struct set *set, const struct rowset *rows,
                       size_t column)
{
    const struct type_of *type = ratio_at(scope->binding, set, column);
    struct amount sum;
    struct value value;
    const char *kept;
    GString *text;

    if (!type || !type->share)
        return NULL;
    sum = sum_of(rows, column);
    if (sum.known != STATE_VALUE || sum.number == (decimal)HUNDRED * DECIMAL_ONE)
        return NULL;
    value = value_real(decimal_to_real(sum.number));
    text = g_string_new("注：因四舍五入，各项");
    g_string_append_printf(text, "%s之和为", type->column);
    format_value(text, (struct format){FORMAT_PERCENT, type->kind.places}, &value);
    g_string_append(text, "。");
    kept = arena_text(scope->arena, text->str);
    g_string_free(text, TRUE);
    return kept;
}
