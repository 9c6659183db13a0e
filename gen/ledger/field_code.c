/* Reads words from a closed list: codes with their synonyms, and yes or no. */
#include <string.h>

#include "base/text.h"
#include "ledger/field_read.h"

static const char *const yes_words[] = {"是", "有",  "对",     "真",     "1",    "1.0",
                                        "y",  "yes", "true",   "t",      "√",    "✓",
                                        "✔",  "☑",   "已参加", "已享受", "参加", "享受"};
static const char *const no_words[] = {"否", "无",  "無", "没有",   "不是",   "错",     "假",
                                       "0",  "0.0", "n",  "no",     "false",  "f",      "×",
                                       "x",  "✗",   "✘",  "未参加", "未享受", "不参加", "不享受"};

/* The field's own name for text, or NULL. */
static const char *find_synonym(const struct field *field, const char *text, const char *key)
{
    const struct synonym *synonym = field->synonyms;
    for (; synonym != NULL && synonym->from != NULL; synonym++) {
        if (strcmp(synonym->from, text) == 0)
            return synonym->to;
    }
    for (synonym = field->synonyms; synonym != NULL && synonym->from != NULL; synonym++) {
        char *from = text_fold_key(synonym->from);
        bool same = strcmp(from, key) == 0;
        g_free(from);
        if (same)
            return synonym->to;
    }
    return NULL;
}

static bool holds(const char *const *words, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], key) == 0)
            return true;
    }
    return false;
}

enum finding_code read_boolean(struct reading *reading)
{
    char *key = text_fold_key(reading->text);
    const char *own = find_synonym(reading->field, reading->text, key);
    if (own != NULL)
        reading->repair = REPAIR_SYNONYM;
    const char *word = own != NULL ? own : key;
    bool yes = holds(yes_words, G_N_ELEMENTS(yes_words), word);
    bool known = yes || holds(no_words, G_N_ELEMENTS(no_words), word);
    g_free(key);
    if (!known)
        return refuse_type(reading);
    reading->value = value_integer(yes ? 1 : 0);
    return READ_OK;
}

static size_t count_codes(const struct field *field)
{
    size_t count = 0;
    while (field->codes[count] != NULL)
        count++;
    return count;
}

/* The index of the code that text names, or SIZE_MAX. */
static size_t find_code(struct reading *reading, const char *text)
{
    const struct field *field = reading->field;
    for (size_t i = 0; field->codes[i] != NULL; i++) {
        if (strcmp(field->codes[i], text) == 0)
            return i;
    }
    char *key = text_fold_key(text);
    const char *own = find_synonym(field, text, key);
    size_t found = SIZE_MAX;
    for (size_t i = 0; found == SIZE_MAX && field->codes[i] != NULL; i++) {
        char *code = own != NULL ? g_strdup(own) : g_strdup(key);
        char *folded = own != NULL ? g_strdup(field->codes[i]) : text_fold_key(field->codes[i]);
        if (strcmp(code, folded) == 0)
            found = i;
        g_free(code);
        g_free(folded);
    }
    if (own != NULL)
        reading->repair = REPAIR_SYNONYM;
    g_free(key);
    return found;
}

/* What is not in the list, where everybody may see it, and what is in it. */
static enum finding_code refuse_code(struct reading *reading, const char *text)
{
    enum { LISTED_CODES = 12 };
    const struct field *field = reading->field;
    const char *nearest = NULL;
    if (detail_text(reading, text)) {
        nearest = text_nearest(text, field->codes, count_codes(field));
        g_string_append(reading->detail, "，");
    }
    if (nearest != NULL) {
        g_string_append_printf(reading->detail, "是不是 %s", nearest);
        return FINDING_VALUE_CODE;
    }
    g_string_append(reading->detail, "可填 ");
    for (size_t i = 0; i < LISTED_CODES && field->codes[i] != NULL; i++)
        g_string_append_printf(reading->detail, "%s%s", i > 0 ? "、" : "", field->codes[i]);
    if (count_codes(field) > LISTED_CODES)
        g_string_append(reading->detail, "…");
    return FINDING_VALUE_CODE;
}

/* The separators of domain.md 5 row 27 all become line feeds. */
static char **split_codes(const char *text)
{
    static const char *const separators[] = {"，", "、", "；", "／", "｜", "和"};
    GString *lines = g_string_new(text);
    for (size_t i = 0; i < G_N_ELEMENTS(separators); i++)
        g_string_replace(lines, separators[i], "\n", 0);
    char *joined = g_strdelimit(g_string_free(lines, FALSE), ",;/|\r\t", '\n');
    char **pieces = g_strsplit(joined, "\n", -1);
    g_free(joined);
    return pieces;
}

/* In the clerk's order, each once: the first cause is the main one. */
static enum finding_code read_codes(struct reading *reading)
{
    const struct field *field = reading->field;
    bool *chosen = g_new0(bool, count_codes(field) + 1);
    char **pieces = split_codes(reading->text);
    enum finding_code code = READ_OK;
    for (size_t i = 0; code == READ_OK && pieces[i] != NULL; i++) {
        g_strstrip(pieces[i]);
        if (*pieces[i] == '\0')
            continue;
        size_t found = find_code(reading, pieces[i]);
        if (found == SIZE_MAX)
            code = refuse_code(reading, pieces[i]);
        else if (!chosen[found])
            g_string_append_printf(reading->store, "%s%s", reading->store->len > 0 ? "、" : "",
                                   field->codes[found]);
        if (found != SIZE_MAX)
            chosen[found] = true;
    }
    g_strfreev(pieces);
    g_free(chosen);
    return code;
}

enum finding_code read_code(struct reading *reading)
{
    size_t found = find_code(reading, reading->text);
    enum finding_code code = READ_OK;
    if (found != SIZE_MAX)
        g_string_append(reading->store, reading->field->codes[found]);
    else if (reading->field->multiple)
        code = read_codes(reading);
    else
        code = refuse_code(reading, reading->text);
    if (code == READ_OK && reading->store->len == 0)
        code = refuse_code(reading, reading->text); /* only separators */
    if (code == READ_OK)
        reading->value = value_text(reading->store->str);
    return code;
}
