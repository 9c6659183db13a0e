/* The statistics of the schemas. */
#include "store/statistics.h"

#include <string.h>

#include "base/decimal.h"
#include "store/suppress.h"

/* Rows that agree in all columns but the spread one: a row of cells, one a code of the spread
 * column and one for rows that have none; without spread column a single cell. */
struct group {
    size_t row; /* its first */
    int64_t *rows, *households;
    decimal *sums; /* nsum a cell */
    bool *spoilt;  /* one a sum: a value of it is invalid */
    bool invalid;  /* a row's code is not known */
};

struct counting {
    const struct ledger *ledger;
    const struct statistic *statistic;
    const char *const *codes; /* of the spread column, or NULL */
    size_t ncell;             /* of a group */
    GPtrArray *groups;
    GHashTable *found; /* a group's values as text to struct group */
    bool invalid;      /* a row's group is not known */
    bool without;      /* some row has no code: the last cell is a row of the table */
};

struct statistics {
    GPtrArray *list; /* struct counting */
};

static void group_free(void *data)
{
    struct group *group = data;

    g_free(group->rows);
    g_free(group->households);
    g_free(group->sums);
    g_free(group->spoilt);
    g_free(group);
}

static void counting_free(void *data)
{
    struct counting *counting = data;

    g_ptr_array_free(counting->groups, TRUE);
    g_hash_table_destroy(counting->found);
    g_free(counting);
}

static const struct field *by_field(const struct counting *counting, size_t by)
{
    return &counting->ledger->schema->fields[counting->statistic->by[by]];
}

static struct value by_value(const struct counting *counting, size_t row, size_t by)
{
    return rowset_at(counting->ledger->rows, row, counting->statistic->by[by]);
}

static bool same_group(const struct counting *counting, size_t a, size_t b)
{
    for (size_t i = 0; i < counting->statistic->nby; i++) {
        const struct value one = by_value(counting, a, i), other = by_value(counting, b, i);

        if (i != counting->statistic->spread &&
            (one.state != other.state || !value_equal(&one, &other)))
            return false;
    }
    return true;
}

/* The group's values as one text. */
static char *group_key(const struct counting *counting, size_t row)
{
    GString *key = g_string_new(NULL);

    for (size_t i = 0; i < counting->statistic->nby; i++) {
        const struct value value = by_value(counting, row, i);

        if (i == counting->statistic->spread)
            continue;
        g_string_append_printf(key, "%d%d:", (int)value.type, (int)value.state);
        if (value.type == VALUE_TEXT)
            g_string_append(key, value.text);
        else if (value.type == VALUE_REAL)
            g_string_append_printf(key, "%a", value.real);
        else if (value.type == VALUE_INTEGER)
            g_string_append_printf(key, "%" G_GINT64_FORMAT, value.integer);
        g_string_append_c(key, '\x1f');
    }
    return g_string_free(key, FALSE);
}

static struct group *group_new(const struct counting *counting, size_t row)
{
    const size_t nsum = counting->ncell * counting->statistic->nsum;
    struct group *group = g_new0(struct group, 1);

    group->row = row;
    group->rows = g_new0(int64_t, counting->ncell);
    group->households = g_new0(int64_t, counting->ncell);
    group->sums = g_new0(decimal, nsum);
    group->spoilt = g_new0(bool, nsum);
    return group;
}

/* Ledgers lie village by village, so it is mostly the last row's. */
static struct group *find_group(struct counting *counting, struct group *last, size_t row)
{
    struct group *group;
    char *key;

    if (last && same_group(counting, last->row, row))
        return last;
    key = group_key(counting, row);
    group = g_hash_table_lookup(counting->found, key);
    if (group) {
        g_free(key);
        return group;
    }
    group = group_new(counting, row);
    g_hash_table_insert(counting->found, key, group);
    g_ptr_array_add(counting->groups, group);
    return group;
}

static void count_cell(struct counting *counting, struct group *group, size_t row, size_t cell)
{
    const struct statistic *statistic = counting->statistic;

    group->rows[cell]++;
    for (size_t i = 0; i < statistic->nsum; i++) {
        const size_t at = cell * statistic->nsum + i;
        const struct value value = rowset_at(counting->ledger->rows, row, statistic->sums[i]);
        bool ok = true;

        if (value.type == VALUE_INTEGER)
            group->sums[at] += (decimal)value.integer * DECIMAL_ONE;
        else if (value.type == VALUE_REAL)
            group->sums[at] += decimal_from_real(value.real, &ok);
        if (!ok || value.state == STATE_INVALID)
            group->spoilt[at] = true;
    }
}

/* The cell of a code that text begins with, up to 、 or its end. */
static size_t code_cell(const struct counting *counting, const char *text, size_t length)
{
    size_t cell = 0;

    while (counting->codes[cell] && (strncmp(counting->codes[cell], text, length) != 0 ||
                                     counting->codes[cell][length] != '\0'))
        cell++;
    return cell;
}

/* Marks in cells, ncell flags, where the row counts: each of its codes once. */
static void find_cells(struct counting *counting, struct group *group, size_t row, bool *cells)
{
    const size_t last = counting->ncell - 1;
    struct value value;

    memset(cells, 0, counting->ncell * sizeof(*cells));
    if (!counting->codes) {
        cells[0] = true;
        return;
    }
    value = by_value(counting, row, counting->statistic->spread);
    if (value.state == STATE_INVALID) {
        group->invalid = true;
        return;
    }
    if (value.type != VALUE_TEXT) {
        cells[last] = true;
        counting->without = true;
        return;
    }
    for (const char *text = value.text; text;) {
        const char *end = strstr(text, "、");

        cells[code_cell(counting, text, end ? (size_t)(end - text) : strlen(text))] = true;
        text = end ? end + strlen("、") : NULL;
    }
}

/* Of which household a row is; 0: not known. */
static int64_t household_of(const struct ledger *ledger, size_t row)
{
    if (strcmp(ledger->schema->name, "户") == 0)
        return (int64_t)row + 1;
    for (size_t k = 0; k < ledger->schema->nforeign_key; k++) {
        if (strcmp(ledger->schema->foreign_keys[k].ledger, "户") == 0)
            return ledger->links[k][row];
    }
    return (int64_t)row + 1; /* a ledger that knows no households counts its rows */
}

/* A household that a cell counts already adds no further one to it. */
static bool is_new_household(GHashTable *seen, const struct ledger *ledger,
                             const struct group *group, size_t cell, int64_t household)
{
    char *key;

    if (household == 0)
        return false;
    if (strcmp(ledger->schema->name, "户") == 0)
        return true;
    key = g_strdup_printf("%zu:%zu:%" G_GINT64_FORMAT, group->row, cell, household);
    return g_hash_table_add(seen, key);
}

static bool is_row_lost(const struct counting *counting, size_t row)
{
    for (size_t i = 0; i < counting->statistic->nby; i++) {
        if (i != counting->statistic->spread && by_value(counting, row, i).state == STATE_INVALID)
            return true;
    }
    return false;
}

static void count_rows(struct counting *counting)
{
    const struct ledger *ledger = counting->ledger;
    GHashTable *seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bool *cells = g_new0(bool, counting->ncell);
    struct group *group = NULL;

    for (size_t row = 0; row < rowset_rows(ledger->rows); row++) {
        const int64_t household = household_of(ledger, row);

        if (is_row_lost(counting, row)) {
            counting->invalid = true;
            continue;
        }
        group = find_group(counting, group, row);
        find_cells(counting, group, row, cells);
        for (size_t cell = 0; cell < counting->ncell; cell++) {
            if (!cells[cell])
                continue;
            count_cell(counting, group, row, cell);
            if (is_new_household(seen, ledger, group, cell, household))
                group->households[cell]++;
        }
    }
    g_free(cells);
    g_hash_table_destroy(seen);
}

static struct counting *count_statistic(const struct ledger *ledger,
                                        const struct statistic *statistic)
{
    struct counting *counting = g_new0(struct counting, 1);

    counting->ledger = ledger;
    counting->statistic = statistic;
    counting->groups = g_ptr_array_new_with_free_func(group_free);
    counting->found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (statistic->spread != SIZE_MAX)
        counting->codes = by_field(counting, statistic->spread)->codes;
    while (counting->codes && counting->codes[counting->ncell])
        counting->ncell++;
    counting->ncell++;
    count_rows(counting);
    return counting;
}

struct statistics *statistics_count(const struct ledgers *ledgers)
{
    struct statistics *statistics = g_new0(struct statistics, 1);

    statistics->list = g_ptr_array_new_with_free_func(counting_free);
    for (size_t i = 0; i < ledgers->count; i++) {
        const struct ledger *ledger = &ledgers->list[i];

        for (size_t k = 0; k < ledger->schema->nstatistic; k++)
            g_ptr_array_add(statistics->list,
                            count_statistic(ledger, &ledger->schema->statistics[k]));
    }
    return statistics;
}

void statistics_free(struct statistics *statistics)
{
    if (!statistics)
        return;
    g_ptr_array_free(statistics->list, TRUE);
    g_free(statistics);
}

static void append_column(GString *sql, const struct field *field)
{
    char *state = g_strconcat(field->name, "_态", NULL);

    g_string_append(sql, ", ");
    store_append_name(sql, field->name);
    g_string_append_printf(sql, " %s, ", store_affinity(field->type));
    store_append_name(sql, state);
    g_string_append(sql, " INTEGER");
    g_free(state);
}

void statistics_create_tables(struct store *store, const struct ledger *ledger)
{
    const struct schema *schema = ledger->schema;

    for (size_t i = 0; i < schema->nstatistic; i++) {
        const struct statistic *statistic = &schema->statistics[i];
        const struct store_table table = {
            .name = g_strdup(statistic->name), .ledger = ledger, .statistic = statistic};
        GString *sql = g_string_new("CREATE TABLE ");

        store_append_name(sql, statistic->name);
        g_string_append(sql, "(_id INTEGER PRIMARY KEY");
        for (size_t k = 0; k < statistic->nby; k++)
            append_column(sql, &schema->fields[statistic->by[k]]);
        append_column(sql, &statistic->count);
        for (size_t k = 0; k < statistic->nsum; k++)
            append_column(sql, &schema->fields[statistic->sums[k]]);
        g_string_append_c(sql, ')');
        store_execute(store, sql->str);
        g_string_free(sql, TRUE);
        g_array_append_val(store->tables, table);
    }
}

/* A table being filled. */
struct filling {
    struct store *store;
    const struct counting *counting;
    sqlite3_stmt *insert;
    int column;
    bool spread_is_hidden;
};

static void bind_next(struct filling *filling, struct value value)
{
    store_bind(filling->insert, filling->column, &value, SQLITE_STATIC);
    sqlite3_bind_int(filling->insert, filling->column + 1, (int)value.state);
    filling->column += 2;
}

static struct value sum_value(const struct field *field, decimal sum)
{
    const decimal whole = sum / DECIMAL_ONE;

    if ((field->type == FIELD_INTEGER || field->type == FIELD_BOOLEAN) && whole <= INT64_MAX &&
        whole >= INT64_MIN)
        return value_integer((int64_t)whole);
    return value_real(decimal_to_real(sum));
}

static void bind_sums(struct filling *filling, const struct group *group, size_t cell,
                      enum value_state state)
{
    const struct statistic *statistic = filling->counting->statistic;
    const int64_t households = group->households[cell];

    for (size_t i = 0; i < statistic->nsum; i++) {
        const struct field *field = &filling->counting->ledger->schema->fields[statistic->sums[i]];
        const size_t at = cell * statistic->nsum + i;
        const bool hidden = store_show(filling->store, field) != SHOW_FULL;

        if (state != STATE_VALUE)
            bind_next(filling, value_null(state));
        else if (group->spoilt[at])
            bind_next(filling, value_null(STATE_INVALID));
        else if (hidden && group->rows[cell] > 0 && households < FEWEST_HOUSEHOLDS)
            bind_next(filling, value_null(STATE_SUPPRESSED));
        else
            bind_next(filling, sum_value(field, group->sums[at]));
    }
}

static void insert_cell(struct filling *filling, const struct group *group, size_t cell,
                        bool withheld)
{
    const struct counting *counting = filling->counting;
    enum value_state state = withheld ? STATE_SUPPRESSED : STATE_VALUE;

    if (counting->invalid || group->invalid)
        state = STATE_INVALID;
    filling->column = 2;
    for (size_t i = 0; i < counting->statistic->nby; i++) {
        if (i != counting->statistic->spread)
            bind_next(filling, by_value(counting, group->row, i));
        else if (counting->codes[cell])
            bind_next(filling, value_text(counting->codes[cell]));
        else
            bind_next(filling, value_null(STATE_EMPTY));
    }
    bind_next(filling, state == STATE_VALUE ? value_integer(group->rows[cell]) : value_null(state));
    bind_sums(filling, group, cell, state);
    store_step(filling->store, filling->insert);
}

/* Every code has its row, also where nobody has it, so that what is withheld does not show by what
 * is there. */
static void fill_table(struct filling *filling)
{
    const struct counting *counting = filling->counting;
    const size_t ncell = counting->ncell - (counting->codes && !counting->without ? 1 : 0);
    bool *withheld = g_new0(bool, counting->ncell);

    for (guint i = 0; i < counting->groups->len; i++) {
        const struct group *group = g_ptr_array_index(counting->groups, i);

        if (filling->spread_is_hidden)
            suppress_row(group->households, ncell, withheld);
        for (size_t cell = 0; cell < ncell; cell++)
            insert_cell(filling, group, cell, withheld[cell]);
    }
    g_free(withheld);
}

void statistics_fill(struct store *store, const struct statistics *statistics)
{
    for (guint i = 0; i < statistics->list->len; i++) {
        const struct counting *counting = g_ptr_array_index(statistics->list, i);
        const struct statistic *statistic = counting->statistic;
        struct filling filling = {.store = store, .counting = counting};

        if (statistic->spread != SIZE_MAX)
            filling.spread_is_hidden =
                store_show(store, by_field(counting, statistic->spread)) != SHOW_FULL;
        filling.insert = store_prepare_insert(store, statistic->name,
                                              1 + 2 * (statistic->nby + 1 + statistic->nsum));
        fill_table(&filling);
        sqlite3_finalize(filling.insert);
    }
}
