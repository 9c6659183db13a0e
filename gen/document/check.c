/* Checks all of a template that needs to know the columns of its SQL. */
#include <string.h>

#include "base/page_words.h"
#include "document/binding.h"
#include "document/choice.h"
#include "document/ratio.h"
#include "document/reader.h"
#include "document/suggest.h"

struct checking {
    struct binding *binding;
    struct findings *findings;
};

/* Names a phrase could have meant, for did-you-mean. */
static void unknown_name(const struct checking *check, const struct piece *piece,
                         const struct set *row)
{
    const struct binding *binding = check->binding;
    const struct template *template = binding->template;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const struct set *sets[] = {row, &binding->unit, &binding->each};

    for (size_t i = 0; i < G_N_ELEMENTS(sets); i++)
        for (size_t k = 0; !piece->set && sets[i] && k < sets[i]->ncolumn; k++)
            g_ptr_array_add(names, g_strdup(sets[i]->columns[k]));
    for (size_t i = 0; i < template->ndata; i++)
        for (size_t k = 0; k < binding->data[i].ncolumn; k++)
            g_ptr_array_add(
                names, g_strconcat(binding->data[i].name, ".", binding->data[i].columns[k], NULL));
    for (size_t i = 0; !piece->set && i < template->nparameter; i++)
        g_ptr_array_add(names, g_strdup(template->parameters[i].name));
    for (size_t i = 0; !piece->set && SPECIAL_NAMES[i]; i++)
        g_ptr_array_add(names, g_strdup(SPECIAL_NAMES[i]));
    for (size_t i = 0; !piece->set && template->world->settings[i]; i++)
        g_ptr_array_add(names, g_strdup(template->world->settings[i]));
    char *name =
        piece->set ? g_strconcat(piece->set, ".", piece->name, NULL) : g_strdup(piece->name);
    suggest(check->findings, FINDING_TEMPLATE_UNKNOWN_NAME, piece->place, name,
            (const char *const *)names->pdata, names->len);
    g_free(name);
    g_ptr_array_free(names, TRUE);
}

/* The rows 公示 and 村 are read column by column: a bad cell holds back what prints it, no more. */
static void read_setting(const struct checking *check, const char *name)
{
    static const char *const LEDGERS[] = {"公示", "村", NULL};

    for (size_t i = 0; LEDGERS[i]; i++) {
        const struct schema *schema =
            schemas_find(check->binding->template->world->schemas, LEDGERS[i]);
        size_t field = schema ? schema_field(schema, name) : SIZE_MAX;

        if (field != SIZE_MAX)
            binding_add_read(check->binding, schema->name, &schema->fields[field]);
    }
}

static void read_special(const struct checking *check, enum special special)
{
    if (special == SPECIAL_TITLE)
        return;
    read_setting(check, "张贴日期");
    if (special != SPECIAL_DATE) {
        read_setting(check, "天数");
        read_setting(check, "计法");
    }
}

/* A place's own name is more exact than the setting for the whole township. */
static bool is_area(const char *name)
{
    static const char *const AREAS[] = {"县", "乡镇", "行政村", "村民小组", NULL};

    return g_strv_contains(AREAS, name);
}

static void check_ambiguous(const struct checking *check, const struct piece *piece,
                            const struct found *found)
{
    const struct template *template = check->binding->template;
    bool column = found->source == FROM_UNIT || found->source == FROM_EACH;

    if (column && !is_area(piece->name) && g_strv_contains(template->world->settings, piece->name))
        finding_add(check->findings, FINDING_TEMPLATE_AMBIGUOUS_NAME, piece->place, piece->name,
                    found->source == FROM_UNIT ? "unit、settings" : "each、settings");
}

/* ratio needs what shows how a ratio came about. */
static void check_ratio(const struct checking *check, const struct set *set, size_t column,
                        const char *name, struct place place)
{
    if (!set || !ratio_is_column(check->binding, set, column))
        finding_add(check->findings, FINDING_TEMPLATE_RATIO, place, name);
}

/* row: the rows of the table the phrase stands in, or NULL. */
static void check_phrase(const struct checking *check, const struct phrase *phrase,
                         const struct set *row)
{
    for (size_t i = 0; phrase && i < phrase->count; i++) {
        const struct piece *piece = &phrase->pieces[i];
        struct found found;
        struct kind kind;
        const struct set *set;

        if (piece->literal)
            continue;
        if (!binding_find(check->binding, piece, row, &found)) {
            unknown_name(check, piece, row);
            continue;
        }
        check_ambiguous(check, piece, &found);
        if (found.source == FROM_SETTING)
            read_setting(check, piece->name);
        if (found.source == FROM_SPECIAL)
            read_special(check, (enum special)found.column);
        set = binding_set(check->binding, &found, row);
        if (piece->formatted && piece->format.kind == FORMAT_RATIO)
            check_ratio(check, set, set ? found.column - 1 : 0, piece->name, piece->place);
        if (piece->total == PART_FIELD || piece->total == PART_COUNT)
            continue;
        if (found.source != FROM_ROW)
            unknown_name(check, piece, row);
        else if (piece->total == PART_DISTINCT)
            continue;
        else if (!binding_kind(check->binding, set, found.column, &kind))
            finding_add(check->findings, FINDING_TEMPLATE_NEEDS_TYPE, piece->place, piece->name);
        else if (!kind_is_number(&kind))
            finding_add(check->findings, FINDING_TEMPLATE_NOT_A_NUMBER, piece->place, piece->name);
    }
}

static size_t check_column(const struct checking *check, const char *name, const struct set *rows,
                           struct place place)
{
    size_t column = set_find(rows, name);

    if (column == SIZE_MAX)
        suggest(check->findings, FINDING_TEMPLATE_UNKNOWN_COLUMN, place, name, rows->columns,
                rows->ncolumn);
    return column;
}

static void check_number(const struct checking *check, const struct set *rows, size_t column,
                         struct place place)
{
    struct kind kind;

    if (!binding_kind(check->binding, rows, column, &kind)) {
        char *name = g_strconcat(rows->name, ".", rows->columns[column], NULL);

        finding_add(check->findings, FINDING_TEMPLATE_NEEDS_TYPE, place, name);
        g_free(name);
    } else if (!kind_is_number(&kind)) {
        finding_add(check->findings, FINDING_TEMPLATE_NOT_A_NUMBER, place, rows->columns[column]);
    }
}

static void check_total_row(const struct checking *check, const struct body_table *table,
                            const struct total_row *row, const struct set *rows)
{
    check_phrase(check, row->label, rows);
    for (size_t i = 0; i < row->count; i++) {
        const struct table_total *total = &row->totals[i];
        const char *field = table->columns[total->column].field;
        size_t column = field ? set_find(rows, field) : SIZE_MAX;

        check_phrase(check, total->phrase, rows);
        if (!total->phrase && total->function != PART_COUNT && total->function != PART_DISTINCT &&
            column != SIZE_MAX)
            check_number(check, rows, column, total->place);
    }
}

static void check_column_of(const struct checking *check, const struct table_column *column,
                            const struct set *rows)
{
    size_t field =
        column->field ? check_column(check, column->field, rows, column->place) : SIZE_MAX;

    check_phrase(check, column->phrase, rows);
    check_phrase(check, column->title, NULL);
    for (size_t i = 0; i < column->nover; i++)
        if (i + 1 == column->nover)
            check_phrase(check, column->over[i]->title, NULL);
    if (field != SIZE_MAX && column->format && format_needs_number(column->as.kind))
        check_number(check, rows, field, column->place);
    if (field != SIZE_MAX && column->format && column->as.kind == FORMAT_RATIO)
        check_ratio(check, rows, field, column->field, column->place);
}

static void check_table(const struct checking *check, const struct body_table *table)
{
    const struct set *rows;

    check_phrase(check, table->side, NULL);
    check_phrase(check, table->empty, NULL);
    check_phrase(check, table->attachment, NULL);
    for (size_t i = 0; i < table->ndiagonal; i++)
        check_phrase(check, table->diagonal[i], NULL);
    for (size_t i = 0; i < table->nnote; i++)
        check_phrase(check, table->notes[i], NULL);
    if (table->data == SIZE_MAX)
        return;
    rows = &check->binding->data[table->data];
    for (size_t i = 0; i < table->ncolumn; i++)
        check_column_of(check, &table->columns[i], rows);
    for (size_t i = 0; i < table->ngroup; i++) {
        const struct table_group *group = &table->groups[i];

        check_column(check, group->by, rows, group->place);
        check_phrase(check, group->text, rows);
        check_phrase(check, group->count, rows);
        check_total_row(check, table, &group->foot, rows);
    }
    check_total_row(check, table, &table->total, rows);
    for (size_t i = 0; i < PAGE_ROWS; i++)
        check_total_row(check, table, &table->page_rows[i], rows);
    if (table->capital) {
        size_t column = set_find(rows, table->capital->field);

        if (column != SIZE_MAX)
            check_number(check, rows, column, table->capital->place);
    }
}

struct page_check {
    const struct checking *check;
    GHashTable *seen; /* struct place * */
};

static guint place_hash(gconstpointer place)
{
    return ((const struct place *)place)->line * 1000 + ((const struct place *)place)->column;
}

static gboolean place_equal(gconstpointer a, gconstpointer b)
{
    const struct place *one = a, *other = b;

    return one->line == other->line && one->column == other->column &&
           g_strcmp0(one->file, other->file) == 0;
}

static void check_page_phrase(const struct phrase *phrase, void *user)
{
    const struct page_check *page = user;

    if (g_hash_table_add(page->seen, (gpointer)&phrase->place))
        check_phrase(page->check, phrase, NULL);
}

/* Pages are there once for each paper, their texts once in the template. */
static void check_pages(const struct checking *check, const struct page_spec *pages)
{
    struct page_check page = {check, g_hash_table_new(place_hash, place_equal)};

    for (size_t i = 0; i < check->binding->template->sheet->npaper; i++)
        page_spec_phrases(&pages[i], check_page_phrase, &page);
    g_hash_table_destroy(page.seen);
}

/* Boxes stand for codes of their column, or the template says what for. */
static void check_options(const struct checking *check, const struct form_cell *cell)
{
    static const char NONE[] = "无"; /* what a ledger may say of any column */
    const struct piece *piece = cell->phrase ? &cell->phrase->pieces[0] : NULL;
    const struct form_check *boxes = &cell->check;
    const char *const *codes;
    struct found found;

    if (!piece || !binding_find(check->binding, piece, NULL, &found))
        return; /* said already */
    codes = choice_codes(check->binding, piece);
    if (!codes && boxes->noption == 0)
        finding_add(check->findings, FINDING_TEMPLATE_MISSING_KEY, cell->place, "options");
    for (size_t i = 0; codes && i < boxes->noption; i++)
        if (!g_strv_contains(codes, boxes->options[i].value) &&
            strcmp(boxes->options[i].value, NONE) != 0)
            suggest_from(check->findings, FINDING_TEMPLATE_UNKNOWN_WORD, boxes->options[i].place,
                         boxes->options[i].value, codes);
}

static void check_form(const struct checking *check, const struct body_form *form)
{
    if (!form)
        return;
    check_phrase(check, form->side, NULL);
    for (size_t i = 0; i < form->nrow; i++) {
        for (size_t k = 0; k < form->rows[i].ncell; k++) {
            const struct form_cell *cell = &form->rows[i].cells[k];

            check_phrase(check, cell->phrase, NULL);
            if (cell->kind == FORM_CHECK)
                check_options(check, cell);
            check_form(check, cell->form);
            if (cell->table)
                check_table(check, cell->table);
        }
    }
}

static void check_chart(const struct checking *check, const struct body_chart *chart)
{
    const struct set *rows = &check->binding->data[chart->data];

    check_phrase(check, chart->figure.text, NULL);
    check_column(check, chart->label, rows, chart->label_place);
    for (size_t i = 0; i < chart->nvalue; i++) {
        const struct chart_value_column *value = &chart->values[i];
        const size_t column = check_column(check, value->field, rows, value->place);

        check_phrase(check, value->title, NULL);
        if (column != SIZE_MAX)
            check_number(check, rows, column, value->place);
    }
}

/* {联} is nobody's name where there are no copies. */
static void check_copy(const struct checking *check, const struct phrase *phrase)
{
    for (size_t i = 0; phrase && i < phrase->count; i++)
        if (phrase->pieces[i].literal && strstr(phrase->pieces[i].literal, COPY_WORD))
            finding_add(check->findings, FINDING_TEMPLATE_MISSING_KEY, phrase->pieces[i].place,
                        "copies");
}

static void check_block(const struct checking *check, const struct body_block *block)
{
    switch (block->kind) {
    case BODY_TEXT:
        check_phrase(check, block->text.phrase, NULL);
        if (check->binding->template->sheets.ncopy == 0)
            check_copy(check, block->text.phrase);
        break;
    case BODY_TABLE:
        if (block->variant != VARIANT_ATTACHED) /* its inline block is the same table */
            check_table(check, block->table);
        break;
    case BODY_FORM:
        check_form(check, &block->form);
        break;
    case BODY_CONTACTS:
        for (size_t i = 0; i < block->contacts.count; i++) {
            check_phrase(check, block->contacts.contacts[i].label, NULL);
            check_phrase(check, block->contacts.contacts[i].number, NULL);
            check_phrase(check, block->contacts.contacts[i].address, NULL);
        }
        break;
    case BODY_ISSUERS:
        check_phrase(check, block->issuers.names, NULL);
        check_phrase(check, block->issuers.otherwise, NULL);
        check_phrase(check, block->issuers.date, NULL);
        break;
    case BODY_SECTION:
        check_phrase(check, block->section.name, NULL);
        check_pages(check, block->section.pages);
        break;
    case BODY_CHART:
        check_chart(check, &block->chart);
        break;
    case BODY_IMAGE:
        check_phrase(check, block->image.file, NULL);
        check_phrase(check, block->image.alt, NULL);
        check_phrase(check, block->image.figure.text, NULL);
        break;
    case BODY_CODE:
        check_phrase(check, block->code.content, NULL);
        check_phrase(check, block->code.figure.text, NULL);
        break;
    }
}

/* File names are seen by everybody: only what the public may see in full (design 5, 7). */
static void check_file(const struct checking *check)
{
    const struct phrase *phrase = check->binding->template->file;
    const struct schema *village = schemas_find(check->binding->template->world->schemas, "村");

    for (size_t i = 0; i < phrase->count; i++) {
        const struct piece *piece = &phrase->pieces[i];
        const struct field *field = NULL;
        struct found found;

        if (piece->literal || !binding_find(check->binding, piece, NULL, &found))
            continue;
        if (found.source == FROM_UNIT || found.source == FROM_DATA) {
            finding_add(check->findings, FINDING_TEMPLATE_FILE_COLUMN, piece->place, piece->name);
            continue;
        }
        if (found.source == FROM_EACH && check->binding->each.query)
            field = query_column(check->binding->each.query, found.column)->origin;
        else if (found.source == FROM_SETTING && village &&
                 schema_field(village, piece->name) != SIZE_MAX)
            field = &village->fields[schema_field(village, piece->name)];
        if (field && field->show[AUDIENCE_PUBLIC] != SHOW_FULL)
            finding_add(check->findings, FINDING_TEMPLATE_FILE_COLUMN, piece->place, piece->name);
    }
}

/* A finding never holds what the public may not see (design 7). */
static void check_left_out(const struct checking *check)
{
    const struct template *template = check->binding->template;
    const struct set *rows = &check->binding->data[template->left_out];
    const struct phrase *phrase = template->left_out_text;

    check_phrase(check, phrase, rows);
    for (size_t i = 0; i < phrase->count; i++) {
        const struct piece *piece = &phrase->pieces[i];
        const struct query_column *column;
        struct found found;

        if (piece->literal || !binding_find(check->binding, piece, rows, &found))
            continue;
        column = found.source == FROM_ROW ? set_column(rows, found.column) : NULL;
        if (!column || !column->origin || column->origin->show[AUDIENCE_PUBLIC] != SHOW_FULL)
            finding_add(check->findings, FINDING_TEMPLATE_LEFT_OUT, piece->place, piece->name);
    }
}

/* unit, each and parameters share one scope: a name may stand in one of them only. */
static void check_scopes(const struct checking *check)
{
    const struct binding *binding = check->binding;
    const struct template *template = binding->template;

    for (size_t i = 0; i < binding->unit.ncolumn; i++)
        if (set_find(&binding->each, binding->unit.columns[i]) != SIZE_MAX)
            finding_add(check->findings, FINDING_TEMPLATE_AMBIGUOUS_NAME, template->unit.where,
                        binding->unit.columns[i], "each、unit");
    for (size_t i = 0; i < template->nparameter; i++) {
        const char *name = template->parameters[i].name;

        if (set_find(&binding->each, name) != SIZE_MAX)
            finding_add(check->findings, FINDING_TEMPLATE_AMBIGUOUS_NAME,
                        template->parameters[i].place, name, "each、parameters");
        if (set_find(&binding->unit, name) != SIZE_MAX)
            finding_add(check->findings, FINDING_TEMPLATE_AMBIGUOUS_NAME,
                        template->parameters[i].place, name, "unit、parameters");
    }
}

/* types: of columns that are there. */
static void check_types(const struct checking *check)
{
    const struct binding *binding = check->binding;
    const struct template *template = binding->template;

    for (size_t i = 0; i < template->ntype; i++) {
        const struct type_of *type = &template->types[i];
        const struct set *set = strcmp(type->set, "each") == 0   ? &binding->each
                                : strcmp(type->set, "unit") == 0 ? &binding->unit
                                                                 : NULL;

        for (size_t k = 0; !set && k < template->ndata; k++)
            if (strcmp(binding->data[k].name, type->set) == 0)
                set = &binding->data[k];
        if ((type->part || type->share) && (set == &binding->each || set == &binding->unit))
            set = NULL; /* ratios are columns of data sets */
        if (set) {
            check_column(check, type->column, set, type->place);
        } else {
            const char **names = g_new0(const char *, template->ndata + 1);

            for (size_t k = 0; k < template->ndata; k++)
                names[k] = binding->data[k].name;
            suggest(check->findings, FINDING_TEMPLATE_UNKNOWN_DATA, type->place, type->set, names,
                    template->ndata);
            g_free(names);
        }
    }
}

int binding_check(struct binding *binding, struct findings *findings)
{
    const struct checking check = {binding, findings};
    const struct template *template = binding->template;
    size_t errors = read_errors(findings);

    check_scopes(&check);
    check_types(&check);
    check_phrase(&check, template->file, NULL);
    check_file(&check);
    check_phrase(&check, template->author, NULL);
    check_phrase(&check, template->unit_name, NULL);
    if (template->volume)
        check_column(&check, template->volume, &binding->unit, template->unit.where);
    if (template->left_out != SIZE_MAX)
        check_left_out(&check);
    if (template->continued)
        check_phrase(&check, template->continued->phrase, NULL);
    check_pages(&check, template->pages);
    for (size_t i = 0; i < template->nblock; i++)
        check_block(&check, &template->blocks[i]);
    return read_errors(findings) == errors ? 0 : -1;
}
