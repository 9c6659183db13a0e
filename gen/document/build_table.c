/* Builds a table: a grid over a row set, its head, groups and totals. */
#include <string.h>

#include "document/build.h"

struct table {
    struct building *building;
    const struct body_table *body;
    const struct set *set;
    const struct rowset *rows;
    const struct grid_style *style;
};

/* What column i of the table shows: its place in the row set, its field in the schema, its kind. */
struct shown {
    size_t field; /* SIZE_MAX: none or several */
    const struct field *origin;
    const char *table;
    struct kind kind;
};

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

static int column_align(const struct table_column *column, const struct shown *shown)
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

/* The unit the column's figures are printed in: 元, 万元; NULL: of none, or of one the figures say
 * themselves. */
static const char *column_unit(const struct table *table, const struct table_column *column,
                               const struct shown *shown)
{
    struct arena *arena = table->building->made->arena;
    const char *prefix = !column->format                 ? ""
                         : column->as.kind == FORMAT_WAN ? "万"
                         : column->as.kind == FORMAT_YI  ? "亿"
                                                         : "";
    char *made;
    const char *unit;

    if (!shown->kind.unit || (column->format && column->as.kind == FORMAT_CAPITAL))
        return NULL;
    made = g_strconcat(prefix, shown->kind.unit, NULL);
    unit = arena_text(arena, made);
    g_free(made);
    return unit;
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
static void row_parts(const struct table *table, const struct phrase *phrase, struct cell *cell)
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

static void one_part(const struct table *table, enum part_kind kind, size_t field,
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

static void make_head(const struct table *table, struct grid *grid)
{
    const struct body_table *body = table->body;
    struct building *building = table->building;
    const struct text_style *style = build_style(building, table->style->head, -1);
    struct cell *upper = arena_array(building->made->arena, body->ncolumn, sizeof(*upper));
    struct cell *lower = arena_array(building->made->arena, body->ncolumn, sizeof(*lower));
    size_t nupper = 0, nlower = 0;
    mpt height = table->style->head_row > 0 ? table->style->head_row : table->style->row;
    struct row *rows = arena_array(building->made->arena, 2, sizeof(*rows));

    for (size_t i = 0; i < body->ncolumn; i++) {
        const char *over = body->columns[i].over;

        if (!over) {
            upper[nupper] = build_cell(building, i, 1, grid->columns[i].name, style);
            nupper++;
            continue;
        }
        if (i > 0 && g_strcmp0(body->columns[i - 1].over, over) == 0)
            upper[nupper - 1].colspan++;
        else
            upper[nupper++] = build_cell(building, i, 1, over, style);
        lower[nlower++] = build_cell(building, i, 1, grid->columns[i].name, style);
    }
    for (size_t i = 0; nlower > 0 && i < nupper; i++)
        if (!body->columns[upper[i].column].over)
            upper[i].rowspan = 2;
    rows[0] = (struct row){nupper, upper, height, 0};
    rows[1] = (struct row){nlower, lower, height, 0};
    grid->head = rows;
    grid->nhead = nlower > 0 ? 2 : 1;
}

static void make_detail(const struct table *table, const struct shown *shown, struct grid *grid)
{
    const struct body_table *body = table->body;
    struct building *building = table->building;
    struct cell *cells = arena_array(building->made->arena, body->ncolumn, sizeof(*cells));

    for (size_t i = 0; i < body->ncolumn; i++) {
        const struct table_column *column = &body->columns[i];

        cells[i] =
            build_cell(building, i, 1, "",
                       build_style(building, column->style ? column->style : table->style->cell,
                                   column_align(column, &shown[i])));
        cells[i].rule = column->rule;
        if (column->phrase)
            row_parts(table, column->phrase, &cells[i]);
        else if (column->field)
            one_part(table, PART_FIELD, shown[i].field, grid->columns[i].format, &cells[i]);
        else
            one_part(table, PART_NUMBER, SIZE_MAX, (struct format){FORMAT_PLAIN, 0}, &cells[i]);
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

/* The rows of a group must stand together, or its head would come twice. */
static void check_order(const struct table *table, size_t by)
{
    struct scope *scope = table->building->scope;
    GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GString *name = g_string_new(NULL), *before = g_string_new(NULL);

    for (size_t i = 0; i < rowset_rows(table->rows); i++) {
        struct value value = rowset_at(table->rows, i, by);

        g_string_truncate(name, 0);
        format_value(name, (struct format){FORMAT_PLAIN, 0}, &value);
        if (i > 0 && g_string_equal(name, before))
            continue;
        if (!g_hash_table_add(seen, g_strdup(name->str))) {
            finding_add(scope->findings, FINDING_DOCUMENT_GROUP_ORDER, table->body->group_place,
                        scope->product, table->body->group_by);
            scope->failed = true;
            break;
        }
        g_string_assign(before, name->str);
    }
    g_string_free(name, TRUE);
    g_string_free(before, TRUE);
    g_hash_table_destroy(seen);
}

static void make_group(const struct table *table, struct grid *grid)
{
    const struct body_table *body = table->body;
    struct building *building = table->building;
    size_t left = body->count ? (body->ncolumn + 1) / 2 : body->ncolumn;
    struct cell cells[2];
    size_t ncell = 0;
    mpt height = table->style->group_row > 0 ? table->style->group_row : table->style->row;

    grid->group_by = set_find(table->set, body->group_by);
    cells[ncell] =
        build_cell(building, 0, left, "", build_style(building, table->style->group, -1));
    row_parts(table, body->group, &cells[ncell++]);
    if (body->count && left < body->ncolumn) {
        cells[0].open = true;
        cells[ncell] = build_cell(building, left, body->ncolumn - left, "",
                                  build_style(building, table->style->count, -1));
        row_parts(table, body->count, &cells[ncell++]);
    }
    grid->group = build_row(building, cells, ncell, height, table->style->row_max);
    check_order(table, grid->group_by);
}

/* The label over the columns before the first total; then each total in its column, a text over the
 * columns up to the next. */
static void make_total(const struct table *table, const struct shown *shown, struct grid *grid)
{
    const struct body_table *body = table->body;
    struct building *building = table->building;
    struct cell *cells = arena_array(building->made->arena, body->ncolumn + 1, sizeof(*cells));
    const char *label = scope_text(building->scope, body->total_label, BLANKS_REPORT, NULL);
    size_t ncell = 0;

    if (body->totals[0].column > 0)
        cells[ncell++] = build_cell(building, 0, body->totals[0].column, label,
                                    build_style(building, table->style->total, ALIGN_CENTER));
    for (size_t i = 0; i < body->ntotal; i++) {
        const struct table_total *total = &body->totals[i];
        size_t column = total->column;
        size_t next = i + 1 < body->ntotal ? body->totals[i + 1].column : body->ncolumn;
        int align =
            total->phrase ? ALIGN_CENTER : column_align(&body->columns[column], &shown[column]);

        cells[ncell] = build_cell(building, column, total->phrase ? next - column : 1, "",
                                  build_style(building, table->style->total, align));
        if (total->phrase)
            row_parts(table, total->phrase, &cells[ncell]);
        else
            one_part(table, total->function, shown[column].field,
                     total->function == PART_COUNT ? (struct format){FORMAT_PLAIN, 0}
                                                   : grid->columns[column].format,
                     &cells[ncell]);
        ncell++;
    }
    grid->total = build_row(building, cells, ncell, table->style->row, table->style->row_max);
    grid->total_first = body->total_first;
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
        totals[body->ntotal++] = (struct table_total){.column = column, .function = PART_SUM};
    }
    body->columns = columns;
    body->totals = totals;
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
    make_columns(&table, shown, &grid);
    make_head(&table, &grid);
    make_detail(&table, shown, &grid);
    if (body->group_by)
        make_group(&table, &grid);
    if (body->ntotal > 0 && count > 0)
        make_total(&table, shown, &grid);
    if (body->empty) {
        grid.empty = scope_text(building->scope, body->empty, BLANKS_REPORT, NULL);
        grid.empty_style = build_style(building, table.style->empty, -1);
    }
    g_free(shown);
    build_add_grid(building, block, grid);
    build_share_notes(building, block, body, table.set, table.rows);
}
