/* Prepares the SQL of a template against a store. */
#include <string.h>

#include "document/binding.h"
#include "document/ratio.h"
#include "document/reader.h"
#include "document/suggest.h"

size_t set_find(const struct set *set, const char *name)
{
    for (size_t i = 0; i < set->ncolumn; i++)
        if (strcmp(set->columns[i], name) == 0)
            return i;
    return SIZE_MAX;
}

void binding_add_read(struct binding *binding, const char *table, const struct field *field)
{
    struct query_read read = {table, field};

    for (guint i = 0; i < binding->reads->len; i++) {
        const struct query_read *old = &g_array_index(binding->reads, struct query_read, i);

        if (old->field == field && strcmp(old->table, table) == 0)
            return;
    }
    g_array_append_val(binding->reads, read);
}

static void take_query(struct binding *binding, struct set *set, struct query *query)
{
    size_t count;
    const struct query_read *reads = query_reads(query, &count);

    for (size_t i = 0; i < count; i++)
        binding_add_read(binding, reads[i].table, reads[i].field);
    set->query = query;
    set->ncolumn = query_columns(query);
    set->columns = arena_array(binding->arena, set->ncolumn + 1, sizeof(*set->columns));
    for (size_t i = 0; i < set->ncolumn; i++)
        set->columns[i] = query_column(query, i)->name;
}

/* Parameters of query that no set of columns and no parameter of the template names. */
static void check_parameters(const struct binding *binding, const struct query *query,
                             const struct set *const *sets, size_t nset, struct place place,
                             struct findings *findings)
{
    const struct template *template = binding->template;
    GPtrArray *names = g_ptr_array_new();

    for (size_t i = 0; i < template->nparameter; i++)
        g_ptr_array_add(names, (gpointer) template->parameters[i].name);
    for (size_t i = 0; i < nset; i++)
        for (size_t k = 0; k < sets[i]->ncolumn; k++)
            g_ptr_array_add(names, (gpointer)sets[i]->columns[k]);
    g_ptr_array_add(names, NULL);
    for (size_t i = 0; i < query_parameters(query); i++) {
        const char *name = query_parameter(query, i);

        if (!g_strv_contains((const char *const *)names->pdata, name))
            suggest(findings, FINDING_TEMPLATE_UNBOUND_PARAMETER, place, name,
                    (const char *const *)names->pdata, names->len - 1);
    }
    g_ptr_array_free(names, TRUE);
}

/* Prepares sql as set; outer: the sets whose columns it may name as :parameters. Where one of them
 * did not prepare, what it would bind is not known. */
static void prepare_set(struct binding *binding, struct set *set, const char *name,
                        const struct sql *sql, bool ordered, const struct set *const *outer,
                        size_t nouter, struct findings *findings)
{
    struct query *query;
    bool known = true;

    set->name = name;
    query = query_prepare(binding->store, sql->text, sql->where, findings);
    if (!query)
        return;
    take_query(binding, set, query);
    for (size_t i = 0; i < nouter; i++)
        known = known && outer[i]->columns;
    if (known)
        check_parameters(binding, query, outer, nouter, sql->where, findings);
    if (ordered && !query_is_ordered(query))
        finding_add(findings, FINDING_TEMPLATE_UNORDERED, sql->where, name);
}

static void append_name(GString *sql, const char *name)
{
    g_string_append_c(sql, '"');
    for (const char *at = name; *at; at++) {
        if (*at == '"')
            g_string_append_c(sql, '"');
        g_string_append_c(sql, *at);
    }
    g_string_append_c(sql, '"');
}

/* SELECT of the columns of a ledger that the audience has. derived: those too. NULL: it has none.
 */
static char *ledger_sql(const struct binding *binding, const struct schema *schema, bool derived)
{
    enum audience audience = audience_store(binding->template->head.audience);
    size_t count = schema->nfield - (derived ? 0 : schema->nderived), columns = 0;
    GString *sql = g_string_new("SELECT ");

    for (size_t i = 0; i < count; i++) {
        if (schema->fields[i].show[audience] == SHOW_HIDE)
            continue;
        if (columns++ > 0)
            g_string_append(sql, ", ");
        append_name(sql, schema->fields[i].name);
    }
    g_string_append(sql, " FROM ");
    append_name(sql, schema->name);
    g_string_append(sql, " ORDER BY _id");
    if (columns == 0) {
        g_string_free(sql, TRUE);
        return NULL;
    }
    return g_string_free(sql, FALSE);
}

/* The ledgers 公示 and 村, whose rows act as settings. Their reads count only where a template uses
 * them (check.c). */
static void prepare_settings(struct binding *binding, struct set *set, const char *ledger,
                             struct findings *findings)
{
    const struct schema *schema = schemas_find(binding->template->world->schemas, ledger);
    char *sql = schema ? ledger_sql(binding, schema, true) : NULL;

    set->name = ledger;
    if (!sql)
        return;
    set->query = query_prepare(binding->store, sql, schema->fields[0].place, findings);
    g_free(sql);
    if (!set->query)
        return;
    set->ncolumn = query_columns(set->query);
    set->columns = arena_array(binding->arena, set->ncolumn + 1, sizeof(*set->columns));
    for (size_t i = 0; i < set->ncolumn; i++)
        set->columns[i] = query_column(set->query, i)->name;
}

static void prepare_ledgers(struct binding *binding, struct findings *findings)
{
    static const char *const NAMES[] = {"台账", "台账名称", "计量单位", NULL};
    const struct schemas *schemas = binding->template->world->schemas;
    size_t count = schemas_count(schemas);

    binding->each.columns = arena_copy(binding->arena, NAMES, sizeof(NAMES));
    binding->each.ncolumn = G_N_ELEMENTS(NAMES) - 1;
    binding->ledgers = arena_array(binding->arena, count, sizeof(*binding->ledgers));
    binding->ledger_counts = arena_array(binding->arena, count, sizeof(struct query *));
    for (size_t i = 0; i < count; i++) {
        const struct schema *schema = schemas_at(schemas, i);
        char *sql = ledger_sql(binding, schema, false);
        GString *counting = g_string_new("SELECT count(*) AS 行数 FROM ");
        struct query *query;

        append_name(counting, schema->name);
        binding->ledgers[i].name = schema->name;
        query = sql ? query_prepare(binding->store, sql, schema->fields[0].place, findings) : NULL;
        if (query) {
            take_query(binding, &binding->ledgers[i], query);
            binding->ledger_counts[i] =
                query_prepare(binding->store, counting->str, schema->fields[0].place, findings);
        }
        g_string_free(counting, TRUE);
        g_free(sql);
    }
}

struct binding *binding_prepare(const struct template *template, struct store *store,
                                struct findings *findings)
{
    size_t errors = read_errors(findings), nouter = 0;
    struct binding *binding = g_new0(struct binding, 1);
    const struct set *outer[2];

    binding->template = template;
    binding->store = store;
    binding->arena = arena_new();
    binding->reads = g_array_new(FALSE, TRUE, sizeof(struct query_read));
    binding->products = g_array_new(FALSE, FALSE, sizeof(size_t));
    binding->data = arena_array(binding->arena, template->ndata, sizeof(*binding->data));
    binding->has_each = template->each.text || template->each_ledger;
    binding->has_unit = template->unit.text != NULL;
    binding->each.name = "each";
    if (template->each_ledger)
        prepare_ledgers(binding, findings);
    else if (binding->has_each)
        prepare_set(binding, &binding->each, "each", &template->each, true, NULL, 0, findings);
    if (binding->has_each)
        outer[nouter++] = &binding->each;
    if (binding->has_unit) {
        prepare_set(binding, &binding->unit, "unit", &template->unit, true, outer, nouter,
                    findings);
        outer[nouter++] = &binding->unit;
    }
    for (size_t i = 0; i < template->ndata; i++) {
        prepare_set(binding, &binding->data[i], template->data[i].name, &template->data[i].sql,
                    template->data[i].listed, outer, nouter, findings);
        if (binding->data[i].query)
            ratio_add_columns(binding, &binding->data[i], findings);
    }
    prepare_settings(binding, &binding->notice, "公示", findings);
    prepare_settings(binding, &binding->village, "村", findings);
    if (read_errors(findings) == errors && binding_check(binding, findings) == 0)
        return binding;
    binding_free(binding);
    return NULL;
}

struct binding *binding_again(const struct binding *first, struct store *store,
                              struct findings *findings)
{
    struct findings *heard = findings_new();
    struct binding *binding = binding_prepare(first->template, store, heard);

    if (!binding) {
        findings_move(findings, heard);
    } else {
        binding->lent = true;
        binding->settings = first->settings;
        binding->year = first->year;
        binding->parameters = first->parameters;
        binding->each_rows = first->each_rows;
        binding->notice_rows = first->notice_rows;
        binding->village_rows = first->village_rows;
        g_array_unref(binding->products);
        binding->products = g_array_ref(first->products);
    }
    findings_free(heard);
    return binding;
}

void binding_free(struct binding *binding)
{
    size_t count;

    if (!binding)
        return;
    count = binding->ledgers ? schemas_count(binding->template->world->schemas) : 0;
    for (size_t i = 0; i < count; i++) {
        query_free(binding->ledgers[i].query);
        query_free(binding->ledger_counts[i]);
    }
    for (size_t i = 0; i < binding->template->ndata; i++)
        query_free(binding->data[i].query);
    query_free(binding->each.query);
    query_free(binding->unit.query);
    query_free(binding->notice.query);
    query_free(binding->village.query);
    if (!binding->lent) {
        rowset_free(binding->each_rows);
        rowset_free(binding->notice_rows);
        rowset_free(binding->village_rows);
    }
    g_array_unref(binding->products);
    g_array_free(binding->reads, TRUE);
    arena_free(binding->arena);
    g_free(binding);
}

const struct query_read *binding_reads(const struct binding *binding, size_t *count)
{
    *count = binding->reads->len;
    return (const struct query_read *)(const void *)binding->reads->data;
}
