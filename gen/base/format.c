/* How a value is written for a reader. */
#include "base/format.h"

#include <string.h>

#include "base/date.h"
#include "base/decimal.h"

static const struct {
    const char *name;
    enum format_kind kind;
    bool has_places;
    int places; /* when the name does not say */
} formats[] = {
    {"plain", FORMAT_PLAIN, false, 0}, {"number", FORMAT_NUMBER, true, 0},
    {"money", FORMAT_MONEY, true, 2},  {"percent", FORMAT_PERCENT, true, 1},
    {"date", FORMAT_DATE, false, 0},   {"month", FORMAT_MONTH, false, 0},
    {"tick", FORMAT_TICK, false, 0},   {"yes_no", FORMAT_YES_NO, false, 0},
    {"blank", FORMAT_BLANK, false, 0},
};

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
        struct format read = {formats[i].kind, formats[i].places};

        if (strlen(formats[i].name) != length || strncmp(formats[i].name, name, length) != 0)
            continue;
        if (formats[i].has_places ? !parse_places(name + length, &read.places) : name[length])
            return false;
        *format = read;
        return true;
    }
    return false;
}

const char *const *format_names(void)
{
    static const char *const names[] = {"plain", "number", "money",  "percent", "date",
                                        "month", "tick",   "yes_no", "blank",   NULL};

    return names;
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
        g_string_append(out, "无");
        break;
    case STATE_INVALID:
        g_string_append(out, "（有误）");
        break;
    case STATE_SUPPRESSED:
        g_string_append(out, "不足3户");
        break;
    }
}

static void format_text(GString *out, enum format_kind kind, const char *text)
{
    struct date date;

    if ((kind != FORMAT_DATE && kind != FORMAT_MONTH) || !date_parse_iso(text, &date)) {
        g_string_append(out, text);
        return;
    }
    if (kind == FORMAT_MONTH)
        date.day = 0;
    date_format_chinese(out, date);
}

static void format_number(GString *out, struct format format, decimal number)
{
    switch (format.kind) {
    case FORMAT_NUMBER:
    case FORMAT_MONEY:
    case FORMAT_PERCENT:
        decimal_format(out, number, format.places, format.kind == FORMAT_MONEY);
        if (format.kind == FORMAT_PERCENT)
            g_string_append(out, "％");
        return;
    case FORMAT_TICK:
    case FORMAT_YES_NO:
        if (number == 0 || number == DECIMAL_ONE) {
            g_string_append(out, number ? "是" : "否");
            return;
        }
        break;
    case FORMAT_PLAIN:
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
