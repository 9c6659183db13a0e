/* Preparing templates: every mistake that needs the columns of the SQL. */
#include "fixture.h"

struct mistake {
    const char *text;
    enum finding_code code;
    uint32_t line, column;
    const char *argument; /* the last one, or NULL */
};

#define BODY "body:\n  - title: 试\n"

static const struct mistake MISTAKES[] = {
    /* a parameter nothing binds */
    {HEAD EACH "data:\n  总: |\n    SELECT count(*) AS 户数 FROM 户 WHERE 行政村 = :行政庄\n" BODY,
     FINDING_TEMPLATE_UNBOUND_PARAMETER, 12, 5, "行政村"},
    /* rows without an order */
    {HEAD "data:\n  名单: |\n    SELECT 户主姓名 FROM 户\n"
          "body:\n  - table: {rows: 名单, columns: [{field: 户主姓名}]}\n",
     FINDING_TEMPLATE_UNORDERED, 9, 5, NULL},
    {HEAD "each: |\n  SELECT DISTINCT 行政村 FROM 户\n" BODY, FINDING_TEMPLATE_UNORDERED, 8, 3,
     NULL},
    /* unknown columns: in the SQL, of a table, of a group, in types, in a text */
    {HEAD "data:\n  总: |\n    SELECT sum(家庭人数) AS 人数\n    FROM 户\n" BODY,
     FINDING_SQL_UNKNOWN_COLUMN, 9, 16, NULL},
    {HEAD EACH LIST "body:\n  - table: {rows: 名单, columns: [{field: 户主名}]}\n",
     FINDING_TEMPLATE_UNKNOWN_COLUMN, 15, 33, "户主姓名"},
    {HEAD EACH LIST "body:\n  - table: {rows: 名单, columns: [{field: 户主姓名}], group: 小组}\n",
     FINDING_TEMPLATE_UNKNOWN_COLUMN, 15, 56, NULL},
    {HEAD "data:\n  总: |\n    SELECT count(*) AS 户数 FROM 户\ntypes:\n  总.人数: {type: "
          "integer}\n" BODY,
     FINDING_TEMPLATE_UNKNOWN_COLUMN, 11, 3, "户数"},
    {HEAD "data:\n  总: |\n    SELECT count(*) AS 户数 FROM 户\nbody:\n  - title: 共{{总.户}}户\n",
     FINDING_TEMPLATE_UNKNOWN_NAME, 11, 13, "总.户数"},
    {HEAD EACH "body:\n  - title: 关于{{行正村}}\n", FINDING_TEMPLATE_UNKNOWN_NAME, 11, 14,
     "行政村"},
    /* a hidden column is not there */
    {HEAD "data:\n  总: |\n    SELECT 证件号码 FROM 户\n" BODY, FINDING_SQL_HIDDEN_COLUMN, 9, 12,
     NULL},
    /* one name in two scopes */
    {HEAD EACH "unit: |\n  SELECT _id AS _户, 行政村 FROM 户 ORDER BY _id\n" BODY,
     FINDING_TEMPLATE_AMBIGUOUS_NAME, 11, 3, "each、unit"},
    {HEAD EACH "parameters: {乡镇: {type: area}}\n" BODY, FINDING_TEMPLATE_AMBIGUOUS_NAME, 10, 14,
     "each、parameters"},
    {HEAD "each: SELECT DISTINCT 评议日期 AS 日期, 行政村 AS 年度 FROM 户 ORDER BY 1\n"
          "body:\n  - title: \"{{年度}}年\"\n",
     FINDING_TEMPLATE_AMBIGUOUS_NAME, 9, 13, "each、settings"},
    /* totals and number formats of what is computed, or no quantity */
    {HEAD "data:\n  名单: |\n    SELECT 户主姓名, 补贴 * 2 AS 双倍 FROM 户 ORDER BY _id\n"
          "body:\n  - table: {rows: 名单, columns: [{field: 双倍}], total: {双倍: sum}}\n",
     FINDING_TEMPLATE_NEEDS_TYPE, 11, 59, "名单.双倍"},
    {HEAD "data:\n  名单: |\n    SELECT 户主姓名, 补贴 * 2 AS 双倍 FROM 户 ORDER BY _id\n"
          "body:\n  - table: {rows: 名单, columns: [{field: 双倍, as: money}]}\n",
     FINDING_TEMPLATE_NEEDS_TYPE, 11, 33, "名单.双倍"},
    {HEAD EACH LIST
     "body:\n  - table: {rows: 名单, columns: [{field: 备注}], total: {备注: max}}\n",
     FINDING_TEMPLATE_NOT_A_NUMBER, 15, 59, "备注"},
    /* {{x|sum}} of what is no column of the rows */
    {HEAD EACH LIST "body:\n  - table:\n      rows: 名单\n      columns: [{field: 户主姓名}]\n"
                    "      group: {by: 村民小组, text: \"{{年度|sum}}\"}\n",
     FINDING_TEMPLATE_UNKNOWN_NAME, 18, 32, NULL},
};

static void prepare_mistakes_have_place_and_suggestion(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(MISTAKES); i++) {
        const struct mistake *mistake = &MISTAKES[i];
        struct world world;

        world_begin(&world);
        assert_false(world_prepare(&world, mistake->text));
        world_expect(&world, mistake->code, mistake->line, mistake->column);
        if (mistake->argument) {
            const struct finding *finding = world_finding(&world, mistake->code);

            assert_string_equal(finding->args[finding->narg - 1], mistake->argument);
        }
        world_end(&world);
    }
}

static void prepare_file_may_not_name_hidden_columns(void **state)
{
    static const char *const EACHES[] = {
        "SELECT DISTINCT 证件号码 AS 名 FROM 户 ORDER BY 1\n",
        "SELECT DISTINCT 户编号 AS 名 FROM 户 ORDER BY 1\n",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(EACHES); i++) {
        struct world world;
        char *text =
            g_strconcat("id: t\ntitle: 试\naudience: internal\nstyle: plain\nformats: [pdf]\n"
                        "file: 表{{名}}\neach: ",
                        EACHES[i], BODY, NULL);

        world_begin(&world);
        assert_false(world_prepare(&world, text));
        world_expect(&world, FINDING_TEMPLATE_FILE_COLUMN, 6, 8);
        g_free(text);
        world_end(&world);
    }
}

static void prepare_left_out_says_public_columns_only(void **state)
{
    static const char TEXT[] =
        "id: t\ntitle: 试\naudience: internal\nstyle: plain\nformats: [pdf]\nfile: 表\n"
        "data:\n  未: SELECT 证件号码 FROM 户 ORDER BY 1\n"
        "left_out: {rows: 未, text: \"{{证件号码}}\"}\n" BODY;
    struct world world;

    (void)state;
    world_begin(&world);
    assert_false(world_prepare(&world, TEXT));
    world_expect(&world, FINDING_TEMPLATE_LEFT_OUT, 9, 28);
    world_end(&world);
}

static void prepare_says_all_mistakes_at_once(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    assert_false(world_prepare(
        &world, HEAD "each: SELECT 行正村 FROM 户 ORDER BY 1\n"
                     "data:\n  甲: SELECT 户主性名 FROM 户\n  乙: SELECT 备住 FROM 户\n" BODY));
    assert_int_equal(findings_count(world.findings), 3);
    world_end(&world);
}

static void prepare_reads_are_those_of_the_sql_and_the_settings_used(void **state)
{
    struct world world;
    const struct query_read *reads;
    size_t count;
    bool phone = false, issuer = false, name = false;

    (void)state;
    world_begin(&world);
    assert_true(world_prepare(&world, HEAD EACH LIST
                              "body:\n  - paragraph: 电话{{电话}}\n"
                              "  - table: {rows: 名单, columns: [{field: 户主姓名}]}\n"));
    reads = binding_reads(world.binding, &count);
    for (size_t i = 0; i < count; i++) {
        phone = phone || strcmp(reads[i].field->name, "电话") == 0;
        issuer = issuer || strcmp(reads[i].field->name, "落款") == 0;
        name = name ||
               (strcmp(reads[i].field->name, "户主姓名") == 0 && strcmp(reads[i].table, "户") == 0);
        for (size_t k = 0; k < i; k++)
            assert_false(reads[i].field == reads[k].field &&
                         strcmp(reads[i].table, reads[k].table) == 0);
    }
    assert_true(phone);
    assert_true(name);
    assert_false(issuer);
    world_end(&world);
}

static void prepare_declared_types_allow_totals(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    assert_true(world_prepare(
        &world,
        HEAD "data:\n  名单: |\n    SELECT 户主姓名, 补贴 * 2 AS 双倍 FROM 户 ORDER BY _id\n"
             "types: {名单.双倍: {type: money, unit: 元}}\n"
             "body:\n  - table: {rows: 名单, columns: [{field: 双倍}], total: {双倍: sum}}\n"));
    world_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prepare_mistakes_have_place_and_suggestion),
        cmocka_unit_test(prepare_file_may_not_name_hidden_columns),
        cmocka_unit_test(prepare_left_out_says_public_columns_only),
        cmocka_unit_test(prepare_says_all_mistakes_at_once),
        cmocka_unit_test(prepare_reads_are_those_of_the_sql_and_the_settings_used),
        cmocka_unit_test(prepare_declared_types_allow_totals),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
