/* Loading schemas, settings, templates and ledgers for a verb. */
#include "command/world.h"

#include <string.h>

#include "base/file.h"
#include "base/home.h"
#include "render/render.h"

static void override(struct settings *settings, const struct options *options)
{
    for (guint i = 0; i + 1 < options->settings->len; i += 2)
        settings_override(settings, options->settings->pdata[i], options->settings->pdata[i + 1]);
    if (options->date) {
        settings_override(settings, "日期", options->date);
        settings_override(settings, "基准日期", options->date);
    }
}

static struct templates *load_templates(const struct world *world, const char *input,
                                        struct findings *findings)
{
    GPtrArray *formats = g_ptr_array_new();
    for (const struct renderer *const *renderer = renderers(); *renderer; renderer++)
        g_ptr_array_add(formats, (gpointer)(*renderer)->name);
    g_ptr_array_add(formats, NULL);
    const char **settings = settings_names(world->settings);
    char *pictures = g_build_filename(input, "图片", NULL);
    const struct template_world outside = {.schemas = world->schemas,
                                           .settings = settings,
                                           .formats = (const char *const *)formats->pdata,
                                           .pictures = pictures};
    char *folder = g_build_filename(world->home, "templates", NULL);
    struct templates *templates = templates_load(folder, &outside, findings);
    g_free(folder);
    g_free(pictures);
    g_free(settings);
    g_ptr_array_free(formats, TRUE);
    return templates;
}

bool world_open(struct world *world, const struct options *options, bool templates,
                struct findings *findings)
{
    *world = (struct world){.home = home_folder()};
    char *ledgers = g_build_filename(world->home, "templates", "ledgers", NULL);
    char *settings = g_build_filename(world->home, "templates", "settings", NULL);
    world->schemas = schemas_load(ledgers, findings);
    world->settings = settings_load(settings, options->input, findings);
    if (world->settings)
        override(world->settings, options);
    if (templates && world->schemas && world->settings)
        world->templates = load_templates(world, options->input, findings);
    g_free(settings);
    g_free(ledgers);
    return world->schemas && world->settings && (world->templates || !templates);
}

void world_read(struct world *world, const struct options *options, struct findings *findings)
{
    if (folder_exists(options->input)) {
        world->ledgers = ledgers_load(world->schemas, options->input, world->settings, findings);
    } else {
        finding_add(findings, FINDING_RENDER_NO_INPUT, (struct place){.file = options->input});
        world->ledgers = ledgers_empty(world->schemas);
    }
}

void world_close(struct world *world)
{
    ledgers_free(world->ledgers);
    templates_free(world->templates);
    settings_free(world->settings);
    schemas_free(world->schemas);
    g_free(world->home);
}

struct date world_reference(const struct world *world, struct findings *findings)
{
    int year = settings_year(world->settings);
    const char *text = settings_value(world->settings, "基准日期", year);
    struct date date = {0};
    bool guessed;
    if (text && *text) {
        if (date_parse_ledger(text, &date, &guessed) && date.day)
            return date;
        finding_add(findings, FINDING_SETTINGS_DATE, (struct place){0}, "基准日期");
    }
    return year ? (struct date){year, 1, 1} : (struct date){0};
}

struct checks *world_checks(const struct world *world, struct findings *findings)
{
    char *folder = g_build_filename(world->home, "templates", "checks", NULL);
    struct checks *checks = checks_load(folder, world->schemas, findings);
    struct ledgers *nothing = ledgers_empty(world->schemas);
    struct stores *stores =
        checks ? stores_open(nothing, 1u << AUDIENCE_INTERNAL, (struct date){2000, 1, 1}, findings)
               : NULL;
    if (!stores || checks_prepare(checks, stores_of(stores, AUDIENCE_INTERNAL), findings) < 0) {
        checks_free(checks);
        checks = NULL;
    }
    stores_close(stores);
    ledgers_free(nothing);
    g_free(folder);
    return checks;
}

struct fonts *world_fonts(const struct world *world, struct findings *findings)
{
    const char *choice = settings_value(world->settings, "字体", settings_year(world->settings));
    char *folder = g_build_filename(world->home, "fonts", NULL);
    struct fonts *fonts =
        fonts_open(folder, choice && !strcmp(choice, "自由") ? FONTS_FREE : FONTS_LOCAL, findings);
    g_free(folder);
    return fonts;
}
