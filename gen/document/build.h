/* Makes the blocks of a document out of a template's blocks and a scope. Private to document/. */
#ifndef MINGBAI_DOCUMENT_BUILD_H
#define MINGBAI_DOCUMENT_BUILD_H

#include "document/scope.h"

/* A document and all it owns. */
struct made {
    struct document document; /* first: document_free() is given its address */
    struct arena *arena;
    GPtrArray *rowsets; /* those grids refer to */
    GHashTable *images; /* path to struct image: each is read once */
};

struct building {
    struct scope *scope;
    struct made *made;
    struct sheets sheets;
    size_t document_paper;         /* of the sheet's papers: the one chosen for the file */
    const struct paper *paper;     /* whose styles the blocks at hand take */
    const struct page_setup *page; /* they stand on; NULL: no unit is begun */
    bool page_of_unit;             /* header or footer name values of the unit */
    GArray *blocks;                /* struct block, of the unit being made */
    GHashTable *kept;              /* rowsets of this unit that grids refer to */
    size_t rows, tables,
        empty_tables;    /* printed; a table with inline and attached block counts once */
    const char *issuers; /* joined, for the document's author; NULL: none yet */
};

/* Adds the template's blocks for the unit in scope (or the document as a whole). */
void build_blocks(struct building *building);

/* The unit's pages begin: its own where they tell of it, else the document's (build_page.c). NULL
 * when they are the document's. */
const struct page_setup *build_unit_page(struct building *building);
void build_section(struct building *building, const struct body_block *block);

void build_table(struct building *building, const struct body_block *block);
void build_form(struct building *building, const struct body_block *block);
void build_contacts(struct building *building, const struct body_block *block);
void build_issuers(struct building *building, const struct body_block *block);
void build_chart(struct building *building, const struct body_block *block);
void build_image(struct building *building, const struct body_block *block);
void build_code(struct building *building, const struct body_block *block);

/* What figures of that unit count when they are written in format: 元, 万元; NULL: nothing, or what
 * the figures say themselves. */
const char *build_unit_name(struct arena *arena, const char *unit, struct format format);

/* For struct made. */
GHashTable *build_images_new(void);

/* Below a table of shares: what they add up to, if it is not 100 %, and a finding that says so. */
void build_share_notes(struct building *building, const struct body_block *block,
                       const struct body_table *body, const struct set *set,
                       const struct rowset *rows);

/* For the builders of grids. */
struct grid build_grid(const struct grid_style *style, const struct paper *paper,
                       struct building *building, const struct phrase *side, bool joined);
void build_add_grid(struct building *building, const struct body_block *block, struct grid grid);
/* The style of that name, with another alignment when align is not -1. */
const struct text_style *build_style(struct building *building, const char *name, int align);
/* A cell of fixed text; "" makes an empty one. */
struct cell build_cell(struct building *building, size_t column, size_t span, const char *text,
                       const struct text_style *style);
struct row *build_row(struct building *building, const struct cell *cells, size_t count, mpt height,
                      mpt height_max);

#endif
