/* The verb new: an empty working folder with settings and a workbook to type ledgers into. */
#include <stdio.h>

#include "base/file.h"
#include "base/home.h"
#include "command/ledger_book.h"
#include "command/verbs.h"

/* 设置.csv: names, what stands there at first, and what it is for. */
static const char *const settings[][3] = {
    {"年度", "", "本次要做的年度，如 2026"},
    {"县", "", "县（市、区、旗）全称"},
    {"乡镇", "", "乡镇（街道）全称"},
    {"日期", "", "印在落款处的日期；公示表里填了张贴日期的，以公示表为准"},
    {"基准日期", "", "算年龄、判断未成年用的日期，如 2026-11-01"},
    {"字体", "本机", "本机：优先用电脑里装的方正小标宋、仿宋_GB2312；自由：只用自由字体"},
    {"纸张", "A4", "A4 或 A3"},
    {"依据", "", "公示里“根据……”后面的话，文号用〔〕"},
    {"部门名称", "", "公示里列出的县级部门；空着用当年通行的叫法"},
    {"县电话", "", "县级部门的监督电话"},
    {"县地址", "", ""},
    {"乡镇电话", "", "乡镇的监督电话"},
    {"乡镇地址", "", ""},
    {"热线", "", "监督热线，如 12317、12345；空着用通行的号码"},
    {"收入范围", "", "当年本省的收入参考范围，元"},
};

static const char manual[] =
    "这是 mingbai 的工作文件夹。\n"
    "\n"
    "1. 打开 input/设置.csv，在“值”一列写上年度、县、乡镇等，存盘（仍存为 CSV）。\n"
    "2. 打开 input/台账.xlsx，一种台账一张表，用得着的才填。鼠标停在表头上，会说这一列写什么；\n"
    "   表头是橙色的列一定要填；证件号码等列已设成文本，不会丢位；有名单的列可以点箭头选。\n"
    "   从别处粘贴时，选“只粘贴值（文本）”。用不着的列可以删，橙色的不要删。\n"
    "3. 填好存盘就行，程序直接读它。手头已有的台账（.xlsx 或 CSV）也放进 input/，文件名随意。\n"
    "4. 在这个文件夹里运行 mingbai。成品在 output/，提醒写在 output/检查结果.txt。\n"
    "\n"
    "这里有身份证号码、电话、账号：只有您自己能打开这个文件夹，不要整个发给别人。\n";

/* For Excel: with a byte order mark, in CRLF lines; no text here needs quotes. */
static void write_settings(FILE *stream)
{
    fputs("\xEF\xBB\xBF名称,值,说明\r\n", stream);
    for (size_t i = 0; i < G_N_ELEMENTS(settings); i++)
        fprintf(stream, "%s,%s,%s\r\n", settings[i][0], settings[i][1], settings[i][2]);
}

static void write_manual(FILE *stream)
{
    fputs(manual, stream);
}

static int write_text(const char *path, void (*write)(FILE *stream), struct findings *findings)
{
    struct file_writer *writer = file_create(path, findings);

    if (!writer)
        return -1;
    write(file_writer_stream(writer));
    return file_commit(writer, false, findings);
}

/* All of it, or nothing of it. */
static int fill(const struct schemas *schemas, const char *folder, struct findings *findings)
{
    char *input = g_build_filename(folder, "input", NULL);
    char *paths[] = {g_build_filename(input, "设置.csv", NULL),
                     g_build_filename(input, "台账.xlsx", NULL),
                     g_build_filename(folder, "说明.txt", NULL)};
    int status = folder_make(input, true, findings);

    if (status == 0)
        status = write_text(paths[0], write_settings, findings);
    if (status == 0)
        status = ledger_book_write(schemas, paths[1], findings);
    if (status == 0)
        status = write_text(paths[2], write_manual, findings);
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        if (status != 0)
            file_remove(paths[i], findings);
        else
            printf("%s\n", paths[i]);
        g_free(paths[i]);
    }
    g_free(input);
    return status;
}

static void run(const struct options *options, struct findings *findings)
{
    const char *folder = options->names->len == 1 ? options->names->pdata[0] : NULL;
    char *home, *ledgers;
    struct schemas *schemas;

    if (!folder) {
        finding_add(findings, FINDING_USAGE_FOLDER, (struct place){0});
        return;
    }
    if (file_exists(folder) || (folder_exists(folder) && !folder_is_empty(folder))) {
        finding_add(findings, FINDING_USAGE_FOLDER_FULL, (struct place){.file = folder});
        return;
    }
    home = home_folder();
    ledgers = g_build_filename(home, "templates", "ledgers", NULL);
    schemas = schemas_load(ledgers, findings);
    if (schemas)
        fill(schemas, folder, findings);
    schemas_free(schemas);
    g_free(ledgers);
    g_free(home);
}

const struct verb verb_new = {.name = "new",
                              .usage = "DIR",
                              .help_zh = "建一个新的工作文件夹：设置、可以打字的台账工作簿",
                              .help_en = "make an empty working folder: settings, a workbook to "
                                         "type ledgers into",
                              .run = run};
