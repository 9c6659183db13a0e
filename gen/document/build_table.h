/* A table while it is built. Private to build_table.c and build_bands.c. */
#ifndef MINGBAI_DOCUMENT_BUILD_TABLE_H
#define MINGBAI_DOCUMENT_BUILD_TABLE_H

#include "document/build.h"

struct table {
    struct building *building;
    const struct body_table *body;
    const struct set *set;
    const struct rowset *rows;
    const struct grid_style *style;
};

/* What column i of the table shows: its place in the row set, its field in the schema, its kind. */
struct shown {
    size_t field; /* SIZE_MAX: none or several */
    const struct field *origin;
    const char *table;
    struct kind kind;
};

int table_align(const struct table_column *column, const struct shown *shown); /* enum align */
/* Fills a cell from a phrase over rows: names of their columns stay open, all else is filled now.
 */
void table_row_parts(const struct table *table, const struct phrase *phrase, struct cell *cell);
void table_one_part(const struct table *table, enum part_kind kind, size_t field,
                    struct format format, struct cell *cell);

/* Groups, totals and page rows of a grid whose columns are made (build_bands.c). */
void table_bands(const struct table *table, const struct shown *shown, struct grid *grid);
/* The texts below it, as blocks that stay with it. */
void table_notes(const struct table *table, const struct body_block *block);

#endif
