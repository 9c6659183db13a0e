/* Skeletons: the blocks that products share (styles/NAME.yaml, body), and what a style that extends
 * another or a template changes of them by name: replace, insert. Private to document/. */
#ifndef MINGBAI_DOCUMENT_SKELETON_H
#define MINGBAI_DOCUMENT_SKELETON_H

#include "base/arena.h"
#include "base/findings.h"
#include "base/yaml.h"

struct skeleton_block {
    const char *name; /* by which it can be changed; NULL: it cannot */
    const struct yaml_node *node;
};

struct skeleton {
    size_t count;
    const struct skeleton_block *blocks;
};

/* The blocks of a style's body. NULL with template-wrong-kind if it is no list. Lends the nodes. */
const struct skeleton *skeleton_read(struct arena *arena, const struct yaml_node *body,
                                     struct findings *findings);
/* base with other blocks in the place of named ones, or none (replace: {NAME: block or none}), and
 * blocks put beside named ones (insert: [{before or after: NAME, blocks: […]}], in the order
 * written). What takes a block's place keeps its name. replace and insert may be NULL. What is
 * wrong becomes findings: template-unknown-word for a name base has not. */
const struct skeleton *skeleton_change(struct arena *arena, const struct skeleton *base,
                                       const struct yaml_node *replace,
                                       const struct yaml_node *insert, struct findings *findings);

#endif
