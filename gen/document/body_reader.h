/* What the parsers of block kinds share. Private to body*.c. */
#ifndef MINGBAI_DOCUMENT_BODY_READER_H
#define MINGBAI_DOCUMENT_BODY_READER_H

#include <glib.h>

#include "document/body.h"
#include "document/reader.h"

struct body_reader {
    const struct body_source *source;
    struct findings *findings;
    GArray *blocks;         /* struct body_block */
    GPtrArray *attachments; /* struct body_block *: tables that may become 附件, copies */
};

extern const char *const ALIGN_NAMES[]; /* in enum align's order, NULL-ended */

/* The member parsed as a phrase; NULL when absent or wrong. */
const struct phrase *read_phrase(const struct body_reader *reader, const struct yaml_node *map,
                                 const char *key, bool totals);
/* The member's text if the sheet has a text (or grid) style of that name, else fallback, which is
 * checked too. */
const char *read_text_name(const struct body_reader *reader, const struct yaml_node *map,
                           const char *key, const char *fallback);
const char *read_grid_name(const struct body_reader *reader, const struct yaml_node *map,
                           const char *fallback);

struct body_table *read_table(const struct body_reader *reader, const struct yaml_node *node);
/* The data set node names, whose rows are printed and so need an order; SIZE_MAX with a finding. */
size_t read_data_name(const struct body_reader *reader, const struct yaml_node *node);
struct body_chart read_chart(const struct body_reader *reader, const struct yaml_node *node);
struct body_image read_image_block(const struct body_reader *reader, const struct yaml_node *node);
struct body_code read_code_block(const struct body_reader *reader, const struct yaml_node *node);
/* Groups, totals, page rows, notes of a table whose columns are read. */
void read_bands(const struct body_reader *reader, const struct yaml_node *node,
                struct body_table *table);
struct body_form read_form(const struct body_reader *reader, const struct yaml_node *node);

#endif
