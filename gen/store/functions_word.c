/* Our SQL functions that write words, read dates, mask texts and take IDs apart. */
#include <limits.h>
#include <string.h>

#include "base/format.h"
#include "ledger/field.h"
#include "store/function.h"

static void result_text(sqlite3_context *context, GString *text)
{
    const size_t length = text->len;

    sqlite3_result_text64(context, g_string_free(text, FALSE), length, g_free, SQLITE_UTF8);
}

/* As the format of that kind writes it, so that SQL and {{x|capital}} always agree. */
static void result_formatted(sqlite3_context *context, enum format_kind kind,
                             const struct value *value)
{
    GString *text = g_string_new(NULL);

    format_value(text, (struct format){.kind = kind}, value);
    result_text(context, text);
}

static void write_number(sqlite3_context *context, sqlite3_value *argument, enum format_kind kind)
{
    struct number number;
    struct value value;

    if (!function_number(context, argument, &number) || number.null)
        return;
    value = number.integer ? value_integer(sqlite3_value_int64(argument))
                           : value_real(sqlite3_value_double(argument));
    result_formatted(context, kind, &value);
}

static void function_amount(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    write_number(context, arguments[0], FORMAT_CAPITAL);
}

static void function_numeral(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    write_number(context, arguments[0], FORMAT_CHINESE);
}

bool function_date(sqlite3_context *context, sqlite3_value *argument, struct date *date)
{
    bool ok = false;

    *date = (struct date){0};
    switch (sqlite3_value_type(argument)) {
    case SQLITE_NULL:
        return false;
    case SQLITE_INTEGER:
        if (sqlite3_value_int64(argument) > 0 && sqlite3_value_int64(argument) < 10000) {
            date->year = sqlite3_value_int(argument);
            ok = date_valid(*date);
        }
        break;
    case SQLITE_TEXT:
        ok = date_parse_iso((const char *)sqlite3_value_text(argument), date);
        break;
    default:
        break;
    }
    if (!ok)
        function_fail(context, FAULT_NOT_DATE);
    return ok;
}

void function_result_date(sqlite3_context *context, struct date date)
{
    GString *text = g_string_new(NULL);

    date_format_iso(text, date);
    result_text(context, text);
}

static void write_date(sqlite3_context *context, sqlite3_value *argument, enum format_kind kind)
{
    GString *iso;
    struct date date;
    struct value value;

    if (!function_date(context, argument, &date))
        return;
    iso = g_string_new(NULL);
    date_format_iso(iso, date);
    value = value_text(iso->str);
    result_formatted(context, kind, &value);
    g_string_free(iso, TRUE);
}

static void function_capital_date(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    write_date(context, arguments[0], FORMAT_CAPITAL_DATE);
}

static void function_chinese_date(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    write_date(context, arguments[0], FORMAT_CHINESE_DATE);
}

static void result_masked(sqlite3_context *context, sqlite3_value *argument, enum mask mask)
{
    const char *text = (const char *)sqlite3_value_text(argument);
    GString *masked;

    if (!text)
        return;
    masked = g_string_new(NULL);
    field_mask(masked, mask, text, true);
    result_text(context, masked);
}

static void function_mask_id(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    result_masked(context, arguments[0], MASK_ID);
}

static void function_mask_phone(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    result_masked(context, arguments[0], MASK_PHONE);
}

static void function_mask_account(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    result_masked(context, arguments[0], MASK_ACCOUNT);
}

static void function_mask_name(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    (void)count;
    result_masked(context, arguments[0], MASK_NAME);
}

/* A whole ID with its birth date; NULL: it is none, for one that is masked has no parts. */
static const char *read_id(sqlite3_value *argument, struct date *birth)
{
    enum { LENGTH = 18 };
    const char *id = (const char *)sqlite3_value_text(argument);

    if (!id || strlen(id) != LENGTH || strspn(id, "0123456789") < LENGTH - 1 ||
        idcard_check(id) != id[LENGTH - 1] || !idcard_birth(id, birth))
        return NULL;
    return id;
}

static void function_id_valid(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    struct date birth;

    (void)count;
    if (sqlite3_value_type(arguments[0]) != SQLITE_NULL)
        sqlite3_result_int(context, read_id(arguments[0], &birth) != NULL);
}

static void function_id_birth(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    struct date birth;

    (void)count;
    if (read_id(arguments[0], &birth))
        function_result_date(context, birth);
}

static void function_id_sex(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    struct date birth;
    const char *id = read_id(arguments[0], &birth);

    (void)count;
    if (id)
        sqlite3_result_text(context, idcard_sex(id) == 1 ? "男" : "女", -1, SQLITE_STATIC);
}

static void function_id_region(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    struct date birth;
    const char *id = read_id(arguments[0], &birth);

    (void)count;
    if (id)
        sqlite3_result_text(context, id, 6, SQLITE_TRANSIENT);
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
    struct age_basis basis = store->ages;
    const char *birth = (const char *)sqlite3_value_text(arguments[0]);
    int age;

    if (!birth || (count == 2 && !function_date(context, arguments[1], &basis.on)))
        return;
    age = age_years(&basis, birth);
    if (age >= 0)
        sqlite3_result_int(context, age);
}

/* Whole numbers from 1 up, each larger than the one before. */
static bool bounds_are_sound(sqlite3_value **bounds, int count)
{
    sqlite3_int64 before = 0;

    for (int i = 0; i < count; i++) {
        const sqlite3_int64 bound = sqlite3_value_int64(bounds[i]);

        if (sqlite3_value_type(bounds[i]) != SQLITE_INTEGER || bound <= before || bound > INT_MAX)
            return false;
        before = bound;
    }
    return count > 0;
}

static void function_age_band(sqlite3_context *context, int count, sqlite3_value **arguments)
{
    sqlite3_int64 from = 0, age;
    int next = 1;
    GString *text;

    if (count < 1 || !bounds_are_sound(arguments + 1, count - 1)) {
        function_fail(context, FAULT_BOUNDS);
        return;
    }
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL)
        return;
    if (sqlite3_value_type(arguments[0]) != SQLITE_INTEGER) {
        function_fail(context, FAULT_NOT_NUMBER);
        return;
    }
    age = sqlite3_value_int64(arguments[0]);
    for (; next < count && age >= sqlite3_value_int64(arguments[next]); next++)
        from = sqlite3_value_int64(arguments[next]);
    text = g_string_new(NULL);
    if (next == count)
        g_string_printf(text, "%" G_GINT64_FORMAT "岁及以上", (gint64)from);
    else if (sqlite3_value_int64(arguments[next]) - 1 == from)
        g_string_printf(text, "%" G_GINT64_FORMAT "岁", (gint64)from);
    else
        g_string_printf(text, "%" G_GINT64_FORMAT "—%" G_GINT64_FORMAT "岁", (gint64)from,
                        (gint64)sqlite3_value_int64(arguments[next]) - 1);
    result_text(context, text);
}

const struct function functions_word[] = {
    {.name = "大写金额", .arguments = 1, .call = function_amount},
    {.name = "中文数字", .arguments = 1, .call = function_numeral},
    {.name = "大写日期", .arguments = 1, .call = function_capital_date},
    {.name = "中文日期", .arguments = 1, .call = function_chinese_date},
    {.name = "遮证件", .arguments = 1, .call = function_mask_id},
    {.name = "遮电话", .arguments = 1, .call = function_mask_phone},
    {.name = "遮账号", .arguments = 1, .call = function_mask_account},
    {.name = "遮姓名", .arguments = 1, .call = function_mask_name},
    {.name = "证件有效", .arguments = 1, .call = function_id_valid},
    {.name = "证件出生", .arguments = 1, .call = function_id_birth},
    {.name = "证件性别", .arguments = 1, .call = function_id_sex},
    {.name = "证件地区", .arguments = 1, .call = function_id_region},
    {.name = "未成年", .arguments = 2, .call = function_minor},
    {.name = "年龄", .arguments = 1, .call = function_age},
    {.name = "年龄", .arguments = 2, .call = function_age},
    {.name = "年龄段", .arguments = -1, .call = function_age_band},
    {.name = NULL},
};
