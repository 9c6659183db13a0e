/* Reads telephone numbers, one or several in a cell, into one way of writing them. */
#include <string.h>

#include "base/text.h"
#include "ledger/field_read.h"

/* A number taken to pieces: 0744-1234567转801 is the groups 0744 and 1234567 and the extension 801.
 */
struct phone {
    GString *digits;    /* all groups joined */
    GString *extension; /* after 转, or a group that is too much for a number */
    size_t ngroup;
    size_t last_group; /* where the last group begins in digits */
};

static const char *const extension_words[] = {"转", "分机", "ext", "Ext", "#", "x"};

static size_t extension_word(const char *text)
{
    for (size_t i = 0; i < G_N_ELEMENTS(extension_words); i++) {
        if (g_str_has_prefix(text, extension_words[i]))
            return strlen(extension_words[i]);
    }
    return 0;
}

static bool is_joint(gunichar character)
{
    return character == '-' || character == '(' || character == ')' || character == 0xFF08 ||
           character == 0xFF09 || character == 0x2014 || character == 0x2013 ||
           character == 0x2010 || g_unichar_isspace(character);
}

/* false: something that has no place in a number. text: digits folded. */
static bool take_apart(struct phone *phone, const char *text)
{
    bool in_group = false, in_extension = false;
    while (*text != '\0') {
        size_t word = extension_word(text);
        gunichar character = g_utf8_get_char(text);
        if (g_ascii_isdigit(*text) && in_extension) {
            g_string_append_c(phone->extension, *text);
        } else if (g_ascii_isdigit(*text)) {
            if (!in_group) {
                phone->ngroup++;
                phone->last_group = phone->digits->len;
            }
            in_group = true;
            g_string_append_c(phone->digits, *text);
        } else if (word > 0 && !in_extension && phone->digits->len > 0) {
            in_extension = true;
            text += word;
            continue;
        } else if (is_joint(character)) {
            in_group = false;
        } else {
            return false;
        }
        text = g_utf8_next_char(text);
    }
    return phone->digits->len > 0 && in_extension == (phone->extension->len > 0);
}

static bool is_mobile(const char *digits)
{
    return strlen(digits) == 11 && digits[0] == '1' && digits[1] >= '3';
}

/* 110, 10086, 12317, 95588, 96518; a mobile number cut short begins otherwise. */
static bool is_hotline(const char *digits)
{
    size_t length = strlen(digits);
    bool service = digits[0] == '1' && digits[1] <= '2';
    bool company = digits[0] == '9' && (digits[1] == '5' || digits[1] == '6');
    return length >= 3 && length <= 5 && (service || company);
}

/* 7 or 8 digits of a local exchange. */
static bool is_local(const char *digits)
{
    size_t length = strlen(digits);
    return (length == 7 || length == 8) && digits[0] >= '2' && digits[0] <= '8';
}

/* 010 and 02x are area codes of three digits, all others have four. */
static size_t area_code(const char *digits)
{
    if (digits[0] != '0' || digits[1] == '0' || digits[1] == '\0')
        return 0;
    return digits[1] <= '2' ? 3 : 4;
}

static bool write_phone(struct phone *phone, GString *out)
{
    const char *digits = phone->digits->str;
    bool fixed_only = phone->extension->len > 0;
    if (is_mobile(digits) || is_hotline(digits) ||
        (phone->digits->len == 10 &&
         (g_str_has_prefix(digits, "400") || g_str_has_prefix(digits, "800")))) {
        g_string_append(out, digits);
        return !fixed_only;
    }
    size_t area = area_code(digits);
    if (phone->digits->len <= area || !is_local(digits + area))
        return false;
    if (area > 0)
        g_string_append_printf(out, "%.*s-", (int)area, digits);
    g_string_append(out, digits + area);
    if (fixed_only)
        g_string_append_printf(out, "-%s", phone->extension->str);
    return true;
}

/* +86, 0086 or 86 before a mobile number or an area code. */
static void drop_country(struct phone *phone)
{
    const char *digits = phone->digits->str;
    size_t prefix = g_str_has_prefix(digits, "0086") ? 4 : g_str_has_prefix(digits, "86") ? 2 : 0;
    if (prefix > 0 && (is_mobile(digits + prefix) || phone->digits->len > 10 + prefix))
        g_string_erase(phone->digits, 0, (gssize)prefix);
}

/* One number, digits folded. */
static bool read_one(const char *text, GString *out)
{
    struct phone phone = {.digits = g_string_new(NULL), .extension = g_string_new(NULL)};
    bool read = take_apart(&phone, text[0] == '+' ? text + 1 : text);
    GString *written = g_string_new(NULL);
    if (read) {
        drop_country(&phone);
        read = write_phone(&phone, written);
    }
    /* 0744-1234567-801: the third group is the extension. */
    if (!read && phone.ngroup >= 2 && phone.extension->len == 0 && phone.digits->len > 0 &&
        phone.last_group < phone.digits->len) {
        g_string_assign(phone.extension, phone.digits->str + phone.last_group);
        g_string_truncate(phone.digits, phone.last_group);
        g_string_truncate(written, 0);
        read = phone.extension->len <= 6 && write_phone(&phone, written);
    }
    if (read)
        g_string_append(out, written->str);
    g_string_free(written, TRUE);
    g_string_free(phone.digits, TRUE);
    g_string_free(phone.extension, TRUE);
    return read;
}

/* Joined by 、; a number that is there already is not repeated. */
static void add_phone(GString *store, const char *phone)
{
    char **have = g_strsplit(store->str, "、", -1);
    bool repeated = g_strv_contains((const char *const *)have, phone);
    g_strfreev(have);
    if (!repeated)
        g_string_append_printf(store, "%s%s", store->len > 0 ? "、" : "", phone);
}

/* 138….0: a number read as a decimal. */
static void drop_point_zero(struct reading *reading, char *piece)
{
    size_t length = strlen(piece);
    if (length > 2 && strcmp(piece + length - 2, ".0") == 0) {
        piece[length - 2] = '\0';
        reading->repair = REPAIR_PREFIX;
    }
}

static bool read_piece(struct reading *reading, char *piece)
{
    drop_point_zero(reading, piece);
    GString *phone = g_string_new(NULL);
    bool read = read_one(piece, phone);
    if (read)
        add_phone(reading->store, phone->str);
    g_string_free(phone, TRUE);
    return read;
}

/* 138… 139…: two numbers with only a space between, when together they are none. */
static bool read_spaced(struct reading *reading, const char *piece)
{
    char **words = g_strsplit_set(piece, " \t", -1);
    bool read = words[0] != NULL && words[1] != NULL;
    for (size_t i = 0; read && words[i] != NULL; i++)
        read = *words[i] == '\0' || read_piece(reading, words[i]);
    g_strfreev(words);
    return read;
}

static char **split_phones(struct reading *reading)
{
    static const char *const separators[] = {"、", "，", "；", "／", "｜", "或", "和", "及"};
    GString *folded = g_string_new(NULL);
    text_fold_digits(folded, reading->text);
    if (strcmp(folded->str, reading->text) != 0)
        reading->repair = REPAIR_WIDTH;
    for (size_t i = 0; i < G_N_ELEMENTS(separators); i++)
        g_string_replace(folded, separators[i], "\n", 0);
    char *joined = g_strdelimit(g_string_free(folded, FALSE), ",;/|\r", '\n');
    char **pieces = g_strsplit(joined, "\n", -1);
    g_free(joined);
    return pieces;
}

static size_t count_digits(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += g_ascii_isdigit(*text) ? 1 : 0;
    return count;
}

bool is_clean_mobile(const char *text)
{
    return is_mobile(text) && is_digits(text);
}

enum finding_code read_phones_any(struct reading *reading)
{
    char **pieces = split_phones(reading);
    enum finding_code code = READ_OK;
    for (size_t i = 0; code == READ_OK && pieces[i] != NULL; i++) {
        g_strdelimit(pieces[i], "'", ' ');
        g_strstrip(pieces[i]);
        if (*pieces[i] == '\0' || read_piece(reading, pieces[i]) || read_spaced(reading, pieces[i]))
            continue;
        /* How many digits there are tells the clerk what to look for and nobody the number. */
        g_string_append_printf(reading->detail, "%zu", count_digits(pieces[i]));
        code = FINDING_VALUE_PHONE;
    }
    g_strfreev(pieces);
    if (code == READ_OK && reading->store->len == 0)
        return refuse_type(reading);
    if (code == READ_OK)
        reading->value = value_text(reading->store->str);
    return code;
}

enum finding_code read_phone(struct reading *reading)
{
    if (!is_clean_mobile(reading->text))
        return read_phones_any(reading);
    g_string_append(reading->store, reading->text);
    reading->value = value_text(reading->store->str);
    return READ_OK;
}
