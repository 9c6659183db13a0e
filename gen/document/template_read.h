/* Reads one template's YAML. Private to document/. */
#ifndef MINGBAI_DOCUMENT_TEMPLATE_READ_H
#define MINGBAI_DOCUMENT_TEMPLATE_READ_H

#include <glib.h>

#include "document/parts.h"

/* One file being read, and what it may refer to. */
struct loading {
    struct arena *arena;
    const struct template_world *world;
    const GPtrArray *sheets; /* const struct style_sheet */
    bool broken_sheet;  /* some style file could not be read: do not blame those that name it */
    const char *source; /* the file's bytes */
    struct findings *findings;
};

/* What could be read; what is wrong becomes findings. Lends texts of root's file. */
struct template *template_read(const struct loading *loading, const struct yaml_node *root);

#endif
