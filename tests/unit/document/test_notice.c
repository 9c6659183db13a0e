/* The 公示 row of a product, its date and its 公示期. */
#include "fixture.h"

#define NOTICE                                                                                           \
    HEAD EACH "aliases: [拟脱贫退出]\nperiod: 7\n"                                                  \
              "body:\n  - paragraph: \"{{公示天数}}天，自{{公示期起}}至{{公示期止}}\"\n" \
              "  - paragraph: \"{{日期}}\"\n"
#define COLUMNS "题目,年度,行政村,张贴日期,天数,计法\n"

static void open_with(struct world *world, const char *notices)
{
    world_begin(world);
    if (notices)
        world_write(world, "input/公示.csv", notices);
    world_run(world, NOTICE);
}

static void notice_period_counts_both_ends(void **state)
{
    struct world world;

    (void)state;
    open_with(&world, COLUMNS "试验公示,2026,石门村,2026-10-28,7,\n");
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world_block(&world, BLOCK_TEXT, 0)->text.text,
                        "7天，自2026年10月28日至2026年11月3日");
    /* the document's date is the day of posting, before 设置.csv's */
    assert_string_equal(world_block(&world, BLOCK_TEXT, 1)->text.text, "2026年10月28日");
    assert_int_equal(findings_count(world.findings), 0);
    world_end(&world);
}

static void notice_period_crosses_a_leap_day(void **state)
{
    struct world world;

    (void)state;
    open_with(&world, COLUMNS "试验公示,2026,石门村,2028-02-25,10,日历天\n");
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world_block(&world, BLOCK_TEXT, 0)->text.text,
                        "10天，自2028年2月25日至2028年3月5日");
    world_end(&world);
}

static void notice_date_of_the_command_line_wins(void **state)
{
    struct world world;

    (void)state;
    open_with(&world, COLUMNS "试验公示,2026,石门村,2026-10-28,7,\n");
    settings_override(world.settings, "日期", "2026.11.9");
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world_block(&world, BLOCK_TEXT, 1)->text.text, "2026年11月9日");
    assert_true(g_str_has_suffix(world_block(&world, BLOCK_TEXT, 0)->text.text, "2026年11月3日"));
    world_end(&world);
}

static void notice_without_a_posting_date_leaves_room_for_it(void **state)
{
    struct world world;

    (void)state;
    open_with(&world, NULL);
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world_block(&world, BLOCK_TEXT, 0)->text.text,
                        "7天，自____年__月__日至____年__月__日");
    assert_string_equal(world_block(&world, BLOCK_TEXT, 1)->text.text, "2026年11月1日");
    assert_non_null(world_finding(&world, FINDING_DOCUMENT_NO_NOTICE_ROW));
    assert_non_null(world_finding(&world, FINDING_DOCUMENT_DATE_MISSING));
    assert_int_equal(findings_count(world.findings), 2);
    world_end(&world);
}

static void notice_row_is_matched_by_title_alias_place_and_year(void **state)
{
    static const struct {
        const char *row;
        bool matches;
    } ROWS[] = {
        {"试验公示,2026,石门村,2026-10-28,9,\n", true},
        {"t,2026,石门村,2026-10-28,9,\n", true},
        {"关于石门村2026年拟脱贫退出户名单的公示,2026,石门村,2026-10-28,9,\n", true},
        {"试验公示,,石门村,2026-10-28,9,\n", true},
        {"试验公示,2025,石门村,2026-10-28,9,\n", true}, /* this template has no year */
        {"试验公示,2026,大湾村,2026-10-28,9,\n", false},
        {"别的公示,2026,石门村,2026-10-28,9,\n", false},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(ROWS); i++) {
        struct world world;
        char *text = g_strconcat(COLUMNS, ROWS[i].row, NULL);

        open_with(&world, text);
        assert_int_equal(world_make(&world, 0), 0);
        assert_int_equal(g_str_has_prefix(world_block(&world, BLOCK_TEXT, 0)->text.text, "9天"),
                         ROWS[i].matches);
        g_free(text);
        world_end(&world);
    }
}

static void notice_rows_of_another_year_do_not_match(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    world_write(&world, "input/公示.csv",
                COLUMNS "试验公示,2025,石门村,2025-10-28,9,\n"
                        "试验公示,2026,石门村,2026-10-28,8,\n");
    world_run(&world, HEAD EACH "parameters: {年度: {type: year}}\nperiod: 7\n"
                                "body:\n  - paragraph: \"{{公示天数}}\"\n");
    assert_int_equal(world_make(&world, 0), 0);
    assert_string_equal(world_block(&world, BLOCK_TEXT, 0)->text.text, "8");
    world_end(&world);
}

static void notice_several_rows_are_an_error(void **state)
{
    struct world world;

    (void)state;
    open_with(&world,
              COLUMNS "试验公示,2026,石门村,2026-10-28,7,\n试验公示,2025,石门村,2026-10-28,7,\n");
    assert_int_equal(world_make(&world, 0), -1);
    assert_null(world.document);
    world_expect(&world, FINDING_DOCUMENT_SEVERAL_NOTICE_ROWS, 1, 1);
    assert_string_equal(world_finding(&world, FINDING_DOCUMENT_SEVERAL_NOTICE_ROWS)->args[1], "2");
    world_end(&world);
}

#define HOLIDAYS_2025                                                                              \
    "日期,类型,节日\n2025-09-28,上班,国庆节\n2025-10-01,放假,国庆节\n"             \
    "2025-10-02,放假,国庆节\n2025-10-03,放假,国庆节\n2025-10-04,放假,国庆节\n"      \
    "2025-10-05,放假,国庆节\n2025-10-06,放假,国庆节\n2025-10-07,放假,国庆节\n"      \
    "2025-10-08,放假,国庆节\n2025-10-11,上班,国庆节\n"
#define TERM                                                                                       \
    HEAD EACH "aliases: [拟脱贫退出]\nperiod: 7\n"                                            \
              "body:\n  - paragraph: \"{{公示期限}}，自{{公示期起}}至{{公示期止}}\"\n"

static void open_with_holidays(struct world *world, const char *row, const char *holidays)
{
    char *notices = g_strconcat(COLUMNS, row, NULL);

    world_begin(world);
    world_write(world, "templates/ledgers/节假日.yaml",
                "name: 节假日\ntitle: 节假日台账\nfields:\n"
                "  - {name: 日期, type: date, identify: true, show: full}\n"
                "  - {name: 类型, type: code, identify: true, constraints: {enum: [放假, 上班]}, "
                "show: full}\n"
                "  - {name: 节日, type: string, identify: true, show: full}\n");
    world_write(world, "input/公示.csv", notices);
    if (holidays)
        world_write(world, "input/节假日.csv", holidays);
    world_run(world, TERM);
    g_free(notices);
}

/* domain.md 7.3: posted on 28 September 2025. */
static void notice_periods_count_in_every_way(void **state)
{
    static const char *const WAYS[][2] = {
        {"自然日", "7天（自然日，含首尾两天），自2025年9月28日至2025年10月4日"},
        {"不含首日", "7天（张贴当天不计，末日逢节假日顺延），自2025年9月28日至2025年10月9日"},
        {"工作日", "7个工作日（张贴当天不计），自2025年9月28日至2025年10月14日"},
        {"含首日工作日", "7个工作日（含张贴当天），自2025年9月28日至2025年10月13日"},
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(WAYS); i++) {
        struct world world;
        char *row = g_strdup_printf("试验公示,2025,石门村,2025-09-28,7,%s\n", WAYS[i][0]);

        open_with_holidays(&world, row, HOLIDAYS_2025);
        assert_int_equal(world_make(&world, 0), 0);
        assert_string_equal(world_block(&world, BLOCK_TEXT, 0)->text.text, WAYS[i][1]);
        assert_int_equal(findings_count(world.findings), 0);
        g_free(row);
        world_end(&world);
    }
}

static void notice_working_days_without_a_table_are_refused(void **state)
{
    static const char *const HOLIDAYS[] = {NULL, "日期,类型,节日\n2026-10-01,放假,国庆节\n",
                                           HOLIDAYS_2025 "2025-13-40,放假,国庆节\n",
                                           HOLIDAYS_2025 "2025-10-12,可能,国庆节\n"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(HOLIDAYS); i++) {
        struct world world;

        open_with_holidays(&world, "试验公示,2025,石门村,2025-09-28,7,工作日\n", HOLIDAYS[i]);
        assert_int_equal(world_make(&world, 0), -1);
        world_expect(&world, FINDING_DOCUMENT_NO_HOLIDAYS, 1, 1);
        assert_string_equal(world_finding(&world, FINDING_DOCUMENT_NO_HOLIDAYS)->args[1], "2025");
        world_end(&world);
    }
}

static void notice_unknown_ways_of_counting_are_refused(void **state)
{
    struct world world;

    (void)state;
    open_with(&world, COLUMNS "试验公示,2026,石门村,2026-10-28,7,农历\n"
                              "试验公示,2026,大湾村,2026-10-28,7,含首尾自然日\n");
    assert_int_equal(world_make(&world, 0), -1);
    world_expect(&world, FINDING_DOCUMENT_PERIOD_METHOD, 1, 1);
    assert_int_equal(world_make(&world, 1), 0);
    world_end(&world);
}

static void notice_short_periods_are_warned_of_and_impossible_ones_refused(void **state)
{
    struct world world;

    (void)state;
    open_with(&world,
              COLUMNS "试验公示,2026,石门村,2026-10-28,5,\n试验公示,2026,大湾村,2026-10-28,0,\n");
    assert_int_equal(world_make(&world, 0), 0);
    assert_int_equal(findings_count(world.findings), 1);
    world_expect(&world, FINDING_DOCUMENT_PERIOD_SHORT, 1, 1);
    assert_int_equal(world_make(&world, 1), -1);
    world_expect(&world, FINDING_DOCUMENT_PERIOD_DAYS, 1, 1);
    world_end(&world);
}

static void notice_days_of_the_settings_lengthen_a_period_only(void **state)
{
    static const char *const DAYS[][2] = {{"5", "7天"}, {"10", "10天"}};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(DAYS); i++) {
        struct world world;

        open_with(&world, COLUMNS "试验公示,2026,石门村,2026-10-28,,\n");
        settings_override(world.settings, "期限", DAYS[i][0]);
        assert_int_equal(world_make(&world, 0), 0);
        assert_true(g_str_has_prefix(world_block(&world, BLOCK_TEXT, 0)->text.text, DAYS[i][1]));
        assert_int_equal(findings_count(world.findings), 0);
        world_end(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notice_period_counts_both_ends),
        cmocka_unit_test(notice_period_crosses_a_leap_day),
        cmocka_unit_test(notice_date_of_the_command_line_wins),
        cmocka_unit_test(notice_without_a_posting_date_leaves_room_for_it),
        cmocka_unit_test(notice_row_is_matched_by_title_alias_place_and_year),
        cmocka_unit_test(notice_rows_of_another_year_do_not_match),
        cmocka_unit_test(notice_several_rows_are_an_error),
        cmocka_unit_test(notice_periods_count_in_every_way),
        cmocka_unit_test(notice_working_days_without_a_table_are_refused),
        cmocka_unit_test(notice_unknown_ways_of_counting_are_refused),
        cmocka_unit_test(notice_days_of_the_settings_lengthen_a_period_only),
        cmocka_unit_test(notice_short_periods_are_warned_of_and_impossible_ones_refused),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
