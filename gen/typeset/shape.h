/* Text to clusters of glyphs: the face is chosen by us per grapheme cluster; plain Han and
 * full-width marks take a cached path, every other run is shaped by HarfBuzz with the face given
 * (design decision 7). Lengths are independent of size: 1/65536 em. */
#ifndef MINGBAI_TYPESET_SHAPE_H
#define MINGBAI_TYPESET_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "document/model.h"
#include "typeset/fonts.h"
#include "typeset/page.h"

typedef int32_t em16; /* 1/65536 em */

static inline mpt em_to_mpt(em16 em, mpt size)
{
    return (mpt)(((int64_t)em * size + 32768) >> 16);
}

struct cluster_glyph {
    uint32_t glyph;
    em16 x,
        y; /* offset from the cluster's origin, what glyphs before it took included; y upwards */
    em16 advance; /* those of a cluster's glyphs add up to the cluster's */
};

/* One grapheme cluster, or a ligature (—— and …… are one each). Never broken inside. */
struct cluster {
    uint32_t text_at, text_bytes; /* in the shaped text */
    uint32_t character;           /* its first code point */
    uint32_t font;                /* number of the face (fonts_face); UINT32_MAX: none has it */
    uint32_t glyph_at, nglyph;    /* in shaped.glyphs */
    bool drawn;                   /* as a path, over the space its glyph leaves */
    em16 advance;
    em16 ink_left, ink_right; /* from the origin, for squeezing marks: Han and full-width marks
                                 have their ink, all others 0 and advance */
};

/* Reused for many texts: reset keeps the memory. */
struct shaped {
    size_t ncluster;
    struct cluster *clusters;
    size_t nglyph;
    struct cluster_glyph *glyphs;
    size_t cluster_room, glyph_room;
};

void shaped_clear(struct shaped *shaped); /* empty, memory kept */
void shaped_release(struct shaped *shaped);

struct shaper;

struct shaper *shaper_new(const struct fonts *fonts);
void shaper_free(struct shaper *shaper);
/* Appends text's clusters (valid UTF-8; positions count from text's start). \n comes out as a
 * cluster of no glyphs, and so do invisible characters (zero-width space, CR, marks of direction):
 * advance 0, font of the role's first face. A tab is a space. Combining marks stay with the
 * character before. Check boxes ☐ ☑ ☒ are a space's glyph, 1 em wide, and so are two low lines and
 * more, ____ (a blank to write on), half an em each: the setter draws them.
 * A character no face has becomes a cluster with font UINT32_MAX, no glyphs and
 * advance 1 em; the caller reports it. */
void shape_text(struct shaper *shaper, enum face_role role, const char *text, size_t bytes,
                struct shaped *shaped);
/* The Han box of the role's first face: 1 em high, centred on the ink of 国, so that faces side by
 * side in one row stand at one height. From the baseline; descent positive downwards. */
void shaper_metrics(struct shaper *shaper, enum face_role role, em16 *ascent, em16 *descent);

/* The glyphs a document uses, gathered while measuring. Borrows the shaper. */
struct glyph_set;

struct glyph_set *glyph_set_new(const struct shaper *shaper);
void glyph_set_free(struct glyph_set *set); /* NULL is allowed */
void glyph_set_add(struct glyph_set *set, const struct shaped *shaped, const char *text);
bool glyph_set_has(const struct glyph_set *set, uint32_t font, uint32_t glyph);
/* One subset per face used, in the order of their numbers (struct page_font); faces are renumbered
 * densely: (*map)[font] is the index among the subsets, UINT32_MAX for a face not used. An empty
 * set gives no subsets, *count 0, and a pointer that is not NULL. NULL with font-subset-failed,
 * *map NULL. g_free() *map; the subsets by page_fonts_free. */
struct page_font *glyph_set_subset(const struct glyph_set *set, size_t *count, uint32_t **map,
                                   struct findings *findings);
void page_fonts_free(struct page_font *fonts, size_t count); /* NULL is allowed */

#endif
