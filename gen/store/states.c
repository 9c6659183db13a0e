/* Extends a SELECT by the companions of its plain columns. */
#include "store/states.h"

#include <string.h>

/* The item [first, end) as the companion would be written, or NULL if it is not plain. */
static char *companion_of(const struct sql_tokens *tokens, size_t first, size_t end)
{
    GString *sql = g_string_new(NULL);
    char *name = sql_token_name(tokens, first);
    size_t next = first + 1;
    bool plain = name != NULL;

    if (plain && sql_token_is_mark(tokens, next, '.')) {
        store_append_name(sql, name);
        g_string_append_c(sql, '.');
        g_free(name);
        name = sql_token_name(tokens, next + 1);
        plain = name != NULL;
        next += 2;
    }
    if (plain) {
        char *companion = g_strconcat(name, "_态", NULL);

        store_append_name(sql, companion);
        g_free(companion);
    }
    g_free(name);
    if (next < end && sql_token_is(tokens, next, "AS"))
        next++;
    plain = plain && next >= end - 1; /* nothing, or an alias */
    if (plain && next == end - 1) {
        name = sql_token_name(tokens, next);
        plain = name != NULL;
        g_free(name);
    }
    return g_string_free(sql, !plain);
}

/* The column last of statement is the state of its column. */
static bool is_companion(sqlite3_stmt *statement, int column, int last)
{
    const char *origin = sqlite3_column_origin_name(statement, column);
    const char *state = sqlite3_column_origin_name(statement, last);

    return origin && state && g_str_has_prefix(state, origin) &&
           strcmp(state + strlen(origin), "_态") == 0 &&
           g_strcmp0(sqlite3_column_table_name(statement, column),
                     sqlite3_column_table_name(statement, last)) == 0;
}

/* The SELECT with more columns, or NULL. */
static sqlite3_stmt *prepare_longer(struct store *store, const struct sql_tokens *tokens,
                                    size_t from, const char *list)
{
    sqlite3_stmt *longer = NULL;
    char *sql = g_strdup_printf("%.*s%s %s", (int)from, tokens->sql, list, tokens->sql + from);

    sqlite3_prepare_v2(store->db, sql, -1, &longer, NULL);
    g_free(sql);
    return longer;
}

/* The select list's comma or FROM after the item that begins at token i. */
static size_t item_end(const struct sql_tokens *tokens, size_t i, size_t from)
{
    while (i < from && (tokens->list[i].depth || !sql_token_is_mark(tokens, i, ',')))
        i++;
    return i;
}

/* The companions that the columns of statement may have, as they would be written; NULL: none. Only
 * a field has one. */
static char **plain_items(const struct store *store, const struct sql_tokens *tokens,
                          const struct sql_outline *outline, sqlite3_stmt *statement)
{
    const int ncolumn = sqlite3_column_count(statement);
    char **items = g_new0(char *, ncolumn);
    size_t item = outline->select + 1;

    if (sql_token_is(tokens, item, "ALL"))
        item++;
    for (int column = 0; column < ncolumn && item < outline->from; column++) {
        const size_t end = item_end(tokens, item, outline->from);
        const char *table = sqlite3_column_table_name(statement, column);
        const char *origin = sqlite3_column_origin_name(statement, column);
        const struct store_table *known = table ? store_table(store, table) : NULL;

        if (known && origin && store_column(known, origin))
            items[column] = companion_of(tokens, item, end);
        item = end + 1;
    }
    return items;
}

/* All companions at once, which is the rule; NULL if one of them is none. */
static sqlite3_stmt *extend_by_all(struct store *store, const struct sql_tokens *tokens,
                                   size_t from, char *const *items, int ncolumn, int *companions)
{
    GString *list = g_string_new(" ");
    sqlite3_stmt *longer;
    int last = ncolumn;

    for (int column = 0; column < ncolumn; column++) {
        if (items[column])
            g_string_append_printf(list, ", %s", items[column]);
    }
    longer = prepare_longer(store, tokens, from, list->str);
    g_string_free(list, TRUE);
    for (int column = 0; column < ncolumn && longer; column++) {
        if (!items[column])
            continue;
        if (is_companion(longer, column, last)) {
            companions[column] = last++;
        } else {
            sqlite3_finalize(longer);
            longer = NULL;
        }
    }
    return longer;
}

/* One after the other, without those that are none. */
static sqlite3_stmt *extend_one_by_one(struct store *store, const struct sql_tokens *tokens,
                                       size_t from, char *const *items, sqlite3_stmt *statement,
                                       int *companions)
{
    const int ncolumn = sqlite3_column_count(statement);
    GString *list = g_string_new(" ");

    for (int column = 0; column < ncolumn; column++) {
        const int last = sqlite3_column_count(statement);
        const gsize before = list->len;
        sqlite3_stmt *longer;

        companions[column] = -1;
        if (!items[column])
            continue;
        g_string_append_printf(list, ", %s", items[column]);
        longer = prepare_longer(store, tokens, from, list->str);
        if (longer && is_companion(longer, column, last)) {
            sqlite3_finalize(statement);
            statement = longer;
            companions[column] = last;
        } else {
            sqlite3_finalize(longer);
            g_string_truncate(list, before);
        }
    }
    g_string_free(list, TRUE);
    return statement;
}

sqlite3_stmt *states_extend(struct store *store, const struct sql_tokens *tokens,
                            sqlite3_stmt *statement, int *companions)
{
    const struct sql_outline outline = sql_tokens_outline(tokens);
    const int ncolumn = sqlite3_column_count(statement);
    size_t from, nitem = 0;
    char **items;

    for (int i = 0; i < ncolumn; i++)
        companions[i] = -1;
    if (!outline.plain || outline.from == SIZE_MAX)
        return statement;
    from = tokens->list[outline.from].at;
    items = plain_items(store, tokens, &outline, statement);
    for (int i = 0; i < ncolumn; i++)
        nitem += items[i] != NULL;
    if (nitem) {
        sqlite3_stmt *longer = extend_by_all(store, tokens, from, items, ncolumn, companions);

        if (longer) {
            sqlite3_finalize(statement);
            statement = longer;
        } else {
            statement = extend_one_by_one(store, tokens, from, items, statement, companions);
        }
    }
    for (int i = 0; i < ncolumn; i++)
        g_free(items[i]);
    g_free(items);
    return statement;
}
