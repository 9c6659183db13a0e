/* The verb render: every product whose ledgers are there, or those named. */
#include <string.h>

#include "base/file.h"
#include "base/interrupt.h"
#include "base/pool.h"
#include "command/created.h"
#include "command/plan.h"
#include "command/product.h"
#include "command/report.h"
#include "command/tables.h"
#include "command/verbs.h"
#include "command/world.h"
#include "render/together.h"
#include "store/store.h"

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
static void list_stale(const char *output, GHashTable *written, struct findings *findings)
{
    char **files = file_list(output, findings);
    for (char **file = files; file && *file; file++) {
        char *stem = stem_of(*file);
        if (below_audience(*file) && !tables_own(*file) && !g_hash_table_contains(written, stem))
            finding_add(findings, FINDING_RENDER_STALE, (struct place){0}, *file);
        g_free(stem);
    }
    g_strfreev(files);
}

static size_t count_workers(const struct options *options, const GPtrArray *editions)
{
    size_t most = options->jobs ? options->jobs : MIN(pool_processors(), JOBS_MOST);
    size_t products = 0;
    for (guint i = 0; i < editions->len; i++) {
        const struct edition *edition = editions->pdata[i];
        products += edition->count;
        if (edition->count && !store_is_shared(edition->store))
            return 1;
    }
    return MAX(MIN(most, products), 1);
}

/* A run's making. */
struct making {
    const struct production *production;
    const GPtrArray *editions;
    GHashTable *written; /* is filled */
    struct pool *pool;
};

static void feed_pool(void *data)
{
    const struct making *making = data;
    const struct options *options = making->production->options;
    struct progress *progress = progress_new(options->english);
    for (guint e = 0; e < making->editions->len; e++) {
        struct edition *edition = making->editions->pdata[e];
        for (size_t i = 0; i < edition->count && !interrupt_pending(); i++) {
            progress_step(progress, edition->head->title, i + 1, edition->count);
            struct product *product = plan_product(edition, i, options, making->written);
            if (product->path)
                pool_add(making->pool, product);
        }
    }
    pool_free(making->pool);
    progress_free(progress);
}

/* Makes every product of the editions. */
static void make_products(struct making *making)
{
    const size_t count = count_workers(making->production->options, making->editions);
    void **workers = g_new(void *, count);
    for (size_t i = 0; i < count; i++)
        workers[i] = worker_new(making->production, count == 1);
    making->pool = pool_new(workers, count, product_make);
    if (count == 1)
        feed_pool(making);
    else
        render_together(feed_pool, making);
    for (size_t i = 0; i < count; i++)
        worker_free(workers[i]);
    g_free(workers);
}

static void free_edition(gpointer edition)
{
    edition_free(edition);
}

static void produce(const struct world *world, const struct options *options,
                    const struct stores *stores, const GPtrArray *chosen, struct findings *findings)
{
    struct fonts *fonts = world_fonts(world, findings);
    if (!fonts)
        return;
    const struct production production = {
        .options = options, .fonts = fonts, .created = created_time()};
    GPtrArray *editions = g_ptr_array_new_with_free_func(free_edition);
    GHashTable *written = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTable *traced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < chosen->len && !interrupt_pending(); i++)
        g_ptr_array_add(editions, plan_edition(chosen->pdata[i], world, stores, options));
    struct making making = {.production = &production, .editions = editions, .written = written};
    make_products(&making);
    for (guint i = 0; i < editions->len; i++)
        plan_report(editions->pdata[i], world->ledgers, traced, findings);
    if (!options->names->len && !options->only->len && !options->formats->len &&
        !interrupt_pending() && folder_exists(options->output))
        list_stale(options->output, written, findings);
    g_hash_table_destroy(traced);
    g_hash_table_destroy(written);
    g_ptr_array_free(editions, TRUE);
    fonts_free(fonts);
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
        struct stores *stores = stores_open(world.ledgers, audiences_of(chosen),
                                            world_reference(&world, findings), findings);
        if (stores)
            produce(&world, options, stores, chosen, findings);
        stores_close(stores);
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
