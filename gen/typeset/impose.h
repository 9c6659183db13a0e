/* Which pages go where on which side of which sheet. Pure: it knows pages by their sizes only.
 * Private to typeset/.
 *
 * Pages are never scaled unless a sheet is declared that is too small for them. Sheets printed on
 * both sides are turned over sideways, about their upright axis. */
#ifndef MINGBAI_TYPESET_IMPOSE_H
#define MINGBAI_TYPESET_IMPOSE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "typeset/page.h"

/* A page of the document, in the order of reading. */
struct impose_page {
    mpt width, height;
    bool begins; /* the first of a unit */
};

enum { SCALE_ONE = 65536 };

/* A page on a side of a sheet. */
struct placed {
    size_t page; /* from 0 */
    mpt x, y;    /* of its top left corner */
    int scale;   /* SCALE_ONE: as it is */
    bool back;   /* it is read on the back of its leaf, bound at its right */
};

/* A side of a sheet. */
struct side {
    mpt width, height;
    size_t first, count; /* in placed */
    int columns, rows;   /* SLOTS, BOOKLET: how it is cut or folded; TILES: how many sheets the page
                            takes; else 0 */
    int column, row;     /* TILES: which of them, from 0 */
    mpt x, y, w, h;      /* TILES: what of the page is seen, on the sheet */
};

struct imposed {
    bool both_sides; /* `back` tells even pages from odd ones */
    GArray *sides;   /* struct side */
    GArray *placed;  /* struct placed */
};

/* Free with imposed_clear(). */
struct imposed impose(const struct imposition *imposition, bool duplex,
                      const struct impose_page *pages, size_t count);
/* Marks name pages of the document, of which there are npage, and come to name sides of sheets. */
void impose_marks(const struct imposed *imposed, size_t npage, struct page_mark *marks,
                  size_t count);
/* The smallest scale a page is placed at. */
int imposed_scale(const struct imposed *imposed);
void imposed_clear(struct imposed *imposed);

#endif
