/* How a template's pages go on sheets, and in how many copies: `imposition`, `duplex`, `copies`,
 * and the settings 拼版, 拼版纸, 双面 that a clerk chooses by. Private to document/. */
#ifndef MINGBAI_DOCUMENT_SHEETS_H
#define MINGBAI_DOCUMENT_SHEETS_H

#include <glib.h>

#include "base/arena.h"
#include "base/findings.h"
#include "base/yaml.h"
#include "document/model.h"
#include "ledger/settings.h"

struct sheets {
    struct imposition imposition;
    bool duplex;
    size_t ncopy;
    const char *const *copies; /* their names; {联} stands for them */
    bool by_file;              /* all units of a copy together; else all copies of a unit */
};

/* Reads root's members. What is wrong becomes findings. Lends texts of the YAML file. */
struct sheets sheets_read(struct arena *arena, const struct yaml_node *root,
                          struct findings *findings);
/* Overlays the settings. false with document-setting-word. place: the template's. */
bool sheets_choose(struct sheets *sheets, const struct settings *settings, int year,
                   struct place place, struct findings *findings);
/* The units (struct unit) in all copies, in the order of printing; copied where a text names its
 * copy. */
GArray *sheets_copy(const struct sheets *sheets, struct arena *arena, const GArray *units);

#endif
