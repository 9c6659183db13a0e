/* Finds the rows of 公示 and 村 that belong to a product, and works out its date and 公示期. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "document/scope.h"

/* What the product says its column is: from each, else a parameter; NULL type: it has none. */
static struct value own_value(const struct scope *scope, const char *name)
{
    const struct binding *binding = scope->binding;
    size_t column = set_find(&binding->each, name);

    if (column != SIZE_MAX && scope->product_row != SIZE_MAX)
        return rowset_at(binding->each_rows, scope->product_row, column);
    for (size_t i = 0; i < binding->template->nparameter; i++)
        if (strcmp(binding->template->parameters[i].name, name) == 0)
            return binding->parameters[i];
    return value_null(STATE_EMPTY);
}

static struct value cell(const struct set *set, const struct rowset *rows, size_t row,
                         const char *name)
{
    size_t column = set_find(set, name);

    return column == SIZE_MAX ? value_null(STATE_EMPTY) : rowset_at(rows, row, column);
}

/* 题目 is the template's id, title or an alias, or contains one. */
static bool names_template(const struct template_head *head, const struct value *subject)
{
    size_t aliases = g_strv_length((char **)head->aliases);
    bool named = false;
    char *text;

    if (subject->type != VALUE_TEXT)
        return false;
    text = text_fold_key(subject->text);
    for (size_t i = 0; !named && i < aliases + 2; i++) {
        char *name = text_fold_key(i == 0 ? head->id : i == 1 ? head->title : head->aliases[i - 2]);

        named = strstr(text, name) != NULL;
        g_free(name);
    }
    g_free(text);
    return named;
}

/* The village must be the same. What else the row leaves out is any. */
static bool row_fits(const struct scope *scope, const struct set *set, const struct rowset *rows,
                     size_t row, const char *const *columns)
{
    for (size_t i = 0; columns[i]; i++) {
        struct value own = own_value(scope, columns[i]);
        struct value said = cell(set, rows, row, columns[i]);
        bool village = strcmp(columns[i], "行政村") == 0;

        if (own.type == VALUE_NULL || (said.type == VALUE_NULL && !village))
            continue;
        if (!value_equal(&own, &said))
            return false;
    }
    return true;
}

static void find_notice(struct scope *scope)
{
    static const char *const COLUMNS[] = {"乡镇", "行政村", "年度", "批次", NULL};
    const struct binding *binding = scope->binding;
    const struct template_head *head = &binding->template->head;
    size_t count = 0;
    char number[24];

    for (size_t i = 0; binding->notice_rows && i < rowset_rows(binding->notice_rows); i++) {
        struct value subject = cell(&binding->notice, binding->notice_rows, i, "题目");

        if (!names_template(head, &subject) ||
            !row_fits(scope, &binding->notice, binding->notice_rows, i, COLUMNS))
            continue;
        scope->notice_row = i;
        count++;
    }
    if (count > 1) {
        snprintf(number, sizeof(number), "%zu", count);
        finding_add(scope->findings, FINDING_DOCUMENT_SEVERAL_NOTICE_ROWS, head->place,
                    scope->product, number);
        scope->failed = true;
    }
    if (count == 0 && binding->template->period > 0)
        finding_add(scope->findings, FINDING_DOCUMENT_NO_NOTICE_ROW, head->place, scope->product);
}

/* The village's row: the only one that fits. */
static void find_village(struct scope *scope)
{
    static const char *const COLUMNS[] = {"乡镇", "行政村", NULL};
    const struct binding *binding = scope->binding;
    struct value village = own_value(scope, "行政村");
    size_t count = 0, found = SIZE_MAX;

    for (size_t i = 0; binding->village_rows && village.type != VALUE_NULL &&
                       i < rowset_rows(binding->village_rows);
         i++) {
        if (row_fits(scope, &binding->village, binding->village_rows, i, COLUMNS)) {
            found = i;
            count++;
        }
    }
    scope->village_row = count == 1 ? found : SIZE_MAX;
}

/* A full date out of a value or a clerk's text; year 0 when it is none. */
static struct date full_date(const char *text)
{
    struct date date = {0};
    bool guessed;

    if (!text || (!date_parse_iso(text, &date) && !date_parse_ledger(text, &date, &guessed)))
        return (struct date){0};
    return date.day > 0 ? date : (struct date){0};
}

/* Design decision 12: --date (a setting that wins), the 公示 row's, 设置's. */
static void find_date(struct scope *scope, const struct value *posted)
{
    const struct settings *settings = scope->binding->settings;
    const char *given = settings_overridden(settings, "日期");

    scope->date = full_date(given);
    if (!given && posted->type == VALUE_TEXT)
        scope->date = full_date(posted->text);
    if (!given && scope->date.year == 0)
        scope->date = full_date(settings_stored(settings, "日期", scope->binding->year));
}

static void find_last_day(struct scope *scope)
{
    struct period *period = &scope->period;
    char text[16];
    int year;

    if (period->first.year == 0 || period_end(store_calendar(scope->binding->store), period->first,
                                              period->days, period->count, &period->last, &year))
        return;
    snprintf(text, sizeof(text), "%d", year);
    finding_add(scope->findings, FINDING_DOCUMENT_NO_HOLIDAYS, scope->binding->template->head.place,
                scope->product, text);
    scope->failed = true;
}

static void find_period(struct scope *scope, const struct value *posted)
{
    const struct template *template = scope->binding->template;
    struct value days = scope_setting(scope, "天数");
    struct value method = scope_setting(scope, "计法");
    struct period *period = &scope->period;
    gint64 number = template->period;
    char has[24], least[24];

    if (method.type == VALUE_TEXT && !period_parse(method.text, &period->count)) {
        finding_add(scope->findings, FINDING_DOCUMENT_PERIOD_METHOD, template->head.place,
                    scope->product, method.text);
        scope->failed = true;
    }
    bool general = days.type == VALUE_NULL;
    if (general)
        days = scope_setting(scope, "期限");
    if (days.type == VALUE_INTEGER)
        number = days.integer;
    else if (days.type == VALUE_TEXT &&
             !g_ascii_string_to_signed(days.text, 10, 1, PERIOD_MOST_DAYS, &number, NULL))
        number = 0;
    /* The setting is for all notices: it lengthens a period, it never makes one too short. */
    if (general && number >= 1)
        number = MAX(number, template->period);
    snprintf(has, sizeof(has), "%d", (int)CLAMP(number, -1, 99999));
    snprintf(least, sizeof(least), "%d", template->period);
    if (number < 1 || number > PERIOD_MOST_DAYS) {
        finding_add(scope->findings, FINDING_DOCUMENT_PERIOD_DAYS, template->head.place,
                    scope->product, days.type == VALUE_TEXT ? days.text : has);
        scope->failed = true;
        return;
    }
    if (number < template->period)
        finding_add(scope->findings, FINDING_DOCUMENT_PERIOD_SHORT, template->head.place,
                    scope->product, has, least);
    period->days = (int)number;
    period->first = full_date(posted->type == VALUE_TEXT ? posted->text : NULL);
    find_last_day(scope);
}

void notice_find(struct scope *scope)
{
    const struct binding *binding = scope->binding;
    const struct template *template = binding->template;
    struct value posted = value_null(STATE_EMPTY);

    find_notice(scope);
    find_village(scope);
    if (scope->notice_row != SIZE_MAX)
        posted = cell(&binding->notice, binding->notice_rows, scope->notice_row, "张贴日期");
    find_date(scope, &posted);
    if (template->period > 0)
        find_period(scope, &posted);
}
