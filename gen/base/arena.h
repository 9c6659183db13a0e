/* Memory that dies together: structs and texts whose owner is freed as a whole (a schema, a
 * template, a document). Not for one object that may go early, and not for what several threads
 * fill. */
#ifndef MINGBAI_BASE_ARENA_H
#define MINGBAI_BASE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* and all that was taken from it; NULL is allowed */
/* size bytes, zeroed, aligned for any type; never NULL, size 0 included. */
void *arena_alloc(struct arena *arena, size_t size);
/* count elements of size bytes each, zeroed; a product that overflows ends the program, as
 * g_malloc_n does. */
void *arena_array(struct arena *arena, size_t count, size_t size);
/* Copies of a NUL-terminated text (NULL stays NULL) and of length bytes plus a NUL. */
char *arena_text(struct arena *arena, const char *text);
char *arena_text_length(struct arena *arena, const char *text, size_t length);
/* A copy of size bytes: the way to keep a GArray's elements. */
void *arena_copy(struct arena *arena, const void *bytes, size_t size);

#endif
