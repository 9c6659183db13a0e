/* Working days and periods of public notice. */
#include "base/calendar.h"

#include "base/text.h"

enum { YEAR_FIRST = 1900, YEARS = 300 };
enum table { TABLE_NONE, TABLE_KNOWN, TABLE_SPOILT };
enum day { DAY_OFF = 1, DAY_WORKED };

struct calendar {
    GHashTable *days; /* days since 1900-01-01 to enum day */
    unsigned char tables[YEARS];
    bool spoilt; /* all of them */
};

struct calendar *calendar_new(void)
{
    struct calendar *calendar = g_new0(struct calendar, 1);

    calendar->days = g_hash_table_new(NULL, NULL);
    return calendar;
}

void calendar_free(struct calendar *calendar)
{
    if (!calendar)
        return;
    g_hash_table_destroy(calendar->days);
    g_free(calendar);
}

static unsigned char *table_of(struct calendar *calendar, int year)
{
    return &calendar->tables[CLAMP(year - YEAR_FIRST, 0, YEARS - 1)];
}

void calendar_set(struct calendar *calendar, struct date day, bool works)
{
    unsigned char *table = table_of(calendar, day.year);

    g_hash_table_insert(calendar->days, GINT_TO_POINTER(date_to_days(day)),
                        GINT_TO_POINTER(works ? DAY_WORKED : DAY_OFF));
    if (*table == TABLE_NONE)
        *table = TABLE_KNOWN;
}

void calendar_spoil(struct calendar *calendar, int year)
{
    if (year)
        *table_of(calendar, year) = TABLE_SPOILT;
    else
        calendar->spoilt = true;
}

int calendar_works(const struct calendar *calendar, struct date day)
{
    const int days = date_to_days(day), year = day.year - YEAR_FIRST;
    const int said = GPOINTER_TO_INT(g_hash_table_lookup(calendar->days, GINT_TO_POINTER(days)));

    if (calendar->spoilt || year < 0 || year >= YEARS || calendar->tables[year] != TABLE_KNOWN)
        return -1;
    if (said)
        return said == DAY_WORKED;
    return days % 7 < 5; /* 1900-01-01 was a Monday */
}

int calendar_working_days(const struct calendar *calendar, struct date first, struct date last,
                          int *year)
{
    int count = 0;

    for (int day = date_to_days(first); day <= date_to_days(last); day++) {
        const struct date date = date_from_days(day);
        const int works = calendar_works(calendar, date);

        if (works < 0) {
            *year = date.year;
            return -1;
        }
        count += works;
    }
    return count;
}

bool period_parse(const char *name, enum period_count *count)
{
    static const struct {
        const char *name;
        enum period_count count;
    } NAMES[] = {
        {"自然日", PERIOD_NATURAL},
        {"含首尾自然日", PERIOD_NATURAL},
        {"日历天", PERIOD_NATURAL},
        {"日历日", PERIOD_NATURAL},
        {"含首日", PERIOD_NATURAL},
        {"不含首日", PERIOD_ROLLED},
        {"不含首日自然日", PERIOD_ROLLED},
        {"不含首日且遇节假日顺延", PERIOD_ROLLED},
        {"节假日顺延", PERIOD_ROLLED},
        {"顺延", PERIOD_ROLLED},
        {"工作日", PERIOD_WORKING},
        {"不含首日工作日", PERIOD_WORKING},
        {"含首日工作日", PERIOD_WORKING_FIRST},
    };
    char *folded = text_fold_key(name);
    bool known = false;

    for (size_t i = 0; !known && i < G_N_ELEMENTS(NAMES); i++) {
        known = g_str_equal(folded, NAMES[i].name);
        if (known)
            *count = NAMES[i].count;
    }
    g_free(folded);
    return known;
}

void period_write(GString *out, int days, enum period_count count)
{
    static const char *const WORDS[] = {"天（自然日，含首尾两天）",
                                        "天（张贴当天不计，末日逢节假日顺延）",
                                        "个工作日（张贴当天不计）", "个工作日（含张贴当天）"};

    g_string_append_printf(out, "%d%s", days, WORDS[count]);
}

/* The left-th working day from day on. */
static bool find_working_day(const struct calendar *calendar, int day, int left, struct date *last,
                             int *year)
{
    for (;; day++) {
        const struct date date = date_from_days(day);
        const int works = calendar_works(calendar, date);

        if (works < 0) {
            *year = date.year;
            return false;
        }
        left -= works;
        if (left == 0) {
            *last = date;
            return true;
        }
    }
}

bool period_end(const struct calendar *calendar, struct date first, int days,
                enum period_count count, struct date *last, int *year)
{
    const int day = date_to_days(first);

    switch (count) {
    case PERIOD_NATURAL:
        break;
    case PERIOD_ROLLED:
        return find_working_day(calendar, day + days, 1, last, year);
    case PERIOD_WORKING:
        return find_working_day(calendar, day + 1, days, last, year);
    case PERIOD_WORKING_FIRST:
        return find_working_day(calendar, day, days, last, year);
    }
    *last = date_from_days(day + days - 1);
    return true;
}
