/* Finds what a {{name}} stands for, and what a column of a row set is. */
#include <string.h>

#include "document/binding.h"
#include "document/ratio.h"

const struct query_column *set_column(const struct set *set, size_t column)
{
    static const struct query_column COMPUTED = {0};

    return set->query && column < query_columns(set->query) ? query_column(set->query, column)
                                                            : &COMPUTED;
}

const char *const SPECIAL_NAMES[] = {"日期",     "公示期起", "公示期止", "公示天数",
                                     "公示期限", "标题",     NULL};

static bool find_data(const struct binding *binding, const struct piece *piece, struct found *found)
{
    for (size_t i = 0; i < binding->template->ndata; i++) {
        if (strcmp(binding->data[i].name, piece->set) != 0)
            continue;
        *found = (struct found){FROM_DATA, i, set_find(&binding->data[i], piece->name)};
        return found->column != SIZE_MAX;
    }
    return false;
}

/* Settings everybody may use, whether this township has written them or not (design decision 4). */
static bool is_setting(const struct binding *binding, const char *name)
{
    static const char *const COMMON[] = {
        "年度",     "基准日期", "县",     "乡镇", "对象名称", "资金名称", "部门名称", "热线",
        "期限",     "收入范围", "落款",   "电话", "纸张",     "字体",     "填报单位", "乡镇电话",
        "乡镇地址", "县电话",   "县地址", "拼版", "拼版纸",   "双面",     NULL};
    static const char *const LEDGERS[] = {"公示", "村", NULL};

    if (g_strv_contains(COMMON, name) || g_strv_contains(binding->template->world->settings, name))
        return true;
    for (size_t i = 0; LEDGERS[i]; i++) {
        const struct schema *schema = schemas_find(binding->template->world->schemas, LEDGERS[i]);

        if (schema && schema_field(schema, name) != SIZE_MAX)
            return true;
    }
    return false;
}

static bool find_name(const struct binding *binding, const struct piece *piece,
                      const struct set *row, struct found *found)
{
    const struct template *template = binding->template;
    size_t column;

    if (piece->set)
        return find_data(binding, piece, found);
    if (row && (column = set_find(row, piece->name)) != SIZE_MAX) {
        *found = (struct found){FROM_ROW, 0, column};
        return true;
    }
    if ((column = set_find(&binding->unit, piece->name)) != SIZE_MAX) {
        *found = (struct found){FROM_UNIT, 0, column};
        return true;
    }
    if ((column = set_find(&binding->each, piece->name)) != SIZE_MAX) {
        *found = (struct found){FROM_EACH, 0, column};
        return true;
    }
    for (size_t i = 0; i < template->nparameter; i++) {
        if (strcmp(template->parameters[i].name, piece->name) == 0) {
            *found = (struct found){FROM_PARAMETER, 0, i};
            return true;
        }
    }
    for (size_t i = 0; SPECIAL_NAMES[i]; i++) {
        if (strcmp(SPECIAL_NAMES[i], piece->name) == 0) {
            *found = (struct found){FROM_SPECIAL, 0, i};
            return true;
        }
    }
    *found = (struct found){FROM_SETTING, 0, 0};
    return is_setting(binding, piece->name);
}

bool binding_find(const struct binding *binding, const struct piece *piece, const struct set *row,
                  struct found *found)
{
    const struct set *set;

    if (!find_name(binding, piece, row, found))
        return false;
    set = binding_set(binding, found, row);
    if (piece->formatted && piece->format.kind == FORMAT_RATIO && set &&
        ratio_is_column(binding, set, found->column))
        found->column++; /* its companion */
    return true;
}

const struct set *binding_set(const struct binding *binding, const struct found *found,
                              const struct set *row)
{
    switch (found->source) {
    case FROM_ROW:
        return row;
    case FROM_DATA:
        return &binding->data[found->set];
    case FROM_UNIT:
        return &binding->unit;
    case FROM_EACH:
        return &binding->each;
    case FROM_PARAMETER:
    case FROM_SPECIAL:
    case FROM_SETTING:
        return NULL;
    }
    return NULL;
}

bool binding_kind(const struct binding *binding, const struct set *set, size_t column,
                  struct kind *kind)
{
    const struct template *template = binding->template;
    const struct query_column *facts = set_column(set, column);

    *kind = (struct kind){.type = FIELD_STRING};
    for (size_t i = 0; i < template->ntype; i++) {
        if (strcmp(template->types[i].set, set->name) == 0 &&
            strcmp(template->types[i].column, set->columns[column]) == 0) {
            *kind = template->types[i].kind;
            return true;
        }
    }
    if (!facts->origin)
        return false;
    *kind = (struct kind){facts->origin->type, facts->origin->unit, facts->origin->places, false};
    return true;
}

bool kind_is_number(const struct kind *kind)
{
    return kind->type == FIELD_INTEGER || kind->type == FIELD_DECIMAL || kind->type == FIELD_MONEY;
}
