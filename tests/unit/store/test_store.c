/* What each audience's store holds, and what it does not. */
#include <pthread.h>
#include <sqlite3.h>

#include "store/fixture.h"
#include "store/inside.h"

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

static void store_fills_values_states_and_links(void **state)
{
    (void)state;
    assert_query(&fixture, AUDIENCE_INTERNAL,
                 "SELECT _id, _村, 户主姓名, 家庭人口, 补贴 FROM 户 ORDER BY _id",
                 "1 1 曾平安 3 100.1;2 1 陈有粮 5 200.2;3 2 李满仓 <3> 300.3;4 2 张丰年 2 <1>;");
    assert_query(&fixture, AUDIENCE_PUBLIC,
                 "SELECT 家庭人口_态, 补贴_态, 备注_态 FROM 户 ORDER BY _id",
                 "0 0 0;0 0 2;3 0 1;0 1 1;");
}

static void store_leaves_a_link_to_nowhere_null(void **state)
{
    struct fixture own;

    (void)state;
    fixture_begin(&own);
    fixture_row(&own, PEOPLE, 0, "李四|");
    assert_true(fixture_open(&own));
    assert_query(&own, AUDIENCE_INTERNAL, "SELECT count(*) FROM 人 WHERE _户 IS NULL", "1;");
    fixture_end(&own);
}

static void store_masks_by_audience(void **state)
{
    (void)state;
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT 联系电话 FROM 户 WHERE _id < 4 ORDER BY _id",
                 "139****0001;139****0002;<1>;");
    assert_query(&fixture, AUDIENCE_HOUSEHOLD, "SELECT 联系电话 FROM 户 WHERE _id = 1",
                 "13900000001;");
    assert_query(&fixture, AUDIENCE_HOUSEHOLD, "SELECT 证件号码 FROM 人 ORDER BY _id",
                 "990101********0014;990101********0030;990101********0224;<3>;<1>;"
                 "990101********009X;");
    assert_query(&fixture, AUDIENCE_INTERNAL, "SELECT 证件号码 FROM 人 WHERE _id = 1",
                 "990101198001010014;");
}

static void store_masks_whoever_may_be_a_minor(void **state)
{
    (void)state;
    /* 李满仓: a bad ID but born in 1970; 张丰年: neither ID nor birth date. */
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT 姓名 FROM 人 ORDER BY _id",
                 "曾平安;曾**;陈有粮;李满仓;张**;张小雨;");
    assert_query(&fixture, AUDIENCE_HOUSEHOLD, "SELECT 姓名 FROM 人 WHERE _id = 2", "曾小满;");
}

static void store_has_no_hidden_column(void **state)
{
    (void)state;
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT 证件号码 FROM 人", "sql-hidden-column");
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT p.证件号码_态 FROM 人 p", "sql-hidden-column");
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT 值 FROM 户_致贫原因", "sql-hidden-column");
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT 原文 FROM _原文", "sql-unknown-table");
}

static void store_splits_several_values(void **state)
{
    (void)state;
    assert_query(&fixture, AUDIENCE_HOUSEHOLD, "SELECT _户, 序, 值 FROM 户_致贫原因 ORDER BY 1, 2",
                 "1 1 因病;1 2 缺劳力;2 1 因残;");
    assert_query(&fixture, AUDIENCE_HOUSEHOLD, "SELECT 致贫原因 FROM 户 ORDER BY _id",
                 "因病、缺劳力;因残;<1>;<2>;");
}

static void store_for_official_is_the_public_one(void **state)
{
    (void)state;
    assert_ptr_equal(stores_of(fixture.stores, AUDIENCE_OFFICIAL),
                     stores_of(fixture.stores, AUDIENCE_PUBLIC));
    assert_ptr_not_equal(stores_of(fixture.stores, AUDIENCE_HOUSEHOLD),
                         stores_of(fixture.stores, AUDIENCE_PUBLIC));
}

static void store_keeps_raw_texts_for_internal_use(void **state)
{
    struct fixture own;
    const struct invalid_cell invalid = {
        .ledger = HOUSEHOLDS, .field = 5, .row = 0, .text = "三口"};

    (void)state;
    fixture_begin(&own);
    fixture_row(&own, HOUSEHOLDS, 0, "青石镇|石门村|一组|甲||!");
    own.ledgers.ninvalid = 1;
    own.ledgers.invalid = (struct invalid_cell *)&invalid;
    assert_true(fixture_open(&own));
    assert_query(&own, AUDIENCE_INTERNAL, "SELECT 台账, _id, 列, 原文 FROM _原文",
                 "户 1 家庭人口 三口;");
    assert_query(&own, AUDIENCE_HOUSEHOLD, "SELECT 原文 FROM _原文", "sql-unknown-table");
    fixture_end(&own);
}

static void store_lists_its_tables(void **state)
{
    const char **tables = store_tables(stores_of(fixture.stores, AUDIENCE_PUBLIC));
    char *joined = g_strjoinv(" ", (char **)tables);

    (void)state;
    assert_string_equal(joined, "人 户 村");
    g_free(joined);
    g_free(tables);
    tables = store_tables(stores_of(fixture.stores, AUDIENCE_INTERNAL));
    joined = g_strjoinv(" ", (char **)tables);
    assert_string_equal(joined, "人 户_致贫原因 户 村 _原文");
    g_free(joined);
    g_free(tables);
}

static void store_opens_only_what_is_wanted(void **state)
{
    struct fixture own;

    (void)state;
    fixture_standard(&own);
    own.stores =
        stores_open(&own.ledgers, 1u << AUDIENCE_OFFICIAL, fixture_reference(), own.findings);
    assert_non_null(own.stores);
    assert_non_null(stores_of(own.stores, AUDIENCE_PUBLIC));
    assert_null(stores_of(own.stores, AUDIENCE_HOUSEHOLD));
    assert_null(stores_of(own.stores, AUDIENCE_INTERNAL));
    assert_query(&own, AUDIENCE_PUBLIC, "SELECT 大户 FROM 户 WHERE _id = 2", "1;");
    fixture_end(&own);
}

static void store_without_rows_opens_silently(void **state)
{
    struct fixture own;

    (void)state;
    fixture_begin(&own);
    own.stores = stores_open(&own.ledgers, 1u << AUDIENCE_PUBLIC, (struct date){0}, own.findings);
    assert_non_null(own.stores);
    assert_int_equal(findings_count(own.findings), 0);
    assert_query(&own, AUDIENCE_PUBLIC, "SELECT count(*) FROM 户", "0;");
    fixture_end(&own);
}

static void store_without_reference_date_takes_the_latest(void **state)
{
    struct fixture own;

    (void)state;
    fixture_begin(&own);
    fixture_row(&own, PEOPLE, 0, "甲一|990101198001010014|");
    fixture_row(&own, PEOPLE, 0, "乙二||1999-01-01");
    fixture_row(&own, PEOPLE, 0, "丙三||2015-06-01");
    own.stores = stores_open(&own.ledgers, 1u << AUDIENCE_PUBLIC, (struct date){0}, own.findings);
    assert_non_null(own.stores);
    assert_non_null(fixture_finding(&own, FINDING_STORE_NO_REFERENCE_DATE));
    assert_int_equal(findings_exit(own.findings), 0);
    /* On 1 June 2015 the second was 16. */
    assert_query(&own, AUDIENCE_PUBLIC, "SELECT 姓名 FROM 人 ORDER BY _id", "甲一;乙*;丙*;");
    fixture_end(&own);
}

/* All the bytes of a store, free pages included. */
static bool holds(const struct fixture *own, enum audience audience, const char *text)
{
    struct store *store = stores_of(own->stores, audience);
    sqlite3_int64 size;
    unsigned char *bytes = sqlite3_serialize(store->db, "main", &size, 0);
    const size_t length = strlen(text);
    bool found = false;

    assert_non_null(bytes);
    for (sqlite3_int64 i = 0; i + (sqlite3_int64)length <= size && !found; i++)
        found = memcmp(bytes + i, text, length) == 0;
    sqlite3_free(bytes);
    return found;
}

static void store_holds_no_byte_of_a_hidden_value(void **state)
{
    static const char *const secrets[] = {
        "990101198001010014", "99010119",    "009X", "13900000001", "因病", "因残", "曾小满",
        "1980-01-01",         "张丰年的电话"};
    struct fixture own;

    (void)state;
    fixture_standard(&own);
    fixture_row(&own, HOUSEHOLDS, 2,
                "青石镇|河口村|一组|赵甲|13900000005|2|1|因病|张丰年的电话139 0000 0005");
    assert_true(fixture_open(&own));
    for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++) {
        if (holds(&own, AUDIENCE_PUBLIC, secrets[i]))
            fail_msg("%s is in the public store", secrets[i]);
        assert_true(holds(&own, AUDIENCE_INTERNAL, secrets[i]));
    }
    assert_true(holds(&own, AUDIENCE_PUBLIC, "曾平安"));
    assert_false(holds(&own, AUDIENCE_HOUSEHOLD, "990101198001010014"));
    assert_true(holds(&own, AUDIENCE_HOUSEHOLD, "13900000001"));
    fixture_end(&own);
}

static void store_suppresses_a_leak_in_open_text(void **state)
{
    struct fixture own;
    const struct finding *finding;
    const struct leaking_cell *leaks;
    GString *text = g_string_new(NULL);
    size_t count;

    (void)state;
    fixture_begin(&own);
    fixture_row(&own, HOUSEHOLDS, 0, "青石镇|石门村|一组|甲||1|||好");
    fixture_row(&own, HOUSEHOLDS, 0, "青石镇|石门村|一组|乙||1|||卡号6222 0200 0000 0000 123");
    fixture_row(&own, HOUSEHOLDS, 0, "青石镇|石门村|一组|丙13900000001||1|||");
    assert_true(fixture_open(&own));
    leaks = stores_leaks(own.stores, &count);
    assert_int_equal(count, 2);
    assert_int_equal(leaks[0].ledger, HOUSEHOLDS);
    assert_int_equal(leaks[0].field, 8);
    assert_int_equal(leaks[0].row, 1);
    assert_int_equal(leaks[1].field, 3);
    assert_int_equal(leaks[1].row, 2);
    finding = fixture_finding(&own, FINDING_STORE_LEAK);
    assert_non_null(finding);
    assert_string_equal(finding->place.file, "户.csv");
    assert_int_equal(finding->place.line, 3);
    assert_string_equal(finding->place.field, "备注");
    finding_format(text, finding, false);
    assert_null(strstr(text->str, "6222"));
    g_string_free(text, TRUE);
    assert_int_equal(findings_exit(own.findings), EXIT_DATA);
    assert_query(&own, AUDIENCE_PUBLIC, "SELECT 户主姓名, 备注 FROM 户 ORDER BY _id",
                 "甲 好;乙 <4>;<4> <1>;");
    assert_query(&own, AUDIENCE_HOUSEHOLD, "SELECT 备注 FROM 户 WHERE _id = 2",
                 "卡号6222 0200 0000 0000 123;");
    fixture_end(&own);
}

static void store_hides_a_mask_of_no_kind(void **state)
{
    struct field fields[G_N_ELEMENTS(village_fields)];
    struct fixture own;

    (void)state;
    fixture_begin(&own);
    memcpy(fields, village_fields, sizeof(fields));
    fields[0].show[AUDIENCE_PUBLIC] = SHOW_MASK;
    own.schemas[VILLAGES].fields = fields;
    fixture_row(&own, VILLAGES, 0, "青石镇|石门村|1");
    assert_true(fixture_open(&own));
    assert_query(&own, AUDIENCE_PUBLIC, "SELECT 乡镇 FROM 村", "sql-hidden-column");
    fixture_end(&own);
}

static void store_for_internal_use_obeys_show_too(void **state)
{
    struct field fields[G_N_ELEMENTS(household_fields)];
    struct fixture own;

    (void)state;
    fixture_begin(&own);
    memcpy(fields, household_fields, sizeof(fields));
    fields[5].show[AUDIENCE_INTERNAL] = SHOW_HIDE; /* 家庭人口, which 大户 reads */
    own.schemas[HOUSEHOLDS].fields = fields;
    fixture_row(&own, HOUSEHOLDS, 0, "青石镇|石门村|一组|甲||9");
    assert_true(fixture_open(&own));
    assert_query(&own, AUDIENCE_INTERNAL, "SELECT 家庭人口 FROM 户", "sql-hidden-column");
    assert_query(&own, AUDIENCE_INTERNAL, "SELECT 大户 FROM 户", "1;");
    fixture_end(&own);
}

/* Runs one query many times over a connection of its own. */
static void *read_again(void *data)
{
    const struct place nowhere = {0};
    const struct store *store = data;
    struct findings *findings = findings_new();
    struct store *again = store_again(store, findings);
    struct query *query = query_prepare(again,
                                        "SELECT 户主姓名, sum(补贴) FROM 户 GROUP BY 户主姓名 "
                                        "ORDER BY 户主姓名 COLLATE 拼音",
                                        nowhere, findings);
    size_t rows = 0;

    for (int i = 0; i < 200; i++) {
        struct rowset *found = query_run(query, findings);

        rows += rowset_rows(found);
        g_assert_cmpstr(rowset_at(found, 2, 0).text, ==, "曾平安");
        rowset_free(found);
    }
    query_free(query);
    store_close(again);
    g_assert_cmpuint(findings_count(findings), ==, 0);
    findings_free(findings);
    return GSIZE_TO_POINTER(rows);
}

static void store_again_reads_the_same_in_several_threads(void **state)
{
    struct store *store = stores_of(fixture.stores, AUDIENCE_PUBLIC);
    pthread_t threads[4];
    void *rows;

    (void)state;
    assert_true(store_is_shared(store));
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_again, store), 0);
    for (size_t i = 0; i < G_N_ELEMENTS(threads); i++) {
        assert_int_equal(pthread_join(threads[i], &rows), 0);
        assert_int_equal(GPOINTER_TO_SIZE(rows), 800);
    }
    assert_query(&fixture, AUDIENCE_PUBLIC, "SELECT count(*) FROM 户", "4;");
}

static void store_cannot_be_changed_once_it_is_open(void **state)
{
    struct store *store = stores_of(fixture.stores, AUDIENCE_PUBLIC);

    (void)state;
    sqlite3_exec(store->db, "PRAGMA query_only = 0", NULL, NULL, NULL);
    assert_int_equal(sqlite3_exec(store->db, "DELETE FROM 户", NULL, NULL, NULL), SQLITE_READONLY);
    sqlite3_exec(store->db, "PRAGMA query_only = 1", NULL, NULL, NULL);
}

static void store_too_large_to_share_is_read_all_the_same(void **state)
{
    enum { ROWS = 3000, MEBIBYTE = 1 << 20 };
    struct fixture own;
    char *note = g_strnfill(1000, 'x');
    char *row = g_strdup_printf("青石镇|石门村|一组|甲||2|||%s", note);

    (void)state;
    fixture_begin(&own);
    for (int i = 0; i < ROWS; i++)
        fixture_row(&own, HOUSEHOLDS, 0, row);
    /* It takes 3 MiB to fill and twice as much to copy; derived columns have gone by then. */
    sqlite3_hard_heap_limit64(sqlite3_memory_used() + 9 * MEBIBYTE / 2);
    own.stores =
        stores_open(&own.ledgers, 1u << AUDIENCE_PUBLIC, fixture_reference(), own.findings);
    sqlite3_hard_heap_limit64(0);
    assert_non_null(own.stores);
    assert_false(store_is_shared(stores_of(own.stores, AUDIENCE_PUBLIC)));
    assert_query(&own, AUDIENCE_PUBLIC, "SELECT count(*) FROM 户", "3000;");
    fixture_end(&own);
    g_free(row);
    g_free(note);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(store_fills_values_states_and_links),
        cmocka_unit_test(store_masks_by_audience),
        cmocka_unit_test(store_masks_whoever_may_be_a_minor),
        cmocka_unit_test(store_has_no_hidden_column),
        cmocka_unit_test(store_splits_several_values),
        cmocka_unit_test(store_for_official_is_the_public_one),
        cmocka_unit_test(store_keeps_raw_texts_for_internal_use),
        cmocka_unit_test(store_lists_its_tables),
        cmocka_unit_test(store_opens_only_what_is_wanted),
        cmocka_unit_test(store_without_rows_opens_silently),
        cmocka_unit_test(store_without_reference_date_takes_the_latest),
        cmocka_unit_test(store_holds_no_byte_of_a_hidden_value),
        cmocka_unit_test(store_suppresses_a_leak_in_open_text),
        cmocka_unit_test(store_hides_a_mask_of_no_kind),
        cmocka_unit_test(store_for_internal_use_obeys_show_too),
        cmocka_unit_test(store_again_reads_the_same_in_several_threads),
        cmocka_unit_test(store_too_large_to_share_is_read_all_the_same),
        cmocka_unit_test(store_cannot_be_changed_once_it_is_open),
        cmocka_unit_test(store_leaves_a_link_to_nowhere_null),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, teardown);
}
