/* What is wrong with an author's SQL, said with its place in his file. */
#ifndef MINGBAI_STORE_FAULTS_H
#define MINGBAI_STORE_FAULTS_H

#include "base/findings.h"
#include "store/inside.h"
#include "store/tokens.h"

/* The SQL being judged; lent. */
struct sql_source {
    const struct sql_tokens *tokens;
    struct place where; /* of its first character, as in query_prepare() */
};

/* The place of a byte of the SQL. */
struct place sql_place(const struct sql_source *source, size_t offset);
/* What can be seen without SQLite: not one SELECT, SELECT *, division. -1 with findings. */
int sql_check(const struct sql_source *source, struct findings *findings);
/* Says why the statement did not prepare, from SQLite's last error and the guard. Always -1. */
int sql_explain(const struct store *store, const struct sql_source *source,
                const struct guard *guard, struct findings *findings);

#endif
