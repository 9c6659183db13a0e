/* Pages as display lists: what typeset/ hands to the renderers that paint. Lengths are 1/1000 pt
 * from the page's top left corner. */
#ifndef MINGBAI_TYPESET_PAGE_H
#define MINGBAI_TYPESET_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/findings.h"
#include "document/model.h"

/* A face as embedded: an OpenType subset of the glyphs a document uses (design decision 10). Lent
 * by the layout. */
struct page_font {
    const char *name; /* family and style, for dumps */
    const unsigned char *data;
    size_t size;
    /* Pages name glyphs by their number in the full face; numbers[glyph] is the one in data. */
    const uint16_t *numbers;
    size_t nnumber; /* glyphs of the full face */
};

struct page_glyph {
    uint32_t glyph; /* in the full face */
    mpt x, y;       /* origin of the glyph on the baseline */
    mpt advance;
    uint32_t text_at; /* its first byte in the item's text */
};

enum page_item_kind { PAGE_TEXT, PAGE_RULE, PAGE_TICK, PAGE_CROSS };

struct page_item {
    enum page_item_kind kind;
    mpt x, y, w, h; /* TEXT: x, y = baseline start, w = set width; others: the box's top left */
    /* TEXT: one run of one face and size on one line */
    /* the source's text of this run, UTF-8, NUL-terminated; of a 均排 name in two faces the whole
     * name stands in the first item, nothing in the second */
    const char *text;
    uint32_t font; /* index into layout_fonts() */
    mpt size;
    size_t nglyph;
    const struct page_glyph *glyphs;
    bool spaced; /* a reader would see a gap or overlap the text has not: needs ActualText */
};

struct page {
    size_t number; /* in the file, from 1 */
    mpt width, height;
    size_t nitem;
    const struct page_item *items;
};

/* An entry of the outline. */
struct page_mark {
    const char *title;
    size_t page; /* from 1 */
    mpt y;
    int level; /* 1, 2 */
};

/* A measured document: where its pages break, how many there are, which glyphs it needs. */
struct layout;

size_t layout_pages(const struct layout *layout);
const struct page_font *layout_fonts(const struct layout *layout, size_t *count);
const struct page_mark *layout_marks(const struct layout *layout, size_t *count);
/* One page's display list, lent until the next call. Never fails: what could fail was found when
 * measuring. */
const struct page *layout_draw(struct layout *layout, size_t number);
/* To be asked when the pages are drawn: 0, or -1 with font-glyph-missed when a glyph was drawn that
 * the subsets do not hold, which would print as a gap: a bug in us. */
int layout_check(const struct layout *layout, struct findings *findings);

#endif
