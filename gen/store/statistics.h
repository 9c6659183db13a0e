/* The statistics of the schemas: counted once on the full data, given to each store as far as its
 * audience may know them. */
#ifndef MINGBAI_STORE_STATISTICS_H
#define MINGBAI_STORE_STATISTICS_H

#include "store/inside.h"

/* Counts all of them; after the derived columns, which they may count by. Borrows ledgers. */
struct statistics *statistics_count(const struct ledgers *ledgers);
void statistics_free(struct statistics *statistics); /* NULL is allowed */
/* The tables of a ledger, empty. */
void statistics_create_tables(struct store *store, const struct ledger *ledger);
/* Their rows, inside of a transaction. */
void statistics_fill(struct store *store, const struct statistics *statistics);

#endif
