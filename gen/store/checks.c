/* Prepares and runs checks. */
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "store/checks_inside.h"
#include "store/faults.h"
#include "store/tokens.h"

/* What every check may use: the year of the run, 0 if it is not known. */
static const char parameter_year[] = "年度";
static const char column_id[] = "_id", column_field[] = "_列";

static size_t find_column(const struct query *query, const char *name)
{
    for (size_t i = 0; i < query_columns(query); i++)
        if (strcmp(query_column(query, i)->name, name) == 0)
            return i;
    return SIZE_MAX;
}

static const struct check_parameter *find_parameter(const struct check *check, const char *name)
{
    for (size_t i = 0; i < check->body->nparameter; i++)
        if (strcmp(check->body->parameters[i].name, name) == 0)
            return &check->body->parameters[i];
    return NULL;
}

/* Where :name stands in the SQL. */
static struct place parameter_place(const struct check *check, const char *name)
{
    struct sql_tokens tokens = sql_tokens_cut(check->body->rows);
    const struct sql_source source = {.tokens = &tokens, .where = check->body->rows_place};
    struct place place = source.where;

    for (size_t i = 0; i < tokens.count; i++) {
        const struct sql_token *token = &tokens.list[i];

        if (token->kind == TOKEN_PARAMETER && token->length == strlen(name) + 1 &&
            strncmp(tokens.sql + token->at + 1, name, token->length - 1) == 0)
            place = sql_place(&source, token->at);
    }
    sql_tokens_free(&tokens);
    return place;
}

static int verify_parameters(const struct check *check, const struct query *query,
                             struct findings *findings)
{
    GString *known = g_string_new(parameter_year);
    int result = 0;

    for (size_t i = 0; i < check->body->nparameter; i++)
        g_string_append_printf(known, "、%s", check->body->parameters[i].name);
    for (size_t i = 0; i < query_parameters(query); i++) {
        const char *name = query_parameter(query, i);

        if (strcmp(name, parameter_year) != 0 && !find_parameter(check, name))
            result = finding_add(findings, FINDING_CHECK_PARAMETER, parameter_place(check, name),
                                 name, known->str);
    }
    g_string_free(known, TRUE);
    return result;
}

/* NULL with findings. */
static struct query *prepare(const struct check *check, struct store *store,
                             struct findings *findings)
{
    const struct check_body *body = check->body;
    struct query *query = query_prepare(store, body->rows, body->rows_place, findings);
    int result = 0;

    if (!query)
        return NULL;
    if (find_column(query, column_id) == SIZE_MAX)
        result = finding_add(findings, FINDING_CHECK_NO_ID, body->rows_place);
    result += verify_parameters(check, query, findings);
    result += check_text_verify(&body->message, query, findings);
    result += check_text_verify(&body->hint, query, findings);
    result += check_text_verify(&body->english, query, findings);
    result += check_text_verify(&body->english_hint, query, findings);
    if (result == 0)
        return query;
    query_free(query);
    return NULL;
}

int checks_prepare(const struct checks *checks, struct store *store, struct findings *findings)
{
    int result = 0;

    for (size_t i = 0; i < checks_count(checks); i++) {
        struct query *query = prepare(checks_at(checks, i), store, findings);

        if (!query)
            result = -1;
        query_free(query);
    }
    return result;
}

/* Per field of the ledger: its column in the file, for rows of the ledger that stand there. */
static const uint16_t *columns_of(const struct ledger_file *file, const struct schema *schema)
{
    const bool own = file->ledger && strcmp(file->ledger, schema->name) == 0;

    return own ? file->columns : file->also_columns;
}

static bool has_column(const struct ledger_file *file, const struct schema *schema, size_t field)
{
    const uint16_t *columns = columns_of(file, schema);

    /* A derived column stands in no file. */
    return field >= schema->nfield - schema->nderived || (columns && columns[field]);
}

static bool some_file_has(const struct ledgers *ledgers, const struct ledger *ledger, size_t field)
{
    for (size_t i = 0; i < ledgers->nfile; i++) {
        const struct ledger_file *file = &ledgers->files[i];
        const struct schema *schema =
            file->ledger ? schemas_find(ledgers->schemas, file->ledger) : NULL;
        const char *name = ledger->schema->name;

        if (schema &&
            (strcmp(schema->name, name) == 0 || (schema->also && !strcmp(schema->also, name))) &&
            has_column(file, ledger->schema, field))
            return true;
    }
    return false;
}

/* Why the check cannot be run, or NULL. */
static char *missing_data(const struct check *check, const struct ledgers *ledgers)
{
    for (size_t i = 0; i < check->body->nneed; i++) {
        const struct check_need *need = &check->body->needs[i];
        const struct ledger *ledger = ledgers_find(ledgers, need->schema->name);

        if (rowset_rows(ledger->rows) == 0)
            return g_strdup(need->schema->title);
        for (size_t k = 0; k < need->count; k++) {
            const struct field *field = &need->schema->fields[need->fields[k]];

            if (!some_file_has(ledgers, ledger, need->fields[k]))
                return g_strdup_printf("%s的“%s”一列", need->schema->title, field->name);
        }
    }
    return NULL;
}

/* A plain number as a number, all else as text. */
static struct value read_value(const char *text)
{
    decimal number;

    if (decimal_parse(text, &number) != DECIMAL_OK)
        return value_text(text);
    if (number % DECIMAL_ONE == 0)
        return value_integer((int64_t)(number / DECIMAL_ONE));
    return value_real(decimal_to_real(number));
}

/* Binds what the settings say; -1 with a finding, or with *skipped. */
static int bind(const struct check *check, struct query *query, const struct settings *settings,
                char **skipped, struct findings *findings)
{
    const int year = settings_year(settings);
    const struct value year_value = value_integer(year);

    query_bind(query, parameter_year, &year_value);
    for (size_t i = 0; i < check->body->nparameter; i++) {
        const struct check_parameter *parameter = &check->body->parameters[i];
        const struct value usual = read_value(parameter->fallback);
        const char *set = settings_value(settings, parameter->name, year);
        const struct value value = set && *set ? read_value(set) : usual;

        if (value.type == VALUE_TEXT && !*value.text) {
            *skipped = g_strdup_printf("设置“%s”", parameter->name);
            return -1;
        }
        if (value.type == VALUE_TEXT && usual.type != VALUE_TEXT)
            return finding_add(findings, FINDING_CHECK_SETTING, check->body->rows_place,
                               parameter->name, parameter->fallback);
        query_bind(query, parameter->name, &value);
    }
    return 0;
}

/* One row the query gave. */
struct found {
    size_t row, order; /* of the ledger; of the result */
    size_t field;      /* or SIZE_MAX */
};

static int compare_found(const void *a, const void *b)
{
    const struct found *one = a, *other = b;

    if (one->row != other->row)
        return one->row < other->row ? -1 : 1;
    if (one->field != other->field)
        return one->field < other->field ? -1 : 1;
    return one->order < other->order ? -1 : one->order > other->order;
}

/* A run of one check. */
struct check_run {
    const struct check *check;
    const struct ledgers *ledgers;
    const struct ledger *ledger;
    const struct query *query;
    const struct rowset *rows;
    struct findings *findings;
};

/* The cell stands in the row's file, and it is not one that could not be read. */
static bool is_known(const struct check_run *run, size_t row, size_t field)
{
    const struct ledger_file *file = &run->ledgers->files[run->ledger->origins[row].file];

    return has_column(file, run->ledger->schema, field) &&
           rowset_at(run->ledger->rows, row, field).state != STATE_INVALID;
}

/* The columns the check needs of this ledger, and the one it points to, are known in this row. */
static bool is_judged(const struct check_run *run, const struct found *found)
{
    if (found->field != SIZE_MAX && !is_known(run, found->row, found->field))
        return false;
    for (size_t i = 0; i < run->check->body->nneed; i++) {
        const struct check_need *need = &run->check->body->needs[i];

        for (size_t k = 0; need->schema == run->check->at && k < need->count; k++) {
            if (!is_known(run, found->row, need->fields[k]))
                return false;
        }
    }
    return true;
}

/* What row order of the result points to; false with a finding when that is no row or no field. */
static bool resolve(const struct check_run *run, size_t order, struct found *found)
{
    const struct value id = rowset_at(run->rows, order, find_column(run->query, column_id));
    const size_t named = find_column(run->query, column_field);

    *found = (struct found){.order = order, .field = run->check->body->field};
    if (id.type != VALUE_INTEGER || id.integer < 1 ||
        (uint64_t)id.integer > rowset_rows(run->ledger->rows)) {
        finding_add(run->findings, FINDING_CHECK_ROW, run->check->body->rows_place, column_id);
        return false;
    }
    found->row = (size_t)id.integer - 1;
    if (named != SIZE_MAX) {
        const struct value name = rowset_at(run->rows, order, named);

        found->field = name.type == VALUE_TEXT ? schema_field(run->check->at, name.text) : SIZE_MAX;
        if (found->field == SIZE_MAX) {
            finding_add(run->findings, FINDING_CHECK_ROW, run->check->body->rows_place,
                        column_field);
            return false;
        }
    }
    return true;
}

static void report(const struct check_run *run, const struct found *found)
{
    static const enum finding_code codes[] = {[LEVEL_NOTE] = FINDING_CHECK_NOTE,
                                              [LEVEL_WARNING] = FINDING_CHECK_WARNING,
                                              [LEVEL_ERROR] = FINDING_CHECK_ERROR};
    const struct check_body *body = run->check->body;
    const struct check_text *texts[] = {&body->message, &body->english, &body->hint,
                                        &body->english_hint};
    GString *words[G_N_ELEMENTS(texts)];

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        words[i] = g_string_new(NULL);
        /* An author need not write English. */
        check_text_fill(words[i], texts[i]->count ? texts[i] : texts[i - i % 2], run->query,
                        run->rows, found->order);
    }
    finding_add(run->findings, codes[run->check->level],
                ledgers_place(run->ledgers, run->ledger, found->row, found->field), words[0]->str,
                words[1]->str, words[2]->str, words[3]->str);
    finding_rename(run->findings, run->check->name);
    ledger_snippet(run->ledger, found->row, found->field, NULL, run->findings);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_string_free(words[i], TRUE);
}

static void report_all(const struct check_run *run)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct found));
    struct found found;

    for (size_t i = 0; i < rowset_rows(run->rows); i++) {
        if (!resolve(run, i, &found))
            break;
        if (is_judged(run, &found))
            g_array_append_val(list, found);
    }
    g_array_sort(list, compare_found);
    for (guint i = 0; i < MIN(list->len, MOST_LISTED); i++)
        report(run, &g_array_index(list, struct found, i));
    if (list->len > MOST_LISTED) {
        char *rest = g_strdup_printf("%u", list->len - MOST_LISTED);

        finding_add(run->findings, FINDING_CHECK_MORE, (struct place){0}, run->check->title, rest,
                    run->check->name);
        g_free(rest);
    }
    g_array_free(list, TRUE);
}

void check_run(const struct check *check, const struct ledgers *ledgers, struct store *store,
               const struct settings *settings, char **skipped, struct findings *findings)
{
    struct check_run run = {.check = check, .ledgers = ledgers, .findings = findings};
    struct query *query = NULL;
    struct rowset *rows = NULL;

    *skipped = missing_data(check, ledgers);
    if (!*skipped)
        query = prepare(check, store, findings);
    if (query && bind(check, query, settings, skipped, findings) == 0)
        rows = query_run(query, findings);
    if (rows) {
        run.ledger = ledgers_find(ledgers, check->at->name);
        run.query = query;
        run.rows = rows;
        report_all(&run);
    }
    rowset_free(rows);
    query_free(query);
}
