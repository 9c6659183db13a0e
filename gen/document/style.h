/* Style sheets of templates/styles/: for each paper a page, named text styles and named grid
 * styles; a sheet with a body is also a skeleton. No look of a product stands anywhere else. */
#ifndef MINGBAI_DOCUMENT_STYLE_H
#define MINGBAI_DOCUMENT_STYLE_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/findings.h"
#include "base/yaml.h"
#include "document/model.h"
#include "document/page_spec.h"
#include "document/skeleton.h"

struct named_text {
    const char *name;
    struct text_style style;
};

/* Its text styles by name; each names one of the same paper. */
struct grid_style {
    const char *name;
    const char *head, *cell, *group, *count, *total, *subtotal, *label, *side, *empty, *note;
    mpt row, row_max; /* least height of a row, and what a short page may grow it to */
    mpt head_row, group_row;
    mpt side_width;
    enum rules rules;
    struct rule_weights weights;
    int padding;
    bool keep;
    mpt before, after;
};

extern const char *const RULE_NAMES[]; /* in enum rules' order, NULL-ended */

struct paper {
    const char *name; /* A4 */
    struct page_spec page;
    size_t ntext, ngrid;
    const struct named_text *texts;
    const struct grid_style *grids;
};

struct style_sheet {
    const char *id;
    struct place place;
    bool fill; /* rows grow so that the page is used */
    size_t npaper;
    const struct paper *papers;      /* the first is the default */
    const struct skeleton *skeleton; /* or NULL */
};

/* Reads the roots of style files, each after the one it extends, and appends those that are good to
 * sheets (struct style_sheet). false with findings: not all are, template-extends for those that
 * extend one another in a circle. Lends texts of the YAML files, which must outlive the sheets. */
bool style_sheets_read(struct arena *arena, const struct yaml_node *const *roots, size_t count,
                       GPtrArray *sheets, struct findings *findings);
/* base with papers as a template's `papers` changes them, as a style that extends it would. */
const struct style_sheet *style_sheet_change(struct arena *arena, const struct style_sheet *base,
                                             const struct yaml_node *papers,
                                             struct findings *findings);
/* The sheet of that id, or NULL. */
const struct style_sheet *style_sheets_find(const GPtrArray *sheets, const char *id);
/* template-unknown-style at place, with did-you-mean. */
void style_sheets_unknown(const GPtrArray *sheets, const char *id, struct place place,
                          struct findings *findings);
const struct paper *style_sheet_paper(const struct style_sheet *sheet,
                                      const char *name);                          /* or NULL */
const struct text_style *paper_text(const struct paper *paper, const char *name); /* or NULL */
const struct grid_style *paper_grid(const struct paper *paper, const char *name); /* or NULL */

#endif
