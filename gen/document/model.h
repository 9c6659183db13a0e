/* The document: blocks ready to be set on pages or written to sheets. Built by document/, read by
 * typeset/ and render/, which see nothing else of the data. Everything in it is constant, already
 * masked for its audience, and lives in the document. A grid over data does not own cells: it
 * refers to a row set and formats when drawn (design decisions 8 and 9). */
#ifndef MINGBAI_DOCUMENT_MODEL_H
#define MINGBAI_DOCUMENT_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/audience.h"
#include "base/findings.h"
#include "base/format.h"
#include "base/image.h"
#include "base/part.h"
#include "base/value.h"

typedef int32_t mpt; /* length in 1/1000 pt (1 pt = 1/72 inch) */

#define MPT_PER_MM (72000.0 / 25.4)

/* Faces by what they are for; typeset/fonts.h says which font each becomes. */
enum face_role {
    ROLE_TITLE,
    ROLE_BODY,
    ROLE_HEAD,
    ROLE_KAI,
    ROLE_SONG
}; /* 小标宋 仿宋 黑体 楷体 宋体 */
enum { FACE_ROLES = 5 };

enum align {
    ALIGN_LEFT,
    ALIGN_CENTER,
    ALIGN_RIGHT,
    ALIGN_JUSTIFY, /* last line natural */
    ALIGN_SPREAD, /* 均排: names of two characters as wide as those of three, centred as a block */
    ALIGN_DECIMAL /* right, decimal points under one another */
};

/* What happens to text wider than its cell. Never clipped. */
enum overflow {
    OVERFLOW_WRAP,
    OVERFLOW_SHRINK, /* to size_min, then wrap */
    OVERFLOW_ERROR   /* a finding that names the row */
};

struct text_style {
    enum face_role role;
    mpt size;
    mpt size_min, size_max; /* the range the fit may use; both = size: fixed */
    mpt leading;            /* from baseline to baseline at size; scales with it */
    enum align align;
    enum overflow overflow;
    int indent; /* first line, 1/1000 em; the first line of every paragraph of the text */
    mpt before, after;
    bool bold; /* workbooks only; pages choose the face */
};

struct grid;

struct cell {
    uint16_t column, colspan, rowspan; /* spans at least 1 */
    size_t npart;                      /* 0: an empty cell */
    const struct part *parts;          /* texts may hold \n for a new line */
    const struct text_style *style;
    bool vertical;  /* set upright from top to bottom (a side label) */
    bool rule;      /* when its text is empty: a line to write on (缺项) */
    uint16_t lines; /* ruled lines to write on below its text, 9 mm each (looks.md) */
    /* another grid fills the cell, as wide as it, and stands in it whole; NULL: none. Forms only */
    const struct grid *grid;
    bool open; /* no rule between it and the cell on its right (a group's count at the right end) */
    bool merge;       /* detail cells: one cell with those above it that say the same, as far as the
                         merging cells left of it go together too */
    uint8_t diagonal; /* head cells: labels parted by \n, so many (2 or 3), in the fields that
                         lines from the top left corner make (斜线表头): the lowest first */
};

struct row {
    size_t ncell;
    const struct cell *cells; /* from left to right; columns not named are empty cells */
    mpt height, height_max;   /* least height; what a short page may grow it to (0: not) */
};

/* Which column width the solver gives. Widths exclude nothing: rules are centred on cell edges. */
struct column {
    const char *name;
    mpt width;                /* fixed; 0: solved from the content */
    mpt width_min, width_max; /* 0: no bound */
    int weight;       /* its part of what is left over or lacking; 0: keeps its content's width */
    size_t field;     /* the row set's column it shows, SIZE_MAX: none */
    bool text;        /* workbooks: store as text (IDs, phones, codes) */
    const char *unit; /* or NULL */
    struct format format;       /* workbooks: number format */
    const char *const *choices; /* workbooks: drop-down, NULL-ended; or NULL */
};

enum rules {
    RULES_GRID, /* around every cell */
    RULES_NONE,
    RULES_ROWS,  /* outer and between rows */
    RULES_FRAME, /* outer, and under the head */
    RULES_THREE  /* 三线表: above, under the head, below */
};

/* In 1/1000 pt; 0: 1000, 750, 400. */
struct rule_weights {
    mpt outer, head, inner;
};

/* A level of groups, from the outermost on (base/part.h: struct group_walk). */
struct group {
    size_t by;                     /* column of the row set */
    const struct row *head, *foot; /* drawn before and after its rows; NULL: none */
    bool page;                     /* begins a page, but for the first */
    bool keep;                     /* on one page if it fits one at all */
};

/* A cell of data to be seen at once: filled in workbooks, as a faulty one of a report. */
struct cell_mark {
    uint32_t row, column; /* of the row set and of the grid, from 0 */
};

/* Rows that come with pages, not with data. Their fields are those of no row; their totals run over
 * the rows of data before the page, on it, or up to its end. */
enum page_row {
    PAGE_ROW_CARRIED,  /* 承前页, under the head: the rows before; not on the first page */
    PAGE_ROW_SUBTOTAL, /* 本页小计, below the page's rows: these */
    PAGE_ROW_RUNNING,  /* 累计: up to here */
    PAGE_ROW_CARRY     /* 过次页: the same; not on the last page */
};
enum { PAGE_ROWS = 4 };
enum { GRID_ACROSS = 8 }; /* strips at most */

/* Rows in order: head (repeated on every page), fixed, totals if they come first, then one detail
 * row per row of the row set with the heads and feet of groups between, fill rows, totals; and on
 * every page its page rows, the lower ones above totals that stand there. A list that stands whole
 * on one page and has totals has no 本页小计 and no 累计. */
struct grid {
    size_t ncolumn;
    const struct column *columns;
    size_t nhead, nfixed;
    const struct row *head, *fixed;
    const struct rowset *rows; /* NULL: none */
    const struct row *detail;  /* NULL: none */
    size_t nmark;
    const struct cell_mark *marks; /* in order of rows, then of columns */
    size_t ngroup;
    const struct group *groups; /* at most GROUP_LEVELS */
    size_t fill;                /* detail rows are filled up with blank ones to this many, */
    bool fill_page;             /* and to the end of the last page (补空行) */
    size_t rows_per_page;       /* rows of data; a page is ended after so many; 0: by height */
    const struct row *page_rows[PAGE_ROWS]; /* NULL: none */
    size_t ntotal;
    const struct row *totals; /* 合计, 大写合计 */
    bool total_first;
    const char *empty; /* what stands in place of no rows; NULL: nothing */
    const struct text_style *empty_style;
    const char *side; /* a vertical label cell left of all rows, merged; NULL: none */
    const struct text_style *side_style;
    mpt side_width;
    enum rules rules;
    struct rule_weights weights;
    int padding; /* sideways, 1/1000 em of the cell's size */
    bool joined; /* stands on the grid before it: no gap, one rule between them */
    bool keep;   /* all on one page if it fits one at all (issuers) */
    int across;  /* strips side by side on a page (多栏名单), each with the head; 0: 1 */
    mpt gutter;  /* between them; 0: they share a rule */
    mpt width;   /* 0: the measure */
    mpt before, after;
};

/* A list too long for page 1 becomes 附件: the blocks of a unit are measured as INLINE; if they
 * need more than one page and the unit has blocks marked ATTACHED, they are set as ATTACHED
 * instead. */
enum variant { VARIANT_BOTH, VARIANT_INLINE, VARIANT_ATTACHED };

enum block_kind { BLOCK_TEXT, BLOCK_GRID, BLOCK_SECTION, BLOCK_FIGURE };

struct block_text {
    const char *text;
    const struct text_style *style;
    int outline;   /* 1: enters the outline; 0: does not */
    int lines_max; /* titles: at most so many lines, balanced and broken by sense; 0: a paragraph */
    bool follows;  /* stays with the block above it (a table's note) */
};

/* A new page, or a new sheet. */
struct section {
    const char *name;              /* sheet name, outline entry; at most 31 characters */
    const struct page_setup *page; /* of its pages; NULL: as the unit's */
    bool restart;                  /* its pages are numbered from 1 */
};

enum chart_kind { CHART_BAR, CHART_STACKED, CHART_PIE, CHART_LINE };

/* A column of figures of a chart. */
struct chart_series {
    const char *name;
    size_t field; /* column of the rows; integers, decimals and NULLs */
    struct format format;
};

/* One category for each row of the rows, in their order. */
struct chart {
    enum chart_kind kind;
    bool lying; /* CHART_BAR, CHART_STACKED: bars run to the right, categories under one another */
    const struct rowset *rows;
    size_t label; /* column of the categories' names */
    struct format label_format;
    size_t nseries; /* CHART_PIE: 1 */
    const struct chart_series *series;
    const char *unit; /* of all series, named at the axis; NULL: none, or several */
    bool legend;
    const struct text_style *style; /* of all its words but the title */
};

enum { CHART_SERIES_MAX = 8 }; /* as many as can be told apart */

/* A picture between texts and grids, never divided. */
enum figure_kind { FIGURE_IMAGE, FIGURE_CODE, FIGURE_CHART };

struct block_figure {
    enum figure_kind kind;
    /* Of the picture, without its text; a code's without its quiet zone; a chart's with its text,
     * width 0: the measure. */
    mpt width, height;
    enum align align; /* LEFT, CENTER, RIGHT in the measure */
    /* An image's stands under it; a code's beside it, under one that is centred; a chart's above.
     * NULL: none. */
    const char *text;
    const struct text_style *style;
    mpt before, after;
    union {
        struct {
            const struct image *image;
            const char *file; /* as the template names it */
            const char *alt;  /* what it shows, for who cannot see it; or NULL */
        };
        struct {
            const char *content;          /* what the QR code says */
            size_t side;                  /* modules */
            const unsigned char *modules; /* as base/qr.h gives them */
        };
        struct chart chart;
    };
};

struct block {
    enum block_kind kind;
    enum variant variant;
    struct place place; /* in the template */
    union {
        struct block_text text;
        struct grid grid;
        struct section section;
        struct block_figure figure;
    };
};

/* What stands above or below the type area of a page, on one line. */
enum { BAND_LEFT, BAND_CENTER, BAND_RIGHT, BAND_PARTS };
struct page_band {
    /* At the type area's left edge, middle and right edge; NULL: nothing. Words such as {页} are
     * filled in when the page is drawn (base/page_words.h). */
    const char *parts[BAND_PARTS];
    const struct text_style *style; /* NULL: there are no parts */
    mpt gap;        /* from the type area to its baseline; a header's baseline is above the area */
    bool outer;     /* left and right change places on even pages (GB/T 9704) */
    bool not_first; /* not on a page numbered 1 */
    struct place place;
};

struct page_setup {
    const char *paper; /* A4, or what its style calls it */
    mpt width, height; /* as turned: width > height is landscape */
    mpt top, right, bottom, left;
    mpt binding; /* besides the margin at the edge where sheets are bound (typeset/flow.h) */
    bool turned; /* lies across the document's other pages: it is bound at its top */
    struct page_band header, footer;
};

/* The type area's width and height. */
static inline mpt page_inner_width(const struct page_setup *page)
{
    return page->width - page->left - page->right - (page->turned ? 0 : page->binding);
}

static inline mpt page_inner_height(const struct page_setup *page)
{
    return page->height - page->top - page->bottom - (page->turned ? page->binding : 0);
}

/* A part of a file with its own page count and outline entry: a household's card. */
struct unit {
    const char *name; /* outline; NULL: the document's title */
    size_t nblock;
    const struct block *blocks;
    const struct block *continued; /* heads every page but the unit's first (…（续）); NULL: none */
    const struct page_setup *page; /* NULL: the document's */
    const char *copy;   /* which of several copies it is (农户联); NULL: the only one */
    bool repeated;      /* a copy of a unit that is there: workbooks leave it out */
    const char *volume; /* units in a row of the same one count their pages together; NULL: alone */
};

/* How pages go on sheets (typeset/impose.h). */
enum impose_kind {
    IMPOSE_NONE,    /* one on each side */
    IMPOSE_SLOTS,   /* 2, 4 or 8 on each side, with marks where to cut */
    IMPOSE_BOOKLET, /* 骑马钉: two on each side, in the order that makes a booklet when folded */
    IMPOSE_TILES    /* a large one over several sheets, with an overlap to glue */
};
struct imposition {
    enum impose_kind kind;
    int slots;
    mpt width, height; /* of the sheet, upright; 0: SLOTS, BOOKLET: as large as the pages need */
    mpt overlap;       /* TILES */
    bool whole;        /* BOOKLET: the file is one, else each unit */
};

struct document {
    const char *id;      /* the template's */
    const char *title;   /* metadata */
    const char *author;  /* issuer */
    const char *subject; /* or NULL */
    const char *note;    /* 内部资料 for internal products, else NULL; enters the properties */
    enum audience audience;
    struct page_setup page;
    bool duplex; /* printed on both sides: every unit begins on a front */
    struct imposition imposition;
    bool fill; /* pages: rows grow to their height_max so that the sheet is used */
    size_t nunit;
    const struct unit *units;
};

#endif
