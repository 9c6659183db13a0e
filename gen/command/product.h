/* Making products: from a binding to finished files, on any thread. */
#ifndef MINGBAI_COMMAND_PRODUCT_H
#define MINGBAI_COMMAND_PRODUCT_H

#include "command/plan.h"
#include "typeset/fonts.h"

/* What all threads share and none changes. */
struct production {
    const struct options *options;
    const struct fonts *fonts;
    int64_t created; /* for the metadata */
};

/* What a thread has for itself: caches of glyphs, a connection to a store, a binding. */
struct worker;

/* alone: there is no other thread, it may use the main thread's bindings. Opens nothing yet. */
struct worker *worker_new(const struct production *production, bool alone);
void worker_free(struct worker *worker);
/* Builds the product and writes its files. Every outcome is a finding of the product's; after an
 * interrupt nothing is done. worker and product: as their structs, for base/pool.h. */
void product_make(void *worker, void *product);

#endif
