/* Rows by a key: a text built from some of their values. Internal to ledger/. */
#ifndef MINGBAI_LEDGER_ROW_INDEX_H
#define MINGBAI_LEDGER_ROW_INDEX_H

#include <stddef.h>

struct row_index;

struct row_index *row_index_new(size_t rows); /* as many as the ledger has */
void row_index_free(struct row_index *index); /* NULL is allowed */
void row_index_add(struct row_index *index, const char *key, size_t row);
/* The rows of a key, the latest added first; SIZE_MAX ends them. */
size_t row_index_first(const struct row_index *index, const char *key);
size_t row_index_next(const struct row_index *index, size_t row);

#endif
