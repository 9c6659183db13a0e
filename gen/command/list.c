/* The verb list: templates, ledgers, checks, formats, fonts. */
#include <stdio.h>
#include <string.h>

#include "command/verbs.h"
#include "command/world.h"
#include "document/bind.h"
#include "render/render.h"
#include "store/store.h"

static char *joined(const char *const *texts)
{
    return g_strjoinv(" ", (char **)texts);
}

static void check_template(const struct template *template, const struct stores *stores,
                           struct findings *findings)
{
    struct store *store = stores_of(stores, template_head(template)->audience);
    binding_free(binding_prepare(template, store, findings));
}

static void check_all(const struct world *world, struct findings *findings)
{
    struct ledgers *nothing = ledgers_empty(world->schemas);
    struct stores *stores =
        stores_open(nothing, (1u << AUDIENCES) - 1, (struct date){2000, 1, 1}, findings);
    for (size_t i = 0; stores && i < templates_count(world->templates); i++)
        check_template(templates_at(world->templates, i), stores, findings);
    stores_close(stores);
    ledgers_free(nothing);
}

static void list_templates(const struct options *options, struct findings *findings)
{
    struct world world;
    if (world_open(&world, options, true, findings)) {
        for (size_t i = 0; i < templates_count(world.templates); i++) {
            const struct template_head *head = template_head(templates_at(world.templates, i));
            char *ledgers = joined(head->ledgers);
            char *formats = joined(head->formats);
            printf("%s\t%s\t%s\t%s\t%s\n", head->id, head->title, audience_folder(head->audience),
                   *ledgers ? ledgers : "—", formats);
            g_free(formats);
            g_free(ledgers);
        }
        if (options->check)
            check_all(&world, findings);
    }
    world_close(&world);
}

static void list_ledgers(const struct options *options, struct findings *findings)
{
    struct world world;
    if (world_open(&world, options, false, findings)) {
        for (size_t i = 0; i < schemas_count(world.schemas); i++) {
            const struct schema *schema = schemas_at(world.schemas, i);
            printf("%s\t%s\t", schema->name, schema->title);
            bool first = true;
            for (size_t f = 0; f < schema->nfield - schema->nderived; f++) {
                if (!schema->fields[f].identify)
                    continue;
                printf("%s%s", first ? "" : " ", schema->fields[f].name);
                first = false;
            }
            putchar('\n');
        }
    }
    world_close(&world);
}

static void list_checks(const struct options *options, struct findings *findings)
{
    static const char *const levels[][2] = {[LEVEL_NOTE] = {"说明", "note"},
                                            [LEVEL_WARNING] = {"提醒", "warning"},
                                            [LEVEL_ERROR] = {"错误", "error"}};
    struct world world;
    struct checks *checks =
        world_open(&world, options, false, findings) ? world_checks(&world, findings) : NULL;
    for (size_t i = 0; checks && i < checks_count(checks); i++) {
        const struct check *check = checks_at(checks, i);
        printf("%s\t%s\t%s\t%s\n", check->name, check->title, check->at->name,
               levels[check->level][options->english]);
    }
    checks_free(checks);
    world_close(&world);
}

static void list_formats(const struct options *options, struct findings *findings)
{
    (void)findings;
    for (const struct renderer *const *renderer = renderers(); *renderer; renderer++)
        printf("%s\t%s\n", (*renderer)->name,
               options->english ? (*renderer)->title_en : (*renderer)->title_zh);
}

static void list_fonts(const struct options *options, struct findings *findings)
{
    struct world world;
    struct fonts *fonts =
        world_open(&world, options, false, findings) ? world_fonts(&world, findings) : NULL;
    for (int role = 0; fonts && role < FACE_ROLES; role++) {
        const char *const *names = fonts_of_role(fonts, (enum face_role)role);
        for (size_t i = 0; names[i]; i++)
            printf("%s\t%zu\t%s\t%s\n", face_role_name((enum face_role)role), i + 1, names[i],
                   fonts_file(fonts, (enum face_role)role, i));
    }
    fonts_free(fonts);
    world_close(&world);
}

static void run(const struct options *options, struct findings *findings)
{
    static const struct {
        const char *name;
        void (*list)(const struct options *options, struct findings *findings);
    } topics[] = {{"templates", list_templates},
                  {"ledgers", list_ledgers},
                  {"checks", list_checks},
                  {"formats", list_formats},
                  {"fonts", list_fonts}};
    const char *topic = options->names->len ? options->names->pdata[0] : "templates";
    for (size_t i = 0; i < sizeof topics / sizeof topics[0]; i++) {
        if (!strcmp(topics[i].name, topic)) {
            topics[i].list(options, findings);
            return;
        }
    }
    finding_add(findings, FINDING_USAGE_TOPIC, (struct place){0}, topic);
}

const struct verb verb_list = {.name = "list",
                               .usage = "templates|ledgers|checks|formats|fonts",
                               .help_zh = "列出模板、台账、检查、格式或字体",
                               .help_en = "list templates, ledgers, checks, formats or fonts",
                               .run = run};
