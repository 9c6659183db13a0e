/* The clusters of a text item: which glyphs stand for which bytes. */
#ifndef MINGBAI_RENDER_RUN_H
#define MINGBAI_RENDER_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "typeset/page.h"

/* glyphs[glyph_at, glyph_at + nglyph) stand for text[text_at, text_at + text_bytes). */
struct run_cluster {
    size_t glyph_at, nglyph;
    size_t text_at, text_bytes;
};

/* The cluster after *cluster, or the first when *cluster is all zero; false at the end. Together
 * they cover all glyphs and all bytes: bytes without a glyph belong to the cluster before, at the
 * start to the first one. */
bool run_next(const struct page_item *item, struct run_cluster *cluster);

#endif
