/* Memory that dies together: a chain of blocks, each filled from its start. */
#include "base/arena.h"

#include <glib.h>
#include <stdalign.h>
#include <string.h>

enum { BLOCK_SIZE = 16 * 1024 };

struct block {
    struct block *next;
    alignas(max_align_t) char bytes[];
};

struct arena {
    struct block *blocks; /* the one being filled first */
    size_t used, size;    /* of that one */
};

struct arena *arena_new(void)
{
    return g_new0(struct arena, 1);
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    for (struct block *block = arena->blocks; block;) {
        struct block *next = block->next;

        g_free(block);
        block = next;
    }
    g_free(arena);
}

static struct block *block_new(size_t size)
{
    if (size > G_MAXSIZE - sizeof(struct block))
        g_error("arena: %zu bytes asked for", size);
    return g_malloc0(sizeof(struct block) + size);
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t unit = alignof(max_align_t);
    struct block *block;
    void *place;

    if (size > BLOCK_SIZE / 4) {
        /* A large piece gets a block of its own behind the one being filled, whose rest stays of use. */
        block = block_new(size);
        if (arena->blocks) {
            block->next = arena->blocks->next;
            arena->blocks->next = block;
        } else {
            arena->blocks = block;
        }
        return block->bytes;
    }
    size = size ? (size + unit - 1) / unit * unit : unit;
    if (arena->size - arena->used < size) {
        block = block_new(BLOCK_SIZE);
        block->next = arena->blocks;
        arena->blocks = block;
        arena->used = 0;
        arena->size = BLOCK_SIZE;
    }
    place = arena->blocks->bytes + arena->used;
    arena->used += size;
    return place;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > G_MAXSIZE / size)
        g_error("arena: %zu times %zu bytes asked for", count, size);
    return arena_alloc(arena, count * size);
}

char *arena_text_length(struct arena *arena, const char *text, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);

    if (length)
        memcpy(copy, text, length);
    return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
    return text ? arena_text_length(arena, text, strlen(text)) : NULL;
}

void *arena_copy(struct arena *arena, const void *bytes, size_t size)
{
    void *copy = arena_alloc(arena, size);

    if (size)
        memcpy(copy, bytes, size);
    return copy;
}
