/* Goes once over a grid's texts: glyphs, widths, the order of its rows. */
#include "typeset/gather.h"

#include <string.h>

#include "typeset/diagonal.h"

/* Widths are counted in classes of a quarter em, up to 64 em: a long tail of 5 % must not make a
 * column wide. Fewer rows than ONE_IN count in full. */
enum { WIDTH_CLASS = EM / 4, WIDTH_CLASSES = 256, ONE_IN = 20 };

enum { TALL_TEXT = 60 * EM }; /* a shorter text is not taller than a page in any column */

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
            em16 unit = cell->vertical ? EM : setter_unit(typeset, cell->style);
            if (cell->diagonal)
                natural = unit = diagonal_width(typeset, cell, string->str);
            widen(&stats->unit, unit);
            if (data->kind == ROW_HEAD && !cell->diagonal)
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

static struct cell_stats **new_stats(size_t count)
{
    return g_new0(struct cell_stats *, MAX(count, 1));
}

static struct cell_stats **stats_place(struct grid_stats *stats, const struct grid_row *row)
{
    switch ((enum row_kind)row->kind) {
    case ROW_HEAD:
        return &stats->head[row->first];
    case ROW_FIXED:
        return &stats->fixed[row->first];
    case ROW_TOTAL:
        return &stats->totals[row->first];
    case ROW_GROUP:
        return &stats->group_heads[row->level];
    case ROW_FOOT:
        return &stats->group_feet[row->level];
    case ROW_PAGE:
        return &stats->page_rows[row->level];
    case ROW_DETAIL:
    case ROW_FILL:
    case ROW_EMPTY:
        break;
    }
    return &stats->detail;
}

struct gathering {
    struct gather *gather;
    struct grid_stats *stats;
};

/* A row taller than a page goes on under this mark; whether one is, is known only when its columns
 * have widths. */
static void gather_continued_mark(struct gather *gather, const struct grid_stats *stats)
{
    const struct row *detail = stats->grid->detail;
    bool tall = false;
    for (size_t i = 0; detail && i < detail->ncell; i++)
        tall = tall || stats->detail[i].paragraphs || stats->detail[i].most > TALL_TEXT;
    for (size_t i = 0; tall && i < detail->ncell; i++)
        gather_text(gather, detail->cells[i].style->role, CELL_CONTINUED, strlen(CELL_CONTINUED),
                    NULL, NULL);
}

/* Digits of page rows are known only when they are drawn. */
static void gather_page_alphabet(struct gather *gather, const struct row *row)
{
    GString *signs = g_string_new(NULL);
    for (size_t i = 0; i < row->ncell; i++) {
        for (size_t k = 0; k < row->cells[i].npart; k++) {
            const struct part *part = &row->cells[i].parts[k];
            if (!part_counts(part->kind))
                continue;
            g_string_assign(signs, "0123456789（项有误未计）");
            format_alphabet(signs, part->format);
            gather_text(gather, row->cells[i].style->role, signs->str, signs->len, NULL, NULL);
        }
    }
    g_string_free(signs, TRUE);
}

/* Room for what is known of the row; rows that do not come from data are looked at here. */
static void gather_template(void *user, const struct grid_row *row)
{
    struct gathering *gathering = user;
    const struct row *template = grid_template(gathering->stats->grid, row);
    struct cell_stats *stats = g_new0(struct cell_stats, MAX(template->ncell, 1));
    struct row_data data = grid_row_data(gathering->stats->grid, row);
    *stats_place(gathering->stats, row) = stats;
    if (row->kind == ROW_PAGE)
        gather_page_alphabet(gathering->gather, template);
    if (row->kind == ROW_HEAD || row->kind == ROW_FIXED || row->kind == ROW_PAGE)
        gather_row(gathering->gather, template, &data, stats, NULL);
    if (row->kind == ROW_FIXED)
        grid_gather_inner(gathering->gather, gathering->stats, template);
}

static void settle_natural(void *user, const struct grid_row *row)
{
    struct gathering *gathering = user;
    struct cell_stats *stats = grid_cell_stats(gathering->stats, row);
    for (size_t k = 0; k < grid_template(gathering->stats->grid, row)->ncell; k++)
        if (row->kind != ROW_DETAIL)
            stats[k].natural = stats[k].most;
}

static void gather_body(struct gather *gather, struct grid_stats *stats)
{
    const struct grid *grid = stats->grid;
    size_t ncell = grid->detail ? grid->detail->ncell : 0;
    struct histogram *histograms = g_new0(struct histogram, MAX(ncell, 1));
    for (size_t i = 0; i < stats->nrow; i++) {
        const struct grid_row *row = &stats->rows[i];
        const struct row *template = grid_template(grid, row);
        struct row_data data = grid_row_data(grid, row);
        if (row->kind == ROW_DETAIL)
            gather_row(gather, template, &data, stats->detail, histograms);
        else if (row->kind == ROW_GROUP)
            gather_group(gather, template, &data, grid_cell_stats(stats, row));
        else if (row->kind == ROW_TOTAL || row->kind == ROW_FOOT)
            gather_row(gather, template, &data, grid_cell_stats(stats, row), NULL);
    }
    for (size_t k = 0; k < ncell; k++)
        stats->detail[k].natural = longest_of_most(&histograms[k], stats->detail[k].most);
    g_free(histograms);
}

struct grid_stats *grid_gather(struct gather *gather, const struct grid *grid)
{
    struct grid_stats *stats = g_new0(struct grid_stats, 1);
    struct gathering gathering = {gather, stats};
    stats->grid = grid;
    stats->head = new_stats(stats->nhead = grid->nhead);
    stats->fixed = new_stats(stats->nfixed = grid->nfixed);
    stats->totals = new_stats(stats->ntotal = grid->ntotal);
    stats->group_heads = new_stats(stats->ngroup = grid->ngroup);
    stats->group_feet = new_stats(grid->ngroup);
    stats->page_rows = new_stats(PAGE_ROWS);
    grid_order_rows(stats);
    grid_each_template(grid, gather_template, &gathering);
    gather_body(gather, stats);
    gather_continued_mark(gather, stats);
    grid_each_template(grid, settle_natural, &gathering);
    if (grid->side)
        gather_text(gather, grid->side_style->role, grid->side, strlen(grid->side), NULL, NULL);
    if (grid->empty)
        gather_text(gather, grid->empty_style->role, grid->empty, strlen(grid->empty), NULL, NULL);
    return stats;
}

static void free_stats(struct cell_stats **stats, size_t count)
{
    for (size_t i = 0; i < count; i++)
        g_free(stats[i]);
    g_free(stats);
}

void grid_stats_free(struct grid_stats *stats)
{
    if (!stats)
        return;
    free_stats(stats->head, stats->nhead);
    free_stats(stats->fixed, stats->nfixed);
    free_stats(stats->totals, stats->ntotal);
    free_stats(stats->group_heads, stats->ngroup);
    free_stats(stats->group_feet, stats->ngroup);
    free_stats(stats->page_rows, PAGE_ROWS);
    g_free(stats->detail);
    g_free(stats->rows);
    if (stats->inner)
        g_ptr_array_free(stats->inner, TRUE);
    g_free(stats);
}
