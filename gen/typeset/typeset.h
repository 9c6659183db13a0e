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

/* NULL with findings: font-no-glyph (character, code point, and the ledger row or template line that
 * holds it), layout-cell-too-tall, layout-too-wide. Warnings: a long word broken, a cell shrunk.
 * The document must outlive the layout. */
struct layout *typeset_measure(struct typeset *typeset, const struct document *document,
                               struct findings *findings);
void layout_free(struct layout *layout);

#endif
