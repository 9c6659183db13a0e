/* Settings by name and year: from the command line, 设置.csv, templates/settings/ and the data. */
#include "ledger/settings.h"

#include <glib.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "base/yaml.h"
#include "ledger/book.h"
#include "ledger/csv.h"

static const char csv_name[] = "设置.csv", book_name[] = "设置.xlsx";

/* One line of templates/settings/: the value from a year on. */
struct entry {
    int from; /* NO_YEAR: whatever the year */
    char *value;
};

enum { NO_YEAR = INT_MIN };

struct setting {
    char *name;                           /* as first written */
    char *override, *stored, *suggestion; /* or NULL */
    GArray *entries;                      /* struct entry, by from */
    char *declared_in;                    /* the file of entries, or NULL */
};

struct settings {
    GHashTable *by_key; /* folded name to struct setting */
};

static void setting_free(void *data)
{
    struct setting *setting = data;
    for (guint i = 0; i < setting->entries->len; i++)
        g_free(g_array_index(setting->entries, struct entry, i).value);
    g_array_free(setting->entries, TRUE);
    g_free(setting->name);
    g_free(setting->override);
    g_free(setting->stored);
    g_free(setting->suggestion);
    g_free(setting->declared_in);
    g_free(setting);
}

static char *fold_name(const char *name)
{
    char *folded = text_fold_key(name);
    GString *key = g_string_new(folded);
    g_string_replace(key, "：", ":", 0);
    g_free(folded);
    return g_string_free(key, FALSE);
}

static struct setting *find(const struct settings *settings, const char *name)
{
    char *key = fold_name(name);
    struct setting *setting = g_hash_table_lookup(settings->by_key, key);
    g_free(key);
    return setting;
}

static struct setting *find_or_add(struct settings *settings, const char *name)
{
    struct setting *setting = find(settings, name);
    if (setting == NULL) {
        setting = g_new0(struct setting, 1);
        setting->name = text_strip(name);
        setting->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
        g_hash_table_insert(settings->by_key, fold_name(name), setting);
    }
    return setting;
}

/* value as it is kept; NULL when the name asks for a year or a date and it is none. */
static char *normalise(const char *name, const char *value)
{
    char *stripped = text_strip(value);
    char *key = fold_name(name);
    bool is_year = strcmp(key, "年度") == 0;
    bool is_date = g_str_has_suffix(key, "日期");
    g_free(key);
    if (!is_year && !is_date)
        return stripped;
    if (is_year && g_str_has_suffix(stripped, "年度"))
        stripped[strlen(stripped) - strlen("度")] = '\0';
    struct date date;
    bool guessed;
    bool known =
        date_parse_ledger(stripped, &date, &guessed) && (!is_year || (!guessed && date.month == 0));
    g_free(stripped);
    if (!known)
        return NULL;
    GString *out = g_string_new(NULL);
    date_format_iso(out, date);
    return g_string_free(out, FALSE);
}

static void replace(char **text, char *by)
{
    g_free(*text);
    *text = by;
}

/* The two that come without a place to report: what is no year or date stays as it is. */
static char *normalise_or_copy(const char *name, const char *value)
{
    char *normal = normalise(name, value);
    return normal != NULL ? normal : g_strdup(value);
}

void settings_override(struct settings *settings, const char *name, const char *value)
{
    struct setting *setting = find_or_add(settings, name);
    replace(&setting->override, normalise_or_copy(setting->name, value));
}

void settings_suggest(struct settings *settings, const char *name, const char *value)
{
    struct setting *setting = find_or_add(settings, name);
    replace(&setting->suggestion, normalise_or_copy(setting->name, value));
}

/* 设置.csv */

static void take_row(struct settings *settings, const char *name, const char *value,
                     struct place place, struct findings *findings)
{
    char *name_only = text_strip(name);
    char *value_only = text_strip(value);
    if (*name_only == '\0' && *value_only != '\0')
        finding_add(findings, FINDING_SETTINGS_NO_NAME, place);
    if (*name_only != '\0' && *value_only != '\0') {
        struct setting *setting = find_or_add(settings, name_only);
        char *normal = normalise(setting->name, value_only);
        place.field = setting->name;
        if (normal == NULL)
            finding_add(findings, FINDING_SETTINGS_BAD_DATE, place, setting->name, value_only);
        else if (setting->stored != NULL && strcmp(setting->stored, normal) != 0)
            finding_add(findings, FINDING_SETTINGS_TWICE, place, setting->name);
        else
            replace(&setting->stored, g_strdup(normal));
        g_free(normal);
    }
    g_free(name_only);
    g_free(value_only);
}

/* The column whose head is name, or fallback. */
static uint32_t find_head(const struct csv_row *row, const char *name, uint32_t fallback)
{
    for (uint32_t i = 0; i < row->ncell; i++) {
        char *key = text_fold_key(row->cells[i]);
        bool same = strcmp(key, name) == 0;
        g_free(key);
        if (same)
            return i;
    }
    return fallback;
}

static void take_table(struct settings *settings, const struct csv_table *table,
                       struct findings *findings)
{
    uint32_t names = 0, values = 1;
    for (size_t i = 0; i < table->nrow; i++) {
        const struct csv_row *row = &table->rows[i];
        uint32_t head = find_head(row, "名称", UINT32_MAX);
        if (head != UINT32_MAX && find_head(row, "值", UINT32_MAX) != UINT32_MAX) {
            names = head;
            values = find_head(row, "值", values);
            continue;
        }
        const char *name = names < row->ncell ? row->cells[names] : "";
        const char *value = values < row->ncell ? row->cells[values] : "";
        take_row(settings, name, value, csv_place(table, row->line, values + 1), findings);
    }
}

static bool is_there(const char *input, const char *name)
{
    char *path = g_build_filename(input, name, NULL);
    bool exists = file_exists(path);
    g_free(path);
    return exists;
}

static void read_csv(struct settings *settings, const char *input, struct findings *findings)
{
    struct csv_table *table =
        is_there(input, csv_name) ? csv_read(input, csv_name, findings) : NULL;
    if (table != NULL)
        take_table(settings, table, findings);
    csv_table_free(table);
}

/* The first sheet that shows. */
static void read_book(struct settings *settings, const char *input, struct findings *findings)
{
    struct book *book = is_there(input, book_name) ? book_open(input, book_name, findings) : NULL;
    struct csv_table *table = NULL;
    size_t sheet = 0;
    if (book == NULL)
        return;
    while (sheet < book_sheets(book) &&
           (book_sheet(book, sheet)->hidden || book_sheet(book, sheet)->chart))
        sheet++;
    if (sheet < book_sheets(book))
        table = book_table(book, sheet, findings);
    if (table != NULL)
        take_table(settings, table, findings);
    csv_table_free(table);
    book_free(book);
}

bool settings_is_file(const char *path)
{
    return strcmp(path, csv_name) == 0 || strcmp(path, book_name) == 0;
}

/* templates/settings/ */

static int compare_entries(const void *a, const void *b)
{
    int one = ((const struct entry *)a)->from, other = ((const struct entry *)b)->from;
    return (one > other) - (one < other);
}

static bool has_entry(const struct setting *setting, int from)
{
    for (guint i = 0; i < setting->entries->len; i++) {
        if (g_array_index(setting->entries, struct entry, i).from == from)
            return true;
    }
    return false;
}

static void add_entry(struct setting *setting, int from, const char *value,
                      const struct yaml_node *node, struct findings *findings)
{
    char *normal = normalise(setting->name, value);
    if (normal == NULL) {
        finding_add(findings, FINDING_SETTINGS_BAD_DATE, node->place, setting->name, value);
    } else if (has_entry(setting, from)) {
        finding_add(findings, FINDING_SETTINGS_YEAR_TWICE, node->place, setting->name);
        g_free(normal);
    } else {
        struct entry entry = {.from = from, .value = normal};
        g_array_append_val(setting->entries, entry);
    }
}

static void read_entry(struct setting *setting, const struct yaml_node *node,
                       struct findings *findings)
{
    static const char *const keys[] = {"from", "值", NULL};
    if (yaml_only(node, keys, findings) != 0)
        return;
    const char *value = yaml_text(node, "值", NULL, findings);
    if (yaml_member(node, "值") == NULL)
        finding_add(findings, FINDING_SETTINGS_NO_VALUE, node->place, setting->name);
    long from = yaml_integer(node, "from", NO_YEAR, findings);
    if (value != NULL)
        add_entry(setting, (int)CLAMP(from, INT_MIN, INT_MAX), value, node, findings);
}

static void read_setting(struct settings *settings, const struct yaml_node *node,
                         struct findings *findings)
{
    struct setting *setting = find_or_add(settings, node->key);
    if (setting->declared_in != NULL) {
        finding_add(findings, FINDING_SETTINGS_DECLARED_TWICE, node->key_place, setting->name,
                    setting->declared_in);
        return;
    }
    setting->declared_in = g_strdup(node->key_place.file);
    if (node->kind == YAML_TEXT) {
        add_entry(setting, NO_YEAR, node->text, node, findings);
        return;
    }
    if (node->kind == YAML_MAP) {
        finding_add(findings, FINDING_TEMPLATE_WRONG_KIND, node->place, node->key,
                    "一个值，或 {from: 年份, 值: …} 的列表",
                    "a text, or a list of {from: year, 值: …}");
        return;
    }
    for (size_t i = 0; i < node->count; i++)
        read_entry(setting, &node->children[i], findings);
    g_array_sort(setting->entries, compare_entries);
}

static void read_yaml(struct settings *settings, const char *path, struct findings *findings)
{
    struct yaml_file *file = yaml_read(path, findings);
    if (file == NULL)
        return;
    const struct yaml_node *root = yaml_root(file);
    if (root->kind != YAML_MAP)
        finding_add(findings, FINDING_TEMPLATE_WRONG_KIND, root->place, "-", "名称: 值 的对应",
                    "a map of names and values");
    for (size_t i = 0; root->kind == YAML_MAP && i < root->count; i++)
        read_setting(settings, &root->children[i], findings);
    yaml_close(file);
}

static void read_folder(struct settings *settings, const char *folder, struct findings *findings)
{
    char **paths = folder_exists(folder) ? file_list(folder, findings) : NULL;
    for (size_t i = 0; paths != NULL && paths[i] != NULL; i++) {
        if (!g_str_has_suffix(paths[i], ".yaml"))
            continue;
        char *path = g_build_filename(folder, paths[i], NULL);
        read_yaml(settings, path, findings);
        g_free(path);
    }
    g_strfreev(paths);
}

struct settings *settings_load(const char *folder, const char *input, struct findings *findings)
{
    struct settings *settings = g_new0(struct settings, 1);
    settings->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, setting_free);
    read_folder(settings, folder, findings);
    read_csv(settings, input, findings);
    read_book(settings, input, findings);
    return settings;
}

void settings_free(struct settings *settings)
{
    if (settings == NULL)
        return;
    g_hash_table_destroy(settings->by_key);
    g_free(settings);
}

/* The last entry that holds in year; year 0 knows only those without one. */
static const char *entry_value(const struct setting *setting, int year)
{
    const char *value = NULL;
    for (guint i = 0; i < setting->entries->len; i++) {
        const struct entry *entry = &g_array_index(setting->entries, struct entry, i);
        if (entry->from == NO_YEAR || (year != 0 && entry->from <= year))
            value = entry->value;
    }
    return value;
}

const char *settings_overridden(const struct settings *settings, const char *name)
{
    const struct setting *setting = find(settings, name);
    return setting == NULL ? NULL : setting->override;
}

const char *settings_stored(const struct settings *settings, const char *name, int year)
{
    const struct setting *setting = find(settings, name);
    if (setting == NULL)
        return NULL;
    if (setting->stored != NULL)
        return setting->stored;
    const char *value = entry_value(setting, year);
    return value != NULL ? value : setting->suggestion;
}

const char *settings_value(const struct settings *settings, const char *name, int year)
{
    const char *value = settings_overridden(settings, name);
    return value != NULL ? value : settings_stored(settings, name, year);
}

int settings_year(const struct settings *settings)
{
    const char *value = settings_value(settings, "年度", 0);
    struct date date;
    return value != NULL && date_parse_iso(value, &date) ? date.year : 0;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **settings_names(const struct settings *settings)
{
    const char **names = g_new0(const char *, g_hash_table_size(settings->by_key) + 1);
    GHashTableIter iter;
    void *setting;
    size_t count = 0;
    g_hash_table_iter_init(&iter, settings->by_key);
    while (g_hash_table_iter_next(&iter, NULL, &setting))
        names[count++] = ((const struct setting *)setting)->name;
    qsort(names, count, sizeof(*names), compare_names);
    return names;
}
