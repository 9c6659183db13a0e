/* Calendar dates with their precision, and the many ways in which ledgers write them. */
#include "base/date.h"

#include <string.h>

#include "base/text.h"

enum { YEAR_FIRST = 1900, YEAR_LAST = 2199 };

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

bool date_valid(struct date date)
{
    if (date.year < YEAR_FIRST || date.year > YEAR_LAST || date.month < 0 || date.month > 12)
        return false;
    if (date.month == 0)
        return date.day == 0;
    return date.day >= 0 && date.day <= days_in_month(date.year, date.month);
}

/* count ASCII digits at text; -1 if there are fewer. */
static int read_digits(const char *text, int count)
{
    int number = 0;

    for (int i = 0; i < count; i++) {
        if (!g_ascii_isdigit(text[i]))
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

bool date_parse_iso(const char *text, struct date *date)
{
    const size_t length = strlen(text);
    struct date read = {0, 0, 0};

    if (length != 4 && length != 7 && length != 10)
        return false;
    read.year = read_digits(text, 4);
    if (length >= 7) {
        read.month = text[4] == '-' ? read_digits(text + 5, 2) : -1;
        if (read.month == 0)
            return false;
    }
    if (length == 10) {
        read.day = text[7] == '-' ? read_digits(text + 8, 2) : -1;
        if (read.day == 0)
            return false;
    }
    if (!date_valid(read))
        return false;
    *date = read;
    return true;
}

static void append_two_digits(GString *out, int number)
{
    g_string_append_c(out, (char)('0' + number / 10 % 10));
    g_string_append_c(out, (char)('0' + number % 10));
}

void date_format_iso(GString *out, struct date date)
{
    append_two_digits(out, date.year / 100);
    append_two_digits(out, date.year);
    if (date.month) {
        g_string_append_c(out, '-');
        append_two_digits(out, date.month);
    }
    if (date.day) {
        g_string_append_c(out, '-');
        append_two_digits(out, date.day);
    }
}

void date_format_chinese(GString *out, struct date date)
{
    g_string_append_printf(out, "%d年", date.year);
    if (date.month)
        g_string_append_printf(out, "%d月", date.month);
    if (date.day)
        g_string_append_printf(out, "%d日", date.day);
}

int date_to_days(struct date date)
{
    int days = (date.year - YEAR_FIRST) * 365;

    for (int year = YEAR_FIRST; year < date.year; year++)
        days += is_leap(year);
    for (int month = 1; month < date.month; month++)
        days += days_in_month(date.year, month);
    return days + date.day - 1;
}

struct date date_from_days(int days)
{
    struct date date = {YEAR_FIRST, 1, 1};

    for (; days >= 365 + is_leap(date.year); date.year++)
        days -= 365 + is_leap(date.year);
    for (; days >= days_in_month(date.year, date.month); date.month++)
        days -= days_in_month(date.year, date.month);
    date.day = days + 1;
    return date;
}

int date_age(struct date birth, struct date on)
{
    int age = on.year - birth.year;

    if (!birth.day || !on.day)
        return -1;
    if (on.month < birth.month || (on.month == birth.month && on.day < birth.day))
        age--;
    return age < 0 ? -1 : age;
}

/* 〇 to 九, and what is written for 〇; -1 for others. */
static int chinese_digit(uint32_t character)
{
    static const char digits[] = "〇一二三四五六七八九";
    const char *at = digits;

    if (character == 0x96f6 || character == 0x25cb) /* 零 ○ */
        return 0;
    for (int digit = 0; digit < 10; digit++, at = g_utf8_next_char(at)) {
        if (g_utf8_get_char(at) == character)
            return digit;
    }
    return -1;
}

enum { TEN = 10, NUMERAL_LENGTH = 4 };

/* A Chinese digit, TEN for 十, or -1. */
static int chinese_numeral(uint32_t character)
{
    if (character < 0x80)
        return -1;
    return character == 0x5341 ? TEN : chinese_digit(character);
}

/* Appends the Chinese numeral at text in ASCII digits: 二〇一八 digit by digit; 十, 十二, 二十 and
 * 三十一 as numbers; anything else as ?, which is no date. Returns what follows it. */
static const char *convert_numeral(GString *out, const char *text)
{
    int run[NUMERAL_LENGTH], count = 0, tens = 0, number = TEN;
    int digit;
    bool fits = true;

    for (; (digit = chinese_numeral(g_utf8_get_char(text))) >= 0; text = g_utf8_next_char(text)) {
        tens += digit == TEN;
        if (count < NUMERAL_LENGTH)
            run[count++] = digit;
        else
            fits = false;
    }
    if (!tens) {
        for (int i = 0; i < count; i++)
            g_string_append_c(out, (char)('0' + run[i]));
    } else {
        const int at = run[0] == TEN ? 0 : 1;

        fits = fits && tens == 1 && count <= at + 2 && run[at] == TEN && run[0] && run[count - 1];
        if (at == 1)
            number = run[0] * TEN;
        if (count == at + 2)
            number += run[at + 1];
        g_string_append_printf(out, "%d", number);
    }
    if (!fits)
        g_string_append_c(out, '?');
    return text;
}

/* Drops what follows the day: a time (0:00, 00:00:00), or the two stars of a masked ID. */
static void drop_tail(char *text)
{
    char *gap = strpbrk(text, " T");
    const size_t length = strlen(text);

    if (gap && strchr(gap, ':') && strspn(gap, " T0123456789:.") == strlen(gap))
        *gap = '\0';
    else if (length > 2 && strcmp(text + length - 2, "**") == 0)
        text[length - 2] = '\0';
}

static bool is_numeral(const char *text)
{
    return g_ascii_isdigit(*text) || chinese_numeral(g_utf8_get_char(text)) >= 0;
}

/* The text with ASCII digits and separators only: 2018-7-5, 2018年7月5日, 43286. Spaces go, except
 * between two numbers, which they must not make one. g_free() it. */
static char *normalise(const char *text)
{
    GString *folded = g_string_new(NULL), *out = g_string_new(NULL);
    char *stripped;

    text_fold_digits(folded, text);
    stripped = text_strip(folded->str);
    drop_tail(stripped);
    for (const char *at = stripped; *at;) {
        const uint32_t character = g_utf8_get_char(at);
        const bool after_digit = out->len && g_ascii_isdigit(out->str[out->len - 1]);

        if (chinese_numeral(character) >= 0) {
            at = convert_numeral(out, at);
            continue;
        }
        at = g_utf8_next_char(at);
        if (character == 0xff0f) /* ／ */
            g_string_append_c(out, '/');
        else if (character != ' ' || (after_digit && is_numeral(at)))
            g_string_append_unichar(out, character);
    }
    g_string_free(folded, TRUE);
    g_free(stripped);
    return g_string_free(out, FALSE);
}

enum { PARTS = 3, DIGITS_MOST = 8 };

/* A number and the character behind it, 0 at the end. */
struct part {
    int number;
    size_t digits;
    uint32_t mark;
};

/* The numbers of text; 0 if it is not made of one to three numbers. */
static size_t split(const char *text, struct part parts[PARTS])
{
    size_t count = 0, length;

    while (*text && count < PARTS) {
        const size_t digits = strspn(text, "0123456789");

        if (digits == 0 || digits > DIGITS_MOST)
            return 0;
        parts[count].number = read_digits(text, (int)digits);
        parts[count].digits = digits;
        text += digits;
        parts[count++].mark = text_character(text, &length);
        text += length;
    }
    return *text ? 0 : count;
}

/* One number without a mark: 2018, 201807, 20180705, or Excel's serial number, which counts a 29
 * February 1900 that never was: 60 is that day, 61 is 1 March. */
static bool read_single(const struct part *part, struct date *date, bool *guessed)
{
    const int number = part->number;

    switch (part->digits) {
    case 4:
        *date = (struct date){number, 0, 0};
        return true;
    case 5:
        *guessed = true;
        *date = date_from_days(number - 2);
        return number > 60;
    case 6:
        *guessed = true;
        *date = (struct date){number / 100, number % 100, 0};
        return date->month > 0;
    case 8:
        *date = (struct date){number / 10000, number / 100 % 100, number % 100};
        return date->month > 0 && date->day > 0;
    default:
        return false;
    }
}

/* 2018/7/5, 2018-7, 18.7.5: one mark throughout and none at the end. */
static bool marks_are_plain(const struct part *parts, size_t count)
{
    const uint32_t mark = parts[0].mark;

    if (count < 2 || parts[count - 1].mark || (mark != '/' && mark != '-' && mark != '.'))
        return false;
    return count < 3 || parts[1].mark == mark;
}

/* 2018年, 2018年7月, 2018年7月5日; the last mark but 年 may be missing, and 号 stand for 日. */
static bool marks_are_chinese(const struct part *parts, size_t count)
{
    enum { NIAN = 0x5e74, YUE = 0x6708, RI = 0x65e5, HAO = 0x53f7 };

    if (parts[0].mark != NIAN)
        return false;
    if (count == 2)
        return parts[1].mark == YUE || !parts[1].mark;
    if (count == 3)
        return parts[1].mark == YUE &&
               (parts[2].mark == RI || parts[2].mark == HAO || !parts[2].mark);
    return true;
}

/* All forms but ISO's, which it reads too. */
static bool parse_written(const char *text, struct date *date, bool *guessed)
{
    char *normal = normalise(text);
    struct part parts[PARTS] = {{0, 0, 0}};
    const size_t count = split(normal, parts);
    struct date read = {0, 0, 0};
    bool chinese;

    g_free(normal);
    if (count == 0)
        return false;
    if (count == 1 && !parts[0].mark) {
        if (!read_single(&parts[0], &read, guessed) || !date_valid(read))
            return false;
        *date = read;
        return true;
    }
    chinese = marks_are_chinese(parts, count);
    if (!chinese && !marks_are_plain(parts, count))
        return false;

    read.year = parts[0].number;
    if (parts[0].digits == 2) {
        /* 18.7 is as likely a decimal as a month. */
        if (!chinese && count < 3)
            return false;
        *guessed = true;
        read.year += read.year < 50 ? 2000 : 1900;
    } else if (parts[0].digits != 4) {
        return false;
    }
    for (size_t i = 1; i < count; i++) {
        if (parts[i].digits > 2 || parts[i].number == 0)
            return false;
    }
    read.month = count > 1 ? parts[1].number : 0;
    read.day = count > 2 ? parts[2].number : 0;
    if (!date_valid(read))
        return false;
    *date = read;
    return true;
}

bool date_parse_ledger(const char *text, struct date *date, bool *guessed)
{
    *guessed = false;
    return date_parse_iso(text, date) || parse_written(text, date, guessed);
}
