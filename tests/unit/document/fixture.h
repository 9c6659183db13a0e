/* A small invented township in a temporary folder, and templates written by the test. */
#ifndef MINGBAI_TESTS_DOCUMENT_FIXTURE_H
#define MINGBAI_TESTS_DOCUMENT_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants those first */
#include <cmocka.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "document/bind.h"
#include "document/template.h"

struct world {
    char *folder;
    struct findings *findings; /* the document floor's */
    struct findings *loading;  /* the floors' below */
    struct schemas *schemas;
    struct settings *settings;
    struct ledgers *ledgers;
    struct stores *stores;
    struct templates *templates;
    struct binding *binding;
    struct document *document;
    struct row_count count;
};

static const char *const FIXTURE_LEDGERS[][2] = {
    {"户.yaml",
     "name: 户\n"
     "title: 户台账\n"
     "primaryKey: [户编号]\n"
     "fields:\n"
     "  - {name: 乡镇, type: area, show: full}\n"
     "  - {name: 行政村, type: area, show: full}\n"
     "  - {name: 村民小组, type: area, show: full}\n"
     "  - {name: 户编号, type: string, identify: true, show: {household: full, internal: full}}\n"
     "  - {name: 户主姓名, type: string, identify: true, mask: name, show: full}\n"
     "  - {name: 证件号码, type: idcard, mask: id, show: {public: hide, household: mask, internal: "
     "full}}\n"
     "  - {name: 家庭人口, type: integer, unit: 人, show: full}\n"
     "  - {name: 补贴, type: money, show: full}\n"
     "  - {name: 面积, type: decimal, unit: 亩, places: 1, show: full}\n"
     "  - {name: 达标, type: boolean, show: full}\n"
     "  - {name: 评议日期, type: date, show: full}\n"
     "  - {name: 备注, type: string, show: full}\n"},
    {"村.yaml", "name: 村\n"
                "title: 村台账\n"
                "primaryKey: [乡镇, 行政村]\n"
                "fields:\n"
                "  - {name: 乡镇, type: area, show: full}\n"
                "  - {name: 行政村, type: area, show: full}\n"
                "  - {name: 排序, type: integer, identify: true, show: full}\n"
                "  - {name: 电话, type: phone, show: full}\n"
                "  - {name: 落款, type: string, show: full}\n"},
    {"公示.yaml", "name: 公示\n"
                  "title: 公示台账\n"
                  "fields:\n"
                  "  - {name: 题目, type: string, identify: true, show: full}\n"
                  "  - {name: 年度, type: year, show: full}\n"
                  "  - {name: 乡镇, type: area, show: full}\n"
                  "  - {name: 行政村, type: area, show: full}\n"
                  "  - {name: 张贴日期, type: date, identify: true, show: full}\n"
                  "  - {name: 天数, type: integer, show: full}\n"
                  "  - {name: 计法, type: string, show: full}\n"
                  "  - {name: 电话, type: phone, show: full}\n"},
};

static const char FIXTURE_STYLE[] =
    "id: plain\n"
    "papers:\n"
    "  A4:\n"
    "    page: {width: 210, height: 297, top: 20, right: 20, bottom: 20, left: 20}\n"
    "    texts:\n"
    "      title: {face: 小标宋, size: 二号, align: center}\n"
    "      body: {face: 仿宋, size: 16, leading: 28, indent: 2}\n"
    "      head: {face: 黑体, size: 14}\n"
    "      cell: {face: 仿宋, size: 14, size_min: 12}\n"
    "      attachment-note: {face: 仿宋, size: 16}\n"
    "      attachment-label: {face: 黑体, size: 16}\n"
    "      attachment-title: {face: 小标宋, size: 22}\n"
    "      continued: {face: 小标宋, size: 20}\n"
    "    grids:\n"
    "      table: {row: 9, row_max: 12}\n"
    "      form: {row: 8, side_width: 10}\n"
    "      contacts: {rules: none}\n"
    "      issuers: {rules: none, row: 45}\n"
    "  A3:\n"
    "    page: {width: 297, height: 420}\n"
    "    texts:\n"
    "      body: {size: 18}\n"
    "body:\n"
    "  - own: blocks\n"
    "  - name: closing\n"
    "    paragraph: 特此公示。\n"
    "  - attachments: note\n"
    "  - name: issuers\n"
    "    issuers: {names: \"{{落款}}\", otherwise: \"{{行政村}}村民委员会\", date: \"{{日期}}\"}\n"
    "  - attachments: pages\n";

static const char FIXTURE_HOUSEHOLDS[] =
    "乡镇,行政村,村民小组,户编号,户主姓名,证件号码,家庭人口,补贴,面积,达标,评议日期,备注\n"
    "云岭镇,石门村,一组,001,张如意,990101198001010014,4,100.10,2.5,是,2026-10-28,\n"
    "云岭镇,石门村,一组,002,李海,,3,200.20,1,是,2026-10-28,搬迁\n"
    "云岭镇,石门村,二组,003,王芳,,2,,0.5,否,,\n"
    "云岭镇,大湾村,一组,004,赵小兰,,5,50.00,3,是,2026-10-27,\n";

static const char FIXTURE_VILLAGES[] = "乡镇,行政村,排序,电话,落款\n"
                                       "云岭镇,石门村,1,0990-6200101,\n"
                                       "云岭镇,大湾村,2,,大湾村党支部、大湾村委会\n";

static inline void world_write(const struct world *world, const char *path, const char *text)
{
    char *full = g_build_filename(world->folder, path, NULL);
    char *parent = g_path_get_dirname(full);

    assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
    assert_true(g_file_set_contents(full, text, -1, NULL));
    g_free(parent);
    g_free(full);
}

static inline void world_begin(struct world *world)
{
    memset(world, 0, sizeof(*world));
    world->folder = g_dir_make_tmp("mingbai-XXXXXX", NULL);
    assert_non_null(world->folder);
    world->findings = findings_new();
    world->loading = findings_new();
    for (size_t i = 0; i < G_N_ELEMENTS(FIXTURE_LEDGERS); i++) {
        char *path = g_build_filename("templates/ledgers", FIXTURE_LEDGERS[i][0], NULL);

        world_write(world, path, FIXTURE_LEDGERS[i][1]);
        g_free(path);
    }
    world_write(world, "templates/styles/plain.yaml", FIXTURE_STYLE);
    world_write(world, "input/户.csv", FIXTURE_HOUSEHOLDS);
    world_write(world, "input/村.csv", FIXTURE_VILLAGES);
    world_write(world, "input/设置.csv", "名称,值\n年度,2026\n日期,2026-11-01\n县,明山县\n");
}

static inline void world_remove(const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        char *path = g_build_filename(folder, name, NULL);

        if (g_file_test(path, G_FILE_TEST_IS_DIR))
            world_remove(path);
        else
            g_remove(path);
        g_free(path);
    }
    if (dir)
        g_dir_close(dir);
    g_rmdir(folder);
}

static inline void world_end(struct world *world)
{
    document_free(world->document);
    binding_free(world->binding);
    stores_close(world->stores);
    ledgers_free(world->ledgers);
    templates_free(world->templates);
    settings_free(world->settings);
    schemas_free(world->schemas);
    findings_free(world->findings);
    findings_free(world->loading);
    world_remove(world->folder);
    g_free(world->folder);
}

/* Reads what the test has written. false: the templates have mistakes. */
static inline bool world_load(struct world *world)
{
    static const char *const FORMATS[] = {"pdf", "xlsx", NULL};
    char *ledgers = g_build_filename(world->folder, "templates/ledgers", NULL);
    char *settings = g_build_filename(world->folder, "templates/settings", NULL);
    char *templates = g_build_filename(world->folder, "templates", NULL);
    char *input = g_build_filename(world->folder, "input", NULL);
    struct template_world names;

    world->schemas = schemas_load(ledgers, world->loading);
    assert_non_null(world->schemas);
    world->settings = settings_load(settings, input, world->loading);
    assert_non_null(world->settings);
    world->ledgers = ledgers_load(world->schemas, input, world->settings, world->loading);
    world->stores = stores_open(world->ledgers, 15, (struct date){2026, 1, 1}, world->loading);
    assert_non_null(world->stores);
    char *pictures = g_build_filename(input, "图片", NULL);

    names = (struct template_world){.schemas = world->schemas,
                                    .settings = settings_names(world->settings),
                                    .formats = FORMATS,
                                    .pictures = pictures};
    world->templates = templates_load(templates, &names, world->findings);
    g_free((void *)names.settings);
    g_free(pictures);
    g_free(ledgers);
    g_free(settings);
    g_free(templates);
    g_free(input);
    return world->templates != NULL;
}

/* Writes the template, loads everything and prepares it. false: something is wrong with it. */
static inline bool world_prepare(struct world *world, const char *text)
{
    const struct template *template;

    world_write(world, "templates/notices/t.yaml", text);
    if (!world_load(world))
        return false;
    template = templates_at(world->templates, 0);
    world->binding = binding_prepare(
        template, stores_of(world->stores, template_head(template)->audience), world->findings);
    return world->binding != NULL;
}

/* And makes its product number `product`. */
static inline int world_make(struct world *world, size_t product)
{
    document_free(world->document);
    world->document = NULL;
    return binding_document(world->binding, product, NULL, &world->document, &world->count,
                            world->findings);
}

static inline void world_run(struct world *world, const char *text)
{
    assert_true(world_prepare(world, text));
    assert_int_equal(binding_run(world->binding, world->settings, world->findings), 0);
}

static inline const struct finding *world_finding(const struct world *world, enum finding_code code)
{
    for (size_t i = 0; i < findings_count(world->findings); i++)
        if (findings_at(world->findings, i)->code == code)
            return findings_at(world->findings, i);
    return NULL;
}

/* Asserts a finding of that code at that place, and how many findings there are. */
static inline void world_expect(const struct world *world, enum finding_code code, uint32_t line,
                                uint32_t column)
{
    const struct finding *finding = world_finding(world, code);

    if (!finding) {
        for (size_t i = 0; i < findings_count(world->findings); i++)
            print_message("has %s\n", finding_name(findings_at(world->findings, i)->code));
        fail_msg("no finding %s", finding_name(code));
        return;
    }
    assert_int_equal(finding->place.line, line);
    assert_int_equal(finding->place.column, column);
}

/* The number-th block of that kind in the document's first unit. */
static inline const struct block *world_block(const struct world *world, enum block_kind kind,
                                              size_t number)
{
    const struct unit *unit = &world->document->units[0];

    for (size_t i = 0; i < unit->nblock; i++)
        if (unit->blocks[i].kind == kind && number-- == 0)
            return &unit->blocks[i];
    fail_msg("no such block");
    return NULL;
}

/* A template's beginning; the test adds body and more. */
#define HEAD                                                                                       \
    "id: t\n"                                                                                      \
    "title: 试验公示\n"                                                                        \
    "audience: public\n"                                                                           \
    "style: plain\n"                                                                               \
    "file: 试验\n"                                                                               \
    "formats: [pdf]\n"
/* One product a village; lines 7 to 9. */
#define EACH                                                                                       \
    "each: |\n"                                                                                    \
    "  SELECT DISTINCT 乡镇, 行政村 FROM 户\n"                                               \
    "  ORDER BY 行政村 COLLATE 地名序\n"
/* Its households; lines 10 to 13. */
#define LIST                                                                                         \
    "data:\n"                                                                                        \
    "  名单: |\n"                                                                                  \
    "    SELECT 村民小组, 户主姓名, 家庭人口, 补贴, 面积, 达标, 备注 FROM 户\n" \
    "    WHERE 行政村 = :行政村 ORDER BY 村民小组 COLLATE 自然序, _id\n"

#endif
