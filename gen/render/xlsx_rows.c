/* Plans the rows of a grid's data on a sheet. */
#include "render/xlsx_rows.h"

enum { FORMULA_MOST = 7900, ARGUMENTS_MOST = 250 }; /* Excel's 8 192 characters and 255 arguments */

struct planning {
    const struct grid *grid;
    GArray *rows; /* struct sheet_row */
    struct group_walk walk;
    size_t count, page_first;
};

static struct sheet_row *plan_row(struct planning *planning, enum sheet_row_kind kind, size_t level,
                                  size_t first, size_t end)
{
    struct sheet_row row = {.first = (uint32_t)first,
                            .end = (uint32_t)end,
                            .kind = (uint8_t)kind,
                            .level = (uint8_t)level};

    g_array_append_val(planning->rows, row);
    return &g_array_index(planning->rows, struct sheet_row, planning->rows->len - 1);
}

static void plan_page_row(struct planning *planning, enum page_row kind, size_t first, size_t end)
{
    if (planning->grid->page_rows[kind] && planning->grid->rows_per_page > 0)
        plan_row(planning, SHEET_PAGE, kind, first, end);
}

static void end_page(struct planning *planning, size_t end)
{
    const bool whole =
        planning->page_first == 0 && end == planning->count && planning->grid->ntotal > 0;

    if (!whole) {
        plan_page_row(planning, PAGE_ROW_SUBTOTAL, planning->page_first, end);
        plan_page_row(planning, PAGE_ROW_RUNNING, 0, end);
    }
    if (end < planning->count)
        plan_page_row(planning, PAGE_ROW_CARRY, 0, end);
}

static bool begins_page(const struct planning *planning, size_t level, size_t row)
{
    const struct grid *grid = planning->grid;
    bool begins = grid->rows_per_page > 0 && row - planning->page_first == grid->rows_per_page;

    for (size_t i = level; i < grid->ngroup; i++)
        begins = begins || (row > 0 && grid->groups[i].page);
    return begins;
}

static void plan_data(struct planning *planning, size_t row)
{
    const struct grid *grid = planning->grid;
    const size_t level = group_walk_enter(&planning->walk, row);
    const bool begins = begins_page(planning, level, row);
    size_t before;

    if (begins)
        end_page(planning, row);
    before = planning->rows->len;
    if (begins) {
        planning->page_first = row;
        plan_page_row(planning, PAGE_ROW_CARRIED, 0, row);
    }
    for (size_t i = level; i < grid->ngroup; i++)
        if (grid->groups[i].head)
            plan_row(planning, SHEET_GROUP, i, row, planning->walk.end[i]);
    plan_row(planning, SHEET_DETAIL, 0, row, row + 1);
    g_array_index(planning->rows, struct sheet_row, before).breaks = begins;
    for (size_t i = grid->ngroup, least = group_walk_leave(&planning->walk, row); i-- > least;)
        if (grid->groups[i].foot)
            plan_row(planning, SHEET_FOOT, i, planning->walk.first[i], planning->walk.end[i]);
}

static void plan_fill(struct planning *planning)
{
    const struct grid *grid = planning->grid;
    size_t fill = grid->fill > planning->count ? grid->fill - planning->count : 0;

    if (grid->fill_page && grid->rows_per_page > 0)
        fill = MAX(fill, grid->rows_per_page -
                             MIN(planning->count - planning->page_first, grid->rows_per_page));
    for (size_t i = 0; i < fill; i++)
        plan_row(planning, SHEET_FILL, 0, planning->count, planning->count);
}

struct sheet_rows *sheet_rows_plan(const struct grid *grid, lxw_row_t first)
{
    struct planning planning = {.grid = grid,
                                .rows = g_array_new(FALSE, FALSE, sizeof(struct sheet_row)),
                                .count = grid->rows && grid->detail ? rowset_rows(grid->rows) : 0};
    struct sheet_rows *rows = g_new0(struct sheet_rows, 1);
    size_t keys[GROUP_LEVELS] = {0};

    for (size_t i = 0; i < grid->ngroup; i++)
        keys[i] = grid->groups[i].by;
    planning.walk = group_walk_new(grid->rows, keys, grid->ngroup);
    for (size_t row = 0; row < planning.count; row++)
        plan_data(&planning, row);
    if (grid->detail)
        plan_fill(&planning);
    if (planning.count > 0)
        end_page(&planning, planning.count);
    rows->first = first;
    rows->count = planning.rows->len;
    rows->rows = (struct sheet_row *)(void *)g_array_free(planning.rows, FALSE);
    rows->details = g_new(uint32_t, MAX(planning.count, (size_t)1));
    for (size_t i = 0; i < rows->count; i++)
        if (rows->rows[i].kind == SHEET_DETAIL)
            rows->details[rows->ndetail++] = (uint32_t)i;
    return rows;
}

void sheet_rows_free(struct sheet_rows *rows)
{
    g_free(rows->rows);
    g_free(rows->details);
    g_free(rows);
}

bool sheet_rows_plain(const struct sheet_rows *rows)
{
    return rows->count > 0 && rows->ndetail == rows->count;
}

struct part_scope sheet_row_scope(const struct grid *grid, const struct sheet_row *row)
{
    struct part_scope scope = {
        .rows = grid->rows, .row = row->first, .first = row->first, .count = row->end - row->first};

    if (row->kind == SHEET_PAGE || row->kind == SHEET_FILL)
        scope.row = SIZE_MAX;
    return scope;
}

/* Between two rows of data only heads of groups: texts, which no function counts. */
static bool is_one_range(const struct sheet_rows *rows, size_t row)
{
    for (size_t i = rows->details[row] + 1; i < rows->details[row + 1]; i++)
        if (rows->rows[i].kind != SHEET_GROUP)
            return false;
    return true;
}

char *sheet_rows_ranges(const struct sheet_rows *rows, size_t first, size_t count, lxw_col_t column)
{
    GString *ranges = g_string_new(NULL);
    size_t arguments = 0, row = first;

    while (row < first + count && arguments <= ARGUMENTS_MOST && ranges->len <= FORMULA_MOST) {
        const lxw_row_t top = rows->first + rows->details[row];
        char range[LXW_MAX_CELL_RANGE_LENGTH];
        size_t next = row + 1;

        while (next < first + count && is_one_range(rows, next - 1))
            next++;
        lxw_rowcol_to_range(range, top, column, rows->first + rows->details[next - 1], column);
        g_string_append_printf(ranges, "%s%s", arguments++ > 0 ? "," : "", range);
        row = next;
    }
    if (row == first + count && arguments <= ARGUMENTS_MOST && ranges->len <= FORMULA_MOST)
        return g_string_free(ranges, FALSE);
    g_string_free(ranges, TRUE);
    return NULL;
}
