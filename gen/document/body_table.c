/* Parses a table block: columns over rows; groups and totals are body_bands.c's. */
#include <string.h>

#include "document/body_reader.h"
#include "document/suggest.h"

/* wrap, shrink, shrink(9) or error. */
static void read_overflow(const struct yaml_node *node, struct table_column *column,
                          struct findings *findings)
{
    static const char *const WORDS[] = {"wrap", "shrink", "error", NULL};
    const struct yaml_node *member = yaml_member(node, "overflow");
    char *end;

    if (!member)
        return;
    if (member->kind == YAML_TEXT && g_str_has_prefix(member->text, "shrink(")) {
        double size = g_ascii_strtod(member->text + strlen("shrink("), &end);

        if (strcmp(end, ")") == 0 && size >= 5 && size <= 72) {
            column->overflow = OVERFLOW_SHRINK;
            column->size_min = (mpt)(size * 1000 + 0.5);
            return;
        }
    }
    column->overflow = read_word(node, "overflow", WORDS, -1, findings);
}

static struct table_column read_column(const struct body_reader *reader,
                                       const struct yaml_node *node)
{
    static const char *const KEYS[] = {"number", "field", "text",     "title",  "style",
                                       "width",  "min",   "max",      "weight", "align",
                                       "as",     "rule",  "overflow", "merge",  NULL};
    struct findings *findings = reader->findings;
    struct table_column column = {.weight = -1, .align = -1, .overflow = -1, .place = node->place};
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
    column.merge = yaml_flag(node, "merge", false, findings);
    read_overflow(node, &column, findings);
    as = yaml_text(node, "as", NULL, findings);
    if (as && !format_parse(as, &column.as))
        suggest_from(findings, FINDING_TEMPLATE_UNKNOWN_WORD, yaml_member(node, "as")->place, as,
                     format_names());
    column.format = !as ? 0 : strchr(as, '(') ? 1 : 2;
    return column;
}

enum { HEAD_LEVELS = 4 };

/* A column, or {over: title, columns: […]} for a head of several levels. */
static void read_columns(const struct body_reader *reader, const struct yaml_node *list,
                         const struct over *const *over, size_t nover, GArray *columns)
{
    static const char *const OVER[] = {"over", "columns", NULL};
    struct arena *arena = reader->source->arena;

    for (size_t i = 0; i < list->count; i++) {
        const struct yaml_node *node = &list->children[i];
        const struct yaml_node *below = yaml_member(node, "columns");
        const struct over **path;
        struct over *title;

        if (!below) {
            struct table_column column = read_column(reader, node);

            column.over = over;
            column.nover = nover;
            g_array_append_val(columns, column);
            continue;
        }
        if (yaml_only(node, OVER, reader->findings) != 0)
            continue;
        if (below->kind != YAML_LIST) {
            suggest_kind(reader->findings, below, YAML_LIST);
            continue;
        }
        if (nover + 1 == HEAD_LEVELS) {
            finding_add(reader->findings, FINDING_TEMPLATE_NUMBER, below->place, "over",
                        "最多三层（表头共四层）", "at most three levels (four with the columns)");
            continue;
        }
        read_required(node, "over", reader->findings);
        title = arena_alloc(arena, sizeof(*title));
        title->title = read_phrase(reader, node, "over", false);
        if (!title->title)
            title->title = phrase_literal(arena, "", node->place);
        path = arena_array(arena, nover + 1, sizeof(*path));
        for (size_t k = 0; k < nover; k++)
            path[k] = over[k];
        path[nover] = title;
        read_columns(reader, below, path, nover + 1, columns);
    }
}

static void read_all_columns(const struct body_reader *reader, const struct yaml_node *list,
                             struct body_table *table)
{
    GArray *columns = g_array_new(FALSE, TRUE, sizeof(struct table_column));

    read_columns(reader, list, NULL, 0, columns);
    table->ncolumn = columns->len;
    table->columns = arena_copy(reader->source->arena, columns->data,
                                columns->len * sizeof(struct table_column));
    g_array_free(columns, TRUE);
}

size_t read_data_name(const struct body_reader *reader, const struct yaml_node *node)
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

    table->data = SIZE_MAX;
    if (rows && rows->kind == YAML_TEXT && strcmp(rows->text, "ledger") == 0 &&
        reader->source->each_ledger) {
        static const char *const NUMBERS[] = {"numbers", NULL};

        table->all_columns = true;
        if (read_word(node, "total", NUMBERS, -1, reader->findings) == 0)
            table->not_summed = arena_alloc(reader->source->arena, sizeof(char *));
        table->total.label = yaml_member(node, "total_label")
                                 ? read_phrase(reader, node, "total_label", false)
                                 : phrase_literal(reader->source->arena, "合　计", node->place);
        return;
    }
    if (!rows)
        finding_add(reader->findings, FINDING_TEMPLATE_MISSING_KEY, node->place, "rows");
    else if (rows->kind != YAML_TEXT)
        suggest_kind(reader->findings, rows, YAML_TEXT);
    else
        table->data = read_data_name(reader, rows);
    if (!columns)
        finding_add(reader->findings, FINDING_TEMPLATE_MISSING_KEY, node->place, "columns");
    else if (columns->kind == YAML_TEXT && strcmp(columns->text, "all") == 0)
        table->all_columns = true;
    else if (columns->kind != YAML_LIST || columns->count == 0)
        suggest_kind(reader->findings, columns, YAML_LIST);
    else
        read_all_columns(reader, columns, table);
    read_bands(reader, node, table);
}

/* head: [乡镇, 项目]: the lowest label first, then to the upper right. */
static void read_diagonal(const struct body_reader *reader, const struct yaml_node *node,
                          struct body_table *table)
{
    const struct yaml_node *list = yaml_member(node, "diagonal");

    if (!list)
        return;
    if (list->kind != YAML_LIST || list->count < 2 || list->count > G_N_ELEMENTS(table->diagonal)) {
        finding_add(reader->findings, FINDING_TEMPLATE_NUMBER, list->place, "diagonal",
                    "两个或三个名称的列表", "a list of two or three labels");
        return;
    }
    for (size_t i = 0; i < list->count; i++)
        table->diagonal[i] =
            phrase_parse(reader->source->arena, &list->children[i], false, reader->findings);
    table->ndiagonal = list->count;
}

static void read_rules(const struct body_reader *reader, const struct yaml_node *node,
                       struct body_table *table)
{
    static const char *const KEYS[] = {"outer", "head", "inner", NULL};
    const struct yaml_node *weights = yaml_member(node, "weights");

    table->rules = read_word(node, "rules", RULE_NAMES, -1, reader->findings);
    if (!weights || yaml_only(weights, KEYS, reader->findings) != 0)
        return;
    table->weights.outer = read_size(weights, "outer", 0, reader->findings);
    table->weights.head = read_size(weights, "head", 0, reader->findings);
    table->weights.inner = read_size(weights, "inner", 0, reader->findings);
}

/* fill: at least so many rows; page: to the end of the page. */
static void read_fill(const struct body_reader *reader, const struct yaml_node *node,
                      struct body_table *table)
{
    const struct yaml_node *fill = yaml_member(node, "fill");
    long count = yaml_integer(node, "rows_per_page", 0, reader->findings);

    table->rows_per_page = count > 0 ? (size_t)count : 0;
    table->fill_page = fill && fill->kind == YAML_TEXT && strcmp(fill->text, "page") == 0;
    count = table->fill_page ? 0 : yaml_integer(node, "fill", 0, reader->findings);
    table->fill = count > 0 ? (size_t)count : 0;
}

/* Strips side by side leave no place for rows that run over the whole page. */
static void read_across(const struct body_reader *reader, const struct yaml_node *node,
                        struct body_table *table)
{
    static const char *const NOT[] = {
        "page_subtotal", "running", "carry_forward", "rows_per_page", "side", "joined", NULL};
    const struct yaml_node *across = yaml_member(node, "across");
    long count = yaml_integer(node, "across", 0, reader->findings);

    table->gutter = read_length(node, "gutter", 0, reader->findings);
    if (!across)
        return;
    if (count < 2 || count > GRID_ACROSS)
        finding_add(reader->findings, FINDING_TEMPLATE_NUMBER, across->place, "across",
                    "2 到 8 的整数", "a whole number from 2 to 8");
    table->across = (int)CLAMP(count, 0, GRID_ACROSS);
    for (size_t i = 0; NOT[i]; i++)
        if (yaml_member(node, NOT[i]))
            finding_add(reader->findings, FINDING_TEMPLATE_ACROSS, yaml_member(node, NOT[i])->place,
                        NOT[i]);
    if (table->fill_page)
        finding_add(reader->findings, FINDING_TEMPLATE_ACROSS, yaml_member(node, "fill")->place,
                    "fill: page");
}

struct body_table *read_table(const struct body_reader *reader, const struct yaml_node *node)
{
    static const char *const KEYS[] = {
        "rows",          "style",         "columns",    "group",         "total",
        "total_label",   "total_at",      "fill",       "empty",         "side",
        "joined",        "attachment",    "not_summed", "capital",       "running",
        "page_subtotal", "carry_forward", "notes",      "rows_per_page", "diagonal",
        "rules",         "weights",       "across",     "gutter",        NULL};
    static const char *const ENDS[] = {"last", "first", NULL};
    struct findings *findings = reader->findings;
    struct body_table *table = arena_alloc(reader->source->arena, sizeof(*table));

    if (yaml_only(node, KEYS, findings) != 0)
        return NULL;
    table->grid = read_grid_name(reader, node, "table");
    read_content(reader, node, table);
    table->total_first = read_word(node, "total_at", ENDS, 0, findings) == 1;
    table->empty = read_phrase(reader, node, "empty", false);
    table->side = read_phrase(reader, node, "side", false);
    table->joined = yaml_flag(node, "joined", false, findings);
    table->attachment = read_phrase(reader, node, "attachment", false);
    read_fill(reader, node, table);
    read_diagonal(reader, node, table);
    read_rules(reader, node, table);
    read_across(reader, node, table);
    if (table->not_summed) {
        const char **names = read_list(node, "not_summed", findings);
        size_t count = g_strv_length((char **)names);

        table->not_summed = arena_copy(reader->source->arena, names, (count + 1) * sizeof(*names));
        g_free(names);
    }
    return table;
}
