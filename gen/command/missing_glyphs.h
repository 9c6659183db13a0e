/* Where in the ledgers a character stands that no font has: the page only knows its row. */
#ifndef MINGBAI_COMMAND_MISSING_GLYPHS_H
#define MINGBAI_COMMAND_MISSING_GLYPHS_H

#include <glib.h>
#include <stddef.h>

#include "base/findings.h"
#include "document/bind.h"
#include "ledger/ledger.h"

/* For each font-no-glyph and font-no-glyph-row among the findings from number first on: adds
 * render-no-glyph at every cell of the fields read that holds its character. traced: a set of the
 * characters done before (owns its keys), each is traced once. */
void missing_glyphs_trace(const struct ledgers *ledgers, const struct query_read *reads,
                          size_t nread, size_t first, GHashTable *traced,
                          struct findings *findings);

#endif
