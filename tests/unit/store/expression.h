/* A store of one household, and expressions asked of it. */
#ifndef MINGBAI_TESTS_EXPRESSION_H
#define MINGBAI_TESTS_EXPRESSION_H

#include "store/fixture.h"

static struct fixture fixture;

static int setup(void **state)
{
    (void)state;
    fixture_begin(&fixture);
    fixture_row(&fixture, HOUSEHOLDS, 0, "青石镇|石门村|一组|甲||3|0.1");
    return fixture_open(&fixture) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    fixture_end(&fixture);
    return 0;
}

static void check(const char *expression, const char *expected)
{
    char *sql = g_strdup_printf("SELECT %s", expression);

    assert_query(&fixture, AUDIENCE_PUBLIC, sql, expected);
    g_free(sql);
}

#endif
