/* What every verb needs: schemas, settings, templates, ledgers, loaded in that order. */
#ifndef MINGBAI_COMMAND_WORLD_H
#define MINGBAI_COMMAND_WORLD_H

#include "base/date.h"
#include "command/options.h"
#include "document/template.h"
#include "ledger/ledger.h"
#include "ledger/schema.h"
#include "ledger/settings.h"
#include "store/checks.h"
#include "typeset/fonts.h"

struct world {
    char *home;
    struct schemas *schemas;
    struct settings *settings;
    struct templates *templates; /* NULL unless asked for */
    struct ledgers *ledgers;     /* NULL until world_read() */
};

/* Schemas, settings (with -s and --date) and, if asked for, templates. false with findings: all
 * mistakes of all of them. End it with world_close() in either case. */
bool world_open(struct world *world, const struct options *options, bool templates,
                struct findings *findings);
/* The ledgers in the input folder. */
void world_read(struct world *world, const struct options *options, struct findings *findings);
void world_close(struct world *world);

/* 基准日期: --date or -s, else 设置's, else 1 January of 年度, else year 0 (design decision 12). */
struct date world_reference(const struct world *world, struct findings *findings);
/* The checks of templates/checks, proved without data. NULL with findings: every mistake of all of
 * them. checks_free() it, before the world. */
struct checks *world_checks(const struct world *world, struct findings *findings);
/* NULL with findings. fonts_free() it. */
struct fonts *world_fonts(const struct world *world, struct findings *findings);

#endif
