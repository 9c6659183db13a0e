/* Short texts as shaped and made ready before: dates, counts, codes and names come again and again.
 * A later text simply takes the place of an earlier one. Private to typeset/. */
#ifndef MINGBAI_TYPESET_SHAPE_CACHE_H
#define MINGBAI_TYPESET_SHAPE_CACHE_H

#include "typeset/line.h"

struct shape_cache;

struct shape_cache *shape_cache_new(void);
void shape_cache_free(struct shape_cache *cache);
/* As shape_text() into an emptied shaped, and line_text_prepare(). */
void shape_cache_text(struct shape_cache *cache, struct shaper *shaper, enum face_role role,
                      const char *text, size_t bytes, struct shaped *shaped,
                      struct line_text *ready);

#endif
