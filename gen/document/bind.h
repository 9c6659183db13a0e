/* A template bound to a store: its SQL prepared and checked, its products (one for each row of
 * `each`) listed, and each product made into a document. One binding is used by one thread. */
#ifndef MINGBAI_DOCUMENT_BIND_H
#define MINGBAI_DOCUMENT_BIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/findings.h"
#include "document/model.h"
#include "document/template.h"
#include "ledger/settings.h"
#include "store/store.h"

struct binding;

/* Prepares all SQL of template and checks everything that needs columns: parameters nothing binds,
 * rows without ORDER BY, unknown columns and names, `file:` with a column the public does not see
 * in full, a name found in two scopes, totals and number formats over computed columns without
 * `types:`. store may be empty (list templates --check). NULL with findings: all mistakes. The
 * template and the store must outlive the binding. */
struct binding *binding_prepare(const struct template *template, struct store *store,
                                struct findings *findings);
/* A further binding for another thread, with the products (and --only) of first, which was run and
 * must neither be run again nor freed before it. store: a connection of that thread's to the same
 * store. What there is to say about the template first has said. NULL with findings. */
struct binding *binding_again(const struct binding *first, struct store *store,
                              struct findings *findings);
void binding_free(struct binding *binding); /* NULL is allowed */
/* Every (ledger, field) its SQL reads, each once; lent. For holding back (design 4). */
const struct query_read *binding_reads(const struct binding *binding, size_t *count);

/* Gives the parameters their values and runs `each`. -1 with findings: document-parameter-missing,
 * document-parameter-type, sql-runtime. May be called again. settings must outlive the binding. */
int binding_run(struct binding *binding, const struct settings *settings,
                struct findings *findings);
/* --only column=value: keeps the products whose `each` row has that value (as printed plainly).
 * false: `each` has no such column, nothing is changed. */
bool binding_only(struct binding *binding, const char *column, const char *value);

/* The products: rows of `each`, in its order; one without `each`. */
size_t binding_products(const struct binding *binding);
/* The product's 行政村, or NULL when its `each` row names none; lent. */
const char *binding_village(const struct binding *binding, size_t product);
/* Its path under the audience's folder, without suffix; parts are safe file names. NULL with
 * document-file-empty. g_free() it. */
char *binding_stem(struct binding *binding, size_t product, struct findings *findings);

/* Rows as the log counts them: units of a template with `unit`, else rows of its tables (a list
 * that may stand inline or as 附件 counts once). selected = printed + held, always. */
struct row_count {
    size_t selected, printed, held;
};

/* Households (户._id, ascending) whose units are left out; NULL and 0: none. Only of use where the
 * unit's rows have a column _户. */
struct held_units {
    const int64_t *households;
    size_t count;
};

/* Builds the product. 0 with *document NULL: nothing to print, a note says so (document-no-rows);
 * all units held counts as nothing to print. -1 with findings: the product must not be written. The
 * caller ends the document with document_free(); it lives on without the binding and the store, but
 * not without the templates and the schemas. */
int binding_document(struct binding *binding, size_t product, const struct held_units *held,
                     struct document **document, struct row_count *count,
                     struct findings *findings);
void document_free(struct document *document); /* NULL is allowed */

#endif
