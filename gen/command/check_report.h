/* 数据问题清单: the findings as workbooks that go back to the villages. */
#ifndef MINGBAI_COMMAND_CHECK_REPORT_H
#define MINGBAI_COMMAND_CHECK_REPORT_H

#include "command/options.h"
#include "ledger/ledger.h"

/* Below the internal folder, 数据问题清单/: for each village with an error or a warning one workbook:
 * what is wrong, then each of its ledgers that something is wrong with, row by row, the cells filled
 * and the reasons beside them; and 汇总, which counts by code and village and lists what belongs to
 * no village. Cells that could not be read show their own text: internal. -1 with findings. */
int check_report_write(const struct options *options, const struct ledgers *ledgers,
                       struct findings *findings);

#endif
