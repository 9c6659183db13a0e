/* Tests of reading schemas: the seven that are shipped, and every mistake an author can make. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "base/text.h"
#include "ledger/schema.h"

struct fixture {
    char *folder;
    struct findings *findings;
    struct schemas *schemas;
};

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->folder = g_dir_make_tmp("mingbai-schema-XXXXXX", NULL);
    fixture->findings = findings_new();
    *state = fixture;
    return fixture->folder == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    GDir *folder = g_dir_open(fixture->folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(folder)) != NULL;) {
        char *path = g_build_filename(fixture->folder, name, NULL);
        g_remove(path);
        g_free(path);
    }
    g_dir_close(folder);
    g_rmdir(fixture->folder);
    g_free(fixture->folder);
    schemas_free(fixture->schemas);
    findings_free(fixture->findings);
    g_free(fixture);
    return 0;
}

static void write_file(struct fixture *fixture, const char *name, const char *text)
{
    char *path = g_build_filename(fixture->folder, name, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_free(path);
}

static struct schemas *load(struct fixture *fixture)
{
    fixture->schemas = schemas_load(fixture->folder, fixture->findings);
    return fixture->schemas;
}

/* The findings as code:line:column, one a line. */
static char *list_findings(const struct fixture *fixture)
{
    GString *list = g_string_new(NULL);
    for (size_t i = 0; i < findings_count(fixture->findings); i++) {
        const struct finding *finding = findings_at(fixture->findings, i);
        g_string_append_printf(list, "%s:%u:%u\n", finding_name(finding->code), finding->place.line,
                               finding->place.column);
    }
    return g_string_free(list, FALSE);
}

static void assert_findings(const struct fixture *fixture, const char *expected)
{
    char *list = list_findings(fixture);
    assert_string_equal(list, expected);
    g_free(list);
}

static const struct finding *find_finding(const struct fixture *fixture, enum finding_code code)
{
    for (size_t i = 0; i < findings_count(fixture->findings); i++) {
        if (findings_at(fixture->findings, i)->code == code)
            return findings_at(fixture->findings, i);
    }
    fail_msg("no finding %s", finding_name(code));
    return NULL;
}

static const struct field *field(const struct schema *schema, const char *name)
{
    size_t index = schema_field(schema, name);
    assert_true(index < schema->nfield);
    return &schema->fields[index];
}

static void schema_shipped_ones_are_sound(void **state)
{
    static const char *const names[] = {
        "户",   "人",   "措施",     "收入", "帮扶责任人", "单位", "村",   "动态调整",
        "公示", "会议", "监测对象", "项目", "资金",       "补贴", "低保", "搬迁",
        "危房", "岗位", "学生",     "贷款", "村务收支",   "规划", "问题", "交办",
        "考核", "日志", "考勤",     "信访", "节假日"};
    struct fixture *fixture = *state;
    fixture->schemas = schemas_load("templates/ledgers", fixture->findings);
    assert_findings(fixture, "");
    assert_non_null(fixture->schemas);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        assert_non_null(schemas_find(fixture->schemas, names[i]));
    for (size_t i = 1; i < schemas_count(fixture->schemas); i++)
        assert_true(strcmp(schemas_at(fixture->schemas, i - 1)->name,
                           schemas_at(fixture->schemas, i)->name) < 0);
    assert_null(schemas_find(fixture->schemas, "没有"));
}

/* domain.md 3.4: nothing that identifies, nothing on health, no account on a public page. */
static void schema_shipped_ones_hide_from_the_public(void **state)
{
    static const char *const hidden[][2] = {
        {"户", "户主证件号码"}, {"户", "银行卡号"},     {"户", "户联系电话"}, {"户", "家庭住址"},
        {"户", "致贫原因"},     {"户", "其他致贫原因"}, {"户", "备注"},       {"户", "人均纯收入"},
        {"户", "未退出原因"},   {"人", "姓名"},         {"人", "证件号码"},   {"人", "健康状况"},
        {"人", "残疾证号"},     {"人", "残疾类别"},     {"人", "民族"},       {"人", "出生日期"},
        {"人", "联系电话"},     {"人", "备注"},         {"措施", "存在问题"}, {"措施", "对象"},
    };
    struct fixture *fixture = *state;
    fixture->schemas = schemas_load("templates/ledgers", fixture->findings);
    assert_non_null(fixture->schemas);
    for (size_t i = 0; i < G_N_ELEMENTS(hidden); i++) {
        const struct schema *schema = schemas_find(fixture->schemas, hidden[i][0]);
        const struct field *one = field(schema, hidden[i][1]);
        assert_int_equal(one->show[AUDIENCE_PUBLIC], SHOW_HIDE);
        assert_int_equal(one->show[AUDIENCE_OFFICIAL], SHOW_HIDE);
        assert_int_equal(one->show[AUDIENCE_INTERNAL], SHOW_FULL);
    }
    const struct schema *households = schemas_find(fixture->schemas, "户");
    const struct schema *members = schemas_find(fixture->schemas, "人");
    assert_int_equal(field(households, "户主姓名")->show[AUDIENCE_PUBLIC], SHOW_FULL);
    assert_int_equal(field(members, "证件号码")->show[AUDIENCE_HOUSEHOLD], SHOW_MASK);
    assert_int_equal(field(households, "银行卡号")->show[AUDIENCE_HOUSEHOLD], SHOW_MASK);
    /* A masked ID beside a full birth date would be the ID again. */
    assert_int_equal(field(members, "出生日期")->show[AUDIENCE_HOUSEHOLD], SHOW_HIDE);
    assert_int_equal(field(members, "民族")->show[AUDIENCE_HOUSEHOLD], SHOW_HIDE);
    const struct schema *helpers = schemas_find(fixture->schemas, "帮扶责任人");
    assert_int_equal(field(helpers, "电话")->show[AUDIENCE_PUBLIC], SHOW_FULL);
}

static void schema_every_word_is_read(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "b.yaml",
               "name: 乙\ntitle: 乙台账\nfields:\n  - {name: 号, type: string, identify: true}\n");
    write_file(fixture, "a.yaml",
               "name: 甲\n"
               "title: 甲台账\n"
               "also: 乙\n"
               "primaryKey: [_乙, 号]\n"
               "foreignKeys:\n"
               "  - {fields: [号], reference: 乙, link: _乙, required: true}\n"
               "fields:\n"
               "  - {name: 号, type: string, identify: true, level: household,\n"
               "     show: {public: mask, household: full}, mask: account}\n"
               "  - {name: 因, type: code, multiple: true, constraints: {required: true, enum: "
               "[甲, 乙]},\n"
               "     synonyms: {丙: 乙}, aliases: [原因, 缘由]}\n"
               "  - {name: 钱, type: money, constraints: {minimum: -1.5, maximum: 9}, show: full}\n"
               "  - {name: 地, type: decimal, unit: 亩, places: 3}\n"
               "  - {name: 记, type: string, text: open}\n"
               "derived:\n"
               "  - {name: 有, type: boolean, show: full, sql: 钱 > 0}\n");
    assert_non_null(load(fixture));
    const struct schema *schema = schemas_find(fixture->schemas, "甲");
    assert_string_equal(schema->title, "甲台账");
    assert_string_equal(schema->also, "乙");
    assert_string_equal(schema->primary_key[0], "_乙");
    assert_string_equal(schema->primary_key[1], "号");
    assert_null(schema->primary_key[2]);
    assert_int_equal(schema->nfield, 6);
    assert_int_equal(schema->nderived, 1);
    assert_int_equal(schema->nforeign_key, 1);
    assert_string_equal(schema->foreign_keys[0].link, "_乙");
    assert_true(schema->foreign_keys[0].required);
    const struct field *key = field(schema, "号");
    assert_true(key->identify && key->household_level && !key->required);
    assert_int_equal(key->mask, MASK_ACCOUNT);
    assert_int_equal(key->show[AUDIENCE_PUBLIC], SHOW_MASK);
    assert_int_equal(key->show[AUDIENCE_OFFICIAL], SHOW_MASK);
    assert_int_equal(key->show[AUDIENCE_INTERNAL], SHOW_FULL);
    assert_int_equal(key->place.line, 8);
    const struct field *cause = field(schema, "因");
    assert_true(cause->multiple && cause->required);
    assert_string_equal(cause->codes[1], "乙");
    assert_null(cause->codes[2]);
    assert_string_equal(cause->synonyms[0].to, "乙");
    assert_null(cause->synonyms[1].from);
    assert_string_equal(cause->aliases[1], "缘由");
    assert_int_equal(cause->show[AUDIENCE_HOUSEHOLD], SHOW_HIDE);
    const struct field *money = field(schema, "钱");
    assert_true(money->has_minimum && money->minimum == -1.5 && money->maximum == 9.0);
    assert_string_equal(money->unit, "元");
    assert_int_equal(money->places, 2);
    assert_int_equal(field(schema, "地")->places, 3);
    assert_true(field(schema, "记")->open_text);
    assert_string_equal(field(schema, "有")->sql, "钱 > 0");
    assert_int_equal(schema_field(schema, "无"), SIZE_MAX);
}

static void schema_all_mistakes_come_in_one_pass(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "a.yaml",
               "name: 甲\n"
               "title: 甲台账\n"
               "also: 丁\n"
               "primaryKey: [户编码]\n"
               "feilds: []\n"
               "fields:\n"
               "  - {name: 户编号, type: sting, identify: true}\n"
               "  - {name: 户主(姓名), type: string}\n"
               "  - {name: 因, type: code}\n"
               "  - {name: 性别, type: code, constraints: {enum: [男, 女]}, synonyms: {男性: 南}}\n"
               "  - {name: 证号, type: idcard, show: full}\n"
               "  - {name: 电话, type: phone, show: {public: mask}}\n"
               "  - {name: 日, type: date, unit: 天, mask: name}\n"
               "  - {name: 户编号, type: string, aliases: [性 别]}\n"
               "  - {type: string}\n"
               "derived:\n"
               "  - {name: 名, type: string, show: full, sql: 电话}\n"
               "  - {name: 数, type: integer}\n");
    assert_null(load(fixture));
    assert_findings(fixture, "template-unknown-key:5:1\n"
                             "schema-bad-value:7:23\n"
                             "schema-bad-name:8:12\n"
                             "schema-missing:9:5\n"
                             "schema-bad-value:10:72\n"
                             "schema-secret-public:11:36\n"
                             "schema-mask-missing:12:35\n"
                             "schema-not-for-type:13:36\n"
                             "schema-not-for-type:13:27\n"
                             "schema-missing:15:5\n"
                             "schema-derived-open:17:5\n"
                             "schema-missing:18:5\n"
                             "schema-field-twice:14:5\n"
                             "schema-alias-twice:14:5\n"
                             "schema-unknown-field:4:13\n"
                             "schema-unknown-ledger:0:0\n");
    const struct finding *type = find_finding(fixture, FINDING_SCHEMA_BAD_VALUE);
    assert_string_equal(type->args[1], "sting");
    assert_string_equal(type->args[2], "string");
    const struct finding *key = find_finding(fixture, FINDING_SCHEMA_UNKNOWN_FIELD);
    assert_string_equal(key->args[0], "户编码");
    assert_string_equal(key->args[1], "户编号");
}

static void schema_wrong_kinds_are_refused(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "a.yaml",
               "name: 甲\n"
               "title: 甲台账\n"
               "foreignKeys: 乙\n"
               "fields:\n"
               "  - 户编号\n"
               "  - {name: 号, type: string, identify: maybe, aliases: {a: b}, constraints: 多}\n"
               "  - {name: 是, type: boolean, synonyms: [已通]}\n"
               "derived: 无\n");
    assert_null(load(fixture));
    assert_findings(fixture, "template-wrong-kind:8:10\n"
                             "template-wrong-kind:5:5\n"
                             "template-wrong-kind:6:39\n"
                             "template-wrong-kind:6:76\n"
                             "template-wrong-kind:6:55\n"
                             "template-wrong-kind:7:40\n"
                             "template-wrong-kind:3:14\n"
                             "schema-no-identify:0:0\n");
    assert_int_equal(findings_exit(fixture->findings), EXIT_USAGE);
}

static void schema_two_of_one_name_are_refused(void **state)
{
    struct fixture *fixture = *state;
    const char *text =
        "name: 甲\ntitle: 甲\nfields:\n  - {name: 号, type: string, identify: true}\n";
    write_file(fixture, "a.yaml", text);
    write_file(fixture, "b.yaml", text);
    assert_null(load(fixture));
    assert_findings(fixture, "schema-twice:0:0\n");
}

static void schema_that_no_file_can_match_is_refused(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "a.yaml", "name: 甲\ntitle: 甲\nfields:\n  - {name: 号, type: string}\n");
    assert_null(load(fixture));
    assert_findings(fixture, "schema-no-identify:0:0\n");
}

static void schema_link_must_not_look_like_a_column(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "a.yaml",
               "name: 甲\ntitle: 甲\nfields:\n  - {name: 号, type: string, identify: true}\n"
               "foreignKeys:\n"
               "  - {fields: [号], reference: 甲, link: 户}\n"
               "  - {fields: [好], reference: 乙, link: _乙}\n"
               "  - {fields: [号], reference: 甲, link: _乙}\n");
    assert_null(load(fixture));
    assert_findings(fixture, "schema-bad-link:6:39\n"
                             "schema-unknown-field:7:5\n"
                             "schema-field-twice:8:5\n"
                             "schema-unknown-ledger:7:5\n");
}

#define COUNTED                                                                                    \
    "name: 甲\ntitle: 甲\nfields:\n"                                                             \
    "  - {name: 村, type: area, identify: true, show: full}\n"                                    \
    "  - {name: 因, type: code, multiple: true, constraints: {enum: [病, 残]}}\n"               \
    "  - {name: 类, type: code, constraints: {enum: [一, 二]}, show: {household: full}}\n"      \
    "  - {name: 额, type: money}\n  - {name: 记, type: string}\n"                                \
    "  - {name: 多, type: code, multiple: true, constraints: {enum: [一, 二]}, show: full}\n"   \
    "statistics:\n"

static void schema_statistics_are_read(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "a.yaml",
               COUNTED "  - {name: 甲_因统计, from: 甲, by: [村, 因], count: 户数, sum: [额]}\n"
                       "  - {name: 甲_类统计, by: [类], count: 户数}\n");
    assert_non_null(load(fixture));
    const struct schema *schema = schemas_find(fixture->schemas, "甲");
    assert_int_equal(schema->nstatistic, 2);
    assert_string_equal(schema->statistics[0].name, "甲_因统计");
    assert_int_equal(schema->statistics[0].nby, 2);
    assert_int_equal(schema->statistics[0].by[1], 1);
    assert_int_equal(schema->statistics[0].spread, 1);
    assert_int_equal(schema->statistics[0].nsum, 1);
    assert_string_equal(schema->statistics[0].count.name, "户数");
    assert_int_equal(schema->statistics[1].spread, 0);
    assert_int_equal(schema->statistics[1].nsum, 0);
}

static void schema_statistics_that_would_tell_are_refused(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "a.yaml",
               COUNTED "  - {name: 甲_一, by: [因, 类], count: 户数}\n" /* two that are hidden */
                       "  - {name: 甲_二, by: [记], count: 户数}\n"     /* no list of codes */
                       "  - {name: 甲_三, by: [村, 多], count: 户数}\n" /* several values, open */
                       "  - {name: 甲_四, by: [村], count: 户数, sum: [额, 记]}\n" /* no number */
                       "  - {name: 甲_五, by: [村, 因], count: 户数}\n"            /* 因 again */
                       "  - {name: 乙_六, by: [村], count: 户数}\n"
                       "  - {name: 甲_因, by: [村], count: 户数}\n"
                       "  - {name: 甲_七, by: [寸, 村, 村], count: 村}\n"
                       "  - {name: 甲_八, from: 乙, count: 户数}\n"
                       "  - {name: 甲_八, by: [村], sum: [村], total: 1}\n");
    assert_null(load(fixture));
    assert_findings(fixture, "schema-statistics-by:11:5\n"
                             "schema-statistics-by:12:5\n"
                             "schema-statistics-by:13:5\n"
                             "schema-statistics-sum:14:5\n"
                             "schema-statistics-twice:14:5\n"
                             "schema-statistics-twice:15:5\n"
                             "schema-statistics-name:16:5\n"
                             "schema-statistics-name:17:5\n"
                             "schema-unknown-field:18:5\n"
                             "schema-field-twice:18:5\n"
                             "schema-field-twice:18:5\n"
                             "schema-bad-value:19:5\n"
                             "schema-missing:19:5\n"
                             "template-unknown-key:20:36\n"
                             "schema-missing:20:5\n"
                             "schema-statistics-sum:20:5\n"
                             "schema-field-twice:20:5\n"
                             "schema-field-twice:20:5\n");
}

static void schema_folder_without_any_is_a_finding(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, "README.md", "text");
    assert_null(load(fixture));
    assert_findings(fixture, "schema-none:0:0\n");
}

/* By what columns are called, so that a new schema is judged, too. */
static void schema_shipped_ones_hide_what_is_private(void **state)
{
    /* domain.md 3.4; 大类 and the like are derived of what is hidden */
    static const char *const words[] = {
        "证件号码", "账号", "卡号",     "健康",     "残疾", "病",   "致贫",  "风险类",
        "风险说",   "自理", "护理",     "困难类型", "民族", "住址", "事由",  "原因",
        "收入",     "出生", "政治面貌", "对象类别", "学籍", "学校", "合同号"};
    /* those whom one may phone, and what is about offices and money of the village */
    static const char *const open[][2] = {
        {"监测对象", "监测对象类别"}, {"公示", "电话"}, {"帮扶责任人", "电话"}, {"单位", "电话"},
        {"村", "第一书记电话"},       {"村", "电话"},   {"考核", "对象类别"}};
    struct fixture *fixture = *state;

    fixture->schemas = schemas_load("templates/ledgers", fixture->findings);
    assert_non_null(fixture->schemas);
    for (size_t s = 0; s < schemas_count(fixture->schemas); s++) {
        const struct schema *schema = schemas_at(fixture->schemas, s);

        for (size_t f = 0; f < schema->nfield; f++) {
            const struct field *one = &schema->fields[f];
            bool secret = one->type == FIELD_IDCARD || one->type == FIELD_PHONE;

            for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
                secret = secret || strstr(one->name, words[i]);
            for (size_t i = 0; i < G_N_ELEMENTS(open); i++)
                secret = secret && !(strcmp(open[i][0], schema->name) == 0 &&
                                     strcmp(open[i][1], one->name) == 0);
            if (secret && one->show[AUDIENCE_PUBLIC] != SHOW_HIDE)
                fail_msg("%s.%s is shown to the public", schema->name, one->name);
        }
    }
    /* of minors only the surname, of whomever else may be one, too */
    assert_int_equal(field(schemas_find(fixture->schemas, "学生"), "姓名")->show[AUDIENCE_PUBLIC],
                     SHOW_MASK);
    assert_int_equal(field(schemas_find(fixture->schemas, "学生"), "姓名")->mask, MASK_NAME);
    assert_int_equal(field(schemas_find(fixture->schemas, "岗位"), "姓名")->mask, MASK_MINOR);
    assert_int_equal(field(schemas_find(fixture->schemas, "补贴"), "姓名")->mask, MASK_MINOR);
    /* what is for offices only, wholly */
    static const char *const closed[] = {"日志", "考勤", "信访"};
    for (size_t i = 0; i < G_N_ELEMENTS(closed); i++) {
        const struct schema *schema = schemas_find(fixture->schemas, closed[i]);

        for (size_t f = 0; f < schema->nfield; f++)
            assert_int_equal(schema->fields[f].show[AUDIENCE_PUBLIC], SHOW_HIDE);
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(schema_shipped_ones_are_sound),
        CASE(schema_shipped_ones_hide_from_the_public),
        CASE(schema_shipped_ones_hide_what_is_private),
        CASE(schema_every_word_is_read),
        CASE(schema_all_mistakes_come_in_one_pass),
        CASE(schema_wrong_kinds_are_refused),
        CASE(schema_two_of_one_name_are_refused),
        CASE(schema_that_no_file_can_match_is_refused),
        CASE(schema_link_must_not_look_like_a_column),
        CASE(schema_statistics_are_read),
        CASE(schema_statistics_that_would_tell_are_refused),
        CASE(schema_folder_without_any_is_a_finding),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
