/* Says what recognising a file found: its ledger, unknown, missing and doubled columns. */
#include "ledger/recognise_report.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ledger/load.h"
#include "ledger/twin.h"
#include "ledger/words.h"

static struct place head_place(const struct sheet *sheet, uint32_t column)
{
    const bool known = column != NO_COLUMN;
    struct place place =
        csv_place(sheet->table, sheet->table->rows[sheet->head].line, known ? column + 1 : 0);

    if (known)
        place.field = sheet->columns[column].text;
    return place;
}

static void append_listed(GString *list, const char *text)
{
    if (list->len > 0)
        g_string_append(list, "、");
    g_string_append(list, text_is_harmless(text) ? text : "··");
}

/* The one that lacks least, then knows most; among those that know a column at all. */
static const struct match *nearest(const struct match *matches, size_t count,
                                   const struct match *but)
{
    const struct match *best = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct match *match = &matches[i];

        if (match == but || match->matched == 0)
            continue;
        if (!best || match->missing < best->missing ||
            (match->missing == best->missing && match->matched > best->matched))
            best = match;
    }
    return best;
}

static void append_missing(GString *text, const struct match *match)
{
    GString *list = g_string_new(NULL);

    for (size_t f = 0; f < match->schema->nfield; f++) {
        if (match->schema->fields[f].identify && match->uses[f].column == NO_COLUMN)
            append_listed(list, match->schema->fields[f].name);
    }
    g_string_append_printf(text, "%s%s：%s", text->len ? "；" : "", match->schema->title,
                           list->str);
    g_string_free(list, TRUE);
}

int report_unrecognised(const struct match *matches, size_t count, const struct sheet *sheet,
                        struct findings *findings)
{
    const struct match *first = nearest(matches, count, NULL);
    const struct match *second = nearest(matches, count, first);
    GString *text = g_string_new(NULL);

    append_missing(text, first); /* a head was found, so some schema knows a column */
    if (second)
        append_missing(text, second);
    finding_add(findings, FINDING_LEDGER_UNRECOGNISED, head_place(sheet, NO_COLUMN), text->str);
    g_string_free(text, TRUE);
    return -1;
}

static bool is_used(const struct match *match, const struct schema *also, uint32_t column)
{
    for (size_t f = 0; f < match->schema->nfield; f++) {
        if (match->uses[f].column == column)
            return true;
    }
    for (size_t f = 0; also && f < also->nfield; f++) {
        if (match->also_uses[f].column == column)
            return true;
    }
    return false;
}

static bool is_used_twin(const struct match *match, const struct schema *also,
                         const struct sheet *sheet, uint32_t column)
{
    const uint32_t first = twin_of(sheet, column);

    return first != NO_COLUMN && is_used(match, also, first);
}

/* A field without a column whose name is nearly the head's. */
static const char *meant(const struct match *match, const char *text)
{
    GPtrArray *names = g_ptr_array_new();
    const char *name = NULL;

    for (size_t f = 0; f < match->schema->nfield - match->schema->nderived; f++) {
        if (match->uses[f].column == NO_COLUMN)
            g_ptr_array_add(names, (gpointer)match->schema->fields[f].name);
    }
    if (names->len > 0)
        name = text_nearest(text, (const char *const *)names->pdata, names->len);
    g_ptr_array_free(names, TRUE);
    return name;
}

static void report_unknown(const struct match *match, const struct schema *also,
                           const struct sheet *sheet, struct findings *findings)
{
    enum { LISTED = 40 }; /* nobody reads more, and a sheet may have 16384 */
    GString *list = g_string_new(NULL);
    size_t count = 0;

    for (uint32_t c = 0; c < sheet->ncolumn; c++) {
        const char *text = sheet->columns[c].text, *name;

        if (!text || strcmp(text, "序号") == 0 || is_used(match, also, c) ||
            is_used_twin(match, also, sheet, c))
            continue;
        name = meant(match, text);
        if (name)
            finding_add(findings, FINDING_LEDGER_COLUMN_NEAR, head_place(sheet, c), text, name);
        else if (count++ < LISTED)
            append_listed(list, text);
    }
    if (count > LISTED)
        g_string_append_printf(list, " … (%zu)", count);
    if (list->len > 0)
        finding_add(findings, FINDING_LEDGER_COLUMN_UNKNOWN, head_place(sheet, NO_COLUMN),
                    list->str);
    g_string_free(list, TRUE);
}

static void report_broken(const struct schema *schema, const struct column_use *uses,
                          const struct sheet *sheet, struct findings *findings)
{
    for (size_t f = 0; f < schema->nfield; f++) {
        const struct field *field = &schema->fields[f];
        const char *unit;
        int scale;

        if (uses[f].column == NO_COLUMN || !uses[f].broken)
            continue;
        unit = sheet->columns[uses[f].column].unit;
        if (unit && field->unit && unit_scale(unit, field->unit, &scale) == UNIT_FOREIGN)
            finding_add(findings, FINDING_LEDGER_UNIT, head_place(sheet, uses[f].column), unit,
                        field->unit);
        else
            finding_add(findings, FINDING_LEDGER_COLUMN_DOUBLED, head_place(sheet, uses[f].column),
                        field->name);
    }
}

/* What a title, the file's name or the order of rows can say instead of a column. */
static bool found_elsewhere(const struct field *field)
{
    return field->type == FIELD_AREA || strcmp(field->name, FIELD_YEAR_NAME) == 0 ||
           strcmp(field->name, FIELD_CLASS_NAME) == 0 || strcmp(field->name, FIELD_BATCH_NAME) == 0;
}

static void report_missing(const struct match *match, const struct sheet *sheet,
                           struct findings *findings)
{
    for (size_t f = 0; f < match->schema->nfield - match->schema->nderived; f++) {
        const struct field *field = &match->schema->fields[f];

        if (field->required && match->uses[f].column == NO_COLUMN && !found_elsewhere(field) &&
            !(match->also_uses && field->household_level))
            finding_add(findings, FINDING_LEDGER_COLUMN_MISSING, head_place(sheet, NO_COLUMN),
                        field->name);
    }
}

/* The name of the head is read from his row; the rest a household's own columns must say. */
static void report_missing_also(const struct match *match, const struct schema *also,
                                const struct sheet *sheet, struct findings *findings)
{
    for (size_t f = 0; match->carries && f < also->nfield - also->nderived; f++) {
        const struct field *field = &also->fields[f];

        if (field->required && match->also_uses[f].column == NO_COLUMN && !found_elsewhere(field) &&
            strcmp(field->name, FIELD_HEAD_NAME) != 0)
            finding_add(findings, FINDING_LEDGER_COLUMN_MISSING, head_place(sheet, NO_COLUMN),
                        field->name);
    }
}

void report_recognised(const struct schemas *schemas, const struct match *match,
                       const struct sheet *sheet, struct findings *findings)
{
    const struct schema *also = match->also_uses ? schemas_at(schemas, match->also) : NULL;
    char matched[24], named[24];

    snprintf(matched, sizeof matched, "%zu", match->matched);
    snprintf(named, sizeof named, "%zu", match->named);
    finding_add(findings, FINDING_LEDGER_RECOGNISED, csv_place(sheet->table, 0, 0),
                match->schema->title, matched, named, sheet->table->encoding);
    report_unknown(match, also, sheet, findings);
    report_broken(match->schema, match->uses, sheet, findings);
    if (also)
        report_broken(also, match->also_uses, sheet, findings);
    report_missing(match, sheet, findings);
    if (also)
        report_missing_also(match, also, sheet, findings);
}
