/* The HarfBuzz faces of one shaper, each opened when it is first needed. Private to shape.c and
 * subset.c. */
#ifndef MINGBAI_TYPESET_FACES_H
#define MINGBAI_TYPESET_FACES_H

#include <hb.h>
#include <stdint.h>

#include "typeset/fonts.h"
#include "typeset/shape.h"

struct faces;

struct faces *faces_new(const struct fonts *fonts);
void faces_free(struct faces *faces);
const struct fonts *faces_fonts(const struct faces *faces);
/* Face number of fonts, its scale 65536 to the em; lent. A file that cannot be read gives a font
 * without glyphs. */
hb_font_t *faces_font(struct faces *faces, uint32_t number);

struct faces *shaper_faces(const struct shaper *shaper);

#endif
