/* The SQL functions that count working days, by a small ledger 节假日. */
#include "store/fixture.h"

static const struct field holiday_fields[] = {
    {.name = "日期", .type = FIELD_DATE, .show = OPEN},
    {.name = "类型", .type = FIELD_CODE, .show = OPEN},
    {.name = "排序", .type = FIELD_INTEGER, .show = OPEN},
};

static struct fixture fixture;

/* The fixture's ledger of villages made one of holidays. */
static void begin(const char *const *rows)
{
    fixture_begin(&fixture);
    fixture.schemas[VILLAGES].name = "节假日";
    fixture.schemas[VILLAGES].fields = holiday_fields;
    for (size_t i = 0; rows[i]; i++)
        fixture_row(&fixture, VILLAGES, 0, rows[i]);
}

static void check(const char *expression, const char *expected)
{
    char *sql = g_strdup_printf("SELECT %s", expression);

    assert_query(&fixture, AUDIENCE_PUBLIC, sql, expected);
    g_free(sql);
}

static const char *const AUTUMN[] = {"2025-09-28|上班",
                                     "2025-10-01|放假",
                                     "2025-10-02|放假",
                                     "2025-10-03|放假",
                                     "2025-10-04|放假",
                                     "2025-10-05|放假",
                                     "2025-10-06|放假",
                                     "2025-10-07|放假",
                                     "2025-10-08|放假",
                                     "2025-10-11|上班",
                                     NULL};

static void working_days_follow_the_ledger(void **state)
{
    (void)state;
    begin(AUTUMN);
    assert_true(fixture_open(&fixture));
    check("工作日('2025-09-28') || 工作日('2025-10-01') || 工作日('2025-10-12')", "100;");
    check("工作日数('2025-09-28', '2025-10-13')", "7;");
    check("工作日数('2025-10-13', '2025-09-28')", "0;");
    check("期满日('2025-09-28', 7, '工作日')", "2025-10-14;");
    check("期满日('2025-09-28', 7, '含首日工作日')", "2025-10-13;");
    check("期满日('2025-09-28', 7, '不含首日')", "2025-10-09;");
    check("期满日('2023-08-16', 5, '自然日')", "2023-08-20;");
    check("期满日('2025-09', 7, '自然日')", "<1>;");
    check("期满日(NULL, 7, '自然日')", "<1>;");
    check("期满日('2025-09-28', NULL, '自然日')", "<1>;");
    check("工作日(NULL)", "<1>;");
    fixture_end(&fixture);
}

static void what_cannot_be_counted_is_said(void **state)
{
    (void)state;
    begin(AUTUMN);
    assert_true(fixture_open(&fixture));
    check("工作日('2024-10-01')", "sql-no-holidays");
    check("工作日数('2025-12-30', '2026-01-05')", "sql-no-holidays");
    check("期满日('2026-01-05', 7, '工作日')", "sql-no-holidays");
    check("期满日('2025-09-28', 0, '工作日')", "sql-period");
    check("期满日('2025-09-28', 367, '自然日')", "sql-period");
    check("期满日('2025-09-28', 7, '农历')", "sql-period");
    check("期满日('2025-09-28', '七', '自然日')", "sql-period");
    check("工作日('国庆')", "sql-not-date");
    fixture_end(&fixture);
}

static void a_bad_row_spoils_its_table(void **state)
{
    static const char *const KIND[] = {"2025-10-01|!", "2026-10-01|放假", NULL};
    static const char *const DAY[] = {"!|放假", "2026-10-01|放假", NULL};

    (void)state;
    begin(KIND);
    assert_true(fixture_open(&fixture));
    check("工作日('2025-10-09')", "sql-no-holidays");
    check("工作日('2026-10-09')", "1;");
    fixture_end(&fixture);
    begin(DAY);
    assert_true(fixture_open(&fixture));
    check("工作日('2026-10-09')", "sql-no-holidays");
    fixture_end(&fixture);
    /* a row that was refused */
    begin(AUTUMN);
    fixture.ledgers.lost = &(struct lost_row){.ledger = VILLAGES};
    fixture.ledgers.nlost = 1;
    assert_true(fixture_open(&fixture));
    check("工作日('2025-10-09')", "sql-no-holidays");
    fixture_end(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(working_days_follow_the_ledger),
        cmocka_unit_test(what_cannot_be_counted_is_said),
        cmocka_unit_test(a_bad_row_spoils_its_table),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
