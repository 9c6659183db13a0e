/* Reads the values of template files: numbers with their units, words of a list. */
#include "document/reader.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "document/suggest.h"

/* domain.md 4.2: the names of type sizes. */
static const struct {
    const char *name;
    mpt size;
} SIZES[] = {
    {"初号", 42000}, {"小初", 36000}, {"一号", 26000}, {"小一", 24000},
    {"二号", 22000}, {"小二", 18000}, {"三号", 16000}, {"小三", 15000},
    {"四号", 14000}, {"小四", 12000}, {"五号", 10500}, {"小五", 9000},
};

size_t read_errors(const struct findings *findings)
{
    return findings_of_level(findings, LEVEL_ERROR);
}

/* A plain number from 0 to 10 000, all of text. */
static bool parse_number(const char *text, double *number)
{
    char *end;

    if (!g_ascii_isdigit(text[0]))
        return false;
    *number = g_ascii_strtod(text, &end);
    return *end == '\0' && *number <= 10000;
}

static bool read_number(const struct yaml_node *map, const char *key, const char *what,
                        const char *english, double *number, struct findings *findings)
{
    const char *text = yaml_text(map, key, NULL, findings);

    if (!text)
        return false;
    if (parse_number(text, number))
        return true;
    finding_add(findings, FINDING_TEMPLATE_NUMBER, yaml_member(map, key)->place, key, what,
                english);
    return false;
}

mpt read_length(const struct yaml_node *map, const char *key, mpt fallback,
                struct findings *findings)
{
    double number;

    if (!read_number(map, key, "毫米数", "a length in mm", &number, findings))
        return fallback;
    return (mpt)lround(number * MPT_PER_MM);
}

mpt read_size(const struct yaml_node *map, const char *key, mpt fallback, struct findings *findings)
{
    const char *text = yaml_text(map, key, NULL, findings);
    double number;

    for (size_t i = 0; text && i < G_N_ELEMENTS(SIZES); i++)
        if (strcmp(text, SIZES[i].name) == 0)
            return SIZES[i].size;
    if (!text || !read_number(map, key, "磅数或字号", "a size in pt", &number, findings))
        return fallback;
    return (mpt)lround(number * 1000);
}

int read_thousandths(const struct yaml_node *map, const char *key, int fallback,
                     struct findings *findings)
{
    double number;

    if (!read_number(map, key, "数字", "a number", &number, findings))
        return fallback;
    return (int)lround(number * 1000);
}

int read_word(const struct yaml_node *map, const char *key, const char *const *words, int fallback,
              struct findings *findings)
{
    const char *text = yaml_text(map, key, NULL, findings);

    if (!text)
        return fallback;
    for (int i = 0; words[i]; i++)
        if (strcmp(words[i], text) == 0)
            return i;
    suggest_from(findings, FINDING_TEMPLATE_UNKNOWN_WORD, yaml_member(map, key)->place, text,
                 words);
    return fallback;
}

const char **read_list(const struct yaml_node *map, const char *key, struct findings *findings)
{
    const struct yaml_node *node = yaml_member(map, key);
    GPtrArray *texts = g_ptr_array_new();

    if (node && node->kind == YAML_LIST) {
        for (size_t i = 0; i < node->count; i++) {
            if (node->children[i].kind == YAML_TEXT)
                g_ptr_array_add(texts, (gpointer)node->children[i].text);
            else
                suggest_kind(findings, &node->children[i], YAML_TEXT);
        }
    } else if (node) {
        const char *text = yaml_text(map, key, NULL, findings);

        if (text)
            g_ptr_array_add(texts, (gpointer)text);
    }
    g_ptr_array_add(texts, NULL);
    return (const char **)g_ptr_array_free(texts, FALSE);
}

const char *read_required(const struct yaml_node *map, const char *key, struct findings *findings)
{
    const char *text = yaml_text(map, key, NULL, findings);

    if (!yaml_member(map, key))
        finding_add(findings, FINDING_TEMPLATE_MISSING_KEY, map->place, key);
    return text;
}
