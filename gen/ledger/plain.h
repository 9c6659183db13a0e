/* Cells as they are written out again: what merged and compared ledgers say. Internal store only:
 * cells that could not be read keep their own text. */
#ifndef MINGBAI_LEDGER_PLAIN_H
#define MINGBAI_LEDGER_PLAIN_H

#include <glib.h>

#include "ledger/ledger.h"

struct plain;

struct plain *plain_new(const struct ledgers *ledgers); /* borrows ledgers */
void plain_free(struct plain *plain);                   /* NULL is allowed */
/* ledger: its index. An empty cell gives nothing, one that says 无 or / gives 无, a boolean 是 or
 * 否, a number all its decimals and no more, a cell that could not be read its text. */
void plain_append(GString *out, const struct plain *plain, size_t ledger, size_t row, size_t field);
/* The same as a value: a number where it is one, else a text, which lives in store, or a NULL,
 * STATE_EMPTY. */
struct value plain_value(const struct plain *plain, size_t ledger, size_t row, size_t field,
                         GString *store);

#endif
