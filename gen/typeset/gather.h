/* The first look at a document's texts: which glyphs they need, how wide they are, and what no font
 * can show. Private to typeset/. */
#ifndef MINGBAI_TYPESET_GATHER_H
#define MINGBAI_TYPESET_GATHER_H

#include "typeset/cell_text.h"
#include "typeset/setter.h"

struct gather {
    struct typeset *typeset;
    struct glyph_set *glyphs;
    struct findings *findings;
    struct place place; /* of the block at hand */
    bool missing;       /* font-no-glyph was reported */
};

/* Makes text the text at hand, as setter_shape(), and takes its glyphs. data and cell: where it
 * stands, NULL for texts outside grids. */
void gather_text(struct gather *gather, enum face_role role, const char *text, size_t bytes,
                 const struct row_data *data, const struct cell *cell);

/* Widths of one cell of a template row over all rows it is drawn for; independent of size. */
struct cell_stats {
    em16 natural;                   /* on one line; the longest 5 % left out */
    em16 most;                      /* on one line, of the longest */
    em16 unit;                      /* what cannot be broken */
    em16 halved;                    /* on two good lines */
    em16 before_point, after_point; /* ALIGN_DECIMAL */
    bool paragraphs;                /* some text holds a new line */
};

/* May a page break stand before a row? The last resort first. */
enum glue {
    GLUE_NONE,
    GLUE_KEEP, /* only if its group is longer than a page */
    GLUE_SOFT, /* a page gets a single row or line of what has more */
    GLUE_FIRM, /* only if nothing else helps: a head, a total or a signature stands alone */
    GLUE_HARD  /* inside a rowspan */
};

/* One of a grid's rows below its head, in order. */
struct grid_row {
    uint32_t first, end; /* rows of the row set it speaks of; ROW_FIXED, ROW_TOTAL: its number */
    uint32_t parent;     /* 1 + the row that heads the innermost group it stands in; 0: none */
    uint16_t slice;      /* of a row taller than a page: its line, from 1; 0: the whole row */
    uint8_t kind;        /* enum row_kind */
    uint8_t glue;        /* enum glue */
    uint8_t level;       /* ROW_GROUP, ROW_FOOT: of the group; ROW_PAGE: enum page_row */
    bool page;           /* begins a page, whatever room there is */
};

/* What is known of a grid before its widths are. */
struct grid_stats {
    const struct grid *grid;
    size_t nhead, nfixed, ntotal, ngroup;                       /* the grid's: it may go first */
    struct cell_stats **head, **fixed, **totals;                /* one a row */
    struct cell_stats **group_heads, **group_feet, **page_rows; /* NULL where the grid has none */
    struct cell_stats *detail;                                  /* the same */
    size_t nrow;
    struct grid_row *rows;
    GPtrArray *inner; /* struct grid_stats *: of grids in cells; NULL: none */
};

/* Sets rows and nrow of stats, whose grid is set (grid_rows.c). */
void grid_order_rows(struct grid_stats *stats);
struct grid_stats *grid_gather(struct gather *gather, const struct grid *grid);
void grid_stats_free(struct grid_stats *stats);
/* Gathers the grids in a fixed row's cells. */
void grid_gather_inner(struct gather *gather, struct grid_stats *stats, const struct row *row);

/* The declared row behind a row; NULL for ROW_EMPTY. */
const struct row *grid_template(const struct grid *grid, const struct grid_row *row);
struct cell_stats *grid_cell_stats(const struct grid_stats *stats, const struct grid_row *row);
/* Row number of a kind of which there are several (heads, fixed rows, totals, page rows, …). */
struct grid_row grid_row_of(enum row_kind kind, size_t number);
/* Calls back for every declared row that the grid has. */
void grid_each_template(const struct grid *grid,
                        void (*visit)(void *user, const struct grid_row *row), void *user);
/* What a row's cells may speak of; of ROW_PAGE all rows, as wide as it can get. */
struct row_data grid_row_data(const struct grid *grid, const struct grid_row *row);

#endif
