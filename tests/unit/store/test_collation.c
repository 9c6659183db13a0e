/* 拼音, 自然序, 地名序 and 笔画. */
#include <sqlite3.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "store/collation.h"
#include "store/fixture.h"

static struct fixture fixture;
static struct collations *collations;
static sqlite3 *db;

static int setup(void **state)
{
    (void)state;
    fixture_standard(&fixture);
    collations = collations_new(&fixture.ledgers, fixture.findings);
    if (!collations || sqlite3_open(":memory:", &db) != SQLITE_OK)
        return -1;
    collations_install(collations, db);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    sqlite3_close(db);
    collations_free(collations);
    fixture_end(&fixture);
    return 0;
}

static int compare(const char *collation, const char *a, const char *b)
{
    char *sql = sqlite3_mprintf("SELECT (%Q > %Q COLLATE %s) - (%Q < %Q COLLATE %s)", a, b,
                                collation, a, b, collation);
    sqlite3_stmt *statement;
    int order;

    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    order = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_free(sql);
    return order;
}

/* texts: NULL-ended, in order; every pair is compared, both ways. */
static void assert_order(const char *collation, const char *const *texts)
{
    for (size_t i = 0; texts[i]; i++) {
        assert_int_equal(compare(collation, texts[i], texts[i]), 0);
        for (size_t k = i + 1; texts[k]; k++) {
            if (compare(collation, texts[i], texts[k]) != -1 ||
                compare(collation, texts[k], texts[i]) != 1)
                fail_msg("%s: %s and %s", collation, texts[i], texts[k]);
        }
    }
}

static void pinyin_orders_by_surname_reading(void **state)
{
    static const char *const names[] = {"白云",
                                        "单于明" /* chán */,
                                        "陈红",
                                        "盖文" /* gě */,
                                        "郭亮",
                                        "李四",
                                        "缪新" /* miào */,
                                        "万俟雅" /* mò */,
                                        "区红" /* ōu */,
                                        "欧阳春",
                                        "朴正" /* piáo */,
                                        "秦川",
                                        "覃勇" /* qín */,
                                        "仇英" /* qiú */,
                                        "任远",
                                        "单田" /* shàn */,
                                        "孙武",
                                        "澹台明" /* tán */,
                                        "王五",
                                        "肖红" /* xiāo */,
                                        "解放" /* xiè */,
                                        "谢安",
                                        "尉迟恭" /* yù */,
                                        "乐嘉" /* yuè */,
                                        "曾红" /* zēng */,
                                        "查理" /* zhā */,
                                        "翟明" /* zhái */,
                                        "张三",
                                        "长孙皇" /* zhǎng */,
                                        "赵一",
                                        NULL};

    (void)state;
    assert_order("拼音", names);
}

static void pinyin_keeps_a_surname_together(void **state)
{
    static const char *const names[] = {"解阿", "解子", "谢安", "谢子", NULL};
    static const char *const lengths[] = {"",     "12",   "李",    "李安", "李安安",
                                          "李白", "Anna", "anna2", NULL};

    (void)state;
    assert_order("拼音", names);
    assert_order("拼音", lengths);
}

static void pinyin_tells_equal_keys_apart_by_bytes(void **state)
{
    static const char *const texts[] = {"a", "a\xE2\x80\x8B" /* ignorable */, NULL};

    (void)state;
    assert_order("拼音", texts);
    assert_order("自然序", texts);
}

static void natural_order_counts_numbers(void **state)
{
    static const char *const groups[] = {"一组",   "二组",   "三组",     "九组",       "十组",
                                         "十二组", "二十组", "二十一组", "一百零三组", "一百一十组",
                                         "一千组", "一万组", NULL};
    static const char *const digits[] = {"1组",   "2组",   "9组",           "10组", "１１组",
                                         "012组", "100组", "99999999999组", NULL};
    static const char *const mixed[] = {"石门1组",    "石门二组", "石门10组",
                                        "石门十一组", "王家1组",  NULL};
    static const char *const versions[] = {"", "3", "3-2", "3-10", "甲", NULL};

    (void)state;
    assert_order("自然序", groups);
    assert_order("自然序", digits);
    assert_order("自然序", mixed);
    assert_order("自然序", versions);
}

static void place_order_follows_the_village_ledger(void **state)
{
    static const char *const places[] = {"河口村", "青石镇", "石门村", "安平村", "周家村", NULL};

    (void)state;
    /* 河口村 and 青石镇 both have rank 1. */
    assert_order("地名序", places);
}

static void surnames_stand_for_what_icu_reads_so(void **state)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar id[16];
    UTransliterator *latin;

    (void)state;
    u_uastrcpy(id, "Han-Latin");
    latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    assert_true(U_SUCCESS(error));
    for (const struct surname *surname = surnames; surname->name; surname++) {
        UChar wide[64];
        char reading[64];
        int32_t length, limit;

        u_strFromUTF8(wide, 64, &length, surname->as, -1, &error);
        limit = length;
        utrans_transUChars(latin, wide, &length, 64, 0, &limit, &error);
        u_strToUTF8(reading, 64, NULL, wide, length, &error);
        assert_true(U_SUCCESS(error));
        assert_string_equal(reading, surname->reading);
    }
    utrans_close(latin);
}

/* 2 strokes, 2, 3, 4, 5, 5, 6, 7, 7, 8, 9, 12; of one number by the radical: 石 龙, 弓 木. */
static void strokes_are_counted(void **state)
{
    static const char *const names[] = {"丁一", "丁三", "万平", "王平", "石方", "龙方", "刘平",
                                        "张平", "李平", "周安", "赵安", "谢安", NULL};

    (void)state;
    assert_order("笔画", names);
}

static void strokes_tie_by_bytes(void **state)
{
    static const char *const texts[] = {"王平", "王平\xE2\x80\x8B" /* ignorable */, NULL};

    (void)state;
    assert_order("笔画", texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pinyin_orders_by_surname_reading),
        cmocka_unit_test(pinyin_keeps_a_surname_together),
        cmocka_unit_test(pinyin_tells_equal_keys_apart_by_bytes),
        cmocka_unit_test(natural_order_counts_numbers),
        cmocka_unit_test(place_order_follows_the_village_ledger),
        cmocka_unit_test(strokes_are_counted),
        cmocka_unit_test(strokes_tie_by_bytes),
        cmocka_unit_test(surnames_stand_for_what_icu_reads_so),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, teardown);
}
