/* All files of one ledger as one table: by the schema's fields, never by position, each row with
 * where it comes from; how that adds up, source by source; and what stands there twice. */
#ifndef MINGBAI_LEDGER_MERGE_H
#define MINGBAI_LEDGER_MERGE_H

#include "ledger/ledger.h"

struct merged {
    /* The fields that are read, in the schema's order, then 来源文件 and 来源行: a row for each row
     * of the ledger, cells as plain_value() gives them. */
    struct rowset *rows;
    /* For each source: 读入行 rows its file holds, 计入行 those of them that stand in rows, 重复行
     * those that stand elsewhere already, the exact sum of each field of numbers (years are none)
     * that is not wholly blank, 有误格 its cells of such fields that are no number and are in no
     * sum. Then three rows: 各来源之和, 合并表合计 (of rows), and 相差. 读入行 is empty for a file
     * of another ledger whose rows fill this one, too (schema: also). */
    struct rowset *sources;
    /* Rows that were equal and count once, and rows of one key with different contents: 情形, the
     * one's file and line, the other's, and the columns in which they differ. */
    struct rowset *repeats;
    bool balanced; /* every number of 相差 is 0, and 读入行 = 计入行 + 重复行 wherever it is told */
};

/* ledger: its index. merged_free() it. */
struct merged *merge_ledger(const struct ledgers *ledgers, size_t ledger);
void merged_free(struct merged *merged); /* NULL is allowed */

#endif
