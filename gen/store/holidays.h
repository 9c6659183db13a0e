/* The ledger 节假日 as a calendar. */
#ifndef MINGBAI_STORE_HOLIDAYS_H
#define MINGBAI_STORE_HOLIDAYS_H

#include "base/calendar.h"
#include "ledger/ledger.h"

/* One row a day: 日期, 类型 (放假 or 上班). A row whose kind is not known spoils its year's table,
 * one whose day is not known or that could not be read spoils all. The caller frees it. */
struct calendar *holidays_read(const struct ledgers *ledgers);

#endif
