/* SQL cut into tokens as SQLite cuts it: for what its parser does not tell us, the place of a word
 * and the outline of the outermost SELECT. */
#ifndef MINGBAI_STORE_TOKENS_H
#define MINGBAI_STORE_TOKENS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

enum sql_token_kind {
    TOKEN_WORD,   /* a keyword or plain name */
    TOKEN_QUOTED, /* a name in "", `` or [] */
    TOKEN_STRING, /* '…' and x'…' */
    TOKEN_NUMBER,
    TOKEN_PARAMETER, /* :name @name $name ? */
    TOKEN_MARK       /* one byte of anything else */
};

struct sql_token {
    enum sql_token_kind kind;
    size_t at, length; /* bytes, into the SQL */
    unsigned depth;    /* brackets around it; a bracket itself stands outside of what it encloses */
};

/* Comments and white space are left out. */
struct sql_tokens {
    const char *sql; /* lent */
    size_t count;
    struct sql_token *list;
};

struct sql_tokens sql_tokens_cut(const char *sql);
void sql_tokens_free(struct sql_tokens *tokens);

/* Token index is this keyword or plain name, whatever its ASCII case. An index past the end is
 * nothing. */
bool sql_token_is(const struct sql_tokens *tokens, size_t index, const char *word);
bool sql_token_is_mark(const struct sql_tokens *tokens, size_t index, char mark);
/* The name a WORD or QUOTED token stands for, without quotes; NULL for other tokens. g_free(). */
char *sql_token_name(const struct sql_tokens *tokens, size_t index);
/* The first token that is this name, quoted or not, or SIZE_MAX. */
size_t sql_tokens_find(const struct sql_tokens *tokens, const char *name);

/* The outermost SELECT (after WITH). */
struct sql_outline {
    size_t select, from; /* token indices; SIZE_MAX: none */
    bool ordered;        /* ORDER BY */
    bool plain;          /* no DISTINCT, GROUP BY or compound: a further column changes no row */
};

struct sql_outline sql_tokens_outline(const struct sql_tokens *tokens);

#endif
