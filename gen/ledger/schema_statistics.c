/* Reads the statistics: of a schema, and sees to it that no two of them together, and none beside
 * what a column shows, tells what it should not. */
#include <stdint.h>
#include <string.h>

#include "ledger/schema_read.h"

/* Everybody may see every value of it. */
static bool is_open(const struct field *field)
{
    return field->show[AUDIENCE_PUBLIC] == SHOW_FULL &&
           field->show[AUDIENCE_HOUSEHOLD] == SHOW_FULL;
}

static bool is_number(const struct field *field)
{
    return field->type == FIELD_INTEGER || field->type == FIELD_DECIMAL ||
           field->type == FIELD_MONEY || field->type == FIELD_BOOLEAN;
}

/* The indices of the fields that the list names; unknown ones are findings and left out. */
static const size_t *read_fields(const struct schema_reader *reader, const struct schema *schema,
                                 const struct yaml_node *node, const char *key, size_t *count)
{
    const char *const *names = schema_read_texts(reader, node, key);
    size_t *list;

    for (*count = 0; names[*count] != NULL;)
        ++*count;
    list = arena_array(reader->arena, *count, sizeof(*list));
    *count = 0;
    for (; *names != NULL; names++) {
        const size_t field = schema_need_field(reader, schema, *names, schema_place(reader, node));

        if (field == SIZE_MAX)
            continue;
        for (size_t i = 0; i < *count; i++) {
            if (list[i] == field)
                finding_add(reader->findings, FINDING_SCHEMA_FIELD_TWICE, node->place, *names);
        }
        list[(*count)++] = field;
    }
    return list;
}

/* One column at the most that is not open, and that one is a list of codes; only it may hold
 * several values. */
static void check_by(const struct schema_reader *reader, const struct schema *schema,
                     struct statistic *statistic)
{
    statistic->spread = SIZE_MAX;
    for (size_t i = 0; i < statistic->nby; i++) {
        const struct field *field = &schema->fields[statistic->by[i]];
        const bool open = is_open(field);

        if (open ? field->multiple : statistic->spread != SIZE_MAX || field->type != FIELD_CODE)
            finding_add(reader->findings, FINDING_SCHEMA_STATISTICS_BY, statistic->place,
                        statistic->name, field->name);
        else if (!open)
            statistic->spread = i;
    }
}

static void check_sums(const struct schema_reader *reader, const struct schema *schema,
                       const struct statistic *statistic)
{
    for (size_t i = 0; i < statistic->nsum; i++) {
        const struct field *field = &schema->fields[statistic->sums[i]];

        if (!is_number(field))
            finding_add(reader->findings, FINDING_SCHEMA_STATISTICS_SUM, statistic->place,
                        statistic->name, field->name);
        for (size_t k = 0; k < statistic->nby; k++) {
            if (statistic->by[k] == statistic->sums[i])
                finding_add(reader->findings, FINDING_SCHEMA_FIELD_TWICE, statistic->place,
                            field->name);
        }
    }
}

/* The table is called 户_…, so that no two ledgers' meet, and not as that of a column with several
 * values; its count not as a column. */
static void check_names(const struct schema_reader *reader, const struct schema *schema,
                        const struct statistic *statistic)
{
    const size_t length = strlen(schema->name);
    const char *rest = statistic->name + length + 1;

    if (strncmp(statistic->name, schema->name, length) != 0 || statistic->name[length] != '_' ||
        *rest == '\0' || schema_field(schema, rest) != SIZE_MAX)
        finding_add(reader->findings, FINDING_SCHEMA_STATISTICS_NAME, statistic->place,
                    statistic->name, schema->name);
    if (schema_field(schema, statistic->count.name) != SIZE_MAX)
        finding_add(reader->findings, FINDING_SCHEMA_FIELD_TWICE, statistic->place,
                    statistic->count.name);
}

static bool uses(const struct statistic *statistic, size_t field)
{
    for (size_t i = 0; i < statistic->nby; i++) {
        if (statistic->by[i] == field)
            return true;
    }
    for (size_t i = 0; i < statistic->nsum; i++) {
        if (statistic->sums[i] == field)
            return true;
    }
    return false;
}

/* A cell left out of one table could be worked out from another over the same hidden column. */
static void check_apart(const struct schema_reader *reader, const struct schema *schema,
                        const struct statistic *one, const struct statistic *other)
{
    if (strcmp(one->name, other->name) == 0)
        finding_add(reader->findings, FINDING_SCHEMA_FIELD_TWICE, other->place, other->name);
    for (size_t i = 0; i < schema->nfield; i++) {
        if (!is_open(&schema->fields[i]) && uses(one, i) && uses(other, i))
            finding_add(reader->findings, FINDING_SCHEMA_STATISTICS_TWICE, other->place,
                        other->name, schema->fields[i].name, one->name);
    }
}

static void read_statistic(const struct schema_reader *reader, const struct schema *schema,
                           const struct yaml_node *node, struct statistic *statistic)
{
    static const char *const keys[] = {"name", "from", "by", "count", "sum", NULL};
    const char *from;

    *statistic = (struct statistic){.name = "", .spread = SIZE_MAX, .count.name = ""};
    statistic->place = schema_place(reader, node);
    if (yaml_only(node, keys, reader->findings) != 0 && node->kind != YAML_MAP)
        return;
    statistic->name = schema_read_needed(reader, node, "name");
    statistic->count = (struct field){.name = schema_read_needed(reader, node, "count"),
                                      .type = FIELD_INTEGER,
                                      .place = statistic->place};
    for (size_t i = 0; i < AUDIENCES; i++)
        statistic->count.show[i] = SHOW_FULL;
    from = yaml_text(node, "from", schema->name, reader->findings);
    if (from != NULL && strcmp(from, schema->name) != 0)
        finding_add(reader->findings, FINDING_SCHEMA_BAD_VALUE, statistic->place, "from", from,
                    schema->name);
    statistic->by = read_fields(reader, schema, node, "by", &statistic->nby);
    statistic->sums = read_fields(reader, schema, node, "sum", &statistic->nsum);
    if (statistic->nby == 0)
        finding_add(reader->findings, FINDING_SCHEMA_MISSING, statistic->place, "by");
    check_by(reader, schema, statistic);
    check_sums(reader, schema, statistic);
    check_names(reader, schema, statistic);
}

void schema_read_statistics(const struct schema_reader *reader, const struct yaml_node *root,
                            struct schema *schema)
{
    const struct yaml_node *list = yaml_member(root, "statistics");
    struct statistic *statistics;

    if (list == NULL)
        return;
    if (list->kind != YAML_LIST) {
        schema_wrong_kind(reader, list, list->key, "列表", "a list");
        return;
    }
    statistics = arena_array(reader->arena, list->count, sizeof(*statistics));
    schema->statistics = statistics;
    schema->nstatistic = list->count;
    for (size_t i = 0; i < list->count; i++) {
        read_statistic(reader, schema, &list->children[i], &statistics[i]);
        for (size_t k = 0; k < i; k++)
            check_apart(reader, schema, &statistics[k], &statistics[i]);
    }
}
