/* Renderers: one file each, one row in the registry each. They paint or walk; they see documents
 * and pages, never a ledger or a store. */
#ifndef MINGBAI_RENDER_RENDER_H
#define MINGBAI_RENDER_RENDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/findings.h"
#include "document/model.h"
#include "typeset/page.h"

struct render_job {
    const struct document *document;
    struct layout *layout; /* paged renderers; else NULL */
    const char *stem;      /* target path without suffix, UTF-8 */
    bool shared;           /* mode of the finished file (base/file.h) */
    int64_t created;       /* seconds since 1970 for the metadata; never 0 */
    struct findings *findings;
};

struct renderer {
    const char *name;                /* pdf */
    const char *suffix;              /* .pdf */
    const char *title_zh, *title_en; /* for `list formats` */
    bool paged;                      /* needs a layout */
    bool page_files;                 /* one file a page: NAME-01.png */
    /* 0, or -1 with a finding and no file changed. */
    int (*render)(const struct render_job *job);
};

extern const struct renderer render_pdf, render_png, render_xlsx, render_tree, render_pages;

const struct renderer *const *renderers(void); /* NULL-ended */
const struct renderer *renderer_find(const char *name);

#endif
