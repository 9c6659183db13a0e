/* What a finding offers instead of a word nobody knows, or of a node of the wrong kind. */
#ifndef MINGBAI_DOCUMENT_SUGGEST_H
#define MINGBAI_DOCUMENT_SUGGEST_H

#include <stddef.h>

#include "base/findings.h"
#include "base/yaml.h"

/* Adds code with the arguments {1} word and {2}: the nearest of the words if there is one near,
 * else the first dozen of them; — when there are none. Returns -1. */
int suggest(struct findings *findings, enum finding_code code, struct place place, const char *word,
            const char *const *words, size_t count);
/* The same over a NULL-ended list. */
int suggest_from(struct findings *findings, enum finding_code code, struct place place,
                 const char *word, const char *const *words);

/* template-wrong-kind: node should have been of the kind wanted. Returns -1. */
int suggest_kind(struct findings *findings, const struct yaml_node *node,
                 enum yaml_node_kind wanted);

#endif
