/* Exact decimals: 128-bit integers counting millionths. */
#include "base/decimal.h"

#include <math.h>
#include <string.h>

__extension__ typedef unsigned __int128 magnitude;

static const int32_t powers[DECIMAL_PLACES + 1] = {1, 10, 100, 1000, 10000, 100000, 1000000};

/* Safe for the most negative decimal too. */
static magnitude absolute(decimal number)
{
    return number < 0 ? -(magnitude)number : (magnitude)number;
}

static decimal signed_as(magnitude number, bool negative)
{
    return negative ? -(decimal)number : (decimal)number;
}

decimal decimal_from_real(double real, bool *ok)
{
    int exponent;
    double fraction;
    magnitude scaled;

    *ok = isfinite(real) && fabs(real) < 1e18;
    if (!*ok || real == 0)
        return 0;
    /* |real| is a 53-bit integer times 2^exponent, and both steps that say so are exact. Millionths
     * of it need 73 bits, or 80 when the exponent is positive (below 10^18). */
    fraction = frexp(fabs(real), &exponent);
    scaled = (magnitude)(uint64_t)ldexp(fraction, 53) * DECIMAL_ONE;
    exponent -= 53;
    if (exponent >= 0) {
        scaled <<= exponent;
    } else if (exponent < -80) {
        scaled = 0;
    } else {
        const magnitude half = (magnitude)1 << (-exponent - 1);

        scaled = (scaled + half) >> -exponent;
    }
    return signed_as(scaled, real < 0);
}

static const uint64_t EXACT_INTEGER = UINT64_C(1) << 53;

double decimal_to_real(decimal number)
{
    magnitude rest = absolute(number), quotient;
    double real;
    int shift = 0;

    /* Two integers that doubles hold exactly: the one rounding is the division's. */
    if (rest <= EXACT_INTEGER)
        return (double)(int64_t)number / DECIMAL_ONE;
    while (!(rest >> 126)) {
        rest <<= 1;
        shift++;
    }
    /* More than 100 bits of quotient; its last bit stands for all that is lost, so that the one
     * rounding, the conversion to double, goes the right way. */
    quotient = rest / DECIMAL_ONE;
    if (rest % DECIMAL_ONE)
        quotient |= 1;
    real = ldexp((double)quotient, -shift);
    return number < 0 ? -real : real;
}

/* a / b, halves up. */
static magnitude divide_half_up(magnitude a, magnitude b)
{
    const magnitude rest = a % b;

    return a / b + (rest >= b - rest);
}

decimal decimal_round(decimal number, int places)
{
    g_assert(places >= 0 && places <= DECIMAL_PLACES);
    const int32_t unit = powers[DECIMAL_PLACES - places];

    return signed_as(divide_half_up(absolute(number), (magnitude)unit) * (magnitude)unit,
                     number < 0);
}

decimal decimal_divide(decimal a, decimal b, int places)
{
    magnitude scaled, quotient;

    g_assert(b != 0 && places >= 0 && places <= DECIMAL_PLACES);
    if (__builtin_mul_overflow(absolute(a), (magnitude)powers[places], &scaled))
        g_error("decimal_divide: the dividend is out of range");
    quotient = divide_half_up(scaled, absolute(b)) * (magnitude)powers[DECIMAL_PLACES - places];
    return signed_as(quotient, (a < 0) != (b < 0));
}

static size_t count_digits(const char *text)
{
    size_t count = 0;

    while (g_ascii_isdigit(text[count]))
        count++;
    return count;
}

enum decimal_error decimal_parse(const char *text, decimal *number)
{
    const bool negative = *text == '-';
    const char *whole = text + (*text == '-' || *text == '+');
    size_t nwhole = count_digits(whole), nfraction = 0;
    const char *fraction = whole + nwhole;
    magnitude sum = 0;

    if (nwhole == 0)
        return DECIMAL_SYNTAX;
    if (*fraction == '.') {
        fraction++;
        nfraction = count_digits(fraction);
        if (nfraction == 0)
            return DECIMAL_SYNTAX;
    }
    if (fraction[nfraction] != '\0')
        return DECIMAL_SYNTAX;

    /* Zeros that say nothing count neither as decimals nor as digits. */
    for (; nwhole && *whole == '0'; whole++)
        nwhole--;
    while (nfraction && fraction[nfraction - 1] == '0')
        nfraction--;
    if (nfraction > DECIMAL_PLACES)
        return DECIMAL_TOO_MANY_PLACES;
    const size_t zeros = nwhole ? 0 : strspn(fraction, "0");
    if (nwhole + nfraction > DECIMAL_DIGITS + MIN(zeros, nfraction))
        return DECIMAL_TOO_MANY_DIGITS;

    for (size_t i = 0; i < nwhole; i++)
        sum = sum * 10 + (magnitude)(whole[i] - '0');
    for (size_t i = 0; i < DECIMAL_PLACES; i++)
        sum = sum * 10 + (magnitude)(i < nfraction ? fraction[i] - '0' : 0);
    *number = signed_as(sum, negative);
    return DECIMAL_OK;
}

void decimal_format(GString *out, decimal number, int places, bool group)
{
    char digits[64];
    int count = 0;
    magnitude rest;

    number = decimal_round(number, places);
    rest = absolute(number) / (magnitude)powers[DECIMAL_PLACES - places];
    /* Backwards, at least one digit before the point. */
    for (int place = -places; place <= 0 || rest; place++) {
        if (place == 0 && places)
            digits[count++] = '.';
        if (group && place > 0 && place % 3 == 0)
            digits[count++] = ',';
        digits[count++] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    }
    if (number < 0)
        digits[count++] = '-';
    while (count)
        g_string_append_c(out, digits[--count]);
}

void decimal_format_plain(GString *out, decimal number)
{
    int places = DECIMAL_PLACES;

    while (places && number % powers[DECIMAL_PLACES - places + 1] == 0)
        places--;
    decimal_format(out, number, places, false);
}
