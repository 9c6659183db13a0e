/* What stands in a cell, for the row it is drawn in. Private to typeset/. */
#ifndef MINGBAI_TYPESET_CELL_TEXT_H
#define MINGBAI_TYPESET_CELL_TEXT_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "document/model.h"

enum row_kind {
    ROW_HEAD,
    ROW_FIXED,
    ROW_TOTAL,
    ROW_GROUP, /* a group's head */
    ROW_FOOT,  /* a group's foot */
    ROW_PAGE,  /* enum page_row */
    ROW_DETAIL,
    ROW_FILL,
    ROW_EMPTY
};

/* The row a cell stands in, and the rows of the row set it speaks of. */
struct row_data {
    enum row_kind kind;
    bool continued; /* ROW_GROUP: repeated on a new page */
    struct part_scope scope;
};

#define CELL_CONTINUED "（续）"

/* Appends the cell's text. A fill row has none; a repeated group head counts nothing, and （续） is
 * behind its words. */
void cell_compose(GString *out, const struct cell *cell, const struct row_data *data);

enum cell_tick { TICK_NONE, TICK_BLANK, TICK_YES, TICK_NO };
/* A cell whose one part is a field of FORMAT_TICK is drawn, not written. */
enum cell_tick cell_tick(const struct cell *cell, const struct row_data *data);

#endif
