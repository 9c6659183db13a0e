/* What the files that read schemas share; nobody else includes it. */
#ifndef MINGBAI_LEDGER_SCHEMA_READ_H
#define MINGBAI_LEDGER_SCHEMA_READ_H

#include "base/arena.h"
#include "base/findings.h"
#include "base/yaml.h"
#include "ledger/schema.h"

/* Mistakes are findings and reading goes on; the caller of all counts them at the end. */
struct schema_reader {
    struct arena *arena; /* owns every schema */
    struct findings *findings;
};

/* One entry of fields: or derived:. */
void schema_read_field(const struct schema_reader *reader, const struct yaml_node *node,
                       bool derived, struct field *field);
/* statistics: of a schema whose fields have been read. */
void schema_read_statistics(const struct schema_reader *reader, const struct yaml_node *root,
                            struct schema *schema);
/* The field's index; SIZE_MAX with schema-unknown-field. */
size_t schema_need_field(const struct schema_reader *reader, const struct schema *schema,
                         const char *name, struct place place);
/* The member's texts, NULL-ended; never NULL: an absent member is an empty list. One text stands
 * for a list of it. */
const char *const *schema_read_texts(const struct schema_reader *reader,
                                     const struct yaml_node *map, const char *key);
/* The member's text, or schema-missing and "" when it is absent or empty. */
const char *schema_read_needed(const struct schema_reader *reader, const struct yaml_node *map,
                               const char *key);
/* node's place, its file's name kept as long as the schemas. */
struct place schema_place(const struct schema_reader *reader, const struct yaml_node *node);
/* template-wrong-kind: node, the value of key, is not what it should be. */
void schema_wrong_kind(const struct schema_reader *reader, const struct yaml_node *node,
                       const char *key, const char *chinese, const char *english);
/* What to offer instead of text: the candidate nearest to it, else all, joined. g_free() it. */
char *schema_offer(const char *text, const char *const *candidates, size_t count);

#endif
