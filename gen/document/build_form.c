/* Builds a form: fixed rows whose columns stand in exact parts of the measure. */
#include "document/build.h"

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

static struct cell form_cell(struct building *building, const struct form_cell *made,
                             const struct grid_style *style)
{
    const char *name = !made->style             ? style->cell
                       : made->style[0] == '\0' ? style->label
                                                : made->style;
    bool full = true;
    const char *text = "";
    struct cell cell;

    if (made->phrase)
        text = scope_text(building->scope, made->phrase, BLANKS_REPORT, &full);
    /* An answer that is nothing but a blank is a line over the cell, not a row of low lines. */
    if (made->value && !full && made->phrase->count == 1)
        text = "";
    cell = build_cell(building, made->column, made->span, text,
                      build_style(building, name, made->align));
    cell.rowspan = made->down;
    cell.vertical = made->vertical;
    cell.rule = made->value && text[0] == '\0';
    return cell;
}

void build_form(struct building *building, const struct body_block *block)
{
    const struct body_form *form = &block->form;
    const struct grid_style *style = paper_grid(building->paper, form->grid);
    struct grid grid = build_grid(style, building->paper, building, form->side, form->joined);
    struct row *rows = arena_array(building->made->arena, form->nrow, sizeof(*rows));

    for (size_t i = 0; i < form->nrow; i++) {
        const struct form_row *row = &form->rows[i];
        struct cell *cells = arena_array(building->made->arena, row->ncell, sizeof(*cells));

        for (size_t k = 0; k < row->ncell; k++)
            cells[k] = form_cell(building, &row->cells[k], style);
        rows[i].cells = cells;
        rows[i].ncell = row->ncell;
        rows[i].height = row->height < 0 ? style->row : row->height;
        rows[i].height_max = row->height_max >= 0 ? row->height_max
                             : row->height < 0    ? style->row_max
                                                  : 0;
    }
    grid.columns = form_columns(building, form, grid.side ? grid.side_width : 0);
    grid.ncolumn = form->ncolumn;
    grid.fixed = rows;
    grid.nfixed = form->nrow;
    build_add_grid(building, block, grid);
}
