/* Tests of the stores of the shipped schemas: what an audience may not see is in no table of its
 * store, whichever ledger it belongs to. */
#include "store/fixture.h"

struct shipped {
    struct findings *findings;
    struct schemas *schemas;
    struct ledgers *ledgers;
    struct stores *stores;
};

static int set_up(void **state)
{
    struct shipped *shipped = g_new0(struct shipped, 1);

    shipped->findings = findings_new();
    shipped->schemas = schemas_load("templates/ledgers", shipped->findings);
    assert_non_null(shipped->schemas);
    shipped->ledgers = ledgers_empty(shipped->schemas);
    shipped->stores = stores_open(shipped->ledgers, (1u << AUDIENCES) - 1,
                                  (struct date){2026, 11, 1}, shipped->findings);
    assert_non_null(shipped->stores);
    assert_int_equal(findings_of_level(shipped->findings, LEVEL_ERROR), 0);
    *state = shipped;
    return 0;
}

static int tear_down(void **state)
{
    struct shipped *shipped = *state;

    stores_close(shipped->stores);
    ledgers_free(shipped->ledgers);
    schemas_free(shipped->schemas);
    findings_free(shipped->findings);
    g_free(shipped);
    return 0;
}

/* Whether the store has the column; if so, whether it says that its values are masked. */
static bool has_column(struct store *store, const char *ledger, const char *column, bool *partial)
{
    struct findings *findings = findings_new();
    char *sql = g_strdup_printf("SELECT %s FROM %s ORDER BY _id", column, ledger);
    struct query *query = query_prepare(store, sql, (struct place){.file = "x"}, findings);
    const bool has = query != NULL;

    if (has)
        *partial = query_column(query, 0)->partial;
    query_free(query);
    findings_free(findings);
    g_free(sql);
    return has;
}

static void check_audience(const struct shipped *shipped, enum audience audience)
{
    struct store *store = stores_of(shipped->stores, audience);

    for (size_t s = 0; s < schemas_count(shipped->schemas); s++) {
        const struct schema *schema = schemas_at(shipped->schemas, s);

        for (size_t f = 0; f < schema->nfield; f++) {
            const struct field *field = &schema->fields[f];
            char *state = g_strconcat(field->name, "_态", NULL);
            bool partial = false, unused;

            if (has_column(store, schema->name, field->name, &partial) !=
                    (field->show[audience] != SHOW_HIDE) ||
                partial != (field->show[audience] == SHOW_MASK))
                fail_msg("%s.%s", schema->name, field->name);
            if (has_column(store, schema->name, state, &unused) !=
                (field->show[audience] != SHOW_HIDE))
                fail_msg("%s.%s", schema->name, state);
            g_free(state);
        }
    }
}

static void shipped_hidden_columns_are_in_no_public_table(void **state)
{
    check_audience(*state, AUDIENCE_PUBLIC);
    check_audience(*state, AUDIENCE_OFFICIAL);
}

static void shipped_hidden_columns_are_in_no_household_table(void **state)
{
    check_audience(*state, AUDIENCE_HOUSEHOLD);
}

static void shipped_columns_are_all_in_the_internal_store(void **state)
{
    const struct shipped *shipped = *state;

    check_audience(shipped, AUDIENCE_INTERNAL);
    for (size_t s = 0; s < schemas_count(shipped->schemas); s++) {
        const struct schema *schema = schemas_at(shipped->schemas, s);

        for (size_t f = 0; f < schema->nfield; f++)
            assert_int_equal(schema->fields[f].show[AUDIENCE_INTERNAL], SHOW_FULL);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(shipped_hidden_columns_are_in_no_public_table),
        TEST(shipped_hidden_columns_are_in_no_household_table),
        TEST(shipped_columns_are_all_in_the_internal_store),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
