/* Exact decimals: 128-bit integers counting millionths. The one place where a REAL becomes a number
 * that may be added, rounded, compared or printed (design 6). Rounding is half-up, away from zero.
 */
#ifndef MINGBAI_BASE_DECIMAL_H
#define MINGBAI_BASE_DECIMAL_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

__extension__ typedef __int128 decimal; /* 1/1 000 000 of a unit */

enum { DECIMAL_PLACES = 6, DECIMAL_ONE = 1000000, DECIMAL_DIGITS = 15 };

/* The double taken half-up to 10^-6, computed exactly from its bits (no long double, so every
 * machine agrees). Magnitudes of 10^18 and more, infinities and NaN set *ok to false, and give 0.
 * What decimal_parse() read comes back through a double as it was: below 8 x 10^9 at once, above
 * that (where doubles lie more than 10^-6 apart) when rounded to its places. */
decimal decimal_from_real(double real, bool *ok);
double decimal_to_real(decimal number); /* the nearest double */
/* Half-up to places decimals (0 to 6). */
decimal decimal_round(decimal number, int places);
/* a / b half-up to places decimals; b must not be 0, and a below 10^26 units. */
decimal decimal_divide(decimal a, decimal b, int places);

enum decimal_error { DECIMAL_OK, DECIMAL_SYNTAX, DECIMAL_TOO_MANY_PLACES, DECIMAL_TOO_MANY_DIGITS };
/* Plain ASCII: optional sign, digits, optional point and digits. At most 6 decimals and 15
 * significant digits; zeros in front and at the end of the decimals do not count. */
enum decimal_error decimal_parse(const char *text, decimal *number);

/* Appends number rounded to exactly places decimals; group puts a comma at every third digit. */
void decimal_format(GString *out, decimal number, int places, bool group);
/* Appends number with as many decimals as it has, none trailing. */
void decimal_format_plain(GString *out, decimal number);

#endif
