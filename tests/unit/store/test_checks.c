/* What a check's words may say. */
#include "fixture.h"

#include "store/checks_inside.h"

struct words {
    struct fixture fixture;
    struct arena *arena;
};

static int begin(void **state)
{
    struct words *words = g_new0(struct words, 1);

    fixture_begin(&words->fixture);
    words->arena = arena_new();
    *state = words;
    return 0;
}

static int end(void **state)
{
    struct words *words = *state;

    arena_free(words->arena);
    fixture_end(&words->fixture);
    g_free(words);
    return 0;
}

/* What the text says of the first row of the query; NULL: it was refused. */
static char *say(struct words *words, const char *text, const char *sql)
{
    struct fixture *fixture = &words->fixture;
    struct query *query = query_prepare(stores_of(fixture->stores, AUDIENCE_INTERNAL), sql,
                                        (struct place){.file = "x"}, fixture->findings);
    struct check_text read = {0};
    GString *out = NULL;

    assert_non_null(query);
    if (check_text_read(words->arena, text, (struct place){.file = "x"}, &read,
                        fixture->findings) &&
        check_text_verify(&read, query, fixture->findings) == 0) {
        struct rowset *rows = query_run(query, fixture->findings);

        out = g_string_new(NULL);
        check_text_fill(out, &read, query, rows, 0);
        rowset_free(rows);
    }
    query_free(query);
    return out ? g_string_free(out, FALSE) : NULL;
}

static void says(struct words *words, const char *text, const char *sql, const char *expected)
{
    char *said = say(words, text, sql);

    assert_non_null(said);
    assert_string_equal(said, expected);
    g_free(said);
}

static void fill(struct words *words)
{
    fixture_row(&words->fixture, HOUSEHOLDS, 0,
                "云岭镇|石门村|一组|张三|13800000000|4|100.50|因病|好");
    assert_true(fixture_open(&words->fixture));
}

static void words_are_filled_in(void **state)
{
    struct words *words = *state;

    fill(words);
    says(words, "{{户主姓名}}在{{ 村民小组 }}", "SELECT 户主姓名, 村民小组 FROM 户", "张三在一组");
    says(words, "没有括号", "SELECT _id FROM 户", "没有括号");
    says(words, "空：{{x}}", "SELECT NULL AS x FROM 户", "空：");
}

static void masked_columns_are_masked_and_hidden_refused(void **state)
{
    struct words *words = *state;

    fill(words);
    says(words, "{{联系电话}}", "SELECT 联系电话 FROM 户", "138****0000");
    assert_null(say(words, "{{致贫原因}}", "SELECT 致贫原因 FROM 户"));
    assert_null(say(words, "{{备注}}", "SELECT 备注 FROM 户"));
    assert_int_equal(findings_at(words->fixture.findings, 0)->code, FINDING_CHECK_PRIVATE);
    assert_int_equal(findings_count(words->fixture.findings), 2);
}

static void computed_columns_show_small_integers_only(void **state)
{
    struct words *words = *state;

    fill(words);
    says(words, "{{n}}", "SELECT count(*) AS n FROM 户", "1");
    says(words, "{{n}}", "SELECT -999 AS n FROM 户", "-999");
    says(words, "{{n}}", "SELECT 1000 AS n FROM 户", "··");
    says(words, "{{n}}", "SELECT 补贴 + 0 AS n FROM 户", "··");
    says(words, "{{n}}", "SELECT 致贫原因 || '' AS n FROM 户", "··");
    says(words, "{{n}}", "SELECT CAST(联系电话 AS INTEGER) AS n FROM 户", "··");
}

static void mistakes_in_braces_are_told(void **state)
{
    struct words *words = *state;

    fill(words);
    assert_null(say(words, "{{户主姓名", "SELECT 户主姓名 FROM 户"));
    assert_null(say(words, "{{ }}", "SELECT 户主姓名 FROM 户"));
    assert_null(say(words, "{{户主}}", "SELECT 户主姓名 FROM 户"));
    assert_int_equal(findings_at(words->fixture.findings, 1)->code, FINDING_TEMPLATE_TEXT);
    assert_int_equal(findings_at(words->fixture.findings, 2)->code,
                     FINDING_TEMPLATE_UNKNOWN_COLUMN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_are_filled_in, begin, end),
        cmocka_unit_test_setup_teardown(masked_columns_are_masked_and_hidden_refused, begin, end),
        cmocka_unit_test_setup_teardown(computed_columns_show_small_integers_only, begin, end),
        cmocka_unit_test_setup_teardown(mistakes_in_braces_are_told, begin, end),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
