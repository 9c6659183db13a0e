/* The verbs help and version, and the registry of verbs. */
#include <stdio.h>

#include "command/verbs.h"

#define VERSION "0.1.0"

const struct verb *const *verbs(void)
{
    static const struct verb *const table[] = {
        &verb_render, &verb_check,  &verb_merge, &verb_compare, &verb_list,
        &verb_new,    &verb_doctor, &verb_help,  &verb_version, NULL};
    return table;
}

static void run_help(const struct options *options, struct findings *findings)
{
    (void)findings;
    GString *out = g_string_new(NULL);
    options_help(out, options->english);
    fputs(out->str, stdout);
    g_string_free(out, TRUE);
}

static void run_version(const struct options *options, struct findings *findings)
{
    (void)options;
    (void)findings;
    puts("mingbai " VERSION);
}

const struct verb verb_help = {
    .name = "help", .usage = "", .help_zh = "这份说明", .help_en = "this text", .run = run_help};

const struct verb verb_version = {.name = "version",
                                  .usage = "",
                                  .help_zh = "版本",
                                  .help_en = "the version",
                                  .run = run_version};
