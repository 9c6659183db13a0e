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

/* One of a grid's rows below its head, in order. */
struct grid_row {
    mpt height;
    uint32_t first, end; /* rows of the row set it speaks of; ROW_FIXED: its number and one more */
    uint8_t kind;        /* enum row_kind */
    uint8_t glue;        /* enum glue */
};

/* May a page break stand before a row? */
enum glue {
    GLUE_NONE,
    GLUE_SOFT /* only if nothing else helps */,
    GLUE_HARD /* inside a rowspan */
};

/* What is known of a grid before its widths are. */
struct grid_stats {
    const struct grid *grid;
    size_t nhead, nfixed;
    struct cell_stats **head, **fixed;
    struct cell_stats *detail, *group, *total; /* NULL where the grid has none */
    size_t nrow;
    struct grid_row *rows; /* heights not filled in */
};

struct grid_stats *grid_gather(struct gather *gather, const struct grid *grid);
void grid_stats_free(struct grid_stats *stats);

/* The declared row behind a row; NULL for ROW_EMPTY. number: which of head or fixed rows. */
const struct row *grid_template(const struct grid *grid, enum row_kind kind, size_t number);
const struct cell_stats *grid_cell_stats(const struct grid_stats *stats, enum row_kind kind,
                                         size_t number);
/* What a row's cells may speak of. */
struct row_data grid_row_data(const struct grid *grid, const struct grid_row *row);

#endif
