/* The tables of statistics: counted on the full data, withheld from those who may not know. */
#include "store/fixture.h"

enum { TOWN, VILLAGE, PEOPLE_OF = 5, MONEY, CAUSE, BIG = 10 };

static const size_t by_cause[] = {TOWN, VILLAGE, CAUSE}, by_village[] = {VILLAGE},
                    by_big[] = {VILLAGE, BIG};
static const size_t sums[] = {PEOPLE_OF, MONEY}, money[] = {MONEY};

#define COUNT(title)                                                                               \
    {                                                                                              \
        .name = title, .type = FIELD_INTEGER, .show = OPEN                                         \
    }

static const struct statistic statistics[] = {
    {.name = "户_致贫统计",
     .by = by_cause,
     .nby = 3,
     .spread = 2,
     .count = COUNT("户数"),
     .sums = sums,
     .nsum = 2},
    {.name = "户_村统计",
     .by = by_village,
     .nby = 1,
     .spread = SIZE_MAX,
     .count = COUNT("户数"),
     .sums = money,
     .nsum = 1},
    {.name = "户_大户统计", .by = by_big, .nby = 2, .spread = SIZE_MAX, .count = COUNT("户数")},
};

static struct fixture fixture;
static struct field fields[G_N_ELEMENTS(household_fields)];

static void begin(void)
{
    fixture_begin(&fixture);
    memcpy(fields, household_fields, sizeof(fields));
    fixture.schemas[HOUSEHOLDS].fields = fields;
    fixture.schemas[HOUSEHOLDS].statistics = statistics;
    fixture.schemas[HOUSEHOLDS].nstatistic = G_N_ELEMENTS(statistics);
}

/* count households of village, each of two people and 1.10 元. */
static void add(const char *village, const char *cause, int count)
{
    for (int i = 0; i < count; i++) {
        char *row = g_strdup_printf("青石镇|%s|一组|甲||2|1.10|%s|", village, cause);

        fixture_row(&fixture, HOUSEHOLDS, 0, row);
        g_free(row);
    }
}

#define CELLS(village)                                                                             \
    "SELECT 致贫原因, 户数, 家庭人口, 补贴 FROM 户_致贫统计 WHERE 行政村 = '" village              \
    "' ORDER BY _id"

static void cells_are_counted_with_every_code(void **state)
{
    (void)state;
    begin();
    add("石门村", "因病", 4);
    add("石门村", "因残", 2);
    add("石门村", "因病、缺劳力", 1);
    add("河口村", "因病", 3);
    assert_true(fixture_open(&fixture));
    assert_query(&fixture, AUDIENCE_INTERNAL, CELLS("石门村"),
                 "因病 5 10 5.5;因残 2 4 2.2;缺劳力 1 2 1.1;");
    /* a card may show the cause, so its audience gets all cells too */
    assert_query(&fixture, AUDIENCE_HOUSEHOLD, CELLS("石门村"),
                 "因病 5 10 5.5;因残 2 4 2.2;缺劳力 1 2 1.1;");
    assert_query(&fixture, AUDIENCE_INTERNAL, CELLS("河口村"),
                 "因病 3 6 3.3;因残 0 0 0.0;缺劳力 0 0 0.0;");
    fixture_end(&fixture);
}

static void small_cells_are_withheld_from_the_public(void **state)
{
    (void)state;
    begin();
    add("石门村", "因病", 5);
    add("石门村", "因残", 2);
    add("石门村", "缺劳力", 4);
    add("河口村", "因病", 3);
    assert_true(fixture_open(&fixture));
    assert_query(&fixture, AUDIENCE_PUBLIC, CELLS("石门村"),
                 "因病 5 10 5.5;因残 <4> <4> <4>;缺劳力 <4> <4> <4>;");
    assert_query(&fixture, AUDIENCE_OFFICIAL, CELLS("石门村"),
                 "因病 5 10 5.5;因残 <4> <4> <4>;缺劳力 <4> <4> <4>;");
    assert_query(&fixture, AUDIENCE_PUBLIC, CELLS("河口村"),
                 "因病 3 6 3.3;因残 0 0 0.0;缺劳力 0 0 0.0;");
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "SELECT 户数_态, 补贴_态 FROM 户_致贫统计 WHERE 户数 IS NULL ORDER BY _id",
                 "4 4;4 4;");
    fixture_end(&fixture);
}

static void households_without_a_code_have_a_row(void **state)
{
    (void)state;
    begin();
    add("石门村", "因病", 5);
    add("石门村", "", 1);
    add("河口村", "因残", 1);
    assert_true(fixture_open(&fixture));
    assert_query(&fixture, AUDIENCE_INTERNAL, CELLS("石门村"),
                 "因病 5 10 5.5;因残 0 0 0.0;缺劳力 0 0 0.0;<1> 1 2 1.1;");
    assert_query(&fixture, AUDIENCE_PUBLIC, CELLS("石门村"),
                 "因病 5 10 5.5;因残 <4> <4> <4>;缺劳力 <4> <4> <4>;<1> <4> <4> <4>;");
    assert_query(&fixture, AUDIENCE_PUBLIC, CELLS("河口村"),
                 "因病 <4> <4> <4>;因残 <4> <4> <4>;缺劳力 <4> <4> <4>;<1> <4> <4> <4>;");
    fixture_end(&fixture);
}

static void invalid_values_spoil_what_counts_them(void **state)
{
    (void)state;
    begin();
    add("石门村", "因病", 4);
    fixture_row(&fixture, HOUSEHOLDS, 0, "青石镇|石门村|一组|乙||!|1|因病|");
    add("河口村", "因病", 4);
    add("河口村", "!", 1);
    assert_true(fixture_open(&fixture));
    assert_query(&fixture, AUDIENCE_INTERNAL, CELLS("石门村"),
                 "因病 5 <3> 5.4;因残 0 0 0.0;缺劳力 0 0 0.0;");
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "SELECT DISTINCT 户数_态, 补贴_态 FROM 户_致贫统计 WHERE 行政村 = '河口村' "
                 "ORDER BY 1",
                 "3 3;");
    fixture_end(&fixture);

    begin();
    add("石门村", "因病", 4);
    fixture_row(&fixture, HOUSEHOLDS, 0, "青石镇|!|一组|乙||2|1|因病|");
    assert_true(fixture_open(&fixture));
    assert_query(&fixture, AUDIENCE_INTERNAL, CELLS("石门村"),
                 "因病 <3> <3> <3>;因残 <3> <3> <3>;缺劳力 <3> <3> <3>;");
    fixture_end(&fixture);
}

static void a_hidden_sum_of_few_households_is_withheld(void **state)
{
    (void)state;
    begin();
    fields[MONEY].show[AUDIENCE_PUBLIC] = SHOW_HIDE;
    add("石门村", "因病", 3);
    add("河口村", "因病", 2);
    assert_true(fixture_open(&fixture));
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT 行政村, 户数, 补贴 FROM 户_村统计 ORDER BY _id",
                 "石门村 3 3.3;河口村 2 <4>;");
    assert_query(&fixture, AUDIENCE_INTERNAL,
                 "SELECT 行政村, 户数, 补贴 FROM 户_村统计 ORDER BY _id",
                 "石门村 3 3.3;河口村 2 2.2;");
    fixture_end(&fixture);
}

static void derived_columns_are_counted_too(void **state)
{
    (void)state;
    begin();
    add("石门村", "因病", 3);
    fixture_row(&fixture, HOUSEHOLDS, 0, "青石镇|石门村|一组|乙||7|1|因病|");
    assert_true(fixture_open(&fixture));
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "SELECT 行政村, 大户, 户数 FROM 户_大户统计 ORDER BY 大户",
                 "石门村 0 3;石门村 1 1;");
    fixture_end(&fixture);
}

/* Five people of two households are fewer than three households. */
static void people_count_by_their_households(void **state)
{
    static const struct field illness = {
        .name = "健康", .type = FIELD_CODE, .codes = causes, .show = SHOW(HIDE, FULL)};
    static const size_t by[] = {0, 1};
    static const struct statistic people[] = {
        {.name = "人_健康统计", .by = by, .nby = 2, .spread = 1, .count = COUNT("人数")}};
    const struct field four[] = {person_fields[0],
                                 illness,
                                 person_fields[2],
                                 {.name = "备注", .type = FIELD_STRING, .show = OPEN}};

    (void)state;
    begin();
    fixture.schemas[PEOPLE].fields = four;
    fixture.schemas[PEOPLE].nderived = 0;
    fixture.schemas[PEOPLE].statistics = people;
    fixture.schemas[PEOPLE].nstatistic = 1;
    fields[9].sql = "0"; /* it would read 未成年 */
    for (int i = 0; i < 5; i++)
        fixture_row(&fixture, PEOPLE, 1 + i % 2, "甲|因病");
    for (int i = 0; i < 5; i++)
        fixture_row(&fixture, PEOPLE, 3 + i, "甲|因残");
    add("石门村", "因病", 7);
    assert_true(fixture_open(&fixture));
    assert_query(&fixture, AUDIENCE_INTERNAL, "SELECT 健康, 人数 FROM 人_健康统计 ORDER BY _id",
                 "因病 5;因残 5;缺劳力 0;");
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT 健康, 人数 FROM 人_健康统计 ORDER BY _id",
                 "因病 <4>;因残 5;缺劳力 <4>;");
    fixture_end(&fixture);
}

/* Who reads a count is held back by an invalid column it is counted by, who reads a sum by that of
 * the sum too. */
static void reads_are_those_of_the_ledger(void **state)
{
    static const struct {
        const char *sql;
        size_t reads;
    } QUERIES[] = {{"SELECT 户数 FROM 户_致贫统计", 3}, {"SELECT 补贴 FROM 户_致贫统计", 4}};

    (void)state;
    begin();
    assert_true(fixture_open(&fixture));
    for (size_t i = 0; i < G_N_ELEMENTS(QUERIES); i++) {
        struct query *query = query_prepare(stores_of(fixture.stores, AUDIENCE_PUBLIC),
                                            QUERIES[i].sql, (struct place){0}, fixture.findings);
        size_t count;

        assert_non_null(query);
        query_reads(query, &count);
        assert_int_equal(count, QUERIES[i].reads);
        assert_string_equal(query_reads(query, &count)[0].table, "户");
        assert_string_equal(query_column(query, 0)->origin->name, i ? "补贴" : "户数");
        assert_false(query_column(query, 0)->partial);
        query_free(query);
    }
    fixture_end(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_counted_with_every_code),
        cmocka_unit_test(small_cells_are_withheld_from_the_public),
        cmocka_unit_test(households_without_a_code_have_a_row),
        cmocka_unit_test(invalid_values_spoil_what_counts_them),
        cmocka_unit_test(a_hidden_sum_of_few_households_is_withheld),
        cmocka_unit_test(derived_columns_are_counted_too),
        cmocka_unit_test(people_count_by_their_households),
        cmocka_unit_test(reads_are_those_of_the_ledger),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
