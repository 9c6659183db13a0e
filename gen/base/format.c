/* How a value is written for a reader. */
#include "base/format.h"

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/numerals.h"

#define DIGITS "0123456789-."

/* All that follows in enum format_kind's order. */
static const char *const NAMES[] = {
    "plain",        "number",  "money",   "wan",   "yi",    "percent",
    "ratio",        "capital", "chinese", "date",  "month", "chinese_date",
    "capital_date", "tick",    "yes_no",  "blank", NULL};

static const struct {
    int places; /* when the name does not say; -1: it has none */
    int32_t scale;
    bool number, words;
    const char *alphabet;
} formats[] = {
    {-1, 1, false, false, DIGITS},                                   /* plain */
    {0, 1, true, false, DIGITS},                                     /* number */
    {2, 1, true, false, DIGITS ","},                                 /* money */
    {2, 10000, true, false, DIGITS ","},                             /* wan */
    {2, 100000000, true, false, DIGITS ","},                         /* yi */
    {1, 1, true, false, DIGITS "％"},                                /* percent */
    {-1, 1, false, true, DIGITS ",％—（/）"},                        /* ratio */
    {-1, 1, true, true, "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整负"}, /* capital */
    {-1, 1, true, true, "零一二三四五六七八九十百千万亿点负"},       /* chinese */
    {-1, 1, false, false, DIGITS "年月日"},                          /* date */
    {-1, 1, false, false, DIGITS "年月"},                            /* month */
    {-1, 1, false, true, DIGITS "〇一二三四五六七八九十年月日"},     /* chinese_date */
    {-1, 1, false, true, DIGITS "零壹贰叁肆伍陆柒捌玖拾年月日"},     /* capital_date */
    {-1, 1, false, true, DIGITS "是否"},                             /* tick */
    {-1, 1, false, true, DIGITS "是否"},                             /* yes_no */
    {-1, 1, false, false, DIGITS "_"},                               /* blank */
};

G_STATIC_ASSERT(G_N_ELEMENTS(formats) == FORMAT_BLANK + 1);
G_STATIC_ASSERT(G_N_ELEMENTS(NAMES) == FORMAT_BLANK + 2);

/* "" or (n) with n from 0 to 6. */
static bool parse_places(const char *text, int *places)
{
    if (*text == '\0')
        return true;
    if (text[0] != '(' || text[1] < '0' || text[1] > '0' + DECIMAL_PLACES ||
        strcmp(text + 2, ")") != 0)
        return false;
    *places = text[1] - '0';
    return true;
}

bool format_parse(const char *name, struct format *format)
{
    const size_t length = strcspn(name, "(");

    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        struct format read = {(enum format_kind)i, MAX(formats[i].places, 0)};

        if (strlen(NAMES[i]) != length || strncmp(NAMES[i], name, length) != 0)
            continue;
        if (formats[i].places >= 0 ? !parse_places(name + length, &read.places) : name[length])
            return false;
        *format = read;
        return true;
    }
    return false;
}

const char *const *format_names(void)
{
    return NAMES;
}

void format_write_name(GString *out, struct format format)
{
    g_string_append(out, NAMES[format.kind]);
    if (format_has_places(format.kind))
        g_string_append_printf(out, "(%d)", format.places);
}

bool format_has_places(enum format_kind kind)
{
    return formats[kind].places >= 0;
}

int32_t format_scale(enum format_kind kind)
{
    return formats[kind].scale;
}

bool format_needs_number(enum format_kind kind)
{
    return formats[kind].number;
}

bool format_is_words(enum format_kind kind)
{
    return formats[kind].words;
}

void format_alphabet(GString *out, struct format format)
{
    g_string_append(out, formats[format.kind].alphabet);
}

static void format_null(GString *out, enum format_kind kind, enum value_state why)
{
    switch (why) {
    case STATE_VALUE:
    case STATE_EMPTY:
        if (kind == FORMAT_BLANK)
            g_string_append(out, "________");
        break;
    case STATE_NONE:
        g_string_append(out, kind == FORMAT_PERCENT ? "—" : "无");
        break;
    case STATE_INVALID:
        g_string_append(out, "（有误）");
        break;
    case STATE_SUPPRESSED:
        g_string_append(out, "不足3户");
        break;
    }
}

static void format_date(GString *out, enum format_kind kind, struct date date)
{
    if (kind == FORMAT_CHINESE_DATE)
        numerals_date(out, date);
    else if (kind == FORMAT_CAPITAL_DATE)
        numerals_date_capital(out, date);
    else
        date_format_chinese(out, date);
}

static void format_text(GString *out, enum format_kind kind, const char *text)
{
    const bool dates = kind == FORMAT_DATE || kind == FORMAT_MONTH || kind == FORMAT_CHINESE_DATE ||
                       kind == FORMAT_CAPITAL_DATE;
    struct date date;

    if (!dates || !date_parse_iso(text, &date)) {
        g_string_append(out, text);
        return;
    }
    if (kind == FORMAT_MONTH)
        date.day = 0;
    format_date(out, kind, date);
}

static void format_rounded(GString *out, struct format format, decimal number)
{
    const int32_t scale = format_scale(format.kind);
    const bool group = format.kind != FORMAT_NUMBER && format.kind != FORMAT_PERCENT;

    if (scale != 1)
        number = decimal_divide(number, (decimal)scale * DECIMAL_ONE, format.places);
    decimal_format(out, number, format.places, group);
    if (format.kind == FORMAT_PERCENT)
        g_string_append(out, "％");
}

static void format_number(GString *out, struct format format, decimal number)
{
    struct date year = {0};

    switch (format.kind) {
    case FORMAT_NUMBER:
    case FORMAT_MONEY:
    case FORMAT_WAN:
    case FORMAT_YI:
    case FORMAT_PERCENT:
        format_rounded(out, format, number);
        return;
    case FORMAT_CAPITAL:
        numerals_amount(out, number);
        return;
    case FORMAT_CHINESE:
        numerals_number(out, number);
        return;
    case FORMAT_CHINESE_DATE:
    case FORMAT_CAPITAL_DATE:
        if (number % DECIMAL_ONE == 0 && number > 0 && number < 10000 * (decimal)DECIMAL_ONE)
            year.year = (int)(number / DECIMAL_ONE);
        if (date_valid(year)) {
            format_date(out, format.kind, year);
            return;
        }
        break;
    case FORMAT_TICK:
    case FORMAT_YES_NO:
        if (number == 0 || number == DECIMAL_ONE) {
            g_string_append(out, number ? "是" : "否");
            return;
        }
        break;
    case FORMAT_PLAIN:
    case FORMAT_RATIO:
    case FORMAT_DATE:
    case FORMAT_MONTH:
    case FORMAT_BLANK:
        break;
    }
    decimal_format_plain(out, number);
}

/* A double tells 15 digits: what it says of millionths beyond them is chance. */
static decimal keep_digits(decimal number)
{
    decimal limit = 1000000000000000; /* of DECIMAL_DIGITS digits, counted in millionths */
    int places = DECIMAL_PLACES;

    for (; places > 0 && (number >= limit || number <= -limit); places--)
        limit *= 10;
    return decimal_round(number, places);
}

void format_value(GString *out, struct format format, const struct value *value)
{
    decimal number;
    bool ok;

    switch (value->type) {
    case VALUE_NULL:
        format_null(out, format.kind, value->state);
        break;
    case VALUE_INTEGER:
        format_number(out, format, (decimal)value->integer * DECIMAL_ONE);
        break;
    case VALUE_REAL:
        number = decimal_from_real(value->real, &ok);
        if (ok)
            format_number(out, format, keep_digits(number));
        else
            format_null(out, format.kind, STATE_INVALID);
        break;
    case VALUE_TEXT:
        format_text(out, format.kind, value->text);
        break;
    }
}
