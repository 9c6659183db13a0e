/* Ratios: columns of a data set that types declare as a part of another column (of) or of a
 * column's sum (share). They follow the columns of the SQL, each with a companion that shows how it
 * came about: 占比 41.5％, _占比_式 41.5％（166/400）. Computed exactly and rounded once, half-up
 * (domain.md 1.6). Private to document/. */
#ifndef MINGBAI_DOCUMENT_RATIO_H
#define MINGBAI_DOCUMENT_RATIO_H

#include "document/scope.h"

/* Appends the set's ratios to its columns. What is wrong with their declarations becomes findings:
 * template-ambiguous-name, template-unknown-column, template-not-a-number. */
void ratio_add_columns(struct binding *binding, struct set *set, struct findings *findings);
/* Whether the column is a ratio, with its companion behind it. */
bool ratio_is_column(const struct binding *binding, const struct set *set, size_t column);
/* rows of the set's query with its ratios; rows itself when it has none, else rows is freed. A part
 * of nothing or of 0 is VALUE_NULL, STATE_NONE, which prints —; of what is invalid, invalid. */
struct rowset *ratio_fill(const struct binding *binding, const struct set *set,
                          struct rowset *rows);
/* What must be said under a table that shows the column: 注：因四舍五入，各项占比之和为99.9％。, in
 * the scope's arena. NULL: it is no share, or its shares add up to 100 or there are none. */
const char *ratio_note(const struct scope *scope, const struct set *set, const struct rowset *rows,
                       size_t column);

#endif
