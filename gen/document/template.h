/* Templates as read from templates/ (design section 5): parsed, checked as far as that is possible
 * without a store, then constant. Their SQL is checked by binding_prepare() (document/bind.h). */
#ifndef MINGBAI_DOCUMENT_TEMPLATE_H
#define MINGBAI_DOCUMENT_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/audience.h"
#include "base/findings.h"
#include "ledger/schema.h"

struct templates;
struct template;

/* What names outside the templates' own folders mean; all lent, lists NULL-ended. */
struct template_world {
    const struct schemas *schemas;
    const char *const *settings; /* settings_names() */
    const char *const *formats;  /* the renderers' names */
    const char *pictures;        /* folder of the clerk's pictures (input/图片); need not exist */
};

/* Reads folder/styles/ and every .yaml below folder/{notices,cards,forms,workbooks,prose}/. NULL
 * with findings when one is wrong: all mistakes of all templates. Borrows world->schemas only. */
struct templates *templates_load(const char *folder, const struct template_world *world,
                                 struct findings *findings);
void templates_free(struct templates *templates); /* NULL is allowed */
size_t templates_count(const struct templates *templates);
const struct template *templates_at(const struct templates *templates, size_t index); /* by id */
/* By id, title or alias; NULL with template-unknown (did-you-mean) when there is none. */
const struct template *templates_find(const struct templates *templates, const char *name,
                                      struct findings *findings);

/* What is said about a template without its data. Lists are NULL-ended. */
struct template_head {
    const char *id, *title;
    const char *description; /* "" if it has none */
    const char *const *aliases;
    const char *const *ledgers; /* those it cannot do without; empty: any */
    const char *const *formats; /* in the template's order */
    enum audience audience;
    bool by_unit;       /* has `unit`: a bad field holds back a unit, not the product */
    struct place place; /* its file */
};

const struct template_head *template_head(const struct template *template);

#endif
