/* YAML files as a tree in which every node knows its line and column (design decision 5). Read with
 * libyaml; anchors, tags and several documents in a file are findings. */
#ifndef MINGBAI_BASE_YAML_H
#define MINGBAI_BASE_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/findings.h"

enum yaml_node_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_node {
    enum yaml_node_kind kind;
    struct place place;     /* of the value */
    struct place key_place; /* of its key, when it is a member of a map */
    const char *key;        /* its key, when it is a member of a map; else NULL */
    const char *text;       /* YAML_TEXT: the scalar */
    bool plain;             /* YAML_TEXT: written without quotes and not as a block */
    bool block;             /* YAML_TEXT: a | or > block: its text begins on the line after place */
    size_t count;           /* YAML_LIST, YAML_MAP: children */
    struct yaml_node *children;
};

struct yaml_file;

/* NULL with findings: file faults, yaml-encoding, yaml-empty, yaml-syntax, yaml-deep, yaml-key,
 * yaml-duplicate-key, yaml-anchor, yaml-brace (a plain value that begins with {{ must be quoted).
 */
struct yaml_file *yaml_read(const char *path, struct findings *findings);
/* Nodes and texts die with it; NULL is allowed. (Not yaml_free: libyaml has one, which ours would
 * replace in the linked program.) */
void yaml_close(struct yaml_file *file);
const struct yaml_node *yaml_root(const struct yaml_file *file);

/* The child with that key, or NULL, also of a node that is no map. */
const struct yaml_node *yaml_member(const struct yaml_node *map, const char *key);
/* A finding (template-unknown-key, with did-you-mean) for each key of map not in the NULL-ended
 * list; -1 if there was one. A node that is no map is template-wrong-kind. */
int yaml_only(const struct yaml_node *map, const char *const *keys, struct findings *findings);
/* The member's text, or fallback if it is absent; template-wrong-kind if it is no text. */
const char *yaml_text(const struct yaml_node *map, const char *key, const char *fallback,
                      struct findings *findings);
/* true or false; template-wrong-kind and fallback if it is neither. */
bool yaml_flag(const struct yaml_node *map, const char *key, bool fallback,
               struct findings *findings);
/* A whole number of 32 bits; template-wrong-kind and fallback if it is none. */
long yaml_integer(const struct yaml_node *map, const char *key, long fallback,
                  struct findings *findings);
/* Where the text of a YAML_TEXT node begins in its file: of a block, behind the next line's
 * indentation. source: the file's text. */
struct place yaml_text_place(const struct yaml_node *node, const char *source);

#endif
