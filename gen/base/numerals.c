/* Numbers and dates in Chinese characters. */
#include "base/numerals.h"

struct script {
    const char *digits[10];
    const char *places[4]; /* of a group of four digits, from the ones up */
};

static const struct script CAPITALS = {{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"},
                                       {"", "拾", "佰", "仟"}};
static const struct script NUMERALS = {{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
                                       {"", "十", "百", "千"}};

static const uint64_t WAN = 10000, YI = 100000000;

/* 1 to 9999; zeros between digits are one 零. */
static void write_group(GString *out, const struct script *script, unsigned number)
{
    unsigned unit = 1000;
    bool written = false, zero = false;

    for (int place = 3; place >= 0; place--, unit /= 10) {
        const unsigned digit = number / unit % 10;

        if (digit == 0) {
            zero = written;
            continue;
        }
        if (zero)
            g_string_append(out, script->digits[0]);
        g_string_append(out, script->digits[digit]);
        g_string_append(out, script->places[place]);
        written = true;
        zero = false;
    }
}

static void write_whole(GString *out, const struct script *script, uint64_t number);

/* number is below unit's square; what is missing between unit and the rest is one 零. */
static void write_above(GString *out, const struct script *script, uint64_t number, uint64_t unit,
                        const char *name)
{
    const uint64_t rest = number % unit;

    write_whole(out, script, number / unit);
    g_string_append(out, name);
    if (rest > 0 && rest < unit / 10)
        g_string_append(out, script->digits[0]);
    if (rest > 0)
        write_whole(out, script, rest);
}

/* From 1. */
static void write_whole(GString *out, const struct script *script, uint64_t number)
{
    if (number >= YI)
        write_above(out, script, number, YI, "亿");
    else if (number >= WAN)
        write_above(out, script, number, WAN, "万");
    else
        write_group(out, script, (unsigned)number);
}

/* Its sign written, its size; decimals stay below 10^25 units, whole ones below 2^63. */
static decimal take_sign(GString *out, decimal number)
{
    if (number < 0)
        g_string_append(out, "负");
    return number < 0 ? -number : number;
}

void numerals_amount(GString *out, decimal amount)
{
    const decimal rounded = take_sign(out, decimal_round(amount, 2));
    const uint64_t whole = (uint64_t)(rounded / DECIMAL_ONE);
    const unsigned cents = (unsigned)(rounded % DECIMAL_ONE / (DECIMAL_ONE / 100));
    const unsigned jiao = cents / 10, fen = cents % 10;

    if (whole > 0)
        write_whole(out, &CAPITALS, whole);
    else if (cents == 0)
        g_string_append(out, "零");
    if (whole > 0 || cents == 0)
        g_string_append(out, cents == 0 ? "元整" : "元");
    if (whole > 0 && cents > 0 && (jiao == 0 || whole % 10 == 0))
        g_string_append(out, "零");
    if (jiao > 0)
        g_string_append_printf(out, "%s角", CAPITALS.digits[jiao]);
    if (fen > 0)
        g_string_append_printf(out, "%s分", CAPITALS.digits[fen]);
}

/* 十二, not 一十二, at a number's beginning. */
static void write_numeral(GString *out, uint64_t number)
{
    const gsize start = out->len;

    if (number == 0)
        g_string_append(out, NUMERALS.digits[0]);
    else
        write_whole(out, &NUMERALS, number);
    if (g_str_has_prefix(out->str + start, "一十"))
        g_string_erase(out, (gssize)start, (gssize)sizeof("一") - 1);
}

void numerals_number(GString *out, decimal number)
{
    const decimal size = take_sign(out, number);
    unsigned fraction = (unsigned)(size % DECIMAL_ONE);

    write_numeral(out, (uint64_t)(size / DECIMAL_ONE));
    if (fraction > 0)
        g_string_append(out, "点");
    for (; fraction > 0; fraction = fraction * 10 % DECIMAL_ONE)
        g_string_append(out, NUMERALS.digits[fraction / (DECIMAL_ONE / 10)]);
}

static void write_year(GString *out, const struct script *script, const char *zero, int year)
{
    for (int unit = 1000; unit > 0; unit /= 10) {
        const int digit = year / unit % 10;

        g_string_append(out, digit ? script->digits[digit] : zero);
    }
    g_string_append(out, "年");
}

/* What could be made larger by a character put before it begins with 零: numbers up to the last
 * that a larger one ends with, and round tens. */
static void write_capital(GString *out, int number, int last)
{
    if (number <= last || number % 10 == 0)
        g_string_append(out, CAPITALS.digits[0]);
    write_group(out, &CAPITALS, (unsigned)number);
}

void numerals_date_capital(GString *out, struct date date)
{
    write_year(out, &CAPITALS, CAPITALS.digits[0], date.year);
    if (date.month > 0) {
        write_capital(out, date.month, 2);
        g_string_append(out, "月");
    }
    if (date.day > 0) {
        write_capital(out, date.day, 9);
        g_string_append(out, "日");
    }
}

void numerals_date(GString *out, struct date date)
{
    write_year(out, &NUMERALS, "〇", date.year);
    if (date.month > 0) {
        write_numeral(out, (uint64_t)date.month);
        g_string_append(out, "月");
    }
    if (date.day > 0) {
        write_numeral(out, (uint64_t)date.day);
        g_string_append(out, "日");
    }
}
