/* Our SQL functions that count working days. */
#include "store/function.h"

/* false: NULL or no full date, then the result is NULL; or no date at all, then it has failed. */
static bool read_day(sqlite3_context *context, sqlite3_value *argument, struct date *day)
{
    return function_date(context, argument, day) && day->day;
}

static void fail_year(sqlite3_context *context, int year)
{
    struct store *store = sqlite3_user_data(context);

    store->fault_year = year;
    function_fail(context, FAULT_NO_HOLIDAYS);
}

static void function_working(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    const struct store *store = sqlite3_user_data(context);
    struct date day;
    int works;

    (void)count;
    if (!read_day(context, arguments[0], &day))
        return;
    works = calendar_works(store->calendar, day);
    if (works < 0)
        fail_year(context, day.year);
    else
        sqlite3_result_int(context, works);
}

static void function_working_days(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    const struct store *store = sqlite3_user_data(context);
    struct date first, last;
    int year, days;

    (void)count;
    if (!read_day(context, arguments[0], &first) || !read_day(context, arguments[1], &last))
        return;
    days = calendar_working_days(store->calendar, first, last, &year);
    if (days < 0)
        fail_year(context, year);
    else
        sqlite3_result_int(context, days);
}

static void function_period_end(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    const struct store *store = sqlite3_user_data(context);
    const char *name = (const char *)sqlite3_value_text(arguments[2]);
    const sqlite3_int64 days = sqlite3_value_int64(arguments[1]);
    enum period_count way;
    struct date first, last;
    int year;

    (void)count;
    if (sqlite3_value_type(arguments[1]) == SQLITE_NULL || !name ||
        !read_day(context, arguments[0], &first))
        return;
    if (sqlite3_value_type(arguments[1]) != SQLITE_INTEGER || days < 1 || days > PERIOD_MOST_DAYS ||
        !period_parse(name, &way))
        function_fail(context, FAULT_PERIOD);
    else if (!period_end(store->calendar, first, (int)days, way, &last, &year))
        fail_year(context, year);
    else
        function_result_date(context, last);
}

const struct function functions_day[] = {
    {.name = "工作日", .arguments = 1, .call = function_working},
    {.name = "工作日数", .arguments = 2, .call = function_working_days},
    {.name = "期满日", .arguments = 3, .call = function_period_end},
    {.name = NULL},
};
