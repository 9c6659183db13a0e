/* Memory that dies together: a chain of blocks, each filled from its start. */
#include "base/arena.h"

#include <glib.h>
#include <stdalign.h>
#include <string.h>

/* Blocks double from the first size to the last, so that a small owner stays small. */
enum { BLOCK_FIRST = 1024, BLOCK_LAST = 64 * 1024 };

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

/* A large piece gets a block of its own, behind the one being filled: the rest of that stays of
 * use. */
static char *take_large(struct arena *arena, size_t size)
{
    struct block *block = block_new(size);

    if (arena->blocks) {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        arena->blocks = block;
    }
    return block->bytes;
}

/* size bytes at a multiple of alignment, a power of two. */
static char *take(struct arena *arena, size_t size, size_t alignment)
{
    size_t start = (arena->used + alignment - 1) & ~(alignment - 1);

    if (start > arena->size || arena->size - start < size) {
        struct block *block;

        if (size > BLOCK_LAST / 4)
            return take_large(arena, size);
        do
            arena->size = arena->size ? MIN(arena->size * 2, BLOCK_LAST) : BLOCK_FIRST;
        while (arena->size < size);
        block = block_new(arena->size);
        block->next = arena->blocks;
        arena->blocks = block;
        start = 0;
    }
    arena->used = start + size;
    return arena->blocks->bytes + start;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return take(arena, MAX(size, 1), alignof(max_align_t));
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size && count > G_MAXSIZE / size)
        g_error("arena: %zu times %zu bytes asked for", count, size);
    return arena_alloc(arena, count * size);
}

char *arena_text_length(struct arena *arena, const char *text, size_t length)
{
    char *copy = take(arena, length + 1, 1);

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
