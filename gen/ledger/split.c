/* Rows that name several households in a cell: 张三、李四、王五 in a helper's row. */
#include <string.h>

#include "ledger/reader.h"

/* The texts between the separators, without the empty ones; g_strfreev() them. */
static char **pieces_of(const char *cell, size_t *count)
{
    static const char *const separators[] = {"、", "，", "；", "／", "｜"};
    GString *lines = g_string_new(cell);
    char *joined, **pieces;

    for (size_t i = 0; i < G_N_ELEMENTS(separators); i++)
        g_string_replace(lines, separators[i], "\n", 0);
    joined = g_strdelimit(g_string_free(lines, FALSE), ",;/|\r", '\n');
    pieces = g_strsplit(joined, "\n", -1);
    g_free(joined);
    *count = 0;
    for (size_t i = 0; pieces[i]; i++) {
        if (cell_is_blank(pieces[i]))
            g_free(pieces[i]);
        else
            pieces[(*count)++] = pieces[i];
    }
    pieces[*count] = NULL;
    return pieces;
}

static const char *cell_at(const struct csv_row *row, uint32_t column)
{
    return column < row->ncell ? row->cells[column] : "";
}

/* false: it names another number of them than the columns before. */
static bool count_pieces(const struct csv_row *row, uint32_t column, size_t *most)
{
    size_t count;
    char **pieces = pieces_of(cell_at(row, column), &count);

    g_strfreev(pieces);
    if (count == 0 || count == *most)
        return true;
    if (*most != 0)
        return false;
    *most = count;
    return true;
}

static void put_pieces(struct arena *arena, const struct csv_row *row, uint32_t column,
                       const char ***cells)
{
    size_t count;
    char **pieces = pieces_of(cell_at(row, column), &count);

    for (size_t i = 0; i < count; i++)
        cells[i][column] = arena_text(arena, pieces[i]);
    g_strfreev(pieces);
}

size_t split_row(const struct reader *reader, const struct csv_row *row,
                 const struct csv_row **rows)
{
    struct arena *arena = reader->load->arena;
    struct csv_row *made;
    const char ***cells;
    size_t count = 0;

    for (size_t i = 0; i < reader->nmain; i++) {
        if (reader->slots[i].field->split && !count_pieces(row, reader->slots[i].column, &count))
            return 0;
    }
    if (count <= 1)
        return 1;
    made = arena_array(arena, count, sizeof *made);
    cells = arena_array(arena, count, sizeof *cells);
    for (size_t i = 0; i < count; i++) {
        cells[i] = arena_copy(arena, row->cells, row->ncell * sizeof(const char *));
        made[i] = *row;
        made[i].cells = cells[i];
    }
    for (size_t i = 0; i < reader->nmain; i++) {
        if (reader->slots[i].field->split && reader->slots[i].column < row->ncell)
            put_pieces(arena, row, reader->slots[i].column, cells);
    }
    *rows = made;
    return count;
}
