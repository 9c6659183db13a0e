/* Number formats: which are dates, percentages, numbers with zeros before them. */
#include "ledger/book_number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

enum {
    KEPT_DIGITS = 15,
    DAYS_1904 = 1460, /* from 1900-01-01 to 1904-01-01 */
    DAY_SECONDS = 86400,
    ZEROS_MOST = 15
};

/* Past what stands in the format literally at at; at itself if nothing does. */
static const char *skip_literal(const char *at)
{
    const char *end;

    switch (*at) {
    case '"':
        end = strchr(at + 1, '"');
        return end ? end + 1 : at + strlen(at);
    case '\\':
    case '_':
    case '*':
        return at[1] ? g_utf8_next_char(at + 1) : at + 1;
    case '[': /* [红色] [$-804] [>=100]; [h] [mm] [ss] are time that goes on beyond a day */
        end = strchr(at, ']');
        return !end ? at + strlen(at) : strchr("hHmMsS", at[1]) && at[1] ? at : end + 1;
    default:
        break;
    }
    if (g_ascii_strncasecmp(at, "AM/PM", 5) == 0)
        return at + 5;
    return g_ascii_strncasecmp(at, "A/P", 3) == 0 ? at + 3 : at;
}

/* m is a month or a minute: *m until the whole format is known. */
static void take_letter(struct number_form *form, const char *at, bool *m)
{
    switch (g_ascii_tolower(*at)) {
    case 'y':
        form->year = true;
        break;
    case 'e': /* the year of Chinese formats; E+ is an exponent */
        form->year = form->year || (at[1] != '+' && at[1] != '-');
        break;
    case 'm':
        *m = true;
        break;
    case 'd':
    case 'a': /* aaaa: 星期四 */
        form->day = true;
        break;
    case 'h':
    case 's':
        form->time = true;
        break;
    case '%':
        form->percent = true;
        break;
    default:
        break;
    }
}

struct number_form number_form_of_code(const char *code)
{
    struct number_form form = {0};
    const size_t zeros = strspn(code, "0");
    bool m = false;

    if (g_ascii_strncasecmp(code, "General", 7) == 0)
        return form;
    if (zeros > 1 && zeros <= ZEROS_MOST && (code[zeros] == '\0' || code[zeros] == ';'))
        form.zeros = (unsigned)zeros;
    for (const char *at = code; *at && *at != ';';) {
        const char *after = skip_literal(at);

        if (after != at) {
            at = after;
            continue;
        }
        take_letter(&form, at, &m);
        at = g_utf8_next_char(at);
    }
    form.month = m && (form.year || form.day || !form.time);
    return form;
}

struct number_form number_form_of_id(unsigned id)
{
    static const struct {
        unsigned from, to;
        struct number_form form;
    } known[] = {
        {9, 10, {.percent = true}},
        {14, 15, {.year = true, .month = true, .day = true}},
        {16, 16, {.month = true, .day = true}},
        {17, 17, {.year = true, .month = true}},
        {18, 21, {.time = true}},
        {22, 22, {.year = true, .month = true, .day = true, .time = true}},
        /* as in Chinese Excel and WPS */
        {27, 27, {.year = true, .month = true}},
        {28, 29, {.month = true, .day = true}},
        {30, 31, {.year = true, .month = true, .day = true}},
        {32, 35, {.time = true}},
        {36, 36, {.year = true, .month = true}},
        {45, 47, {.time = true}},
        {50, 50, {.year = true, .month = true}},
        {51, 51, {.month = true, .day = true}},
        {52, 52, {.year = true, .month = true}},
        {53, 54, {.month = true, .day = true}},
        {55, 56, {.time = true}},
        {57, 57, {.year = true, .month = true}},
        {58, 58, {.month = true, .day = true}},
    };

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (id >= known[i].from && id <= known[i].to)
            return known[i].form;
    }
    return (struct number_form){0};
}

/* -12.5, of 15 digits at most: it says itself what it is. */
static bool is_short(const char *text)
{
    const char *digits = text + (*text == '-');
    const size_t whole = strspn(digits, "0123456789");
    const size_t point = digits[whole] == '.';
    const size_t decimals = point ? strspn(digits + whole + 1, "0123456789") : 0;

    return whole > 0 && (!point || decimals > 0) && whole + decimals <= KEPT_DIGITS &&
           digits[whole + point + decimals] == '\0' && (whole == 1 || digits[0] != '0');
}

static void append_plain(GString *out, double number)
{
    char text[64];

    if (fabs(number) >= 1e15) {
        g_string_append(out, g_ascii_formatd(text, sizeof text, "%.14E", number));
        return;
    }
    g_ascii_formatd(text, sizeof text, "%.15g", number);
    if (strchr(text, 'e')) {
        size_t end = strlen(g_ascii_formatd(text, sizeof text, "%.15f", number));

        while (end > 0 && text[end - 1] == '0')
            text[--end] = '\0';
        if (end > 0 && text[end - 1] == '.')
            text[end - 1] = '\0';
    }
    g_string_append(out, strcmp(text, "-0") == 0 ? "0" : text);
}

static void append_time(GString *out, long seconds)
{
    g_string_append_printf(out, "%02ld:%02ld", seconds / 3600, seconds / 60 % 60);
    if (seconds % 60)
        g_string_append_printf(out, ":%02ld", seconds % 60);
}

/* false: no day that a ledger can mean. */
static bool append_date(GString *out, double number, struct number_form form, bool since_1904)
{
    const double whole = floor(number);
    long seconds = lround((number - whole) * DAY_SECONDS);
    int days;
    struct date date;

    if (whole < 0 || whole > 200000)
        return false;
    days = (int)whole;
    if (form.time && seconds == DAY_SECONDS) {
        days++;
        seconds = 0;
    }
    if (since_1904)
        days += DAYS_1904;
    else if (days == 60 || days == 0) /* 1900-02-29 and 1900-01-00, which only spreadsheets know */
        return false;
    else
        days -= days > 60 ? 2 : 1;
    date = date_from_days(days);
    if (!date_valid(date))
        return false;
    if (form.year && !form.day && date.day == 1) {
        date.day = 0;
        if (!form.month && date.month == 1)
            date.month = 0;
    }
    date_format_iso(out, date);
    if (form.time && seconds && date.day) {
        g_string_append_c(out, ' ');
        append_time(out, seconds);
    }
    return true;
}

static void append_zeros(GString *out, double number, unsigned zeros)
{
    char text[32];

    g_ascii_formatd(text, sizeof text, "%.0f", number);
    for (size_t length = strlen(text); length < zeros; length++)
        g_string_append_c(out, '0');
    g_string_append(out, text);
}

void number_append(GString *out, const char *text, struct number_form form, bool since_1904)
{
    const bool date = form.year || form.month || form.day;
    char *end;
    double number;

    if (!date && !form.time && !form.percent && !form.zeros && is_short(text)) {
        g_string_append(out, text);
        return;
    }
    number = g_ascii_strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(number)) {
        g_string_append(out, text);
        return;
    }
    if (date && append_date(out, number, form, since_1904))
        return;
    if (form.time && !date && number >= 0 && number < 1) {
        append_time(out, MIN(lround(number * DAY_SECONDS), DAY_SECONDS - 1));
        return;
    }
    if (form.zeros && number >= 0 && number < 1e15 && number == floor(number)) {
        append_zeros(out, number, form.zeros);
        return;
    }
    append_plain(out, form.percent ? number * 100 : number);
    if (form.percent)
        g_string_append_c(out, '%');
}
