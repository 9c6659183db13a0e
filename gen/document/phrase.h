/* Phrases: texts of a template with {{name|format}} in them, parsed once with their places. */
#ifndef MINGBAI_DOCUMENT_PHRASE_H
#define MINGBAI_DOCUMENT_PHRASE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/findings.h"
#include "base/format.h"
#include "base/yaml.h"
#include "document/model.h"

struct piece {
    const char *literal; /* or NULL, and then: */
    const char *set;     /* {{set.name}}: the data set; else NULL */
    const char *name;
    enum part_kind
        total;      /* PART_FIELD: the value itself, else COUNT SUM AVERAGE MIN MAX DISTINCT */
    bool formatted; /* format was written */
    struct format format;
    struct place place; /* of the {{ */
};

struct phrase {
    size_t count;
    const struct piece *pieces;
    struct place place;
};

/* The total called name (count sum avg min max distinct); false: no such. */
bool phrase_total(const char *name, enum part_kind *total);
/* The names of totals, NULL-ended. */
const char *const *phrase_totals(void);
/* Parses node's text. totals: {{x|sum}} makes sense here (heads of groups, totals). NULL with
 * findings: template-text, template-unknown-word (a format, with did-you-mean). */
const struct phrase *phrase_parse(struct arena *arena, const struct yaml_node *node, bool totals,
                                  struct findings *findings);
/* A phrase without {{…}}. */
const struct phrase *phrase_literal(struct arena *arena, const char *text, struct place place);

#endif
