/* The registry of field types, and what every cell goes through before its type reads it. */
#include "ledger/field.h"

#include <string.h>

#include "base/text.h"
#include "ledger/field_read.h"

struct field_reader {
    const char *chinese; /* the type's name for a clerk */
    enum finding_code (*read)(struct reading *reading);
    bool words_first; /* its own words may look like an explicit none: 无 as a code, or as 否 */
};

static const struct field_reader readers[] = {
    [FIELD_STRING] = {"文字", read_string, false},
    [FIELD_INTEGER] = {"整数", read_integer, false},
    [FIELD_DECIMAL] = {"数", read_decimal, false},
    [FIELD_MONEY] = {"金额", read_decimal, false},
    [FIELD_DATE] = {"日期", read_date, false},
    [FIELD_YEAR] = {"年份", read_year, false},
    [FIELD_BOOLEAN] = {"是或否", read_boolean, true},
    [FIELD_CODE] = {"代码", read_code, true},
    [FIELD_IDCARD] = {"身份证号", read_idcard, false},
    [FIELD_PHONE] = {"电话号码", read_phone, false},
    [FIELD_AREA] = {"地名", read_area, false},
};

/* How the ledgers say that there is nothing to say (domain.md 5 row 10). */
static const char *const nones[] = {"无",   "無", "/",  "／", "-", "－", "--",
                                    "－－", "—",  "——", "–",  "―", "\\", "＼"};

/* What a spreadsheet writes where it could not work a value out (domain.md 5 row 35). */
static const char *const error_texts[] = {"#N/A",   "#REF!", "#VALUE!", "#DIV/0!",
                                          "#NAME?", "#NUM!", "#NULL!"};

enum { DETAIL_CHARACTERS = 20 };

static bool is_none(const char *text)
{
    if (strchr("/-\\\xE2\xE6\xE7\xEF", text[0]) == NULL)
        return false; /* none of their first bytes: most cells end here */
    for (size_t i = 0; i < G_N_ELEMENTS(nones); i++) {
        if (strcmp(text, nones[i]) == 0)
            return true;
    }
    return false;
}

static bool is_formula_text(const char *text)
{
    if (text[0] == '=' && text[1] != '\0')
        return true;
    if (text[0] != '#')
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(error_texts); i++) {
        if (g_ascii_strcasecmp(text, error_texts[i]) == 0)
            return true;
    }
    size_t hashes = strspn(text, "#");
    return hashes >= 3 && text[hashes] == '\0';
}

/* (略), ×××, [email protected]: somebody took the value out (domain.md 5 row 30). */
static bool is_placeholder(const char *text)
{
    static const char *const words[] = {"(略)", "略", "[emailprotected]"};
    if (strchr("([*\xC3\xE7\xEF", text[0]) == NULL)
        return false; /* none of the first bytes of those below: most cells end here */
    char *key = text_fold_key(text);
    bool found = false;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        found = found || strcmp(key, words[i]) == 0;
    size_t length = strlen(key);
    bool crosses = length >= 2 * strlen("×");
    for (const char *p = key; crosses && *p != '\0'; p += strlen("×"))
        crosses = g_str_has_prefix(p, "×");
    bool stars = length >= 2 && strspn(key, "*") == length;
    g_free(key);
    return found || crosses || stars;
}

bool is_digits(const char *text)
{
    return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

bool is_scientific(const char *text)
{
    const char *p = text + (*text == '-');
    if (strchr(p, '+') == NULL)
        return false;
    size_t digits = strspn(p, "0123456789.");
    if (digits == 0 || (p[digits] != 'E' && p[digits] != 'e') || p[digits + 1] != '+')
        return false;
    return is_digits(p + digits + 2);
}

bool detail_text(struct reading *reading, const char *text)
{
    if (reading->field->show[AUDIENCE_PUBLIC] != SHOW_FULL || reading->field->open_text)
        return false;
    glong length = g_utf8_strlen(text, -1);
    char *start = g_utf8_substring(text, 0, MIN(length, DETAIL_CHARACTERS));
    g_strdelimit(start, "\r\n\t", ' '); /* a finding is one line */
    g_string_append_printf(reading->detail, "“%s%s”", start, length > DETAIL_CHARACTERS ? "…" : "");
    g_free(start);
    return true;
}

enum finding_code refuse_type(struct reading *reading)
{
    g_string_append(reading->detail, readers[reading->field->type].chinese);
    detail_text(reading, reading->text);
    return FINDING_VALUE_WRONG_TYPE;
}

/* White space, apostrophes and quotes, which no number and no place's name has. */
static bool is_wrapping(gunichar character)
{
    switch (character) {
    case '\'':
    case '"':
    case '`':
    case 0x200B: /* zero width space */
    case 0x2018: /* ‘ */
    case 0x2019: /* ’ */
    case 0xFEFF: /* zero width no-break space */
    case 0xFF07: /* ＇ */
        return true;
    default:
        return g_unichar_isspace(character);
    }
}

bool is_plain(const char *text)
{
    static const char suspect[] = " \t\n\v\f\r'\"`?.\xC2\xE1\xE2\xE3\xEE\xEF\xF3\xF4";

    return text[strcspn(text, suspect)] == '\0';
}

void append_bare(struct reading *reading, GString *out, const char *text)
{
    if (is_plain(text))
        g_string_append(out, text);
    else
        append_bare_any(reading, out, text);
}

void append_bare_any(struct reading *reading, GString *out, const char *text)
{
    GString *folded = g_string_new(NULL);
    text_fold_digits(folded, text);
    if (strcmp(folded->str, text) != 0)
        reading->repair = REPAIR_WIDTH;
    for (const char *p = folded->str; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar character = g_utf8_get_char(p);
        if (is_wrapping(character))
            reading->repair = REPAIR_PREFIX;
        else
            g_string_append_unichar(out, character);
    }
    g_string_free(folded, TRUE);
}

/* White space off both ends, and the apostrophe by which a spreadsheet marks a text. The piece is
 * length bytes of text. */
static const char *strip_cell(const char *text, size_t *length, enum repair *repair)
{
    const char *start = text_trim(text, length);
    if (*start == '\'')
        start = text_trim(start + strspn(start, "'"), length);
    *repair = REPAIR_NONE;
    if (start == text && start[*length] == '\0')
        return start;
    const char *plain = text + strspn(text, " ");
    bool only_spaces = plain == start && start[*length + strspn(start + *length, " ")] == '\0';
    *repair = only_spaces || *length == 0 ? REPAIR_NONE : REPAIR_PREFIX;
    return start;
}

static bool has_text_only(enum field_type type)
{
    return type == FIELD_STRING || type == FIELD_AREA || type == FIELD_CODE ||
           type == FIELD_BOOLEAN;
}

/* The cell's text, stripped and not empty, by its type. */
static enum finding_code read_text(struct reading *reading)
{
    const struct field_reader *reader = &readers[reading->field->type];
    bool none = is_none(reading->text);
    if (none && !reader->words_first) {
        reading->value = value_null(STATE_NONE);
        return READ_OK;
    }
    bool string = reading->field->type == FIELD_STRING;
    if (is_formula_text(reading->text)) {
        if (!reading->field->open_text)
            return FINDING_VALUE_FORMULA;
        reading->warning = FINDING_VALUE_FORMULA_TEXT;
    }
    if (is_placeholder(reading->text)) {
        if (!string)
            return refuse_type(reading);
        reading->warning = FINDING_VALUE_PLACEHOLDER;
    }
    if (is_scientific(reading->text) && !has_text_only(reading->field->type))
        return FINDING_VALUE_LOST_DIGITS;

    gsize detail = reading->detail->len;
    enum finding_code code = reader->read(reading);
    if (code != READ_OK && none) {
        g_string_truncate(reading->detail, detail);
        reading->value = value_null(STATE_NONE);
        return READ_OK;
    }
    return code;
}

enum finding_code field_parse(const struct field_context *context, const char *text, GString *store,
                              struct value *value, enum repair *repair, GString *detail,
                              enum finding_code *warning)
{
    struct reading reading = {.context = context,
                              .field = context->field,
                              .store = store,
                              .value = value_null(STATE_EMPTY),
                              .warning = FINDING_CODES,
                              .detail = detail != NULL ? detail : g_string_new(NULL)};
    size_t length;
    const char *start = strip_cell(text, &length, &reading.repair);
    /* Most cells end where their text does and need no copy. */
    char *copy = start[length] == '\0' ? NULL : g_strndup(start, length);
    reading.text = copy != NULL ? copy : start;
    enum finding_code code = length == 0 ? READ_OK : read_text(&reading);
    if (code != READ_OK)
        reading.value = value_null(STATE_INVALID);
    *value = reading.value;
    *repair = value->type == VALUE_NULL ? REPAIR_NONE : reading.repair;
    *warning = code == READ_OK ? reading.warning : FINDING_CODES;
    if (detail == NULL)
        g_string_free(reading.detail, TRUE);
    g_free(copy);
    return code;
}
