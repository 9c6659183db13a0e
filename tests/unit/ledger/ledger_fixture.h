/* A folder of small ledgers and schemas for the tests of loading. */
#ifndef MINGBAI_TESTS_LEDGER_FIXTURE_H
#define MINGBAI_TESTS_LEDGER_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* cmocka wants those first */
#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "ledger/ledger.h"
#include "ledger/load.h"

struct fixture {
    char *folder; /* holds schemas/ and input/ */
    char *input;
    struct findings *findings;
    struct schemas *schemas;
    struct settings *settings;
    struct ledgers *ledgers;
};

#define AREAS                                                                                        \
    "  - {name: 乡镇, type: area, aliases: [镇], show: full}\n"                                   \
    "  - {name: 行政村, type: area, aliases: [村], constraints: {required: true}, show: full}\n" \
    "  - {name: 村民小组, type: area, aliases: [组], show: full}\n"

static const char *const schema_files[][2] = {
    {"户.yaml",
     "name: 户\ntitle: 户台账\nprimaryKey: [户编号]\nforeignKeys:\n"
     "  - {fields: [乡镇, 行政村], reference: 村, link: _村}\nfields:\n" AREAS
     "  - {name: 户编号, type: string, level: household, show: {internal: full}}\n"
     "  - {name: 户主姓名, type: string, aliases: [户主], identify: true, level: household,"
     " constraints: {required: true}, mask: name, show: full}\n"
     "  - {name: 户主证件号码, type: idcard, aliases: [证件号码, 身份证号], level: household, "
     "mask: id,"
     " show: {public: mask, internal: full}}\n"
     "  - {name: 家庭人口, type: integer, unit: 人, aliases: [人数], identify: true,"
     " level: household, constraints: {required: true, minimum: 0, maximum: 50}, show: full}\n"
     "  - {name: 耕地面积, type: decimal, unit: 亩, level: household, show: full}\n"
     "  - {name: 年收入, type: money, level: household, show: {internal: full}}\n"
     "  - {name: 人均纯收入, type: money, level: household, show: full}\n"
     "  - {name: 致贫原因, type: code, level: household, show: {internal: full},"
     " constraints: {enum: [因病, 因残]}, synonyms: {患病: 因病}}\n"
     "  - {name: 备注, type: string, text: open, show: full}\n"},
    {"人.yaml",
     "name: 人\ntitle: 人口台账\nalso: 户\nprimaryKey: [_户, 证件号码]\nforeignKeys:\n"
     "  - {fields: [户编号], reference: 户, link: _户, required: true}\nfields:\n" AREAS
     "  - {name: 户编号, type: string, level: household, show: {internal: full}}\n"
     "  - {name: 户主姓名, type: string, aliases: [户主], level: household, mask: name, show: "
     "full}\n"
     "  - {name: 姓名, type: string, identify: true, constraints: {required: true}, mask: name,"
     " show: full}\n"
     "  - {name: 性别, type: code, show: full, constraints: {enum: [男, 女]},"
     " synonyms: {\"1\": 男, \"2\": 女}}\n"
     "  - {name: 证件号码, type: idcard, aliases: [身份证号], mask: id,"
     " show: {public: mask, internal: full}}\n"
     "  - {name: 与户主关系, type: code, aliases: [关系], identify: true, show: full,"
     " constraints: {enum: [户主, 配偶, 之子]}, synonyms: {本人: 户主, 妻: 配偶}}\n"
     "  - {name: 健康状况, type: string, show: {internal: full}}\n"},
    {"村.yaml",
     "name: 村\ntitle: 村台账\nprimaryKey: [乡镇, 行政村]\nfields:\n"
     "  - {name: 乡镇, type: area, show: full}\n"
     "  - {name: 行政村, type: area, identify: true, constraints: {required: true}, show: full}\n"
     "  - {name: 全称, type: string, identify: true, show: full}\n"},
    {"动态调整.yaml",
     "name: 动态调整\ntitle: 动态调整台账\nprimaryKey: [年度, 批次, _户, 类别]\nforeignKeys:\n"
     "  - {fields: [户编号], reference: 户, link: _户, required: true}\nfields:\n" AREAS
     "  - {name: 年度, type: year, show: full}\n"
     "  - {name: 批次, type: string, show: full}\n"
     "  - {name: 户编号, type: string, level: household, show: {internal: full}}\n"
     "  - {name: 户主姓名, type: string, identify: true, level: household, mask: name, show: "
     "full}\n"
     "  - {name: 户主证件号码, type: idcard, mask: id, show: {internal: full}}\n"
     "  - {name: 类别, type: code, identify: true, show: full,"
     " constraints: {required: true, enum: [新识别, 脱贫, 返贫]}}\n"
     "  - {name: 结论, type: string, show: full}\n"},
    {"措施.yaml",
     "name: 措施\ntitle: 措施台账\nforeignKeys:\n"
     "  - {fields: [户编号], reference: 户, link: _户, required: true}\n"
     "  - {fields: [证件号码], reference: 人, link: _人}\nfields:\n" AREAS
     "  - {name: 户编号, type: string, level: household, show: {internal: full}}\n"
     "  - {name: 户主姓名, type: string, aliases: [户主], level: household, mask: name, show: "
     "full}\n"
     "  - {name: 证件号码, type: idcard, aliases: [身份证号], mask: id, show: {internal: full}}\n"
     "  - {name: 对象, type: string, mask: name, show: full}\n"
     "  - {name: 项目名称, type: string, identify: true, show: full}\n"
     "  - {name: 金额, type: money, identify: true, aliases: [资金来源/中央], show: full}\n"
     "  - {name: 省级资金, type: money, aliases: [省级], show: full}\n"
     "  - {name: 完成日期, type: date, show: full}\n"},
};

static inline void put_bytes(const char *folder, const char *path, const char *bytes, size_t size)
{
    char *full = g_build_filename(folder, path, NULL);
    char *parent = g_path_get_dirname(full);

    assert_int_equal(g_mkdir_with_parents(parent, 0700), 0);
    assert_true(g_file_set_contents(full, bytes, (gssize)size, NULL));
    g_free(parent);
    g_free(full);
}

static inline void put(struct fixture *fixture, const char *path, const char *text)
{
    put_bytes(fixture->input, path, text, strlen(text));
}

/* Schemas of another folder instead of the small ones. */
static inline void use_schemas(struct fixture *fixture, const char *folder)
{
    schemas_free(fixture->schemas);
    fixture->schemas = schemas_load(folder, fixture->findings);
    assert_non_null(fixture->schemas);
}

static inline int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    char *schemas;

    fixture->folder = g_dir_make_tmp("mingbai-ledger-XXXXXX", NULL);
    assert_non_null(fixture->folder);
    fixture->input = g_build_filename(fixture->folder, "input", NULL);
    assert_int_equal(g_mkdir_with_parents(fixture->input, 0700), 0);
    schemas = g_build_filename(fixture->folder, "schemas", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(schema_files); i++)
        put_bytes(schemas, schema_files[i][0], schema_files[i][1], strlen(schema_files[i][1]));
    fixture->findings = findings_new();
    fixture->schemas = schemas_load(schemas, fixture->findings);
    for (size_t i = 0; i < findings_count(fixture->findings); i++) {
        GString *text = g_string_new(NULL);

        finding_format(text, findings_at(fixture->findings, i), true);
        print_message("%s", text->str);
        g_string_free(text, TRUE);
    }
    assert_non_null(fixture->schemas);
    g_free(schemas);
    *state = fixture;
    return 0;
}

static inline void remove_tree(const char *path)
{
    GDir *folder = g_dir_open(path, 0, NULL);
    const char *name;

    while (folder && (name = g_dir_read_name(folder))) {
        char *child = g_build_filename(path, name, NULL);

        remove_tree(child);
        g_free(child);
    }
    if (folder)
        g_dir_close(folder);
    g_remove(path);
}

static inline int tear_down(void **state)
{
    struct fixture *fixture = *state;

    ledgers_free(fixture->ledgers);
    settings_free(fixture->settings);
    schemas_free(fixture->schemas);
    findings_free(fixture->findings);
    remove_tree(fixture->folder);
    g_free(fixture->input);
    g_free(fixture->folder);
    g_free(fixture);
    return 0;
}

static inline void load(struct fixture *fixture)
{
    fixture->settings = settings_load("no such folder", fixture->input, fixture->findings);
    assert_non_null(fixture->settings);
    fixture->ledgers =
        ledgers_load(fixture->schemas, fixture->input, fixture->settings, fixture->findings);
    assert_non_null(fixture->ledgers);
}

/* The nth finding of the code, or NULL. */
static inline const struct finding *nth_finding(const struct fixture *fixture,
                                                enum finding_code code, size_t n)
{
    for (size_t i = 0; i < findings_count(fixture->findings); i++) {
        const struct finding *finding = findings_at(fixture->findings, i);

        if (finding->code == code && n-- == 0)
            return finding;
    }
    return NULL;
}

static inline size_t count_findings(const struct fixture *fixture, enum finding_code code)
{
    size_t count = 0;

    while (nth_finding(fixture, code, count))
        count++;
    return count;
}

/* The only finding of the code, on that line, its first argument as given; NULL: any. */
static inline const struct finding *sole_finding(const struct fixture *fixture,
                                                 enum finding_code code, uint32_t line,
                                                 const char *argument)
{
    const struct finding *finding = nth_finding(fixture, code, 0);

    assert_int_equal(count_findings(fixture, code), 1);
    assert_int_equal(finding->place.line, line);
    if (argument)
        assert_string_equal(finding->args[0], argument);
    return finding;
}

static inline const struct ledger *ledger(const struct fixture *fixture, const char *name)
{
    const struct ledger *found = ledgers_find(fixture->ledgers, name);

    assert_non_null(found);
    return found;
}

static inline size_t rows(const struct fixture *fixture, const char *name)
{
    return rowset_rows(ledger(fixture, name)->rows);
}

static inline struct value value_of(const struct fixture *fixture, const char *name, size_t row,
                                    const char *field)
{
    const struct ledger *of = ledger(fixture, name);
    const size_t index = schema_field(of->schema, field);

    assert_true(index != SIZE_MAX);
    assert_true(row < rowset_rows(of->rows));
    return rowset_at(of->rows, row, index);
}

/* A value as text; a NULL as its state: -empty -none -invalid. */
static inline void assert_cell(const struct fixture *fixture, const char *name, size_t row,
                               const char *field, const char *expected)
{
    static const char *const states[] = {"", "-empty", "-none", "-invalid", "-suppressed"};
    const struct value value = value_of(fixture, name, row, field);
    GString *text = g_string_new(states[value.state]);

    value_append(text, &value);
    assert_string_equal(text->str, expected);
    g_string_free(text, TRUE);
}

static inline int64_t link_to(const struct fixture *fixture, const char *name, size_t row,
                              const char *link)
{
    const struct ledger *of = ledger(fixture, name);

    for (size_t k = 0; k < of->schema->nforeign_key; k++) {
        if (strcmp(of->schema->foreign_keys[k].link, link) == 0)
            return of->links[k][row];
    }
    fail();
    return 0;
}

static inline size_t invalid_cells(const struct fixture *fixture, const char *name, size_t row,
                                   const char *field)
{
    const struct ledger *of = ledger(fixture, name);
    size_t count = 0;

    for (size_t i = 0; i < fixture->ledgers->ninvalid; i++) {
        const struct invalid_cell *cell = &fixture->ledgers->invalid[i];

        count += &fixture->ledgers->list[cell->ledger] == of && cell->row == row &&
                 strcmp(of->schema->fields[cell->field].name, field) == 0;
    }
    return count;
}

/* No finding of the run shows the text, whatever its code. */
static inline void assert_not_shown(const struct fixture *fixture, const char *secret)
{
    for (size_t i = 0; i < findings_count(fixture->findings); i++) {
        for (int english = 0; english < 2; english++) {
            GString *text = g_string_new(NULL);

            finding_format(text, findings_at(fixture->findings, i), english);
            assert_null(strstr(text->str, secret));
            g_string_free(text, TRUE);
        }
    }
}

#define VILLAGES    "乡镇,行政村,全称\n清河镇,石门村,石门村委会\n清河镇,大石门村,大石门村委会\n"
#define ONE_VILLAGE "乡镇,行政村,全称\n清河镇,石门村,石门村委会\n"

#endif
