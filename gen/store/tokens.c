/* Cuts SQL into tokens as SQLite's own tokenizer does, and finds the outline of a SELECT. */
#include "store/tokens.h"

#include <stdint.h>
#include <string.h>

/* SQLite takes every byte of a character beyond ASCII for a letter. */
static bool is_letter(char byte)
{
    return g_ascii_isalnum(byte) || byte == '_' || byte == '$' || (unsigned char)byte >= 0x80;
}

/* Bytes of a quoted token at text, which doubles the quote it contains; to the end if unclosed. */
static size_t quoted_length(const char *text, char end)
{
    size_t length = 1;

    for (; text[length]; length++) {
        if (text[length] != end)
            continue;
        if (end == ']' || text[length + 1] != end)
            return length + 1;
        length++;
    }
    return length;
}

static size_t number_length(const char *text)
{
    size_t length = 0;

    while (is_letter(text[length]) || text[length] == '.' ||
           ((text[length] == '+' || text[length] == '-') &&
            g_ascii_tolower(text[length - 1]) == 'e' && g_ascii_tolower(text[1]) != 'x'))
        length++;
    return length;
}

static size_t letters_length(const char *text)
{
    size_t length = 0;

    while (is_letter(text[length]))
        length++;
    return length;
}

/* Bytes of white space and comments at text. */
static size_t blank_length(const char *text)
{
    size_t length = 0;

    for (;;) {
        if (g_ascii_isspace(text[length])) {
            length++;
        } else if (strncmp(text + length, "--", 2) == 0) {
            length += strcspn(text + length, "\n");
        } else if (strncmp(text + length, "/*", 2) == 0) {
            const char *end = strstr(text + length + 2, "*/");

            length = end ? (size_t)(end - text) + 2 : strlen(text);
        } else {
            return length;
        }
    }
}

static struct sql_token next_token(const char *text)
{
    const char first = *text;

    if (first == '\'')
        return (struct sql_token){TOKEN_STRING, 0, quoted_length(text, '\''), 0};
    if ((first == 'x' || first == 'X') && text[1] == '\'')
        return (struct sql_token){TOKEN_STRING, 0, 1 + quoted_length(text + 1, '\''), 0};
    if (first == '"' || first == '`')
        return (struct sql_token){TOKEN_QUOTED, 0, quoted_length(text, first), 0};
    if (first == '[')
        return (struct sql_token){TOKEN_QUOTED, 0, quoted_length(text, ']'), 0};
    if (g_ascii_isdigit(first) || (first == '.' && g_ascii_isdigit(text[1])))
        return (struct sql_token){TOKEN_NUMBER, 0, number_length(text), 0};
    if (strchr(":@$#?", first))
        return (struct sql_token){TOKEN_PARAMETER, 0, 1 + letters_length(text + 1), 0};
    if (is_letter(first))
        return (struct sql_token){TOKEN_WORD, 0, letters_length(text), 0};
    return (struct sql_token){TOKEN_MARK, 0, 1, 0};
}

struct sql_tokens sql_tokens_cut(const char *sql)
{
    GArray *list = g_array_new(FALSE, FALSE, sizeof(struct sql_token));
    struct sql_tokens tokens = {.sql = sql};
    unsigned depth = 0;
    size_t at = 0;

    for (;;) {
        struct sql_token token;

        at += blank_length(sql + at);
        if (!sql[at])
            break;
        token = next_token(sql + at);
        if (sql[at] == ')' && depth)
            depth--;
        token.at = at;
        token.depth = depth;
        if (sql[at] == '(')
            depth++;
        g_array_append_val(list, token);
        at += token.length;
    }
    tokens.count = list->len;
    tokens.list = (struct sql_token *)(void *)g_array_free(list, FALSE);
    return tokens;
}

void sql_tokens_free(struct sql_tokens *tokens)
{
    g_free(tokens->list);
    *tokens = (struct sql_tokens){0};
}

bool sql_token_is(const struct sql_tokens *tokens, size_t index, const char *word)
{
    if (index >= tokens->count)
        return false;
    const struct sql_token *token = &tokens->list[index];

    return token->kind == TOKEN_WORD && token->length == strlen(word) &&
           g_ascii_strncasecmp(tokens->sql + token->at, word, token->length) == 0;
}

bool sql_token_is_mark(const struct sql_tokens *tokens, size_t index, char mark)
{
    return index < tokens->count && tokens->list[index].kind == TOKEN_MARK &&
           tokens->sql[tokens->list[index].at] == mark;
}

char *sql_token_name(const struct sql_tokens *tokens, size_t index)
{
    if (index >= tokens->count)
        return NULL;
    const struct sql_token *token = &tokens->list[index];
    const char *text = tokens->sql + token->at;

    if (token->kind == TOKEN_WORD)
        return g_strndup(text, token->length);
    if (token->kind != TOKEN_QUOTED || token->length < 2)
        return NULL;

    const char end = text[token->length - 1];
    GString *name = g_string_new(NULL);

    for (size_t i = 1; i + 1 < token->length; i++) {
        g_string_append_c(name, text[i]);
        if (text[i] == end) /* a doubled quote */
            i++;
    }
    return g_string_free(name, FALSE);
}

size_t sql_tokens_find(const struct sql_tokens *tokens, const char *name)
{
    for (size_t i = 0; i < tokens->count; i++) {
        char *this_name = sql_token_name(tokens, i);
        const bool found = this_name && g_ascii_strcasecmp(this_name, name) == 0;

        g_free(this_name);
        if (found)
            return i;
    }
    return SIZE_MAX;
}

struct sql_outline sql_tokens_outline(const struct sql_tokens *tokens)
{
    struct sql_outline outline = {.select = SIZE_MAX, .from = SIZE_MAX, .plain = true};

    for (size_t i = 0; i < tokens->count; i++) {
        if (tokens->list[i].depth)
            continue;
        if (sql_token_is(tokens, i, "SELECT") && outline.select == SIZE_MAX) {
            outline.select = i;
            if (sql_token_is(tokens, i + 1, "DISTINCT"))
                outline.plain = false;
        } else if (outline.select == SIZE_MAX) {
            continue;
        } else if (sql_token_is(tokens, i, "FROM") && outline.from == SIZE_MAX) {
            outline.from = i;
        } else if (sql_token_is(tokens, i, "ORDER") && sql_token_is(tokens, i + 1, "BY")) {
            outline.ordered = true;
        } else if (sql_token_is(tokens, i, "GROUP") || sql_token_is(tokens, i, "UNION") ||
                   sql_token_is(tokens, i, "INTERSECT") || sql_token_is(tokens, i, "EXCEPT")) {
            outline.plain = false;
        }
    }
    return outline;
}
