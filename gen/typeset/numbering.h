/* The numbers of pages: within their unit or section, their volume, the file. Private to typeset/.
 */
#ifndef MINGBAI_TYPESET_NUMBERING_H
#define MINGBAI_TYPESET_NUMBERING_H

#include <glib.h>

#include "base/page_words.h"
#include "typeset/flow.h"

/* A page of the file, in the order of reading. */
struct page_at {
    size_t unit;    /* of the document */
    size_t in_unit; /* from 0 */
    struct page_numbers numbers;
};

/* Adds the pages of the document's next unit to pages (struct page_at), numbered within the unit
 * and its sections. */
void number_unit(GArray *pages, const struct unit_plan *plan, size_t unit);
/* Numbers the pages within their volumes and the file, when all are there. */
void number_file(GArray *pages, const struct document *document);

#endif
