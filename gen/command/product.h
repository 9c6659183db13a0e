/* One product from its binding to finished files. */
#ifndef MINGBAI_COMMAND_PRODUCT_H
#define MINGBAI_COMMAND_PRODUCT_H

#include <glib.h>

#include "command/hold.h"
#include "command/options.h"
#include "document/bind.h"
#include "render/render.h"
#include "typeset/typeset.h"

/* What all products of a run share. */
struct production {
    const struct options *options;
    const struct fonts *fonts; /* NULL when nothing is paged */
    struct typeset *typeset;   /* the same */
    const struct ledgers *ledgers;
    GHashTable *traced;  /* characters without a glyph already looked for; owns the keys */
    GHashTable *written; /* path below output without suffix: as a set; owns the keys */
    int64_t created;     /* for the metadata */
    struct findings *findings;
};

/* Builds product number index of binding and writes it in each of the formats (NULL-ended). What
 * holds reach it hold it, or units of it, back. Every outcome is a finding. */
void product_make(struct production *production, struct binding *binding,
                  const struct template_head *head, size_t index, const GArray *holds,
                  const struct renderer *const *formats);

#endif
