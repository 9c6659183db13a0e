/* Derived columns: order, invalid cells, faults of their SQL. */
#include "store/fixture.h"

/* A fixture whose household ledger has other derived columns: the last two of its fields. */
struct derived {
    struct fixture fixture;
    struct field fields[G_N_ELEMENTS(household_fields)];
};

enum { FIRST = G_N_ELEMENTS(household_fields) - 2, SECOND };

static void derived_begin(struct derived *derived, const char *first, const char *second)
{
    memcpy(derived->fields, household_fields, sizeof(household_fields));
    derived->fields[FIRST].sql = first;
    derived->fields[SECOND].sql = second;
    fixture_standard(&derived->fixture);
    derived->fixture.schemas[HOUSEHOLDS].fields = derived->fields;
}

static void assert_derived(const char *first, const char *second, const char *expected)
{
    struct derived derived;

    derived_begin(&derived, first, second);
    assert_true(fixture_open(&derived.fixture));
    assert_query(&derived.fixture, AUDIENCE_PUBLIC, "SELECT 未成年人数, 大户 FROM 户 ORDER BY _id",
                 expected);
    assert_query(&derived.fixture, AUDIENCE_INTERNAL,
                 "SELECT 未成年人数, 大户 FROM 户 ORDER BY _id", expected);
    fixture_end(&derived.fixture);
}

static void assert_fault(const char *first, const char *second, enum finding_code code,
                         unsigned line)
{
    struct derived derived;
    const struct finding *finding;

    derived_begin(&derived, first, second);
    assert_false(fixture_open(&derived.fixture));
    finding = fixture_finding(&derived.fixture, code);
    assert_non_null(finding);
    assert_string_equal(finding->place.file, "templates/ledgers/x.yaml");
    assert_int_equal(finding->place.line, line);
    assert_int_equal(finding->place.column, 0);
    fixture_end(&derived.fixture);
}

static void derived_columns_are_computed_on_the_full_data(void **state)
{
    (void)state;
    /* 李满仓's ID and 家庭人口 are invalid; 张丰年 has neither ID nor birth date: a minor. */
    assert_derived(household_fields[FIRST].sql, household_fields[SECOND].sql,
                   "1 0;0 1;<3> <3>;1 0;");
}

static void derived_columns_go_back_into_the_rows(void **state)
{
    struct fixture fixture;
    const struct rowset *rows;

    (void)state;
    fixture_standard(&fixture);
    assert_true(fixture_open(&fixture));
    rows = fixture.list[HOUSEHOLDS].rows;
    assert_int_equal(rowset_at(rows, 0, FIRST).integer, 1);
    assert_int_equal(rowset_at(rows, 2, FIRST).state, STATE_INVALID);
    assert_int_equal(rowset_at(rows, 1, SECOND).integer, 1);
    assert_int_equal(rowset_at(fixture.list[PEOPLE].rows, 3, 3).state, STATE_INVALID);
    fixture_end(&fixture);
}

static void derived_columns_may_read_later_ones(void **state)
{
    (void)state;
    assert_derived("CASE WHEN 大户 THEN 10 ELSE 20 END", "家庭人口 > 4", "20 0;10 1;<3> <3>;20 0;");
}

static void derived_column_is_null_where_its_sql_is(void **state)
{
    (void)state;
    assert_derived("NULL", "补贴 > 150 -- 元", "<1> 0;<1> 1;<1> 1;<1> <1>;");
}

static void derived_boolean_is_zero_or_one(void **state)
{
    (void)state;
    assert_derived("1", "_id", "1 1;1 1;1 1;1 1;");
}

static void invalid_cells_spoil_their_household_only(void **state)
{
    (void)state;
    /* The other ledger's invalid ID belongs to household 3. */
    assert_derived("(SELECT count(证件号码) FROM 人 WHERE _户 = 户._id)", "0",
                   "2 0;1 0;<3> 0;1 0;");
    assert_derived("(SELECT count(*) FROM 人 WHERE _户 = 户._id AND 证件号码_态 = 3)", "0",
                   "0 0;0 0;<3> 0;0 0;");
    assert_derived("(SELECT count(*) FROM 人 WHERE _户 = 户._id)", "0", "2 0;1 0;1 0;2 0;");
}

static void invalid_cells_spoil_through_the_own_table(void **state)
{
    (void)state;
    /* Household 3's 家庭人口 is invalid: through _村 it spoils household 4 of the same village. */
    assert_derived("(SELECT sum(o.家庭人口) FROM 户 o WHERE o._村 = 户._村)", "0",
                   "8 0;8 0;<3> 0;<3> 0;");
    /* Only the own row is read. */
    assert_derived("户.家庭人口 + 1", "0", "4 0;6 0;<3> 0;3 0;");
}

static void invalid_cells_spoil_all_without_a_link(void **state)
{
    struct derived derived;
    struct schema *people;

    (void)state;
    derived_begin(&derived, "(SELECT count(证件号码) FROM 人)", "0");
    people = &derived.fixture.schemas[PEOPLE];
    g_free(derived.fixture.list[PEOPLE].links[0]);
    people->nforeign_key = 0;
    assert_true(fixture_open(&derived.fixture));
    assert_query(&derived.fixture, AUDIENCE_PUBLIC, "SELECT 未成年人数 FROM 户 ORDER BY _id",
                 "<3>;<3>;<3>;<3>;");
    fixture_end(&derived.fixture);
}

static void invalid_values_spoil_through_their_own_table(void **state)
{
    struct derived derived;
    const struct value bad = value_null(STATE_INVALID);

    (void)state;
    derived_begin(&derived, "(SELECT count(*) FROM 户_致贫原因 z WHERE z._户 = 户._id)", "0");
    rowset_replace(derived.fixture.list[HOUSEHOLDS].rows, 3, 7, &bad);
    assert_true(fixture_open(&derived.fixture));
    assert_query(&derived.fixture, AUDIENCE_PUBLIC, "SELECT 未成年人数 FROM 户 ORDER BY _id",
                 "2;1;0;<3>;");
    fixture_end(&derived.fixture);
}

static void derived_code_is_one_of_its_list(void **state)
{
    static const char *const codes[] = {"大", "小", NULL};
    struct derived derived;

    (void)state;
    derived_begin(&derived, "CASE WHEN 补贴 > 150 THEN '大' ELSE '小' END", "0");
    derived.fields[FIRST].type = FIELD_CODE;
    derived.fields[FIRST].codes = codes;
    assert_true(fixture_open(&derived.fixture));
    assert_query(&derived.fixture, AUDIENCE_PUBLIC, "SELECT 未成年人数 FROM 户 ORDER BY _id",
                 "小;大;大;小;");
    fixture_end(&derived.fixture);

    derived_begin(&derived, "'中'", "0");
    derived.fields[FIRST].type = FIELD_CODE;
    derived.fields[FIRST].codes = codes;
    assert_false(fixture_open(&derived.fixture));
    assert_non_null(fixture_finding(&derived.fixture, FINDING_STORE_DERIVED_TYPE));
    fixture_end(&derived.fixture);
}

static void derived_faults_stand_in_the_schema_file(void **state)
{
    (void)state;
    assert_fault("家庭人囗 + 1", "0", FINDING_SQL_UNKNOWN_COLUMN, 30);
    assert_fault("0", "补贴 / 2", FINDING_SQL_DIVISION, 33);
    assert_fault("random()", "0", FINDING_SQL_FORBIDDEN, 30);
    assert_fault("1, 2", "0", FINDING_SQL_SYNTAX, 30);
    assert_fault("1), (2", "0", FINDING_STORE_DERIVED_SQL, 30);
    assert_fault(":年度 > 2020", "0", FINDING_STORE_DERIVED_SQL, 30);
    assert_fault("户主姓名", "0", FINDING_STORE_DERIVED_TYPE, 30);
    assert_fault("补贴", "0", FINDING_STORE_DERIVED_TYPE, 30);
    assert_fault("0", "round(补贴, 9)", FINDING_SQL_PLACES, 33);
    assert_fault("大户", "未成年人数", FINDING_STORE_DERIVED_CIRCLE, 33);
    assert_fault("未成年人数", "0", FINDING_STORE_DERIVED_CIRCLE, 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(derived_columns_are_computed_on_the_full_data),
        cmocka_unit_test(derived_columns_go_back_into_the_rows),
        cmocka_unit_test(derived_columns_may_read_later_ones),
        cmocka_unit_test(derived_column_is_null_where_its_sql_is),
        cmocka_unit_test(derived_boolean_is_zero_or_one),
        cmocka_unit_test(invalid_cells_spoil_their_household_only),
        cmocka_unit_test(invalid_cells_spoil_through_the_own_table),
        cmocka_unit_test(invalid_cells_spoil_all_without_a_link),
        cmocka_unit_test(invalid_values_spoil_through_their_own_table),
        cmocka_unit_test(derived_code_is_one_of_its_list),
        cmocka_unit_test(derived_faults_stand_in_the_schema_file),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
