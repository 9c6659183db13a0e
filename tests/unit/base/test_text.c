/* Texts: folding, width, likeness. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void text_character_walks_to_the_end(void **state)
{
    const char *text = "a村𬇙";
    const uint32_t expected[] = {'a', 0x6751, 0x2c1d9, 0};
    const size_t lengths[] = {1, 3, 4, 0};

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        size_t length;

        assert_int_equal(text_character(text, &length), expected[i]);
        assert_int_equal(length, lengths[i]);
        text += length;
    }
}

static void text_is_han_knows_rare_names(void **state)
{
    const uint32_t han[] = {0x4e00, 0x9fff, 0x3400, 0x4dae,  0x4dbf,  0x36c3,  0x23c97, 0x2c1d9,
                            0x3007, 0x3005, 0xf900, 0x2ebf0, 0x2ee5d, 0x2f800, 0x30000, 0x323af};
    const uint32_t others[] = {'a',    0x3000, 0x3001, 0xff11, 0x3042,
                               0xac00, 0xe000, 0x4dc0, 0xb7,   0x3006};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(han); i++)
        assert_true(text_is_han(han[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        assert_false(text_is_han(others[i]));
}

static size_t width(const char *text)
{
    return text_display_width(text, strlen(text));
}

static void text_display_width_counts_columns(void **state)
{
    (void)state;
    assert_int_equal(width(""), 0);
    assert_int_equal(width("abc"), 3);
    assert_int_equal(width("李四"), 4);
    assert_int_equal(width("（１）"), 6);
    assert_int_equal(width("e\xcc\x81"), 1); /* e and a combining acute */
    assert_int_equal(width("𣲗a"), 3);
    assert_int_equal(text_display_width("李四,王五", 7), 5);
}

static void assert_digits(const char *text, const char *expected)
{
    GString *out = g_string_new(NULL);

    text_fold_digits(out, text);
    assert_string_equal(out->str, expected);
    g_string_free(out, TRUE);
}

static void text_fold_digits_leaves_the_rest_alone(void **state)
{
    (void)state;
    assert_digits("１，２３４．５０", "1,234.50");
    assert_digits("－３＋４％", "-3+4%");
    assert_digits("ＡＺａｚ　９", "AZaz 9");
    assert_digits("（１）：“张三”、李四。〇", "（1）：“张三”、李四。〇");
    assert_digits("／＊＇～", "／＊＇～");
    assert_digits("abc 12", "abc 12");
    assert_digits("", "");
}

static void assert_key(const char *text, const char *expected)
{
    char *key = text_fold_key(text);

    assert_string_equal(key, expected);
    g_free(key);
}

static void text_fold_key_makes_heads_alike(void **state)
{
    (void)state;
    assert_key("务工时间（月）", "务工时间(月)");
    assert_key("务工时间(月)", "务工时间(月)");
    assert_key("行政村文化（图书）室个数 （个）", "行政村文化(图书)室个数(个)");
    assert_key("证件 号码\t", "证件号码");
    assert_key("姓　名\n", "姓名");
    assert_key("'990101198001010014", "990101198001010014");
    assert_key("９９０１０１１９８００１０１００９Ｘ", "99010119800101009x");
    assert_key("\xef\xbb\xbfID", "id");
    assert_key("［a］【b】｛c｝", "[a][b]{c}");
    assert_key(" ", "");
}

static void assert_strip(const char *text, const char *expected)
{
    char *stripped = text_strip(text);

    assert_string_equal(stripped, expected);
    g_free(stripped);
}

static void text_strip_keeps_the_inside(void **state)
{
    (void)state;
    assert_strip("  张 三\t", "张 三");
    assert_strip("　张　三　", "张　三");
    assert_strip("\xef\xbb\xbf\xc2\xa0x\xe2\x80\x8b\r\n", "x");
    assert_strip("", "");
    assert_strip(" \t　", "");
    assert_strip("无", "无");
}

static void assert_nearest(const char *text, const char *expected)
{
    const char *const keys[] = {"title",    "paragraph", "table", "户主姓名",
                                "家庭人口", "年度",      "组"};
    const char *nearest = text_nearest(text, keys, G_N_ELEMENTS(keys));

    if (!expected)
        assert_null(nearest);
    else if (!nearest)
        fail_msg("%s: nothing is near", text);
    else
        assert_string_equal(nearest, expected);
}

static void text_nearest_finds_slips_of_the_pen(void **state)
{
    (void)state;
    assert_nearest("titel", "title");
    assert_nearest("tixxe", NULL); /* two of five */
    assert_nearest("titl", "title");
    assert_nearest("paragrpah", "paragraph");
    assert_nearest("tabel", "table");
    assert_nearest("tables", "table");
    assert_nearest("户主名", "户主姓名");
    assert_nearest("家庭人囗", "家庭人口");
    assert_nearest("年份", "年度");
    assert_nearest("村", NULL); /* shares nothing with 组 */
    assert_nearest("身份证号", NULL);
    assert_nearest("", NULL);
    assert_null(text_nearest("x", NULL, 0));
}

/* Cut at both ends at once, and by hand, over every kind of white space. */
static void text_trim_cuts_what_text_strip_cuts(void **state)
{
    static const char *const spaces[] = {"",       " ",      "\t", "\v",    "\u00A0",
                                         "\u2003", "\u200B", "　", "\uFEFF"};
    static const char *const insides[] = {"", "a", "张三", "张　三", "é", "0 \t1", "。"};

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(spaces); i++) {
        for (size_t k = 0; k < G_N_ELEMENTS(spaces); k++) {
            for (size_t n = 0; n < G_N_ELEMENTS(insides); n++) {
                char *text =
                    g_strconcat(spaces[i], spaces[k], insides[n], spaces[k], spaces[i], NULL);
                char *stripped = text_strip(text);
                size_t length;
                const char *start = text_trim(text, &length);

                assert_string_equal(stripped, insides[n]);
                assert_int_equal(length, strlen(insides[n]));
                assert_memory_equal(start, insides[n], length);
                g_free(stripped);
                g_free(text);
            }
        }
    }
}

static void text_hash_depends_on_every_byte(void **state)
{
    const char text[] = "990101198510160002-9901011985";

    (void)state;
    for (size_t length = 0; length < sizeof text; length++) {
        char *other = g_memdup2(text, sizeof text);

        assert_int_equal(text_hash(text, length), text_hash(other, length));
        assert_int_not_equal(text_hash(text, length), text_hash(text, length + 1));
        for (size_t i = 0; i < length; i++) {
            other[i] ^= 1;
            assert_int_not_equal(text_hash(text, length), text_hash(other, length));
            other[i] ^= 1;
        }
        g_free(other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_character_walks_to_the_end),
        cmocka_unit_test(text_is_han_knows_rare_names),
        cmocka_unit_test(text_display_width_counts_columns),
        cmocka_unit_test(text_fold_digits_leaves_the_rest_alone),
        cmocka_unit_test(text_fold_key_makes_heads_alike),
        cmocka_unit_test(text_strip_keeps_the_inside),
        cmocka_unit_test(text_trim_cuts_what_text_strip_cuts),
        cmocka_unit_test(text_hash_depends_on_every_byte),
        cmocka_unit_test(text_nearest_finds_slips_of_the_pen),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
