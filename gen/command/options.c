/* Reading the command line by the table of options. */
#include "command/options.h"

#include <stddef.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"

enum option_kind {
    OPTION_FLAG,
    OPTION_TEXT,
    OPTION_DATE,
    OPTION_LIST,
    OPTION_PAIR,
    OPTION_JOBS,
    OPTION_COUNT,
    OPTION_LANGUAGE
};

struct option {
    const char *name; /* without -- */
    char letter;      /* 0: none */
    enum option_kind kind;
    size_t offset; /* of its place in struct options */
    const char *argument;
    const char *help_zh, *help_en;
};

enum { MAX_ERRORS = 1000 };

#define AT(member) offsetof(struct options, member)

static const struct option table[] = {
    {"input", 'i', OPTION_TEXT, AT(input), "DIR", "台账文件夹，默认 input",
     "folder of the ledgers, input"},
    {"output", 'o', OPTION_TEXT, AT(output), "DIR", "成品文件夹，默认 output",
     "folder of the products, output"},
    {"format", 'f', OPTION_LIST, AT(formats), "F,F", "只出这些格式，如 pdf,xlsx",
     "only these formats: pdf,xlsx"},
    {"setting", 's', OPTION_PAIR, AT(settings), "名称=值", "改一项设置，如 -s 年度=2026",
     "one setting: -s 年度=2026"},
    {"only", 0, OPTION_PAIR, AT(only), "列=值", "只出这一部分，如 --only 行政村=石门村",
     "only the part with this value: --only 行政村=石门村"},
    {"date", 0, OPTION_DATE, AT(date), "日期", "落款日期和基准日期，如 2026-11-02",
     "date of the documents and for ages: 2026-11-02"},
    {"jobs", 'j', OPTION_JOBS, AT(jobs), "N",
     "同时出几份，1 到 64，成品都一样；默认有几个处理器出几份",
     "documents at a time, 1 to 64, always the same bytes; one a processor"},
    {"max-errors", 0, OPTION_COUNT, AT(max_errors), "N",
     "错误、提醒、说明各最多列出几条，默认 1000，0 是全部",
     "list no more of each level, 1000; 0: all"},
    {"for-excel", 0, OPTION_FLAG, AT(for_excel), NULL,
     "写出的 CSV 供 Excel 打开：带 BOM，= + - @ 开头的格子前加撇号",
     "CSV for a spreadsheet: a BOM, an apostrophe before = + - @"},
    {"dry-run", 0, OPTION_FLAG, AT(dry_run), NULL, "只检查并列出要出的文件，不写任何文件",
     "check and list what would be written; write nothing"},
    {"check", 0, OPTION_FLAG, AT(check), NULL, "list templates：同时检查每个模板",
     "list templates: check each template too"},
    {"verbose", 'v', OPTION_FLAG, AT(verbose), NULL, "多说一些：每个文件读了多少行",
     "say more: the rows of each file"},
    {"lang", 0, OPTION_LANGUAGE, AT(english), "zh|en", "提示用中文或英文",
     "language of the messages"},
};

enum { OPTIONS = sizeof table / sizeof table[0] };

static const struct option *find(const char *name, size_t length)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (strlen(table[i].name) == length && !strncmp(table[i].name, name, length))
            return &table[i];
    return NULL;
}

static const struct option *find_letter(char letter)
{
    for (size_t i = 0; i < OPTIONS; i++)
        if (table[i].letter && table[i].letter == letter)
            return &table[i];
    return NULL;
}

static int unknown(const char *argument, struct findings *findings)
{
    const char *names[OPTIONS];
    for (size_t i = 0; i < OPTIONS; i++)
        names[i] = table[i].name;
    const char *near = text_nearest(argument + strspn(argument, "-"), names, OPTIONS);
    return finding_add(findings, FINDING_USAGE_OPTION, (struct place){0}, argument,
                       near ? near : "help");
}

static void split(GPtrArray *list, const char *value)
{
    char **parts = g_strsplit(value, ",", -1);
    for (char **part = parts; *part; part++)
        if (**part)
            g_ptr_array_add(list, g_strdup(*part));
    g_strfreev(parts);
}

static int store_jobs(size_t *jobs, const char *value, struct findings *findings)
{
    guint64 number;

    if (!g_ascii_string_to_unsigned(value, 10, 1, JOBS_MOST, &number, NULL))
        return finding_add(findings, FINDING_USAGE_JOBS, (struct place){0}, value);
    *jobs = (size_t)number;
    return 0;
}

static int store_count(size_t *count, const char *name, const char *value,
                       struct findings *findings)
{
    guint64 number;

    if (!g_ascii_string_to_unsigned(value, 10, 0, G_MAXINT32, &number, NULL))
        return finding_add(findings, FINDING_USAGE_COUNT, (struct place){0}, name, value);
    *count = (size_t)number;
    return 0;
}

static int store(const struct option *option, const char *value, struct options *options,
                 struct findings *findings)
{
    void *at = (char *)options + option->offset;
    const char *equals;
    struct date date;
    bool guessed;
    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)at = true;
        return 0;
    case OPTION_TEXT:
        *(const char **)at = value;
        return 0;
    case OPTION_DATE:
        if (!date_parse_ledger(value, &date, &guessed) || !date.day)
            return finding_add(findings, FINDING_USAGE_DATE, (struct place){0}, option->name,
                               value);
        *(const char **)at = value;
        return 0;
    case OPTION_LIST:
        split(*(GPtrArray **)at, value);
        return 0;
    case OPTION_PAIR:
        equals = strchr(value, '=');
        if (!equals || equals == value)
            return finding_add(findings, FINDING_USAGE_PAIR, (struct place){0}, option->name);
        g_ptr_array_add(*(GPtrArray **)at, g_strndup(value, (gsize)(equals - value)));
        g_ptr_array_add(*(GPtrArray **)at, g_strdup(equals + 1));
        return 0;
    case OPTION_JOBS:
        return store_jobs(at, value, findings);
    case OPTION_COUNT:
        return store_count(at, option->name, value, findings);
    case OPTION_LANGUAGE:
        if (strcmp(value, "zh") && strcmp(value, "en"))
            return finding_add(findings, FINDING_USAGE_LANGUAGE, (struct place){0}, value);
        *(bool *)at = !strcmp(value, "en");
        return 0;
    }
    return 0;
}

/* One option at argv[*index]; moves *index past the value it takes. */
static int parse_option(int argc, char **argv, int *index, struct options *options,
                        struct findings *findings)
{
    const char *argument = argv[*index];
    const char *value = NULL;
    const struct option *option;
    if (argument[1] == '-') {
        const char *name = argument + 2;
        value = strchr(name, '=');
        option = find(name, value ? (size_t)(value - name) : strlen(name));
        value = value ? value + 1 : NULL;
    } else {
        option = find_letter(argument[1]);
        value = argument[2] ? argument + 2 : NULL;
    }
    if (!option)
        return unknown(argument, findings);
    if (option->kind == OPTION_FLAG) {
        if (value)
            return unknown(argument, findings);
    } else if (!value) {
        if (*index + 1 >= argc)
            return finding_add(findings, FINDING_USAGE_VALUE, (struct place){0}, argument,
                               option->argument);
        value = argv[++*index];
    }
    return store(option, value, options, findings);
}

static const struct verb *find_verb(const char *name, struct findings *findings)
{
    GPtrArray *names = g_ptr_array_new();
    const struct verb *found = NULL;
    for (const struct verb *const *verb = verbs(); *verb; verb++) {
        g_ptr_array_add(names, (gpointer)(*verb)->name);
        if (!strcmp((*verb)->name, name))
            found = *verb;
    }
    if (!found) {
        const char *near = text_nearest(name, (const char *const *)names->pdata, names->len);
        finding_add(findings, FINDING_USAGE_VERB, (struct place){0}, name, near ? near : "help");
    }
    g_ptr_array_free(names, TRUE);
    return found;
}

struct options *options_parse(int argc, char **argv, const char *environment,
                              struct findings *findings)
{
    struct options *options = g_new0(struct options, 1);
    options->names = g_ptr_array_new();
    options->formats = g_ptr_array_new_with_free_func(g_free);
    options->settings = g_ptr_array_new_with_free_func(g_free);
    options->only = g_ptr_array_new_with_free_func(g_free);
    options->input = "input";
    options->output = "output";
    options->max_errors = MAX_ERRORS;
    options->english = environment && g_str_has_prefix(environment, "en");

    int faults = 0;
    bool only_names = false;
    for (int i = 1; i < argc; i++) {
        const char *argument = argv[i];
        if (!only_names && !strcmp(argument, "--")) {
            only_names = true;
        } else if (!only_names && (!strcmp(argument, "--help") || !strcmp(argument, "--version"))) {
            options->verb = find_verb(argument + 2, findings);
        } else if (!only_names && argument[0] == '-' && argument[1]) {
            faults |= parse_option(argc, argv, &i, options, findings);
        } else if (!options->verb) {
            options->verb = find_verb(argument, findings);
            faults |= options->verb ? 0 : -1;
        } else {
            g_ptr_array_add(options->names, (gpointer)argument);
        }
    }
    if (!options->verb)
        options->verb = verbs()[0];
    if (!faults)
        return options;
    options_free(options);
    return NULL;
}

void options_free(struct options *options)
{
    if (!options)
        return;
    g_ptr_array_free(options->names, TRUE);
    g_ptr_array_free(options->formats, TRUE);
    g_ptr_array_free(options->settings, TRUE);
    g_ptr_array_free(options->only, TRUE);
    g_free(options);
}

static void pad(GString *out, const char *text)
{
    enum { WIDTH = 40 };
    g_string_append(out, text);
    for (size_t done = text_display_width(text, strlen(text)); done < WIDTH; done++)
        g_string_append_c(out, ' ');
}

void options_help(GString *out, bool english)
{
    g_string_append(out, english
                             ? "mingbai: ledgers in, clear notices out\n\nUsage: mingbai [VERB] "
                               "[OPTION...]   (no verb: render everything)\n\n"
                             : "mingbai 明白：台账进，公示、明白卡、花名册出\n\n用法：mingbai "
                               "[命令] [选项…]   （不写命令：有台账的成品全部出）\n\n");
    for (const struct verb *const *verb = verbs(); *verb; verb++) {
        char *head = g_strdup_printf("  %s %s", (*verb)->name, (*verb)->usage);
        pad(out, head);
        g_string_append_printf(out, "%s\n", english ? (*verb)->help_en : (*verb)->help_zh);
        g_free(head);
    }
    g_string_append_c(out, '\n');
    for (size_t i = 0; i < OPTIONS; i++) {
        const struct option *option = &table[i];
        char letter[] = {'-', option->letter, ',', ' ', 0};
        char *head = g_strdup_printf("  %s--%s %s", option->letter ? letter : "    ", option->name,
                                     option->argument ? option->argument : "");
        pad(out, head);
        g_string_append_printf(out, "%s\n", english ? option->help_en : option->help_zh);
        g_free(head);
    }
    g_string_append(
        out, english ? "\nExit status: 0 clean or warnings, 1 errors in the data, 2 wrong usage, "
                       "schema or template, 3 system, 70 a fault of mingbai's, 130 interrupted\n"
                     : "\n退出码：0 正常或只有提醒，1 数据有错，2 用法、台账定义或模板有错，3 "
                       "读写等系统问题，70 程序自身的毛病，130 被中断\n");
}
