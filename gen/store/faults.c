/* Finds and explains the faults of an author's SQL. */
#include "store/faults.h"

#include <string.h>

#include "base/text.h"

static const char *const state_suffix = "_态";

struct place sql_place(const struct sql_source *source, size_t offset)
{
    struct place place = source->where;
    const char *sql = source->tokens->sql, *line = sql;

    if (!place.line || !place.column)
        return place;
    for (const char *at = sql; at < sql + offset && *at; at++) {
        if (*at == '\n') {
            place.line++;
            line = at + 1;
        }
    }
    place.column += (uint32_t)g_utf8_strlen(line, sql + offset - line);
    return place;
}

static struct place token_place(const struct sql_source *source, size_t token)
{
    return sql_place(source, token < source->tokens->count ? source->tokens->list[token].at : 0);
}

/* A * that multiplies follows a value; count(*) follows a bracket. */
static bool is_star(const struct sql_tokens *tokens, size_t i)
{
    return sql_token_is_mark(tokens, i, '*') && i &&
           (sql_token_is(tokens, i - 1, "SELECT") || sql_token_is(tokens, i - 1, "DISTINCT") ||
            sql_token_is(tokens, i - 1, "ALL") || sql_token_is_mark(tokens, i - 1, ',') ||
            sql_token_is_mark(tokens, i - 1, '.'));
}

/* SQLite asks the authorizer for more than reading when such a table is named, so the name is
 * looked for. */
static bool is_system_table(const struct sql_tokens *tokens, size_t i)
{
    char *name = sql_token_name(tokens, i);
    const bool system = name && (g_ascii_strncasecmp(name, "pragma_", 7) == 0 ||
                                 g_ascii_strncasecmp(name, "sqlite_", 7) == 0);

    g_free(name);
    return system;
}

static int refuse_token(const struct sql_source *source, size_t i, struct findings *findings)
{
    const struct sql_token *token = &source->tokens->list[i];
    char *text = g_strndup(source->tokens->sql + token->at, token->length);

    finding_add(findings, FINDING_SQL_FORBIDDEN, token_place(source, i), text);
    g_free(text);
    return -1;
}

/* Design 6 wants the opcode Divide looked for; but outside strings, names and comments a / is
 * nothing but division, and so those the optimizer drops are found too. */
int sql_check(const struct sql_source *source, struct findings *findings)
{
    const struct sql_tokens *tokens = source->tokens;
    bool ended = false;
    int result = 0;

    if (!sql_token_is(tokens, 0, "SELECT") && !sql_token_is(tokens, 0, "WITH"))
        return finding_add(findings, FINDING_SQL_NOT_ONE_SELECT, token_place(source, 0));
    for (size_t i = 0; i < tokens->count; i++) {
        if (ended)
            return finding_add(findings, FINDING_SQL_NOT_ONE_SELECT, token_place(source, i));
        if (sql_token_is_mark(tokens, i, ';'))
            ended = true;
        else if (sql_token_is_mark(tokens, i, '/'))
            result = finding_add(findings, FINDING_SQL_DIVISION, token_place(source, i));
        else if (is_star(tokens, i))
            result = finding_add(findings, FINDING_SQL_SELECT_STAR, token_place(source, i));
        else if (tokens->list[i].kind == TOKEN_PARAMETER && tokens->sql[tokens->list[i].at] != ':')
            result = finding_add(findings, FINDING_SQL_PARAMETER, token_place(source, i));
        else if (is_system_table(tokens, i))
            result = refuse_token(source, i, findings);
    }
    return result;
}

/* What the reader is shown to choose from: the nearest name, else the first names. */
static char *near_or_all(const char *name, GPtrArray *candidates)
{
    enum { SHOWN = 12 };
    const char *nearest =
        text_nearest(name, (const char *const *)candidates->pdata, candidates->len);
    GString *list;

    if (nearest)
        return g_strdup(nearest);
    list = g_string_new(NULL);
    for (guint i = 0; i < candidates->len && i < SHOWN; i++)
        g_string_append_printf(list, "%s%s", i ? " " : "",
                               (const char *)g_ptr_array_index(candidates, i));
    if (candidates->len > SHOWN)
        g_string_append(list, " …");
    return g_string_free(list, FALSE);
}

/* like: what is compared with the candidates: name without h. and _态. */
static void add_unknown(struct findings *findings, enum finding_code code, struct place place,
                        const char *name, const char *like, GPtrArray *candidates)
{
    char *offered = near_or_all(like, candidates);

    finding_add(findings, code, place, name, offered);
    g_free(offered);
}

static void add_listed(struct findings *findings, enum finding_code code, struct place place,
                       const char *name, const char *const *list)
{
    GPtrArray *candidates = g_ptr_array_new();

    for (; *list; list++)
        g_ptr_array_add(candidates, (gpointer)*list);
    add_unknown(findings, code, place, name, name, candidates);
    g_ptr_array_free(candidates, TRUE);
}

static bool mentions(const struct sql_tokens *tokens, const char *name)
{
    return sql_tokens_find(tokens, name) != SIZE_MAX;
}

static void explain_column(const struct store *store, const struct sql_source *source,
                           struct place place, const char *column, struct findings *findings)
{
    const char *dot = strrchr(column, '.');
    char *name = g_strdup(dot ? dot + 1 : column);
    GPtrArray *candidates = g_ptr_array_new();
    bool hidden = false;

    if (g_str_has_suffix(name, state_suffix))
        name[strlen(name) - strlen(state_suffix)] = '\0';
    for (guint i = 0; i < store->tables->len; i++) {
        const struct store_table *table = &g_array_index(store->tables, struct store_table, i);

        if (!table->ledger || table->field || table->statistic ||
            !mentions(source->tokens, table->name))
            continue;
        const struct schema *schema = table->ledger->schema;

        for (size_t k = 0; k < schema->nfield; k++) {
            const struct field *field = &schema->fields[k];

            if (store_show(store, field) != SHOW_HIDE) {
                g_ptr_array_add(candidates, (gpointer)field->name);
            } else if (!hidden && strcmp(field->name, name) == 0) {
                hidden = true;
                finding_add(findings, FINDING_SQL_HIDDEN_COLUMN, place, name, schema->name,
                            audience_folder(store->audience));
            }
        }
        for (size_t k = 0; k < schema->nforeign_key; k++)
            g_ptr_array_add(candidates, (gpointer)schema->foreign_keys[k].link);
    }
    if (!hidden)
        add_unknown(findings, FINDING_SQL_UNKNOWN_COLUMN, place, column, name, candidates);
    g_free(name);
    g_ptr_array_free(candidates, TRUE);
}

static void explain_table(const struct store *store, struct place place, const char *name,
                          struct findings *findings)
{
    for (size_t i = 0; i < store->ledgers->count; i++) {
        const struct schema *schema = store->ledgers->list[i].schema;
        const size_t length = strlen(schema->name);

        if (strncmp(name, schema->name, length) != 0 || name[length] != '_')
            continue;
        const size_t field = schema_field(schema, name + length + 1);

        if (field != SIZE_MAX && schema->fields[field].multiple &&
            store_show(store, &schema->fields[field]) == SHOW_HIDE) {
            finding_add(findings, FINDING_SQL_HIDDEN_COLUMN, place, schema->fields[field].name,
                        schema->name, audience_folder(store->audience));
            return;
        }
    }

    const char **tables = store_tables(store);

    add_listed(findings, FINDING_SQL_UNKNOWN_TABLE, place, name, tables);
    g_free(tables);
}

static void explain_refusal(const struct sql_source *source, const char *refused,
                            struct findings *findings)
{
    const size_t token = *refused ? sql_tokens_find(source->tokens, refused) : 0;

    finding_add(findings, FINDING_SQL_FORBIDDEN, token_place(source, token),
                *refused ? refused : "INSERT UPDATE DELETE");
}

/* A full-width mark typed by habit becomes part of a name for SQLite. SIZE_MAX: there is none. */
static size_t find_full_width(const struct sql_tokens *tokens, size_t *token_bytes)
{
    static const char *const marks[] = {"，", "（", "）", "；", "＝", "＞", "＜",
                                        "＋", "＊", "‘",  "’",  "“",  "”",  "　"};

    for (size_t i = 0; i < tokens->count; i++) {
        if (tokens->list[i].kind != TOKEN_WORD)
            continue;
        const char *text = tokens->sql + tokens->list[i].at;

        for (const char *at = text; at < text + tokens->list[i].length; at = g_utf8_next_char(at)) {
            for (size_t k = 0; k < G_N_ELEMENTS(marks); k++) {
                if (g_str_has_prefix(at, marks[k])) {
                    *token_bytes = strlen(marks[k]);
                    return (size_t)(at - tokens->sql);
                }
            }
        }
    }
    return SIZE_MAX;
}

/* The rest of message after prefix, or NULL. */
static const char *after(const char *message, const char *prefix)
{
    return g_str_has_prefix(message, prefix) ? message + strlen(prefix) : NULL;
}

/* SQLite gives some faults no offset: then the name is looked for. */
static struct place fault_place(const struct sql_source *source, int offset, const char *name)
{
    if (offset >= 0)
        return sql_place(source, (size_t)offset);
    return token_place(source, name ? sql_tokens_find(source->tokens, name) : 0);
}

int sql_explain(const struct store *store, const struct sql_source *source,
                const struct guard *guard, struct findings *findings)
{
    const char *message = sqlite3_errmsg(store->db), *name;
    const int offset = sqlite3_error_offset(store->db);
    size_t bytes = 0;
    const size_t mark = find_full_width(source->tokens, &bytes);

    if (guard->refused) {
        explain_refusal(source, guard->refused, findings);
    } else if (mark != SIZE_MAX) {
        char *text = g_strndup(source->tokens->sql + mark, bytes);

        finding_add(findings, FINDING_SQL_FULL_WIDTH, sql_place(source, mark), text);
        g_free(text);
    } else if ((name = after(message, "no such column: "))) {
        explain_column(store, source, fault_place(source, offset, name), name, findings);
    } else if ((name = after(message, "no such table: "))) {
        explain_table(store, fault_place(source, offset, name), name, findings);
    } else if ((name = after(message, "no such function: "))) {
        add_listed(findings, FINDING_SQL_UNKNOWN_FUNCTION, fault_place(source, offset, name), name,
                   authorizer_functions());
    } else if ((name = after(message, "no such collation sequence: "))) {
        add_listed(findings, FINDING_SQL_UNKNOWN_COLLATION, fault_place(source, offset, name), name,
                   collation_names());
    } else if ((name = after(message, "ambiguous column name: "))) {
        finding_add(findings, FINDING_SQL_AMBIGUOUS_COLUMN, fault_place(source, offset, name),
                    name);
    } else {
        finding_add(findings, FINDING_SQL_SYNTAX, fault_place(source, offset, NULL), message);
    }
    return -1;
}
