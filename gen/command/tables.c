/* Tables as a workbook, through the document model, and as CSV. */
#include "command/tables.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv_write.h"
#include "base/file.h"
#include "command/created.h"
#include "render/render.h"

/* As templates/styles/workbook.yaml sets tables. */
static const struct text_style head_style = {.role = ROLE_HEAD,
                                             .size = 11000,
                                             .size_min = 11000,
                                             .size_max = 11000,
                                             .leading = 15000,
                                             .align = ALIGN_CENTER,
                                             .bold = true};
static const struct text_style text_style = {
    .role = ROLE_SONG, .size = 10500, .size_min = 10500, .size_max = 10500, .leading = 14000};
static const struct text_style number_style = {.role = ROLE_SONG,
                                               .size = 10500,
                                               .size_min = 10500,
                                               .size_max = 10500,
                                               .leading = 14000,
                                               .align = ALIGN_RIGHT};

static bool wants(const struct options *options, const char *format)
{
    if (options->formats->len == 0)
        return strcmp(format, "xlsx") == 0;
    for (guint i = 0; i < options->formats->len; i++) {
        if (strcmp(options->formats->pdata[i], format) == 0)
            return true;
    }
    return false;
}

bool tables_formats(const struct options *options, struct findings *findings)
{
    bool known = true;

    for (guint i = 0; i < options->formats->len; i++) {
        const char *format = options->formats->pdata[i];

        if (strcmp(format, "xlsx") != 0 && strcmp(format, "csv") != 0)
            known =
                !finding_add(findings, FINDING_USAGE_FORMAT, (struct place){0}, format, "xlsx csv");
    }
    return known;
}

bool tables_own(const char *path)
{
    static const char *const FOLDERS[] = {TABLES_MERGED, TABLES_COMPARED, TABLES_FAULTS};

    for (size_t i = 0; i < G_N_ELEMENTS(FOLDERS); i++) {
        char *folder = g_build_filename(audience_folder(AUDIENCE_INTERNAL), FOLDERS[i], "", NULL);
        const bool own = g_str_has_prefix(path, folder);

        g_free(folder);
        if (own)
            return true;
    }
    return false;
}

/* A column of numbers may hold texts where a cell could not be read. */
static bool has_numbers(const struct rowset *rows, size_t column)
{
    for (size_t row = 0; row < rowset_rows(rows); row++) {
        const struct value value = rowset_at(rows, row, column);

        if (value.type == VALUE_INTEGER || value.type == VALUE_REAL)
            return true;
    }
    return false;
}

static struct cell one_cell(struct arena *arena, size_t column, const struct text_style *style,
                            struct part part)
{
    return (struct cell){.column = (uint16_t)column,
                         .colspan = 1,
                         .rowspan = 1,
                         .npart = 1,
                         .parts = arena_copy(arena, &part, sizeof part),
                         .style = style};
}

static struct grid make_grid(struct arena *arena, const struct rowset *rows)
{
    const size_t ncolumn = rowset_columns(rows);
    struct column *columns = arena_array(arena, ncolumn, sizeof *columns);
    struct cell *heads = arena_array(arena, ncolumn, sizeof *heads);
    struct cell *details = arena_array(arena, ncolumn, sizeof *details);
    struct row *made = arena_array(arena, 2, sizeof *made);

    for (size_t i = 0; i < ncolumn; i++) {
        const bool number = has_numbers(rows, i);

        columns[i] =
            (struct column){.name = rowset_name(rows, i), .field = i, .text = !number, .weight = 1};
        heads[i] = one_cell(arena, i, &head_style,
                            (struct part){.kind = PART_LITERAL, .text = columns[i].name});
        details[i] = one_cell(arena, i, number ? &number_style : &text_style,
                              (struct part){.kind = PART_FIELD, .field = i});
    }
    made[0] = (struct row){.ncell = ncolumn, .cells = heads, .height = 25500};
    made[1] = (struct row){.ncell = ncolumn, .cells = details, .height = 17000};
    return (struct grid){.ncolumn = ncolumn,
                         .columns = columns,
                         .nhead = 1,
                         .head = &made[0],
                         .rows = rows,
                         .detail = &made[1],
                         .empty = "没有",
                         .empty_style = &text_style};
}

static int write_workbook(const char *stem, const char *title, const struct table *tables,
                          size_t ntable, struct findings *findings)
{
    const mpt margin = (mpt)(12 * MPT_PER_MM);
    struct arena *arena = arena_new();
    struct block *blocks = arena_array(arena, 2 * ntable, sizeof *blocks);
    const struct unit unit = {.nblock = 2 * ntable, .blocks = blocks};
    const struct document document = {
        .id = "tables",
        .title = title,
        .author = "",
        .note = "内部资料",
        .audience = AUDIENCE_INTERNAL,
        .page = {.paper = "A4",
                 .width = (mpt)(297 * MPT_PER_MM),
                 .height = (mpt)(210 * MPT_PER_MM),
                 .top = margin,
                 .right = margin,
                 .bottom = margin,
                 .left = margin,
                 .turned = true},
        .nunit = 1,
        .units = &unit,
    };
    const struct render_job job = {
        .document = &document, .stem = stem, .created = created_time(), .findings = findings};
    int status;

    for (size_t i = 0; i < ntable; i++) {
        const struct place place = {.file = title};

        blocks[2 * i] = (struct block){
            .kind = BLOCK_SECTION, .place = place, .section = {.name = tables[i].name}};
        blocks[2 * i + 1] = (struct block){
            .kind = BLOCK_GRID, .place = place, .grid = make_grid(arena, tables[i].rows)};
        blocks[2 * i + 1].grid.marks = tables[i].marks;
        blocks[2 * i + 1].grid.nmark = tables[i].nmark;
    }
    status = render_xlsx.render(&job);
    arena_free(arena);
    return status;
}

static int write_csv(const char *path, const struct table *table, bool for_excel,
                     struct findings *findings)
{
    struct file_writer *writer = file_create(path, findings);

    if (!writer)
        return -1;
    csv_write(file_writer_stream(writer), table->rows, for_excel);
    return file_commit(writer, false, findings);
}

static void tell(const struct options *options, const char *shown, const struct table *table,
                 struct findings *findings)
{
    char rows[24];

    snprintf(rows, sizeof rows, "%zu", rowset_rows(table->rows));
    finding_add(findings, options->dry_run ? FINDING_TABLE_WOULD_WRITE : FINDING_TABLE_WRITTEN,
                (struct place){0}, shown, rows);
}

static int make_folder(const struct options *options, const char *folder, struct findings *findings)
{
    char *path =
        g_build_filename(options->output, audience_folder(AUDIENCE_INTERNAL), folder, NULL);
    const int status =
        folder_make(options->output, false, findings) || folder_make(path, true, findings) ? -1 : 0;

    g_free(path);
    return status;
}

int tables_write(const struct options *options, const char *folder, const char *name,
                 const struct table *tables, size_t ntable, struct findings *findings)
{
    char *shown = g_build_filename(audience_folder(AUDIENCE_INTERNAL), folder, name, NULL);
    char *stem = g_build_filename(options->output, shown, NULL);
    int status = options->dry_run ? 0 : make_folder(options, folder, findings);

    if (status == 0 && wants(options, "xlsx")) {
        char *file = g_strconcat(shown, ".xlsx", NULL);

        if (!options->dry_run)
            status = write_workbook(stem, name, tables, ntable, findings);
        if (status == 0)
            tell(options, file, &tables[0], findings);
        g_free(file);
    }
    for (size_t i = 0; i < ntable && status == 0 && wants(options, "csv"); i++) {
        char *tail = tables[i].main ? g_strdup(".csv") : g_strdup_printf("-%s.csv", tables[i].name);
        char *path = g_strconcat(stem, tail, NULL), *file = g_strconcat(shown, tail, NULL);

        if (!options->dry_run)
            status = write_csv(path, &tables[i], options->for_excel, findings);
        if (status == 0)
            tell(options, file, &tables[i], findings);
        g_free(file);
        g_free(path);
        g_free(tail);
    }
    g_free(stem);
    g_free(shown);
    return status;
}
