/* Reads 年度, 类别 and 批次 from title lines and file names. */
#include "ledger/title.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ledger/words.h"

/* The one value found so far; several different ones are none. */
struct sole {
    GString *text;
    bool found, several;
};

static void sole_add(struct sole *sole, const char *text, size_t length)
{
    if (!sole->found)
        g_string_append_len(sole->text, text, (gssize)length);
    else if (sole->text->len != length || memcmp(sole->text->str, text, length) != 0)
        sole->several = true;
    sole->found = true;
}

/* 2026年3月1日 dates the paper; 2026年 or 2026 says which year it is about. */
static bool begins_date(const char *after)
{
    if (!g_str_has_prefix(after, "年"))
        return false;
    after += strlen("年");
    return g_ascii_isdigit(*after) && strstr(after, "月") &&
           strspn(after, "0123456789") == (size_t)(strstr(after, "月") - after);
}

static void find_years(struct sole *sole, const char *text)
{
    while (*text) {
        const size_t digits = strspn(text, "0123456789");

        if (digits == 4 && atoi(text) >= 1949 && atoi(text) <= 2099 && !begins_date(text + 4))
            sole_add(sole, text, 4);
        text += digits ? digits : 1;
    }
}

/* The longest of the codes and their synonyms at text, as its code; NULL: none. Single characters
 * occur anywhere and say nothing. */
static const char *code_at(const struct field *field, const char *text, size_t *length)
{
    const char *code = NULL;

    *length = 0;
    for (size_t i = 0; field->codes[i]; i++) {
        const size_t bytes = strlen(field->codes[i]);

        if (bytes > 3 && bytes > *length && g_str_has_prefix(text, field->codes[i])) {
            *length = bytes;
            code = field->codes[i];
        }
    }
    for (const struct synonym *synonym = field->synonyms; synonym && synonym->from; synonym++) {
        const size_t bytes = strlen(synonym->from);

        if (bytes > 3 && bytes > *length && g_str_has_prefix(text, synonym->from)) {
            *length = bytes;
            code = synonym->to;
        }
    }
    return code;
}

static void find_codes(struct sole *sole, const struct field *field, const char *text)
{
    size_t length;

    while (*text) {
        const char *code = code_at(field, text, &length);

        if (code)
            sole_add(sole, code, strlen(code));
        else
            text_character(text, &length);
        text += length;
    }
}

/* 第一批, 第12批 */
static void find_batches(struct sole *sole, const char *text)
{
    while ((text = strstr(text, "第"))) {
        const char *end = strstr(text, "批");

        if (end && g_utf8_strlen(text, end - text) <= 4)
            sole_add(sole, text, (size_t)(end - text) + strlen("批"));
        text += strlen("第");
    }
}

static void find_values(struct sole *sole, const struct field *field, const char *text)
{
    GString *folded = g_string_new(NULL);

    text_fold_digits(folded, text);
    if (field->type == FIELD_YEAR)
        find_years(sole, folded->str);
    else if (field->type == FIELD_CODE)
        find_codes(sole, field, folded->str);
    else if (strcmp(field->name, FIELD_BATCH_NAME) == 0)
        find_batches(sole, folded->str);
    g_string_free(folded, TRUE);
}

/* …未消除608人.xlsx: the number before the unit, as the clerk counted; NULL: the name says none.
 * Years (2026年) have another unit. */
static char *count_in_name(const char *path, const char *unit, size_t *number)
{
    char *base = g_path_get_basename(path);
    GString *folded = g_string_new(NULL);
    const char *at;
    char *found = NULL;

    text_fold_digits(folded, base);
    for (at = folded->str; (at = strpbrk(at, "0123456789"));) {
        const size_t digits = strspn(at, "0123456789");

        if (digits < 7 && g_str_has_prefix(at + digits, unit)) {
            g_free(found);
            found = g_strdup_printf("%.*s%s", (int)digits, at, unit);
            *number = (size_t)strtoul(at, NULL, 10);
        }
        at += digits;
    }
    g_string_free(folded, TRUE);
    g_free(base);
    return found;
}

void name_count_check(const struct load *load, uint32_t file, const struct match *match)
{
    const struct ledger_file *counts = &g_array_index(load->files, struct ledger_file, file);
    const size_t rows = counts->rows_read + counts->rows_refused;
    size_t number = 0;
    /* a list of persons has a row a person; all others have one a household at least */
    char *said = count_in_name(counts->path, match->schema->also ? "人" : "户", &number);

    if (!said)
        said = count_in_name(counts->path, "条", &number);
    if (said && number != rows) {
        char *found = g_strdup_printf("%zu", rows);

        finding_add(load->findings, FINDING_LEDGER_NAME_COUNT, (struct place){.file = counts->path},
                    said, found);
        g_free(found);
    }
    g_free(said);
}

enum where { NOWHERE, IN_TITLE, IN_NAME };

/* Title lines first; the sheet's name and the path only if they are silent. */
static enum where find_sole(const struct sheet *sheet, const struct field *field, GString *text)
{
    struct sole sole = {.text = text};
    enum where where = IN_TITLE;

    for (size_t i = 0; i < sheet->ntitle; i++)
        find_values(&sole, field, sheet->titles[i]);
    if (!sole.found && sheet->table->sheet) {
        where = IN_NAME;
        find_values(&sole, field, sheet->table->sheet);
    }
    if (!sole.found) {
        where = IN_NAME;
        find_values(&sole, field, sheet->table->path);
    }
    return sole.found && !sole.several ? where : NOWHERE;
}

static bool may_be_titled(const struct field *field)
{
    return strcmp(field->name, FIELD_YEAR_NAME) == 0 ||
           strcmp(field->name, FIELD_CLASS_NAME) == 0 || strcmp(field->name, FIELD_BATCH_NAME) == 0;
}

bool title_knows(const struct sheet *sheet, const struct field *field)
{
    GString *text;
    bool known;

    if (!may_be_titled(field))
        return false;
    text = g_string_new(NULL);
    known = find_sole(sheet, field, text) != NOWHERE;
    g_string_free(text, TRUE);
    return known;
}

static void apply(struct load *load, size_t ledger, size_t field, const char *text, size_t from)
{
    const struct field *of = &load_ledger(load, ledger)->schema->fields[field];
    const struct value value =
        of->type == FIELD_YEAR ? value_integer(atoi(text)) : value_text(text);

    for (size_t row = from; row < load_rows(load, ledger); row++)
        rowset_replace(load_ledger(load, ledger)->rows, row, field, &value);
}

void titles_apply(struct load *load, uint32_t file, const struct sheet *sheet,
                  const struct match *match, size_t from)
{
    static const struct field any_year = {.name = FIELD_YEAR_NAME, .type = FIELD_YEAR};
    const struct place place =
        ledger_file_place(&g_array_index(load->files, struct ledger_file, file));
    GString *text = g_string_new(NULL);

    if (find_sole(sheet, &any_year, text) != NOWHERE) {
        const int year = atoi(text->str);

        g_array_append_val(load->years, year);
    }
    for (size_t f = 0; f < match->schema->nfield - match->schema->nderived; f++) {
        const struct field *field = &match->schema->fields[f];
        enum where where;

        if (!may_be_titled(field) || match->uses[f].column != NO_COLUMN)
            continue;
        g_string_truncate(text, 0);
        where = find_sole(sheet, field, text);
        if (where == NOWHERE)
            continue;
        apply(load, match->ledger, f, text->str, from);
        finding_add(load->findings,
                    where == IN_TITLE ? FINDING_LEDGER_VALUE_FROM_TITLE
                                      : FINDING_LEDGER_VALUE_FROM_NAME,
                    place, field->name, text->str);
    }
    g_string_free(text, TRUE);
}

/* Whether all years are one; *year then. */
static bool sole_year(const GArray *years, int *year)
{
    for (guint i = 0; i < years->len; i++) {
        if (g_array_index(years, int, i) != g_array_index(years, int, 0))
            return false;
    }
    if (years->len > 0)
        *year = g_array_index(years, int, 0);
    return years->len > 0;
}

/* The years that columns 年度 hold. */
static GArray *years_of_ledgers(const struct load *load)
{
    GArray *years = g_array_new(FALSE, FALSE, sizeof(int));

    for (size_t i = 0; i < load->ledgers->count; i++) {
        const size_t field = schema_field(load_ledger(load, i)->schema, FIELD_YEAR_NAME);

        for (size_t row = 0; field != SIZE_MAX && row < load_rows(load, i); row++) {
            const struct value value = load_value(load, i, row, field);
            const int year = value.type == VALUE_INTEGER ? (int)value.integer : 0;

            if (year && (years->len == 0 || year != g_array_index(years, int, years->len - 1)))
                g_array_append_val(years, year);
        }
    }
    return years;
}

void titles_suggest_year(struct load *load)
{
    const struct place nowhere = {0};
    GArray *years = years_of_ledgers(load);
    int year = 0;
    char text[16];

    if (load->years->len > 0 ? sole_year(load->years, &year) : sole_year(years, &year)) {
        g_snprintf(text, sizeof text, "%d", year);
        settings_suggest(load->settings, FIELD_YEAR_NAME, text);
        finding_add(load->findings, FINDING_LEDGER_YEAR, nowhere, text);
    } else if (load->years->len > 0) {
        finding_add(load->findings, FINDING_LEDGER_YEARS, nowhere);
    }
    g_array_free(years, TRUE);
}
