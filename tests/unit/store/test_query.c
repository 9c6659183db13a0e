/* Authors' SQL: what is refused and where, what is read, and what comes back. */
#include "store/fixture.h"

static struct fixture fixture;

static int setup(void **state)
{
    (void)state;
    fixture_standard(&fixture);
    return fixture_open(&fixture) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    fixture_end(&fixture);
    return 0;
}

/* The first finding as "code line:column arguments"; the SQL begins at line 3, column 7. */
static void assert_fault(const char *sql, const char *expected)
{
    struct findings *findings = findings_new();
    struct query *query =
        query_prepare(stores_of(fixture.stores, AUDIENCE_PUBLIC), sql,
                      (struct place){.file = "t.yaml", .line = 3, .column = 7}, findings);
    GString *text = g_string_new(NULL);

    assert_null(query);
    assert_true(findings_count(findings) >= 1);
    const struct finding *finding = findings_at(findings, 0);

    g_string_printf(text, "%s %u:%u", finding_name(finding->code), finding->place.line,
                    finding->place.column);
    for (size_t i = 0; i < finding->narg; i++)
        g_string_append_printf(text, " %s", finding->args[i]);
    assert_string_equal(text->str, expected);
    assert_string_equal(finding->place.file, "t.yaml");
    g_string_free(text, TRUE);
    findings_free(findings);
}

static struct query *prepare(enum audience audience, const char *sql)
{
    struct query *query =
        query_prepare(stores_of(fixture.stores, audience), sql,
                      (struct place){.file = "t.yaml", .line = 1, .column = 1}, fixture.findings);

    assert_non_null(query);
    return query;
}

static void query_names_unknown_columns_with_their_place(void **state)
{
    (void)state;
    assert_fault("SELECT 户主性名 FROM 户", "sql-unknown-column 3:14 户主性名 户主姓名");
    assert_fault("SELECT 户主姓名\nFROM 户\nWHERE 户.家庭人囗 > 2",
                 "sql-unknown-column 5:13 户.家庭人囗 家庭人口");
    assert_fault("SELECT 村民小组, 户主性名_态 FROM 户",
                 "sql-unknown-column 3:20 户主性名_态 户主姓名");
    assert_fault("SELECT x.户主姓名 FROM 户 h", "sql-unknown-column 3:14 x.户主姓名 户主姓名");
    assert_fault("SELECT 甲 FROM 村", "sql-unknown-column 3:14 甲 乡镇 行政村 排序");
    assert_fault(
        "SELECT _id FROM 户 WHERE 户主姓名 = \"张三\"",
        "sql-unknown-column 3:38 张三 乡镇 行政村 村民小组 户主姓名 联系电话 家庭人口 补贴 备注 "
        "未成年人数 大户 _村");
}

static void query_names_hidden_columns(void **state)
{
    (void)state;
    assert_fault("SELECT 姓名, 证件号码 FROM 人", "sql-hidden-column 3:18 证件号码 人 公开");
    assert_fault("SELECT _户 FROM 户_致贫原因", "sql-hidden-column 3:22 致贫原因 户 公开");
    /* WITH lends no way around. */
    assert_fault("WITH x AS (SELECT 证件号码 AS a FROM 人) SELECT a FROM x",
                 "sql-hidden-column 3:25 证件号码 人 公开");
}

static void query_names_unknown_tables_and_functions(void **state)
{
    (void)state;
    assert_fault("SELECT 1 FROM 户口", "sql-unknown-table 3:21 户口 户");
    assert_fault("SELECT 1\n  FROM 动态", "sql-unknown-table 4:14 动态 人 户 村");
    assert_fault("SELECT 未成人(1, 2) FROM 户", "sql-unknown-function 3:14 未成人 未成年");
    assert_fault("SELECT 行政村 FROM 村 ORDER BY 行政村 COLLATE 地名",
                 "sql-unknown-collation 3:46 地名 地名序");
    assert_fault("SELECT 行政村 FROM 户, 村", "sql-ambiguous-column 3:14 行政村");
}

static void query_refuses_what_is_not_one_select(void **state)
{
    (void)state;
    assert_fault("", "sql-not-one-select 3:7");
    assert_fault("-- nothing", "sql-not-one-select 3:7");
    assert_fault("DELETE FROM 户", "sql-not-one-select 3:7");
    assert_fault("PRAGMA table_info(户)", "sql-not-one-select 3:7");
    assert_fault("VALUES (1)", "sql-not-one-select 3:7");
    assert_fault("EXPLAIN SELECT 1", "sql-not-one-select 3:7");
    assert_fault("ATTACH 'x' AS y", "sql-not-one-select 3:7");
    assert_fault("SELECT 1; SELECT 2", "sql-not-one-select 3:17");
    assert_fault("WITH x AS (SELECT 1) DELETE FROM 户", "sql-forbidden 3:7 INSERT UPDATE DELETE");
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT 1; -- done\n", "1;");
}

static void query_refuses_what_is_not_pure(void **state)
{
    (void)state;
    assert_fault("SELECT random()", "sql-forbidden 3:14 random");
    assert_fault("SELECT 1, date('now')", "sql-forbidden 3:17 date");
    assert_fault("SELECT CURRENT_DATE", "sql-forbidden 3:14 current_date");
    assert_fault("SELECT load_extension('x')", "sql-forbidden 3:14 load_extension");
    assert_fault("SELECT sql FROM sqlite_master", "sql-forbidden 3:23 sqlite_master");
    assert_fault("SELECT count(*) FROM sqlite_master", "sql-forbidden 3:28 sqlite_master");
    assert_fault("SELECT name FROM pragma_table_info('户')",
                 "sql-forbidden 3:24 pragma_table_info");
    assert_fault("SELECT count(*) FROM pragma_table_info('户')",
                 "sql-forbidden 3:28 pragma_table_info");
    assert_fault("SELECT value FROM json_each('[1]')", "sql-unknown-table 3:25 json_each 人 户 村");
    assert_fault("SELECT name FROM dbstat", "sql-unknown-table 3:24 dbstat 人 户 村");
    assert_fault("SELECT upper('a')", "sql-forbidden 3:14 upper");
}

static void query_refuses_division_where_it_stands(void **state)
{
    (void)state;
    assert_fault("SELECT 补贴 / 家庭人口 FROM 户", "sql-division 3:17");
    assert_fault("SELECT '/', -- /\n  \"补贴\" /* / */ / 2 FROM 户", "sql-division 4:22");
    assert_fault("SELECT 1 FROM 户 WHERE 0 AND 1/0", "sql-division 3:36");
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT '1/2' /* / */", "1/2;");
}

static void query_refuses_stars(void **state)
{
    (void)state;
    assert_fault("SELECT * FROM 户", "sql-select-star 3:14");
    assert_fault("SELECT h.* FROM 户 h", "sql-select-star 3:16");
    assert_fault("SELECT 1, * FROM 户", "sql-select-star 3:17");
    assert_fault("SELECT 1 FROM (SELECT DISTINCT * FROM 户)", "sql-select-star 3:38");
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT count(*), 2 * 3 FROM 户", "4 6;");
}

static void query_refuses_other_parameters(void **state)
{
    (void)state;
    assert_fault("SELECT ?", "sql-parameter 3:14");
    assert_fault("SELECT @x", "sql-parameter 3:14");
    assert_fault("SELECT 1 WHERE 1 = ?2", "sql-parameter 3:26");
}

static void query_explains_syntax_and_full_width_marks(void **state)
{
    (void)state;
    assert_fault("SELECT 户主姓名 FORM 户", "sql-syntax 3:24 near \"户\": syntax error");
    assert_fault("SELECT count(*", "sql-syntax 3:7 incomplete input");
    assert_fault("SELECT 户主姓名，备注 FROM 户", "sql-full-width 3:18 ，");
    assert_fault("SELECT count（1）FROM 户", "sql-full-width 3:19 （");
    assert_fault("SELECT max()", "sql-syntax 3:14 wrong number of arguments to function max()");
}

static void query_places_all_faults_at_a_place_without_column(void **state)
{
    struct findings *findings = findings_new();

    (void)state;
    assert_null(query_prepare(stores_of(fixture.stores, AUDIENCE_PUBLIC), "SELECT\n\n无 FROM 户",
                              (struct place){.file = "t.yaml", .line = 3, .column = 0}, findings));
    assert_int_equal(findings_at(findings, 0)->place.line, 3);
    assert_int_equal(findings_at(findings, 0)->place.column, 0);
    findings_free(findings);
}

static void query_reports_all_it_can_see_at_once(void **state)
{
    struct findings *findings = findings_new();

    (void)state;
    assert_null(query_prepare(stores_of(fixture.stores, AUDIENCE_PUBLIC), "SELECT *, 1/2, 3/4",
                              (struct place){.file = "t.yaml", .line = 3, .column = 1}, findings));
    assert_int_equal(findings_count(findings), 3);
    findings_free(findings);
}

static void assert_reads(enum audience audience, const char *sql, const char *expected,
                         const char *expected_ledgers)
{
    struct query *query = prepare(audience, sql);
    GString *text = g_string_new(NULL);
    size_t count;
    const struct query_read *reads = query_reads(query, &count);
    char *ledgers = g_strjoinv(" ", (char **)query_ledgers(query));

    for (size_t i = 0; i < count; i++)
        g_string_append_printf(text, "%s%s.%s", i ? " " : "", reads[i].table, reads[i].field->name);
    assert_string_equal(text->str, expected);
    assert_string_equal(ledgers, expected_ledgers);
    g_free(ledgers);
    g_string_free(text, TRUE);
    query_free(query);
}

static void query_lists_what_it_reads(void **state)
{
    (void)state;
    assert_reads(AUDIENCE_PUBLIC, "SELECT 户主姓名 FROM 户 WHERE 家庭人口_态 = 3 ORDER BY 户主姓名",
                 "户.户主姓名 户.家庭人口", "户");
    assert_reads(AUDIENCE_PUBLIC, "WITH x AS (SELECT 补贴 AS 钱 FROM 户) SELECT sum(钱) FROM x",
                 "户.补贴", "户");
    assert_reads(AUDIENCE_PUBLIC,
                 "SELECT h.大户 FROM 户 h JOIN 人 p ON p._户 = h._id WHERE EXISTS "
                 "(SELECT 1 FROM 村 v WHERE v.行政村 = h.行政村)",
                 "户.大户 村.行政村 户.行政村", "户 村 人");
    assert_reads(AUDIENCE_HOUSEHOLD, "SELECT _户 FROM 户_致贫原因", "户.致贫原因", "户");
    assert_reads(AUDIENCE_HOUSEHOLD, "SELECT count(*) FROM 户_致贫原因", "户.致贫原因", "户");
    assert_reads(AUDIENCE_PUBLIC, "SELECT count(*) FROM 人", "", "人");
    assert_reads(AUDIENCE_PUBLIC, "SELECT 1", "", "");
    assert_reads(AUDIENCE_PUBLIC, "WITH x(n) AS (SELECT 1) SELECT count(*) FROM x", "", "");
}

static void query_knows_the_origin_of_columns(void **state)
{
    struct query *query =
        prepare(AUDIENCE_PUBLIC, "WITH q AS (SELECT 补贴 AS 钱 FROM 户) "
                                 "SELECT h.户主姓名 AS 姓名, 联系电话, 钱, 钱 + 1 AS 更多, h._id, "
                                 "h.备注_态 FROM 户 h, q");
    static const struct {
        const char *name, *origin;
        bool partial;
    } expected[] = {{"姓名", "户主姓名", false}, {"联系电话", "联系电话", true},
                    {"钱", "补贴", false},       {"更多", NULL, false},
                    {"_id", NULL, false},        {"备注_态", NULL, false}};

    (void)state;
    assert_int_equal(query_columns(query), G_N_ELEMENTS(expected));
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        const struct query_column *column = query_column(query, i);

        assert_string_equal(column->name, expected[i].name);
        assert_int_equal(column->partial, expected[i].partial);
        if (expected[i].origin) {
            assert_string_equal(column->origin->name, expected[i].origin);
            assert_string_equal(column->table, "户");
        } else {
            assert_null(column->origin);
            assert_null(column->table);
        }
    }
    query_free(query);
    query = prepare(AUDIENCE_HOUSEHOLD, "SELECT 值 FROM 户_致贫原因");
    assert_string_equal(query_column(query, 0)->origin->name, "致贫原因");
    query_free(query);
}

static void query_binds_by_name_and_type(void **state)
{
    struct query *query =
        prepare(AUDIENCE_PUBLIC, "SELECT :村, 户主姓名 FROM 户 WHERE 行政村 = :村 "
                                 "AND 补贴 > :多少 ORDER BY _id");
    struct value village = value_text("石门村"), amount = value_real(150.5);
    struct rowset *rows;

    (void)state;
    assert_int_equal(query_parameters(query), 2);
    assert_string_equal(query_parameter(query, 0), "村");
    assert_string_equal(query_parameter(query, 1), "多少");
    query_bind(query, "村", &village);
    query_bind(query, "多少", &amount);
    query_bind(query, "没有", &amount);
    rows = query_run(query, fixture.findings);
    assert_int_equal(rowset_rows(rows), 1);
    assert_string_equal(rowset_at(rows, 0, 0).text, "石门村");
    assert_string_equal(rowset_at(rows, 0, 1).text, "陈有粮");
    rowset_free(rows);
    /* Bindings stay; one is changed. */
    amount = value_integer(0);
    query_bind(query, "多少", &amount);
    rows = query_run(query, fixture.findings);
    assert_int_equal(rowset_rows(rows), 2);
    rowset_free(rows);
    amount = value_null(STATE_EMPTY);
    query_bind(query, "多少", &amount);
    rows = query_run(query, fixture.findings);
    assert_int_equal(rowset_rows(rows), 0);
    assert_string_equal(rowset_name(rows, 1), "户主姓名");
    rowset_free(rows);
    query_free(query);
}

static void query_knows_whether_it_is_ordered(void **state)
{
    static const struct {
        const char *sql;
        bool ordered;
    } cases[] = {{"SELECT 户主姓名 FROM 户", false},
                 {"SELECT 户主姓名 FROM 户 ORDER BY 1", true},
                 {"SELECT a FROM (SELECT 户主姓名 AS a FROM 户 ORDER BY 1)", false},
                 {"SELECT 户主姓名 -- ORDER BY\n FROM 户", false}};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct query *query = prepare(AUDIENCE_PUBLIC, cases[i].sql);

        assert_int_equal(query_is_ordered(query), cases[i].ordered);
        query_free(query);
    }
}

static void query_says_why_a_value_is_null(void **state)
{
    (void)state;
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT 家庭人口, 备注 FROM 户 ORDER BY _id",
                 "3 好;5 <2>;<3> <1>;2 <1>;");
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "SELECT ALL h.备注 AS 说明, max(1, 2), h.家庭人口 人口 -- FROM\n FROM 户 h "
                 "WHERE h._id IN (2, 3) ORDER BY 3 DESC",
                 "<2> 2 5;<1> 2 <3>;");
    /* Beside a WITH table, whose columns have no companions. */
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "WITH q AS (SELECT _id AS i, 家庭人口 AS 数 FROM 户) "
                 "SELECT 数, h.家庭人口 FROM 户 h JOIN q ON q.i = h._id WHERE h._id = 3",
                 "<1> <3>;");
    /* An outer join's missing side has no state: it is empty. */
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "SELECT v.行政村, h.备注 FROM 村 v LEFT JOIN 户 h ON h._id = 99 ORDER BY v._id",
                 "石门村 <1>;河口村 <1>;");
}

static void query_states_change_no_rows(void **state)
{
    (void)state;
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT DISTINCT 备注 FROM 户 ORDER BY 1", "<1>;好;");
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "SELECT 备注, count(*) FROM 户 GROUP BY 备注 ORDER BY 1", "<1> 3;好 1;");
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "SELECT 备注 FROM 户 UNION SELECT 备注 FROM 户 ORDER BY 1", "<1>;好;");
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT 备注_态 FROM 户 ORDER BY _id", "0;2;1;1;");
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT (SELECT 备注 FROM 户 WHERE _id = 2)", "<1>;");
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT NULL AS 备注 FROM 户 WHERE _id = 2", "<1>;");
}

static void query_sorts_names_groups_and_places(void **state)
{
    (void)state;
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "SELECT 户主姓名 FROM 户 ORDER BY 户主姓名 COLLATE 拼音",
                 "陈有粮;李满仓;曾平安;张丰年;");
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "SELECT 村民小组 FROM 户 ORDER BY 村民小组 COLLATE 自然序",
                 "一组;二组;十组;十二组;");
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "SELECT DISTINCT 行政村 FROM 户 ORDER BY 行政村 COLLATE 地名序", "河口村;石门村;");
}

static void query_that_never_ends_is_stopped(void **state)
{
    (void)state;
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) "
                 "SELECT count(*) FROM x",
                 "sql-runaway");
    /* The store serves on. */
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x WHERE n < 1000) "
                 "SELECT count(*) FROM x",
                 "1000;");
}

static void query_says_what_failed_while_running(void **state)
{
    (void)state;
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT abs(-9223372036854775808)", "sql-runtime");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(query_names_unknown_columns_with_their_place),
        cmocka_unit_test(query_names_hidden_columns),
        cmocka_unit_test(query_names_unknown_tables_and_functions),
        cmocka_unit_test(query_refuses_what_is_not_one_select),
        cmocka_unit_test(query_refuses_what_is_not_pure),
        cmocka_unit_test(query_refuses_division_where_it_stands),
        cmocka_unit_test(query_refuses_stars),
        cmocka_unit_test(query_refuses_other_parameters),
        cmocka_unit_test(query_explains_syntax_and_full_width_marks),
        cmocka_unit_test(query_places_all_faults_at_a_place_without_column),
        cmocka_unit_test(query_reports_all_it_can_see_at_once),
        cmocka_unit_test(query_lists_what_it_reads),
        cmocka_unit_test(query_knows_the_origin_of_columns),
        cmocka_unit_test(query_binds_by_name_and_type),
        cmocka_unit_test(query_knows_whether_it_is_ordered),
        cmocka_unit_test(query_says_why_a_value_is_null),
        cmocka_unit_test(query_states_change_no_rows),
        cmocka_unit_test(query_sorts_names_groups_and_places),
        cmocka_unit_test(query_that_never_ends_is_stopped),
        cmocka_unit_test(query_says_what_failed_while_running),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, teardown);
}
