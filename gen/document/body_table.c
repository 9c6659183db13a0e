/* Parses a table block: columns over rows, a group, totals. */
#include <string.h>

#include "document/body_reader.h"
#include "document/suggest.h"

static struct table_column read_column(const struct body_reader *reader,
                                       const struct yaml_node *node, const char *over)
{
    static const char *const KEYS[] = {"number", "field", "text", "title",  "style",
                                       "width",  "min",   "max",  "weight", "align",
                                       "as",     "rule",  NULL};
    struct findings *findings = reader->findings;
    struct table_column column = {.over = over, .weight = -1, .align = -1, .place = node->place};
    const char *as;
    int kinds;

    if (yaml_only(node, KEYS, findings) != 0)
        return column;
    kinds = (yaml_member(node, "number") != NULL) + (yaml_member(node, "field") != NULL) +
            (yaml_member(node, "text") != NULL);
    if (kinds != 1)
        finding_add(findings, FINDING_TEMPLATE_BLOCK, node->place, "number、field、text");
    column.field = yaml_text(node, "field", NULL, findings);
    column.phrase = read_phrase(reader, node, "text", false);
    column.title =
        read_phrase(reader, node, yaml_member(node, "number") ? "number" : "title", false);
    if (yaml_member(node, "text") && !yaml_member(node, "title"))
        finding_add(findings, FINDING_TEMPLATE_MISSING_KEY, node->place, "title");
    column.style = read_text_name(reader, node, "style", NULL);
    column.width = read_length(node, "width", 0, findings);
    column.width_min = read_length(node, "min", 0, findings);
    column.width_max = read_length(node, "max", 0, findings);
    column.weight = (int)yaml_integer(node, "weight", -1, findings);
    column.align = read_word(node, "align", ALIGN_NAMES, -1, findings);
    column.rule = yaml_flag(node, "rule", false, findings);
    as = yaml_text(node, "as", NULL, findings);
    if (as && !format_parse(as, &column.as))
        suggest_from(findings, FINDING_TEMPLATE_UNKNOWN_WORD, yaml_member(node, "as")->place, as,
                     format_names());
    column.format = !as ? 0 : strchr(as, '(') ? 1 : 2;
    return column;
}

/* A column, or {over: title, columns: […]} for a head of two levels. */
static void read_columns(const struct body_reader *reader, const struct yaml_node *list,
                         struct body_table *table)
{
    static const char *const OVER[] = {"over", "columns", NULL};
    GArray *columns = g_array_new(FALSE, TRUE, sizeof(struct table_column));

    for (size_t i = 0; i < list->count; i++) {
        const struct yaml_node *node = &list->children[i];
        const struct yaml_node *below = yaml_member(node, "columns");

        if (!below) {
            struct table_column column = read_column(reader, node, NULL);

            g_array_append_val(columns, column);
            continue;
        }
        if (yaml_only(node, OVER, reader->findings) != 0)
            continue;
        if (below->kind != YAML_LIST) {
            suggest_kind(reader->findings, below, YAML_LIST);
            continue;
        }
        const char *over = read_required(node, "over", reader->findings);
        for (size_t k = 0; k < below->count; k++) {
            struct table_column column = read_column(reader, &below->children[k], over);

            g_array_append_val(columns, column);
        }
    }
    table->ncolumn = columns->len;
    table->columns = arena_copy(reader->source->arena, columns->data,
                                columns->len * sizeof(struct table_column));
    g_array_free(columns, TRUE);
}

static void read_group(const struct body_reader *reader, const struct yaml_node *node,
                       struct body_table *table)
{
    static const char *const KEYS[] = {"by", "text", "count", NULL};

    table->group_place = node->place;
    if (node->kind == YAML_TEXT) {
        table->group_by = node->text;
    } else if (yaml_only(node, KEYS, reader->findings) == 0) {
        table->group_by = read_required(node, "by", reader->findings);
        table->group = read_phrase(reader, node, "text", true);
        table->count = read_phrase(reader, node, "count", true);
    }
    if (table->group_by && !table->group) {
        struct piece *piece = arena_alloc(reader->source->arena, sizeof(*piece));
        struct phrase *phrase = arena_alloc(reader->source->arena, sizeof(*phrase));

        *piece = (struct piece){.name = table->group_by, .total = PART_FIELD, .place = node->place};
        *phrase = (struct phrase){.count = 1, .pieces = piece, .place = node->place};
        table->group = phrase;
    }
}

/* What a total calls a column: its field, or its title when that is plain text. */
static const char *column_name(const struct table_column *column)
{
    if (column->field)
        return column->field;
    if (column->title && column->title->count == 1 && column->title->pieces[0].literal)
        return column->title->pieces[0].literal;
    return "";
}

static int compare_totals(const void *a, const void *b)
{
    const struct table_total *one = a, *other = b;

    return (one->column > other->column) - (one->column < other->column);
}

static void read_totals(const struct body_reader *reader, const struct yaml_node *map,
                        struct body_table *table)
{
    struct arena *arena = reader->source->arena;
    const char **names = arena_array(arena, table->ncolumn + 1, sizeof(*names));
    struct table_total *totals;

    if (map->kind != YAML_MAP) {
        suggest_kind(reader->findings, map, YAML_MAP);
        return;
    }
    totals = arena_array(arena, map->count, sizeof(*totals));
    for (size_t i = 0; i < table->ncolumn; i++)
        names[i] = column_name(&table->columns[i]);
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_node *node = &map->children[i];
        struct table_total total = {.place = node->place};

        while (total.column < table->ncolumn && strcmp(names[total.column], node->key) != 0)
            total.column++;
        if (total.column == table->ncolumn) {
            suggest(reader->findings, FINDING_TEMPLATE_UNKNOWN_COLUMN, node->key_place, node->key,
                    names, table->ncolumn);
            continue;
        }
        if (node->kind == YAML_TEXT && phrase_total(node->text, &total.function)) {
            if (!table->columns[total.column].field)
                finding_add(reader->findings, FINDING_TEMPLATE_NEEDS_TYPE, node->place, node->key);
        } else if (node->kind == YAML_TEXT && !strstr(node->text, "{{")) {
            suggest_from(reader->findings, FINDING_TEMPLATE_UNKNOWN_WORD, node->place, node->text,
                         phrase_totals());
        } else {
            total.phrase = phrase_parse(arena, node, true, reader->findings);
        }
        totals[table->ntotal++] = total;
    }
    qsort(totals, table->ntotal, sizeof(*totals), compare_totals);
    table->totals = totals;
}

static size_t find_data(const struct body_reader *reader, const struct yaml_node *node)
{
    const struct body_source *source = reader->source;
    const char **names;

    for (size_t i = 0; i < source->ndata; i++) {
        if (strcmp(source->data[i].name, node->text) == 0) {
            source->data[i].listed = true;
            return i;
        }
    }
    names = g_new0(const char *, source->ndata + 1);
    for (size_t i = 0; i < source->ndata; i++)
        names[i] = source->data[i].name;
    suggest(reader->findings, FINDING_TEMPLATE_UNKNOWN_DATA, node->place, node->text, names,
            source->ndata);
    g_free(names);
    return SIZE_MAX;
}

/* rows: ledger prints every column of the ledger that `each` names; total: numbers sums those that
 * are numbers, except not_summed. */
static void read_content(const struct body_reader *reader, const struct yaml_node *node,
                         struct body_table *table)
{
    const struct yaml_node *rows = yaml_member(node, "rows");
    const struct yaml_node *columns = yaml_member(node, "columns");
    const struct yaml_node *total = yaml_member(node, "total");

    table->data = SIZE_MAX;
    if (rows && rows->kind == YAML_TEXT && strcmp(rows->text, "ledger") == 0 &&
        reader->source->each_ledger) {
        static const char *const NUMBERS[] = {"numbers", NULL};

        table->all_columns = true;
        if (read_word(node, "total", NUMBERS, -1, reader->findings) == 0)
            table->not_summed = arena_alloc(reader->source->arena, sizeof(char *));
        return;
    }
    if (!rows)
        finding_add(reader->findings, FINDING_TEMPLATE_MISSING_KEY, node->place, "rows");
    else if (rows->kind != YAML_TEXT)
        suggest_kind(reader->findings, rows, YAML_TEXT);
    else
        table->data = find_data(reader, rows);
    if (!columns)
        finding_add(reader->findings, FINDING_TEMPLATE_MISSING_KEY, node->place, "columns");
    else if (columns->kind == YAML_TEXT && strcmp(columns->text, "all") == 0)
        table->all_columns = true;
    else if (columns->kind != YAML_LIST || columns->count == 0)
        suggest_kind(reader->findings, columns, YAML_LIST);
    else
        read_columns(reader, columns, table);
    if (yaml_member(node, "group"))
        read_group(reader, yaml_member(node, "group"), table);
    if (total)
        read_totals(reader, total, table);
}

struct body_table *read_table(const struct body_reader *reader, const struct yaml_node *node)
{
    static const char *const KEYS[] = {"rows",        "style",      "columns",    "group", "total",
                                       "total_label", "total_at",   "fill",       "empty", "side",
                                       "joined",      "attachment", "not_summed", NULL};
    static const char *const ENDS[] = {"last", "first", NULL};
    struct findings *findings = reader->findings;
    struct body_table *table = arena_alloc(reader->source->arena, sizeof(*table));
    long fill;

    if (yaml_only(node, KEYS, findings) != 0)
        return NULL;
    table->grid = read_grid_name(reader, node, "table");
    read_content(reader, node, table);
    table->total_first = read_word(node, "total_at", ENDS, 0, findings) == 1;
    table->total_label = read_phrase(reader, node, "total_label", false);
    if (!table->total_label)
        table->total_label = phrase_literal(reader->source->arena, "合　计", node->place);
    fill = yaml_integer(node, "fill", 0, findings);
    table->fill = fill > 0 ? (size_t)fill : 0;
    table->empty = read_phrase(reader, node, "empty", false);
    table->side = read_phrase(reader, node, "side", false);
    table->joined = yaml_flag(node, "joined", false, findings);
    table->attachment = read_phrase(reader, node, "attachment", false);
    if (table->not_summed) {
        const char **names = read_list(node, "not_summed", findings);
        size_t count = g_strv_length((char **)names);

        table->not_summed = arena_copy(reader->source->arena, names, (count + 1) * sizeof(*names));
        g_free(names);
    }
    return table;
}
