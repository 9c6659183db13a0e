/* The verb check: read the ledgers, say what is wrong with them, write no product. */
#include <stdio.h>
#include <string.h>

#include "command/report.h"
#include "command/verbs.h"
#include "command/world.h"
#include "store/store.h"

static bool chosen(const struct options *options, const char *ledger)
{
    for (guint i = 0; i < options->names->len; i++)
        if (ledger && !strcmp(options->names->pdata[i], ledger))
            return true;
    return !options->names->len;
}

/* One line a file: what became of its rows. read + refused + other = rows in the file. */
static void print_files(const struct world *world, const struct options *options)
{
    puts(options->english ? "file\tledger\tencoding\trows read\trefused\ttitles, totals, blanks"
                          : "文件\t台账\t编码\t读入行\t拒收行\t标题合计空行");
    for (size_t i = 0; i < world->ledgers->nfile; i++) {
        const struct ledger_file *file = &world->ledgers->files[i];
        const struct place place = ledger_file_place(file);
        GString *name = g_string_new(NULL);

        place_append(name, &place);
        if (chosen(options, file->ledger))
            printf("%s\t%s\t%s\t%zu\t%zu\t%zu\n", name->str, file->ledger ? file->ledger : "—",
                   file->encoding ? file->encoding : "—", file->rows_read, file->rows_refused,
                   file->rows_other);
        g_string_free(name, TRUE);
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
    struct world world;
    if (world_open(&world, options, false, findings) && check_names(&world, options, findings)) {
        world_read(&world, options, findings);
        struct stores *stores = stores_open(world.ledgers, 1u << AUDIENCE_PUBLIC,
                                            world_reference(&world, findings), findings);
        stores_close(stores);
        print_files(&world, options);
    }
    world_close(&world);
    if (!options->dry_run)
        report_write(options->output, options->english, findings);
}

const struct verb verb_check = {.name = "check",
                                .usage = "[台账…]",
                                .help_zh = "只检查台账，不出成品",
                                .help_en = "check the ledgers, write no product",
                                .talks = true,
                                .run = run};
