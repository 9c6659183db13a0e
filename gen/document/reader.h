/* Values of template files, read with findings: words of a list, lengths, type sizes. Each function
 * returns its fallback when the member is absent or wrong; wrong ones are findings
 * (template-number, template-unknown-word, template-wrong-kind). */
#ifndef MINGBAI_DOCUMENT_READER_H
#define MINGBAI_DOCUMENT_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/findings.h"
#include "base/yaml.h"
#include "document/model.h"

mpt read_length(const struct yaml_node *map, const char *key, mpt fallback,
                struct findings *findings); /* written in mm */
mpt read_size(const struct yaml_node *map, const char *key, mpt fallback,
              struct findings *findings); /* written in pt or as 三号 */
int read_thousandths(const struct yaml_node *map, const char *key, int fallback,
                     struct findings *findings); /* 0.35 is 350 */
/* The place in words (NULL-ended) of what the member says. */
int read_word(const struct yaml_node *map, const char *key, const char *const *words, int fallback,
              struct findings *findings);
/* The texts of a list, or of one text, NULL-ended, g_free() the array only; empty when absent. */
const char **read_list(const struct yaml_node *map, const char *key, struct findings *findings);
/* The member's text; NULL with template-missing-key when there is none. */
const char *read_required(const struct yaml_node *map, const char *key, struct findings *findings);
/* How many errors there are so far: to see whether a part of a file was good. */
size_t read_errors(const struct findings *findings);

#endif
