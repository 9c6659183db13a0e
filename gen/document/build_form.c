/* Builds a form: fixed rows whose columns stand in exact parts of the measure. */
#include "document/build.h"

#include <stdio.h>

#include "document/choice.h"

enum { PHOTO_WIDTH = 99213, PHOTO_HEIGHT = 127559, SIGN_LINE = 127559 }; /* 35, 45, 45 mm */

/* measure: the form's width without its side label. */
static struct column *form_columns(struct building *building, const struct body_form *form,
                                   int64_t measure)
{
    struct column *columns = arena_array(building->made->arena, form->ncolumn, sizeof(*columns));
    int64_t total = 0, before = 0;

    for (size_t i = 0; i < form->ncolumn; i++)
        total += form->weights[i];
    for (size_t i = 0; i < form->ncolumn; i++) {
        int64_t after = before + form->weights[i];

        /* From edge to edge, so that rounding never adds up. */
        columns[i] =
            (struct column){.name = "",
                            .field = SIZE_MAX,
                            .text = true,
                            .width = (mpt)(measure * after / total - measure * before / total)};
        before = after;
    }
    return columns;
}

static mpt span_width(const struct column *columns, const struct form_cell *cell)
{
    mpt width = 0;

    for (size_t i = cell->column; i < (size_t)cell->column + cell->span; i++)
        width += columns[i].width;
    return width;
}

/* Half ems that text takes on one line. */
static size_t half_ems(const char *text)
{
    enum { FIRST_WIDE = 0x2E80 };
    size_t count = 0;

    for (const char *at = text; *at; at = g_utf8_next_char(at))
        count += g_utf8_get_char(at) >= FIRST_WIDE ? 2 : 1;
    return count;
}

/* 　　　　年　　月　　日 behind a line that ends after so many half ems of all there are, or under
 * its end. */
static void add_date(GString *out, size_t end, size_t all)
{
    enum { YEAR = 4, YEAR_LEAST = 2 }; /* ems to write a year in */
    static const char WIDE[] = "年　　月　　日", NARROW[] = "年　月　日", SPACE[] = "　";
    const char *date = 2 * YEAR_LEAST + half_ems(WIDE) <= all ? WIDE : NARROW;
    const size_t beside = 2 * YEAR + half_ems(date), room = MAX(all, half_ems(date));
    size_t indent = YEAR;

    if (end + beside > all) {
        indent = (MIN(MAX(end, beside), room) - half_ems(date)) / 2;
        g_string_append_c(out, '\n');
    }
    for (size_t i = 0; i < indent; i++)
        g_string_append(out, SPACE);
    g_string_append(out, date);
}

/* 户主签字：________　　　　年　　月　　日. A cell too narrow for it gets a shorter line, and the
 * date under its end. */
static const char *sign_text(const struct building *building, const struct form_cell *cell,
                             mpt size, mpt room)
{
    enum { LEAST = 12 }; /* half ems of a line one can sign on */
    const size_t half = (size_t)MAX(size / 2, 1), all = (size_t)MAX(room, 0) / half;
    const size_t wanted = (SIGN_LINE + half - 1) / half;
    GString *out = g_string_new(scope_text(building->scope, cell->phrase, BLANKS_REPORT, NULL));
    size_t label, line;
    const char *text;

    if (!g_str_has_suffix(out->str, "："))
        g_string_append(out, "：");
    label = half_ems(out->str);
    line = MIN(wanted, all > label ? all - label : 0);
    if (line < LEAST) {
        g_string_append_c(out, '\n');
        label = 0;
        line = MAX(MIN(wanted, all), 1);
    }
    for (size_t i = 0; i < line; i++)
        g_string_append_c(out, '_');
    if (cell->dated)
        add_date(out, label + line, all);
    text = arena_text(building->made->arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

/* room: the cell's width without its padding. */
static const char *cell_text(struct building *building, const struct form_cell *cell, mpt size,
                             mpt room)
{
    bool full = true;
    const char *text;

    if (!cell->phrase)
        return "";
    switch (cell->kind) {
    case FORM_CHECK:
        return choice_text(building->scope, cell);
    case FORM_SIGN:
        return sign_text(building, cell, size, room);
    case FORM_LABEL:
    case FORM_VALUE:
    case FORM_TEXT:
    case FORM_PHOTO:
    case FORM_FORM:
    case FORM_TABLE:
        break;
    }
    text = scope_text(building->scope, cell->phrase, BLANKS_REPORT, &full);
    /* An answer that is nothing but a blank is a line over the cell, not a row of low lines. */
    return cell->kind == FORM_VALUE && !full && cell->phrase->count == 1 ? "" : text;
}

/* A form being built. */
struct forming {
    struct building *building;
    const struct grid_style *style;
    struct place place;
    GArray *below; /* struct block: what has to follow the form's grid */
};

static struct grid make_form(struct forming *forming, const struct body_form *form, mpt width);

/* A table in a cell is built as a block of its own; its notes go below the form. */
static const struct grid *inner_table(struct forming *forming, const struct body_table *table)
{
    const struct body_block block = {.kind = BODY_TABLE, .place = forming->place, .table = table};
    GArray *outside = forming->building->blocks;
    GArray *inside = g_array_new(FALSE, TRUE, sizeof(struct block));
    const struct grid *grid = NULL;

    forming->building->blocks = inside;
    build_table(forming->building, &block);
    forming->building->blocks = outside;
    for (guint i = 0; i < inside->len; i++) {
        struct block *made = &g_array_index(inside, struct block, i);

        if (made->kind == BLOCK_GRID && !grid)
            grid = arena_copy(forming->building->made->arena, &made->grid, sizeof(made->grid));
        else
            g_array_append_vals(forming->below, made, 1);
    }
    g_array_free(inside, TRUE);
    return grid;
}

static const struct grid *inner_form(struct forming *forming, const struct body_form *form,
                                     mpt width)
{
    const struct paper *paper = forming->building->paper;
    struct forming inner = *forming;
    struct grid grid;

    inner.style = paper_grid(paper, form->grid);
    grid = make_form(&inner, form, width);
    return arena_copy(forming->building->made->arena, &grid, sizeof(grid));
}

static struct cell form_cell(struct forming *forming, const struct form_cell *made, mpt width)
{
    struct building *building = forming->building;
    const struct grid_style *style = forming->style;
    const char *name = !made->style             ? style->cell
                       : made->style[0] == '\0' ? style->label
                                                : made->style;
    const struct text_style *set = build_style(building, name, made->align);
    const mpt padding = (mpt)((int64_t)style->padding * set->size / 1000);
    const char *text = cell_text(building, made, set->size, width - 2 * padding);
    struct cell cell = build_cell(building, made->column, made->span, text, set);
    const bool known = made->kind == FORM_VALUE && text[0] != '\0';

    cell.rowspan = made->down;
    cell.vertical = made->vertical;
    cell.lines = known ? 0 : (uint16_t)made->lines;
    cell.rule = made->kind == FORM_VALUE && !known && made->lines == 0;
    if (made->form)
        cell.grid = inner_form(forming, made->form, width);
    else if (made->table)
        cell.grid = inner_table(forming, made->table);
    return cell;
}

/* A photo's cell is as large as the photo at least: its rows are made so high, its columns have to
 * be so wide. */
static void fit_photo(struct building *building, const struct form_cell *cell, mpt width,
                      struct row *rows)
{
    mpt lack = PHOTO_HEIGHT;

    if (width < PHOTO_WIDTH) {
        char number[24];

        snprintf(number, sizeof(number), "%.1f", width / MPT_PER_MM);
        finding_add(building->scope->findings, FINDING_DOCUMENT_PHOTO, cell->place, number);
        building->scope->failed = true;
    }
    for (size_t i = 0; i < cell->down; i++)
        lack -= rows[i].height;
    for (size_t i = 0; i < cell->down && lack > 0; i++) {
        const mpt part = lack / (mpt)(cell->down - i);

        rows[i].height += part;
        if (rows[i].height_max > 0)
            rows[i].height_max = MAX(rows[i].height_max, rows[i].height);
        lack -= part;
    }
}

static struct row form_row(struct forming *forming, const struct form_row *row,
                           const struct column *columns)
{
    const struct grid_style *style = forming->style;
    struct cell *cells = arena_array(forming->building->made->arena, row->ncell, sizeof(*cells));

    for (size_t i = 0; i < row->ncell; i++)
        cells[i] = form_cell(forming, &row->cells[i], span_width(columns, &row->cells[i]));
    return (struct row){
        .ncell = row->ncell,
        .cells = cells,
        .height = row->height < 0 ? style->row : row->height,
        .height_max = row->height_max >= 0 ? row->height_max
                      : row->height < 0    ? style->row_max
                                           : 0,
    };
}

static struct grid make_form(struct forming *forming, const struct body_form *form, mpt width)
{
    struct building *building = forming->building;
    struct grid grid =
        build_grid(forming->style, building->paper, building, form->side, form->joined);
    struct row *rows = arena_array(building->made->arena, form->nrow, sizeof(*rows));
    const struct column *columns =
        form_columns(building, form, width - (grid.side ? grid.side_width : 0));

    for (size_t i = 0; i < form->nrow; i++)
        rows[i] = form_row(forming, &form->rows[i], columns);
    for (size_t i = 0; i < form->nrow; i++)
        for (size_t k = 0; k < form->rows[i].ncell; k++)
            if (form->rows[i].cells[k].kind == FORM_PHOTO)
                fit_photo(building, &form->rows[i].cells[k],
                          span_width(columns, &form->rows[i].cells[k]), &rows[i]);
    grid.columns = columns;
    grid.ncolumn = form->ncolumn;
    grid.fixed = rows;
    grid.nfixed = form->nrow;
    return grid;
}

void build_form(struct building *building, const struct body_block *block)
{
    struct forming forming = {
        .building = building,
        .style = paper_grid(building->paper, block->form.grid),
        .place = block->place,
        .below = g_array_new(FALSE, TRUE, sizeof(struct block)),
    };

    build_add_grid(building, block,
                   make_form(&forming, &block->form, page_inner_width(building->page)));
    g_array_append_vals(building->blocks, forming.below->data, forming.below->len);
    g_array_free(forming.below, TRUE);
}
