/* The verb merge: one table of each ledger, with where every row comes from. */
#include "ledger/merge.h"

#include <string.h>

#include "base/file.h"
#include "command/report.h"
#include "command/tables.h"
#include "command/verbs.h"
#include "command/world.h"

static void merge(const struct world *world, size_t index, const struct options *options,
                  struct findings *findings)
{
    struct merged *merged = merge_ledger(world->ledgers, index);
    const char *name = world->ledgers->list[index].schema->name;
    const struct table tables[] = {{.name = name, .rows = merged->rows, .main = true},
                                   {.name = "来源", .rows = merged->sources},
                                   {.name = "重复", .rows = merged->repeats}};

    tables_write(options, TABLES_MERGED, name, tables, G_N_ELEMENTS(tables), findings);
    merged_free(merged);
}

static bool chosen(const struct options *options, const char *ledger)
{
    for (guint i = 0; i < options->names->len; i++) {
        if (strcmp(options->names->pdata[i], ledger) == 0)
            return true;
    }
    return options->names->len == 0;
}

static void merge_all(const struct world *world, const struct options *options,
                      struct findings *findings)
{
    for (size_t i = 0; i < world->ledgers->count; i++) {
        const struct ledger *ledger = &world->ledgers->list[i];

        if (!chosen(options, ledger->schema->name))
            continue;
        if (ledger->present)
            merge(world, i, options, findings);
        else if (options->names->len > 0)
            finding_add(findings, FINDING_MERGE_EMPTY, (struct place){0}, ledger->schema->name);
    }
}

static bool check_names(const struct world *world, const struct options *options,
                        struct findings *findings)
{
    bool known = true;
    for (guint i = 0; i < options->names->len; i++)
        if (!schemas_find(world->schemas, options->names->pdata[i]))
            known = !finding_add(findings, FINDING_USAGE_LEDGER, (struct place){0},
                                 options->names->pdata[i]);
    return known;
}

static void run(const struct options *options, struct findings *findings)
{
    const bool writable = options->dry_run || folder_make(options->output, false, findings) == 0;
    struct world world;

    if (world_open(&world, options, false, findings) && check_names(&world, options, findings) &&
        tables_formats(options, findings) && writable) {
        if (!options->dry_run)
            file_sweep(options->output, findings);
        world_read(&world, options, findings);
        merge_all(&world, options, findings);
    }
    world_close(&world);
    if (!options->dry_run && writable)
        report_write(options->output, options->english, findings);
}

const struct verb verb_merge = {.name = "merge",
                                .usage = "[台账…]",
                                .help_zh = "各文件合成一张表，注明来源，列出重复，各来源之和对得上",
                                .help_en = "one table of each ledger's files, with sources, sums, "
                                           "duplicates",
                                .talks = true,
                                .run = run};
