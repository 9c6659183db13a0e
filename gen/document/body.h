/* Parses the blocks of a template and of its skeleton. */
#ifndef MINGBAI_DOCUMENT_BODY_H
#define MINGBAI_DOCUMENT_BODY_H

#include "document/parts.h"

struct body_source {
    struct arena *arena;
    const struct style_sheet *sheet;
    const struct page_spec *pages;   /* of the template, one a paper of the sheet */
    const struct yaml_node *body;    /* the template's */
    const struct skeleton *skeleton; /* blocks that surround the template's; NULL: none */
    struct data_set *data;
    size_t ndata;
    bool each_ledger;
};

/* The blocks in order, skeleton unfolded, *count of them. Sets `listed` of the data sets that
 * tables print. What is wrong becomes findings. */
const struct body_block *body_parse(const struct body_source *source, size_t *count,
                                    struct findings *findings);

#endif
