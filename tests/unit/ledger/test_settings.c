/* Tests of settings: who wins, by year, and what is wrong with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "ledger/settings.h"

static const char csv_name[] = "设置.csv";
static const char yaml_name[] = "a.yaml";
static const char other_name[] = "b.yaml";

struct fixture {
    char *folder; /* serves as templates/settings/ and as input/ */
    struct findings *findings;
    struct settings *settings;
};

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->folder = g_dir_make_tmp("mingbai-settings-XXXXXX", NULL);
    fixture->findings = findings_new();
    *state = fixture;
    return fixture->folder == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {csv_name, yaml_name, other_name};
    struct fixture *fixture = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        char *path = g_build_filename(fixture->folder, names[i], NULL);
        g_remove(path);
        g_free(path);
    }
    g_rmdir(fixture->folder);
    g_free(fixture->folder);
    settings_free(fixture->settings);
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

static struct settings *load(struct fixture *fixture)
{
    fixture->settings = settings_load(fixture->folder, fixture->folder, fixture->findings);
    assert_non_null(fixture->settings);
    return fixture->settings;
}

static void assert_value(const struct settings *settings, const char *name, int year,
                         const char *expected)
{
    const char *value = settings_value(settings, name, year);
    if (expected == NULL)
        assert_null(value);
    else
        assert_string_equal(value == NULL ? "(null)" : value, expected);
}

static void assert_finding(const struct fixture *fixture, size_t index, enum finding_code code,
                           uint32_t line)
{
    assert_true(index < findings_count(fixture->findings));
    const struct finding *finding = findings_at(fixture->findings, index);
    assert_string_equal(finding_name(finding->code), finding_name(code));
    assert_int_equal(finding->place.line, line);
}

static void settings_nearer_sources_win(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, yaml_name, "热线: \"12317\"\n部门名称: 农业农村局\n县: 甲县\n");
    write_file(fixture, csv_name, "名称,值,说明\n热线,12345,市里的\n县,,空着就用上面的\n");
    struct settings *settings = load(fixture);
    assert_int_equal(findings_count(fixture->findings), 0);
    settings_suggest(settings, "热线", "1");
    settings_suggest(settings, "批次", "第一批");
    settings_override(settings, "部门名称", "甲局");
    assert_value(settings, "热线", 0, "12345");
    assert_value(settings, "县", 0, "甲县");
    assert_value(settings, "批次", 0, "第一批");
    assert_value(settings, "部门名称", 2026, "甲局");
    assert_string_equal(settings_stored(settings, "部门名称", 2026), "农业农村局");
    assert_string_equal(settings_overridden(settings, "部门名称"), "甲局");
    assert_null(settings_overridden(settings, "热线"));
    assert_value(settings, "没有", 2026, NULL);
}

static void settings_follow_the_year(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, yaml_name,
               "对象名称:\n"
               "  - {from: 2026, 值: 防止返贫致贫对象}\n"
               "  - {from: 2018, 值: 建档立卡贫困户}\n"
               "资金名称:\n"
               "  - {值: 扶贫资金}\n"
               "  - {from: 2021, 值: 衔接资金}\n");
    struct settings *settings = load(fixture);
    assert_int_equal(findings_count(fixture->findings), 0);
    assert_value(settings, "对象名称", 2017, NULL);
    assert_value(settings, "对象名称", 2018, "建档立卡贫困户");
    assert_value(settings, "对象名称", 2025, "建档立卡贫困户");
    assert_value(settings, "对象名称", 2026, "防止返贫致贫对象");
    assert_value(settings, "对象名称", 0, NULL);
    assert_value(settings, "资金名称", 0, "扶贫资金");
    assert_value(settings, "资金名称", 2020, "扶贫资金");
    assert_value(settings, "资金名称", 2030, "衔接资金");
}

static void settings_year_and_dates_are_normalised(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, csv_name,
               "2026年设置,,\n名称,值,说明\n 年 度 ,２０２６年度,\n日期,2026/9/9,Excel\n"
               "基准日期,2026年6月30日,\n");
    struct settings *settings = load(fixture);
    assert_int_equal(findings_count(fixture->findings), 0);
    assert_int_equal(settings_year(settings), 2026);
    assert_value(settings, "年度", 0, "2026");
    assert_value(settings, "日期", 0, "2026-09-09");
    assert_value(settings, "基准日期", 0, "2026-06-30");
    settings_override(settings, "年度", "2018");
    assert_int_equal(settings_year(settings), 2018);
    settings_override(settings, "年度", "去年");
    assert_int_equal(settings_year(settings), 0);
}

static void settings_without_a_year_take_the_suggested(void **state)
{
    struct settings *settings = load(*state);
    assert_int_equal(settings_year(settings), 0);
    settings_suggest(settings, "年度", "2025年");
    assert_int_equal(settings_year(settings), 2025);
}

static void settings_names_are_compared_folded(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, csv_name, "\xEF\xBB\xBF名称,值\n台账：户（石门）.csv,户\n");
    struct settings *settings = load(fixture);
    assert_value(settings, "台账:户(石门).csv", 0, "户");
}

static void settings_gb18030_is_read(void **state)
{
    struct fixture *fixture = *state;
    /* 名称,值 / 县,甲 */
    write_file(fixture, csv_name, "\xC3\xFB\xB3\xC6,\xD6\xB5\r\n\xCF\xD8,\xBC\xD7\r\n");
    assert_value(load(fixture), "县", 0, "甲");
}

static void settings_columns_may_stand_in_any_order(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, csv_name, "序号,值,名称\n1,甲县,县\n");
    assert_value(load(fixture), "县", 0, "甲县");
}

static void settings_mistakes_in_csv_are_placed(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, csv_name,
               "名称,值\n年度,二零二六\n日期,明天\n,无名\n县,甲\n县,甲\n县,乙\n年度,2026年9月\n");
    struct settings *settings = load(fixture);
    assert_int_equal(findings_count(fixture->findings), 4);
    assert_finding(fixture, 0, FINDING_SETTINGS_BAD_DATE, 3);
    assert_finding(fixture, 1, FINDING_SETTINGS_NO_NAME, 4);
    assert_finding(fixture, 2, FINDING_SETTINGS_TWICE, 7);
    assert_finding(fixture, 3, FINDING_SETTINGS_BAD_DATE, 8);
    assert_int_equal(findings_at(fixture->findings, 0)->place.column, 2);
    assert_value(settings, "县", 0, "甲");
    assert_int_equal(settings_year(settings), 2026);
}

static void settings_mistakes_in_yaml_are_placed(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, yaml_name,
               "县: 甲\n"
               "对象名称:\n"
               "  - {form: 2018, 值: 甲}\n"
               "  - {from: 2019}\n"
               "  - {from: 早, 值: 乙}\n"
               "  - {from: 2020, 值: 丙}\n"
               "  - {from: 2020, 值: 丁}\n"
               "资金名称: {from: 2018}\n");
    write_file(fixture, other_name, "县: 乙\n");
    struct settings *settings = load(fixture);
    assert_int_equal(findings_count(fixture->findings), 6);
    assert_finding(fixture, 0, FINDING_TEMPLATE_UNKNOWN_KEY, 3);
    assert_finding(fixture, 1, FINDING_SETTINGS_NO_VALUE, 4);
    assert_finding(fixture, 2, FINDING_TEMPLATE_WRONG_KIND, 5);
    assert_finding(fixture, 3, FINDING_SETTINGS_YEAR_TWICE, 7);
    assert_finding(fixture, 4, FINDING_TEMPLATE_WRONG_KIND, 8);
    assert_finding(fixture, 5, FINDING_SETTINGS_DECLARED_TWICE, 1);
    assert_value(settings, "县", 0, "甲");
    assert_value(settings, "对象名称", 2026, "丙");
}

static void settings_names_are_sorted(void **state)
{
    struct fixture *fixture = *state;
    write_file(fixture, yaml_name, "b: 1\na: 2\n");
    struct settings *settings = load(fixture);
    settings_override(settings, "c", "3");
    const char **names = settings_names(settings);
    assert_string_equal(names[0], "a");
    assert_string_equal(names[1], "b");
    assert_string_equal(names[2], "c");
    assert_null(names[3]);
    g_free(names);
}

static void settings_shipped_ones_are_sound(void **state)
{
    struct fixture *fixture = *state;
    fixture->settings = settings_load("templates/settings", fixture->folder, fixture->findings);
    assert_int_equal(findings_count(fixture->findings), 0);
    assert_value(fixture->settings, "对象名称", 2018, "建档立卡贫困户");
    assert_value(fixture->settings, "对象名称", 2026, "防止返贫致贫对象");
    assert_value(fixture->settings, "部门名称", 2024, "农业农村局");
    assert_value(fixture->settings, "热线", 0, "12317");
    assert_value(fixture->settings, "期限", 0, "7");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(settings_nearer_sources_win),
        CASE(settings_follow_the_year),
        CASE(settings_year_and_dates_are_normalised),
        CASE(settings_without_a_year_take_the_suggested),
        CASE(settings_names_are_compared_folded),
        CASE(settings_gb18030_is_read),
        CASE(settings_columns_may_stand_in_any_order),
        CASE(settings_mistakes_in_csv_are_placed),
        CASE(settings_mistakes_in_yaml_are_placed),
        CASE(settings_names_are_sorted),
        CASE(settings_shipped_ones_are_sound),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
