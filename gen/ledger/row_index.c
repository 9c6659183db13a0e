/* A hash of keys to chains of rows: no allocation a row. */
#include "ledger/row_index.h"

#include <glib.h>
#include <stdint.h>

#include "base/arena.h"

struct row_index {
    struct arena *arena;
    GHashTable *latest; /* key to row + 1 */
    size_t *next;       /* per row: the row before it with the same key + 1, or 0 */
};

struct row_index *row_index_new(size_t rows)
{
    struct row_index *index = g_new0(struct row_index, 1);

    index->arena = arena_new();
    index->latest = g_hash_table_new(g_str_hash, g_str_equal);
    index->next = g_new0(size_t, rows);
    return index;
}

void row_index_free(struct row_index *index)
{
    if (!index)
        return;
    g_hash_table_destroy(index->latest);
    arena_free(index->arena);
    g_free(index->next);
    g_free(index);
}

void row_index_add(struct row_index *index, const char *key, size_t row)
{
    gpointer known, value;

    if (g_hash_table_lookup_extended(index->latest, key, &known, &value))
        index->next[row] = GPOINTER_TO_SIZE(value);
    else
        known = arena_text(index->arena, key);
    g_hash_table_insert(index->latest, known, GSIZE_TO_POINTER(row + 1));
}

size_t row_index_first(const struct row_index *index, const char *key)
{
    return GPOINTER_TO_SIZE(g_hash_table_lookup(index->latest, key)) - 1;
}

size_t row_index_next(const struct row_index *index, size_t row)
{
    return index->next[row] - 1;
}
