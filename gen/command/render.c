/* The verb render: every product whose ledgers are there, or those named. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/interrupt.h"
#include "command/product.h"
#include "command/report.h"
#include "command/verbs.h"
#include "command/world.h"
#include "store/store.h"

/* Metadata of a document without SOURCE_DATE_EPOCH: 2000-01-01 (design decision 12). */
enum { EPOCH_2000 = 946684800 };

static bool has_ledgers(const struct world *world, const struct template_head *head,
                        struct findings *findings)
{
    bool all = true;
    for (const char *const *name = head->ledgers; *name; name++) {
        const struct ledger *ledger = ledgers_find(world->ledgers, *name);
        if (ledger && ledger->present)
            continue;
        all = false;
        if (findings)
            finding_add(findings, FINDING_RENDER_LEDGER_MISSING, head->place, head->title, *name);
    }
    return all;
}

/* The templates named, or all. NULL with findings when a name is unknown. */
static GPtrArray *choose(const struct world *world, const struct options *options,
                         struct findings *findings)
{
    GPtrArray *chosen = g_ptr_array_new();
    bool known = true;
    for (guint i = 0; i < options->names->len; i++) {
        const struct template *template =
            templates_find(world->templates, options->names->pdata[i], findings);
        if (!template)
            known = false;
        else if (!g_ptr_array_find(chosen, template, NULL))
            g_ptr_array_add(chosen, (gpointer) template);
    }
    if (!options->names->len)
        for (size_t i = 0; i < templates_count(world->templates); i++)
            g_ptr_array_add(chosen, (gpointer)templates_at(world->templates, i));
    if (known)
        return chosen;
    g_ptr_array_free(chosen, TRUE);
    return NULL;
}

static unsigned audiences_of(const GPtrArray *chosen)
{
    unsigned audiences = 0;
    for (guint i = 0; i < chosen->len; i++)
        audiences |= 1u << template_head(chosen->pdata[i])->audience;
    return audiences;
}

/* Every mistake of the templates' SQL, before any data is read. */
static int check_templates(const struct world *world, const GPtrArray *chosen,
                           struct findings *findings)
{
    int status = 0;
    struct ledgers *nothing = ledgers_empty(world->schemas);
    struct stores *stores =
        stores_open(nothing, audiences_of(chosen), (struct date){2000, 1, 1}, findings);
    for (guint i = 0; stores && i < chosen->len; i++) {
        const struct template_head *head = template_head(chosen->pdata[i]);
        struct binding *binding =
            binding_prepare(chosen->pdata[i], stores_of(stores, head->audience), findings);
        status |= binding ? 0 : -1;
        binding_free(binding);
    }
    status |= stores ? 0 : -1;
    stores_close(stores);
    ledgers_free(nothing);
    return status;
}

static bool wanted(const struct options *options, const char *format)
{
    for (guint i = 0; i < options->formats->len; i++)
        if (!strcmp(options->formats->pdata[i], format))
            return true;
    return !options->formats->len;
}

static bool declared(const struct template_head *head, const char *format)
{
    for (const char *const *name = head->formats; *name; name++)
        if (!strcmp(*name, format))
            return true;
    return false;
}

/* The template's formats, or those of -f that it can have: pictures and dumps of its pages come
 * with pdf, the tree with every template. NULL-ended. */
static GPtrArray *formats_of(const struct options *options, const struct template_head *head)
{
    GPtrArray *formats = g_ptr_array_new();
    for (const struct renderer *const *renderer = renderers(); *renderer; renderer++) {
        const char *name = (*renderer)->name;
        bool possible = declared(head, name);
        if (options->formats->len)
            possible |= (*renderer)->paged ? declared(head, "pdf") : !strcmp(name, "tree");
        if (possible && wanted(options, name))
            g_ptr_array_add(formats, (gpointer)*renderer);
    }
    g_ptr_array_add(formats, NULL);
    return formats;
}

static int check_formats(const struct options *options, struct findings *findings)
{
    int status = 0;
    GString *known = g_string_new(NULL);
    for (const struct renderer *const *renderer = renderers(); *renderer; renderer++)
        g_string_append_printf(known, "%s%s", known->len ? " " : "", (*renderer)->name);
    for (guint i = 0; i < options->formats->len; i++)
        if (!renderer_find(options->formats->pdata[i]))
            status = finding_add(findings, FINDING_USAGE_FORMAT, (struct place){0},
                                 options->formats->pdata[i], known->str);
    g_string_free(known, TRUE);
    return status;
}

static bool apply_only(struct binding *binding, const struct options *options,
                       const struct template_head *head, struct findings *findings)
{
    for (guint i = 0; i + 1 < options->only->len; i += 2) {
        const char *column = options->only->pdata[i];
        if (!binding_only(binding, column, options->only->pdata[i + 1])) {
            finding_add(findings, FINDING_RENDER_ONLY_SKIPPED, head->place, head->title, column);
            return false;
        }
        if (!binding_products(binding)) {
            char *pair = g_strconcat(column, "=", options->only->pdata[i + 1], NULL);
            finding_add(findings, FINDING_RENDER_ONLY_NOTHING, head->place, head->title, pair);
            g_free(pair);
            return false;
        }
    }
    return true;
}

static void say_no_format(const struct options *options, const struct template_head *head,
                          struct findings *findings)
{
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < options->formats->len; i++)
        g_string_append_printf(names, "%s%s", i ? " " : "",
                               (const char *)options->formats->pdata[i]);
    finding_add(findings, FINDING_RENDER_NO_FORMAT, head->place, head->title, names->str);
    g_string_free(names, TRUE);
}

static void render_template(struct production *production, const struct world *world,
                            const struct stores *stores, const struct template *template,
                            struct progress *progress)
{
    const struct template_head *head = template_head(template);
    struct findings *findings = production->findings;
    struct binding *binding =
        binding_prepare(template, stores_of(stores, head->audience), findings);
    if (!binding)
        return;
    GPtrArray *formats = formats_of(production->options, head);
    if (formats->len == 1) {
        say_no_format(production->options, head, findings);
    } else if (!binding_run(binding, world->settings, findings) &&
               apply_only(binding, production->options, head, findings)) {
        size_t nread;
        const struct query_read *reads = binding_reads(binding, &nread);
        GArray *holds = holds_find(world->ledgers, stores, head, reads, nread);
        size_t count = binding_products(binding);
        if (!count)
            finding_add(findings, FINDING_DOCUMENT_NO_ROWS, head->place, head->title);
        for (size_t i = 0; i < count && !interrupt_pending(); i++) {
            progress_step(progress, head->title, i + 1, count);
            product_make(production, binding, head, i, holds,
                         (const struct renderer *const *)formats->pdata);
        }
        g_array_free(holds, TRUE);
    }
    g_ptr_array_free(formats, TRUE);
    binding_free(binding);
}

static bool below_audience(const char *path)
{
    for (int audience = 0; audience < AUDIENCES; audience++) {
        const char *folder = audience_folder((enum audience)audience);
        size_t length = strlen(folder);
        if (!strncmp(path, folder, length) && path[length] == G_DIR_SEPARATOR)
            return true;
    }
    return false;
}

/* The stem of a product's file: without its suffix and a picture's page number. */
static char *stem_of(const char *path)
{
    char *stem = g_strdup(path);
    for (const struct renderer *const *renderer = renderers(); *renderer; renderer++) {
        if (!g_str_has_suffix(stem, (*renderer)->suffix))
            continue;
        stem[strlen(stem) - strlen((*renderer)->suffix)] = '\0';
        char *dash = (*renderer)->page_files ? strrchr(stem, '-') : NULL;
        if (dash && dash[1] && !dash[1 + strspn(dash + 1, "0123456789")])
            *dash = '\0';
        break;
    }
    return stem;
}

/* Files of earlier runs are named, never deleted (design decision 15). */
static void list_stale(const struct production *production)
{
    char **files = file_list(production->options->output, production->findings);
    for (char **file = files; file && *file; file++) {
        char *stem = stem_of(*file);
        if (below_audience(*file) && !g_hash_table_contains(production->written, stem))
            finding_add(production->findings, FINDING_RENDER_STALE, (struct place){0}, *file);
        g_free(stem);
    }
    g_strfreev(files);
}

static int64_t created(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds = epoch ? g_ascii_strtoll(epoch, NULL, 10) : 0;
    return seconds > 0 ? seconds : EPOCH_2000;
}

static void produce(struct world *world, const struct options *options, const GPtrArray *chosen,
                    struct findings *findings)
{
    struct stores *stores = stores_open(world->ledgers, audiences_of(chosen),
                                        world_reference(world, findings), findings);
    struct fonts *fonts = stores ? world_fonts(world, findings) : NULL;
    if (fonts) {
        struct production production = {
            .options = options,
            .fonts = fonts,
            .typeset = typeset_new(fonts),
            .ledgers = world->ledgers,
            .traced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
            .written = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
            .created = created(),
            .findings = findings};
        struct progress *progress = progress_new(options->english);
        for (guint i = 0; i < chosen->len && !interrupt_pending(); i++)
            if (has_ledgers(world, template_head(chosen->pdata[i]),
                            options->names->len ? findings : NULL))
                render_template(&production, world, stores, chosen->pdata[i], progress);
        progress_free(progress);
        if (!options->names->len && !options->only->len && !options->formats->len &&
            folder_exists(options->output))
            list_stale(&production);
        g_hash_table_destroy(production.traced);
        g_hash_table_destroy(production.written);
        typeset_free(production.typeset);
    }
    fonts_free(fonts);
    stores_close(stores);
}

static void run(const struct options *options, struct findings *findings)
{
    struct world world;
    bool writable = options->dry_run || !folder_make(options->output, false, findings);
    bool sound = world_open(&world, options, true, findings);
    sound &= !check_formats(options, findings) && writable;
    GPtrArray *chosen = world.templates ? choose(&world, options, findings) : NULL;
    if (sound && chosen && !check_templates(&world, chosen, findings)) {
        if (!options->dry_run)
            file_sweep(options->output, findings);
        world_read(&world, options, findings);
        produce(&world, options, chosen, findings);
    }
    if (chosen)
        g_ptr_array_free(chosen, TRUE);
    world_close(&world);
    if (!options->dry_run && writable)
        report_write(options->output, options->english, findings);
}

const struct verb verb_render = {.name = "render",
                                 .usage = "[模板…]",
                                 .help_zh = "出成品：公示、明白卡、花名册；不写模板就全部出",
                                 .help_en =
                                     "render notices, cards, workbooks; all if none is named",
                                 .talks = true,
                                 .run = run};
