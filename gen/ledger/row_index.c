/* A hash of keys to chains of rows: no allocation a row. */
#include "ledger/row_index.h"

#include <glib.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* A key and its rows; 0 stands for none, and row + 1 for a row. */
struct slot {
    const char *key; /* NULL: free */
    uint32_t hash, latest;
};

struct row_index {
    struct arena *arena;
    struct slot *slots; /* open addressing; never full */
    size_t mask;        /* their count, a power of two, less one */
    uint32_t *next;     /* per row: the row before it with the same key */
};

struct row_index *row_index_new(size_t rows)
{
    struct row_index *index = g_new0(struct row_index, 1);
    size_t count = 1;

    while (count / 4 * 3 <= rows)
        count *= 2;
    index->arena = arena_new();
    index->slots = g_new0(struct slot, count);
    index->mask = count - 1;
    index->next = g_new0(uint32_t, rows);
    return index;
}

void row_index_free(struct row_index *index)
{
    if (!index)
        return;
    arena_free(index->arena);
    g_free(index->slots);
    g_free(index->next);
    g_free(index);
}

/* The slot of the key, or the free one where it belongs. */
static struct slot *find_slot(const struct row_index *index, const char *key, uint32_t hash)
{
    size_t at = hash & index->mask;

    while (index->slots[at].key &&
           (index->slots[at].hash != hash || strcmp(index->slots[at].key, key) != 0))
        at = (at + 1) & index->mask;
    return &index->slots[at];
}

void row_index_add(struct row_index *index, const char *key, size_t row)
{
    const size_t length = strlen(key);
    const uint32_t hash = text_hash(key, length);
    struct slot *slot = find_slot(index, key, hash);

    if (!slot->key) {
        slot->key = arena_text_length(index->arena, key, length);
        slot->hash = hash;
    }
    index->next[row] = slot->latest;
    slot->latest = (uint32_t)row + 1;
}

size_t row_index_first(const struct row_index *index, const char *key)
{
    return (size_t)find_slot(index, key, text_hash(key, strlen(key)))->latest - 1;
}

size_t row_index_next(const struct row_index *index, size_t row)
{
    return (size_t)index->next[row] - 1;
}
