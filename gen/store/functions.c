/* Our SQL functions: exact arithmetic on decimals, and the list of all. */
#include <string.h>

#include "store/function.h"

/* Decimals beyond this are refused, so that one more multiplication by 10^6 stays in 128 bits. */
static const decimal largest = (decimal)1000000000000000000 * 100000000000000;

void function_fail(sqlite3_context *context, enum fault fault)
{
    struct store *store = sqlite3_user_data(context);

    store->fault = fault;
    sqlite3_result_error(context, "mingbai", -1);
}

static bool in_range(decimal value)
{
    return value <= largest && value >= -largest;
}

bool function_number(sqlite3_context *context, sqlite3_value *argument, struct number *number)
{
    bool ok = true;

    *number = (struct number){0};
    switch (sqlite3_value_type(argument)) {
    case SQLITE_NULL:
        number->null = true;
        return true;
    case SQLITE_INTEGER:
        number->integer = true;
        number->value = (decimal)sqlite3_value_int64(argument) * DECIMAL_ONE;
        return true;
    case SQLITE_FLOAT:
        number->value = decimal_from_real(sqlite3_value_double(argument), &ok);
        if (!ok)
            function_fail(context, FAULT_OVERFLOW);
        return ok;
    default:
        function_fail(context, FAULT_NOT_NUMBER);
        return false;
    }
}

/* false: the function has failed, or its result is NULL. */
static bool read_numbers(sqlite3_context *context, sqlite3_value **arguments, int count,
                         struct number *numbers)
{
    bool null = false;

    for (int i = 0; i < count; i++) {
        if (!function_number(context, arguments[i], &numbers[i]))
            return false;
        null = null || numbers[i].null;
    }
    return !null; /* a result that is not set is NULL */
}

/* A count of decimals, 0 to 6. */
static bool read_places(sqlite3_context *context, sqlite3_value *argument, int *places)
{
    if (sqlite3_value_type(argument) == SQLITE_INTEGER) {
        const sqlite3_int64 value = sqlite3_value_int64(argument);

        if (value >= 0 && value <= DECIMAL_PLACES) {
            *places = (int)value;
            return true;
        }
    }
    function_fail(context, FAULT_PLACES);
    return false;
}

static void result_decimal(sqlite3_context *context, decimal value, bool integer)
{
    if (!integer)
        sqlite3_result_double(context, decimal_to_real(value));
    else if (value / DECIMAL_ONE > INT64_MAX || value / DECIMAL_ONE < INT64_MIN)
        function_fail(context, FAULT_OVERFLOW);
    else
        sqlite3_result_int64(context, (sqlite3_int64)(value / DECIMAL_ONE));
}

static void result_quotient(sqlite3_context *context, decimal a, decimal b, int places)
{
    if (b == 0)
        return;
    if (!in_range(a))
        function_fail(context, FAULT_OVERFLOW);
    else
        sqlite3_result_double(context, decimal_to_real(decimal_divide(a, b, places)));
}

static void function_round(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    struct number number;
    int places = 0;

    if (count == 2 && !read_places(context, arguments[1], &places))
        return;
    if (!read_numbers(context, arguments, 1, &number))
        return;
    result_decimal(context, decimal_round(number.value, places), number.integer);
}

static void function_divide(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    struct number numbers[2];
    int places;

    (void)count;
    if (read_places(context, arguments[2], &places) && read_numbers(context, arguments, 2, numbers))
        result_quotient(context, numbers[0].value, numbers[1].value, places);
}

static void function_percentage(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    struct number numbers[2];
    int places;

    (void)count;
    if (read_places(context, arguments[2], &places) && read_numbers(context, arguments, 2, numbers))
        result_quotient(context, numbers[0].value * 100, numbers[1].value, places);
}

static void function_equal(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    struct number numbers[2];
    int places = 2;

    if ((count == 2 || read_places(context, arguments[2], &places)) &&
        read_numbers(context, arguments, 2, numbers))
        sqlite3_result_int(context, decimal_round(numbers[0].value, places) ==
                                        decimal_round(numbers[1].value, places));
}

static void function_add(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    decimal sum = 0;
    bool integer = true;

    for (int i = 0; i < count; i++) {
        struct number number;

        if (!read_numbers(context, &arguments[i], 1, &number))
            return;
        sum += number.value; /* at most 127 arguments below 10^25: no overflow */
        integer = integer && number.integer;
    }
    result_decimal(context, sum, integer);
}

static void function_subtract(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    struct number numbers[2];

    if (read_numbers(context, arguments, count, numbers))
        result_decimal(context, numbers[0].value - numbers[1].value,
                       numbers[0].integer && numbers[1].integer);
}

static void function_multiply(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    struct number numbers[2];
    decimal product;
    int places;

    (void)count;
    if (!read_places(context, arguments[2], &places) ||
        !read_numbers(context, arguments, 2, numbers))
        return;
    /* The product counts 10^-12; divided by 10^6 once more it is rounded only once. */
    if (__builtin_mul_overflow(numbers[0].value, numbers[1].value, &product))
        function_fail(context, FAULT_OVERFLOW);
    else
        result_quotient(context, product, (decimal)DECIMAL_ONE * DECIMAL_ONE, places);
}

/* What sum, avg and total gather; zeroed by SQLite, which aligns it to 8 bytes only. */
struct gathered {
    unsigned char sum[sizeof(decimal)];
    int64_t count, reals; /* values; those that were REAL */
};

static decimal gathered_sum(const struct gathered *gathered)
{
    decimal sum = 0;

    if (gathered)
        memcpy(&sum, gathered->sum, sizeof(sum));
    return sum;
}

/* sign 1 takes a value in, -1 out again: it left the window's frame. */
static void gather_signed(sqlite3_context *context, sqlite3_value *argument, int sign)
{
    struct gathered *gathered = sqlite3_aggregate_context(context, sizeof(*gathered));
    struct number number;
    decimal sum;

    if (!gathered) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (!read_numbers(context, &argument, 1, &number))
        return;
    sum = gathered_sum(gathered) + sign * number.value; /* stays below largest plus 10^25 */
    memcpy(gathered->sum, &sum, sizeof(sum));
    gathered->count += sign;
    gathered->reals += number.integer ? 0 : sign;
    if (!in_range(sum))
        function_fail(context, FAULT_OVERFLOW);
}

static void gather(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    gather_signed(context, arguments[0], 1);
}

static void ungather(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    gather_signed(context, arguments[0], -1);
}

static void value_of_sum(sqlite3_context *context)
{
    const struct gathered *gathered = sqlite3_aggregate_context(context, 0);

    if (gathered && gathered->count)
        result_decimal(context, gathered_sum(gathered), !gathered->reals);
}

static void value_of_total(sqlite3_context *context)
{
    const struct gathered *gathered = sqlite3_aggregate_context(context, 0);

    result_decimal(context, gathered_sum(gathered), false);
}

static void value_of_avg(sqlite3_context *context)
{
    const struct gathered *gathered = sqlite3_aggregate_context(context, 0);

    if (gathered && gathered->count)
        result_quotient(context, gathered_sum(gathered), (decimal)gathered->count * DECIMAL_ONE,
                        DECIMAL_PLACES);
}

static const struct function functions_number[] = {
    {.name = "sum", .arguments = 1, .step = gather, .inverse = ungather, .value = value_of_sum},
    {.name = "total", .arguments = 1, .step = gather, .inverse = ungather, .value = value_of_total},
    {.name = "avg", .arguments = 1, .step = gather, .inverse = ungather, .value = value_of_avg},
    {.name = "round", .arguments = 1, .call = function_round},
    {.name = "round", .arguments = 2, .call = function_round},
    {.name = "除", .arguments = 3, .call = function_divide},
    {.name = "率", .arguments = 3, .call = function_percentage},
    {.name = "等", .arguments = 2, .call = function_equal},
    {.name = "等", .arguments = 3, .call = function_equal},
    {.name = "和", .arguments = -1, .call = function_add},
    {.name = "差", .arguments = 2, .call = function_subtract},
    {.name = "积", .arguments = 3, .call = function_multiply},
    {.name = NULL},
};

static void install(struct store *store, const struct function *function)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    const int code =
        function->call
            ? sqlite3_create_function_v2(store->db, function->name, function->arguments, flags,
                                         store, function->call, NULL, NULL, NULL)
            : sqlite3_create_window_function(store->db, function->name, function->arguments, flags,
                                             store, function->step, function->value,
                                             function->value, function->inverse, NULL);

    if (code != SQLITE_OK)
        g_error("store: cannot define a function: %s", sqlite3_errmsg(store->db));
}

void functions_install(struct store *store)
{
    for (const struct function *function = functions_number; function->name; function++)
        install(store, function);
    for (const struct function *function = functions_word; function->name; function++)
        install(store, function);
    for (const struct function *function = functions_day; function->name; function++)
        install(store, function);
}
