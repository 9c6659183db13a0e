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

/* The last column of statement is the state of its column. */
static bool is_companion(sqlite3_stmt *statement, int column)
{
    const int last = sqlite3_column_count(statement) - 1;
    const char *origin = sqlite3_column_origin_name(statement, column);
    const char *state = sqlite3_column_origin_name(statement, last);

    return origin && state && g_str_has_prefix(state, origin) &&
           strcmp(state + strlen(origin), "_态") == 0 &&
           g_strcmp0(sqlite3_column_table_name(statement, column),
                     sqlite3_column_table_name(statement, last)) == 0;
}

/* Tries the list with one companion more. */
static sqlite3_stmt *try_companion(struct store *store, const struct sql_tokens *tokens,
                                   size_t from, const char *list, int column)
{
    sqlite3_stmt *longer = NULL;
    char *sql = g_strdup_printf("%.*s%s %s", (int)from, tokens->sql, list, tokens->sql + from);

    if (sqlite3_prepare_v2(store->db, sql, -1, &longer, NULL) != SQLITE_OK ||
        !is_companion(longer, column)) {
        sqlite3_finalize(longer);
        longer = NULL;
    }
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

sqlite3_stmt *states_extend(struct store *store, const struct sql_tokens *tokens,
                            sqlite3_stmt *statement, int *companions)
{
    const struct sql_outline outline = sql_tokens_outline(tokens);
    const int ncolumn = sqlite3_column_count(statement);
    GString *list;
    size_t item = outline.select + 1;

    for (int i = 0; i < ncolumn; i++)
        companions[i] = -1;
    if (!outline.plain || outline.from == SIZE_MAX)
        return statement;
    if (sql_token_is(tokens, item, "ALL"))
        item++;
    list = g_string_new(" ");
    for (int column = 0; column < ncolumn && item < outline.from; column++) {
        const size_t end = item_end(tokens, item, outline.from);
        const gsize before = list->len;
        char *companion = companion_of(tokens, item, end);

        if (companion) {
            sqlite3_stmt *longer;

            g_string_append_printf(list, ", %s", companion);
            longer = try_companion(store, tokens, tokens->list[outline.from].at, list->str, column);
            if (longer) {
                sqlite3_finalize(statement);
                statement = longer;
                companions[column] = sqlite3_column_count(longer) - 1;
            } else {
                g_string_truncate(list, before);
            }
            g_free(companion);
        }
        item = end + 1;
    }
    g_string_free(list, TRUE);
    return statement;
}
