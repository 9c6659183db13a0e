/* The SQL functions against Python's decimal, and at their edges. */
#include "store/expression.h"

struct vector {
    const char *sql, *expected;
};

/* Computed by Python's decimal module (60 digits, ROUND_HALF_UP), seed 20260109. */
static const struct vector vectors[] = {
    {"round(0.5, 0)", "1"},
    {"round(1.5, 0)", "2"},
    {"round(2.5, 0)", "3"},
    {"round(-0.5, 0)", "-1"},
    {"round(-2.5, 0)", "-3"},
    {"round(1.005, 2)", "1.01"},
    {"round(2.675, 2)", "2.68"},
    {"round(1.115, 2)", "1.12"},
    {"round(-1.005, 2)", "-1.01"},
    {"round(0.285, 2)", "0.29"},
    {"round(1000000.005, 2)", "1000000.01"},
    {"round(99999999.995, 2)", "100000000.00"},
    {"round(0.1, 1)", "0.1"},
    {"round(4.35, 1)", "4.4"},
    {"round(420.652, 0)", "421"},
    {"round(-959027.05283, 3)", "-959027.053"},
    {"round(316.3020, 3)", "316.302"},
    {"round(5.97628, 3)", "5.976"},
    {"round(68597056.069, 3)", "68597056.069"},
    {"round(-32677649.22775, 2)", "-32677649.23"},
    {"round(99968383.518, 0)", "99968384"},
    {"round(-7.584, 2)", "-7.58"},
    {"round(-2.5335, 1)", "-2.5"},
    {"round(53188569.4390, 3)", "53188569.439"},
    {"round(-3.245, 3)", "-3.245"},
    {"round(9.5255, 0)", "10"},
    {"除(1, 3, 6)", "0.333333"},
    {"除(2, 3, 2)", "0.67"},
    {"除(1, 8, 2)", "0.13"},
    {"除(-1, 8, 2)", "-0.13"},
    {"除(182, 200, 3)", "0.910"},
    {"除(10, 4, 0)", "3"},
    {"除(0.1, 0.3, 6)", "0.333333"},
    {"除(999999999999.99, 7, 2)", "142857142857.14"},
    {"除(12972.9371, -24587, 0)", "-1"},
    {"除(-61.4954, -486.06, 3)", "0.127"},
    {"除(43.71, 72539, 5)", "0.00060"},
    {"除(-222859942.1925, 4.51, 2)", "-49414621.33"},
    {"除(11, 27636.89, 1)", "0.0"},
    {"除(-60, -449, 6)", "0.133630"},
    {"除(-11203.7515, -379, 1)", "29.6"},
    {"除(50256, -24834.01, 4)", "-2.0237"},
    {"除(-392990736.26, 7.41, 6)", "-53035187.079622"},
    {"除(-22, 862, 3)", "-0.026"},
    {"除(36262.5841, -976, 5)", "-37.15429"},
    {"除(-31.7031, -64875, 6)", "0.000489"},
    {"率(182, 200, 1)", "91.0"},
    {"率(1, 3, 2)", "33.33"},
    {"率(2, 3, 1)", "66.7"},
    {"率(5, 1000, 0)", "1"},
    {"率(12345.67, 99999.99, 3)", "12.346"},
    {"积(0.1, 0.1, 2)", "0.01"},
    {"积(0.05, 0.1, 2)", "0.01"},
    {"积(1.005, 1, 2)", "1.01"},
    {"积(123456789.12, 987654321.98, 2)", "121932631352141440.86"},
    {"积(-0.5, 0.01, 2)", "-0.01"},
    {"积(999999.99, 1000000.5, 2)", "1000000490000.00"},
    {"积(40887661.446, -85.68, 3)", "-3503254832.693"},
    {"积(-91.4, 95272.8128, 0)", "-8707935"},
    {"积(-23914.485, 620.6450, 2)", "-14842405.54"},
    {"积(88194903.094, 143.4850, 2)", "12654645670.44"},
    {"积(-20080.5, -408.10, 0)", "8194852"},
    {"积(-11802.467, 17644.17, 4)", "-208244734.1674"},
    {"积(75467890.3, -80810.48, 3)", "-6098596439730.344"},
    {"积(44.405, 340.54, 0)", "15122"},
    {"和(0.1, 0.2)", "0.3"},
    {"和(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)", "1.0"},
    {"和(1000000000.01, 0.02, -1000000000.01)", "0.02"},
    {"和(1.1, 2.2, 3.3, 4.4)", "11.0"},
    {"差(0.3, 0.1)", "0.2"},
    {"差(1000000000.03, 1000000000.01)", "0.02"},
    {"(WITH v(x) AS (VALUES (0.1), (0.1), (0.1), (0.1), (0.1), (0.1), (0.1), (0.1), (0.1), (0.1)) "
     "SELECT sum(x) FROM v)",
     "1.0"},
    {"(WITH v(x) AS (VALUES (1000000000.01), (0.02), (-1000000000.01), (NULL)) SELECT sum(x) FROM "
     "v)",
     "0.02"},
    {"(WITH v(x) AS (VALUES (9423946.77), (2629414.64), (7649432.73), (9097050.50), (6533759.09), "
     "(-6555460.22), (1847103.59), (-2188435.09), (-5219451.19), (-7692776.00), (4724705.82), "
     "(9311216.14), (629096.45), (5518755.36), (5658070.57)) SELECT sum(x) FROM v)",
     "41366429.16"},
    {"(WITH v(x) AS (VALUES (9423946.77), (2629414.64), (7649432.73), (9097050.50), (6533759.09), "
     "(-6555460.22), (1847103.59), (-2188435.09), (-5219451.19), (-7692776.00), (4724705.82), "
     "(9311216.14), (629096.45), (5518755.36), (5658070.57)) SELECT avg(x) FROM v)",
     "2757761.944000"},
    {"(WITH v(x) AS (VALUES (9423946.77), (2629414.64), (7649432.73), (9097050.50), (6533759.09), "
     "(-6555460.22), (1847103.59), (-2188435.09), (-5219451.19), (-7692776.00), (4724705.82), "
     "(9311216.14), (629096.45), (5518755.36), (5658070.57)) SELECT total(x) FROM v)",
     "41366429.16"},
    {"(WITH v(x) AS (VALUES (1), (2), (2)) SELECT avg(x) FROM v)", "1.666667"},
    {"(WITH v(x) AS (VALUES (0.1), (0.2), (0.3), (NULL)) SELECT avg(x) FROM v)", "0.2"},
};

static void functions_agree_with_decimal(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(vectors); i++) {
        char *sql = g_strdup_printf("SELECT %s", vectors[i].sql);
        struct query *query = query_prepare(stores_of(fixture.stores, AUDIENCE_PUBLIC), sql,
                                            (struct place){0}, fixture.findings);
        struct rowset *rows;

        assert_non_null(query);
        rows = query_run(query, fixture.findings);
        assert_non_null(rows);
        const struct value value = rowset_at(rows, 0, 0);

        if (value.type != VALUE_REAL || value.real != strtod(vectors[i].expected, NULL))
            fail_msg("%s is %.17g, not %s", vectors[i].sql, value.real, vectors[i].expected);
        rowset_free(rows);
        query_free(query);
        g_free(sql);
    }
}

static void sum_keeps_integers(void **state)
{
    (void)state;
    check("(WITH v(x) AS (VALUES (1), (2), (NULL)) SELECT sum(x) FROM v)", "3;");
    check("(WITH v(x) AS (VALUES (1), (2.0)) SELECT sum(x) FROM v)", "3.0;");
    check("(WITH v(x) AS (VALUES (1), (2)) SELECT total(x) FROM v)", "3.0;");
    check("(WITH v(x) AS (VALUES (1), (2)) SELECT avg(x) FROM v)", "1.5;");
    check("(WITH v(x) AS (VALUES (9223372036854775806), (1)) SELECT sum(x) FROM v)",
          "9223372036854775807;");
}

static void aggregates_of_nothing_are_null_or_zero(void **state)
{
    (void)state;
    check("(SELECT sum(补贴) FROM 户 WHERE 0)", "<1>;");
    check("(SELECT avg(补贴) FROM 户 WHERE 0)", "<1>;");
    check("(SELECT total(补贴) FROM 户 WHERE 0)", "0.0;");
    check("(WITH v(x) AS (VALUES (NULL)) SELECT sum(x) FROM v)", "<1>;");
}

static void division_by_zero_or_null_is_null(void **state)
{
    (void)state;
    check("除(1, 0, 2)", "<1>;");
    check("率(1, 0.0, 2)", "<1>;");
    check("除(NULL, 2, 2)", "<1>;");
    check("率(2, NULL, 2)", "<1>;");
    check("round(NULL)", "<1>;");
    check("和(1, NULL)", "<1>;");
    check("积(NULL, 1, 2)", "<1>;");
    check("等(NULL, NULL)", "<1>;");
}

static void round_keeps_integers(void **state)
{
    (void)state;
    check("round(7)", "7;");
    check("round(7, 2)", "7;");
    check("round(7.5)", "8.0;");
    check("和(1, 2)", "3;");
    check("差(1, 2)", "-1;");
    check("差(1, 2.5)", "-1.5;");
}

static void equality_rounds_both_sides(void **state)
{
    (void)state;
    check("等(0.1 + 0.2, 0.3)", "1;");
    check("等(1.004, 1.0)", "1;");
    check("等(1.005, 1.0)", "0;");
    check("等(1.04, 1.0, 1)", "1;");
    check("等(1.0000005, 1.0, 6)", "0;");
}

static void overflow_is_said(void **state)
{
    (void)state;
    check("(WITH v(x) AS (VALUES (9223372036854775807), (1)) SELECT sum(x) FROM v)",
          "sql-overflow");
    check("round(1e18)", "sql-overflow");
    check("round(1e300 * 1e300)", "sql-overflow");
    check("积(999999999999999999, 999999999999999999, 0)", "sql-overflow");
    check("和(9223372036854775807, 1)", "sql-overflow");
    check("除(9223372036854775807, 0.000001, 6)", "9.22337203685478e+24;");
}

static void texts_are_no_numbers(void **state)
{
    (void)state;
    check("(SELECT sum(户主姓名) FROM 户)", "sql-not-number");
    check("除('1', 2, 2)", "sql-not-number");
}

static void places_are_zero_to_six(void **state)
{
    (void)state;
    check("round(1.5, 7)", "sql-places");
    check("round(1.5, -1)", "sql-places");
    check("除(1, 2, 1.5)", "sql-places");
    check("等(1, 2, NULL)", "sql-places");
}

static void aggregates_run_over_windows(void **state)
{
    (void)state;
    check("(WITH v(i, x) AS (VALUES (1, 0.1), (2, 0.2), (3, 0.3), (4, NULL), (5, 0.4)) "
          "SELECT group_concat(s, ' ') FROM (SELECT sum(x) OVER (ORDER BY i) AS s FROM v))",
          "0.1 0.3 0.6 0.6 1.0;");
    /* In binary 0.1 + 0.2 - 0.1 is not 0.2, and 10^9 takes the cents with it. */
    check("(WITH v(i, x) AS (VALUES (1, 0.1), (2, 0.2), (3, 1000000000.01), (4, 0.3), (5, 0.4)) "
          "SELECT group_concat(s, ' ') FROM (SELECT sum(x) OVER (ORDER BY i "
          "ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM v))",
          "0.1 0.3 1000000000.21 1000000000.31 0.7;");
    /* INTEGER again once the REAL has left; NULL where nothing is in the frame. */
    check("(WITH v(i, x) AS (VALUES (1, 1.5), (2, 2), (3, NULL), (4, NULL), (5, 7)) "
          "SELECT group_concat(coalesce(s, '-'), ' ') FROM (SELECT sum(x) OVER (ORDER BY i "
          "ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM v))",
          "1.5 3.5 2 - 7;");
    check("(WITH v(i, x) AS (VALUES (1, 1), (2, 2), (3, 2), (4, NULL), (5, NULL)) "
          "SELECT group_concat(coalesce(s, '-') || '/' || t, ' ') FROM "
          "(SELECT avg(x) OVER w AS s, total(x) OVER w AS t FROM v WINDOW w AS (ORDER BY i "
          "ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)))",
          "1.0/1.0 1.5/3.0 2.0/4.0 2.0/2.0 -/0.0;");
    check("(SELECT sum(补贴) OVER (ORDER BY _id) FROM 户)", "0.1;");
    check("(SELECT sum(户主姓名) OVER (ORDER BY _id) FROM 户)", "sql-not-number");
    check("(WITH v(x) AS (VALUES (9223372036854775807), (1)) "
          "SELECT max(s) FROM (SELECT sum(x) OVER (ORDER BY x) AS s FROM v))",
          "sql-overflow");
}

/* 200 numbers of up to 6 decimals, of both signs and any size: every frame is what a plain sum of
 * its rows is. */
static void moving_windows_equal_plain_sums(void **state)
{
    (void)state;
    check("(WITH RECURSIVE r(i, n) AS (SELECT 1, 12345 UNION ALL SELECT i + 1, "
          "(n * 1103515245 + 12345) % 2147483648 FROM r WHERE i < 200), "
          "v(i, x) AS (SELECT i, CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN n % 1000 "
          "ELSE 除(n - 1073741824, 1 + n % 97 * 10, n % 7) END FROM r), "
          "w AS (SELECT i, sum(x) OVER (ORDER BY i ROWS BETWEEN 7 PRECEDING AND 3 FOLLOWING) AS s,"
          " avg(x) OVER (ORDER BY i ROWS BETWEEN 7 PRECEDING AND 3 FOLLOWING) AS a FROM v) "
          "SELECT count(*) || ' ' || sum(s IS (SELECT sum(x) FROM v WHERE v.i BETWEEN w.i - 7 AND "
          "w.i + 3)) || ' ' || sum(a IS (SELECT avg(x) FROM v WHERE v.i BETWEEN w.i - 7 AND w.i + "
          "3)) || ' ' || (count(DISTINCT s) > 150) FROM w)",
          "200 200 200 1;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_agree_with_decimal),
        cmocka_unit_test(sum_keeps_integers),
        cmocka_unit_test(aggregates_of_nothing_are_null_or_zero),
        cmocka_unit_test(division_by_zero_or_null_is_null),
        cmocka_unit_test(round_keeps_integers),
        cmocka_unit_test(equality_rounds_both_sides),
        cmocka_unit_test(overflow_is_said),
        cmocka_unit_test(texts_are_no_numbers),
        cmocka_unit_test(places_are_zero_to_six),
        cmocka_unit_test(aggregates_run_over_windows),
        cmocka_unit_test(moving_windows_equal_plain_sums),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, teardown);
}
