/* The verb doctor: is everything here that mingbai needs, and what will it use. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "command/verbs.h"
#include "command/world.h"

static void say(const struct options *options, bool good, const char *zh, const char *en,
                const char *detail)
{
    const char *mark =
        options->english ? (good ? "ok      " : "missing ") : (good ? "正常  " : "缺失  ");
    printf("%s%s%s%s\n", mark, options->english ? en : zh, *detail ? "  " : "", detail);
}

/* Whether a file can be made in the output folder; nothing is left there. */
static bool can_write(const char *folder, struct findings *findings)
{
    char *path = g_build_filename(folder, "doctor", NULL);
    struct file_writer *writer =
        folder_make(folder, false, findings) ? NULL : file_create(path, findings);
    file_abandon(writer);
    g_free(path);
    return writer != NULL;
}

static void say_fonts(const struct options *options, const struct world *world,
                      struct findings *findings)
{
    struct fonts *fonts = world_fonts(world, findings);
    for (int role = 0; role < FACE_ROLES; role++) {
        const char *name = face_role_name((enum face_role)role);
        const char *const *faces = fonts ? fonts_of_role(fonts, (enum face_role)role) : NULL;
        char *chain = faces ? g_strjoinv(" → ", (char **)faces) : g_strdup("");
        say(options, *chain, name, name, chain);
        g_free(chain);
    }
    fonts_free(fonts);
}

static void run(const struct options *options, struct findings *findings)
{
    struct world world;
    bool sound = world_open(&world, options, true, findings);
    char count[48];
    snprintf(count, sizeof count, "%zu",
             world.templates ? templates_count(world.templates) : (size_t)0);
    say(options, world.schemas, "台账定义", "ledger schemas", *world.home ? world.home : ".");
    say(options, world.templates, "模板", "templates", count);
    say(options, folder_exists(options->input), "台账文件夹", "input folder", options->input);
    say(options, can_write(options->output, findings), "成品文件夹可写", "output folder, writable",
        options->output);
    if (sound)
        say_fonts(options, &world, findings);
    world_close(&world);
}

const struct verb verb_doctor = {.name = "doctor",
                                 .usage = "",
                                 .help_zh = "看看字体、模板、文件夹是否齐备",
                                 .help_en = "look whether fonts, templates, folders are in order",
                                 .talks = true,
                                 .run = run};
