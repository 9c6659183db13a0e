/* Reads numbers exactly: thousands commas, 约, Chinese numerals, units and powers of ten. */
#include <string.h>

#include "base/text.h"
#include "ledger/field_read.h"

/* written in a cell, of a quantity, times ten to power of that quantity's first unit. Units that
 * are no power of ten of another (公顷, 里) stand alone: a cell in them is refused, not converted.
 */
struct unit {
    const char *written, *quantity;
    int power;
};

static const struct unit units[] = {
    {"元", "元", 0},       {"圆", "元", 0},        {"块", "元", 0},         {"块钱", "元", 0},
    {"元整", "元", 0},     {"元/年", "元", 0},     {"千元", "元", 3},       {"万元", "元", 4},
    {"万", "元", 4},       {"百万元", "元", 6},    {"亿元", "元", 8},       {"亿", "元", 8},
    {"元/月", "元/月", 0}, {"元每月", "元/月", 0}, {"元", "元/月", 0},      {"亩", "亩", 0},
    {"亩地", "亩", 0},     {"公顷", "公顷", 0},    {"平方米", "平方米", 0}, {"平米", "平方米", 0},
    {"平方", "平方米", 0}, {"平", "平方米", 0},    {"㎡", "平方米", 0},     {"m2", "平方米", 0},
    {"m²", "平方米", 0},   {"人", "人", 0},        {"口", "人", 0},         {"口人", "人", 0},
    {"个人", "人", 0},     {"名", "人", 0},        {"个", "人", 0},         {"户", "户", 0},
    {"家", "户", 0},       {"月", "月", 0},        {"个月", "月", 0},       {"天", "天", 0},
    {"日", "天", 0},       {"公里", "公里", 0},    {"千米", "公里", 0},     {"km", "公里", 0},
    {"米", "公里", -3},    {"m", "公里", -3},      {"里", "里", 0},         {"岁", "岁", 0},
    {"年", "年", 0},
};

/* The power of ten from the written unit to the field's. */
static enum finding_code unit_power(const struct field *field, const char *written, int *power)
{
    *power = 0;
    if (field->unit != NULL && strcmp(field->unit, written) == 0)
        return READ_OK;
    const struct unit *own = NULL;
    bool known = false;
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (own == NULL && field->unit != NULL && strcmp(units[i].written, field->unit) == 0)
            own = &units[i];
        known = known || strcmp(units[i].written, written) == 0;
    }
    for (size_t i = 0; own != NULL && i < G_N_ELEMENTS(units); i++) {
        if (strcmp(units[i].written, written) == 0 &&
            strcmp(units[i].quantity, own->quantity) == 0) {
            *power = units[i].power - own->power;
            return READ_OK;
        }
    }
    return known ? FINDING_VALUE_UNIT : FINDING_VALUE_WRONG_TYPE;
}

static bool skip_word(const char **at, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (g_str_has_prefix(*at, words[i])) {
            *at += strlen(words[i]);
            *at += strspn(*at, " ");
            return true;
        }
    }
    return false;
}

/* 约3000, ¥3000, −3000: what may stand before the digits. */
static const char *skip_before(struct reading *reading, const char *at, bool *negative)
{
    static const char *const about[] = {"大约", "约为", "约计", "约", "≈"};
    static const char *const currency[] = {"¥", "￥", "人民币"};
    static const char *const minus[] = {"-", "−"};
    if (skip_word(&at, about, G_N_ELEMENTS(about)))
        reading->repair = REPAIR_ABOUT;
    if (skip_word(&at, currency, G_N_ELEMENTS(currency)) && reading->repair == REPAIR_NONE)
        reading->repair = REPAIR_UNIT;
    *negative = skip_word(&at, minus, G_N_ELEMENTS(minus));
    return at;
}

/* Copies the digits at *at without thousands commas, which must stand at every third digit. */
static bool take_digits(const char **at, GString *digits)
{
    const char *start = *at;
    size_t length = strspn(start, "0123456789,");
    size_t first = strcspn(start, ",");
    bool grouped = first < length;
    for (size_t i = 0; i < length; i++) {
        bool comma_due = grouped && i >= first && (i - first) % 4 == 0;
        if ((start[i] == ',') != comma_due)
            return false;
        if (start[i] != ',')
            g_string_append_c(digits, start[i]);
    }
    if (length == 0 || (grouped && (first == 0 || first > 3 || (length - first) % 4 != 0)))
        return false;
    if (start[length] == '.') {
        size_t decimals = strspn(start + length + 1, "0123456789");
        g_string_append_len(digits, start + length, (gssize)decimals + 1);
        length += decimals + 1;
    }
    *at = start + length;
    return true;
}

/* 三, 两, 十二, 二十, 一百零五: below one thousand. */
static bool take_numeral(const char **at, GString *digits)
{
    static const char *const names[] = {"零", "一", "二", "三", "四", "五",
                                        "六", "七", "八", "九", "〇", "两"};
    int total = 0, digit = -1;
    bool any = false;
    const char *p = *at;
    for (; *p != '\0'; p = g_utf8_next_char(p)) {
        int found = -1;
        for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
            if (g_str_has_prefix(p, names[i]))
                found = i == 10 ? 0 : i == 11 ? 2 : (int)i;
        }
        bool ten = g_str_has_prefix(p, "十");
        bool hundred = g_str_has_prefix(p, "百") && digit > 0 && total == 0;
        if (found >= 0 && digit <= 0) {
            digit = found;
        } else if (ten && total % 100 == 0 && (digit > 0 || !any)) {
            total += (digit > 0 ? digit : 1) * 10;
            digit = -1;
        } else if (hundred) {
            total = digit * 100;
            digit = -1;
        } else {
            break;
        }
        any = true;
    }
    if (!any)
        return false;
    g_string_append_printf(digits, "%d", total + MAX(digit, 0));
    *at = p;
    return true;
}

/* What stands after the digits: 左右, a unit, or nothing; the power of ten it asks for. */
static enum finding_code read_after(struct reading *reading, const char *after, int *power)
{
    static const char *const about[] = {"左右", "上下"};
    char *rest = text_strip(after);
    for (size_t i = 0; i < G_N_ELEMENTS(about); i++) {
        if (g_str_has_suffix(rest, about[i])) {
            rest[strlen(rest) - strlen(about[i])] = '\0';
            reading->repair = REPAIR_ABOUT;
        }
    }
    enum finding_code code = READ_OK;
    *power = reading->context->scale;
    if (*power != 0 && reading->repair != REPAIR_ABOUT)
        reading->repair = REPAIR_SCALED;
    if (*rest != '\0') {
        code = unit_power(reading->field, rest, power);
        if (code == READ_OK && reading->repair != REPAIR_ABOUT)
            reading->repair = *power == 0 ? REPAIR_UNIT : REPAIR_SCALED;
        else if (code == FINDING_VALUE_UNIT)
            g_string_append_printf(reading->detail, "%s ≠ %s", rest,
                                   reading->field->unit != NULL ? reading->field->unit : "—");
    }
    g_free(rest);
    return code;
}

static enum finding_code shift(decimal *number, int power)
{
    for (; power > 0; power--)
        *number *= 10;
    for (; power < 0; power++) {
        if (*number % 10 != 0)
            return FINDING_VALUE_TOO_PRECISE;
        *number /= 10;
    }
    return READ_OK;
}

static enum finding_code read_amount(struct reading *reading, const char *folded, decimal *number)
{
    GString *digits = g_string_new(NULL);
    bool negative;
    const char *at = skip_before(reading, folded, &negative);
    enum finding_code code = READ_OK;
    if (!take_digits(&at, digits)) {
        g_string_truncate(digits, 0);
        if (take_numeral(&at, digits))
            reading->repair = REPAIR_SYNONYM;
        else
            code = FINDING_VALUE_WRONG_TYPE;
    }
    int power = 0;
    if (code == READ_OK)
        code = read_after(reading, at, &power);
    if (code == READ_OK) {
        enum decimal_error error = decimal_parse(digits->str, number);
        if (error == DECIMAL_SYNTAX)
            code = FINDING_VALUE_WRONG_TYPE;
        else
            code = error == DECIMAL_OK ? shift(number, power) : FINDING_VALUE_TOO_PRECISE;
    }
    if (negative)
        *number = -*number;
    g_string_free(digits, TRUE);
    return code;
}

static enum finding_code check_range(struct reading *reading, double real)
{
    const struct field *field = reading->field;
    bool below = field->has_minimum && real < field->minimum;
    bool above = field->has_maximum && real > field->maximum;
    if (!below && !above)
        return READ_OK;
    bool ok;
    if (field->has_minimum)
        decimal_format_plain(reading->detail, decimal_from_real(field->minimum, &ok));
    g_string_append(reading->detail, "～");
    if (field->has_maximum)
        decimal_format_plain(reading->detail, decimal_from_real(field->maximum, &ok));
    return FINDING_VALUE_RANGE;
}

bool read_amount_clean(const struct reading *reading, decimal *number)
{
    return reading->context->scale == 0 && g_ascii_isdigit(reading->text[0]) &&
           decimal_parse(reading->text, number) == DECIMAL_OK;
}

enum finding_code read_amount_any(struct reading *reading, decimal *number)
{
    GString *folded = g_string_new(NULL);
    text_fold_digits(folded, reading->text);
    if (strcmp(folded->str, reading->text) != 0)
        reading->repair = REPAIR_WIDTH;
    *number = 0;
    enum finding_code code = read_amount(reading, folded->str, number);
    g_string_free(folded, TRUE);
    return code;
}

/* 1  4人, which was 1户4人 before a conversion lost the words (domain.md 5 row 31), or 1 234. */
static bool has_two_numbers(const char *text)
{
    size_t first = strspn(text, "0123456789,.");
    size_t blank = first + strspn(text + first, " \t");
    return first > 0 && blank > first && g_ascii_isdigit(text[blank]);
}

/* The amount, and the double nearest to it, which must hold all of it. */
static enum finding_code read_number(struct reading *reading, decimal *number, double *real)
{
    if (!read_amount_clean(reading, number)) {
        enum finding_code code = read_amount_any(reading, number);
        if (code == FINDING_VALUE_WRONG_TYPE && has_two_numbers(reading->text))
            return FINDING_VALUE_TWO_NUMBERS;
        if (code == FINDING_VALUE_WRONG_TYPE)
            return refuse_type(reading);
        if (code != READ_OK)
            return code;
    }
    bool ok;
    *real = decimal_to_real(*number);
    if (decimal_from_real(*real, &ok) != *number || !ok)
        return FINDING_VALUE_TOO_PRECISE;
    return check_range(reading, *real);
}

enum finding_code read_decimal(struct reading *reading)
{
    decimal number;
    double real;
    enum finding_code code = read_number(reading, &number, &real);
    if (code == READ_OK)
        reading->value = value_real(real);
    return code;
}

enum finding_code read_integer(struct reading *reading)
{
    decimal number;
    double real;
    enum finding_code code = read_number(reading, &number, &real);
    if (code != READ_OK)
        return code;
    if (number % DECIMAL_ONE != 0)
        return refuse_type(reading);
    reading->value = value_integer((int64_t)(number / DECIMAL_ONE));
    return READ_OK;
}

/* 2025616 was 2025年6月16日 before a conversion lost the marks (domain.md 5 row 32). */
static bool has_lost_marks(const char *text)
{
    size_t length = strlen(text);
    bool century = g_str_has_prefix(text, "19") || g_str_has_prefix(text, "20");
    return (length == 6 || length == 7) && century && is_digits(text);
}

enum finding_code read_date(struct reading *reading)
{
    struct date date;
    bool guessed;
    if (!date_parse_ledger(reading->text, &date, &guessed)) {
        if (has_lost_marks(reading->text))
            return FINDING_VALUE_DATE_MARKS;
        detail_text(reading, reading->text);
        return FINDING_VALUE_DATE;
    }
    if (guessed)
        reading->repair = REPAIR_DATE;
    date_format_iso(reading->store, date);
    reading->value = value_text(reading->store->str);
    return READ_OK;
}

/* 2018, 2018年, 2018年度, 2018.0; a full date stands for its year. */
enum finding_code read_year(struct reading *reading)
{
    GString *year = g_string_new(NULL);
    append_bare(reading, year, reading->text);
    if (g_str_has_suffix(year->str, "年度"))
        g_string_truncate(year, year->len - strlen("度"));
    else if (g_str_has_suffix(year->str, ".0"))
        g_string_truncate(year, year->len - strlen(".0"));
    struct date date;
    bool guessed;
    bool read = date_parse_ledger(year->str, &date, &guessed) && !guessed;
    g_string_free(year, TRUE);
    if (!read)
        return refuse_type(reading);
    if (date.month != 0)
        reading->repair = REPAIR_DATE;
    reading->value = value_integer(date.year);
    return check_range(reading, date.year);
}
