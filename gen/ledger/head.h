/* The head of a table: one column's names, as they are compared, and the unit written with them.
 * Internal to ledger/. */
#ifndef MINGBAI_LEDGER_HEAD_H
#define MINGBAI_LEDGER_HEAD_H

#include <stdbool.h>

#include "base/arena.h"

/* Under a two-row head a column matches by its joined name 资金来源/中央, then by its lower name,
 * then by its upper one (design 4). A head one row high has lower names only. */
enum { HEAD_JOINED, HEAD_LOWER, HEAD_UPPER, HEAD_NAMES };

/* Folded by text_fold_key; bare is full without a bracket at its end, NULL if it has none. */
struct head_name {
    const char *full, *bare;
};

struct head_column {
    const char *text;                   /* as written, for people; NULL: the column has no head */
    struct head_name names[HEAD_NAMES]; /* full NULL: no such name */
    const char *unit;                   /* what the bracket at the end holds, folded; or NULL */
};

/* upper and lower as written, each may be NULL or blank. in_group: upper is a group's name. */
void head_column_read(struct arena *arena, const char *upper, const char *lower, bool in_group,
                      struct head_column *column);
/* Folded name split at its last bracket: 金额(万元) is 金额 and 万元. */
struct head_name head_name_of(struct arena *arena, const char *text, const char **unit);

enum unit_fit {
    UNIT_FITS,   /* *scale is the power of ten from one to the other */
    UNIT_NONE,   /* no unit: some other remark in a bracket */
    UNIT_FOREIGN /* a unit that cannot be converted: 公顷 for 亩 */
};
/* From the unit of a head or title (万元, folded) to that of a field (元). */
enum unit_fit unit_scale(const char *from, const char *to, int *scale);

#endif
