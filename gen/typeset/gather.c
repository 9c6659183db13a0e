/* Goes once over a grid's texts: glyphs, widths, the order of its rows. */
#include "typeset/gather.h"

#include <string.h>

/* Widths are counted in classes of a quarter em, up to 64 em: a long tail of 5 % must not make a
 * column wide. Fewer rows than ONE_IN count in full. */
enum { WIDTH_CLASS = EM / 4, WIDTH_CLASSES = 256, ONE_IN = 20 };

struct histogram {
    uint32_t count, classes[WIDTH_CLASSES];
};

static const struct cluster *find_missing(const struct shaped *shaped)
{
    for (size_t i = 0; i < shaped->ncluster; i++)
        if (shaped->clusters[i].font == UINT32_MAX)
            return &shaped->clusters[i];
    return NULL;
}

/* The row's _id leads the caller to the ledger's file and line. */
static char *row_id(const struct row_data *data)
{
    size_t column = rowset_find(data->scope.rows, "_id");
    struct value id = column == SIZE_MAX ? value_null(STATE_EMPTY)
                                         : rowset_at(data->scope.rows, data->scope.row, column);
    return id.type == VALUE_INTEGER ? g_strdup_printf("%" G_GINT64_FORMAT, id.integer)
                                    : g_strdup("");
}

static const char *cell_field(const struct cell *cell, const struct row_data *data)
{
    for (size_t i = 0; i < cell->npart; i++)
        if (cell->parts[i].kind == PART_FIELD)
            return rowset_name(data->scope.rows, cell->parts[i].field);
    return "";
}

/* A list that may stand inline or as 附件 is gathered twice; its faults are told once. */
static bool is_told(const struct findings *findings, struct place place, const char *character,
                    const char *row, const char *field)
{
    for (size_t i = 0; i < findings_count(findings); i++) {
        const struct finding *told = findings_at(findings, i);
        if (told->code == FINDING_FONT_NO_GLYPH_ROW && told->place.line == place.line &&
            told->place.column == place.column && !strcmp(told->args[0], character) &&
            !strcmp(told->args[2], row) && !strcmp(told->args[3], field))
            return true;
    }
    return false;
}

static void report_missing(struct gather *gather, const struct cluster *cluster, const char *text,
                           const struct row_data *data, const struct cell *cell)
{
    char *character = g_strndup(text + cluster->text_at, cluster->text_bytes);
    char code[16];
    g_snprintf(code, sizeof code, "U+%04X", (unsigned)cluster->character);
    gather->missing = true;
    if (data && (data->kind == ROW_DETAIL || data->kind == ROW_GROUP)) {
        char row[24];
        char *id = row_id(data);
        const char *field = cell_field(cell, data);
        g_snprintf(row, sizeof row, "%zu", data->scope.row + 1);
        if (!is_told(gather->findings, gather->place, character, row, field))
            finding_add(gather->findings, FINDING_FONT_NO_GLYPH_ROW, gather->place, character, code,
                        row, field, id);
        g_free(id);
    } else {
        finding_add(gather->findings, FINDING_FONT_NO_GLYPH, gather->place, character, code);
    }
    g_free(character);
}

void gather_text(struct gather *gather, enum face_role role, const char *text, size_t bytes,
                 const struct row_data *data, const struct cell *cell)
{
    struct typeset *typeset = gather->typeset;
    setter_shape(typeset, role, text, bytes);
    const struct cluster *missing = find_missing(&typeset->shaped);
    if (missing)
        report_missing(gather, missing, text, data, cell);
    else
        glyph_set_add(gather->glyphs, &typeset->shaped, text);
}

static void widen(em16 *most, em16 width)
{
    *most = MAX(*most, width);
}

static void gather_cell(struct gather *gather, const struct cell *cell, const struct row_data *data,
                        struct cell_stats *stats, struct histogram *histogram)
{
    struct typeset *typeset = gather->typeset;
    GString *string = typeset->string;
    em16 natural = 0;
    enum cell_tick tick = cell_tick(cell, data);
    if (tick != TICK_NONE) {
        natural = EM;
        widen(&stats->unit, EM);
    } else {
        g_string_truncate(string, 0);
        cell_compose(string, cell, data);
        if (string->len > 0) {
            gather_text(gather, cell->style->role, string->str, string->len, data, cell);
            natural = cell->vertical ? EM : setter_natural(typeset, cell->style);
            widen(&stats->unit, cell->vertical ? EM : setter_unit(typeset, cell->style));
            if (data->kind == ROW_HEAD)
                widen(&stats->halved, line_text_halved(&typeset->text));
            stats->paragraphs = stats->paragraphs || memchr(string->str, '\n', string->len);
        }
        if (string->len > 0 && cell->style->align == ALIGN_DECIMAL) {
            em16 before = setter_before_point(typeset);
            widen(&stats->before_point, before);
            widen(&stats->after_point, natural - before);
        }
    }
    widen(&stats->most, natural);
    if (histogram) {
        histogram->count++;
        histogram->classes[MIN((natural + WIDTH_CLASS - 1) / WIDTH_CLASS, WIDTH_CLASSES - 1)]++;
    }
}

static void gather_row(struct gather *gather, const struct row *row, const struct row_data *data,
                       struct cell_stats *stats, struct histogram *histograms)
{
    for (size_t i = 0; i < row->ncell; i++)
        gather_cell(gather, &row->cells[i], data, &stats[i], histograms ? &histograms[i] : NULL);
}

/* A group's head as it begins, and as a page break would repeat it. */
static void gather_group(struct gather *gather, const struct row *row, struct row_data *data,
                         struct cell_stats *stats)
{
    gather_row(gather, row, data, stats, NULL);
    if (gather->missing) /* the same characters would be reported again */
        return;
    data->continued = true;
    gather_row(gather, row, data, stats, NULL);
}

static em16 longest_of_most(const struct histogram *histogram, em16 most)
{
    uint32_t above = 0, allowed = histogram->count / ONE_IN;
    for (size_t class = WIDTH_CLASSES - 1; class > 0; class --) {
        above += histogram->classes[class];
        if (above > allowed)
            return class == WIDTH_CLASSES - 1 ? most : MIN(most, (em16) class * WIDTH_CLASS);
    }
    return 0;
}

static void add_row(GArray *rows, enum row_kind kind, size_t first, size_t end, enum glue glue)
{
    struct grid_row row = {.first = (uint32_t)first,
                           .end = (uint32_t)end,
                           .kind = (uint8_t)kind,
                           .glue = (uint8_t)glue};
    g_array_append_val(rows, row);
}

static void add_details(const struct grid *grid, size_t nrow, GArray *rows)
{
    size_t end = 0;
    for (size_t row = 0; row < nrow; row++) {
        bool heads = grid->group && row == end;
        if (heads) {
            end = row + part_scope_group(grid->rows, grid->group_by, row).count;
            add_row(rows, ROW_GROUP, row, end, GLUE_NONE);
        }
        add_row(rows, ROW_DETAIL, row, row + 1, heads ? GLUE_SOFT : GLUE_NONE);
    }
    for (size_t row = nrow; row < grid->fill; row++)
        add_row(rows, ROW_FILL, row, row, GLUE_NONE);
}

static bool is_group(const GArray *rows, size_t i)
{
    return g_array_index(rows, struct grid_row, i).kind == ROW_GROUP;
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

static void order_rows(struct grid_stats *stats)
{
    const struct grid *grid = stats->grid;
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct grid_row));
    size_t nrow = grid->rows && grid->detail ? rowset_rows(grid->rows) : 0;
    bool empty = nrow == 0 && grid->empty;
    for (size_t i = 0; i < grid->nfixed; i++)
        add_row(rows, ROW_FIXED, i, i + 1, GLUE_NONE);
    glue_rowspans(grid, rows);
    if (grid->total && grid->total_first && !empty)
        add_row(rows, ROW_TOTAL, 0, nrow, GLUE_NONE);
    size_t before = rows->len;
    if (empty)
        add_row(rows, ROW_EMPTY, 0, 0, GLUE_NONE);
    else if (grid->detail)
        add_details(grid, nrow, rows);
    glue_ends(rows, before);
    if (grid->total && grid->total_first && rows->len > before)
        g_array_index(rows, struct grid_row, before).glue = GLUE_SOFT;
    if (grid->total && !grid->total_first && !empty) /* never alone: it takes the last row along */
        add_row(rows, ROW_TOTAL, 0, nrow, rows->len > before ? GLUE_SOFT : GLUE_NONE);
    stats->nrow = rows->len;
    stats->rows = (struct grid_row *)(void *)g_array_free(rows, FALSE);
}

const struct row *grid_template(const struct grid *grid, enum row_kind kind, size_t number)
{
    switch (kind) {
    case ROW_HEAD:
        return &grid->head[number];
    case ROW_FIXED:
        return &grid->fixed[number];
    case ROW_TOTAL:
        return grid->total;
    case ROW_GROUP:
        return grid->group;
    case ROW_DETAIL:
    case ROW_FILL:
        return grid->detail;
    case ROW_EMPTY:
        break;
    }
    return NULL;
}

const struct cell_stats *grid_cell_stats(const struct grid_stats *stats, enum row_kind kind,
                                         size_t number)
{
    switch (kind) {
    case ROW_HEAD:
        return stats->head[number];
    case ROW_FIXED:
        return stats->fixed[number];
    case ROW_TOTAL:
        return stats->total;
    case ROW_GROUP:
        return stats->group;
    case ROW_DETAIL:
    case ROW_FILL:
        return stats->detail;
    case ROW_EMPTY:
        break;
    }
    return NULL;
}

struct row_data grid_row_data(const struct grid *grid, const struct grid_row *row)
{
    struct row_data data = {.kind = row->kind, .scope = part_scope_all(grid->rows)};
    if (row->kind == ROW_DETAIL || row->kind == ROW_GROUP) {
        data.scope.row = data.scope.first = row->first;
        data.scope.count = row->end - row->first;
    }
    return data;
}

static struct cell_stats *new_stats(const struct row *row)
{
    return row ? g_new0(struct cell_stats, MAX(row->ncell, 1)) : NULL;
}

static struct cell_stats **gather_rows(struct gather *gather, const struct grid *grid,
                                       enum row_kind kind, size_t count)
{
    struct cell_stats **stats = g_new0(struct cell_stats *, MAX(count, 1));
    for (size_t i = 0; i < count; i++) {
        const struct row *row = grid_template(grid, kind, i);
        struct grid_row place = {.kind = (uint8_t)kind, .first = (uint32_t)i};
        struct row_data data = grid_row_data(grid, &place);
        stats[i] = new_stats(row);
        gather_row(gather, row, &data, stats[i], NULL);
        for (size_t k = 0; k < row->ncell; k++)
            stats[i][k].natural = stats[i][k].most;
    }
    return stats;
}

static void gather_body(struct gather *gather, struct grid_stats *stats)
{
    const struct grid *grid = stats->grid;
    size_t ncell = grid->detail ? grid->detail->ncell : 0;
    struct histogram *histograms = g_new0(struct histogram, MAX(ncell, 1));
    for (size_t i = 0; i < stats->nrow; i++) {
        enum row_kind kind = stats->rows[i].kind;
        struct row_data data = grid_row_data(grid, &stats->rows[i]);
        if (kind == ROW_DETAIL)
            gather_row(gather, grid->detail, &data, stats->detail, histograms);
        else if (kind == ROW_GROUP)
            gather_group(gather, grid->group, &data, stats->group);
        else if (kind == ROW_TOTAL)
            gather_row(gather, grid->total, &data, stats->total, NULL);
    }
    for (size_t k = 0; k < ncell; k++)
        stats->detail[k].natural = longest_of_most(&histograms[k], stats->detail[k].most);
    for (size_t k = 0; grid->group && k < grid->group->ncell; k++)
        stats->group[k].natural = stats->group[k].most;
    for (size_t k = 0; grid->total && k < grid->total->ncell; k++)
        stats->total[k].natural = stats->total[k].most;
    g_free(histograms);
}

struct grid_stats *grid_gather(struct gather *gather, const struct grid *grid)
{
    struct grid_stats *stats = g_new0(struct grid_stats, 1);
    stats->grid = grid;
    stats->nhead = grid->nhead;
    stats->nfixed = grid->nfixed;
    order_rows(stats);
    stats->detail = new_stats(grid->detail);
    stats->group = new_stats(grid->group);
    stats->total = new_stats(grid->total);
    stats->head = gather_rows(gather, grid, ROW_HEAD, grid->nhead);
    stats->fixed = gather_rows(gather, grid, ROW_FIXED, grid->nfixed);
    gather_body(gather, stats);
    if (grid->side)
        gather_text(gather, grid->side_style->role, grid->side, strlen(grid->side), NULL, NULL);
    if (grid->empty)
        gather_text(gather, grid->empty_style->role, grid->empty, strlen(grid->empty), NULL, NULL);
    return stats;
}

void grid_stats_free(struct grid_stats *stats)
{
    if (!stats)
        return;
    for (size_t i = 0; i < stats->nhead; i++)
        g_free(stats->head[i]);
    for (size_t i = 0; i < stats->nfixed; i++)
        g_free(stats->fixed[i]);
    g_free(stats->head);
    g_free(stats->fixed);
    g_free(stats->detail);
    g_free(stats->group);
    g_free(stats->total);
    g_free(stats->rows);
    g_free(stats);
}
