/* The rows of a grid in order, and where a page break may stand between them. */
#include "typeset/gather.h"

static struct grid_row *add_row(GArray *rows, enum row_kind kind, size_t first, size_t end,
                                enum glue glue)
{
    struct grid_row row = {.first = (uint32_t)first,
                           .end = (uint32_t)end,
                           .kind = (uint8_t)kind,
                           .glue = (uint8_t)glue};
    g_array_append_val(rows, row);
    return &g_array_index(rows, struct grid_row, rows->len - 1);
}

/* The rows of the data while they are put in order. */
struct ordering {
    const struct grid *grid;
    GArray *rows;
    struct group_walk walk;
    uint32_t heads[GROUP_LEVELS]; /* 1 + the row that heads the group of each level at hand */
    size_t since_head;            /* details */
    size_t page_first;            /* the row a page was begun with, whatever room there was */
};

enum { ROWS_WITH_HEAD = 2 }; /* a group's head keeps so many rows */

static uint32_t parent_of(const struct ordering *ordering, size_t below)
{
    while (below > 0 && ordering->heads[below - 1] == 0)
        below--;
    return below > 0 ? ordering->heads[below - 1] : 0;
}

/* Is a group that must stay together open at levels above below, begun before this row? */
static bool is_kept(const struct ordering *ordering, size_t below, size_t row)
{
    for (size_t i = 0; i < below; i++)
        if (ordering->grid->groups[i].keep && row > ordering->walk.first[i])
            return true;
    return false;
}

static void add_heads(struct ordering *ordering, size_t level, size_t row)
{
    for (size_t i = level; i < ordering->grid->ngroup; i++) {
        const struct group *group = &ordering->grid->groups[i];
        ordering->heads[i] = 0;
        if (!group->head)
            continue;
        enum glue glue = parent_of(ordering, i) == ordering->rows->len && i > 0 ? GLUE_FIRM
                         : is_kept(ordering, i, row)                            ? GLUE_KEEP
                                                                                : GLUE_NONE;
        struct grid_row *added =
            add_row(ordering->rows, ROW_GROUP, row, ordering->walk.end[i], glue);
        added->level = (uint8_t)i;
        added->parent = parent_of(ordering, i);
        ordering->heads[i] = ordering->rows->len;
        ordering->since_head = 0;
    }
}

static void add_feet(struct ordering *ordering, size_t level)
{
    for (size_t i = ordering->grid->ngroup; i-- > level;) {
        if (!ordering->grid->groups[i].foot)
            continue;
        struct grid_row *added = add_row(ordering->rows, ROW_FOOT, ordering->walk.first[i],
                                         ordering->walk.end[i], GLUE_FIRM);
        added->level = (uint8_t)i;
        added->parent = parent_of(ordering, i + 1);
    }
}

static bool begins_page(struct ordering *ordering, size_t level, size_t row)
{
    const struct grid *grid = ordering->grid;
    bool begins = grid->rows_per_page > 0 && row - ordering->page_first == grid->rows_per_page;
    for (size_t i = level; i < grid->ngroup; i++)
        begins = begins || (row > 0 && grid->groups[i].page);
    if (begins)
        ordering->page_first = row;
    return begins;
}

static void add_details(const struct grid *grid, size_t nrow, GArray *rows)
{
    size_t keys[GROUP_LEVELS] = {0};
    for (size_t i = 0; i < grid->ngroup; i++)
        keys[i] = grid->groups[i].by;
    struct ordering ordering = {.grid = grid,
                                .rows = rows,
                                .walk = group_walk_new(grid->rows, keys, grid->ngroup),
                                .since_head = ROWS_WITH_HEAD};
    for (size_t row = 0; row < nrow; row++) {
        size_t level = group_walk_enter(&ordering.walk, row), before = rows->len;
        add_heads(&ordering, level, row);
        enum glue glue = ordering.since_head == 0                ? GLUE_FIRM
                         : ordering.since_head < ROWS_WITH_HEAD  ? GLUE_SOFT
                         : is_kept(&ordering, grid->ngroup, row) ? GLUE_KEEP
                                                                 : GLUE_NONE;
        struct grid_row *added = add_row(rows, ROW_DETAIL, row, row + 1, glue);
        added->parent = parent_of(&ordering, grid->ngroup);
        ordering.since_head++;
        g_array_index(rows, struct grid_row, before).page = begins_page(&ordering, level, row);
        add_feet(&ordering, group_walk_leave(&ordering.walk, row));
    }
    for (size_t row = nrow; row < grid->fill; row++)
        add_row(rows, ROW_FILL, row, row, GLUE_NONE);
}

static bool is_group(const GArray *rows, size_t i)
{
    enum row_kind kind = g_array_index(rows, struct grid_row, i).kind;
    return kind == ROW_GROUP || kind == ROW_FOOT;
}

static void glue_softly(GArray *rows, size_t i)
{
    struct grid_row *row = &g_array_index(rows, struct grid_row, i);
    row->glue = MAX(row->glue, GLUE_SOFT);
}

/* No page gets a single row of a table, with or without its group's head: the first two and the
 * last two stay together. */
static void glue_ends(GArray *rows, size_t first)
{
    for (size_t i = first, seen = 0; i < rows->len && seen < 2; i++) {
        if (i > first)
            glue_softly(rows, i);
        seen += !is_group(rows, i);
    }
    for (size_t i = rows->len, seen = 0; i-- > first + 1;) {
        seen += !is_group(rows, i);
        if (seen == 2)
            break;
        glue_softly(rows, i);
    }
}

/* Fixed rows that a cell of several rows holds together. */
static void glue_rowspans(const struct grid *grid, GArray *rows)
{
    for (size_t i = 0; i < grid->nfixed; i++)
        for (size_t k = 0; k < grid->fixed[i].ncell; k++)
            for (size_t r = 1; r < grid->fixed[i].cells[k].rowspan && i + r < grid->nfixed; r++)
                g_array_index(rows, struct grid_row, i + r).glue = GLUE_HARD;
}

static void add_totals(const struct grid *grid, GArray *rows, enum glue glue)
{
    for (size_t i = 0; i < grid->ntotal; i++)
        add_row(rows, ROW_TOTAL, i, i + 1, i > 0 ? GLUE_FIRM : glue);
}

void grid_order_rows(struct grid_stats *stats)
{
    const struct grid *grid = stats->grid;
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct grid_row));
    size_t nrow = grid->rows && grid->detail ? rowset_rows(grid->rows) : 0;
    bool empty = nrow == 0 && grid->empty;
    for (size_t i = 0; i < grid->nfixed; i++)
        add_row(rows, ROW_FIXED, i, i + 1, GLUE_NONE);
    glue_rowspans(grid, rows);
    if (grid->total_first && !empty)
        add_totals(grid, rows, GLUE_NONE);
    size_t before = rows->len;
    if (empty)
        add_row(rows, ROW_EMPTY, 0, 0, GLUE_NONE);
    else if (grid->detail)
        add_details(grid, nrow, rows);
    glue_ends(rows, before);
    if (grid->ntotal > 0 && grid->total_first && rows->len > before)
        g_array_index(rows, struct grid_row, before).glue = GLUE_FIRM;
    if (!grid->total_first && !empty) /* never alone: they take the last row along */
        add_totals(grid, rows, rows->len > before ? GLUE_FIRM : GLUE_NONE);
    stats->nrow = rows->len;
    stats->rows =
        g_memdup2(rows->data, rows->len * sizeof(struct grid_row)); /* no more than them */
    g_array_free(rows, TRUE);
}

const struct row *grid_template(const struct grid *grid, const struct grid_row *row)
{
    switch ((enum row_kind)row->kind) {
    case ROW_HEAD:
        return &grid->head[row->first];
    case ROW_FIXED:
        return &grid->fixed[row->first];
    case ROW_TOTAL:
        return &grid->totals[row->first];
    case ROW_GROUP:
        return grid->groups[row->level].head;
    case ROW_FOOT:
        return grid->groups[row->level].foot;
    case ROW_PAGE:
        return grid->page_rows[row->level];
    case ROW_DETAIL:
    case ROW_FILL:
        return grid->detail;
    case ROW_EMPTY:
        break;
    }
    return NULL;
}

struct cell_stats *grid_cell_stats(const struct grid_stats *stats, const struct grid_row *row)
{
    switch ((enum row_kind)row->kind) {
    case ROW_HEAD:
        return stats->head[row->first];
    case ROW_FIXED:
        return stats->fixed[row->first];
    case ROW_TOTAL:
        return stats->totals[row->first];
    case ROW_GROUP:
        return stats->group_heads[row->level];
    case ROW_FOOT:
        return stats->group_feet[row->level];
    case ROW_PAGE:
        return stats->page_rows[row->level];
    case ROW_DETAIL:
    case ROW_FILL:
        return stats->detail;
    case ROW_EMPTY:
        break;
    }
    return NULL;
}

struct grid_row grid_row_of(enum row_kind kind, size_t number)
{
    return (struct grid_row){.kind = (uint8_t)kind,
                             .first = (uint32_t)number,
                             .end = (uint32_t)number + 1,
                             .level = (uint8_t)number};
}

void grid_each_template(const struct grid *grid,
                        void (*visit)(void *user, const struct grid_row *row), void *user)
{
    const struct {
        enum row_kind kind;
        size_t count;
    } kinds[] = {{ROW_HEAD, grid->nhead},           {ROW_FIXED, grid->nfixed},
                 {ROW_TOTAL, grid->ntotal},         {ROW_GROUP, grid->ngroup},
                 {ROW_FOOT, grid->ngroup},          {ROW_PAGE, PAGE_ROWS},
                 {ROW_DETAIL, grid->detail ? 1 : 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        for (size_t k = 0; k < kinds[i].count; k++) {
            const struct grid_row row = grid_row_of(kinds[i].kind, k);
            if (grid_template(grid, &row))
                visit(user, &row);
        }
    }
}

struct row_data grid_row_data(const struct grid *grid, const struct grid_row *row)
{
    struct row_data data = {.kind = row->kind, .scope = part_scope_all(grid->rows)};
    if (row->kind == ROW_DETAIL || row->kind == ROW_GROUP || row->kind == ROW_FOOT) {
        data.scope.row = data.scope.first = row->first;
        data.scope.count = row->end - row->first;
    }
    data.scope.widest = row->kind == ROW_PAGE;
    return data;
}
