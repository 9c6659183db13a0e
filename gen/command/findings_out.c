/* Writes findings as JSON and as CSV. */
#include "command/findings_out.h"

#include <string.h>

#include "base/csv_text.h"

enum { SCHEMA_VERSION = 1 };

static const char *const LEVELS[] = {
    [LEVEL_NOTE] = "note", [LEVEL_WARNING] = "warning", [LEVEL_ERROR] = "error"};

/* A finding's parts as texts; NULL where there is none. */
struct told {
    const char *code, *type, *level, *file, *sheet, *field, *row;
    uint32_t line, column;
    GString *cell, *message, *hint;
    bool for_excel; /* of CSV */
};

static void tell(struct told *told, const struct finding *finding, bool english)
{
    const struct place *place = &finding->place;

    told->code = finding_called(finding);
    told->type = finding_frictionless(finding->code);
    told->level = LEVELS[finding_level_of(finding->code)];
    told->file = place->file;
    told->sheet = place->sheet;
    told->field = place->field;
    told->line = place->line;
    told->column = place->column;
    told->row = finding->snippet;
    g_string_truncate(told->cell, 0);
    g_string_truncate(told->message, 0);
    g_string_truncate(told->hint, 0);
    if (place->sheet && place->line && place->column)
        place_append_cell(told->cell, place);
    finding_message(told->message, finding, english);
    finding_hint(told->hint, finding, english);
}

/* The findings from the worst level on, no more than most of each. */
static void each(const struct findings *findings, bool english, bool for_excel, size_t most,
                 void (*write)(GString *out, const struct told *told), GString *out)
{
    struct told told = {.for_excel = for_excel,
                        .cell = g_string_new(NULL),
                        .message = g_string_new(NULL),
                        .hint = g_string_new(NULL)};

    for (int level = LEVEL_ERROR; level >= LEVEL_NOTE; level--) {
        size_t written = 0;

        for (size_t i = 0; i < findings_count(findings) && (!most || written < most); i++) {
            const struct finding *finding = findings_at(findings, i);

            if ((int)finding_level_of(finding->code) != level)
                continue;
            tell(&told, finding, english);
            write(out, &told);
            written++;
        }
    }
    g_string_free(told.cell, TRUE);
    g_string_free(told.message, TRUE);
    g_string_free(told.hint, TRUE);
}

/* RFC 8259: quotation mark, reverse solidus and control characters are escaped. */
static void json_text(GString *out, const char *text)
{
    char *valid = text ? g_utf8_make_valid(text, -1) : NULL;

    if (!valid) {
        g_string_append(out, "null");
        return;
    }
    g_string_append_c(out, '"');
    for (const char *at = valid; *at; at++) {
        if (*at == '"' || *at == '\\')
            g_string_append_printf(out, "\\%c", *at);
        else if ((unsigned char)*at < 0x20)
            g_string_append_printf(out, "\\u%04x", (unsigned char)*at);
        else
            g_string_append_c(out, *at);
    }
    g_string_append_c(out, '"');
    g_free(valid);
}

static void json_member(GString *out, const char *key, const char *text)
{
    g_string_append_printf(out, ",\"%s\":", key);
    json_text(out, text);
}

static void json_number(GString *out, const char *key, uint32_t number)
{
    if (number)
        g_string_append_printf(out, ",\"%s\":%" G_GUINT32_FORMAT, key, number);
    else
        g_string_append_printf(out, ",\"%s\":null", key);
}

static void json_finding(GString *out, const struct told *told)
{
    g_string_append(out, out->str[out->len - 1] == '[' ? "\n{\"code\":" : ",\n{\"code\":");
    json_text(out, told->code);
    json_member(out, "type", told->type);
    json_member(out, "level", told->level);
    json_member(out, "file", told->file);
    json_member(out, "sheet", told->sheet);
    json_number(out, "line", told->line);
    json_number(out, "column", told->column);
    json_member(out, "cell", told->cell->len ? told->cell->str : NULL);
    json_member(out, "field", told->field);
    json_member(out, "message", told->message->str);
    json_member(out, "hint", told->hint->len ? told->hint->str : NULL);
    json_member(out, "row", told->row);
    g_string_append_c(out, '}');
}

static size_t left_out(const struct findings *findings, enum finding_level level, size_t most)
{
    const size_t count = findings_of_level(findings, level);

    return most && count > most ? count - most : 0;
}

void findings_json(GString *out, const struct findings *findings, bool english, size_t most)
{
    g_string_append_printf(out, "{\"version\":%d,\"findings\":[", SCHEMA_VERSION);
    each(findings, english, false, most, json_finding, out);
    g_string_append(out, "\n]");
    for (int level = LEVEL_ERROR; level >= LEVEL_NOTE; level--)
        g_string_append_printf(out, "%s\"%s\":{\"count\":%zu,\"left_out\":%zu}",
                               level == LEVEL_ERROR ? ",\"levels\":{" : ",", LEVELS[level],
                               findings_of_level(findings, (enum finding_level)level),
                               left_out(findings, (enum finding_level)level, most));
    g_string_append_printf(out, "},\"exit\":%d}\n", findings_exit(findings));
}

static void csv_cell(GString *out, const char *text, const struct told *told, bool last)
{
    csv_text_append(out, text, told->for_excel);
    g_string_append(out, last ? "\r\n" : ",");
}

static void csv_number(GString *out, uint32_t number)
{
    if (number)
        g_string_append_printf(out, "%" G_GUINT32_FORMAT, number);
    g_string_append_c(out, ',');
}

static void csv_finding(GString *out, const struct told *told)
{
    csv_cell(out, told->code, told, false);
    csv_cell(out, told->type, told, false);
    csv_cell(out, told->level, told, false);
    csv_cell(out, told->file, told, false);
    csv_cell(out, told->sheet, told, false);
    csv_number(out, told->line);
    csv_number(out, told->column);
    csv_cell(out, told->cell->str, told, false);
    csv_cell(out, told->field, told, false);
    csv_cell(out, told->message->str, told, false);
    csv_cell(out, told->hint->str, told, false);
    csv_cell(out, told->row, told, true);
}

void findings_csv(GString *out, const struct findings *findings, bool english, bool for_excel,
                  size_t most)
{
    if (for_excel)
        g_string_append(out, "\xEF\xBB\xBF");
    g_string_append(out, "code,type,level,file,sheet,line,column,cell,field,message,hint,row\r\n");
    each(findings, english, for_excel, most, csv_finding, out);
}
