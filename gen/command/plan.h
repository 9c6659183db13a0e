/* What a run is to make, decided on the main thread in the order of templates and products; so
 * nothing of it depends on how many threads do the making. */
#ifndef MINGBAI_COMMAND_PLAN_H
#define MINGBAI_COMMAND_PLAN_H

#include <glib.h>

#include "command/options.h"
#include "command/world.h"
#include "document/bind.h"
#include "render/render.h"
#include "store/store.h"

/* One template in a run. */
struct edition {
    const struct template_head *head;
    const struct store *store; /* that its audience reads; lent */
    struct binding *binding;   /* run; the main thread's */
    GPtrArray *formats;        /* const struct renderer *, NULL-ended */
    GArray *holds;             /* struct hold */
    size_t count;              /* of its products; 0: there is nothing to make */
    GPtrArray *products;       /* struct product *, those planned so far, owned */
    struct findings *findings; /* about the template as a whole */
};

/* One product in a run; from plan_product() until its thread is done only that thread touches it.
 */
struct product {
    const struct edition *edition;
    size_t index;
    char *path;  /* of its files without suffix; NULL: it is not made */
    char *shown; /* the same below the output folder */
    struct held_units units;
    struct findings *findings; /* all there is to say about it */
};

/* Prepares and runs the template; why nothing comes of it is in the edition's findings. What
 * template, world, stores and options hold must outlive the edition. */
struct edition *plan_edition(const struct template *template, const struct world *world,
                             const struct stores *stores, const struct options *options);
void edition_free(struct edition *edition);
/* Where the edition's product number index goes, and what faults in the ledgers hold back of it.
 * written: the paths of all products so far, as a set that owns its keys. Lent by the edition. */
struct product *plan_product(struct edition *edition, size_t index, const struct options *options,
                             GHashTable *written);
/* Moves the edition's and its products' findings to findings, in order, once all are made. Looks in
 * the ledgers for the characters no font has; traced: those done before, as a set that owns its
 * keys. */
void plan_report(struct edition *edition, const struct ledgers *ledgers, GHashTable *traced,
                 struct findings *findings);

#endif
