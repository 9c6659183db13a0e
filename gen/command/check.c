/* The verb check: read the ledgers, say what is wrong with them, run the checks over them, write no
 * product. */
#include <stdio.h>
#include <string.h>

#include "command/check_report.h"
#include "command/findings_out.h"
#include "command/report.h"
#include "command/run_checks.h"
#include "command/verbs.h"
#include "command/world.h"
#include "store/store.h"

static bool is_named(const struct options *options, const char *ledger)
{
    for (guint i = 0; i < options->names->len; i++)
        if (ledger && !strcmp(options->names->pdata[i], ledger))
            return true;
    return false;
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
        if (!options->names->len || is_named(options, file->ledger))
            printf("%s\t%s\t%s\t%zu\t%zu\t%zu\n", name->str, file->ledger ? file->ledger : "—",
                   file->encoding ? file->encoding : "—", file->rows_read, file->rows_refused,
                   file->rows_other);
        g_string_free(name, TRUE);
    }
}

static bool check_names(const struct world *world, const struct checks *checks,
                        const struct options *options, struct findings *findings)
{
    bool known = true;
    for (guint i = 0; i < options->names->len; i++) {
        const char *name = options->names->pdata[i];
        if (!schemas_find(world->schemas, name) && !checks_find(checks, name))
            known = !finding_add(findings, FINDING_USAGE_LEDGER, (struct place){0}, name);
    }
    return known;
}

enum form { FORM_TEXT, FORM_JSON, FORM_CSV, FORM_XLSX, FORMS };
static const char *const FORM_NAMES[FORMS] = {"text", "json", "csv", "xlsx"};

/* What goes to stdout: one of -f's words. -1 with usage-format. */
static int find_form(const struct options *options, struct findings *findings)
{
    int form = FORM_TEXT;
    for (guint i = 0; i < options->formats->len; i++) {
        const char *name = options->formats->pdata[i];
        for (form = 0; form < FORMS && strcmp(name, FORM_NAMES[form]); form++)
            ;
        if (form == FORMS || options->formats->len > 1)
            return finding_add(findings, FINDING_USAGE_FORMAT, (struct place){0}, name,
                               "text json csv xlsx");
    }
    return form;
}

static void print_findings(int form, const struct options *options, const struct findings *findings)
{
    GString *out = g_string_new(NULL);
    if (form == FORM_JSON)
        findings_json(out, findings, options->english, options->max_errors);
    else if (form == FORM_CSV)
        findings_csv(out, findings, options->english, options->for_excel, options->max_errors);
    fwrite(out->str, 1, out->len, stdout);
    g_string_free(out, TRUE);
}

static void check_ledgers(struct world *world, const struct checks *checks,
                          const struct options *options, struct findings *findings)
{
    world_read(world, options, findings);
    struct stores *stores =
        stores_open(world->ledgers, 1u << AUDIENCE_PUBLIC | 1u << AUDIENCE_INTERNAL,
                    world_reference(world, findings), findings);
    if (stores)
        run_checks(world, checks, stores_of(stores, AUDIENCE_INTERNAL), options, findings);
    stores_close(stores);
}

static void run(const struct options *options, struct findings *findings)
{
    struct world world;
    const int form = find_form(options, findings);
    struct checks *checks = NULL;
    if (world_open(&world, options, false, findings))
        checks = world_checks(&world, findings);
    if (checks && check_names(&world, checks, options, findings) && form >= 0) {
        check_ledgers(&world, checks, options, findings);
        if (form == FORM_TEXT || form == FORM_XLSX)
            print_files(&world, options);
        if (form == FORM_XLSX)
            check_report_write(options, world.ledgers, findings);
    }
    checks_free(checks);
    world_close(&world);
    if (!options->dry_run)
        report_write(options->output, options->english, findings);
    print_findings(form, options, findings);
}

const struct verb verb_check = {.name = "check",
                                .usage = "[台账或检查…]",
                                .help_zh = "只检查台账，不出成品",
                                .help_en = "check the ledgers, write no product",
                                .talks = true,
                                .run = run};
