/* Citizen identity numbers (GB 11643-1999): what they say, and how cells hold them. */
#include <string.h>

#include "ledger/field_read.h"

enum {
    ID_LENGTH = 18,
    OLD_ID_LENGTH = 15,        /* until 1999: a year of two digits, no check character */
    DISABLED_CARD_LENGTH = 20, /* the ID, the kind of disability 1-7, its grade 1-4 */
    LOST_DIGITS_FROM = 16,     /* a spreadsheet's number keeps 15 digits and writes zeros after */
    LOST_ZEROS = 3
};

char idcard_check(const char *digits)
{
    /* GB 11643-1999, ISO 7064 MOD 11-2: weights 2^(17-i) mod 11. */
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    static const char checks[] = "10X98765432";
    int sum = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(weights); i++)
        sum += (digits[i] - '0') * weights[i];
    return checks[sum % 11];
}

static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

bool idcard_birth(const char *id, struct date *birth)
{
    *birth = (struct date){.year = two_digits(id + 6) * 100 + two_digits(id + 8),
                           .month = two_digits(id + 10),
                           .day = two_digits(id + 12)};
    return birth->month != 0 && birth->day != 0 && date_valid(*birth);
}

int idcard_sex(const char *id)
{
    return (id[16] - '0') % 2 == 1 ? 1 : 2;
}

/* x, ×, * and full-width Ｘ (folded before) where the check character stands. */
static void fix_check(struct reading *reading, GString *id)
{
    static const char *const crosses[] = {"x", "×", "*", "✕", "╳"};
    if (id->len < ID_LENGTH || strspn(id->str, "0123456789") != ID_LENGTH - 1)
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(crosses); i++) {
        if (g_str_has_prefix(id->str + ID_LENGTH - 1, crosses[i])) {
            g_string_erase(id, ID_LENGTH - 1, (gssize)strlen(crosses[i]));
            g_string_insert_c(id, ID_LENGTH - 1, 'X');
            reading->repair = REPAIR_CHECK_X;
        }
    }
}

static bool is_disabled_card(const char *text)
{
    return strlen(text) == DISABLED_CARD_LENGTH && text[18] >= '1' && text[18] <= '7' &&
           text[19] >= '1' && text[19] <= '4' && text[17] == idcard_check(text);
}

static bool has_lost_digits(const char *text)
{
    size_t length = strlen(text);
    return is_digits(text) && length >= LOST_DIGITS_FROM &&
           strcmp(text + length - LOST_ZEROS, "000") == 0;
}

/* id: bare characters. What is wrong with it, or READ_OK. */
static enum finding_code judge(struct reading *reading, const char *id)
{
    size_t digits = strspn(id, "0123456789");
    bool known = id[digits] == '\0' || strcmp(id + digits, "X") == 0;
    if (!known)
        return refuse_type(reading);
    bool checked = strlen(id) == ID_LENGTH && idcard_check(id) == id[ID_LENGTH - 1];
    if (!checked && has_lost_digits(id))
        return FINDING_VALUE_LOST_DIGITS;
    if (strlen(id) != ID_LENGTH) {
        g_string_append_printf(reading->detail, "%zu", strlen(id));
        return FINDING_VALUE_ID_LENGTH;
    }
    struct date birth;
    if (!idcard_birth(id, &birth))
        return FINDING_VALUE_ID_DATE;
    return checked ? READ_OK : FINDING_VALUE_ID_CHECK;
}

/* Old numbers are of people born from 1900 on; 996 to 999 at the end marked those older. */
static void lengthen(struct reading *reading, GString *id)
{
    if (!reading->field->old_id || id->len != OLD_ID_LENGTH || !is_digits(id->str) ||
        strcmp(id->str + OLD_ID_LENGTH - 3, "996") >= 0)
        return;
    g_string_insert(id, 6, "19");
    g_string_append_c(id, idcard_check(id->str));
    reading->repair = REPAIR_OLD_ID;
}

enum finding_code read_idcard(struct reading *reading)
{
    GString *id = reading->store;
    append_bare(reading, id, reading->text);
    if ((id->str[0] == 'G' || id->str[0] == 'g') && id->len > ID_LENGTH) {
        g_string_erase(id, 0, 1);
        reading->repair = REPAIR_PREFIX;
    }
    fix_check(reading, id);
    if (strspn(id->str, "0123456789") >= ID_LENGTH - 1 && is_disabled_card(id->str)) {
        g_string_truncate(id, ID_LENGTH);
        reading->repair = REPAIR_DISABLED_CARD;
    }
    lengthen(reading, id);
    enum finding_code code = judge(reading, id->str);
    if (code == READ_OK)
        reading->value = value_text(id->str);
    return code;
}
