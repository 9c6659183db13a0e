/* Builds what stands between and below a table's rows: heads and feet of groups, totals, page rows,
 * notes. */
#include <string.h>

#include "document/build_table.h"

/* The rows of a group must stand together, or its head would come twice. */
static void check_order(const struct table *table, const struct grid *grid, size_t level)
{
    struct scope *scope = table->building->scope;
    GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t keys[GROUP_LEVELS] = {0};
    struct group_walk walk;

    for (size_t i = 0; i <= level; i++)
        keys[i] = grid->groups[i].by;
    walk = group_walk_new(table->rows, keys, level + 1);
    for (size_t row = 0; row < rowset_rows(table->rows); row = walk.end[level]) {
        GString *name = g_string_new(NULL);

        group_walk_enter(&walk, row);
        for (size_t i = 0; i <= level; i++) {
            struct value value = rowset_at(table->rows, row, keys[i]);

            format_value(name, (struct format){FORMAT_PLAIN, 0}, &value);
            g_string_append_printf(name, "\x1f%d", (int)value.type);
        }
        if (!g_hash_table_add(seen, g_string_free(name, FALSE))) {
            finding_add(scope->findings, FINDING_DOCUMENT_GROUP_ORDER,
                        table->body->groups[level].place, scope->product,
                        table->body->groups[level].by);
            scope->failed = true;
            break;
        }
    }
    g_hash_table_destroy(seen);
}

static const struct row *make_group_head(const struct table *table, const struct table_group *group)
{
    const struct body_table *body = table->body;
    struct building *building = table->building;
    size_t left = group->count ? (body->ncolumn + 1) / 2 : body->ncolumn;
    struct cell cells[2];
    size_t ncell = 0;
    mpt height = table->style->group_row > 0 ? table->style->group_row : table->style->row;

    cells[ncell] =
        build_cell(building, 0, left, "", build_style(building, table->style->group, -1));
    table_row_parts(table, group->text, &cells[ncell++]);
    if (group->count && left < body->ncolumn) {
        cells[0].open = true;
        cells[ncell] = build_cell(building, left, body->ncolumn - left, "",
                                  build_style(building, table->style->count, -1));
        table_row_parts(table, group->count, &cells[ncell++]);
    }
    return build_row(building, cells, ncell, height, table->style->row_max);
}

/* The label over the columns before the first total; then each total in its column, a text over the
 * columns up to the next. */
static struct row *make_totals(const struct table *table, const struct shown *shown,
                               const struct grid *grid, const struct total_row *from,
                               const char *style)
{
    const struct body_table *body = table->body;
    struct building *building = table->building;
    struct cell *cells = arena_array(building->made->arena, body->ncolumn + 1, sizeof(*cells));
    size_t ncell = 0;

    if (from->totals[0].column > 0) {
        cells[ncell] = build_cell(building, 0, from->totals[0].column, "",
                                  build_style(building, style, ALIGN_CENTER));
        table_row_parts(table, from->label, &cells[ncell++]);
    }
    for (size_t i = 0; i < from->count; i++) {
        const struct table_total *total = &from->totals[i];
        size_t column = total->column;
        size_t next = i + 1 < from->count ? from->totals[i + 1].column : body->ncolumn;
        bool counts = total->function == PART_COUNT || total->function == PART_DISTINCT;
        int align = total->phrase ? ALIGN_CENTER
                    : counts && table_align(&body->columns[column], &shown[column]) == ALIGN_DECIMAL
                        ? ALIGN_RIGHT
                        : table_align(&body->columns[column], &shown[column]);

        cells[ncell] = build_cell(building, column, total->phrase ? next - column : 1, "",
                                  build_style(building, style, align));
        if (total->phrase)
            table_row_parts(table, total->phrase, &cells[ncell]);
        else
            table_one_part(table, total->function, shown[column].field,
                           counts ? (struct format){FORMAT_PLAIN, 0} : grid->columns[column].format,
                           &cells[ncell]);
        ncell++;
    }
    return build_row(building, cells, ncell, table->style->row, table->style->row_max);
}

static void make_groups(const struct table *table, const struct shown *shown, struct grid *grid)
{
    const struct body_table *body = table->body;
    struct group *groups = arena_array(table->building->made->arena, GROUP_LEVELS, sizeof(*groups));

    grid->groups = groups;
    for (size_t i = 0; i < body->ngroup; i++) {
        const struct table_group *from = &body->groups[i];

        groups[i] = (struct group){
            .by = set_find(table->set, from->by), .page = from->page, .keep = from->keep};
        if (from->text)
            groups[i].head = make_group_head(table, from);
        if (from->foot.count > 0)
            groups[i].foot = make_totals(table, shown, grid, &from->foot, table->style->subtotal);
        grid->ngroup++;
        check_order(table, grid, i);
    }
}

/* 人民币 stands before the amount, with nothing between (支付结算办法, annex). */
static const struct part *capital_parts(struct building *building, size_t field)
{
    const struct part parts[] = {{.kind = PART_LITERAL, .text = "人民币"},
                                 {.kind = PART_SUM, .field = field, .format = {FORMAT_CAPITAL, 0}}};

    return arena_copy(building->made->arena, parts, sizeof(parts));
}

/* 大写: over all columns, behind its label. */
static struct row *make_capital(const struct table *table, const struct shown *shown)
{
    const struct body_table *body = table->body;
    struct building *building = table->building;
    const char *label = scope_text(building->scope, body->capital_label, BLANKS_REPORT, NULL);
    size_t left = MAX(body->ncolumn / 3, (size_t)1);
    size_t field = shown[body->capital - body->columns].field;
    struct cell cells[2];

    if (left >= body->ncolumn)
        left = body->ncolumn - 1;
    cells[0] = build_cell(building, 0, MAX(left, (size_t)1), label,
                          build_style(building, table->style->total, ALIGN_CENTER));
    cells[1] = build_cell(building, left, body->ncolumn - left, "",
                          build_style(building, table->style->total, ALIGN_LEFT));
    cells[1].parts = capital_parts(building, field);
    cells[1].npart = 2;
    return build_row(building, left > 0 ? cells : cells + 1, left > 0 ? 2 : 1, table->style->row,
                     table->style->row_max);
}

static void add_total(struct grid *grid, struct row *totals, const struct row *row)
{
    totals[grid->ntotal++] = *row;
    grid->totals = totals;
}

void table_bands(const struct table *table, const struct shown *shown, struct grid *grid)
{
    const struct body_table *body = table->body;
    struct row *totals = arena_array(table->building->made->arena, 2, sizeof(*totals));
    bool some = rowset_rows(table->rows) > 0;

    make_groups(table, shown, grid);
    if (body->total.count > 0 && some)
        add_total(grid, totals, make_totals(table, shown, grid, &body->total, table->style->total));
    if (body->capital && some)
        add_total(grid, totals, make_capital(table, shown));
    grid->total_first = body->total_first;
    for (size_t i = 0; i < PAGE_ROWS; i++)
        if (body->page_rows[i].count > 0)
            grid->page_rows[i] =
                make_totals(table, shown, grid, &body->page_rows[i], table->style->subtotal);
}

void table_notes(const struct table *table, const struct body_block *block)
{
    const struct body_table *body = table->body;
    struct building *building = table->building;

    for (size_t i = 0; i < body->nnote; i++) {
        struct block made = {.kind = BLOCK_TEXT, .variant = block->variant, .place = block->place};

        made.text.text = scope_text(building->scope, body->notes[i], BLANKS_REPORT, NULL);
        made.text.style = paper_text(building->paper, table->style->note);
        made.text.follows = true;
        g_array_append_val(building->blocks, made);
    }
}
