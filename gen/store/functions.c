/* Our SQL functions: exact arithmetic on decimals, and ages. */
#include <string.h>

#include "base/decimal.h"
#include "store/inside.h"

/* Decimals beyond this are refused, so that one more multiplication by 10^6 stays in 128 bits. */
static const decimal largest = (decimal)1000000000000000000 * 100000000000000;

/* An argument as an exact number. */
struct number {
    bool null;
    bool integer; /* it was an INTEGER */
    decimal value;
};

static void fail(sqlite3_context *context, enum fault fault)
{
    struct store *store = sqlite3_user_data(context);

    store->fault = fault;
    sqlite3_result_error(context, "mingbai", -1);
}

static bool in_range(decimal value)
{
    return value <= largest && value >= -largest;
}

/* false: the function has failed. */
static bool read_number(sqlite3_context *context, sqlite3_value *argument, struct number *number)
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
            fail(context, FAULT_OVERFLOW);
        return ok;
    default:
        fail(context, FAULT_NOT_NUMBER);
        return false;
    }
}

/* false: the function has failed, or its result is NULL. */
static bool read_numbers(sqlite3_context *context, sqlite3_value **arguments, int count,
                         struct number *numbers)
{
    bool null = false;

    for (int i = 0; i < count; i++) {
        if (!read_number(context, arguments[i], &numbers[i]))
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
    fail(context, FAULT_PLACES);
    return false;
}

static void result_decimal(sqlite3_context *context, decimal value, bool integer)
{
    if (!integer)
        sqlite3_result_double(context, decimal_to_real(value));
    else if (value / DECIMAL_ONE > INT64_MAX || value / DECIMAL_ONE < INT64_MIN)
        fail(context, FAULT_OVERFLOW);
    else
        sqlite3_result_int64(context, (sqlite3_int64)(value / DECIMAL_ONE));
}

static void result_quotient(sqlite3_context *context, decimal a, decimal b, int places)
{
    if (b == 0)
        return;
    if (!in_range(a))
        fail(context, FAULT_OVERFLOW);
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
        fail(context, FAULT_OVERFLOW);
    else
        result_quotient(context, product, (decimal)DECIMAL_ONE * DECIMAL_ONE, places);
}

/* What sum, avg and total gather; zeroed by SQLite, which aligns it to 8 bytes only. */
struct gathered {
    unsigned char sum[sizeof(decimal)];
    int64_t count;
    bool real; /* some value was REAL */
};

static decimal gathered_sum(const struct gathered *gathered)
{
    decimal sum = 0;

    if (gathered)
        memcpy(&sum, gathered->sum, sizeof(sum));
    return sum;
}

static void gather(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    struct gathered *gathered = sqlite3_aggregate_context(context, sizeof(*gathered));
    struct number number;
    decimal sum;

    if (!gathered) {
        sqlite3_result_error_nomem(context);
        return;
    }
    if (!read_numbers(context, arguments, count, &number))
        return;
    sum = gathered_sum(gathered) + number.value; /* stays below largest plus 10^25 */
    memcpy(gathered->sum, &sum, sizeof(sum));
    gathered->count++;
    gathered->real = gathered->real || !number.integer;
    if (!in_range(sum))
        fail(context, FAULT_OVERFLOW);
}

static void finish_sum(sqlite3_context *context)
{
    const struct gathered *gathered = sqlite3_aggregate_context(context, 0);

    if (gathered && gathered->count)
        result_decimal(context, gathered_sum(gathered), !gathered->real);
}

static void finish_total(sqlite3_context *context)
{
    const struct gathered *gathered = sqlite3_aggregate_context(context, 0);

    result_decimal(context, gathered_sum(gathered), false);
}

static void finish_avg(sqlite3_context *context)
{
    const struct gathered *gathered = sqlite3_aggregate_context(context, 0);

    if (gathered && gathered->count)
        result_quotient(context, gathered_sum(gathered), (decimal)gathered->count * DECIMAL_ONE,
                        DECIMAL_PLACES);
}

static void function_minor(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    const struct store *store = sqlite3_user_data(context);

    (void)count;
    sqlite3_result_int(context,
                       age_is_minor(&store->ages, (const char *)sqlite3_value_text(arguments[0]),
                                    (const char *)sqlite3_value_text(arguments[1])));
}

static void function_age(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    const struct store *store = sqlite3_user_data(context);
    const char *birth = (const char *)sqlite3_value_text(arguments[0]);
    const int age = birth ? age_years(&store->ages, birth) : -1;

    (void)count;
    if (age >= 0)
        sqlite3_result_int(context, age);
}

struct function {
    const char *name;
    int arguments;
    void (*call)(sqlite3_context *, int, sqlite3_value **);
    void (*step)(sqlite3_context *, int, sqlite3_value **);
    void (*finish)(sqlite3_context *);
};

static const struct function functions[] = {
    {"sum", 1, NULL, gather, finish_sum},       {"total", 1, NULL, gather, finish_total},
    {"avg", 1, NULL, gather, finish_avg},       {"round", 1, function_round, NULL, NULL},
    {"round", 2, function_round, NULL, NULL},   {"除", 3, function_divide, NULL, NULL},
    {"率", 3, function_percentage, NULL, NULL}, {"等", 2, function_equal, NULL, NULL},
    {"等", 3, function_equal, NULL, NULL},      {"和", -1, function_add, NULL, NULL},
    {"差", 2, function_subtract, NULL, NULL},   {"积", 3, function_multiply, NULL, NULL},
    {"未成年", 2, function_minor, NULL, NULL},  {"年龄", 1, function_age, NULL, NULL},
};

void functions_install(struct store *store)
{
    for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
        const struct function *function = &functions[i];

        if (sqlite3_create_function_v2(store->db, function->name, function->arguments,
                                       SQLITE_UTF8 | SQLITE_DETERMINISTIC, store, function->call,
                                       function->step, function->finish, NULL) != SQLITE_OK)
            g_error("store: cannot define a function: %s", sqlite3_errmsg(store->db));
    }
}
