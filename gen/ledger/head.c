/* Reads heads: names folded for comparison, units split off, units compared by powers of ten. */
#include "ledger/head.h"

#include <glib.h>
#include <string.h>

#include "base/text.h"
#include "ledger/sheet.h"

struct head_name head_name_of(struct arena *arena, const char *text, const char **unit)
{
    char *key = text_fold_key(text);
    const size_t length = strlen(key);
    const char *open = strrchr(key, '(');
    struct head_name name = {.full = arena_text(arena, key)};

    if (open && open > key && key[length - 1] == ')') {
        name.bare = arena_text_length(arena, key, (size_t)(open - key));
        *unit = arena_text_length(arena, open + 1, length - (size_t)(open + 1 - key) - 1);
    }
    g_free(key);
    return name;
}

static struct head_name join(struct arena *arena, struct head_name upper, struct head_name lower)
{
    char *text = g_strconcat(upper.bare ? upper.bare : upper.full, "/",
                             lower.bare ? lower.bare : lower.full, NULL);
    char *full = g_strconcat(upper.full, "/", lower.full, NULL);
    struct head_name name = {arena_text(arena, full),
                             strcmp(text, full) == 0 ? NULL : arena_text(arena, text)};

    g_free(full);
    g_free(text);
    return name;
}

/* The head as one line of text, white space (line feeds in a cell) taken out. */
static const char *display_text(struct arena *arena, const char *upper, const char *lower)
{
    GString *text = g_string_new(upper);
    const char *kept;
    size_t length;

    if (lower)
        g_string_append_printf(text, "%s%s", upper ? "/" : "", lower);
    for (size_t i = 0; i < text->len;) {
        if (cell_blank_at(text->str + i, &length))
            g_string_erase(text, (gssize)i, (gssize)length);
        else
            i += length;
    }
    kept = arena_text_length(arena, text->str, text->len);
    g_string_free(text, TRUE);
    return kept;
}

void head_column_read(struct arena *arena, const char *upper, const char *lower, bool in_group,
                      struct head_column *column)
{
    const char *upper_unit = NULL, *lower_unit = NULL;

    *column = (struct head_column){0};
    if (upper && cell_is_blank(upper))
        upper = NULL;
    if (lower && cell_is_blank(lower))
        lower = NULL;
    if (!upper && !lower)
        return;
    column->text = display_text(arena, upper, lower);
    if (upper)
        column->names[HEAD_UPPER] = head_name_of(arena, upper, &upper_unit);
    if (lower)
        column->names[HEAD_LOWER] = head_name_of(arena, lower, &lower_unit);
    column->unit = lower_unit ? lower_unit : upper_unit;
    if (upper && lower)
        column->names[HEAD_JOINED] =
            join(arena, column->names[HEAD_UPPER], column->names[HEAD_LOWER]);
    else if (upper && !in_group) {
        column->names[HEAD_LOWER] = column->names[HEAD_UPPER];
        column->names[HEAD_UPPER] = (struct head_name){0};
    }
}

static const struct {
    const char *text;
    int power;
} multipliers[] = {{"千万", 7}, {"百万", 6}, {"十万", 5}, {"亿", 8},
                   {"万", 4},   {"千", 3},   {"百", 2}};

static const struct {
    const char *from, *to;
} unit_names[] = {{"人民币元", "元"}, {"圆", "元"},     {"rmb", "元"},      {"㎡", "平方米"},
                  {"m2", "平方米"},   {"m²", "平方米"}, {"平米", "平方米"}, {"个月", "月"}};

/* Measures: a head that names another one than its field cannot be read as if it did not. */
static const char *const measures[] = {"元",   "亩", "平方米", "公顷", "平方公里", "公里", "米",
                                       "里",   "斤", "公斤",   "克",   "吨",       "美元", "立方米",
                                       "千瓦", "天", "日",     "月",   "年"};

static const char *canonical_unit(const char *unit)
{
    for (size_t i = 0; i < G_N_ELEMENTS(unit_names); i++) {
        if (strcmp(unit, unit_names[i].from) == 0)
            return unit_names[i].to;
    }
    return unit;
}

static bool is_measure(const char *unit)
{
    for (size_t i = 0; i < G_N_ELEMENTS(measures); i++) {
        if (strcmp(unit, measures[i]) == 0)
            return true;
    }
    return false;
}

/* 万元 is 元 and 4. */
static const char *split_unit(const char *unit, int *power)
{
    *power = 0;
    unit = canonical_unit(unit);
    if (is_measure(unit)) /* 千瓦 is no thousand of 瓦 here */
        return unit;
    for (size_t i = 0; i < G_N_ELEMENTS(multipliers); i++) {
        const size_t length = strlen(multipliers[i].text);

        if (strncmp(unit, multipliers[i].text, length) == 0 && unit[length]) {
            *power = multipliers[i].power;
            return canonical_unit(unit + length);
        }
    }
    return unit;
}

enum unit_fit unit_scale(const char *from, const char *to, int *scale)
{
    int from_power, to_power;
    const char *from_unit = split_unit(from, &from_power);
    const char *to_unit = split_unit(to, &to_power);

    *scale = 0;
    if (strcmp(from_unit, to_unit) == 0) {
        *scale = from_power - to_power;
        return UNIT_FITS;
    }
    return is_measure(from_unit) ? UNIT_FOREIGN : UNIT_NONE;
}
