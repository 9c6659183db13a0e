/* Sheets for typing, from schemas: heads, notes, lists. */
#include "command/ledger_book.h"

#include <string.h>

#include "base/arena.h"
#include "render/blank.h"

/* What a village begins with. */
static const char *const first[] = {"村",   "户",       "人",   "措施", "帮扶责任人",
                                    "收入", "动态调整", "公示", "会议", "监测对象"};

static const char *const yes_no[] = {"是", "否", NULL};

static bool is_number(enum field_type type)
{
    return type == FIELD_INTEGER || type == FIELD_DECIMAL || type == FIELD_MONEY ||
           type == FIELD_YEAR;
}

static void append_codes(GString *note, const struct field *field)
{
    enum { MOST = 30 };
    size_t count = 0;

    while (field->codes[count])
        count++;
    for (size_t i = 0; i < MIN(count, (size_t)MOST); i++)
        g_string_append_printf(note, "%s%s", i > 0 ? "、" : "", field->codes[i]);
    if (count > MOST)
        g_string_append_printf(note, "……共 %zu 个", count);
    g_string_append_c(note, '\n');
}

/* What a cell of the column holds. */
static void append_kind(GString *note, const struct field *field)
{
    switch (field->type) {
    case FIELD_STRING:
        g_string_append(note, field->mask == MASK_ACCOUNT ? "号码，已按文本存，直接写\n"
                              : field->mask == MASK_ID    ? "证号，已按文本存，直接写\n"
                              : field->mask != MASK_NONE  ? "姓名\n"
                                                          : "文字\n");
        return;
    case FIELD_INTEGER:
        g_string_append_printf(note, "整数%s%s\n", field->unit ? "，单位：" : "",
                               field->unit ? field->unit : "");
        return;
    case FIELD_DECIMAL:
        g_string_append_printf(note, "数，最多 %d 位小数%s%s\n", field->places,
                               field->unit ? "，单位：" : "", field->unit ? field->unit : "");
        return;
    case FIELD_MONEY:
        g_string_append_printf(note, "金额，单位：%s。以万元计的，表头写成 %s（万元）\n",
                               field->unit, field->name);
        return;
    case FIELD_DATE:
        g_string_append(note, "日期，如 2026-07-05；只知道年月的写 2026-07\n");
        return;
    case FIELD_YEAR:
        g_string_append(note, "四位年份，如 2026\n");
        return;
    case FIELD_BOOLEAN:
        g_string_append(note, "是 或 否\n");
        return;
    case FIELD_CODE:
        g_string_append(note, field->multiple ? "可写几项，用顿号隔开：" : "从名单里选一个：");
        append_codes(note, field);
        return;
    case FIELD_IDCARD:
        g_string_append(note, "18 位身份证号码，已按文本存，直接写\n");
        return;
    case FIELD_PHONE:
        g_string_append(note, "手机或座机；几个号码用顿号隔开\n");
        return;
    case FIELD_AREA:
        g_string_append(note, "地名，各张表里写法要一样\n");
        return;
    }
}

static void append_bounds(GString *note, const struct field *field)
{
    if (field->has_minimum && field->has_maximum)
        g_string_append_printf(note, "从 %g 到 %g\n", field->minimum, field->maximum);
    else if (field->has_minimum && field->minimum != 0)
        g_string_append_printf(note, "不小于 %g\n", field->minimum);
}

/* Who will read it. */
static void append_readers(GString *note, const struct field *field)
{
    switch (field->show[AUDIENCE_PUBLIC]) {
    case SHOW_FULL:
        g_string_append(note, field->open_text ? "可能印在公示上：不要写病情、证件号码、电话、账号"
                                               : "可能印在公示上");
        return;
    case SHOW_MASK:
        g_string_append(note, "公示上只露一部分");
        return;
    case SHOW_HIDE:
        g_string_append(note, field->show[AUDIENCE_HOUSEHOLD] == SHOW_HIDE
                                  ? "只供内部"
                                  : "不公开；本户的明白卡上可能有");
        return;
    }
}

static const char *note_of(struct arena *arena, const struct field *field)
{
    GString *note = g_string_new(NULL);
    const char *text;

    if (field->required)
        g_string_append(note, "必填\n");
    append_kind(note, field);
    append_bounds(note, field);
    if (field->identify)
        g_string_append(note, "程序靠它认出这张表，这一列不要删\n");
    append_readers(note, field);
    text = arena_text(arena, note->str);
    g_string_free(note, TRUE);
    return text;
}

static enum blank_kind kind_of(enum field_type type)
{
    return type == FIELD_MONEY                           ? BLANK_MONEY
           : type == FIELD_DECIMAL                       ? BLANK_NUMBER
           : type == FIELD_INTEGER || type == FIELD_YEAR ? BLANK_WHOLE
                                                         : BLANK_TEXT;
}

/* Room for what usually stands in the column, in halves of a character. */
static double width_of(const struct field *field)
{
    enum { LEAST = 10, DATE = 12, PHONE = 14, ID = 20, ACCOUNT = 23, WORDS = 30 };

    if (field->type == FIELD_IDCARD)
        return ID;
    if (field->type == FIELD_PHONE)
        return PHONE;
    if (field->type == FIELD_DATE)
        return DATE;
    if (field->mask == MASK_ACCOUNT || field->mask == MASK_ID)
        return ACCOUNT;
    return field->open_text ? WORDS : LEAST;
}

/* Figures say their unit in the head, so that nobody takes 元 for 万元. */
static const char *head_of(struct arena *arena, const struct field *field)
{
    char *head;
    const char *text;

    if (!field->unit || (field->type != FIELD_MONEY && field->type != FIELD_DECIMAL))
        return field->name;
    head = g_strdup_printf("%s（%s）", field->name, field->unit);
    text = arena_text(arena, head);
    g_free(head);
    return text;
}

static struct blank_column column_of(struct arena *arena, const struct field *field)
{
    static const double boundless = 1e12; /* 万亿, more than any ledger counts */
    struct blank_column column = {.head = head_of(arena, field),
                                  .note = note_of(arena, field),
                                  .width = width_of(field),
                                  .several = field->multiple,
                                  .needed = field->required || field->identify,
                                  .kind = kind_of(field->type),
                                  .least = -boundless,
                                  .most = boundless};

    if (field->type == FIELD_CODE)
        column.choices = field->codes;
    if (field->type == FIELD_BOOLEAN)
        column.choices = yes_no;
    if (field->type == FIELD_IDCARD) {
        column.shortest = 18;
        column.longest = 20; /* 残疾人证 */
    }
    if (field->type == FIELD_YEAR) {
        column.least = 1949;
        column.most = 2099;
    }
    if (is_number(field->type) && field->has_minimum)
        column.least = field->minimum;
    if (is_number(field->type) && field->has_maximum)
        column.most = field->maximum;
    return column;
}

/* The head's or person's name stays in sight, if not too much stands before it. */
static size_t frozen_columns(const struct schema *schema)
{
    enum { MOST = 6 };

    for (size_t i = 0; i < MIN(schema->nfield - schema->nderived, (size_t)MOST); i++)
        if (schema->fields[i].mask == MASK_NAME || schema->fields[i].mask == MASK_MINOR)
            return i + 1;
    return 0;
}

static struct blank_sheet sheet_of(struct arena *arena, const struct schema *schema)
{
    const size_t count = schema->nfield - schema->nderived;
    struct blank_column *columns = arena_array(arena, count, sizeof *columns);

    for (size_t i = 0; i < count; i++)
        columns[i] = column_of(arena, &schema->fields[i]);
    return (struct blank_sheet){.name = schema->title,
                                .ncolumn = count,
                                .columns = columns,
                                .frozen = frozen_columns(schema)};
}

static bool comes_first(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(first); i++)
        if (strcmp(first[i], name) == 0)
            return true;
    return false;
}

int ledger_book_write(const struct schemas *schemas, const char *path, struct findings *findings)
{
    struct arena *arena = arena_new();
    struct blank_sheet *sheets = arena_array(arena, schemas_count(schemas), sizeof *sheets);
    size_t count = 0;
    int status;

    for (size_t i = 0; i < G_N_ELEMENTS(first); i++) {
        const struct schema *schema = schemas_find(schemas, first[i]);

        if (schema)
            sheets[count++] = sheet_of(arena, schema);
    }
    for (size_t i = 0; i < schemas_count(schemas); i++)
        if (!comes_first(schemas_at(schemas, i)->name))
            sheets[count++] = sheet_of(arena, schemas_at(schemas, i));
    status = blank_write(path, sheets, count, findings);
    arena_free(arena);
    return status;
}
