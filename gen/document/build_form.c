/* Builds a form: fixed rows whose columns stand in exact parts of the measure. */
#include "document/build.h"

#include <stdio.h>

#include "document/choice.h"

enum { PHOTO_WIDTH = 99213, PHOTO_HEIGHT = 127559, SIGN_LINE = 127559 }; /* 35, 45, 45 mm */

static struct column *form_columns(struct building *building, const struct body_form *form,
                                   mpt side_width)
{
    int64_t measure = page_inner_width(building->page) - side_width;
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

/* 户主签字：________　　　　年　　月　　日. A cell too narrow for it gets a shorter line, and the
 * date under its end. */
static const char *sign_text(const struct building *building, const struct form_cell *cell,
                             mpt size, mpt room)
{
    enum { LEAST = 12, YEAR = 4 }; /* half ems of a line one can sign on, ems of a year */
    static const char DATE[] = "年　　月　　日", SPACE[] = "　";
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
    if (cell->dated) {
        const size_t beside = 2 * YEAR + half_ems(DATE);
        size_t indent = YEAR;

        if (label + line + beside > all) {
            indent = (MAX(label + line, beside) - half_ems(DATE)) / 2;
            g_string_append_c(out, '\n');
        }
        for (size_t i = 0; i < indent; i++)
            g_string_append(out, SPACE);
        g_string_append(out, DATE);
    }
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
        break;
    }
    text = scope_text(building->scope, cell->phrase, BLANKS_REPORT, &full);
    /* An answer that is nothing but a blank is a line over the cell, not a row of low lines. */
    return cell->kind == FORM_VALUE && !full && cell->phrase->count == 1 ? "" : text;
}

static struct cell form_cell(struct building *building, const struct form_cell *made,
                             const struct grid_style *style, mpt width)
{
    const char *name = !made->style             ? style->cell
                       : made->style[0] == '\0' ? style->label
                                                : made->style;
    const struct text_style *set = build_style(building, name, made->align);
    const mpt padding = (mpt)((int64_t)style->padding * set->size / 1000);
    const char *text = cell_text(building, made, set->size, width - 2 * padding);
    struct cell cell = build_cell(building, made->column, made->span, text, set);

    cell.rowspan = made->down;
    cell.vertical = made->vertical;
    cell.rule = made->kind == FORM_VALUE && text[0] == '\0';
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

void build_form(struct building *building, const struct body_block *block)
{
    const struct body_form *form = &block->form;
    const struct grid_style *style = paper_grid(building->paper, form->grid);
    struct grid grid = build_grid(style, building->paper, building, form->side, form->joined);
    struct row *rows = arena_array(building->made->arena, form->nrow, sizeof(*rows));
    const struct column *columns = form_columns(building, form, grid.side ? grid.side_width : 0);

    for (size_t i = 0; i < form->nrow; i++) {
        const struct form_row *row = &form->rows[i];
        struct cell *cells = arena_array(building->made->arena, row->ncell, sizeof(*cells));

        for (size_t k = 0; k < row->ncell; k++)
            cells[k] =
                form_cell(building, &row->cells[k], style, span_width(columns, &row->cells[k]));
        rows[i].cells = cells;
        rows[i].ncell = row->ncell;
        rows[i].height = row->height < 0 ? style->row : row->height;
        rows[i].height_max = row->height_max >= 0 ? row->height_max
                             : row->height < 0    ? style->row_max
                                                  : 0;
    }
    for (size_t i = 0; i < form->nrow; i++)
        for (size_t k = 0; k < form->rows[i].ncell; k++)
            if (form->rows[i].cells[k].kind == FORM_PHOTO)
                fit_photo(building, &form->rows[i].cells[k],
                          span_width(columns, &form->rows[i].cells[k]), &rows[i]);
    grid.columns = columns;
    grid.ncolumn = form->ncolumn;
    grid.fixed = rows;
    grid.nfixed = form->nrow;
    build_add_grid(building, block, grid);
}
