/* Reads texts: names of people and places, accounts and keys, and all that is free. */
#include <string.h>

#include "base/text.h"
#include "ledger/field_read.h"
#include "ledger/private_use.h"

/* More digits than a spreadsheet's number keeps. */
enum { KEPT_DIGITS = 15 };

static enum finding_code take_store(struct reading *reading)
{
    reading->value = value_text(reading->store->str);
    return READ_OK;
}

static bool is_separator(gunichar character)
{
    switch (character) {
    case '.':
    case 0x2022: /* • */
    case 0x2027: /* ‧ */
    case 0x2219: /* ∙ */
    case 0x22C5: /* ⋅ */
    case 0x30FB: /* ・ */
    case 0xFF0E: /* ． */
    case 0xFF65: /* ･ */
        return true;
    default:
        return false;
    }
}

/* GBK has no place for rare characters and leaves one of these (domain.md 5 row 15). */
static bool is_lost_character(gunichar character)
{
    return character == '?' || character == 0xFF1F || character == 0xFFFD || character == 0x25A1;
}

void append_name_any(struct reading *reading, const char *text)
{
    gunichar before = 0;
    for (const char *p = text; *p != '\0';) {
        gunichar character = g_utf8_get_char(p);
        const char *next = g_utf8_next_char(p);
        if (is_lost_character(character))
            reading->warning = FINDING_VALUE_NAME_DAMAGED;
        if (g_unichar_isspace(character)) {
            while (g_unichar_isspace(g_utf8_get_char(next)))
                next = g_utf8_next_char(next);
            if (text_is_han(before) && text_is_han(g_utf8_get_char(next))) {
                reading->repair = REPAIR_PREFIX;
                p = next;
                continue;
            }
        } else if (is_separator(character) && text_is_han(before) &&
                   text_is_han(g_utf8_get_char(next))) {
            reading->repair = REPAIR_SEPARATOR;
            character = 0xB7;
        }
        g_string_append_unichar(reading->store, character);
        before = character;
        p = next;
    }
}

static void append_name(struct reading *reading, const char *text)
{
    if (is_plain(text))
        g_string_append(reading->store, text);
    else
        append_name_any(reading, text);
}

/* The last digit of a bank card number checks the others (ISO/IEC 7812-1, Luhn). */
static bool passes_luhn(const char *digits)
{
    int sum = 0;
    size_t length = strlen(digits);
    for (size_t i = 0; i < length; i++) {
        int digit = digits[length - 1 - i] - '0';
        int doubled = digit * 2;
        sum += i % 2 == 0 ? digit : doubled / 10 + doubled % 10;
    }
    return sum % 10 == 0;
}

/* 6200000000000000123 saved as a number ends in zeros: …000. */
static bool has_lost_digits(const char *text, enum mask mask)
{
    size_t length = strlen(text);
    if (is_scientific(text))
        return true;
    bool zeros = is_digits(text) && length >= KEPT_DIGITS + 3 &&
                 strspn(text + KEPT_DIGITS, "0") == length - KEPT_DIGITS;
    return zeros && !(mask == MASK_ACCOUNT && passes_luhn(text));
}

static enum finding_code read_account(struct reading *reading)
{
    append_bare(reading, reading->store, reading->text);
    if (has_lost_digits(reading->store->str, reading->field->mask))
        return FINDING_VALUE_LOST_DIGITS;
    return take_store(reading);
}

/* A number kept as text (户编号, 邮编, 区划代码): full-width digits would never match others. */
static bool is_key(const char *folded)
{
    for (const char *p = folded; *p != '\0'; p++) {
        if (!g_ascii_isalnum(*p) && *p != '-')
            return false;
    }
    return true;
}

void append_free_any(struct reading *reading, const char *text)
{
    GString *folded = g_string_new(NULL);
    text_fold_digits(folded, text);
    bool key = is_key(folded->str);
    if (key && strcmp(folded->str, text) != 0)
        reading->repair = REPAIR_WIDTH;
    const char *from = key ? folded->str : text;
    for (const char *p = from; *p != '\0'; p++) {
        if (*p == '\r')
            g_string_append_c(reading->store, '\n');
        else if (*p != '\n' || p == from || p[-1] != '\r')
            g_string_append_c(reading->store, *p);
    }
    g_string_free(folded, TRUE);
}

/* 晋农函202561号 was 晋农函〔2025〕61号 (domain.md 5 row 32). */
static bool lost_its_brackets(const char *text)
{
    for (const char *end = strstr(text, "号"); end != NULL; end = strstr(end + 1, "号")) {
        size_t digits = 0;
        while (end - digits > text && g_ascii_isdigit(end[-1 - (ptrdiff_t)digits]))
            digits++;
        const char *year = end - digits;
        bool century = g_str_has_prefix(year, "19") || g_str_has_prefix(year, "20");
        const char *before = year > text ? g_utf8_prev_char(year) : NULL;
        if (digits >= 5 && digits <= 8 && century && before != NULL &&
            text_is_han(g_utf8_get_char(before)))
            return true;
    }
    return false;
}

static enum finding_code read_free(struct reading *reading)
{
    if (lost_its_brackets(reading->text))
        reading->warning = FINDING_VALUE_DOCUMENT_NUMBER;
    if (is_plain(reading->text))
        g_string_append(reading->store, reading->text);
    else
        append_free_any(reading, reading->text);
    if (!reading->field->open_text && is_scientific(reading->store->str))
        return FINDING_VALUE_LOST_DIGITS;
    return take_store(reading);
}

/* No font can be trusted with it: each shows something else there, or nothing. */
static bool has_private_use(struct reading *reading)
{
    if (is_plain(reading->text))
        return false;
    for (const char *p = reading->text; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar character = g_utf8_get_char(p);
        if (private_use(character)) {
            g_string_append_printf(reading->detail, "U+%04X", character);
            return true;
        }
    }
    return false;
}

enum finding_code read_string(struct reading *reading)
{
    if (has_private_use(reading))
        return FINDING_VALUE_PRIVATE_USE;
    switch (reading->field->mask) {
    case MASK_NAME:
    case MASK_MINOR:
        append_name(reading, reading->text);
        return take_store(reading);
    case MASK_ID:
    case MASK_PHONE:
    case MASK_ACCOUNT:
        return read_account(reading);
    case MASK_NONE:
        break;
    }
    return read_free(reading);
}

enum finding_code read_area(struct reading *reading)
{
    if (has_private_use(reading))
        return FINDING_VALUE_PRIVATE_USE;
    append_bare(reading, reading->store, reading->text);
    const struct synonym *variant = reading->context->variants;
    for (; variant != NULL && variant->from != NULL; variant++) {
        if (g_string_replace(reading->store, variant->from, variant->to, 0) > 0)
            reading->repair = REPAIR_SYNONYM;
    }
    return take_store(reading);
}
