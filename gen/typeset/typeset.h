/* From a document to pages, in two passes: typeset_measure() finds breaks and glyphs, layout_draw()
 * (typeset/page.h) makes one page at a time. */
#ifndef MINGBAI_TYPESET_TYPESET_H
#define MINGBAI_TYPESET_TYPESET_H

#include "document/model.h"
#include "typeset/fonts.h"
#include "typeset/page.h"

/* Caches of shaped glyphs; one a thread, used for many documents. Borrows fonts. */
struct typeset;

struct typeset *typeset_new(const struct fonts *fonts);
void typeset_free(struct typeset *typeset);

/* Which variant, how large the type, where pages break, which glyphs. NULL with findings:
 * font-no-glyph (a text of the template or bound from it; the place is the block's), one
 * font-no-glyph-row for every cell of a row set that holds such a character (arguments: character,
 * code point, number of the row in the row set from 1, column, and the row's _id if the row set has
 * that column, else empty: the caller finds the ledger's line by it), layout-cell-too-tall,
 * layout-cell-too-wide, layout-too-wide, layout-band-too-wide, layout-figure-too-large,
 * font-subset-failed. Warnings and notes, each once for a block of the template, with the count
 * over all units: layout-word-broken, layout-title-long, layout-row-split, layout-cell-shrunk,
 * layout-chart-crowded; for the whole layout-scaled. The document must outlive the layout's
 * drawing. */
struct layout *typeset_measure(struct typeset *typeset, const struct document *document,
                               struct findings *findings);
void layout_free(struct layout *layout);

#endif
