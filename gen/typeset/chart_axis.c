/* Works out axes, and points on circles, in integers. */
#include "typeset/chart_axis.h"

#include <glib.h>

/* The smallest 1, 2 or 5 times a power of ten that is least or more. */
static decimal nice(decimal least, decimal grain)
{
    static const int factors[] = {1, 2, 5};
    for (decimal power = grain;; power *= 10)
        for (size_t i = 0; i < G_N_ELEMENTS(factors); i++)
            if (power * factors[i] >= least)
                return power * factors[i];
}

struct chart_axis chart_axis_of(decimal least, decimal most, decimal grain, int steps)
{
    struct chart_axis axis = {0, 0, 0};
    least = MIN(least, 0);
    most = MAX(most, 0);
    if (least == most)
        most = grain;
    if (least < 0 && most > 0) /* one on each side at least */
        steps = MAX(steps, 2);
    axis.step = nice((most - least + steps - 1) / steps, grain);
    for (;;) {
        axis.low = -((-least + axis.step - 1) / axis.step) * axis.step;
        axis.high = (most + axis.step - 1) / axis.step * axis.step;
        if ((axis.high - axis.low) / axis.step <= steps)
            return axis;
        axis.step = nice(axis.step + 1, grain);
    }
}

mpt chart_axis_place(const struct chart_axis *axis, decimal value, mpt length)
{
    return (mpt)((value - axis->low) * length / (axis->high - axis->low));
}

bool chart_value(const struct chart *chart, size_t row, size_t series, decimal *value)
{
    const struct value at = rowset_at(chart->rows, row, chart->series[series].field);
    bool ok = at.type == VALUE_INTEGER;
    if (at.type == VALUE_INTEGER)
        *value = (decimal)at.integer * DECIMAL_ONE;
    else if (at.type == VALUE_REAL)
        *value = decimal_from_real(at.real, &ok);
    return ok;
}

static decimal power_of_ten(int exponent)
{
    decimal power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

/* That of numbers printed with the decimals they have. */
static decimal plain_grain(const struct chart *chart, size_t series)
{
    decimal grain = DECIMAL_ONE;
    for (size_t row = 0; row < rowset_rows(chart->rows) && grain > 1; row++) {
        decimal value;
        while (chart_value(chart, row, series, &value) && grain > 1 && value % grain != 0)
            grain /= 10;
    }
    return grain;
}

decimal chart_grain(const struct chart *chart)
{
    decimal least = 0;
    for (size_t s = 0; s < chart->nseries; s++) {
        const struct format format = chart->series[s].format;
        const decimal grain =
            format_has_places(format.kind)
                ? power_of_ten(DECIMAL_PLACES - format.places) * format_scale(format.kind)
                : plain_grain(chart, s);
        least = s == 0 ? grain : MIN(least, grain);
    }
    return least;
}

struct format chart_tick_format(const struct chart *chart, decimal step)
{
    struct format format = chart->series[0].format;
    if (!format_has_places(format.kind))
        return (struct format){FORMAT_PLAIN, 0};
    const decimal shown = step / format_scale(format.kind);
    for (int places = 0; places < format.places; places++)
        if (decimal_round(shown, places) == shown) {
            format.places = places;
            break;
        }
    return format;
}

/* Sine and cosine of an angle up to an eighth of a turn, radians, 2^30 to one, by Taylor's series:
 * its next term is below 2^-30. */
static void series_of(int64_t angle, int64_t *sine, int64_t *cosine)
{
    const int64_t one = (int64_t)1 << 30;
    int64_t term = one;
    *sine = 0;
    *cosine = one;
    for (int i = 1; i <= 11; i++) {
        term = term * angle / one / i;
        int64_t *sum = i % 2 ? sine : cosine;
        *sum += i % 4 == 1 || i % 4 == 0 ? term : -term;
    }
}

void chart_turn(int64_t turn, int64_t *x, int64_t *y)
{
    const int64_t quarter = (int64_t)1 << 28;
    const int64_t two_pi = 6746518852; /* 2^30 times 2 pi */
    turn = ((turn % (4 * quarter)) + 4 * quarter) % (4 * quarter);
    const int64_t within = turn % quarter;
    const bool far = within > quarter / 2;
    int64_t sine, cosine;
    series_of(((far ? quarter - within : within) * (two_pi >> 4)) >> 26, &sine, &cosine);
    const int64_t across = far ? cosine : sine, up = far ? sine : cosine;
    switch (turn / quarter) {
    case 0:
        *x = across, *y = -up;
        break;
    case 1:
        *x = up, *y = across;
        break;
    case 2:
        *x = -across, *y = up;
        break;
    default:
        *x = -up, *y = -across;
        break;
    }
}
