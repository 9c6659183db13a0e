/* SQL cut into tokens, and its outline. */
#include "store/fixture.h"
#include "store/tokens.h"

static void assert_tokens(const char *sql, const char *expected)
{
    struct sql_tokens tokens = sql_tokens_cut(sql);
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < tokens.count; i++)
        g_string_append_printf(text, "%.*s@%u|", (int)tokens.list[i].length,
                               sql + tokens.list[i].at, tokens.list[i].depth);
    assert_string_equal(text->str, expected);
    g_string_free(text, TRUE);
    sql_tokens_free(&tokens);
}

static void tokens_are_cut_as_sqlite_does(void **state)
{
    (void)state;
    assert_tokens("", "");
    assert_tokens("SELECT 户.户主姓名,1.5e-3", "SELECT@0|户@0|.@0|户主姓名@0|,@0|1.5e-3@0|");
    assert_tokens("a -- 注 / * '\n/* ' / */ b", "a@0|b@0|");
    assert_tokens("'it''s / x' \"a\"\"b\" [c / d] `e`",
                  "'it''s / x'@0|\"a\"\"b\"@0|[c / d]@0|`e`@0|");
    assert_tokens("f((a), :年度) || x'00'", "f@0|(@0|(@1|a@2|)@1|,@1|:年度@1|)@0||@0||@0|x'00'@0|");
    assert_tokens("1-2 a-b 0x1F", "1@0|-@0|2@0|a@0|-@0|b@0|0x1F@0|");
    assert_tokens("'没有收尾", "'没有收尾@0|");
    assert_tokens("/* 没有收尾", "");
    assert_tokens(") (", ")@0|(@0|");
}

static void tokens_give_names_without_quotes(void **state)
{
    struct sql_tokens tokens = sql_tokens_cut("户 \"a\"\"b\" [c] 'd' :e (");
    const char *const expected[] = {"户", "a\"b", "c", NULL, NULL, NULL, NULL};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        char *name = sql_token_name(&tokens, i);

        if (expected[i])
            assert_string_equal(name, expected[i]);
        else
            assert_null(name);
        g_free(name);
    }
    assert_int_equal(sql_tokens_find(&tokens, "A\"B"), 1);
    assert_int_equal(sql_tokens_find(&tokens, "d"), SIZE_MAX);
    sql_tokens_free(&tokens);
}

static void assert_outline(const char *sql, size_t select, size_t from, bool ordered, bool plain)
{
    struct sql_tokens tokens = sql_tokens_cut(sql);
    const struct sql_outline outline = sql_tokens_outline(&tokens);

    assert_int_equal(outline.select, select);
    assert_int_equal(outline.from, from);
    assert_int_equal(outline.ordered, ordered);
    assert_int_equal(outline.plain, plain);
    sql_tokens_free(&tokens);
}

static void outline_looks_at_the_outermost_select(void **state)
{
    (void)state;
    assert_outline("select a from t order by a", 0, 2, true, true);
    assert_outline("SELECT (SELECT x FROM y ORDER BY x) FROM t", 0, 10, false, true);
    assert_outline("WITH q AS (SELECT DISTINCT a FROM t) SELECT a FROM q", 10, 12, false, true);
    assert_outline("SELECT DISTINCT a FROM t", 0, 3, false, false);
    assert_outline("SELECT a FROM t GROUP BY a", 0, 2, false, false);
    assert_outline("SELECT a FROM t UNION SELECT a FROM u ORDER BY 1", 0, 2, true, false);
    assert_outline("SELECT rank() OVER (ORDER BY a) FROM t", 0, 10, false, true);
    assert_outline("SELECT 1", 0, SIZE_MAX, false, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_are_cut_as_sqlite_does),
        cmocka_unit_test(tokens_give_names_without_quotes),
        cmocka_unit_test(outline_looks_at_the_outermost_select),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
