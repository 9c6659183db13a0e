/* Builds a table: a grid over a row set, its columns, head and rows of data. */
#include "document/build_table.h"

#include <string.h>

static struct shown look_up(const struct table *table, const struct table_column *column)
{
    struct shown shown = {.field = SIZE_MAX, .kind = {.type = FIELD_STRING}};
    const struct query_column *facts;

    if (!column->field)
        return shown;
    shown.field = set_find(table->set, column->field);
    facts = set_column(table->set, shown.field);
    shown.origin = facts->origin;
    shown.table = facts->table;
    if (!binding_kind(table->building->scope->binding, table->set, shown.field, &shown.kind)) {
        /* Computed and not declared: printed plainly; numbers among numbers stand centred. */
        struct value first = rowset_rows(table->rows) > 0 ? rowset_at(table->rows, 0, shown.field)
                                                          : value_null(STATE_EMPTY);

        shown.kind.type = first.type == VALUE_INTEGER ? FIELD_INTEGER : FIELD_STRING;
    }
    if (column->format && column->as.kind == FORMAT_RATIO)
        shown.field++; /* the ratio's companion */
    return shown;
}

static struct format column_format(const struct table_column *column, const struct shown *shown)
{
    struct format format = column->as;

    if (!column->format)
        return kind_format(&shown->kind);
    if (format.kind == FORMAT_NUMBER && column->format == 2)
        format.places = shown->kind.places;
    return format;
}

int table_align(const struct table_column *column, const struct shown *shown)
{
    if (column->align >= 0)
        return column->align;
    if (column->field && column->format && format_is_words(column->as.kind))
        return column->as.kind == FORMAT_CAPITAL ? ALIGN_LEFT : ALIGN_CENTER;
    if (!column->field)
        return column->phrase ? ALIGN_LEFT : ALIGN_CENTER;
    switch (shown->kind.type) {
    case FIELD_MONEY:
    case FIELD_DECIMAL:
        return ALIGN_DECIMAL;
    case FIELD_STRING:
        return ALIGN_LEFT;
    case FIELD_INTEGER:
    case FIELD_DATE:
    case FIELD_YEAR:
    case FIELD_BOOLEAN:
    case FIELD_CODE:
    case FIELD_IDCARD:
    case FIELD_PHONE:
    case FIELD_AREA:
        break;
    }
    return ALIGN_CENTER;
}

/* IDs, phones, account numbers and keys never become numbers in a sheet. */
static bool is_text(const struct table *table, const struct shown *shown)
{
    const struct schema *schema =
        shown->table
            ? schemas_find(table->building->scope->binding->template->world->schemas, shown->table)
            : NULL;

    if (shown->kind.type == FIELD_IDCARD || shown->kind.type == FIELD_PHONE)
        return true;
    if (!shown->origin || shown->kind.type != FIELD_STRING)
        return false;
    if (shown->origin->mask == MASK_ACCOUNT || shown->origin->mask == MASK_ID ||
        shown->origin->mask == MASK_PHONE)
        return true;
    return schema && g_strv_contains(schema->primary_key, shown->origin->name);
}

static const char *const *column_choices(const struct table *table, const struct shown *shown)
{
    static const char *const YES_NO[] = {"是", "否", NULL};
    struct arena *arena = table->building->made->arena;
    const char *const *codes = shown->kind.type == FIELD_BOOLEAN ? YES_NO
                               : shown->origin                   ? shown->origin->codes
                                                                 : NULL;
    const char **choices;
    size_t count;

    if (!shown->origin || !codes || shown->origin->multiple)
        return NULL;
    count = g_strv_length((char **)codes);
    choices = arena_array(arena, count + 1, sizeof(*choices));
    for (size_t i = 0; i < count; i++)
        choices[i] = arena_text(arena, codes[i]);
    return choices;
}

const char *build_unit_name(struct arena *arena, const char *unit, struct format format)
{
    const char *prefix = format.kind == FORMAT_WAN ? "万" : format.kind == FORMAT_YI ? "亿" : "";
    char *made;
    const char *name;

    if (!unit || format.kind == FORMAT_CAPITAL)
        return NULL;
    made = g_strconcat(prefix, unit, NULL);
    name = arena_text(arena, made);
    g_free(made);
    return name;
}

static const char *column_unit(const struct table *table, const struct table_column *column,
                               const struct shown *shown)
{
    return build_unit_name(table->building->made->arena, shown->kind.unit, column->as);
}

static const char *column_title(const struct table *table, const struct table_column *column,
                                const struct shown *shown)
{
    /* 元 and 亩 must be said; 人 behind 家庭人口 need not. */
    bool measured = shown->kind.type == FIELD_MONEY || shown->kind.type == FIELD_DECIMAL ||
                    (column->format && format_scale(column->as.kind) != 1);
    const char *unit = column_unit(table, column, shown);
    char *made;
    const char *title;

    if (column->title)
        return scope_text(table->building->scope, column->title, BLANKS_REPORT, NULL);
    made = unit && measured ? g_strconcat(column->field, "（", unit, "）", NULL)
                            : g_strdup(column->field ? column->field : "");
    title = arena_text(table->building->made->arena, made);
    g_free(made);
    return title;
}

/* A phrase over rows: names of their columns stay open, all else is filled now. */
void table_row_parts(const struct table *table, const struct phrase *phrase, struct cell *cell)
{
    struct scope *scope = table->building->scope;
    struct part *parts = arena_array(scope->arena, phrase->count, sizeof(*parts));

    for (size_t i = 0; i < phrase->count; i++) {
        const struct piece *piece = &phrase->pieces[i];
        const struct phrase one = {1, piece, phrase->place};
        struct found found;
        struct kind kind;

        if (piece->literal || !binding_find(scope->binding, piece, table->set, &found) ||
            found.source != FROM_ROW) {
            parts[i].kind = PART_LITERAL;
            parts[i].text = scope_text(scope, &one, BLANKS_REPORT, NULL);
            continue;
        }
        binding_kind(scope->binding, table->set, found.column, &kind);
        parts[i].kind = piece->total;
        parts[i].field = found.column;
        parts[i].format = piece->formatted ? piece->format : kind_format(&kind);
        if (piece->total == PART_COUNT && !piece->formatted)
            parts[i].format = (struct format){FORMAT_PLAIN, 0};
    }
    cell->parts = parts;
    cell->npart = phrase->count;
}

void table_one_part(const struct table *table, enum part_kind kind, size_t field,
                    struct format format, struct cell *cell)
{
    struct part *part = arena_alloc(table->building->made->arena, sizeof(*part));

    *part = (struct part){.kind = kind, .field = field == SIZE_MAX ? 0 : field, .format = format};
    cell->parts = part;
    cell->npart = 1;
}

static void make_columns(const struct table *table, const struct shown *shown, struct grid *grid)
{
    const struct body_table *body = table->body;
    struct column *columns =
        arena_array(table->building->made->arena, body->ncolumn, sizeof(*columns));
    int weights = 0;

    for (size_t i = 0; i < body->ncolumn; i++) {
        const struct table_column *from = &body->columns[i];
        bool wide = from->phrase || (from->field && shown[i].kind.type == FIELD_STRING);

        columns[i] = (struct column){
            .name = column_title(table, from, &shown[i]),
            .width = from->width,
            .width_min = from->width_min,
            .width_max = from->width_max,
            .weight = from->weight >= 0 ? from->weight
                      : wide            ? 1
                                        : 0,
            .field = shown[i].field,
            .text = is_text(table, &shown[i]),
            .unit = column_unit(table, from, &shown[i]),
            .format = column_format(from, &shown[i]),
            .choices = column_choices(table, &shown[i]),
        };
        if (columns[i].width == 0)
            weights += columns[i].weight;
    }
    for (size_t i = 0; weights == 0 && i < body->ncolumn; i++)
        columns[i].weight = 1;
    grid->columns = columns;
    grid->ncolumn = body->ncolumn;
}

/* What stands over column i at a level of the head: NULL where its own title does, or did above. */
static const struct over *over_at(const struct table_column *column, size_t level)
{
    return level < column->nover ? column->over[level] : NULL;
}

static struct cell first_head_cell(const struct table *table, const struct text_style *style,
                                   const struct grid *grid)
{
    const struct body_table *body = table->body;
    GString *labels;
    struct cell cell;

    if (body->ndiagonal == 0)
        return build_cell(table->building, 0, 1, grid->columns[0].name, style);
    labels = g_string_new(NULL);
    for (size_t i = 0; i < body->ndiagonal; i++)
        g_string_append_printf(
            labels, "%s%s", i > 0 ? "\n" : "",
            scope_text(table->building->scope, body->diagonal[i], BLANKS_REPORT, NULL));
    cell = build_cell(table->building, 0, 1, arena_text(table->building->made->arena, labels->str),
                      style);
    cell.diagonal = (uint8_t)body->ndiagonal;
    g_string_free(labels, TRUE);
    return cell;
}

static size_t make_head_row(const struct table *table, const struct grid *grid, size_t level,
                            const struct text_style *style, struct cell *cells)
{
    const struct table_column *columns = table->body->columns;
    size_t count = 0;

    for (size_t i = 0; i < table->body->ncolumn; i++) {
        const struct over *over = over_at(&columns[i], level);

        if (level > columns[i].nover) {
            continue;
        } else if (!over) {
            cells[count] = i == 0 ? first_head_cell(table, style, grid)
                                  : build_cell(table->building, i, 1, grid->columns[i].name, style);
            cells[count++].rowspan = (uint16_t)(grid->nhead - level);
        } else if (i > 0 && over == over_at(&columns[i - 1], level)) {
            cells[count - 1].colspan++;
        } else {
            cells[count++] = build_cell(
                table->building, i, 1,
                scope_text(table->building->scope, over->title, BLANKS_REPORT, NULL), style);
        }
    }
    return count;
}

static void make_head(const struct table *table, struct grid *grid)
{
    const struct body_table *body = table->body;
    struct building *building = table->building;
    const struct text_style *style = build_style(building, table->style->head, -1);
    mpt height = table->style->head_row > 0 ? table->style->head_row : table->style->row;
    struct row *rows;

    grid->nhead = 1;
    for (size_t i = 0; i < body->ncolumn; i++)
        grid->nhead = MAX(grid->nhead, body->columns[i].nover + 1);
    rows = arena_array(building->made->arena, grid->nhead, sizeof(*rows));
    for (size_t level = 0; level < grid->nhead; level++) {
        struct cell *cells = arena_array(building->made->arena, body->ncolumn, sizeof(*cells));

        rows[level] =
            (struct row){make_head_row(table, grid, level, style, cells), cells, height, 0};
    }
    grid->head = rows;
}

/* The style of a column's cells: aligned as its values want it, with its own policy for what is too
 * wide. */
static const struct text_style *detail_style(const struct table *table,
                                             const struct table_column *column,
                                             const struct shown *shown)
{
    const struct text_style *style =
        build_style(table->building, column->style ? column->style : table->style->cell,
                    table_align(column, shown));
    struct text_style *own;

    if (column->overflow < 0)
        return style;
    own = arena_copy(table->building->made->arena, style, sizeof(*style));
    own->overflow = (enum overflow)column->overflow;
    if (column->size_min > 0)
        own->size_min = MIN(column->size_min, own->size);
    return own;
}

static void make_detail(const struct table *table, const struct shown *shown, struct grid *grid)
{
    const struct body_table *body = table->body;
    struct building *building = table->building;
    struct cell *cells = arena_array(building->made->arena, body->ncolumn, sizeof(*cells));

    for (size_t i = 0; i < body->ncolumn; i++) {
        const struct table_column *column = &body->columns[i];

        cells[i] = build_cell(building, i, 1, "", detail_style(table, column, &shown[i]));
        cells[i].rule = column->rule;
        cells[i].merge = column->merge;
        if (column->phrase)
            table_row_parts(table, column->phrase, &cells[i]);
        else if (column->field)
            table_one_part(table, PART_FIELD, shown[i].field, grid->columns[i].format, &cells[i]);
        else
            table_one_part(table, PART_NUMBER, SIZE_MAX, (struct format){FORMAT_PLAIN, 0},
                           &cells[i]);
        for (size_t row = 0; column->rule && column->field && row < rowset_rows(table->rows);
             row++) {
            struct value value = rowset_at(table->rows, row, shown[i].field);

            if (value.type == VALUE_NULL)
                scope_tally(building->scope, column->field, column->place, value.state);
        }
    }
    grid->detail =
        build_row(building, cells, body->ncolumn, table->style->row, table->style->row_max);
}

/* A table whose columns are those of its rows: of a data set as they are, of a whole ledger with a
 * serial number and, where wanted, totals. */
static const struct body_table *all_columns(struct building *building, const struct set *set,
                                            const struct body_table *from)
{
    struct arena *arena = building->made->arena;
    struct body_table *body = arena_copy(arena, from, sizeof(*from));
    struct table_column *columns = arena_array(arena, set->ncolumn + 1, sizeof(*columns));
    struct table_total *totals = arena_array(arena, set->ncolumn, sizeof(*totals));

    if (from->data == SIZE_MAX) {
        columns[0] = (struct table_column){.weight = -1, .align = -1};
        columns[0].title = phrase_literal(arena, "序号", (struct place){0});
        body->ncolumn = 1;
    }
    for (size_t i = 0; i < set->ncolumn; i++) {
        size_t column = body->ncolumn;
        struct kind kind;

        if (set->columns[i][0] == '_')
            continue;
        binding_kind(building->scope->binding, set, i, &kind);
        /* Dates stay 2026-11-02: these tables are read by other systems. */
        columns[body->ncolumn++] = (struct table_column){.field = set->columns[i],
                                                         .weight = -1,
                                                         .align = -1,
                                                         .format = kind.type == FIELD_DATE,
                                                         .as = {FORMAT_PLAIN, 0}};
        if (!from->not_summed || g_strv_contains(from->not_summed, set->columns[i]) ||
            !kind_is_number(&kind))
            continue;
        totals[body->total.count++] = (struct table_total){.column = column, .function = PART_SUM};
    }
    body->columns = columns;
    body->total.totals = totals;
    return body;
}

/* Finds the rows: a data set's, or those of the ledger that `each` names. */
static bool find_rows(struct table *table)
{
    struct scope *scope = table->building->scope;
    struct binding *binding = scope->binding;
    struct rowset *rows;

    if (table->body->data != SIZE_MAX) {
        table->set = &binding->data[table->body->data];
        table->rows = scope_data(scope, table->body->data);
    } else {
        struct value ledger = rowset_at(binding->each_rows, scope->product_row, 0);
        size_t index = 0;

        while (strcmp(binding->ledgers[index].name, ledger.text) != 0)
            index++;
        table->set = &binding->ledgers[index];
        rows = query_run(table->set->query, scope->findings);
        table->rows = rows;
        if (rows)
            g_ptr_array_add(table->building->made->rowsets, rows);
        else
            scope->failed = true;
    }
    if (table->body->all_columns)
        table->body = all_columns(table->building, table->set, table->body);
    if (table->rows)
        g_hash_table_add(table->building->kept, (gpointer)table->rows);
    return table->rows != NULL;
}

static void set_weights(struct grid *grid, const struct rule_weights *own)
{
    grid->weights.outer = own->outer ? own->outer : grid->weights.outer;
    grid->weights.head = own->head ? own->head : grid->weights.head;
    grid->weights.inner = own->inner ? own->inner : grid->weights.inner;
}

void build_table(struct building *building, const struct body_block *block)
{
    struct table table = {
        .building = building,
        .body = block->table,
        .style = paper_grid(building->paper, block->table->grid),
    };
    const struct body_table *body;
    struct shown *shown;
    struct grid grid;
    size_t count;

    if (!find_rows(&table))
        return;
    body = table.body;
    count = rowset_rows(table.rows);
    if (block->variant != VARIANT_ATTACHED) {
        building->rows += count;
        building->tables++;
        building->empty_tables += count == 0 && !body->empty && body->fill == 0;
    }
    shown = g_new0(struct shown, body->ncolumn);
    for (size_t i = 0; i < body->ncolumn; i++)
        shown[i] = look_up(&table, &body->columns[i]);
    grid = build_grid(table.style, building->paper, building, body->side, body->joined);
    grid.rows = table.rows;
    grid.fill = body->fill;
    grid.fill_page = body->fill_page;
    grid.rows_per_page = body->rows_per_page;
    grid.across = body->across;
    grid.gutter = body->gutter;
    if (body->rules >= 0)
        grid.rules = (enum rules)body->rules;
    set_weights(&grid, &body->weights);
    make_columns(&table, shown, &grid);
    make_head(&table, &grid);
    make_detail(&table, shown, &grid);
    table_bands(&table, shown, &grid);
    if (body->empty) {
        grid.empty = scope_text(building->scope, body->empty, BLANKS_REPORT, NULL);
        grid.empty_style = build_style(building, table.style->empty, -1);
    }
    g_free(shown);
    build_add_grid(building, block, grid);
    table_notes(&table, block);
    build_share_notes(building, block, body, table.set, table.rows);
}
