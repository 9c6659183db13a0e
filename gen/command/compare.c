/* The verb compare: what changed between two or three versions of the ledgers. */
#include "ledger/compare.h"

#include <stdio.h>

#include "base/file.h"
#include "command/report.h"
#include "command/tables.h"
#include "command/verbs.h"
#include "command/world.h"

enum { VERSIONS_MOST = 3 };

/* One input as it was at a time. */
struct version {
    struct settings *settings;
    struct ledgers *ledgers;
};

struct comparing {
    const struct options *options;
    const struct world *world;
    size_t count; /* of versions */
    struct version versions[VERSIONS_MOST];
    struct comparison *pairs[VERSIONS_MOST - 1]; /* each version with the next */
};

static void load_version(struct comparing *comparing, size_t index, struct findings *findings)
{
    const char *path = comparing->options->names->pdata[index];
    char *folder = folder_exists(path) ? g_strdup(path) : g_path_get_dirname(path);
    char *defaults = g_build_filename(comparing->world->home, "templates", "settings", NULL);
    struct version *version = &comparing->versions[index];
    struct findings *own = findings_new();

    version->settings = settings_load(defaults, folder, own);
    version->ledgers = ledgers_load(comparing->world->schemas, path, version->settings, own);
    findings_below(own, folder);
    findings_move(findings, own);
    findings_free(own);
    g_free(defaults);
    g_free(folder);
}

/* --- tables */

static char *pair_name(size_t pair)
{
    return g_strdup_printf("第%zu版→第%zu版", pair + 1, pair + 2);
}

static const struct ledgers *ledgers_of(const struct comparing *comparing, size_t pair, int version)
{
    return comparing->versions[pair + (size_t)version].ledgers;
}

static void append_place(GString *out, const struct comparing *comparing, size_t pair, int version,
                         size_t ledger, size_t row, size_t field)
{
    const struct ledgers *ledgers = ledgers_of(comparing, pair, version);
    const struct place place = ledgers_place(ledgers, &ledgers->list[ledger], row, field);

    place_append(out, &place);
}

/* A row of texts being put together. */
static void append_texts(struct rowset *rows, GString *const *texts, size_t count)
{
    struct value *values = g_new(struct value, count);

    for (size_t i = 0; i < count; i++)
        values[i] = texts[i]->len ? value_text(texts[i]->str) : value_null(STATE_EMPTY);
    rowset_append(rows, values);
    for (size_t i = 0; i < count; i++)
        g_string_truncate(texts[i], 0);
    g_free(values);
}

static GString **texts_new(size_t count)
{
    GString **texts = g_new(GString *, count);

    for (size_t i = 0; i < count; i++)
        texts[i] = g_string_new(NULL);
    return texts;
}

static void texts_free(GString **texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        g_string_free(texts[i], TRUE);
    g_free(texts);
}

enum { PAIR, VILLAGE, KEY, FIELD, OLD_VALUE, NEW_VALUE, OLD_PLACE, NEW_PLACE, CHANGE_COLUMNS };

static struct rowset *list_changes(const struct comparing *comparing, size_t ledger)
{
    static const char *const names[CHANGE_COLUMNS] = {"比较", "行政村", "主键",   "列",
                                                      "旧值", "新值",   "旧出处", "新出处"};
    const struct schema *schema = schemas_at(comparing->world->schemas, ledger);
    const size_t village = schema_field(schema, "行政村");
    struct rowset *rows = rowset_new(CHANGE_COLUMNS, names);
    GString **texts = texts_new(CHANGE_COLUMNS);

    for (size_t pair = 0; pair + 1 < comparing->count; pair++) {
        const struct comparison *comparison = comparing->pairs[pair];
        const GArray *changes = comparison_of(comparison, ledger)->changes;
        char *name = pair_name(pair);

        for (guint i = 0; i < changes->len; i++) {
            const struct change change = g_array_index(changes, struct change, i);

            g_string_append(texts[PAIR], name);
            if (village != SIZE_MAX)
                comparison_cell(texts[VILLAGE], comparison, 1, ledger, change.row[1], village);
            comparison_key(texts[KEY], comparison, 1, ledger, change.row[1]);
            g_string_append(texts[FIELD], schema->fields[change.field].name);
            for (int v = 0; v < 2; v++) {
                comparison_cell(texts[OLD_VALUE + v], comparison, v, ledger, change.row[v],
                                change.field);
                append_place(texts[OLD_PLACE + v], comparing, pair, v, ledger, change.row[v],
                             change.field);
            }
            append_texts(rows, texts, CHANGE_COLUMNS);
        }
        g_free(name);
    }
    texts_free(texts, CHANGE_COLUMNS);
    return rows;
}

/* The rows of one version that have no counterpart in the other, with all their columns. */
static struct rowset *list_rows(const struct comparing *comparing, size_t ledger, int version)
{
    const struct schema *schema = schemas_at(comparing->world->schemas, ledger);
    const size_t nread = schema->nfield - schema->nderived, ncolumn = nread + 2;
    const char **names = g_new(const char *, ncolumn);
    GString **texts = texts_new(ncolumn);
    struct rowset *rows;

    names[0] = "比较";
    for (size_t f = 0; f < nread; f++)
        names[f + 1] = schema->fields[f].name;
    names[nread + 1] = "出处";
    rows = rowset_new(ncolumn, names);
    for (size_t pair = 0; pair + 1 < comparing->count; pair++) {
        const struct comparison *comparison = comparing->pairs[pair];
        const struct ledger_comparison *of = comparison_of(comparison, ledger);
        const GArray *list = version ? of->entered : of->left;
        char *name = pair_name(pair);

        for (guint i = 0; i < list->len; i++) {
            const size_t row = g_array_index(list, size_t, i);

            g_string_append(texts[0], name);
            for (size_t f = 0; f < nread; f++)
                comparison_cell(texts[f + 1], comparison, version, ledger, row, f);
            append_place(texts[nread + 1], comparing, pair, version, ledger, row, SIZE_MAX);
            append_texts(rows, texts, ncolumn);
        }
        g_free(name);
    }
    texts_free(texts, ncolumn);
    g_free(names);
    return rows;
}

/* Names of the columns that stand in one version only. */
static char *only_columns(const struct schema *schema, const bool *only)
{
    GString *names = g_string_new(NULL);

    for (size_t f = 0; f < schema->nfield; f++) {
        if (only[f])
            g_string_append_printf(names, "%s%s", names->len ? "、" : "", schema->fields[f].name);
    }
    return g_string_free(names, FALSE);
}

static struct rowset *list_summary(const struct comparing *comparing, size_t ledger)
{
    static const char *const names[] = {"比较",     "旧版行",       "新版行",
                                        "进入",     "退出",         "变化的行",
                                        "变化的格", "只旧版有的列", "只新版有的列"};
    const struct schema *schema = schemas_at(comparing->world->schemas, ledger);
    struct rowset *rows = rowset_new(G_N_ELEMENTS(names), names);

    for (size_t pair = 0; pair + 1 < comparing->count; pair++) {
        const struct ledger_comparison *of = comparison_of(comparing->pairs[pair], ledger);
        char *name = pair_name(pair);
        char *old = only_columns(schema, of->only[0]), *new = only_columns(schema, of->only[1]);
        const struct value values[] = {value_text(name),
                                       value_integer((int64_t)of->nrow[0]),
                                       value_integer((int64_t)of->nrow[1]),
                                       value_integer(of->entered->len),
                                       value_integer(of->left->len),
                                       value_integer((int64_t)of->nchanged),
                                       value_integer(of->changes->len),
                                       value_text(old),
                                       value_text(new)};

        rowset_append(rows, values);
        g_free(new);
        g_free(old);
        g_free(name);
    }
    return rows;
}

static void write_ledger(const struct comparing *comparing, size_t ledger,
                         struct findings *findings)
{
    struct rowset *changes = list_changes(comparing, ledger);
    struct rowset *entered = list_rows(comparing, ledger, 1);
    struct rowset *left = list_rows(comparing, ledger, 0);
    struct rowset *summary = list_summary(comparing, ledger);
    const struct table tables[] = {{.name = "变化", .rows = changes, .main = true},
                                   {.name = "进入", .rows = entered, .main = false},
                                   {.name = "退出", .rows = left, .main = false},
                                   {.name = "汇总", .rows = summary, .main = false}};

    tables_write(comparing->options, TABLES_COMPARED,
                 schemas_at(comparing->world->schemas, ledger)->name, tables, G_N_ELEMENTS(tables),
                 findings);
    rowset_free(summary);
    rowset_free(left);
    rowset_free(entered);
    rowset_free(changes);
}

/* --- the summary for everybody */

/* Every change by its place, as the public may see it; persons are named by their place only. */
static void print_changes(const struct comparing *comparing, size_t pair, size_t ledger)
{
    const struct comparison *comparison = comparing->pairs[pair];
    const struct ledger_comparison *of = comparison_of(comparison, ledger);
    const struct schema *schema = schemas_at(comparing->world->schemas, ledger);
    GString *line = g_string_new(NULL);

    for (guint i = 0; i < of->changes->len; i++) {
        const struct change change = g_array_index(of->changes, struct change, i);

        g_string_truncate(line, 0);
        append_place(line, comparing, pair, 1, ledger, change.row[1], change.field);
        g_string_append_printf(line, "\t%s\t", schema->fields[change.field].name);
        comparison_public_cell(line, comparison, 0, ledger, change.row[0], change.field);
        g_string_append(line, " → ");
        comparison_public_cell(line, comparison, 1, ledger, change.row[1], change.field);
        g_strdelimit(line->str, "\n", ' ');
        puts(line->str);
    }
    g_string_free(line, TRUE);
}

static void print_pair(const struct comparing *comparing, size_t pair)
{
    const struct options *options = comparing->options;
    const char *const *paths = (const char *const *)options->names->pdata;

    printf("%s → %s\n", paths[pair], paths[pair + 1]);
    puts(options->english ? "ledger\told rows\tnew rows\tentered\tleft\trows changed\tcells changed"
                          : "台账\t旧版行\t新版行\t进入\t退出\t变化的行\t变化的格");
    for (size_t i = 0; i < schemas_count(comparing->world->schemas); i++) {
        const struct ledger_comparison *of = comparison_of(comparing->pairs[pair], i);

        if (!of->present)
            continue;
        printf("%s\t%zu\t%zu\t%u\t%u\t%zu\t%u\n", schemas_at(comparing->world->schemas, i)->name,
               of->nrow[0], of->nrow[1], of->entered->len, of->left->len, of->nchanged,
               of->changes->len);
        if (options->verbose)
            print_changes(comparing, pair, i);
    }
}

/* --- the verb */

static bool check_versions(const struct options *options, struct findings *findings)
{
    bool sound = true;

    if (options->names->len < 2 || options->names->len > VERSIONS_MOST)
        sound = !finding_add(findings, FINDING_USAGE_VERSIONS, (struct place){0});
    for (guint i = 0; sound && i < options->names->len; i++) {
        const char *path = options->names->pdata[i];

        if (!folder_exists(path) && !file_exists(path))
            sound = !finding_add(findings, FINDING_COMPARE_MISSING, (struct place){.file = path});
    }
    return sound;
}

static void compare_all(struct comparing *comparing, struct findings *findings)
{
    bool present;

    for (size_t i = 0; i < comparing->count; i++)
        load_version(comparing, i, findings);
    for (size_t pair = 0; pair + 1 < comparing->count; pair++) {
        comparing->pairs[pair] =
            comparison_new(ledgers_of(comparing, pair, 0), ledgers_of(comparing, pair, 1));
        print_pair(comparing, pair);
    }
    for (size_t i = 0; i < schemas_count(comparing->world->schemas); i++) {
        present = false;
        for (size_t pair = 0; pair + 1 < comparing->count; pair++)
            present = present || comparison_of(comparing->pairs[pair], i)->present;
        if (present)
            write_ledger(comparing, i, findings);
    }
    for (size_t pair = 0; pair + 1 < comparing->count; pair++)
        comparison_free(comparing->pairs[pair]);
    for (size_t i = 0; i < comparing->count; i++) {
        ledgers_free(comparing->versions[i].ledgers);
        settings_free(comparing->versions[i].settings);
    }
}

static void run(const struct options *options, struct findings *findings)
{
    const bool sound = check_versions(options, findings) && tables_formats(options, findings);
    const bool writable =
        sound && !options->dry_run && folder_make(options->output, false, findings) == 0;
    struct world world;

    if (sound && (options->dry_run || writable)) {
        if (world_open(&world, options, false, findings)) {
            struct comparing comparing = {
                .options = options, .world = &world, .count = options->names->len};

            if (writable)
                file_sweep(options->output, findings);
            compare_all(&comparing, findings);
        }
        world_close(&world);
    }
    if (writable)
        report_write(options->output, options->english, findings);
}

const struct verb verb_compare = {.name = "compare",
                                  .usage = "旧 新 [更新]",
                                  .help_zh =
                                      "比对两版或三版台账：进入、退出、逐列变化，注明两处出处",
                                  .help_en = "compare two or three versions: entered, left, "
                                             "changed, with both places",
                                  .run = run};
