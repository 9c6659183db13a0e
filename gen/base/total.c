/* Adds, averages and compares the numbers of a row set's column. */
#include "base/total.h"

struct tally {
    decimal sum, least, most;
    size_t count, uncounted;
    bool integers;
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
    tally->integers = tally->integers && value->type == VALUE_INTEGER;
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
        break;
    case TOTAL_AVERAGE:
        return number_value(decimal_divide(tally->sum, (decimal)tally->count * DECIMAL_ONE, places),
                            false);
    case TOTAL_MIN:
        return number_value(tally->least, tally->integers);
    case TOTAL_MAX:
        return number_value(tally->most, tally->integers);
    }
    return number_value(tally->sum, tally->integers);
}

struct total total_of_rows(const struct rowset *rows, size_t column, size_t first, size_t count,
                           enum total_kind kind, int places)
{
    struct tally tally = {.integers = true};

    for (size_t row = first; row < first + count; row++) {
        const struct value value = rowset_at(rows, row, column);

        count_value(&tally, &value);
    }
    return (struct total){.value = tally_value(&tally, kind, places), .uncounted = tally.uncounted};
}
