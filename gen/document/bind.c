/* Runs a prepared template: parameters, products, their paths and their documents. */
#include "document/bind.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "document/build.h"
#include "document/paper_size.h"
#include "document/reader.h"
#include "document/suggest.h"

/* text as a value of the parameter's type; false: it is none. Texts live in the binding's arena. */
static bool parse_parameter(struct arena *arena, enum field_type type, const char *text,
                            struct value *value)
{
    static const char *const YES[] = {"是", "1", "true", NULL}, *const NO[] = {"否", "0", "false",
                                                                               NULL};
    struct date date;
    decimal number;
    gint64 integer;
    bool guessed;

    switch (type) {
    case FIELD_INTEGER:
    case FIELD_YEAR:
        if (!g_ascii_string_to_signed(text, 10, type == FIELD_YEAR ? 1900 : G_MININT32,
                                      type == FIELD_YEAR ? 2199 : G_MAXINT32, &integer, NULL))
            return false;
        *value = value_integer(integer);
        return true;
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        if (decimal_parse(text, &number) != DECIMAL_OK)
            return false;
        *value = value_real(decimal_to_real(number));
        return true;
    case FIELD_DATE:
        if (!date_parse_iso(text, &date) && !date_parse_ledger(text, &date, &guessed))
            return false;
        GString *iso = g_string_new(NULL);
        date_format_iso(iso, date);
        *value = value_text(arena_text(arena, iso->str));
        g_string_free(iso, TRUE);
        return true;
    case FIELD_BOOLEAN:
        *value = value_integer(g_strv_contains(YES, text));
        return g_strv_contains(YES, text) || g_strv_contains(NO, text);
    case FIELD_STRING:
    case FIELD_CODE:
    case FIELD_IDCARD:
    case FIELD_PHONE:
    case FIELD_AREA:
        break;
    }
    *value = value_text(arena_text(arena, text));
    return true;
}

/* What a clerk calls the type of a parameter. */
static const char *type_title(enum field_type type)
{
    switch (type) {
    case FIELD_INTEGER:
        return "整数";
    case FIELD_DECIMAL:
    case FIELD_MONEY:
        return "数";
    case FIELD_DATE:
        return "日期，如 2026-11-02";
    case FIELD_YEAR:
        return "四位数的年份，如 2026";
    case FIELD_BOOLEAN:
        return "是 或 否";
    case FIELD_STRING:
    case FIELD_CODE:
    case FIELD_IDCARD:
    case FIELD_PHONE:
    case FIELD_AREA:
        break;
    }
    return "文字";
}

static int find_parameters(struct binding *binding, struct findings *findings)
{
    const struct template *template = binding->template;
    int result = 0;

    binding->parameters =
        arena_array(binding->arena, template->nparameter, sizeof(*binding->parameters));
    for (size_t i = 0; i < template->nparameter; i++) {
        const struct parameter *parameter = &template->parameters[i];
        const char *text = settings_value(binding->settings, parameter->name, binding->year);

        if (!text || text[0] == '\0')
            text = parameter->fallback;
        binding->parameters[i] = value_null(STATE_EMPTY);
        if (!text)
            result = finding_add(findings, FINDING_DOCUMENT_PARAMETER_MISSING, parameter->place,
                                 parameter->name);
        else if (!parse_parameter(binding->arena, parameter->type, text, &binding->parameters[i]))
            result = finding_add(findings, FINDING_DOCUMENT_PARAMETER_TYPE, parameter->place,
                                 parameter->name, text, type_title(parameter->type),
                                 field_type_name(parameter->type));
    }
    return result;
}

/* What the columns of a ledger are counted in, each once: 元、亩. */
static char *ledger_units(const struct schema *schema)
{
    GString *units = g_string_new(NULL);
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t i = 0; i < schema->nfield - schema->nderived; i++) {
        const char *unit = schema->fields[i].unit;

        if (!unit || !g_hash_table_add(seen, (gpointer)unit))
            continue;
        if (units->len > 0)
            g_string_append(units, "、");
        g_string_append(units, unit);
    }
    if (units->len == 0)
        g_string_append(units, "见表头");
    g_hash_table_destroy(seen);
    return g_string_free(units, FALSE);
}

/* each: {ledgers: with-rows}: a row for each ledger that has some. */
static struct rowset *list_ledgers(struct binding *binding, struct findings *findings)
{
    const struct schemas *schemas = binding->template->world->schemas;
    struct rowset *rows = rowset_new(binding->each.ncolumn, binding->each.columns);

    for (size_t i = 0; i < schemas_count(schemas); i++) {
        const struct schema *schema = schemas_at(schemas, i);
        struct rowset *counted =
            binding->ledger_counts[i] ? query_run(binding->ledger_counts[i], findings) : NULL;

        if (counted && rowset_at(counted, 0, 0).integer > 0) {
            char *units = ledger_units(schema);
            struct value row[] = {value_text(schema->name), value_text(schema->title),
                                  value_text(units)};

            rowset_append(rows, row);
            g_free(units);
        }
        rowset_free(counted);
    }
    return rows;
}

static struct rowset *run_each(struct binding *binding, struct findings *findings)
{
    const struct template *template = binding->template;

    if (template->each_ledger)
        return list_ledgers(binding, findings);
    for (size_t i = 0; i < template->nparameter; i++)
        query_bind(binding->each.query, template->parameters[i].name, &binding->parameters[i]);
    return query_run(binding->each.query, findings);
}

static void forget_run(struct binding *binding)
{
    rowset_free(binding->each_rows);
    rowset_free(binding->notice_rows);
    rowset_free(binding->village_rows);
    binding->each_rows = binding->notice_rows = binding->village_rows = NULL;
    g_array_set_size(binding->products, 0);
}

int binding_run(struct binding *binding, const struct settings *settings, struct findings *findings)
{
    size_t errors = read_errors(findings);
    size_t products = 1;

    forget_run(binding);
    binding->settings = settings;
    binding->year = settings_year(settings);
    if (find_parameters(binding, findings) != 0)
        return -1;
    if (binding->has_each) {
        binding->each_rows = run_each(binding, findings);
        if (!binding->each_rows)
            return -1;
        products = rowset_rows(binding->each_rows);
    }
    if (binding->notice.query)
        binding->notice_rows = query_run(binding->notice.query, findings);
    if (binding->village.query)
        binding->village_rows = query_run(binding->village.query, findings);
    for (size_t i = 0; i < products; i++)
        g_array_append_val(binding->products, i);
    return read_errors(findings) == errors ? 0 : -1;
}

bool binding_only(struct binding *binding, const char *column, const char *value)
{
    size_t index = set_find(&binding->each, column);
    GArray *kept;
    GString *text;

    if (index == SIZE_MAX || !binding->each_rows)
        return false;
    kept = g_array_new(FALSE, FALSE, sizeof(size_t));
    text = g_string_new(NULL);
    for (guint i = 0; i < binding->products->len; i++) {
        size_t row = g_array_index(binding->products, size_t, i);
        struct value cell = rowset_at(binding->each_rows, row, index);

        g_string_truncate(text, 0);
        format_value(text, (struct format){FORMAT_PLAIN, 0}, &cell);
        if (strcmp(text->str, value) == 0)
            g_array_append_val(kept, row);
    }
    g_string_free(text, TRUE);
    g_array_free(binding->products, TRUE);
    binding->products = kept;
    return true;
}

size_t binding_products(const struct binding *binding)
{
    return binding->products->len;
}

const char *binding_village(const struct binding *binding, size_t product)
{
    size_t column = set_find(&binding->each, "行政村");
    struct value value;

    if (column == SIZE_MAX || !binding->each_rows)
        return NULL;
    value =
        rowset_at(binding->each_rows, g_array_index(binding->products, size_t, product), column);
    return value.text;
}

/* A value as part of a file's name: nothing that parts folders or that Windows refuses. */
static void append_safe(GString *out, const char *text)
{
    char *value = g_strstrip(g_strdup(text));

    for (const char *at = value; *at; at++) {
        bool bad = strchr("/\\:*?\"<>|", *at) || (unsigned char)*at < 0x20 || *at == 0x7F;

        g_string_append_c(out, bad || (at == value && *at == '.') ? '_' : *at);
    }
    g_free(value);
}

char *binding_stem(struct binding *binding, size_t product, struct findings *findings)
{
    const struct phrase *phrase = binding->template->file;
    struct findings *unheard = findings_new(); /* binding_document() says them */
    struct arena *arena = arena_new();
    GString *stem = g_string_new(NULL);
    struct scope scope;
    bool good = true;

    scope_open(&scope, binding, product, arena, unheard);
    for (size_t i = 0; i < phrase->count; i++) {
        const struct piece *piece = &phrase->pieces[i];
        const struct phrase one = {1, piece, piece->place};
        bool full = true;
        const char *text = scope_text(&scope, &one, BLANKS_QUIET, &full);

        if (piece->literal)
            g_string_append(stem, piece->literal);
        else
            append_safe(stem, text);
        if (!full || text[strspn(text, " \t")] == '\0') {
            finding_add(findings, FINDING_DOCUMENT_FILE_EMPTY, piece->place,
                        piece->literal ? piece->literal : piece->name);
            good = false;
        }
    }
    scope_abandon(&scope);
    arena_free(arena);
    findings_free(unheard);
    return g_string_free(stem, !good);
}

/* Paper by the setting 纸张; a sheet without that paper keeps its own. */
static const struct paper *choose_paper(const struct scope *scope)
{
    const struct template *template = scope->binding->template;
    const char *name = settings_value(scope->binding->settings, "纸张", scope->binding->year);
    const struct paper *paper = name ? style_sheet_paper(template->sheet, name) : NULL;

    if (name && !paper && !g_strv_contains(PAPER_NAMES, name)) {
        suggest_from(scope->findings, FINDING_DOCUMENT_PAPER, template->head.place, name,
                     PAPER_NAMES);
        return NULL;
    }
    return paper ? paper : &template->sheet->papers[0];
}

/* Rows that no grid refers to go with the unit; the others live as long as the document. */
static void end_unit(struct building *building)
{
    struct scope *scope = building->scope;

    for (size_t i = 0; i < scope->binding->template->ndata; i++) {
        if (scope->data[i] && g_hash_table_contains(building->kept, scope->data[i]))
            g_ptr_array_add(building->made->rowsets, scope->data[i]);
        else
            rowset_free(scope->data[i]);
        scope->data[i] = NULL;
    }
    g_hash_table_remove_all(building->kept);
}

static struct unit build_unit(struct building *building)
{
    const struct template *template = building->scope->binding->template;
    struct arena *arena = building->made->arena;
    struct unit unit = {0};

    g_array_set_size(building->blocks, 0);
    unit.page = build_unit_page(building);
    build_blocks(building);
    if (template->unit_name && building->scope->unit_rows)
        unit.name = scope_text(building->scope, template->unit_name, BLANKS_QUIET, NULL);
    if (template->volume && building->scope->unit_rows)
        unit.volume = scope_unit_text(building->scope, template->volume);
    if (template->continued) {
        struct block *block = arena_alloc(arena, sizeof(*block));

        block->kind = BLOCK_TEXT;
        block->place = template->continued->phrase->place;
        block->text.text =
            scope_text(building->scope, template->continued->phrase, BLANKS_REPORT, NULL);
        block->text.style = paper_text(building->paper, template->continued->style);
        block->text.lines_max = template->continued->lines_max;
        unit.continued = block;
    }
    unit.nblock = building->blocks->len;
    unit.blocks = arena_copy(arena, building->blocks->data, unit.nblock * sizeof(struct block));
    end_unit(building);
    return unit;
}

static int compare_households(const void *a, const void *b)
{
    const int64_t *one = a, *other = b;

    return (*one > *other) - (*one < *other);
}

static bool is_held(const struct scope *scope, const struct held_units *held)
{
    size_t column = set_find(&scope->binding->unit, "_户");
    struct value household;

    if (!held || held->count == 0 || column == SIZE_MAX)
        return false;
    household = rowset_at(scope->unit_rows, scope->unit_row, column);
    return household.type == VALUE_INTEGER &&
           bsearch(&household.integer, held->households, held->count, sizeof(int64_t),
                   compare_households);
}

/* Makes the units the document's, with their copies. */
static void take_units(struct building *building, GArray *units)
{
    struct document *document = &building->made->document;
    struct arena *arena = building->made->arena;
    GArray *all = sheets_copy(&building->sheets, arena, units);

    document->imposition = building->sheets.imposition;
    document->duplex = building->sheets.duplex;
    document->nunit = all->len;
    document->units = arena_copy(arena, all->data, all->len * sizeof(struct unit));
    g_array_free(units, TRUE);
    g_array_free(all, TRUE);
}

static void build_units(struct building *building, const struct held_units *held,
                        struct row_count *count)
{
    struct scope *scope = building->scope;
    struct binding *binding = scope->binding;
    GArray *units = g_array_new(FALSE, TRUE, sizeof(struct unit));
    struct rowset *rows = NULL;

    if (!binding->has_unit) {
        struct unit unit = build_unit(building);

        g_array_append_val(units, unit);
        count->selected = count->printed = building->rows;
    } else {
        scope_bind(scope, binding->unit.query);
        rows = query_run(binding->unit.query, scope->findings);
        scope->failed = scope->failed || !rows;
        scope->unit_rows = rows;
        count->selected = rows ? rowset_rows(rows) : 0;
    }
    for (size_t i = 0; rows && i < count->selected && !scope->failed; i++) {
        scope->unit_row = i;
        if (is_held(scope, held)) {
            count->held++;
            continue;
        }
        struct unit unit = build_unit(building);

        g_array_append_val(units, unit);
        count->printed++;
    }
    take_units(building, units);
    scope->unit_rows = NULL;
    rowset_free(rows);
}

static const char *find_title(const struct building *building)
{
    const struct document *document = &building->made->document;

    for (size_t i = 0; document->nunit == 1 && i < document->units[0].nblock; i++) {
        const struct block *block = &document->units[0].blocks[i];

        if (block->kind == BLOCK_TEXT && block->text.outline > 0)
            return block->text.text;
    }
    return building->scope->product;
}

static void describe(struct building *building)
{
    const struct template *template = building->scope->binding->template;
    struct document *document = &building->made->document;
    struct arena *arena = building->made->arena;

    document->id = arena_text(arena, template->head.id);
    document->audience = template->head.audience;
    document->fill = template->sheet->fill;
    document->title = find_title(building);
    document->author = building->issuers ? building->issuers : "";
    if (template->author)
        document->author = scope_text(building->scope, template->author, BLANKS_REPORT, NULL);
    if (template->head.description[0] != '\0')
        document->subject = arena_text(arena, template->head.description);
    if (template->head.audience == AUDIENCE_INTERNAL)
        document->note = "内部资料";
}

/* Whoever is kept off a list is named: nobody disappears without a word. */
static void report_left_out(struct scope *scope)
{
    const struct template *template = scope->binding->template;
    const struct rowset *rows =
        template->left_out == SIZE_MAX ? NULL : scope_data(scope, template->left_out);

    for (size_t i = 0; rows && i < rowset_rows(rows); i++)
        finding_add(scope->findings, FINDING_DOCUMENT_LEFT_OUT, template->head.place,
                    scope->product,
                    scope_row_text(scope, template->left_out_text,
                                   &scope->binding->data[template->left_out], rows, i));
    if (rows) {
        rowset_free(scope->data[template->left_out]);
        scope->data[template->left_out] = NULL;
    }
}

static void free_rowset(gpointer rows)
{
    rowset_free(rows);
}

int binding_document(struct binding *binding, size_t product, const struct held_units *held,
                     struct document **document, struct row_count *count, struct findings *findings)
{
    struct made *made = g_new0(struct made, 1);
    struct scope scope;
    struct building building = {.scope = &scope, .made = made};
    bool nothing;

    *document = NULL;
    *count = (struct row_count){0};
    made->arena = arena_new();
    made->rowsets = g_ptr_array_new_with_free_func(free_rowset);
    made->images = build_images_new();
    building.blocks = g_array_new(FALSE, TRUE, sizeof(struct block));
    building.kept = g_hash_table_new(NULL, NULL);
    scope_open(&scope, binding, product, made->arena, findings);
    building.paper = choose_paper(&scope);
    building.sheets = binding->template->sheets;
    if (building.paper && !sheets_choose(&building.sheets, binding->settings, binding->year,
                                         binding->template->head.place, findings))
        scope.failed = true;
    if (building.paper) {
        building.document_paper = (size_t)(building.paper - binding->template->sheet->papers);
        report_left_out(&scope);
        build_units(&building, held, count);
        describe(&building);
    }
    nothing = binding->has_unit ? count->printed == 0
                                : building.tables > 0 && building.tables == building.empty_tables;
    if (!scope.failed && building.paper && nothing && count->held == 0)
        finding_add(findings, FINDING_DOCUMENT_NO_ROWS, binding->template->head.place,
                    scope.product);
    bool failed = scope.failed || !building.paper;
    if (!failed && !nothing)
        scope_close(&scope);
    else
        scope_abandon(&scope);
    g_array_free(building.blocks, TRUE);
    g_hash_table_destroy(building.kept);
    if (failed || nothing)
        document_free(&made->document);
    else
        *document = &made->document;
    return failed ? -1 : 0;
}

void document_free(struct document *document)
{
    struct made *made = (struct made *)(void *)document;

    if (!made)
        return;
    g_ptr_array_free(made->rowsets, TRUE);
    g_hash_table_destroy(made->images);
    arena_free(made->arena);
    g_free(made);
}
