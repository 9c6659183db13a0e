/* Pages as display lists: what typeset/ hands to the renderers that paint. Lengths are 1/1000 pt
 * from the page's top left corner. */
#ifndef MINGBAI_TYPESET_PAGE_H
#define MINGBAI_TYPESET_PAGE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/findings.h"
#include "document/model.h"

/* A face as embedded: an OpenType subset of the glyphs a document uses (design decision 10). Lent
 * by the layout. */
struct page_font {
    const char *name; /* family and style, for dumps */
    GBytes *bytes;    /* owns data: who needs it for longer takes a reference */
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

struct page_point {
    mpt x, y;
};

/* How a stroke is broken; lengths grow with its weight. */
enum page_dash { DASH_NONE, DASH_LONG, DASH_SHORT, DASH_DOTTED, DASH_MIXED };

/* What fills an area: told apart without colour or grey, on the worst copier. */
enum page_pattern {
    PATTERN_NONE, /* what is below shows through */
    PATTERN_WHITE,
    PATTERN_BLACK,
    PATTERN_RISING,  /* hatched from lower left to upper right */
    PATTERN_FALLING, /* from upper left to lower right */
    PATTERN_CROSSED, /* both */
    PATTERN_DOTTED,
    PATTERN_LEVEL,
    PATTERN_UPRIGHT,
    PATTERN_GRID /* level and upright */
};

enum page_item_kind {
    PAGE_TEXT,    /* one run of one face and size on one line */
    PAGE_RULE,    /* a filled box, drawn below all else: table rules */
    PAGE_TICK,    /* √ */
    PAGE_CROSS,   /* × */
    PAGE_LINE,    /* a stroke from x, y to x + w, y + h; w and h may be negative */
    PAGE_FRAME,   /* the outline of the box: strokes in the middle of its edges */
    PAGE_CHECK,   /* an empty check box: a frame */
    PAGE_CHECKED, /* with a tick in it */
    PAGE_PATH,    /* points joined by strokes, or an area filled with a pattern */
    PAGE_IMAGE,   /* a picture, as large as the box */
    PAGE_CODE     /* the modules of a QR code, without the quiet zone around them */
};

/* Items are painted in order, but rules first and texts last. */
struct page_item {
    enum page_item_kind kind;
    mpt x, y, w, h; /* TEXT: x, y = baseline start, w = set width; others: the box's top left */
    union {
        struct { /* TEXT */
            /* the source's text of this run, UTF-8, NUL-terminated; of a 均排 name in two faces the
             * whole name stands in the first item, nothing in the second */
            const char *text;
            uint32_t font; /* index into layout_fonts() */
            mpt size;
            size_t nglyph;
            const struct page_glyph *glyphs;
            bool spaced; /* a reader would see a gap or overlap the text has not: needs ActualText
                          */
        };
        struct {        /* LINE, FRAME, CHECK, CHECKED, PATH */
            mpt weight; /* of the stroke; PATH: 0 is none */
            enum page_dash dash;
            enum page_pattern pattern;       /* PATH: a pattern closes it */
            size_t npoint;                   /* PATH */
            const struct page_point *points; /* from x, y on */
        };
        const struct image *image;        /* IMAGE: lent by the document */
        struct {                          /* CODE: likewise */
            size_t side;                  /* modules */
            const unsigned char *modules; /* side x side: 1 dark, 0 light */
        };
    };
};

/* A side of a sheet, with one page of the document or several. */
struct page {
    size_t number; /* in the file, from 1 */
    mpt width, height;
    /* The first nclip items are seen only inside this box: a part of a page larger than the sheet.
     */
    size_t nclip;
    mpt clip_x, clip_y, clip_w, clip_h;
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
