/* Why a NULL is NULL: fetches 列名_态 along with the plain columns of a SELECT (design 6). */
#ifndef MINGBAI_STORE_STATES_H
#define MINGBAI_STORE_STATES_H

#include "store/inside.h"
#include "store/tokens.h"

/* Appends the companion 列名_态 of every plain item (x or t.x, with or without AS) to the outermost
 * select list, where SQLite finds it and it is the origin's. Not for DISTINCT, GROUP BY and
 * compounds, where a further column could change the rows: there NULL is STATE_EMPTY.
 * statement: as prepared from tokens. Returns the statement to run, either it or a new one (then it
 * is finalized); companions[i] becomes the column that holds column i's state, or -1. */
sqlite3_stmt *states_extend(struct store *store, const struct sql_tokens *tokens,
                            sqlite3_stmt *statement, int *companions);

#endif
