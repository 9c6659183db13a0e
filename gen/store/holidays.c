/* The ledger 节假日 as a calendar. */
#include "store/holidays.h"

#include <string.h>

static void read_row(struct calendar *calendar, struct value day, struct value kind)
{
    struct date date;

    if (day.type != VALUE_TEXT || !date_parse_iso(day.text, &date) || !date.day)
        calendar_spoil(calendar, 0);
    else if (kind.type != VALUE_TEXT)
        calendar_spoil(calendar, date.year);
    else
        calendar_set(calendar, date, strcmp(kind.text, "上班") == 0);
}

struct calendar *holidays_read(const struct ledgers *ledgers)
{
    struct calendar *calendar = calendar_new();

    for (size_t i = 0; i < ledgers->count; i++) {
        const struct ledger *ledger = &ledgers->list[i];
        const size_t day = schema_field(ledger->schema, "日期");
        const size_t kind = schema_field(ledger->schema, "类型");

        if (strcmp(ledger->schema->name, "节假日") != 0 || day == SIZE_MAX || kind == SIZE_MAX)
            continue;
        for (size_t row = 0; row < rowset_rows(ledger->rows); row++)
            read_row(calendar, rowset_at(ledger->rows, row, day),
                     rowset_at(ledger->rows, row, kind));
        for (size_t k = 0; k < ledgers->nlost; k++) {
            if (ledgers->lost[k].ledger == i)
                calendar_spoil(calendar, 0);
        }
    }
    return calendar;
}
