/* Adds, averages and compares the numbers of a row set's column. */
#include "base/total.h"

#include <glib.h>

struct tally {
    decimal sum, least, most;
    size_t count, uncounted;
    bool fractions;
};

/* What a memo knows of the first rows of a column. */
struct known {
    size_t column;
    size_t rows; /* looked at */
    struct tally tally;
    GHashTable *distinct; /* struct value *; NULL unless asked for */
};

struct total_memo {
    const struct rowset *rows;
    GArray *columns; /* struct known; those that count distinct values apart from the others */
};

bool total_number(const struct value *value, decimal *number)
{
    bool ok = false;

    if (value->type == VALUE_INTEGER) {
        *number = (decimal)value->integer * DECIMAL_ONE;
        ok = true;
    } else if (value->type == VALUE_REAL) {
        *number = decimal_from_real(value->real, &ok);
    }
    return ok;
}

static void count_value(struct tally *tally, const struct value *value)
{
    decimal number;

    if (!total_number(value, &number)) {
        tally->uncounted += value->type != VALUE_NULL || value->state == STATE_INVALID;
        return;
    }
    tally->fractions = tally->fractions || value->type != VALUE_INTEGER;
    tally->sum += number;
    if (tally->count == 0 || number < tally->least)
        tally->least = number;
    if (tally->count == 0 || number > tally->most)
        tally->most = number;
    tally->count++;
}

static struct value number_value(decimal number, bool integer)
{
    return integer ? value_integer((int64_t)(number / DECIMAL_ONE))
                   : value_real(decimal_to_real(number));
}

static struct value tally_value(const struct tally *tally, enum total_kind kind, int places)
{
    if (tally->count == 0)
        return kind == TOTAL_SUM ? value_integer(0) : value_null(STATE_EMPTY);
    switch (kind) {
    case TOTAL_SUM:
    case TOTAL_DISTINCT:
        break;
    case TOTAL_AVERAGE:
        return number_value(decimal_divide(tally->sum, (decimal)tally->count * DECIMAL_ONE, places),
                            false);
    case TOTAL_MIN:
        return number_value(tally->least, !tally->fractions);
    case TOTAL_MAX:
        return number_value(tally->most, !tally->fractions);
    }
    return number_value(tally->sum, !tally->fractions);
}

static guint hash_value(gconstpointer key)
{
    const struct value *value = key;

    switch (value->type) {
    case VALUE_TEXT:
        return g_str_hash(value->text);
    case VALUE_INTEGER:
        return g_int64_hash(&value->integer);
    case VALUE_REAL:
        return g_double_hash(&value->real);
    case VALUE_NULL:
        break;
    }
    return 0;
}

static gboolean equal_values(gconstpointer a, gconstpointer b)
{
    return value_equal(a, b);
}

static GHashTable *new_distinct(void)
{
    return g_hash_table_new_full(hash_value, equal_values, g_free, NULL);
}

static void count_distinct(GHashTable *seen, struct tally *tally, const struct value *value)
{
    if (value->type == VALUE_NULL)
        tally->uncounted += value->state == STATE_INVALID;
    else if (!g_hash_table_contains(seen, value))
        g_hash_table_add(seen, g_memdup2(value, sizeof(*value)));
}

static void look_at(const struct rowset *rows, struct known *known, size_t end)
{
    for (; known->rows < end; known->rows++) {
        const struct value value = rowset_at(rows, known->rows, known->column);

        if (known->distinct)
            count_distinct(known->distinct, &known->tally, &value);
        else
            count_value(&known->tally, &value);
    }
}

static struct total known_total(const struct known *known, enum total_kind kind, int places)
{
    struct total total = {.uncounted = known->tally.uncounted};

    total.value = known->distinct ? value_integer(g_hash_table_size(known->distinct))
                                  : tally_value(&known->tally, kind, places);
    return total;
}

static void forget(struct known *known)
{
    g_clear_pointer(&known->distinct, g_hash_table_destroy);
}

struct total total_of_rows(const struct rowset *rows, size_t column, size_t first, size_t count,
                           enum total_kind kind, int places)
{
    struct known known = {.column = column, .rows = first};
    struct total total;

    if (kind == TOTAL_DISTINCT)
        known.distinct = new_distinct();
    look_at(rows, &known, first + count);
    total = known_total(&known, kind, places);
    forget(&known);
    return total;
}

struct total_memo *total_memo_new(const struct rowset *rows)
{
    struct total_memo *memo = g_new0(struct total_memo, 1);

    memo->rows = rows;
    memo->columns = g_array_new(FALSE, FALSE, sizeof(struct known));
    return memo;
}

void total_memo_free(struct total_memo *memo)
{
    if (!memo)
        return;
    for (guint i = 0; i < memo->columns->len; i++)
        forget(&g_array_index(memo->columns, struct known, i));
    g_array_free(memo->columns, TRUE);
    g_free(memo);
}

static struct known *find_known(struct total_memo *memo, size_t column, bool distinct)
{
    struct known added = {.column = column};

    for (guint i = 0; i < memo->columns->len; i++) {
        struct known *known = &g_array_index(memo->columns, struct known, i);

        if (known->column == column && (known->distinct != NULL) == distinct)
            return known;
    }
    if (distinct)
        added.distinct = new_distinct();
    g_array_append_val(memo->columns, added);
    return &g_array_index(memo->columns, struct known, memo->columns->len - 1);
}

struct total total_memo_first(struct total_memo *memo, size_t column, size_t count,
                              enum total_kind kind, int places)
{
    struct known *known = find_known(memo, column, kind == TOTAL_DISTINCT);

    if (known->rows > count) { /* asked backwards */
        known->rows = 0;
        known->tally = (struct tally){0};
        if (known->distinct)
            g_hash_table_remove_all(known->distinct);
    }
    look_at(memo->rows, known, count);
    return known_total(known, kind, places);
}

struct value total_widest(const struct rowset *rows, size_t column, size_t first, size_t count)
{
    decimal sum = 0, nines = 10;
    bool negative = false, fractions = false;

    for (size_t row = first; row < first + count; row++) {
        const struct value value = rowset_at(rows, row, column);
        decimal number;

        if (!total_number(&value, &number))
            continue;
        fractions = fractions || value.type != VALUE_INTEGER;
        negative = negative || number < 0;
        sum += number < 0 ? -number : number;
    }
    while (nines <= sum / DECIMAL_ONE)
        nines *= 10;
    nines = (nines - 1) * DECIMAL_ONE;
    return number_value(negative ? -nines : nines, !fractions);
}
