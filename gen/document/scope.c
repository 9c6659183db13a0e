/* Gives {{names}} their values while a product is made. */
#include "document/scope.h"

#include <stdio.h>
#include <string.h>

#include "document/ratio.h"

struct tally {
    size_t blank, invalid, unticked;
    struct place place;
};

struct format kind_format(const struct kind *kind)
{
    switch (kind->type) {
    case FIELD_MONEY:
        return (struct format){FORMAT_MONEY, kind->places};
    case FIELD_DECIMAL:
        return (struct format){kind->percent ? FORMAT_PERCENT : FORMAT_NUMBER, kind->places};
    case FIELD_DATE:
        return (struct format){FORMAT_DATE, 0};
    case FIELD_BOOLEAN:
        return (struct format){FORMAT_YES_NO, 0};
    case FIELD_STRING:
    case FIELD_INTEGER:
    case FIELD_YEAR:
    case FIELD_CODE:
    case FIELD_IDCARD:
    case FIELD_PHONE:
    case FIELD_AREA:
        break;
    }
    return (struct format){FORMAT_PLAIN, 0};
}

static void bind_row(struct query *query, const struct set *set, const struct rowset *rows,
                     size_t row)
{
    for (size_t i = 0; i < set->ncolumn; i++) {
        struct value value = rowset_at(rows, row, i);

        query_bind(query, set->columns[i], &value);
    }
}

void scope_bind(const struct scope *scope, struct query *query)
{
    const struct binding *binding = scope->binding;

    for (size_t i = 0; i < binding->template->nparameter; i++)
        query_bind(query, binding->template->parameters[i].name, &binding->parameters[i]);
    if (scope->product_row != SIZE_MAX)
        bind_row(query, &binding->each, binding->each_rows, scope->product_row);
    if (scope->unit_rows)
        bind_row(query, &binding->unit, scope->unit_rows, scope->unit_row);
}

const struct rowset *scope_data(struct scope *scope, size_t data)
{
    struct query *query = scope->binding->data[data].query;

    if (!scope->data[data]) {
        scope_bind(scope, query);
        scope->data[data] = ratio_fill(scope->binding, &scope->binding->data[data],
                                       query_run(query, scope->findings));
    }
    if (!scope->data[data])
        scope->failed = true;
    return scope->data[data];
}

/* The one row of a data set that a text names. */
static struct value data_value(struct scope *scope, const struct piece *piece,
                               const struct found *found)
{
    const struct rowset *rows = scope_data(scope, found->set);
    char number[24];

    if (!rows)
        return value_null(STATE_EMPTY);
    if (rowset_rows(rows) == 1)
        return rowset_at(rows, 0, found->column);
    snprintf(number, sizeof(number), "%zu", rowset_rows(rows));
    finding_add(scope->findings, FINDING_DOCUMENT_NOT_ONE_ROW, piece->place,
                scope->binding->data[found->set].name, number);
    scope->failed = true;
    return value_null(STATE_EMPTY);
}

static struct value row_setting(const struct set *set, const struct rowset *rows, size_t row,
                                const char *name)
{
    size_t column = row == SIZE_MAX ? SIZE_MAX : set_find(set, name);

    return column == SIZE_MAX ? value_null(STATE_EMPTY) : rowset_at(rows, row, column);
}

struct value scope_setting(const struct scope *scope, const char *name)
{
    const struct binding *binding = scope->binding;
    const char *text = settings_overridden(binding->settings, name);
    struct value value;

    if (text)
        return value_text(text);
    value = row_setting(&binding->notice, binding->notice_rows, scope->notice_row, name);
    if (value.type == VALUE_NULL)
        value = row_setting(&binding->village, binding->village_rows, scope->village_row, name);
    if (value.type != VALUE_NULL)
        return value;
    text = settings_stored(binding->settings, name, binding->year);
    return text && text[0] != '\0' ? value_text(text) : value;
}

static struct value date_value(const struct scope *scope, struct date date)
{
    GString *iso;
    struct value value;

    if (date.year == 0)
        return value_null(STATE_EMPTY);
    iso = g_string_new(NULL);
    date_format_iso(iso, date);
    value = value_text(arena_text(scope->arena, iso->str));
    g_string_free(iso, TRUE);
    return value;
}

/* 7天（自然日，含首尾两天） */
static struct value term_value(const struct scope *scope)
{
    GString *text = g_string_new(NULL);
    struct value value;

    period_write(text, scope->period.days, scope->period.count);
    value = value_text(arena_text(scope->arena, text->str));
    g_string_free(text, TRUE);
    return value;
}

static struct value special_value(const struct scope *scope, enum special special)
{
    switch (special) {
    case SPECIAL_DATE:
        return date_value(scope, scope->date);
    case SPECIAL_FIRST:
        return date_value(scope, scope->period.first);
    case SPECIAL_LAST:
        return date_value(scope, scope->period.last);
    case SPECIAL_TERM:
        return term_value(scope);
    case SPECIAL_TITLE:
        return value_text(scope->binding->template->head.title);
    case SPECIAL_DAYS:
        break;
    }
    return value_integer(scope->period.days);
}

static struct value find_value(struct scope *scope, const struct piece *piece,
                               const struct found *found)
{
    switch (found->source) {
    case FROM_DATA:
        return data_value(scope, piece, found);
    case FROM_UNIT:
        return rowset_at(scope->unit_rows, scope->unit_row, found->column);
    case FROM_EACH:
        return rowset_at(scope->binding->each_rows, scope->product_row, found->column);
    case FROM_PARAMETER:
        return scope->binding->parameters[found->column];
    case FROM_SPECIAL:
        return special_value(scope, (enum special)found->column);
    case FROM_SETTING:
        return scope_setting(scope, piece->name);
    case FROM_ROW: /* texts of rows are made of parts, not here */
        break;
    }
    return value_null(STATE_EMPTY);
}

static struct format piece_format(const struct scope *scope, const struct piece *piece,
                                  const struct found *found)
{
    const struct set *set = binding_set(scope->binding, found, NULL);
    struct kind kind = {.type = FIELD_STRING};

    if (piece->formatted)
        return piece->format;
    if (set)
        binding_kind(scope->binding, set, found->column, &kind);
    else if (found->source == FROM_PARAMETER)
        kind.type = scope->binding->template->parameters[found->column].type;
    else if (found->source == FROM_SPECIAL && found->column < SPECIAL_DAYS)
        kind.type = FIELD_DATE;
    return kind_format(&kind);
}

static struct tally *tally_of(struct scope *scope, const char *name, struct place place)
{
    struct tally *tally = g_hash_table_lookup(scope->tallies, name);

    if (!tally) {
        tally = g_new0(struct tally, 1);
        tally->place = place;
        g_hash_table_insert(scope->tallies, g_strdup(name), tally);
    }
    return tally;
}

void scope_tally(struct scope *scope, const char *name, struct place place, enum value_state state)
{
    struct tally *tally = tally_of(scope, name, place);

    tally->blank += state == STATE_EMPTY;
    tally->invalid += state == STATE_INVALID;
}

void scope_unticked(struct scope *scope, const char *name, struct place place)
{
    tally_of(scope, name, place)->unticked++;
    scope->failed = true;
}

/* A value that is missing in a text: its blank is printed, and somebody is told. */
static void print_blank(struct scope *scope, const struct piece *piece, const struct found *found,
                        struct format format, GString *out)
{
    bool date = format.kind == FORMAT_DATE;

    g_string_append(out, date ? "____年__月__日" : "________");
    if (found->source == FROM_SPECIAL) {
        if (!scope->undated)
            finding_add(scope->findings, FINDING_DOCUMENT_DATE_MISSING, piece->place,
                        scope->product);
        scope->undated = true;
        return;
    }
    if (found->source == FROM_SETTING && format.kind != FORMAT_BLANK) {
        finding_add(scope->findings, FINDING_DOCUMENT_SETTING_MISSING, piece->place, scope->product,
                    piece->name);
        scope->failed = true;
        return;
    }
    scope_tally(scope, piece->name, piece->place, STATE_EMPTY);
}

bool scope_value(struct scope *scope, const struct piece *piece, struct value *value,
                 struct format *format)
{
    struct found found;

    if (!binding_find(scope->binding, piece, NULL, &found))
        return false;
    *value = find_value(scope, piece, &found);
    *format = piece_format(scope, piece, &found);
    return true;
}

const char *scope_text(struct scope *scope, const struct phrase *phrase, enum blanks blanks,
                       bool *full)
{
    GString *out = g_string_new(NULL);
    const char *text;

    if (full)
        *full = true;
    for (size_t i = 0; i < phrase->count; i++) {
        const struct piece *piece = &phrase->pieces[i];
        struct found found;
        struct value value;
        struct format format;

        if (piece->literal) {
            g_string_append(out, piece->literal);
            continue;
        }
        if (!binding_find(scope->binding, piece, NULL, &found))
            continue; /* checked when prepared */
        value = find_value(scope, piece, &found);
        format = piece_format(scope, piece, &found);
        if (value.type == VALUE_NULL && value.state == STATE_INVALID)
            scope_tally(scope, piece->name, piece->place, STATE_INVALID);
        if (value.type != VALUE_NULL || value.state != STATE_EMPTY) {
            format_value(out, format, &value);
            continue;
        }
        if (full)
            *full = false;
        if (blanks == BLANKS_REPORT)
            print_blank(scope, piece, &found, format, out);
    }
    text = arena_text(scope->arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

const char *scope_row_text(struct scope *scope, const struct phrase *phrase, const struct set *set,
                           const struct rowset *rows, size_t row)
{
    GString *out = g_string_new(NULL);
    const char *text;

    for (size_t i = 0; i < phrase->count; i++) {
        const struct piece *piece = &phrase->pieces[i];
        const struct phrase one = {1, piece, piece->place};
        size_t column = piece->literal || piece->set ? SIZE_MAX : set_find(set, piece->name);
        struct kind kind;

        if (column == SIZE_MAX) {
            g_string_append(out, scope_text(scope, &one, BLANKS_QUIET, NULL));
            continue;
        }
        struct value value = rowset_at(rows, row, column);
        binding_kind(scope->binding, set, column, &kind);
        format_value(out, piece->formatted ? piece->format : kind_format(&kind), &value);
    }
    text = arena_text(scope->arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

const char *scope_unit_text(const struct scope *scope, const char *column)
{
    GString *out = g_string_new(NULL);
    struct value value =
        rowset_at(scope->unit_rows, scope->unit_row, set_find(&scope->binding->unit, column));
    const char *text;

    format_value(out, (struct format){FORMAT_PLAIN, 0}, &value);
    text = arena_text(scope->arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

/* 脱贫退出公示（石门村）; the place's own columns are public in every store. */
static const char *product_name(const struct scope *scope, size_t product)
{
    const char *title = scope->binding->template->head.title;
    const char *village = binding_village(scope->binding, product);
    char *name = village ? g_strdup_printf("%s（%s）", title, village) : g_strdup(title);
    const char *kept = arena_text(scope->arena, name);

    g_free(name);
    return kept;
}

void scope_open(struct scope *scope, struct binding *binding, size_t product, struct arena *arena,
                struct findings *findings)
{
    *scope = (struct scope){
        .binding = binding,
        .findings = findings,
        .arena = arena,
        .product_row =
            binding->each_rows ? g_array_index(binding->products, size_t, product) : SIZE_MAX,
        .notice_row = SIZE_MAX,
        .village_row = SIZE_MAX,
        .data = g_new0(struct rowset *, binding->template->ndata + 1),
        .tallies = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
    };
    scope->product = product_name(scope, product);
    notice_find(scope);
}

static gint compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void report_count(const struct scope *scope, enum finding_code code, const char *name,
                         struct place place, size_t number)
{
    char count[24];

    if (number == 0)
        return;
    snprintf(count, sizeof(count), "%zu", number);
    finding_add(scope->findings, code, place, scope->product, name, count);
}

/* printed: also what was printed though something is wrong with it. */
static void report_tallies(const struct scope *scope, bool printed)
{
    guint count;
    const char **names = (const char **)g_hash_table_get_keys_as_array(scope->tallies, &count);

    qsort(names, count, sizeof(*names), compare_names);
    for (guint i = 0; i < count; i++) {
        const struct tally *tally = g_hash_table_lookup(scope->tallies, names[i]);

        report_count(scope, FINDING_DOCUMENT_NO_OPTION, names[i], tally->place, tally->unticked);
        if (!printed)
            continue;
        report_count(scope, FINDING_DOCUMENT_BLANK, names[i], tally->place, tally->blank);
        report_count(scope, FINDING_DOCUMENT_INVALID, names[i], tally->place, tally->invalid);
    }
    g_free(names);
}

static void free_scope(struct scope *scope)
{
    g_hash_table_destroy(scope->tallies);
    g_free(scope->data);
}

void scope_close(struct scope *scope)
{
    report_tallies(scope, true);
    free_scope(scope);
}

void scope_abandon(struct scope *scope)
{
    report_tallies(scope, false);
    free_scope(scope);
}
