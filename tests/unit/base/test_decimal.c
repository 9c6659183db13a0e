/* Exact decimals, against vectors computed with Python's fractions (round half away from zero). */
#include "base/decimal.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* Digits of a whole 128-bit number, by other means than the code under test. */
static decimal parse_whole(const char *text)
{
    const bool negative = *text == '-';
    decimal number = 0;

    for (text += negative; *text; text++)
        number = number * 10 - (*text - '0'); /* downwards: the most negative number fits */
    return negative ? number : -number;
}

static void assert_decimal(decimal number, const char *expected, const char *what)
{
    if (number != parse_whole(expected)) {
        GString *out = g_string_new(NULL);

        decimal_format_plain(out, number);
        fail_msg("%s: %s, expected %s millionths", what, out->str, expected);
    }
}

/* clang-format off */
static const struct {
    double real;
    const char *millionths;
} from_real[] = {
    {0.0, "0"},
    {-0.0, "0"},
    {1.005, "1005000"},
    {2.675, "2675000"},
    {0.1, "100000"},
    {0.2, "200000"},
    {0.30000000000000004, "300000"},
    {1.1, "1100000"},
    {2.2, "2200000"},
    {3.3000000000000003, "3300000"},
    {0.0000005, "0"},
    {-0.0000005, "0"},
    {0.00000049999999999999, "0"},
    {-0.00000049999999999999, "0"},
    {0.0000015, "2"},
    {0.0000025, "3"},
    {0.0000035, "3"},
    {-0.0000015, "-2"},
    {1.0000005, "1000001"},
    {2.0000005, "2000001"},
    {1.0000015, "1000001"},
    {1.4999995, "1499999"},
    {0.9999995, "1000000"},
    {0.99999949999999994, "999999"},
    {0.99999999999999989, "1000000"},
    {1.0000000000000002, "1000000"},
    {999999999999999.0, "999999999999999000000"},
    {999999999999999.5, "999999999999999500000"},
    {999999999.999999, "999999999999999"},
    {999999999.9999995, "1000000000000000"},
    {999999999.9999999, "1000000000000000"},
    {100000000.005, "100000000005000"},
    {-1.005, "-1005000"},
    {-2.675, "-2675000"},
    {123456789.123456, "123456789123456"},
    {123456789.1234565, "123456789123456"},
    {0.045, "45000"},
    {0.145, "145000"},
    {1.255, "1255000"},
    {8.345, "8345000"},
    {1e15, "1000000000000000000000"},
    {1e16, "10000000000000000000000"},
    {1e17, "100000000000000000000000"},
    {-1e17, "-100000000000000000000000"},
    {123456789012345678.0, "123456789012345680000000"},
    {999999999999999872.0, "999999999999999872000000"},
    {-999999999999999872.0, "-999999999999999872000000"},
    {4503599627370496.5, "4503599627370496000000"},
    {4503599627370495.5, "4503599627370495500000"},
    {9007199254740991.0, "9007199254740991000000"},
    {9007199254740993.0, "9007199254740992000000"},
    {5e-324, "0"},
    {-5e-324, "0"},
    {2.2250738585072014e-308, "0"},
    {2.2250738585072009e-308, "0"},
    {1e-20, "0"},
    {1e-18, "0"},
    {4.76837158203125e-07, "0"},
    {9.5367431640625e-07, "1"},
    {1e-6, "1"},
    {1e-7, "0"},
    {6e-7, "1"},
    {0.5, "500000"},
    {0.25, "250000"},
    {0.125, "125000"},
    {0.015625, "15625"},
    {0.0009765625, "977"},
    {0.00048828125, "488"},
    {7.62939453125e-06, "8"},
    {3.814697265625e-06, "4"},
    {0.0001220703125, "122"},
    {1.9073486328125e-06, "2"},
    {99999.995, "99999995000"},
    {1234.5678905, "1234567890"},
    {33.333333333333336, "33333333"},
    {66.66666666666667, "66666667"},
    {-66.66666666666667, "-66666667"},
    {1e9, "1000000000000000"},
    {4e9, "4000000000000000"},
    {57646.075230342349, "57646075230"},
    {0.0078125, "7813"},
    {-0.0078125, "-7813"},
    {0.0234375, "23438"},
    {-0.0234375, "-23438"},
    {0.0390625, "39063"},
    {-0.0390625, "-39063"},
    {0.0546875, "54688"},
    {-0.0546875, "-54688"},
    {0.0703125, "70313"},
    {-0.0703125, "-70313"},
    {0.0859375, "85938"},
    {-0.0859375, "-85938"},
    {500.0078125, "500007813"},
    {-500.0078125, "-500007813"},
    {7812499.9921875, "7812499992188"},
    {-7812499.9921875, "-7812499992188"},
    {-6627772122951381.0, "-6627772122951381000000"},
    {-47.259663800243004, "-47259664"},
    {-2378857633264917.0, "-2378857633264917000000"},
    {7699730.424899539, "7699730424900"},
    {-1587.68082307857, "-1587680823"},
    {19566259.544796903, "19566259544797"},
    {5755.658912339428, "5755658912"},
    {-4722079625.887109, "-4722079625887109"},
    {1983459944696.8005, "1983459944696800537"},
    {-6.203301379392323e-08, "0"},
    {308906067922.7241, "308906067922724121"},
    {7773023978851027.0, "7773023978851027000000"},
    {-40368391465657.625, "-40368391465657625000"},
    {-9.297190745093993e-06, "-9"},
    {-178922683.95239264, "-178922683952393"},
    {1139789405.0384028, "1139789405038403"},
    {4.9775106502281e-05, "50"},
    {-3138294315450.6216, "-3138294315450621582"},
    {0.08700579206703367, "87006"},
    {182377593.7247353, "182377593724735"},
};

static const struct {
    const char *millionths;
    double real;
} to_real[] = {
    {"0", 0.0},
    {"1", 1e-06},
    {"-1", -1e-06},
    {"5", 5e-06},
    {"999999", 0.999999},
    {"1000000", 1.0},
    {"1005000", 1.005},
    {"2675000", 2.675},
    {"-300000", -0.3},
    {"999999999999999000000", 999999999999999.0},
    {"999999999999999999999", 1000000000000000.0},
    {"1000000000000000000001", 1000000000000000.0},
    {"9007199254740993", 9007199254.740993},
    {"9007199254740993000000", 9007199254740992.0},
    {"9007199254740993000000", 9007199254740992.0},
    {"9007199254740993000000", 9007199254740992.0},
    {"9007199254740992999999", 9007199254740992.0},
    {"9007199254740993000001", 9007199254740994.0},
    {"9007199254740995000000", 9007199254740996.0},
    {"123456789012345678901234", 1.2345678901234568e+17},
    {"999999999999999999999999", 1e+18},
    {"1000000000000000000000000007", 1e+21},
    {"-1000000000000000000000000000001", -1e+24},
    {"85070591730234615865843651857942052864", 8.507059173023461e+31},
    {"-85070591730234615865843651857942052863", -8.507059173023461e+31},
    {"170141183460469231731687303715884105727", 1.7014118346046922e+32},
    {"333333333333333333333333", 3.333333333333333e+17},
    {"-64244609956086006398712", -6.424460995608601e+16},
    {"-9582573823425960853075", -9582573823425960.0},
    {"-20956964706614841559064998058", -2.095696470661484e+22},
    {"218305825401171342501", 218305825401171.34},
    {"-233913243851197870696221790", -2.3391324385119787e+20},
    {"-8098487868546703517974", -8098487868546704.0},
    {"34257176957635309464", 34257176957635.31},
    {"-74240355897441026986045314", -7.424035589744103e+19},
};

static const struct {
    const char *a, *b;
    int places;
    const char *quotient;
} quotients[] = {
    {"1000000", "3000000", 6, "333333"},
    {"1000000", "3000000", 2, "330000"},
    {"2000000", "3000000", 2, "670000"},
    {"-2000000", "3000000", 2, "-670000"},
    {"2000000", "-3000000", 2, "-670000"},
    {"-2000000", "-3000000", 2, "670000"},
    {"1000000", "8000000", 2, "130000"},
    {"3000000", "8000000", 2, "380000"},
    {"-1000000", "8000000", 2, "-130000"},
    {"1000000", "200000000", 2, "10000"},
    {"1000000", "-200000000", 2, "-10000"},
    {"18200000000", "200000000", 1, "91000000"},
    {"1000000", "2000000", 0, "1000000"},
    {"3000000", "2000000", 0, "2000000"},
    {"-1000000", "2000000", 0, "-1000000"},
    {"0", "7000000", 4, "0"},
    {"100000000000000000000", "3000000", 6, "33333333333333333333"},
    {"1000000", "1000000000000", 6, "1"},
    {"1000000", "2000000000000", 6, "1"},
    {"1000000", "2000001000000", 6, "0"},
    {"355000000", "113000000", 5, "3141590"},
    {"1005000000", "1000000000", 2, "1010000"},
    {"2675000000", "1000000000", 2, "2680000"},
    {"1000000000000000000000000000000", "7", 6, "142857142857142857142857142857142857"},
    {"1000000000000000000000000000001", "-1000000000000000000", 3, "-1000000000000000000"},
    {"-184291451385210", "206564832", 4, "-892172445800"},
    {"671066463075695", "141087906", 3, "4756371273000"},
    {"706356796725072", "211737271", 3, "3336005954000"},
    {"78654591437105", "819926898", 5, "95928785390"},
    {"888120743548904", "333379156", 3, "2663996016000"},
    {"-843599998276938", "559183077", 1, "-1508629300000"},
    {"-174143189100741", "504416317", 3, "-345237026000"},
    {"-371199916535050", "630920738", 1, "-588346400000"},
    {"-683015369181774", "708904855", 6, "-963479604300"},
    {"-893501638228407", "126995519", 3, "-7035694214000"},
};
/* clang-format on */

static void decimal_from_real_is_exact(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(from_real); i++) {
        char what[64];
        bool ok = false;
        const decimal number = decimal_from_real(from_real[i].real, &ok);

        g_snprintf(what, sizeof what, "%.17g", from_real[i].real);
        assert_true(ok);
        assert_decimal(number, from_real[i].millionths, what);
    }
}

static void decimal_from_real_refuses_what_has_no_place(void **state)
{
    const double refused[] = {1e18, -1e18, 1e300, DBL_MAX, INFINITY, -INFINITY, NAN};
    bool ok;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
        ok = true;
        decimal_from_real(refused[i], &ok);
        assert_false(ok);
    }
    decimal_from_real(nextafter(1e18, 0), &ok);
    assert_true(ok);
}

static void decimal_to_real_is_the_nearest(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(to_real); i++) {
        const double real = decimal_to_real(parse_whole(to_real[i].millionths));

        if (real != to_real[i].real)
            fail_msg("%s: %.17g, expected %.17g", to_real[i].millionths, real, to_real[i].real);
    }
}

static void decimal_divide_rounds_half_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(quotients); i++)
        assert_decimal(decimal_divide(parse_whole(quotients[i].a), parse_whole(quotients[i].b),
                                      quotients[i].places),
                       quotients[i].quotient, quotients[i].a);
}

static void decimal_round_goes_away_from_zero(void **state)
{
    (void)state;
    assert_decimal(decimal_round(1005000, 2), "1010000", "1.005");
    assert_decimal(decimal_round(-1005000, 2), "-1010000", "-1.005");
    assert_decimal(decimal_round(1004999, 2), "1000000", "1.004999");
    assert_decimal(decimal_round(-1004999, 2), "-1000000", "-1.004999");
    assert_decimal(decimal_round(500000, 0), "1000000", "0.5");
    assert_decimal(decimal_round(-500000, 0), "-1000000", "-0.5");
    assert_decimal(decimal_round(499999, 0), "0", "0.499999");
    assert_decimal(decimal_round(123456, 6), "123456", "0.123456");
    assert_decimal(decimal_round(999999999999995000, 2), "1000000000000000000", "carry");
}

static void assert_parses(const char *text, const char *millionths)
{
    decimal number = -7;

    assert_int_equal(decimal_parse(text, &number), DECIMAL_OK);
    assert_decimal(number, millionths, text);
}

static void decimal_parse_reads_plain_numbers(void **state)
{
    (void)state;
    assert_parses("0", "0");
    assert_parses("-0", "0");
    assert_parses("3000", "3000000000");
    assert_parses("+1.5", "1500000");
    assert_parses("-1.005", "-1005000");
    assert_parses("0.000001", "1");
    assert_parses("0.123456", "123456");
    assert_parses("000123.50", "123500000");
    assert_parses("1.50000000", "1500000");
    assert_parses("999999999999999", "999999999999999000000");
    assert_parses("999999999.999999", "999999999999999");
    assert_parses("0000000000000000000000001", "1000000");
    assert_parses("0.000000000000000000", "0");
}

static void decimal_parse_says_what_is_wrong(void **state)
{
    const char *const bad[] = {"",   "-",     "+",   ".",    ".5",   "5.", "1,000", "1e5", " 1",
                               "1 ", "1.2.3", "--1", "0x1F", "１２", "一", "1.5元", "1-",  "NaN"};
    decimal number = 42;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_int_equal(decimal_parse(bad[i], &number), DECIMAL_SYNTAX);
    assert_int_equal(decimal_parse("0.1234567", &number), DECIMAL_TOO_MANY_PLACES);
    assert_int_equal(decimal_parse("1.0000001", &number), DECIMAL_TOO_MANY_PLACES);
    assert_int_equal(decimal_parse("1000000000000000", &number), DECIMAL_TOO_MANY_DIGITS);
    assert_int_equal(decimal_parse("1234567890.123456", &number), DECIMAL_TOO_MANY_DIGITS);
    assert_int_equal(decimal_parse("990101198001010014", &number), DECIMAL_TOO_MANY_DIGITS);
    assert_true(number == 42);
}

static void assert_format(decimal number, int places, bool group, const char *expected)
{
    GString *out = g_string_new("<");

    decimal_format(out, number, places, group);
    assert_string_equal(out->str + 1, expected);
    g_string_free(out, TRUE);
}

static void decimal_format_writes_places_and_groups(void **state)
{
    (void)state;
    assert_format(0, 2, true, "0.00");
    assert_format(-4000, 2, true, "0.00"); /* no minus before what rounds to zero */
    assert_format(-5000, 2, true, "-0.01");
    assert_format(999000000, 2, true, "999.00");
    assert_format(1000000000, 2, true, "1,000.00");
    assert_format(1000000000, 2, false, "1000.00");
    assert_format(-1234567890000, 2, true, "-1,234,567.89");
    assert_format(999995000, 2, true, "1,000.00");
    assert_format(123456, 6, true, "0.123456");
    assert_format(1500000, 0, true, "2");
    assert_format(100000000000, 0, true, "100,000");
    assert_format((decimal)INT64_MAX * DECIMAL_ONE, 0, true, "9,223,372,036,854,775,807");
}

static void assert_plain(decimal number, const char *expected)
{
    GString *out = g_string_new(NULL);

    decimal_format_plain(out, number);
    assert_string_equal(out->str, expected);
    g_string_free(out, TRUE);
}

static void decimal_format_plain_drops_trailing_zeros(void **state)
{
    (void)state;
    assert_plain(0, "0");
    assert_plain(2500000, "2.5");
    assert_plain(-2500000, "-2.5");
    assert_plain(100000000, "100");
    assert_plain(1, "0.000001");
    assert_plain(1010000, "1.01");
}

/* Whatever a ledger may hold comes back from a double as it was written: at once below 2^33, where
 * doubles are less than 10^-6 apart, else when rounded to its places. */
static void decimal_survives_a_trip_through_a_double(void **state)
{
    GRand *random = g_rand_new_with_seed(20260909);

    (void)state;
    for (int i = 0; i < 20000; i++) {
        const int places = g_rand_int_range(random, 0, 7), digits = g_rand_int_range(random, 1, 16);
        GString *text = g_string_new(g_rand_boolean(random) ? "-" : "");
        decimal number, back;
        bool ok;

        for (int digit = 0; digit < digits; digit++) {
            if (digit && digit == digits - places)
                g_string_append_c(text, '.');
            g_string_append_c(text, (char)('0' + g_rand_int_range(random, 0, 10)));
        }
        assert_int_equal(decimal_parse(text->str, &number), DECIMAL_OK);
        /* the C library's reader and ours agree on the double, and it leads back */
        assert_true(decimal_to_real(number) == g_ascii_strtod(text->str, NULL));
        back = decimal_from_real(decimal_to_real(number), &ok);
        assert_true(ok);
        assert_true(decimal_round(back, places) == number);
        if (back < (decimal)DECIMAL_ONE << 33 && back > -((decimal)DECIMAL_ONE << 33))
            assert_true(back == number);
        g_string_free(text, TRUE);
    }
    g_rand_free(random);
}

static void decimal_from_real_is_symmetric_and_monotonic(void **state)
{
    GRand *random = g_rand_new_with_seed(42);

    (void)state;
    for (int i = 0; i < 20000; i++) {
        const double real =
            ldexp(g_rand_double_range(random, 0.5, 1), g_rand_int_range(random, -60, 59));
        bool ok, other;
        const decimal number = decimal_from_real(real, &ok);

        assert_true(number == -decimal_from_real(-real, &other));
        assert_true(ok && other);
        assert_true(number <= decimal_from_real(nextafter(real, INFINITY), &ok));
    }
    g_rand_free(random);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimal_from_real_is_exact),
        cmocka_unit_test(decimal_from_real_refuses_what_has_no_place),
        cmocka_unit_test(decimal_to_real_is_the_nearest),
        cmocka_unit_test(decimal_divide_rounds_half_up),
        cmocka_unit_test(decimal_round_goes_away_from_zero),
        cmocka_unit_test(decimal_parse_reads_plain_numbers),
        cmocka_unit_test(decimal_parse_says_what_is_wrong),
        cmocka_unit_test(decimal_format_writes_places_and_groups),
        cmocka_unit_test(decimal_format_plain_drops_trailing_zeros),
        cmocka_unit_test(decimal_survives_a_trip_through_a_double),
        cmocka_unit_test(decimal_from_real_is_symmetric_and_monotonic),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
