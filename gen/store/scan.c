/* Looks for IDs, mobile numbers and card numbers in free text. */
#include "store/scan.h"

#include <glib.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

/* Digits standing together. */
struct group {
    const char *digits; /* in the folded text */
    size_t length;
    char joint; /* what parts it from the group before: ' ' or '.', or 0: something else */
};

enum { SHORTEST = 11, LONGEST_JOINED = 20 };

/* The text as digits, spaces (every space or dash), points, and x for all else. */
static char *fold(const char *text)
{
    GString *out = g_string_new(NULL);

    for (size_t length; *text; text += length) {
        const uint32_t character = text_character(text, &length);

        if (character >= '0' && character <= '9')
            g_string_append_c(out, (char)character);
        else if (character >= 0xFF10 && character <= 0xFF19) /* ０ to ９ */
            g_string_append_c(out, (char)('0' + (character - 0xFF10)));
        else if (character == '.' || character == 0xFF0E || character == 0xB7)
            g_string_append_c(out, '.');
        else if (character < 0x80 && strchr(" -\t\r\n_", (int)character))
            g_string_append_c(out, ' ');
        else if (character == 0xA0 || character == 0x3000 || character == 0xFF0D ||
                 character == 0x2212 || character == 0xAD ||
                 (character >= 0x2000 && character <= 0x2015))
            g_string_append_c(out, ' ');
        else
            g_string_append_c(out, 'x');
    }
    return g_string_free(out, FALSE);
}

static GArray *groups_of(const char *folded)
{
    GArray *groups = g_array_new(FALSE, FALSE, sizeof(struct group));
    const char *end = folded; /* of the group before */

    for (const char *at = folded; *at;) {
        const size_t length = strspn(at, "0123456789");

        if (!length) {
            at++;
            continue;
        }
        const struct group group = {
            .digits = at,
            .length = length,
            .joint = groups->len && at - end == 1 && at[-1] != 'x' ? at[-1] : 0,
        };

        g_array_append_val(groups, group);
        at = end = at + length;
    }
    return groups;
}

static int number(const char *digits, size_t length)
{
    int result = 0;

    for (size_t i = 0; i < length; i++)
        result = result * 10 + (digits[i] - '0');
    return result;
}

/* A day, month or year of these times, as people write them in groups of digits. */
static bool is_date(const struct group *group)
{
    struct date date = {0};

    if (group->length != 4 && group->length != 6 && group->length != 8)
        return false;
    date.year = number(group->digits, 4);
    if (group->length > 4)
        date.month = number(group->digits + 4, 2);
    if (group->length > 6)
        date.day = number(group->digits + 6, 2);
    if ((group->length > 4 && !date.month) || (group->length > 6 && !date.day))
        return false;
    return date.year < 2100 && date_valid(date);
}

static bool is_id(const char *digits, size_t length)
{
    struct date birth;

    if (digits[0] == '0')
        return false;
    if (length == 18) {
        birth =
            (struct date){number(digits + 6, 4), number(digits + 10, 2), number(digits + 12, 2)};
        return birth.year < 2100 && birth.month && birth.day && date_valid(birth);
    }
    if (length == 15) {
        birth = (struct date){1900 + number(digits + 6, 2), number(digits + 8, 2),
                              number(digits + 10, 2)};
        return birth.month && birth.day && date_valid(birth);
    }
    return false;
}

static bool is_mobile(const char *digits, size_t length)
{
    return length == 11 && digits[0] == '1' && digits[1] >= '3';
}

static bool is_private_run(const char *digits, size_t length)
{
    if (length >= 16 || is_id(digits, length) || is_mobile(digits, length))
        return true;
    if (length == 13 && strncmp(digits, "86", 2) == 0)
        return is_mobile(digits + 2, 11);
    if (length == 15 && strncmp(digits, "0086", 4) == 0)
        return is_mobile(digits + 4, 11);
    return false;
}

/* How the groups of one candidate are written. */
struct shape {
    size_t count, total;
    size_t first, second;
    bool dates;  /* every group is a date */
    bool points; /* some are parted by a point */
    bool single; /* every group is one digit */
    bool tiny;   /* one, not the last, has less than 3 digits */
};

static bool is_private_join(const char *digits, const struct shape *shape)
{
    const bool in_4_4 = shape->count == 3 && shape->first == 3 && shape->second == 4;

    if (is_mobile(digits, shape->total)) {
        if (shape->points)
            return in_4_4;
        return in_4_4 || shape->single ||
               (shape->count == 2 && (shape->first == 3 || shape->first == 7));
    }
    if (shape->points)
        return false;
    /* Counting (3-4-5-6-…) makes old IDs of 15 digits, but hardly one of 18. */
    if (is_id(digits, shape->total) && !shape->dates &&
        (shape->total == 18 || !shape->tiny || shape->single))
        return true;
    return shape->total >= 16 && !shape->dates && !shape->tiny;
}

/* Whether some groups from this one on, joined, are a private number. */
static bool joins_to_private(const struct group *groups, size_t count)
{
    char digits[LONGEST_JOINED + 1];
    struct shape shape = {.dates = true, .single = true, .first = groups[0].length};

    for (size_t i = 0; i < count && (i == 0 || groups[i].joint); i++) {
        if (shape.total + groups[i].length > LONGEST_JOINED)
            return false;
        shape.tiny = shape.tiny || (i && groups[i - 1].length < 3);
        shape.points = shape.points || (i && groups[i].joint == '.');
        shape.dates = shape.dates && is_date(&groups[i]);
        shape.single = shape.single && groups[i].length == 1;
        if (i == 1)
            shape.second = groups[i].length;
        memcpy(digits + shape.total, groups[i].digits, groups[i].length);
        shape.total += groups[i].length;
        shape.count++;
        if (i && is_private_join(digits, &shape))
            return true;
    }
    return false;
}

/* Most texts hold no number to speak of: they are passed without being folded. */
static bool has_digits(const char *text)
{
    size_t digits = 0;

    for (; *text && digits < SHORTEST; text++)
        digits += g_ascii_isdigit(*text) || (unsigned char)*text == 0xEF;
    return digits >= SHORTEST;
}

bool scan_finds_private(const char *text)
{
    bool found = false;

    if (!has_digits(text))
        return false;

    char *folded = fold(text);
    GArray *groups = groups_of(folded);

    for (guint i = 0; i < groups->len && !found; i++) {
        const struct group *group = &g_array_index(groups, struct group, i);

        found = is_private_run(group->digits, group->length) ||
                joins_to_private(group, groups->len - i);
    }
    g_array_free(groups, TRUE);
    g_free(folded);
    return found;
}
