/* Writes what stands in a cell of a row on a page. */
#include "typeset/cell_text.h"

static bool is_of_a_row(const struct row_data *data)
{
    return data->kind == ROW_DETAIL || data->kind == ROW_GROUP;
}

/* What counts stands once, where the group begins. Of a cell that counts, as 一组（12户）, only the
 * fields are kept: the words around a count mean nothing without it. */
static void compose_continued(GString *out, const struct cell *cell, const struct row_data *data)
{
    size_t before = out->len;
    bool counts = false;
    for (size_t i = 0; i < cell->npart; i++)
        counts = counts || part_counts(cell->parts[i].kind);
    for (size_t i = 0; i < cell->npart; i++)
        if (!counts || cell->parts[i].kind == PART_FIELD)
            parts_write(out, &cell->parts[i], 1, &data->scope);
    if (out->len > before)
        g_string_append(out, CELL_CONTINUED);
}

void cell_compose(GString *out, const struct cell *cell, const struct row_data *data)
{
    if (data->kind == ROW_FILL)
        return;
    if (data->continued)
        compose_continued(out, cell, data);
    else
        parts_write(out, cell->parts, cell->npart, &data->scope);
}

enum cell_tick cell_tick(const struct cell *cell, const struct row_data *data)
{
    if (cell->npart != 1 || cell->parts[0].kind != PART_FIELD ||
        cell->parts[0].format.kind != FORMAT_TICK || !is_of_a_row(data))
        return TICK_NONE;
    struct value value = part_value(&cell->parts[0], &data->scope, NULL);
    if (value.type == VALUE_INTEGER)
        return value.integer ? TICK_YES : TICK_NO;
    return value.state == STATE_INVALID || value.type != VALUE_NULL ? TICK_NONE : TICK_BLANK;
}
