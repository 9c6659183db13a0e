/* Parses what stands between and below a table's rows: groups, totals, page rows, notes. */
#include <string.h>

#include "document/body_reader.h"
#include "document/suggest.h"

/* What a total calls a column: its field, or its title when that is plain text. */
static const char *column_name(const struct table_column *column)
{
    if (column->field)
        return column->field;
    if (column->title && column->title->count == 1 && column->title->pieces[0].literal)
        return column->title->pieces[0].literal;
    return "";
}

static size_t find_column(const struct body_reader *reader, const struct body_table *table,
                          const char *name, struct place place)
{
    const char **names = g_new0(const char *, table->ncolumn + 1);
    size_t column = 0;

    for (size_t i = 0; i < table->ncolumn; i++)
        names[i] = column_name(&table->columns[i]);
    while (column < table->ncolumn && strcmp(names[column], name) != 0)
        column++;
    if (column == table->ncolumn)
        suggest(reader->findings, FINDING_TEMPLATE_UNKNOWN_COLUMN, place, name, names,
                table->ncolumn);
    g_free(names);
    return column;
}

static int compare_totals(const void *a, const void *b)
{
    const struct table_total *one = a, *other = b;

    return (one->column > other->column) - (one->column < other->column);
}

static struct table_total read_total(const struct body_reader *reader, const struct yaml_node *node,
                                     const struct body_table *table, size_t column)
{
    struct table_total total = {.column = column, .place = node->place};

    if (node->kind == YAML_TEXT && phrase_total(node->text, &total.function)) {
        if (!table->columns[column].field)
            finding_add(reader->findings, FINDING_TEMPLATE_NEEDS_TYPE, node->place, node->key);
    } else if (node->kind == YAML_TEXT && !strstr(node->text, "{{")) {
        suggest_from(reader->findings, FINDING_TEMPLATE_UNKNOWN_WORD, node->place, node->text,
                     phrase_totals());
    } else {
        total.phrase = phrase_parse(reader->source->arena, node, true, reader->findings);
    }
    return total;
}

static const char own_label[] = "label", carried_label[] = "carried";

/* {column: function or text with {{…}}, …, label: what stands before them}; in carry_forward, which
 * makes two rows, carried: that of the next page's. */
static struct total_row read_total_row(const struct body_reader *reader,
                                       const struct yaml_node *map, const struct body_table *table,
                                       const char *label_key, const char *label)
{
    struct arena *arena = reader->source->arena;
    struct total_row row = {.label = phrase_literal(arena, label, map->place)};
    struct table_total *totals;

    if (map->kind != YAML_MAP) {
        suggest_kind(reader->findings, map, YAML_MAP);
        return row;
    }
    totals = arena_array(arena, map->count, sizeof(*totals));
    for (size_t i = 0; i < map->count; i++) {
        const struct yaml_node *node = &map->children[i];
        const struct phrase *given;
        size_t column;

        if (strcmp(node->key, label_key) == 0) {
            given = phrase_parse(arena, node, true, reader->findings);
            row.label = given ? given : row.label;
            continue;
        }
        if (strcmp(node->key, own_label) == 0 || strcmp(node->key, carried_label) == 0)
            continue; /* of the other row */
        column = find_column(reader, table, node->key, node->key_place);
        if (column < table->ncolumn)
            totals[row.count++] = read_total(reader, node, table, column);
    }
    qsort(totals, row.count, sizeof(*totals), compare_totals);
    row.totals = totals;
    return row;
}

static const struct phrase *name_phrase(const struct body_reader *reader, const char *name,
                                        struct place place)
{
    struct piece *piece = arena_alloc(reader->source->arena, sizeof(*piece));
    struct phrase *phrase = arena_alloc(reader->source->arena, sizeof(*phrase));

    *piece = (struct piece){.name = name, .total = PART_FIELD, .place = place};
    *phrase = (struct phrase){.count = 1, .pieces = piece, .place = place};
    return phrase;
}

static struct table_group read_group(const struct body_reader *reader, const struct yaml_node *node,
                                     const struct body_table *table)
{
    static const char *const KEYS[] = {"by", "text", "count", "total", "page", "keep", NULL};
    static const char *const NONE[] = {"none", NULL};
    struct table_group group = {.place = node->place};
    const struct yaml_node *text;

    if (node->kind == YAML_TEXT) {
        group.by = node->text;
        group.text = name_phrase(reader, node->text, node->place);
        return group;
    }
    if (yaml_only(node, KEYS, reader->findings) != 0)
        return group;
    group.by = read_required(node, "by", reader->findings);
    text = yaml_member(node, "text");
    if (!text || text->kind != YAML_TEXT || strcmp(text->text, NONE[0]) != 0)
        group.text = text       ? read_phrase(reader, node, "text", true)
                     : group.by ? name_phrase(reader, group.by, node->place)
                                : NULL;
    group.count = read_phrase(reader, node, "count", true);
    if (yaml_member(node, "total"))
        group.foot = read_total_row(reader, yaml_member(node, "total"), table, own_label, "小　计");
    group.page = yaml_flag(node, "page", false, reader->findings);
    group.keep = yaml_flag(node, "keep", false, reader->findings);
    return group;
}

/* group: one, or a list from the outermost to the innermost. */
static void read_groups(const struct body_reader *reader, const struct yaml_node *node,
                        struct body_table *table)
{
    const struct yaml_node *list = node->kind == YAML_LIST ? node->children : node;
    size_t count = node->kind == YAML_LIST ? node->count : 1;
    struct table_group *groups = arena_array(reader->source->arena, GROUP_LEVELS, sizeof(*groups));

    if (count == 0 || count > GROUP_LEVELS) {
        finding_add(reader->findings, FINDING_TEMPLATE_NUMBER, node->place, "group", "一到四级分组",
                    "one to four levels of groups");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        groups[table->ngroup] = read_group(reader, &list[i], table);
        if (groups[table->ngroup].by)
            table->ngroup++;
    }
    table->groups = groups;
}

/* capital: 金额, or {column: 金额, label: 合计（大写）}. */
static void read_capital(const struct body_reader *reader, const struct yaml_node *node,
                         struct body_table *table)
{
    static const char *const KEYS[] = {"column", "label", NULL};
    const struct yaml_node *name = node->kind == YAML_MAP ? yaml_member(node, "column") : node;
    size_t column;

    table->capital_label = phrase_literal(reader->source->arena, "合计（大写）", node->place);
    if (node->kind == YAML_MAP) {
        if (yaml_only(node, KEYS, reader->findings) != 0 ||
            !read_required(node, "column", reader->findings))
            return;
        if (yaml_member(node, "label"))
            table->capital_label = read_phrase(reader, node, "label", false);
    }
    if (name->kind != YAML_TEXT) {
        suggest_kind(reader->findings, name, YAML_TEXT);
        return;
    }
    column = find_column(reader, table, name->text, name->place);
    if (column == table->ncolumn)
        return;
    if (table->columns[column].field)
        table->capital = &table->columns[column];
    else
        finding_add(reader->findings, FINDING_TEMPLATE_NEEDS_TYPE, name->place, name->text);
}

static void read_notes(const struct body_reader *reader, const struct yaml_node *node,
                       struct body_table *table)
{
    const struct yaml_node *list = node->kind == YAML_LIST ? node->children : node;
    size_t count = node->kind == YAML_LIST ? node->count : 1;
    const struct phrase **notes = arena_array(reader->source->arena, count, sizeof(*notes));

    for (size_t i = 0; i < count; i++) {
        notes[table->nnote] =
            phrase_parse(reader->source->arena, &list[i], false, reader->findings);
        table->nnote += notes[table->nnote] != NULL;
    }
    table->notes = notes;
}

void read_bands(const struct body_reader *reader, const struct yaml_node *node,
                struct body_table *table)
{
    static const struct {
        const char *key, *label_key, *label;
        enum page_row row;
    } PAGE_KEYS[] = {{"page_subtotal", own_label, "本页小计", PAGE_ROW_SUBTOTAL},
                     {"running", own_label, "累　计", PAGE_ROW_RUNNING},
                     {"carry_forward", own_label, "过次页", PAGE_ROW_CARRY},
                     {"carry_forward", carried_label, "承前页", PAGE_ROW_CARRIED}};
    const struct yaml_node *member;

    if ((member = yaml_member(node, "group")))
        read_groups(reader, member, table);
    if ((member = yaml_member(node, "total"))) {
        table->total = read_total_row(reader, member, table, own_label, "合　计");
        if (yaml_member(node, "total_label"))
            table->total.label = read_phrase(reader, node, "total_label", false);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(PAGE_KEYS); i++)
        if ((member = yaml_member(node, PAGE_KEYS[i].key)))
            table->page_rows[PAGE_KEYS[i].row] =
                read_total_row(reader, member, table, PAGE_KEYS[i].label_key, PAGE_KEYS[i].label);
    if ((member = yaml_member(node, "capital")))
        read_capital(reader, member, table);
    if ((member = yaml_member(node, "notes")))
        read_notes(reader, member, table);
}
